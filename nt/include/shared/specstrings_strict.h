/* SPDX-License-Identifier: MIT */
/*
 * The annotations with checking; they are those of specstrings.h here.
 */
#ifndef SPECSTRINGS_STRICT_H
#define SPECSTRINGS_STRICT_H

#include "specstrings.h"

#endif /* SPECSTRINGS_STRICT_H */
