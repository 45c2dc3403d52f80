/* SPDX-License-Identifier: MIT */
/*
 * The sized integer types. They are part of the base types here.
 */
#ifndef BASETSD_H
#define BASETSD_H

#include "ntbase.h"

#endif /* BASETSD_H */
