/* SPDX-License-Identifier: MIT */
#pragma once

// A context that several sources share.
//
typedef struct _BLINK_CONTEXT
{
    ULONG Tag;
    LONG Count;
    union
    {
        struct
        {
            UCHAR Low : 4;
            UCHAR High : 4;
        };
        UCHAR AsByte;
    };
} BLINK_CONTEXT, *PBLINK_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(BLINK_CONTEXT, BlinkContextGet)

EXTERN_C_START

_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
Module_Blink_Start(
    _In_ BLINK_STATE State,
    _Inout_ PBLINK_CONTEXT Context
    );

EXTERN_C_END
