/* SPDX-License-Identifier: MIT */
/*
 * The machine's power states, as data, and the packets that take all stacks from one to the other.
 *
 * Stacks at the same depth of the device tree get their packets at the same time; the next depth follows when all of them are
 * through. Who takes the machine through a transition has claimed the whole tree, so that no device comes or goes meanwhile.
 */
#include "nt/power/system.h"

#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/machine.h"
#include "nt/pnp/claim.h"
#include "nt/pnp/sequence.h"
#include "nt/power/request.h"
#include "nt/power/shutdown.h"
#include "nt/thread/worker.h"

struct transition
{
    SYSTEM_POWER_STATE target;
    POWER_ACTION action;
    struct devnode_veto *veto;
    NTSTATUS status;
};

/* One depth's packets under way. */
struct wave
{
    uint32_t outstanding;
    struct platform_event all_done;
    struct platform_mutex lock;
    NTSTATUS status;
    struct devnode_veto *veto;
};

typedef enum machine_power_event machine_action(struct transition *transition);

static void wave_done(struct wave *wave)
{
    if (platform_atomic_fetch_sub(&wave->outstanding, 1) == 1)
    {
        (void)platform_event_set(&wave->all_done);
    }
}

/* A stack that nobody's driver answers for has no objection: the bus driver of a raw device may know nothing of power. */
static NTSTATUS answer_of(const struct power_request *request)
{
    NTSTATUS status = request->irp->IoStatus.Status;

    return status == STATUS_NOT_SUPPORTED ? STATUS_SUCCESS : status;
}

static void wave_answered(struct power_request *request)
{
    struct wave *wave = request->context;
    NTSTATUS status = answer_of(request);

    if (request->minor == IRP_MN_QUERY_POWER)
    {
        platform_mutex_lock(&wave->lock);
        request->devnode->agreed_to_sleep = NT_SUCCESS(status);
        if (!NT_SUCCESS(status) && NT_SUCCESS(wave->status))
        {
            wave->status = status;
            veto_set(wave->veto, request->devnode, PNP_VetoDriver, status);
        }
        platform_mutex_unlock(&wave->lock);
    }
    power_request_free(request);
    wave_done(wave);
}

static struct power_request *create_request(struct devnode *devnode, UCHAR minor, SYSTEM_POWER_STATE target)
{
    POWER_STATE state = {.SystemState = target};
    struct power_request *request = power_request_create(devnode->pdo, minor, SystemPowerState, state);

    /* A question may fail for want of memory; a fact may not. */
    while (request == NULL && minor == IRP_MN_SET_POWER)
    {
        platform_sleep_until(platform_deadline_in(PLATFORM_MILLISECOND));
        request = power_request_create(devnode->pdo, minor, SystemPowerState, state);
    }
    return request;
}

static void wave_send(struct wave *wave, struct devnode *devnode, UCHAR minor, SYSTEM_POWER_STATE target)
{
    struct power_request *request = create_request(devnode, minor, target);

    if (request == NULL)
    {
        platform_mutex_lock(&wave->lock);
        if (NT_SUCCESS(wave->status))
        {
            wave->status = STATUS_INSUFFICIENT_RESOURCES;
            veto_set(wave->veto, devnode, PNP_VetoTypeUnknown, wave->status);
        }
        platform_mutex_unlock(&wave->lock);
        return;
    }
    request->finished = wave_answered;
    request->context = wave;
    (void)platform_atomic_fetch_add(&wave->outstanding, 1);
    power_request_send(request);
}

static bool takes_part(const struct devnode *devnode, uint32_t depth, bool only_agreed)
{
    return devnode->depth == depth && devnode->state == DEVNODE_STARTED && (!only_agreed || devnode->agreed_to_sleep);
}

/* Sends a packet to every stack of one depth, and waits for all. */
static NTSTATUS send_to_depth(struct transition *transition, UCHAR minor, SYSTEM_POWER_STATE target, uint32_t depth,
                              bool only_agreed)
{
    struct devnode *root = &pnp()->root;
    struct wave wave = {.outstanding = 1, .all_done = PLATFORM_EVENT_INITIALIZER(true), .veto = transition->veto};

    for (struct devnode *devnode = node_next_downwards(root, root); devnode != NULL && NT_SUCCESS(wave.status);
         devnode = node_next_downwards(root, devnode))
    {
        if (takes_part(devnode, depth, only_agreed))
        {
            wave_send(&wave, devnode, minor, target);
        }
    }
    wave_done(&wave);
    platform_wait_note("power packets", &wave, 0);
    (void)platform_event_wait(&wave.all_done, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
    return wave.status;
}

static uint32_t deepest(void)
{
    struct devnode *root = &pnp()->root;
    uint32_t depth = 0;

    for (struct devnode *devnode = node_next_downwards(root, root); devnode != NULL;
         devnode = node_next_downwards(root, devnode))
    {
        depth = devnode->depth > depth ? devnode->depth : depth;
    }
    return depth;
}

static void forget_agreements(void)
{
    struct devnode *root = &pnp()->root;

    for (struct devnode *devnode = node_next_downwards(root, root); devnode != NULL;
         devnode = node_next_downwards(root, devnode))
    {
        devnode->agreed_to_sleep = false;
    }
}

/*
 * Those who registered with \Callback\PowerState: each beginning is followed by one end, after a veto as well.
 */

void power_notify(ULONG what, ULONG_PTR value)
{
    ExNotifyCallback(machine()->objects.power_state, (PVOID)(ULONG_PTR)what, (PVOID)value);
}

static void leaving_work(void)
{
    power_notify(PO_CB_SYSTEM_STATE_LOCK, 0);
}

static void back_at_work(void)
{
    power_notify(PO_CB_SYSTEM_STATE_LOCK, 1);
}

/*
 * The actions.
 */

static enum machine_power_event ask_all(struct transition *transition)
{
    NTSTATUS status = STATUS_SUCCESS;

    leaving_work();
    forget_agreements();
    for (uint32_t depth = deepest(); depth > 0 && NT_SUCCESS(status); depth--)
    {
        status = send_to_depth(transition, IRP_MN_QUERY_POWER, transition->target, depth, false);
    }
    transition->status = status;
    return NT_SUCCESS(status) ? MACHINE_EVENT_SUCCESS : MACHINE_EVENT_FAILURE;
}

static void tell_down(struct transition *transition, SYSTEM_POWER_STATE target)
{
    for (uint32_t depth = deepest(); depth > 0; depth--)
    {
        (void)send_to_depth(transition, IRP_MN_SET_POWER, target, depth, false);
    }
}

static void tell_up(struct transition *transition, bool only_agreed)
{
    uint32_t last = deepest();

    for (uint32_t depth = 1; depth <= last; depth++)
    {
        (void)send_to_depth(transition, IRP_MN_SET_POWER, PowerSystemWorking, depth, only_agreed);
    }
}

static enum machine_power_event fall_asleep(struct transition *transition)
{
    tell_down(transition, transition->target);
    platform_atomic_store(&power()->system, transition->target);
    return MACHINE_EVENT_SUCCESS;
}

static enum machine_power_event cancel(struct transition *transition)
{
    tell_up(transition, true);
    back_at_work();
    return MACHINE_EVENT_SUCCESS;
}

static enum machine_power_event wake(struct transition *transition)
{
    tell_up(transition, false);
    platform_atomic_store(&power()->system, PowerSystemWorking);
    back_at_work();
    return MACHINE_EVENT_SUCCESS;
}

static enum machine_power_event shut_down(struct transition *transition)
{
    leaving_work();
    shutdown_notify(false);
    tell_down(transition, PowerSystemShutdown);
    shutdown_notify(true);
    platform_atomic_store(&power()->system, PowerSystemShutdown);
    return MACHINE_EVENT_SUCCESS;
}

/* While the action runs, the machine is in the state on the right; what the action reports is looked up there. */
static const struct machine_row
{
    enum machine_power_state state;
    enum machine_power_event event;
    machine_action *action;
    enum machine_power_state next;
} machine_rows[] = {
    {MACHINE_WORKING, MACHINE_EVENT_SLEEP, ask_all, MACHINE_ASKING},
    {MACHINE_ASKING, MACHINE_EVENT_SUCCESS, fall_asleep, MACHINE_FALLING_ASLEEP},
    {MACHINE_ASKING, MACHINE_EVENT_FAILURE, cancel, MACHINE_CANCELLING},
    {MACHINE_CANCELLING, MACHINE_EVENT_SUCCESS, NULL, MACHINE_WORKING},
    {MACHINE_FALLING_ASLEEP, MACHINE_EVENT_SUCCESS, NULL, MACHINE_ASLEEP},
    {MACHINE_ASLEEP, MACHINE_EVENT_WAKE, wake, MACHINE_WAKING},
    {MACHINE_WAKING, MACHINE_EVENT_SUCCESS, NULL, MACHINE_WORKING},

    {MACHINE_WORKING, MACHINE_EVENT_SHUTDOWN, shut_down, MACHINE_SHUTTING_DOWN},
    {MACHINE_SHUTTING_DOWN, MACHINE_EVENT_SUCCESS, NULL, MACHINE_OFF},
    {MACHINE_OFF, MACHINE_EVENT_SWITCH_ON, NULL, MACHINE_WORKING},
    {MACHINE_ASLEEP, MACHINE_EVENT_SWITCH_ON, NULL, MACHINE_WORKING},
    {MACHINE_WORKING, MACHINE_EVENT_SWITCH_ON, NULL, MACHINE_WORKING},
};

static const struct machine_row *find_row(enum machine_power_state state, enum machine_power_event event)
{
    for (size_t index = 0; index < ARRAYSIZE(machine_rows); index++)
    {
        if (machine_rows[index].state == state && machine_rows[index].event == event)
        {
            return &machine_rows[index];
        }
    }
    return NULL;
}

bool machine_power_transition(enum machine_power_state state, enum machine_power_event event,
                              enum machine_power_state *ret_next)
{
    const struct machine_row *row = find_row(state, event);

    if (row != NULL)
    {
        *ret_next = row->next;
    }
    return row != NULL;
}

/* Drives the machine until it rests. The caller has claimed the whole tree. */
static NTSTATUS process(struct transition *transition, enum machine_power_event event)
{
    const struct machine_row *row = find_row(power()->state, event);

    if (row == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    platform_atomic_store(&power()->action, transition->action);
    while (row != NULL)
    {
        platform_atomic_store(&power()->state, row->next);
        if (row->action == NULL)
        {
            break;
        }
        event = row->action(transition);
        row = find_row(power()->state, event);
        platform_require(row != NULL);
    }
    platform_atomic_store(&power()->action, PowerActionNone);
    return transition->status;
}

static NTSTATUS transit(struct transition *transition, enum machine_power_event event)
{
    NTSTATUS status;

    claim_take(&pnp()->root, CLAIM_SUBTREE);
    status = process(transition, event);
    claim_release(&pnp()->root);
    return status;
}

NTSTATUS machine_sleep(SYSTEM_POWER_STATE state, struct devnode_veto *veto)
{
    struct transition transition = {
        .target = state,
        .action = state == PowerSystemHibernate ? PowerActionHibernate : PowerActionSleep,
        .veto = veto,
    };

    if (state < PowerSystemSleeping1 || state > PowerSystemHibernate)
    {
        return STATUS_INVALID_PARAMETER;
    }
    platform_atomic_store(&power()->woken_by, NULL);
    return transit(&transition, MACHINE_EVENT_SLEEP);
}

NTSTATUS machine_wake(void)
{
    SYSTEM_POWER_STATE from = platform_atomic_load(&power()->system);
    struct transition transition = {
        .target = PowerSystemWorking,
        .action = from == PowerSystemHibernate ? PowerActionHibernate : PowerActionSleep,
    };

    return transit(&transition, MACHINE_EVENT_WAKE);
}

NTSTATUS machine_shutdown(POWER_ACTION action)
{
    struct transition transition = {.target = PowerSystemShutdown, .action = action};

    if (action != PowerActionShutdown && action != PowerActionShutdownReset && action != PowerActionShutdownOff)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return transit(&transition, MACHINE_EVENT_SHUTDOWN);
}

NTSTATUS machine_switch_on(void)
{
    struct transition transition = {.target = PowerSystemWorking};
    NTSTATUS status = transit(&transition, MACHINE_EVENT_SWITCH_ON);

    if (NT_SUCCESS(status))
    {
        platform_atomic_store(&power()->system, PowerSystemWorking);
    }
    return status;
}

enum machine_power_state machine_power_state(void)
{
    return platform_atomic_load(&power()->state);
}

POWER_ACTION machine_power_action(void)
{
    return platform_atomic_load(&power()->action);
}

/*
 * Waking by a device.
 */

static void wake_by_device(PVOID context)
{
    (void)context;
    platform_atomic_store(&power()->wake_requested, 0);
    /* Somebody else may have woken the machine first, which is as good. */
    (void)machine_wake();
}

void power_system_initialize(struct power *power)
{
    power->state = MACHINE_WORKING;
    power->system = PowerSystemWorking;
    ExInitializeWorkItem(&power->waking, wake_by_device, NULL);
}

void machine_wake_signalled(PDEVICE_OBJECT device)
{
    enum machine_power_state state = machine_power_state();

    if (state != MACHINE_ASLEEP && state != MACHINE_FALLING_ASLEEP)
    {
        return;
    }
    if (device != NULL)
    {
        platform_atomic_store(&power()->woken_by, device);
    }
    if (platform_atomic_exchange(&power()->wake_requested, 1) == 0)
    {
        worker_queue(&power()->waking, DelayedWorkQueue);
    }
}

const void *machine_woken_by(void)
{
    return platform_atomic_load(&power()->woken_by);
}

/*
 * Published entry points.
 */
VOID PoSetSystemWakeDevice(PDEVICE_OBJECT DeviceObject)
{
    platform_atomic_store(&power()->woken_by, DeviceObject);
}
