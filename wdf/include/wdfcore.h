/* SPDX-License-Identifier: MIT */
/*
 * Small arithmetic that drivers need everywhere: timeouts in the system's 100 nanosecond units, byte offsets and alignment.
 */
#ifndef WDFCORE_H
#define WDFCORE_H

#include "wdftypes.h"

/* One second, millisecond and microsecond in units of 100 nanoseconds. */
#define WDF_TIMEOUT_TO_SEC ((LONGLONG)1 * 10 * 1000 * 1000)
#define WDF_TIMEOUT_TO_MS ((LONGLONG)1 * 10 * 1000)
#define WDF_TIMEOUT_TO_US ((LONGLONG)1 * 10)

/* Addresses by byte offset. */
#define WDF_PTR_ADD_OFFSET_TYPE(_ptr, _offset, _type) ((_type)(((PUCHAR)(_ptr)) + (_offset)))
#define WDF_PTR_ADD_OFFSET(_ptr, _offset) WDF_PTR_ADD_OFFSET_TYPE(_ptr, _offset, PVOID)
#define WDF_PTR_GET_OFFSET(_base, _addr) ((size_t)(((PUCHAR)(_addr)) - ((PUCHAR)(_base))))

EXTERN_C_START

/* Relative timeouts are negative and count from now. */
FORCEINLINE LONGLONG WDF_REL_TIMEOUT_IN_SEC(_In_ ULONGLONG Time)
{
    return (LONGLONG)(Time * -1 * WDF_TIMEOUT_TO_SEC);
}

/* Absolute timeouts are positive and count from 1601-01-01 UTC. */
FORCEINLINE LONGLONG WDF_ABS_TIMEOUT_IN_SEC(_In_ ULONGLONG Time)
{
    return (LONGLONG)(Time * 1 * WDF_TIMEOUT_TO_SEC);
}

FORCEINLINE LONGLONG WDF_REL_TIMEOUT_IN_MS(_In_ ULONGLONG Time)
{
    return (LONGLONG)(Time * -1 * WDF_TIMEOUT_TO_MS);
}

FORCEINLINE LONGLONG WDF_ABS_TIMEOUT_IN_MS(_In_ ULONGLONG Time)
{
    return (LONGLONG)(Time * 1 * WDF_TIMEOUT_TO_MS);
}

FORCEINLINE LONGLONG WDF_REL_TIMEOUT_IN_US(_In_ ULONGLONG Time)
{
    return (LONGLONG)(Time * -1 * WDF_TIMEOUT_TO_US);
}

FORCEINLINE LONGLONG WDF_ABS_TIMEOUT_IN_US(_In_ ULONGLONG Time)
{
    return (LONGLONG)(Time * 1 * WDF_TIMEOUT_TO_US);
}

/* AlignTo must be a power of two. */
FORCEINLINE size_t WDF_ALIGN_SIZE_DOWN(_In_ size_t Length, _In_ size_t AlignTo)
{
    return Length & ~(AlignTo - 1);
}

FORCEINLINE size_t WDF_ALIGN_SIZE_UP(_In_ size_t Length, _In_ size_t AlignTo)
{
    return WDF_ALIGN_SIZE_DOWN(Length + AlignTo - 1, AlignTo);
}

EXTERN_C_END

#endif /* WDFCORE_H */
