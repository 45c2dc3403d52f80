/* SPDX-License-Identifier: MIT */
/*
 * The kernel flavour as legacy and function drivers know it. wdm.h has all of it here.
 */
#ifndef NTDDK_H
#define NTDDK_H

#include "wdm.h"

#define _NTDDK_

#endif /* NTDDK_H */
