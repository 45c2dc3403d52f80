/* SPDX-License-Identifier: MIT */
/*
 * Waits of the thread pool. A worker waits for the handle, together with an event that takes it back; the pool gets another
 * worker for that. The callback is asked for when the wait is over, so that it may set the wait again.
 */
#include "nt/win32/pool.h"

struct waiter
{
    struct pool_object object;
    PTP_WAIT wait;
};

struct _TP_WAIT
{
    struct pool_object object;
    PTP_WAIT_CALLBACK callback;
    void *context;
    /* One change at a time. */
    struct platform_mutex setting;
    struct waiter *waiter;
    HANDLE stop;
    /* What is waited for: a handle of the wait's own, and when that ends. Written while nobody waits. */
    HANDLE target;
    bool forever;
    LARGE_INTEGER timeout;
    bool set;
    /* Ends that have been told to no callback yet. */
    uint32_t time_outs;
};

/* Takes the result of one end: those that a signal brought first. */
static TP_WAIT_RESULT take_result(PTP_WAIT wait)
{
    TP_WAIT_RESULT result = WAIT_OBJECT_0;

    platform_spinlock_lock(&wait->object.lock);
    if (wait->time_outs > wait->object.pending)
    {
        wait->time_outs--;
        result = WAIT_TIMEOUT;
    }
    platform_spinlock_unlock(&wait->object.lock);
    return result;
}

static void call_wait(struct pool_object *object, PTP_CALLBACK_INSTANCE instance)
{
    PTP_WAIT wait = (PTP_WAIT)object;

    wait->callback(instance, wait->context, wait, take_result(wait));
}

static void wait_once(struct pool_object *object, PTP_CALLBACK_INSTANCE instance)
{
    PTP_WAIT wait = ((struct waiter *)object)->wait;
    HANDLE handles[2] = {wait->stop, wait->target};
    NTSTATUS status = native_wait(2, handles, false, false, wait->forever ? NULL : &wait->timeout);

    if (status == STATUS_WAIT_0)
    {
        return;
    }
    platform_spinlock_lock(&wait->object.lock);
    wait->set = false;
    wait->time_outs += status == STATUS_TIMEOUT;
    platform_spinlock_unlock(&wait->object.lock);
    pool_object_submit(&wait->object);
}

/* Afterwards nobody waits. Returns whether the wait was set. Under the mutex. */
static bool stop_waiting(PTP_WAIT wait)
{
    bool was_set;

    (void)native_event(wait->stop, NATIVE_EVENT_SET);
    pool_object_wait(&wait->waiter->object, true);
    (void)native_event(wait->stop, NATIVE_EVENT_RESET);
    platform_spinlock_lock(&wait->object.lock);
    was_set = wait->set;
    wait->set = false;
    platform_spinlock_unlock(&wait->object.lock);
    if (wait->target != NULL)
    {
        (void)ZwClose(wait->target);
        wait->target = NULL;
    }
    return was_set;
}

static void wait_gone(struct pool_object *object)
{
    PTP_WAIT wait = (PTP_WAIT)object;

    if (wait->stop != NULL)
    {
        (void)ZwClose(wait->stop);
    }
    if (wait->waiter != NULL)
    {
        pool_object_release(&wait->waiter->object);
    }
}

PTP_WAIT WINAPI CreateThreadpoolWait(PTP_WAIT_CALLBACK pfnwa, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
{
    PTP_WAIT wait = pool_object_make(sizeof(*wait), call_wait, pcbe);

    if (wait == NULL)
    {
        return NULL;
    }
    wait->object.gone = wait_gone;
    wait->callback = pfnwa;
    wait->context = pv;
    wait->waiter = pool_object_make(sizeof(*wait->waiter), wait_once, NULL);
    wait->stop = wait->waiter == NULL ? NULL : CreateEventW(NULL, TRUE, FALSE, NULL);
    if (wait->stop == NULL)
    {
        pool_object_release(&wait->object);
        return NULL;
    }
    wait->waiter->wait = wait;
    return wait;
}

static void begin_waiting(PTP_WAIT wait, HANDLE handle, const FILETIME *timeout)
{
    NTSTATUS status = ZwDuplicateObject(GetCurrentProcess(), handle, GetCurrentProcess(), &wait->target, SYNCHRONIZE, 0, 0);

    /* Windows raises an exception. */
    if (!NT_SUCCESS(status))
    {
        platform_fatal("SetThreadpoolWait: handle %p (status 0x%08X)", handle, (unsigned)status);
    }
    wait->forever = timeout == NULL;
    if (timeout != NULL)
    {
        wait->timeout.QuadPart = (int64_t)((uint64_t)timeout->dwHighDateTime << 32 | timeout->dwLowDateTime);
    }
    wait->set = true;
    pool_object_submit(&wait->waiter->object);
}

BOOL WINAPI SetThreadpoolWaitEx(PTP_WAIT pwa, HANDLE h, PFILETIME pftTimeout, PVOID Reserved)
{
    bool was_set;

    platform_mutex_lock(&pwa->setting);
    was_set = stop_waiting(pwa);
    if (h != NULL)
    {
        begin_waiting(pwa, h, pftTimeout);
    }
    platform_mutex_unlock(&pwa->setting);
    return was_set;
}

void WINAPI SetThreadpoolWait(PTP_WAIT pwa, HANDLE h, PFILETIME pftTimeout)
{
    (void)SetThreadpoolWaitEx(pwa, h, pftTimeout, NULL);
}

void WINAPI WaitForThreadpoolWaitCallbacks(PTP_WAIT pwa, BOOL fCancelPendingCallbacks)
{
    pool_object_wait(&pwa->object, fCancelPendingCallbacks != FALSE);
    /* The results of callbacks that were taken back go with them. */
    platform_spinlock_lock(&pwa->object.lock);
    if (pwa->object.pending == 0 && pwa->object.running == 0)
    {
        pwa->time_outs = 0;
    }
    platform_spinlock_unlock(&pwa->object.lock);
}

void WINAPI CloseThreadpoolWait(PTP_WAIT pwa)
{
    (void)SetThreadpoolWaitEx(pwa, NULL, NULL, NULL);
    pool_object_release(&pwa->object);
}
