/* SPDX-License-Identifier: MIT */
/*
 * Driving the machines of a device.
 */
#include "wdf/machine.h"

#include "nt/thread/worker.h"
#include "wdf/device.h"
#include "wdf/pnp.h"
#include "wdf/state_change.h"

const struct machine_table *machine_table(enum machine_kind kind)
{
    static const struct machine_table *const tables[] = {
        [MACHINE_POWER] = &power_machine,
        [MACHINE_POLICY] = &policy_machine,
        [MACHINE_PNP] = &pnp_machine,
    };

    return tables[kind];
}

const struct machine_row *machine_find(const struct machine_table *table, uint8_t state, uint8_t event)
{
    for (size_t index = 0; index < table->count; index++)
    {
        if (table->rows[index].state == state && table->rows[index].event == event)
        {
            return &table->rows[index];
        }
    }
    return NULL;
}

static bool is_refused(const struct machine_table *table, uint8_t state, uint8_t event)
{
    return table->refused != NULL && (table->refused[state] >> event & 1) != 0;
}

/*
 * The first posted event that a machine's state has a row for, or refuses: then the row is NULL. False when there is none. The
 * caller holds the lock.
 */
static bool take_event(struct machines *machines, enum machine_kind kind, const struct machine_row **ret_row)
{
    const struct machine_table *table = machine_table(kind);
    uint8_t state = machines->state[kind];

    for (uint32_t left = machines->posted[kind]; left != 0; left &= left - 1)
    {
        uint8_t event = (uint8_t)__builtin_ctz(left);

        *ret_row = machine_find(table, state, event);
        if (*ret_row != NULL || is_refused(table, state, event))
        {
            machines->posted[kind] &= ~(1u << event);
            return true;
        }
    }
    return false;
}

/* Goes from row to row until the machine waits for an event. */
static void follow(struct device *device, enum machine_kind kind, const struct machine_row *row)
{
    struct machines *machines = &device->machines;
    uint8_t outcome;

    if (kind == MACHINE_PNP)
    {
        pnp_taken(device, row->event);
    }
    do
    {
        uint8_t from = machines->state[kind];

        state_change_leave(device, kind, from, row->next);
        platform_atomic_store(&machines->state[kind], row->next);
        state_change_enter(device, kind, from, row->next);
        outcome = row->action == NULL ? MACHINE_RESTS : row->action(device);
        state_change_processed(device, kind, from, row->next);
        if (row->action == NULL && kind == MACHINE_PNP)
        {
            pnp_settled(device);
        }
        row = outcome == MACHINE_RESTS ? NULL : machine_find(machine_table(kind), machines->state[kind], outcome);
        platform_require(outcome == MACHINE_RESTS || row != NULL);
    } while (row != NULL);
}

/* Takes the next event of any machine; when there is none, nobody drives any more. */
static bool take_any_event(struct machines *machines, enum machine_kind *ret_kind, const struct machine_row **ret_row)
{
    bool taken = false;

    platform_spinlock_lock(&machines->lock);
    for (int kind = 0; kind < MACHINE_KINDS && !taken; kind++)
    {
        *ret_kind = (enum machine_kind)kind;
        taken = take_event(machines, *ret_kind, ret_row);
    }
    if (!taken)
    {
        platform_atomic_store(&machines->driver, 0);
        machines->driven = false;
        if (machines->quiet != NULL && !machines->queued)
        {
            (void)platform_event_set(machines->quiet);
        }
    }
    platform_spinlock_unlock(&machines->lock);
    return taken;
}

/* Drives until there is nothing to do. The caller has made itself the one who drives. */
static void drive(struct device *device)
{
    enum machine_kind kind;
    const struct machine_row *row;

    while (take_any_event(&device->machines, &kind, &row))
    {
        if (row == NULL)
        {
            pnp_refused(device);
        }
        else
        {
            follow(device, kind, row);
        }
    }
}

/* Makes the calling thread the one who drives, unless there is one. The caller holds the lock. */
static bool begin_to_drive(struct machines *machines)
{
    bool begins = !machines->driven;

    if (begins)
    {
        machines->driven = true;
        platform_atomic_store(&machines->driver, platform_current()->id);
    }
    return begins;
}

static void drive_on_worker(PVOID context)
{
    struct device *device = context;
    struct machines *machines = &device->machines;
    bool drives;

    platform_spinlock_lock(&machines->lock);
    machines->queued = false;
    drives = begin_to_drive(machines);
    platform_spinlock_unlock(&machines->lock);
    if (drives)
    {
        drive(device);
    }
}

void machines_initialize(struct device *device)
{
    ExInitializeWorkItem(&device->machines.item, drive_on_worker, device);
}

void machine_post(struct device *device, enum machine_kind kind, uint8_t event)
{
    struct machines *machines = &device->machines;
    bool queues;

    platform_spinlock_lock(&machines->lock);
    machines->posted[kind] |= 1u << event;
    queues = !machines->driven && !machines->queued;
    machines->queued |= queues;
    platform_spinlock_unlock(&machines->lock);
    if (queues)
    {
        worker_queue(&machines->item, CriticalWorkQueue);
    }
}

void machine_run(struct device *device, enum machine_kind kind, uint8_t event)
{
    struct machines *machines = &device->machines;
    bool drives;

    platform_spinlock_lock(&machines->lock);
    machines->posted[kind] |= 1u << event;
    drives = begin_to_drive(machines);
    platform_spinlock_unlock(&machines->lock);
    if (drives)
    {
        drive(device);
    }
}

bool machines_driven_here(struct device *device)
{
    return platform_atomic_load(&device->machines.driver) == platform_current()->id;
}

/* The lock is taken again so that the event is in nobody's hands. */
void machines_drain(struct device *device)
{
    struct machines *machines = &device->machines;
    struct platform_event quiet = PLATFORM_EVENT_INITIALIZER(true);
    bool busy;

    platform_spinlock_lock(&machines->lock);
    busy = machines->driven || machines->queued;
    machines->quiet = busy ? &quiet : NULL;
    platform_spinlock_unlock(&machines->lock);
    if (busy)
    {
        worker_will_wait();
        platform_wait_note("a device's machines", device, 0);
        (void)platform_event_wait(&quiet, PLATFORM_FOREVER);
        platform_wait_note(NULL, NULL, 0);
        worker_has_waited();
        platform_spinlock_lock(&machines->lock);
        machines->quiet = NULL;
        platform_spinlock_unlock(&machines->lock);
    }
}
