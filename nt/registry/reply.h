/* SPDX-License-Identifier: MIT */
/*
 * Answers of queries: a fixed part, then parts of any length, into a buffer that may be too small.
 *
 * As published: a buffer that cannot hold the fixed part gets nothing (STATUS_BUFFER_TOO_SMALL); otherwise as much of the
 * rest as fits (STATUS_BUFFER_OVERFLOW when that is not all). The result length is what the whole answer needs.
 */
#ifndef NT_REGISTRY_REPLY_H
#define NT_REGISTRY_REPLY_H

#include "nt/internal.h"

struct reply
{
    char *buffer;
    ULONG length;
    ULONG needed;
    NTSTATUS status;
};

/* The fixed part, of size bytes. */
void reply_begin(struct reply *reply, void *buffer, ULONG length, const void *fixed, ULONG size);
/* A part at an offset, behind everything before. */
void reply_add(struct reply *reply, ULONG offset, const void *bytes, ULONG size);
NTSTATUS reply_end(const struct reply *reply, ULONG *ret_length);

#endif /* NT_REGISTRY_REPLY_H */
