/* SPDX-License-Identifier: MIT */
/*
 * Identifiers as text. May be called at any IRQL.
 */
#ifndef NT_RTL_GUID_H
#define NT_RTL_GUID_H

#include "nt/internal.h"

/* Units of {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}, without a terminator. */
#define GUID_UNITS 38

/* Writes the text and a terminator, with digits of upper or lower case. */
void guid_format(const GUID *guid, bool lower, WCHAR *text);

/* Reads GUID_UNITS units; digits may have either case. Returns false, with the identifier left undefined, when they are none. */
bool guid_parse(const WCHAR *text, GUID *ret_guid);

#endif /* NT_RTL_GUID_H */
