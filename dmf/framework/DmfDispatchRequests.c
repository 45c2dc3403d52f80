/* SPDX-License-Identifier: MIT */
/*
 * The callbacks of WDF for requests and file objects, and what becomes of those that no Module handles.
 */
#include "DmfDispatch.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfDispatchRequests.tmh"
#endif

_Use_decl_annotations_
VOID
DMF_RequestPassthru(
    WDFDEVICE Device,
    WDFREQUEST Request
    )
/*++

Routine Description:

    Sends a request to the driver below, which completes it. What is sent so is not formatted: it goes down as it came.

Arguments:

    Device - The given device.
    Request - The request.

Return Value:

    None

--*/
{
    WDF_REQUEST_SEND_OPTIONS sendOptions;

    WDF_REQUEST_SEND_OPTIONS_INIT(&sendOptions,
                                  WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
    if (! WdfRequestSend(Request,
                         WdfDeviceGetIoTarget(Device),
                         &sendOptions))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfRequestSend fails: ntStatus=%!STATUS!", WdfRequestGetStatus(Request));
        WdfRequestComplete(Request,
                           STATUS_INVALID_DEVICE_STATE);
    }
}

_Use_decl_annotations_
VOID
DMF_RequestPassthruWithCompletion(
    WDFDEVICE Device,
    WDFREQUEST Request,
    PFN_WDF_REQUEST_COMPLETION_ROUTINE CompletionRoutine,
    WDFCONTEXT CompletionContext
    )
/*++

Routine Description:

    Sends a request to the driver below. It comes back through a completion routine.

Arguments:

    Device - The given device.
    Request - The request.
    CompletionRoutine - The routine, which completes the request.
    CompletionContext - What the routine is given.

Return Value:

    None

--*/
{
    WdfRequestFormatRequestUsingCurrentType(Request);
    WdfRequestSetCompletionRoutine(Request,
                                   CompletionRoutine,
                                   CompletionContext);
    if (! WdfRequestSend(Request,
                         WdfDeviceGetIoTarget(Device),
                         WDF_NO_SEND_OPTIONS))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfRequestSend fails: ntStatus=%!STATUS!", WdfRequestGetStatus(Request));
        WdfRequestComplete(Request,
                           STATUS_INVALID_DEVICE_STATE);
    }
}

static
BOOLEAN
Dispatch_DeviceIsFilter(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells whether the driver below gets the requests that nobody handles.

Arguments:

    Device - The given device.

Return Value:

    TRUE if it does.

--*/
{
    DMF_DEVICE_CONTEXT* deviceContext;

    deviceContext = DmfDeviceContextGet(Device);
    return (deviceContext != NULL) && deviceContext->IsFilterDevice;
}

static
VOID
Dispatch_RequestNotHandled(
    _In_ WDFDEVICE Device,
    _In_ WDFREQUEST Request
    )
/*++

Routine Description:

    Gives a request that no Module of a device handles to the driver below a filter device, and completes it elsewhere.

Arguments:

    Device - The device of the request's queue.
    Request - The request.

Return Value:

    None

--*/
{
    if (Dispatch_DeviceIsFilter(Device))
    {
        DMF_RequestPassthru(Device,
                            Request);
    }
    else
    {
        WdfRequestComplete(Request,
                           STATUS_NOT_SUPPORTED);
    }
}

/*
 * Requests of the default queue: one function per kind, which WDF calls. They differ in their parameters only.
 */

#define DISPATCH_REQUEST(Name, Parameters, Arguments) \
    static \
    VOID \
    Dispatch_##Name Parameters \
    /*++ \
    Routine Description: \
        Offers a request to the Modules until one handles it. \
    Arguments: \
        Queue - The queue of the request. \
        Request - The request. The others are what WDF tells about it. \
    Return Value: \
        None \
    --*/ \
    { \
        BOOLEAN handled; \
        WDFDEVICE device; \
        DMF_MODULE_COLLECTION* collection; \
        device = WdfIoQueueGetDevice(Queue); \
        collection = Dispatch_CollectionGet(device); \
        DISPATCH_UNTIL_HANDLED(handled, collection, Name, Arguments); \
        if (! handled) \
        { \
            Dispatch_RequestNotHandled(device, Request); \
        } \
    }

DISPATCH_REQUEST(QueueIoRead,
                 (_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length),
                 (dispatchObject->Handle, Queue, Request, Length))

DISPATCH_REQUEST(QueueIoWrite,
                 (_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length),
                 (dispatchObject->Handle, Queue, Request, Length))

DISPATCH_REQUEST(DeviceIoControl,
                 (_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                  _In_ size_t InputBufferLength, _In_ ULONG IoControlCode),
                 (dispatchObject->Handle, Queue, Request, OutputBufferLength, InputBufferLength, IoControlCode))

#if defined(DMF_KERNEL_MODE)
DISPATCH_REQUEST(InternalDeviceIoControl,
                 (_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                  _In_ size_t InputBufferLength, _In_ ULONG IoControlCode),
                 (dispatchObject->Handle, Queue, Request, OutputBufferLength, InputBufferLength, IoControlCode))
#endif /* defined(DMF_KERNEL_MODE) */

/*
 * File objects.
 */

static
VOID
Dispatch_FileCreateCompleted(
    _In_ WDFREQUEST Request,
    _In_ WDFIOTARGET Target,
    _In_ PWDF_REQUEST_COMPLETION_PARAMS Params,
    _In_ WDFCONTEXT Context
    )
/*++

Routine Description:

    Completion routine of the opening of a file that was given to the driver below: completes it as that driver did.

Arguments:

    Request - The request.
    Target - Not used.
    Params - How the driver below completed the request.
    Context - Not used.

Return Value:

    None

--*/
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Context);

    WdfRequestComplete(Request,
                       Params->IoStatus.Status);
}

#pragma code_seg("PAGE")
static
VOID
Dispatch_FileCreate(
    _In_ WDFDEVICE Device,
    _In_ WDFREQUEST Request,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Offers the opening of a file to the Modules until one handles it. Without one, the driver below a filter device decides,
    and elsewhere every file opens.

Arguments:

    Device - The device.
    Request - The request.
    FileObject - The file object.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_HANDLED(handled, collection, FileCreate, (dispatchObject->Handle, Device, Request, FileObject));
    if (! handled &&
        Dispatch_DeviceIsFilter(Device))
    {
        DMF_RequestPassthruWithCompletion(Device,
                                          Request,
                                          Dispatch_FileCreateCompleted,
                                          NULL);
    }
    else if (! handled)
    {
        WdfRequestComplete(Request,
                           STATUS_SUCCESS);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_FileCleanup(
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Tells the Modules that the last handle of a file object is closed, until one handles it.

Arguments:

    FileObject - The file object. A file that the system opened without one is of no interest.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    if (FileObject == NULL)
    {
        goto Exit;
    }
    collection = Dispatch_CollectionGet(WdfFileObjectGetDevice(FileObject));
    DISPATCH_UNTIL_HANDLED(handled, collection, FileCleanup, (dispatchObject->Handle, FileObject));
    UNREFERENCED_PARAMETER(handled);

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_FileClose(
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Tells the Modules that a file object is gone, until one handles it.

Arguments:

    FileObject - The file object.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    if (FileObject == NULL)
    {
        goto Exit;
    }
    collection = Dispatch_CollectionGet(WdfFileObjectGetDevice(FileObject));
    DISPATCH_UNTIL_HANDLED(handled, collection, FileClose, (dispatchObject->Handle, FileObject));
    UNREFERENCED_PARAMETER(handled);

Exit:

    return;
}
#pragma code_seg()

/*
 * Where the callbacks are given to WDF.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DispatchFileObjectConfigSet(
    PWDF_FILEOBJECT_CONFIG FileObjectConfig
    )
/*++

Routine Description:

    Puts the framework's callbacks into the structure for file objects. The other members stay as they are.

Arguments:

    FileObjectConfig - The structure.

Return Value:

    None

--*/
{
    PAGED_CODE();

    FileObjectConfig->EvtDeviceFileCreate = Dispatch_FileCreate;
    FileObjectConfig->EvtFileCleanup = Dispatch_FileCleanup;
    FileObjectConfig->EvtFileClose = Dispatch_FileClose;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DispatchQueueConfigSet(
    PWDF_IO_QUEUE_CONFIG QueueConfig
    )
/*++

Routine Description:

    Puts the framework's callbacks into the structure for the default queue. The other members stay as they are.

Arguments:

    QueueConfig - The structure.

Return Value:

    None

--*/
{
    PAGED_CODE();

    QueueConfig->EvtIoRead = Dispatch_QueueIoRead;
    QueueConfig->EvtIoWrite = Dispatch_QueueIoWrite;
    QueueConfig->EvtIoDeviceControl = Dispatch_DeviceIoControl;
#if defined(DMF_KERNEL_MODE)
    QueueConfig->EvtIoInternalDeviceControl = Dispatch_InternalDeviceIoControl;
#endif
}
#pragma code_seg()
