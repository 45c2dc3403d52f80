/* SPDX-License-Identifier: MIT */
/*
 * Altitudes: decimal numbers of any length, as text, that say in which order callbacks are asked.
 */
#ifndef NT_REGISTRY_ALTITUDE_H
#define NT_REGISTRY_ALTITUDE_H

#include "nt/internal.h"

/* Digits, perhaps a point and more digits. */
bool altitude_is_valid(const UNICODE_STRING *altitude);

/* Below, at or above zero as the first is lower than, the same as, or higher than the second. An empty one is the lowest. */
int altitude_compare(const UNICODE_STRING *first, const UNICODE_STRING *second);

#endif /* NT_REGISTRY_ALTITUDE_H */
