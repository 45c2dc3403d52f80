/* SPDX-License-Identifier: MIT */
/*
 * The performance counter.
 */
#ifndef PROFILEAPI_H
#define PROFILEAPI_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER *lpPerformanceCount);
WINBASEAPI BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER *lpFrequency);

EXTERN_C_END

#endif /* PROFILEAPI_H */
