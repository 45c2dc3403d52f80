/* SPDX-License-Identifier: MIT */
/*
 * The machine of a devnode, as data; and its files.
 */
#include "nt/io/device_object.h"
#include "nt/pnp/claim.h"
#include "nt/pnp/packet.h"
#include "nt/pnp/queue.h"
#include "nt/pnp/resource.h"
#include "nt/pnp/sequence.h"

typedef NTSTATUS devnode_action(struct devnode *devnode);

/*
 * The actions.
 */

static NTSTATUS action_add(struct devnode *devnode)
{
    platform_mutex_lock(&devnode->lock);
    devnode->refuses_files = false;
    platform_mutex_unlock(&devnode->lock);
    return stack_add(devnode);
}

static NTSTATUS action_start(struct devnode *devnode)
{
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_START_DEVICE};
    NTSTATUS status = resource_assign(devnode);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    what.Parameters.StartDevice.AllocatedResources = devnode->raw;
    what.Parameters.StartDevice.AllocatedResourcesTranslated = devnode->translated;
    return packet_ask(devnode, &what, NULL);
}

static NTSTATUS action_query_stop(struct devnode *devnode)
{
    NTSTATUS status = packet_ask_plain(devnode, IRP_MN_QUERY_STOP_DEVICE, NULL);

    if (!NT_SUCCESS(status))
    {
        (void)packet_tell(devnode, IRP_MN_CANCEL_STOP_DEVICE);
    }
    return status;
}

static NTSTATUS action_cancel_stop(struct devnode *devnode)
{
    return packet_tell(devnode, IRP_MN_CANCEL_STOP_DEVICE);
}

static NTSTATUS action_stop(struct devnode *devnode)
{
    return packet_tell(devnode, IRP_MN_STOP_DEVICE);
}

static void accept_files(struct devnode *devnode)
{
    platform_mutex_lock(&devnode->lock);
    devnode->refuses_files = false;
    platform_mutex_unlock(&devnode->lock);
}

/* Nobody opens a device that is asked to go: what has agreed that nobody uses it stays true until the answer is taken back. */
static NTSTATUS action_query_remove(struct devnode *devnode)
{
    NTSTATUS status;
    bool busy;

    platform_mutex_lock(&devnode->lock);
    busy = devnode->open_files != 0;
    devnode->refuses_files = !busy;
    platform_mutex_unlock(&devnode->lock);
    if (busy)
    {
        return STATUS_DEVICE_BUSY;
    }
    status = packet_ask_plain(devnode, IRP_MN_QUERY_REMOVE_DEVICE, NULL);
    if (!NT_SUCCESS(status))
    {
        (void)packet_tell(devnode, IRP_MN_CANCEL_REMOVE_DEVICE);
        accept_files(devnode);
    }
    return status;
}

static NTSTATUS action_cancel_remove(struct devnode *devnode)
{
    NTSTATUS status = packet_tell(devnode, IRP_MN_CANCEL_REMOVE_DEVICE);

    accept_files(devnode);
    return status;
}

static NTSTATUS action_surprise_remove(struct devnode *devnode)
{
    return packet_tell(devnode, IRP_MN_SURPRISE_REMOVAL);
}

/* The caller holds the devnode's lock. */
static void wait_for_files(struct devnode *devnode)
{
    while (devnode->open_files != 0)
    {
        (void)platform_condition_wait(&devnode->last_file_closed, &devnode->lock, PLATFORM_FOREVER);
    }
}

void devnode_refuse_files(struct devnode *devnode)
{
    platform_mutex_lock(&devnode->lock);
    wait_for_files(devnode);
    devnode->refuses_files = true;
    platform_mutex_unlock(&devnode->lock);
}

/* A file may still be opened while the stack runs down; whoever runs it down waits for that one too. */
static NTSTATUS action_remove(struct devnode *devnode)
{
    NTSTATUS status;

    platform_mutex_lock(&devnode->lock);
    wait_for_files(devnode);
    platform_mutex_unlock(&devnode->lock);
    /* Neither may a power packet be on its way through drivers that go, nor one that a driver asks for while it goes. */
    power_lane_drain(&devnode->power);
    status = packet_tell(devnode, IRP_MN_REMOVE_DEVICE);
    power_lane_drain(&devnode->power);
    devnode_refuse_files(devnode);
    return status;
}

/*
 * The machine. An event that a state does not list is refused; a failed action leaves the state as it was, except that what
 * tells a fact succeeds whatever the drivers say.
 */
static const struct devnode_row
{
    enum devnode_state state;
    enum devnode_event event;
    devnode_action *action;
    enum devnode_state next;
    bool is_fact;
} devnode_rows[] = {
    {DEVNODE_INITIALIZED, DEVNODE_EVENT_ADD, action_add, DEVNODE_ADDED, false},
    {DEVNODE_REMOVED, DEVNODE_EVENT_ADD, action_add, DEVNODE_ADDED, false},

    {DEVNODE_ADDED, DEVNODE_EVENT_START, action_start, DEVNODE_STARTED, false},
    {DEVNODE_ADDED, DEVNODE_EVENT_REMOVE, action_remove, DEVNODE_REMOVED, true},
    {DEVNODE_ADDED, DEVNODE_EVENT_SURPRISE_REMOVE, action_surprise_remove, DEVNODE_SURPRISE_REMOVED, true},

    {DEVNODE_STARTED, DEVNODE_EVENT_QUERY_STOP, action_query_stop, DEVNODE_STOP_PENDING, false},
    {DEVNODE_STARTED, DEVNODE_EVENT_QUERY_REMOVE, action_query_remove, DEVNODE_REMOVE_PENDING, false},
    {DEVNODE_STARTED, DEVNODE_EVENT_SURPRISE_REMOVE, action_surprise_remove, DEVNODE_SURPRISE_REMOVED, true},

    {DEVNODE_STOP_PENDING, DEVNODE_EVENT_CANCEL_STOP, action_cancel_stop, DEVNODE_STARTED, true},
    {DEVNODE_STOP_PENDING, DEVNODE_EVENT_STOP, action_stop, DEVNODE_STOPPED, true},
    {DEVNODE_STOP_PENDING, DEVNODE_EVENT_SURPRISE_REMOVE, action_surprise_remove, DEVNODE_SURPRISE_REMOVED, true},

    {DEVNODE_STOPPED, DEVNODE_EVENT_START, action_start, DEVNODE_STARTED, false},
    {DEVNODE_STOPPED, DEVNODE_EVENT_SURPRISE_REMOVE, action_surprise_remove, DEVNODE_SURPRISE_REMOVED, true},

    {DEVNODE_REMOVE_PENDING, DEVNODE_EVENT_CANCEL_REMOVE, action_cancel_remove, DEVNODE_STARTED, true},
    {DEVNODE_REMOVE_PENDING, DEVNODE_EVENT_REMOVE, action_remove, DEVNODE_REMOVED, true},
    {DEVNODE_REMOVE_PENDING, DEVNODE_EVENT_SURPRISE_REMOVE, action_surprise_remove, DEVNODE_SURPRISE_REMOVED, true},

    {DEVNODE_SURPRISE_REMOVED, DEVNODE_EVENT_REMOVE, action_remove, DEVNODE_REMOVED, true},
};

static const struct devnode_row *find_row(enum devnode_state state, enum devnode_event event)
{
    for (size_t index = 0; index < ARRAYSIZE(devnode_rows); index++)
    {
        if (devnode_rows[index].state == state && devnode_rows[index].event == event)
        {
            return &devnode_rows[index];
        }
    }
    return NULL;
}

bool devnode_transition(enum devnode_state state, enum devnode_event event, enum devnode_state *ret_next)
{
    const struct devnode_row *row = find_row(state, event);

    if (row != NULL)
    {
        *ret_next = row->next;
    }
    return row != NULL;
}

NTSTATUS machine_event(struct devnode *devnode, enum devnode_event event)
{
    const struct devnode_row *row = find_row(devnode->state, event);
    NTSTATUS status = row == NULL ? STATUS_INVALID_DEVICE_STATE : row->action(devnode);

    if (row != NULL && (row->is_fact || NT_SUCCESS(status)))
    {
        platform_atomic_store(&devnode->state, row->next);
    }
    return status;
}

bool machine_has_stack(const struct devnode *devnode)
{
    enum devnode_state state = devnode_state(devnode);

    return state != DEVNODE_INITIALIZED && state != DEVNODE_REMOVED;
}

NTSTATUS devnode_event(struct devnode *devnode, enum devnode_event event)
{
    NTSTATUS status;

    claim_take(devnode, CLAIM_ONE);
    status = machine_event(devnode, event);
    claim_release(devnode);
    return status;
}

/*
 * Files.
 */

bool devnode_file_opened(struct devnode *devnode)
{
    bool opened;

    if (devnode == NULL)
    {
        return true;
    }
    platform_mutex_lock(&devnode->lock);
    opened = !devnode->refuses_files;
    devnode->open_files += opened ? 1 : 0;
    platform_mutex_unlock(&devnode->lock);
    return opened;
}

void devnode_file_closed(struct devnode *devnode)
{
    bool finishes;

    if (devnode == NULL)
    {
        return;
    }
    platform_mutex_lock(&devnode->lock);
    devnode->open_files--;
    finishes = devnode->open_files == 0 && devnode->finishes_with_last_file;
    platform_condition_broadcast(&devnode->last_file_closed);
    platform_mutex_unlock(&devnode->lock);
    if (finishes)
    {
        queue_wish(devnode, DEVNODE_WISH_FINISH);
    }
}
