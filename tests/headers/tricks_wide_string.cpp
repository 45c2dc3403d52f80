/* SPDX-License-Identifier: MIT */
/*
 * The C++ library's wide strings stand on libc's 32-bit wide functions, so driver sources must not get them by accident.
 * try: refused=std::wstring
 */
#include "tricks_platform.h"

#include <string>

std::wstring trick_text;
