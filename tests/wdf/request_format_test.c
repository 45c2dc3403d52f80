/* SPDX-License-Identifier: MIT */
/*
 * Formats: buffers by every method, offsets, what a request keeps; and the functions that send and wait.
 */
#include "send_case.h"

#include <string.h>

#define METHOD(Method) CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, Method, FILE_ANY_ACCESS)

/* The device below doubles each byte of the input into the output, and says how many it did. */
static bool double_bytes(const struct lower_request *request, int32_t *status, uint64_t *information)
{
    uint8_t input[64];
    uint32_t length = request->input_length < request->output_length ? request->input_length : request->output_length;

    memcpy(input, request->input, length);
    for (uint32_t index = 0; index < length; index++)
    {
        ((uint8_t *)request->output)[index] = (uint8_t)(2 * input[index]);
    }
    *status = STATUS_SUCCESS;
    *information = length;
    return true;
}

/* Reads give 0x40 and following, writes are looked at. */
static uint8_t written[64];

static bool read_or_write(const struct lower_request *request, int32_t *status, uint64_t *information)
{
    if (request->output_length != 0)
    {
        memset(request->output, 0x40, request->output_length);
    }
    if (request->input_length != 0)
    {
        memcpy(written, request->input, request->input_length);
    }
    *status = STATUS_SUCCESS;
    *information = request->output_length + request->input_length;
    return true;
}

static UCHAR byte_of(WDFMEMORY memory, size_t index)
{
    return ((UCHAR *)WdfMemoryGetBuffer(memory, NULL))[index];
}

static void send_and_wait(WDFREQUEST request)
{
    CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_SEC(30)));
}

/*
 * Controls.
 */

static void control_with_offsets(ULONG code)
{
    WDFMEMORY_OFFSET input_offset = {.BufferOffset = 2, .BufferLength = 4};
    WDFMEMORY_OFFSET output_offset = {.BufferOffset = 5, .BufferLength = 0};
    WDF_REQUEST_COMPLETION_PARAMS params;
    WDFREQUEST request;
    WDFMEMORY input;
    WDFMEMORY output;

    set_up();
    lower.hook = double_bytes;
    input = make_memory(8, 10);
    output = make_memory(16, 0xA0);
    request = make_request();
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, code, input, &input_offset, output, &output_offset),
                 STATUS_SUCCESS);
    send_and_wait(request);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_SUCCESS);
    CHECK_EQUAL(lower.last.code, code);
    CHECK_EQUAL(lower.last.input_length, 4);
    CHECK_EQUAL(lower.last.output_length, 11);
    CHECK_EQUAL(byte_of(output, 4), 0xA4);
    CHECK_EQUAL(byte_of(output, 5), 24);
    CHECK_EQUAL(byte_of(output, 8), 30);
    CHECK_EQUAL(byte_of(output, 9), 0xA9);
    WDF_REQUEST_COMPLETION_PARAMS_INIT(&params);
    WdfRequestGetCompletionParams(request, &params);
    CHECK(params.Parameters.Ioctl.Input.Buffer == input);
    CHECK(params.Parameters.Ioctl.Output.Buffer == output);
    CHECK_EQUAL(params.Parameters.Ioctl.Input.Offset, 2);
    CHECK_EQUAL(params.Parameters.Ioctl.Output.Offset, 5);
    CHECK_EQUAL(params.Parameters.Ioctl.Output.Length, 4);
    WdfObjectDelete(request);
    WdfObjectDelete(input);
    WdfObjectDelete(output);
    tear_down();
}

static void buffered_control_copies_there_and_back(void)
{
    control_with_offsets(METHOD(METHOD_BUFFERED));
}

static void direct_control_describes_its_output(void)
{
    control_with_offsets(METHOD(METHOD_OUT_DIRECT));
    control_with_offsets(METHOD(METHOD_IN_DIRECT));
}

static void control_of_neither_method_hands_addresses_on(void)
{
    control_with_offsets(METHOD(METHOD_NEITHER));
}

static bool fail_with_output(const struct lower_request *request, int32_t *status, uint64_t *information)
{
    memset(request->output, 0x77, request->output_length);
    *status = STATUS_BUFFER_TOO_SMALL;
    *information = 2;
    return true;
}

static void buffered_output_comes_back_whatever_the_status(void)
{
    WDFREQUEST request;
    WDFMEMORY output;

    set_up();
    lower.hook = fail_with_output;
    output = make_memory(4, 0);
    request = make_request();
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, output, NULL), STATUS_SUCCESS);
    send_and_wait(request);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(byte_of(output, 1), 0x77);
    CHECK_EQUAL(byte_of(output, 2), 2);
    WdfObjectDelete(request);
    WdfObjectDelete(output);
    tear_down();
}

static void offsets_beyond_the_memory_overflow(void)
{
    static const WDFMEMORY_OFFSET wrong[] = {{9, 0}, {8, 1}, {0, 9}, {SIZE_MAX, 2}, {1, SIZE_MAX}};
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up();
    memory = make_memory(8, 0);
    request = make_request();
    for (size_t index = 0; index < ARRAYSIZE(wrong); index++)
    {
        WDFMEMORY_OFFSET offset = wrong[index];

        CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, memory, &offset, NULL, NULL),
                     STATUS_INTEGER_OVERFLOW);
        CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INTEGER_OVERFLOW);
        CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, memory, &offset),
                     STATUS_INTEGER_OVERFLOW);
        CHECK_STATUS(WdfIoTargetFormatRequestForRead(test.target, request, memory, &offset, NULL), STATUS_INTEGER_OVERFLOW);
        CHECK_STATUS(WdfIoTargetFormatRequestForWrite(test.target, request, memory, &offset, NULL), STATUS_INTEGER_OVERFLOW);
    }
    WdfObjectDelete(request);
    WdfObjectDelete(memory);
    tear_down();
}

/*
 * Reads and writes.
 */

static void read_and_write_with(ULONG flags)
{
    WDFMEMORY_OFFSET offset = {.BufferOffset = 1, .BufferLength = 3};
    LONGLONG device_offset = 0x1122334455;
    WDF_REQUEST_COMPLETION_PARAMS params;
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up_over(flags, NULL, NULL);
    lower.hook = read_or_write;
    memory = make_memory(5, 1);
    request = make_request();
    WDF_REQUEST_COMPLETION_PARAMS_INIT(&params);
    CHECK_STATUS(WdfIoTargetFormatRequestForRead(test.target, request, memory, &offset, &device_offset), STATUS_SUCCESS);
    send_and_wait(request);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_SUCCESS);
    CHECK_EQUAL(lower.last.major, 3);
    CHECK_EQUAL(lower.last.offset, 0x1122334455);
    CHECK_EQUAL(lower.last.output_length, 3);
    CHECK_EQUAL(byte_of(memory, 0), 1);
    CHECK_EQUAL(byte_of(memory, 1), 0x40);
    CHECK_EQUAL(byte_of(memory, 3), 0x40);
    CHECK_EQUAL(byte_of(memory, 4), 5);
    WdfRequestGetCompletionParams(request, &params);
    CHECK_EQUAL(params.Type, WdfRequestTypeRead);
    CHECK(params.Parameters.Read.Buffer == memory);
    CHECK_EQUAL(params.Parameters.Read.Length, 3);
    CHECK_EQUAL(params.Parameters.Read.Offset, 1);

    reuse(request);
    CHECK_STATUS(WdfIoTargetFormatRequestForWrite(test.target, request, memory, NULL, NULL), STATUS_SUCCESS);
    send_and_wait(request);
    CHECK_EQUAL(lower.last.major, 4);
    CHECK_EQUAL(lower.last.input_length, 5);
    CHECK_EQUAL(lower.last.offset, 0);
    CHECK_EQUAL(written[0], 1);
    CHECK_EQUAL(written[2], 0x40);
    CHECK_EQUAL(written[4], 5);
    WdfRequestGetCompletionParams(request, &params);
    CHECK_EQUAL(params.Type, WdfRequestTypeWrite);
    CHECK(params.Parameters.Write.Buffer == memory);
    CHECK_EQUAL(params.Parameters.Write.Length, 5);
    WdfObjectDelete(request);
    WdfObjectDelete(memory);
    tear_down();
}

static void buffered_target_is_read_and_written(void)
{
    read_and_write_with(LOWER_BUFFERED);
}

static void direct_target_is_read_and_written(void)
{
    read_and_write_with(LOWER_DIRECT);
}

static void target_of_neither_kind_is_read_and_written(void)
{
    read_and_write_with(0);
}

static void empty_read_has_no_buffer(void)
{
    WDFREQUEST request;

    set_up_over(LOWER_DIRECT, NULL, NULL);
    request = make_request();
    CHECK_STATUS(WdfIoTargetFormatRequestForRead(test.target, request, NULL, NULL, NULL), STATUS_SUCCESS);
    send_and_wait(request);
    CHECK_EQUAL(lower.last.output_length, 0);
    CHECK(lower.last.output == NULL);
    WdfObjectDelete(request);
    tear_down();
}

/*
 * What a request keeps.
 */

static LONG destroyed;

static VOID count_destroy(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    destroyed++;
}

static WDFMEMORY make_counted_memory(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY memory;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtDestroyCallback = count_destroy;
    CHECK_STATUS(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 8, &memory, NULL), STATUS_SUCCESS);
    memset(WdfMemoryGetBuffer(memory, NULL), 0, 8);
    return memory;
}

static void memory_is_kept_until_the_request_is_reused(void)
{
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up();
    destroyed = 0;
    memory = make_counted_memory();
    request = make_request();
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, memory, NULL, NULL, NULL), STATUS_SUCCESS);
    WdfObjectDelete(memory);
    send_and_wait(request);
    CHECK_EQUAL(destroyed, 0);
    reuse(request);
    CHECK_EQUAL(destroyed, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void memory_is_kept_until_the_next_format_or_the_end(void)
{
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up();
    destroyed = 0;
    memory = make_counted_memory();
    request = make_request();
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, memory, NULL, NULL, NULL), STATUS_SUCCESS);
    WdfObjectDelete(memory);
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(destroyed, 1);
    memory = make_counted_memory();
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, memory, NULL, memory, NULL), STATUS_SUCCESS);
    WdfObjectDelete(memory);
    CHECK_EQUAL(destroyed, 1);
    WdfObjectDelete(request);
    CHECK_EQUAL(destroyed, 2);
    tear_down();
}

static void memory_of_a_request_deleted_in_flight_is_kept_until_it_is_back(void)
{
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up();
    destroyed = 0;
    lower.behaviour = LOWER_KEEPS;
    memory = make_counted_memory();
    request = make_request();
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, memory, NULL, memory, NULL), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_end, NULL);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    WdfObjectDelete(memory);
    WdfObjectDelete(request);
    CHECK_EQUAL(destroyed, 0);
    CHECK(lower_complete_first(STATUS_SUCCESS, 8));
    CHECK_EQUAL(test.completed, 1);
    CHECK_EQUAL(destroyed, 1);
    tear_down();
}

/*
 * Send and wait.
 */

static void descriptor_of_a_buffer_is_sent_and_filled(void)
{
    WDF_MEMORY_DESCRIPTOR input;
    WDF_MEMORY_DESCRIPTOR output;
    UCHAR from[3] = {1, 2, 3};
    UCHAR to[4] = {9, 9, 9, 9};
    ULONG_PTR bytes = 77;

    set_up();
    lower.hook = double_bytes;
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&input, from, sizeof(from));
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&output, to, sizeof(to));
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, &input, &output, NULL, &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 3);
    CHECK_EQUAL(to[0], 2);
    CHECK_EQUAL(to[2], 6);
    CHECK_EQUAL(to[3], 9);
    CHECK_STATUS(
        WdfIoTargetSendIoctlSynchronously(test.target, NULL, METHOD(METHOD_OUT_DIRECT), &input, &output, NULL, NULL),
        STATUS_SUCCESS);
    tear_down();
}

static void descriptor_of_a_memory_object_has_offsets(void)
{
    WDFMEMORY_OFFSET offset = {.BufferOffset = 1, .BufferLength = 2};
    WDFMEMORY_OFFSET wrong = {.BufferOffset = 7, .BufferLength = 2};
    WDF_MEMORY_DESCRIPTOR output;
    ULONG_PTR bytes = 77;
    WDFMEMORY memory;

    set_up();
    lower.hook = read_or_write;
    memory = make_memory(8, 0);
    WDF_MEMORY_DESCRIPTOR_INIT_HANDLE(&output, memory, &offset);
    CHECK_STATUS(WdfIoTargetSendReadSynchronously(test.target, NULL, &output, NULL, NULL, &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 2);
    CHECK_EQUAL(byte_of(memory, 1), 0x40);
    CHECK_EQUAL(byte_of(memory, 3), 3);
    bytes = 77;
    WDF_MEMORY_DESCRIPTOR_INIT_HANDLE(&output, memory, &wrong);
    CHECK_STATUS(WdfIoTargetSendReadSynchronously(test.target, NULL, &output, NULL, NULL, &bytes), STATUS_INTEGER_OVERFLOW);
    CHECK_EQUAL(bytes, 77);
    WdfObjectDelete(memory);
    tear_down();
}

static void descriptor_that_names_nothing_is_refused(void)
{
    WDF_MEMORY_DESCRIPTOR descriptor;
    ULONG_PTR bytes = 77;

    set_up();
    memset(&descriptor, 0, sizeof(descriptor));
    CHECK_STATUS(WdfIoTargetSendReadSynchronously(test.target, NULL, &descriptor, NULL, NULL, &bytes),
                 STATUS_INVALID_PARAMETER);
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&descriptor, NULL, 0);
    CHECK_STATUS(WdfIoTargetSendWriteSynchronously(test.target, NULL, &descriptor, NULL, NULL, &bytes),
                 STATUS_INVALID_PARAMETER);
    WDF_MEMORY_DESCRIPTOR_INIT_HANDLE(&descriptor, NULL, NULL);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, &descriptor, NULL, NULL, &bytes),
                 STATUS_INVALID_PARAMETER);
    descriptor.Type = WdfMemoryDescriptorTypeMdl;
    descriptor.u.MdlType.Mdl = NULL;
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, &descriptor, NULL, &bytes),
                 STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(bytes, 77);
    CHECK_EQUAL(lower.received, 0);
    tear_down();
}

static void options_of_a_wait_are_checked(void)
{
    WDF_REQUEST_SEND_OPTIONS options;

    set_up();
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, 0);
    options.Size--;
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, NULL, &options, NULL),
                 STATUS_INFO_LENGTH_MISMATCH);
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, 0x1000);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, NULL, &options, NULL),
                 STATUS_INVALID_PARAMETER);
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, NULL, &options, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(lower.received, 1);
    tear_down();
}

static void wait_with_the_drivers_request_ignores_its_routine(void)
{
    ULONG_PTR bytes = 0;
    WDFREQUEST request;

    set_up();
    lower.status = STATUS_NO_SUCH_DEVICE;
    lower.information = 5;
    request = make_request();
    format(request);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, request, CODE, NULL, NULL, NULL, &bytes),
                 STATUS_NO_SUCH_DEVICE);
    CHECK_EQUAL(bytes, 5);
    CHECK_EQUAL(test.completed, 0);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_NO_SUCH_DEVICE);
    reuse(request);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, request, CODE, NULL, NULL, NULL, NULL),
                 STATUS_NO_SUCH_DEVICE);
    WdfObjectDelete(request);
    tear_down();
}

static void wait_that_takes_too_long_is_a_time_out(void)
{
    WDF_REQUEST_SEND_OPTIONS options;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, 0);
    WDF_REQUEST_SEND_OPTIONS_SET_TIMEOUT(&options, WDF_REL_TIMEOUT_IN_MS(10));
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, NULL, &options, NULL), STATUS_IO_TIMEOUT);
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, NULL, &options, NULL), STATUS_IO_TIMEOUT);
    tear_down();
}

static void wait_for_a_purged_target_is_refused(void)
{
    WDF_REQUEST_SEND_OPTIONS options;
    ULONG_PTR bytes = 77;

    set_up();
    WdfIoTargetPurge(test.target, WdfIoTargetPurgeIoAndWait);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, NULL, NULL, &bytes),
                 STATUS_INVALID_DEVICE_STATE);
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, NULL, &options, &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 0);
    tear_down();
}

static void start_it(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
}

static void wait_for_a_stopped_target_goes_on_when_it_is_started(void)
{
    struct nt_thread *thread;

    set_up();
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    thread = nt_thread_start(start_it, NULL);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, NULL, CODE, NULL, NULL, NULL, NULL), STATUS_SUCCESS);
    nt_thread_join(thread);
    tear_down();
}

static void try_everything(void)
{
    WDF_MEMORY_DESCRIPTOR input;
    WDF_MEMORY_DESCRIPTOR output;
    UCHAR from[3] = {1, 2, 3};
    UCHAR to[4];
    NTSTATUS status;

    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&input, from, sizeof(from));
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&output, to, sizeof(to));
    for (ULONG method = METHOD_BUFFERED; method <= METHOD_NEITHER; method++)
    {
        status = WdfIoTargetSendIoctlSynchronously(test.target, NULL, METHOD(method), &input, &output, NULL, NULL);
        CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    }
    status = WdfIoTargetSendReadSynchronously(test.target, NULL, &output, NULL, NULL, NULL);
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
}

static void waits_survive_every_failed_allocation(void)
{
    set_up_over(LOWER_DIRECT, NULL, NULL);
    nt_fail_each_allocation(try_everything);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(buffered_control_copies_there_and_back),
    CASE(direct_control_describes_its_output),
    CASE(control_of_neither_method_hands_addresses_on),
    CASE(buffered_output_comes_back_whatever_the_status),
    CASE(offsets_beyond_the_memory_overflow),
    CASE(buffered_target_is_read_and_written),
    CASE(direct_target_is_read_and_written),
    CASE(target_of_neither_kind_is_read_and_written),
    CASE(empty_read_has_no_buffer),
    CASE(memory_is_kept_until_the_request_is_reused),
    CASE(memory_is_kept_until_the_next_format_or_the_end),
    CASE(memory_of_a_request_deleted_in_flight_is_kept_until_it_is_back),
    CASE(descriptor_of_a_buffer_is_sent_and_filled),
    CASE(descriptor_of_a_memory_object_has_offsets),
    CASE(descriptor_that_names_nothing_is_refused),
    CASE(options_of_a_wait_are_checked),
    CASE(wait_with_the_drivers_request_ignores_its_routine),
    CASE(wait_that_takes_too_long_is_a_time_out),
    CASE(wait_for_a_purged_target_is_refused),
    CASE(wait_for_a_stopped_target_goes_on_when_it_is_started),
    CASE(waits_survive_every_failed_allocation),
    CASES_END,
};
