/* SPDX-License-Identifier: MIT */
/*
 * Loading and unloading of drivers: shared objects that dmf_add_driver() has built.
 */
#ifndef HOST_LOADER_H
#define HOST_LOADER_H

#include "nt/pnp/devnode.h"
#include "wdf/globals.h"

#define LOADER_ERROR_SIZE 512

struct loaded_driver
{
    void *image;
    char *service;
    PDRIVER_OBJECT driver_object;
    struct driver_globals *globals;
};

/*
 * Loads the driver at path and calls its DriverEntry. The service name is the file's name without .so. On failure the status
 * tells why, error receives one line of text for a person, and nothing stays loaded.
 */
NTSTATUS loader_load(const char *path, struct loaded_driver **ret_driver, char error[LOADER_ERROR_SIZE]);

/* The same for a driver that is linked into the program already: service is its name. */
NTSTATUS loader_enter(const struct dmf_driver_binding *binding, const char *service, struct loaded_driver **ret_driver,
                      char error[LOADER_ERROR_SIZE]);

/* Unloads: DriverUnload, then the image. The driver has no devices any more. Accepts NULL. */
void loader_unload(struct loaded_driver *driver);

#endif /* HOST_LOADER_H */
