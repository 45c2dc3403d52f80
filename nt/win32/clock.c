/* SPDX-License-Identifier: MIT */
/*
 * Clocks. All of them are the platform's two: universal time, and the monotonic clock, whose unit of 100 nanoseconds is the
 * performance counter.
 */
#include "nt/win32/win32.h"

#include <timeapi.h>

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

/* Every wait ends as finely as the platform's clock goes, so that nothing has to be asked for. */
#define FINEST_PERIOD 1
#define COARSEST_PERIOD 1000000

MMRESULT WINAPI timeGetDevCaps(LPTIMECAPS ptc, UINT cbtc)
{
    if (ptc == NULL || cbtc < sizeof(*ptc))
    {
        return TIMERR_NOCANDO;
    }
    *ptc = (TIMECAPS){FINEST_PERIOD, COARSEST_PERIOD};
    return TIMERR_NOERROR;
}

MMRESULT WINAPI timeBeginPeriod(UINT uPeriod)
{
    return uPeriod < FINEST_PERIOD || uPeriod > COARSEST_PERIOD ? TIMERR_NOCANDO : TIMERR_NOERROR;
}

MMRESULT WINAPI timeEndPeriod(UINT uPeriod)
{
    return timeBeginPeriod(uPeriod);
}
