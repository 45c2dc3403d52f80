/* SPDX-License-Identifier: MIT */
/*
 * The Client Driver of every case: one device, whose Modules the case describes.
 */
#include "dmf_case.h"

#define CASE_LINK "\\??\\DmfCase"

struct testkit_device *dmf_case_device;
WDFDEVICE dmf_case_wdf_device;

static struct
{
    EVT_DMF_DEVICE_MODULES_ADD *modules_add;
    /* The Module that is not Dynamic, and where the framework writes it. */
    enum dmf_case_life life;
    DMF_MODULE_ATTRIBUTES *attributes;
    DMFMODULE module;
    /* Allocations fail; the driver stays loaded. */
    bool memory_fails;
    /* What the device's addition returned, and the Module's in particular. */
    NTSTATUS status;
} asked;

/*
 * The parent of a Module that lives as a child.
 */

DECLARE_DMF_MODULE_NO_CONFIG(CaseParent)
DMF_MODULE_DECLARE_NO_CONTEXT(CaseParent)
DMF_MODULE_DECLARE_NO_CONFIG(CaseParent)

static VOID DMF_CaseParent_ChildModulesAdd(DMFMODULE DmfModule, DMF_MODULE_ATTRIBUTES *DmfParentModuleAttributes,
                                           PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(DmfParentModuleAttributes);
    DMF_DmfModuleAdd(DmfModuleInit, asked.attributes, WDF_NO_OBJECT_ATTRIBUTES, &asked.module);
}

NTSTATUS DMF_CaseParent_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                               WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_CALLBACKS_DMF callbacks;

    DMF_CALLBACKS_DMF_INIT(&callbacks);
    callbacks.ChildModulesAdd = DMF_CaseParent_ChildModulesAdd;
    DMF_MODULE_DESCRIPTOR_INIT(descriptor, CaseParent, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    descriptor.CallbacksDmf = &callbacks;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

/*
 * The device.
 */

static VOID case_modules_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_MODULE_ATTRIBUTES parent;
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\DmfCase");

    dmf_case_wdf_device = Device;
    CHECK(NT_SUCCESS(WdfDeviceCreateSymbolicLink(Device, &link)) || asked.memory_fails);
    if (asked.modules_add != NULL)
    {
        asked.modules_add(Device, DmfModuleInit);
    }
    else if (asked.attributes != NULL && asked.life == DMF_CASE_STATIC)
    {
        DMF_DmfModuleAdd(DmfModuleInit, asked.attributes, WDF_NO_OBJECT_ATTRIBUTES, &asked.module);
    }
    else if (asked.attributes != NULL && asked.life == DMF_CASE_CHILD)
    {
        DMF_CaseParent_ATTRIBUTES_INIT(&parent);
        DMF_DmfModuleAdd(DmfModuleInit, &parent, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    }
}

static EVT_WDF_DRIVER_DEVICE_ADD case_default_device_add;
DMF_DEFAULT_DEVICEADD(case_default_device_add, case_modules_add)

static NTSTATUS case_device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    asked.status = case_default_device_add(Driver, DeviceInit);
    return asked.status;
}

static void load(void)
{
    if (!asked.memory_fails)
    {
        wdf_case_load(case_device_add);
    }
}

static void unload(void)
{
    if (!asked.memory_fails)
    {
        wdf_case_unload();
    }
}

/* Loads the driver and starts its device; undoes both when the device does not start. */
static NTSTATUS case_start(void)
{
    NTSTATUS status;

    load();
    asked.status = STATUS_SUCCESS;
    status = (NTSTATUS)testkit_start(wdf_case_driver, "case", &dmf_case_device);
    if (!NT_SUCCESS(status))
    {
        unload();
        dmf_case_wdf_device = NULL;
        return NT_SUCCESS(asked.status) ? status : asked.status;
    }
    return status;
}

NTSTATUS dmf_case_try(enum dmf_case_life life, DMF_MODULE_ATTRIBUTES *attributes, DMFMODULE *ret_module)
{
    WDF_OBJECT_ATTRIBUTES object_attributes;
    NTSTATUS status;

    asked.modules_add = NULL;
    asked.life = life;
    asked.attributes = attributes;
    asked.module = NULL;
    status = case_start();
    asked.attributes = NULL;
    if (NT_SUCCESS(status) && life == DMF_CASE_DYNAMIC)
    {
        WDF_OBJECT_ATTRIBUTES_INIT(&object_attributes);
        object_attributes.ParentObject = dmf_case_wdf_device;
        status = attributes->InstanceCreator(dmf_case_wdf_device, attributes, &object_attributes, &asked.module);
        if (!NT_SUCCESS(status))
        {
            CHECK(asked.module == NULL);
            dmf_case_end();
        }
    }
    /* A case that goes through the lives uses its attributes again. */
    attributes->ResultantDmfModule = NULL;
    attributes->DynamicModuleImmediate = TRUE;
    attributes->DynamicModule = TRUE;
    *ret_module = NT_SUCCESS(status) ? asked.module : NULL;
    return status;
}

DMFMODULE dmf_case_begin(enum dmf_case_life life, DMF_MODULE_ATTRIBUTES *attributes)
{
    DMFMODULE module;

    CHECK_STATUS(dmf_case_try(life, attributes, &module), STATUS_SUCCESS);
    CHECK(module != NULL);
    return module;
}

NTSTATUS dmf_case_try_modules(EVT_DMF_DEVICE_MODULES_ADD *modules_add)
{
    asked.modules_add = modules_add;
    asked.attributes = NULL;
    return case_start();
}

void dmf_case_begin_modules(EVT_DMF_DEVICE_MODULES_ADD *modules_add)
{
    CHECK_STATUS(dmf_case_try_modules(modules_add), STATUS_SUCCESS);
}

struct testkit_file *dmf_case_open(void)
{
    struct testkit_file *file;

    CHECK_STATUS(testkit_open(CASE_LINK, true, true, &file), STATUS_SUCCESS);
    return file;
}

void dmf_case_pull_out(void)
{
    CHECK_STATUS(testkit_surprise_remove(dmf_case_device), STATUS_SUCCESS);
    dmf_case_device = NULL;
    dmf_case_wdf_device = NULL;
}

void dmf_case_end(void)
{
    /* A removal that lacks memory leaves the device as it was. */
    bool again = dmf_case_device != NULL && asked.memory_fails && !TESTKIT_SUCCESS(testkit_remove(dmf_case_device));

    if (again || (dmf_case_device != NULL && !asked.memory_fails))
    {
        CHECK_STATUS(testkit_remove(dmf_case_device), STATUS_SUCCESS);
    }
    dmf_case_device = NULL;
    dmf_case_wdf_device = NULL;
    unload();
}

void dmf_case_fail_each_allocation(void (*body)(void))
{
    load();
    asked.memory_fails = true;
    nt_fail_each_allocation(body);
    asked.memory_fails = false;
    unload();
}
