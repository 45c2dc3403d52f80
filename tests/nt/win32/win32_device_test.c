/* SPDX-License-Identifier: MIT */
/*
 * Operations on a device that takes its time: overlapped ones, their cancellation, closing, completion ports, routines.
 */
#include "nt_case.h"

#include <windows.h>
#include <winternl.h>

#include <ntstatus.h>

#include <string.h>

#include "pending_device.h"

static HANDLE file;
static OVERLAPPED operations[3];
static char buffers[3][16];
static char input[] = "abc";
static volatile LONG number;

static HANDLE open_device(DWORD flags)
{
    HANDLE handle = CreateFileW(L"\\\\.\\DmfPending", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, flags, NULL);

    CHECK(handle != INVALID_HANDLE_VALUE);
    return handle;
}

static void begin(DWORD flags)
{
    pending_device_make();
    file = open_device(flags);
    memset(operations, 0, sizeof(operations));
    memset(buffers, 0, sizeof(buffers));
    number = 0;
}

/* The machine's own threads may still be in the last reference to the device: closing is what waits for them. */
static void end(void)
{
    CHECK(CloseHandle(file));
    pending_device_remove();
}

static void make_events(void)
{
    for (int index = 0; index < 3; index++)
    {
        operations[index].hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
        CHECK(operations[index].hEvent != NULL);
    }
}

static void close_events(void)
{
    for (int index = 0; index < 3; index++)
    {
        CHECK(CloseHandle(operations[index].hEvent));
    }
}

static void start_control(int index)
{
    CHECK(!DeviceIoControl(file, PENDING_CONTROL, NULL, 0, buffers[index], 16, NULL, &operations[index]));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK(!HasOverlappedIoCompleted(&operations[index]));
    pending_device_wait();
}

static void check_ended(int index, DWORD error, DWORD bytes)
{
    DWORD got = 99;

    if (error == ERROR_SUCCESS)
    {
        CHECK(GetOverlappedResult(file, &operations[index], &got, TRUE));
        CHECK_EQUAL(got, bytes);
    }
    else
    {
        CHECK(!GetOverlappedResult(file, &operations[index], &got, TRUE));
        CHECK_EQUAL(GetLastError(), error);
    }
    CHECK(HasOverlappedIoCompleted(&operations[index]));
}

static void a_control_that_is_answered_at_once(void)
{
    DWORD bytes = 99;

    begin(0);
    CHECK(DeviceIoControl(file, PENDING_ECHO, input, 3, buffers[0], 16, &bytes, NULL));
    CHECK_EQUAL(bytes, 3);
    CHECK(memcmp(buffers[0], "abc", 4) == 0);
    CHECK(!DeviceIoControl(file, PENDING_ECHO, input, 3, buffers[0], 2, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    CHECK(!DeviceIoControl(file, PENDING_FAIL, NULL, 0, NULL, 0, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_READY);
    CHECK_EQUAL(bytes, 0);
    CHECK(!DeviceIoControl(file, 0x00222FFCu, NULL, 0, NULL, 0, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_FUNCTION);
    CHECK(!DeviceIoControl(file, PENDING_WARN, input, 1, buffers[0], 16, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_MORE_DATA);
    CHECK_EQUAL(bytes, 1);
    CHECK_EQUAL(buffers[0][0], 'a');
    end();
}

static DWORD CALLBACK control_and_wait(PVOID context)
{
    DWORD bytes = 0;

    CHECK(DeviceIoControl(file, PENDING_CONTROL, NULL, 0, buffers[0], 16, &bytes, NULL));
    return bytes;
}

static void a_synchronous_operation_waits_for_the_device(void)
{
    HANDLE thread;
    DWORD code = 0;

    begin(0);
    thread = CreateThread(NULL, 0, control_and_wait, NULL, 0, NULL);
    pending_device_wait();
    CHECK_EQUAL(WaitForSingleObject(thread, 0), WAIT_TIMEOUT);
    CHECK(pending_device_complete(STATUS_SUCCESS, 5, 'x'));
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(thread, &code));
    CHECK_EQUAL(code, 5);
    CHECK(memcmp(buffers[0], "xxxxx", 6) == 0);
    CHECK(CloseHandle(thread));
    end();
}

static void an_overlapped_operation_is_asked_for_its_end(void)
{
    DWORD bytes = 0;

    begin(FILE_FLAG_OVERLAPPED);
    make_events();
    start_control(0);
    CHECK(!GetOverlappedResult(file, &operations[0], &bytes, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_IO_INCOMPLETE);
    CHECK(!GetOverlappedResultEx(file, &operations[0], &bytes, 1, FALSE));
    CHECK_EQUAL(GetLastError(), WAIT_TIMEOUT);
    CHECK_EQUAL(WaitForSingleObject(operations[0].hEvent, 0), WAIT_TIMEOUT);
    CHECK(pending_device_complete(STATUS_SUCCESS, 4, 'y'));
    CHECK_EQUAL(WaitForSingleObject(operations[0].hEvent, INFINITE), WAIT_OBJECT_0);
    check_ended(0, ERROR_SUCCESS, 4);
    CHECK(memcmp(buffers[0], "yyyy", 5) == 0);
    start_control(1);
    CHECK(pending_device_complete(STATUS_DEVICE_DATA_ERROR, 0, 0));
    check_ended(1, ERROR_CRC, 0);
    close_events();
    end();
}

static void without_an_event_the_file_is_waited_for(void)
{
    begin(FILE_FLAG_OVERLAPPED);
    start_control(0);
    CHECK_EQUAL(WaitForSingleObject(file, 0), WAIT_TIMEOUT);
    CHECK(pending_device_complete(STATUS_SUCCESS, 2, 'q'));
    CHECK_EQUAL(WaitForSingleObject(file, INFINITE), WAIT_OBJECT_0);
    check_ended(0, ERROR_SUCCESS, 2);
    end();
}

static void reads_and_writes_pend_as_controls_do(void)
{
    DWORD bytes = 99;

    begin(FILE_FLAG_OVERLAPPED);
    make_events();
    CHECK(!ReadFile(file, buffers[0], 16, &bytes, &operations[0]));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK(!WriteFile(file, "12345", 5, &bytes, &operations[1]));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK(ReadFile(file, buffers[2], 0, &bytes, &operations[2]));
    CHECK_EQUAL(bytes, 0);
    CHECK_EQUAL(WaitForSingleObject(operations[2].hEvent, 0), WAIT_OBJECT_0);
    CHECK(pending_device_complete(STATUS_SUCCESS, 3, 'r'));
    CHECK(pending_device_complete(STATUS_SUCCESS, 5, 0));
    check_ended(0, ERROR_SUCCESS, 3);
    check_ended(1, ERROR_SUCCESS, 5);
    CHECK(memcmp(buffers[0], "rrr", 4) == 0);
    /* Transfers of a file that is not synchronous say where. */
    CHECK(!ReadFile(file, buffers[0], 16, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    close_events();
    end();
}

static void an_end_of_file_is_an_error_of_overlapped_reads_only(void)
{
    begin(FILE_FLAG_OVERLAPPED);
    CHECK(!ReadFile(file, buffers[0], 16, NULL, &operations[0]));
    CHECK(pending_device_complete(STATUS_END_OF_FILE, 0, 0));
    check_ended(0, ERROR_HANDLE_EOF, 0);
    end();
}

static void one_operation_is_cancelled_by_its_overlapped(void)
{
    OVERLAPPED stranger = {0};

    begin(FILE_FLAG_OVERLAPPED);
    make_events();
    for (int index = 0; index < 3; index++)
    {
        start_control(index);
    }
    CHECK(!CancelIoEx(file, &stranger));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    CHECK(CancelIoEx(file, &operations[1]));
    check_ended(1, ERROR_OPERATION_ABORTED, 0);
    CHECK(!HasOverlappedIoCompleted(&operations[0]) && !HasOverlappedIoCompleted(&operations[2]));
    CHECK(CancelIoEx(file, NULL));
    check_ended(0, ERROR_OPERATION_ABORTED, 0);
    check_ended(2, ERROR_OPERATION_ABORTED, 0);
    CHECK(!CancelIoEx(file, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    close_events();
    end();
}

static DWORD CALLBACK start_and_cancel(PVOID context)
{
    start_control(1);
    CHECK(CancelIo(file));
    check_ended(1, ERROR_OPERATION_ABORTED, 0);
    return 0;
}

static void a_thread_cancels_its_own_operations(void)
{
    HANDLE thread;

    begin(FILE_FLAG_OVERLAPPED);
    make_events();
    start_control(0);
    thread = CreateThread(NULL, 0, start_and_cancel, NULL, 0, NULL);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(!HasOverlappedIoCompleted(&operations[0]));
    CHECK(CancelIo(file));
    check_ended(0, ERROR_OPERATION_ABORTED, 0);
    CHECK(CancelIo(file));
    CHECK(CloseHandle(thread));
    close_events();
    end();
}

static void closing_ends_what_is_pending(void)
{
    begin(FILE_FLAG_OVERLAPPED);
    make_events();
    start_control(0);
    start_control(1);
    CHECK(CloseHandle(file));
    CHECK_EQUAL(WaitForSingleObject(operations[0].hEvent, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(operations[1].hEvent, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL((DWORD)operations[0].Internal, (DWORD)STATUS_CANCELLED);
    CHECK_EQUAL((DWORD)operations[1].Internal, (DWORD)STATUS_CANCELLED);
    close_events();
    pending_device_remove();
}

static DWORD CALLBACK complete_one(PVOID context)
{
    (void)pending_device_complete(STATUS_SUCCESS, 1, 'c');
    return 0;
}

/* One of the two ends it, and says so; nothing is lost and nothing is told twice. */
static void cancelling_races_with_completing(void)
{
    HANDLE thread;
    DWORD bytes = 99;
    BOOL done;

    begin(FILE_FLAG_OVERLAPPED);
    make_events();
    start_control(0);
    thread = CreateThread(NULL, 0, complete_one, NULL, 0, NULL);
    CHECK(CancelIoEx(file, &operations[0]) || GetLastError() == ERROR_NOT_FOUND);
    done = GetOverlappedResult(file, &operations[0], &bytes, TRUE);
    CHECK(done ? bytes == 1 : GetLastError() == ERROR_OPERATION_ABORTED);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(CloseHandle(thread));
    close_events();
    end();
}

/* Who sees that it is over sees what came of it. */
static void polling_for_the_end_sees_all_of_it(void)
{
    HANDLE thread;
    DWORD bytes = 99;

    begin(FILE_FLAG_OVERLAPPED);
    start_control(0);
    thread = CreateThread(NULL, 0, complete_one, NULL, 0, NULL);
    while (!GetOverlappedResult(file, &operations[0], &bytes, FALSE))
    {
        CHECK_EQUAL(GetLastError(), ERROR_IO_INCOMPLETE);
        CHECK(SwitchToThread());
    }
    CHECK_EQUAL(bytes, 1);
    CHECK_EQUAL(buffers[0][0], 'c');
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(CloseHandle(thread));
    end();
}

static void closing_races_with_completing(void)
{
    HANDLE thread;

    begin(FILE_FLAG_OVERLAPPED);
    make_events();
    start_control(0);
    thread = CreateThread(NULL, 0, complete_one, NULL, 0, NULL);
    CHECK(CloseHandle(file));
    CHECK_EQUAL(WaitForSingleObject(operations[0].hEvent, INFINITE), WAIT_OBJECT_0);
    CHECK((DWORD)operations[0].Internal == STATUS_SUCCESS || (DWORD)operations[0].Internal == (DWORD)STATUS_CANCELLED);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(CloseHandle(thread));
    close_events();
    pending_device_remove();
}

/*
 * Completion ports.
 */
static void check_packet(HANDLE port, int index, DWORD error, DWORD bytes)
{
    OVERLAPPED *overlapped = NULL;
    ULONG_PTR key = 0;
    DWORD got = 99;
    BOOL done = GetQueuedCompletionStatus(port, &got, &key, &overlapped, INFINITE);

    CHECK_EQUAL(done ? ERROR_SUCCESS : GetLastError(), error);
    CHECK(overlapped == &operations[index]);
    CHECK_EQUAL(key, 77);
    CHECK_EQUAL(got, bytes);
}

static void check_no_packet(HANDLE port)
{
    OVERLAPPED *overlapped = &operations[0];
    ULONG_PTR key;
    DWORD got;

    CHECK(!GetQueuedCompletionStatus(port, &got, &key, &overlapped, 0));
    CHECK_EQUAL(GetLastError(), WAIT_TIMEOUT);
    CHECK(overlapped == NULL);
}

static void a_port_tells_of_the_ends_of_operations(void)
{
    DWORD bytes = 0;
    HANDLE port;

    begin(FILE_FLAG_OVERLAPPED);
    port = CreateIoCompletionPort(file, NULL, 77, 0);
    CHECK(port != NULL);
    start_control(0);
    check_no_packet(port);
    CHECK(pending_device_complete(STATUS_SUCCESS, 6, 'p'));
    check_packet(port, 0, ERROR_SUCCESS, 6);
    start_control(1);
    CHECK(pending_device_complete(STATUS_DEVICE_DATA_ERROR, 0, 0));
    check_packet(port, 1, ERROR_CRC, 0);
    start_control(2);
    CHECK(CancelIoEx(file, &operations[2]));
    check_packet(port, 2, ERROR_OPERATION_ABORTED, 0);
    CHECK(DeviceIoControl(file, PENDING_ECHO, input, 2, buffers[0], 16, &bytes, &operations[0]));
    check_packet(port, 0, ERROR_SUCCESS, 2);
    CHECK(!DeviceIoControl(file, PENDING_FAIL, NULL, 0, NULL, 0, &bytes, &operations[0]));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_READY);
    check_no_packet(port);
    CHECK(CloseHandle(port));
    end();
}

static void an_event_with_its_lowest_bit_set_keeps_the_port_quiet(void)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    HANDLE port;

    begin(FILE_FLAG_OVERLAPPED);
    port = CreateIoCompletionPort(file, NULL, 77, 0);
    operations[0].hEvent = (HANDLE)((ULONG_PTR)event | 1);
    start_control(0);
    CHECK(pending_device_complete(STATUS_SUCCESS, 1, 'e'));
    check_ended(0, ERROR_SUCCESS, 1);
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    check_no_packet(port);
    CHECK(CloseHandle(port));
    CHECK(CloseHandle(event));
    end();
}

static void a_port_may_be_told_only_of_what_was_pending(void)
{
    DWORD bytes = 0;
    HANDLE port;

    begin(FILE_FLAG_OVERLAPPED);
    port = CreateIoCompletionPort(file, NULL, 77, 0);
    CHECK(!SetFileCompletionNotificationModes(file, 0x80));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(SetFileCompletionNotificationModes(file, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
    CHECK(DeviceIoControl(file, PENDING_ECHO, input, 2, buffers[0], 16, &bytes, &operations[0]));
    CHECK_EQUAL(bytes, 2);
    check_no_packet(port);
    start_control(1);
    CHECK(pending_device_complete(STATUS_SUCCESS, 4, 's'));
    check_packet(port, 1, ERROR_SUCCESS, 4);
    CHECK(CloseHandle(port));
    end();
}

static DWORD CALLBACK complete_three(PVOID context)
{
    for (int index = 0; index < 3; index++)
    {
        CHECK(pending_device_complete(STATUS_SUCCESS, (uint32_t)index, 't'));
    }
    return 0;
}

static void a_port_wakes_who_waits_for_it(void)
{
    HANDLE port;
    HANDLE thread;

    begin(FILE_FLAG_OVERLAPPED);
    port = CreateIoCompletionPort(file, NULL, 77, 0);
    for (int index = 0; index < 3; index++)
    {
        start_control(index);
    }
    thread = CreateThread(NULL, 0, complete_three, NULL, 0, NULL);
    for (int index = 0; index < 3; index++)
    {
        check_packet(port, index, ERROR_SUCCESS, (DWORD)index);
    }
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(CloseHandle(thread));
    CHECK(CloseHandle(port));
    end();
}

/*
 * Completion routines.
 */
static DWORD routine_error;

static void CALLBACK note_end(DWORD error, DWORD bytes, LPOVERLAPPED overlapped)
{
    CHECK(overlapped == &operations[0]);
    routine_error = error;
    number = (LONG)bytes + 1;
}

static void a_routine_is_called_in_an_alertable_wait(void)
{
    begin(FILE_FLAG_OVERLAPPED);
    CHECK(ReadFileEx(file, buffers[0], 16, &operations[0], note_end));
    CHECK(pending_device_complete(STATUS_SUCCESS, 3, 'a'));
    CHECK_EQUAL(number, 0);
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK(number == 4 && routine_error == ERROR_SUCCESS);
    number = 0;
    CHECK(WriteFileEx(file, "abc", 3, &operations[0], note_end));
    CHECK(CancelIo(file));
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK(number == 1 && routine_error == ERROR_OPERATION_ABORTED);
    end();
}

static DWORD CALLBACK start_and_leave(PVOID context)
{
    CHECK(ReadFileEx(file, buffers[0], 16, &operations[0], note_end));
    return 0;
}

static void nobody_is_called_when_the_thread_has_ended(void)
{
    HANDLE thread;

    begin(FILE_FLAG_OVERLAPPED);
    thread = CreateThread(NULL, 0, start_and_leave, NULL, 0, NULL);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    (void)pending_device_complete(STATUS_SUCCESS, 3, 'a');
    CHECK_EQUAL(SleepEx(0, TRUE), 0);
    CHECK_EQUAL(number, 0);
    CHECK(CloseHandle(thread));
    end();
}

static void use_device(void)
{
    HANDLE port = CreateIoCompletionPort(file, NULL, 77, 0);
    DWORD bytes;

    for (int round = 0; round < 2; round++)
    {
        if (!DeviceIoControl(file, PENDING_CONTROL, NULL, 0, buffers[0], 16, NULL, &operations[0]) &&
            GetLastError() == ERROR_IO_PENDING)
        {
            pending_device_wait();
            CHECK(pending_device_complete(STATUS_SUCCESS, 1, 'm'));
            CHECK(GetOverlappedResult(file, &operations[0], &bytes, TRUE));
        }
        else
        {
            CHECK_EQUAL(GetLastError(), ERROR_NO_SYSTEM_RESOURCES);
        }
    }
    CHECK(port == NULL || CloseHandle(port));
    CHECK(CloseHandle(file));
    file = INVALID_HANDLE_VALUE;
}

/* A file keeps its port, so that each round needs another file. */
static void open_and_use(void)
{
    file =
        CreateFileW(L"\\\\.\\DmfPending", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);
    if (file != INVALID_HANDLE_VALUE)
    {
        use_device();
    }
}

static void want_of_memory_starts_nothing(void)
{
    pending_device_make();
    memset(operations, 0, sizeof(operations));
    nt_fail_each_allocation(open_and_use);
    pending_device_remove();
}

const struct nt_case nt_cases[] = {
    CASE(a_control_that_is_answered_at_once),
    CASE(a_synchronous_operation_waits_for_the_device),
    CASE(an_overlapped_operation_is_asked_for_its_end),
    CASE(without_an_event_the_file_is_waited_for),
    CASE(reads_and_writes_pend_as_controls_do),
    CASE(an_end_of_file_is_an_error_of_overlapped_reads_only),
    CASE(one_operation_is_cancelled_by_its_overlapped),
    CASE(a_thread_cancels_its_own_operations),
    CASE(closing_ends_what_is_pending),
    CASE(cancelling_races_with_completing),
    CASE(polling_for_the_end_sees_all_of_it),
    CASE(closing_races_with_completing),
    CASE(a_port_tells_of_the_ends_of_operations),
    CASE(an_event_with_its_lowest_bit_set_keeps_the_port_quiet),
    CASE(a_port_may_be_told_only_of_what_was_pending),
    CASE(a_port_wakes_who_waits_for_it),
    CASE(a_routine_is_called_in_an_alertable_wait),
    CASE(nobody_is_called_when_the_thread_has_ended),
    CASE(want_of_memory_starts_nothing),
    CASES_END,
};
