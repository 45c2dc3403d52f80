/* SPDX-License-Identifier: MIT */
/*
 * WDFFILEOBJECT: what a driver asks of an open file.
 */
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"

static struct file_object *file_from_handle(WDFFILEOBJECT handle, const char *function)
{
    return CONTAINING_RECORD(wdfobj_from_handle(handle, OBJECT_FILE, function), struct file_object, object);
}

/*
 * Entry points.
 */
WDFDEVICE wdf_kmdf_WdfFileObjectGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject)
{
    return wdfobj_handle(&file_from_handle(FileObject, "WdfFileObjectGetDevice")->device->object);
}
WDF_ENTRY_BOTH(WdfFileObjectGetDevice)

PFILE_OBJECT wdf_kmdf_WdfFileObjectWdmGetFileObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject)
{
    return file_from_handle(FileObject, "WdfFileObjectWdmGetFileObject")->wdm;
}

/* What is left of the opener's name behind the device's. */
PUNICODE_STRING wdf_kmdf_WdfFileObjectGetFileName(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject)
{
    struct file_object *file = file_from_handle(FileObject, "WdfFileObjectGetFileName");

    return file->wdm == NULL ? NULL : &file->wdm->FileName;
}
WDF_ENTRY_BOTH(WdfFileObjectGetFileName)

ULONG wdf_kmdf_WdfFileObjectGetFlags(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject)
{
    struct file_object *file = file_from_handle(FileObject, "WdfFileObjectGetFlags");

    return file->wdm == NULL ? 0 : file->wdm->Flags;
}

ULONG wdf_kmdf_WdfFileObjectGetInitiatorProcessId(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject)
{
    return file_from_handle(FileObject, "WdfFileObjectGetInitiatorProcessId")->process;
}
WDF_ENTRY_BOTH(WdfFileObjectGetInitiatorProcessId)

WDFFILEOBJECT wdf_kmdf_WdfDeviceGetFileObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PFILE_OBJECT FileObject)
{
    return file_handle(file_object_find(device_from_handle(Device, "WdfDeviceGetFileObject"), FileObject));
}

WDFFILEOBJECT wdf_umdf_WdfFileObjectGetRelatedFileObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject);

/* The file that this one was opened relative to, if that is one of the device's. */
WDFFILEOBJECT wdf_umdf_WdfFileObjectGetRelatedFileObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject)
{
    struct file_object *file = file_from_handle(FileObject, "WdfFileObjectGetRelatedFileObject");

    return file->wdm == NULL ? NULL : file_handle(file_object_find(file->device, file->wdm->RelatedFileObject));
}
