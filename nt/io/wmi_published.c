/* SPDX-License-Identifier: MIT */
/*
 * Management instrumentation: the published functions of providers.
 */
#include "nt/io/wmi.h"

NTSTATUS IoWMIRegistrationControl(PDEVICE_OBJECT DeviceObject, ULONG Action)
{
    switch (Action)
    {
        case WMIREG_ACTION_REGISTER:
            return wmi_register(DeviceObject);
        case WMIREG_ACTION_DEREGISTER:
            return wmi_deregister(DeviceObject);
        case WMIREG_ACTION_REREGISTER:
        case WMIREG_ACTION_UPDATE_GUIDS:
            /* Nothing is kept that could be old: whoever looks asks the device. */
            return STATUS_SUCCESS;
        default:
            return STATUS_INVALID_PARAMETER;
    }
}

/* Devices lie far enough apart for the middle of an address to tell them from each other. */
ULONG IoWMIDeviceObjectToProviderId(PDEVICE_OBJECT DeviceObject)
{
    return (ULONG)((ULONG_PTR)DeviceObject >> 4);
}

NTSTATUS IoWMIWriteEvent(PVOID WnodeEventItem)
{
    return wmi_tell(WnodeEventItem);
}
