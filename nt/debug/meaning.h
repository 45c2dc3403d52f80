/* SPDX-License-Identifier: MIT */
/*
 * What the parameters of bug checks mean.
 */
#ifndef NT_MEANING_H
#define NT_MEANING_H

#include "nt/internal.h"

/* Four texts, one for each parameter, of which any may be NULL; or NULL when nothing is known of this bug check. */
const char *const *bugcheck_meaning(ULONG code, ULONG_PTR first);

#endif /* NT_MEANING_H */
