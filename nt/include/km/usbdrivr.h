/* SPDX-License-Identifier: MIT */
/*
 * Older name of the headers that a USB driver includes.
 */
#ifndef DMF_USBDRIVR_H
#define DMF_USBDRIVR_H

#include "usbioctl.h"
#include "usb.h"
#include "usbdlib.h"
#include "usbbusif.h"

#endif /* DMF_USBDRIVR_H */
