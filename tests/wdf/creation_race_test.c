/* SPDX-License-Identifier: MIT */
/*
 * Objects that are made below a parent while another thread deletes that parent: the creation succeeds and the object goes with
 * its parent, or it fails and the driver's callbacks hear nothing. Each kind of object, at both levels.
 */
#include "wdf_case.h"

typedef NTSTATUS CREATE(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes);

static struct
{
    WDFDEVICE device;
    WDFOBJECT parent;
    CREATE *create;
    BOOLEAN at_dispatch;
    NTSTATUS status;
    unsigned cleanups;
    unsigned destructions;
} race;

static EVT_WDF_OBJECT_CONTEXT_CLEANUP ObjectCleanup;
static EVT_WDF_OBJECT_CONTEXT_DESTROY ObjectDestroy;
static EVT_WDF_DRIVER_DEVICE_ADD DeviceAdd;
static EVT_WDF_TIMER Timer;
static EVT_WDF_WORKITEM WorkItem;
static EVT_WDF_IO_QUEUE_IO_DEFAULT IoDefault;

static VOID ObjectCleanup(WDFOBJECT Object)
{
    (void)Object;
    (void)__atomic_fetch_add(&race.cleanups, 1, __ATOMIC_SEQ_CST);
}

static VOID ObjectDestroy(WDFOBJECT Object)
{
    (void)Object;
    (void)__atomic_fetch_add(&race.destructions, 1, __ATOMIC_SEQ_CST);
}

static NTSTATUS DeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    (void)Driver;
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &race.device);
}

static VOID Timer(WDFTIMER Timer)
{
    (void)Timer;
}

static VOID WorkItem(WDFWORKITEM WorkItem)
{
    (void)WorkItem;
}

static VOID IoDefault(WDFQUEUE Queue, WDFREQUEST Request)
{
    (void)Queue;
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

/*
 * The race.
 */

static void delete_parent(void *argument)
{
    (void)argument;
#if !defined(DMF_USER_MODE)
    if (race.at_dispatch)
    {
        KIRQL before;

        KeRaiseIrql(DISPATCH_LEVEL, &before);
        WdfObjectDelete(race.parent);
        KeLowerIrql(before);
        return;
    }
#endif
    WdfObjectDelete(race.parent);
}

static void create_child(void *argument)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    (void)argument;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = race.parent;
    attributes.EvtCleanupCallback = ObjectCleanup;
    attributes.EvtDestroyCallback = ObjectDestroy;
    race.status = race.create(race.device, &attributes);
}

static void run_race(CREATE *create, BOOLEAN at_dispatch)
{
    struct testkit_device *device;
    WDF_OBJECT_ATTRIBUTES attributes;
    struct nt_thread *deleter;
    struct nt_thread *creator;

    RtlZeroMemory(&race, sizeof(race));
    race.create = create;
    race.at_dispatch = at_dispatch;
    wdf_case_load(DeviceAdd);
    device = wdf_case_start();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = race.device;
    CHECK_STATUS(WdfObjectCreate(&attributes, &race.parent), STATUS_SUCCESS);
    WdfObjectReference(race.parent);
    creator = nt_thread_start(create_child, NULL);
    deleter = nt_thread_start(delete_parent, NULL);
    nt_thread_join(creator);
    nt_thread_join(deleter);
    WdfObjectDereference(race.parent);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    CHECK(NT_SUCCESS(race.status) || race.status == STATUS_DELETE_PENDING ||
          /* The parent has no device any more. */
          race.status == STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(race.cleanups, NT_SUCCESS(race.status) ? 1 : 0);
    CHECK_EQUAL(race.destructions, race.cleanups);
}

static void run_races(CREATE *create)
{
    run_race(create, FALSE);
#if !defined(DMF_USER_MODE)
    run_race(create, TRUE);
#endif
}

/*
 * The kinds.
 */

static NTSTATUS create_object(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFOBJECT object;

    (void)device;
    return WdfObjectCreate(attributes, &object);
}

static NTSTATUS create_memory(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFMEMORY memory;

    (void)device;
    return WdfMemoryCreate(attributes, PagedPool, 0, 64, &memory, NULL);
}

static NTSTATUS create_preallocated_memory(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    static char buffer[8];
    WDFMEMORY memory;

    (void)device;
    return WdfMemoryCreatePreallocated(attributes, buffer, sizeof(buffer), &memory);
}

static NTSTATUS create_collection(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFCOLLECTION collection;

    (void)device;
    return WdfCollectionCreate(attributes, &collection);
}

static NTSTATUS create_string(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    DECLARE_CONST_UNICODE_STRING(text, L"text");
    WDFSTRING string;

    (void)device;
    return WdfStringCreate(&text, attributes, &string);
}

static NTSTATUS create_spin_lock(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFSPINLOCK lock;

    (void)device;
    return WdfSpinLockCreate(attributes, &lock);
}

static NTSTATUS create_wait_lock(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFWAITLOCK lock;

    (void)device;
    return WdfWaitLockCreate(attributes, &lock);
}

static NTSTATUS create_key(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFKEY key;

    return WdfDriverOpenParametersRegistryKey(WdfDeviceGetDriver(device), KEY_READ | KEY_WRITE, attributes, &key);
}

static NTSTATUS create_request(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFREQUEST request;

    (void)device;
    return WdfRequestCreate(attributes, NULL, &request);
}

static NTSTATUS create_request_for_target(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFREQUEST request;

    return WdfRequestCreate(attributes, WdfDeviceGetIoTarget(device), &request);
}

static NTSTATUS create_remote_target(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFIOTARGET target;

    return WdfIoTargetCreate(device, attributes, &target);
}

static NTSTATUS create_queue(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFQUEUE queue;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDefault = IoDefault;
    return WdfIoQueueCreate(device, &config, attributes, &queue);
}

static NTSTATUS create_timer(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    (void)device;
    WDF_TIMER_CONFIG_INIT(&config, Timer);
    return WdfTimerCreate(&config, attributes, &timer);
}

static NTSTATUS create_work_item(WDFDEVICE device, WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDF_WORKITEM_CONFIG config;
    WDFWORKITEM item;

    (void)device;
    WDF_WORKITEM_CONFIG_INIT(&config, WorkItem);
    return WdfWorkItemCreate(&config, attributes, &item);
}

static void object_races_its_parents_deletion(void)
{
    run_races(create_object);
}
static void memory_races_its_parents_deletion(void)
{
    run_races(create_memory);
}
static void preallocated_memory_races_its_parents_deletion(void)
{
    run_races(create_preallocated_memory);
}
static void collection_races_its_parents_deletion(void)
{
    run_races(create_collection);
}
static void string_races_its_parents_deletion(void)
{
    run_races(create_string);
}
static void spin_lock_races_its_parents_deletion(void)
{
    run_races(create_spin_lock);
}
static void wait_lock_races_its_parents_deletion(void)
{
    run_races(create_wait_lock);
}
static void key_races_its_parents_deletion(void)
{
    run_races(create_key);
}
static void request_races_its_parents_deletion(void)
{
    run_races(create_request);
}
static void request_for_a_target_races_its_parents_deletion(void)
{
    run_races(create_request_for_target);
}
static void remote_target_races_its_parents_deletion(void)
{
    run_races(create_remote_target);
}
static void queue_races_its_parents_deletion(void)
{
    run_races(create_queue);
}
static void timer_races_its_parents_deletion(void)
{
    run_races(create_timer);
}
static void work_item_races_its_parents_deletion(void)
{
    run_races(create_work_item);
}

const struct nt_case nt_cases[] = {
    CASE(object_races_its_parents_deletion),
    CASE(memory_races_its_parents_deletion),
    CASE(preallocated_memory_races_its_parents_deletion),
    CASE(collection_races_its_parents_deletion),
    CASE(string_races_its_parents_deletion),
    CASE(spin_lock_races_its_parents_deletion),
    CASE(wait_lock_races_its_parents_deletion),
    CASE(key_races_its_parents_deletion),
    CASE(request_races_its_parents_deletion),
    CASE(request_for_a_target_races_its_parents_deletion),
    CASE(remote_target_races_its_parents_deletion),
    CASE(queue_races_its_parents_deletion),
    CASE(timer_races_its_parents_deletion),
    CASE(work_item_races_its_parents_deletion),
    CASES_END,
};
