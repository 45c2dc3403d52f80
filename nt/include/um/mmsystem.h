/* SPDX-License-Identifier: MIT */
/*
 * The part of the multimedia functions that concerns time.
 */
#ifndef MMSYSTEM_H
#define MMSYSTEM_H

#include "timeapi.h"

#endif /* MMSYSTEM_H */
