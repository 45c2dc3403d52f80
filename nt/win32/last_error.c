/* SPDX-License-Identifier: MIT */
/*
 * The last error of a thread.
 */
#include "nt/win32/win32.h"

BOOL win32_result(NTSTATUS status)
{
    if (NT_SUCCESS(status))
    {
        return TRUE;
    }
    return win32_fail(RtlNtStatusToDosError(status));
}

DWORD WINAPI GetLastError(void)
{
    return platform_current()->last_error;
}

void WINAPI SetLastError(DWORD dwErrCode)
{
    win32_set_error(dwErrCode);
}
