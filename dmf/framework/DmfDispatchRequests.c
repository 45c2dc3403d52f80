/* SPDX-License-Identifier: MIT */
/*
 * The callbacks of WDF for requests and file objects, and what becomes of those that no Module handles.
 */
#include "DmfDispatch.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfDispatchRequests.tmh"
#endif

static
VOID
Dispatch_RequestNotHandled(
    _In_ WDFREQUEST Request
    )
/*++

Routine Description:

    Completes a request that no Module of a device handles.

Arguments:

    Request - The request.

Return Value:

    None

--*/
{
    WdfRequestComplete(Request,
                       STATUS_NOT_SUPPORTED);
}

static
VOID
Dispatch_QueueIoRead(
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t Length
    )
/*++

Routine Description:

    Offers a request to the Modules until one handles it.

Arguments:

    Queue - The queue of the request.
    Request - The request.
    Length - The size of the data.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(WdfIoQueueGetDevice(Queue));
    DISPATCH_UNTIL_HANDLED(handled, collection, QueueIoRead, dispatchObject->Handle, Queue, Request, Length);
    if (! handled)
    {
        Dispatch_RequestNotHandled(Request);
    }
}

static
VOID
Dispatch_QueueIoWrite(
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t Length
    )
/*++

Routine Description:

    Offers a request to the Modules until one handles it.

Arguments:

    Queue - The queue of the request.
    Request - The request.
    Length - The size of the data.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(WdfIoQueueGetDevice(Queue));
    DISPATCH_UNTIL_HANDLED(handled, collection, QueueIoWrite, dispatchObject->Handle, Queue, Request, Length);
    if (! handled)
    {
        Dispatch_RequestNotHandled(Request);
    }
}

static
VOID
Dispatch_DeviceIoControl(
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Offers a request to the Modules until one handles it.

Arguments:

    Queue - The queue of the request.
    Request - The request.
    OutputBufferLength - The size of the output buffer.
    InputBufferLength - The size of the input buffer.
    IoControlCode - The control code.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(WdfIoQueueGetDevice(Queue));
    DISPATCH_UNTIL_HANDLED(handled, collection, DeviceIoControl, dispatchObject->Handle, Queue, Request,
                           OutputBufferLength, InputBufferLength, IoControlCode);
    if (! handled)
    {
        Dispatch_RequestNotHandled(Request);
    }
}

#if defined(DMF_KERNEL_MODE)
static
VOID
Dispatch_InternalDeviceIoControl(
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Offers a request to the Modules until one handles it.

Arguments:

    Queue - The queue of the request.
    Request - The request.
    OutputBufferLength - The size of the output buffer.
    InputBufferLength - The size of the input buffer.
    IoControlCode - The control code.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(WdfIoQueueGetDevice(Queue));
    DISPATCH_UNTIL_HANDLED(handled, collection, InternalDeviceIoControl, dispatchObject->Handle, Queue, Request,
                           OutputBufferLength, InputBufferLength, IoControlCode);
    if (! handled)
    {
        Dispatch_RequestNotHandled(Request);
    }
}
#endif /* defined(DMF_KERNEL_MODE) */

/*
 * File objects.
 */

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

    Offers the opening of a file to the Modules until one handles it. Without one, every file opens.

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
    DISPATCH_UNTIL_HANDLED(handled, collection, FileCreate, dispatchObject->Handle, Device, Request, FileObject);
    if (! handled)
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
    DISPATCH_UNTIL_HANDLED(handled, collection, FileCleanup, dispatchObject->Handle, FileObject);
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
    DISPATCH_UNTIL_HANDLED(handled, collection, FileClose, dispatchObject->Handle, FileObject);
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
