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
