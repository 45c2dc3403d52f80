/* SPDX-License-Identifier: MIT */
/*
 * File objects: create, cleanup, close, and what a driver asks of an open file.
 */
#include <string.h>

#include "wdf_case.h"

#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct
{
    ULONG value;
} FILE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(FILE_CONTEXT, file_context)

/* What the device is in this case. */
static struct
{
    bool without_files;
    bool without_create;
    bool manual_queue;
    bool create_queue;
    WDF_TRI_STATE forward;
    PFN_WDF_DEVICE_FILE_CREATE create;
    PFN_WDF_FILE_CLEANUP cleanup;
    PFN_WDF_FILE_CLOSE close;
    PFN_WDF_OBJECT_CONTEXT_CLEANUP object_callback;
} asked;

static struct
{
    unsigned creates;
    unsigned cleanups;
    unsigned closes;
    unsigned objects_cleaned;
    unsigned objects_destroyed;
} seen;

static WDFDEVICE device;
static WDFQUEUE queue;
static WDFFILEOBJECT last_file;
static WDFREQUEST owned;
static unsigned opened;
static unsigned cleaned;
static unsigned closed;
static struct nt_thread *completer;
static NTSTATUS create_status;
static struct testkit_device *started;

static VOID on_create(WDFDEVICE of, WDFREQUEST request, WDFFILEOBJECT file)
{
    CHECK(of == device);
    CHECK(file != NULL);
    CHECK(WdfFileObjectGetDevice(file) == device);
    CHECK(WdfRequestGetFileObject(request) == file);
    CHECK(WdfRequestGetIoQueue(request) == NULL);
    CHECK_EQUAL(file_context(file)->value, 0);
    file_context(file)->value = 7;
    seen.creates++;
    last_file = file;
    WdfRequestComplete(request, create_status);
}

static void complete_create(void *request)
{
    WdfRequestComplete(request, create_status);
}

static VOID on_create_later(WDFDEVICE of, WDFREQUEST request, WDFFILEOBJECT file)
{
    UNREFERENCED_PARAMETER(of);
    seen.creates++;
    last_file = file;
    completer = nt_thread_start(complete_create, request);
}

static VOID on_cleanup(WDFFILEOBJECT file)
{
    CHECK(WdfFileObjectGetDevice(file) == device);
    CHECK_EQUAL(seen.closes, seen.cleanups);
    seen.cleanups++;
}

static VOID on_close(WDFFILEOBJECT file)
{
    CHECK(WdfFileObjectGetDevice(file) == device);
    CHECK_EQUAL(seen.objects_cleaned, seen.closes);
    seen.closes++;
    CHECK_EQUAL(seen.closes, seen.cleanups);
}

static VOID on_object_cleanup(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    seen.objects_cleaned++;
}

static VOID on_object_destroy(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    seen.objects_destroyed++;
}

static VOID on_io(WDFQUEUE of, WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(of);
    CHECK((WdfRequestGetFileObject(request) == NULL) == asked.without_files);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void configure_files(PWDFDEVICE_INIT init)
{
    WDF_FILEOBJECT_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_FILEOBJECT_CONFIG_INIT(&config, asked.without_create ? NULL : asked.create,
                               asked.close != NULL ? asked.close : on_close,
                               asked.cleanup != NULL ? asked.cleanup : on_cleanup);
    config.AutoForwardCleanupClose = asked.forward;
    if (asked.without_files)
    {
        config.FileObjectClass = WdfFileObjectNotRequired;
        config.EvtDeviceFileCreate = NULL;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FILE_CONTEXT);
    attributes.EvtCleanupCallback = asked.object_callback != NULL ? asked.object_callback : on_object_cleanup;
    attributes.EvtDestroyCallback = asked.object_callback != NULL ? asked.object_callback : on_object_destroy;
    WdfDeviceInitSetFileObjectConfig(init, &config, &attributes);
}

static VOID on_queued_create(WDFQUEUE of, WDFREQUEST request)
{
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(request, &parameters);
    CHECK_EQUAL(parameters.Type, WdfRequestTypeCreate);
    CHECK(WdfRequestGetIoQueue(request) == of);
    CHECK(WdfRequestGetFileObject(request) != NULL);
    seen.creates++;
    WdfRequestComplete(request, create_status);
}

static NTSTATUS make_create_queue(void)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFQUEUE creates;
    NTSTATUS status;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDefault = on_queued_create;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &creates);
    return NT_SUCCESS(status) ? WdfDeviceConfigureRequestDispatching(device, creates, WdfRequestTypeCreate) : status;
}

static unsigned added;

/* The same driver's device above the first one. It says nothing about files. */
static NTSTATUS add_filter(PWDFDEVICE_INIT init)
{
    WDFDEVICE filter;

    WdfFdoInitSetFilter(init);
    return WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &filter);
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDF_IO_QUEUE_CONFIG config;
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Case");
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    if (added++ != 0)
    {
        return add_filter(init);
    }
    configure_files(init);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config,
                                           asked.manual_queue ? WdfIoQueueDispatchManual : WdfIoQueueDispatchParallel);
    config.EvtIoDefault = asked.manual_queue ? NULL : on_io;
    if (NT_SUCCESS(status))
    {
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
    }
    if (NT_SUCCESS(status) && asked.create_queue)
    {
        status = make_create_queue();
    }
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(device, &link) : status;
}

static void begin(void)
{
    memset(&seen, 0, sizeof(seen));
    create_status = STATUS_SUCCESS;
    if (asked.create == NULL)
    {
        asked.create = on_create;
    }
    added = 0;
    wdf_case_load(add_device);
    started = wdf_case_start();
}

static void end(void)
{
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
    memset(&asked, 0, sizeof(asked));
}

static struct testkit_file *open_file(void)
{
    struct testkit_file *file;

    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &file), STATUS_SUCCESS);
    return file;
}

/*
 * Cases.
 */

static void each_open_file_has_one_create_one_cleanup_and_one_close(void)
{
    begin();
    for (unsigned round = 1; round <= 3; round++)
    {
        struct testkit_file *file = open_file();

        CHECK_EQUAL(seen.creates, round);
        CHECK_EQUAL(seen.cleanups, round - 1);
        CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
        testkit_close(file);
        CHECK_EQUAL(seen.cleanups, round);
        CHECK_EQUAL(seen.closes, round);
        CHECK_EQUAL(seen.objects_destroyed, round);
    }
    end();
}

static void failed_create_ends_the_file_object_and_calls_neither_cleanup_nor_close(void)
{
    struct testkit_file *file;

    begin();
    create_status = STATUS_ACCESS_DENIED;
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &file), STATUS_ACCESS_DENIED);
    CHECK(file == NULL);
    CHECK_EQUAL(seen.creates, 1);
    CHECK_EQUAL(seen.cleanups + seen.closes, 0);
    CHECK_EQUAL(seen.objects_cleaned, 1);
    CHECK_EQUAL(seen.objects_destroyed, 1);
    end();
}

static void create_may_be_answered_later(void)
{
    struct testkit_file *file;

    asked.create = on_create_later;
    begin();
    file = open_file();
    nt_thread_join(completer);
    testkit_close(file);
    create_status = STATUS_UNSUCCESSFUL;
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &file), STATUS_UNSUCCESSFUL);
    nt_thread_join(completer);
    CHECK_EQUAL(seen.cleanups, 1);
    CHECK_EQUAL(seen.closes, 1);
    CHECK_EQUAL(seen.objects_destroyed, 2);
    end();
}

static void create_that_nobody_handles_succeeds(void)
{
    struct testkit_file *file;

    asked.without_create = true;
    begin();
    file = open_file();
    CHECK_EQUAL(seen.creates, 0);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    testkit_close(file);
    CHECK_EQUAL(seen.cleanups, 1);
    CHECK_EQUAL(seen.objects_destroyed, 1);
    end();
}

static void device_that_wants_no_file_objects_has_none(void)
{
    struct testkit_file *file;

    asked.without_files = true;
    wdf_case_tolerate("V31");
    begin();
    file = open_file();
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    testkit_close(file);
    CHECK_EQUAL(seen.cleanups + seen.closes + seen.objects_cleaned, 0);
    end();
}

static void cleanup_cancels_what_waits_for_that_file_only(void)
{
    struct testkit_operation *operations[2];
    struct testkit_file *files[2];
    WDFREQUEST request;

    asked.manual_queue = true;
    begin();
    for (size_t index = 0; index < ARRAYSIZE(files); index++)
    {
        files[index] = open_file();
        operations[index] = testkit_control_start(files[index], CODE, NULL, 0, NULL, 0);
    }
    testkit_close(files[0]);
    CHECK_STATUS(testkit_wait(operations[0], NULL), STATUS_CANCELLED);
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_SUCCESS);
    CHECK(WdfRequestGetFileObject(request) == last_file);
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operations[1], NULL), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_NO_MORE_ENTRIES);
    testkit_close(files[1]);
    end();
}

/* Closing waits for a request that the driver has, and the file's close comes after it. */
static VOID complete_from_cleanup(WDFFILEOBJECT file)
{
    on_cleanup(file);
    WdfRequestComplete(owned, STATUS_CANCELLED);
}

static void close_comes_when_the_driver_has_ended_its_requests_of_the_file(void)
{
    struct testkit_operation *operation;
    struct testkit_file *file;

    asked.manual_queue = true;
    asked.cleanup = complete_from_cleanup;
    begin();
    file = open_file();
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &owned), STATUS_SUCCESS);
    testkit_close(file);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    CHECK_EQUAL(seen.closes, 1);
    end();
}

static void remove_by_surprise(void *argument)
{
    CHECK_STATUS(testkit_surprise_remove(argument), STATUS_SUCCESS);
}

static void open_and_close(int32_t *ret_status)
{
    struct testkit_file *file;

    *ret_status = testkit_open("\\??\\Case", true, true, &file);
    if (file != NULL)
    {
        testkit_close(file);
    }
}

static void create_goes_to_the_queue_that_is_for_it(void)
{
    int32_t status = STATUS_PENDING;

    asked.without_create = true;
    asked.create_queue = true;
    for (unsigned round = 0; round < 2; round++)
    {
        begin();
        create_status = round == 0 ? STATUS_SUCCESS : STATUS_DEVICE_BUSY;
        open_and_close(&status);
        CHECK_STATUS(status, create_status);
        CHECK_EQUAL(seen.creates, 1);
        CHECK_EQUAL(seen.cleanups, round == 0 ? 1 : 0);
        CHECK_EQUAL(seen.closes, round == 0 ? 1 : 0);
        CHECK_EQUAL(seen.objects_destroyed, 1);
        CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
        wdf_case_unload();
    }
    memset(&asked, 0, sizeof(asked));
}

static void surprise_removal_does_not_spare_cleanup_and_close(void)
{
    struct testkit_thread *remover;
    struct testkit_file *file;

    begin();
    file = open_file();
    remover = testkit_thread_start("remover", remove_by_surprise, started);
    testkit_close(file);
    testkit_thread_join(remover);
    CHECK_EQUAL(seen.cleanups, 1);
    CHECK_EQUAL(seen.closes, 1);
    CHECK_EQUAL(seen.objects_destroyed, 1);
    wdf_case_unload();
    memset(&asked, 0, sizeof(asked));
}

static void name_is_what_follows_the_device(void)
{
    struct testkit_file *file;
    PUNICODE_STRING name;
    static const WCHAR rest[] = L"\\some\\where";

    begin();
    file = open_file();
    name = WdfFileObjectGetFileName(last_file);
    CHECK(name != NULL);
    CHECK_EQUAL(name->Length, 0);
    CHECK(WdfFileObjectGetInitiatorProcessId(last_file) != 0);
    testkit_close(file);
    CHECK_STATUS(testkit_open("\\??\\Case\\some\\where", true, true, &file), STATUS_SUCCESS);
    name = WdfFileObjectGetFileName(last_file);
    CHECK_EQUAL(name->Length, sizeof(rest) - sizeof(WCHAR));
    CHECK(memcmp(name->Buffer, rest, name->Length) == 0);
    testkit_close(file);
    end();
}

static void opens_and_closes(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 3; round++)
    {
        struct testkit_file *file;
        NTSTATUS status = testkit_open("\\??\\Case", true, true, &file);

        CHECK_STATUS(status, STATUS_SUCCESS);
        (void)__atomic_fetch_add(&opened, 1, __ATOMIC_SEQ_CST);
        testkit_close(file);
    }
}

static VOID create_by_many(WDFDEVICE of, WDFREQUEST request, WDFFILEOBJECT file)
{
    UNREFERENCED_PARAMETER(of);
    UNREFERENCED_PARAMETER(file);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static VOID clean_up_by_many(WDFFILEOBJECT file)
{
    UNREFERENCED_PARAMETER(file);
    (void)__atomic_fetch_add(&cleaned, 1, __ATOMIC_SEQ_CST);
}

static VOID close_by_many(WDFFILEOBJECT file)
{
    UNREFERENCED_PARAMETER(file);
    (void)__atomic_fetch_add(&closed, 1, __ATOMIC_SEQ_CST);
}

static VOID object_by_many(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
}

static void race_of_openers(void)
{
    struct nt_thread *others[2];

    opened = cleaned = closed = 0;
    asked.create = create_by_many;
    asked.cleanup = clean_up_by_many;
    asked.close = close_by_many;
    asked.object_callback = object_by_many;
    begin();
    for (size_t index = 0; index < ARRAYSIZE(others); index++)
    {
        others[index] = nt_thread_start(opens_and_closes, NULL);
    }
    opens_and_closes(NULL);
    for (size_t index = 0; index < ARRAYSIZE(others); index++)
    {
        nt_thread_join(others[index]);
    }
    CHECK_EQUAL(opened, 9);
    CHECK_EQUAL(cleaned, opened);
    CHECK_EQUAL(closed, opened);
    end();
}

static void many_open_and_close_at_the_same_time(void)
{
    race_of_openers();
}

static void open_once(void)
{
    struct testkit_file *file;
    NTSTATUS status = testkit_open("\\??\\Case", true, true, &file);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(seen.objects_cleaned, seen.objects_destroyed);
    if (file != NULL)
    {
        testkit_close(file);
    }
}

static void each_allocation_of_an_open_may_fail(void)
{
    begin();
    nt_fail_each_allocation(open_once);
    CHECK_EQUAL(seen.cleanups, seen.closes);
    end();
}

static void filter_that_says_nothing_about_files_passes_them_on(void)
{
    static bool has_filter;
    struct testkit_file *file;

    if (!has_filter)
    {
        CHECK_STATUS(testkit_filter(TESTKIT_UPPER_FILTER, "ROOT\\case", "case"), STATUS_SUCCESS);
        has_filter = true;
    }
    begin();
    CHECK_EQUAL(added, 2);
    file = open_file();
    CHECK_EQUAL(seen.creates, 1);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    testkit_close(file);
    CHECK_EQUAL(seen.cleanups, 1);
    CHECK_EQUAL(seen.closes, 1);
    end();
}

static void driver_cannot_delete_a_file_object(void)
{
    struct testkit_file *file;

    begin();
    file = open_file();
    BREAKS(V47, last_file, "WdfObjectDelete", WdfObjectDelete(last_file));
    CHECK_EQUAL(seen.objects_cleaned, 0);
    testkit_close(file);
    CHECK_EQUAL(seen.objects_destroyed, 1);
    end();
}

static void stops_when_the_handle_is_no_file(void)
{
    begin();
    (void)WdfFileObjectGetFileName((WDFFILEOBJECT)device);
}

const struct nt_case nt_cases[] = {
    CASE(each_open_file_has_one_create_one_cleanup_and_one_close),
    CASE(failed_create_ends_the_file_object_and_calls_neither_cleanup_nor_close),
    CASE(create_may_be_answered_later),
    CASE(create_that_nobody_handles_succeeds),
    CASE(device_that_wants_no_file_objects_has_none),
    CASE(cleanup_cancels_what_waits_for_that_file_only),
    CASE(close_comes_when_the_driver_has_ended_its_requests_of_the_file),
    CASE(create_goes_to_the_queue_that_is_for_it),
    CASE(surprise_removal_does_not_spare_cleanup_and_close),
    CASE(name_is_what_follows_the_device),
    CASE(many_open_and_close_at_the_same_time),
    CASE(each_allocation_of_an_open_may_fail),
    CASE(filter_that_says_nothing_about_files_passes_them_on),
    CASE(driver_cannot_delete_a_file_object),
    STOPS(stops_when_the_handle_is_no_file, "WdfFileObjectGetFileName"),
    CASES_END,
};
