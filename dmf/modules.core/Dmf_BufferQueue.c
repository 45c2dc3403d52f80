/* SPDX-License-Identifier: MIT */
/*
 * BufferQueue: a Source of unused buffers and a Sink of used ones.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_BufferQueue.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

/* What the Module keeps behind the Client's context of each buffer. */
typedef struct
{
    EVT_DMF_BufferPool_TimerCallback* TimerExpirationCallback;
} BUFFERQUEUE_BUFFER_CONTEXT;

/*
 * Module Private Context
 */

typedef struct
{
    /* The unused buffers. */
    DMFMODULE DmfModuleBufferPoolProducer;
    /* The queue. */
    DMFMODULE DmfModuleBufferPoolConsumer;
} DMF_CONTEXT_BufferQueue;

/* This macro declares DMF_CONTEXT_GET(). */
DMF_MODULE_DECLARE_CONTEXT(BufferQueue)

/* This macro declares DMF_CONFIG_GET(). */
DMF_MODULE_DECLARE_CONFIG(BufferQueue)

/*
 * Module Private Code
 */

static
ULONG
BufferQueue_BufferContextOffset(
    _In_ BufferPool_SourceSettings* SourceSettings
    )
/*++

Routine Description:

    Tells where the Module's part of a buffer's context begins. It is aligned, whatever the size of the Client's part.

Arguments:

    SourceSettings - The Client's Config of the buffers.

Return Value:

    The offset in bytes.

--*/
{
    return (ULONG)WDF_ALIGN_SIZE_UP(SourceSettings->BufferContextSize, sizeof(VOID*));
}

static
BUFFERQUEUE_BUFFER_CONTEXT*
BufferQueue_BufferContextGet(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBufferContext
    )
/*++

Routine Description:

    Finds the Module's part of a buffer's context.

Arguments:

    DmfModule - This Module's handle.
    ClientBufferContext - The Client's part.

Return Value:

    The Module's part.

--*/
{
    return (BUFFERQUEUE_BUFFER_CONTEXT*)((UCHAR*)ClientBufferContext +
                                         BufferQueue_BufferContextOffset(&DMF_CONFIG_GET(DmfModule)->SourceSettings));
}

EVT_DMF_BufferPool_TimerCallback BufferQueue_TimerExpired;

_Use_decl_annotations_
VOID
BufferQueue_TimerExpired(
    DMFMODULE DmfModule,
    VOID* ClientBuffer,
    VOID* ClientBufferContext,
    VOID* ClientDriverCallbackContext
    )
/*++

Routine Description:

    Called when a buffer was in the queue for its whole time. The Client knows this Module, not the one that holds its
    queue.

Arguments:

    DmfModule - The child that holds the queue.
    ClientBuffer - The buffer.
    ClientBufferContext - Its context.
    ClientDriverCallbackContext - The Client's.

Return Value:

    None

--*/
{
    DMFMODULE dmfModuleBufferQueue;

    dmfModuleBufferQueue = DMF_ParentModuleGet(DmfModule);
    BufferQueue_BufferContextGet(dmfModuleBufferQueue,
                                 ClientBufferContext)->TimerExpirationCallback(dmfModuleBufferQueue,
                                                                               ClientBuffer,
                                                                               ClientBufferContext,
                                                                               ClientDriverCallbackContext);
}

static
VOID
BufferQueue_BufferReuse(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer
    )
/*++

Routine Description:

    Gives back a buffer, after the Client has had a last look at it.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer.

Return Value:

    None

--*/
{
    DMF_CONTEXT_BufferQueue* moduleContext;
    DMF_CONFIG_BufferQueue* moduleConfig;
    VOID* clientBufferContext;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);
    if (moduleConfig->EvtBufferQueueReuseCleanup != NULL)
    {
        DMF_BufferPool_ParametersGet(moduleContext->DmfModuleBufferPoolProducer,
                                     ClientBuffer,
                                     NULL,
                                     NULL,
                                     NULL,
                                     &clientBufferContext,
                                     NULL);
        moduleConfig->EvtBufferQueueReuseCleanup(DmfModule,
                                                 ClientBuffer,
                                                 clientBufferContext);
    }
    DMF_BufferPool_Put(moduleContext->DmfModuleBufferPoolProducer,
                       ClientBuffer);
}

static
VOID
BufferQueue_QueueFlush(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives back all buffers of the queue, except those that their timer is about to take out.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMF_CONTEXT_BufferQueue* moduleContext;
    VOID* clientBuffer;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    while (NT_SUCCESS(DMF_BufferPool_Get(moduleContext->DmfModuleBufferPoolConsumer,
                                         &clientBuffer,
                                         NULL)))
    {
        BufferQueue_BufferReuse(DmfModule,
                                clientBuffer);
    }
}

/*
 * Module DMF Callbacks
 */

#pragma code_seg("PAGE")
static
VOID
DMF_BufferQueue_Close(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Uninitialize an instance of a DMF Module of type BufferQueue. The Client gets a last look at each buffer that is
    still in the queue.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    BufferQueue_QueueFlush(DmfModule);

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_BufferQueue_ChildModulesAdd(
    _In_ DMFMODULE DmfModule,
    _In_ DMF_MODULE_ATTRIBUTES* DmfParentModuleAttributes,
    _In_ PDMFMODULE_INIT DmfModuleInit
    )
/*++

Routine Description:

    Adds the two pools that this Module consists of.

Arguments:

    DmfModule - This Module's handle.
    DmfParentModuleAttributes - This Module's attributes.
    DmfModuleInit - What DMF collects the children in.

Return Value:

    None

--*/
{
    DMF_CONTEXT_BufferQueue* moduleContext;
    DMF_CONFIG_BufferQueue* moduleConfig;
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONFIG_BufferPool moduleConfigBufferPool;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);

    /* BufferPoolProducer */
    DMF_CONFIG_BufferPool_AND_ATTRIBUTES_INIT(&moduleConfigBufferPool,
                                              &moduleAttributes);
    moduleConfigBufferPool.BufferPoolMode = BufferPool_Mode_Source;
    moduleConfigBufferPool.Mode.SourceSettings = moduleConfig->SourceSettings;
    moduleConfigBufferPool.Mode.SourceSettings.BufferContextSize =
        BufferQueue_BufferContextOffset(&moduleConfig->SourceSettings) + sizeof(BUFFERQUEUE_BUFFER_CONTEXT);
    moduleAttributes.ClientModuleInstanceName = "BufferPoolProducer";
    moduleAttributes.PassiveLevel = DmfParentModuleAttributes->PassiveLevel;
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     &moduleContext->DmfModuleBufferPoolProducer);

    /* BufferPoolConsumer */
    DMF_CONFIG_BufferPool_AND_ATTRIBUTES_INIT(&moduleConfigBufferPool,
                                              &moduleAttributes);
    moduleConfigBufferPool.BufferPoolMode = BufferPool_Mode_Sink;
    moduleAttributes.ClientModuleInstanceName = "BufferPoolConsumer";
    moduleAttributes.PassiveLevel = DmfParentModuleAttributes->PassiveLevel;
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     &moduleContext->DmfModuleBufferPoolConsumer);

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_BufferQueue_Create(
    WDFDEVICE Device,
    DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Create an instance of a DMF Module of type BufferQueue.

Arguments:

    Device - The Client Driver's device.
    DmfModuleAttributes - What DMF needs to create the Module.
    ObjectAttributes - Attributes of the WDF object behind the Module.
    DmfModule - The Module's handle.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_BufferQueue;
    DMF_CALLBACKS_DMF dmfCallbacksDmf_BufferQueue;
    DMF_CONFIG_BufferQueue* moduleConfig;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleConfig = (DMF_CONFIG_BufferQueue*)DmfModuleAttributes->ModuleConfigPointer;
    if ((moduleConfig != NULL) &&
        (moduleConfig->SourceSettings.BufferContextSize > MAXULONG - sizeof(BUFFERQUEUE_BUFFER_CONTEXT) - sizeof(VOID*)))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "BufferContextSize=%u leaves no room for the Module's own part",
                    moduleConfig->SourceSettings.BufferContextSize);
        *DmfModule = NULL;
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    DMF_CALLBACKS_DMF_INIT(&dmfCallbacksDmf_BufferQueue);
    dmfCallbacksDmf_BufferQueue.ChildModulesAdd = DMF_BufferQueue_ChildModulesAdd;
    dmfCallbacksDmf_BufferQueue.DeviceClose = DMF_BufferQueue_Close;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(dmfModuleDescriptor_BufferQueue,
                                            BufferQueue,
                                            DMF_CONTEXT_BufferQueue,
                                            DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    dmfModuleDescriptor_BufferQueue.CallbacksDmf = &dmfCallbacksDmf_BufferQueue;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &dmfModuleDescriptor_BufferQueue,
                                DmfModule);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModuleCreate fails: ntStatus=%!STATUS!", ntStatus);
    }

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

/* Module Methods */

_Use_decl_annotations_
VOID
DMF_BufferQueue_ContextGet(
    DMFMODULE DmfModule,
    VOID* ClientBuffer,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Gives the address of the Client's context of a buffer of this Module, wherever the buffer is.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer.
    ClientBufferContext - The address of its context.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    DMF_BufferPool_ContextGet(DMF_CONTEXT_GET(DmfModule)->DmfModuleBufferPoolProducer,
                              ClientBuffer,
                              ClientBufferContext);
}

_Use_decl_annotations_
ULONG
DMF_BufferQueue_Count(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the number of buffers in the queue, which may be another one when this returns.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    The number of buffers.

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    return DMF_BufferPool_Count(DMF_CONTEXT_GET(DmfModule)->DmfModuleBufferPoolConsumer);
}

_Use_decl_annotations_
NTSTATUS
DMF_BufferQueue_Dequeue(
    DMFMODULE DmfModule,
    VOID** ClientBuffer,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Takes the first buffer out of the queue. The Client owns it until it enqueues it or gives it back.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer.
    ClientBufferContext - The address of its context.

Return Value:

    STATUS_UNSUCCESSFUL if there is no buffer.

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    return DMF_BufferPool_Get(DMF_CONTEXT_GET(DmfModule)->DmfModuleBufferPoolConsumer,
                              ClientBuffer,
                              ClientBufferContext);
}

_Use_decl_annotations_
NTSTATUS
DMF_BufferQueue_DequeueWithMemoryDescriptor(
    DMFMODULE DmfModule,
    VOID** ClientBuffer,
    PWDF_MEMORY_DESCRIPTOR MemoryDescriptor,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Takes the first buffer out of the queue. The Client owns it until it enqueues it or gives it back.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer.
    MemoryDescriptor - The memory descriptor of the buffer.
    ClientBufferContext - The address of its context.

Return Value:

    STATUS_INSUFFICIENT_RESOURCES if there is no buffer.

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    return DMF_BufferPool_GetWithMemoryDescriptor(DMF_CONTEXT_GET(DmfModule)->DmfModuleBufferPoolConsumer,
                                                  ClientBuffer,
                                                  MemoryDescriptor,
                                                  ClientBufferContext);
}

_Use_decl_annotations_
VOID
DMF_BufferQueue_Enqueue(
    DMFMODULE DmfModule,
    VOID* ClientBuffer
    )
/*++

Routine Description:

    Puts a buffer at the end of the queue. The Client does not own it any more.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer, one of this Module.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    DMF_BufferPool_Put(DMF_CONTEXT_GET(DmfModule)->DmfModuleBufferPoolConsumer,
                       ClientBuffer);
}

_Use_decl_annotations_
VOID
DMF_BufferQueue_EnqueueAtHead(
    DMFMODULE DmfModule,
    VOID* ClientBuffer
    )
/*++

Routine Description:

    Puts a buffer at the start of the queue. The Client does not own it any more.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer, one of this Module.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    DMF_BufferPool_PutAtHead(DMF_CONTEXT_GET(DmfModule)->DmfModuleBufferPoolConsumer,
                             ClientBuffer);
}

_Use_decl_annotations_
NTSTATUS
DMF_BufferQueue_EnqueueWithTimer(
    DMFMODULE DmfModule,
    VOID* ClientBuffer,
    ULONGLONG TimerExpirationMilliseconds,
    EVT_DMF_BufferPool_TimerCallback* TimerExpirationCallback,
    VOID* TimerExpirationCallbackContext
    )
/*++

Routine Description:

    Puts a buffer at the end of the queue for a limited time. If nobody dequeues it before, the callback gets it.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer, one of this Module, whose Config says CreateWithTimer.
    TimerExpirationMilliseconds - How long it stays in the queue.
    TimerExpirationCallback - Called when its time is over. The Client owns the buffer from then on.
    TimerExpirationCallbackContext - Passed to the callback.

Return Value:

    STATUS_INVALID_PARAMETER if there is no callback. Then the Client still owns the buffer.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_BufferQueue* moduleContext;
    VOID* clientBufferContext;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    if (TimerExpirationCallback == NULL)
    {
        DmfAssert(FALSE);
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    DMF_BufferPool_ContextGet(moduleContext->DmfModuleBufferPoolProducer,
                              ClientBuffer,
                              &clientBufferContext);
    BufferQueue_BufferContextGet(DmfModule,
                                 clientBufferContext)->TimerExpirationCallback = TimerExpirationCallback;
    DMF_BufferPool_PutInSinkWithTimer(moduleContext->DmfModuleBufferPoolConsumer,
                                      ClientBuffer,
                                      TimerExpirationMilliseconds,
                                      BufferQueue_TimerExpired,
                                      TimerExpirationCallbackContext);
    ntStatus = STATUS_SUCCESS;

Exit:

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_BufferQueue_Enumerate(
    DMFMODULE DmfModule,
    EVT_DMF_BufferPool_Enumeration EntryEnumerationCallback,
    VOID* ClientDriverCallbackContext,
    VOID** ClientBuffer,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Shows the buffers of the queue to the Client from the first to the last.

Arguments:

    DmfModule - This Module's handle.
    EntryEnumerationCallback - Called for each buffer, under the queue's lock. Its Module is this Module's child.
    ClientDriverCallbackContext - Passed to the callback.
    ClientBuffer - The buffer that the callback removed, or NULL.
    ClientBufferContext - The address of its context, or NULL.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    DMF_BufferPool_Enumerate(DMF_CONTEXT_GET(DmfModule)->DmfModuleBufferPoolConsumer,
                             EntryEnumerationCallback,
                             ClientDriverCallbackContext,
                             ClientBuffer,
                             ClientBufferContext);
}

_Use_decl_annotations_
NTSTATUS
DMF_BufferQueue_Fetch(
    DMFMODULE DmfModule,
    VOID** ClientBuffer,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Takes an unused buffer. The Client owns it until it enqueues it or gives it back.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer.
    ClientBufferContext - The address of its context.

Return Value:

    STATUS_UNSUCCESSFUL if there is no buffer.

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferQueue);

    return DMF_BufferPool_Get(DMF_CONTEXT_GET(DmfModule)->DmfModuleBufferPoolProducer,
                              ClientBuffer,
                              ClientBufferContext);
}

_Use_decl_annotations_
VOID
DMF_BufferQueue_Flush(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives back all buffers of the queue, except those that their timer is about to take out.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD_CLOSING_OK(DmfModule,
                                            BufferQueue);

    BufferQueue_QueueFlush(DmfModule);
}

_Use_decl_annotations_
VOID
DMF_BufferQueue_Reuse(
    DMFMODULE DmfModule,
    VOID* ClientBuffer
    )
/*++

Routine Description:

    Gives back a buffer, whether it has been in the queue or not. Its contents are erased.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The buffer.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD_CLOSING_OK(DmfModule,
                                            BufferQueue);

    BufferQueue_BufferReuse(DmfModule,
                            ClientBuffer);
}
