/* SPDX-License-Identifier: MIT */
/*
 * TallyCounter: a number that is added to.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Tally.h"
#include "DmfModules.Tally.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_TallyCounter.tmh"
#endif

/*
 * Module Private Context
 */

typedef struct
{
    volatile LONG Sum;
} DMF_CONTEXT_TallyCounter;

/* This macro declares the following function: */
/* DMF_CONTEXT_GET() */
DMF_MODULE_DECLARE_CONTEXT(TallyCounter)

/* This Module has no Config. */
DMF_MODULE_DECLARE_NO_CONFIG(TallyCounter)

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_TallyCounter_Create(
    WDFDEVICE Device,
    DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Creates an instance of a DMF Module of type TallyCounter.

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
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_TallyCounter;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(dmfModuleDescriptor_TallyCounter,
                                            TallyCounter,
                                            DMF_CONTEXT_TallyCounter,
                                            DMF_MODULE_OPTIONS_DISPATCH,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &dmfModuleDescriptor_TallyCounter,
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
ULONG
DMF_TallyCounter_Add(
    DMFMODULE DmfModule,
    ULONG Value
    )
/*++

Routine Description:

    Adds to the number.

Arguments:

    DmfModule - This Module's handle.
    Value - What is added.

Return Value:

    The sum.

--*/
{
    DMF_CONTEXT_TallyCounter* moduleContext;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 TallyCounter);

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    return (ULONG)InterlockedExchangeAdd(&moduleContext->Sum,
                                         (LONG)Value) +
           Value;
}

_Use_decl_annotations_
ULONG
DMF_TallyCounter_Get(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the number.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    The sum.

--*/
{
    DMF_CONTEXT_TallyCounter* moduleContext;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 TallyCounter);

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    return (ULONG)InterlockedExchangeAdd(&moduleContext->Sum,
                                         0);
}
