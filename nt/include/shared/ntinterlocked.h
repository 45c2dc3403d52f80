/* SPDX-License-Identifier: MIT */
/*
 * Interlocked operations, ordered loads and stores, barriers, bit operations and swaps.
 *
 * A name without a suffix is a full barrier; Acquire, Release and NoFence say what is left of it. Each family is stated
 * once per width. C++ sources may pass unsigned variables as well, as Microsoft's headers let them.
 */
#ifndef NTINTERLOCKED_H
#define NTINTERLOCKED_H

#include "ntbase.h"

EXTERN_C_START

/*
 * Drivers and Modules that are compiled with DMF_SCHEDULING_POINTS let other threads of the simulation run before each of these
 * operations, as the runtime's own atomics do. On the machine's own threads that does nothing.
 */
#if defined(DMF_SCHEDULING_POINTS)
__attribute__((visibility("default"))) void dmf_scheduling_point(void);
#define DMF_SCHEDULING_POINT() dmf_scheduling_point()
#else
#define DMF_SCHEDULING_POINT() ((void)0)
#endif

#define DMF_INTERLOCKED_EXCHANGE(Name, Suffix, Type, Order) \
    FORCEINLINE Type Name##Suffix(Type volatile *Target, Type Value) \
    { \
        DMF_SCHEDULING_POINT(); \
        return __atomic_exchange_n(Target, Value, Order); \
    }
#define DMF_INTERLOCKED_FETCH(Name, Suffix, Type, Operation, Order) \
    FORCEINLINE Type Name##Suffix(Type volatile *Target, Type Value) \
    { \
        DMF_SCHEDULING_POINT(); \
        return Operation(Target, Value, Order); \
    }
#define DMF_INTERLOCKED_STEP(Name, Suffix, Type, Operation, Order) \
    FORCEINLINE Type Name##Suffix(Type volatile *Target) \
    { \
        DMF_SCHEDULING_POINT(); \
        return Operation(Target, 1, Order); \
    }
#define DMF_INTERLOCKED_COMPARE(Name, Suffix, Type, Order, FailureOrder) \
    FORCEINLINE Type Name##Suffix(Type volatile *Target, Type Value, Type Comparand) \
    { \
        DMF_SCHEDULING_POINT(); \
        __atomic_compare_exchange_n(Target, &Comparand, Value, 0, Order, FailureOrder); \
        return Comparand; \
    }

/* Everything for one type and one ordering; Bits is empty, 8, 16 or 64. */
#define DMF_INTERLOCKED_ORDER(Bits, Suffix, Type, Order, FailureOrder) \
    DMF_INTERLOCKED_EXCHANGE(InterlockedExchange##Bits, Suffix, Type, Order) \
    DMF_INTERLOCKED_FETCH(InterlockedExchangeAdd##Bits, Suffix, Type, __atomic_fetch_add, Order) \
    DMF_INTERLOCKED_FETCH(InterlockedAnd##Bits, Suffix, Type, __atomic_fetch_and, Order) \
    DMF_INTERLOCKED_FETCH(InterlockedOr##Bits, Suffix, Type, __atomic_fetch_or, Order) \
    DMF_INTERLOCKED_FETCH(InterlockedXor##Bits, Suffix, Type, __atomic_fetch_xor, Order) \
    DMF_INTERLOCKED_FETCH(InterlockedAdd##Bits, Suffix, Type, __atomic_add_fetch, Order) \
    DMF_INTERLOCKED_STEP(InterlockedIncrement##Bits, Suffix, Type, __atomic_add_fetch, Order) \
    DMF_INTERLOCKED_STEP(InterlockedDecrement##Bits, Suffix, Type, __atomic_sub_fetch, Order) \
    DMF_INTERLOCKED_COMPARE(InterlockedCompareExchange##Bits, Suffix, Type, Order, FailureOrder)

#define DMF_INTERLOCKED_WIDTH(Bits, Type) \
    DMF_INTERLOCKED_ORDER(Bits, , Type, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) \
    DMF_INTERLOCKED_ORDER(Bits, Acquire, Type, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE) \
    DMF_INTERLOCKED_ORDER(Bits, Release, Type, __ATOMIC_RELEASE, __ATOMIC_RELAXED) \
    DMF_INTERLOCKED_ORDER(Bits, NoFence, Type, __ATOMIC_RELAXED, __ATOMIC_RELAXED)

DMF_INTERLOCKED_WIDTH(8, CHAR)
DMF_INTERLOCKED_WIDTH(16, SHORT)
DMF_INTERLOCKED_WIDTH(, LONG)
DMF_INTERLOCKED_WIDTH(64, LONGLONG)

#define DMF_INTERLOCKED_POINTER(Suffix, Order, FailureOrder) \
    DMF_INTERLOCKED_EXCHANGE(InterlockedExchangePointer, Suffix, PVOID, Order) \
    DMF_INTERLOCKED_COMPARE(InterlockedCompareExchangePointer, Suffix, PVOID, Order, FailureOrder)

DMF_INTERLOCKED_POINTER(, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
DMF_INTERLOCKED_POINTER(Acquire, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)
DMF_INTERLOCKED_POINTER(Release, __ATOMIC_RELEASE, __ATOMIC_RELAXED)
DMF_INTERLOCKED_POINTER(NoFence, __ATOMIC_RELAXED, __ATOMIC_RELAXED)

FORCEINLINE SIZE_T InterlockedExchangeAddSizeT(SIZE_T volatile *Target, SIZE_T Value)
{
    DMF_SCHEDULING_POINT();
    return __atomic_fetch_add(Target, Value, __ATOMIC_SEQ_CST);
}

FORCEINLINE SIZE_T InterlockedIncrementSizeT(SIZE_T volatile *Target)
{
    DMF_SCHEDULING_POINT();
    return __atomic_add_fetch(Target, 1, __ATOMIC_SEQ_CST);
}

FORCEINLINE SIZE_T InterlockedDecrementSizeT(SIZE_T volatile *Target)
{
    DMF_SCHEDULING_POINT();
    return __atomic_sub_fetch(Target, 1, __ATOMIC_SEQ_CST);
}

/*
 * Compares sixteen bytes and exchanges them when equal. Returns 1 when it exchanged; ComparandResult gets what was there.
 */
FORCEINLINE UCHAR InterlockedCompareExchange128(LONGLONG volatile *Destination,
                                                LONGLONG ExchangeHigh,
                                                LONGLONG ExchangeLow,
                                                LONGLONG *ComparandResult)
{
#if defined(__x86_64__)
    UCHAR exchanged;

    DMF_SCHEDULING_POINT();
    __asm__ __volatile__("lock cmpxchg16b %1"
                         : "=@ccz"(exchanged), "+m"(*(volatile __int128 *)Destination), "+a"(ComparandResult[0]),
                           "+d"(ComparandResult[1])
                         : "b"(ExchangeLow), "c"(ExchangeHigh)
                         : "memory");
    return exchanged;
#else
    unsigned __int128 value = ((unsigned __int128)(ULONGLONG)ExchangeHigh << 64) | (ULONGLONG)ExchangeLow;
    unsigned __int128 expected = ((unsigned __int128)(ULONGLONG)ComparandResult[1] << 64) | (ULONGLONG)ComparandResult[0];
    UCHAR exchanged = (UCHAR)__atomic_compare_exchange_n(
        (volatile unsigned __int128 *)Destination, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);

    ComparandResult[0] = (LONGLONG)expected;
    ComparandResult[1] = (LONGLONG)(expected >> 64);
    return exchanged;
#endif
}

FORCEINLINE UCHAR InterlockedBitTestAndSet(LONG volatile *Base, LONG Bit)
{
    DMF_SCHEDULING_POINT();
    return (UCHAR)((__atomic_fetch_or(&Base[Bit >> 5], (LONG)(1U << (Bit & 31)), __ATOMIC_SEQ_CST) >> (Bit & 31)) & 1);
}

FORCEINLINE UCHAR InterlockedBitTestAndReset(LONG volatile *Base, LONG Bit)
{
    DMF_SCHEDULING_POINT();
    return (UCHAR)((__atomic_fetch_and(&Base[Bit >> 5], (LONG)~(1U << (Bit & 31)), __ATOMIC_SEQ_CST) >> (Bit & 31)) & 1);
}

FORCEINLINE UCHAR InterlockedBitTestAndSet64(LONGLONG volatile *Base, LONGLONG Bit)
{
    DMF_SCHEDULING_POINT();
    return (UCHAR)((__atomic_fetch_or(&Base[Bit >> 6], (LONGLONG)(1ULL << (Bit & 63)), __ATOMIC_SEQ_CST) >> (Bit & 63)) & 1);
}

FORCEINLINE UCHAR InterlockedBitTestAndReset64(LONGLONG volatile *Base, LONGLONG Bit)
{
    DMF_SCHEDULING_POINT();
    return (UCHAR)((__atomic_fetch_and(&Base[Bit >> 6], (LONGLONG) ~(1ULL << (Bit & 63)), __ATOMIC_SEQ_CST) >> (Bit & 63)) &
                   1);
}

/*
 * Loads and stores with a stated order: ReadAcquire(), WriteRelease64(), ReadPointerNoFence(), ...
 */
#define DMF_ORDERED_ACCESS(Bits, Type) \
    FORCEINLINE Type ReadAcquire##Bits(Type const volatile *Source) \
    { \
        DMF_SCHEDULING_POINT(); \
        return __atomic_load_n(Source, __ATOMIC_ACQUIRE); \
    } \
    FORCEINLINE Type ReadNoFence##Bits(Type const volatile *Source) \
    { \
        DMF_SCHEDULING_POINT(); \
        return __atomic_load_n(Source, __ATOMIC_RELAXED); \
    } \
    FORCEINLINE Type ReadRaw##Bits(Type const volatile *Source) \
    { \
        DMF_SCHEDULING_POINT(); \
        return __atomic_load_n(Source, __ATOMIC_RELAXED); \
    } \
    FORCEINLINE VOID WriteRelease##Bits(Type volatile *Destination, Type Value) \
    { \
        DMF_SCHEDULING_POINT(); \
        __atomic_store_n(Destination, Value, __ATOMIC_RELEASE); \
    } \
    FORCEINLINE VOID WriteNoFence##Bits(Type volatile *Destination, Type Value) \
    { \
        DMF_SCHEDULING_POINT(); \
        __atomic_store_n(Destination, Value, __ATOMIC_RELAXED); \
    } \
    FORCEINLINE VOID WriteRaw##Bits(Type volatile *Destination, Type Value) \
    { \
        DMF_SCHEDULING_POINT(); \
        __atomic_store_n(Destination, Value, __ATOMIC_RELAXED); \
    }

DMF_ORDERED_ACCESS(8, CHAR)
DMF_ORDERED_ACCESS(16, SHORT)
DMF_ORDERED_ACCESS(, LONG)
DMF_ORDERED_ACCESS(64, LONG64)
#define DMF_ORDERED_UNSIGNED(Name, Bits, Type) \
    FORCEINLINE Type Read##Name##Acquire##Bits(Type const volatile *Source) \
    { \
        DMF_SCHEDULING_POINT(); \
        return __atomic_load_n(Source, __ATOMIC_ACQUIRE); \
    } \
    FORCEINLINE Type Read##Name##NoFence##Bits(Type const volatile *Source) \
    { \
        DMF_SCHEDULING_POINT(); \
        return __atomic_load_n(Source, __ATOMIC_RELAXED); \
    } \
    FORCEINLINE VOID Write##Name##Release##Bits(Type volatile *Destination, Type Value) \
    { \
        DMF_SCHEDULING_POINT(); \
        __atomic_store_n(Destination, Value, __ATOMIC_RELEASE); \
    } \
    FORCEINLINE VOID Write##Name##NoFence##Bits(Type volatile *Destination, Type Value) \
    { \
        DMF_SCHEDULING_POINT(); \
        __atomic_store_n(Destination, Value, __ATOMIC_RELAXED); \
    }

DMF_ORDERED_UNSIGNED(UChar, , UCHAR)
DMF_ORDERED_UNSIGNED(UShort, , USHORT)
DMF_ORDERED_UNSIGNED(ULong, , ULONG)
DMF_ORDERED_UNSIGNED(ULong64, , ULONG64)
DMF_ORDERED_UNSIGNED(SizeT, , SIZE_T)
DMF_ORDERED_UNSIGNED(Pointer, , PVOID)

EXTERN_C_END

/* Overloads need the linkage of C++, also where a source includes its headers within extern "C". */
#ifdef __cplusplus
extern "C++" {
#define DMF_INTERLOCKED_UNSIGNED(Bits, Signed, Unsigned) \
    FORCEINLINE Unsigned InterlockedIncrement##Bits(Unsigned volatile *Target) \
    { \
        return (Unsigned)InterlockedIncrement##Bits((Signed volatile *)Target); \
    } \
    FORCEINLINE Unsigned InterlockedDecrement##Bits(Unsigned volatile *Target) \
    { \
        return (Unsigned)InterlockedDecrement##Bits((Signed volatile *)Target); \
    } \
    FORCEINLINE Unsigned InterlockedExchange##Bits(Unsigned volatile *Target, Unsigned Value) \
    { \
        return (Unsigned)InterlockedExchange##Bits((Signed volatile *)Target, (Signed)Value); \
    } \
    FORCEINLINE Unsigned InterlockedExchangeAdd##Bits(Unsigned volatile *Target, Unsigned Value) \
    { \
        return (Unsigned)InterlockedExchangeAdd##Bits((Signed volatile *)Target, (Signed)Value); \
    } \
    FORCEINLINE Unsigned InterlockedCompareExchange##Bits(Unsigned volatile *Target, Unsigned Value, Unsigned Comparand) \
    { \
        return (Unsigned)InterlockedCompareExchange##Bits((Signed volatile *)Target, (Signed)Value, (Signed)Comparand); \
    } \
    FORCEINLINE Unsigned InterlockedAnd##Bits(Unsigned volatile *Target, Unsigned Value) \
    { \
        return (Unsigned)InterlockedAnd##Bits((Signed volatile *)Target, (Signed)Value); \
    } \
    FORCEINLINE Unsigned InterlockedOr##Bits(Unsigned volatile *Target, Unsigned Value) \
    { \
        return (Unsigned)InterlockedOr##Bits((Signed volatile *)Target, (Signed)Value); \
    } \
    FORCEINLINE Unsigned InterlockedXor##Bits(Unsigned volatile *Target, Unsigned Value) \
    { \
        return (Unsigned)InterlockedXor##Bits((Signed volatile *)Target, (Signed)Value); \
    }

DMF_INTERLOCKED_UNSIGNED(, LONG, ULONG)
DMF_INTERLOCKED_UNSIGNED(16, SHORT, USHORT)
DMF_INTERLOCKED_UNSIGNED(64, LONGLONG, ULONGLONG)
}
#endif

/* The names of the compiler's own functions. */
#define _InterlockedIncrement InterlockedIncrement
#define _InterlockedIncrement16 InterlockedIncrement16
#define _InterlockedIncrement64 InterlockedIncrement64
#define _InterlockedDecrement InterlockedDecrement
#define _InterlockedDecrement16 InterlockedDecrement16
#define _InterlockedDecrement64 InterlockedDecrement64
#define _InterlockedExchange InterlockedExchange
#define _InterlockedExchange8 InterlockedExchange8
#define _InterlockedExchange16 InterlockedExchange16
#define _InterlockedExchange64 InterlockedExchange64
#define _InterlockedExchangePointer InterlockedExchangePointer
#define _InterlockedExchangeAdd InterlockedExchangeAdd
#define _InterlockedExchangeAdd64 InterlockedExchangeAdd64
#define _InterlockedCompareExchange InterlockedCompareExchange
#define _InterlockedCompareExchange8 InterlockedCompareExchange8
#define _InterlockedCompareExchange16 InterlockedCompareExchange16
#define _InterlockedCompareExchange64 InterlockedCompareExchange64
#define _InterlockedCompareExchange128 InterlockedCompareExchange128
#define _InterlockedCompareExchangePointer InterlockedCompareExchangePointer
#define _InterlockedAnd InterlockedAnd
#define _InterlockedAnd64 InterlockedAnd64
#define _InterlockedOr InterlockedOr
#define _InterlockedOr64 InterlockedOr64
#define _InterlockedXor InterlockedXor
#define _InterlockedXor64 InterlockedXor64
#define _interlockedbittestandset InterlockedBitTestAndSet
#define _interlockedbittestandreset InterlockedBitTestAndReset
#define InterlockedExchangeAddPtr InterlockedExchangeAdd64

/*
 * Barriers.
 */
#define MemoryBarrier() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define __faststorefence() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define KeMemoryBarrier() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define KeMemoryBarrierWithoutFence() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define _ReadWriteBarrier() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define _ReadBarrier() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define _WriteBarrier() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define FastFence() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define LoadFence() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define StoreFence() __atomic_thread_fence(__ATOMIC_RELEASE)
#define MemoryFence() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define BarrierAfterRead()
#if defined(__x86_64__)
#define YieldProcessor() __asm__ __volatile__("pause" ::: "memory")
#else
#define YieldProcessor() __asm__ __volatile__("yield" ::: "memory")
#endif

EXTERN_C_START

/*
 * Single bits. Index gets the position; the result is zero when no bit is set.
 */
#define DMF_BIT_SCAN(Bits, Type, Unsigned, CountTrailing, CountLeading) \
    FORCEINLINE UCHAR BitScanForward##Bits(ULONG *Index, Type Mask) \
    { \
        if (Mask == 0) \
        { \
            return 0; \
        } \
        *Index = (ULONG)CountTrailing((Unsigned)Mask); \
        return 1; \
    } \
    FORCEINLINE UCHAR BitScanReverse##Bits(ULONG *Index, Type Mask) \
    { \
        if (Mask == 0) \
        { \
            return 0; \
        } \
        *Index = (ULONG)(sizeof(Type) * 8 - 1) - (ULONG)CountLeading((Unsigned)Mask); \
        return 1; \
    }

DMF_BIT_SCAN(, ULONG, unsigned int, __builtin_ctz, __builtin_clz)
DMF_BIT_SCAN(64, ULONG64, unsigned long long, __builtin_ctzll, __builtin_clzll)

FORCEINLINE UCHAR BitTest(LONG const *Base, LONG Offset)
{
    return (UCHAR)((Base[Offset >> 5] >> (Offset & 31)) & 1);
}

FORCEINLINE UCHAR BitTestAndSet(LONG *Base, LONG Offset)
{
    UCHAR before = BitTest(Base, Offset);

    Base[Offset >> 5] |= (LONG)(1U << (Offset & 31));
    return before;
}

FORCEINLINE UCHAR BitTestAndReset(LONG *Base, LONG Offset)
{
    UCHAR before = BitTest(Base, Offset);

    Base[Offset >> 5] &= (LONG) ~(1U << (Offset & 31));
    return before;
}

FORCEINLINE UCHAR BitTestAndComplement(LONG *Base, LONG Offset)
{
    UCHAR before = BitTest(Base, Offset);

    Base[Offset >> 5] ^= (LONG)(1U << (Offset & 31));
    return before;
}

#define _BitScanForward BitScanForward
#define _BitScanReverse BitScanReverse
#define _BitScanForward64 BitScanForward64
#define _BitScanReverse64 BitScanReverse64
#define _bittest BitTest
#define _bittestandset BitTestAndSet
#define _bittestandreset BitTestAndReset
#define _bittestandcomplement BitTestAndComplement

#define RtlUshortByteSwap(Value) __builtin_bswap16((USHORT)(Value))
#define RtlUlongByteSwap(Value) __builtin_bswap32((ULONG)(Value))
#define RtlUlonglongByteSwap(Value) __builtin_bswap64((ULONGLONG)(Value))
#define _byteswap_ushort(Value) __builtin_bswap16(Value)
#define _byteswap_ulong(Value) __builtin_bswap32(Value)
#define _byteswap_uint64(Value) __builtin_bswap64(Value)

FORCEINLINE ULONG RtlpRotateLeft32(ULONG Value, int Shift)
{
    return (Value << (Shift & 31)) | (Value >> ((32 - (Shift & 31)) & 31));
}

FORCEINLINE ULONG RtlpRotateRight32(ULONG Value, int Shift)
{
    return (Value >> (Shift & 31)) | (Value << ((32 - (Shift & 31)) & 31));
}

FORCEINLINE ULONGLONG RtlpRotateLeft64(ULONGLONG Value, int Shift)
{
    return (Value << (Shift & 63)) | (Value >> ((64 - (Shift & 63)) & 63));
}

FORCEINLINE ULONGLONG RtlpRotateRight64(ULONGLONG Value, int Shift)
{
    return (Value >> (Shift & 63)) | (Value << ((64 - (Shift & 63)) & 63));
}

#undef _rotl
#undef _rotr
#undef _rotl64
#undef _rotr64
#define _rotl RtlpRotateLeft32
#define _rotr RtlpRotateRight32
#define _rotl64 RtlpRotateLeft64
#define _rotr64 RtlpRotateRight64
#define RotateLeft32 _rotl
#define RotateLeft64 _rotl64
#define RotateRight32 _rotr
#define RotateRight64 _rotr64
#define PopulationCount64(Value) ((ULONG64)__builtin_popcountll(Value))

EXTERN_C_END

#endif /* NTINTERLOCKED_H */
