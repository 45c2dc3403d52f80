/* SPDX-License-Identifier: MIT */
/*
 * What the two headers of safe integers share: limits, error values, and how a function is made. They differ in the names of
 * their functions and in what these return, which is DMF_INTSAFE_NAME(Name), DMF_INTSAFE_RESULT, DMF_INTSAFE_GOOD and
 * DMF_INTSAFE_OVERFLOW. A function stores the result, or the error value of its type when the result does not fit.
 */
#ifndef DMF_INTSAFE_H
#define DMF_INTSAFE_H

#include <limits.h>
#include <stddef.h>

#include "ntbase.h"

/*
 * Limits. LONG has 32 bits on Windows, and sources that compare a LONG or a ULONG with these names mean those.
 */
#undef LONG_MIN
#undef LONG_MAX
#undef ULONG_MAX
#define LONG_MIN (-2147483647 - 1)
#define LONG_MAX 2147483647
#define ULONG_MAX 0xffffffffu
#define UINT8_MIN 0
#define USHORT_MIN 0
#define UINT16_MIN 0
#define UINT_MIN 0
#define UINT32_MIN 0
#define ULONG_MIN 0
#define BYTE_MIN 0
#define BYTE_MAX 0xff
#define SHORT_MIN (-32768)
#define SHORT_MAX 32767
#define USHORT_MAX 0xffff
#define WORD_MIN 0
#define WORD_MAX 0xffff
#define DWORD_MIN 0
#define DWORD_MAX 0xffffffffu
#define LONGLONG_MIN (-9223372036854775807ll - 1)
#define LONGLONG_MAX 9223372036854775807ll
#define LONG64_MIN LONGLONG_MIN
#define LONG64_MAX LONGLONG_MAX
#define ULONGLONG_MIN 0
#define ULONGLONG_MAX 0xffffffffffffffffull
#define DWORDLONG_MIN 0
#define DWORDLONG_MAX ULONGLONG_MAX
#define ULONG64_MIN 0
#define ULONG64_MAX ULONGLONG_MAX
#define DWORD64_MIN 0
#define DWORD64_MAX ULONGLONG_MAX
#define INT_PTR_MIN LONGLONG_MIN
#define INT_PTR_MAX LONGLONG_MAX
#define UINT_PTR_MIN 0
#define UINT_PTR_MAX ULONGLONG_MAX
#define LONG_PTR_MIN LONGLONG_MIN
#define LONG_PTR_MAX LONGLONG_MAX
#define ULONG_PTR_MIN 0
#define ULONG_PTR_MAX ULONGLONG_MAX
#define DWORD_PTR_MIN 0
#define DWORD_PTR_MAX ULONGLONG_MAX
#define SIZE_T_MIN 0
#define SIZE_T_MAX ((size_t)ULONGLONG_MAX)
#define SSIZE_T_MIN LONGLONG_MIN
#define SSIZE_T_MAX LONGLONG_MAX
#define _SIZE_T_MIN SIZE_T_MIN
#define _SIZE_T_MAX SIZE_T_MAX

/*
 * What a failed function leaves in the result.
 */
#define CHAR_ERROR '\0'
#define INT8_ERROR (-1)
#define UINT8_ERROR 0xff
#define UCHAR_ERROR '\0'
#define BYTE_ERROR 0xff
#define SHORT_ERROR (-1)
#define INT16_ERROR (-1)
#define USHORT_ERROR 0xffff
#define UINT16_ERROR 0xffff
#define WORD_ERROR 0xffff
#define INT_ERROR (-1)
#define INT32_ERROR (-1)
#define LONG_ERROR (-1)
#define UINT_ERROR 0xffffffffu
#define UINT32_ERROR 0xffffffffu
#define ULONG_ERROR 0xffffffffu
#define DWORD_ERROR 0xffffffffu
#define INT_PTR_ERROR (-1)
#define LONG_PTR_ERROR (-1)
#define PTRDIFF_T_ERROR (-1)
#define SSIZE_T_ERROR (-1)
#define LONGLONG_ERROR (-1)
#define LONG64_ERROR (-1)
#define INT64_ERROR (-1)
#define UINT_PTR_ERROR 0xffffffffffffffffull
#define ULONG_PTR_ERROR 0xffffffffffffffffull
#define DWORD_PTR_ERROR 0xffffffffffffffffull
#define SIZE_T_ERROR 0xffffffffffffffffull
#define ULONGLONG_ERROR 0xffffffffffffffffull
#define ULONG64_ERROR 0xffffffffffffffffull
#define DWORDLONG_ERROR 0xffffffffffffffffull
#define UINT64_ERROR 0xffffffffffffffffull

#define DMF_INTSAFE_BODY(Operation, First, Second, ErrorValue) \
    { \
        if (!__builtin_##Operation##_overflow((First), (Second), Result)) \
        { \
            return DMF_INTSAFE_GOOD; \
        } \
        *Result = ErrorValue; \
        return DMF_INTSAFE_OVERFLOW; \
    }
#define DMF_INTSAFE_CONVERT(Name, Source, Target, ErrorValue) \
    FORCEINLINE DMF_INTSAFE_RESULT DMF_INTSAFE_NAME(Name)(Source Operand, Target *Result) \
        DMF_INTSAFE_BODY(add, Operand, 0, ErrorValue)
#define DMF_INTSAFE_MATH(Name, Type, ErrorValue) \
    FORCEINLINE DMF_INTSAFE_RESULT DMF_INTSAFE_NAME(Name##Add)(Type First, Type Second, Type *Result) \
        DMF_INTSAFE_BODY(add, First, Second, ErrorValue) \
    FORCEINLINE DMF_INTSAFE_RESULT DMF_INTSAFE_NAME(Name##Sub)(Type First, Type Second, Type *Result) \
        DMF_INTSAFE_BODY(sub, First, Second, ErrorValue) \
    FORCEINLINE DMF_INTSAFE_RESULT DMF_INTSAFE_NAME(Name##Mult)(Type First, Type Second, Type *Result) \
        DMF_INTSAFE_BODY(mul, First, Second, ErrorValue)

#endif /* DMF_INTSAFE_H */
