/* SPDX-License-Identifier: MIT */
/*
 * Deferred disposal.
 */
#include "wdf/disposal.h"

#include "nt/thread/worker.h"
#include "wdf/globals.h"
#include "wdf/object_internal.h"

/* The next object, NULL when there is none: then the worker is none any more. */
static struct object *take(struct disposal *disposal)
{
    struct object *object;

    platform_spinlock_lock(&disposal->lock);
    object = disposal->first;
    if (object == NULL)
    {
        disposal->busy = false;
        disposal->runner = NULL;
    }
    else
    {
        disposal->first = object->next_sibling;
        disposal->runner = platform_current();
    }
    platform_spinlock_unlock(&disposal->lock);
    return object;
}

/* The last access of a worker that ends: who waits may free the disposal then. */
static void finish_one(struct disposal *disposal)
{
    if (platform_atomic_fetch_sub(&disposal->pending, 1) == 1)
    {
        platform_wake_word(&disposal->pending, UINT32_MAX);
    }
}

static VOID work(PVOID context)
{
    struct disposal *disposal = context;
    struct object *object;

    while ((object = take(disposal)) != NULL)
    {
        struct object *keeper = object->previous_sibling;

        object->next_sibling = NULL;
        object->previous_sibling = NULL;
        if (object->state == OBJECT_DISPOSED)
        {
            object_destroy(object);
        }
        else
        {
            object_delete_claimed(object, keeper);
        }
        finish_one(disposal);
    }
    finish_one(disposal);
}

void disposal_add(struct object *object, struct object *keeper)
{
    struct disposal *disposal = &object->globals->disposal;
    bool start;

    object->previous_sibling = keeper;
    object->next_sibling = NULL;
    platform_spinlock_lock(&disposal->lock);
    *(disposal->first == NULL ? &disposal->first : &disposal->last->next_sibling) = object;
    disposal->last = object;
    start = !disposal->busy;
    disposal->busy = true;
    (void)platform_atomic_fetch_add(&disposal->pending, start ? 2 : 1);
    platform_spinlock_unlock(&disposal->lock);
    if (start)
    {
        ExInitializeWorkItem(&disposal->item, work, disposal);
        worker_queue(&disposal->item, DelayedWorkQueue);
    }
}

void disposal_wait(struct driver_globals *globals)
{
    struct disposal *disposal = &globals->disposal;
    bool own;
    uint32_t pending;

    platform_spinlock_lock(&disposal->lock);
    own = disposal->runner == platform_current();
    platform_spinlock_unlock(&disposal->lock);
    while (!own && (pending = platform_atomic_load(&disposal->pending)) != 0)
    {
        worker_will_wait();
        platform_wait_note("deferred disposal", disposal, 0);
        (void)platform_wait_word(&disposal->pending, pending, PLATFORM_FOREVER);
        platform_wait_note(NULL, NULL, 0);
        worker_has_waited();
    }
}
