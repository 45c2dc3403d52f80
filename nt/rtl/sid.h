/* SPDX-License-Identifier: MIT */
/*
 * Security identifiers. Nothing here allocates; an identifier is its revision, an authority of 48 bits and up to fifteen
 * sub-authorities.
 */
#ifndef NT_RTL_SID_H
#define NT_RTL_SID_H

#include "nt/internal.h"

/* The longest identifier in bytes. */
#define SID_MAXIMUM_BYTES (8 + SID_MAX_SUB_AUTHORITIES * sizeof(ULONG))

/* Room for any identifier, aligned as one. */
union sid_buffer
{
    SID sid;
    UCHAR bytes[SID_MAXIMUM_BYTES];
};

/* The longest text of an identifier with its terminator. */
#define SID_TEXT_UNITS (6 + 15 + SID_MAX_SUB_AUTHORITIES * 11)

/* The length of an identifier that begins within `bytes` and is whole; 0 when there is none. */
ULONG sid_length_within(const void *sid, size_t bytes);

/* Writes "S-1-..." with a terminator; returns its length in units. */
size_t sid_format(const SID *sid, WCHAR *text);

/* Reads "S-1-..." from the beginning of the text; returns how many units it took, 0 when it is none. */
size_t sid_parse(const WCHAR *text, size_t units, union sid_buffer *ret_sid);

#endif /* NT_RTL_SID_H */
