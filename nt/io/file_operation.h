/* SPDX-License-Identifier: MIT */
/*
 * An operation on an open file, as the I/O manager's own files see it.
 */
#ifndef NT_FILE_OPERATION_H
#define NT_FILE_OPERATION_H

#include "nt/io/file.h"
#include "nt/io/file_object.h"

struct completion_packet;

/* Lives behind the packet's stack locations, and the staging buffer behind it. Not zeroed: what is not said here is not set. */
struct file_operation
{
    struct file *file;
    PIRP irp;
    uint32_t references;
    ULONG output_length;
    void *output;
    file_done_function *done;
    void *context;

    /* NULL, or what tells the file's completion port of the end. */
    struct completion_packet *packet;
    /* Of a driver that has its buffers watched: what stands for the staging buffer below, and for the sender's own memory. */
    struct staging *watched;
    struct staging *watched_direct;
    void *direct_output;
    /* Of an operation that was started through a handle: the link among those that it can cancel; its status block and routine. */
    LIST_ENTRY link;
    KAPC apc;
    MDL mdl;
    _Alignas(16) unsigned char staging[];
};

/* Both halves of file_start(), without its check of access; io->done and io->context are not read. Two references, the caller's and the packet's. NULL: no memory. */
struct file_operation *file_operation_create(struct file *file, const struct file_io *io, KPROCESSOR_MODE mode,
                                             file_done_function *done, void *context);
NTSTATUS file_operation_send(struct file_operation *operation);

#endif /* NT_FILE_OPERATION_H */
