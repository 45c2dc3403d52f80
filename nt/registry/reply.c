/* SPDX-License-Identifier: MIT */
/*
 * Answers of queries.
 */
#include "nt/registry/reply.h"

#include <string.h>

void reply_begin(struct reply *reply, void *buffer, ULONG length, const void *fixed, ULONG size)
{
    reply->buffer = buffer;
    reply->length = length;
    reply->needed = size;
    reply->status = length < size ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS;
    if (NT_SUCCESS(reply->status))
    {
        memcpy(buffer, fixed, size);
    }
}

void reply_add(struct reply *reply, ULONG offset, const void *bytes, ULONG size)
{
    ULONG room = offset < reply->length ? reply->length - offset : 0;

    reply->needed = offset + size;
    if (reply->status == STATUS_BUFFER_TOO_SMALL)
    {
        return;
    }
    if (size > room)
    {
        reply->status = STATUS_BUFFER_OVERFLOW;
    }
    if (size != 0 && room != 0)
    {
        memcpy(reply->buffer + offset, bytes, size < room ? size : room);
    }
}

NTSTATUS reply_end(const struct reply *reply, ULONG *ret_length)
{
    *ret_length = reply->needed;
    return reply->status;
}
