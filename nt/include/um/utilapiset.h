/* SPDX-License-Identifier: MIT */
/*
 * Beep, encoded pointers.
 */
#ifndef UTILAPISET_H
#define UTILAPISET_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI PVOID WINAPI EncodePointer(PVOID Ptr);
WINBASEAPI PVOID WINAPI DecodePointer(PVOID Ptr);
WINBASEAPI PVOID WINAPI EncodeSystemPointer(PVOID Ptr);
WINBASEAPI PVOID WINAPI DecodeSystemPointer(PVOID Ptr);
WINBASEAPI BOOL WINAPI Beep(DWORD dwFreq, DWORD dwDuration);

EXTERN_C_END

#endif /* UTILAPISET_H */
