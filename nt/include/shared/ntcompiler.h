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
#define __assume(Expression) ((void)0)
#endif
#ifndef __pragma
#define __pragma(Text)
#endif
#define DEFAULT_UNREACHABLE default: __builtin_unreachable()

#endif /* NTCOMPILER_H */
