/* SPDX-License-Identifier: MIT */
/*
 * What every source of the Win32 face includes: the published headers of the user flavour, and how functions fail.
 *
 * The face is thin: waiting, handles, threads and files are the engine's, reached by the native functions (native.h). Nothing
 * here knows a structure of the executive.
 */
#ifndef NT_WIN32_H
#define NT_WIN32_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <windows.h>
#include <winternl.h>

#include "nt/win32/native.h"
#include "nt/win32/state.h"
#include "platform/platform.h"

/* Sets the last error of the calling thread. */
static inline void win32_set_error(DWORD error)
{
    platform_current()->last_error = error;
}

/* Sets the last error and returns FALSE, which most functions say when they fail. */
static inline BOOL win32_fail(DWORD error)
{
    win32_set_error(error);
    return FALSE;
}

/* Sets the last error that a failed status means, and says whether the status was a success. */
BOOL win32_result(NTSTATUS status);

/* The time-out of a native wait, from one in milliseconds; NULL when it is for ever. */
static inline LARGE_INTEGER *win32_timeout(DWORD milliseconds, LARGE_INTEGER *timeout)
{
    timeout->QuadPart = -(int64_t)milliseconds * 10000;
    return milliseconds == INFINITE ? NULL : timeout;
}

/* The deadline of a time-out in milliseconds, INFINITE included. */
static inline int64_t win32_deadline(DWORD milliseconds)
{
    return milliseconds == INFINITE ? PLATFORM_FOREVER : platform_deadline_in((int64_t)milliseconds * PLATFORM_MILLISECOND);
}

#endif /* NT_WIN32_H */
