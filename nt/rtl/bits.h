/* SPDX-License-Identifier: MIT */
/*
 * Small pieces of the run-time library that several of its files use.
 */
#ifndef NT_RTL_BITS_H
#define NT_RTL_BITS_H

#include "nt/internal.h"

/*
 * Stops the process because a caller handed in numbers that, followed, would damage memory that is not the object's. The
 * published functions do not look; here such a call is a bug check with the object and the numbers.
 */
_Noreturn void rtl_out_of_range(const void *object, ULONG_PTR first, ULONG_PTR second);

#endif /* NT_RTL_BITS_H */
