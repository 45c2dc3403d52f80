/* SPDX-License-Identifier: MIT */
/*
 * Names of keys and values, and paths made of them.
 */
#ifndef NT_REGISTRY_NAME_H
#define NT_REGISTRY_NAME_H

#include "nt/internal.h"

/* The published limits, in bytes of UTF-16 and in levels. */
#define NAME_MAXIMUM_KEY (255u * sizeof(WCHAR))
#define NAME_MAXIMUM_VALUE (16383u * sizeof(WCHAR))
#define NAME_MAXIMUM_DEPTH 512u

/* A hash of the name in upper case. */
uint32_t name_hash(const UNICODE_STRING *name);

/* Whether this can be the name of a key: not empty, not too long, without a back slash. Zeros are allowed, as published. */
bool name_is_key(const UNICODE_STRING *name);

/*
 * Takes the next name off the front of a path, without its back slashes; several count as one, and those at the end do not
 * count. False when there is none left.
 */
bool name_next(UNICODE_STRING *path, UNICODE_STRING *ret_name);

#endif /* NT_REGISTRY_NAME_H */
