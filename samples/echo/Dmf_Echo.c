/* SPDX-License-Identifier: MIT */
/*
 * Echo: answers reads with a greeting and control codes with the reversed input, and keeps requests that wait.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's specific definitions. */
#include "DmfModule.h"
#include "EchoPublic.h"
#include "Dmf_Echo.h"
#include "trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_Echo.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

/* What the Module keeps about a request that waits. It is in the Module's list exactly as long as it waits. */
typedef struct
{
    LIST_ENTRY ListEntry;
    WDFREQUEST Request;
    DMFMODULE DmfModule;
} ECHO_WAIT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(ECHO_WAIT, Echo_WaitGet)

/*
 * Module Private Context
 */

typedef struct
{
    /* The requests that wait, oldest first. */
    LIST_ENTRY Waits;
    /* Requests may wait only while the device works. */
    BOOLEAN WaitsAreAllowed;
} DMF_CONTEXT_Echo;

/* This macro declares the following function: */
/* DMF_CONTEXT_GET() */
DMF_MODULE_DECLARE_CONTEXT(Echo)

/* This macro declares the following function: */
/* DMF_CONFIG_GET() */
DMF_MODULE_DECLARE_CONFIG(Echo)

/*
 * DMF Module Support Code
 */

static
VOID
Echo_Reverse(
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength
    )
/*++

Routine Description:

    Completes a request with its input in reverse order.

Arguments:

    Request - The given request.
    OutputBufferLength - The room for the answer.
    InputBufferLength - The number of bytes to reverse.

Return Value:

    None

--*/
{
    NTSTATUS ntStatus;
    VOID* inputBuffer;
    VOID* outputBuffer;
    UCHAR* bytes;
    UCHAR byte;
    size_t byteIndex;

    ntStatus = STATUS_SUCCESS;
    if (OutputBufferLength < InputBufferLength)
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
    }
    else if (InputBufferLength != 0)
    {
        ntStatus = WdfRequestRetrieveInputBuffer(Request,
                                                 InputBufferLength,
                                                 &inputBuffer,
                                                 NULL);
        if (NT_SUCCESS(ntStatus))
        {
            ntStatus = WdfRequestRetrieveOutputBuffer(Request,
                                                      InputBufferLength,
                                                      &outputBuffer,
                                                      NULL);
        }
        if (NT_SUCCESS(ntStatus))
        {
            /* Input and output of a buffered request are the same memory, so the bytes are exchanged where they are. */
            RtlMoveMemory(outputBuffer,
                          inputBuffer,
                          InputBufferLength);
            bytes = (UCHAR*)outputBuffer;
            for (byteIndex = 0; byteIndex < InputBufferLength / 2; byteIndex++)
            {
                byte = bytes[byteIndex];
                bytes[byteIndex] = bytes[InputBufferLength - 1 - byteIndex];
                bytes[InputBufferLength - 1 - byteIndex] = byte;
            }
        }
    }

    if (NT_SUCCESS(ntStatus))
    {
        WdfRequestCompleteWithInformation(Request,
                                          ntStatus,
                                          InputBufferLength);
    }
    else
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The input is not reversed: ntStatus=%!STATUS!", ntStatus);
        WdfRequestComplete(Request,
                           ntStatus);
    }
}

static
_Function_class_(EVT_WDF_REQUEST_CANCEL)
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
Echo_EvtRequestCancel(
    _In_ WDFREQUEST Request
    )
/*++

Routine Description:

    Completes a request whose caller does not wait any more.

Arguments:

    Request - The given request.

Return Value:

    None

--*/
{
    ECHO_WAIT* wait;
    DMFMODULE dmfModule;

    wait = Echo_WaitGet(Request);
    dmfModule = wait->DmfModule;

    /* The lock also waits for the thread that made the request cancelable, or that tried to complete it meanwhile. */
    DMF_ModuleLock(dmfModule);
    RemoveEntryList(&wait->ListEntry);
    DMF_ModuleUnlock(dmfModule);

    WdfRequestComplete(Request,
                       STATUS_CANCELLED);
}

static
VOID
Echo_WaitBegin(
    _In_ DMFMODULE DmfModule,
    _In_ WDFREQUEST Request
    )
/*++

Routine Description:

    Keeps a request until its caller cancels it or the device stops.

Arguments:

    DmfModule - This Module's handle.
    Request - The given request.

Return Value:

    None

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_Echo* moduleContext;
    WDF_OBJECT_ATTRIBUTES attributes;
    VOID* context;
    ECHO_WAIT* wait;

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes,
                                            ECHO_WAIT);
    ntStatus = WdfObjectAllocateContext(Request,
                                        &attributes,
                                        &context);
    if (NT_SUCCESS(ntStatus))
    {
        wait = (ECHO_WAIT*)context;
        wait->Request = Request;
        wait->DmfModule = DmfModule;

        DMF_ModuleLock(DmfModule);
        ntStatus = STATUS_CANCELLED;
        if (moduleContext->WaitsAreAllowed)
        {
            ntStatus = WdfRequestMarkCancelableEx(Request,
                                                  Echo_EvtRequestCancel);
        }
        if (NT_SUCCESS(ntStatus))
        {
            InsertTailList(&moduleContext->Waits,
                           &wait->ListEntry);
        }
        DMF_ModuleUnlock(DmfModule);
    }

    /* From here on a request that waits may be completed already. */
    if (! NT_SUCCESS(ntStatus))
    {
        WdfRequestComplete(Request,
                           ntStatus);
    }
}

static
VOID
Echo_WaitsEnd(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Completes all requests that wait, and lets no further ones wait.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_Echo* moduleContext;
    LIST_ENTRY* listEntry;
    ECHO_WAIT* wait;
    WDFREQUEST request;

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    do
    {
        request = NULL;
        DMF_ModuleLock(DmfModule);
        moduleContext->WaitsAreAllowed = FALSE;
        if (! IsListEmpty(&moduleContext->Waits))
        {
            listEntry = RemoveHeadList(&moduleContext->Waits);
            /* A request that is being cancelled belongs to its cancel callback, which removes it again. */
            InitializeListHead(listEntry);
            wait = CONTAINING_RECORD(listEntry, ECHO_WAIT, ListEntry);
            request = wait->Request;
            ntStatus = WdfRequestUnmarkCancelable(request);
        }
        else
        {
            ntStatus = STATUS_SUCCESS;
        }
        DMF_ModuleUnlock(DmfModule);

        if ((request != NULL) &&
            (ntStatus != STATUS_CANCELLED))
        {
            WdfRequestComplete(request,
                               STATUS_CANCELLED);
        }
    } while (request != NULL);
}

/*
 * WDF Module Callbacks
 */

static
_Function_class_(DMF_ModuleQueueIoRead)
_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_Echo_ModuleQueueIoRead(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t Length
    )
/*++

Routine Description:

    Answers a read with the greeting, or with as much of it as there is room for.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The given request.
    Length - The room for the greeting.

Return Value:

    TRUE, because this Module handles all reads.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONFIG_Echo* moduleConfig;
    VOID* outputBuffer;
    size_t greetingLength;

    UNREFERENCED_PARAMETER(Queue);

    moduleConfig = DMF_CONFIG_GET(DmfModule);
    ntStatus = STATUS_SUCCESS;
    greetingLength = strlen(moduleConfig->Greeting);
    if (greetingLength > Length)
    {
        greetingLength = Length;
    }

    if (greetingLength != 0)
    {
        ntStatus = WdfRequestRetrieveOutputBuffer(Request,
                                                  greetingLength,
                                                  &outputBuffer,
                                                  NULL);
        if (NT_SUCCESS(ntStatus))
        {
            RtlCopyMemory(outputBuffer,
                          moduleConfig->Greeting,
                          greetingLength);
        }
        else
        {
            greetingLength = 0;
        }
    }
    WdfRequestCompleteWithInformation(Request,
                                      ntStatus,
                                      greetingLength);

    return TRUE;
}

static
_Function_class_(DMF_ModuleDeviceIoControl)
_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_Echo_ModuleDeviceIoControl(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Handles this Module's control codes.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The given request.
    OutputBufferLength - The size of the output buffer.
    InputBufferLength - The size of the input buffer.
    IoControlCode - The control code.

Return Value:

    TRUE if the control code is this Module's.

--*/
{
    BOOLEAN handled;

    UNREFERENCED_PARAMETER(Queue);

    FuncEntry(DMF_TRACE);

    handled = TRUE;
    switch (IoControlCode)
    {
        case IOCTL_ECHO_REVERSE:
        {
            Echo_Reverse(Request,
                         OutputBufferLength,
                         InputBufferLength);
            break;
        }
        case IOCTL_ECHO_WAIT:
        {
            Echo_WaitBegin(DmfModule,
                           Request);
            break;
        }
        default:
        {
            handled = FALSE;
            break;
        }
    }

    FuncExit(DMF_TRACE, "IoControlCode=0x%08X handled=%d", IoControlCode, handled);

    return handled;
}

#pragma code_seg("PAGE")
static
_Function_class_(DMF_ModuleSelfManagedIoSuspend)
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_Echo_ModuleSelfManagedIoSuspend(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    The device is about to stop. WDF next waits for the requests that this Module keeps, so they are completed here.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS

--*/
{
    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    Echo_WaitsEnd(DmfModule);

    FuncExitVoid(DMF_TRACE);

    return STATUS_SUCCESS;
}
#pragma code_seg()

/*
 * DMF Module Callbacks
 */

static
_Function_class_(DMF_Open)
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_Echo_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Initialize an instance of a DMF Module of type Echo. The device enters its working state.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS

--*/
{
    DMF_CONTEXT_Echo* moduleContext;

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    DMF_ModuleLock(DmfModule);
    InitializeListHead(&moduleContext->Waits);
    moduleContext->WaitsAreAllowed = TRUE;
    DMF_ModuleUnlock(DmfModule);

    FuncExitVoid(DMF_TRACE);

    return STATUS_SUCCESS;
}

#pragma code_seg("PAGE")
static
_Function_class_(DMF_Close)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_Echo_Close(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Uninitialize an instance of a DMF Module of type Echo. The device leaves its working state.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    Echo_WaitsEnd(DmfModule);

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_Echo_Create(
    _In_ WDFDEVICE Device,
    _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    _In_ WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    _Out_ DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Create an instance of a DMF Module of type Echo.

Arguments:

    Device - Client Driver's WDFDEVICE object.
    DmfModuleAttributes - Opaque structure that contains parameters DMF needs to initialize the Module.
    ObjectAttributes - WDF object attributes for DMFMODULE.
    DmfModule - Address of the location where the created DMFMODULE handle is returned.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_Echo;
    DMF_CALLBACKS_DMF dmfCallbacksDmf_Echo;
    DMF_CALLBACKS_WDF dmfCallbacksWdf_Echo;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMF_CALLBACKS_DMF_INIT(&dmfCallbacksDmf_Echo);
    dmfCallbacksDmf_Echo.DeviceOpen = DMF_Echo_Open;
    dmfCallbacksDmf_Echo.DeviceClose = DMF_Echo_Close;

    DMF_CALLBACKS_WDF_INIT(&dmfCallbacksWdf_Echo);
    dmfCallbacksWdf_Echo.ModuleQueueIoRead = DMF_Echo_ModuleQueueIoRead;
    dmfCallbacksWdf_Echo.ModuleDeviceIoControl = DMF_Echo_ModuleDeviceIoControl;
    dmfCallbacksWdf_Echo.ModuleSelfManagedIoSuspend = DMF_Echo_ModuleSelfManagedIoSuspend;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(dmfModuleDescriptor_Echo,
                                            Echo,
                                            DMF_CONTEXT_Echo,
                                            DMF_MODULE_OPTIONS_DISPATCH,
                                            DMF_MODULE_OPEN_OPTION_OPEN_D0Entry);

    dmfModuleDescriptor_Echo.CallbacksDmf = &dmfCallbacksDmf_Echo;
    dmfModuleDescriptor_Echo.CallbacksWdf = &dmfCallbacksWdf_Echo;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &dmfModuleDescriptor_Echo,
                                DmfModule);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModuleCreate fails: ntStatus=%!STATUS!", ntStatus);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

/* Module Methods */

/* This Module has none. */
