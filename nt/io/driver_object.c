/* SPDX-License-Identifier: MIT */
/*
 * Driver objects.
 */
#include "nt/io/driver_object.h"

#include "nt/io/irp.h"
#include "nt/rtl/string.h"

struct driver_block
{
    DRIVER_OBJECT driver;
    DRIVER_EXTENSION extension;
    UNICODE_STRING registry_path;
    void *owner;
};

static struct driver_block *driver_block_of(PDRIVER_OBJECT driver)
{
    return CONTAINING_RECORD(driver, struct driver_block, driver);
}

static NTSTATUS dispatch_unsupported(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_INVALID_DEVICE_REQUEST;
    irp->IoStatus.Information = 0;
    irp_complete(irp);
    return STATUS_INVALID_DEVICE_REQUEST;
}

static NTSTATUS name_driver(struct driver_block *block, const char *service)
{
    UNICODE_STRING name;
    NTSTATUS status = string_from_utf8(service, &name);

    if (NT_SUCCESS(status))
    {
        status = string_duplicate(&name, &block->extension.ServiceKeyName);
    }
    if (NT_SUCCESS(status))
    {
        status = string_concatenate(&STRING_LITERAL(L"\\Driver\\"), &name, &block->driver.DriverName);
    }
    if (NT_SUCCESS(status))
    {
        status = string_concatenate(&STRING_LITERAL(L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\"), &name,
                                    &block->registry_path);
    }
    string_free(&name);
    return status;
}

NTSTATUS drvobj_create(const char *service, PDRIVER_OBJECT *ret_driver)
{
    struct driver_block *block = platform_zalloc(sizeof(*block));
    NTSTATUS status;

    if (block == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    block->driver.Type = IO_TYPE_DRIVER;
    block->driver.Size = (USHORT)sizeof(DRIVER_OBJECT);
    block->driver.DriverExtension = &block->extension;
    block->extension.DriverObject = &block->driver;
    for (size_t major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major++)
    {
        block->driver.MajorFunction[major] = dispatch_unsupported;
    }
    status = name_driver(block, service);
    if (!NT_SUCCESS(status))
    {
        drvobj_free(&block->driver);
        return status;
    }
    *ret_driver = &block->driver;
    return STATUS_SUCCESS;
}

NTSTATUS drvobj_initialize(PDRIVER_OBJECT driver, PDRIVER_INITIALIZE entry)
{
    driver->DriverInit = entry;
    return entry(driver, &driver_block_of(driver)->registry_path);
}

void drvobj_unload(PDRIVER_OBJECT driver)
{
    if (driver->DriverUnload != NULL)
    {
        driver->DriverUnload(driver);
    }
}

void drvobj_free(PDRIVER_OBJECT driver)
{
    if (driver != NULL)
    {
        struct driver_block *block = driver_block_of(driver);

        string_free(&block->registry_path);
        string_free(&driver->DriverName);
        string_free(&block->extension.ServiceKeyName);
        platform_free(block, sizeof(*block));
    }
}

const UNICODE_STRING *drvobj_registry_path(PDRIVER_OBJECT driver)
{
    return &driver_block_of(driver)->registry_path;
}

void drvobj_set_owner(PDRIVER_OBJECT driver, void *owner)
{
    driver_block_of(driver)->owner = owner;
}

void *drvobj_owner(PDRIVER_OBJECT driver)
{
    return driver_block_of(driver)->owner;
}
