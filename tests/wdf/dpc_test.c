/* SPDX-License-Identifier: MIT */
/*
 * WDFDPC.
 */
#include "case_signal.h"

static struct
{
    WDF_OBJECT_ATTRIBUTES device_attributes;
    WDFDEVICE device;
    struct case_signal ran;
    LONG calls;
    LONG inside;
    LONG cleanups;
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
    wdf_case_load(DeviceAdd);
    return wdf_case_start();
}

static struct testkit_device *start(void)
{
    return start_with(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeInheritFromParent);
}

static void finish(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    case_signal_free(&made.ran);
}

static EVT_WDF_OBJECT_CONTEXT_CLEANUP CountCleanup;

static VOID CountCleanup(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    CHECK_EQUAL(made.inside, 0);
    made.cleanups++;
}

static NTSTATUS create(PFN_WDF_DPC function, BOOLEAN serialised, WDFOBJECT parent, WDFDPC *ret_dpc)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_DPC_CONFIG config;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = parent;
    attributes.EvtCleanupCallback = CountCleanup;
    WDF_DPC_CONFIG_INIT(&config, function);
    config.AutomaticSerialization = serialised;
    return WdfDpcCreate(&config, &attributes, ret_dpc);
}

static EVT_WDF_DPC Ran;

static VOID Ran(WDFDPC Dpc)
{
    UNREFERENCED_PARAMETER(Dpc);
    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    InterlockedIncrement(&made.inside);
    InterlockedIncrement(&made.calls);
    InterlockedDecrement(&made.inside);
    case_signal_give(&made.ran);
}

static void create_checks_what_it_is_given(void)
{
    struct testkit_device *device = start();
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_DPC_CONFIG config;
    WDFDPC dpc;

    wdf_case_tolerate("V46");
    WDF_DPC_CONFIG_INIT(&config, Ran);
    CHECK_STATUS(WdfDpcCreate(&config, WDF_NO_OBJECT_ATTRIBUTES, &dpc), STATUS_WDF_PARENT_NOT_SPECIFIED);
    CHECK(dpc == NULL);
    CHECK_STATUS(create(Ran, FALSE, NULL, &dpc), STATUS_WDF_PARENT_NOT_SPECIFIED);
    CHECK_STATUS(create(Ran, FALSE, WdfGetDriver(), &dpc), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(create(NULL, FALSE, made.device, &dpc), STATUS_INVALID_PARAMETER);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = made.device;
    attributes.ExecutionLevel = WdfExecutionLevelDispatch;
    CHECK_STATUS(WdfDpcCreate(&config, &attributes, &dpc), STATUS_WDF_EXECUTION_LEVEL_INVALID);
    attributes.ExecutionLevel = WdfExecutionLevelInheritFromParent;
    config.Size = 0;
    CHECK_STATUS(WdfDpcCreate(&config, &attributes, &dpc), STATUS_INFO_LENGTH_MISMATCH);
    finish(device);
}

static void serialisation_needs_a_dispatch_lock(void)
{
    struct testkit_device *device = start_with(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WDFDPC dpc;

    CHECK_STATUS(create(Ran, TRUE, made.device, &dpc), STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL);
    CHECK_STATUS(create(Ran, FALSE, made.device, &dpc), STATUS_SUCCESS);
    finish(device);
}

static void create_without_memory(void)
{
    WDFDPC dpc;
    NTSTATUS status = create(Ran, TRUE, made.device, &dpc);

    CHECK(status == STATUS_SUCCESS || (status == STATUS_INSUFFICIENT_RESOURCES && dpc == NULL));
}

static void creation_survives_each_failing_allocation(void)
{
    struct testkit_device *device = start();

    nt_fail_each_allocation(create_without_memory);
    finish(device);
}

static void call_that_is_queued_already_runs_once(void)
{
    struct testkit_device *device = start();
    KIRQL before;
    WDFDPC dpc;

    CHECK_STATUS(create(Ran, FALSE, made.device, &dpc), STATUS_SUCCESS);
    CHECK(WdfDpcGetParentObject(dpc) == (WDFOBJECT)made.device);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    CHECK(WdfDpcEnqueue(dpc));
    CHECK(!WdfDpcEnqueue(dpc));
    CHECK(WdfDpcWdmGetDpc(dpc)->DpcData != NULL);
    KeLowerIrql(before);
    case_signal_take(&made.ran);
    CHECK_EQUAL(made.calls, 1);
    CHECK(WdfDpcEnqueue(dpc));
    case_signal_take(&made.ran);
    finish(device);
}

static void cancel_says_whether_the_call_was_queued(void)
{
    struct testkit_device *device = start();
    KIRQL before;
    WDFDPC dpc;

    CHECK_STATUS(create(Ran, FALSE, made.device, &dpc), STATUS_SUCCESS);
    CHECK(!WdfDpcCancel(dpc, FALSE));
    CHECK(!WdfDpcCancel(dpc, TRUE));
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    CHECK(WdfDpcEnqueue(dpc));
    CHECK(WdfDpcCancel(dpc, FALSE));
    CHECK(!WdfDpcCancel(dpc, FALSE));
    KeLowerIrql(before);
    CHECK(!WdfDpcCancel(dpc, TRUE));
    CHECK_EQUAL(made.calls, 0);
    finish(device);
}

static void enqueue_often(void *argument)
{
    for (int round = 0; round < 20; round++)
    {
        (void)WdfDpcEnqueue((WDFDPC)argument);
    }
}

static void cancel_that_waits_leaves_nothing_running(void)
{
    struct testkit_device *device = start();
    struct nt_thread *threads[2];
    LONG calls;
    WDFDPC dpc;

    CHECK_STATUS(create(Ran, FALSE, made.device, &dpc), STATUS_SUCCESS);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(enqueue_often, dpc);
    }
    for (int round = 0; round < 10; round++)
    {
        (void)WdfDpcCancel(dpc, TRUE);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    (void)WdfDpcCancel(dpc, TRUE);
    CHECK_EQUAL(made.inside, 0);
    calls = made.calls;
    CHECK(!WdfDpcCancel(dpc, TRUE));
    CHECK_EQUAL(made.calls, calls);
    finish(device);
}

static EVT_WDF_DPC OneAtATime;

static VOID OneAtATime(WDFDPC Dpc)
{
    UNREFERENCED_PARAMETER(Dpc);
    CHECK_EQUAL(InterlockedIncrement(&made.inside), 1);
    CHECK_EQUAL(InterlockedDecrement(&made.inside), 0);
}

static void serialised_calls_of_a_device_run_one_at_a_time(void)
{
    struct testkit_device *device = start_with(WdfExecutionLevelDispatch, WdfSynchronizationScopeDevice);
    struct nt_thread *threads[3];
    WDFDPC dpcs[3];

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        CHECK_STATUS(create(OneAtATime, TRUE, made.device, &dpcs[index]), STATUS_SUCCESS);
        threads[index] = nt_thread_start(enqueue_often, dpcs[index]);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    finish(device);
    CHECK_EQUAL(made.cleanups, 3);
}

static void deletion_takes_back_what_is_queued(void)
{
    struct testkit_device *device = start();
    struct nt_thread *thread;
    WDFDPC dpc;

    CHECK_STATUS(create(Ran, FALSE, made.device, &dpc), STATUS_SUCCESS);
    thread = nt_thread_start(enqueue_often, dpc);
    nt_thread_join(thread);
    WdfObjectDelete(dpc);
    CHECK_EQUAL(made.cleanups, 1);
    finish(device);
}

const struct nt_case nt_cases[] = {
    CASE(create_checks_what_it_is_given),
    CASE(serialisation_needs_a_dispatch_lock),
    CASE(creation_survives_each_failing_allocation),
    CASE(call_that_is_queued_already_runs_once),
    CASE(cancel_says_whether_the_call_was_queued),
    CASE(cancel_that_waits_leaves_nothing_running),
    CASE(serialised_calls_of_a_device_run_one_at_a_time),
    CASE(deletion_takes_back_what_is_queued),
    CASES_END,
};
