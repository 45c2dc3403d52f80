/* SPDX-License-Identifier: MIT */
/*
 * Callbacks of the thread pool.
 */
#include "nt/win32/pool.h"

#include "nt/win32/address.h"

void *pool_object_make(size_t size, pool_callback *callback, const TP_CALLBACK_ENVIRON *environment)
{
    struct pool_object *object = platform_zalloc(size);

    if (object == NULL)
    {
        win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    object->size = size;
    object->callback = callback;
    object->references = 1;
    object->priority = environment != NULL && environment->CallbackPriority == TP_CALLBACK_PRIORITY_HIGH ? -1 : 0;
    return object;
}

void pool_object_release(struct pool_object *object)
{
    if (platform_atomic_fetch_sub(&object->references, 1) == 1)
    {
        if (object->gone != NULL)
        {
            object->gone(object);
        }
        platform_free(object, object->size);
    }
}

/* What a callback asked for is done after it, in the published order. */
static void finish_instance(const struct _TP_CALLBACK_INSTANCE *instance)
{
    if (instance->section != NULL)
    {
        LeaveCriticalSection(instance->section);
    }
    if (instance->mutex != NULL)
    {
        (void)ReleaseMutex(instance->mutex);
    }
    if (instance->semaphore != NULL)
    {
        (void)ReleaseSemaphore(instance->semaphore, (LONG)instance->semaphore_count, NULL);
    }
    if (instance->event != NULL)
    {
        (void)SetEvent(instance->event);
    }
    if (instance->library != NULL)
    {
        (void)FreeLibrary(instance->library);
    }
}

/* Somebody may wait for the last one. Only the address is used afterwards. */
static void leave_busy(struct pool_object *object, uint32_t count)
{
    if (count != 0 && platform_atomic_fetch_sub(&object->busy, count) == count)
    {
        address_wake(object, UINT32_MAX);
    }
}

static void run(void *context);

/* Called with the lock held, with something asked for: the item carries a reference through the queue. */
static void enqueue(struct pool_object *object)
{
    object->queued = true;
    (void)platform_atomic_fetch_add(&object->references, 1);
    native_work_queue(&object->work, object->priority, run, object);
}

/* Takes one of those that were asked for, and lets another worker have the next one at once. */
static bool take_one(struct pool_object *object)
{
    bool taken;

    platform_spinlock_lock(&object->lock);
    object->queued = false;
    taken = object->pending != 0;
    if (taken)
    {
        object->pending--;
        object->running++;
    }
    if (object->pending != 0)
    {
        enqueue(object);
    }
    platform_spinlock_unlock(&object->lock);
    return taken;
}

static void run(void *context)
{
    struct pool_object *object = context;

    if (take_one(object))
    {
        struct _TP_CALLBACK_INSTANCE instance = {0};

        platform_point(PLATFORM_POINT_CALL);
        object->callback(object, &instance);
        finish_instance(&instance);
        platform_spinlock_lock(&object->lock);
        object->running--;
        platform_spinlock_unlock(&object->lock);
        leave_busy(object, 1);
    }
    pool_object_release(object);
}

void pool_object_submit(struct pool_object *object)
{
    platform_spinlock_lock(&object->lock);
    object->pending++;
    (void)platform_atomic_fetch_add(&object->busy, 1);
    if (!object->queued)
    {
        enqueue(object);
    }
    platform_spinlock_unlock(&object->lock);
}

static bool is_idle(void *object)
{
    return platform_atomic_load_sequential(&((struct pool_object *)object)->busy) == 0;
}

void pool_object_wait(struct pool_object *object, bool cancel)
{
    struct address_waiter waiter;
    uint32_t cancelled;

    if (cancel)
    {
        platform_spinlock_lock(&object->lock);
        cancelled = object->pending;
        object->pending = 0;
        platform_spinlock_unlock(&object->lock);
        leave_busy(object, cancelled);
    }
    while (address_enter(&waiter, object, is_idle, object))
    {
        (void)address_wait(&waiter, PLATFORM_FOREVER);
    }
}

/*
 * What a callback may ask for.
 */
BOOL WINAPI CallbackMayRunLong(PTP_CALLBACK_INSTANCE pci)
{
    return TRUE;
}

void WINAPI SetEventWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE evt)
{
    pci->event = evt;
}

void WINAPI ReleaseSemaphoreWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE sem, DWORD crel)
{
    pci->semaphore = sem;
    pci->semaphore_count = crel;
}

void WINAPI ReleaseMutexWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE mut)
{
    pci->mutex = mut;
}

void WINAPI LeaveCriticalSectionWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, PCRITICAL_SECTION pcs)
{
    pci->section = pcs;
}

void WINAPI FreeLibraryWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HMODULE mod)
{
    pci->library = mod;
}
