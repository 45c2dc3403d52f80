/* SPDX-License-Identifier: MIT */
/*
 * Older name of usbspec.h.
 */
#ifndef DMF_USB200_H
#define DMF_USB200_H

#include "usbspec.h"

#endif /* DMF_USB200_H */
