/* SPDX-License-Identifier: MIT */
/*
 * Received requests: the sender's own addresses, which only drivers of the kernel flavour see.
 */
#include <string.h>

#include "request_case.h"

static void check_no_buffers(WDFREQUEST request)
{
    PVOID buffer = &request;

    CHECK_STATUS(WdfRequestRetrieveInputBuffer(request, 0, &buffer, NULL), STATUS_INVALID_DEVICE_REQUEST);
    CHECK(buffer == NULL);
    CHECK_STATUS(WdfRequestRetrieveOutputBuffer(request, 0, &buffer, NULL), STATUS_INVALID_DEVICE_REQUEST);
}

static char *sent_input;
static char *sent_output;

static void answer_neither(WDFREQUEST request)
{
    PVOID buffer = &request;
    size_t length;
    WDFMEMORY memory;
    char byte = '!';

    check_no_buffers(request);
    CHECK_STATUS(WdfRequestRetrieveUnsafeUserInputBuffer(request, 3, &buffer, &length), STATUS_SUCCESS);
    CHECK(buffer == sent_input);
    CHECK_EQUAL(length, 3);
    CHECK_STATUS(WdfRequestRetrieveUnsafeUserInputBuffer(request, 4, &buffer, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK(buffer == NULL);
    CHECK_EQUAL(length, 0);
    CHECK_STATUS(WdfRequestRetrieveUnsafeUserOutputBuffer(request, 4, &buffer, NULL), STATUS_SUCCESS);
    CHECK(buffer == sent_output);
    CHECK_STATUS(WdfRequestProbeAndLockUserBufferForRead(request, sent_input, 3, &memory), STATUS_SUCCESS);
    CHECK(WdfMemoryGetBuffer(memory, &length) == sent_input);
    CHECK_EQUAL(length, 3);
    CHECK_STATUS(WdfMemoryCopyFromBuffer(memory, 0, &byte, 1), STATUS_ACCESS_VIOLATION);
    CHECK_STATUS(WdfRequestProbeAndLockUserBufferForWrite(request, sent_output, 4, &memory), STATUS_SUCCESS);
    CHECK_STATUS(WdfMemoryCopyFromBuffer(memory, 3, &byte, 1), STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestProbeAndLockUserBufferForWrite(request, sent_output, 0, &memory), STATUS_INVALID_USER_BUFFER);
    CHECK(memory == NULL);
    CHECK_STATUS(WdfRequestProbeAndLockUserBufferForRead(request, (PVOID)16, 4, &memory), STATUS_ACCESS_VIOLATION);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void buffers_of_neither_kind_are_had_by_their_address(void)
{
    char input[3] = "abc";
    char output[4] = "----";

    sent_input = input;
    sent_output = output;
    begin(WdfDeviceIoBuffered, answer_neither);
    CHECK_STATUS(testkit_control(file, NEITHER_CODE, input, 3, output, 4, NULL), STATUS_SUCCESS);
    CHECK(output[3] == '!');
    end(1);
}

static void answer_neither_transfer(WDFREQUEST request)
{
    PVOID buffer;

    check_no_buffers(request);
    CHECK_STATUS(WdfRequestRetrieveUnsafeUserInputBuffer(request, 0, &buffer, NULL), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfRequestRetrieveUnsafeUserOutputBuffer(request, 0, &buffer, NULL), STATUS_SUCCESS);
    CHECK(buffer == sent_output);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void read_of_a_device_of_neither_kind_is_had_by_its_address(void)
{
    char output[4];

    sent_output = output;
    wdf_case_tolerate("V20");
    begin(WdfDeviceIoNeither, answer_neither_transfer);
    CHECK_STATUS(testkit_read(file, output, sizeof(output), NULL), STATUS_SUCCESS);
    end(1);
}

static void answer_unsafe_of_buffered(WDFREQUEST request)
{
    PVOID buffer;

    CHECK_STATUS(WdfRequestRetrieveUnsafeUserInputBuffer(request, 0, &buffer, NULL), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfRequestRetrieveUnsafeUserOutputBuffer(request, 0, &buffer, NULL), STATUS_INVALID_DEVICE_REQUEST);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void addresses_of_copied_buffers_are_not_to_be_had(void)
{
    char output[4];

    begin(WdfDeviceIoBuffered, answer_unsafe_of_buffered);
    CHECK_STATUS(testkit_control(file, BUFFERED_CODE, output, 4, output, 4, NULL), STATUS_SUCCESS);
    CHECK_STATUS(testkit_read(file, output, 4, NULL), STATUS_SUCCESS);
    end(2);
}

static void answer_kernel_sender(WDFREQUEST request)
{
    PVOID buffer;

    CHECK(WdfRequestGetRequestorMode(request) == KernelMode);
    CHECK(WdfRequestWdmGetIrp(request) != NULL);
    CHECK_STATUS(WdfRequestRetrieveInputBuffer(request, 3, &buffer, NULL), STATUS_SUCCESS);
    CHECK(buffer == sent_input);
    CHECK_STATUS(WdfRequestRetrieveOutputBuffer(request, 4, &buffer, NULL), STATUS_SUCCESS);
    CHECK(buffer == sent_output);
    WdfRequestCompleteWithPriorityBoost(request, STATUS_SUCCESS, 1);
}

static void driver_as_the_sender_is_trusted_with_its_addresses(void)
{
    char input[3] = "abc";
    char output[4] = "----";
    IO_STATUS_BLOCK result;
    KEVENT event;
    PIRP irp;

    sent_input = input;
    sent_output = output;
    begin(WdfDeviceIoBuffered, answer_kernel_sender);
    for (unsigned internal = 0; internal < 2; internal++)
    {
        KeInitializeEvent(&event, NotificationEvent, FALSE);
        irp = IoBuildDeviceIoControlRequest(NEITHER_CODE, WdfDeviceWdmGetDeviceObject(device), input, 3, output, 4,
                                            internal != 0, &event, &result);
        CHECK(irp != NULL);
        if (IoCallDriver(WdfDeviceWdmGetDeviceObject(device), irp) == STATUS_PENDING)
        {
            (void)KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
        }
        CHECK_STATUS(result.Status, STATUS_SUCCESS);
    }
    end(2);
}

const struct nt_case nt_cases[] = {
    CASE(buffers_of_neither_kind_are_had_by_their_address),
    CASE(read_of_a_device_of_neither_kind_is_had_by_its_address),
    CASE(addresses_of_copied_buffers_are_not_to_be_had),
    CASE(driver_as_the_sender_is_trusted_with_its_addresses),
    CASES_END,
};
