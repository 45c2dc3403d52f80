/* SPDX-License-Identifier: MIT */
/*
 * Groups of functions need no markers here.
 */
#ifndef APISET_H
#define APISET_H

#include "minwindef.h"

#endif /* APISET_H */
