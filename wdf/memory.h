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
    /* The object in whose block it is, and which it keeps; NULL for one in a block of its own. */
    struct object *holder;
    /* The buffer is a block of pool and goes with the object. It is somebody else's otherwise, or part of the object's block. */
    bool owned;
    bool read_only;
    /* The driver brought the buffer, and may bring another. */
    bool preallocated;
};

static inline struct memory *memory_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct memory, object);
}

/* Frees the buffer if it goes with the object. The destroy function of classes of memory objects calls it. */
void memory_free_buffer(struct memory *memory);

/* The kinds of pool that are to be had at PASSIVE_LEVEL only. */
static inline bool memory_is_paged(POOL_TYPE type)
{
    return ((ULONG)type & 1) == PagedPool;
}

/* Makes a memory object in zeroed memory that is part of parent's, over a buffer of the caller's, as a child of parent. */
NTSTATUS memory_create_in(struct memory *memory, struct object *parent, void *buffer, size_t length, bool read_only);

#endif /* WDF_MEMORY_H */
