/* SPDX-License-Identifier: MIT */
/*
 * Upper and lower case, and text of either width one character at a time. May be called at any IRQL.
 */
#ifndef NT_RTL_UNICODE_H
#define NT_RTL_UNICODE_H

#include "nt/internal.h"

/* Upper and lower case of one UTF-16 unit, by the simple case mapping of Unicode where it goes there and back. */
WCHAR unicode_upcase(WCHAR unit);
WCHAR unicode_downcase(WCHAR unit);

/* Upper case of one byte of an ANSI string: ASCII only, because a byte beyond it is a piece of a character. */
CHAR unicode_upcase_byte(CHAR byte);

/* What became of a conversion. */
struct unicode_result
{
    /* Bytes that the destination holds, or would hold when there is none. */
    size_t bytes;
    /* Some of the source was no character, and became U+FFFD. */
    bool malformed;
    /* The next character had no room; no character is cut. */
    bool truncated;
};

/* A NULL destination has room for everything. Sizes are in bytes; an odd byte of UTF-16 is not looked at. */
struct unicode_result unicode_to_utf8(char *to, size_t to_bytes, const WCHAR *from, size_t from_bytes, bool upcase);
struct unicode_result unicode_from_utf8(WCHAR *to, size_t to_bytes, const char *from, size_t from_bytes);

#endif /* NT_RTL_UNICODE_H */
