/* SPDX-License-Identifier: MIT */
/*
 * The older name of the annotation header. It brings those of drivers as well, as sources expect.
 */
#ifndef SPECSTRINGS_H
#define SPECSTRINGS_H

#include "sal.h"
#include "driverspecs.h"

#define __specstrings

#endif /* SPECSTRINGS_H */
