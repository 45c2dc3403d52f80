/* SPDX-License-Identifier: MIT */
/*
 * Idle detection: once a second each registered device's counter grows, its driver sets it to zero when the device is used, and
 * at the limit the device is asked to go to the power state that its driver has named.
 */
#include "nt/io/device_object.h"
#include "nt/power/power.h"
#include "nt/thread/worker.h"

struct idle_device
{
    LIST_ENTRY link;
    /* What the driver's idle pointer points to. */
    ULONG counter;
    uint32_t busy;
    PDEVICE_OBJECT device;
    ULONG limit;
    DEVICE_POWER_STATE state;
    /* The request has been made; the next one is due after the device has been in D0 again. */
    bool asked;
    /* Of the scan that has looked at it last. */
    uint64_t scan;
};

/* What a limit of -1 stands for: the power policy's own, in seconds. */
#define POLICY_LIMIT 30

static struct idle_device *idle_device_of(PULONG counter)
{
    return CONTAINING_RECORD(counter, struct idle_device, counter);
}

/* The caller holds the lock. */
static struct idle_device *find(PDEVICE_OBJECT device)
{
    for (PLIST_ENTRY link = power()->idle_devices.Flink; link != &power()->idle_devices; link = link->Flink)
    {
        if (CONTAINING_RECORD(link, struct idle_device, link)->device == device)
        {
            return CONTAINING_RECORD(link, struct idle_device, link);
        }
    }
    return NULL;
}

/* Whether a second of rest brings the device to its limit. The caller holds the lock. */
static bool grows_tired(struct idle_device *idle)
{
    uint8_t state = platform_atomic_load(&devobj_extension(idle->device)->power_device);

    if (state > PowerDeviceD0)
    {
        idle->asked = false;
        platform_atomic_store(&idle->counter, 0);
        return false;
    }
    if (platform_atomic_load(&idle->busy) != 0)
    {
        platform_atomic_store(&idle->counter, 0);
        return false;
    }
    if (platform_atomic_fetch_add(&idle->counter, 1) + 1 < idle->limit || idle->asked)
    {
        return false;
    }
    idle->asked = true;
    return true;
}

/* A device that is due after the given place of the list, referenced. Places are by number, as the lock is not kept. */
static PDEVICE_OBJECT next_tired(uint64_t scan, POWER_STATE *ret_state)
{
    PDEVICE_OBJECT device = NULL;

    platform_mutex_lock(&power()->idle);
    for (PLIST_ENTRY link = power()->idle_devices.Flink; link != &power()->idle_devices && device == NULL;
         link = link->Flink)
    {
        struct idle_device *idle = CONTAINING_RECORD(link, struct idle_device, link);

        if (idle->scan != scan)
        {
            idle->scan = scan;
            if (grows_tired(idle))
            {
                device = idle->device;
                ret_state->DeviceState = idle->state;
                devobj_reference(device);
            }
        }
    }
    platform_mutex_unlock(&power()->idle);
    return device;
}

static void arm(void)
{
    (void)platform_timer_arm(&power()->idle_timer, platform_deadline_in(PLATFORM_SECOND));
}

static void scan(PVOID context)
{
    uint64_t number = ++power()->idle_scans;
    POWER_STATE state;
    PDEVICE_OBJECT device;

    (void)context;
    for (device = next_tired(number, &state); device != NULL; device = next_tired(number, &state))
    {
        (void)PoRequestPowerIrp(device, IRP_MN_SET_POWER, state, NULL, NULL, NULL);
        devobj_release(device);
    }
    platform_mutex_lock(&power()->idle);
    power()->idle_scanning = !IsListEmpty(&power()->idle_devices);
    if (power()->idle_scanning)
    {
        arm();
    }
    platform_mutex_unlock(&power()->idle);
}

static void second_passed(struct platform_timer *timer, void *context)
{
    (void)timer;
    (void)context;
    worker_queue(&power()->idle_scan, DelayedWorkQueue);
}

void power_idle_initialize(struct power *power)
{
    InitializeListHead(&power->idle_devices);
    ExInitializeWorkItem(&power->idle_scan, scan, NULL);
    platform_timer_initialize(&power->idle_timer, second_passed, NULL);
}

/* Takes the device off the list. A scan that is under way ends by itself. */
static void cancel(PDEVICE_OBJECT device)
{
    struct idle_device *idle;

    platform_mutex_lock(&power()->idle);
    idle = find(device);
    if (idle != NULL)
    {
        RemoveEntryList(&idle->link);
    }
    if (IsListEmpty(&power()->idle_devices) && power()->idle_scanning && platform_timer_cancel(&power()->idle_timer))
    {
        power()->idle_scanning = false;
    }
    platform_mutex_unlock(&power()->idle);
    platform_free(idle, sizeof(*idle));
}

void power_forget_device(PDEVICE_OBJECT device)
{
    cancel(device);
}

/* The machine runs on mains power, so the limit for performance counts. */
static ULONG limit_of(ULONG performance)
{
    return performance == (ULONG)-1 ? POLICY_LIMIT : performance;
}

/* Called with the lock held. Registering again sets other limits; the pointer stays. */
static PULONG detect(PDEVICE_OBJECT device, ULONG limit, DEVICE_POWER_STATE state, struct idle_device **fresh)
{
    struct idle_device *idle = find(device);

    if (idle == NULL)
    {
        idle = *fresh;
        *fresh = NULL;
        idle->device = device;
        InsertTailList(&power()->idle_devices, &idle->link);
    }
    idle->limit = limit;
    idle->state = state;
    platform_atomic_store(&idle->counter, 0);
    if (!power()->idle_scanning)
    {
        power()->idle_scanning = true;
        arm();
    }
    return &idle->counter;
}

static PULONG register_device(PDEVICE_OBJECT device, ULONG limit, DEVICE_POWER_STATE state)
{
    struct idle_device *fresh = platform_zalloc(sizeof(*fresh));
    PULONG counter;

    if (fresh == NULL || platform_timer_service_start() != 0)
    {
        platform_free(fresh, sizeof(*fresh));
        return NULL;
    }
    platform_mutex_lock(&power()->idle);
    counter = detect(device, limit, state, &fresh);
    platform_mutex_unlock(&power()->idle);
    platform_free(fresh, sizeof(*fresh));
    return counter;
}

/*
 * Published entry points.
 */
PULONG PoRegisterDeviceForIdleDetection(PDEVICE_OBJECT DeviceObject, ULONG ConservationIdleTime, ULONG PerformanceIdleTime,
                                        DEVICE_POWER_STATE State)
{
    if (ConservationIdleTime == 0 && PerformanceIdleTime == 0)
    {
        cancel(DeviceObject);
        return NULL;
    }
    return register_device(DeviceObject, limit_of(PerformanceIdleTime), State);
}

VOID PoSetDeviceBusyEx(PULONG IdlePointer)
{
    platform_atomic_store(IdlePointer, 0);
}

VOID PoStartDeviceBusy(PULONG IdlePointer)
{
    (void)platform_atomic_fetch_add(&idle_device_of(IdlePointer)->busy, 1);
    platform_atomic_store(IdlePointer, 0);
}

VOID PoEndDeviceBusy(PULONG IdlePointer)
{
    platform_atomic_store(IdlePointer, 0);
    (void)platform_atomic_fetch_sub(&idle_device_of(IdlePointer)->busy, 1);
}

POWER_STATE PoSetPowerState(PDEVICE_OBJECT DeviceObject, POWER_STATE_TYPE Type, POWER_STATE State)
{
    struct device_extension *extension = devobj_extension(DeviceObject);
    POWER_STATE before = {0};

    if (Type == SystemPowerState)
    {
        before.SystemState = platform_atomic_exchange(&extension->power_system, (uint8_t)State.SystemState);
    }
    else
    {
        before.DeviceState = platform_atomic_exchange(&extension->power_device, (uint8_t)State.DeviceState);
    }
    return before;
}
