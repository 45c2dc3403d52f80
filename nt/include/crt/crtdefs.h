/* SPDX-License-Identifier: MIT */
/*
 * What every header of Microsoft's C library stands on; sources include it for size_t and its kin.
 */
#ifndef DMF_CRT_CRTDEFS_H
#define DMF_CRT_CRTDEFS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#endif /* DMF_CRT_CRTDEFS_H */
