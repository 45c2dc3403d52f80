/* SPDX-License-Identifier: MIT */
/*
 * Formats that only the kernel flavour has: descriptor lists, internal controls, stack locations, packets of the driver's.
 */
#include "send_case.h"

#include <string.h>

static bool read_or_write(const struct lower_request *request, int32_t *status, uint64_t *information)
{
    memset(request->output, 0x40, request->output_length);
    *status = STATUS_SUCCESS;
    *information = request->output_length;
    return true;
}

static void send_and_wait(WDFREQUEST request)
{
    CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_SEC(30)));
}

static void descriptor_list_is_sent_as_it_is(void)
{
    UCHAR buffer[32] = {0};
    PMDL mdl = IoAllocateMdl(buffer, sizeof(buffer), FALSE, FALSE, NULL);
    WDF_MEMORY_DESCRIPTOR output;
    ULONG_PTR bytes;

    MmBuildMdlForNonPagedPool(mdl);
    for (int round = 0; round < 2; round++)
    {
        set_up_over(round == 0 ? LOWER_DIRECT : LOWER_BUFFERED, NULL, NULL);
        lower.hook = read_or_write;
        WDF_MEMORY_DESCRIPTOR_INIT_MDL(&output, mdl, sizeof(buffer));
        CHECK_STATUS(WdfIoTargetSendReadSynchronously(test.target, NULL, &output, NULL, NULL, &bytes), STATUS_SUCCESS);
        CHECK_EQUAL(bytes, sizeof(buffer));
        CHECK_EQUAL(buffer[31], 0x40);
        WDF_MEMORY_DESCRIPTOR_INIT_MDL(&output, mdl, 4);
        CHECK_STATUS(WdfIoTargetSendReadSynchronously(test.target, NULL, &output, NULL, NULL, &bytes), STATUS_SUCCESS);
        CHECK_EQUAL(bytes, 4);
        WDF_MEMORY_DESCRIPTOR_INIT_MDL(&output, mdl, sizeof(buffer) + 1);
        CHECK_STATUS(WdfIoTargetSendReadSynchronously(test.target, NULL, &output, NULL, NULL, &bytes),
                     STATUS_INVALID_PARAMETER);
        buffer[31] = 0;
        tear_down();
    }
    IoFreeMdl(mdl);
}

static void internal_control_carries_its_arguments(void)
{
    WDF_REQUEST_COMPLETION_PARAMS params;
    WDFMEMORY_OFFSET offset = {.BufferOffset = 4, .BufferLength = 0};
    WDF_MEMORY_DESCRIPTOR first;
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up();
    memory = make_memory(8, 0);
    request = make_request();
    CHECK_STATUS(WdfIoTargetFormatRequestForInternalIoctlOthers(test.target, request, 0x220003, memory, NULL, memory,
                                                                &offset, NULL, NULL),
                 STATUS_SUCCESS);
    send_and_wait(request);
    CHECK_EQUAL(lower.last.major, IRP_MJ_INTERNAL_DEVICE_CONTROL);
    CHECK_EQUAL(lower.last.code, 0x220003);
    CHECK(lower.last.argument[0] == WdfMemoryGetBuffer(memory, NULL));
    CHECK(lower.last.argument[1] == (PUCHAR)WdfMemoryGetBuffer(memory, NULL) + 4);
    CHECK(lower.last.argument[2] == NULL);
    WDF_REQUEST_COMPLETION_PARAMS_INIT(&params);
    WdfRequestGetCompletionParams(request, &params);
    CHECK_EQUAL(params.Type, WdfRequestTypeOther);
    CHECK(params.Parameters.Others.Argument1.Ptr == WdfMemoryGetBuffer(memory, NULL));
    reuse(request);
    CHECK_STATUS(WdfIoTargetFormatRequestForInternalIoctl(test.target, request, CODE, memory, NULL, memory, NULL),
                 STATUS_SUCCESS);
    send_and_wait(request);
    CHECK_EQUAL(lower.last.major, IRP_MJ_INTERNAL_DEVICE_CONTROL);
    WdfRequestGetCompletionParams(request, &params);
    CHECK_EQUAL(params.Type, WdfRequestTypeDeviceControlInternal);
    WdfObjectDelete(request);
    WDF_MEMORY_DESCRIPTOR_INIT_HANDLE(&first, memory, NULL);
    CHECK_STATUS(
        WdfIoTargetSendInternalIoctlOthersSynchronously(test.target, NULL, 0x220003, &first, NULL, NULL, NULL, NULL),
        STATUS_SUCCESS);
    CHECK(lower.last.argument[0] == WdfMemoryGetBuffer(memory, NULL));
    CHECK_STATUS(WdfIoTargetSendInternalIoctlSynchronously(test.target, NULL, CODE, &first, NULL, NULL, NULL),
                 STATUS_SUCCESS);
    WdfObjectDelete(memory);
    tear_down();
}

static void stack_location_is_sent_as_it_is(void)
{
    IO_STACK_LOCATION location;
    WDFREQUEST request;

    set_up();
    memset(&location, 0, sizeof(location));
    location.MajorFunction = IRP_MJ_DEVICE_CONTROL;
    location.Parameters.DeviceIoControl.IoControlCode = 0x123450;
    request = make_request();
    WdfRequestWdmFormatUsingStackLocation(request, &location);
    WdfRequestSetCompletionRoutine(request, note_end, NULL);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(lower.last.code, 0x123450);
    CHECK_EQUAL(test.completed, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void formatting_a_request_that_is_out_leaves_its_packet_alone(void)
{
    IO_STACK_LOCATION location;
    UCHAR before[8 * sizeof(IO_STACK_LOCATION)];
    WDFREQUEST request;
    NTSTATUS status;
    size_t size;
    PIRP irp;

    set_up();
    lower.behaviour = LOWER_KEEPS_FIRMLY;
    request = make_request();
    irp = WdfRequestWdmGetIrp(request);
    size = (size_t)irp->StackCount * sizeof(IO_STACK_LOCATION);
    CHECK(size <= sizeof(before));
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    status = irp->IoStatus.Status;
    memcpy(before, irp + 1, size);
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL),
                 STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(WdfIoTargetFormatRequestForRead(test.target, request, NULL, NULL, NULL), STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(test.target, request, CODE, NULL, NULL, NULL, NULL),
                 STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(WdfRequestChangeTarget(request, test.target), STATUS_INVALID_DEVICE_STATE);
    memset(&location, 0x77, sizeof(location));
    WdfRequestFormatRequestUsingCurrentType(request);
    WdfRequestWdmFormatUsingStackLocation(request, &location);
    CHECK(!send_with(request, 0x100));
    CHECK_STATUS(irp->IoStatus.Status, status);
    CHECK(memcmp(before, irp + 1, size) == 0);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    CHECK_EQUAL(test.completed, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void format_forgets_the_buffers_of_the_last_one(void)
{
    static const ULONG neither = CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_NEITHER, FILE_ANY_ACCESS);
    WDFREQUEST request;
    WDFMEMORY memory;
    PIRP irp;

    set_up_over(LOWER_DIRECT, NULL, NULL);
    memory = make_memory(8, 0);
    request = make_request();
    irp = WdfRequestWdmGetIrp(request);
    CHECK_STATUS(WdfIoTargetFormatRequestForRead(test.target, request, memory, NULL, NULL), STATUS_SUCCESS);
    CHECK(irp->MdlAddress != NULL);
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, memory, NULL, NULL, NULL), STATUS_SUCCESS);
    CHECK(irp->MdlAddress == NULL && irp->AssociatedIrp.SystemBuffer != NULL);
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, neither, NULL, NULL, memory, NULL), STATUS_SUCCESS);
    CHECK(irp->AssociatedIrp.SystemBuffer == NULL && irp->UserBuffer == WdfMemoryGetBuffer(memory, NULL));
    CHECK_STATUS(WdfIoTargetFormatRequestForWrite(test.target, request, memory, NULL, NULL), STATUS_SUCCESS);
    CHECK(irp->UserBuffer == NULL && irp->MdlAddress != NULL);
    WdfObjectDelete(request);
    WdfObjectDelete(memory);
    tear_down();
}

/*
 * What is forgotten goes from its own location, or, when it was formatted, from the next one, which its packet need not have.
 */

DECLARE_CONST_UNICODE_STRING(packet_link, L"\\??\\PacketCase");

static WDFQUEUE waiting;

static NTSTATUS make_waiting(WDFDEVICE device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchManual);
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &packet_link), STATUS_SUCCESS);
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &waiting);
}

static void forgotten_request_with_a_format_needs_a_location_more(void)
{
    struct testkit_operation *operation;
    WDF_REQUEST_SEND_OPTIONS options;
    WDF_IO_TARGET_OPEN_PARAMS params;
    struct testkit_file *file;
    IO_STACK_LOCATION location;
    WDFREQUEST request;
    WDFIOTARGET itself;

    set_up_with(NULL, make_waiting);
    wdf_case_tolerate("V10");
    wdf_case_tolerate("V12");
    CHECK_STATUS(WdfIoTargetCreate(test.device, WDF_NO_OBJECT_ATTRIBUTES, &itself), STATUS_SUCCESS);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_EXISTING_DEVICE(&params, WdfDeviceWdmGetDeviceObject(test.device));
    CHECK_STATUS(WdfIoTargetOpen(itself, &params), STATUS_SUCCESS);
    CHECK_STATUS(testkit_open("\\??\\PacketCase", true, true, &file), STATUS_SUCCESS);
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(waiting, &request), STATUS_SUCCESS);
    memset(&location, 0, sizeof(location));
    location.MajorFunction = IRP_MJ_DEVICE_CONTROL;
    WdfRequestWdmFormatUsingStackLocation(request, &location);
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
    CHECK(!WdfRequestSend(request, itself, &options));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_REQUEST_NOT_ACCEPTED);
    WdfRequestFormatRequestUsingCurrentType(request);
    CHECK(WdfRequestSend(request, itself, &options));
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(waiting, &request), STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
    testkit_close(file);
    tear_down();
}

static void packet_of_the_drivers_is_sent_and_not_freed_unless_given_away(void)
{
    WDF_REQUEST_REUSE_PARAMS params;
    WDFREQUEST request;
    PIRP irp;
    PIRP small;

    set_up();
    irp = IoAllocateIrp(WdfDeviceWdmGetDeviceObject(test.device)->StackSize, FALSE);
    CHECK_STATUS(WdfRequestCreateFromIrp(WDF_NO_OBJECT_ATTRIBUTES, irp, FALSE, &request), STATUS_SUCCESS);
    CHECK(WdfRequestWdmGetIrp(request) == irp);
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 1);
    small = IoAllocateIrp(1, FALSE);
    WDF_REQUEST_REUSE_PARAMS_INIT(&params, WDF_REQUEST_REUSE_NO_FLAGS, STATUS_SUCCESS);
    WDF_REQUEST_REUSE_PARAMS_SET_NEW_IRP(&params, small);
    CHECK_STATUS(WdfRequestReuse(request, &params), STATUS_SUCCESS);
    CHECK(WdfRequestWdmGetIrp(request) == small);
    CHECK_STATUS(WdfRequestChangeTarget(request, test.target), STATUS_REQUEST_NOT_ACCEPTED);
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL),
                 STATUS_REQUEST_NOT_ACCEPTED);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_REQUEST_NOT_ACCEPTED);
    WdfObjectDelete(request);
    IoFreeIrp(small);
    CHECK_STATUS(WdfRequestCreateFromIrp(WDF_NO_OBJECT_ATTRIBUTES, irp, TRUE, &request), STATUS_SUCCESS);
    WdfObjectDelete(request);
    tear_down();
}

static void stops_when_a_request_without_a_packet_is_formatted_like_itself(void)
{
    WDFREQUEST request;

    set_up();
    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &request), STATUS_SUCCESS);
    WdfRequestFormatRequestUsingCurrentType(request);
}

const struct nt_case nt_cases[] = {
    CASE(descriptor_list_is_sent_as_it_is),
    CASE(internal_control_carries_its_arguments),
    CASE(stack_location_is_sent_as_it_is),
    CASE(packet_of_the_drivers_is_sent_and_not_freed_unless_given_away),
    CASE(formatting_a_request_that_is_out_leaves_its_packet_alone),
    CASE(format_forgets_the_buffers_of_the_last_one),
    CASE(forgotten_request_with_a_format_needs_a_location_more),
    STOPS(stops_when_a_request_without_a_packet_is_formatted_like_itself, "WDF_VIOLATION"),
    CASES_END,
};
