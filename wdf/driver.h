/* SPDX-License-Identifier: MIT */
/*
 * The driver object: one WDFDRIVER for each loaded driver.
 */
#ifndef WDF_DRIVER_H
#define WDF_DRIVER_H

#include "wdf/object.h"

struct driver
{
    struct object object;
    PFN_WDF_DRIVER_DEVICE_ADD evt_device_add;
    PFN_WDF_DRIVER_UNLOAD evt_unload;
    /* Serialises EvtDriverDeviceAdd where the driver's synchronization scope asks for that. */
    struct platform_mutex adding;
};

static inline struct driver *driver_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct driver, object);
}

#endif /* WDF_DRIVER_H */
