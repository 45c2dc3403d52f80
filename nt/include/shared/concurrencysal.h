/* SPDX-License-Identifier: MIT */
/*
 * The annotations of locks; they are part of sal.h here.
 */
#ifndef CONCURRENCYSAL_H
#define CONCURRENCYSAL_H

#include "specstrings.h"

#endif /* CONCURRENCYSAL_H */
