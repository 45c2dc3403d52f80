/* SPDX-License-Identifier: MIT */
/*
 * Device timers: a routine that runs about once a second at DISPATCH_LEVEL while the timer is started.
 */
#include "nt/io/device_object.h"
#include "nt/sync/irql.h"

struct _IO_TIMER
{
    struct platform_timer timer;
    PDEVICE_OBJECT device;
    PIO_TIMER_ROUTINE routine;
    PVOID context;
    bool started;
};

static void arm(PIO_TIMER timer)
{
    (void)platform_timer_arm(&timer->timer, platform_deadline_in(PLATFORM_SECOND));
}

static void fire(struct platform_timer *platform_timer, void *context)
{
    PIO_TIMER timer = context;
    KIRQL irql;

    (void)platform_timer;
    if (!platform_atomic_load(&timer->started))
    {
        return;
    }
    irql = irql_raise(DISPATCH_LEVEL);
    timer->routine(timer->device, timer->context);
    irql_lower(irql);
    if (platform_atomic_load(&timer->started))
    {
        arm(timer);
        /* Whoever stopped it meanwhile waits for this function, and must not find it armed afterwards. */
        if (!platform_atomic_load_sequential(&timer->started))
        {
            (void)platform_timer_cancel(&timer->timer);
        }
    }
}

void device_timer_free(PDEVICE_OBJECT device)
{
    if (device->Timer != NULL)
    {
        platform_atomic_store_sequential(&device->Timer->started, false);
        (void)platform_timer_cancel_and_wait(&device->Timer->timer);
        platform_free(device->Timer, sizeof(*device->Timer));
        device->Timer = NULL;
    }
}

/*
 * Published entry points.
 */
NTSTATUS IoInitializeTimer(PDEVICE_OBJECT DeviceObject, PIO_TIMER_ROUTINE TimerRoutine, PVOID Context)
{
    PIO_TIMER timer = DeviceObject->Timer;

    if (timer == NULL)
    {
        timer = platform_zalloc(sizeof(*timer));
        if (timer == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        timer->device = DeviceObject;
        platform_timer_initialize(&timer->timer, fire, timer);
        DeviceObject->Timer = timer;
    }
    timer->routine = TimerRoutine;
    timer->context = Context;
    return STATUS_SUCCESS;
}

VOID IoStartTimer(PDEVICE_OBJECT DeviceObject)
{
    if (!platform_atomic_exchange(&DeviceObject->Timer->started, true))
    {
        arm(DeviceObject->Timer);
    }
}

/* The routine does not run after this, unless this is called by the routine itself. */
VOID IoStopTimer(PDEVICE_OBJECT DeviceObject)
{
    platform_atomic_store_sequential(&DeviceObject->Timer->started, false);
    (void)platform_timer_cancel_and_wait(&DeviceObject->Timer->timer);
}
