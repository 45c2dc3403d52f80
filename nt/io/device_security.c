/* SPDX-License-Identifier: MIT */
/*
 * The security of devices: one descriptor for each, changed for a whole stack at a time, because a stack is opened by the name of
 * whichever of its devices has one.
 */
#include "nt/io/device_object.h"
#include "nt/io/file_object.h"
#include "nt/machine.h"
#include "nt/object/manager.h"
#include "nt/object/security.h"

ACCESS_MASK devobj_rights(PDEVICE_OBJECT device, const struct token *token, ACCESS_MASK wanted)
{
    ACCESS_MASK rights;

    platform_mutex_lock(&machine()->topology);
    rights = security_rights(device->SecurityDescriptor, token, &device_type.mapping, wanted);
    platform_mutex_unlock(&machine()->topology);
    return rights;
}

static PDEVICE_OBJECT bottom_of(PDEVICE_OBJECT device)
{
    while (devobj_extension(device)->lower != NULL)
    {
        device = devobj_extension(device)->lower;
    }
    return device;
}

/* What all devices of the stack will have; when that fails, those that have got it so far lose it again. */
static NTSTATUS prepare(PDEVICE_OBJECT bottom, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR from)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (PDEVICE_OBJECT device = bottom; device != NULL && NT_SUCCESS(status); device = device->AttachedDevice)
    {
        status = security_change(device->SecurityDescriptor, what, from, &devobj_extension(device)->next_security);
    }
    return status;
}

/* The new descriptors in place of the old ones, or what there is of them away. */
static void finish(PDEVICE_OBJECT bottom, bool change)
{
    for (PDEVICE_OBJECT device = bottom; device != NULL; device = device->AttachedDevice)
    {
        PSECURITY_DESCRIPTOR unwanted = devobj_extension(device)->next_security;

        if (change)
        {
            PSECURITY_DESCRIPTOR old = device->SecurityDescriptor;

            device->SecurityDescriptor = unwanted;
            unwanted = old;
        }
        devobj_extension(device)->next_security = NULL;
        security_free(unwanted);
    }
}

NTSTATUS devobj_change_security(PDEVICE_OBJECT device, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR from)
{
    PDEVICE_OBJECT bottom;
    NTSTATUS status;

    platform_mutex_lock(&machine()->topology);
    bottom = bottom_of(device);
    status = prepare(bottom, what, from);
    finish(bottom, NT_SUCCESS(status));
    platform_mutex_unlock(&machine()->topology);
    return status;
}

NTSTATUS devobj_copy_security(PDEVICE_OBJECT device, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR buffer, ULONG length,
                              ULONG *ret_needed)
{
    NTSTATUS status;

    platform_mutex_lock(&machine()->topology);
    status = security_copy(device->SecurityDescriptor, what, buffer, length, ret_needed);
    platform_mutex_unlock(&machine()->topology);
    return status;
}

/*
 * Published entry points.
 */

/* The device that a handle's security is: a device's own, or of a file that is the device itself. */
static NTSTATUS device_of(void *body, PDEVICE_OBJECT *ret_device)
{
    if (object_type(body) == &device_type)
    {
        *ret_device = body;
        return STATUS_SUCCESS;
    }
    if (object_type(body) == &file_type && ((struct file *)body)->object.FileName.Length == 0)
    {
        *ret_device = ((struct file *)body)->object.DeviceObject;
        return STATUS_SUCCESS;
    }
    return STATUS_NOT_SUPPORTED;
}

static ACCESS_MASK access_to_set(SECURITY_INFORMATION what)
{
    return ((what & DACL_SECURITY_INFORMATION) != 0 ? WRITE_DAC : 0) |
           ((what & (OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION)) != 0 ? WRITE_OWNER : 0) |
           ((what & SACL_SECURITY_INFORMATION) != 0 ? ACCESS_SYSTEM_SECURITY : 0);
}

static ACCESS_MASK access_to_query(SECURITY_INFORMATION what)
{
    return ((what & ~(SECURITY_INFORMATION)SACL_SECURITY_INFORMATION) != 0 ? READ_CONTROL : 0) |
           ((what & SACL_SECURITY_INFORMATION) != 0 ? ACCESS_SYSTEM_SECURITY : 0);
}

NTSTATUS ZwSetSecurityObject(HANDLE Handle, SECURITY_INFORMATION SecurityInformation,
                             PSECURITY_DESCRIPTOR SecurityDescriptor)
{
    PDEVICE_OBJECT device;
    void *body;
    NTSTATUS status;

    if (SecurityDescriptor == NULL)
    {
        return STATUS_ACCESS_VIOLATION;
    }
    status = handle_lookup(Handle, NULL, access_to_set(SecurityInformation), &body);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = device_of(body, &device);
    if (NT_SUCCESS(status))
    {
        status = devobj_change_security(device, SecurityInformation, SecurityDescriptor);
    }
    object_release(body);
    return status;
}

NTSTATUS ZwQuerySecurityObject(HANDLE Handle, SECURITY_INFORMATION SecurityInformation,
                               PSECURITY_DESCRIPTOR SecurityDescriptor, ULONG Length, PULONG LengthNeeded)
{
    PDEVICE_OBJECT device;
    void *body;
    NTSTATUS status = handle_lookup(Handle, NULL, access_to_query(SecurityInformation), &body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = device_of(body, &device);
    if (NT_SUCCESS(status))
    {
        status = devobj_copy_security(device, SecurityInformation, SecurityDescriptor, Length, LengthNeeded);
    }
    object_release(body);
    return status;
}
