/* SPDX-License-Identifier: MIT */
/*
 * Structured exception handling: its keywords are compiler adapters.
 */
#ifndef EXCPT_H
#define EXCPT_H

#include "ntbase.h"

#endif /* EXCPT_H */
