/* SPDX-License-Identifier: MIT */
/*
 * Presentation locks.
 */
#include "wdf/presentation.h"

#include "nt/sync/irql.h"
#include "nt/thread/worker.h"
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"
#include "wdf/queue.h"

void presentation_initialize(struct presentation_lock *lock, struct object *object)
{
    lock->object = object;
    lock->passive = object->globals->user_flavour || wdfobj_execution_level(object) == WdfExecutionLevelPassive;
}

/* Whether the object's callbacks can be serialised at all. */
static bool is_owner(const struct object *object)
{
    return object->type == OBJECT_DEVICE || object->type == OBJECT_QUEUE || object->type == OBJECT_FILE;
}

/* The lock of such an object, whatever the scope of a device is; NULL when its scope gives it none. */
static struct presentation_lock *lock_of_owner(struct object *object)
{
    if (object->class->type == OBJECT_DEVICE)
    {
        return &device_of(object)->presentation;
    }
    if (object->scope == WdfSynchronizationScopeNone)
    {
        return NULL;
    }
    if (object->class->type == OBJECT_QUEUE)
    {
        struct queue *queue = queue_of(object);

        return object->scope == WdfSynchronizationScopeQueue ? &queue->presentation : &queue->device->presentation;
    }
    return &CONTAINING_RECORD(object, struct file_object, object)->device->presentation;
}

struct presentation_lock *presentation_lock_of(struct object *object)
{
    struct object *owner = wdfobj_reference_upwards(object, is_owner);
    struct presentation_lock *lock;

    if (owner == NULL)
    {
        return NULL;
    }
    lock = owner->scope == WdfSynchronizationScopeNone ? NULL : lock_of_owner(owner);
    wdfobj_release(owner);
    return lock;
}

/* Who waits may be a worker, and what it waits for may need one. */
static void enter_passive(struct presentation_lock *lock)
{
    KeEnterCriticalRegion();
    if (!platform_mutex_try_lock(&lock->mutex))
    {
        worker_will_wait();
        platform_mutex_lock(&lock->mutex);
        worker_has_waited();
    }
}

void presentation_take(struct presentation_lock *lock)
{
    if (presentation_held(lock))
    {
        globals_bugcheck(lock->object->globals, WDF_RECURSIVE_LOCK, (ULONG_PTR)wdfobj_handle(lock->object), 0, 0);
    }
    if (lock->passive)
    {
        enter_passive(lock);
    }
    else
    {
        KIRQL before = irql_raise(DISPATCH_LEVEL);

        platform_spinlock_lock(&lock->spin);
        lock->before = before;
    }
}

void presentation_give_back(struct presentation_lock *lock)
{
    if (!presentation_held(lock))
    {
        globals_bugcheck(lock->object->globals, WDF_INVALID_LOCK_OPERATION, (ULONG_PTR)wdfobj_handle(lock->object), 0, 0);
    }
    if (lock->passive)
    {
        platform_mutex_unlock(&lock->mutex);
        KeLeaveCriticalRegion();
    }
    else
    {
        KIRQL before = lock->before;

        platform_spinlock_unlock(&lock->spin);
        irql_lower(before);
    }
}

NTSTATUS presentation_for_callback(struct object *parent, bool automatic_serialization, bool passive,
                                   struct presentation_lock **ret_lock)
{
    struct object *owner;
    struct presentation_lock *lock;

    *ret_lock = NULL;
    if (!automatic_serialization)
    {
        return STATUS_SUCCESS;
    }
    owner = wdfobj_reference_upwards(parent, is_owner);
    if (owner == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    lock = presentation_lock_of(owner);
    wdfobj_release(owner);
    /* All callbacks of the user flavour run at PASSIVE_LEVEL, whatever they were declared to be. */
    if (lock != NULL && lock->passive != passive && !parent->globals->user_flavour)
    {
        return STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL;
    }
    *ret_lock = lock;
    return STATUS_SUCCESS;
}

/*
 * Entry points.
 */

/* Only objects that own a lock have one to give, or to inherit; a device has one whatever its scope is. */
static struct presentation_lock *published_lock(PWDF_DRIVER_GLOBALS globals, WDFOBJECT handle, const char *function)
{
    struct object *object = wdfobj_from_handle(handle, OBJECT_ANY, function);
    struct presentation_lock *lock = is_owner(object) ? lock_of_owner(object) : NULL;

    if (lock == NULL)
    {
        globals_bugcheck(globals_of(globals), WDF_INVALID_LOCK_OPERATION, (ULONG_PTR)handle, 0, 0);
    }
    return lock;
}

VOID wdf_kmdf_WdfObjectAcquireLock(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Object)
{
    presentation_enter(published_lock(DriverGlobals, Object, "WdfObjectAcquireLock"));
}
WDF_ENTRY_BOTH(WdfObjectAcquireLock)

VOID wdf_kmdf_WdfObjectReleaseLock(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Object)
{
    presentation_leave(published_lock(DriverGlobals, Object, "WdfObjectReleaseLock"));
}
WDF_ENTRY_BOTH(WdfObjectReleaseLock)
