/* SPDX-License-Identifier: MIT */
/*
 * The one implementation of the safe strings of both flavours (ntstrsafe.h, strsafe.h). Plain C types only: the kernel's entry
 * points and the user's include it with different published headers.
 *
 * A destination is always terminated when it has room for it, and never written beyond its size. Sizes are in characters or in
 * bytes as the caller says; an odd byte behind the last whole character counts as room for nothing, but is filled with the rest.
 */
#ifndef NT_RTL_SAFE_STRING_H
#define NT_RTL_SAFE_STRING_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nt/crt/format.h"

#define SAFE_MAXIMUM_CHARACTERS 2147483647u
#define SAFE_MAXIMUM_LENGTH (SAFE_MAXIMUM_CHARACTERS - 1)

/* The flags of the published headers. */
#define SAFE_FILL_PATTERN 0x000000FFu
#define SAFE_IGNORE_NULLS 0x00000100u
#define SAFE_FILL_BEHIND_NULL 0x00000200u
#define SAFE_FILL_ON_FAILURE 0x00000400u
#define SAFE_NULL_ON_FAILURE 0x00000800u
#define SAFE_NO_TRUNCATION 0x00001000u
#define SAFE_VALID_FLAGS 0x00001FFFu
#define SAFE_IGNORE_NULL_UNICODE_STRINGS 0x00010000u
#define SAFE_DESTINATION_TERMINATED 0x00020000u
#define SAFE_COUNTED_VALID_FLAGS 0x00031FFFu
#define SAFE_ON_FAILURE (SAFE_FILL_ON_FAILURE | SAFE_NULL_ON_FAILURE | SAFE_NO_TRUNCATION)

enum safe_result
{
    SAFE_OK,
    SAFE_OVERFLOW,
    SAFE_INVALID,
    SAFE_END_OF_FILE,
};

enum safe_kind
{
    SAFE_TEXT,
    SAFE_COUNTED,
    SAFE_FORMAT,
    SAFE_LINE,
};

/* What is put into a destination; its characters have the width of the destination's. */
struct safe_source
{
    enum safe_kind kind;
    /* The text or the format. NULL is an error, or nothing where the flags say so; a counted text of no characters may be NULL. */
    const void *text;
    /* The most characters that are taken of a text; the exact number of a counted one. */
    size_t limit;
    struct format_arguments *arguments;
};

struct safe_destination
{
    void *text;
    size_t size;
    /* Bytes of a character, 1 or 2. */
    size_t unit;
    bool size_is_in_bytes;
    bool append;
    /* The Ex functions have flags and tell where the text ended; both results may be NULL. */
    bool extended;
    uint32_t flags;
    void **ret_end;
    size_t *ret_remaining;
};

enum safe_result safe_string(const struct safe_destination *to, const struct safe_source *from);

/* Counts characters up to a terminator, which must be among the first `size`; tells zero when it is not. */
enum safe_result safe_length(const void *text, size_t size, size_t unit, bool size_is_in_bytes, size_t *ret_length);

/* Copies what fits into room characters, without a terminator. Returns their number, and whether some did not fit. */
size_t safe_put(const struct safe_source *from, void *to, size_t unit, size_t room, bool *ret_cut);

/* Whether the source has no character; a format has none when it is empty itself. */
bool safe_is_empty(const struct safe_source *from, size_t unit);

/* Takes characters of the program's input up to the end of the line, which is dropped; *ret_end when there was none at all. */
size_t safe_take_line(void *to, size_t unit, size_t room, bool *ret_end);

#endif /* NT_RTL_SAFE_STRING_H */
