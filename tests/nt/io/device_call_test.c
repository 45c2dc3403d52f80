/* SPDX-License-Identifier: MIT */
/*
 * System services on devices: the order of packets, one at a time on a synchronous file, cancellation, and how the end is told.
 */
#include "io_case.h"

#include "nt/io/completion_port.h"
#include "nt/io/file_services.h"

#define READS 4

static UNICODE_STRING device_name = RTL_CONSTANT_STRING(L"\\Device\\Called");
static IO_CSQ queue;
static LIST_ENTRY queued;
static KSPIN_LOCK queue_lock;

/* The device keeps reads in a queue until they are cancelled or serve_one() is called; everything else succeeds at once. */
static UCHAR order[16];
static volatile LONG order_length;
static volatile LONG in_device;
static NTSTATUS write_answer;

static VOID insert(PIO_CSQ csq, PIRP irp)
{
    InsertTailList(&queued, &irp->Tail.Overlay.ListEntry);
}

static VOID remove(PIO_CSQ csq, PIRP irp)
{
    RemoveEntryList(&irp->Tail.Overlay.ListEntry);
}

static PIRP peek_next(PIO_CSQ csq, PIRP irp, PVOID context)
{
    PLIST_ENTRY next = irp == NULL ? queued.Flink : irp->Tail.Overlay.ListEntry.Flink;

    return next == &queued ? NULL : CONTAINING_RECORD(next, IRP, Tail.Overlay.ListEntry);
}

static VOID acquire(PIO_CSQ csq, PKIRQL irql)
{
    KeAcquireSpinLock(&queue_lock, irql);
}

static VOID release(PIO_CSQ csq, KIRQL irql)
{
    KeReleaseSpinLock(&queue_lock, irql);
}

static VOID complete_cancelled(PIO_CSQ csq, PIRP irp)
{
    (void)io_complete(irp, STATUS_CANCELLED, 0);
}

static NTSTATUS called_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
    UCHAR major = IoGetCurrentIrpStackLocation(irp)->MajorFunction;
    LONG place = InterlockedIncrement(&order_length) - 1;

    (void)device;
    if (place < (LONG)ARRAYSIZE(order))
    {
        order[place] = major;
    }
    if (major == IRP_MJ_READ)
    {
        IoMarkIrpPending(irp);
        IoCsqInsertIrp(&queue, irp, NULL);
        return STATUS_PENDING;
    }
    if (major == IRP_MJ_WRITE)
    {
        CHECK_EQUAL(InterlockedIncrement(&in_device), 1);
        (void)InterlockedDecrement(&in_device);
        return io_complete(irp, write_answer, 5);
    }
    return io_complete(irp, STATUS_SUCCESS, 0);
}

static bool serve_one(NTSTATUS status)
{
    PIRP irp = IoCsqRemoveNextIrp(&queue, NULL);

    if (irp == NULL)
    {
        return false;
    }
    if (NT_SUCCESS(status))
    {
        *(UCHAR *)irp->AssociatedIrp.SystemBuffer = 0x77;
    }
    (void)io_complete(irp, status, NT_SUCCESS(status) ? 1 : 0);
    return true;
}

static PDEVICE_OBJECT begin(BOOLEAN exclusive)
{
    PDRIVER_OBJECT driver = io_driver("Called", called_dispatch);
    PDEVICE_OBJECT device;

    InitializeListHead(&queued);
    KeInitializeSpinLock(&queue_lock);
    CHECK_EQUAL(IoCsqInitialize(&queue, insert, remove, peek_next, acquire, release, complete_cancelled), STATUS_SUCCESS);
    order_length = 0;
    in_device = 0;
    write_answer = STATUS_SUCCESS;
    CHECK_EQUAL(IoCreateDevice(driver, sizeof(PDEVICE_OBJECT), &device_name, FILE_DEVICE_UNKNOWN, 0, exclusive, &device),
                STATUS_SUCCESS);
    device->Flags |= DO_BUFFERED_IO;
    device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    return device;
}

static NTSTATUS try_open(ULONG options, HANDLE *ret_handle)
{
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block;

    InitializeObjectAttributes(&attributes, &device_name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    return ZwCreateFile(ret_handle, GENERIC_READ | GENERIC_WRITE | SYNCHRONIZE, &attributes, &block, NULL, 0,
                        FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_OPEN, options, NULL, 0);
}

static HANDLE open(ULONG options)
{
    HANDLE handle;

    CHECK_EQUAL(try_open(options, &handle), STATUS_SUCCESS);
    return handle;
}

static NTSTATUS start_read(HANDLE file, HANDLE event, PIO_STATUS_BLOCK block, UCHAR *byte)
{
    LARGE_INTEGER offset = {.QuadPart = 0};

    return ZwReadFile(file, event, NULL, NULL, block, byte, 1, &offset, NULL);
}

static void a_file_gets_create_cleanup_and_close_in_order(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    HANDLE file = open(FILE_SYNCHRONOUS_IO_NONALERT);
    IO_STATUS_BLOCK block;
    UCHAR byte = 0;

    CHECK_EQUAL(ZwWriteFile(file, NULL, NULL, NULL, &block, &byte, 1, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(block.Information, 5);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    CHECK_EQUAL(order_length, 4);
    CHECK(order[0] == IRP_MJ_CREATE && order[1] == IRP_MJ_WRITE && order[2] == IRP_MJ_CLEANUP && order[3] == IRP_MJ_CLOSE);
    io_remove(device);
}

static void close_waits_for_operations_that_still_run(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    HANDLE file = open(0);
    IO_STATUS_BLOCK block;
    UCHAR byte = 0;

    CHECK_EQUAL(start_read(file, NULL, &block, &byte), STATUS_PENDING);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    CHECK_EQUAL(order_length, 3);
    CHECK_EQUAL(order[2], IRP_MJ_CLEANUP);
    CHECK(serve_one(STATUS_SUCCESS));
    CHECK_EQUAL(order_length, 4);
    CHECK_EQUAL(order[3], IRP_MJ_CLOSE);
    CHECK_EQUAL(block.Status, STATUS_SUCCESS);
    CHECK_EQUAL(byte, 0x77);
    io_remove(device);
}

static void an_exclusive_device_is_opened_once(void)
{
    PDEVICE_OBJECT device = begin(TRUE);
    HANDLE file = open(0);
    HANDLE other;

    CHECK_EQUAL(try_open(0, &other), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    file = open(0);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    CHECK_EQUAL(device->ReferenceCount, 0);
    io_remove(device);
}

static HANDLE shared_file;
static volatile LONG opened;

static void try_to_open(void *argument)
{
    HANDLE file;
    NTSTATUS status = try_open(0, &file);

    (void)argument;
    CHECK(status == STATUS_SUCCESS || status == STATUS_ACCESS_DENIED);
    if (NT_SUCCESS(status))
    {
        CHECK_EQUAL(InterlockedIncrement(&opened), 1);
        (void)InterlockedDecrement(&opened);
        CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    }
}

static void together(void (*body)(void *argument))
{
    struct nt_thread *threads[3];

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(body, NULL);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
}

static void an_exclusive_device_is_opened_by_one_of_several_threads(void)
{
    PDEVICE_OBJECT device = begin(TRUE);

    opened = 0;
    together(try_to_open);
    CHECK_EQUAL(device->ReferenceCount, 0);
    io_remove(device);
}

static void write_through_shared(void *argument)
{
    IO_STATUS_BLOCK block = {.Information = 0};
    UCHAR byte = 0;

    (void)argument;
    CHECK_EQUAL(ZwWriteFile(shared_file, NULL, NULL, NULL, &block, &byte, 1, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(block.Information, 5);
}

static void a_synchronous_file_has_one_operation_at_a_time(void)
{
    PDEVICE_OBJECT device = begin(FALSE);

    shared_file = open(FILE_SYNCHRONOUS_IO_NONALERT);
    together(write_through_shared);
    CHECK_EQUAL(ZwClose(shared_file), STATUS_SUCCESS);
    io_remove(device);
}

static void serve_when_it_comes(void *argument)
{
    LARGE_INTEGER soon = {.QuadPart = -1000};

    while (!serve_one(*(NTSTATUS *)argument))
    {
        (void)KeDelayExecutionThread(KernelMode, FALSE, &soon);
    }
}

static void a_synchronous_read_returns_the_final_status(void)
{
    static NTSTATUS statuses[] = {STATUS_SUCCESS, STATUS_IO_DEVICE_ERROR};
    PDEVICE_OBJECT device = begin(FALSE);
    HANDLE file = open(FILE_SYNCHRONOUS_IO_NONALERT);

    for (size_t index = 0; index < ARRAYSIZE(statuses); index++)
    {
        IO_STATUS_BLOCK block = {.Information = 99};
        struct nt_thread *thread = nt_thread_start(serve_when_it_comes, &statuses[index]);
        UCHAR byte = 0;

        CHECK_EQUAL(start_read(file, NULL, &block, &byte), statuses[index]);
        CHECK_EQUAL(block.Status, statuses[index]);
        CHECK_EQUAL(byte, NT_SUCCESS(statuses[index]) ? 0x77 : 0);
        nt_thread_join(thread);
    }
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    io_remove(device);
}

static HANDLE make_event(void)
{
    HANDLE event;

    CHECK_EQUAL(ZwCreateEvent(&event, EVENT_ALL_ACCESS, NULL, NotificationEvent, TRUE), STATUS_SUCCESS);
    return event;
}

static bool is_set(HANDLE event)
{
    LARGE_INTEGER at_once = {.QuadPart = 0};

    return ZwWaitForSingleObject(event, FALSE, &at_once) == STATUS_SUCCESS;
}

static void an_event_is_cleared_at_the_beginning_and_set_at_the_end(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    HANDLE event = make_event();
    HANDLE file = open(0);
    IO_STATUS_BLOCK block = {.Information = 99};
    UCHAR byte = 0;

    CHECK_EQUAL(start_read(file, event, &block, &byte), STATUS_PENDING);
    CHECK(!is_set(event));
    CHECK_EQUAL(block.Information, 99);
    CHECK(serve_one(STATUS_SUCCESS));
    CHECK(is_set(event));
    CHECK_EQUAL(block.Information, 1);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(event), STATUS_SUCCESS);
    io_remove(device);
}

static void an_error_at_once_leaves_event_and_block_alone(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    HANDLE event = make_event();
    HANDLE file = open(0);
    LARGE_INTEGER offset = {.QuadPart = 0};
    IO_STATUS_BLOCK block = {.Information = 99};
    UCHAR byte = 0;

    write_answer = STATUS_DISK_FULL;
    CHECK_EQUAL(ZwWriteFile(file, event, NULL, NULL, &block, &byte, 1, &offset, NULL), STATUS_DISK_FULL);
    CHECK(!is_set(event));
    CHECK_EQUAL(block.Information, 99);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(event), STATUS_SUCCESS);
    io_remove(device);
}

/* Of the user flavour, whose waits run what a kernel wait only reports. */
extern ULONG SleepEx(ULONG Milliseconds, int Alertable);

static unsigned routine_calls;
static PIO_STATUS_BLOCK routine_block;

static VOID routine(PVOID context, PIO_STATUS_BLOCK block, ULONG reserved)
{
    CHECK(context == &routine_calls);
    CHECK_EQUAL(reserved, 0);
    routine_block = block;
    routine_calls++;
}

static void a_routine_runs_in_the_threads_next_alertable_wait(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    LARGE_INTEGER offset = {.QuadPart = 0};
    LARGE_INTEGER later = {.QuadPart = -10000000};
    HANDLE file = open(0);
    IO_STATUS_BLOCK block;
    UCHAR byte = 0;

    routine_calls = 0;
    CHECK_EQUAL(NtReadFile(file, NULL, routine, &routine_calls, &block, &byte, 1, &offset, NULL), STATUS_PENDING);
    CHECK(serve_one(STATUS_SUCCESS));
    CHECK_EQUAL(routine_calls, 0);
    CHECK_EQUAL(KeDelayExecutionThread(UserMode, TRUE, &later), STATUS_USER_APC);
    CHECK_EQUAL(routine_calls, 0);
    CHECK_EQUAL(SleepEx(1000, TRUE), STATUS_USER_APC);
    CHECK_EQUAL(routine_calls, 1);
    CHECK(routine_block == &block);
    CHECK_EQUAL(block.Status, STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    io_remove(device);
}

static void cancelling_a_file_ends_what_this_thread_started(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    HANDLE file = open(0);
    IO_STATUS_BLOCK blocks[2];
    IO_STATUS_BLOCK result = {.Status = STATUS_PENDING};
    UCHAR bytes[2];

    CHECK_EQUAL(start_read(file, NULL, &blocks[0], &bytes[0]), STATUS_PENDING);
    CHECK_EQUAL(start_read(file, NULL, &blocks[1], &bytes[1]), STATUS_PENDING);
    CHECK_EQUAL(NtCancelIoFile(file, &result), STATUS_SUCCESS);
    CHECK_EQUAL(result.Status, STATUS_SUCCESS);
    CHECK_EQUAL(blocks[0].Status, STATUS_CANCELLED);
    CHECK_EQUAL(blocks[1].Status, STATUS_CANCELLED);
    CHECK(!serve_one(STATUS_SUCCESS));
    CHECK_EQUAL(NtCancelIoFile(file, &result), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    io_remove(device);
}

static void cancel_from_elsewhere(void *argument)
{
    IO_STATUS_BLOCK result;

    CHECK_EQUAL(NtCancelIoFile(shared_file, &result), STATUS_SUCCESS);
    CHECK_EQUAL(NtCancelIoFileEx(shared_file, argument, &result), STATUS_SUCCESS);
    CHECK_EQUAL(NtCancelIoFileEx(shared_file, argument, &result), STATUS_NOT_FOUND);
}

static void cancelling_one_operation_leaves_the_others(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    IO_STATUS_BLOCK blocks[2] = {{.Status = STATUS_PENDING}, {.Status = STATUS_PENDING}};
    UCHAR bytes[2];

    shared_file = open(0);
    CHECK_EQUAL(start_read(shared_file, NULL, &blocks[0], &bytes[0]), STATUS_PENDING);
    CHECK_EQUAL(start_read(shared_file, NULL, &blocks[1], &bytes[1]), STATUS_PENDING);
    nt_thread_join(nt_thread_start(cancel_from_elsewhere, &blocks[1]));
    CHECK_EQUAL(blocks[1].Status, STATUS_CANCELLED);
    CHECK_EQUAL(blocks[0].Status, STATUS_PENDING);
    CHECK(serve_one(STATUS_SUCCESS));
    CHECK_EQUAL(blocks[0].Status, STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(shared_file), STATUS_SUCCESS);
    io_remove(device);
}

static void cancel_all(void *argument)
{
    IO_STATUS_BLOCK result;
    NTSTATUS status = NtCancelIoFileEx(shared_file, NULL, &result);

    (void)argument;
    CHECK(status == STATUS_SUCCESS || status == STATUS_NOT_FOUND);
}

static void serve_all(void *argument)
{
    (void)argument;
    while (serve_one(STATUS_SUCCESS))
    {
    }
}

static void each_operation_ends_once_whoever_wins(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    IO_STATUS_BLOCK blocks[READS];
    HANDLE events[READS];
    UCHAR bytes[READS] = {0};
    struct nt_thread *cancels;
    struct nt_thread *serves;

    shared_file = open(0);
    for (size_t index = 0; index < READS; index++)
    {
        events[index] = make_event();
        CHECK_EQUAL(start_read(shared_file, events[index], &blocks[index], &bytes[index]), STATUS_PENDING);
    }
    cancels = nt_thread_start(cancel_all, NULL);
    serves = nt_thread_start(serve_all, NULL);
    nt_thread_join(cancels);
    nt_thread_join(serves);
    CHECK_EQUAL(ZwClose(shared_file), STATUS_SUCCESS);
    for (size_t index = 0; index < READS; index++)
    {
        CHECK(is_set(events[index]));
        CHECK_EQUAL(bytes[index], blocks[index].Status == STATUS_SUCCESS ? 0x77 : 0);
        CHECK(blocks[index].Status == STATUS_SUCCESS || blocks[index].Status == STATUS_CANCELLED);
        CHECK_EQUAL(ZwClose(events[index]), STATUS_SUCCESS);
    }
    io_remove(device);
}

static HANDLE make_port(HANDLE file, PVOID key)
{
    FILE_COMPLETION_INFORMATION information = {.Key = key};
    IO_STATUS_BLOCK block;
    HANDLE port;

    CHECK_EQUAL(NtCreateIoCompletion(&port, COMPLETION_ALL_ACCESS, NULL, 0), STATUS_SUCCESS);
    information.Port = port;
    CHECK_EQUAL(ZwSetInformationFile(file, &block, &information, sizeof(information), FileCompletionInformation),
                STATUS_SUCCESS);
    return port;
}

static void a_port_tells_of_operations_with_a_context(void)
{
    PDEVICE_OBJECT device = begin(FALSE);
    LARGE_INTEGER offset = {.QuadPart = 0};
    LARGE_INTEGER at_once = {.QuadPart = 0};
    HANDLE file = open(0);
    HANDLE port = make_port(file, &device_name);
    IO_STATUS_BLOCK block;
    IO_STATUS_BLOCK told;
    PVOID key = NULL;
    PVOID context = NULL;
    UCHAR byte = 0;

    CHECK_EQUAL(ZwReadFile(file, NULL, NULL, &block, &block, &byte, 1, &offset, NULL), STATUS_PENDING);
    CHECK_EQUAL(NtRemoveIoCompletion(port, &key, &context, &told, &at_once), STATUS_TIMEOUT);
    CHECK(serve_one(STATUS_SUCCESS));
    CHECK_EQUAL(NtRemoveIoCompletion(port, &key, &context, &told, NULL), STATUS_SUCCESS);
    CHECK(key == &device_name && context == &block);
    CHECK_EQUAL(told.Status, STATUS_SUCCESS);
    CHECK_EQUAL(told.Information, 1);
    CHECK_EQUAL(ZwWriteFile(file, NULL, NULL, NULL, &block, &byte, 1, &offset, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(NtRemoveIoCompletion(port, &key, &context, &told, &at_once), STATUS_TIMEOUT);
    CHECK_EQUAL(ZwReadFile(file, NULL, routine, &block, &block, &byte, 1, &offset, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(port), STATUS_SUCCESS);
    io_remove(device);
}

static void a_port_gives_several_packets_in_order(void)
{
    LARGE_INTEGER at_once = {.QuadPart = 0};
    struct completion got[3];
    HANDLE port;
    ULONG count = 9;

    CHECK_EQUAL(NtCreateIoCompletion(&port, COMPLETION_ALL_ACCESS, NULL, 0), STATUS_SUCCESS);
    for (ULONG_PTR index = 1; index <= 4; index++)
    {
        CHECK_EQUAL(NtSetIoCompletion(port, (PVOID)index, NULL, STATUS_SUCCESS, index * 10), STATUS_SUCCESS);
    }
    CHECK_EQUAL(NtRemoveIoCompletionEx(port, got, 0, &count, NULL, FALSE), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(NtRemoveIoCompletionEx(port, got, 3, &count, NULL, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(count, 3);
    CHECK(got[0].key == (PVOID)1 && got[2].key == (PVOID)3 && got[2].status.Information == 30);
    CHECK_EQUAL(NtRemoveIoCompletionEx(port, got, 3, &count, &at_once, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(count, 1);
    CHECK_EQUAL(NtRemoveIoCompletionEx(port, got, 3, &count, &at_once, TRUE), STATUS_TIMEOUT);
    CHECK_EQUAL(count, 0);
    CHECK_EQUAL(ZwClose(port), STATUS_SUCCESS);
    CHECK_EQUAL(NtSetIoCompletion(port, NULL, NULL, STATUS_SUCCESS, 0), STATUS_INVALID_HANDLE);
}

static HANDLE waited_port;
static KEVENT about_to_wait;

static void wait_for_port(void *argument)
{
    IO_STATUS_BLOCK told;
    PVOID key;
    PVOID context;
    NTSTATUS status;

    (void)argument;
    (void)KeSetEvent(&about_to_wait, IO_NO_INCREMENT, FALSE);
    status = NtRemoveIoCompletion(waited_port, &key, &context, &told, NULL);
    CHECK(status == STATUS_ABANDONED_WAIT_0 || status == STATUS_INVALID_HANDLE);
}

static void closing_a_port_lets_waiters_go(void)
{
    struct nt_thread *thread;

    KeInitializeEvent(&about_to_wait, NotificationEvent, FALSE);
    CHECK_EQUAL(NtCreateIoCompletion(&waited_port, COMPLETION_ALL_ACCESS, NULL, 0), STATUS_SUCCESS);
    thread = nt_thread_start(wait_for_port, NULL);
    (void)KeWaitForSingleObject(&about_to_wait, Executive, KernelMode, FALSE, NULL);
    CHECK_EQUAL(ZwClose(waited_port), STATUS_SUCCESS);
    nt_thread_join(thread);
}

static void use_device_while_memory_fails(void)
{
    LARGE_INTEGER offset = {.QuadPart = 0};
    IO_STATUS_BLOCK block;
    UCHAR byte = 0;
    HANDLE file;
    NTSTATUS status = try_open(0, &file);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (!NT_SUCCESS(status))
    {
        return;
    }
    status = ZwWriteFile(file, NULL, NULL, NULL, &block, &byte, 1, &offset, NULL);
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    status = start_read(file, NULL, &block, &byte);
    CHECK(status == STATUS_PENDING || status == STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(serve_one(STATUS_SUCCESS), status == STATUS_PENDING);
    CHECK_EQUAL(ZwClose(file), STATUS_SUCCESS);
}

static void without_memory_operations_are_refused_and_nothing_stays_open(void)
{
    PDEVICE_OBJECT device = begin(TRUE);

    use_device_while_memory_fails();
    nt_fail_each_allocation(use_device_while_memory_fails);
    CHECK_EQUAL(device->ReferenceCount, 0);
    use_device_while_memory_fails();
    io_remove(device);
}

const struct nt_case nt_cases[] = {
    CASE(a_file_gets_create_cleanup_and_close_in_order),
    CASE(close_waits_for_operations_that_still_run),
    CASE(an_exclusive_device_is_opened_once),
    CASE(an_exclusive_device_is_opened_by_one_of_several_threads),
    CASE(a_synchronous_file_has_one_operation_at_a_time),
    CASE(a_synchronous_read_returns_the_final_status),
    CASE(an_event_is_cleared_at_the_beginning_and_set_at_the_end),
    CASE(an_error_at_once_leaves_event_and_block_alone),
    CASE(a_routine_runs_in_the_threads_next_alertable_wait),
    CASE(cancelling_a_file_ends_what_this_thread_started),
    CASE(cancelling_one_operation_leaves_the_others),
    CASE(each_operation_ends_once_whoever_wins),
    CASE(a_port_tells_of_operations_with_a_context),
    CASE(a_port_gives_several_packets_in_order),
    CASE(closing_a_port_lets_waiters_go),
    CASE(without_memory_operations_are_refused_and_nothing_stays_open),
    CASES_END,
};
