/* SPDX-License-Identifier: MIT */
/*
 * Rules about what only the kernel flavour has: V38 and V39 (levels), V40 at the end of a callback, V48 as to pool. Each has a driver that breaks it, and a near miss.
 */
#include "wdf_case.h"

static WDFDEVICE the_device;

static NTSTATUS device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &the_device);
}

/*
 * V38.
 */

static void v38_passive_call_under_a_spin_lock(void)
{
    struct testkit_device *device;
    WDFSPINLOCK lock;

    wdf_case_load(device_add);
    device = wdf_case_start();
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    WdfSpinLockAcquire(lock);
    BREAKS(V38, the_device, "WdfDeviceCreateSymbolicLink",
           CHECK_STATUS(WdfDeviceCreateSymbolicLink(the_device, NULL), STATUS_INVALID_DEVICE_REQUEST));
    WdfSpinLockRelease(lock);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void v38_silent_dispatch_call_under_a_spin_lock(void)
{
    WDFCOLLECTION collection;
    WDFSPINLOCK lock;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    WdfSpinLockAcquire(lock);
    SILENT(V38, CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &collection), STATUS_SUCCESS));
    WdfSpinLockRelease(lock);
    wdf_case_unload();
}

static void v38_wait_lock_with_a_time_limit_under_a_spin_lock(void)
{
    LONGLONG limit = WDF_REL_TIMEOUT_IN_MS(1);
    WDFWAITLOCK wait;
    WDFSPINLOCK lock;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &wait), STATUS_SUCCESS);
    WdfSpinLockAcquire(lock);
    BREAKS(V38, wait, "WdfWaitLockAcquire", CHECK_STATUS(WdfWaitLockAcquire(wait, &limit), STATUS_INVALID_DEVICE_REQUEST));
    WdfSpinLockRelease(lock);
    wdf_case_unload();
}

static void v38_silent_wait_lock_without_waiting_under_a_spin_lock(void)
{
    LONGLONG none = 0;
    WDFWAITLOCK wait;
    WDFSPINLOCK lock;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &wait), STATUS_SUCCESS);
    WdfSpinLockAcquire(lock);
    SILENT(V38, CHECK_STATUS(WdfWaitLockAcquire(wait, &none), STATUS_SUCCESS));
    WdfWaitLockRelease(wait);
    WdfSpinLockRelease(lock);
    wdf_case_unload();
}

/*
 * V39, and V40 at the end of a callback.
 */

static WDFWAITLOCK kept_lock;

static VOID raise_and_return(WDFOBJECT Object)
{
    KIRQL before;

    UNREFERENCED_PARAMETER(Object);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
}

static VOID enter_and_return(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    KeEnterCriticalRegion();
}

static VOID raise_and_lower(WDFOBJECT Object)
{
    KIRQL before;

    UNREFERENCED_PARAMETER(Object);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    KeLowerIrql(before);
}

static VOID acquire_and_return(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    CHECK_STATUS(WdfWaitLockAcquire(kept_lock, NULL), STATUS_SUCCESS);
}

/* Calls the callback as the cleanup of an object. */
static void call_back(PFN_WDF_OBJECT_CONTEXT_CLEANUP callback)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = callback;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    WdfObjectDelete(object);
}

static void v39_callback_returns_at_another_level(void)
{
    wdf_case_load(NULL);
    call_back(raise_and_return);
}

static void v39_callback_returns_in_a_critical_region(void)
{
    wdf_case_load(NULL);
    call_back(enter_and_return);
}

static void v39_silent_callback_lowers_what_it_raised(void)
{
    wdf_case_load(NULL);
    SILENT(V39, call_back(raise_and_lower));
    wdf_case_unload();
}

static void v40_callback_returns_with_a_lock(void)
{
    wdf_case_load(NULL);
    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &kept_lock), STATUS_SUCCESS);
    BREAKS(V40, kept_lock, "EvtCleanupCallback", call_back(acquire_and_return));
    wdf_case_tolerate("V40");
    WdfWaitLockRelease(kept_lock);
    wdf_case_unload();
}

/*
 * V50.
 */

/* Sends a packet to the device's own stack from EvtDeviceD0Entry. */
static UCHAR sent_minor;

static NTSTATUS send_packet(WDFDEVICE device, WDF_POWER_DEVICE_STATE previous)
{
    PDEVICE_OBJECT stack = WdfDeviceWdmGetDeviceObject(device);
    PIO_STACK_LOCATION next;
    IO_STATUS_BLOCK result;
    KEVENT event;
    PIRP irp;

    UNREFERENCED_PARAMETER(previous);
    KeInitializeEvent(&event, NotificationEvent, FALSE);
    irp = IoBuildSynchronousFsdRequest(IRP_MJ_PNP, stack, NULL, 0, NULL, &event, &result);
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    next = IoGetNextIrpStackLocation(irp);
    next->MinorFunction = sent_minor;
    if (IoCallDriver(stack, irp) == STATUS_PENDING)
    {
        (void)KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS add_sender(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceD0Entry = send_packet;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &callbacks);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &the_device);
}

static void v50_state_is_changed_in_the_middle_of_a_change(void)
{
    sent_minor = IRP_MN_QUERY_STOP_DEVICE;
    wdf_case_load(add_sender);
    (void)wdf_case_start();
}

static void v50_silent_question_in_the_middle_of_a_change(void)
{
    struct testkit_device *device;

    sent_minor = IRP_MN_QUERY_PNP_DEVICE_STATE;
    wdf_case_load(add_sender);
    SILENT(V50, device = wdf_case_start());
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * V48.
 */

static void v48_pool_of_the_drivers_tag_is_left_behind(void)
{
    void *block;

    wdf_case_load(NULL);
    block = ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, WdfDriverGlobals->DriverTag);
    BREAKS(V48, NULL, "EvtDriverUnload", wdf_case_unload());
    ExFreePool(block);
}

static void v48_silent_pool_is_given_back(void)
{
    wdf_case_load(NULL);
    ExFreePool(ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, WdfDriverGlobals->DriverTag));
    SILENT(V48, wdf_case_unload());
}

const struct nt_case nt_cases[] = {
    STOPS(v39_callback_returns_at_another_level, "rule V39...EvtCleanupCallback"),
    STOPS(v39_callback_returns_in_a_critical_region, "rule V39...EvtCleanupCallback"),
    CASE(v39_silent_callback_lowers_what_it_raised),
    CASE(v40_callback_returns_with_a_lock),
    CASE(v38_passive_call_under_a_spin_lock),
    CASE(v38_silent_dispatch_call_under_a_spin_lock),
    CASE(v38_wait_lock_with_a_time_limit_under_a_spin_lock),
    CASE(v38_silent_wait_lock_without_waiting_under_a_spin_lock),
    CASE(v48_pool_of_the_drivers_tag_is_left_behind),
    CASE(v48_silent_pool_is_given_back),
    STOPS(v50_state_is_changed_in_the_middle_of_a_change, "V50"),
    CASE(v50_silent_question_in_the_middle_of_a_change),
    CASES_END,
};
