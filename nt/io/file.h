/* SPDX-License-Identifier: MIT */
/*
 * Open files: how a client outside the drivers (a device node, a test) opens a device and sends it I/O.
 *
 * Operations are asynchronous. Each takes its buffers from the caller until its done function has run; that may be before
 * the call that started it returns.
 */
#ifndef NT_FILE_H
#define NT_FILE_H

#include "nt/internal.h"

struct file;
struct file_operation;

/* Receives the outcome. Information is the number of bytes, or what the driver put there. May run at DISPATCH_LEVEL. */
typedef void file_done_function(struct file_operation *operation, NTSTATUS status, ULONG_PTR information, void *context);

/* One operation. Lengths are in bytes; buffers may be NULL where their length is zero. */
struct file_io
{
    UCHAR major;
    ULONG control_code;
    ULONG key;
    LONGLONG offset;
    const void *input;
    ULONG input_length;
    void *output;
    ULONG output_length;
    /* For all other functions: the minor function, the flags and the parameters; read when the operation is started. */
    const IO_STACK_LOCATION *location;
    file_done_function *done;
    void *context;
};

/*
 * Who opens, as drivers see it: the mode of all requests of the file, and whether the open's token is an administrator's, or else that of
 * somebody who is not the user of this process either.
 */
struct file_opener
{
    KPROCESSOR_MODE mode;
    bool is_administrator;
    bool is_stranger;
};

/*
 * Opens the device that path leads to, such as \??\Echo. access holds FILE_READ_DATA and FILE_WRITE_DATA bits. The status
 * is the driver's answer, or STATUS_OBJECT_NAME_NOT_FOUND, STATUS_INSUFFICIENT_RESOURCES, STATUS_NO_SUCH_DEVICE for a device
 * that is being added or has been removed, STATUS_ACCESS_DENIED when the device's security does not let the opener in. IRQL: PASSIVE_LEVEL; waits.
 */
RUNTIME_API NTSTATUS file_open(const UNICODE_STRING *path, ACCESS_MASK access, const struct file_opener *opener,
                               struct file **ret_file);

/* What the security of the device that path leads to gives the opener, who need not open it. Fails as an open of the name does. */
RUNTIME_API NTSTATUS file_rights(const UNICODE_STRING *path, const struct file_opener *opener, ACCESS_MASK *ret_access);

/*
 * Starts an operation. The status is STATUS_PENDING or final; done runs in either case, unless the operation could not be
 * started at all, which *ret_operation == NULL tells. The caller holds a reference on the operation until it releases it.
 */
RUNTIME_API NTSTATUS file_start(struct file *file, const struct file_io *io, struct file_operation **ret_operation);

/* Asks the driver to end the operation early. Harmless at any time while the reference is held. */
RUNTIME_API void file_cancel(struct file_operation *operation);

/* Gives the reference back. Accepts NULL. */
RUNTIME_API void file_release(struct file_operation *operation);

/* Starts an operation and waits for it; io->done and io->context are not used. */
RUNTIME_API NTSTATUS file_run(struct file *file, const struct file_io *io, ULONG_PTR *ret_information);

/* The same for a device control, faster when it is a small buffered one. ret_information may be NULL. */
RUNTIME_API NTSTATUS file_control(struct file *file, ULONG control_code, const void *input, ULONG input_length, void *output,
                                  ULONG output_length, ULONG_PTR *ret_information);

/* Cleanup and close. No operation of the file may be started afterwards; those still running end first. IRQL: PASSIVE_LEVEL. */
RUNTIME_API void file_close(struct file *file);

/*
 * What a device of the stack keeps for a file, found by a key of its own (its address, say). Set while the file is being
 * created, read by operations, cleared with NULL at close. Setting fails when more devices than a stack can have ask for it.
 */
bool file_set_context(PFILE_OBJECT object, const void *key, void *context);
void *file_get_context(PFILE_OBJECT object, const void *key);

#endif /* NT_FILE_H */
