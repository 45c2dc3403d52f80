/* SPDX-License-Identifier: MIT */
/*
 * Overlay of <malloc.h>: Microsoft's name of alloca.
 */
#ifndef DMF_CRT_MALLOC_H
#define DMF_CRT_MALLOC_H

#include_next <malloc.h>

#define _alloca(Size) __builtin_alloca(Size)

#endif /* DMF_CRT_MALLOC_H */
