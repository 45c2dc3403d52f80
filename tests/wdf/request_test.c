/* SPDX-License-Identifier: MIT */
/*
 * Received requests: buffers, parameters, completion, contexts.
 */
#include <string.h>

#include "request_case.h"

/*
 * Buffers.
 */

static void check_no_input(WDFREQUEST request, NTSTATUS expected)
{
    PVOID buffer = &request;
    size_t length = 1;
    WDFMEMORY memory = (WDFMEMORY)&buffer;

    CHECK_STATUS(WdfRequestRetrieveInputBuffer(request, 0, &buffer, &length), expected);
    CHECK(buffer == NULL);
    CHECK_EQUAL(length, 0);
    CHECK_STATUS(WdfRequestRetrieveInputMemory(request, &memory), expected);
    CHECK(memory == NULL);
#if !defined(DMF_USER_MODE)
    PMDL list = (PMDL)&buffer;

    CHECK_STATUS(WdfRequestRetrieveInputWdmMdl(request, &list), expected);
    CHECK(list == NULL);
#endif
}

static void check_no_output(WDFREQUEST request, NTSTATUS expected)
{
    PVOID buffer = &request;
    size_t length = 1;
    WDFMEMORY memory = (WDFMEMORY)&buffer;

    CHECK_STATUS(WdfRequestRetrieveOutputBuffer(request, 0, &buffer, &length), expected);
    CHECK(buffer == NULL);
    CHECK_EQUAL(length, 0);
    CHECK_STATUS(WdfRequestRetrieveOutputMemory(request, &memory), expected);
    CHECK(memory == NULL);
#if !defined(DMF_USER_MODE)
    PMDL list = (PMDL)&buffer;

    CHECK_STATUS(WdfRequestRetrieveOutputWdmMdl(request, &list), expected);
    CHECK(list == NULL);
#endif
}

/* A buffer of either direction by all its functions: the same one again and again, whole, and not longer than it is. */
static char *check_buffer(WDFREQUEST request, bool output, size_t expected_length)
{
    PVOID buffer;
    PVOID again;
    size_t length = 0;
    WDFMEMORY memory;
    WDFMEMORY same;

    CHECK_STATUS(output ? WdfRequestRetrieveOutputBuffer(request, expected_length, &buffer, &length) :
                          WdfRequestRetrieveInputBuffer(request, expected_length, &buffer, &length),
                 STATUS_SUCCESS);
    CHECK_EQUAL(length, expected_length);
    CHECK_STATUS(output ? WdfRequestRetrieveOutputBuffer(request, 0, &again, NULL) :
                          WdfRequestRetrieveInputBuffer(request, 0, &again, NULL),
                 STATUS_SUCCESS);
    CHECK(again == buffer);
    CHECK_STATUS(output ? WdfRequestRetrieveOutputBuffer(request, expected_length + 1, &again, &length) :
                          WdfRequestRetrieveInputBuffer(request, expected_length + 1, &again, &length),
                 STATUS_BUFFER_TOO_SMALL);
    CHECK(again == NULL);
    CHECK_EQUAL(length, 0);
    CHECK_STATUS(output ? WdfRequestRetrieveOutputMemory(request, &memory) : WdfRequestRetrieveInputMemory(request, &memory),
                 STATUS_SUCCESS);
    CHECK_STATUS(output ? WdfRequestRetrieveOutputMemory(request, &same) : WdfRequestRetrieveInputMemory(request, &same),
                 STATUS_SUCCESS);
    CHECK(memory == same);
    CHECK(WdfMemoryGetBuffer(memory, &length) == buffer);
    CHECK_EQUAL(length, expected_length);
#if !defined(DMF_USER_MODE)
    PMDL list;
    PMDL same_list;

    CHECK_STATUS(output ? WdfRequestRetrieveOutputWdmMdl(request, &list) : WdfRequestRetrieveInputWdmMdl(request, &list),
                 STATUS_SUCCESS);
    CHECK_STATUS(output ? WdfRequestRetrieveOutputWdmMdl(request, &same_list) :
                          WdfRequestRetrieveInputWdmMdl(request, &same_list),
                 STATUS_SUCCESS);
    CHECK(list == same_list);
    CHECK_EQUAL(MmGetMdlByteCount(list), expected_length);
    CHECK(MmGetSystemAddressForMdlSafe(list, NormalPagePriority) == buffer);
#endif
    return buffer;
}

static void answer_read(WDFREQUEST request)
{
    check_no_input(request, STATUS_INVALID_DEVICE_REQUEST);
    memcpy(check_buffer(request, true, 4), "read", 4);
    WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 4);
}

static void answer_write(WDFREQUEST request)
{
    WDFMEMORY memory;
    char byte = 'x';

    check_no_output(request, STATUS_INVALID_DEVICE_REQUEST);
    CHECK(memcmp(check_buffer(request, false, 5), "write", 5) == 0);
    CHECK_STATUS(WdfRequestRetrieveInputMemory(request, &memory), STATUS_SUCCESS);
    CHECK_STATUS(WdfMemoryCopyFromBuffer(memory, 0, &byte, 1), STATUS_ACCESS_VIOLATION);
    CHECK_STATUS(WdfMemoryCopyToBuffer(memory, 4, &byte, 1), STATUS_SUCCESS);
    CHECK(byte == 'e');
    WdfRequestSetInformation(request, 5);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void check_transfers(WDF_DEVICE_IO_TYPE type)
{
    char buffer[4] = "";
    uint64_t bytes = 0;

    wdf_case_tolerate("V20");
    begin(type, answer_read);
    CHECK_STATUS(testkit_read(file, buffer, sizeof(buffer), &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 4);
    CHECK(memcmp(buffer, "read", 4) == 0);
    asked.handle = answer_write;
    CHECK_STATUS(testkit_write(file, "write", 5, &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 5);
    end(2);
}

static void reads_and_writes_have_one_buffer_each_when_buffered(void)
{
    check_transfers(WdfDeviceIoBuffered);
}

static void reads_and_writes_have_one_buffer_each_when_direct(void)
{
    check_transfers(WdfDeviceIoDirect);
}

static void answer_zero_lengths(WDFREQUEST request)
{
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(request, &parameters);
    check_no_input(request, parameters.Type == WdfRequestTypeRead ? STATUS_INVALID_DEVICE_REQUEST : STATUS_BUFFER_TOO_SMALL);
    check_no_output(request,
                    parameters.Type == WdfRequestTypeWrite ? STATUS_INVALID_DEVICE_REQUEST : STATUS_BUFFER_TOO_SMALL);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void buffer_of_no_bytes_is_too_small_for_anything(void)
{
    static const uint32_t codes[] = {BUFFERED_CODE, IN_DIRECT_CODE, OUT_DIRECT_CODE};

    for (unsigned type = WdfDeviceIoBuffered; type <= WdfDeviceIoDirect; type++)
    {
        wdf_case_tolerate("V20");
        begin((WDF_DEVICE_IO_TYPE)type, answer_zero_lengths);
        CHECK_STATUS(testkit_read(file, NULL, 0, NULL), STATUS_SUCCESS);
        CHECK_STATUS(testkit_write(file, NULL, 0, NULL), STATUS_SUCCESS);
        for (size_t index = 0; index < ARRAYSIZE(codes); index++)
        {
            CHECK_STATUS(testkit_control(file, codes[index], NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
        }
        end(5);
    }
}

static void answer_buffered_control(WDFREQUEST request)
{
    char *input = check_buffer(request, false, 3);
    char *output = check_buffer(request, true, 6);

    CHECK(input == output);
    CHECK(memcmp(input, "abc", 3) == 0);
    memcpy(output, "ABCDEF", 6);
    WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 6);
}

static void buffered_control_has_one_buffer_for_both_directions(void)
{
    char output[6];
    uint64_t bytes;

    begin(WdfDeviceIoDirect, answer_buffered_control);
    CHECK_STATUS(testkit_control(file, BUFFERED_CODE, "abc", 3, output, sizeof(output), &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 6);
    CHECK(memcmp(output, "ABCDEF", 6) == 0);
    end(1);
}

static void answer_direct_control(WDFREQUEST request)
{
    char *input = check_buffer(request, false, 3);
    char *output = check_buffer(request, true, 6);

    CHECK(input != output);
    memcpy(output, input, 3);
    WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 3);
}

static void direct_control_has_a_buffer_for_each_direction(void)
{
    char output[6] = "------";

    begin(WdfDeviceIoBuffered, answer_direct_control);
    CHECK_STATUS(testkit_control(file, OUT_DIRECT_CODE, "abc", 3, output, sizeof(output), NULL), STATUS_SUCCESS);
    CHECK(memcmp(output, "abc---", 6) == 0);
    CHECK_STATUS(testkit_control(file, IN_DIRECT_CODE, "xyz", 3, output, sizeof(output), NULL), STATUS_SUCCESS);
    CHECK(memcmp(output, "xyz---", 6) == 0);
    end(2);
}

/*
 * Outcomes.
 */

static NTSTATUS outcome;

static void complete_with_outcome(WDFREQUEST request)
{
    WdfRequestComplete(request, outcome);
}

static void statuses_of_the_framework_do_not_reach_the_sender(void)
{
    static const struct
    {
        NTSTATUS given;
        NTSTATUS seen;
    } rows[] = {
        {STATUS_WDF_PAUSED, STATUS_DEVICE_BUSY},
        {STATUS_WDF_BUSY, STATUS_DEVICE_BUSY},
        {STATUS_WDF_INTERNAL_ERROR, STATUS_INTERNAL_ERROR},
        {STATUS_WDF_TOO_FRAGMENTED, STATUS_INVALID_DEVICE_REQUEST},
        {STATUS_WDF_TOO_MANY_TRANSFERS, STATUS_INVALID_DEVICE_REQUEST},
        {STATUS_WDF_NOT_ENOUGH_MAP_REGISTERS, STATUS_INSUFFICIENT_RESOURCES},
        {STATUS_WDF_NO_CALLBACK, STATUS_INVALID_DEVICE_REQUEST},
        {STATUS_DEVICE_BUSY, STATUS_DEVICE_BUSY},
        {STATUS_SUCCESS, STATUS_SUCCESS},
        {STATUS_UNSUCCESSFUL, STATUS_UNSUCCESSFUL},
    };

    begin(WdfDeviceIoBuffered, complete_with_outcome);
    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        outcome = rows[index].given;
        CHECK_STATUS(testkit_control(file, BUFFERED_CODE, NULL, 0, NULL, 0, NULL), rows[index].seen);
    }
    end(ARRAYSIZE(rows));
}

static void complete_all_with_outcome(WDFREQUEST request)
{
    PVOID buffer;

    CHECK_STATUS(WdfRequestRetrieveOutputBuffer(request, 4, &buffer, NULL), STATUS_SUCCESS);
    memcpy(buffer, "good", 4);
    CHECK_EQUAL(WdfRequestGetInformation(request), 0);
    WdfRequestSetInformation(request, 4);
    CHECK_EQUAL(WdfRequestGetInformation(request), 4);
    WdfRequestComplete(request, outcome);
}

static void sender_gets_the_bytes_unless_the_status_is_an_error(void)
{
    char output[4];

    begin(WdfDeviceIoBuffered, complete_all_with_outcome);
    for (unsigned round = 0; round < 3; round++)
    {
        static const NTSTATUS outcomes[] = {STATUS_SUCCESS, STATUS_BUFFER_OVERFLOW, STATUS_UNSUCCESSFUL};

        memcpy(output, "none", 4);
        outcome = outcomes[round];
        CHECK_STATUS(testkit_control(file, BUFFERED_CODE, NULL, 0, output, 4, NULL), outcome);
        CHECK(memcmp(output, round < 2 ? "good" : "none", 4) == 0);
    }
    end(3);
}

/*
 * Parameters.
 */

static void check_parameters(WDFREQUEST request)
{
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(request, &parameters);
    if (parameters.Type == WdfRequestTypeRead)
    {
        CHECK_EQUAL(parameters.Parameters.Read.Length, 7);
        CHECK_EQUAL(parameters.Parameters.Read.DeviceOffset, 0);
    }
    else if (parameters.Type == WdfRequestTypeWrite)
    {
        CHECK_EQUAL(parameters.Parameters.Write.Length, 8);
    }
    else
    {
        CHECK_EQUAL(parameters.Type, WdfRequestTypeDeviceControl);
        CHECK_EQUAL(parameters.Parameters.DeviceIoControl.InputBufferLength, 2);
        CHECK_EQUAL(parameters.Parameters.DeviceIoControl.OutputBufferLength, 3);
        CHECK_EQUAL(parameters.Parameters.DeviceIoControl.IoControlCode, BUFFERED_CODE);
    }
    memset(&parameters, 0x55, sizeof(parameters));
    WdfRequestGetParameters(request, &parameters);
    CHECK_EQUAL(parameters.MinorFunction, 0x55);
    CHECK(WdfRequestGetRequestorMode(request) == UserMode);
    CHECK(!WdfRequestIsFrom32BitProcess(request));
    CHECK(WdfRequestGetRequestorProcessId(request) != 0);
    CHECK(WdfRequestGetIoQueue(request) == WdfDeviceGetDefaultQueue(device));
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void parameters_say_what_the_sender_asked_for(void)
{
    char bytes[8] = "";

    begin(WdfDeviceIoBuffered, check_parameters);
    CHECK_STATUS(testkit_read(file, bytes, 7, NULL), STATUS_SUCCESS);
    CHECK_STATUS(testkit_write(file, bytes, 8, NULL), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(file, BUFFERED_CODE, bytes, 2, bytes, 3, NULL), STATUS_SUCCESS);
    end(3);
}

/*
 * Contexts and life.
 */

typedef struct
{
    ULONG value;
} REQUEST_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, request_context)

static bool answered;
static unsigned cleaned_up;
static unsigned destroyed;

static VOID request_cleaned_up(WDFOBJECT request)
{
    UNREFERENCED_PARAMETER(request);
    CHECK(!answered);
    cleaned_up++;
}

static VOID request_destroyed(WDFOBJECT request)
{
    CHECK_EQUAL(request_context(request)->value, 5);
    destroyed++;
}

static WDFREQUEST kept;

static void use_context_and_complete(WDFREQUEST request)
{
    CHECK_EQUAL(request_context(request)->value, 0);
    request_context(request)->value = 5;
    if (kept == NULL)
    {
        kept = request;
        WdfObjectReference(request);
    }
    WdfRequestComplete(request, STATUS_SUCCESS);
    answered = true;
}

static void context_of_a_request_is_new_and_is_cleaned_up_before_the_sender_knows(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    attributes.EvtCleanupCallback = request_cleaned_up;
    attributes.EvtDestroyCallback = request_destroyed;
    asked.request_attributes = &attributes;
    kept = NULL;
    cleaned_up = 0;
    destroyed = 0;
    begin(WdfDeviceIoBuffered, use_context_and_complete);
    for (unsigned round = 1; round <= 3; round++)
    {
        answered = false;
        CHECK_STATUS(testkit_control(file, BUFFERED_CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
        CHECK_EQUAL(cleaned_up, round);
        CHECK_EQUAL(destroyed, round - 1);
    }
    CHECK_EQUAL(request_context(kept)->value, 5);
    WdfObjectDereference(kept);
    CHECK_EQUAL(destroyed, 3);
    end(3);
}

/* A driver that keeps the memory of a request keeps the request's memory, not the request. */
static WDFMEMORY kept_memory;

static void keep_memory(WDFREQUEST request)
{
    CHECK_STATUS(WdfRequestRetrieveInputMemory(request, &kept_memory), STATUS_SUCCESS);
    WdfObjectReference(kept_memory);
    WdfObjectReference(request);
    kept = request;
    request_context(request)->value = 5;
    WdfObjectDereference(kept_memory);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void memory_of_a_request_goes_with_it(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    attributes.EvtDestroyCallback = request_destroyed;
    asked.request_attributes = &attributes;
    destroyed = 0;
    begin(WdfDeviceIoBuffered, keep_memory);
    CHECK_STATUS(testkit_control(file, BUFFERED_CODE, "abc", 3, NULL, 0, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(destroyed, 0);
    WdfObjectDereference(kept);
    CHECK_EQUAL(destroyed, 1);
    end(1);
}

/*
 * Several threads.
 */

static WDFREQUEST shared;

static void retrieve_both(void *argument)
{
    WDFMEMORY *memories = argument;

    CHECK_STATUS(WdfRequestRetrieveInputMemory(shared, &memories[0]), STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestRetrieveOutputMemory(shared, &memories[1]), STATUS_SUCCESS);
}

static void retrieve_by_two_threads(WDFREQUEST request)
{
    WDFMEMORY first[2];
    WDFMEMORY second[2];
    struct nt_thread *other;

    shared = request;
    other = nt_thread_start(retrieve_both, second);
    retrieve_both(first);
    nt_thread_join(other);
    CHECK(first[0] == second[0]);
    CHECK(first[1] == second[1]);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void two_threads_get_the_same_memory(void)
{
    char output[4];

    begin(WdfDeviceIoBuffered, retrieve_by_two_threads);
    CHECK_STATUS(testkit_control(file, BUFFERED_CODE, "abc", 3, output, 4, NULL), STATUS_SUCCESS);
    end(1);
}

/*
 * Failing allocations.
 */

static void retrieve_all(WDFREQUEST request)
{
    WDFMEMORY memory;

    (void)WdfRequestRetrieveInputMemory(request, &memory);
    (void)WdfRequestRetrieveOutputMemory(request, &memory);
#if !defined(DMF_USER_MODE)
    PMDL list;

    (void)WdfRequestRetrieveInputWdmMdl(request, &list);
    (void)WdfRequestRetrieveOutputWdmMdl(request, &list);
    (void)WdfRequestProbeAndLockUserBufferForWrite(request, &handled, sizeof(handled), &memory);
#endif
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void send_one(void)
{
    char output[4];
    NTSTATUS status = testkit_control(file, BUFFERED_CODE, "abc", 3, output, 4, NULL);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
}

static void each_allocation_may_fail(void)
{
    begin(WdfDeviceIoBuffered, retrieve_all);
    nt_fail_each_allocation(send_one);
    end(handled);
}

/*
 * Misuse.
 */

static void complete_twice(WDFREQUEST request)
{
    WdfObjectReference(request);
    WdfRequestComplete(request, STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void stops_when_a_request_is_completed_twice(void)
{
    begin(WdfDeviceIoBuffered, complete_twice);
    (void)testkit_control(file, BUFFERED_CODE, NULL, 0, NULL, 0, NULL);
}

static void retrieve_into_nothing(WDFREQUEST request)
{
    (void)WdfRequestRetrieveInputBuffer(request, 0, NULL, NULL);
}

static void stops_when_there_is_no_place_for_the_buffer(void)
{
    begin(WdfDeviceIoBuffered, retrieve_into_nothing);
    (void)testkit_control(file, BUFFERED_CODE, NULL, 0, NULL, 0, NULL);
}

const struct nt_case nt_cases[] = {
    CASE(reads_and_writes_have_one_buffer_each_when_buffered),
    CASE(reads_and_writes_have_one_buffer_each_when_direct),
    CASE(buffer_of_no_bytes_is_too_small_for_anything),
    CASE(buffered_control_has_one_buffer_for_both_directions),
    CASE(direct_control_has_a_buffer_for_each_direction),
    CASE(statuses_of_the_framework_do_not_reach_the_sender),
    CASE(sender_gets_the_bytes_unless_the_status_is_an_error),
    CASE(parameters_say_what_the_sender_asked_for),
    CASE(context_of_a_request_is_new_and_is_cleaned_up_before_the_sender_knows),
    CASE(memory_of_a_request_goes_with_it),
    CASE(two_threads_get_the_same_memory),
    CASE(each_allocation_may_fail),
    STOPS(stops_when_a_request_is_completed_twice, "WdfRequestComplete"),
    STOPS(stops_when_there_is_no_place_for_the_buffer, "WdfRequestRetrieveInputBuffer"),
    CASES_END,
};
