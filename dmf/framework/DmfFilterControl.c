/* SPDX-License-Identifier: MIT */
/*
 * Filter control: the one control device that all filter devices of a driver share. It comes with the first of them and
 * goes with the last.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfFilterControl.tmh"
#endif

#if defined(DMF_KERNEL_MODE)

#include <wdmsec.h>

/* What the framework attaches to a driver that has a control device for its filter devices. */
typedef struct
{
    /* Guards the rest; a WDFWAITLOCK, which the first user makes. */
    VOID* volatile WaitLock;
    /* The filter devices, each of which knows the next one. */
    DMF_DEVICE_CONTEXT* FirstDevice;
    WDFDEVICE ControlDevice;
} DMF_FILTER_CONTROL;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DMF_FILTER_CONTROL, FilterControl_Get)

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
FilterControl_GetOrCreate(
    _In_ WDFDRIVER Driver,
    _Out_ DMF_FILTER_CONTROL** FilterControl
    )
/*++

Routine Description:

    Gives the control context of a driver and attaches it if it is the first time. Several devices may arrive at once.

Arguments:

    Driver - The driver.
    FilterControl - The context, with its lock.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    VOID* context;
    WDFWAITLOCK waitLock;

    PAGED_CODE();

    context = NULL;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes,
                                            DMF_FILTER_CONTROL);
    /* That the driver has the context already is a success of its own. */
    ntStatus = WdfObjectAllocateContext(Driver,
                                        &attributes,
                                        &context);
    if (ntStatus == STATUS_OBJECT_NAME_EXISTS)
    {
        ntStatus = STATUS_SUCCESS;
    }
    *FilterControl = (DMF_FILTER_CONTROL*)context;
    if (! NT_SUCCESS(ntStatus) ||
        ((*FilterControl)->WaitLock != NULL))
    {
        goto Exit;
    }

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Driver;
    ntStatus = WdfWaitLockCreate(&attributes,
                                 &waitLock);
    if (NT_SUCCESS(ntStatus) &&
        (InterlockedCompareExchangePointer(&(*FilterControl)->WaitLock,
                                           waitLock,
                                           NULL) != NULL))
    {
        WdfObjectDelete(waitLock);
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
FilterControl_QueueCreate(
    _In_ WDFDEVICE ControlDevice,
    _In_ PDMFDEVICE_INIT DmfDeviceInit,
    _Inout_opt_ PWDF_IO_QUEUE_CONFIG QueueConfig
    )
/*++

Routine Description:

    Creates the queue of the control device that the Client Driver describes.

Arguments:

    ControlDevice - The control device.
    DmfDeviceInit - What is collected about it.
    QueueConfig - The Client Driver's configuration, or NULL if it leaves the queue to DMF.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDFQUEUE queue;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    if (QueueConfig != NULL)
    {
        DMF_DmfDeviceInitHookQueueConfig(DmfDeviceInit,
                                         QueueConfig);
        ntStatus = WdfIoQueueCreate(ControlDevice,
                                    QueueConfig,
                                    WDF_NO_OBJECT_ATTRIBUTES,
                                    &queue);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
FilterControl_ControlDeviceInitialize(
    _In_ WDFDEVICE FilterDevice,
    _Inout_ PWDFDEVICE_INIT* DeviceInit,
    _Inout_ PDMFDEVICE_INIT* DmfDeviceInit,
    _In_opt_ DMF_CONFIG_BranchTrack* FilterBranchTrackConfig,
    _Inout_opt_ PWDF_IO_QUEUE_CONFIG QueueConfig,
    _In_z_ WCHAR* ControlDeviceName,
    _Out_ WDFDEVICE* ControlDevice
    )
/*++

Routine Description:

    Creates the control device and its Modules from what was allocated for it.

Arguments:

    FilterDevice - The first filter device.
    DeviceInit - What WDF collects about the control device.
    DmfDeviceInit - What DMF collects about it.
    FilterBranchTrackConfig - The configuration of BranchTrack, or NULL.
    QueueConfig - The Client Driver's configuration of the queue, or NULL.
    ControlDeviceName - The name of the device object.
    ControlDevice - The control device, NULL if this fails.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDFDEVICE controlDevice;
    UNICODE_STRING controlDeviceName;

    PAGED_CODE();

    controlDevice = NULL;
    WdfDeviceInitSetExclusive(*DeviceInit,
                              TRUE);
    RtlInitUnicodeString(&controlDeviceName,
                         ControlDeviceName);
    ntStatus = WdfDeviceInitAssignName(*DeviceInit,
                                       &controlDeviceName);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = WdfDeviceCreate(DeviceInit,
                                   WDF_NO_OBJECT_ATTRIBUTES,
                                   &controlDevice);
    }
    if (! NT_SUCCESS(ntStatus))
    {
        controlDevice = NULL;
        goto Exit;
    }

    ntStatus = FilterControl_QueueCreate(controlDevice,
                                         *DmfDeviceInit,
                                         QueueConfig);
    if (NT_SUCCESS(ntStatus))
    {
        DMF_DmfDeviceInitSetBranchTrackConfig(*DmfDeviceInit,
                                              FilterBranchTrackConfig);
        DMF_DmfControlDeviceInitSetClientDriverDevice(*DmfDeviceInit,
                                                      FilterDevice);
        ntStatus = DMF_ModulesCreate(controlDevice,
                                     DmfDeviceInit);
    }
    if (! NT_SUCCESS(ntStatus))
    {
        WdfObjectDelete(controlDevice);
        controlDevice = NULL;
        goto Exit;
    }
    WdfControlFinishInitializing(controlDevice);

Exit:

    *ControlDevice = controlDevice;

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
FilterControl_ControlDeviceCreate(
    _In_ WDFDEVICE FilterDevice,
    _In_opt_ DMF_CONFIG_BranchTrack* FilterBranchTrackConfig,
    _Inout_opt_ PWDF_IO_QUEUE_CONFIG QueueConfig,
    _In_z_ WCHAR* ControlDeviceName,
    _Out_ WDFDEVICE* ControlDevice
    )
/*++

Routine Description:

    Creates the control device.

Arguments:

    FilterDevice - The first filter device.
    FilterBranchTrackConfig - The configuration of BranchTrack, or NULL.
    QueueConfig - The Client Driver's configuration of the queue, or NULL.
    ControlDeviceName - The name of the device object.
    ControlDevice - The control device, NULL if this fails.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    PWDFDEVICE_INIT deviceInit;
    PDMFDEVICE_INIT dmfDeviceInit;

    PAGED_CODE();

    *ControlDevice = NULL;
    dmfDeviceInit = NULL;
    ntStatus = STATUS_INSUFFICIENT_RESOURCES;
    deviceInit = WdfControlDeviceInitAllocate(WdfDeviceGetDriver(FilterDevice),
                                              &SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RWX_RES_RWX);
    if (deviceInit != NULL)
    {
        dmfDeviceInit = DMF_DmfControlDeviceInitAllocate(deviceInit);
    }
    if (dmfDeviceInit != NULL)
    {
        ntStatus = FilterControl_ControlDeviceInitialize(FilterDevice,
                                                         &deviceInit,
                                                         &dmfDeviceInit,
                                                         FilterBranchTrackConfig,
                                                         QueueConfig,
                                                         ControlDeviceName,
                                                         ControlDevice);
    }

    DMF_DmfDeviceInitFree(&dmfDeviceInit);
    /* WDF has taken what became a device. */
    if (deviceInit != NULL)
    {
        WdfDeviceInitFree(deviceInit);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
BOOLEAN
FilterControl_Remove(
    _Inout_ DMF_FILTER_CONTROL* FilterControl,
    _In_ DMF_DEVICE_CONTEXT* DeviceContext
    )
/*++

Routine Description:

    Takes a filter device out of the list of those that share the control device.

Arguments:

    FilterControl - The control context of the driver, whose lock the caller holds.
    DeviceContext - The framework's context of the filter device.

Return Value:

    FALSE if it was not there.

--*/
{
    BOOLEAN found;
    DMF_DEVICE_CONTEXT** nextDevice;

    PAGED_CODE();

    nextDevice = &FilterControl->FirstDevice;
    while ((*nextDevice != NULL) &&
           (*nextDevice != DeviceContext))
    {
        nextDevice = &(*nextDevice)->NextFilterDevice;
    }
    found = (*nextDevice != NULL);
    if (found)
    {
        *nextDevice = DeviceContext->NextFilterDevice;
        DeviceContext->NextFilterDevice = NULL;
        DeviceContext->FilterControlDevice = NULL;
    }

    return found;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_FilterControl_DeviceCreate(
    WDFDEVICE Device,
    DMF_CONFIG_BranchTrack* FilterBranchTrackConfig,
    PWDF_IO_QUEUE_CONFIG QueueConfig,
    WCHAR* ControlDeviceName
    )
/*++

Routine Description:

    Lets a filter device share the driver's control device, which is created for the first one.

Arguments:

    Device - The filter device, whose Modules are created.
    FilterBranchTrackConfig - The configuration of the control device's BranchTrack, or NULL for none.
    QueueConfig - The configuration of the control device's default queue, or NULL for the one that DMF creates.
    ControlDeviceName - The name of the control device's device object.

Return Value:

    STATUS_INVALID_DEVICE_STATE if the filter device has no Modules or shares the control device already. Otherwise NTSTATUS
    of the step that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_DEVICE_CONTEXT* deviceContext;
    DMF_FILTER_CONTROL* filterControl;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    deviceContext = DmfDeviceContextGet(Device);
    if ((deviceContext == NULL) ||
        (deviceContext->FilterControlDevice != NULL))
    {
        ntStatus = STATUS_INVALID_DEVICE_STATE;
        goto Exit;
    }
    ntStatus = FilterControl_GetOrCreate(WdfDeviceGetDriver(Device),
                                         &filterControl);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }

    WdfWaitLockAcquire((WDFWAITLOCK)filterControl->WaitLock,
                       NULL);
    if (filterControl->ControlDevice == NULL)
    {
        ntStatus = FilterControl_ControlDeviceCreate(Device,
                                                     FilterBranchTrackConfig,
                                                     QueueConfig,
                                                     ControlDeviceName,
                                                     &filterControl->ControlDevice);
    }
    if (NT_SUCCESS(ntStatus))
    {
        deviceContext->FilterControlDevice = filterControl->ControlDevice;
        deviceContext->NextFilterDevice = filterControl->FirstDevice;
        filterControl->FirstDevice = deviceContext;
    }
    WdfWaitLockRelease((WDFWAITLOCK)filterControl->WaitLock);

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_FilterControl_DeviceDelete(
    WDFDEVICE ControlDevice
    )
/*++

Routine Description:

    Ends the sharing of the driver's control device by a filter device. With the last one the control device is deleted.

Arguments:

    ControlDevice - The filter device, in spite of the name. One that does not share the control device is ignored.

Return Value:

    None

--*/
{
    DMF_DEVICE_CONTEXT* deviceContext;
    DMF_FILTER_CONTROL* filterControl;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    deviceContext = DmfDeviceContextGet(ControlDevice);
    filterControl = FilterControl_Get(WdfDeviceGetDriver(ControlDevice));
    if ((deviceContext == NULL) ||
        (filterControl == NULL) ||
        (filterControl->WaitLock == NULL))
    {
        goto Exit;
    }

    WdfWaitLockAcquire((WDFWAITLOCK)filterControl->WaitLock,
                       NULL);
    if (FilterControl_Remove(filterControl,
                             deviceContext) &&
        (filterControl->FirstDevice == NULL))
    {
        WdfObjectDelete(filterControl->ControlDevice);
        filterControl->ControlDevice = NULL;
    }
    WdfWaitLockRelease((WDFWAITLOCK)filterControl->WaitLock);

Exit:

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

#endif /* defined(DMF_KERNEL_MODE) */
