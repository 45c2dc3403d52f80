/* SPDX-License-Identifier: MIT */
/*
 * What the tests of USB targets share: the case's device over the USB device below, and its pipes.
 */
#ifndef USB_CASE_H
#define USB_CASE_H

#include "send_case.h"
#include "usb_below.h"

#include <usb.h>
#include <wdfusb.h>

extern WDFUSBDEVICE usb;
extern WDFUSBPIPE in_pipe;
extern WDFUSBPIPE out_pipe;

/* The device of send_case.h, and a target for it. */
void set_up_usb(void);

/* Selects the first setting: its bulk pipes are in_pipe and out_pipe. */
void configure(void);

#endif /* USB_CASE_H */
