/* SPDX-License-Identifier: MIT */
/*
 * Processors that a process may use.
 */
#ifndef PROCESSTOPOLOGYAPI_H
#define PROCESSTOPOLOGYAPI_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI BOOL WINAPI GetProcessGroupAffinity(HANDLE hProcess, PUSHORT GroupCount, PUSHORT GroupArray);
WINBASEAPI BOOL WINAPI SetProcessGroupAffinity(HANDLE hProcess, const GROUP_AFFINITY *GroupAffinity,
                                               PGROUP_AFFINITY PreviousGroupAffinity);
WINBASEAPI BOOL WINAPI GetThreadGroupAffinity(HANDLE hThread, PGROUP_AFFINITY GroupAffinity);
WINBASEAPI BOOL WINAPI SetThreadGroupAffinity(HANDLE hThread, const GROUP_AFFINITY *GroupAffinity,
                                              PGROUP_AFFINITY PreviousGroupAffinity);

EXTERN_C_END

#endif /* PROCESSTOPOLOGYAPI_H */
