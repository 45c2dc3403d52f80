/* SPDX-License-Identifier: MIT */
/*
 * Overlay of <limits.h>: the limits of a long are those of LONG and ULONG, which driver sources compare with them.
 */
#include_next <limits.h>

#if !defined(DMF_CRT_IMPLEMENTATION)
#undef LONG_MIN
#undef LONG_MAX
#undef ULONG_MAX
#define LONG_MIN (-2147483647 - 1)
#define LONG_MAX 2147483647
#define ULONG_MAX 0xffffffffU
#endif
