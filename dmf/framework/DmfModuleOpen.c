/* SPDX-License-Identifier: MIT */
/*
 * Modules: how one is opened, closed and destroyed, and the references that keep it open.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfModuleOpen.tmh"
#endif

#pragma code_seg("PAGE")
static
VOID
Module_SessionEnd(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Tells whoever waits for it that the Module is closed, or that it did not open. After that the Module may be gone.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (InterlockedExchange(&DmfObject->Session,
                            DMF_SESSION_NONE) == DMF_SESSION_AWAITED)
    {
        DMF_WaitEventSet(DmfObject->SessionGone);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Module_Close(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Closes one open Module, without its children, after telling its Client.

Arguments:

    DmfObject - The given Module, whose close the caller has claimed.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationPreClose != NULL)
    {
        DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationPreClose(DmfObject->Handle);
    }
    DMF_RundownClose(&DmfObject->References);

    DMF_ModuleStateSet(DmfObject,
                       ModuleState_Closing);
    if (DmfObject->CallbacksDmf.DeviceClose != NULL)
    {
        DmfObject->CallbacksDmf.DeviceClose(DmfObject->Handle);
    }
    DMF_ModuleStateSet(DmfObject,
                       ModuleState_Closed);
    if (DmfObject->ModuleOpenedDuring != ModuleOpenedDuring_Invalid)
    {
        DmfObject->ModuleOpenedDuring = ModuleOpenedDuring_Invalid;
    }
    if (DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationClose != NULL)
    {
        DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationClose(DmfObject->Handle);
    }
    Module_SessionEnd(DmfObject);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ObjectOpen(
    DMF_OBJECT* DmfObject,
    ModuleOpenedDuringType OpenedDuring
    )
/*++

Routine Description:

    Opens one Module, without its children, and tells its Client. A close that comes before the Client's callback has
    returned does nothing.

Arguments:

    DmfObject - The given Module.
    OpenedDuring - What opens the Module, so that the opposite event closes it.

Return Value:

    NTSTATUS of the Client's and of the Module's callback.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    /* Whoever opens a Module by its own means opens it once, and closes it before it opens it again. */
    if (InterlockedCompareExchange(&DmfObject->Session,
                                   DMF_SESSION_ACTIVE,
                                   DMF_SESSION_NONE) != DMF_SESSION_NONE)
    {
        DmfAssertMessage("The Module is open already.", FALSE);
        ntStatus = STATUS_INVALID_DEVICE_STATE;
        goto Exit;
    }

    ntStatus = STATUS_SUCCESS;
    DMF_ModuleStateSet(DmfObject,
                       ModuleState_Opening);
    if (DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationOpen != NULL)
    {
        ntStatus = DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationOpen(DmfObject->Handle);
    }
    if (NT_SUCCESS(ntStatus) &&
        (DmfObject->CallbacksDmf.DeviceOpen != NULL))
    {
        ntStatus = DmfObject->CallbacksDmf.DeviceOpen(DmfObject->Handle);
    }
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] does not open: ntStatus=%!STATUS!", DmfObject->InstanceName,
                    ntStatus);
        DMF_ModuleStateSet(DmfObject,
                           ModuleState_Created);
        Module_SessionEnd(DmfObject);
        goto Exit;
    }

    DMF_ModuleStateSet(DmfObject,
                       ModuleState_Opened);
    if (OpenedDuring != ModuleOpenedDuring_Manual)
    {
        /* Only the framework looks at it, which does not open what opens itself. */
        DmfObject->ModuleOpenedDuring = OpenedDuring;
    }
    DMF_RundownOpen(&DmfObject->References);
    if (DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationPostOpen != NULL)
    {
        DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationPostOpen(DmfObject->Handle);
    }
    /* From here on another thread may close and destroy the Module, unless it came too early and leaves that to this one. */
    if (InterlockedCompareExchange(&DmfObject->Closed,
                                   DMF_CLOSED_NOT,
                                   DMF_CLOSED_ALREADY) == DMF_CLOSED_WHEN_OPENED)
    {
        Module_Close(DmfObject);
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_ObjectClose(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Closes one Module, without its children, after telling its Client. Only one close per open does anything; the others
    return at once.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (InterlockedCompareExchange(&DmfObject->Closed,
                                   DMF_CLOSED_ALREADY,
                                   DMF_CLOSED_NOT) == DMF_CLOSED_NOT)
    {
        Module_Close(DmfObject);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ObjectNotificationRegister(
    DMF_OBJECT* DmfObject,
    ModuleOpenedDuringType RegisteredDuring
    )
/*++

Routine Description:

    Lets a Module arrange to be told when it can open.

Arguments:

    DmfObject - The given Module.
    RegisteredDuring - The event in the life of the device.

Return Value:

    NTSTATUS of the Module's callback.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    if (DmfObject->CallbacksDmf.DeviceNotificationRegister != NULL)
    {
        ntStatus = DmfObject->CallbacksDmf.DeviceNotificationRegister(DmfObject->Handle);
    }
    if (NT_SUCCESS(ntStatus))
    {
        DmfObject->NotificationRegisteredDuring = RegisteredDuring;
    }
    else
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] does not register: ntStatus=%!STATUS!", DmfObject->InstanceName,
                    ntStatus);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_ObjectNotificationUnregister(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Ends what DMF_ObjectNotificationRegister began. A Module without a callback of its own is closed.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DmfObject->NotificationRegisteredDuring = ModuleOpenedDuring_Invalid;
    if (DmfObject->CallbacksDmf.DeviceNotificationUnregister != NULL)
    {
        DmfObject->CallbacksDmf.DeviceNotificationUnregister(DmfObject->Handle);
    }
    else
    {
        DMF_ObjectClose(DmfObject);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Module_SessionWait(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Waits until a Module that opens and closes itself is closed, or has never been open.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    DMF_WAIT_EVENT sessionGone;

    PAGED_CODE();

    if (ReadAcquire(&DmfObject->Session) != DMF_SESSION_NONE)
    {
        DMF_WaitEventInitialize(&sessionGone);
        DmfObject->SessionGone = &sessionGone;
        if (InterlockedCompareExchange(&DmfObject->Session,
                                       DMF_SESSION_AWAITED,
                                       DMF_SESSION_ACTIVE) == DMF_SESSION_ACTIVE)
        {
            /* Where the framework itself closes, and came while the Module was opening, nobody else will close it. */
            if ((DmfObject->CallbacksDmf.DeviceNotificationUnregister == NULL) &&
                (InterlockedCompareExchange(&DmfObject->Closed,
                                            DMF_CLOSED_WHEN_OPENED,
                                            DMF_CLOSED_ALREADY) == DMF_CLOSED_NOT))
            {
                DMF_ObjectClose(DmfObject);
            }
            DMF_WaitEventWait(&sessionGone);
        }
        DmfObject->SessionGone = NULL;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ObjectTreeOpenDuringCreate(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Opens the Modules of a tree that open when they are created, children before their parent. A parent that would open
    before one of its children is an error.

Arguments:

    DmfObject - The root of the tree.

Return Value:

    NTSTATUS of the first Module that fails. The Modules after it are not opened.

--*/
{
    NTSTATUS ntStatus;
    LIST_ENTRY* listEntry;
    DMF_OBJECT* childObject;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    for (listEntry = DmfObject->Children.Flink; listEntry != &DmfObject->Children; listEntry = listEntry->Flink)
    {
        childObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        ntStatus = DMF_ObjectTreeOpenDuringCreate(childObject);
        if (! NT_SUCCESS(ntStatus))
        {
            goto Exit;
        }
    }
    for (listEntry = DmfObject->Children.Flink; listEntry != &DmfObject->Children; listEntry = listEntry->Flink)
    {
        childObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        if ((DmfObject->OpenOption < childObject->OpenOption) &&
            (childObject->OpenOption <= DMF_MODULE_OPEN_OPTION_OPEN_D0Entry))
        {
            TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] opens before its child [%s]", DmfObject->InstanceName,
                        childObject->InstanceName);
            ntStatus = STATUS_INVALID_PARAMETER;
            goto Exit;
        }
    }

    if (DmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_OPEN_Create)
    {
        ntStatus = DMF_ObjectOpen(DmfObject,
                                  ModuleOpenedDuring_Create);
    }
    else if (DmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_NOTIFY_Create)
    {
        ntStatus = DMF_ObjectNotificationRegister(DmfObject,
                                                  ModuleOpenedDuring_Create);
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_ObjectTreeCloseBeforeDestroy(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Closes the Modules of a tree that opened when they were created, a parent before its children, the children last to
    first. What opened later was closed by the event opposite to the one that opened it.

Arguments:

    DmfObject - The root of the tree.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;

    PAGED_CODE();

    if ((DmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_OPEN_Create) &&
        (DmfObject->ModuleOpenedDuring == ModuleOpenedDuring_Create))
    {
        DMF_ObjectClose(DmfObject);
    }
    else if (DmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_NOTIFY_Create)
    {
        DMF_ObjectNotificationUnregister(DmfObject);
        Module_SessionWait(DmfObject);
    }
    for (listEntry = DmfObject->Children.Blink; listEntry != &DmfObject->Children; listEntry = listEntry->Blink)
    {
        DMF_ObjectTreeCloseBeforeDestroy(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry));
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_ObjectDestroy(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Tells a closed Module, whose children are gone, that it is destroyed, and unbinds it from others.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DmfAssert((DMF_ModuleStateGet(DmfObject) == ModuleState_Created) ||
              (DMF_ModuleStateGet(DmfObject) == ModuleState_Closed));
    if (DmfObject->CallbacksDmf.ModuleInstanceDestroy != NULL)
    {
        DmfObject->CallbacksDmf.ModuleInstanceDestroy(DmfObject->Handle);
    }
    DMF_ObjectInterfacesUnbind(DmfObject);
    DMF_RecorderDestroy(DmfObject);
    DMF_ModuleStateSet(DmfObject,
                       ModuleState_Destroying);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_ObjectTreeDestroy(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Destroys a tree of closed Modules, children before their parent, the children first to last.

Arguments:

    DmfObject - The root of the tree. Its memory may be gone when the function returns.

Return Value:

    None

--*/
{
    PAGED_CODE();

    while (! IsListEmpty(&DmfObject->Children))
    {
        DMF_ObjectTreeDestroy(CONTAINING_RECORD(DmfObject->Children.Flink, DMF_OBJECT, SiblingEntry));
    }

    DMF_ObjectDestroy(DmfObject);
    RemoveEntryList(&DmfObject->SiblingEntry);
    InitializeListHead(&DmfObject->SiblingEntry);
    WdfObjectDelete(DmfObject->Handle);
}
#pragma code_seg()

/*
 * What Modules call to open and close themselves, and to stay open while a Method runs.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ModuleOpen(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Opens this Module, without its children. Modules that are told about their resource call it when the resource arrives.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS of the Module's Open callback.

--*/
{
    PAGED_CODE();

    return DMF_ObjectOpen(DMF_ModuleToObject(DmfModule),
                          ModuleOpenedDuring_Manual);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_ModuleClose(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Closes this Module, without its children. Does nothing if the Module is not open.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_ObjectClose(DMF_ModuleToObject(DmfModule));
}
#pragma code_seg()

_Use_decl_annotations_
NTSTATUS
DMF_ModuleReference(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Keeps the Module open until DMF_ModuleDereference.

Arguments:

    DmfModule - The given Module.

Return Value:

    STATUS_INVALID_DEVICE_STATE if the Module is not open or about to close.

--*/
{
    return DMF_RundownAcquire(&DMF_ModuleToObject(DmfModule)->References) ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_STATE;
}

_Use_decl_annotations_
VOID
DMF_ModuleDereference(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Ends one DMF_ModuleReference. The last one lets a pending close go on.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_RundownRelease(&DMF_ModuleToObject(DmfModule)->References);
}
