/* SPDX-License-Identifier: MIT */
/*
 * The continuous reader of a USB pipe.
 */
#include "case_signal.h"
#include "usb_case.h"

#include <usbioctl.h>

#include <string.h>

#define HEADER 4
#define TRAILER 8

static struct
{
    LONG reads;
    LONG failures;
    size_t bytes;
    UCHAR contents[HEADER + 64 + TRAILER];
    size_t size;
    NTSTATUS status;
    USBD_STATUS usbd_status;
    /* What the device below still had when the failure was told. */
    unsigned kept;
    BOOLEAN go_on;
    /* Called by the callback of a failure. */
    void (*meanwhile)(void);
    /* A read's memory is kept here. */
    BOOLEAN keeps_memory;
    WDFMEMORY memory;
    /* How deep callbacks of reads are nested. */
    LONG depth;
    struct case_signal failed;
} reader;

static WDFIOTARGET pipe_target(void)
{
    return WdfUsbTargetPipeGetIoTarget(in_pipe);
}

static VOID on_read(WDFUSBPIPE pipe, WDFMEMORY memory, size_t bytes, WDFCONTEXT context)
{
    CHECK(pipe == in_pipe);
    CHECK(context == &reader);
    CHECK_EQUAL(InterlockedIncrement(&reader.depth), 1);
    reader.bytes = bytes;
    memcpy(reader.contents, WdfMemoryGetBuffer(memory, &reader.size), sizeof(reader.contents));
    if (reader.keeps_memory)
    {
        reader.keeps_memory = FALSE;
        WdfObjectReference(memory);
        reader.memory = memory;
    }
    (void)InterlockedDecrement(&reader.depth);
    (void)InterlockedIncrement(&reader.reads);
}

/* For cases in which reads may end on several threads. */
static VOID count_read(WDFUSBPIPE pipe, WDFMEMORY memory, size_t bytes, WDFCONTEXT context)
{
    UNREFERENCED_PARAMETER(pipe);
    UNREFERENCED_PARAMETER(memory);
    UNREFERENCED_PARAMETER(bytes);
    UNREFERENCED_PARAMETER(context);
    (void)InterlockedIncrement(&reader.reads);
}

static BOOLEAN on_failure(WDFUSBPIPE pipe, NTSTATUS status, USBD_STATUS usbd_status)
{
    CHECK(pipe == in_pipe);
#if !defined(DMF_USER_MODE)
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
#endif
    reader.status = status;
    reader.usbd_status = usbd_status;
    reader.kept = lower_kept();
    if (reader.meanwhile != NULL)
    {
        reader.meanwhile();
    }
    (void)InterlockedIncrement(&reader.failures);
    case_signal_give(&reader.failed);
    return reader.go_on;
}

static void wait_for_failure(void)
{
    case_signal_take(&reader.failed);
}

static void begin(void)
{
    memset(&reader, 0, sizeof(reader));
    case_signal_make(&reader.failed);
    set_up_usb();
    configure();
    usb_below.keeps = true;
}

static void make_config(WDF_USB_CONTINUOUS_READER_CONFIG *config, UCHAR reads)
{
    WDF_USB_CONTINUOUS_READER_CONFIG_INIT(config, on_read, &reader, 64);
    config->NumPendingReads = reads;
    config->HeaderLength = HEADER;
    config->TrailerLength = TRAILER;
    config->EvtUsbTargetPipeReadersFailed = on_failure;
}

static void begin_reading(const WDF_USB_CONTINUOUS_READER_CONFIG *config)
{
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, (PWDF_USB_CONTINUOUS_READER_CONFIG)config), STATUS_SUCCESS);
    CHECK_EQUAL(lower_kept(), 0);
    CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
}

static void set_up_reader(UCHAR reads)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    begin();
    make_config(&config, reads);
    begin_reading(&config);
}

static void end(void)
{
    tear_down();
    case_signal_free(&reader.failed);
}

/*
 * Configuration.
 */

static void wrong_readers_are_refused(void)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    begin();
    WDF_USB_CONTINUOUS_READER_CONFIG_INIT(&config, on_read, &reader, 64);
    config.Size--;
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_INFO_LENGTH_MISMATCH);
    config.Size++;
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(out_pipe, &config), STATUS_INVALID_DEVICE_REQUEST);
    config.TransferLength = 63;
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_INVALID_BUFFER_SIZE);
    config.TransferLength = 0;
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_INVALID_PARAMETER);
    config.TransferLength = 64;
    config.HeaderLength = SIZE_MAX;
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_INTEGER_OVERFLOW);
    config.HeaderLength = 0;
    config.TrailerLength = SIZE_MAX - 63;
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_INTEGER_OVERFLOW);
    config.TrailerLength = 0;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = test.device;
    config.BufferAttributes = &attributes;
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED);
    config.BufferAttributes = NULL;
    config.EvtUsbTargetPipeReadComplete = NULL;
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_INVALID_PARAMETER);
    end();
}

static void pipe_has_one_reader(void)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    set_up_reader(1);
    make_config(&config, 1);
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_INVALID_DEVICE_STATE);
    end();
}

static void length_without_check_need_not_be_packets(void)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    begin();
    WdfUsbTargetPipeSetNoMaximumPacketSizeCheck(in_pipe);
    WDF_USB_CONTINUOUS_READER_CONFIG_INIT(&config, on_read, &reader, 63);
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_SUCCESS);
    end();
}

static void no_number_of_reads_means_two(void)
{
    set_up_reader(0);
    CHECK_EQUAL(lower_kept(), 2);
    end();
}

static void more_than_ten_reads_are_ten(void)
{
    set_up_reader(200);
    CHECK_EQUAL(lower_kept(), 10);
    end();
}

static void memory_has_the_attributes_of_the_configuration(void)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    begin();
    make_config(&config, 1);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.Size--;
    config.BufferAttributes = &attributes;
    CHECK(!NT_SUCCESS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config)));
    attributes.Size++;
    begin_reading(&config);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    CHECK_EQUAL(reader.reads, 1);
    end();
}

/*
 * Reading.
 */

static void reader_reads_until_its_pipe_is_stopped(void)
{
    set_up_reader(3);
    CHECK_EQUAL(lower_kept(), 3);
    for (LONG round = 1; round <= 5; round++)
    {
        CHECK(lower_complete_first(STATUS_SUCCESS, 0));
        CHECK_EQUAL(reader.reads, round);
        CHECK_EQUAL(reader.bytes, 64);
        lower_wait_kept(3);
    }
    WdfIoTargetStop(pipe_target(), WdfIoTargetLeaveSentIoPending);
    CHECK_EQUAL(lower_kept(), 0);
    CHECK_EQUAL(reader.reads, 5);
    CHECK_EQUAL(reader.failures, 0);
    CHECK_EQUAL(WdfIoTargetGetState(pipe_target()), WdfIoTargetStopped);
    end();
}

static void stop_and_purge_of_a_pipe_with_a_reader_cancel_whatever_they_are_told(void)
{
    set_up_reader(3);
    WdfIoTargetStop(pipe_target(), WdfIoTargetWaitForSentIoToComplete);
    CHECK_EQUAL(lower_kept(), 0);
    CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
    CHECK_EQUAL(lower_kept(), 3);
    WdfIoTargetPurge(pipe_target(), WdfIoTargetPurgeIo);
    CHECK_EQUAL(lower_kept(), 0);
    CHECK_EQUAL(WdfIoTargetGetState(pipe_target()), WdfIoTargetPurged);
    CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
    CHECK_EQUAL(lower_kept(), 3);
    end();
    CHECK_EQUAL(reader.failures, 0);
}

static void each_read_has_a_zeroed_buffer_with_a_header_and_a_trailer(void)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    begin();
    usb_below.bytes = 10;
    usb_below.answers = 3;
    make_config(&config, 1);
    begin_reading(&config);
    lower_wait_kept(1);
    CHECK_EQUAL(reader.reads, 3);
    CHECK_EQUAL(reader.bytes, 10);
    CHECK_EQUAL(reader.size, HEADER + 64 + TRAILER);
    for (size_t index = 0; index < sizeof(reader.contents); index++)
    {
        CHECK_EQUAL(reader.contents[index], index >= HEADER && index < HEADER + 10 ? 0x5A : 0);
    }
    end();
}

static void reads_that_are_over_at_once_do_not_nest(void)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    begin();
    usb_below.bytes = 64;
    usb_below.answers = 100;
    make_config(&config, 1);
    begin_reading(&config);
    lower_wait_kept(1);
    CHECK_EQUAL(reader.reads, 100);
    end();
}

static void driver_keeps_the_memory_of_a_read_by_a_reference(void)
{
    size_t size;

    set_up_reader(1);
    reader.keeps_memory = TRUE;
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    lower_wait_kept(1);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    lower_wait_kept(1);
    CHECK(WdfMemoryGetBuffer(reader.memory, &size) != NULL);
    CHECK_EQUAL(size, HEADER + 64 + TRAILER);
    WdfObjectDereference(reader.memory);
    end();
}

/*
 * Failure.
 */

static void reader_that_fails_resets_the_pipe_and_goes_on(void)
{
    set_up_reader(3);
    reader.go_on = TRUE;
    for (LONG round = 1; round <= 3; round++)
    {
        CHECK(lower_complete_first(STATUS_DEVICE_DATA_ERROR, 0));
        wait_for_failure();
        lower_wait_kept(3);
        CHECK_EQUAL(reader.failures, round);
        CHECK_STATUS(reader.status, STATUS_DEVICE_DATA_ERROR);
        CHECK_EQUAL(usb_below.resets, round);
    }
    CHECK_EQUAL(reader.reads, 0);
    CHECK_EQUAL(usb_below.port_resets, 0);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    CHECK_EQUAL(reader.reads, 1);
    end();
}

static void all_reads_are_back_when_the_failure_is_told(void)
{
    set_up_reader(10);
    CHECK(lower_complete_last(STATUS_DEVICE_DATA_ERROR, 0));
    wait_for_failure();
    CHECK_EQUAL(reader.kept, 0);
    end();
}

static void failure_without_callback_is_repaired(void)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    begin();
    make_config(&config, 2);
    config.EvtUsbTargetPipeReadersFailed = NULL;
    begin_reading(&config);
    CHECK(lower_complete_first(STATUS_DEVICE_DATA_ERROR, 0));
    lower_wait_kept(2);
    CHECK_EQUAL(usb_below.resets, 1);
    end();
}

static void start_alone_repairs_no_failure(void)
{
    set_up_reader(2);
    CHECK(lower_complete_first(STATUS_DEVICE_DATA_ERROR, 0));
    wait_for_failure();
    CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
    CHECK_EQUAL(lower_kept(), 0);
    WdfIoTargetStop(pipe_target(), WdfIoTargetCancelSentIo);
    CHECK_EQUAL(usb_below.resets, 0);
    CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
    CHECK_EQUAL(lower_kept(), 2);
    CHECK_EQUAL(reader.failures, 1);
    end();
}

static void set_up_repair(void)
{
    set_up_reader(2);
    reader.go_on = TRUE;
}

/* A failure whose repair does this much to the device, and leaves the reader idle until it is stopped and started. */
static void fail_without_repair(unsigned resets, unsigned port_resets)
{
    CHECK(lower_complete_first(STATUS_DEVICE_DATA_ERROR, 0));
    wait_for_failure();
    WdfIoTargetStop(pipe_target(), WdfIoTargetCancelSentIo);
    CHECK_EQUAL(usb_below.resets, resets);
    CHECK_EQUAL(usb_below.port_resets, port_resets);
    CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
    CHECK_EQUAL(lower_kept(), 2);
    end();
}

static void device_that_is_gone_is_not_repaired(void)
{
    set_up_repair();
    usb_below.port = 0;
    fail_without_repair(0, 0);
}

static void port_that_is_disabled_is_reset_in_place_of_the_pipe(void)
{
    set_up_repair();
    usb_below.port = USBD_PORT_CONNECTED;
    CHECK(lower_complete_first(STATUS_DEVICE_DATA_ERROR, 0));
    lower_wait_kept(2);
    CHECK_EQUAL(usb_below.resets, 0);
    CHECK_EQUAL(usb_below.port_resets, 1);
    end();
}

static void reader_stays_idle_when_the_reset_fails(void)
{
    set_up_repair();
    usb_below.reset_status = STATUS_IO_DEVICE_ERROR;
    fail_without_repair(1, 0);
}

static void cancellation_is_no_failure(void)
{
    set_up_reader(2);
    CHECK(lower_complete_first(STATUS_CANCELLED, 0));
    CHECK_EQUAL(lower_kept(), 1);
    WdfIoTargetStop(pipe_target(), WdfIoTargetCancelSentIo);
    CHECK_EQUAL(reader.failures, 0);
    end();
}

static void stop_it(void)
{
    BREAKS(V42, WDF_CASE_ANY, "WdfIoTargetStop", WdfIoTargetStop(pipe_target(), WdfIoTargetCancelSentIo));
}

static void stop_in_the_failure_callback_is_reported(void)
{
    set_up_reader(2);
    reader.meanwhile = stop_it;
    CHECK(lower_complete_first(STATUS_DEVICE_DATA_ERROR, 0));
    wait_for_failure();
    end();
}

/*
 * The end.
 */

static void device_with_reads_can_be_removed(void)
{
    set_up_reader(4);
    end();
    CHECK_EQUAL(reader.failures, 0);
    CHECK_EQUAL(reader.reads, 0);
}

static void device_with_a_failed_reader_can_be_removed(void)
{
    set_up_reader(2);
    reader.go_on = TRUE;
    CHECK(lower_complete_first(STATUS_DEVICE_DATA_ERROR, 0));
    end();
}

static void target_with_reads_can_be_deleted(void)
{
    set_up_reader(4);
    WdfObjectDelete(usb);
    CHECK_EQUAL(lower_kept(), 0);
    end();
}

static void another_setting_ends_the_reader(void)
{
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS params;
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    set_up_reader(2);
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS_INIT_SETTING(&params, 0);
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(WdfUsbTargetDeviceGetInterface(usb, 0), NULL, &params), STATUS_SUCCESS);
    CHECK_EQUAL(lower_kept(), 0);
    in_pipe = WdfUsbInterfaceGetConfiguredPipe(WdfUsbTargetDeviceGetInterface(usb, 0), 0, NULL);
    make_config(&config, 2);
    begin_reading(&config);
    CHECK_EQUAL(lower_kept(), 2);
    end();
}

/*
 * Power.
 */

static NTSTATUS prepare(WDFDEVICE device, WDFCMRESLIST raw, WDFCMRESLIST translated)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    UNREFERENCED_PARAMETER(raw);
    UNREFERENCED_PARAMETER(translated);
    usb_below_install();
    usb_below.keeps = true;
    CHECK_STATUS(WdfUsbTargetDeviceCreate(device, WDF_NO_OBJECT_ATTRIBUTES, &usb), STATUS_SUCCESS);
    configure();
    make_config(&config, 2);
    CHECK_STATUS(WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config), STATUS_SUCCESS);
    return STATUS_SUCCESS;
}

static NTSTATUS enter_d0(WDFDEVICE device, WDF_POWER_DEVICE_STATE previous)
{
    UNREFERENCED_PARAMETER(device);
    UNREFERENCED_PARAMETER(previous);
    return WdfIoTargetStart(pipe_target());
}

static NTSTATUS exit_d0(WDFDEVICE device, WDF_POWER_DEVICE_STATE target)
{
    UNREFERENCED_PARAMETER(device);
    UNREFERENCED_PARAMETER(target);
    WdfIoTargetStop(pipe_target(), WdfIoTargetCancelSentIo);
    return STATUS_SUCCESS;
}

static void handle_power(PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = prepare;
    callbacks.EvtDeviceD0Entry = enter_d0;
    callbacks.EvtDeviceD0Exit = exit_d0;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
}

static void reader_pauses_while_the_system_sleeps(void)
{
    memset(&reader, 0, sizeof(reader));
    case_signal_make(&reader.failed);
    set_up_with(handle_power, NULL);
    CHECK_EQUAL(lower_kept(), 2);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_EQUAL(lower_kept(), 0);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    testkit_settle();
    lower_wait_kept(2);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    CHECK_EQUAL(reader.reads, 1);
    end();
}

/*
 * Races.
 */

static void set_up_race(UCHAR reads)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    begin();
    make_config(&config, reads);
    config.EvtUsbTargetPipeReadComplete = count_read;
    reader.go_on = TRUE;
    begin_reading(&config);
}

/* Ends reads of the device below, some with failures. */
static void end_reads(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 12; round++)
    {
        (void)lower_complete_first(round % 3 == 2 ? STATUS_DEVICE_DATA_ERROR : STATUS_SUCCESS, 0);
    }
}

static void stop_and_start(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 4; round++)
    {
        WdfIoTargetStop(pipe_target(), WdfIoTargetCancelSentIo);
        CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
    }
}

static void purge_and_start(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 4; round++)
    {
        WdfIoTargetPurge(pipe_target(), WdfIoTargetPurgeIoAndWait);
        CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
    }
}

static void failures_of_several_threads_end_in_reading(void)
{
    struct nt_thread *threads[3];

    set_up_race(4);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(end_reads, NULL);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    lower_wait_kept(4);
    CHECK_EQUAL(lower_kept(), 4);
    end();
}

static void run_beside_failures(void (*body)(void *argument))
{
    struct nt_thread *threads[3];

    /* Two that stop at a time. */
    wdf_case_tolerate("V51");
    set_up_race(3);
    threads[0] = nt_thread_start(end_reads, NULL);
    threads[1] = nt_thread_start(body, NULL);
    threads[2] = nt_thread_start(body, NULL);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    lower_wait_kept(3);
    WdfIoTargetStop(pipe_target(), WdfIoTargetCancelSentIo);
    CHECK_EQUAL(lower_kept(), 0);
    end();
}

static void stops_beside_failures_end_in_reading(void)
{
    run_beside_failures(stop_and_start);
}

static void purges_beside_failures_end_in_reading(void)
{
    run_beside_failures(purge_and_start);
}

static void removal_beside_failures_ends_everything(void)
{
    struct nt_thread *thread;

    set_up_race(3);
    thread = nt_thread_start(end_reads, NULL);
    WdfObjectDelete(usb);
    nt_thread_join(thread);
    CHECK_EQUAL(lower_kept(), 0);
    end();
}

/*
 * Allocations.
 */

/* One read of a reader of a new target; a read whose memory there is none for is a failure that nobody repairs. */
static void read_once(void)
{
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;
    WDF_USB_CONTINUOUS_READER_CONFIG config;
    NTSTATUS status;

    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_SINGLE_INTERFACE(&params);
    status = WdfUsbTargetDeviceSelectConfig(usb, WDF_NO_OBJECT_ATTRIBUTES, &params);
    if (NT_SUCCESS(status))
    {
        in_pipe = WdfUsbInterfaceGetConfiguredPipe(WdfUsbTargetDeviceGetInterface(usb, 0), 0, NULL);
        make_config(&config, 2);
        status = WdfUsbTargetPipeConfigContinuousReader(in_pipe, &config);
    }
    if (NT_SUCCESS(status))
    {
        CHECK_STATUS(WdfIoTargetStart(pipe_target()), STATUS_SUCCESS);
        WdfIoTargetStop(pipe_target(), WdfIoTargetCancelSentIo);
        CHECK_EQUAL(lower_kept(), 0);
    }
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
}

static void reader_survives_every_failed_allocation(void)
{
    begin();
    nt_fail_each_allocation(read_once);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(wrong_readers_are_refused),
    CASE(pipe_has_one_reader),
    CASE(length_without_check_need_not_be_packets),
    CASE(no_number_of_reads_means_two),
    CASE(more_than_ten_reads_are_ten),
    CASE(memory_has_the_attributes_of_the_configuration),
    CASE(reader_reads_until_its_pipe_is_stopped),
    CASE(stop_and_purge_of_a_pipe_with_a_reader_cancel_whatever_they_are_told),
    CASE(each_read_has_a_zeroed_buffer_with_a_header_and_a_trailer),
    CASE(reads_that_are_over_at_once_do_not_nest),
    CASE(driver_keeps_the_memory_of_a_read_by_a_reference),
    CASE(reader_that_fails_resets_the_pipe_and_goes_on),
    CASE(all_reads_are_back_when_the_failure_is_told),
    CASE(failure_without_callback_is_repaired),
    CASE(start_alone_repairs_no_failure),
    CASE(device_that_is_gone_is_not_repaired),
    CASE(port_that_is_disabled_is_reset_in_place_of_the_pipe),
    CASE(reader_stays_idle_when_the_reset_fails),
    CASE(cancellation_is_no_failure),
    CASE(stop_in_the_failure_callback_is_reported),
    CASE(device_with_reads_can_be_removed),
    CASE(device_with_a_failed_reader_can_be_removed),
    CASE(target_with_reads_can_be_deleted),
    CASE(another_setting_ends_the_reader),
    CASE(reader_pauses_while_the_system_sleeps),
    CASE(failures_of_several_threads_end_in_reading),
    CASE(stops_beside_failures_end_in_reading),
    CASE(purges_beside_failures_end_in_reading),
    CASE(removal_beside_failures_ends_everything),
    CASE(reader_survives_every_failed_allocation),
    CASES_END,
};
