/* SPDX-License-Identifier: MIT */
/*
 * Execution levels, synchronization scopes, and the lock that drivers share with their callbacks.
 */
#include "wdf_case.h"

static struct
{
    WDF_OBJECT_ATTRIBUTES device_attributes;
    WDFDEVICE device;
} made;

static EVT_WDF_DRIVER_DEVICE_ADD DeviceAdd;

static NTSTATUS DeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    (void)Driver;
    return WdfDeviceCreate(&DeviceInit, &made.device_attributes, &made.device);
}

/* Starts a device of the given level and scope. */
static struct testkit_device *start(WDF_EXECUTION_LEVEL level, WDF_SYNCHRONIZATION_SCOPE scope)
{
    WDF_OBJECT_ATTRIBUTES_INIT(&made.device_attributes);
    made.device_attributes.ExecutionLevel = level;
    made.device_attributes.SynchronizationScope = scope;
    wdf_case_load(DeviceAdd);
    return wdf_case_start();
}

static void finish(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static NTSTATUS make_queue(WDF_EXECUTION_LEVEL level, WDF_SYNCHRONIZATION_SCOPE scope, WDFQUEUE *ret_queue)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = level;
    attributes.SynchronizationScope = scope;
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(made.device, &config, &attributes, ret_queue);
}

#if defined(DMF_USER_MODE)
/* The user flavour knows one level only, and cannot ask. */
#define CHECK_PASSIVE_INSIDE() (void)0
#define CHECK_DISPATCH_INSIDE() (void)0
#define CHECK_OUTSIDE() (void)0
#else
#define CHECK_PASSIVE_INSIDE() CHECK(KeGetCurrentIrql() == PASSIVE_LEVEL && KeAreApcsDisabled())
#define CHECK_DISPATCH_INSIDE() CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL)
#define CHECK_OUTSIDE() CHECK(KeGetCurrentIrql() == PASSIVE_LEVEL && !KeAreApcsDisabled())
#endif

static void passive_lock_is_a_critical_region_at_passive_level(void)
{
    struct testkit_device *device = start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);

    WdfObjectAcquireLock(made.device);
    CHECK_PASSIVE_INSIDE();
    WdfObjectReleaseLock(made.device);
    CHECK_OUTSIDE();
    finish(device);
}

static void dispatch_lock_raises_until_it_is_released(void)
{
    struct testkit_device *device = start(WdfExecutionLevelDispatch, WdfSynchronizationScopeDevice);

    WdfObjectAcquireLock(made.device);
    CHECK_DISPATCH_INSIDE();
    WdfObjectReleaseLock(made.device);
    CHECK_OUTSIDE();
    finish(device);
}

static void level_that_nobody_sets_is_the_flavours(void)
{
    struct testkit_device *device = start(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeInheritFromParent);

    WdfObjectAcquireLock(made.device);
    CHECK_DISPATCH_INSIDE();
    WdfObjectReleaseLock(made.device);
    finish(device);
}

static void level_of_the_driver_is_the_devices(void)
{
    WDF_OBJECT_ATTRIBUTES driver_attributes;
    WDF_DRIVER_CONFIG config;
    struct testkit_device *device;

    WDF_OBJECT_ATTRIBUTES_INIT(&made.device_attributes);
    WDF_OBJECT_ATTRIBUTES_INIT(&driver_attributes);
    driver_attributes.ExecutionLevel = WdfExecutionLevelPassive;
    driver_attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    WDF_DRIVER_CONFIG_INIT(&config, DeviceAdd);
    CHECK_STATUS(wdf_case_load_with(&config, &driver_attributes), STATUS_SUCCESS);
    device = wdf_case_start();
    WdfObjectAcquireLock(made.device);
    CHECK_PASSIVE_INSIDE();
    WdfObjectReleaseLock(made.device);
    finish(device);
}

static void device_without_a_scope_has_its_lock(void)
{
    struct testkit_device *device = start(WdfExecutionLevelPassive, WdfSynchronizationScopeNone);

    WdfObjectAcquireLock(made.device);
    WdfObjectReleaseLock(made.device);
    finish(device);
}

static void queue_of_scope_queue_has_a_lock_of_its_own(void)
{
    struct testkit_device *device = start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WDFQUEUE queue;

    CHECK_STATUS(make_queue(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeQueue, &queue), STATUS_SUCCESS);
    WdfObjectAcquireLock(made.device);
    WdfObjectAcquireLock(queue);
    CHECK_PASSIVE_INSIDE();
    WdfObjectReleaseLock(queue);
    WdfObjectReleaseLock(made.device);
    CHECK_OUTSIDE();
    finish(device);
}

static void queue_may_have_another_level_than_its_device_when_it_has_its_own_lock(void)
{
    struct testkit_device *device = start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WDFQUEUE queue;

    CHECK_STATUS(make_queue(WdfExecutionLevelDispatch, WdfSynchronizationScopeQueue, &queue), STATUS_SUCCESS);
    WdfObjectAcquireLock(queue);
    CHECK_DISPATCH_INSIDE();
    WdfObjectReleaseLock(queue);
    finish(device);
}

static void queue_under_the_devices_lock_has_the_devices_level(void)
{
    struct testkit_device *device = start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WDFQUEUE queue;

    CHECK_STATUS(make_queue(WdfExecutionLevelDispatch, WdfSynchronizationScopeInheritFromParent, &queue),
                 STATUS_INVALID_PARAMETER);
    CHECK(queue == NULL);
    CHECK_STATUS(make_queue(WdfExecutionLevelDispatch, WdfSynchronizationScopeDevice, &queue), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(make_queue(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice, &queue), STATUS_SUCCESS);
    CHECK_STATUS(make_queue(WdfExecutionLevelDispatch, WdfSynchronizationScopeNone, &queue), STATUS_SUCCESS);
    finish(device);
}

static void acquiring_twice_stops(void)
{
    (void)start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WdfObjectAcquireLock(made.device);
    WdfObjectAcquireLock(made.device);
}

static void acquiring_a_spin_lock_twice_stops(void)
{
    (void)start(WdfExecutionLevelDispatch, WdfSynchronizationScopeDevice);
    WdfObjectAcquireLock(made.device);
    WdfObjectAcquireLock(made.device);
}

static void queue_of_scope_device_has_the_devices_lock(void)
{
    WDFQUEUE queue;

    (void)start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    CHECK_STATUS(make_queue(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeInheritFromParent, &queue),
                 STATUS_SUCCESS);
    WdfObjectAcquireLock(made.device);
    WdfObjectAcquireLock(queue);
}

static void queue_without_a_scope_has_no_lock(void)
{
    WDFQUEUE queue;

    (void)start(WdfExecutionLevelPassive, WdfSynchronizationScopeNone);
    CHECK_STATUS(make_queue(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeInheritFromParent, &queue),
                 STATUS_SUCCESS);
    WdfObjectAcquireLock(queue);
}

static void driver_has_no_lock(void)
{
    wdf_case_load(NULL);
    WdfObjectAcquireLock(WdfGetDriver());
}

static void object_under_a_device_has_no_lock(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    (void)start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = made.device;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    WdfObjectReleaseLock(object);
}

static void releasing_what_is_free_stops(void)
{
    (void)start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WdfObjectReleaseLock(made.device);
}

static void acquire(void *argument)
{
    (void)argument;
    WdfObjectAcquireLock(made.device);
}

static void releasing_what_another_thread_has_stops(void)
{
    (void)start(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    nt_thread_join(nt_thread_start(acquire, NULL));
    WdfObjectReleaseLock(made.device);
}

/* Not atomic: the lock is what keeps the additions from getting lost. */
static unsigned additions;

static void add_under_the_lock(void *argument)
{
    (void)argument;
    for (int round = 0; round < 50; round++)
    {
        unsigned before;

        WdfObjectAcquireLock(made.device);
        before = additions;
        additions = before + 1;
        WdfObjectReleaseLock(made.device);
    }
}

static void exclude(WDF_EXECUTION_LEVEL level)
{
    struct testkit_device *device = start(level, WdfSynchronizationScopeDevice);
    struct nt_thread *threads[3];

    additions = 0;
    for (int index = 0; index < 3; index++)
    {
        threads[index] = nt_thread_start(add_under_the_lock, NULL);
    }
    for (int index = 0; index < 3; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(additions, 150);
    finish(device);
}

static void passive_lock_has_one_holder(void)
{
    exclude(WdfExecutionLevelPassive);
}

static void dispatch_lock_has_one_holder(void)
{
    exclude(WdfExecutionLevelDispatch);
}

static struct
{
    unsigned inside;
    unsigned most;
} adding;

static EVT_WDF_DRIVER_DEVICE_ADD DeviceAddCounted;

static NTSTATUS DeviceAddCounted(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    unsigned inside = __atomic_add_fetch(&adding.inside, 1, __ATOMIC_SEQ_CST);
    WDFDEVICE device;
    NTSTATUS status;

    (void)Driver;
    if (inside > adding.most)
    {
        adding.most = inside;
    }
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    (void)__atomic_sub_fetch(&adding.inside, 1, __ATOMIC_SEQ_CST);
    return status;
}

static void start_and_remove(void *argument)
{
    struct testkit_device *device;

    CHECK_STATUS(testkit_start(wdf_case_driver, argument == NULL ? "first" : "second", &device), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
}

static void driver_of_scope_device_adds_one_device_at_a_time(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_DRIVER_CONFIG config;
    struct nt_thread *first;
    struct nt_thread *second;

    adding.most = 0;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeDevice;
    WDF_DRIVER_CONFIG_INIT(&config, DeviceAddCounted);
    CHECK_STATUS(wdf_case_load_with(&config, &attributes), STATUS_SUCCESS);
    first = nt_thread_start(start_and_remove, NULL);
    second = nt_thread_start(start_and_remove, &adding);
    nt_thread_join(first);
    nt_thread_join(second);
    CHECK_EQUAL(adding.most, 1);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(passive_lock_is_a_critical_region_at_passive_level),
    CASE(dispatch_lock_raises_until_it_is_released),
    CASE(level_that_nobody_sets_is_the_flavours),
    CASE(level_of_the_driver_is_the_devices),
    CASE(device_without_a_scope_has_its_lock),
    CASE(queue_of_scope_queue_has_a_lock_of_its_own),
    CASE(queue_may_have_another_level_than_its_device_when_it_has_its_own_lock),
    CASE(queue_under_the_devices_lock_has_the_devices_level),
    STOPS(acquiring_twice_stops, "WDF violation 2"),
    STOPS(acquiring_a_spin_lock_twice_stops, "WDF violation 2"),
    STOPS(queue_of_scope_device_has_the_devices_lock, "WDF violation 2"),
    STOPS(queue_without_a_scope_has_no_lock, "WDF violation 11"),
    STOPS(driver_has_no_lock, "WDF violation 11"),
    STOPS(object_under_a_device_has_no_lock, "WDF violation 11"),
    STOPS(releasing_what_is_free_stops, "WDF violation 11"),
    STOPS(releasing_what_another_thread_has_stops, "WDF violation 11"),
    CASE(passive_lock_has_one_holder),
    CASE(dispatch_lock_has_one_holder),
    CASE(driver_of_scope_device_adds_one_device_at_a_time),
    CASES_END,
};
