/* SPDX-License-Identifier: MIT */
/*
 * What Microsoft's compiler has and gcc or clang spell otherwise: storage attributes, calling conventions, structured
 * exception keywords, pragmas. One place, so that the other published headers are plain C.
 */
#ifndef NTCOMPILER_H
#define NTCOMPILER_H

/*
 * Linkage of what the runtime exports to drivers. The runtime is compiled with hidden visibility.
 */
#define DMF_PUBLISHED __attribute__((visibility("default")))
#define DECLSPEC_IMPORT DMF_PUBLISHED
#define DECLSPEC_EXPORT DMF_PUBLISHED
#define NTSYSAPI DMF_PUBLISHED
#define NTKERNELAPI DMF_PUBLISHED
#define NTHALAPI DMF_PUBLISHED
#define WINBASEAPI DMF_PUBLISHED
#define WINADVAPI DMF_PUBLISHED
#define WINUSERAPI DMF_PUBLISHED
#define CMAPI DMF_PUBLISHED

#ifdef __cplusplus
#define EXTERN_C extern "C"
#define EXTERN_C_START \
    extern "C" \
    {
#define EXTERN_C_END }
#else
#define EXTERN_C extern
#define EXTERN_C_START
#define EXTERN_C_END
#endif

/*
 * Calling conventions: there is one on the 64-bit machines that we support.
 */
#undef __cdecl
#undef __stdcall
#undef __fastcall
#undef __thiscall
#undef __vectorcall
#undef _cdecl
#undef _stdcall
#define __cdecl
#define __stdcall
#define __fastcall
#define __thiscall
#define __vectorcall
#define _cdecl
#define _stdcall
#define NTAPI
#define NTAPI_INLINE
#define FASTCALL
#define WINAPI
#define WINAPIV
#define APIENTRY
#define CALLBACK
#define PASCAL
#define STDAPICALLTYPE
#define STDMETHODCALLTYPE
#define STDAPI EXTERN_C HRESULT

/*
 * __declspec(...): each attribute that published sources use. clang knows the keyword but not all of the attributes on
 * ELF, so both compilers take this road.
 */
#undef __declspec
#define __declspec(Attribute) DMF_DECLSPEC_##Attribute
#define DMF_DECLSPEC_align(Bytes) __attribute__((aligned(Bytes)))
#define DMF_DECLSPEC_selectany __attribute__((weak))
#define DMF_DECLSPEC_noreturn __attribute__((noreturn))
#define DMF_DECLSPEC_noinline __attribute__((noinline))
#define DMF_DECLSPEC_nothrow __attribute__((nothrow))
#define DMF_DECLSPEC_naked
#define DMF_DECLSPEC_dllimport DMF_PUBLISHED
#define DMF_DECLSPEC_dllexport DMF_PUBLISHED
#define DMF_DECLSPEC_thread __thread
#define DMF_DECLSPEC_deprecated __attribute__((deprecated))
#define DMF_DECLSPEC_restrict
#define DMF_DECLSPEC_noalias
#define DMF_DECLSPEC_novtable
#define DMF_DECLSPEC_allocator
#define DMF_DECLSPEC_code_seg(Name)
#define DMF_DECLSPEC_allocate(Name)
#define DMF_DECLSPEC_uuid(Text)
#define DMF_DECLSPEC_guard(Kind)
#define DMF_DECLSPEC_no_sanitize_address __attribute__((no_sanitize_address))

#define DECLSPEC_ALIGN(Bytes) __attribute__((aligned(Bytes)))
#define POINTER_ALIGNMENT DECLSPEC_ALIGN(8)
#define DECLSPEC_CACHEALIGN DECLSPEC_ALIGN(64)
#define DECLSPEC_NORETURN __attribute__((noreturn))
#define DECLSPEC_NOINLINE __attribute__((noinline))
#define DECLSPEC_NOTHROW __attribute__((nothrow))
#define DECLSPEC_SELECTANY __attribute__((weak))
#define DECLSPEC_DEPRECATED __attribute__((deprecated))
#define DECLSPEC_DEPRECATED_DDK
#define DECLSPEC_UUID(Text)
#define DECLSPEC_NOVTABLE
#define DECLSPEC_RESTRICT

/*
 * FORCEINLINE is static in C, because the C99 rule for a bare inline leaves no body to take the address of; in C++ it is
 * plain inline, so that "static FORCEINLINE" compiles there. Our own headers use FORCEINLINE and never bare __inline.
 */
#undef FORCEINLINE
#undef CFORCEINLINE
#undef __forceinline
#ifdef __cplusplus
#define FORCEINLINE inline __attribute__((always_inline))
#else
#define FORCEINLINE static inline __attribute__((always_inline, unused))
#endif
#define CFORCEINLINE FORCEINLINE
#define __forceinline FORCEINLINE
#define _inline __inline
#define RESTRICTED_POINTER
#define UNALIGNED
#define UNALIGNED64
#ifndef __unaligned
#define __unaligned
#endif
/* clang has these keywords, because the sources are compiled with -fms-extensions. */
#ifndef __clang__
#define __int8 char
#define __int16 short
#define __int32 int
#define __int64 long long
#endif
#define __w64
#define __ptr32
#define __ptr64
#define POINTER_64
#define POINTER_32
#define VOLATILE volatile

#define C_ASSERT(Expression) typedef char DMF_C_ASSERT_NAME(__COUNTER__)[(Expression) ? 1 : -1] __attribute__((unused))
#define DMF_C_ASSERT_NAME(Counter) DMF_C_ASSERT_NAME2(Counter)
#define DMF_C_ASSERT_NAME2(Counter) C_ASSERT_##Counter

#ifndef __noop
#define __noop(...) ((void)0)
#endif
#ifndef __assume
#define __assume(Expression) \
    (__builtin_constant_p(Expression) && !(Expression) ? __builtin_unreachable() : (void)0)
#endif
#ifndef __pragma
#define __pragma(Text)
#endif
#define DEFAULT_UNREACHABLE default: __builtin_unreachable()

/*
 * Structured exception handling. The keywords compile and the guarded block runs; nothing is caught, because a wild access
 * on Linux is a signal that no unwinder may turn into a branch of the same function. A __finally block runs when its
 * guarded block ends or leaves, not when it returns. Each use says so at compile time; DMF_NO_SEH_NOTE silences that.
 *
 * In C++ __try is already a macro of the standard library, which pairs it with __catch. The definitions below keep that
 * pairing intact, so that standard headers may come before or after this one.
 */
#ifdef DMF_NO_SEH_NOTE
#define DMF_SEH_NOTE
#else
#define DMF_SEH_NOTE _Pragma("message(\"structured exception handling compiles here but catches nothing\")")
#endif

#undef __try
#undef __except
#undef __finally
#undef __leave
#ifdef __cplusplus
#if defined(__has_include)
#if __has_include(<bits/exception_defines.h>)
#include <bits/exception_defines.h>
#undef __try
#endif
#endif
#endif

#if defined(__cplusplus) && defined(__cpp_exceptions)
extern "C++" {
struct dmf_seh_leave
{
};
}
#define __try try
#define __leave throw dmf_seh_leave()
#define DMF_SEH_END \
    catch (const dmf_seh_leave &) \
    { \
    } \
    DMF_SEH_NOTE
#elif defined(__cplusplus)
/* Without exceptions the library pairs the keywords as if and else; nothing is left to jump with. */
#define __try if (true)
#define __leave static_assert(false, "__leave needs a compilation with exceptions or in C")
#define DMF_SEH_END DMF_SEH_NOTE
#else
/* The brace that __try opens is closed by the __except or __finally that must follow; the label is local to it. */
#define __try \
    { \
        __label__ dmf_seh_leave; \
        if (1)
#define __leave goto dmf_seh_leave
#define DMF_SEH_END \
    dmf_seh_leave: \
        __attribute__((unused)); \
        } \
        DMF_SEH_NOTE
#endif
#define __except(Filter) DMF_SEH_END if (0 && (Filter))
#define __finally DMF_SEH_END if (1)

#define EXCEPTION_EXECUTE_HANDLER 1
#define EXCEPTION_CONTINUE_SEARCH 0
#define EXCEPTION_CONTINUE_EXECUTION (-1)
#define GetExceptionCode() (0U)
#define _exception_code() (0U)
#define exception_code() (0U)
#define GetExceptionInformation() ((struct _EXCEPTION_POINTERS *)0)
#define _exception_info() ((struct _EXCEPTION_POINTERS *)0)
#define exception_info() ((struct _EXCEPTION_POINTERS *)0)
#define AbnormalTermination() (0)
#define _abnormal_termination() (0)
#define abnormal_termination() (0)

#endif /* NTCOMPILER_H */
