/* SPDX-License-Identifier: MIT */
/*
 * What a program says to its debugger.
 */
#ifndef DEBUGAPI_H
#define DEBUGAPI_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI void WINAPI DebugBreak(void);
WINBASEAPI BOOL WINAPI IsDebuggerPresent(void);
WINBASEAPI void WINAPI OutputDebugStringA(LPCSTR lpOutputString);
WINBASEAPI void WINAPI OutputDebugStringW(LPCWSTR lpOutputString);
WINBASEAPI BOOL WINAPI ContinueDebugEvent(DWORD dwProcessId, DWORD dwThreadId, DWORD dwContinueStatus);
WINBASEAPI BOOL WINAPI WaitForDebugEvent(LPDEBUG_EVENT lpDebugEvent, DWORD dwMilliseconds);
WINBASEAPI BOOL WINAPI WaitForDebugEventEx(LPDEBUG_EVENT lpDebugEvent, DWORD dwMilliseconds);
WINBASEAPI BOOL WINAPI DebugActiveProcess(DWORD dwProcessId);
WINBASEAPI BOOL WINAPI DebugActiveProcessStop(DWORD dwProcessId);
WINBASEAPI BOOL WINAPI CheckRemoteDebuggerPresent(HANDLE hProcess, PBOOL pbDebuggerPresent);

EXTERN_C_END

#define OutputDebugString DMF_NAME_AW(OutputDebugString)

#endif /* DEBUGAPI_H */
