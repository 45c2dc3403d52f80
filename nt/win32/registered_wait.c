/* SPDX-License-Identifier: MIT */
/*
 * Registered waits. A worker waits for the handle, together with an event that ends the registration, and calls back itself; the
 * pool gets another worker for that.
 */
#include "nt/win32/pool.h"

struct registered_wait
{
    struct pool_object object;
    WAITORTIMERCALLBACK callback;
    void *context;
    HANDLE stop;
    HANDLE target;
    DWORD milliseconds;
    bool once;
    uint32_t calling;
    /* Set when the last callback is over; NULL when nobody wants to know. */
    HANDLE completion;
};

static void call_back(struct registered_wait *wait, bool timed_out)
{
    platform_atomic_store(&wait->calling, 1);
    platform_point(PLATFORM_POINT_CALL);
    wait->callback(wait->context, timed_out);
    platform_atomic_store(&wait->calling, 0);
}

static void wait_again_and_again(struct pool_object *object, PTP_CALLBACK_INSTANCE instance)
{
    struct registered_wait *wait = (struct registered_wait *)object;
    HANDLE handles[2] = {wait->stop, wait->target};
    NTSTATUS status;

    do
    {
        LARGE_INTEGER timeout;

        status = native_wait(2, handles, false, false, win32_timeout(wait->milliseconds, &timeout));
        if (status != STATUS_WAIT_0)
        {
            call_back(wait, status == STATUS_TIMEOUT);
        }
    } while (status != STATUS_WAIT_0 && !wait->once);
}

static void registration_gone(struct pool_object *object)
{
    struct registered_wait *wait = (struct registered_wait *)object;

    if (wait->completion != NULL)
    {
        (void)native_event(wait->completion, NATIVE_EVENT_SET);
        (void)ZwClose(wait->completion);
    }
    if (wait->target != NULL)
    {
        (void)ZwClose(wait->target);
    }
    if (wait->stop != NULL)
    {
        (void)ZwClose(wait->stop);
    }
}

static NTSTATUS duplicate(HANDLE handle, ACCESS_MASK access, HANDLE *ret_own)
{
    return ZwDuplicateObject(GetCurrentProcess(), handle, GetCurrentProcess(), ret_own, access, 0, 0);
}

BOOL WINAPI RegisterWaitForSingleObject(PHANDLE phNewWaitObject, HANDLE hObject, WAITORTIMERCALLBACK Callback, PVOID Context,
                                        ULONG dwMilliseconds, ULONG dwFlags)
{
    struct registered_wait *wait = pool_object_make(sizeof(*wait), wait_again_and_again, NULL);
    NTSTATUS status;

    if (wait == NULL)
    {
        return FALSE;
    }
    wait->object.gone = registration_gone;
    wait->callback = Callback;
    wait->context = Context;
    wait->milliseconds = dwMilliseconds;
    wait->once = (dwFlags & WT_EXECUTEONLYONCE) != 0;
    wait->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    status = wait->stop == NULL ? STATUS_NO_MEMORY : duplicate(hObject, SYNCHRONIZE, &wait->target);
    if (!NT_SUCCESS(status))
    {
        pool_object_release(&wait->object);
        return win32_result(status);
    }
    *phNewWaitObject = wait;
    pool_object_submit(&wait->object);
    return TRUE;
}

BOOL WINAPI UnregisterWaitEx(HANDLE WaitHandle, HANDLE CompletionEvent)
{
    struct registered_wait *wait = WaitHandle;
    bool wants_event = CompletionEvent != NULL && CompletionEvent != INVALID_HANDLE_VALUE;
    bool calling;

    if (wait == NULL)
    {
        return win32_fail(ERROR_INVALID_HANDLE);
    }
    if (wants_event && !win32_result(duplicate(CompletionEvent, EVENT_MODIFY_STATE, &wait->completion)))
    {
        return FALSE;
    }
    (void)native_event(wait->stop, NATIVE_EVENT_SET);
    if (CompletionEvent == INVALID_HANDLE_VALUE)
    {
        pool_object_wait(&wait->object, true);
    }
    calling = platform_atomic_load(&wait->calling) != 0;
    pool_object_release(&wait->object);
    return calling ? win32_fail(ERROR_IO_PENDING) : TRUE;
}

BOOL WINAPI UnregisterWait(HANDLE WaitHandle)
{
    return UnregisterWaitEx(WaitHandle, NULL);
}
