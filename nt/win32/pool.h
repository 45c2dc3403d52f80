/* SPDX-License-Identifier: MIT */
/*
 * What callbacks of the thread pool have in common. The pool is the executive's: it is elastic, so that no callback has to say
 * that it runs long, and there is one of it.
 */
#ifndef NT_WIN32_POOL_H
#define NT_WIN32_POOL_H

#include "nt/win32/win32.h"

/* One run of a callback: what it asked to be done when it returns. */
struct _TP_CALLBACK_INSTANCE
{
    HANDLE event;
    HANDLE mutex;
    HANDLE semaphore;
    DWORD semaphore_count;
    PCRITICAL_SECTION section;
    HMODULE library;
};

struct pool_object;
typedef void pool_callback(struct pool_object *object, PTP_CALLBACK_INSTANCE instance);

/*
 * Something whose callback is asked for any number of times, and runs as often, perhaps at the same time on several workers. It is
 * freed when it is closed and nothing of it is asked for or runs.
 */
struct pool_object
{
    struct native_work work;
    struct platform_spinlock lock;
    /* Asked for and not begun; begun and not over; and what both together are, for those who wait. */
    uint32_t pending;
    uint32_t running;
    uint32_t busy;
    /* The item is in the pool's queue. */
    bool queued;
    uint32_t references;
    int priority;
    pool_callback *callback;
    /* Called when nothing of the object is left to run, before it is freed; may be NULL. */
    void (*gone)(struct pool_object *object);
    size_t size;
};

/* Makes a zeroed object of this size, which begins with a pool_object, with one reference; NULL, with the last error set. */
void *pool_object_make(size_t size, pool_callback *callback, const TP_CALLBACK_ENVIRON *environment);
void pool_object_release(struct pool_object *object);

/* Asks for the callback once more. IRQL: up to DISPATCH_LEVEL. */
void pool_object_submit(struct pool_object *object);

/* Waits until nothing is asked for or runs; what has not begun may be taken back. Not from the callback itself. */
void pool_object_wait(struct pool_object *object, bool cancel);

#endif /* NT_WIN32_POOL_H */
