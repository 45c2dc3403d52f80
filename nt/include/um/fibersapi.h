/* SPDX-License-Identifier: MIT */
/*
 * Fiber-local storage.
 */
#ifndef FIBERSAPI_H
#define FIBERSAPI_H

#include "minwinbase.h"

#define FLS_OUT_OF_INDEXES ((DWORD)0xffffffff)

EXTERN_C_START

WINBASEAPI DWORD WINAPI FlsAlloc(PFLS_CALLBACK_FUNCTION lpCallback);
WINBASEAPI PVOID WINAPI FlsGetValue(DWORD dwFlsIndex);
WINBASEAPI BOOL WINAPI FlsSetValue(DWORD dwFlsIndex, PVOID lpFlsData);
WINBASEAPI BOOL WINAPI FlsFree(DWORD dwFlsIndex);
WINBASEAPI BOOL WINAPI IsThreadAFiber(void);

EXTERN_C_END

#endif /* FIBERSAPI_H */
