/* SPDX-License-Identifier: MIT */
/*
 * Queues: what they do while the device leaves D0 and comes back, and when it goes for good.
 */
#include "queue_case.h"

static WDFQUEUE unmanaged;

/* What EvtIoStop was told, and what it does. */
static unsigned stops;
static unsigned resumes;
static ULONG stop_flags;
static WDFREQUEST stopped_request;
static void (*on_stop)(WDFREQUEST request);

static VOID io_stop(WDFQUEUE Queue, WDFREQUEST Request, ULONG Flags)
{
    CHECK(Queue == queue);
    stops++;
    stop_flags = Flags;
    stopped_request = Request;
    on_stop(Request);
}

static VOID io_resume(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(Queue == queue);
    CHECK((WdfIoQueueGetState(queue, NULL, NULL) & HELD) != 0);
    CHECK(Request == stopped_request);
    resumes++;
}

static NTSTATUS exit_d0(WDFDEVICE Device, WDF_POWER_DEVICE_STATE State)
{
    WDFREQUEST request;

    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(State);
    CHECK((WdfIoQueueGetState(queue, NULL, NULL) & HELD) != 0);
    CHECK((WdfIoQueueGetState(unmanaged, NULL, NULL) & HELD) == 0);
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(unmanaged, &request), STATUS_NO_MORE_ENTRIES);
    return STATUS_SUCCESS;
}

static VOID with_power(PWDFDEVICE_INIT Init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceD0Exit = exit_d0;
    WdfDeviceInitSetPnpPowerEventCallbacks(Init, &callbacks);
}

static NTSTATUS make_of(PFN_WDF_IO_QUEUE_IO_STOP stop, WDF_IO_QUEUE_DISPATCH_TYPE type)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    config.PowerManaged = WdfFalse;
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &unmanaged), STATUS_SUCCESS);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, type);
    config.EvtIoDefault = type == WdfIoQueueDispatchManual ? NULL : keep;
    config.EvtIoStop = stop;
    config.EvtIoResume = io_resume;
    wdf_case_shorten(&config);
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue), STATUS_SUCCESS);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED | HELD, 0, 0);
    CHECK_QUEUE(unmanaged, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    return STATUS_SUCCESS;
}

static NTSTATUS parallel(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_of(io_stop, WdfIoQueueDispatchParallel);
}

static NTSTATUS sequential(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_of(io_stop, WdfIoQueueDispatchSequential);
}

static NTSTATUS without_stop(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_of(NULL, WdfIoQueueDispatchParallel);
}

static void power_begin(NTSTATUS (*make)(WDFDEVICE), void (*stop)(WDFREQUEST))
{
    stops = 0;
    resumes = 0;
    on_stop = stop;
    queue_case.initialise = with_power;
    begin(make);
    CHECK((WdfIoQueueGetState(queue, NULL, NULL) & HELD) == 0);
}

static void keep_it(WDFREQUEST Request)
{
    WdfRequestStopAcknowledge(Request, FALSE);
}

static void give_it_back(WDFREQUEST Request)
{
    WdfRequestStopAcknowledge(Request, TRUE);
}

static void complete_it(WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_ALERTED);
}

static void kept_request_is_resumed(void)
{
    struct testkit_operation *operation;

    power_begin(parallel, keep_it);
    operation = start();
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK(stops == 1 && resumes == 1 && stopped_request == kept[0]);
    CHECK_EQUAL(stop_flags, WdfRequestStopActionSuspend);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED, 0, 1);
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK(stops == 2 && resumes == 2);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static void request_given_back_is_presented_again_and_first(void)
{
    struct testkit_operation *operations[2];

    power_begin(sequential, give_it_back);
    operations[0] = start();
    operations[1] = start();
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK(stops == 1 && resumes == 0);
    CHECK(kept_count == 2 && kept[1] == kept[0]);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, 3);
    WdfRequestComplete(kept[2], STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[1]), STATUS_SUCCESS);
    end();
}

static void request_completed_in_the_stop_is_over(void)
{
    struct testkit_operation *operation;

    power_begin(parallel, complete_it);
    operation = start();
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK(stops == 1 && resumes == 0);
    CHECK_STATUS(finish(operation), STATUS_ALERTED);
    end();
}

static void unmark_and_complete(WDFREQUEST Request)
{
    CHECK_STATUS(WdfRequestUnmarkCancelable(Request), STATUS_SUCCESS);
    complete_it(Request);
}

static VOID on_cancel(WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static void stop_says_whether_the_request_is_marked(void)
{
    struct testkit_operation *operation;

    power_begin(parallel, unmark_and_complete);
    operation = start();
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept[0], on_cancel), STATUS_SUCCESS);
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK_EQUAL(stop_flags, WdfRequestStopActionSuspend | WdfRequestStopRequestCancelable);
    CHECK_STATUS(finish(operation), STATUS_ALERTED);
    end();
}

static struct testkit_operation *to_cancel;

/* The cancellation comes in the middle of EvtIoStop: its callback waits for the end of that. */
static unsigned cancels;

static VOID count_cancel(WDFREQUEST Request)
{
    cancels++;
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static void cancel_meanwhile(WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Request);
    testkit_cancel(to_cancel);
    CHECK_EQUAL(cancels, 0);
}

static void cancel_callback_does_not_overtake_the_stop(void)
{
    cancels = 0;
    power_begin(parallel, cancel_meanwhile);
    to_cancel = start();
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept[0], count_cancel), STATUS_SUCCESS);
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK_EQUAL(cancels, 1);
    CHECK_STATUS(finish(to_cancel), STATUS_CANCELLED);
    end();
}

static void complete_kept(void *argument)
{
    WdfRequestComplete(*(WDFREQUEST *)argument, STATUS_SUCCESS);
}

static void leaving_d0_waits_for_what_the_driver_keeps(void)
{
    struct testkit_operation *operation;
    struct nt_thread *thread;

    power_begin(without_stop, NULL);
    operation = start();
    thread = nt_thread_start(complete_kept, &kept[0]);
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    nt_thread_join(thread);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static struct case_signal go;

static VOID keep_and_go(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    kept[0] = Request;
    WdfObjectReference(Request);
    case_signal_give(&go);
}

static NTSTATUS goes(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config;

    UNREFERENCED_PARAMETER(Device);
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    config.PowerManaged = WdfFalse;
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &unmanaged), STATUS_SUCCESS);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = keep_and_go;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static void complete_when_told(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 4; round++)
    {
        WDFREQUEST request;

        case_signal_take(&go);
        request = kept[0];
        WdfRequestComplete(request, STATUS_SUCCESS);
        WdfObjectDereference(request);
    }
}

static void send_four(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 4; round++)
    {
        CHECK_STATUS(run(), STATUS_SUCCESS);
    }
}

static void completion_races_leaving_d0(void)
{
    struct nt_thread *threads[2];

    case_signal_make(&go);
    power_begin(goes, NULL);
    threads[0] = nt_thread_start(complete_when_told, NULL);
    threads[1] = nt_thread_start(send_four, NULL);
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    end();
    case_signal_free(&go);
}

/*
 * Idling.
 */

static struct case_signal idle;

static NTSTATUS exit_when_idle(WDFDEVICE Device, WDF_POWER_DEVICE_STATE State)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(State);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED | HELD, 0, 0);
    case_signal_give(&idle);
    return STATUS_SUCCESS;
}

static VOID with_idle(PWDFDEVICE_INIT Init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceD0Exit = exit_when_idle;
    WdfDeviceInitSetPnpPowerEventCallbacks(Init, &callbacks);
}

static VOID keep_and_tell(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK_EQUAL(WdfIoQueueGetState(Queue, NULL, NULL) & HELD, 0);
    keep(Queue, Request);
    case_signal_give(&go);
}

static NTSTATUS idles(WDFDEVICE Device)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;
    WDF_IO_QUEUE_CONFIG config;

    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
    settings.IdleTimeout = 1;
    settings.UserControlOfIdleSettings = IdleDoNotAllowUserControl;
    settings.DxState = PowerDeviceD3;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(Device, &settings), STATUS_SUCCESS);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = keep_and_tell;
    wdf_case_shorten(&config);
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

/* Asleep twice, awake for each request; it does not leave D0 while the driver has one, which its callback checks. */
static void requests_bring_an_idle_device_back_and_hold_it(void)
{
    case_signal_make(&go);
    case_signal_make(&idle);
    queue_case.initialise = with_idle;
    begin(idles);
    for (int round = 0; round < 2; round++)
    {
        struct testkit_operation *operation;

        case_signal_take(&idle);
        operation = start();
        case_signal_take(&go);
        WdfRequestComplete(kept[round], STATUS_SUCCESS);
        CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    }
    case_signal_take(&idle);
    end();
    case_signal_free(&go);
    case_signal_free(&idle);
}

const struct nt_case nt_cases[] = {
    CASE(kept_request_is_resumed),
    CASE(request_given_back_is_presented_again_and_first),
    CASE(request_completed_in_the_stop_is_over),
    CASE(stop_says_whether_the_request_is_marked),
    CASE(cancel_callback_does_not_overtake_the_stop),
    CASE(leaving_d0_waits_for_what_the_driver_keeps),
    CASE(completion_races_leaving_d0),
    CASE(requests_bring_an_idle_device_back_and_hold_it),
    CASES_END,
};
