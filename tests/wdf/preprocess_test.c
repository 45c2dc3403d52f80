/* SPDX-License-Identifier: MIT */
/*
 * Packets that a driver sees before its framework does.
 */
#include <string.h>

#include "wdf_case.h"

#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* What the device registers in this case. */
static struct
{
    void (*in_init)(PWDFDEVICE_INIT init);
    void (*after_create)(void);
    PFN_WDF_IO_IN_CALLER_CONTEXT in_caller_context;
} asked;

static WDFDEVICE device;
static WDFQUEUE second_queue;
static unsigned preprocessed;
static unsigned completed;
static unsigned handled;
static unsigned hooked;
static struct testkit_device *started;
static struct testkit_file *file;

static VOID on_request(WDFQUEUE queue, WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(queue);
    handled++;
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static NTSTATUS create_queues(void)
{
    WDF_IO_QUEUE_CONFIG config;
    NTSTATUS status;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = on_request;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    return NT_SUCCESS(status) ? WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &second_queue) : status;
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Case");
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    if (asked.in_init != NULL)
    {
        asked.in_init(init);
    }
    if (asked.in_caller_context != NULL)
    {
        WdfDeviceInitSetIoInCallerContextCallback(init, asked.in_caller_context);
    }
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(status))
    {
        status = create_queues();
    }
    if (NT_SUCCESS(status) && asked.after_create != NULL)
    {
        asked.after_create();
    }
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(device, &link) : status;
}

static void begin(void (*in_init)(PWDFDEVICE_INIT init), void (*after_create)(void))
{
    asked.in_init = in_init;
    asked.after_create = after_create;
    preprocessed = completed = handled = hooked = 0;
    wdf_case_load(add_device);
    started = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &file), STATUS_SUCCESS);
}

static void end(void)
{
    testkit_close(file);
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
    memset(&asked, 0, sizeof(asked));
}

static NTSTATUS control(void)
{
    return testkit_control(file, CODE, NULL, 0, NULL, 0, NULL);
}

/*
 * EvtDeviceWdmIrpPreprocess.
 */

static NTSTATUS hand_back(WDFDEVICE of, PIRP irp)
{
    CHECK(of == device);
    preprocessed++;
    IoSkipCurrentIrpStackLocation(irp);
    return WdfDeviceWdmDispatchPreprocessedIrp(of, irp);
}

static void hand_back_controls(PWDFDEVICE_INIT init)
{
    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, hand_back, IRP_MJ_DEVICE_CONTROL, NULL, 0),
                 STATUS_SUCCESS);
}

static void packet_that_is_handed_back_takes_its_normal_way(void)
{
    begin(hand_back_controls, NULL);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    CHECK_EQUAL(preprocessed, 1);
    CHECK_EQUAL(handled, 1);
    CHECK_STATUS(testkit_write(file, "x", 1, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(preprocessed, 1);
    CHECK_EQUAL(handled, 2);
    end();
}

static NTSTATUS complete_it(WDFDEVICE of, PIRP irp)
{
    UNREFERENCED_PARAMETER(of);
    preprocessed++;
    irp->IoStatus.Status = STATUS_DEVICE_BUSY;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_DEVICE_BUSY;
}

static void complete_controls(PWDFDEVICE_INIT init)
{
    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, complete_it, IRP_MJ_DEVICE_CONTROL, NULL, 0),
                 STATUS_SUCCESS);
}

static void driver_may_complete_the_packet_itself(void)
{
    begin(complete_controls, NULL);
    CHECK_STATUS(control(), STATUS_DEVICE_BUSY);
    CHECK_EQUAL(preprocessed, 1);
    CHECK_EQUAL(handled, 0);
    end();
}

static NTSTATUS on_completed(PDEVICE_OBJECT wdm, PIRP irp, PVOID context)
{
    UNREFERENCED_PARAMETER(wdm);
    UNREFERENCED_PARAMETER(context);
    completed++;
    if (irp->PendingReturned)
    {
        IoMarkIrpPending(irp);
    }
    return STATUS_CONTINUE_COMPLETION;
}

static NTSTATUS watch(WDFDEVICE of, PIRP irp)
{
    preprocessed++;
    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, on_completed, NULL, TRUE, TRUE, TRUE);
    return WdfDeviceWdmDispatchPreprocessedIrp(of, irp);
}

static void watch_controls(PWDFDEVICE_INIT init)
{
    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, watch, IRP_MJ_DEVICE_CONTROL, NULL, 0), STATUS_SUCCESS);
}

static void driver_has_a_location_of_its_own_for_a_completion_routine(void)
{
    begin(watch_controls, NULL);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    CHECK_EQUAL(completed, 1);
    CHECK_EQUAL(handled, 1);
    end();
}

static PIRP later;

static NTSTATUS keep(WDFDEVICE of, PIRP irp)
{
    UNREFERENCED_PARAMETER(of);
    preprocessed++;
    IoMarkIrpPending(irp);
    later = irp;
    return STATUS_PENDING;
}

static void keep_controls(PWDFDEVICE_INIT init)
{
    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, keep, IRP_MJ_DEVICE_CONTROL, NULL, 0), STATUS_SUCCESS);
}

static void hand_back_in_thread(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    IoSkipCurrentIrpStackLocation(later);
    (void)WdfDeviceWdmDispatchPreprocessedIrp(device, later);
}

static void packet_may_be_handed_back_later_by_another_thread(void)
{
    struct testkit_operation *operation;

    begin(keep_controls, NULL);
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    CHECK_EQUAL(handled, 0);
    nt_thread_join(nt_thread_start(hand_back_in_thread, NULL));
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(handled, 1);
    end();
}

static unsigned starts;
static unsigned removals;

static NTSTATUS count_pnp(WDFDEVICE of, PIRP irp)
{
    UCHAR minor = IoGetCurrentIrpStackLocation(irp)->MinorFunction;

    CHECK(minor == IRP_MN_START_DEVICE || minor == IRP_MN_REMOVE_DEVICE);
    starts += minor == IRP_MN_START_DEVICE;
    removals += minor == IRP_MN_REMOVE_DEVICE;
    IoSkipCurrentIrpStackLocation(irp);
    return WdfDeviceWdmDispatchPreprocessedIrp(of, irp);
}

static void count_starts_and_removals(PWDFDEVICE_INIT init)
{
    UCHAR minors[] = {IRP_MN_START_DEVICE, IRP_MN_REMOVE_DEVICE};

    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, count_pnp, IRP_MJ_PNP, minors, 2), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, count_pnp, IRP_MJ_PNP, minors, 2),
                 STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, count_pnp, IRP_MJ_MAXIMUM_FUNCTION + 1, NULL, 0),
                 STATUS_INVALID_PARAMETER);
    minors[0] = IRP_MN_CANCEL_STOP_DEVICE;
}

static void only_the_minor_functions_that_were_named_are_seen(void)
{
    starts = removals = 0;
    begin(count_starts_and_removals, NULL);
    CHECK_EQUAL(starts, 1);
    end();
    CHECK_EQUAL(removals, 1);
}

static NTSTATUS flush(WDFDEVICE of, PIRP irp)
{
    UNREFERENCED_PARAMETER(of);
    preprocessed++;
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static void handle_flushes(PWDFDEVICE_INIT init)
{
    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, flush, IRP_MJ_FLUSH_BUFFERS, NULL, 0), STATUS_SUCCESS);
}

static NTSTATUS send_flush(void)
{
    PDEVICE_OBJECT wdm = WdfDeviceWdmGetDeviceObject(device);
    IO_STATUS_BLOCK result;
    KEVENT event;
    PIRP irp;
    NTSTATUS status;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, wdm, NULL, 0, NULL, &event, &result);
    CHECK(irp != NULL);
    status = IoCallDriver(wdm, irp);
    if (status == STATUS_PENDING)
    {
        (void)KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
        status = result.Status;
    }
    return status;
}

static void functions_that_the_framework_does_not_know_reach_the_driver(void)
{
    begin(NULL, NULL);
    CHECK_STATUS(send_flush(), STATUS_INVALID_DEVICE_REQUEST);
    end();
    begin(handle_flushes, NULL);
    CHECK_STATUS(send_flush(), STATUS_SUCCESS);
    CHECK_EQUAL(preprocessed, 1);
    end();
}

/*
 * EvtDeviceWdmIrpDispatch.
 */

static int first_context;
static int second_context;

static NTSTATUS pass_on(WDFDEVICE of, UCHAR major, UCHAR minor, ULONG code, WDFCONTEXT context, PIRP irp,
                        WDFCONTEXT dispatch_context)
{
    CHECK(of == device);
    CHECK_EQUAL(major, IRP_MJ_DEVICE_CONTROL);
    CHECK_EQUAL(minor, 0);
    CHECK_EQUAL(code, CODE);
    CHECK(context == (hooked == 0 ? &first_context : &second_context));
    hooked++;
    return WdfDeviceWdmDispatchIrp(of, irp, dispatch_context);
}

static void hook_controls_twice(void)
{
    CHECK_STATUS(WdfDeviceConfigureWdmIrpDispatchCallback(device, NULL, IRP_MJ_DEVICE_CONTROL, pass_on, &first_context),
                 STATUS_SUCCESS);
    CHECK_STATUS(
        WdfDeviceConfigureWdmIrpDispatchCallback(device, WdfGetDriver(), IRP_MJ_DEVICE_CONTROL, pass_on, &second_context),
        STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceConfigureWdmIrpDispatchCallback(device, NULL, IRP_MJ_PNP, pass_on, NULL),
                 STATUS_INVALID_PARAMETER);
}

static void hooks_are_asked_in_the_order_of_their_registration(void)
{
    begin(NULL, hook_controls_twice);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    CHECK_EQUAL(hooked, 2);
    CHECK_EQUAL(handled, 1);
    CHECK_STATUS(testkit_write(file, "x", 1, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(hooked, 2);
    CHECK_STATUS(WdfDeviceConfigureWdmIrpDispatchCallback(device, NULL, IRP_MJ_READ, pass_on, NULL),
                 STATUS_INVALID_DEVICE_STATE);
    end();
}

static ULONG to_queue_flags;

static NTSTATUS to_second_queue(WDFDEVICE of, UCHAR major, UCHAR minor, ULONG code, WDFCONTEXT context, PIRP irp,
                                WDFCONTEXT dispatch_context)
{
    UNREFERENCED_PARAMETER(major);
    UNREFERENCED_PARAMETER(minor);
    UNREFERENCED_PARAMETER(code);
    UNREFERENCED_PARAMETER(context);
    UNREFERENCED_PARAMETER(dispatch_context);
    hooked++;
    return WdfDeviceWdmDispatchIrpToIoQueue(of, irp, second_queue, to_queue_flags);
}

static void hook_controls_to_queue(void)
{
    CHECK_STATUS(WdfDeviceConfigureWdmIrpDispatchCallback(device, NULL, IRP_MJ_DEVICE_CONTROL, to_second_queue, NULL),
                 STATUS_SUCCESS);
}

static void check_second_queue_has_one(struct testkit_operation *operation)
{
    WDFREQUEST request;

    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(second_queue, &request), STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
}

static void hook_sends_a_packet_to_another_queue(void)
{
    to_queue_flags = WDF_DISPATCH_IRP_TO_IO_QUEUE_NO_FLAGS;
    begin(NULL, hook_controls_to_queue);
    check_second_queue_has_one(testkit_control_start(file, CODE, NULL, 0, NULL, 0));
    CHECK_EQUAL(handled, 0);
    to_queue_flags = 0x100;
    CHECK_STATUS(control(), STATUS_INVALID_PARAMETER);
    end();
}

static VOID enqueue(WDFDEVICE of, WDFREQUEST request)
{
    preprocessed++;
    CHECK_STATUS(WdfDeviceEnqueueRequest(of, request), STATUS_SUCCESS);
}

static void other_queue_keeps_its_place_behind_the_callers_context(void)
{
    to_queue_flags = WDF_DISPATCH_IRP_TO_IO_QUEUE_INVOKE_INCALLERCTX_CALLBACK;
    asked.in_caller_context = enqueue;
    begin(NULL, hook_controls_to_queue);
    check_second_queue_has_one(testkit_control_start(file, CODE, NULL, 0, NULL, 0));
    CHECK_EQUAL(preprocessed, 1);
    CHECK_EQUAL(handled, 0);
    to_queue_flags = WDF_DISPATCH_IRP_TO_IO_QUEUE_NO_FLAGS;
    check_second_queue_has_one(testkit_control_start(file, CODE, NULL, 0, NULL, 0));
    CHECK_EQUAL(preprocessed, 1);
    CHECK_STATUS(testkit_write(file, "x", 1, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(preprocessed, 2);
    CHECK_EQUAL(handled, 1);
    end();
}

static NTSTATUS to_queue_at_once(WDFDEVICE of, PIRP irp)
{
    IoSkipCurrentIrpStackLocation(irp);
    return WdfDeviceWdmDispatchIrpToIoQueue(of, irp, second_queue, WDF_DISPATCH_IRP_TO_IO_QUEUE_PREPROCESSED_IRP);
}

static void send_controls_to_queue_at_once(PWDFDEVICE_INIT init)
{
    CHECK_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback(init, to_queue_at_once, IRP_MJ_DEVICE_CONTROL, NULL, 0),
                 STATUS_SUCCESS);
}

static void packet_that_is_preprocessed_goes_to_a_queue_at_once(void)
{
    begin(send_controls_to_queue_at_once, NULL);
    check_second_queue_has_one(testkit_control_start(file, CODE, NULL, 0, NULL, 0));
    CHECK_EQUAL(handled, 0);
    end();
}

static NTSTATUS with_wrong_context(WDFDEVICE of, UCHAR major, UCHAR minor, ULONG code, WDFCONTEXT context, PIRP irp,
                                   WDFCONTEXT dispatch_context)
{
    UNREFERENCED_PARAMETER(major);
    UNREFERENCED_PARAMETER(minor);
    UNREFERENCED_PARAMETER(code);
    UNREFERENCED_PARAMETER(context);
    UNREFERENCED_PARAMETER(dispatch_context);
    return WdfDeviceWdmDispatchIrp(of, irp, &first_context);
}

static void hook_with_wrong_context(void)
{
    CHECK_STATUS(WdfDeviceConfigureWdmIrpDispatchCallback(device, NULL, IRP_MJ_DEVICE_CONTROL, with_wrong_context, NULL),
                 STATUS_SUCCESS);
}

static void context_that_is_not_the_hooks_ends_the_packet(void)
{
    begin(NULL, hook_with_wrong_context);
    CHECK_STATUS(control(), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(handled, 0);
    end();
}

static void wdm_device_object_leads_back_to_the_device(void)
{
    begin(NULL, NULL);
    CHECK(WdfWdmDeviceGetWdfDeviceHandle(WdfDeviceWdmGetDeviceObject(device)) == device);
    CHECK(WdfWdmDeviceGetWdfDeviceHandle(WdfDeviceWdmGetPhysicalDevice(device)) == NULL);
    end();
}

/*
 * Failures.
 */

static void hand_back_if_possible(PWDFDEVICE_INIT init)
{
    UCHAR minors[] = {IRP_MN_START_DEVICE};
    NTSTATUS status = WdfDeviceInitAssignWdmIrpPreprocessCallback(init, hand_back, IRP_MJ_PNP, minors, 1);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
}

static void hook_if_possible(void)
{
    NTSTATUS status = WdfDeviceConfigureWdmIrpDispatchCallback(device, NULL, IRP_MJ_DEVICE_CONTROL, pass_on, &first_context);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
}

static void start_one(void)
{
    struct testkit_device *one;

    if (NT_SUCCESS(testkit_start(wdf_case_driver, "case", &one)))
    {
        NTSTATUS status = testkit_remove(one);

        /* The allocation that fails may be one of the removal, which then has not begun. */
        CHECK_STATUS(status == STATUS_INSUFFICIENT_RESOURCES ? testkit_remove(one) : status, STATUS_SUCCESS);
    }
}

static void each_allocation_of_a_registration_may_fail(void)
{
    asked.in_init = hand_back_if_possible;
    asked.after_create = hook_if_possible;
    wdf_case_load(add_device);
    nt_fail_each_allocation(start_one);
    wdf_case_unload();
    memset(&asked, 0, sizeof(asked));
}

const struct nt_case nt_cases[] = {
    CASE(packet_that_is_handed_back_takes_its_normal_way),
    CASE(driver_may_complete_the_packet_itself),
    CASE(driver_has_a_location_of_its_own_for_a_completion_routine),
    CASE(packet_may_be_handed_back_later_by_another_thread),
    CASE(only_the_minor_functions_that_were_named_are_seen),
    CASE(functions_that_the_framework_does_not_know_reach_the_driver),
    CASE(hooks_are_asked_in_the_order_of_their_registration),
    CASE(hook_sends_a_packet_to_another_queue),
    CASE(other_queue_keeps_its_place_behind_the_callers_context),
    CASE(packet_that_is_preprocessed_goes_to_a_queue_at_once),
    CASE(context_that_is_not_the_hooks_ends_the_packet),
    CASE(wdm_device_object_leads_back_to_the_device),
    CASE(each_allocation_of_a_registration_may_fail),
    CASES_END,
};
