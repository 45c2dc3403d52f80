/* SPDX-License-Identifier: MIT */
/*
 * Overlay of the C++ library's configuration: without wide characters. The library's compiled wide parts (std::wstring,
 * std::wcout, ...) have 32-bit characters, so a driver must not reach them; the overlay of <string> says so in words.
 */
#include_next <bits/c++config.h>
#undef _GLIBCXX_USE_WCHAR_T

/* With -fms-compatibility, clang keeps to itself what the library asks about atomic types: on 64-bit machines all of them. */
#ifndef __GCC_ATOMIC_TEST_AND_SET_TRUEVAL
#define __GCC_ATOMIC_TEST_AND_SET_TRUEVAL 1
#define __GCC_ATOMIC_BOOL_LOCK_FREE 2
#define __GCC_ATOMIC_CHAR_LOCK_FREE 2
#define __GCC_ATOMIC_CHAR16_T_LOCK_FREE 2
#define __GCC_ATOMIC_CHAR32_T_LOCK_FREE 2
#define __GCC_ATOMIC_WCHAR_T_LOCK_FREE 2
#define __GCC_ATOMIC_SHORT_LOCK_FREE 2
#define __GCC_ATOMIC_INT_LOCK_FREE 2
#define __GCC_ATOMIC_LONG_LOCK_FREE 2
#define __GCC_ATOMIC_LLONG_LOCK_FREE 2
#define __GCC_ATOMIC_POINTER_LOCK_FREE 2
#endif

/*
 * The first generation of source annotations uses two names that the library gives to parameters. They are away while the
 * library's headers are read; including windows.h, wdf.h or sal.h, or writing _In_ and _Out_, is for sources that need both.
 */
#undef __in
#undef __out
