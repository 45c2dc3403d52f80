/* SPDX-License-Identifier: MIT */
/*
 * The kernel driver's end of a companion: tasks that it sends to the user flavour driver beside it.
 */
#ifndef WDFCOMPANIONTARGET_H
#define WDFCOMPANIONTARGET_H

#include "wdfglobals.h"
#include "wdfmemory.h"

EXTERN_C_START

#if !defined(UMDF_VERSION_MAJOR)

/* Bits of WDF_TASK_SEND_OPTIONS. */
typedef enum _WDF_TASK_SEND_OPTIONS_FLAGS
{
    WDF_TASK_SEND_OPTION_TIMEOUT = 0x00000001,
    WDF_TASK_SEND_OPTION_SYNCHRONOUS = 0x00000002,
} WDF_TASK_SEND_OPTIONS_FLAGS;

/* How a task is sent to the companion. */
typedef struct _WDF_TASK_SEND_OPTIONS
{
    ULONG Size;
    ULONG Flags;
    LONGLONG Timeout;
} WDF_TASK_SEND_OPTIONS, *PWDF_TASK_SEND_OPTIONS;

#endif

#if !defined(UMDF_VERSION_MAJOR)

FORCEINLINE VOID WDF_TASK_SEND_OPTIONS_INIT(_Out_ PWDF_TASK_SEND_OPTIONS Options, _In_ ULONG Flags)
{
    RtlZeroMemory(Options, sizeof(WDF_TASK_SEND_OPTIONS));
    Options->Size = WDF_STRUCTURE_SIZE(WDF_TASK_SEND_OPTIONS);
    Options->Flags = Flags;
}

#endif

#if !defined(UMDF_VERSION_MAJOR)

typedef NTSTATUS (*PFN_WDFCOMPANIONTARGETSENDTASKSYNCHRONOUSLY)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFCOMPANIONTARGET CompanionTarget, USHORT TaskQueueIdentifier, ULONG TaskOperationCode,
    PWDF_MEMORY_DESCRIPTOR InputBuffer, PWDF_MEMORY_DESCRIPTOR OutputBuffer, PWDF_TASK_SEND_OPTIONS TaskOptions,
    PULONG_PTR BytesReturned);
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE NTSTATUS WdfCompanionTargetSendTaskSynchronously(_In_ WDFCOMPANIONTARGET CompanionTarget,
    _In_ USHORT TaskQueueIdentifier, _In_ ULONG TaskOperationCode, _In_opt_ PWDF_MEMORY_DESCRIPTOR InputBuffer,
    _In_opt_ PWDF_MEMORY_DESCRIPTOR OutputBuffer, _In_opt_ PWDF_TASK_SEND_OPTIONS TaskOptions,
    _Out_ PULONG_PTR BytesReturned)
{
    return ((PFN_WDFCOMPANIONTARGETSENDTASKSYNCHRONOUSLY)
        WdfFunctions[WdfCompanionTargetSendTaskSynchronouslyTableIndex])(WdfDriverGlobals, CompanionTarget,
        TaskQueueIdentifier, TaskOperationCode, InputBuffer, OutputBuffer, TaskOptions, BytesReturned);
}

typedef PEPROCESS (*PFN_WDFCOMPANIONTARGETWDMGETCOMPANIONPROCESS)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFCOMPANIONTARGET CompanionTarget);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE PEPROCESS WdfCompanionTargetWdmGetCompanionProcess(_In_ WDFCOMPANIONTARGET CompanionTarget)
{
    return ((PFN_WDFCOMPANIONTARGETWDMGETCOMPANIONPROCESS)
        WdfFunctions[WdfCompanionTargetWdmGetCompanionProcessTableIndex])(WdfDriverGlobals, CompanionTarget);
}

#endif

EXTERN_C_END

#endif /* WDFCOMPANIONTARGET_H */
