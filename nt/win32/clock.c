/* SPDX-License-Identifier: MIT */
/*
 * Clocks. All of them are the platform's two: universal time, and the monotonic clock, whose unit of 100 nanoseconds is the
 * performance counter.
 */
#include "nt/win32/win32.h"

static FILETIME file_time(int64_t time_100ns)
{
    return (FILETIME){(DWORD)time_100ns, (DWORD)((uint64_t)time_100ns >> 32)};
}

void WINAPI GetSystemTimeAsFileTime(LPFILETIME lpSystemTimeAsFileTime)
{
    *lpSystemTimeAsFileTime = file_time(platform_wall_time_100ns());
}

void WINAPI GetSystemTimePreciseAsFileTime(LPFILETIME lpSystemTimeAsFileTime)
{
    *lpSystemTimeAsFileTime = file_time(platform_wall_time_100ns());
}

ULONGLONG WINAPI GetTickCount64(void)
{
    return (ULONGLONG)(platform_now() / PLATFORM_MILLISECOND);
}

DWORD WINAPI GetTickCount(void)
{
    return (DWORD)GetTickCount64();
}

BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER *lpPerformanceCount)
{
    lpPerformanceCount->QuadPart = platform_now_100ns();
    return TRUE;
}

BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER *lpFrequency)
{
    lpFrequency->QuadPart = 10000000;
    return TRUE;
}

void WINAPI QueryInterruptTime(PULONGLONG lpInterruptTime)
{
    *lpInterruptTime = (ULONGLONG)platform_now_100ns();
}

void WINAPI QueryInterruptTimePrecise(PULONGLONG lpInterruptTimePrecise)
{
    *lpInterruptTimePrecise = (ULONGLONG)platform_now_100ns();
}

BOOL WINAPI QueryUnbiasedInterruptTime(PULONGLONG UnbiasedTime)
{
    if (UnbiasedTime == NULL)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    *UnbiasedTime = (ULONGLONG)platform_now_100ns();
    return TRUE;
}

void WINAPI QueryUnbiasedInterruptTimePrecise(PULONGLONG lpUnbiasedInterruptTimePrecise)
{
    *lpUnbiasedInterruptTimePrecise = (ULONGLONG)platform_now_100ns();
}

DWORD WINAPI timeGetTime(void)
{
    return GetTickCount();
}
