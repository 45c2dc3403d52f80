/* SPDX-License-Identifier: MIT */
/*
 * Driver objects: one for each loaded driver.
 */
#ifndef NT_DRIVER_OBJECT_H
#define NT_DRIVER_OBJECT_H

#include "nt/object/object.h"

extern const struct object_type driver_type;

/*
 * Makes a driver object for a service: its name becomes \Driver\<service>, its registry path
 * \Registry\Machine\System\CurrentControlSet\Services\<service>. Every major function answers
 * STATUS_INVALID_DEVICE_REQUEST until the driver sets its own. STATUS_OBJECT_NAME_COLLISION when there is such a driver.
 */
RUNTIME_API NTSTATUS drvobj_create(const char *service, PDRIVER_OBJECT *ret_driver);

/* Calls DriverEntry. IRQL: PASSIVE_LEVEL. */
RUNTIME_API NTSTATUS drvobj_initialize(PDRIVER_OBJECT driver, PDRIVER_INITIALIZE entry);

/* Calls DriverUnload if there is one. The driver has no devices any more. */
RUNTIME_API void drvobj_unload(PDRIVER_OBJECT driver);

/*
 * Who still has a reference on the driver object, or on a device of it, may still call the driver: unmap takes the image away when
 * the last of them is gone. That is whoever gives back the last reference, at PASSIVE_LEVEL, and not the image's own code.
 */
RUNTIME_API void drvobj_set_image(PDRIVER_OBJECT driver, void *image, void (*unmap)(void *image));

/* Takes the name away and gives back the reference; devices that still exist hold others. Accepts NULL. */
RUNTIME_API void drvobj_free(PDRIVER_OBJECT driver);

/* What the framework that the driver uses keeps for it. NULL until set. */
void drvobj_set_owner(PDRIVER_OBJECT driver, void *owner);
void *drvobj_owner(PDRIVER_OBJECT driver);

/* The service key's path of this driver, zero-terminated. */
const UNICODE_STRING *drvobj_registry_path(PDRIVER_OBJECT driver);

#endif /* NT_DRIVER_OBJECT_H */
