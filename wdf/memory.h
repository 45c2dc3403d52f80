/* SPDX-License-Identifier: MIT */
/*
 * Memory objects.
 */
#ifndef WDF_MEMORY_H
#define WDF_MEMORY_H

#include "wdf/object.h"

struct memory
{
    struct object object;
    void *buffer;
    size_t length;
    /* Bytes to free with the object, zero when the buffer is somebody else's or part of the object's block. */
    size_t owned;
    /* The object in whose block it is, and which it keeps; NULL for one in a block of its own. */
    struct object *holder;
    bool read_only;
    /* The driver brought the buffer, and may bring another. */
    bool preallocated;
};

static inline struct memory *memory_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct memory, object);
}

/* Makes a memory object in zeroed memory of the caller's, over a buffer of the caller's, as a child of parent. */
NTSTATUS memory_create_in(struct memory *memory, struct object *parent, void *buffer, size_t length, bool read_only);

#endif /* WDF_MEMORY_H */
