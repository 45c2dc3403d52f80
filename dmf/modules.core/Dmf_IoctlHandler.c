/* SPDX-License-Identifier: MIT */
/*
 * IoctlHandler: tells the world of a device interface, and passes on the control codes of a table after it has looked at
 * their buffers and at who sends them.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_IoctlHandler.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

#define IOCTLHANDLER_TAG 'HltI'

/*
 * What one instance remembers about an open file. It lives as long as the file object, so that a request of the file can be
 * judged without a lock.
 */
typedef struct _IOCTLHANDLER_MARK
{
    struct _IOCTLHANDLER_MARK* Next;
    DMFMODULE DmfModule;
    BOOLEAN IsAdministrator;
    volatile LONG IsForgotten;
} IOCTLHANDLER_MARK;

/* The marks of all instances that remember a file. */
typedef struct
{
    VOID* volatile FirstMark;
} IOCTLHANDLER_FILE;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(IOCTLHANDLER_FILE, IoctlHandler_FileGet)

/*
 * Module Private Context
 */

typedef struct
{
    /* Empty when there is none. */
    UNICODE_STRING ReferenceString;
    /* The rest is guarded by the Module's lock. */
    BOOLEAN InterfaceIsCreated;
    /* The Client has seen the device interface and agreed. */
    BOOLEAN InterfaceIsReady;
    /* The Client is looking at it. The lock is not held meanwhile. */
    BOOLEAN InterfaceIsShown;
    /* The state that was asked for last. */
    BOOLEAN InterfaceIsWanted;
} DMF_CONTEXT_IoctlHandler;

/* This macro declares the following function: */
/* DMF_CONTEXT_GET() */
DMF_MODULE_DECLARE_CONTEXT(IoctlHandler)

/* This macro declares the following function: */
/* DMF_CONFIG_GET() */
DMF_MODULE_DECLARE_CONFIG(IoctlHandler)

/*
 * DMF Module Support Code
 */

static
BOOLEAN
IoctlHandler_HasInterface(
    _In_ DMF_CONFIG_IoctlHandler* ModuleConfig
    )
/*++

Routine Description:

    Tells whether the Client asks for a device interface.

Arguments:

    ModuleConfig - The Config of this Module.

Return Value:

    TRUE if the Client does.

--*/
{
    static const GUID noGuid = {0};

    return RtlCompareMemory(&ModuleConfig->DeviceInterfaceGuid,
                            &noGuid,
                            sizeof(GUID)) != sizeof(GUID);
}

static
IOCTLHANDLER_MARK*
IoctlHandler_MarkFind(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Finds what this instance remembers about an open file.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The given file.

Return Value:

    NULL if this instance does not remember the file.

--*/
{
    IOCTLHANDLER_FILE* file;
    IOCTLHANDLER_MARK* mark;

    mark = NULL;
    file = IoctlHandler_FileGet(FileObject);
    if (file != NULL)
    {
        mark = (IOCTLHANDLER_MARK*)ReadPointerAcquire((PVOID*)&file->FirstMark);
        while ((mark != NULL) &&
               ((mark->DmfModule != DmfModule) || (ReadAcquire(&mark->IsForgotten) != FALSE)))
        {
            mark = mark->Next;
        }
    }

    return mark;
}

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
IoctlHandler_MarkAdd(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject,
    _In_ BOOLEAN IsAdministrator
    )
/*++

Routine Description:

    Remembers a file that is being opened. One file is opened by one thread, so nobody else adds a mark to it meanwhile.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The given file.
    IsAdministrator - Who opens the file is an administrator.

Return Value:

    STATUS_SUCCESS, or what WDF says when there is no memory.

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    WDFMEMORY memory;
    VOID* file;
    VOID* buffer;
    IOCTLHANDLER_MARK* mark;

    PAGED_CODE();

    file = IoctlHandler_FileGet(FileObject);
    ntStatus = STATUS_SUCCESS;
    if (file == NULL)
    {
        WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&objectAttributes,
                                                IOCTLHANDLER_FILE);
        ntStatus = WdfObjectAllocateContext(FileObject,
                                            &objectAttributes,
                                            &file);
    }
    if (NT_SUCCESS(ntStatus))
    {
        WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
        objectAttributes.ParentObject = FileObject;
        ntStatus = WdfMemoryCreate(&objectAttributes,
                                   NonPagedPoolNx,
                                   IOCTLHANDLER_TAG,
                                   sizeof(IOCTLHANDLER_MARK),
                                   &memory,
                                   &buffer);
    }
    if (NT_SUCCESS(ntStatus))
    {
        mark = (IOCTLHANDLER_MARK*)buffer;
        mark->Next = (IOCTLHANDLER_MARK*)((IOCTLHANDLER_FILE*)file)->FirstMark;
        mark->DmfModule = DmfModule;
        mark->IsAdministrator = IsAdministrator;
        mark->IsForgotten = FALSE;
        WritePointerRelease((PVOID*)&((IOCTLHANDLER_FILE*)file)->FirstMark,
                            mark);
    }
    else
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The file is not remembered: ntStatus=%!STATUS!", ntStatus);
    }

    return ntStatus;
}
#pragma code_seg()

static
VOID
IoctlHandler_MarkForget(
    _In_ DMFMODULE DmfModule,
    _In_opt_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Forgets an open file. Its later requests are not this instance's.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The given file.

Return Value:

    None

--*/
{
    IOCTLHANDLER_MARK* mark;

    mark = NULL;
    if (FileObject != NULL)
    {
        mark = IoctlHandler_MarkFind(DmfModule,
                                     FileObject);
    }
    if (mark != NULL)
    {
        InterlockedExchange(&mark->IsForgotten,
                            TRUE);
    }
}

#pragma code_seg("PAGE")
static
UNICODE_STRING*
IoctlHandler_ReferenceStringGet(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gets the reference string of the device interface.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NULL if it has none.

--*/
{
    DMF_CONTEXT_IoctlHandler* moduleContext;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    return (moduleContext->ReferenceString.Length != 0) ? &moduleContext->ReferenceString : NULL;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
IoctlHandler_InterfaceCreate(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Makes the device interface, unless that is done already. The caller holds the Module's lock, or is the only one that
    knows the Module.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS, or what WDF says.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_IoctlHandler* moduleContext;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    ntStatus = STATUS_SUCCESS;
    if (! moduleContext->InterfaceIsCreated)
    {
        ntStatus = WdfDeviceCreateDeviceInterface(DMF_ParentDeviceGet(DmfModule),
                                                  &DMF_CONFIG_GET(DmfModule)->DeviceInterfaceGuid,
                                                  IoctlHandler_ReferenceStringGet(DmfModule));
        if (NT_SUCCESS(ntStatus))
        {
            moduleContext->InterfaceIsCreated = TRUE;
        }
        else
        {
            TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfDeviceCreateDeviceInterface fails: ntStatus=%!STATUS!", ntStatus);
        }
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
IoctlHandler_InterfaceShow(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Shows the device interface to the Client, if it wants to see it. Nobody holds the Module's lock, because the Client may
    call this Module's Methods.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS, or what the Client says.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONFIG_IoctlHandler* moduleConfig;

    PAGED_CODE();

    moduleConfig = DMF_CONFIG_GET(DmfModule);

    ntStatus = STATUS_SUCCESS;
    if (moduleConfig->PostDeviceInterfaceCreate != NULL)
    {
        ntStatus = moduleConfig->PostDeviceInterfaceCreate(DmfModule,
                                                           &moduleConfig->DeviceInterfaceGuid,
                                                           IoctlHandler_ReferenceStringGet(DmfModule));
        if (! NT_SUCCESS(ntStatus))
        {
            TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "PostDeviceInterfaceCreate fails: ntStatus=%!STATUS!", ntStatus);
        }
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
BOOLEAN
IoctlHandler_NameIsServed(
    _In_ DMF_CONTEXT_IoctlHandler* ModuleContext,
    _In_opt_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Tells whether a file that is being opened is this instance's: it has the reference string as its name, or no name.

Arguments:

    ModuleContext - This Module's Context.
    FileObject - The given file.

Return Value:

    TRUE if it is, and always if this instance has no reference string.

--*/
{
    BOOLEAN isServed;
    UNICODE_STRING* fileName;
    UNICODE_STRING name;

    PAGED_CODE();

    isServed = TRUE;
    if ((ModuleContext->ReferenceString.Length != 0) &&
        (FileObject != NULL))
    {
        fileName = WdfFileObjectGetFileName(FileObject);
        if ((fileName != NULL) &&
            (fileName->Length > sizeof(WCHAR)))
        {
            /* The name begins with a separator. */
            name.Buffer = fileName->Buffer + 1;
            name.Length = fileName->Length - sizeof(WCHAR);
            name.MaximumLength = name.Length;
            isServed = (name.Length == ModuleContext->ReferenceString.Length) &&
                       (RtlCompareMemory(name.Buffer,
                                         ModuleContext->ReferenceString.Buffer,
                                         name.Length) == name.Length);
        }
    }

    return isServed;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
BOOLEAN
IoctlHandler_RequestIsAdministrators(
    _In_ WDFREQUEST Request
    )
/*++

Routine Description:

    Tells whether who opens a file is an administrator. User mode drivers cannot know that.

Arguments:

    Request - The request that opens the file.

Return Value:

    TRUE if it is sure.

--*/
{
    BOOLEAN isAdministrator;

    PAGED_CODE();

    isAdministrator = FALSE;

#if defined(DMF_KERNEL_MODE)
    WDF_REQUEST_PARAMETERS requestParameters;
    PIO_SECURITY_CONTEXT securityContext;
    PACCESS_TOKEN accessToken;

    WDF_REQUEST_PARAMETERS_INIT(&requestParameters);
    WdfRequestGetParameters(Request,
                            &requestParameters);
    securityContext = requestParameters.Parameters.Create.SecurityContext;
    if ((securityContext != NULL) &&
        (securityContext->AccessState != NULL))
    {
        accessToken = securityContext->AccessState->SubjectSecurityContext.PrimaryToken;
        if (accessToken != NULL)
        {
            isAdministrator = SeTokenIsAdmin(accessToken);
        }
    }
#else
    UNREFERENCED_PARAMETER(Request);
#endif

    return isAdministrator;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
NTSTATUS
IoctlHandler_OpenIsAllowed(
    _In_ DMFMODULE DmfModule,
    _In_ WDFREQUEST Request,
    _In_ BOOLEAN IsAdministrator
    )
/*++

Routine Description:

    Decides about an open, except where the Client decides.

Arguments:

    DmfModule - This Module's handle.
    Request - The request that opens the file.
    IsAdministrator - Who opens the file is an administrator.

Return Value:

    STATUS_SUCCESS if the open is allowed, STATUS_ACCESS_DENIED if not.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    switch (DMF_CONFIG_GET(DmfModule)->AccessModeFilter)
    {
        case IoctlHandler_AccessModeFilterDoNotAllowUserMode:
        {
            if (WdfRequestGetRequestorMode(Request) != KernelMode)
            {
                ntStatus = STATUS_ACCESS_DENIED;
            }
            break;
        }
        case IoctlHandler_AccessModeFilterAdministratorOnly:
        {
            if (! IsAdministrator)
            {
                ntStatus = STATUS_ACCESS_DENIED;
            }
            break;
        }
#if defined(DMF_USER_MODE)
        case IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl:
        {
            ntStatus = STATUS_ACCESS_DENIED;
            break;
        }
#endif
        default:
        {
            break;
        }
    }

    return ntStatus;
}
#pragma code_seg()

static
IoctlHandler_IoctlRecord*
IoctlHandler_RecordFind(
    _In_ DMF_CONFIG_IoctlHandler* ModuleConfig,
    _In_ ULONG IoctlCode
    )
/*++

Routine Description:

    Finds the first record with a code.

Arguments:

    ModuleConfig - The Config of this Module.
    IoctlCode - The given code.

Return Value:

    NULL if the table does not have the code.

--*/
{
    IoctlHandler_IoctlRecord* record;
    ULONG recordIndex;

    record = NULL;
    for (recordIndex = 0; recordIndex < ModuleConfig->IoctlRecordCount; recordIndex++)
    {
        if ((ULONG)ModuleConfig->IoctlRecords[recordIndex].IoctlCode == IoctlCode)
        {
            record = &ModuleConfig->IoctlRecords[recordIndex];
            break;
        }
    }

    return record;
}

static
VOID
IoctlHandler_Forward(
    _In_ DMFMODULE DmfModule,
    _In_ WDFREQUEST Request
    )
/*++

Routine Description:

    Sends a request to the driver below and forgets it. Completes it if that is not possible.

Arguments:

    DmfModule - This Module's handle.
    Request - The given request.

Return Value:

    None

--*/
{
    WDFIOTARGET ioTarget;
    WDF_REQUEST_SEND_OPTIONS sendOptions;

    ioTarget = WdfDeviceGetIoTarget(DMF_ParentDeviceGet(DmfModule));
    if (ioTarget == NULL)
    {
        /* A control device has no driver below. */
        WdfRequestComplete(Request,
                           STATUS_INVALID_DEVICE_REQUEST);
        goto Exit;
    }

    WdfRequestFormatRequestUsingCurrentType(Request);
    WDF_REQUEST_SEND_OPTIONS_INIT(&sendOptions,
                                  WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
    if (! WdfRequestSend(Request,
                         ioTarget,
                         &sendOptions))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfRequestSend fails: ntStatus=%!STATUS!", WdfRequestGetStatus(Request));
        WdfRequestComplete(Request,
                           WdfRequestGetStatus(Request));
    }

Exit:

    return;
}

static
_Must_inspect_result_
NTSTATUS
IoctlHandler_BuffersGet(
    _In_ WDFREQUEST Request,
    _In_ IoctlHandler_IoctlRecord* Record,
    _Out_ VOID** InputBuffer,
    _Out_ size_t* InputBufferSize,
    _Out_ VOID** OutputBuffer,
    _Out_ size_t* OutputBufferSize
    )
/*++

Routine Description:

    Gets the buffers of a request. One that is missing and may be is NULL.

Arguments:

    Request - The given request.
    Record - The record of its code.
    InputBuffer - Where to write the input buffer's address.
    InputBufferSize - Where to write its size.
    OutputBuffer - Where to write the output buffer's address.
    OutputBufferSize - Where to write its size.

Return Value:

    STATUS_SUCCESS, or what WDF says: STATUS_BUFFER_TOO_SMALL for less than the record's minimum.

--*/
{
    NTSTATUS ntStatus;

    *OutputBuffer = NULL;
    *OutputBufferSize = 0;
    ntStatus = WdfRequestRetrieveInputBuffer(Request,
                                             Record->InputBufferMinimumSize,
                                             InputBuffer,
                                             InputBufferSize);
    if ((ntStatus == STATUS_BUFFER_TOO_SMALL) &&
        (Record->InputBufferMinimumSize == 0))
    {
        *InputBuffer = NULL;
        *InputBufferSize = 0;
        ntStatus = STATUS_SUCCESS;
    }
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }

    ntStatus = WdfRequestRetrieveOutputBuffer(Request,
                                              Record->OutputBufferMinimumSize,
                                              OutputBuffer,
                                              OutputBufferSize);
    if ((ntStatus == STATUS_BUFFER_TOO_SMALL) &&
        (Record->OutputBufferMinimumSize == 0))
    {
        *OutputBuffer = NULL;
        *OutputBufferSize = 0;
        ntStatus = STATUS_SUCCESS;
    }

Exit:

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
IoctlHandler_SenderIsAllowed(
    _In_ DMFMODULE DmfModule,
    _In_ WDFREQUEST Request,
    _In_ IoctlHandler_IoctlRecord* Record
    )
/*++

Routine Description:

    Decides whether who sends a request may.

Arguments:

    DmfModule - This Module's handle.
    Request - The given request.
    Record - The record of its code.

Return Value:

    STATUS_SUCCESS or STATUS_ACCESS_DENIED.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONFIG_IoctlHandler* moduleConfig;
    WDFFILEOBJECT fileObject;
    IOCTLHANDLER_MARK* mark;

    ntStatus = STATUS_SUCCESS;
    moduleConfig = DMF_CONFIG_GET(DmfModule);
    if (moduleConfig->KernelModeRequestsOnly &&
        (WdfRequestGetRequestorMode(Request) != KernelMode))
    {
        ntStatus = STATUS_ACCESS_DENIED;
        goto Exit;
    }

    if (Record->AdministratorAccessOnly &&
        (moduleConfig->AccessModeFilter == IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl))
    {
        mark = NULL;
        fileObject = WdfRequestGetFileObject(Request);
        if (fileObject != NULL)
        {
            mark = IoctlHandler_MarkFind(DmfModule,
                                         fileObject);
        }
        if ((mark == NULL) ||
            (! mark->IsAdministrator))
        {
            ntStatus = STATUS_ACCESS_DENIED;
        }
    }

Exit:

    return ntStatus;
}

static
VOID
IoctlHandler_RecordDispatch(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ IoctlHandler_IoctlRecord* Record
    )
/*++

Routine Description:

    Calls the Client for a request whose code the table has, and completes the request unless the Client keeps it.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The given request.
    Record - The record of its code.

Return Value:

    None

--*/
{
    NTSTATUS ntStatus;
    VOID* inputBuffer;
    VOID* outputBuffer;
    size_t inputBufferSize;
    size_t outputBufferSize;
    size_t bytesReturned;

    bytesReturned = 0;
    ntStatus = IoctlHandler_SenderIsAllowed(DmfModule,
                                            Request,
                                            Record);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = IoctlHandler_BuffersGet(Request,
                                           Record,
                                           &inputBuffer,
                                           &inputBufferSize,
                                           &outputBuffer,
                                           &outputBufferSize);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = Record->EvtIoctlHandlerFunction(DmfModule,
                                                   Queue,
                                                   Request,
                                                   (ULONG)Record->IoctlCode,
                                                   inputBuffer,
                                                   inputBufferSize,
                                                   outputBuffer,
                                                   outputBufferSize,
                                                   &bytesReturned);
    }
    else
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "IoctlCode=0x%08X is refused: ntStatus=%!STATUS!",
                    (ULONG)Record->IoctlCode, ntStatus);
    }

    /* A request that the Client keeps may be completed already. */
    if (ntStatus != STATUS_PENDING)
    {
        WdfRequestCompleteWithInformation(Request,
                                          ntStatus,
                                          bytesReturned);
    }
}

/*
 * WDF Module Callbacks
 */

static
_Function_class_(DMF_ModuleDeviceIoControl)
_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_IoctlHandler_ModuleDeviceIoControl(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Handles a request whose code the table has, and forwards another one if the Client wants that.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The given request.
    OutputBufferLength - The size of its output buffer.
    InputBufferLength - The size of its input buffer.
    IoControlCode - Its code.

Return Value:

    TRUE if the request is handled.

--*/
{
    BOOLEAN handled;
    DMF_CONTEXT_IoctlHandler* moduleContext;
    DMF_CONFIG_IoctlHandler* moduleConfig;
    IoctlHandler_IoctlRecord* record;
    WDFFILEOBJECT fileObject;

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);

    record = IoctlHandler_RecordFind(moduleConfig,
                                     IoControlCode);
    if ((record != NULL) &&
        (moduleContext->ReferenceString.Length != 0))
    {
        fileObject = WdfRequestGetFileObject(Request);
        if ((fileObject != NULL) &&
            (IoctlHandler_MarkFind(DmfModule,
                                   fileObject) == NULL))
        {
            /* The file was opened for another instance. */
            record = NULL;
        }
    }

    handled = TRUE;
    if (record != NULL)
    {
        IoctlHandler_RecordDispatch(DmfModule,
                                    Queue,
                                    Request,
                                    record);
    }
    else if (moduleConfig->ForwardUnhandledRequests)
    {
        IoctlHandler_Forward(DmfModule,
                             Request);
    }
    else
    {
        handled = FALSE;
    }

    return handled;
}

#pragma code_seg("PAGE")
static
_Function_class_(DMF_ModuleFileCreate)
_IRQL_requires_max_(PASSIVE_LEVEL)
BOOLEAN
DMF_IoctlHandler_ModuleFileCreate(
    _In_ DMFMODULE DmfModule,
    _In_ WDFDEVICE Device,
    _In_ WDFREQUEST Request,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Decides about an open, and remembers the file if its requests depend on how it was opened.

Arguments:

    DmfModule - This Module's handle.
    Device - The device that is opened.
    Request - The request that opens it.
    FileObject - The file.

Return Value:

    TRUE if the request is completed.

--*/
{
    BOOLEAN handled;
    NTSTATUS ntStatus;
    DMF_CONTEXT_IoctlHandler* moduleContext;
    DMF_CONFIG_IoctlHandler* moduleConfig;
    BOOLEAN isAdministrator;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);
    handled = FALSE;

    if (! IoctlHandler_NameIsServed(moduleContext,
                                    FileObject))
    {
        /* Another instance decides. */
        goto Exit;
    }

    isAdministrator = IoctlHandler_RequestIsAdministrators(Request);
    ntStatus = IoctlHandler_OpenIsAllowed(DmfModule,
                                          Request,
                                          isAdministrator);
    if (NT_SUCCESS(ntStatus) &&
        (FileObject != NULL) &&
        ((moduleContext->ReferenceString.Length != 0) ||
         (moduleConfig->AccessModeFilter == IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl)))
    {
        ntStatus = IoctlHandler_MarkAdd(DmfModule,
                                        FileObject,
                                        isAdministrator);
    }

    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The open is refused: ntStatus=%!STATUS!", ntStatus);
        WdfRequestComplete(Request,
                           ntStatus);
        handled = TRUE;
    }
    else if (moduleConfig->AccessModeFilter == IoctlHandler_AccessModeFilterClientCallback)
    {
        /* The file is remembered before: when the Client completes the request, the first control code may come at once. */
        handled = moduleConfig->EvtIoctlHandlerAccessModeFilter(DmfModule,
                                                                Device,
                                                                Request,
                                                                FileObject);
    }

Exit:

    return handled;
}
#pragma code_seg()

static
_Function_class_(DMF_ModuleFileCleanup)
_IRQL_requires_max_(PASSIVE_LEVEL)
BOOLEAN
DMF_IoctlHandler_ModuleFileCleanup(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Forgets a file whose last handle is closed.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The given file.

Return Value:

    FALSE, because other Modules want to know it as well.

--*/
{
    IoctlHandler_MarkForget(DmfModule,
                            FileObject);

    return FALSE;
}

static
_Function_class_(DMF_ModuleFileClose)
_IRQL_requires_max_(PASSIVE_LEVEL)
BOOLEAN
DMF_IoctlHandler_ModuleFileClose(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Forgets a file that is closed, in case that nobody was told of its cleanup.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The given file.

Return Value:

    FALSE, because other Modules want to know it as well.

--*/
{
    IoctlHandler_MarkForget(DmfModule,
                            FileObject);

    return FALSE;
}

/*
 * DMF Module Callbacks
 */

#pragma code_seg("PAGE")
static
_Function_class_(DMF_Open)
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_IoctlHandler_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Makes the device interface, unless the Client does that later.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS, STATUS_INVALID_PARAMETER for a device without a default queue, or why there is no device interface.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_IoctlHandler* moduleContext;
    DMF_CONFIG_IoctlHandler* moduleConfig;
    ULONG recordIndex;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);
    ntStatus = STATUS_SUCCESS;

    DmfAssert((moduleConfig->IoctlRecordCount != 0) ||
              moduleConfig->ForwardUnhandledRequests);
    DmfAssert((moduleConfig->AccessModeFilter != IoctlHandler_AccessModeFilterClientCallback) ||
              (moduleConfig->EvtIoctlHandlerAccessModeFilter != NULL));
    for (recordIndex = 0; recordIndex < moduleConfig->IoctlRecordCount; recordIndex++)
    {
        DmfAssert((! moduleConfig->IoctlRecords[recordIndex].AdministratorAccessOnly) ||
                  (moduleConfig->AccessModeFilter == IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl));
    }

    if (WdfDeviceGetDefaultQueue(DMF_ParentDeviceGet(DmfModule)) == NULL)
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The device has no default queue, so no control code can come.");
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    if (IoctlHandler_HasInterface(moduleConfig))
    {
        if (moduleConfig->ReferenceString != NULL)
        {
            RtlInitUnicodeString(&moduleContext->ReferenceString,
                                 moduleConfig->ReferenceString);
        }
        if (! moduleConfig->ManualMode)
        {
            ntStatus = IoctlHandler_InterfaceCreate(DmfModule);
            if (NT_SUCCESS(ntStatus))
            {
                ntStatus = IoctlHandler_InterfaceShow(DmfModule);
            }
            moduleContext->InterfaceIsReady = (BOOLEAN)NT_SUCCESS(ntStatus);
        }
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_IoctlHandler_Create(
    _In_ WDFDEVICE Device,
    _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    _In_ WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    _Out_ DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Creates an instance of this Module.

Arguments:

    Device - The Client Driver's device.
    DmfModuleAttributes - The attributes of the new Module.
    ObjectAttributes - The attributes of its WDF object.
    DmfModule - Where to write the new Module's handle.

Return Value:

    NTSTATUS

--*/
{
    DMF_MODULE_DESCRIPTOR moduleDescriptor;
    DMF_CALLBACKS_DMF callbacksDmf;
    DMF_CALLBACKS_WDF callbacksWdf;
    DMF_CONFIG_IoctlHandler* moduleConfig;

    PAGED_CODE();

    moduleConfig = (DMF_CONFIG_IoctlHandler*)DmfModuleAttributes->ModuleConfigPointer;

    DMF_CALLBACKS_DMF_INIT(&callbacksDmf);
    callbacksDmf.DeviceOpen = DMF_IoctlHandler_Open;

    DMF_CALLBACKS_WDF_INIT(&callbacksWdf);
    callbacksWdf.ModuleFileCreate = DMF_IoctlHandler_ModuleFileCreate;
    callbacksWdf.ModuleFileCleanup = DMF_IoctlHandler_ModuleFileCleanup;
    callbacksWdf.ModuleFileClose = DMF_IoctlHandler_ModuleFileClose;
    if ((moduleConfig != NULL) &&
        (moduleConfig->AccessModeFilter == IoctlHandler_AccessModeFilterKernelModeOnly))
    {
        callbacksWdf.ModuleInternalDeviceIoControl = DMF_IoctlHandler_ModuleDeviceIoControl;
    }
    else
    {
        callbacksWdf.ModuleDeviceIoControl = DMF_IoctlHandler_ModuleDeviceIoControl;
    }

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(moduleDescriptor,
                                            IoctlHandler,
                                            DMF_CONTEXT_IoctlHandler,
                                            DMF_MODULE_OPTIONS_PASSIVE,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    moduleDescriptor.CallbacksDmf = &callbacksDmf;
    moduleDescriptor.CallbacksWdf = &callbacksWdf;

    return DMF_ModuleCreate(Device,
                            DmfModuleAttributes,
                            ObjectAttributes,
                            &moduleDescriptor,
                            DmfModule);
}
#pragma code_seg()

/*
 * Module Methods
 */

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
DMF_IoctlHandler_IoctlChain(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ ULONG IoctlCode,
    _In_reads_(InputBufferSize) VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_writes_(OutputBufferSize) VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Out_ size_t* BytesReturned
    )
/*++

Routine Description:

    Calls the callback of a code's record, for a Client that got the request in another way.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The given request.
    IoctlCode - Its code.
    InputBuffer - Its input buffer.
    InputBufferSize - The input buffer's size.
    OutputBuffer - Its output buffer.
    OutputBufferSize - The output buffer's size.
    BytesReturned - Where the callback writes how much of the output buffer it has filled.

Return Value:

    What the callback returns, or STATUS_INVALID_DEVICE_REQUEST if the table does not have the code.

--*/
{
    NTSTATUS ntStatus;
    IoctlHandler_IoctlRecord* record;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 IoctlHandler);

    ntStatus = STATUS_INVALID_DEVICE_REQUEST;
    record = IoctlHandler_RecordFind(DMF_CONFIG_GET(DmfModule),
                                     IoctlCode);
    if (record != NULL)
    {
        ntStatus = record->EvtIoctlHandlerFunction(DmfModule,
                                                   Queue,
                                                   Request,
                                                   IoctlCode,
                                                   InputBuffer,
                                                   InputBufferSize,
                                                   OutputBuffer,
                                                   OutputBufferSize,
                                                   BytesReturned);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_IoctlHandler_IoctlStateSet(
    _In_ DMFMODULE DmfModule,
    _In_ BOOLEAN Enable
    )
/*++

Routine Description:

    Enables or disables the device interface. In ManualMode it is made when it is enabled for the first time.

Arguments:

    DmfModule - This Module's handle.
    Enable - TRUE to enable.

Return Value:

    None

--*/
{
    DMF_CONTEXT_IoctlHandler* moduleContext;
    BOOLEAN isReady;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 IoctlHandler);

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    /* The state that is asked for last is the state, also when several threads ask, or the Client while it looks. */
    DMF_ModuleLock(DmfModule);
    moduleContext->InterfaceIsWanted = Enable;
    if (Enable &&
        (! moduleContext->InterfaceIsReady) &&
        (! moduleContext->InterfaceIsShown) &&
        IoctlHandler_HasInterface(DMF_CONFIG_GET(DmfModule)) &&
        NT_SUCCESS(IoctlHandler_InterfaceCreate(DmfModule)))
    {
        moduleContext->InterfaceIsShown = TRUE;
        DMF_ModuleUnlock(DmfModule);
        isReady = (BOOLEAN)NT_SUCCESS(IoctlHandler_InterfaceShow(DmfModule));
        DMF_ModuleLock(DmfModule);
        moduleContext->InterfaceIsShown = FALSE;
        moduleContext->InterfaceIsReady = isReady;
    }
    if (moduleContext->InterfaceIsReady)
    {
        WdfDeviceSetDeviceInterfaceState(DMF_ParentDeviceGet(DmfModule),
                                         &DMF_CONFIG_GET(DmfModule)->DeviceInterfaceGuid,
                                         IoctlHandler_ReferenceStringGet(DmfModule),
                                         moduleContext->InterfaceIsWanted);
    }
    DMF_ModuleUnlock(DmfModule);

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()
