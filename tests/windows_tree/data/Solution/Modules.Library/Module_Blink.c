/*++

    SPDX-License-Identifier: MIT

Module Name:

    Module_Blink.c

Abstract:

    A source that only C++ accepts, and that has no block for the trace preprocessor.

--*/

#include "..\Common\environment.h"
#include "Module_BLINK.h"

#if defined(DMF_INCLUDE_TMH)
#include "Module_Blink.tmh"
#endif

#define MemoryTag 'knlB'

struct BlinkTable
{
    BLINK_STATE State;
    const WCHAR* Name;
};

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
Module_Blink_Start(
    _In_ BLINK_STATE State,
    _Inout_ PBLINK_CONTEXT Context
    )
{
    NTSTATUS ntStatus;
    const ULONG numberOfEntries = 2;
    BlinkTable table[numberOfEntries];

    PAGED_CODE();

    FuncEntry(DMF_TRACE_Blink);

    ntStatus = STATUS_SUCCESS;

    if (State == BlinkState_Invalid)
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE_Blink, "Invalid State ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }

    // A jump over this is an error in standard C++ and accepted by Microsoft's compiler.
    //
    ULONG index = NULL;

    table[0] = { BlinkState_Off, L"Off" };
    table[1] = { BlinkState_On, L"On" };

    switch (State)
    {
        case BlinkState_Off:
            index = 0;
            break;
        default:
            index = 1;
            break;
    }

    Context->Tag = MemoryTag;
    Context->Count = (LONG)wcslen(table[index].Name);
    Context->AsByte = 0x21;

Exit:

    FuncExit(DMF_TRACE_Blink, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()
