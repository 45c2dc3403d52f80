/* SPDX-License-Identifier: MIT */
/*
 * What the overlay headers of this folder share.
 *
 * A driver source includes <wchar.h>, <stdio.h> and their relatives as on Windows and finds these headers before those of
 * libc. Each one brings libc's header with the functions that we replace renamed out of the way, then declares ours under the
 * usual name and with a symbol of the runtime behind it: an object compiled with 16-bit characters can then never be linked
 * to a libc function that expects 32 of them, or 64-bit longs.
 */
#ifndef DMF_CRT_OVERLAY_H
#define DMF_CRT_OVERLAY_H

#include <stddef.h>
#include <stdarg.h>

/*
 * A compiler knows libc's widths (%ld is 64 bits for it) and not ours, so what it says about formats is wrong here. The check
 * is off from here on whatever options a build has, because their order would decide otherwise.
 */
#pragma GCC diagnostic ignored "-Wformat"

/* The symbol of the runtime behind a declaration. */
#define DMF_CRT_SYMBOL(Name) __asm__(#Name)

#ifdef __cplusplus
#define DMF_CRT_BEGIN \
    extern "C" \
    {
#define DMF_CRT_END }
#else
#define DMF_CRT_BEGIN
#define DMF_CRT_END
#endif

#ifndef _ERRNO_T_DEFINED
#define _ERRNO_T_DEFINED
typedef int errno_t;
#endif
#ifndef _RSIZE_T_DEFINED
#define _RSIZE_T_DEFINED
typedef size_t rsize_t;
#endif

#define _TRUNCATE ((size_t)-1)
#define STRUNCATE 80

#ifndef _countof
#define _countof(Array) (sizeof(Array) / sizeof((Array)[0]))
#endif

#endif /* DMF_CRT_OVERLAY_H */
