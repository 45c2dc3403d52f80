/* SPDX-License-Identifier: MIT */
/*
 * StartIo with attributes, controllers, and device timers.
 */
#include "io_case.h"

#include <string.h>

#define PACKETS 3

static PIRP packets[PACKETS];
static unsigned depth;
static unsigned deepest;
static unsigned starts;
static bool had_cancel_routine;

static unsigned back;

static NTSTATUS count_back(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    (void)irp;
    (void)context;
    back++;
    return STATUS_MORE_PROCESSING_REQUIRED;
}

/* Completes its packet at once and asks for the next one from inside, as drivers with fast devices do. */
static VOID start_and_finish(PDEVICE_OBJECT device, PIRP irp)
{
    depth++;
    deepest = depth > deepest ? depth : deepest;
    starts++;
    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    CHECK(device->CurrentIrp == irp);
    had_cancel_routine = IoSetCancelRoutine(irp, NULL) != NULL;
    (void)io_complete(irp, STATUS_SUCCESS, 0);
    IoStartNextPacket(device, TRUE);
    depth--;
}

/* Keeps the packet. */
static VOID start_and_keep(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    had_cancel_routine = irp->CancelRoutine != NULL;
    starts++;
}

static VOID cancel_never(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    (void)irp;
    CHECK(false);
}

static NTSTATUS dispatch_to_start_io(PDEVICE_OBJECT device, PIRP irp)
{
    IoMarkIrpPending(irp);
    IoStartPacket(device, irp, NULL, cancel_never);
    return STATUS_PENDING;
}

static PDEVICE_OBJECT begin(PDRIVER_STARTIO routine, BOOLEAN deferred, BOOLEAN not_cancelable)
{
    PDEVICE_OBJECT device = io_device(io_driver("Starter", dispatch_to_start_io), NULL);

    device->DriverObject->DriverStartIo = routine;
    IoSetStartIoAttributes(device, deferred, not_cancelable);
    depth = 0;
    deepest = 0;
    starts = 0;
    back = 0;
    return device;
}

static void send(PDEVICE_OBJECT device, size_t index)
{
    packets[index] = IoAllocateIrp(1, FALSE);
    IoGetNextIrpStackLocation(packets[index])->MajorFunction = IRP_MJ_READ;
    IoSetCompletionRoutine(packets[index], count_back, NULL, TRUE, TRUE, TRUE);
    CHECK_EQUAL(IoCallDriver(device, packets[index]), STATUS_PENDING);
}

/* One packet in the device and the others in its queue; then the device lets go of the first. */
static void start_three(PDEVICE_OBJECT device)
{
    KIRQL irql;

    device->DriverObject->DriverStartIo = start_and_keep;
    for (size_t index = 0; index < PACKETS; index++)
    {
        send(device, index);
    }
    CHECK_EQUAL(starts, 1);
    device->DriverObject->DriverStartIo = start_and_finish;
    (void)IoSetCancelRoutine(packets[0], NULL);
    (void)io_complete(packets[0], STATUS_SUCCESS, 0);
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    IoStartNextPacket(device, TRUE);
    KeLowerIrql(irql);
    CHECK_EQUAL(starts, PACKETS);
    CHECK_EQUAL(back, PACKETS);
    CHECK(device->CurrentIrp == NULL);
}

static void end(PDEVICE_OBJECT device, size_t count)
{
    for (size_t index = 0; index < count; index++)
    {
        IoFreeIrp(packets[index]);
    }
    io_remove(device);
}

static void start_io_is_entered_again_unless_it_is_deferred(void)
{
    PDEVICE_OBJECT device = begin(NULL, FALSE, FALSE);

    start_three(device);
    CHECK_EQUAL(deepest, PACKETS - 1);
    end(device, PACKETS);
    device = begin(NULL, TRUE, FALSE);
    start_three(device);
    CHECK_EQUAL(deepest, 1);
    end(device, PACKETS);
}

static PDEVICE_OBJECT chained_device;

/* The first packet brings the second with it, while it is being started. */
static VOID start_a_chain(PDEVICE_OBJECT device, PIRP irp)
{
    depth++;
    deepest = depth > deepest ? depth : deepest;
    starts++;
    if (irp == packets[0])
    {
        send(device, 1);
    }
    (void)IoSetCancelRoutine(irp, NULL);
    (void)io_complete(irp, STATUS_SUCCESS, 0);
    IoStartNextPacket(device, TRUE);
    depth--;
}

static void deferred_start_io_is_not_entered_from_the_first_packets(void)
{
    chained_device = begin(start_a_chain, TRUE, FALSE);
    send(chained_device, 0);
    CHECK_EQUAL(starts, 2);
    CHECK_EQUAL(back, 2);
    CHECK_EQUAL(deepest, 1);
    end(chained_device, 2);
}

static void a_started_packet_keeps_its_cancel_routine_unless_it_must_not(void)
{
    PDEVICE_OBJECT device = begin(start_and_finish, FALSE, FALSE);

    send(device, 0);
    CHECK(had_cancel_routine);
    end(device, 1);
    device = begin(start_and_finish, FALSE, TRUE);
    send(device, 0);
    CHECK(!had_cancel_routine);
    end(device, 1);
}

static volatile LONG inside;

static VOID start_alone(PDEVICE_OBJECT device, PIRP irp)
{
    CHECK_EQUAL(InterlockedIncrement(&inside), 1);
    (void)IoSetCancelRoutine(irp, NULL);
    (void)io_complete(irp, STATUS_SUCCESS, 0);
    CHECK_EQUAL(InterlockedDecrement(&inside), 0);
    IoStartNextPacket(device, TRUE);
}

static NTSTATUS signal_back(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    (void)irp;
    (void)KeReleaseSemaphore(context, IO_NO_INCREMENT, 1, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static KSEMAPHORE all_back;

static void send_and_tell(void *argument)
{
    size_t index = (size_t)(ULONG_PTR)argument;

    packets[index] = IoAllocateIrp(1, FALSE);
    IoGetNextIrpStackLocation(packets[index])->MajorFunction = IRP_MJ_READ;
    IoSetCompletionRoutine(packets[index], signal_back, &all_back, TRUE, TRUE, TRUE);
    CHECK_EQUAL(IoCallDriver(chained_device, packets[index]), STATUS_PENDING);
}

static void deferred_packets_from_several_threads_are_started_one_by_one(void)
{
    struct nt_thread *threads[PACKETS];

    chained_device = begin(start_alone, TRUE, FALSE);
    inside = 0;
    KeInitializeSemaphore(&all_back, 0, PACKETS);
    for (size_t index = 0; index < PACKETS; index++)
    {
        threads[index] = nt_thread_start(send_and_tell, (void *)(ULONG_PTR)index);
    }
    for (size_t index = 0; index < PACKETS; index++)
    {
        CHECK_EQUAL(KeWaitForSingleObject(&all_back, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    }
    for (size_t index = 0; index < PACKETS; index++)
    {
        nt_thread_join(threads[index]);
    }
    end(chained_device, PACKETS);
}

/*
 * Controllers.
 */

static char turns[8];
static size_t turn_count;

static IO_ALLOCATION_ACTION take_controller(PDEVICE_OBJECT device, PIRP irp, PVOID map, PVOID context)
{
    (void)device;
    (void)irp;
    CHECK(map == NULL);
    turns[turn_count++] = *(const char *)context;
    return *(const char *)context >= 'a' ? DeallocateObject : KeepObject;
}

static void devices_take_turns_with_a_controller(void)
{
    PCONTROLLER_OBJECT controller = IoCreateController(32);
    PDEVICE_OBJECT first = io_device(io_driver("First", io_succeed), NULL);
    PDEVICE_OBJECT second = io_device(io_driver("Second", io_succeed), NULL);
    PDEVICE_OBJECT third = io_device(io_driver("Third", io_succeed), NULL);

    memset(turns, 0, sizeof(turns));
    turn_count = 0;
    CHECK_EQUAL(((const char *)controller->ControllerExtension)[31], 0);
    IoAllocateController(controller, first, take_controller, (PVOID)(ULONG_PTR) "A");
    IoAllocateController(controller, second, take_controller, (PVOID)(ULONG_PTR) "b");
    IoAllocateController(controller, third, take_controller, (PVOID)(ULONG_PTR) "C");
    CHECK_EQUAL(turn_count, 1);
    /* The second gives it back at once, so the third has it after the first. */
    IoFreeController(controller);
    CHECK(turn_count == 3 && turns[0] == 'A' && turns[1] == 'b' && turns[2] == 'C');
    IoAllocateController(controller, first, take_controller, (PVOID)(ULONG_PTR) "d");
    CHECK_EQUAL(turn_count, 3);
    IoFreeController(controller);
    CHECK(turn_count == 4 && turns[3] == 'd');
    IoAllocateController(controller, second, take_controller, (PVOID)(ULONG_PTR) "E");
    CHECK(turn_count == 5 && turns[4] == 'E');
    IoFreeController(controller);
    IoDeleteController(controller);
    io_remove(third);
    io_remove(second);
    io_remove(first);
}

static void a_controller_without_memory_is_null(void)
{
    nt_fail_allocation(1);
    CHECK(IoCreateController(32) == NULL);
    nt_fail_allocation(0);
}

/*
 * Device timers.
 */

static KSEMAPHORE fired;
static volatile LONG firings;

static VOID timer_fired(PDEVICE_OBJECT device, PVOID context)
{
    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    CHECK(context == &fired && device->Timer != NULL);
    (void)InterlockedIncrement(&firings);
    (void)KeReleaseSemaphore(&fired, IO_NO_INCREMENT, 1, FALSE);
}

static void wait_for_timer(void)
{
    CHECK_EQUAL(KeWaitForSingleObject(&fired, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
}

static void a_device_timer_fires_until_it_is_stopped(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Timed", io_succeed), NULL);
    LONG before;

    firings = 0;
    KeInitializeSemaphore(&fired, 0, 100);
    CHECK_EQUAL(IoInitializeTimer(device, timer_fired, &fired), STATUS_SUCCESS);
    CHECK_EQUAL(firings, 0);
    IoStartTimer(device);
    IoStartTimer(device);
    wait_for_timer();
    wait_for_timer();
    IoStopTimer(device);
    before = ReadAcquire(&firings);
    IoStopTimer(device);
    CHECK_EQUAL(ReadAcquire(&firings), before);
    IoStartTimer(device);
    while (ReadAcquire(&firings) == before)
    {
        wait_for_timer();
    }
    /* Deleting the device ends it too. */
    io_remove(device);
}

static void a_device_timer_without_memory_is_refused(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Timed", io_succeed), NULL);

    nt_fail_allocation(1);
    CHECK_EQUAL(IoInitializeTimer(device, timer_fired, &fired), STATUS_INSUFFICIENT_RESOURCES);
    nt_fail_allocation(0);
    CHECK(device->Timer == NULL);
    io_remove(device);
}

const struct nt_case nt_cases[] = {
    CASE(start_io_is_entered_again_unless_it_is_deferred),
    CASE(deferred_start_io_is_not_entered_from_the_first_packets),
    CASE(a_started_packet_keeps_its_cancel_routine_unless_it_must_not),
    CASE(deferred_packets_from_several_threads_are_started_one_by_one),
    CASE(devices_take_turns_with_a_controller),
    CASE(a_controller_without_memory_is_null),
    CASE(a_device_timer_fires_until_it_is_stopped),
    CASE(a_device_timer_without_memory_is_refused),
    CASES_END,
};
