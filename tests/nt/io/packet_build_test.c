/* SPDX-License-Identifier: MIT */
/*
 * Packets that the I/O manager builds: what the device gets, what the caller gets back, and when.
 */
#include "io_case.h"

#include <string.h>

#define LENGTH 48

static UCHAR input[LENGTH];
static UCHAR output[LENGTH];
static KEVENT finished;
static IO_STATUS_BLOCK block;

/* What the device answers, and whether it keeps the packet for complete_kept(). */
static NTSTATUS answer;
static ULONG_PTR answer_bytes;
static bool keeps;
static PIRP kept;

static ULONG code_of(ULONG method)
{
    return CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, method, FILE_ANY_ACCESS);
}

static UCHAR *mapped(PIRP irp)
{
    return MmGetSystemAddressForMdlSafe(irp->MdlAddress, NormalPagePriority);
}

/* Checks what a control brings for its method and fills the output with 0x5A. */
static void serve_control(PIRP irp, PIO_STACK_LOCATION location)
{
    ULONG method = location->Parameters.DeviceIoControl.IoControlCode & 3;
    UCHAR *in =
        method == METHOD_NEITHER ? location->Parameters.DeviceIoControl.Type3InputBuffer : irp->AssociatedIrp.SystemBuffer;
    ULONG out_length = location->Parameters.DeviceIoControl.OutputBufferLength;

    CHECK_EQUAL(location->Parameters.DeviceIoControl.InputBufferLength, LENGTH);
    CHECK_EQUAL(out_length, LENGTH);
    CHECK(memcmp(in, input, LENGTH) == 0);
    switch (method)
    {
        case METHOD_BUFFERED:
            CHECK(in != input && irp->MdlAddress == NULL);
            memset(in, 0x5A, LENGTH);
            break;
        case METHOD_IN_DIRECT:
            CHECK(in != input && MmGetMdlByteCount(irp->MdlAddress) == LENGTH);
            CHECK(memcmp(mapped(irp), output, LENGTH) == 0);
            break;
        case METHOD_OUT_DIRECT:
            CHECK(in != input && MmGetMdlByteCount(irp->MdlAddress) == LENGTH);
            memset(mapped(irp), 0x5A, LENGTH);
            break;
        default:
            CHECK(in == input && irp->UserBuffer == output && irp->MdlAddress == NULL);
            memset(irp->UserBuffer, 0x5A, LENGTH);
            break;
    }
}

/* Where a device of this kind finds the data of a read or write. */
static UCHAR *transfer_memory(PDEVICE_OBJECT device, PIRP irp)
{
    if ((device->Flags & DO_BUFFERED_IO) != 0)
    {
        CHECK(irp->MdlAddress == NULL);
        return irp->AssociatedIrp.SystemBuffer;
    }
    return (device->Flags & DO_DIRECT_IO) != 0 ? mapped(irp) : irp->UserBuffer;
}

static void serve(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

    switch (location->MajorFunction)
    {
        case IRP_MJ_DEVICE_CONTROL:
        case IRP_MJ_INTERNAL_DEVICE_CONTROL:
            serve_control(irp, location);
            break;
        case IRP_MJ_READ:
            CHECK_EQUAL(location->Parameters.Read.Length, LENGTH);
            CHECK_EQUAL(location->Parameters.Read.ByteOffset.QuadPart, 4096);
            memset(transfer_memory(device, irp), 0x5A, LENGTH);
            break;
        case IRP_MJ_WRITE:
            CHECK(memcmp(transfer_memory(device, irp), input, LENGTH) == 0);
            break;
        default:
            CHECK(irp->AssociatedIrp.SystemBuffer == NULL && irp->MdlAddress == NULL);
            break;
    }
}

static NTSTATUS device_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
    serve(device, irp);
    if (keeps)
    {
        IoMarkIrpPending(irp);
        kept = irp;
        return STATUS_PENDING;
    }
    return io_complete(irp, answer, answer_bytes);
}

static PDEVICE_OBJECT begin(ULONG flags)
{
    PDEVICE_OBJECT device = io_device(io_driver("Built", device_dispatch), NULL);

    device->Flags |= flags;
    for (size_t index = 0; index < LENGTH; index++)
    {
        input[index] = (UCHAR)(index + 1);
        output[index] = 0x11;
    }
    KeInitializeEvent(&finished, NotificationEvent, FALSE);
    block = (IO_STATUS_BLOCK){.Status = STATUS_MUTANT_NOT_OWNED, .Information = 99};
    answer = STATUS_SUCCESS;
    answer_bytes = LENGTH;
    keeps = false;
    return device;
}

static PIRP build_control(PDEVICE_OBJECT device, ULONG method)
{
    return IoBuildDeviceIoControlRequest(code_of(method), device, input, LENGTH, output, LENGTH, FALSE, &finished, &block);
}

static void check_told(NTSTATUS status, ULONG_PTR bytes)
{
    CHECK(KeReadStateEvent(&finished) != 0);
    CHECK_EQUAL(block.Status, status);
    CHECK_EQUAL(block.Information, bytes);
}

static void control_through(ULONG method, UCHAR last)
{
    PDEVICE_OBJECT device = begin(0);
    PIRP irp = build_control(device, method);

    CHECK_EQUAL(IoCallDriver(device, irp), STATUS_SUCCESS);
    check_told(STATUS_SUCCESS, LENGTH);
    CHECK_EQUAL(output[0], last);
    CHECK_EQUAL(output[LENGTH - 1], last);
    io_remove(device);
}

static void a_buffered_control_is_copied_both_ways(void)
{
    control_through(METHOD_BUFFERED, 0x5A);
}

static void an_in_direct_control_describes_the_second_buffer(void)
{
    control_through(METHOD_IN_DIRECT, 0x11);
}

static void an_out_direct_control_is_written_into_the_second_buffer(void)
{
    control_through(METHOD_OUT_DIRECT, 0x5A);
}

static void a_neither_control_brings_the_callers_addresses(void)
{
    control_through(METHOD_NEITHER, 0x5A);
}

static void a_control_returns_no_more_than_the_device_says(void)
{
    PDEVICE_OBJECT device = begin(0);

    answer_bytes = 3;
    CHECK_EQUAL(IoCallDriver(device, build_control(device, METHOD_BUFFERED)), STATUS_SUCCESS);
    check_told(STATUS_SUCCESS, 3);
    CHECK(output[2] == 0x5A && output[3] == 0x11);
    io_remove(device);
}

static void a_warning_returns_the_output(void)
{
    PDEVICE_OBJECT device = begin(0);

    answer = STATUS_BUFFER_OVERFLOW;
    CHECK_EQUAL(IoCallDriver(device, build_control(device, METHOD_BUFFERED)), STATUS_BUFFER_OVERFLOW);
    check_told(STATUS_BUFFER_OVERFLOW, LENGTH);
    CHECK_EQUAL(output[0], 0x5A);
    io_remove(device);
}

static void an_error_at_once_is_only_returned(void)
{
    PDEVICE_OBJECT device = begin(0);

    answer = STATUS_UNSUCCESSFUL;
    CHECK_EQUAL(IoCallDriver(device, build_control(device, METHOD_BUFFERED)), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(KeReadStateEvent(&finished), 0);
    CHECK_EQUAL(block.Information, 99);
    CHECK_EQUAL(output[0], 0x11);
    io_remove(device);
}

static void complete_kept(void *argument)
{
    (void)argument;
    (void)io_complete(kept, answer, answer_bytes);
}

static void pending(NTSTATUS status)
{
    PDEVICE_OBJECT device = begin(0);
    struct nt_thread *thread;

    keeps = true;
    answer = status;
    CHECK_EQUAL(IoCallDriver(device, build_control(device, METHOD_BUFFERED)), STATUS_PENDING);
    CHECK_EQUAL(KeReadStateEvent(&finished), 0);
    thread = nt_thread_start(complete_kept, NULL);
    CHECK_EQUAL(KeWaitForSingleObject(&finished, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    check_told(status, LENGTH);
    nt_thread_join(thread);
    CHECK_EQUAL(output[0], NT_ERROR(status) ? 0x11 : 0x5A);
    io_remove(device);
}

static void a_pending_control_tells_its_end(void)
{
    pending(STATUS_SUCCESS);
}

static void an_error_after_pending_is_told(void)
{
    pending(STATUS_IO_DEVICE_ERROR);
}

static void an_internal_control_is_one(void)
{
    PDEVICE_OBJECT device = begin(0);
    PIRP irp =
        IoBuildDeviceIoControlRequest(code_of(METHOD_NEITHER), device, input, LENGTH, output, LENGTH, TRUE, NULL, &block);

    CHECK_EQUAL(IoGetNextIrpStackLocation(irp)->MajorFunction, IRP_MJ_INTERNAL_DEVICE_CONTROL);
    CHECK_EQUAL(IoCallDriver(device, irp), STATUS_SUCCESS);
    CHECK_EQUAL(block.Information, LENGTH);
    io_remove(device);
}

static void transfer_through(ULONG flags)
{
    LARGE_INTEGER offset = {.QuadPart = 4096};
    PDEVICE_OBJECT device = begin(flags);
    PIRP irp = IoBuildSynchronousFsdRequest(IRP_MJ_READ, device, output, LENGTH, &offset, &finished, &block);

    CHECK_EQUAL(IoCallDriver(device, irp), STATUS_SUCCESS);
    check_told(STATUS_SUCCESS, LENGTH);
    CHECK(output[0] == 0x5A && output[LENGTH - 1] == 0x5A);
    KeClearEvent(&finished);
    irp = IoBuildSynchronousFsdRequest(IRP_MJ_WRITE, device, input, LENGTH, &offset, &finished, &block);
    CHECK_EQUAL(IoCallDriver(device, irp), STATUS_SUCCESS);
    check_told(STATUS_SUCCESS, LENGTH);
    CHECK_EQUAL(input[0], 1);
    io_remove(device);
}

static void transfers_of_a_buffered_device_are_copied(void)
{
    transfer_through(DO_BUFFERED_IO);
}

static void transfers_of_a_direct_device_are_described(void)
{
    transfer_through(DO_DIRECT_IO);
}

static void transfers_of_other_devices_bring_the_address(void)
{
    transfer_through(0);
}

static void flush_shutdown_and_pnp_have_no_buffer(void)
{
    static const ULONG majors[] = {IRP_MJ_FLUSH_BUFFERS, IRP_MJ_SHUTDOWN, IRP_MJ_PNP};
    PDEVICE_OBJECT device = begin(DO_BUFFERED_IO);

    answer_bytes = 0;
    for (size_t index = 0; index < ARRAYSIZE(majors); index++)
    {
        PIRP irp = IoBuildSynchronousFsdRequest(majors[index], device, NULL, 0, NULL, &finished, &block);

        CHECK_EQUAL(IoGetNextIrpStackLocation(irp)->MajorFunction, majors[index]);
        CHECK_EQUAL(IoCallDriver(device, irp), STATUS_SUCCESS);
        check_told(STATUS_SUCCESS, 0);
        KeClearEvent(&finished);
    }
    io_remove(device);
}

/* As published for drivers that build asynchronous packets: they undo what the I/O manager hung on, and free. */
static NTSTATUS undo(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    (void)context;
    if ((irp->Flags & IRP_DEALLOCATE_BUFFER) != 0)
    {
        memcpy(irp->UserBuffer, irp->AssociatedIrp.SystemBuffer, irp->IoStatus.Information);
        ExFreePool(irp->AssociatedIrp.SystemBuffer);
    }
    for (PMDL mdl = irp->MdlAddress; mdl != NULL;)
    {
        PMDL next = mdl->Next;

        MmUnlockPages(mdl);
        IoFreeMdl(mdl);
        mdl = next;
    }
    *irp->UserIosb = irp->IoStatus;
    IoFreeIrp(irp);
    (void)KeSetEvent(&finished, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static void an_asynchronous_transfer_is_the_drivers_to_free(void)
{
    static const ULONG kinds[] = {DO_BUFFERED_IO, DO_DIRECT_IO, 0};
    LARGE_INTEGER offset = {.QuadPart = 4096};

    for (size_t index = 0; index < ARRAYSIZE(kinds); index++)
    {
        PDEVICE_OBJECT device = begin(kinds[index]);
        PIRP irp = IoBuildAsynchronousFsdRequest(IRP_MJ_READ, device, output, LENGTH, &offset, &block);

        IoSetCompletionRoutine(irp, undo, NULL, TRUE, TRUE, TRUE);
        (void)IoCallDriver(device, irp);
        check_told(STATUS_SUCCESS, LENGTH);
        CHECK_EQUAL(output[LENGTH - 1], 0x5A);
        io_remove(device);
    }
}

static PDEVICE_OBJECT failing_device;

static void build_while_memory_fails(void)
{
    LARGE_INTEGER offset = {.QuadPart = 4096};

    for (ULONG method = METHOD_BUFFERED; method <= METHOD_NEITHER; method++)
    {
        PIRP irp = build_control(failing_device, method);

        if (irp != NULL)
        {
            CHECK_EQUAL(IoCallDriver(failing_device, irp), STATUS_SUCCESS);
        }
    }
    {
        PIRP irp = IoBuildSynchronousFsdRequest(IRP_MJ_READ, failing_device, output, LENGTH, &offset, &finished, &block);

        if (irp != NULL)
        {
            CHECK_EQUAL(IoCallDriver(failing_device, irp), STATUS_SUCCESS);
        }
    }
    for (size_t index = 0; index < LENGTH; index++)
    {
        output[index] = 0x11;
    }
}

static void without_memory_there_is_no_packet_and_nothing_left(void)
{
    static const ULONG kinds[] = {DO_BUFFERED_IO, DO_DIRECT_IO};

    for (size_t index = 0; index < ARRAYSIZE(kinds); index++)
    {
        failing_device = begin(kinds[index]);
        nt_fail_each_allocation(build_while_memory_fails);
        build_while_memory_fails();
        io_remove(failing_device);
    }
}

const struct nt_case nt_cases[] = {
    CASE(a_buffered_control_is_copied_both_ways),
    CASE(an_in_direct_control_describes_the_second_buffer),
    CASE(an_out_direct_control_is_written_into_the_second_buffer),
    CASE(a_neither_control_brings_the_callers_addresses),
    CASE(a_control_returns_no_more_than_the_device_says),
    CASE(a_warning_returns_the_output),
    CASE(an_error_at_once_is_only_returned),
    CASE(a_pending_control_tells_its_end),
    CASE(an_error_after_pending_is_told),
    CASE(an_internal_control_is_one),
    CASE(transfers_of_a_buffered_device_are_copied),
    CASE(transfers_of_a_direct_device_are_described),
    CASE(transfers_of_other_devices_bring_the_address),
    CASE(flush_shutdown_and_pnp_have_no_buffer),
    CASE(an_asynchronous_transfer_is_the_drivers_to_free),
    CASE(without_memory_there_is_no_packet_and_nothing_left),
    CASES_END,
};
