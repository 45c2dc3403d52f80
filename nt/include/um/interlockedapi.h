/* SPDX-License-Identifier: MIT */
/*
 * Interlocked lists.
 */
#ifndef INTERLOCKEDAPI_H
#define INTERLOCKEDAPI_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI void WINAPI InitializeSListHead(PSLIST_HEADER ListHead);
WINBASEAPI PSLIST_ENTRY WINAPI InterlockedPopEntrySList(PSLIST_HEADER ListHead);
WINBASEAPI PSLIST_ENTRY WINAPI InterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry);
WINBASEAPI PSLIST_ENTRY WINAPI InterlockedFlushSList(PSLIST_HEADER ListHead);
WINBASEAPI USHORT WINAPI QueryDepthSList(PSLIST_HEADER ListHead);
WINBASEAPI PSLIST_ENTRY WINAPI InterlockedPushListSListEx(PSLIST_HEADER ListHead, PSLIST_ENTRY List, PSLIST_ENTRY ListEnd,
                                                          ULONG Count);

EXTERN_C_END

#endif /* INTERLOCKEDAPI_H */
