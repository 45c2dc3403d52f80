/* SPDX-License-Identifier: MIT */
/*
 * The multimedia clock: milliseconds since the start of the system, and how finely waits end.
 */
#ifndef TIMEAPI_H
#define TIMEAPI_H

#include "minwinbase.h"

#define TIMERR_BASE 96

#define TIMERR_NOERROR 0
#define TIMERR_NOCANDO (TIMERR_BASE + 1)
#define TIMERR_STRUCT (TIMERR_BASE + 33)

EXTERN_C_START

typedef UINT MMRESULT;

#pragma pack(push, 1)
typedef struct timecaps_tag
{
    UINT wPeriodMin;
    UINT wPeriodMax;
} TIMECAPS, *PTIMECAPS, *NPTIMECAPS, *LPTIMECAPS;
#pragma pack(pop)

WINBASEAPI DWORD WINAPI timeGetTime(void);
WINBASEAPI MMRESULT WINAPI timeGetDevCaps(LPTIMECAPS ptc, UINT cbtc);
WINBASEAPI MMRESULT WINAPI timeBeginPeriod(UINT uPeriod);
WINBASEAPI MMRESULT WINAPI timeEndPeriod(UINT uPeriod);

EXTERN_C_END

#endif /* TIMEAPI_H */
