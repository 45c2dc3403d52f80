/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: what it asks for, and where it comes from.
 */
#include "wdf/request.h"

#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"
#include "wdf/queue.h"

VOID wdf_kmdf_WdfRequestGetParameters(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                      PWDF_REQUEST_PARAMETERS Parameters)
{
    globals_require(DriverGlobals, Parameters, "WdfRequestGetParameters");
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestGetParameters");
    PIO_STACK_LOCATION location = request_location(request);

    if (Parameters->Size != sizeof(WDF_REQUEST_PARAMETERS))
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestGetParameters: Size is %u, expected %zu", Parameters->Size,
                      sizeof(WDF_REQUEST_PARAMETERS));
        return;
    }
    Parameters->Type = (WDF_REQUEST_TYPE)location->MajorFunction;
    Parameters->MinorFunction = location->MinorFunction;
    switch (location->MajorFunction)
    {
        case IRP_MJ_READ:
            Parameters->Parameters.Read.Length = location->Parameters.Read.Length;
            Parameters->Parameters.Read.Key = location->Parameters.Read.Key;
            Parameters->Parameters.Read.DeviceOffset = location->Parameters.Read.ByteOffset.QuadPart;
            break;
        case IRP_MJ_WRITE:
            Parameters->Parameters.Write.Length = location->Parameters.Write.Length;
            Parameters->Parameters.Write.Key = location->Parameters.Write.Key;
            Parameters->Parameters.Write.DeviceOffset = location->Parameters.Write.ByteOffset.QuadPart;
            break;
        case IRP_MJ_CREATE:
            Parameters->Parameters.Create.SecurityContext = location->Parameters.Create.SecurityContext;
            Parameters->Parameters.Create.Options = location->Parameters.Create.Options;
            Parameters->Parameters.Create.FileAttributes = location->Parameters.Create.FileAttributes;
            Parameters->Parameters.Create.ShareAccess = location->Parameters.Create.ShareAccess;
            Parameters->Parameters.Create.EaLength = location->Parameters.Create.EaLength;
            break;
        default:
            Parameters->Parameters.DeviceIoControl.OutputBufferLength =
                location->Parameters.DeviceIoControl.OutputBufferLength;
            Parameters->Parameters.DeviceIoControl.InputBufferLength =
                location->Parameters.DeviceIoControl.InputBufferLength;
            Parameters->Parameters.DeviceIoControl.IoControlCode = location->Parameters.DeviceIoControl.IoControlCode;
            Parameters->Parameters.DeviceIoControl.Type3InputBuffer = location->Parameters.DeviceIoControl.Type3InputBuffer;
            break;
    }
}
WDF_ENTRY_BOTH(WdfRequestGetParameters)

WDFQUEUE wdf_kmdf_WdfRequestGetIoQueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct queue *queue = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetIoQueue"))->queue;

    return queue == NULL ? NULL : wdfobj_handle(&queue->object);
}
WDF_ENTRY_BOTH(WdfRequestGetIoQueue)

WDFFILEOBJECT wdf_kmdf_WdfRequestGetFileObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct file_object *file = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetFileObject"))->file;

    return file == NULL ? NULL : wdfobj_handle(&file->object);
}
WDF_ENTRY_BOTH(WdfRequestGetFileObject)

KPROCESSOR_MODE wdf_kmdf_WdfRequestGetRequestorMode(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetRequestorMode"))->irp->RequestorMode;
}
WDF_ENTRY_BOTH(WdfRequestGetRequestorMode)

PIRP wdf_kmdf_WdfRequestWdmGetIrp(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestWdmGetIrp"))->irp;
}
