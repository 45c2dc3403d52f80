/* SPDX-License-Identifier: MIT */
/*
 * Power packets: making them, sending them one after the other, and what drivers ask of the power manager about them.
 */
#include "nt/power/request.h"

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/machine.h"
#include "nt/thread/worker.h"

/* In IRP.Flags of a wait-wake packet whose device woke the machine. No published flag has this bit. */
#define PACKET_WOKE_THE_MACHINE 0x40000000u

struct power *power(void)
{
    return &machine()->power;
}

void power_initialize(struct power *power)
{
    InitializeListHead(&power->setting_values);
    InitializeListHead(&power->setting_listeners);
    InitializeListHead(&power->shutdown_first);
    InitializeListHead(&power->shutdown_last);
    power_system_initialize(power);
    power_idle_initialize(power);
}

struct power_request *power_request_create(PDEVICE_OBJECT device, UCHAR minor, POWER_STATE_TYPE type, POWER_STATE state)
{
    PDEVICE_OBJECT top = devobj_top(device);
    void *trailer = NULL;
    PIRP irp = irp_allocate((unsigned)top->StackSize, sizeof(struct power_request), &trailer);
    struct power_request *request = trailer;

    if (irp == NULL)
    {
        devobj_release(top);
        return NULL;
    }
    devobj_reference(device);
    request->irp = irp;
    request->device = device;
    request->top = top;
    request->devnode = devobj_extension(device)->devnode;
    request->minor = minor;
    request->type = type;
    request->state = state;
    devnode_reference(request->devnode);
    return request;
}

void power_request_free(struct power_request *request)
{
    PDEVICE_OBJECT device = request->device;
    PDEVICE_OBJECT top = request->top;
    struct devnode *devnode = request->devnode;

    irp_free(request->irp);
    devobj_release(top);
    devobj_release(device);
    devnode_release(devnode);
}

static void request_ended(PIRP irp, void *context)
{
    struct power_request *request = context;

    (void)irp;
    if (request->watch.devnode != NULL)
    {
        packet_watch_end(&request->watch);
    }
    request->finished(request);
}

static const char *name_of(const struct power_request *request)
{
    bool query = request->minor == IRP_MN_QUERY_POWER;

    return request->type == SystemPowerState ? query ? "IRP_MN_QUERY_POWER (system)" : "IRP_MN_SET_POWER (system)" :
           query                             ? "IRP_MN_QUERY_POWER (device)" :
                                               "IRP_MN_SET_POWER (device)";
}

static void set_parameters(struct power_request *request, PIO_STACK_LOCATION next)
{
    next->MajorFunction = IRP_MJ_POWER;
    next->MinorFunction = request->minor;
    if (request->minor == IRP_MN_WAIT_WAKE)
    {
        next->Parameters.WaitWake.PowerState = request->state.SystemState;
        return;
    }
    next->Parameters.Power.Type = request->type;
    next->Parameters.Power.State = request->state;
    next->Parameters.Power.ShutdownType = machine_power_action();
    if (request->type == SystemPowerState)
    {
        SYSTEM_POWER_STATE_CONTEXT *states = &next->Parameters.Power.SystemPowerStateContext;

        states->TargetSystemState = (ULONG)request->state.SystemState;
        states->EffectiveSystemState = (ULONG)request->state.SystemState;
        states->CurrentSystemState = (ULONG)power()->system;
    }
}

void power_request_send(struct power_request *request)
{
    PIRP irp = request->irp;

    set_parameters(request, IoGetNextIrpStackLocation(irp));
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    irp->RequestorMode = KernelMode;
    irp_set_finish(irp, request_ended, request);
    if (request->devnode != NULL && request->minor != IRP_MN_WAIT_WAKE)
    {
        request->deadline = platform_deadline_in(platform_atomic_load_relaxed(&pnp()->patience));
        packet_watch_begin(&request->watch, request->devnode, name_of(request), irp);
    }
    (void)irp_call(request->top, irp);
}

/*
 * Device power packets of one stack go one after the other, in the order in which they were asked for.
 */

/* Says whether the request may go now; otherwise it waits for those before it. */
static bool lane_enter(struct power_lane *lane, struct power_request *request)
{
    bool enters;

    platform_spinlock_lock(&lane->lock);
    enters = lane->active == NULL;
    if (enters)
    {
        lane->active = request;
    }
    else if (lane->last_waiting == NULL)
    {
        lane->first_waiting = lane->last_waiting = request;
    }
    else
    {
        lane->last_waiting->next = request;
        lane->last_waiting = request;
    }
    platform_spinlock_unlock(&lane->lock);
    return enters;
}

/* The next one of those that wait, which has entered now. */
static struct power_request *lane_leave(struct power_lane *lane)
{
    struct power_request *next;

    platform_spinlock_lock(&lane->lock);
    next = lane->first_waiting;
    lane->active = next;
    if (next != NULL)
    {
        lane->first_waiting = next->next;
        lane->last_waiting = lane->first_waiting == NULL ? NULL : lane->last_waiting;
    }
    else if (lane->drained != NULL)
    {
        (void)platform_event_set(lane->drained);
    }
    platform_spinlock_unlock(&lane->lock);
    return next;
}

/* Only one thread drives a devnode, so only one waits. The lock is taken again so that the event is in nobody's hands. */
void power_lane_drain(struct power_lane *lane)
{
    struct platform_event drained = PLATFORM_EVENT_INITIALIZER(true);
    bool busy;

    platform_spinlock_lock(&lane->lock);
    busy = lane->active != NULL;
    lane->drained = busy ? &drained : NULL;
    platform_spinlock_unlock(&lane->lock);
    if (!busy)
    {
        return;
    }
    worker_will_wait();
    platform_wait_note("power packets", lane, 0);
    (void)platform_event_wait(&drained, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
    worker_has_waited();
    platform_spinlock_lock(&lane->lock);
    lane->drained = NULL;
    platform_spinlock_unlock(&lane->lock);
}

static void send_later(PVOID context)
{
    power_request_send(context);
}

/* From a completion, which may run anywhere: drivers get power packets at PASSIVE_LEVEL. */
static void send_on_worker(struct power_request *request)
{
    ExInitializeWorkItem(&request->item, send_later, request);
    worker_queue(&request->item, CriticalWorkQueue);
}

static bool is_serialized(const struct power_request *request)
{
    return request->devnode != NULL && request->minor != IRP_MN_WAIT_WAKE;
}

/* For those who wait until a stack is in a power state. */
static void note_state(const struct power_request *request)
{
    struct power_lane *lane = &request->devnode->power;

    if (request->minor == IRP_MN_SET_POWER && NT_SUCCESS(request->irp->IoStatus.Status))
    {
        platform_atomic_store_sequential(&lane->state, (uint32_t)request->state.DeviceState);
        platform_wake_word(&lane->state, UINT32_MAX);
    }
}

void devnode_wait_for_power(struct devnode *devnode, DEVICE_POWER_STATE state)
{
    uint32_t *word = &devnode->power.state;
    uint32_t seen = platform_atomic_load_sequential(word);

    while (seen != (uint32_t)state && !(seen == 0 && state == PowerDeviceD0))
    {
        (void)platform_wait_word(word, seen, PLATFORM_FOREVER);
        seen = platform_atomic_load_sequential(word);
    }
}

static void request_answered(struct power_request *request)
{
    struct power_request *next = NULL;

    if (request->minor == IRP_MN_WAIT_WAKE && NT_SUCCESS(request->irp->IoStatus.Status))
    {
        machine_wake_signalled((request->irp->Flags & PACKET_WOKE_THE_MACHINE) != 0 ? request->device : NULL);
    }
    if (request->completion != NULL)
    {
        request->completion(request->device, request->minor, request->state, request->context, &request->irp->IoStatus);
    }
    if (is_serialized(request))
    {
        note_state(request);
        next = lane_leave(&request->devnode->power);
    }
    power_request_free(request);
    if (next != NULL)
    {
        send_on_worker(next);
    }
}

static NTSTATUS request_power(PDEVICE_OBJECT device, UCHAR minor, POWER_STATE state, PREQUEST_POWER_COMPLETE completion,
                              PVOID context, PIRP *ret_irp)
{
    struct power_request *request;

    if (minor != IRP_MN_QUERY_POWER && minor != IRP_MN_SET_POWER && minor != IRP_MN_WAIT_WAKE)
    {
        return STATUS_INVALID_PARAMETER_2;
    }
    request = power_request_create(device, minor, DevicePowerState, state);
    if (request == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    request->finished = request_answered;
    request->completion = completion;
    request->context = context;
    /* Only a wait-wake packet may be cancelled, and so it is the only one that its sender learns of. */
    if (ret_irp != NULL)
    {
        *ret_irp = minor == IRP_MN_WAIT_WAKE ? request->irp : NULL;
    }
    if (is_serialized(request) && !lane_enter(&request->devnode->power, request))
    {
        return STATUS_PENDING;
    }
    if (KeGetCurrentIrql() > PASSIVE_LEVEL)
    {
        send_on_worker(request);
    }
    else
    {
        power_request_send(request);
    }
    return STATUS_PENDING;
}

/* How much of its time the packet has left that the stack has just now. */
static bool query_watchdog(struct devnode *devnode, ULONG *ret_seconds)
{
    struct power_lane *lane = &devnode->power;
    int64_t left = 0;
    bool watched;

    platform_spinlock_lock(&lane->lock);
    watched = lane->active != NULL && lane->active->deadline != 0;
    if (watched)
    {
        left = lane->active->deadline - platform_now();
    }
    platform_spinlock_unlock(&lane->lock);
    *ret_seconds = left > 0 ? (ULONG)(left / PLATFORM_SECOND) : 0;
    return watched;
}

/*
 * Published entry points.
 */
NTSTATUS PoRequestPowerIrp(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
                           PREQUEST_POWER_COMPLETE CompletionFunction, PVOID Context, PIRP *Irp)
{
    return request_power(DeviceObject, MinorFunction, PowerState, CompletionFunction, Context, Irp);
}

NTSTATUS PoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return irp_call(DeviceObject, Irp);
}

/* A stack's packets follow each other by themselves when the one before is completed. */
VOID PoStartNextPowerIrp(PIRP Irp)
{
    (void)Irp;
}

VOID PoSetSystemWake(PIRP Irp)
{
    (void)platform_atomic_fetch_or(&Irp->Flags, PACKET_WOKE_THE_MACHINE);
}

BOOLEAN PoGetSystemWake(PIRP Irp)
{
    return (platform_atomic_load(&Irp->Flags) & PACKET_WOKE_THE_MACHINE) != 0;
}

BOOLEAN PoQueryWatchdogTime(PDEVICE_OBJECT Pdo, PULONG SecondsRemaining)
{
    struct devnode *devnode = devnode_of_pdo(Pdo);

    return devnode != NULL && query_watchdog(devnode, SecondsRemaining);
}
