/* SPDX-License-Identifier: MIT */
/*
 * Environment, command line, current directory, standard handles.
 */
#ifndef PROCESSENV_H
#define PROCESSENV_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI LPSTR WINAPI GetCommandLineA(void);
WINBASEAPI LPWSTR WINAPI GetCommandLineW(void);
WINBASEAPI BOOL WINAPI SetCurrentDirectoryA(LPCSTR lpPathName);
WINBASEAPI BOOL WINAPI SetCurrentDirectoryW(LPCWSTR lpPathName);
WINBASEAPI DWORD WINAPI GetCurrentDirectoryA(DWORD nBufferLength, LPSTR lpBuffer);
WINBASEAPI DWORD WINAPI GetCurrentDirectoryW(DWORD nBufferLength, LPWSTR lpBuffer);
WINBASEAPI BOOL WINAPI SetEnvironmentStringsW(LPWCH NewEnvironment);
WINBASEAPI DWORD WINAPI SearchPathW(LPCWSTR lpPath, LPCWSTR lpFileName, LPCWSTR lpExtension, DWORD nBufferLength,
                                    LPWSTR lpBuffer, LPWSTR *lpFilePart);
WINBASEAPI DWORD WINAPI SearchPathA(LPCSTR lpPath, LPCSTR lpFileName, LPCSTR lpExtension, DWORD nBufferLength,
                                    LPSTR lpBuffer, LPSTR *lpFilePart);
WINBASEAPI BOOL WINAPI NeedCurrentDirectoryForExePathA(LPCSTR ExeName);
WINBASEAPI BOOL WINAPI NeedCurrentDirectoryForExePathW(LPCWSTR ExeName);
WINBASEAPI LPWCH WINAPI GetEnvironmentStringsW(void);
WINBASEAPI HANDLE WINAPI GetStdHandle(DWORD nStdHandle);
WINBASEAPI DWORD WINAPI ExpandEnvironmentStringsA(LPCSTR lpSrc, LPSTR lpDst, DWORD nSize);
WINBASEAPI DWORD WINAPI ExpandEnvironmentStringsW(LPCWSTR lpSrc, LPWSTR lpDst, DWORD nSize);
WINBASEAPI BOOL WINAPI FreeEnvironmentStringsA(LPCH penv);
WINBASEAPI BOOL WINAPI FreeEnvironmentStringsW(LPWCH penv);
WINBASEAPI DWORD WINAPI GetEnvironmentVariableA(LPCSTR lpName, LPSTR lpBuffer, DWORD nSize);
WINBASEAPI DWORD WINAPI GetEnvironmentVariableW(LPCWSTR lpName, LPWSTR lpBuffer, DWORD nSize);
WINBASEAPI BOOL WINAPI SetEnvironmentVariableA(LPCSTR lpName, LPCSTR lpValue);
WINBASEAPI BOOL WINAPI SetEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpValue);
WINBASEAPI BOOL WINAPI SetStdHandle(DWORD nStdHandle, HANDLE hHandle);
WINBASEAPI BOOL WINAPI SetStdHandleEx(DWORD nStdHandle, HANDLE hHandle, PHANDLE phPrevValue);

WINBASEAPI LPSTR WINAPI GetEnvironmentStringsA(void);

EXTERN_C_END

#define GetCommandLine DMF_NAME_AW(GetCommandLine)
#define SetCurrentDirectory DMF_NAME_AW(SetCurrentDirectory)
#define GetCurrentDirectory DMF_NAME_AW(GetCurrentDirectory)
#define SearchPath DMF_NAME_AW(SearchPath)
#define NeedCurrentDirectoryForExePath DMF_NAME_AW(NeedCurrentDirectoryForExePath)
#define ExpandEnvironmentStrings DMF_NAME_AW(ExpandEnvironmentStrings)
#define FreeEnvironmentStrings DMF_NAME_AW(FreeEnvironmentStrings)
#define GetEnvironmentVariable DMF_NAME_AW(GetEnvironmentVariable)
#define SetEnvironmentVariable DMF_NAME_AW(SetEnvironmentVariable)

#define GetEnvironmentStrings DMF_NAME_AW(GetEnvironmentStrings)

#endif /* PROCESSENV_H */
