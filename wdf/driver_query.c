/* SPDX-License-Identifier: MIT */
/*
 * WDFDRIVER: its keys, its version, and functions that are missing.
 */
#include "wdf/driver.h"

#include "nt/io/driver_object.h"
#include "nt/registry/device_keys.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/registry_key.h"
#include "wdf/string.h"

#define WRITING_RIGHTS (KEY_SET_VALUE | KEY_CREATE_SUB_KEY | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL)

/* A key of the driver that is there, or is made for who wants to write. */
static NTSTATUS open_key(WDFDRIVER driver, const WCHAR *name, ACCESS_MASK access, PWDF_OBJECT_ATTRIBUTES attributes,
                         WDFKEY *ret_key, const char *function)
{
    struct object *object = wdfobj_from_handle(driver, OBJECT_DRIVER, function);
    NTSTATUS status = wdfkey_check_attributes(attributes, OBJECT_PARENT_OPTIONAL);
    HANDLE handle;

    *ret_key = NULL;
    if (NT_SUCCESS(status))
    {
        status =
            registry_open_service_key(object->globals->driver_object, name, (access & WRITING_RIGHTS) != 0, access, &handle);
    }
    return NT_SUCCESS(status) ? wdfkey_create(object->globals, handle, attributes, object, ret_key) : status;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfDriverOpenParametersRegistryKey(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver,
                                                     ACCESS_MASK DesiredAccess, PWDF_OBJECT_ATTRIBUTES KeyAttributes,
                                                     WDFKEY *Key)
{
    globals_require(DriverGlobals, Key, "WdfDriverOpenParametersRegistryKey");
    return open_key(Driver, L"Parameters", DesiredAccess, KeyAttributes, Key, "WdfDriverOpenParametersRegistryKey");
}
WDF_ENTRY_BOTH(WdfDriverOpenParametersRegistryKey)

NTSTATUS wdf_kmdf_WdfDriverOpenPersistentStateRegistryKey(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver,
                                                          ACCESS_MASK DesiredAccess, PWDF_OBJECT_ATTRIBUTES KeyAttributes,
                                                          WDFKEY *Key)
{
    globals_require(DriverGlobals, Key, "WdfDriverOpenPersistentStateRegistryKey");
    return open_key(Driver, L"PersistentState", DesiredAccess, KeyAttributes, Key,
                    "WdfDriverOpenPersistentStateRegistryKey");
}
WDF_ENTRY_BOTH(WdfDriverOpenPersistentStateRegistryKey)

NTSTATUS wdf_kmdf_WdfDriverRetrieveVersionString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver, WDFSTRING String)
{
    static const UNICODE_STRING kernel = RTL_CONSTANT_STRING(L"Kernel Mode Driver Framework version 1.33");
    static const UNICODE_STRING user = RTL_CONSTANT_STRING(L"User Mode Driver Framework version 2.33");
    struct object *driver = wdfobj_from_handle(Driver, OBJECT_DRIVER, "WdfDriverRetrieveVersionString");

    return wdfstring_assign(wdfstring_from_handle(String, "WdfDriverRetrieveVersionString"),
                            driver->globals->user_flavour ? &user : &kernel);
}
WDF_ENTRY_BOTH(WdfDriverRetrieveVersionString)

NTSTATUS wdf_kmdf_WdfDriverErrorReportApiMissing(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver,
                                                 PCWSTR FrameworkExtensionName, ULONG ApiIndex,
                                                 BOOLEAN DoesApiReturnNtstatus)
{
    (void)wdfobj_from_handle(Driver, OBJECT_DRIVER, "WdfDriverErrorReportApiMissing");
    globals_break(globals_of(DriverGlobals), "the driver called function %u of %s, which is missing", ApiIndex,
                  FrameworkExtensionName == NULL ? "the framework" : "a framework extension");
    /* Who cannot be told by a status would go on with a result that nobody computed. */
    if (!DoesApiReturnNtstatus)
    {
        globals_bugcheck(globals_of(DriverGlobals), WDF_VERIFIER_FATAL_ERROR, ApiIndex, 0, 0);
    }
    return STATUS_NOT_IMPLEMENTED;
}
WDF_ENTRY_BOTH(WdfDriverErrorReportApiMissing)

/* For drivers whose packets, and whose unloading, belong to somebody else: that one calls this when it is unloaded. */
VOID wdf_kmdf_WdfDriverMiniportUnload(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver)
{
    struct object *driver = wdfobj_from_handle(Driver, OBJECT_DRIVER, "WdfDriverMiniportUnload");

    if ((driver->globals->published.DriverFlags & WdfDriverInitNoDispatchOverride) == 0)
    {
        globals_break(globals_of(DriverGlobals), "WdfDriverMiniportUnload: the driver is unloaded by the framework");
        return;
    }
    disposal_wait(driver->globals);
    wdfobj_delete(driver);
}
