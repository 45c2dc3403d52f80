/* SPDX-License-Identifier: MIT */
/*
 * Events, mutexes, semaphores and waitable timers: creating, opening, signalling. Names without a prefix, with Local\ and with
 * Global\ are one folder, because there is one session.
 */
#include "nt/win32/text.h"

#include <string.h>

static const WCHAR folder[] = L"\\BaseNamedObjects\\";

/* OBJECT_ATTRIBUTES with the name that they refer to. */
struct attributes
{
    OBJECT_ATTRIBUTES object;
    UNICODE_STRING name;
    WCHAR path[ARRAYSIZE(folder) + MAX_PATH];
};

static const WCHAR *without_prefix(const WCHAR *name)
{
    static const WCHAR *const prefixes[] = {L"Local\\", L"Global\\"};

    for (size_t index = 0; index < ARRAYSIZE(prefixes); index++)
    {
        size_t length = wide_length(prefixes[index]);

        if (wide_length(name) > length && memcmp(name, prefixes[index], length * sizeof(WCHAR)) == 0)
        {
            return name + length;
        }
    }
    return name;
}

/* Returns false, with the last error set, when the name is too long. */
static bool make_attributes(struct attributes *attributes, const WCHAR *name, ULONG flags)
{
    size_t length;

    attributes->object = (OBJECT_ATTRIBUTES){.Length = sizeof(attributes->object), .Attributes = flags};
    if (name == NULL || name[0] == 0)
    {
        return true;
    }
    name = without_prefix(name);
    length = wide_length(name);
    if (length > MAX_PATH)
    {
        win32_set_error(ERROR_FILENAME_EXCED_RANGE);
        return false;
    }
    memcpy(attributes->path, folder, sizeof(folder));
    memcpy(attributes->path + ARRAYSIZE(folder) - 1, name, (length + 1) * sizeof(WCHAR));
    RtlInitUnicodeString(&attributes->name, attributes->path);
    attributes->object.ObjectName = &attributes->name;
    return true;
}

static HANDLE create(const struct native_object *object, const SECURITY_ATTRIBUTES *security, const WCHAR *name,
                     DWORD access)
{
    bool inherit = security != NULL && security->bInheritHandle;
    struct attributes attributes;
    HANDLE handle = NULL;
    NTSTATUS status;

    if (!make_attributes(&attributes, name, OBJ_OPENIF | (inherit ? OBJ_INHERIT : 0)))
    {
        return NULL;
    }
    status = native_create(object, &attributes.object, access, &handle);
    if (NT_SUCCESS(status))
    {
        win32_set_error(status == STATUS_OBJECT_NAME_EXISTS ? ERROR_ALREADY_EXISTS : ERROR_SUCCESS);
        return handle;
    }
    (void)win32_result(status);
    return NULL;
}

static HANDLE open_object(enum native_kind kind, DWORD access, BOOL inherit, const WCHAR *name)
{
    struct attributes attributes;
    HANDLE handle = NULL;

    if (name == NULL || name[0] == 0)
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    if (!make_attributes(&attributes, name, inherit ? OBJ_INHERIT : 0) ||
        !win32_result(native_open(kind, &attributes.object, access, &handle)))
    {
        return NULL;
    }
    return handle;
}

/* The narrow forms differ in nothing but the name. */
static HANDLE create_narrow(const struct native_object *object, const SECURITY_ATTRIBUTES *security, const char *name,
                            DWORD access)
{
    struct wide_text wide;
    HANDLE handle;

    if (!wide_open(&wide, name))
    {
        return NULL;
    }
    handle = create(object, security, wide.text, access);
    wide_close(&wide);
    return handle;
}

static HANDLE open_narrow(enum native_kind kind, DWORD access, BOOL inherit, const char *name)
{
    struct wide_text wide;
    HANDLE handle;

    if (!wide_open(&wide, name))
    {
        return NULL;
    }
    handle = open_object(kind, access, inherit, wide.text);
    wide_close(&wide);
    return handle;
}

static HANDLE bad_flags(void)
{
    win32_set_error(ERROR_INVALID_PARAMETER);
    return NULL;
}

static struct native_object event_object(DWORD flags)
{
    return (struct native_object){
        .kind = NATIVE_EVENT,
        .manual = (flags & CREATE_EVENT_MANUAL_RESET) != 0,
        .initial = (flags & CREATE_EVENT_INITIAL_SET) != 0,
    };
}

HANDLE WINAPI CreateEventExW(LPSECURITY_ATTRIBUTES lpEventAttributes, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
{
    struct native_object object = event_object(dwFlags);

    return (dwFlags & ~(DWORD)(CREATE_EVENT_MANUAL_RESET | CREATE_EVENT_INITIAL_SET)) != 0 ?
               bad_flags() :
               create(&object, lpEventAttributes, lpName, dwDesiredAccess);
}

HANDLE WINAPI CreateEventExA(LPSECURITY_ATTRIBUTES lpEventAttributes, LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
{
    struct native_object object = event_object(dwFlags);

    return (dwFlags & ~(DWORD)(CREATE_EVENT_MANUAL_RESET | CREATE_EVENT_INITIAL_SET)) != 0 ?
               bad_flags() :
               create_narrow(&object, lpEventAttributes, lpName, dwDesiredAccess);
}

static DWORD event_flags(BOOL manual, BOOL set)
{
    return (manual ? CREATE_EVENT_MANUAL_RESET : 0) | (set ? CREATE_EVENT_INITIAL_SET : 0);
}

HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES lpEventAttributes, BOOL bManualReset, BOOL bInitialState, LPCWSTR lpName)
{
    return CreateEventExW(lpEventAttributes, lpName, event_flags(bManualReset, bInitialState), EVENT_ALL_ACCESS);
}

HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES lpEventAttributes, BOOL bManualReset, BOOL bInitialState, LPCSTR lpName)
{
    return CreateEventExA(lpEventAttributes, lpName, event_flags(bManualReset, bInitialState), EVENT_ALL_ACCESS);
}

HANDLE WINAPI OpenEventW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)
{
    return open_object(NATIVE_EVENT, dwDesiredAccess, bInheritHandle, lpName);
}

HANDLE WINAPI OpenEventA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)
{
    return open_narrow(NATIVE_EVENT, dwDesiredAccess, bInheritHandle, lpName);
}

BOOL WINAPI SetEvent(HANDLE hEvent)
{
    return win32_result(native_event(hEvent, NATIVE_EVENT_SET));
}

BOOL WINAPI ResetEvent(HANDLE hEvent)
{
    return win32_result(native_event(hEvent, NATIVE_EVENT_RESET));
}

BOOL WINAPI PulseEvent(HANDLE hEvent)
{
    return win32_result(native_event(hEvent, NATIVE_EVENT_PULSE));
}

HANDLE WINAPI CreateMutexExW(LPSECURITY_ATTRIBUTES lpMutexAttributes, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
{
    struct native_object object = {.kind = NATIVE_MUTANT, .initial = dwFlags != 0};

    return (dwFlags & ~(DWORD)CREATE_MUTEX_INITIAL_OWNER) != 0 ? bad_flags() :
                                                                 create(&object, lpMutexAttributes, lpName, dwDesiredAccess);
}

HANDLE WINAPI CreateMutexExA(LPSECURITY_ATTRIBUTES lpMutexAttributes, LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
{
    struct native_object object = {.kind = NATIVE_MUTANT, .initial = dwFlags != 0};

    return (dwFlags & ~(DWORD)CREATE_MUTEX_INITIAL_OWNER) != 0 ?
               bad_flags() :
               create_narrow(&object, lpMutexAttributes, lpName, dwDesiredAccess);
}

HANDLE WINAPI CreateMutexW(LPSECURITY_ATTRIBUTES lpMutexAttributes, BOOL bInitialOwner, LPCWSTR lpName)
{
    return CreateMutexExW(lpMutexAttributes, lpName, bInitialOwner ? CREATE_MUTEX_INITIAL_OWNER : 0, MUTANT_ALL_ACCESS);
}

HANDLE WINAPI CreateMutexA(LPSECURITY_ATTRIBUTES lpMutexAttributes, BOOL bInitialOwner, LPCSTR lpName)
{
    return CreateMutexExA(lpMutexAttributes, lpName, bInitialOwner ? CREATE_MUTEX_INITIAL_OWNER : 0, MUTANT_ALL_ACCESS);
}

HANDLE WINAPI OpenMutexW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)
{
    return open_object(NATIVE_MUTANT, dwDesiredAccess, bInheritHandle, lpName);
}

HANDLE WINAPI OpenMutexA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)
{
    return open_narrow(NATIVE_MUTANT, dwDesiredAccess, bInheritHandle, lpName);
}

BOOL WINAPI ReleaseMutex(HANDLE hMutex)
{
    return win32_result(native_mutant_release(hMutex));
}

HANDLE WINAPI CreateSemaphoreExW(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount,
                                 LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
{
    struct native_object object = {.kind = NATIVE_SEMAPHORE, .count = lInitialCount, .limit = lMaximumCount};

    return dwFlags != 0 ? bad_flags() : create(&object, lpSemaphoreAttributes, lpName, dwDesiredAccess);
}

HANDLE WINAPI CreateSemaphoreExA(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount,
                                 LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
{
    struct native_object object = {.kind = NATIVE_SEMAPHORE, .count = lInitialCount, .limit = lMaximumCount};

    return dwFlags != 0 ? bad_flags() : create_narrow(&object, lpSemaphoreAttributes, lpName, dwDesiredAccess);
}

HANDLE WINAPI CreateSemaphoreW(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount,
                               LPCWSTR lpName)
{
    return CreateSemaphoreExW(lpSemaphoreAttributes, lInitialCount, lMaximumCount, lpName, 0, SEMAPHORE_ALL_ACCESS);
}

HANDLE WINAPI CreateSemaphoreA(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount,
                               LPCSTR lpName)
{
    return CreateSemaphoreExA(lpSemaphoreAttributes, lInitialCount, lMaximumCount, lpName, 0, SEMAPHORE_ALL_ACCESS);
}

HANDLE WINAPI OpenSemaphoreW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)
{
    return open_object(NATIVE_SEMAPHORE, dwDesiredAccess, bInheritHandle, lpName);
}

HANDLE WINAPI OpenSemaphoreA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)
{
    return open_narrow(NATIVE_SEMAPHORE, dwDesiredAccess, bInheritHandle, lpName);
}

BOOL WINAPI ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount, LPLONG lpPreviousCount)
{
    return win32_result(native_semaphore_release(hSemaphore, lReleaseCount, lpPreviousCount));
}

HANDLE WINAPI CreateWaitableTimerExW(LPSECURITY_ATTRIBUTES lpTimerAttributes, LPCWSTR lpTimerName, DWORD dwFlags,
                                     DWORD dwDesiredAccess)
{
    struct native_object object = {.kind = NATIVE_TIMER, .manual = (dwFlags & CREATE_WAITABLE_TIMER_MANUAL_RESET) != 0};

    /* Every timer has a high resolution here. */
    return (dwFlags & ~(DWORD)(CREATE_WAITABLE_TIMER_MANUAL_RESET | CREATE_WAITABLE_TIMER_HIGH_RESOLUTION)) != 0 ?
               bad_flags() :
               create(&object, lpTimerAttributes, lpTimerName, dwDesiredAccess);
}

HANDLE WINAPI CreateWaitableTimerExA(LPSECURITY_ATTRIBUTES lpTimerAttributes, LPCSTR lpTimerName, DWORD dwFlags,
                                     DWORD dwDesiredAccess)
{
    struct wide_text wide;
    HANDLE handle;

    if (!wide_open(&wide, lpTimerName))
    {
        return NULL;
    }
    handle = CreateWaitableTimerExW(lpTimerAttributes, wide.text, dwFlags, dwDesiredAccess);
    wide_close(&wide);
    return handle;
}

HANDLE WINAPI CreateWaitableTimerW(LPSECURITY_ATTRIBUTES lpTimerAttributes, BOOL bManualReset, LPCWSTR lpTimerName)
{
    return CreateWaitableTimerExW(lpTimerAttributes, lpTimerName, bManualReset ? CREATE_WAITABLE_TIMER_MANUAL_RESET : 0,
                                  TIMER_ALL_ACCESS);
}

HANDLE WINAPI CreateWaitableTimerA(LPSECURITY_ATTRIBUTES lpTimerAttributes, BOOL bManualReset, LPCSTR lpTimerName)
{
    return CreateWaitableTimerExA(lpTimerAttributes, lpTimerName, bManualReset ? CREATE_WAITABLE_TIMER_MANUAL_RESET : 0,
                                  TIMER_ALL_ACCESS);
}

HANDLE WINAPI OpenWaitableTimerW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpTimerName)
{
    return open_object(NATIVE_TIMER, dwDesiredAccess, bInheritHandle, lpTimerName);
}

HANDLE WINAPI OpenWaitableTimerA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpTimerName)
{
    return open_narrow(NATIVE_TIMER, dwDesiredAccess, bInheritHandle, lpTimerName);
}

BOOL WINAPI SetWaitableTimer(HANDLE hTimer, const LARGE_INTEGER *lpDueTime, LONG lPeriod,
                             PTIMERAPCROUTINE pfnCompletionRoutine, LPVOID lpArgToCompletionRoutine, BOOL fResume)
{
    if (lpDueTime == NULL || lPeriod < 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (!win32_result(native_timer_set(hTimer, lpDueTime->QuadPart, (uint32_t)lPeriod, pfnCompletionRoutine,
                                       lpArgToCompletionRoutine)))
    {
        return FALSE;
    }
    /* Nothing here wakes a sleeping machine, which is a success that says so. */
    win32_set_error(fResume ? ERROR_NOT_SUPPORTED : ERROR_SUCCESS);
    return TRUE;
}

BOOL WINAPI SetWaitableTimerEx(HANDLE hTimer, const LARGE_INTEGER *lpDueTime, LONG lPeriod,
                               PTIMERAPCROUTINE pfnCompletionRoutine, LPVOID lpArgToCompletionRoutine,
                               PREASON_CONTEXT WakeContext, ULONG TolerableDelay)
{
    return SetWaitableTimer(hTimer, lpDueTime, lPeriod, pfnCompletionRoutine, lpArgToCompletionRoutine, WakeContext != NULL);
}

BOOL WINAPI CancelWaitableTimer(HANDLE hTimer)
{
    return win32_result(native_timer_cancel(hTimer));
}
