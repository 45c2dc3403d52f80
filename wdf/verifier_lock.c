/* SPDX-License-Identifier: MIT */
/*
 * Which locks of verified drivers a thread holds.
 */
#include "wdf/verifier_internal.h"

static struct verifier_held_lock *find_held(struct wdf_thread *thread, const struct object *object)
{
    for (uint32_t index = thread->held_count; index > 0; index--)
    {
        if (thread->held[index - 1].object == object)
        {
            return &thread->held[index - 1];
        }
    }
    return NULL;
}

static void forget(struct wdf_thread *thread, struct verifier_held_lock *lock)
{
    for (struct verifier_held_lock *next = lock + 1; next < thread->held + thread->held_count; next++)
    {
        next[-1] = *next;
    }
    thread->held_count--;
}

void verifier_lock_wanted(struct object *object, const char *function)
{
    verifier_explain(object->globals, RULE_V40, object, function, "the thread holds it already");
    globals_bugcheck(object->globals, WDF_RECURSIVE_LOCK, (ULONG_PTR)wdfobj_handle(object), 0, 0);
}

void verifier_lock_acquired(struct object *object, const char *function, bool is_spin, bool in_order)
{
    struct wdf_thread *thread = wdf_thread();
    struct verifier_held_lock *stale = find_held(thread, object);

    /* Another thread has released it for this one, and that was reported. */
    if (stale != NULL)
    {
        forget(thread, stale);
    }
    if (in_order)
    {
        verifier_order_acquired(thread, object, function);
    }
    if (thread->held_count < WDF_THREAD_LOCKS)
    {
        thread->held[thread->held_count++] =
            (struct verifier_held_lock){.object = object, .function = function, .is_spin = is_spin};
    }
}

void verifier_lock_released(struct object *object, const char *function, bool is_spin)
{
    struct wdf_thread *thread = wdf_thread();
    struct verifier_held_lock *lock = find_held(thread, object);

    if (lock != NULL)
    {
        forget(thread, lock);
    }
    else if (thread->held_count < WDF_THREAD_LOCKS)
    {
        if (is_spin)
        {
            verifier_explain(object->globals, RULE_V40, object, function, "the thread does not hold it");
            globals_bugcheck(object->globals, WDF_INVALID_LOCK_OPERATION, (ULONG_PTR)wdfobj_handle(object), 0, 0);
        }
        verifier_report(object->globals, RULE_V40, object, function, "the thread does not hold it");
    }
}

void verifier_lock_destroyed(struct object *object, bool is_held)
{
    struct wdf_thread *thread = wdf_thread();
    struct verifier_held_lock *lock = find_held(thread, object);

    if (lock != NULL && is_held)
    {
        verifier_report(object->globals, RULE_V40, object, "WdfObjectDelete", "it is deleted while it is held, since %s",
                        lock->function);
    }
    if (lock != NULL)
    {
        forget(thread, lock);
    }
    verifier_order_forget(object);
}

const struct verifier_held_lock *verifier_held_spin_lock(void)
{
    struct wdf_thread *thread = wdf_thread();

    for (uint32_t index = thread->held_count; index > 0; index--)
    {
        if (thread->held[index - 1].is_spin)
        {
            return &thread->held[index - 1];
        }
    }
    return NULL;
}

bool verifier_check_held(const struct verifier_callback *callback)
{
    struct wdf_thread *thread = wdf_thread();
    bool holds = thread->held_count > callback->held_count;

    while (thread->held_count > callback->held_count)
    {
        struct verifier_held_lock *lock = &thread->held[thread->held_count - 1];

        verifier_report(lock->object->globals, RULE_V40, lock->object, callback->name,
                        "acquired in %s, it is still held when the callback returns", lock->function);
        thread->held_count--;
    }
    return holds;
}
