/* SPDX-License-Identifier: MIT */
/*
 * Rules about requests in the driver's hands: V01 to V08, V17, V19 to V21, V31. Each has a driver that breaks it, and a near miss.
 */
#include <string.h>

#include "request_case.h"

static WDFREQUEST kept;

static void control(NTSTATUS expected)
{
    char output[4];

    CHECK_STATUS(testkit_control(file, BUFFERED_CODE, "abc", 3, output, sizeof(output), NULL), expected);
}

/*
 * V01, V02, V08.
 */

static void complete_twice(WDFREQUEST request)
{
    WdfObjectReference(request);
    WdfRequestComplete(request, STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v01_request_is_completed_twice(void)
{
    begin(WdfDeviceIoBuffered, complete_twice);
    control(STATUS_SUCCESS);
}

static void complete_once_and_dereference(WDFREQUEST request)
{
    WdfObjectReference(request);
    WdfRequestComplete(request, STATUS_SUCCESS);
    SILENT(V01, WdfObjectDereference(request));
}

static void v01_silent_completed_request_is_dereferenced(void)
{
    begin(WdfDeviceIoBuffered, complete_once_and_dereference);
    control(STATUS_SUCCESS);
    end(1);
}

static void use_after_completion(WDFREQUEST request)
{
    WdfObjectReference(request);
    WdfRequestComplete(request, STATUS_SUCCESS);
    WdfRequestSetInformation(request, 1);
}

static void v02_request_is_used_after_its_completion(void)
{
    begin(WdfDeviceIoBuffered, use_after_completion);
    control(STATUS_SUCCESS);
}

typedef struct
{
    ULONG value;
} NEAR_MISS_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(NEAR_MISS_CONTEXT, near_miss_context)

static void keep_context(WDFREQUEST request)
{
    near_miss_context(request)->value = 9;
    WdfObjectReference(request);
    kept = request;
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v02_silent_context_of_a_referenced_request_is_used_after_its_completion(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, NEAR_MISS_CONTEXT);
    asked.request_attributes = &attributes;
    begin(WdfDeviceIoBuffered, keep_context);
    control(STATUS_SUCCESS);
    SILENT(V02, CHECK_EQUAL(near_miss_context(kept)->value, 9));
    WdfObjectDereference(kept);
    end(1);
}

static void delete_it(WDFREQUEST request)
{
    BREAKS(V08, request, "WdfObjectDelete", WdfObjectDelete(request));
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v08_request_from_a_queue_is_deleted(void)
{
    begin(WdfDeviceIoBuffered, delete_it);
    control(STATUS_SUCCESS);
    end(1);
}

static void v08_request_of_its_own_is_completed(void)
{
    WDFREQUEST request;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &request), STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v08_silent_request_of_its_own_is_deleted(void)
{
    WDFREQUEST request;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &request), STATUS_SUCCESS);
    SILENT(V08, WdfObjectDelete(request));
    wdf_case_unload();
}

/*
 * V03 to V07.
 */

static VOID on_cancel(WDFREQUEST request)
{
    WdfRequestComplete(request, STATUS_CANCELLED);
}

static void complete_while_marked(WDFREQUEST request)
{
    WdfRequestMarkCancelable(request, on_cancel);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v03_request_is_completed_while_it_is_marked(void)
{
    begin(WdfDeviceIoBuffered, complete_while_marked);
    control(STATUS_SUCCESS);
}

static void complete_when_unmarked(WDFREQUEST request)
{
    WdfRequestMarkCancelable(request, on_cancel);
    CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_SUCCESS);
    SILENT(V03, WdfRequestComplete(request, STATUS_SUCCESS));
}

static void v03_silent_request_is_unmarked_and_completed(void)
{
    begin(WdfDeviceIoBuffered, complete_when_unmarked);
    control(STATUS_SUCCESS);
    end(1);
}

/* The request stays with the driver, marked, until its sender cancels it. */
static void mark(WDFREQUEST request)
{
    kept = request;
    WdfRequestMarkCancelable(request, on_cancel);
}

static void v03_silent_cancel_callback_completes_the_request(void)
{
    struct testkit_operation *operation;

    begin(WdfDeviceIoBuffered, mark);
    operation = testkit_control_start(file, BUFFERED_CODE, NULL, 0, NULL, 0);
    testkit_cancel(operation);
    SILENT(V03, CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED));
    end(1);
}

/* Finds out in the cancel callback that unmarking is too late, and leaves the request to another thread that unmarked, too. */
static VOID on_cancel_that_leaves_it(WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(request);
}

static void complete_although_refused(WDFREQUEST request)
{
    kept = request;
    WdfRequestMarkCancelable(request, on_cancel_that_leaves_it);
}

static void v04_request_is_completed_after_the_unmarking_was_refused(void)
{
    struct testkit_operation *operation;

    begin(WdfDeviceIoBuffered, complete_although_refused);
    operation = testkit_control_start(file, BUFFERED_CODE, NULL, 0, NULL, 0);
    testkit_cancel(operation);
    CHECK_STATUS(WdfRequestUnmarkCancelable(kept), STATUS_CANCELLED);
    BREAKS(V04, kept, "WdfRequestComplete", WdfRequestComplete(kept, STATUS_SUCCESS));
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
    end(1);
}

static void complete_in_thread(void *request)
{
    SILENT(V04, WdfRequestComplete(request, STATUS_CANCELLED));
}

static void v04_silent_cancel_callback_leaves_the_completion_to_another_thread(void)
{
    struct testkit_operation *operation;

    begin(WdfDeviceIoBuffered, complete_although_refused);
    operation = testkit_control_start(file, BUFFERED_CODE, NULL, 0, NULL, 0);
    testkit_cancel(operation);
    CHECK_STATUS(WdfRequestUnmarkCancelable(kept), STATUS_CANCELLED);
    nt_thread_join(nt_thread_start(complete_in_thread, kept));
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    end(1);
}

static void mark_twice(WDFREQUEST request)
{
    WdfRequestMarkCancelable(request, on_cancel);
    BREAKS(V05, request, "WdfRequestMarkCancelable", WdfRequestMarkCancelable(request, on_cancel));
    BREAKS(V05, request, "WdfRequestMarkCancelableEx",
           CHECK_STATUS(WdfRequestMarkCancelableEx(request, on_cancel), STATUS_INVALID_DEVICE_REQUEST));
    CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v05_request_is_marked_twice(void)
{
    begin(WdfDeviceIoBuffered, mark_twice);
    control(STATUS_SUCCESS);
    end(1);
}

static void mark_again(WDFREQUEST request)
{
    for (unsigned round = 0; round < 3; round++)
    {
        SILENT(V05, CHECK_STATUS(WdfRequestMarkCancelableEx(request, on_cancel), STATUS_SUCCESS));
        CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_SUCCESS);
    }
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v05_silent_request_is_marked_again_after_it_was_unmarked(void)
{
    begin(WdfDeviceIoBuffered, mark_again);
    control(STATUS_SUCCESS);
    end(1);
}

static void ask_while_marked(WDFREQUEST request)
{
    SILENT(V06, CHECK(!WdfRequestIsCanceled(request)));
    WdfRequestMarkCancelable(request, on_cancel);
    BREAKS(V06, request, "WdfRequestIsCanceled", CHECK(!WdfRequestIsCanceled(request)));
    CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_SUCCESS);
    SILENT(V06, CHECK(!WdfRequestIsCanceled(request)));
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v06_marked_request_is_asked_whether_it_is_cancelled(void)
{
    begin(WdfDeviceIoBuffered, ask_while_marked);
    control(STATUS_SUCCESS);
    end(1);
}

static void forward_while_marked(WDFREQUEST request)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFQUEUE other;
    WDFREQUEST back;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &other), STATUS_SUCCESS);
    WdfRequestMarkCancelable(request, on_cancel);
    BREAKS(V07, request, "WdfRequestForwardToIoQueue",
           CHECK_STATUS(WdfRequestForwardToIoQueue(request, other), STATUS_INVALID_DEVICE_REQUEST));
    CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_SUCCESS);
    SILENT(V07, CHECK_STATUS(WdfRequestForwardToIoQueue(request, other), STATUS_SUCCESS));
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(other, &back), STATUS_SUCCESS);
    CHECK(back == request);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v07_marked_request_is_forwarded(void)
{
    begin(WdfDeviceIoBuffered, forward_while_marked);
    control(STATUS_SUCCESS);
    end(1);
}

/*
 * V21. Only the simulation's time is for nothing.
 */

static void keep_it(WDFREQUEST request)
{
    kept = request;
}

static void sleep_longer_than_the_verifier_waits(void)
{
#if defined(DMF_USER_MODE)
    Sleep(150 * 1000);
#else
    LARGE_INTEGER minutes = {.QuadPart = -10LL * 1000 * 1000 * 150};

    (void)KeDelayExecutionThread(KernelMode, FALSE, &minutes);
#endif
}

static void remember_it_late(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    sleep_longer_than_the_verifier_waits();
    wdf_case_reported(__FILE__, __LINE__, kept, "EvtIoStop", 1);
    WdfRequestComplete(kept, STATUS_CANCELLED);
    testkit_close(file);
}

static void v21_request_is_forgotten_when_the_device_goes(void)
{
    struct testkit_operation *operation;
    struct nt_thread *thread;

    if (!nt_is_simulated())
    {
        return;
    }
    wdf_case_tolerate("V49");
    begin(WdfDeviceIoBuffered, keep_it);
    operation = testkit_control_start(file, BUFFERED_CODE, NULL, 0, NULL, 0);
    wdf_case_expect("V21");
    thread = nt_thread_start(remember_it_late, NULL);
    CHECK_STATUS(testkit_surprise_remove(started), STATUS_SUCCESS);
    nt_thread_join(thread);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    wdf_case_unload();
}

static void v21_silent_marked_request_is_kept_for_long(void)
{
    struct testkit_operation *operation;

    if (!nt_is_simulated())
    {
        return;
    }
    wdf_case_tolerate("V49");
    begin(WdfDeviceIoBuffered, mark);
    operation = testkit_control_start(file, BUFFERED_CODE, NULL, 0, NULL, 0);
    sleep_longer_than_the_verifier_waits();
    testkit_cancel(operation);
    SILENT(V21, CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED));
    end(1);
}

/*
 * V17, V19, V20, V31.
 */

static void say_too_much(WDFREQUEST request)
{
    BREAKS(V17, request, "WdfRequestCompleteWithInformation", WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 5));
}

static void v17_information_is_more_than_the_sender_has_room_for(void)
{
    begin(WdfDeviceIoBuffered, say_too_much);
    control(STATUS_SUCCESS);
    end(1);
}

static void say_enough(WDFREQUEST request)
{
    SILENT(V17, WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 4));
}

static void say_too_much_of_a_failure(WDFREQUEST request)
{
    SILENT(V17, WdfRequestCompleteWithInformation(request, STATUS_UNSUCCESSFUL, 400));
}

static void v17_silent_information_of_a_full_buffer_and_of_a_failure(void)
{
    begin(WdfDeviceIoBuffered, say_enough);
    control(STATUS_SUCCESS);
    asked.handle = say_too_much_of_a_failure;
    control(STATUS_UNSUCCESSFUL);
    end(2);
}

static void complete_with_a_reference(WDFREQUEST request)
{
    WDFMEMORY memory;

    CHECK_STATUS(WdfRequestRetrieveInputMemory(request, &memory), STATUS_SUCCESS);
    WdfObjectReference(memory);
    BREAKS(V19, request, "WdfRequestComplete", WdfRequestComplete(request, STATUS_SUCCESS));
    WdfObjectDereference(memory);
}

static void v19_request_is_completed_while_its_memory_is_referenced(void)
{
    begin(WdfDeviceIoBuffered, complete_with_a_reference);
    control(STATUS_SUCCESS);
    end(1);
}

static void complete_without_a_reference(WDFREQUEST request)
{
    WDFMEMORY memory;

    CHECK_STATUS(WdfRequestRetrieveInputMemory(request, &memory), STATUS_SUCCESS);
    WdfObjectReference(memory);
    WdfObjectDereference(memory);
    SILENT(V19, WdfRequestComplete(request, STATUS_SUCCESS));
}

static void v19_silent_reference_was_given_back_before_the_completion(void)
{
    begin(WdfDeviceIoBuffered, complete_without_a_reference);
    control(STATUS_SUCCESS);
    end(1);
}

static void ask_for_the_other_buffer(WDFREQUEST request)
{
    PVOID buffer;

    BREAKS(V20, request, "WdfRequestRetrieveInputBuffer",
           CHECK_STATUS(WdfRequestRetrieveInputBuffer(request, 1, &buffer, NULL), STATUS_INVALID_DEVICE_REQUEST));
    SILENT(V20, CHECK_STATUS(WdfRequestRetrieveOutputBuffer(request, 1, &buffer, NULL), STATUS_SUCCESS));
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v20_input_of_a_read_is_asked_for(void)
{
    char output[4];

    begin(WdfDeviceIoBuffered, ask_for_the_other_buffer);
    CHECK_STATUS(testkit_read(file, output, sizeof(output), NULL), STATUS_SUCCESS);
    end(1);
}

#if !defined(DMF_USER_MODE)
static void ask_for_the_file(WDFREQUEST request)
{
    BREAKS(V31, request, "WdfRequestGetFileObject", CHECK(WdfRequestGetFileObject(request) == NULL));
    WdfRequestComplete(request, STATUS_SUCCESS);
}
#else
static void ask_for_the_file(WDFREQUEST request)
{
    SILENT(V31, CHECK(WdfRequestGetFileObject(request) != NULL));
    WdfRequestComplete(request, STATUS_SUCCESS);
}
#endif

static void v31_file_is_asked_for_where_there_are_none(void)
{
    begin(WdfDeviceIoBuffered, ask_for_the_file);
    control(STATUS_SUCCESS);
    end(1);
}

const struct nt_case nt_cases[] = {
    CASE(v01_silent_completed_request_is_dereferenced),
    STOPS(v01_request_is_completed_twice, "V01...WdfRequestComplete"),
    STOPS(v02_request_is_used_after_its_completion, "V02...WdfRequestSetInformation"),
    CASE(v02_silent_context_of_a_referenced_request_is_used_after_its_completion),
    CASE(v08_request_from_a_queue_is_deleted),
    STOPS(v08_request_of_its_own_is_completed, "V08...WdfRequestComplete"),
    CASE(v08_silent_request_of_its_own_is_deleted),
    STOPS(v03_request_is_completed_while_it_is_marked, "V03...WdfRequestComplete"),
    CASE(v03_silent_request_is_unmarked_and_completed),
    CASE(v03_silent_cancel_callback_completes_the_request),
    CASE(v04_request_is_completed_after_the_unmarking_was_refused),
    CASE(v04_silent_cancel_callback_leaves_the_completion_to_another_thread),
    CASE(v05_request_is_marked_twice),
    CASE(v05_silent_request_is_marked_again_after_it_was_unmarked),
    CASE(v06_marked_request_is_asked_whether_it_is_cancelled),
    CASE(v07_marked_request_is_forwarded),
    CASE(v21_request_is_forgotten_when_the_device_goes),
    CASE(v21_silent_marked_request_is_kept_for_long),
    CASE(v17_information_is_more_than_the_sender_has_room_for),
    CASE(v17_silent_information_of_a_full_buffer_and_of_a_failure),
    CASE(v19_request_is_completed_while_its_memory_is_referenced),
    CASE(v19_silent_reference_was_given_back_before_the_completion),
    CASE(v20_input_of_a_read_is_asked_for),
    CASE(v31_file_is_asked_for_where_there_are_none),
    CASES_END,
};
