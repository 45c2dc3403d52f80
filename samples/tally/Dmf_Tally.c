/* SPDX-License-Identifier: MIT */
/*
 * Tally: adds up what programs send, and counts how often they do. It is made of two Modules of its own Library and of one
 * of the Library below.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Tally.h"
#include "DmfModules.Tally.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_Tally.tmh"
#endif

/*
 * Module Private Context
 */

typedef struct
{
    /* What was added up, and how often. */
    DMFMODULE DmfModuleSum;
    DMFMODULE DmfModuleTimes;
} DMF_CONTEXT_Tally;

/* This macro declares the following function: */
/* DMF_CONTEXT_GET() */
DMF_MODULE_DECLARE_CONTEXT(Tally)

/* This macro declares the following function: */
/* DMF_CONFIG_GET() */
DMF_MODULE_DECLARE_CONFIG(Tally)

/*
 * DMF Module Support Code
 */

static
_Function_class_(EVT_DMF_IoctlHandler_Callback)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
NTSTATUS
Tally_EvtIoctl(
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

    Answers a program. The child has checked the sizes of the buffers.

Arguments:

    DmfModule - The child Module that handles control codes.
    Queue - Not used.
    Request - Not used; the child completes it.
    IoctlCode - The control code.
    InputBuffer - What is added.
    InputBufferSize - Not used.
    OutputBuffer - Receives the number.
    OutputBufferSize - Not used.
    BytesReturned - How much the output buffer holds.

Return Value:

    STATUS_SUCCESS

--*/
{
    DMF_CONTEXT_Tally* moduleContext;
    ULONG result;

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(InputBufferSize);
    UNREFERENCED_PARAMETER(OutputBufferSize);

    moduleContext = DMF_CONTEXT_GET(DMF_ParentModuleGet(DmfModule));
    if (IoctlCode == IOCTL_TALLY_ADD)
    {
        DMF_TallyCounter_Add(moduleContext->DmfModuleTimes,
                             1);
        result = DMF_TallyCounter_Add(moduleContext->DmfModuleSum,
                                      *(ULONG*)InputBuffer);
    }
    else
    {
        result = DMF_TallyCounter_Get(moduleContext->DmfModuleTimes);
    }
    RtlCopyMemory(OutputBuffer,
                  &result,
                  sizeof(result));
    *BytesReturned = sizeof(result);

    return STATUS_SUCCESS;
}

static IoctlHandler_IoctlRecord Tally_IoctlRecords[] =
{
    { (LONG)IOCTL_TALLY_ADD, sizeof(ULONG), sizeof(ULONG), Tally_EvtIoctl, FALSE },
    { (LONG)IOCTL_TALLY_TIMES, 0, sizeof(ULONG), Tally_EvtIoctl, FALSE },
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
DMF_Tally_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Lets the sum begin as the Client wants.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS

--*/
{
    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMF_TallyCounter_Add(DMF_CONTEXT_GET(DmfModule)->DmfModuleSum,
                         DMF_CONFIG_GET(DmfModule)->Start);

    FuncExitVoid(DMF_TRACE);

    return STATUS_SUCCESS;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Function_class_(DMF_ChildModulesAdd)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_Tally_ChildModulesAdd(
    _In_ DMFMODULE DmfModule,
    _In_ DMF_MODULE_ATTRIBUTES* DmfParentModuleAttributes,
    _In_ PDMFMODULE_INIT DmfModuleInit
    )
/*++

Routine Description:

    Adds the Modules that this one is made of.

Arguments:

    DmfModule - This Module's handle.
    DmfParentModuleAttributes - Not used.
    DmfModuleInit - What DMF_DmfModuleAdd takes.

Return Value:

    None

--*/
{
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONTEXT_Tally* moduleContext;
    DMF_CONFIG_IoctlHandler moduleConfigIoctlHandler;

    UNREFERENCED_PARAMETER(DmfParentModuleAttributes);

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    /* TallyCounter: the sum */
    DMF_TallyCounter_ATTRIBUTES_INIT(&moduleAttributes);
    moduleAttributes.ClientModuleInstanceName = "Sum";
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     &moduleContext->DmfModuleSum);

    /* TallyCounter: how often */
    DMF_TallyCounter_ATTRIBUTES_INIT(&moduleAttributes);
    moduleAttributes.ClientModuleInstanceName = "Times";
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     &moduleContext->DmfModuleTimes);

    /* IoctlHandler */
    DMF_CONFIG_IoctlHandler_AND_ATTRIBUTES_INIT(&moduleConfigIoctlHandler,
                                                &moduleAttributes);
    moduleConfigIoctlHandler.IoctlRecords = Tally_IoctlRecords;
    moduleConfigIoctlHandler.IoctlRecordCount = RTL_NUMBER_OF(Tally_IoctlRecords);
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     NULL);

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Tally_Create(
    WDFDEVICE Device,
    DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Creates an instance of a DMF Module of type Tally.

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
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_Tally;
    DMF_CALLBACKS_DMF dmfCallbacksDmf_Tally;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMF_CALLBACKS_DMF_INIT(&dmfCallbacksDmf_Tally);
    dmfCallbacksDmf_Tally.DeviceOpen = DMF_Tally_Open;
    dmfCallbacksDmf_Tally.ChildModulesAdd = DMF_Tally_ChildModulesAdd;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(dmfModuleDescriptor_Tally,
                                            Tally,
                                            DMF_CONTEXT_Tally,
                                            DMF_MODULE_OPTIONS_DISPATCH,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    dmfModuleDescriptor_Tally.CallbacksDmf = &dmfCallbacksDmf_Tally;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &dmfModuleDescriptor_Tally,
                                DmfModule);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModuleCreate fails: ntStatus=%!STATUS!", ntStatus);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()
