/* SPDX-License-Identifier: MIT */
/*
 * Counted UTF-16 strings inside the runtime, and the border to UTF-8, which is what Linux speaks.
 */
#ifndef NT_STRING_H
#define NT_STRING_H

#include <stdbool.h>

#include "nt/internal.h"

/* Copies source into memory of its own, with a terminating zero after it. Release with string_free(). */
NTSTATUS string_duplicate(const UNICODE_STRING *source, UNICODE_STRING *ret_copy);

/* Joins the parts, which are UTF-16 and zero-terminated, the last one NULL. */
NTSTATUS string_join(UNICODE_STRING *ret_joined, const WCHAR *const *parts);

/* Joins two counted strings into memory of its own. */
NTSTATUS string_concatenate(const UNICODE_STRING *first, const UNICODE_STRING *second, UNICODE_STRING *ret_joined);

/* Converts; STATUS_INVALID_PARAMETER when the text is not UTF-8 or longer than 32,766 units. */
RUNTIME_API NTSTATUS string_from_utf8(const char *text, UNICODE_STRING *ret_string);

/* Converts into memory of its own; NULL when there is none. Lone surrogates become U+FFFD. */
RUNTIME_API char *string_to_utf8(const UNICODE_STRING *string);

/* Frees what string_to_utf8() returned. Accepts NULL. */
RUNTIME_API void string_free_utf8(char *text);

/* Frees the buffer and empties the string. Accepts an empty one. */
RUNTIME_API void string_free(UNICODE_STRING *string);

/* Whether string begins with prefix, ignoring case. */
bool string_has_prefix(const UNICODE_STRING *string, const UNICODE_STRING *prefix);

/* Upper case of one UTF-16 unit, as object names compare. */
WCHAR string_upcase(WCHAR unit);

/* A constant counted string over a literal. */
#define STRING_LITERAL(Text) ((UNICODE_STRING){sizeof(Text) - sizeof(WCHAR), sizeof(Text), (PWCH)(Text)})

#endif /* NT_STRING_H */
