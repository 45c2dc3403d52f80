/* SPDX-License-Identifier: MIT */
/*
 * Handles: closing, duplicating, comparing.
 */
#include "nt/win32/win32.h"

BOOL WINAPI CloseHandle(HANDLE hObject)
{
    /* The handles of the current process and thread are no entries of the table; closing them does nothing, as published. */
    if (hObject == GetCurrentProcess() || hObject == GetCurrentThread())
    {
        return TRUE;
    }
    return win32_result(ZwClose(hObject));
}

BOOL WINAPI DuplicateHandle(HANDLE hSourceProcessHandle, HANDLE hSourceHandle, HANDLE hTargetProcessHandle,
                            LPHANDLE lpTargetHandle, DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwOptions)
{
    return win32_result(ZwDuplicateObject(hSourceProcessHandle, hSourceHandle, hTargetProcessHandle, lpTargetHandle,
                                          dwDesiredAccess, bInheritHandle ? OBJ_INHERIT : 0, dwOptions));
}

BOOL WINAPI CompareObjectHandles(HANDLE hFirstObjectHandle, HANDLE hSecondObjectHandle)
{
    bool same = false;

    if (!win32_result(native_is_same(hFirstObjectHandle, hSecondObjectHandle, &same)))
    {
        return FALSE;
    }
    return same ? TRUE : win32_fail(ERROR_NOT_SAME_OBJECT);
}

BOOL WINAPI GetHandleInformation(HANDLE hObject, LPDWORD lpdwFlags)
{
    return win32_result(native_handle_flags(hObject, lpdwFlags));
}

BOOL WINAPI SetHandleInformation(HANDLE hObject, DWORD dwMask, DWORD dwFlags)
{
    if ((dwMask & ~(DWORD)(HANDLE_FLAG_INHERIT | HANDLE_FLAG_PROTECT_FROM_CLOSE)) != 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    return win32_result(native_handle_set_flags(hObject, dwMask, dwFlags));
}
