/* SPDX-License-Identifier: MIT */
/*
 * Power information.
 */
#ifndef POWERBASE_H
#define POWERBASE_H

#include "powrprof.h"

#endif /* POWERBASE_H */
