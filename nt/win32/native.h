/* SPDX-License-Identifier: MIT */
/*
 * What the Win32 face calls of the engine, in types that both flavours have. winternl.h declares the native functions that
 * Windows documents; here is the rest. Every one is implemented outside this folder.
 */
#ifndef NT_WIN32_NATIVE_H
#define NT_WIN32_NATIVE_H

#include <windows.h>
#include <winternl.h>

#include <ntrtlbase.h>
#include <ntstatus.h>

/* Upper case as object names compare: nt/rtl/string.h. */
WCHAR string_upcase(WCHAR unit);

#endif /* NT_WIN32_NATIVE_H */
