/* SPDX-License-Identifier: MIT */
/*
 * File objects: a WDFFILEOBJECT for each open handle, where the device wants them.
 */
#ifndef WDF_FILE_OBJECT_H
#define WDF_FILE_OBJECT_H

#include "wdf/object.h"

struct device;
struct queue;

struct file_object
{
    struct object object;
    PFILE_OBJECT wdm;
    struct device *device;
    /* The process that opened the file. */
    ULONG process;
};

/* The handle of a file object, NULL for none. */
static inline WDFFILEOBJECT file_handle(const struct file_object *file)
{
    return file == NULL ? NULL : wdfobj_handle(&file->object);
}

/* The file object that the device made for the WDM file object, NULL when it made none. */
struct file_object *file_object_find(struct device *device, PFILE_OBJECT wdm);

/* Handles IRP_MJ_CREATE, IRP_MJ_CLEANUP and IRP_MJ_CLOSE for the device. */
NTSTATUS file_object_dispatch(struct device *device, PIRP irp);

/* A create that the driver sends to this queue, instead of its usual way. */
NTSTATUS file_object_create_to_queue(struct device *device, PIRP irp, struct queue *queue);

/* The packet of a create goes to the drivers below, and they have the last word: the caller sends it afterwards. */
void file_object_watch_create(struct device *device, PIRP irp);

#endif /* WDF_FILE_OBJECT_H */
