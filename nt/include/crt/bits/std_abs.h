/* SPDX-License-Identifier: MIT */
/*
 * Overlay of a header of the C++ library that takes libc's <stdlib.h> past ours, so ours comes first.
 */
#include <dmf_stdlib.h>
#include_next <bits/std_abs.h>
