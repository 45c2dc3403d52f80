/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: what it asks for, and where it comes from.
 */
#include "wdf/request.h"

#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"
#include "wdf/queue_verify.h"
#include "wdf/request_verify.h"

/* The published structure has the members of a packet's location, in other widths. */
static void fill_parameters(PWDF_REQUEST_PARAMETERS to, PIO_STACK_LOCATION location)
{
    switch (location->MajorFunction)
    {
        case IRP_MJ_CREATE:
            to->Parameters.Create.SecurityContext = location->Parameters.Create.SecurityContext;
            to->Parameters.Create.Options = location->Parameters.Create.Options;
            to->Parameters.Create.FileAttributes = location->Parameters.Create.FileAttributes;
            to->Parameters.Create.ShareAccess = location->Parameters.Create.ShareAccess;
            to->Parameters.Create.EaLength = location->Parameters.Create.EaLength;
            break;
        case IRP_MJ_READ:
            to->Parameters.Read.Length = location->Parameters.Read.Length;
            to->Parameters.Read.Key = location->Parameters.Read.Key;
            to->Parameters.Read.DeviceOffset = location->Parameters.Read.ByteOffset.QuadPart;
            break;
        case IRP_MJ_WRITE:
            to->Parameters.Write.Length = location->Parameters.Write.Length;
            to->Parameters.Write.Key = location->Parameters.Write.Key;
            to->Parameters.Write.DeviceOffset = location->Parameters.Write.ByteOffset.QuadPart;
            break;
        case IRP_MJ_DEVICE_CONTROL:
        case IRP_MJ_INTERNAL_DEVICE_CONTROL:
            to->Parameters.DeviceIoControl.OutputBufferLength = location->Parameters.DeviceIoControl.OutputBufferLength;
            to->Parameters.DeviceIoControl.InputBufferLength = location->Parameters.DeviceIoControl.InputBufferLength;
            to->Parameters.DeviceIoControl.IoControlCode = location->Parameters.DeviceIoControl.IoControlCode;
            to->Parameters.DeviceIoControl.Type3InputBuffer = location->Parameters.DeviceIoControl.Type3InputBuffer;
            break;
        default:
            to->Parameters.Others.Arg1 = location->Parameters.Others.Argument1;
            to->Parameters.Others.Arg2 = location->Parameters.Others.Argument2;
            to->Parameters.Others.IoControlCode = (ULONG)(ULONG_PTR)location->Parameters.Others.Argument3;
            to->Parameters.Others.Arg4 = location->Parameters.Others.Argument4;
            break;
    }
}

void request_get_parameters(const struct request *request, PWDF_REQUEST_PARAMETERS parameters)
{
    PIO_STACK_LOCATION location = request_location(request);

    parameters->Type = (WDF_REQUEST_TYPE)location->MajorFunction;
    parameters->MinorFunction = location->MinorFunction;
    fill_parameters(parameters, location);
}

VOID wdf_kmdf_WdfRequestGetParameters(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                      PWDF_REQUEST_PARAMETERS Parameters)
{
    globals_require(DriverGlobals, Parameters, "WdfRequestGetParameters");
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestGetParameters");

    if (Parameters->Size != sizeof(WDF_REQUEST_PARAMETERS))
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestGetParameters: Size is %u, expected %zu", Parameters->Size,
                      sizeof(WDF_REQUEST_PARAMETERS));
        return;
    }
    queue_verify_parameters(request);
    request_get_parameters(request, Parameters);
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
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetFileObject"));

    if (verifier_is_on(request->object.globals))
    {
        request_verify_file(request, "WdfRequestGetFileObject");
    }
    return file_handle(request->file);
}
WDF_ENTRY_BOTH(WdfRequestGetFileObject)

KPROCESSOR_MODE wdf_kmdf_WdfRequestGetRequestorMode(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetRequestorMode"))->irp->RequestorMode;
}
WDF_ENTRY_BOTH(WdfRequestGetRequestorMode)

PIRP wdf_kmdf_WdfRequestWdmGetIrp(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    PIRP irp = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestWdmGetIrp"))->irp;

    if (irp == NULL)
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestWdmGetIrp: the request has no packet yet");
    }
    return irp;
}

/* A packet that no thread of the machine has sent comes from a client in this process. */
ULONG wdf_kmdf_WdfRequestGetRequestorProcessId(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    PIRP irp = request_packet(DriverGlobals, Request, "WdfRequestGetRequestorProcessId");
    ULONG process = IoGetRequestorProcessId(irp);

    return process != 0 ? process : (ULONG)(ULONG_PTR)PsGetCurrentProcessId();
}
WDF_ENTRY_BOTH(WdfRequestGetRequestorProcessId)

BOOLEAN wdf_kmdf_WdfRequestIsFrom32BitProcess(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return IoIs32bitProcess(request_packet(DriverGlobals, Request, "WdfRequestIsFrom32BitProcess"));
}
WDF_ENTRY_BOTH(WdfRequestIsFrom32BitProcess)
