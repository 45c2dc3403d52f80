/* SPDX-License-Identifier: MIT */
/*
 * Modules: the locks of one, and what it can ask about itself, and others about it.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfModuleInformation.tmh"
#endif

/*
 * Locks.
 */

static
VOID
Module_LockAcquire(
    _In_ DMFMODULE DmfModule,
    _In_ ULONG LockIndex
    )
/*++

Routine Description:

    Acquires one of the Module's locks.

Arguments:

    DmfModule - The given Module.
    LockIndex - Zero for the default lock; the auxiliary locks follow.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;
    DMF_MODULE_LOCK* lock;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(LockIndex <= dmfObject->NumberOfAuxiliaryLocks);
    lock = &dmfObject->Locks[LockIndex];
    DmfAssertMessage("The lock is not recursive.", ReadNoFence64(&lock->Owner) != (LONG64)(LONG_PTR)DmfGetCurrentThreadId());
    if (DMF_MODULE_RUNS_PASSIVE(dmfObject))
    {
        WdfWaitLockAcquire(lock->Handle.WaitLock,
                           NULL);
    }
    else
    {
        WdfSpinLockAcquire(lock->Handle.SpinLock);
    }
#if defined(DEBUG)
    WriteNoFence64(&lock->Owner,
                   (LONG64)(LONG_PTR)DmfGetCurrentThreadId());
#endif
}

static
VOID
Module_LockRelease(
    _In_ DMFMODULE DmfModule,
    _In_ ULONG LockIndex
    )
/*++

Routine Description:

    Releases one of the Module's locks.

Arguments:

    DmfModule - The given Module.
    LockIndex - Zero for the default lock; the auxiliary locks follow.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;
    DMF_MODULE_LOCK* lock;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(LockIndex <= dmfObject->NumberOfAuxiliaryLocks);
    lock = &dmfObject->Locks[LockIndex];
    DmfAssertMessage("The lock belongs to another thread, or to none.",
                     ReadNoFence64(&lock->Owner) == (LONG64)(LONG_PTR)DmfGetCurrentThreadId());
#if defined(DEBUG)
    WriteNoFence64(&lock->Owner,
                   0);
#endif
    if (DMF_MODULE_RUNS_PASSIVE(dmfObject))
    {
        WdfWaitLockRelease(lock->Handle.WaitLock);
    }
    else
    {
        WdfSpinLockRelease(lock->Handle.SpinLock);
    }
}

_Use_decl_annotations_
VOID
DMF_ModuleLockPrivate(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Acquires the default lock. DMF_ModuleLock calls it.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    Module_LockAcquire(DmfModule,
                       0);
}

_Use_decl_annotations_
VOID
DMF_ModuleUnlockPrivate(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Releases the default lock. DMF_ModuleUnlock calls it.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    Module_LockRelease(DmfModule,
                       0);
}

_Use_decl_annotations_
VOID
DMF_ModuleAuxiliaryLockPrivate(
    DMFMODULE DmfModule,
    ULONG AuxiliaryLockIndex
    )
/*++

Routine Description:

    Acquires an auxiliary lock. DMF_ModuleAuxiliaryLock calls it.

Arguments:

    DmfModule - The given Module.
    AuxiliaryLockIndex - The number of the auxiliary lock, counted from zero.

Return Value:

    None

--*/
{
    Module_LockAcquire(DmfModule,
                       AuxiliaryLockIndex + 1);
}

_Use_decl_annotations_
VOID
DMF_ModuleAuxiliaryUnlockPrivate(
    DMFMODULE DmfModule,
    ULONG AuxiliaryLockIndex
    )
/*++

Routine Description:

    Releases an auxiliary lock. DMF_ModuleAuxiliaryUnlock calls it.

Arguments:

    DmfModule - The given Module.
    AuxiliaryLockIndex - The number of the auxiliary lock, counted from zero.

Return Value:

    None

--*/
{
    Module_LockRelease(DmfModule,
                       AuxiliaryLockIndex + 1);
}

#if defined(DEBUG)

_Use_decl_annotations_
BOOLEAN
DMF_ModuleIsLocked(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells whether somebody holds the default lock.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if the lock is held.

--*/
{
    return ReadNoFence64(&DMF_ModuleToObject(DmfModule)->Locks[0].Owner) != 0;
}

_Use_decl_annotations_
BOOLEAN
DMF_ModuleAuxiliarySynchnonizationIsLocked(
    DMFMODULE DmfModule,
    ULONG AuxiliaryLockIndex
    )
/*++

Routine Description:

    Tells whether somebody holds an auxiliary lock.

Arguments:

    DmfModule - The given Module.
    AuxiliaryLockIndex - The number of the auxiliary lock, counted from zero.

Return Value:

    TRUE if the lock is held.

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(AuxiliaryLockIndex < dmfObject->NumberOfAuxiliaryLocks);
    return ReadNoFence64(&dmfObject->Locks[AuxiliaryLockIndex + 1].Owner) != 0;
}

#endif /* defined(DEBUG) */

_Use_decl_annotations_
BOOLEAN
DMF_ModuleLockIsPassive(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells which kind of locks the Module has.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if the locks are wait locks, which are for PASSIVE_LEVEL.

--*/
{
    return DMF_MODULE_RUNS_PASSIVE(DMF_ModuleToObject(DmfModule));
}

/*
 * What a Module can ask about itself, and others about it.
 */

_Use_decl_annotations_
VOID*
DMF_ModuleConfigGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the Module's own copy of its Config, which lives as long as the Module.

Arguments:

    DmfModule - The given Module.

Return Value:

    The Config, or NULL if the Module has none.

--*/
{
    return DMF_ModuleToObject(DmfModule)->ModuleConfig;
}

_Use_decl_annotations_
NTSTATUS
DMF_ModuleConfigRetrieve(
    DMFMODULE DmfModule,
    PVOID ModuleConfigPointer,
    size_t ModuleConfigSize
    )
/*++

Routine Description:

    Copies the Module's Config.

Arguments:

    DmfModule - The given Module.
    ModuleConfigPointer - Where to.
    ModuleConfigSize - How much fits there.

Return Value:

    STATUS_INVALID_BUFFER_SIZE if the Config does not fit, STATUS_NOT_FOUND if the Module has none.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    if (dmfObject->ModuleConfig == NULL)
    {
        ntStatus = STATUS_NOT_FOUND;
    }
    else if (ModuleConfigSize < dmfObject->ModuleConfigSize)
    {
        ntStatus = STATUS_INVALID_BUFFER_SIZE;
    }
    else
    {
        RtlCopyMemory(ModuleConfigPointer,
                      dmfObject->ModuleConfig,
                      dmfObject->ModuleConfigSize);
        ntStatus = STATUS_SUCCESS;
    }

    return ntStatus;
}

_Use_decl_annotations_
BOOLEAN
DMF_IsModuleDynamic(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells whether the Module is a Dynamic Module or below one.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if it is.

--*/
{
    return DMF_ModuleToObject(DmfModule)->DynamicModule;
}

_Use_decl_annotations_
BOOLEAN
DMF_IsModulePassiveLevel(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells whether the Client wants the Module to run at PASSIVE_LEVEL.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if it does.

--*/
{
    return DMF_ModuleToObject(DmfModule)->PassiveLevel;
}

_Use_decl_annotations_
BOOLEAN
DMF_ModuleIsInFilterDriver(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells whether the Module's device belongs to a filter driver, so that requests that nobody handles go to the driver
    below.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if it does. A device without a collection, whose Modules are all Dynamic, has not said so.

--*/
{
    DMF_DEVICE_CONTEXT* deviceContext;

    deviceContext = DmfDeviceContextGet(DMF_ModuleToObject(DmfModule)->ParentDevice);
    return (deviceContext != NULL) && deviceContext->IsFilterDevice;
}

_Use_decl_annotations_
BOOLEAN
DMF_ModuleRequestCompleteOrForward(
    DMFMODULE DmfModule,
    WDFREQUEST Request,
    NTSTATUS NtStatus
    )
/*++

Routine Description:

    Completes a request, unless it succeeds in a filter driver, where the driver below completes it. The Module's callback
    returns the result.

Arguments:

    DmfModule - The given Module.
    Request - The request.
    NtStatus - The outcome.

Return Value:

    TRUE if the request is completed.

--*/
{
    BOOLEAN completed;

    completed = ! NT_SUCCESS(NtStatus) || ! DMF_ModuleIsInFilterDriver(DmfModule);
    if (completed)
    {
        WdfRequestComplete(Request,
                           NtStatus);
    }

    return completed;
}

_Use_decl_annotations_
WDFDEVICE
DMF_ParentDeviceGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the device on which the Module was created.

Arguments:

    DmfModule - The given Module.

Return Value:

    The device.

--*/
{
    return DMF_ModuleToObject(DmfModule)->ParentDevice;
}

_Use_decl_annotations_
WDFDEVICE
DMF_FilterDeviceGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the Client Driver's own device when the Module was created on a control device.

Arguments:

    DmfModule - The given Module.

Return Value:

    The device that the Client Driver set for its control device; otherwise the Module's device.

--*/
{
    WDFDEVICE device;
    DMF_DEVICE_CONTEXT* deviceContext;

    device = DMF_ModuleToObject(DmfModule)->ParentDevice;
    deviceContext = DmfDeviceContextGet(device);
    if ((deviceContext != NULL) &&
        (deviceContext->ClientDriverDevice != NULL))
    {
        device = deviceContext->ClientDriverDevice;
    }

    return device;
}

_Use_decl_annotations_
DMFMODULE
DMF_ParentModuleGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the parent Module.

Arguments:

    DmfModule - The given Module.

Return Value:

    The parent, or NULL for a Module at the top level.

--*/
{
    DMF_OBJECT* parentObject;

    parentObject = DMF_ModuleToObject(DmfModule)->ParentObject;
    return (parentObject != NULL) ? parentObject->Handle : NULL;
}

_Use_decl_annotations_
VOID
DMF_ModuleInContextSave(
    WDFOBJECT WdfObject,
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Stores the Module's handle in an object that was created with context type DMFMODULE.

Arguments:

    WdfObject - The given object.
    DmfModule - The given Module.

Return Value:

    None

--*/
{
    *WdfObjectGet_DMFMODULE(WdfObject) = DmfModule;
}

_Use_decl_annotations_
DMFMODULE
DMF_ModuleTransportGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the Transport of a Module.

Arguments:

    DmfModule - The given Module.

Return Value:

    The Transport, or NULL if the Module has none.

--*/
{
    DMF_OBJECT* transportObject;

    transportObject = DMF_ModuleToObject(DmfModule)->TransportObject;
    DmfAssert(transportObject != NULL);
    return (transportObject != NULL) ? transportObject->Handle : NULL;
}

_Use_decl_annotations_
NTSTATUS
DMF_ModuleTransportCall(
    DMFMODULE DmfModule,
    ULONG Message,
    VOID* InputBuffer,
    size_t InputBufferSize,
    VOID* OutputBuffer,
    size_t OutputBufferSize
    )
/*++

Routine Description:

    Calls the Transport's method.

Arguments:

    DmfModule - The Module whose Transport is called.
    Message - What is to be done.
    InputBuffer - Data for the Transport.
    InputBufferSize - The size of InputBuffer.
    OutputBuffer - Data from the Transport.
    OutputBufferSize - The size of OutputBuffer.

Return Value:

    NTSTATUS of the Transport, or STATUS_INVALID_DEVICE_REQUEST if the Module has no Transport that can be called.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* transportObject;

    transportObject = DMF_ModuleToObject(DmfModule)->TransportObject;
    DmfAssert(transportObject != NULL);
    DmfAssert((transportObject == NULL) || (transportObject->ModuleTransportMethod != NULL));
    if ((transportObject == NULL) ||
        (transportObject->ModuleTransportMethod == NULL))
    {
        ntStatus = STATUS_INVALID_DEVICE_REQUEST;
        goto Exit;
    }

    ntStatus = transportObject->ModuleTransportMethod(transportObject->Handle,
                                                      Message,
                                                      InputBuffer,
                                                      InputBufferSize,
                                                      OutputBuffer,
                                                      OutputBufferSize);

Exit:

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_ObjectValidate(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Asserts that the handle is the handle of a Module.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(dmfObject->Handle == DmfModule);
    UNREFERENCED_PARAMETER(dmfObject);
}

_Use_decl_annotations_
VOID
DMF_HandleValidate_ModuleMethod(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Asserts that a Method may run. Modules that open themselves may be in any state; their Methods take a reference.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    if (dmfObject->OpenOption >= DMF_MODULE_OPEN_OPTION_NOTIFY_PrepareHardware)
    {
        DmfAssert((DMF_ModuleStateGet(dmfObject) >= ModuleState_Created) &&
                  (DMF_ModuleStateGet(dmfObject) <= ModuleState_Closed));
    }
    else
    {
        DmfAssert(DMF_ModuleStateGet(dmfObject) == ModuleState_Opened);
    }
}

_Use_decl_annotations_
VOID
DMF_HandleValidate_OpeningOk(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Asserts that a Method may run that the Module may call while it opens.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert((DMF_ModuleStateGet(dmfObject) == ModuleState_Opening) ||
              (DMF_ModuleStateGet(dmfObject) == ModuleState_Opened));
    UNREFERENCED_PARAMETER(dmfObject);
}

_Use_decl_annotations_
VOID
DMF_HandleValidate_ClosingOk(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Asserts that a Method may run that the Module may call while it closes.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert((DMF_ModuleStateGet(dmfObject) == ModuleState_Opened) ||
              (DMF_ModuleStateGet(dmfObject) == ModuleState_Closing));
    UNREFERENCED_PARAMETER(dmfObject);
}
