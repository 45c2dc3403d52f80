/* SPDX-License-Identifier: MIT */
/*
 * 32-bit programs on 64-bit systems.
 */
#ifndef WOW64APISET_H
#define WOW64APISET_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI BOOL WINAPI Wow64DisableWow64FsRedirection(PVOID *OldValue);
WINBASEAPI BOOL WINAPI Wow64RevertWow64FsRedirection(PVOID OlValue);
WINBASEAPI UINT WINAPI GetSystemWow64DirectoryA(LPSTR lpBuffer, UINT uSize);
WINBASEAPI UINT WINAPI GetSystemWow64DirectoryW(LPWSTR lpBuffer, UINT uSize);
WINBASEAPI DWORD WINAPI Wow64SuspendThread(HANDLE hThread);
WINBASEAPI USHORT WINAPI Wow64SetThreadDefaultGuestMachine(USHORT Machine);
WINBASEAPI UINT WINAPI GetSystemWow64Directory2A(LPSTR lpBuffer, UINT uSize, WORD ImageFileMachineType);
WINBASEAPI UINT WINAPI GetSystemWow64Directory2W(LPWSTR lpBuffer, UINT uSize, WORD ImageFileMachineType);
WINBASEAPI HRESULT WINAPI IsWow64GuestMachineSupported(USHORT WowGuestMachine, BOOL *MachineIsSupported);
WINBASEAPI BOOL WINAPI IsWow64Process(HANDLE hProcess, PBOOL Wow64Process);
WINBASEAPI BOOL WINAPI IsWow64Process2(HANDLE hProcess, USHORT *pProcessMachine, USHORT *pNativeMachine);

EXTERN_C_END

#define GetSystemWow64Directory DMF_NAME_AW(GetSystemWow64Directory)
#define GetSystemWow64Directory2 DMF_NAME_AW(GetSystemWow64Directory2)

#endif /* WOW64APISET_H */
