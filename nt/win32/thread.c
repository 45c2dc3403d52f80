/* SPDX-License-Identifier: MIT */
/*
 * Threads.
 */
#include "nt/win32/text.h"

#include <errno.h>

#include <process.h>

/* A thread's priority class is the normal one, whose middle this is. */
#define NORMAL_PRIORITY 8
#define LOWEST_CLASS_PRIORITY 1
#define HIGHEST_CLASS_PRIORITY 15

DWORD WINAPI GetCurrentThreadId(void)
{
    return native_thread_id();
}

HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES lpThreadAttributes, SIZE_T dwStackSize,
                           LPTHREAD_START_ROUTINE lpStartAddress, LPVOID lpParameter, DWORD dwCreationFlags,
                           LPDWORD lpThreadId)
{
    ULONG attributes = lpThreadAttributes != NULL && lpThreadAttributes->bInheritHandle ? OBJ_INHERIT : 0;
    HANDLE thread = NULL;
    DWORD id;

    if ((dwCreationFlags & ~(DWORD)(CREATE_SUSPENDED | STACK_SIZE_PARAM_IS_A_RESERVATION)) != 0 || lpStartAddress == NULL)
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    /* The stack's size is the platform's business: it grows as it is used. */
    if (!win32_result(native_thread_create(lpStartAddress, lpParameter, (dwCreationFlags & CREATE_SUSPENDED) != 0,
                                           attributes, &thread, &id)))
    {
        return NULL;
    }
    if (lpThreadId != NULL)
    {
        *lpThreadId = id;
    }
    return thread;
}

HANDLE WINAPI OpenThread(DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwThreadId)
{
    HANDLE thread = NULL;

    return win32_result(native_thread_open(dwThreadId, dwDesiredAccess, bInheritHandle ? OBJ_INHERIT : 0, &thread)) ?
               thread :
               NULL;
}

void WINAPI ExitThread(DWORD dwExitCode)
{
    (void)native_thread_exit(dwExitCode);
    platform_fatal("ExitThread: thread %u was not made by CreateThread", platform_current()->id);
}

BOOL WINAPI GetExitCodeThread(HANDLE hThread, LPDWORD lpExitCode)
{
    struct native_thread information;

    if (!win32_result(native_thread_query(hThread, &information)))
    {
        return FALSE;
    }
    *lpExitCode = information.ended ? information.exit_code : STILL_ACTIVE;
    return TRUE;
}

DWORD WINAPI GetThreadId(HANDLE Thread)
{
    struct native_thread information;

    return win32_result(native_thread_query(Thread, &information)) ? information.id : 0;
}

DWORD WINAPI GetProcessIdOfThread(HANDLE Thread)
{
    return GetThreadId(Thread) != 0 ? GetCurrentProcessId() : 0;
}

DWORD WINAPI ResumeThread(HANDLE hThread)
{
    DWORD before;

    return win32_result(native_thread_resume(hThread, &before)) ? before : (DWORD)-1;
}

/* Priorities within the class: two steps to either side of the middle, and the ends. */
static LONG class_priority(int priority)
{
    switch (priority)
    {
        case THREAD_PRIORITY_IDLE:
            return LOWEST_CLASS_PRIORITY;
        case THREAD_PRIORITY_TIME_CRITICAL:
            return HIGHEST_CLASS_PRIORITY;
        default:
            return priority < THREAD_PRIORITY_LOWEST || priority > THREAD_PRIORITY_HIGHEST ? 0 : NORMAL_PRIORITY + priority;
    }
}

BOOL WINAPI SetThreadPriority(HANDLE hThread, int nPriority)
{
    LONG priority = class_priority(nPriority);

    return priority == 0 ? win32_fail(ERROR_INVALID_PARAMETER) : win32_result(native_thread_set_priority(hThread, priority));
}

int WINAPI GetThreadPriority(HANDLE hThread)
{
    struct native_thread information;

    if (!win32_result(native_thread_query(hThread, &information)))
    {
        return THREAD_PRIORITY_ERROR_RETURN;
    }
    switch (information.priority)
    {
        case LOWEST_CLASS_PRIORITY:
            return THREAD_PRIORITY_IDLE;
        case HIGHEST_CLASS_PRIORITY:
            return THREAD_PRIORITY_TIME_CRITICAL;
        default:
            return information.priority - NORMAL_PRIORITY;
    }
}

static HRESULT result_of(NTSTATUS status)
{
    return NT_SUCCESS(status) ? S_OK : HRESULT_FROM_NT(status);
}

HRESULT WINAPI SetThreadDescription(HANDLE hThread, PCWSTR lpThreadDescription)
{
    size_t length = lpThreadDescription == NULL ? 0 : wide_length(lpThreadDescription);
    UNICODE_STRING description = {
        .Length = (USHORT)(length * sizeof(WCHAR)),
        .MaximumLength = (USHORT)(length * sizeof(WCHAR)),
        .Buffer = (PWSTR)(uintptr_t)lpThreadDescription,
    };

    return length * sizeof(WCHAR) > 0xFFFC ? E_INVALIDARG : result_of(native_thread_describe(hThread, &description));
}

/* The text is freed by LocalFree. */
HRESULT WINAPI GetThreadDescription(HANDLE hThread, PWSTR *ppszThreadDescription)
{
    size_t size;
    size_t length = 0;
    WCHAR *text = NULL;
    NTSTATUS status = native_thread_description(hThread, NULL, 0, &length);

    *ppszThreadDescription = NULL;
    /* Somebody may give it a longer one meanwhile. */
    do
    {
        (void)LocalFree(text);
        size = length;
        text = NT_SUCCESS(status) ? LocalAlloc(LMEM_ZEROINIT, (size + 1) * sizeof(WCHAR)) : NULL;
        if (text == NULL)
        {
            return NT_SUCCESS(status) ? E_OUTOFMEMORY : HRESULT_FROM_NT(status);
        }
        status = native_thread_description(hThread, text, size, &length);
    } while (length > size);
    *ppszThreadDescription = text;
    return result_of(status);
}

/*
 * Threads as Microsoft's C library starts them. What that library keeps for a thread is the platform's here.
 */
uintptr_t __cdecl _beginthreadex(void *Security, unsigned StackSize, _beginthreadex_proc_type Start, void *Argument,
                                 unsigned Flags, unsigned *ThreadIdentifier)
{
    DWORD id;
    HANDLE thread = CreateThread(Security, StackSize, Start, Argument, Flags, &id);

    if (thread == NULL)
    {
        errno = GetLastError() == ERROR_INVALID_PARAMETER ? EINVAL : EAGAIN;
        return 0;
    }
    if (ThreadIdentifier != NULL)
    {
        *ThreadIdentifier = id;
    }
    return (uintptr_t)thread;
}

void __cdecl _endthreadex(unsigned ExitCode)
{
    ExitThread(ExitCode);
}
