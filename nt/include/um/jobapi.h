/* SPDX-License-Identifier: MIT */
/*
 * Jobs.
 */
#ifndef JOBAPI_H
#define JOBAPI_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI BOOL WINAPI IsProcessInJob(HANDLE ProcessHandle, HANDLE JobHandle, PBOOL Result);

EXTERN_C_END

#endif /* JOBAPI_H */
