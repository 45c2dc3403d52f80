/* SPDX-License-Identifier: MIT */
/*
 * The user flavour's names of the functions on interlocked lists.
 */
#include "nt/win32/win32.h"

PSLIST_ENTRY WINAPI InterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry)
{
    return ExpInterlockedPushEntrySList(ListHead, ListEntry);
}

PSLIST_ENTRY WINAPI InterlockedPushListSListEx(PSLIST_HEADER ListHead, PSLIST_ENTRY List, PSLIST_ENTRY ListEnd, ULONG Count)
{
    return InterlockedPushListSList(ListHead, List, ListEnd, Count);
}

PSLIST_ENTRY WINAPI InterlockedPopEntrySList(PSLIST_HEADER ListHead)
{
    return ExpInterlockedPopEntrySList(ListHead);
}

PSLIST_ENTRY WINAPI InterlockedFlushSList(PSLIST_HEADER ListHead)
{
    return ExpInterlockedFlushSList(ListHead);
}

USHORT WINAPI QueryDepthSList(PSLIST_HEADER ListHead)
{
    return ExQueryDepthSList(ListHead);
}

void WINAPI RtlInitializeSListHead(PSLIST_HEADER ListHead)
{
    InitializeSListHead(ListHead);
}

PSLIST_ENTRY WINAPI RtlInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry)
{
    return ExpInterlockedPushEntrySList(ListHead, ListEntry);
}

PSLIST_ENTRY WINAPI RtlInterlockedPushListSListEx(PSLIST_HEADER ListHead, PSLIST_ENTRY List, PSLIST_ENTRY ListEnd,
                                                  DWORD Count)
{
    return InterlockedPushListSList(ListHead, List, ListEnd, Count);
}

PSLIST_ENTRY WINAPI RtlInterlockedPopEntrySList(PSLIST_HEADER ListHead)
{
    return ExpInterlockedPopEntrySList(ListHead);
}

PSLIST_ENTRY WINAPI RtlInterlockedFlushSList(PSLIST_HEADER ListHead)
{
    return ExpInterlockedFlushSList(ListHead);
}

WORD WINAPI RtlQueryDepthSList(PSLIST_HEADER ListHead)
{
    return ExQueryDepthSList(ListHead);
}

PSLIST_ENTRY WINAPI RtlFirstEntrySList(const SLIST_HEADER *ListHead)
{
    return (PSLIST_ENTRY)(uintptr_t)(platform_atomic_load(&ListHead->Region) & ~UINT64_C(15));
}
