/* SPDX-License-Identifier: MIT */
/*
 * String objects.
 */
#ifndef WDF_STRING_H
#define WDF_STRING_H

#include "wdf/object.h"

struct string
{
    struct object object;
    UNICODE_STRING text;
};

/* Whether a counted string from a driver makes sense: even lengths that fit each other, and a buffer where there is a length. */
bool wdfstring_is_valid(const UNICODE_STRING *text);

/* Makes a string object with a copy of the text, which is published below the attributes' parent or the driver. */
NTSTATUS wdfstring_allocate(struct driver_globals *globals, const UNICODE_STRING *text, PWDF_OBJECT_ATTRIBUTES attributes,
                            struct object **ret_object);

/* Replaces the text by a copy of another; on failure the string is as it was. */
NTSTATUS wdfstring_assign(struct string *string, const UNICODE_STRING *text);

struct string *wdfstring_from_handle(WDFSTRING handle, const char *function);

#endif /* WDF_STRING_H */
