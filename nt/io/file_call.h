/* SPDX-License-Identifier: MIT */
/*
 * An operation through a handle: what the system services on files have in common.
 */
#ifndef NT_FILE_CALL_H
#define NT_FILE_CALL_H

#include "nt/io/file.h"
#include "nt/io/file_object.h"

/* Who calls, through what, and how the end is told. */
struct file_call
{
    KPROCESSOR_MODE mode;
    HANDLE handle;
    HANDLE event_handle;
    PIO_APC_ROUTINE routine;
    void *context;
    PIO_STATUS_BLOCK block;
    /* Begins where the last transfer of a synchronous file ended, instead of at the operation's offset. */
    bool at_position;

    /* Found by file_call_begin(), referenced; access is what the handle allows. */
    struct file *file;
    ACCESS_MASK access;
    PKEVENT event;
};

/*
 * Finds file and event. Any one of the rights suffices; zero for none. STATUS_INVALID_HANDLE, STATUS_OBJECT_TYPE_MISMATCH,
 * STATUS_ACCESS_DENIED; STATUS_INVALID_PARAMETER for a routine on a file with a completion port. After success exactly one of the
 * two functions below, or file_call_end(), takes the call down.
 */
NTSTATUS file_call_begin(struct file_call *call, ACCESS_MASK any_of);
void file_call_end(struct file_call *call);

/* Carries the operation out as the file was opened: a synchronous one waits, an asynchronous one may return STATUS_PENDING. */
NTSTATUS file_call_start(struct file_call *call, const struct file_io *io);

/* Carries it out and waits, however the file was opened; the status block is written in any case. */
NTSTATUS file_call_run(struct file_call *call, const struct file_io *io);

#endif /* NT_FILE_CALL_H */
