/* SPDX-License-Identifier: MIT */
/*
 * File objects: what an open of a device, or of a file on a drive, makes.
 *
 * A file object is a body of the object manager. Its last handle sends IRP_MJ_CLEANUP, its last reference IRP_MJ_CLOSE; each
 * operation holds a reference. Clients without handles (nt/io/file.h) do the same by hand.
 */
#ifndef NT_FILE_OBJECT_H
#define NT_FILE_OBJECT_H

#include "nt/internal.h"
#include "nt/object/object.h"

#define FILE_MAXIMUM_CONTEXTS 16

struct file_context
{
    const void *key;
    void *context;
};

struct completion_port;

struct file
{
    FILE_OBJECT object;
    struct file_context contexts[FILE_MAXIMUM_CONTEXTS];
    /* The top of the stack, referenced. object.DeviceObject is the device that has the name. */
    PDEVICE_OBJECT device;
    ACCESS_MASK access;
    ULONG options;
    /* Of the operations that are started without a handle. */
    KPROCESSOR_MODE mode;
    /* What a control's stack location says of the access. */
    UCHAR control_flags;

    /* Held while an operation of a synchronous file runs, so that there is one at a time. */
    struct platform_mutex serial;

    /* Operations that were started through a handle and can be cancelled by it. */
    struct platform_spinlock lock;
    LIST_ENTRY operations;

    struct completion_port *port;
    void *port_key;

    /* How far the open came, for who takes it down. */
    bool entered;
    bool created;
    bool cleaned_up;

    /* Set after IRP_MJ_CLOSE, for who waits for it. */
    struct platform_event *closed;
};

/* What an open asks for. */
struct file_open_request
{
    const UNICODE_STRING *path;
    /* The directory that path is relative to: a file, or a body of another type; NULL for a whole path. */
    void *root;
    /* What the opener may do: generic rights mapped. */
    ACCESS_MASK access;
    ULONG disposition;
    ULONG options;
    USHORT attributes;
    USHORT share;
    LARGE_INTEGER allocation_size;
    const void *extended_attributes;
    ULONG extended_attributes_length;
    KPROCESSOR_MODE mode;
    /* What the token of the open says; in kernel mode everybody is an administrator, and nobody's rights are looked at. */
    bool is_administrator;
    bool is_stranger;
};

extern const struct object_type file_type;

/*
 * Opens. On success *ret_file has one reference, and *ret_information what the file system did (FILE_OPENED, ...). The status is
 * the driver's, or what the name leads to: STATUS_OBJECT_NAME_NOT_FOUND, STATUS_NO_SUCH_DEVICE for a device that is being added
 * or has been removed, STATUS_ACCESS_DENIED for an exclusive device that is open,
 * and where the device's security says so. IRQL: PASSIVE_LEVEL; waits.
 */
NTSTATUS file_object_open(const struct file_open_request *request, struct file **ret_file, ULONG_PTR *ret_information);

/*
 * Opens a file on this very device of a stack, for the device above it, which has to be done with the file before it goes: such a
 * file does not hold off a removal. path, which may be empty, is what the driver sees as the file's name.
 */
NTSTATUS file_object_open_device(PDEVICE_OBJECT device, const UNICODE_STRING *path, struct file **ret_file);

/* Sends IRP_MJ_CLEANUP, once. */
void file_object_cleanup(struct file *file);

/* The file of a file object; a bug check when it is none that the I/O manager made. */
struct file *file_of(PFILE_OBJECT object);

#endif /* NT_FILE_OBJECT_H */
