/* SPDX-License-Identifier: MIT */
/*
 * Packets: the rules that only debug builds check.
 */
#include "io_case.h"

static void send_read(PDEVICE_OBJECT device)
{
    PIRP irp = IoAllocateIrp(device->StackSize, FALSE);

    CHECK(irp != NULL);
    IoGetNextIrpStackLocation(irp)->MajorFunction = IRP_MJ_READ;
    IoSetCompletionRoutine(irp, io_keep, NULL, TRUE, TRUE, TRUE);
    (void)IoCallDriver(device, irp);
}

static void sending_with_too_few_locations(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", io_succeed), NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Top", io_skip), bottom);
    PIRP irp = IoAllocateIrp(1, FALSE);

    (void)IoCallDriver(top, irp);
}

static NTSTATUS pending_unmarked(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    (void)io_complete(irp, STATUS_SUCCESS, 0);
    return STATUS_PENDING;
}

static void pending_without_mark_after_completion(void)
{
    send_read(io_device(io_driver("Wrong", pending_unmarked), NULL));
}

static PIRP held;

static NTSTATUS hold_unmarked(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    held = irp;
    return STATUS_PENDING;
}

static void pending_without_mark_before_completion(void)
{
    send_read(io_device(io_driver("Wrong", hold_unmarked), NULL));
    (void)io_complete(held, STATUS_SUCCESS, 0);
}

static NTSTATUS return_raised(PDEVICE_OBJECT device, PIRP irp)
{
    KIRQL irql;

    (void)device;
    IoAcquireCancelSpinLock(&irql);
    return io_complete(irp, STATUS_SUCCESS, 0);
}

static void returning_at_another_level(void)
{
    send_read(io_device(io_driver("Wrong", return_raised), NULL));
}

const struct nt_case nt_cases[] = {
    STOPS(sending_with_too_few_locations, "more than the locations left"),
    STOPS(pending_without_mark_after_completion, "without IoMarkIrpPending"),
    STOPS(pending_without_mark_before_completion, "without IoMarkIrpPending"),
    STOPS(returning_at_another_level, "bug check 0x000000C8"),
    CASES_END,
};
