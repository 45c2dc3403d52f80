/* SPDX-License-Identifier: MIT */
/*
 * Queues: creation, and where requests go.
 */
#include "queue_case.h"

static NTSTATUS no_queue(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return STATUS_SUCCESS;
}

static NTSTATUS create(const WDF_IO_QUEUE_CONFIG *config)
{
    WDF_IO_QUEUE_CONFIG copy = *config;

    return WdfIoQueueCreate(device, &copy, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static WDF_IO_QUEUE_CONFIG config_of(WDF_IO_QUEUE_DISPATCH_TYPE type)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT(&config, type);
    return config;
}

static void config_is_checked_in_order(void)
{
    WDF_IO_QUEUE_CONFIG config;

    begin(no_queue);
    config = config_of(WdfIoQueueDispatchManual);
    config.Size--;
    CHECK_STATUS(create(&config), STATUS_INFO_LENGTH_MISMATCH);
    config = config_of(WdfIoQueueDispatchManual);
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL), STATUS_INVALID_PARAMETER_4);
    config.DefaultQueue = TRUE;
    CHECK_STATUS(create(&config), STATUS_INVALID_DEVICE_STATE);
    config = config_of(WdfIoQueueDispatchInvalid);
    CHECK_STATUS(create(&config), STATUS_INVALID_PARAMETER);
    config = config_of(WdfIoQueueDispatchMax);
    CHECK_STATUS(create(&config), STATUS_INVALID_PARAMETER);
    config = config_of(WdfIoQueueDispatchManual);
    config.EvtIoDefault = keep;
    CHECK_STATUS(create(&config), STATUS_INVALID_PARAMETER);
    config = config_of(WdfIoQueueDispatchManual);
    config.Settings.Parallel.NumberOfPresentedRequests = 1;
    CHECK_STATUS(create(&config), STATUS_INVALID_PARAMETER);
    config = config_of(WdfIoQueueDispatchSequential);
    config.EvtIoDefault = keep;
    config.Settings.Parallel.NumberOfPresentedRequests = 1;
    CHECK_STATUS(create(&config), STATUS_INVALID_PARAMETER);
    CHECK(queue == NULL);
    end();
}

static void queue_that_presents_needs_a_handler(void)
{
    WDF_IO_QUEUE_CONFIG config;

    begin(no_queue);
    config = config_of(WdfIoQueueDispatchParallel);
    CHECK_STATUS(create(&config), STATUS_WDF_NO_CALLBACK);
    config.EvtIoDeviceControl = keep_control;
    CHECK_STATUS(create(&config), STATUS_SUCCESS);
    config = config_of(WdfIoQueueDispatchSequential);
    CHECK_STATUS(create(&config), STATUS_WDF_NO_CALLBACK);
    config.EvtIoInternalDeviceControl = keep_control;
#if defined(DMF_USER_MODE)
    CHECK_STATUS(create(&config), STATUS_INVALID_PARAMETER);
#else
    CHECK_STATUS(create(&config), STATUS_SUCCESS);
#endif
    end();
}

static NTSTATUS two_default_queues(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchParallel, keep, true, NULL), STATUS_SUCCESS);
    BREAKS(V30, WdfDeviceGetDefaultQueue(Device), "WdfIoQueueCreate",
           CHECK_STATUS(make_queue(WdfIoQueueDispatchParallel, keep, true, &queue), STATUS_UNSUCCESSFUL));
    CHECK(WdfDeviceGetDefaultQueue(Device) != NULL);
    return STATUS_SUCCESS;
}

static void there_is_one_default_queue(void)
{
    begin(two_default_queues);
    end();
}

static NTSTATUS foreign_parent(WDFDEVICE Device)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config = config_of(WdfIoQueueDispatchManual);
    WDFOBJECT child;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = WdfGetDriver();
    CHECK_STATUS(WdfIoQueueCreate(Device, &config, &attributes, &queue), STATUS_INVALID_DEVICE_REQUEST);
    attributes.ParentObject = Device;
    CHECK_STATUS(WdfObjectCreate(&attributes, &child), STATUS_SUCCESS);
    attributes.ParentObject = child;
    CHECK_STATUS(WdfIoQueueCreate(Device, &config, &attributes, &queue), STATUS_SUCCESS);
    WdfObjectDelete(child);
    return STATUS_SUCCESS;
}

static void parent_is_under_the_same_device(void)
{
    begin(foreign_parent);
    end();
}

static unsigned ended_objects;

static VOID count_end(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    ended_objects++;
}

static void create_once(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config = config_of(WdfIoQueueDispatchManual);
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = count_end;
    attributes.EvtDestroyCallback = count_end;
    ended_objects = 0;
    status = WdfIoQueueCreate(device, &config, &attributes, &queue);
    if (NT_SUCCESS(status))
    {
        WdfObjectDelete(queue);
        return;
    }
    CHECK_STATUS(status, STATUS_INSUFFICIENT_RESOURCES);
    CHECK(queue == NULL && ended_objects == 0);
}

static void failed_creation_leaves_nothing(void)
{
    begin(no_queue);
    nt_fail_each_allocation(create_once);
    end();
}

static void queue_knows_its_device(void)
{
    begin(no_queue);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchManual, NULL, false, &queue), STATUS_SUCCESS);
    CHECK(WdfIoQueueGetDevice(queue) == device);
    end();
}

static NTSTATUS limit_of_zero(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config = config_of(WdfIoQueueDispatchParallel);

    config.DefaultQueue = TRUE;
    config.EvtIoDefault = keep;
    config.Settings.Parallel.NumberOfPresentedRequests = 0;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static void limit_of_zero_presents_nothing(void)
{
    struct testkit_operation *operation;

    begin(limit_of_zero);
    operation = start();
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_OWNED, 1, 0);
    testkit_cancel(operation);
    CHECK_STATUS(finish(operation), STATUS_CANCELLED);
    CHECK_EQUAL(kept_count, 0);
    end();
}

static void device_without_a_queue_refuses(void)
{
    begin(no_queue);
    CHECK_STATUS(run(), STATUS_INVALID_DEVICE_REQUEST);
    end();
}

static VOID keep_read(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    keep(Queue, Request);
}

static NTSTATUS only_reads(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config = config_of(WdfIoQueueDispatchParallel);

    config.DefaultQueue = TRUE;
    config.EvtIoRead = keep_read;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static void request_without_a_handler_is_refused(void)
{
    begin(only_reads);
    CHECK_STATUS(run(), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    end();
}

/*
 * Routing.
 */

static WDFQUEUE other;

static VOID note_other(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(Queue == other && WdfRequestGetIoQueue(Request) == other);
    WdfRequestComplete(Request, STATUS_ALERTED);
}

static NTSTATUS controls_to_another_queue(WDFDEVICE Device)
{
    WDFQUEUE third;

    CHECK_STATUS(make_queue(WdfIoQueueDispatchParallel, succeed, true, &queue), STATUS_SUCCESS);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchParallel, note_other, false, &other), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceConfigureRequestDispatching(Device, other, WdfRequestTypeCleanup), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceConfigureRequestDispatching(Device, queue, WdfRequestTypeRead), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfDeviceConfigureRequestDispatching(Device, other, WdfRequestTypeDeviceControl), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceConfigureRequestDispatching(Device, other, WdfRequestTypeDeviceControl), STATUS_WDF_BUSY);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchManual, NULL, false, &third), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceConfigureRequestDispatching(Device, third, WdfRequestTypeWrite), STATUS_SUCCESS);
    return STATUS_SUCCESS;
}

static void requests_go_where_they_are_sent_to(void)
{
    char byte;

    begin(controls_to_another_queue);
    CHECK_STATUS(run(), STATUS_ALERTED);
    CHECK_STATUS(testkit_read(file, &byte, 1, NULL), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceConfigureRequestDispatching(device, other, WdfRequestTypeRead), STATUS_INVALID_DEVICE_STATE);
    end();
}

static unsigned creates;

static VOID refuse_second(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    creates++;
    WdfRequestComplete(Request, creates == 1 ? STATUS_SUCCESS : STATUS_SHARING_VIOLATION);
}

static NTSTATUS creates_to_a_queue(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config = config_of(WdfIoQueueDispatchParallel);

    creates = 0;
    config.EvtIoDefault = refuse_second;
    config.PowerManaged = WdfFalse;
    CHECK_STATUS(WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &other), STATUS_SUCCESS);
    return WdfDeviceConfigureRequestDispatching(Device, other, WdfRequestTypeCreate);
}

static void opens_go_to_their_queue(void)
{
    struct testkit_file *second;

    begin(creates_to_a_queue);
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &second), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(creates, 2);
    end();
}

static NTSTATUS queue_without_the_handler(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config = config_of(WdfIoQueueDispatchParallel);

    config.EvtIoDeviceControl = keep_control;
    CHECK_STATUS(WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceConfigureRequestDispatching(Device, queue, WdfRequestTypeRead), STATUS_INVALID_DEVICE_REQUEST);
    return STATUS_SUCCESS;
}

static void route_needs_a_handler(void)
{
    begin(queue_without_the_handler);
    end();
}

/*
 * Zero length.
 */

static unsigned transfers;

static VOID count_transfer(WDFQUEUE Queue, WDFREQUEST Request)
{
    transfers++;
    succeed(Queue, Request);
}

static NTSTATUS filters_zero_length(WDFDEVICE Device)
{
    transfers = 0;
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, count_transfer, true, &queue);
}

static void transfers_of_nothing_succeed_without_the_driver(void)
{
    uint64_t information = 5;

    begin(filters_zero_length);
    CHECK_STATUS(testkit_read(file, NULL, 0, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 0);
    CHECK_STATUS(testkit_write(file, NULL, 0, &information), STATUS_SUCCESS);
    CHECK_EQUAL(transfers, 0);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    CHECK_EQUAL(transfers, 1);
    end();
}

static NTSTATUS allows_zero_length(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config = config_of(WdfIoQueueDispatchSequential);

    transfers = 0;
    config.DefaultQueue = TRUE;
    config.AllowZeroLengthRequests = TRUE;
    config.EvtIoDefault = count_transfer;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static void transfers_of_nothing_reach_who_asks_for_them(void)
{
    begin(allows_zero_length);
    CHECK_STATUS(testkit_read(file, NULL, 0, NULL), STATUS_SUCCESS);
    CHECK_STATUS(testkit_write(file, NULL, 0, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(transfers, 2);
    end();
}

/*
 * Deletion.
 */

static NTSTATUS two_kinds(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchParallel, succeed, true, &queue), STATUS_SUCCESS);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchManual, NULL, false, &other), STATUS_SUCCESS);
    return WdfDeviceConfigureRequestDispatching(Device, other, WdfRequestTypeRead);
}

static void bound_queues_are_not_deleted(void)
{
    begin(two_kinds);
    BREAKS(V47, queue, "WdfObjectDelete", WdfObjectDelete(queue));
    BREAKS(V47, other, "WdfObjectDelete", WdfObjectDelete(other));
    CHECK(WdfIoQueueGetDevice(queue) == device && WdfIoQueueGetDevice(other) == device);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(config_is_checked_in_order),
    CASE(queue_that_presents_needs_a_handler),
    CASE(there_is_one_default_queue),
    CASE(parent_is_under_the_same_device),
    CASE(failed_creation_leaves_nothing),
    CASE(queue_knows_its_device),
    CASE(limit_of_zero_presents_nothing),
    CASE(device_without_a_queue_refuses),
    CASE(request_without_a_handler_is_refused),
    CASE(requests_go_where_they_are_sent_to),
    CASE(opens_go_to_their_queue),
    CASE(route_needs_a_handler),
    CASE(transfers_of_nothing_succeed_without_the_driver),
    CASE(transfers_of_nothing_reach_who_asks_for_them),
    CASE(bound_queues_are_not_deleted),
    CASES_END,
};
