/* SPDX-License-Identifier: MIT */
/*
 * Watched buffers of requests: a driver that still uses one when its request is completed is found out.
 *
 * A driver asks for it with a watcher. Buffers of operations on its devices are then not part of the packet, but blocks of their
 * own, also where the device would see the sender's memory. At completion such a block is filled, or made inaccessible, and kept
 * for a while; when it leaves, it is looked at. While nobody asks, an operation costs a branch more.
 */
#ifndef NT_STAGING_H
#define NT_STAGING_H

#include "nt/internal.h"

enum
{
    /* Buffers of completed requests that are kept; the oldest leaves when there are more. */
    STAGING_KEPT = 1024,
    STAGING_FILL = 0xDD,
};

struct staging_watcher
{
    /* Buffers lie on pages of their own between pages that nobody may touch, and so do they after the completion. */
    bool on_pages;
    /* The byte at this place of the buffer was written after the completion. Called without locks, by whoever finds out. */
    void (*touched)(struct staging_watcher *watcher, const void *buffer, size_t length, size_t place);
    /* Buffers that somebody looks at now because they had to leave. */
    uint32_t leaving;
};

/* A block with the buffer in it. */
struct staging
{
    unsigned char *buffer;
    size_t length;
    struct staging_watcher *watcher;
    /* NULL for a block of memory. */
    void *pages;
    size_t pages_size;
};

/* How many watchers there are. While there is one, memory is watched too (platform/memory_lists.h). */
extern uint32_t staging_watchers __attribute__((visibility("hidden")));

static inline bool staging_is_watched(void)
{
    return __builtin_expect(__atomic_load_n(&staging_watchers, __ATOMIC_RELAXED) != 0, 0);
}

/* The watcher gets the buffers of the driver from now on. The driver has no devices yet. */
void staging_begin(PDRIVER_OBJECT driver, struct staging_watcher *watcher);

/* No more: all that is kept for the watcher is looked at and freed. The driver has no devices any more. */
void staging_end(PDRIVER_OBJECT driver, struct staging_watcher *watcher);

/* Makes a buffer of an operation on this stack of devices. *ret_staging is NULL when none of its drivers asks. */
NTSTATUS staging_create(PDEVICE_OBJECT top, size_t length, struct staging **ret_staging);

/* The request is completed. Accepts NULL. */
void staging_completed(struct staging *staging);

/* Nobody has seen the buffer. Accepts NULL. */
void staging_free(struct staging *staging);

/* Whether the address lies in a buffer whose request is completed; for faults, so without locks. */
bool staging_is_gone(const void *address);

#endif /* NT_STAGING_H */
