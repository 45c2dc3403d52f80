/* SPDX-License-Identifier: MIT */
/*
 * Bytes that grow, and the encodings of registry texts.
 */
#ifndef NT_REGISTRY_TEXT_UNITS_H
#define NT_REGISTRY_TEXT_UNITS_H

#include "nt/internal.h"

struct text_bytes
{
    void *bytes;
    size_t size;
    size_t room;
};

/* False when there is no memory; what was there stays. */
bool text_append(struct text_bytes *to, const void *bytes, size_t size);
void text_free(struct text_bytes *bytes);

/* Appends a text in UTF-16, without its byte order mark. STATUS_INVALID_PARAMETER when it is no text. */
NTSTATUS text_read(struct text_bytes *to, const void *bytes, size_t size);

/* Single bytes become UTF-16 units, in place: as UTF-8 when they are that, otherwise each as one character. */
NTSTATUS text_widen(struct text_bytes *bytes);

#endif /* NT_REGISTRY_TEXT_UNITS_H */
