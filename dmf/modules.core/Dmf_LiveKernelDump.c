/* SPDX-License-Identifier: MIT */
/*
 * LiveKernelDump: remembers memory of the driver and of its Modules, and writes it into a report while the driver goes on.
 *
 * Environment: kernel mode drivers. In user mode there is no instance.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_LiveKernelDump.tmh"
#endif

#if defined(DMF_KERNEL_MODE)

/*
 * Module Private Enumerations and Structures
 */

#define LIVEKERNELDUMP_BLOCKS_MAXIMUM 256

/* What a block counts for beside its length. */
#define LIVEKERNELDUMP_BLOCK_OVERHEAD 8

/* What the bug check callback may register. */
#define LIVEKERNELDUMP_TRIAGE_BLOCKS_MAXIMUM 1024

/* A block of memory. The address comes first, because blocks are found by it. */
typedef struct
{
    VOID* Address;
    ULONG Length;
    BOOLEAN IsValid;
} LIVEKERNELDUMP_BLOCK;

/*
 * Module Private Context
 */

typedef struct
{
    DMFMODULE DmfModuleRingBuffer;
    DMFMODULE DmfModuleBufferQueue;
    DMFMODULE DmfModuleIoctlHandler;
    DMFMODULE DmfModuleCrashDump;
    /* The address of all Modules. */
    ULONG_PTR DmfCollection;
    /* The size of all valid blocks. */
    volatile LONG DmfDataSize;
} DMF_CONTEXT_LiveKernelDump;

/* This macro declares the following function: */
/* DMF_CONTEXT_GET() */
DMF_MODULE_DECLARE_CONTEXT(LiveKernelDump)

/* This macro declares the following function: */
/* DMF_CONFIG_GET() */
DMF_MODULE_DECLARE_CONFIG(LiveKernelDump)

/*
 * DMF Module Support Code
 */

static
_IRQL_requires_same_
BOOLEAN
LiveKernelDump_BlockInvalidate(
    _In_ DMFMODULE DmfModule,
    _Inout_updates_(BufferSize) UCHAR* Buffer,
    _In_ ULONG BufferSize,
    _In_opt_ VOID* CallbackContext
    )
/*++

Routine Description:

    Takes a block that was found by its address out, if its length is the one that is meant.

Arguments:

    DmfModule - The ring of blocks.
    Buffer - The block.
    BufferSize - The size of what describes it.
    CallbackContext - The length, and where the number of blocks that were taken out is counted.

Return Value:

    TRUE, because there may be others.

--*/
{
    LIVEKERNELDUMP_BLOCK* block;
    ULONG* lengthAndCount;

    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BufferSize);

    block = (LIVEKERNELDUMP_BLOCK*)Buffer;
    lengthAndCount = (ULONG*)CallbackContext;
    if (block->IsValid &&
        (block->Length == lengthAndCount[0]))
    {
        block->IsValid = FALSE;
        lengthAndCount[1]++;
    }

    return TRUE;
}

static
_IRQL_requires_same_
BOOLEAN
LiveKernelDump_BlockCopy(
    _In_ DMFMODULE DmfModule,
    _Inout_updates_(BufferSize) UCHAR* Buffer,
    _In_ ULONG BufferSize,
    _In_opt_ VOID* CallbackContext
    )
/*++

Routine Description:

    Copies a valid block from the ring to the queue, because the ring's lock is held and a report is written at
    PASSIVE_LEVEL.

Arguments:

    DmfModule - The ring of blocks.
    Buffer - The block.
    BufferSize - The size of what describes it.
    CallbackContext - The queue.

Return Value:

    TRUE, because there are others.

--*/
{
    NTSTATUS ntStatus;
    DMFMODULE dmfModuleBufferQueue;
    VOID* copy;

    UNREFERENCED_PARAMETER(DmfModule);

    dmfModuleBufferQueue = (DMFMODULE)CallbackContext;
    if (((LIVEKERNELDUMP_BLOCK*)Buffer)->IsValid)
    {
        /* The queue has as many buffers as the ring has blocks. */
        ntStatus = DMF_BufferQueue_Fetch(dmfModuleBufferQueue,
                                         &copy,
                                         NULL);
        if (NT_SUCCESS(ntStatus))
        {
            RtlCopyMemory(copy,
                          Buffer,
                          BufferSize);
            DMF_BufferQueue_Enqueue(dmfModuleBufferQueue,
                                    copy);
        }
    }

    return TRUE;
}

static
_IRQL_requires_same_
BOOLEAN
LiveKernelDump_BlockToTriage(
    _In_ DMFMODULE DmfModule,
    _Inout_updates_(BufferSize) UCHAR* Buffer,
    _In_ ULONG BufferSize,
    _In_opt_ VOID* CallbackContext
    )
/*++

Routine Description:

    Puts a valid block into a crash dump while the system stops.

Arguments:

    DmfModule - The ring of blocks.
    Buffer - The block.
    BufferSize - The size of what describes it.
    CallbackContext - The child that knows of the crash dump.

Return Value:

    TRUE, because there are others.

--*/
{
    NTSTATUS ntStatus;
    LIVEKERNELDUMP_BLOCK* block;

    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BufferSize);

    block = (LIVEKERNELDUMP_BLOCK*)Buffer;
    if (block->IsValid)
    {
        /* One that does not fit is not there: nobody could be told. */
        ntStatus = DMF_CrashDump_TriageDumpDataAdd((DMFMODULE)CallbackContext,
                                                   (UCHAR*)block->Address,
                                                   block->Length);
        UNREFERENCED_PARAMETER(ntStatus);
    }

    return TRUE;
}

static
_IRQL_requires_same_
VOID
LiveKernelDump_StoreTriageDumpData(
    _In_ DMFMODULE DmfModule,
    _In_ ULONG BugCheckCode,
    _In_ ULONG_PTR BugCheckParameter1,
    _In_ ULONG_PTR BugCheckParameter2,
    _In_ ULONG_PTR BugCheckParameter3,
    _In_ ULONG_PTR BugCheckParameter4
    )
/*++

Routine Description:

    Puts what is registered into a crash dump while the system stops. No locks.

Arguments:

    DmfModule - The child that knows of the crash dump.
    BugCheckCode - Not used.
    BugCheckParameter1 - Not used.
    BugCheckParameter2 - Not used.
    BugCheckParameter3 - Not used.
    BugCheckParameter4 - Not used.

Return Value:

    None

--*/
{
    DMF_CONTEXT_LiveKernelDump* moduleContext;

    UNREFERENCED_PARAMETER(BugCheckCode);
    UNREFERENCED_PARAMETER(BugCheckParameter1);
    UNREFERENCED_PARAMETER(BugCheckParameter2);
    UNREFERENCED_PARAMETER(BugCheckParameter3);
    UNREFERENCED_PARAMETER(BugCheckParameter4);

    moduleContext = DMF_CONTEXT_GET(DMF_ParentModuleGet(DmfModule));
    DMF_RingBuffer_Enumerate(moduleContext->DmfModuleRingBuffer,
                             FALSE,
                             LiveKernelDump_BlockToTriage,
                             DmfModule);
}

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
LiveKernelDump_DmfDataInsert(
    _In_ DMFMODULE DmfModule,
    _In_ HANDLE Report
    )
/*++

Routine Description:

    Puts what is registered into a report, the oldest first.

Arguments:

    DmfModule - This Module's handle.
    Report - The report.

Return Value:

    STATUS_SUCCESS, or what the first block says that cannot be put there.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_LiveKernelDump* moduleContext;
    VOID* buffer;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    ntStatus = STATUS_SUCCESS;
    /* Reports that are written at once take turns, so that each one has the queue for itself. */
    DMF_ModuleLock(DmfModule);
    DMF_RingBuffer_Enumerate(moduleContext->DmfModuleRingBuffer,
                             TRUE,
                             LiveKernelDump_BlockCopy,
                             moduleContext->DmfModuleBufferQueue);
    while (NT_SUCCESS(DMF_BufferQueue_Dequeue(moduleContext->DmfModuleBufferQueue,
                                              &buffer,
                                              NULL)))
    {
        if (NT_SUCCESS(ntStatus))
        {
            ntStatus = LkmdTelInsertTriageDataBlock(Report,
                                                    ((LIVEKERNELDUMP_BLOCK*)buffer)->Address,
                                                    ((LIVEKERNELDUMP_BLOCK*)buffer)->Length);
        }
        DMF_BufferQueue_Reuse(moduleContext->DmfModuleBufferQueue,
                              buffer);
    }
    DMF_ModuleUnlock(DmfModule);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
LiveKernelDump_ReportFill(
    _In_ DMFMODULE DmfModule,
    _In_ HANDLE Report,
    _In_ BOOLEAN ExcludeDmfData,
    _In_ ULONG NumberOfClientStructures,
    _In_opt_ PLIVEKERNELDUMP_CLIENT_STRUCTURE ArrayOfClientStructures,
    _In_ ULONG SizeOfSecondaryData,
    _In_opt_ VOID* SecondaryDataBuffer
    )
/*++

Routine Description:

    Puts everything into a report that it is to have.

Arguments:

    DmfModule - This Module's handle.
    Report - The report.
    ExcludeDmfData - Without what is registered.
    NumberOfClientStructures - The number of structures.
    ArrayOfClientStructures - Memory of the Client.
    SizeOfSecondaryData - The size of secondary data.
    SecondaryDataBuffer - The secondary data.

Return Value:

    STATUS_SUCCESS, or the first error.

--*/
{
    static const GUID noGuid = {0};
    NTSTATUS ntStatus;
    DMF_CONFIG_LiveKernelDump* moduleConfig;

    PAGED_CODE();

    moduleConfig = DMF_CONFIG_GET(DmfModule);

    ntStatus = STATUS_SUCCESS;
    if (! ExcludeDmfData)
    {
        ntStatus = LiveKernelDump_DmfDataInsert(DmfModule,
                                                Report);
    }
    for (ULONG structureIndex = 0; NT_SUCCESS(ntStatus) && (structureIndex < NumberOfClientStructures); structureIndex++)
    {
        ntStatus = LkmdTelInsertTriageDataBlock(Report,
                                                ArrayOfClientStructures[structureIndex].Address,
                                                ArrayOfClientStructures[structureIndex].Size);
    }
    if (NT_SUCCESS(ntStatus) &&
        (SizeOfSecondaryData > 0) &&
        (RtlCompareMemory(&moduleConfig->GuidSecondaryData,
                          &noGuid,
                          sizeof(GUID)) != sizeof(GUID)))
    {
        ntStatus = LkmdTelSetSecondaryData(Report,
                                           &moduleConfig->GuidSecondaryData,
                                           SecondaryDataBuffer,
                                           SizeOfSecondaryData);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
BOOLEAN
LiveKernelDump_MemoryIsThere(
    _In_opt_ VOID* Buffer,
    _In_ ULONGLONG Size
    )
/*++

Routine Description:

    Tells whether memory that a request points to can be read.

Arguments:

    Buffer - The memory.
    Size - Its size.

Return Value:

    TRUE if it can.

--*/
{
    ULONG_PTR firstAddress;
    ULONG_PTR lastAddress;
    BOOLEAN isThere;

    PAGED_CODE();

    isThere = TRUE;
    firstAddress = (ULONG_PTR)Buffer;
    lastAddress = firstAddress + (ULONG_PTR)Size - 1;
    if (Size != 0)
    {
        isThere = (lastAddress >= firstAddress) &&
                  MmIsAddressValid((VOID*)lastAddress);
        for (ULONG_PTR address = firstAddress; isThere && (address < lastAddress); address += PAGE_SIZE)
        {
            isThere = MmIsAddressValid((VOID*)address);
        }
    }

    return isThere;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Function_class_(EVT_DMF_IoctlHandler_Callback)
_Must_inspect_result_
NTSTATUS
LiveKernelDump_RequestCreate(
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

    Writes the report that a program asks for.

Arguments:

    DmfModule - The child that got the request.
    Queue - Not used.
    Request - Not used.
    IoctlCode - Not used.
    InputBuffer - What the report is to have.
    InputBufferSize - The size of that, which is enough.
    OutputBuffer - Not used.
    OutputBufferSize - Not used.
    BytesReturned - Stays zero.

Return Value:

    STATUS_INVALID_PARAMETER if what the request points to is not there, or what writing says.

--*/
{
    NTSTATUS ntStatus;
    LIVEKERNELDUMP_INPUT_BUFFER input;

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(IoctlCode);
    UNREFERENCED_PARAMETER(InputBufferSize);
    UNREFERENCED_PARAMETER(OutputBuffer);
    UNREFERENCED_PARAMETER(OutputBufferSize);
    UNREFERENCED_PARAMETER(BytesReturned);

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    RtlCopyMemory(&input,
                  InputBuffer,
                  sizeof(LIVEKERNELDUMP_INPUT_BUFFER));
    if (LiveKernelDump_MemoryIsThere(input.ArrayOfClientStructures,
                                     (ULONGLONG)input.NumberOfClientStructures *
                                         sizeof(LIVEKERNELDUMP_CLIENT_STRUCTURE)) &&
        LiveKernelDump_MemoryIsThere(input.SecondaryDataBuffer,
                                     input.SizeOfSecondaryData))
    {
        ntStatus = DMF_LiveKernelDump_LiveKernelMemoryDumpCreate(DMF_ParentModuleGet(DmfModule),
                                                                 input.BugCheckCode,
                                                                 input.BugCheckParameter,
                                                                 input.ExcludeDmfData,
                                                                 input.NumberOfClientStructures,
                                                                 input.ArrayOfClientStructures,
                                                                 input.SizeOfSecondaryData,
                                                                 input.SecondaryDataBuffer);
    }
    else
    {
        ntStatus = STATUS_INVALID_PARAMETER;
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

static IoctlHandler_IoctlRecord g_LiveKernelDumpIoctlRecords[] =
{
    { (LONG)IOCTL_LIVEKERNELDUMP_CREATE, sizeof(LIVEKERNELDUMP_INPUT_BUFFER), 0, LiveKernelDump_RequestCreate, TRUE },
};

/*
 * DMF Module Callbacks
 */

#pragma code_seg("PAGE")
static
_Function_class_(DMF_Open)
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_LiveKernelDump_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Lets the Client Driver register what it has.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS

--*/
{
    DMF_CONFIG_LiveKernelDump* moduleConfig;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleConfig = DMF_CONFIG_GET(DmfModule);
    if (moduleConfig->LiveKernelDumpFeatureInitialize != NULL)
    {
        moduleConfig->LiveKernelDumpFeatureInitialize(DmfModule);
    }

    FuncExitVoid(DMF_TRACE);

    return STATUS_SUCCESS;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Function_class_(DMF_ChildModulesAdd)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_LiveKernelDump_ChildModulesAdd(
    _In_ DMFMODULE DmfModule,
    _In_ DMF_MODULE_ATTRIBUTES* DmfParentModuleAttributes,
    _In_ PDMFMODULE_INIT DmfModuleInit
    )
/*++

Routine Description:

    Adds the ring of blocks, the queue that a report is made from, and what programs and crash dumps need if they are
    configured.

Arguments:

    DmfModule - This Module's handle.
    DmfParentModuleAttributes - This Module's attributes.
    DmfModuleInit - What DMF collects the children in.

Return Value:

    None

--*/
{
    static const GUID noGuid = {0};
    static UCHAR componentName[] = "DMF";
    DMF_CONTEXT_LiveKernelDump* moduleContext;
    DMF_CONFIG_LiveKernelDump* moduleConfig;
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONFIG_RingBuffer moduleConfigRingBuffer;
    DMF_CONFIG_IoctlHandler moduleConfigIoctlHandler;
    DMF_CONFIG_BufferQueue moduleConfigBufferQueue;
    DMF_CONFIG_CrashDump moduleConfigCrashDump;

    UNREFERENCED_PARAMETER(DmfParentModuleAttributes);

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);

    /* RingBuffer */
    DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&moduleConfigRingBuffer,
                                              &moduleAttributes);
    moduleConfigRingBuffer.ItemCount = LIVEKERNELDUMP_BLOCKS_MAXIMUM;
    moduleConfigRingBuffer.ItemSize = sizeof(LIVEKERNELDUMP_BLOCK);
    moduleConfigRingBuffer.Mode = RingBuffer_Mode_DeleteOldestIfFullOnWrite;
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     &moduleContext->DmfModuleRingBuffer);

    /* IoctlHandler */
    if (RtlCompareMemory(&moduleConfig->GuidDeviceInterface,
                         &noGuid,
                         sizeof(GUID)) != sizeof(GUID))
    {
        DMF_CONFIG_IoctlHandler_AND_ATTRIBUTES_INIT(&moduleConfigIoctlHandler,
                                                    &moduleAttributes);
        moduleConfigIoctlHandler.DeviceInterfaceGuid = moduleConfig->GuidDeviceInterface;
        moduleConfigIoctlHandler.AccessModeFilter = IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl;
        moduleConfigIoctlHandler.IoctlRecords = g_LiveKernelDumpIoctlRecords;
        moduleConfigIoctlHandler.IoctlRecordCount = ARRAYSIZE(g_LiveKernelDumpIoctlRecords);
        DMF_DmfModuleAdd(DmfModuleInit,
                         &moduleAttributes,
                         WDF_NO_OBJECT_ATTRIBUTES,
                         &moduleContext->DmfModuleIoctlHandler);
    }

    /* BufferQueue */
    DMF_CONFIG_BufferQueue_AND_ATTRIBUTES_INIT(&moduleConfigBufferQueue,
                                               &moduleAttributes);
    moduleConfigBufferQueue.SourceSettings.BufferCount = LIVEKERNELDUMP_BLOCKS_MAXIMUM;
    moduleConfigBufferQueue.SourceSettings.BufferSize = sizeof(LIVEKERNELDUMP_BLOCK);
    moduleConfigBufferQueue.SourceSettings.PoolType = NonPagedPoolNx;
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     &moduleContext->DmfModuleBufferQueue);

    /* CrashDump */
    if (moduleConfig->IncludeDmfDataInBugCheckTriageDump)
    {
        DMF_CONFIG_CrashDump_AND_ATTRIBUTES_INIT(&moduleConfigCrashDump,
                                                 &moduleAttributes);
        moduleConfigCrashDump.ComponentName = componentName;
        moduleConfigCrashDump.TriageDumpData.TriageDumpDataArraySize = LIVEKERNELDUMP_TRIAGE_BLOCKS_MAXIMUM;
        moduleConfigCrashDump.TriageDumpData.EvtCrashDumpStoreTriageDumpData = LiveKernelDump_StoreTriageDumpData;
        DMF_DmfModuleAdd(DmfModuleInit,
                         &moduleAttributes,
                         WDF_NO_OBJECT_ATTRIBUTES,
                         &moduleContext->DmfModuleCrashDump);
    }

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
DMF_LiveKernelDump_Create(
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
    NTSTATUS ntStatus;
    DMF_MODULE_DESCRIPTOR moduleDescriptor;
    DMF_CALLBACKS_DMF callbacksDmf;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMF_CALLBACKS_DMF_INIT(&callbacksDmf);
    callbacksDmf.DeviceOpen = DMF_LiveKernelDump_Open;
    callbacksDmf.ChildModulesAdd = DMF_LiveKernelDump_ChildModulesAdd;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(moduleDescriptor,
                                            LiveKernelDump,
                                            DMF_CONTEXT_LiveKernelDump,
                                            DMF_MODULE_OPTIONS_PASSIVE,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    moduleDescriptor.CallbacksDmf = &callbacksDmf;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &moduleDescriptor,
                                DmfModule);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModuleCreate fails: ntStatus=%!STATUS!", ntStatus);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

/*
 * Module Methods
 */

_Use_decl_annotations_
NTSTATUS
DMF_LiveKernelDump_DataBufferSourceAdd(
    DMFMODULE DmfModule,
    VOID* Buffer,
    ULONG BufferLength
    )
/*++

Routine Description:

    Registers memory for reports.

Arguments:

    DmfModule - This Module's handle, or NULL.
    Buffer - The memory.
    BufferLength - Its size.

Return Value:

    STATUS_INVALID_PARAMETER for no memory, or what the ring says.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_LiveKernelDump* moduleContext;
    LIVEKERNELDUMP_BLOCK block;

    ntStatus = STATUS_SUCCESS;
    if (DmfModule == NULL)
    {
        goto Exit;
    }

    DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(DmfModule,
                                            LiveKernelDump);

    if ((Buffer == NULL) ||
        (BufferLength == 0))
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    RtlZeroMemory(&block,
                  sizeof(block));
    block.Address = Buffer;
    block.Length = BufferLength;
    block.IsValid = TRUE;
    ntStatus = DMF_RingBuffer_Write(moduleContext->DmfModuleRingBuffer,
                                    (UCHAR*)&block,
                                    sizeof(block));
    if (NT_SUCCESS(ntStatus))
    {
        InterlockedExchangeAdd(&moduleContext->DmfDataSize,
                               (LONG)(BufferLength + LIVEKERNELDUMP_BLOCK_OVERHEAD));
    }

Exit:

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_LiveKernelDump_DataBufferSourceRemove(
    DMFMODULE DmfModule,
    VOID* Buffer,
    ULONG BufferLength
    )
/*++

Routine Description:

    Unregisters memory: all blocks with this address and length.

Arguments:

    DmfModule - This Module's handle, or NULL.
    Buffer - The memory.
    BufferLength - Its size.

Return Value:

    None

--*/
{
    DMF_CONTEXT_LiveKernelDump* moduleContext;
    ULONG lengthAndCount[2];

    if (DmfModule == NULL)
    {
        goto Exit;
    }

    DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(DmfModule,
                                            LiveKernelDump);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    lengthAndCount[0] = BufferLength;
    lengthAndCount[1] = 0;
    DMF_RingBuffer_EnumerateToFindItem(moduleContext->DmfModuleRingBuffer,
                                       LiveKernelDump_BlockInvalidate,
                                       lengthAndCount,
                                       (UCHAR*)&Buffer,
                                       sizeof(Buffer));
    InterlockedExchangeAdd(&moduleContext->DmfDataSize,
                           -(LONG)(lengthAndCount[1] * (BufferLength + LIVEKERNELDUMP_BLOCK_OVERHEAD)));

Exit:

    return;
}

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_LiveKernelDump_StoreDmfCollectionAsBugcheckParameter(
    DMFMODULE DmfModule,
    ULONG_PTR DmfCollection
    )
/*++

Routine Description:

    Remembers the address of all Modules for reports.

Arguments:

    DmfModule - This Module's handle, or NULL.
    DmfCollection - The address.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfModule != NULL)
    {
        DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(DmfModule,
                                                LiveKernelDump);
        DMF_CONTEXT_GET(DmfModule)->DmfCollection = DmfCollection;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_LiveKernelDump_LiveKernelMemoryDumpCreate(
    DMFMODULE DmfModule,
    ULONG BugCheckCode,
    ULONG_PTR BugCheckParameter,
    BOOLEAN ExcludeDmfData,
    ULONG NumberOfClientStructures,
    PLIVEKERNELDUMP_CLIENT_STRUCTURE ArrayOfClientStructures,
    ULONG SizeOfSecondaryData,
    VOID* SecondaryDataBuffer
    )
/*++

Routine Description:

    Writes a report.

Arguments:

    DmfModule - This Module's handle, or NULL.
    BugCheckCode - What the report is about.
    BugCheckParameter - The first parameter of that.
    ExcludeDmfData - Without what is registered.
    NumberOfClientStructures - The number of structures.
    ArrayOfClientStructures - Memory of the Client.
    SizeOfSecondaryData - The size of secondary data.
    SecondaryDataBuffer - The secondary data.

Return Value:

    STATUS_INVALID_PARAMETER for something that is not there, STATUS_UNSUCCESSFUL if there is no report, or the first
    error.

--*/
{
    NTSTATUS ntStatus;
    HANDLE report;
    ULONG_PTR dmfCollection;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    report = NULL;
    ntStatus = STATUS_SUCCESS;
    if (DmfModule == NULL)
    {
        goto Exit;
    }

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 LiveKernelDump);

    if (((NumberOfClientStructures > 0) && (ArrayOfClientStructures == NULL)) ||
        ((SizeOfSecondaryData > 0) && (SecondaryDataBuffer == NULL)))
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    dmfCollection = ExcludeDmfData ? 0 : DMF_CONTEXT_GET(DmfModule)->DmfCollection;
    report = LkmdTelCreateReport(DMF_CONFIG_GET(DmfModule)->ReportType,
                                 BugCheckCode,
                                 BugCheckParameter,
                                 dmfCollection,
                                 0,
                                 0);
    if (report == NULL)
    {
        ntStatus = STATUS_UNSUCCESSFUL;
        goto Exit;
    }
    ntStatus = LiveKernelDump_ReportFill(DmfModule,
                                         report,
                                         ExcludeDmfData,
                                         NumberOfClientStructures,
                                         ArrayOfClientStructures,
                                         SizeOfSecondaryData,
                                         SecondaryDataBuffer);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = LkmdTelSubmitReport(report);
    }

Exit:

    if (report != NULL)
    {
        LkmdTelCloseHandle(report);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
ULONG
DMF_LiveKernelDump_DmfDataSizeGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells how much is registered.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    The number of bytes, with eight more for each block.

--*/
{
    PAGED_CODE();

    DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(DmfModule,
                                            LiveKernelDump);

    return (ULONG)ReadNoFence(&DMF_CONTEXT_GET(DmfModule)->DmfDataSize);
}
#pragma code_seg()

#else

_Use_decl_annotations_
VOID
DMF_LiveKernelDump_StoreDmfCollectionAsBugcheckParameter(
    DMFMODULE DmfModule,
    ULONG_PTR DmfCollection
    )
/*++

Routine Description:

    Does nothing, because user mode drivers write no reports.

Arguments:

    DmfModule - Always NULL.
    DmfCollection - Not used.

Return Value:

    None

--*/
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(DmfCollection);
}

#endif /* defined(DMF_KERNEL_MODE) */
