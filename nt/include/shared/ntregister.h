/* SPDX-License-Identifier: MIT */
/*
 * Access to memory-mapped device registers, common to both flavours.
 */
#ifndef NTREGISTER_H
#define NTREGISTER_H

#include "ntbase.h"

EXTERN_C_START

/*
 * A register is memory that is read and written exactly once per call, in program order. Plain forms are fenced on both
 * sides; NOFENCE forms are not.
 */
#define DMF_REGISTER(Name, Type) \
    FORCEINLINE Type READ_REGISTER_##Name(volatile Type *Register) \
    { \
        Type value; \
\
        __atomic_thread_fence(__ATOMIC_SEQ_CST); \
        value = *Register; \
        __atomic_thread_fence(__ATOMIC_ACQUIRE); \
        return value; \
    } \
    FORCEINLINE Type READ_REGISTER_NOFENCE_##Name(volatile Type *Register) \
    { \
        return *Register; \
    } \
    FORCEINLINE VOID WRITE_REGISTER_##Name(volatile Type *Register, Type Value) \
    { \
        *Register = Value; \
        __atomic_thread_fence(__ATOMIC_SEQ_CST); \
    } \
    FORCEINLINE VOID WRITE_REGISTER_NOFENCE_##Name(volatile Type *Register, Type Value) \
    { \
        *Register = Value; \
    } \
    FORCEINLINE VOID READ_REGISTER_BUFFER_##Name(volatile Type *Register, Type *Buffer, ULONG Count) \
    { \
        __atomic_thread_fence(__ATOMIC_SEQ_CST); \
        while (Count-- != 0) \
        { \
            *Buffer++ = *Register++; \
        } \
        __atomic_thread_fence(__ATOMIC_ACQUIRE); \
    } \
    FORCEINLINE VOID READ_REGISTER_NOFENCE_BUFFER_##Name(volatile Type *Register, Type *Buffer, ULONG Count) \
    { \
        while (Count-- != 0) \
        { \
            *Buffer++ = *Register++; \
        } \
    } \
    FORCEINLINE VOID WRITE_REGISTER_BUFFER_##Name(volatile Type *Register, Type *Buffer, ULONG Count) \
    { \
        while (Count-- != 0) \
        { \
            *Register++ = *Buffer++; \
        } \
        __atomic_thread_fence(__ATOMIC_SEQ_CST); \
    } \
    FORCEINLINE VOID WRITE_REGISTER_NOFENCE_BUFFER_##Name(volatile Type *Register, Type *Buffer, ULONG Count) \
    { \
        while (Count-- != 0) \
        { \
            *Register++ = *Buffer++; \
        } \
    }

DMF_REGISTER(UCHAR, UCHAR)
DMF_REGISTER(USHORT, USHORT)
DMF_REGISTER(ULONG, ULONG)
DMF_REGISTER(ULONG64, ULONG64)

FORCEINLINE VOID REGISTER_FENCE(VOID)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

EXTERN_C_END

#endif /* NTREGISTER_H */
