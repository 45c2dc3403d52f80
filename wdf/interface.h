/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces of a WDFDEVICE. IRQL: PASSIVE_LEVEL.
 */
#ifndef WDF_INTERFACE_H
#define WDF_INTERFACE_H

#include "wdf/device.h"

struct interface;

/*
 * The registered interface of the first that the driver has created with this class and reference string (NULL is an empty
 * one). NULL when there is none, or the machine does not know the device yet. It lasts as long as the device.
 */
const struct interface *device_find_interface(struct device *device, const GUID *class, const UNICODE_STRING *reference);

#endif /* WDF_INTERFACE_H */
