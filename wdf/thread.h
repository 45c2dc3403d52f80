/* SPDX-License-Identifier: MIT */
/*
 * What the WDF engine keeps for each thread that has been in it. Only the thread itself touches it.
 */
#ifndef WDF_THREAD_H
#define WDF_THREAD_H

#include "nt/internal.h"

struct queue_frame;
struct object;
struct verifier_callback;

enum
{
    /* Locks of drivers that one thread holds at the same time, as far as they are told apart. */
    WDF_THREAD_LOCKS = 16,
    WDF_THREAD_EDGES = 16,
};

/* A lock that the thread holds. */
struct verifier_held_lock
{
    struct object *object;
    const char *function;
    bool is_spin;
};

/* An edge of the lock order that is known to be there, while nothing has been taken out of the graph. */
struct verifier_known_edge
{
    const struct object *from;
    const struct object *to;
    uint64_t generation;
};

struct wdf_thread
{
    /* The innermost dispatch loop of a queue. */
    struct queue_frame *dispatching;
    /* The innermost driver callback of a driver that is verified. */
    struct verifier_callback *callback;
    uint32_t held_count;
    struct verifier_held_lock held[WDF_THREAD_LOCKS];
    struct verifier_known_edge known[WDF_THREAD_EDGES];
};

/* Makes the calling thread's record. Stops the process when there is no memory. */
struct wdf_thread *wdf_thread_make(void);

/* The calling thread's record, made on first use. */
static inline struct wdf_thread *wdf_thread(void)
{
    struct wdf_thread *thread = platform_current()->wdf;

    return __builtin_expect(thread != NULL, 1) ? thread : wdf_thread_make();
}

#endif /* WDF_THREAD_H */
