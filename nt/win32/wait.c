/* SPDX-License-Identifier: MIT */
/*
 * Waits for handles, sleeping, and calls queued to a thread.
 */
#include "nt/win32/win32.h"

/* A successful status of a wait is what the published function returns, but for its width. */
static DWORD answer(NTSTATUS status)
{
    return win32_result(status) ? (DWORD)status : WAIT_FAILED;
}

DWORD WINAPI WaitForMultipleObjectsEx(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds,
                                      BOOL bAlertable)
{
    LARGE_INTEGER timeout;

    return answer(
        native_wait(nCount, lpHandles, bWaitAll != FALSE, bAlertable != FALSE, win32_timeout(dwMilliseconds, &timeout)));
}

DWORD WINAPI WaitForMultipleObjects(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds)
{
    return WaitForMultipleObjectsEx(nCount, lpHandles, bWaitAll, dwMilliseconds, FALSE);
}

DWORD WINAPI WaitForSingleObjectEx(HANDLE hHandle, DWORD dwMilliseconds, BOOL bAlertable)
{
    return WaitForMultipleObjectsEx(1, &hHandle, FALSE, dwMilliseconds, bAlertable);
}

DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds)
{
    return WaitForMultipleObjectsEx(1, &hHandle, FALSE, dwMilliseconds, FALSE);
}

DWORD WINAPI SignalObjectAndWait(HANDLE hObjectToSignal, HANDLE hObjectToWaitOn, DWORD dwMilliseconds, BOOL bAlertable)
{
    return win32_result(native_signal(hObjectToSignal)) ?
               WaitForSingleObjectEx(hObjectToWaitOn, dwMilliseconds, bAlertable) :
               WAIT_FAILED;
}

DWORD WINAPI SleepEx(DWORD dwMilliseconds, BOOL bAlertable)
{
    LARGE_INTEGER timeout;

    if (dwMilliseconds == 0 && !bAlertable)
    {
        platform_yield();
        return 0;
    }
    return native_delay(bAlertable != FALSE, win32_timeout(dwMilliseconds, &timeout)) == STATUS_USER_APC ?
               WAIT_IO_COMPLETION :
               0;
}

void WINAPI Sleep(DWORD dwMilliseconds)
{
    (void)SleepEx(dwMilliseconds, FALSE);
}

/* Whether another thread was run instead cannot be known, and no caller can rely on it. */
BOOL WINAPI SwitchToThread(void)
{
    platform_yield();
    return TRUE;
}

DWORD WINAPI QueueUserAPC(PAPCFUNC pfnAPC, HANDLE hThread, ULONG_PTR dwData)
{
    NTSTATUS status = native_queue_call(hThread, pfnAPC, dwData);

    /* A thread that has ended is a general failure. */
    return win32_result(status) ? 1 : 0;
}
