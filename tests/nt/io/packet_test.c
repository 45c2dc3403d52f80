/* SPDX-License-Identifier: MIT */
/*
 * Packets: memory, the way down and up, completion routines, cancellation, and the rules that stop a driver.
 */
#include "io_case.h"

#include <string.h>

/* A completion routine that counts, notes what it saw, and lets the packet go on or keeps it. */
struct seen
{
    unsigned calls;
    PDEVICE_OBJECT device;
    BOOLEAN pending;
    NTSTATUS answer;
};

static NTSTATUS note(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    struct seen *seen = context;

    seen->calls++;
    seen->device = device;
    seen->pending = irp->PendingReturned;
    return seen->answer;
}

/* Sends a fresh packet for a read to the device, with a completion routine of the sender's, and returns it. */
static PIRP send_read(PDEVICE_OBJECT device, struct seen *seen)
{
    PIRP irp = IoAllocateIrp(device->StackSize, FALSE);

    CHECK(irp != NULL);
    seen->answer = STATUS_MORE_PROCESSING_REQUIRED;
    IoGetNextIrpStackLocation(irp)->MajorFunction = IRP_MJ_READ;
    IoSetCompletionRoutine(irp, note, seen, TRUE, TRUE, TRUE);
    (void)IoCallDriver(device, irp);
    return irp;
}

static void fresh_packet_is_zero_but_for_its_stack(void)
{
    PIRP irp = IoAllocateIrp(3, FALSE);

    CHECK(irp != NULL);
    CHECK_EQUAL(irp->Type, IO_TYPE_IRP);
    CHECK_EQUAL(irp->Size, IoSizeOfIrp(3));
    CHECK_EQUAL(irp->StackCount, 3);
    CHECK_EQUAL(irp->CurrentLocation, 4);
    CHECK(irp->Tail.Overlay.CurrentStackLocation == (PIO_STACK_LOCATION)(irp + 1) + 3);
    CHECK(IsListEmpty(&irp->ThreadListEntry));
    CHECK_EQUAL(irp->IoStatus.Status, 0);
    CHECK(irp->CancelRoutine == NULL && irp->MdlAddress == NULL && !irp->Cancel);
    IoFreeIrp(irp);
}

static void packet_without_locations_is_refused(void)
{
    CHECK(IoAllocateIrp(0, FALSE) == NULL);
    CHECK(IoAllocateIrp(-1, FALSE) == NULL);
    CHECK(IoAllocateIrpEx(NULL, 0, FALSE) == NULL);
}

static void allocate_and_free(void)
{
    PIRP irp = IoAllocateIrpEx(NULL, 2, FALSE);

    if (irp != NULL)
    {
        IoFreeIrp(irp);
    }
}

static void packet_without_memory_is_null(void)
{
    nt_fail_each_allocation(allocate_and_free);
}

static void packet_in_own_memory_works(void)
{
    struct
    {
        IRP irp;
        IO_STACK_LOCATION stack[2];
    } own;
    PDEVICE_OBJECT device = io_device(io_driver("Bottom", io_succeed), NULL);
    struct seen seen = {.answer = STATUS_MORE_PROCESSING_REQUIRED};

    memset(&own, 0xFF, sizeof(own));
    IoInitializeIrp(&own.irp, sizeof(own), 2);
    CHECK_EQUAL(own.irp.Size, sizeof(own));
    CHECK_EQUAL(own.irp.CurrentLocation, 3);
    IoSetCompletionRoutine(&own.irp, note, &seen, TRUE, TRUE, TRUE);
    CHECK_EQUAL(IoCallDriver(device, &own.irp), STATUS_SUCCESS);
    CHECK_EQUAL(seen.calls, 1);
    CHECK_EQUAL(own.irp.IoStatus.Information, 7);
    io_remove(device);
}

static void reused_packet_is_fresh_and_keeps_its_memory(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Bottom", io_succeed), NULL);
    struct seen seen = {0};
    PIRP irp = send_read(device, &seen);

    irp->Cancel = TRUE;
    irp->UserBuffer = irp;
    IoReuseIrp(irp, STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(irp->IoStatus.Status, STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(irp->IoStatus.Information, 0);
    CHECK(!irp->Cancel && irp->UserBuffer == NULL);
    CHECK_EQUAL(irp->CurrentLocation, irp->StackCount + 1);
    IoSetCompletionRoutine(irp, note, &seen, TRUE, TRUE, TRUE);
    (void)IoCallDriver(device, irp);
    CHECK_EQUAL(seen.calls, 2);
    IoFreeIrp(irp);
    io_remove(device);
}

static void packet_goes_down_and_comes_back(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", io_succeed), NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Top", io_skip), bottom);
    struct seen seen = {0};
    PIRP irp = send_read(top, &seen);

    CHECK_EQUAL(top->StackSize, 2);
    CHECK_EQUAL(seen.calls, 1);
    CHECK(seen.device == NULL);
    CHECK_EQUAL(irp->IoStatus.Information, 7);
    CHECK_EQUAL(irp->CurrentLocation, irp->StackCount + 1);
    IoFreeIrp(irp);
    io_remove(top);
    io_remove(bottom);
}

static struct seen middle;
static UCHAR middle_control;

/* A filter that copies its location and has a completion routine of its own. */
static NTSTATUS filter(PDEVICE_OBJECT device, PIRP irp)
{
    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, note, &middle, (middle_control & SL_INVOKE_ON_SUCCESS) != 0,
                           (middle_control & SL_INVOKE_ON_ERROR) != 0, (middle_control & SL_INVOKE_ON_CANCEL) != 0);
    return IoCallDriver(io_below(device), irp);
}

static NTSTATUS bottom_status;

static NTSTATUS answer(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    return io_complete(irp, bottom_status, 0);
}

/* Sends a packet through the filter; returns how often the filter's routine ran. */
static unsigned filter_calls(NTSTATUS status, BOOLEAN cancelled, UCHAR control)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", answer), NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Filter", filter), bottom);
    PIRP irp = IoAllocateIrp(top->StackSize, FALSE);

    CHECK(irp != NULL);
    middle = (struct seen){.answer = STATUS_CONTINUE_COMPLETION};
    middle_control = control;
    bottom_status = status;
    irp->Cancel = cancelled;
    IoSetCompletionRoutine(irp, io_keep, NULL, TRUE, TRUE, TRUE);
    CHECK_EQUAL(IoCallDriver(top, irp), status);
    CHECK(middle.calls == 0 || middle.device == top);
    IoFreeIrp(irp);
    io_remove(top);
    io_remove(bottom);
    return middle.calls;
}

static void completion_routine_runs_for_what_it_asked(void)
{
    CHECK_EQUAL(filter_calls(STATUS_SUCCESS, FALSE, SL_INVOKE_ON_SUCCESS), 1);
    CHECK_EQUAL(filter_calls(STATUS_UNSUCCESSFUL, FALSE, SL_INVOKE_ON_SUCCESS), 0);
    CHECK_EQUAL(filter_calls(STATUS_UNSUCCESSFUL, FALSE, SL_INVOKE_ON_ERROR), 1);
    CHECK_EQUAL(filter_calls(STATUS_SUCCESS, FALSE, SL_INVOKE_ON_ERROR), 0);
    CHECK_EQUAL(filter_calls(STATUS_BUFFER_OVERFLOW, FALSE, SL_INVOKE_ON_ERROR), 1);
    CHECK_EQUAL(filter_calls(STATUS_SUCCESS, FALSE, SL_INVOKE_ON_CANCEL), 0);
    CHECK_EQUAL(filter_calls(STATUS_SUCCESS, TRUE, SL_INVOKE_ON_CANCEL), 1);
    CHECK_EQUAL(filter_calls(STATUS_CANCELLED, TRUE, SL_INVOKE_ON_CANCEL), 1);
    CHECK_EQUAL(filter_calls(STATUS_CANCELLED, TRUE, 0), 0);
}

/* Takes the packet back, and sends it down a second time without a completion routine of its own. */
static NTSTATUS send_twice(PDEVICE_OBJECT device, PIRP irp)
{
    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, note, &middle, TRUE, TRUE, TRUE);
    (void)IoCallDriver(io_below(device), irp);
    IoGetNextIrpStackLocation(irp)->MajorFunction = IRP_MJ_READ;
    return IoCallDriver(io_below(device), irp);
}

static void location_is_clean_when_it_is_used_again(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", io_succeed), NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Twice", send_twice), bottom);
    struct seen seen = {0};
    PIRP irp;

    middle = (struct seen){.answer = STATUS_MORE_PROCESSING_REQUIRED};
    irp = send_read(top, &seen);
    CHECK_EQUAL(middle.calls, 1);
    CHECK_EQUAL(seen.calls, 1);
    IoFreeIrp(irp);
    io_remove(top);
    io_remove(bottom);
}

static PIRP held;

static NTSTATUS hold(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    IoMarkIrpPending(irp);
    held = irp;
    return STATUS_PENDING;
}

static void pending_is_passed_up_where_nobody_looks(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", hold), NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Filter", filter), bottom);
    struct seen seen = {0};
    PIRP irp;

    middle_control = 0;
    irp = send_read(top, &seen);
    CHECK_EQUAL(seen.calls, 0);
    (void)io_complete(held, STATUS_SUCCESS, 0);
    CHECK_EQUAL(seen.calls, 1);
    CHECK(seen.pending);
    IoFreeIrp(irp);
    io_remove(top);
    io_remove(bottom);
}

static NTSTATUS forward(PDEVICE_OBJECT device, PIRP irp)
{
    CHECK(IoForwardIrpSynchronously(io_below(device), irp));
    CHECK_EQUAL(irp->IoStatus.Information, 7);
    return io_complete(irp, irp->IoStatus.Status, 8);
}

static void complete_held(void *argument)
{
    (void)argument;
    (void)io_complete(held, STATUS_SUCCESS, 7);
}

static struct nt_thread *completer;

static NTSTATUS hold_for_thread(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = hold(device, irp);

    completer = nt_thread_start(complete_held, NULL);
    return status;
}

static void forwarding_synchronously_waits_for_another_thread(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", hold_for_thread), NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Forward", forward), bottom);
    struct seen seen = {0};
    PIRP irp = send_read(top, &seen);

    nt_thread_join(completer);
    CHECK_EQUAL(seen.calls, 1);
    CHECK(!seen.pending);
    CHECK_EQUAL(irp->IoStatus.Information, 8);
    IoFreeIrp(irp);
    io_remove(top);
    io_remove(bottom);
}

static NTSTATUS forward_nowhere(PDEVICE_OBJECT device, PIRP irp)
{
    CHECK(!IoForwardIrpSynchronously(device, irp));
    return io_complete(irp, STATUS_SUCCESS, 0);
}

static void forwarding_synchronously_needs_a_location(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Bottom", forward_nowhere), NULL);
    struct seen seen = {0};

    IoFreeIrp(send_read(device, &seen));
    CHECK_EQUAL(seen.calls, 1);
    io_remove(device);
}

static NTSTATUS filter_ex(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status;

    IoCopyCurrentIrpStackLocationToNext(irp);
    status = IoSetCompletionRoutineEx(device, irp, note, &middle, FALSE, TRUE, FALSE);
    return NT_SUCCESS(status) ? IoCallDriver(io_below(device), irp) : io_complete(irp, status, 0);
}

static void completion_routine_ex_runs_for_what_it_asked(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", answer), NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Filter", filter_ex), bottom);
    struct seen seen = {0};

    middle = (struct seen){.answer = STATUS_CONTINUE_COMPLETION};
    bottom_status = STATUS_SUCCESS;
    IoFreeIrp(send_read(top, &seen));
    CHECK_EQUAL(middle.calls, 0);
    bottom_status = STATUS_UNSUCCESSFUL;
    IoFreeIrp(send_read(top, &seen));
    CHECK_EQUAL(middle.calls, 1);
    CHECK_EQUAL(seen.calls, 2);
    io_remove(top);
    io_remove(bottom);
}

static unsigned cancellations;

static VOID cancel_held(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    CHECK(irp->CancelRoutine == NULL);
    IoReleaseCancelSpinLock(irp->CancelIrql);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    cancellations++;
    (void)io_complete(irp, STATUS_CANCELLED, 0);
}

static NTSTATUS hold_cancelable(PDEVICE_OBJECT device, PIRP irp)
{
    (void)IoSetCancelRoutine(irp, cancel_held);
    return hold(device, irp);
}

static void cancelling_calls_the_routine_once(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Bottom", hold_cancelable), NULL);
    struct seen seen = {0};
    PIRP irp = send_read(device, &seen);

    cancellations = 0;
    CHECK(IoCancelIrp(irp));
    CHECK(irp->Cancel);
    CHECK_EQUAL(irp->IoStatus.Status, STATUS_CANCELLED);
    CHECK(!IoCancelIrp(irp));
    CHECK_EQUAL(cancellations, 1);
    CHECK_EQUAL(seen.calls, 1);
    IoFreeIrp(irp);
    io_remove(device);
}

static void take_and_complete(void *argument)
{
    PIRP irp = argument;

    if (IoSetCancelRoutine(irp, NULL) != NULL)
    {
        (void)io_complete(irp, STATUS_SUCCESS, 0);
    }
}

static void completion_and_cancellation_race_for_one_owner(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Bottom", hold_cancelable), NULL);
    struct seen seen = {0};
    PIRP irp = send_read(device, &seen);
    struct nt_thread *thread = nt_thread_start(take_and_complete, irp);
    BOOLEAN cancelled;

    cancellations = 0;
    cancelled = IoCancelIrp(irp);
    nt_thread_join(thread);
    CHECK_EQUAL(seen.calls, 1);
    CHECK_EQUAL(cancellations, cancelled ? 1 : 0);
    CHECK_EQUAL(irp->IoStatus.Status, cancelled ? STATUS_CANCELLED : STATUS_SUCCESS);
    IoFreeIrp(irp);
    io_remove(device);
}

static void last_associated_packet_completes_the_master(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Bottom", io_succeed), NULL);
    PDEVICE_OBJECT holder = io_device(io_driver("Holder", hold), NULL);
    struct seen seen = {0};
    PIRP master = send_read(holder, &seen);
    PIRP parts[3];

    held->AssociatedIrp.IrpCount = 3;
    for (size_t part = 0; part < 3; part++)
    {
        parts[part] = IoMakeAssociatedIrp(master, device->StackSize);
        CHECK(parts[part] != NULL);
        CHECK((parts[part]->Flags & IRP_ASSOCIATED_IRP) != 0);
        CHECK(parts[part]->AssociatedIrp.MasterIrp == master);
    }
    for (size_t part = 0; part < 3; part++)
    {
        CHECK_EQUAL(seen.calls, 0);
        (void)IoCallDriver(device, parts[part]);
    }
    CHECK_EQUAL(seen.calls, 1);
    IoFreeIrp(master);
    io_remove(device);
    io_remove(holder);
}

static void activity_of_a_packet_is_kept(void)
{
    static const GUID one = {1, 2, 3, {4}};
    PIRP irp = IoAllocateIrp(1, FALSE);
    GUID got;

    CHECK_EQUAL(IoGetActivityIdIrp(irp, &got), STATUS_NOT_FOUND);
    CHECK_EQUAL(IoSetActivityIdIrp(irp, &one), STATUS_SUCCESS);
    CHECK_EQUAL(IoGetActivityIdIrp(irp, &got), STATUS_SUCCESS);
    CHECK(memcmp(&one, &got, sizeof(one)) == 0);
    CHECK_EQUAL(IoSetActivityIdIrp(irp, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(IoGetActivityIdIrp(irp, &got), STATUS_NOT_FOUND);
    IoFreeIrp(irp);
}

/*
 * Rules.
 */

static NTSTATUS to_itself(PDEVICE_OBJECT device, PIRP irp)
{
    IoCopyCurrentIrpStackLocationToNext(irp);
    return IoCallDriver(device, irp);
}

static void sending_without_a_location(void)
{
    struct seen seen = {0};

    (void)send_read(io_device(io_driver("Loop", to_itself), NULL), &seen);
}

static NTSTATUS complete_twice(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    (void)io_complete(irp, STATUS_SUCCESS, 0);
    return io_complete(irp, STATUS_SUCCESS, 0);
}

static NTSTATUS free_it(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    (void)context;
    IoFreeIrp(irp);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static void completing_a_freed_packet(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Twice", complete_twice), NULL);
    PIRP irp = IoAllocateIrp(1, FALSE);

    IoSetCompletionRoutine(irp, free_it, NULL, TRUE, TRUE, TRUE);
    (void)IoCallDriver(device, irp);
}

static void completing_twice(void)
{
    PIRP irp = IoAllocateIrp(1, FALSE);

    irp->CurrentLocation = 3;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
}

static void freeing_twice(void)
{
    PIRP irp = IoAllocateIrp(1, FALSE);

    IoFreeIrp(irp);
    IoFreeIrp(irp);
}

static void sending_a_freed_packet(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Bottom", io_succeed), NULL);
    PIRP irp = IoAllocateIrp(1, FALSE);

    IoFreeIrp(irp);
    (void)IoCallDriver(device, irp);
}

static void freeing_own_memory_as_packet(void)
{
    struct
    {
        IRP irp;
        IO_STACK_LOCATION stack[1];
    } own;

    IoInitializeIrp(&own.irp, sizeof(own), 1);
    IoFreeIrp(&own.irp);
}

static NTSTATUS complete_pending(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    return io_complete(irp, STATUS_PENDING, 0);
}

static void completing_with_pending(void)
{
    struct seen seen = {0};

    (void)send_read(io_device(io_driver("Wrong", complete_pending), NULL), &seen);
}

static NTSTATUS complete_cancelable(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    (void)IoSetCancelRoutine(irp, cancel_held);
    return io_complete(irp, STATUS_SUCCESS, 0);
}

static void completing_with_a_cancel_routine(void)
{
    struct seen seen = {0};

    (void)send_read(io_device(io_driver("Wrong", complete_cancelable), NULL), &seen);
}

static void packet_that_nobody_takes_back(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Bottom", io_succeed), NULL);

    (void)IoCallDriver(device, IoAllocateIrp(1, FALSE));
}

const struct nt_case nt_cases[] = {
    CASE(fresh_packet_is_zero_but_for_its_stack),
    CASE(packet_without_locations_is_refused),
    CASE(packet_without_memory_is_null),
    CASE(packet_in_own_memory_works),
    CASE(reused_packet_is_fresh_and_keeps_its_memory),
    CASE(packet_goes_down_and_comes_back),
    CASE(completion_routine_runs_for_what_it_asked),
    CASE(location_is_clean_when_it_is_used_again),
    CASE(pending_is_passed_up_where_nobody_looks),
    CASE(forwarding_synchronously_waits_for_another_thread),
    CASE(forwarding_synchronously_needs_a_location),
    CASE(completion_routine_ex_runs_for_what_it_asked),
    CASE(cancelling_calls_the_routine_once),
    CASE(completion_and_cancellation_race_for_one_owner),
    CASE(last_associated_packet_completes_the_master),
    CASE(activity_of_a_packet_is_kept),
    STOPS(sending_without_a_location, "no stack location is left"),
    STOPS(completing_a_freed_packet, "bug check 0x00000044"),
    STOPS(completing_twice, "completed twice"),
    STOPS(freeing_twice, "bug check 0x00000044"),
    STOPS(sending_a_freed_packet, "a packet that has been freed"),
    STOPS(freeing_own_memory_as_packet, "does not come from IoAllocateIrp"),
    STOPS(completing_with_pending, "completed with STATUS_PENDING"),
    STOPS(completing_with_a_cancel_routine, "bug check 0x00000048"),
    STOPS(packet_that_nobody_takes_back, "nobody took it back"),
    CASES_END,
};
