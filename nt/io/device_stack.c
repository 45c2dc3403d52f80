/* SPDX-License-Identifier: MIT */
/*
 * The stacks that device objects form: attaching, detaching, and who is above or below.
 */
#include "nt/io/device_object.h"
#include "nt/io/file_object.h"
#include "nt/machine.h"
#include "nt/pnp/devnode.h"

/* The caller holds the topology lock. */
static PDEVICE_OBJECT top_of(PDEVICE_OBJECT device)
{
    while (device->AttachedDevice != NULL)
    {
        device = device->AttachedDevice;
    }
    return device;
}

/* The caller holds the topology lock. */
static PDEVICE_OBJECT bottom_of(PDEVICE_OBJECT device)
{
    while (devobj_extension(device)->lower != NULL)
    {
        device = devobj_extension(device)->lower;
    }
    return device;
}

bool devobj_attach(PDEVICE_OBJECT device, PDEVICE_OBJECT target, PDEVICE_OBJECT *ret_below)
{
    PDEVICE_OBJECT below;
    bool possible;

    platform_mutex_lock(&machine()->topology);
    below = top_of(target);
    possible = !devobj_extension(target)->deleted && !devobj_extension(below)->deleted;
    *ret_below = possible ? below : NULL;
    if (possible)
    {
        /* Whoever is attached may detach after the device below has been deleted, as removal packets have it. */
        devobj_reference(below);
        device->StackSize = (CCHAR)(below->StackSize + 1);
        device->AlignmentRequirement = below->AlignmentRequirement;
        device->SectorSize = below->SectorSize;
        devobj_extension(device)->lower = below;
        devobj_extension(device)->devnode = devobj_extension(below)->devnode;
        devnode_reference(devobj_extension(device)->devnode);
        below->AttachedDevice = device;
    }
    platform_mutex_unlock(&machine()->topology);
    return possible;
}

void devobj_detach(PDEVICE_OBJECT lower)
{
    bool attached;

    platform_mutex_lock(&machine()->topology);
    attached = lower->AttachedDevice != NULL;
    if (attached)
    {
        devobj_extension(lower->AttachedDevice)->lower = NULL;
        lower->AttachedDevice = NULL;
    }
    platform_mutex_unlock(&machine()->topology);
    if (attached)
    {
        devobj_release(lower);
    }
}

PDEVICE_OBJECT devobj_top(PDEVICE_OBJECT device)
{
    platform_mutex_lock(&machine()->topology);
    device = top_of(device);
    devobj_reference(device);
    platform_mutex_unlock(&machine()->topology);
    return device;
}

/* The top, which only the caller's knowledge of the stack keeps. */
static PDEVICE_OBJECT look_at_top(PDEVICE_OBJECT device)
{
    platform_mutex_lock(&machine()->topology);
    device = top_of(device);
    platform_mutex_unlock(&machine()->topology);
    return device;
}

/*
 * Opens a device by name for a driver. The handle that such an open makes is closed at once: the device has had its
 * IRP_MJ_CLEANUP when the driver gets the file object, whose last reference sends IRP_MJ_CLOSE.
 */
static NTSTATUS open_device(const UNICODE_STRING *name, ACCESS_MASK access, struct file **ret_file)
{
    struct file_open_request request = {
        .path = name,
        .access = access,
        .disposition = FILE_OPEN,
        .options = FILE_NON_DIRECTORY_FILE,
        .mode = KernelMode,
    };
    ULONG_PTR information;
    NTSTATUS status = object_map_access(&file_type, access, &request.access);

    if (NT_SUCCESS(status))
    {
        status = file_object_open(&request, ret_file, &information);
    }
    if (NT_SUCCESS(status))
    {
        file_object_cleanup(*ret_file);
    }
    return status;
}

/* References as many devices of the driver as fit; returns how many there are. The newest is the first. */
static ULONG list_devices(PDRIVER_OBJECT driver, PDEVICE_OBJECT *list, size_t room)
{
    ULONG count = 0;

    platform_mutex_lock(&machine()->topology);
    for (PDEVICE_OBJECT device = driver->DeviceObject; device != NULL; device = device->NextDevice)
    {
        if (count < room)
        {
            devobj_reference(device);
            list[count] = device;
        }
        count++;
    }
    platform_mutex_unlock(&machine()->topology);
    return count;
}

/*
 * Published entry points.
 */
PDEVICE_OBJECT IoAttachDeviceToDeviceStack(PDEVICE_OBJECT SourceDevice, PDEVICE_OBJECT TargetDevice)
{
    PDEVICE_OBJECT below;

    (void)devobj_attach(SourceDevice, TargetDevice, &below);
    return below;
}

NTSTATUS IoAttachDeviceToDeviceStackSafe(PDEVICE_OBJECT SourceDevice, PDEVICE_OBJECT TargetDevice,
                                         PDEVICE_OBJECT *AttachedToDeviceObject)
{
    return devobj_attach(SourceDevice, TargetDevice, AttachedToDeviceObject) ? STATUS_SUCCESS : STATUS_NO_SUCH_DEVICE;
}

NTSTATUS IoAttachDeviceByPointer(PDEVICE_OBJECT SourceDevice, PDEVICE_OBJECT TargetDevice)
{
    PDEVICE_OBJECT below;

    return devobj_attach(SourceDevice, TargetDevice, &below) ? STATUS_SUCCESS : STATUS_NO_SUCH_DEVICE;
}

NTSTATUS IoAttachDevice(PDEVICE_OBJECT SourceDevice, PUNICODE_STRING TargetDevice, PDEVICE_OBJECT *AttachedDevice)
{
    struct file *file;
    NTSTATUS status;

    *AttachedDevice = NULL;
    status = open_device(TargetDevice, FILE_READ_ATTRIBUTES, &file);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = IoAttachDeviceToDeviceStackSafe(SourceDevice, file->object.DeviceObject, AttachedDevice);
    object_release(file);
    return status;
}

VOID IoDetachDevice(PDEVICE_OBJECT TargetDevice)
{
    devobj_detach(TargetDevice);
}

PDEVICE_OBJECT IoGetAttachedDevice(PDEVICE_OBJECT DeviceObject)
{
    return look_at_top(DeviceObject);
}

PDEVICE_OBJECT IoGetAttachedDeviceReference(PDEVICE_OBJECT DeviceObject)
{
    return devobj_top(DeviceObject);
}

PDEVICE_OBJECT IoGetLowerDeviceObject(PDEVICE_OBJECT DeviceObject)
{
    PDEVICE_OBJECT lower;

    platform_mutex_lock(&machine()->topology);
    lower = devobj_extension(DeviceObject)->deleted ? NULL : devobj_extension(DeviceObject)->lower;
    if (lower != NULL)
    {
        devobj_reference(lower);
    }
    platform_mutex_unlock(&machine()->topology);
    return lower;
}

PDEVICE_OBJECT IoGetDeviceAttachmentBaseRef(PDEVICE_OBJECT DeviceObject)
{
    PDEVICE_OBJECT bottom;

    platform_mutex_lock(&machine()->topology);
    bottom = bottom_of(DeviceObject);
    devobj_reference(bottom);
    platform_mutex_unlock(&machine()->topology);
    return bottom;
}

PDEVICE_OBJECT IoGetRelatedDeviceObject(PFILE_OBJECT FileObject)
{
    return look_at_top(FileObject->DeviceObject);
}

NTSTATUS IoGetDeviceObjectPointer(PUNICODE_STRING ObjectName, ACCESS_MASK DesiredAccess, PFILE_OBJECT *FileObject,
                                  PDEVICE_OBJECT *DeviceObject)
{
    struct file *file;
    NTSTATUS status = open_device(ObjectName, DesiredAccess, &file);

    if (NT_SUCCESS(status))
    {
        *FileObject = &file->object;
        *DeviceObject = look_at_top(file->object.DeviceObject);
    }
    return status;
}

NTSTATUS IoEnumerateDeviceObjectList(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT *DeviceObjectList,
                                     ULONG DeviceObjectListSize, PULONG ActualNumberDeviceObjects)
{
    size_t room = DeviceObjectListSize / sizeof(*DeviceObjectList);

    *ActualNumberDeviceObjects = list_devices(DriverObject, DeviceObjectList, room);
    return *ActualNumberDeviceObjects <= room ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL;
}
