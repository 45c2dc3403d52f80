/* SPDX-License-Identifier: MIT */
/*
 * The driver of every case: its DriverEntry creates the driver object as the case asks.
 */
#include "wdf_case.h"

#include "wdf/stub/driver_binding.h"

extern const struct dmf_driver_binding dmf_driver_binding;

struct testkit_driver *wdf_case_driver;

static struct
{
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES *attributes;
} asked;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    return WdfDriverCreate(DriverObject, RegistryPath, asked.attributes, &asked.config, WDF_NO_HANDLE);
}

NTSTATUS wdf_case_load_with(const WDF_DRIVER_CONFIG *config, WDF_OBJECT_ATTRIBUTES *attributes)
{
    asked.config = *config;
    asked.attributes = attributes;
    return testkit_load_linked(&dmf_driver_binding, "case", &wdf_case_driver);
}

void wdf_case_load(PFN_WDF_DRIVER_DEVICE_ADD device_add)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, device_add);
    CHECK_STATUS(wdf_case_load_with(&config, WDF_NO_OBJECT_ATTRIBUTES), STATUS_SUCCESS);
}

void wdf_case_unload(void)
{
    testkit_unload(wdf_case_driver);
    wdf_case_driver = NULL;
}

struct testkit_device *wdf_case_start(void)
{
    struct testkit_device *device;

    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_SUCCESS);
    return device;
}
