/* SPDX-License-Identifier: MIT */
/*
 * Driver objects.
 */
#include "nt/io/driver_object.h"

#include "nt/io/driver_block.h"
#include "nt/io/irp.h"
#include "nt/rtl/string.h"

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

static void drvobj_delete(void *body)
{
    struct driver_block *block = body;

    driver_free_clients(block);
    driver_forget_reinitialization(block);
    string_free(&block->registry_path);
    string_free(&block->driver.DriverName);
    string_free(&block->extension.ServiceKeyName);
    if (block->unmap != NULL)
    {
        block->unmap(block->image);
    }
}

const struct object_type driver_type = {
    .name = "Driver",
    .mapping = {STANDARD_RIGHTS_READ, STANDARD_RIGHTS_WRITE, STANDARD_RIGHTS_EXECUTE, STANDARD_RIGHTS_ALL},
    .valid_access = STANDARD_RIGHTS_ALL,
    .delete = drvobj_delete,
};

NTSTATUS drvobj_create(const char *service, PDRIVER_OBJECT *ret_driver)
{
    struct driver_block *block;
    void *body;
    NTSTATUS status = object_create(&driver_type, sizeof(*block), &body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    block = body;
    block->driver.Type = IO_TYPE_DRIVER;
    block->driver.Size = (USHORT)sizeof(DRIVER_OBJECT);
    block->driver.DriverExtension = &block->extension;
    block->extension.DriverObject = &block->driver;
    InitializeListHead(&block->clients);
    InitializeListHead(&block->reinitialize_boot);
    InitializeListHead(&block->reinitialize);
    for (size_t major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major++)
    {
        block->driver.MajorFunction[major] = dispatch_unsupported;
    }
    status = name_driver(block, service);
    if (NT_SUCCESS(status))
    {
        status = object_name(body, &block->driver.DriverName, true);
    }
    if (!NT_SUCCESS(status))
    {
        object_release(body);
        return status;
    }
    *ret_driver = &block->driver;
    return STATUS_SUCCESS;
}

NTSTATUS drvobj_initialize(PDRIVER_OBJECT driver, PDRIVER_INITIALIZE entry)
{
    NTSTATUS status;

    driver->DriverInit = entry;
    status = entry(driver, &driver_block_of(driver)->registry_path);
    if (NT_SUCCESS(status))
    {
        driver_reinitialize(driver_block_of(driver));
    }
    return status;
}

void drvobj_unload(PDRIVER_OBJECT driver)
{
    if (driver->DriverUnload != NULL)
    {
        driver->DriverUnload(driver);
    }
}

void drvobj_set_image(PDRIVER_OBJECT driver, void *image, void (*unmap)(void *image))
{
    struct driver_block *block = driver_block_of(driver);

    block->image = image;
    block->unmap = unmap;
}

void drvobj_free(PDRIVER_OBJECT driver)
{
    if (driver != NULL)
    {
        object_unname(driver);
        object_release(driver);
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

/*
 * Published entry points.
 */
static POBJECT_TYPE driver_object_type = (POBJECT_TYPE)&driver_type;

POBJECT_TYPE *IoDriverObjectType = &driver_object_type;
