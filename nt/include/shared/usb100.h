/* SPDX-License-Identifier: MIT */
/*
 * Older name of usbspec.h.
 */
#ifndef DMF_USB100_H
#define DMF_USB100_H

#include "usbspec.h"

#endif /* DMF_USB100_H */
