/* SPDX-License-Identifier: MIT */
/*
 * Device objects with a security descriptor of their own, given as text.
 */
#include "nt/io/device_object.h"

#include <wdmsec.h>

#include "nt/rtl/sddl.h"

/* The descriptor belongs to the device from here on. A text that is wrong is a wrong parameter, whatever is wrong with it. */
static NTSTATUS parse(PCUNICODE_STRING text, PSECURITY_DESCRIPTOR *ret_descriptor)
{
    ULONG bytes;
    size_t position;
    NTSTATUS status;

    if (text == NULL || text->Length == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = sddl_parse(text, ret_descriptor, &bytes, &position);
    return NT_SUCCESS(status) || status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_INVALID_PARAMETER;
}

/*
 * Published entry points.
 */
NTSTATUS WdmlibIoCreateDeviceSecure(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize, PUNICODE_STRING DeviceName,
                                    DEVICE_TYPE DeviceType, ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                                    PCUNICODE_STRING DefaultSDDLString, LPCGUID DeviceClassGuid,
                                    PDEVICE_OBJECT *DeviceObject)
{
    PSECURITY_DESCRIPTOR descriptor;
    NTSTATUS status = parse(DefaultSDDLString, &descriptor);

    /* What an administrator sets for a class in the registry is not kept by this machine: the driver's text always applies. */
    (void)DeviceClassGuid;
    *DeviceObject = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = devobj_create(DriverObject, DeviceExtensionSize, DeviceName, DeviceType, DeviceCharacteristics, Exclusive,
                           DeviceObject);
    if (!NT_SUCCESS(status))
    {
        sddl_free(descriptor);
        return status;
    }
    (*DeviceObject)->SecurityDescriptor = descriptor;
    return STATUS_SUCCESS;
}
