/* SPDX-License-Identifier: MIT */
/*
 * Framework objects in a driver whose dispatch table belongs to a port driver.
 */
#ifndef WDFMINIPORT_H
#define WDFMINIPORT_H

#include "wdfglobals.h"

EXTERN_C_START

#if !defined(UMDF_VERSION_MAJOR)

typedef NTSTATUS (*PFN_WDFDEVICEMINIPORTCREATE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver,
    PWDF_OBJECT_ATTRIBUTES Attributes, PDEVICE_OBJECT DeviceObject, PDEVICE_OBJECT AttachedDeviceObject, PDEVICE_OBJECT Pdo,
    WDFDEVICE *Device);
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE NTSTATUS WdfDeviceMiniportCreate(_In_ WDFDRIVER Driver, _In_opt_ PWDF_OBJECT_ATTRIBUTES Attributes,
    _In_ PDEVICE_OBJECT DeviceObject, _In_opt_ PDEVICE_OBJECT AttachedDeviceObject, _In_opt_ PDEVICE_OBJECT Pdo,
    _Out_ WDFDEVICE *Device)
{
    return ((PFN_WDFDEVICEMINIPORTCREATE)WdfFunctions[WdfDeviceMiniportCreateTableIndex])(WdfDriverGlobals, Driver,
        Attributes, DeviceObject, AttachedDeviceObject, Pdo, Device);
}

typedef VOID (*PFN_WDFDRIVERMINIPORTUNLOAD)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver);
FORCEINLINE VOID WdfDriverMiniportUnload(_In_ WDFDRIVER Driver)
{
    ((PFN_WDFDRIVERMINIPORTUNLOAD)WdfFunctions[WdfDriverMiniportUnloadTableIndex])(WdfDriverGlobals, Driver);
}

#endif

EXTERN_C_END

#endif /* WDFMINIPORT_H */
