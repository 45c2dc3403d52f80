/* SPDX-License-Identifier: MIT */
/*
 * Remote targets: opening, closing, and what happens to the device behind one.
 */
#include "wdf_case.h"

#include <string.h>

#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

DECLARE_CONST_UNICODE_STRING(link_name, L"\\??\\TargetCase");
#if defined(DMF_USER_MODE)
DECLARE_CONST_UNICODE_STRING(target_name, L"\\\\.\\TargetCase");
DECLARE_CONST_UNICODE_STRING(missing_name, L"\\\\.\\NoSuchTarget");
#else
DECLARE_CONST_UNICODE_STRING(target_name, L"\\??\\TargetCase");
DECLARE_CONST_UNICODE_STRING(missing_name, L"\\??\\NoSuchTarget");
#endif

static const GUID target_class = {0x6C4B9B6E, 0x2F1D, 0x4C0B, {0x9A, 0x55, 1, 2, 3, 4, 5, 6}};

static struct
{
    /* The device that has the targets, and the device that they open. */
    WDFDEVICE owner;
    WDFDEVICE other;
    struct testkit_device *owner_started;
    struct testkit_device *other_started;
    WDFQUEUE queue;
    WDFIOTARGET target;
    BOOLEAN keeps;
    /* Keeps a request in the driver's hands, where nothing cancels it. */
    BOOLEAN holds;
    WDFREQUEST held;
    BOOLEAN makes_other;
    NTSTATUS create_status;
    LONG opened;
    LONG closed;
    LONG received;
    LONG completed;
    NTSTATUS status;
    /* What the target's callbacks do, and what came. */
    NTSTATUS veto;
    LONG queries;
    LONG cancels;
    LONG completes;
} remote;

static VOID take(WDFQUEUE queue, WDFREQUEST request, size_t output_length, size_t input_length, ULONG code)
{
    UNREFERENCED_PARAMETER(output_length);
    UNREFERENCED_PARAMETER(input_length);
    UNREFERENCED_PARAMETER(code);
    (void)InterlockedIncrement(&remote.received);
    if (remote.holds)
    {
        remote.held = request;
        return;
    }
    if (remote.keeps)
    {
        CHECK_STATUS(WdfRequestForwardToIoQueue(request, remote.queue), STATUS_SUCCESS);
        return;
    }
    UNREFERENCED_PARAMETER(queue);
    WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 0);
}

static VOID on_create(WDFDEVICE device, WDFREQUEST request, WDFFILEOBJECT file)
{
    UNREFERENCED_PARAMETER(device);
    UNREFERENCED_PARAMETER(file);
    if (NT_SUCCESS(remote.create_status))
    {
        (void)InterlockedIncrement(&remote.opened);
    }
    WdfRequestComplete(request, remote.create_status);
}

static VOID on_close(WDFFILEOBJECT file)
{
    UNREFERENCED_PARAMETER(file);
    (void)InterlockedIncrement(&remote.closed);
}

static NTSTATUS add_other(PWDFDEVICE_INIT init)
{
    WDF_FILEOBJECT_CONFIG files;
    WDF_IO_QUEUE_CONFIG config;
    NTSTATUS status;

    WDF_FILEOBJECT_CONFIG_INIT(&files, on_create, on_close, WDF_NO_EVENT_CALLBACK);
    WdfDeviceInitSetFileObjectConfig(init, &files, WDF_NO_OBJECT_ATTRIBUTES);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &remote.other);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(remote.other, &link_name), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceCreateDeviceInterface(remote.other, &target_class, NULL), STATUS_SUCCESS);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = take;
    CHECK_STATUS(WdfIoQueueCreate(remote.other, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE), STATUS_SUCCESS);
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(remote.other, &config, WDF_NO_OBJECT_ATTRIBUTES, &remote.queue);
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    UNREFERENCED_PARAMETER(driver);
    return remote.makes_other ? add_other(init) : WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &remote.owner);
}

static void start_other(void)
{
    remote.makes_other = TRUE;
    CHECK_STATUS(testkit_start(wdf_case_driver, "other", &remote.other_started), STATUS_SUCCESS);
    remote.makes_other = FALSE;
}

static void set_up(void)
{
    memset(&remote, 0, sizeof(remote));
    wdf_case_load(add_device);
    start_other();
    CHECK_STATUS(testkit_start(wdf_case_driver, "owner", &remote.owner_started), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoTargetCreate(remote.owner, WDF_NO_OBJECT_ATTRIBUTES, &remote.target), STATUS_SUCCESS);
}

static void tear_down(void)
{
    CHECK_STATUS(testkit_remove(remote.owner_started), STATUS_SUCCESS);
    if (remote.other_started != NULL)
    {
        CHECK_STATUS(testkit_remove(remote.other_started), STATUS_SUCCESS);
    }
    CHECK_EQUAL(remote.opened, remote.closed);
    wdf_case_unload();
}

static NTSTATUS open_it(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&params, &target_name, GENERIC_READ | GENERIC_WRITE);
    return WdfIoTargetOpen(remote.target, &params);
}

static NTSTATUS reopen_it(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    WDF_IO_TARGET_OPEN_PARAMS_INIT_REOPEN(&params);
    return WdfIoTargetOpen(remote.target, &params);
}

static NTSTATUS control(void)
{
    return WdfIoTargetSendIoctlSynchronously(remote.target, NULL, CODE, NULL, NULL, NULL, NULL);
}

static VOID note_end(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    UNREFERENCED_PARAMETER(target);
    UNREFERENCED_PARAMETER(context);
    remote.status = params->IoStatus.Status;
    (void)InterlockedIncrement(&remote.completed);
    WdfObjectDelete(request);
}

static BOOLEAN send_one(void)
{
    WDFREQUEST request;

    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, remote.target, &request), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(remote.target, request, CODE, NULL, NULL, NULL, NULL), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_end, NULL);
    if (!WdfRequestSend(request, remote.target, WDF_NO_SEND_OPTIONS))
    {
        remote.status = WdfRequestGetStatus(request);
        WdfObjectDelete(request);
        return FALSE;
    }
    return TRUE;
}

/*
 * Creation.
 */

static void target_begins_closed_and_sends_nothing(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFIOTARGET second;

    set_up();
    wdf_case_tolerate("V51");
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    CHECK(WdfIoTargetGetDevice(remote.target) == remote.owner);
    CHECK_STATUS(control(), STATUS_INVALID_DEVICE_STATE);
    CHECK(WdfIoTargetWdmGetTargetFileHandle(remote.target) == NULL);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = remote.other;
    CHECK_STATUS(WdfIoTargetCreate(remote.owner, &attributes, &second), STATUS_INVALID_DEVICE_REQUEST);
    CHECK(second == NULL);
    attributes.ParentObject = remote.target;
    CHECK_STATUS(WdfIoTargetCreate(remote.owner, &attributes, &second), STATUS_SUCCESS);
    WdfObjectDelete(remote.target);
    tear_down();
}

static void started_target_with_nothing_open_refuses_and_can_be_opened(void)
{
    set_up();
    wdf_case_tolerate("V51");
    CHECK_STATUS(WdfIoTargetStart(remote.target), STATUS_SUCCESS);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetStarted);
    CHECK_STATUS(control(), STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    tear_down();
}

/*
 * Opening.
 */

static void target_is_opened_by_name_used_and_closed(void)
{
    set_up();
    wdf_case_tolerate("V51");
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK_EQUAL(remote.opened, 1);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetStarted);
    CHECK(WdfIoTargetWdmGetTargetFileHandle(remote.target) != NULL);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    CHECK_EQUAL(remote.received, 1);
    CHECK_STATUS(open_it(), STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(reopen_it(), STATUS_INVALID_DEVICE_STATE);
    WdfIoTargetClose(remote.target);
    CHECK_EQUAL(remote.closed, 1);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    CHECK(WdfIoTargetWdmGetTargetFileHandle(remote.target) == NULL);
    CHECK_STATUS(control(), STATUS_INVALID_DEVICE_STATE);
    WdfIoTargetClose(remote.target);
    WdfIoTargetCloseForQueryRemove(remote.target);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    tear_down();
}

static void target_is_opened_by_the_link_of_an_interface(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;
    WDF_OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    WDFSTRING string;

    set_up();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = remote.owner;
    CHECK_STATUS(WdfStringCreate(NULL, &attributes, &string), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceRetrieveDeviceInterfaceString(remote.other, &target_class, NULL, string), STATUS_SUCCESS);
    WdfStringGetUnicodeString(string, &name);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&params, &name, GENERIC_READ | GENERIC_WRITE);
    CHECK_STATUS(WdfIoTargetOpen(remote.target, &params), STATUS_SUCCESS);
    WdfObjectDelete(string);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    WdfIoTargetCloseForQueryRemove(remote.target);
    CHECK_STATUS(reopen_it(), STATUS_SUCCESS);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    CHECK_EQUAL(remote.received, 2);
    CHECK_STATUS(testkit_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    CHECK_STATUS(reopen_it(), STATUS_OBJECT_NAME_NOT_FOUND);
    tear_down();
}

static void closed_target_can_be_reopened_by_what_it_remembers(void)
{
    set_up();
    wdf_case_tolerate("V51");
    CHECK_STATUS(reopen_it(), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    WdfIoTargetClose(remote.target);
    CHECK_STATUS(reopen_it(), STATUS_SUCCESS);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    WdfIoTargetCloseForQueryRemove(remote.target);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosedForQueryRemove);
    CHECK_STATUS(control(), STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(reopen_it(), STATUS_SUCCESS);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    WdfIoTargetCloseForQueryRemove(remote.target);
    WdfIoTargetClose(remote.target);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    CHECK_EQUAL(remote.opened, 3);
    tear_down();
}

static void deleting_an_open_target_closes_it(void)
{
    set_up();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    WdfObjectDelete(remote.target);
    CHECK_EQUAL(remote.closed, 1);
    tear_down();
}

static void wrong_parameters_of_an_open_are_refused(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    set_up();
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&params, &target_name, GENERIC_READ);
    params.Size--;
    CHECK_STATUS(WdfIoTargetOpen(remote.target, &params), STATUS_INFO_LENGTH_MISMATCH);
    params.Size++;
    params.Type = WdfIoTargetOpenUndefined;
    CHECK_STATUS(WdfIoTargetOpen(remote.target, &params), STATUS_INVALID_PARAMETER);
    params.Type = (WDF_IO_TARGET_OPEN_TYPE)5;
    CHECK_STATUS(WdfIoTargetOpen(remote.target, &params), STATUS_INVALID_PARAMETER);
    params.Type = WdfIoTargetOpenByName;
    params.TargetDeviceName.Length = 0;
    CHECK_STATUS(WdfIoTargetOpen(remote.target, &params), STATUS_INVALID_PARAMETER);
    params.Type = WdfIoTargetOpenUseExistingDevice;
    CHECK_STATUS(WdfIoTargetOpen(remote.target, &params), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    tear_down();
}

static void failed_open_leaves_the_target_closed(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    set_up();
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&params, &missing_name, GENERIC_READ);
    CHECK_STATUS(WdfIoTargetOpen(remote.target, &params), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    remote.create_status = STATUS_ACCESS_DENIED;
    CHECK_STATUS(open_it(), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    remote.create_status = STATUS_SUCCESS;
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    WdfIoTargetCloseForQueryRemove(remote.target);
    remote.create_status = STATUS_DEVICE_BUSY;
    CHECK_STATUS(reopen_it(), STATUS_DEVICE_BUSY);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    tear_down();
}

static void stops_when_the_local_target_is_opened(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    set_up();
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&params, &target_name, GENERIC_READ);
    (void)WdfIoTargetOpen(WdfDeviceGetIoTarget(remote.owner), &params);
}

static void stops_when_the_local_target_is_closed(void)
{
    set_up();
    WdfIoTargetClose(WdfDeviceGetIoTarget(remote.owner));
}

static void try_to_open(void)
{
    NTSTATUS status = open_it();

    if (NT_SUCCESS(status))
    {
        status = control();
        CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
        WdfIoTargetClose(remote.target);
    }
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
}

static void opening_survives_every_failed_allocation(void)
{
    set_up();
    nt_fail_each_allocation(try_to_open);
    tear_down();
}

/*
 * Requests.
 */

static void close_cancels_what_was_sent_and_waits_for_it(void)
{
    set_up();
    wdf_case_tolerate("V51");
    remote.keeps = TRUE;
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK(send_one());
    CHECK(send_one());
    WdfIoTargetClose(remote.target);
    CHECK_EQUAL(remote.completed, 2);
    CHECK_STATUS(remote.status, STATUS_CANCELLED);
    CHECK(!send_one());
    CHECK_STATUS(remote.status, STATUS_INVALID_DEVICE_STATE);
    tear_down();
}

static void close_ends_what_waits(void)
{
    set_up();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    WdfIoTargetStop(remote.target, WdfIoTargetLeaveSentIoPending);
    CHECK(send_one());
    WdfIoTargetClose(remote.target);
    CHECK_EQUAL(remote.completed, 1);
    CHECK_STATUS(remote.status, STATUS_WDF_DEVICE_REMOVED_NOT_SENT);
    tear_down();
}

static void open_sends_what_waited_in_a_target_without_a_device(void)
{
    set_up();
    CHECK_STATUS(WdfIoTargetStart(remote.target), STATUS_SUCCESS);
    WdfIoTargetStop(remote.target, WdfIoTargetLeaveSentIoPending);
    CHECK(send_one());
    CHECK_EQUAL(remote.completed, 0);
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK_EQUAL(remote.completed, 1);
    CHECK_STATUS(remote.status, STATUS_SUCCESS);
    tear_down();
}

/*
 * The device behind the target.
 */

static void orderly_removal_closes_the_target(void)
{
    set_up();
    remote.keeps = TRUE;
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK(send_one());
    CHECK_STATUS(testkit_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    CHECK_EQUAL(remote.completed, 1);
    CHECK_EQUAL(remote.closed, 1);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    CHECK_STATUS(reopen_it(), STATUS_OBJECT_NAME_NOT_FOUND);
    tear_down();
}

static void target_that_was_opened_again_is_closed_by_the_driver(void)
{
    set_up();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(remote.other_started), STATUS_SUCCESS);
    SILENT(V51, CHECK_STATUS(control(), STATUS_INVALID_DEVICE_STATE));
    start_other();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    WdfIoTargetClose(remote.target);
    BREAKS(V51, remote.target, "WdfIoTargetSendIoctlSynchronously", CHECK_STATUS(control(), STATUS_INVALID_DEVICE_STATE));
    tear_down();
}

static void surprise_removal_closes_the_target(void)
{
    set_up();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_surprise_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    CHECK_EQUAL(remote.closed, 1);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    tear_down();
}

static void removal_that_somebody_vetoes_reopens_the_target(void)
{
    struct testkit_file *file;

    set_up();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_open("\\??\\TargetCase", true, true, &file), STATUS_SUCCESS);
    CHECK(!TESTKIT_SUCCESS(testkit_remove(remote.other_started)));
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetStarted);
    CHECK_EQUAL(remote.opened, 3);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    testkit_close(file);
    tear_down();
}

static NTSTATUS on_query(WDFIOTARGET target)
{
    remote.queries++;
    if (NT_SUCCESS(remote.veto))
    {
        WdfIoTargetCloseForQueryRemove(target);
    }
    return remote.veto;
}

static VOID on_cancelled(WDFIOTARGET target)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    remote.cancels++;
    WDF_IO_TARGET_OPEN_PARAMS_INIT_REOPEN(&params);
    if (WdfIoTargetGetState(target) == WdfIoTargetClosedForQueryRemove)
    {
        CHECK_STATUS(WdfIoTargetOpen(target, &params), STATUS_SUCCESS);
    }
}

static VOID on_complete(WDFIOTARGET target)
{
    remote.completes++;
    WdfIoTargetClose(target);
}

static NTSTATUS open_with_callbacks(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&params, &target_name, GENERIC_READ | GENERIC_WRITE);
    params.EvtIoTargetQueryRemove = on_query;
    params.EvtIoTargetRemoveCanceled = on_cancelled;
    params.EvtIoTargetRemoveComplete = on_complete;
    return WdfIoTargetOpen(remote.target, &params);
}

static void driver_is_asked_told_and_closes_the_target_itself(void)
{
    set_up();
    CHECK_STATUS(open_with_callbacks(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    CHECK_EQUAL(remote.queries, 1);
    CHECK_EQUAL(remote.cancels, 0);
    CHECK_EQUAL(remote.completes, 1);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    tear_down();
}

static void driver_that_refuses_keeps_the_device(void)
{
    set_up();
    remote.veto = STATUS_DEVICE_BUSY;
    CHECK_STATUS(open_with_callbacks(), STATUS_SUCCESS);
    CHECK(!TESTKIT_SUCCESS(testkit_remove(remote.other_started)));
    CHECK_EQUAL(remote.queries, 1);
    CHECK_EQUAL(remote.completes, 0);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    remote.veto = STATUS_SUCCESS;
    tear_down();
}

static void driver_reopens_when_the_removal_is_cancelled(void)
{
    struct testkit_file *file;

    set_up();
    CHECK_STATUS(open_with_callbacks(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_open("\\??\\TargetCase", true, true, &file), STATUS_SUCCESS);
    CHECK(!TESTKIT_SUCCESS(testkit_remove(remote.other_started)));
    CHECK_EQUAL(remote.queries, 1);
    CHECK_EQUAL(remote.cancels, 1);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    testkit_close(file);
    tear_down();
}

static void driver_hears_of_a_surprise_only_that_it_is_over(void)
{
    set_up();
    CHECK_STATUS(open_with_callbacks(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_surprise_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    CHECK_EQUAL(remote.queries, 0);
    CHECK_EQUAL(remote.completes, 1);
    tear_down();
}

static void closed_target_hears_nothing(void)
{
    set_up();
    CHECK_STATUS(open_with_callbacks(), STATUS_SUCCESS);
    WdfIoTargetClose(remote.target);
    CHECK_STATUS(testkit_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    CHECK_EQUAL(remote.queries + remote.cancels + remote.completes, 0);
    tear_down();
}

/*
 * Races.
 */

static void open_and_close(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 3; round++)
    {
        NTSTATUS status = open_it();

        CHECK(status == STATUS_SUCCESS || status == STATUS_INVALID_DEVICE_STATE);
        if (NT_SUCCESS(status))
        {
            (void)send_one();
        }
        WdfIoTargetClose(remote.target);
    }
}

static void opens_and_closes_that_race_are_one_at_a_time(void)
{
    struct nt_thread *first;
    struct nt_thread *second;

    set_up();
    wdf_case_tolerate("V51");
    remote.keeps = TRUE;
    first = nt_thread_start(open_and_close, NULL);
    second = nt_thread_start(open_and_close, NULL);
    nt_thread_join(first);
    nt_thread_join(second);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    CHECK_EQUAL(remote.opened, remote.closed);
    tear_down();
}

static void close_it(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfIoTargetClose(remote.target);
}

static void removal_that_races_with_a_close_ends_with_the_target_closed(void)
{
    struct nt_thread *closer;

    set_up();
    CHECK_STATUS(open_with_callbacks(), STATUS_SUCCESS);
    CHECK(send_one());
    closer = nt_thread_start(close_it, NULL);
    CHECK_STATUS(testkit_surprise_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    nt_thread_join(closer);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    tear_down();
}

static void delete_it(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfObjectDelete(remote.target);
}

static void removal_that_races_with_the_deletion_of_the_target_waits_for_it(void)
{
    struct nt_thread *deleter;

    set_up();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    deleter = nt_thread_start(delete_it, NULL);
    CHECK_STATUS(testkit_surprise_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    nt_thread_join(deleter);
    tear_down();
}

/*
 * The driver starts the target while another of its threads closes it: the target is started with nothing open, and the way to what
 * is being closed stays shut.
 */
static void start_during_a_close_opens_no_way_to_what_is_being_closed(void)
{
    struct nt_thread *closer;

    set_up();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    remote.holds = TRUE;
    CHECK(send_one());
    closer = nt_thread_start(close_it, NULL);
    while (WdfIoTargetGetState(remote.target) != WdfIoTargetClosed)
    {
        wdf_case_pass_ms(1);
    }
    CHECK_STATUS(WdfIoTargetStart(remote.target), STATUS_SUCCESS);
    CHECK(!send_one());
    CHECK_STATUS(remote.status, STATUS_INVALID_DEVICE_STATE);
    CHECK_EQUAL(remote.received, 1);
    WdfRequestComplete(remote.held, STATUS_SUCCESS);
    nt_thread_join(closer);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetStarted);
    CHECK(!send_one());
    remote.holds = FALSE;
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    CHECK_STATUS(control(), STATUS_SUCCESS);
    tear_down();
}

static void open_anew(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    if (NT_SUCCESS(open_it()))
    {
        WdfIoTargetClose(remote.target);
    }
}

/* Who opens something else ends what is heard of the old device, whose removal may be telling of it at this moment. */
static void new_open_after_a_queried_removal_races_the_removal(void)
{
    struct nt_thread *opener;

    set_up();
    CHECK_STATUS(open_it(), STATUS_SUCCESS);
    WdfIoTargetCloseForQueryRemove(remote.target);
    opener = nt_thread_start(open_anew, NULL);
    CHECK_STATUS(testkit_surprise_remove(remote.other_started), STATUS_SUCCESS);
    remote.other_started = NULL;
    nt_thread_join(opener);
    CHECK_EQUAL(WdfIoTargetGetState(remote.target), WdfIoTargetClosed);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(target_begins_closed_and_sends_nothing),
    CASE(started_target_with_nothing_open_refuses_and_can_be_opened),
    CASE(target_is_opened_by_name_used_and_closed),
    CASE(target_is_opened_by_the_link_of_an_interface),
    CASE(closed_target_can_be_reopened_by_what_it_remembers),
    CASE(deleting_an_open_target_closes_it),
    CASE(wrong_parameters_of_an_open_are_refused),
    CASE(failed_open_leaves_the_target_closed),
    STOPS(stops_when_the_local_target_is_opened, "WDF_VIOLATION"),
    STOPS(stops_when_the_local_target_is_closed, "WDF_VIOLATION"),
    CASE(opening_survives_every_failed_allocation),
    CASE(close_cancels_what_was_sent_and_waits_for_it),
    CASE(close_ends_what_waits),
    CASE(open_sends_what_waited_in_a_target_without_a_device),
    CASE(orderly_removal_closes_the_target),
    CASE(target_that_was_opened_again_is_closed_by_the_driver),
    CASE(surprise_removal_closes_the_target),
    CASE(removal_that_somebody_vetoes_reopens_the_target),
    CASE(driver_is_asked_told_and_closes_the_target_itself),
    CASE(driver_that_refuses_keeps_the_device),
    CASE(driver_reopens_when_the_removal_is_cancelled),
    CASE(driver_hears_of_a_surprise_only_that_it_is_over),
    CASE(closed_target_hears_nothing),
    CASE(opens_and_closes_that_race_are_one_at_a_time),
    CASE(removal_that_races_with_a_close_ends_with_the_target_closed),
    CASE(removal_that_races_with_the_deletion_of_the_target_waits_for_it),
    CASE(start_during_a_close_opens_no_way_to_what_is_being_closed),
    CASE(new_open_after_a_queried_removal_races_the_removal),
    CASES_END,
};
