/* SPDX-License-Identifier: MIT */
/*
 * What driver functions have in their bodies: the page assertion, checks of states, structured exception handling in every
 * form, in nested blocks and with early exits.
 */
#define DMF_NO_SEH_NOTE 1
#include "tricks_platform.h"

NTSTATUS trick_paged(_In_ WDFDEVICE Device, _Inout_ PULONG Value);
VOID trick_finally(_Inout_ PULONG Value);
NTSTATUS trick_nested(_Inout_ PULONG Value);

#pragma code_seg("PAGE")
_Use_decl_annotations_ NTSTATUS trick_paged(WDFDEVICE Device, PULONG Value)
{
    NTSTATUS ntStatus;

    PAGED_CODE();
    UNREFERENCED_PARAMETER(Device);

    ntStatus = STATUS_SUCCESS;
    __try
    {
        *Value = 1;
    }
    __except (EXCEPTION_EXECUTE_HANDLER)
    {
        ntStatus = GetExceptionCode();
    }
    return ntStatus;
}
#pragma code_seg()

VOID trick_finally(PULONG Value)
{
    __try
    {
        *Value += 1;
        if (*Value == 2)
        {
            __leave;
        }
        *Value += 2;
    }
    __finally
    {
        *Value += 4;
    }
}

NTSTATUS trick_nested(PULONG Value)
{
    NTSTATUS ntStatus;

    ntStatus = STATUS_SUCCESS;
    __try
    {
        __try
        {
            *Value = 9;
        }
        __finally
        {
            *Value = 10;
        }
    }
    __except (EXCEPTION_EXECUTE_HANDLER)
    {
        ntStatus = STATUS_ACCESS_VIOLATION;
    }
    return ntStatus;
}

/* Macros that must stand as one statement where braces are missing. */
VOID trick_statements(_In_ BOOLEAN Flag, _In_ PVOID Pointer);
VOID trick_statements(BOOLEAN Flag, PVOID Pointer)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    if (Flag)
        UNREFERENCED_PARAMETER(Pointer);
    else
        RtlZeroMemory(&attributes, sizeof(attributes));
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = (WDFOBJECT)Pointer;
    if (attributes.ParentObject != WDF_NO_HANDLE)
    {
        attributes.ParentObject = NULL;
    }
    WDFCASSERT(sizeof(ULONG) == 4)
}
