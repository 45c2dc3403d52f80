/* SPDX-License-Identifier: MIT */
/*
 * WDFWORKITEM.
 */
#include "case_signal.h"

static struct
{
    WDF_OBJECT_ATTRIBUTES device_attributes;
    WDFDEVICE device;
    WDFWORKITEM item;
    struct case_signal ran;
    struct case_signal go_on;
    LONG calls;
    LONG inside;
    LONG cleanups;
    LONG destroys;
} made;

static EVT_WDF_DRIVER_DEVICE_ADD DeviceAdd;

static NTSTATUS DeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    return WdfDeviceCreate(&DeviceInit, &made.device_attributes, &made.device);
}

static struct testkit_device *start_with(WDF_EXECUTION_LEVEL level, WDF_SYNCHRONIZATION_SCOPE scope)
{
    RtlZeroMemory(&made, sizeof(made));
    WDF_OBJECT_ATTRIBUTES_INIT(&made.device_attributes);
    made.device_attributes.ExecutionLevel = level;
    made.device_attributes.SynchronizationScope = scope;
    case_signal_make(&made.ran);
    case_signal_make(&made.go_on);
    wdf_case_load(DeviceAdd);
    return wdf_case_start();
}

static struct testkit_device *start(void)
{
    return start_with(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeInheritFromParent);
}

static void end(void)
{
    wdf_case_unload();
    case_signal_free(&made.ran);
    case_signal_free(&made.go_on);
}

static void finish(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    end();
}

static EVT_WDF_OBJECT_CONTEXT_CLEANUP CountCleanup;
static EVT_WDF_OBJECT_CONTEXT_DESTROY CountDestroy;

static VOID CountCleanup(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    InterlockedIncrement(&made.cleanups);
}

static VOID CountDestroy(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    InterlockedIncrement(&made.destroys);
}

static NTSTATUS create(PFN_WDF_WORKITEM function, BOOLEAN serialised, WDFOBJECT parent, WDFWORKITEM *ret_item)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WORKITEM_CONFIG config;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = parent;
    attributes.EvtCleanupCallback = CountCleanup;
    attributes.EvtDestroyCallback = CountDestroy;
    WDF_WORKITEM_CONFIG_INIT(&config, function);
    config.AutomaticSerialization = serialised;
    return WdfWorkItemCreate(&config, &attributes, ret_item);
}

static WDFWORKITEM make_item(PFN_WDF_WORKITEM function)
{
    WDFWORKITEM item;

    CHECK_STATUS(create(function, FALSE, made.device, &item), STATUS_SUCCESS);
    return item;
}

static EVT_WDF_WORKITEM Ran;

static VOID Ran(WDFWORKITEM WorkItem)
{
    UNREFERENCED_PARAMETER(WorkItem);
#if !defined(DMF_USER_MODE)
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
#endif
    InterlockedIncrement(&made.calls);
    case_signal_give(&made.ran);
}

static void create_checks_what_it_is_given(void)
{
    struct testkit_device *device = start();
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WORKITEM_CONFIG config;
    WDFWORKITEM item;

    wdf_case_tolerate("V46");
    WDF_WORKITEM_CONFIG_INIT(&config, Ran);
    CHECK_STATUS(WdfWorkItemCreate(&config, WDF_NO_OBJECT_ATTRIBUTES, &item), STATUS_WDF_PARENT_NOT_SPECIFIED);
    CHECK(item == NULL);
    CHECK_STATUS(create(Ran, FALSE, NULL, &item), STATUS_WDF_PARENT_NOT_SPECIFIED);
    CHECK_STATUS(create(Ran, FALSE, WdfGetDriver(), &item), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(create(NULL, FALSE, made.device, &item), STATUS_INVALID_PARAMETER);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = made.device;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    CHECK_STATUS(WdfWorkItemCreate(&config, &attributes, &item), STATUS_WDF_EXECUTION_LEVEL_INVALID);
    attributes.ExecutionLevel = WdfExecutionLevelInheritFromParent;
    config.Size++;
    CHECK_STATUS(WdfWorkItemCreate(&config, &attributes, &item), STATUS_INFO_LENGTH_MISMATCH);
    CHECK(item == NULL);
    finish(device);
}

static void serialisation_needs_a_passive_lock(void)
{
    struct testkit_device *device = start_with(WdfExecutionLevelDispatch, WdfSynchronizationScopeDevice);
    WDFWORKITEM item;

#if defined(DMF_USER_MODE)
    CHECK_STATUS(create(Ran, TRUE, made.device, &item), STATUS_SUCCESS);
#else
    CHECK_STATUS(create(Ran, TRUE, made.device, &item), STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL);
#endif
    CHECK_STATUS(create(Ran, FALSE, made.device, &item), STATUS_SUCCESS);
    finish(device);
}

static void create_without_memory(void)
{
    WDFWORKITEM item;
    NTSTATUS status = create(Ran, TRUE, made.device, &item);

    CHECK(status == STATUS_SUCCESS || (status == STATUS_INSUFFICIENT_RESOURCES && item == NULL));
}

static void creation_survives_each_failing_allocation(void)
{
    struct testkit_device *device = start();

    nt_fail_each_allocation(create_without_memory);
    finish(device);
    CHECK_EQUAL(made.cleanups, made.destroys);
}

static void enqueued_item_runs_and_tells_its_parent(void)
{
    struct testkit_device *device = start();
    WDFWORKITEM item = make_item(Ran);

    CHECK(WdfWorkItemGetParentObject(item) == (WDFOBJECT)made.device);
    for (int round = 0; round < 3; round++)
    {
        WdfWorkItemEnqueue(item);
        case_signal_take(&made.ran);
    }
    WdfWorkItemFlush(item);
    CHECK_EQUAL(made.calls, 3);
    finish(device);
}

static EVT_WDF_WORKITEM WaitInside;

static VOID WaitInside(WDFWORKITEM WorkItem)
{
    UNREFERENCED_PARAMETER(WorkItem);
    InterlockedIncrement(&made.inside);
    case_signal_give(&made.ran);
    case_signal_take(&made.go_on);
    InterlockedIncrement(&made.calls);
    InterlockedDecrement(&made.inside);
}

static void item_enqueued_while_it_runs_runs_again_and_overlaps(void)
{
    struct testkit_device *device = start();
    WDFWORKITEM item = make_item(WaitInside);

    WdfWorkItemEnqueue(item);
    case_signal_take(&made.ran);
    WdfWorkItemEnqueue(item);
    case_signal_take(&made.ran);
    CHECK_EQUAL(made.inside, 2);
    case_signal_give(&made.go_on);
    case_signal_give(&made.go_on);
    WdfWorkItemFlush(item);
    CHECK_EQUAL(made.calls, 2);
    CHECK_EQUAL(made.inside, 0);
    finish(device);
}

static void serialised_item_does_not_overlap_itself(void)
{
    struct testkit_device *device = start_with(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WDFWORKITEM item;

    CHECK_STATUS(create(WaitInside, TRUE, made.device, &item), STATUS_SUCCESS);
    WdfWorkItemEnqueue(item);
    case_signal_take(&made.ran);
    WdfWorkItemEnqueue(item);
    CHECK_EQUAL(made.inside, 1);
    case_signal_give(&made.go_on);
    case_signal_take(&made.ran);
    CHECK_EQUAL(made.inside, 1);
    case_signal_give(&made.go_on);
    WdfWorkItemFlush(item);
    CHECK_EQUAL(made.calls, 2);
    finish(device);
}

static EVT_WDF_WORKITEM Nothing;

static VOID Nothing(WDFWORKITEM WorkItem)
{
    UNREFERENCED_PARAMETER(WorkItem);
    InterlockedIncrement(&made.calls);
}

static void item_that_is_queued_already_runs_once(void)
{
    struct testkit_device *device = start_with(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WDFWORKITEM item;
    LONG calls;

    CHECK_STATUS(create(Nothing, FALSE, made.device, &item), STATUS_SUCCESS);
    for (int round = 0; round < 100; round++)
    {
        WdfWorkItemEnqueue(item);
    }
    WdfWorkItemFlush(item);
    calls = made.calls;
    CHECK(calls >= 1 && calls <= 100);
    finish(device);
}

static void flush_of_an_idle_item_returns(void)
{
    struct testkit_device *device = start();
    WDFWORKITEM item = make_item(Nothing);

    WdfWorkItemFlush(item);
    CHECK_EQUAL(made.calls, 0);
    finish(device);
}

static EVT_WDF_WORKITEM FlushItself;

static VOID FlushItself(WDFWORKITEM WorkItem)
{
    BREAKS(V42, WorkItem, "WdfWorkItemFlush", WdfWorkItemFlush(WorkItem));
    SILENT(V42, WdfWorkItemFlush(made.item));
    made.calls++;
}

static void flush_from_its_own_callback_does_not_wait(void)
{
    struct testkit_device *device = start();
    WDFWORKITEM item = make_item(FlushItself);

    made.item = make_item(Nothing);
    WdfWorkItemEnqueue(made.item);
    WdfWorkItemFlush(made.item);
    WdfWorkItemEnqueue(item);
    WdfWorkItemFlush(item);
    CHECK_EQUAL(made.calls, 2);
    finish(device);
}

static void deletion_waits_for_what_is_queued(void)
{
    struct testkit_device *device = start();

    for (LONG round = 1; round <= 20; round++)
    {
        WDFWORKITEM item = make_item(Nothing);

        WdfWorkItemEnqueue(item);
        WdfObjectDelete(item);
        CHECK_EQUAL(made.calls, round);
        CHECK_EQUAL(made.cleanups, round);
    }
    finish(device);
    CHECK_EQUAL(made.destroys, 20);
}

static EVT_WDF_WORKITEM DeleteItself;

static VOID DeleteItself(WDFWORKITEM WorkItem)
{
    WdfObjectDelete(WorkItem);
    CHECK_EQUAL(made.cleanups, 1);
    CHECK_EQUAL(made.destroys, 0);
    CHECK(WdfWorkItemGetParentObject(WorkItem) == (WDFOBJECT)made.device);
    case_signal_give(&made.ran);
    InterlockedIncrement(&made.calls);
}

/* The driver is not gone before the callback has returned and the item is destroyed. */
static void callback_may_delete_its_own_item(void)
{
    struct testkit_device *device = start();

    WdfWorkItemEnqueue(make_item(DeleteItself));
    case_signal_take(&made.ran);
    finish(device);
    CHECK_EQUAL(made.calls, 1);
    CHECK_EQUAL(made.cleanups, 1);
    CHECK_EQUAL(made.destroys, 1);
}

static EVT_WDF_WORKITEM EnqueueAgain;

static VOID EnqueueAgain(WDFWORKITEM WorkItem)
{
    if (InterlockedIncrement(&made.calls) < 200)
    {
        WdfWorkItemEnqueue(WorkItem);
    }
}

static void flush_waits_for_what_the_callback_enqueues(void)
{
    struct testkit_device *device = start();
    WDFWORKITEM item = make_item(EnqueueAgain);

    WdfWorkItemEnqueue(item);
    WdfWorkItemFlush(item);
    CHECK_EQUAL(made.calls, 200);
    finish(device);
}

static void removal_of_the_device_waits_for_its_items(void)
{
    struct testkit_device *device = start();
    WDFWORKITEM item = make_item(EnqueueAgain);

    WdfWorkItemEnqueue(item);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK(made.calls >= 1);
    CHECK_EQUAL(made.cleanups, 1);
    CHECK_EQUAL(made.destroys, 1);
    end();
}

/*
 * Races.
 */

static void enqueue_often(void *argument)
{
    for (int round = 0; round < 30; round++)
    {
        WdfWorkItemEnqueue((WDFWORKITEM)argument);
    }
}

static void flush_often(void *argument)
{
    for (int round = 0; round < 10; round++)
    {
        WdfWorkItemFlush((WDFWORKITEM)argument);
    }
}

static void enqueues_and_flushes_on_several_threads_end_in_rest(void)
{
    struct testkit_device *device = start();
    WDFWORKITEM item = make_item(Nothing);
    struct nt_thread *threads[4];
    LONG calls;

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(index % 2 == 0 ? enqueue_often : flush_often, item);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    WdfWorkItemFlush(item);
    calls = made.calls;
    WdfWorkItemEnqueue(item);
    WdfWorkItemFlush(item);
    CHECK_EQUAL(made.calls, calls + 1);
    WdfObjectDelete(item);
    finish(device);
}

static void call_of_a_lost_enqueue_is_none(void)
{
    struct testkit_device *device = start();
    WDFWORKITEM item = make_item(Nothing);

    for (LONG round = 1; round <= 30; round++)
    {
        WdfWorkItemEnqueue(item);
        WdfWorkItemFlush(item);
        CHECK_EQUAL(made.calls, round);
    }
    finish(device);
}

const struct nt_case nt_cases[] = {
    CASE(create_checks_what_it_is_given),
    CASE(serialisation_needs_a_passive_lock),
    CASE(creation_survives_each_failing_allocation),
    CASE(enqueued_item_runs_and_tells_its_parent),
    CASE(item_enqueued_while_it_runs_runs_again_and_overlaps),
    CASE(serialised_item_does_not_overlap_itself),
    CASE(item_that_is_queued_already_runs_once),
    CASE(flush_of_an_idle_item_returns),
    CASE(flush_from_its_own_callback_does_not_wait),
    CASE(deletion_waits_for_what_is_queued),
    CASE(callback_may_delete_its_own_item),
    CASE(flush_waits_for_what_the_callback_enqueues),
    CASE(removal_of_the_device_waits_for_its_items),
    CASE(enqueues_and_flushes_on_several_threads_end_in_rest),
    CASE(call_of_a_lost_enqueue_is_none),
    CASES_END,
};
