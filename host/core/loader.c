/* SPDX-License-Identifier: MIT */
/*
 * Loading of drivers.
 */
#include "host/core/loader.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nt/io/driver_object.h"
#include "nt/pnp/devnode.h"

/* "/a/b/echo.so" is the service "echo", "libecho.so" is too. NULL when there is no memory. */
static char *service_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t length;

    if (strncmp(name, "lib", 3) == 0 && name[3] != 0 && name[3] != '.')
    {
        name += 3;
    }
    length = strcspn(name, ".");
    return strndup(name, length);
}

static NTSTATUS fail(NTSTATUS status, char error[LOADER_ERROR_SIZE], const char *path, const char *reason)
{
    (void)snprintf(error, LOADER_ERROR_SIZE, "%s: %s", path, reason);
    return status;
}

static NTSTATUS open_image(const char *path, struct loaded_driver *driver, const struct dmf_driver_binding **ret_binding,
                           char error[LOADER_ERROR_SIZE])
{
    /* A bare name would make the dynamic loader search its own folders. */
    char *whole = realpath(path, NULL);

    if (whole == NULL)
    {
        return fail(STATUS_OBJECT_NAME_NOT_FOUND, error, path, strerror(errno));
    }
    driver->image = dlopen(whole, RTLD_NOW | RTLD_LOCAL);
    free(whole);
    if (driver->image == NULL)
    {
        return fail(STATUS_INVALID_IMAGE_FORMAT, error, path, dlerror());
    }
    *ret_binding = dlsym(driver->image, DMF_DRIVER_BINDING_SYMBOL);
    if (*ret_binding == NULL)
    {
        return fail(STATUS_INVALID_IMAGE_FORMAT, error, path,
                    "not a driver: it does not export " DMF_DRIVER_BINDING_SYMBOL " (build it with dmf_add_driver)");
    }
    return STATUS_SUCCESS;
}

static NTSTATUS enter_driver(struct loaded_driver *driver, const struct dmf_driver_binding *binding, const char *path,
                             char error[LOADER_ERROR_SIZE])
{
    char reason[64];
    NTSTATUS status = drvobj_create(driver->service, &driver->driver_object);

    if (status == STATUS_OBJECT_NAME_COLLISION)
    {
        return fail(STATUS_IMAGE_ALREADY_LOADED, error, path, "a driver of this name is loaded already");
    }
    if (!NT_SUCCESS(status))
    {
        return fail(status, error, path, "no memory for a driver object, or its name is not UTF-8");
    }
    status = wdf_bind(binding, driver->driver_object, driver->service, &driver->globals);
    if (!NT_SUCCESS(status))
    {
        return fail(status, error, path,
                    status == STATUS_IMAGE_ALREADY_LOADED   ? "this driver is loaded already" :
                    status == STATUS_INSUFFICIENT_RESOURCES ? "no memory" :
                                                              "built for another version of the runtime; rebuild it");
    }
    status = drvobj_initialize(driver->driver_object, (PDRIVER_INITIALIZE)binding->entry);
    if (!NT_SUCCESS(status))
    {
        (void)snprintf(reason, sizeof(reason), "DriverEntry failed with status 0x%08X", (unsigned)status);
        return fail(status, error, path, reason);
    }
    wdf_entered(driver->globals);
    return STATUS_SUCCESS;
}

static void unmap(void *image)
{
    (void)dlclose(image);
}

/* The image stays as long as somebody refers to the driver object, whose routines lie in it. */
static void give_back_image(struct loaded_driver *driver)
{
    if (driver->image == NULL)
    {
        return;
    }
    if (driver->driver_object == NULL)
    {
        unmap(driver->image);
        return;
    }
    drvobj_set_image(driver->driver_object, driver->image, unmap);
}

static void discard(struct loaded_driver *driver)
{
    wdf_unbind(driver->globals);
    give_back_image(driver);
    drvobj_free(driver->driver_object);
    free(driver->service);
    free(driver);
}

static struct loaded_driver *new_driver(char *service)
{
    struct loaded_driver *driver = service == NULL ? NULL : calloc(1, sizeof(*driver));

    if (driver == NULL)
    {
        free(service);
        return NULL;
    }
    driver->service = service;
    return driver;
}

NTSTATUS loader_load(const char *path, struct loaded_driver **ret_driver, char error[LOADER_ERROR_SIZE])
{
    struct loaded_driver *driver = new_driver(service_name(path));
    const struct dmf_driver_binding *binding;
    NTSTATUS status;

    if (driver == NULL)
    {
        return fail(STATUS_INSUFFICIENT_RESOURCES, error, path, "no memory");
    }
    status = open_image(path, driver, &binding, error);
    if (NT_SUCCESS(status))
    {
        status = enter_driver(driver, binding, path, error);
    }
    if (!NT_SUCCESS(status))
    {
        discard(driver);
        return status;
    }
    *ret_driver = driver;
    return STATUS_SUCCESS;
}

NTSTATUS loader_enter(const struct dmf_driver_binding *binding, const char *service, struct loaded_driver **ret_driver,
                      char error[LOADER_ERROR_SIZE])
{
    struct loaded_driver *driver = new_driver(strdup(service));
    NTSTATUS status;

    if (driver == NULL)
    {
        return fail(STATUS_INSUFFICIENT_RESOURCES, error, service, "no memory");
    }
    status = enter_driver(driver, binding, service, error);
    if (!NT_SUCCESS(status))
    {
        discard(driver);
        return status;
    }
    *ret_driver = driver;
    return STATUS_SUCCESS;
}

void loader_unload(struct loaded_driver *driver)
{
    if (driver != NULL)
    {
        devnode_free_detected(driver->driver_object);
        drvobj_unload(driver->driver_object);
        discard(driver);
    }
}
