/* SPDX-License-Identifier: MIT */
/*
 * The control device that all filter devices of a driver share. The user flavour has no control devices.
 */
#include "dmf_case.h"

#define CONTROL_NAME "\\Device\\FilterControl"
#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x804, METHOD_BUFFERED, FILE_ANY_ACCESS)

static WCHAR control_name[] = L"\\Device\\FilterControl";

/* The WDFDEVICE that was made last. */
static WDFDEVICE last_device;

static VOID remember_device(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(DmfModuleInit);
    last_device = Device;
}

static EVT_WDF_DRIVER_DEVICE_ADD add_device;
DMF_DEFAULT_DEVICEADD(add_device, remember_device)

struct filter
{
    struct testkit_device *machine_device;
    WDFDEVICE device;
};

static void start(struct filter *filter)
{
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &filter->machine_device), STATUS_SUCCESS);
    filter->device = last_device;
}

static void stop(struct filter *filter)
{
    CHECK_STATUS(testkit_remove(filter->machine_device), STATUS_SUCCESS);
}

static void begin(struct filter *filter)
{
    wdf_case_load(add_device);
    start(filter);
}

static void end(struct filter *filter)
{
    stop(filter);
    wdf_case_unload();
}

static VOID on_control(WDFQUEUE Queue, WDFREQUEST Request, size_t Output, size_t Input, ULONG Code)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Output);
    UNREFERENCED_PARAMETER(Input);
    WdfRequestComplete(Request, Code == CODE ? STATUS_DEVICE_BUSY : STATUS_SUCCESS);
}

static NTSTATUS share(struct filter *filter, bool has_queue)
{
    WDF_IO_QUEUE_CONFIG queue;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queue, WdfIoQueueDispatchParallel);
    queue.EvtIoDeviceControl = on_control;
    return DMF_FilterControl_DeviceCreate(filter->device, NULL, has_queue ? &queue : NULL, control_name);
}

/* What a device control to the control device returns. */
static NTSTATUS control(void)
{
    struct testkit_file *file;
    NTSTATUS status = testkit_open(CONTROL_NAME, true, true, &file);

    if (NT_SUCCESS(status))
    {
        status = testkit_control(file, CODE, NULL, 0, NULL, 0, NULL);
        testkit_close(file);
    }
    return status;
}

static void control_device_lives_from_the_first_filter_device_to_the_last(void)
{
    struct filter first, second;

    begin(&first);
    start(&second);
    CHECK_STATUS(control(), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(share(&first, true), STATUS_SUCCESS);
    CHECK_STATUS(control(), STATUS_DEVICE_BUSY);
    CHECK_STATUS(share(&second, true), STATUS_SUCCESS);
    DMF_FilterControl_DeviceDelete(first.device);
    CHECK_STATUS(control(), STATUS_DEVICE_BUSY);
    DMF_FilterControl_DeviceDelete(first.device);
    CHECK_STATUS(control(), STATUS_DEVICE_BUSY);
    DMF_FilterControl_DeviceDelete(second.device);
    CHECK_STATUS(control(), STATUS_OBJECT_NAME_NOT_FOUND);
    DMF_FilterControl_DeviceDelete(second.device);
    CHECK_STATUS(share(&second, false), STATUS_SUCCESS);
    CHECK_STATUS(control(), STATUS_NOT_SUPPORTED);
    DMF_FilterControl_DeviceDelete(second.device);
    stop(&second);
    end(&first);
}

static void filter_device_shares_it_once_and_needs_its_modules(void)
{
    struct filter filter;

    begin(&filter);
    DMF_FilterControl_DeviceDelete(filter.device);
    CHECK_STATUS(share(&filter, true), STATUS_SUCCESS);
    CHECK_STATUS(share(&filter, true), STATUS_INVALID_DEVICE_STATE);
    DMF_FilterControl_DeviceDelete(filter.device);
    end(&filter);
}

static struct filter each;

static void share_once(void)
{
    NTSTATUS status = share(&each, true);

    CHECK(NT_SUCCESS(status) || status == STATUS_INSUFFICIENT_RESOURCES);
    if (NT_SUCCESS(status))
    {
        DMF_FilterControl_DeviceDelete(each.device);
    }
}

static void each_allocation_of_the_control_device_may_fail(void)
{
    begin(&each);
    nt_fail_each_allocation(share_once);
    CHECK_STATUS(share(&each, true), STATUS_SUCCESS);
    CHECK_STATUS(control(), STATUS_DEVICE_BUSY);
    DMF_FilterControl_DeviceDelete(each.device);
    end(&each);
}

static void each_call_of_its_creation_may_fail(void)
{
    static const char *const functions[] = {
        "WdfObjectAllocateContext", "WdfWaitLockCreate", "WdfDeviceInitAssignName", "WdfDeviceCreate", "WdfIoQueueCreate",
    };
    struct filter filter;

    for (size_t index = 0; index < RTL_NUMBER_OF(functions); index++)
    {
        begin(&filter);
        testkit_fail_call(functions[index], 1, STATUS_DEVICE_PROTOCOL_ERROR);
        CHECK_STATUS(share(&filter, true), STATUS_DEVICE_PROTOCOL_ERROR);
        testkit_fail_call(NULL, 0, 0);
        CHECK_STATUS(control(), STATUS_OBJECT_NAME_NOT_FOUND);
        CHECK_STATUS(share(&filter, true), STATUS_SUCCESS);
        DMF_FilterControl_DeviceDelete(filter.device);
        end(&filter);
    }
}

#define SHARERS 4
static struct filter sharers[SHARERS];

static void share_and_leave(void *argument)
{
    struct filter *filter = argument;

    CHECK_STATUS(share(filter, true), STATUS_SUCCESS);
    DMF_FilterControl_DeviceDelete(filter->device);
}

static void filter_devices_come_and_go_at_the_same_time(void)
{
    struct nt_thread *threads[SHARERS];

    begin(&sharers[0]);
    for (unsigned index = 1; index < SHARERS; index++)
    {
        start(&sharers[index]);
    }
    for (unsigned index = 0; index < SHARERS; index++)
    {
        threads[index] = nt_thread_start(share_and_leave, &sharers[index]);
    }
    for (unsigned index = 0; index < SHARERS; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_STATUS(control(), STATUS_OBJECT_NAME_NOT_FOUND);
    for (unsigned index = 1; index < SHARERS; index++)
    {
        stop(&sharers[index]);
    }
    end(&sharers[0]);
}

const struct nt_case nt_cases[] = {
    CASE(control_device_lives_from_the_first_filter_device_to_the_last),
    CASE(filter_device_shares_it_once_and_needs_its_modules),
    CASE(each_allocation_of_the_control_device_may_fail),
    CASE(each_call_of_its_creation_may_fail),
    CASE(filter_devices_come_and_go_at_the_same_time),
    CASES_END,
};
