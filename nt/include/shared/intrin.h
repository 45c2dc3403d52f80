/* SPDX-License-Identifier: MIT */
/*
 * Functions that Microsoft's compiler knows by itself: interlocked and bit operations, time stamp, processor identification.
 */
#ifndef INTRIN_H
#define INTRIN_H

#include "ntinterlocked.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

EXTERN_C_START

#if defined(__x86_64__)
#undef __cpuid
#undef __cpuidex
FORCEINLINE VOID __cpuidex(int Registers[4], int Function, int SubFunction)
{
    __asm__ __volatile__("cpuid"
                         : "=a"(Registers[0]), "=b"(Registers[1]), "=c"(Registers[2]), "=d"(Registers[3])
                         : "a"(Function), "c"(SubFunction));
}

FORCEINLINE VOID __cpuid(int Registers[4], int Function)
{
    __cpuidex(Registers, Function, 0);
}

#undef __rdtsc
#define __rdtsc() __builtin_ia32_rdtsc()
#undef __rdtscp
#define __rdtscp(Processor) __builtin_ia32_rdtscp(Processor)
#define ReadTimeStampCounter() __rdtsc()
#endif

#define __nop() __asm__ __volatile__("nop")
#define _ReturnAddress() __builtin_return_address(0)
#define _AddressOfReturnAddress() __builtin_frame_address(0)
#define __stosb(Destination, Data, Count) ((void)__builtin_memset((Destination), (Data), (Count)))
#define __movsb(Destination, Source, Count) ((void)__builtin_memmove((Destination), (Source), (Count)))
#define __popcnt16(Value) ((USHORT)__builtin_popcount((USHORT)(Value)))
#define __popcnt(Value) ((ULONG)__builtin_popcount(Value))
#define __popcnt64(Value) ((ULONG64)__builtin_popcountll(Value))
#define __lzcnt(Value) (((Value) == 0) ? 32U : (ULONG)__builtin_clz(Value))
#define __lzcnt64(Value) (((Value) == 0) ? 64ULL : (ULONG64)__builtin_clzll(Value))
#ifndef __debugbreak
#define __debugbreak() __builtin_trap()
#endif
#define __fastfail(Code) __builtin_trap()

FORCEINLINE ULONG64 RtlpUnsignedMultiplyHigh(ULONG64 First, ULONG64 Second)
{
    return (ULONG64)(((unsigned __int128)First * Second) >> 64);
}

FORCEINLINE LONG64 RtlpMultiplyHigh(LONG64 First, LONG64 Second)
{
    return (LONG64)(((__int128)First * Second) >> 64);
}

FORCEINLINE ULONG64 RtlpUnsignedMultiply128(ULONG64 First, ULONG64 Second, ULONG64 *HighProduct)
{
    unsigned __int128 product = (unsigned __int128)First * Second;

    *HighProduct = (ULONG64)(product >> 64);
    return (ULONG64)product;
}

#define __umulh RtlpUnsignedMultiplyHigh
#define __mulh RtlpMultiplyHigh
#define _umul128 RtlpUnsignedMultiply128
#define UnsignedMultiplyHigh __umulh
#define MultiplyHigh __mulh

EXTERN_C_END

#endif /* INTRIN_H */
