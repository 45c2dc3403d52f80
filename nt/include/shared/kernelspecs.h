/* SPDX-License-Identifier: MIT */
/*
 * Newer name of the header with the annotations of interrupt request levels.
 */
#ifndef KERNELSPECS_H
#define KERNELSPECS_H

#include "driverspecs.h"

#endif /* KERNELSPECS_H */
