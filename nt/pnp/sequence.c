/* SPDX-License-Identifier: MIT */
/*
 * Starting a devnode, keeping it going, and what others may ask for.
 */
#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/pnp/claim.h"
#include "nt/pnp/packet.h"
#include "nt/pnp/queue.h"
#include "nt/pnp/relations.h"
#include "nt/pnp/resource.h"
#include "nt/pnp/sequence.h"
#include "nt/power/system.h"

/*
 * Starting.
 */

/* What an earlier attempt has left as the reason is over when there is a new one. */
static bool can_start(struct devnode *devnode, NTSTATUS *ret_status)
{
    enum devnode_state parent_state;

    pnp_lock();
    parent_state = devnode->parent == NULL ? DEVNODE_REMOVED : devnode_state(devnode->parent);
    pnp_unlock();
    *ret_status = devnode->disabled                             ? STATUS_DEVICE_NOT_READY :
                  devnode->problem == CM_PROB_HARDWARE_DISABLED ? STATUS_DEVICE_NOT_READY :
                  devnode->problem == CM_PROB_INVALID_DATA      ? STATUS_PNP_INVALID_ID :
                  devnode->problem == CM_PROB_DUPLICATE_DEVICE  ? STATUS_OBJECT_NAME_COLLISION :
                  parent_state != DEVNODE_STARTED               ? STATUS_NO_SUCH_DEVICE :
                                                                  STATUS_SUCCESS;
    return NT_SUCCESS(*ret_status);
}

static uint32_t start_problem(NTSTATUS status)
{
    return status == STATUS_INSUFFICIENT_RESOURCES ? CM_PROB_OUT_OF_MEMORY : CM_PROB_FAILED_START;
}

/* One that was there before is told that it is gone; one that never was is only taken apart. */
static NTSTATUS fail_start(struct devnode *devnode, NTSTATUS status)
{
    uint32_t problem = start_problem(status);

    (void)news_tell(devnode, DEVNODE_NEWS_START_FAILED);
    if (devnode->state == DEVNODE_STOPPED)
    {
        (void)removal_surprise(devnode, problem, status);
    }
    else
    {
        (void)machine_event(devnode, DEVNODE_EVENT_REMOVE);
        node_set_problem(devnode, problem, status);
    }
    return status;
}

/* An identity that could not be learned for want of memory is learned now. */
static NTSTATUS complete_identity(struct devnode *devnode)
{
    bool incomplete = devnode->problem == CM_PROB_OUT_OF_MEMORY && !devnode->is_root_enumerated;

    return incomplete && devnode->state == DEVNODE_INITIALIZED ? identity_complete(devnode) : STATUS_SUCCESS;
}

static NTSTATUS finish_start(struct devnode *devnode)
{
    NTSTATUS status;

    devnode->was_started = true;
    (void)identity_query_capabilities(devnode);
    (void)news_tell(devnode, DEVNODE_NEWS_STARTED);
    status = sequence_check_state(devnode);
    if (NT_SUCCESS(status) && devnode->state == DEVNODE_STARTED && !NT_SUCCESS(relations_enumerate(devnode)))
    {
        /* The device itself works; its children are looked for once more. */
        queue_wish(devnode, DEVNODE_WISH_ENUMERATE);
    }
    return status;
}

NTSTATUS sequence_start(struct devnode *devnode)
{
    NTSTATUS status;

    if (devnode->state != DEVNODE_INITIALIZED && devnode->state != DEVNODE_REMOVED)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    status = complete_identity(devnode);
    if (!NT_SUCCESS(status) || !can_start(devnode, &status))
    {
        return status;
    }
    node_set_problem(devnode, 0, STATUS_SUCCESS);
    /* Before the start: a device may idle as soon as it has started. */
    platform_atomic_store(&devnode->power.state, 0);
    status = machine_event(devnode, DEVNODE_EVENT_ADD);
    if (!NT_SUCCESS(status))
    {
        (void)news_tell(devnode, DEVNODE_NEWS_START_FAILED);
        return status;
    }
    status = machine_event(devnode, DEVNODE_EVENT_START);
    return NT_SUCCESS(status) ? finish_start(devnode) : fail_start(devnode, status);
}

/*
 * The PnP state that a stack reports.
 */

/* Asks a stack that runs; what is below the top and does not run has nothing to stop. */
static NTSTATUS query_stop(struct devnode *top, struct devnode *devnode, struct devnode_veto *veto)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (devnode == top || devnode->state == DEVNODE_STARTED)
    {
        status = machine_event(devnode, DEVNODE_EVENT_QUERY_STOP);
    }
    if (!NT_SUCCESS(status))
    {
        veto_set(veto, devnode, PNP_VetoDriver, status);
    }
    return status;
}

static void cancel_stop(struct devnode *top)
{
    for (struct devnode *devnode = top; devnode != NULL; devnode = node_next_downwards(top, devnode))
    {
        if (devnode->state == DEVNODE_STOP_PENDING)
        {
            (void)machine_event(devnode, DEVNODE_EVENT_CANCEL_STOP);
        }
    }
}

static void stop_all(struct devnode *top)
{
    for (struct devnode *devnode = node_next_upwards(top, NULL); devnode != NULL; devnode = node_next_upwards(top, devnode))
    {
        if (devnode->state == DEVNODE_STOP_PENDING)
        {
            (void)machine_event(devnode, DEVNODE_EVENT_STOP);
            (void)news_tell(devnode, DEVNODE_NEWS_STOPPED);
        }
    }
}

/* A stack that cannot start again is removed by surprise, and everything below it. */
static NTSTATUS start_again(struct devnode *devnode)
{
    NTSTATUS status = machine_event(devnode, DEVNODE_EVENT_START);

    if (!NT_SUCCESS(status))
    {
        return fail_start(devnode, status);
    }
    (void)news_tell(devnode, DEVNODE_NEWS_STARTED);
    return status;
}

/* A bus does not stop under its children: they stop before it and start after it. The caller has claimed the subtree. */
static NTSTATUS rebalance(struct devnode *top, struct devnode_veto *veto)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (struct devnode *devnode = node_next_upwards(top, NULL); devnode != NULL && NT_SUCCESS(status);
         devnode = node_next_upwards(top, devnode))
    {
        status = query_stop(top, devnode, veto);
    }
    if (!NT_SUCCESS(status))
    {
        cancel_stop(top);
        return status;
    }
    stop_all(top);
    status = start_again(top);
    for (struct devnode *devnode = node_next_downwards(top, top); devnode != NULL;
         devnode = node_next_downwards(top, devnode))
    {
        if (devnode->state == DEVNODE_STOPPED)
        {
            (void)start_again(devnode);
        }
    }
    return status;
}

NTSTATUS sequence_check_state(struct devnode *devnode)
{
    ULONG_PTR state = 0;
    NTSTATUS status;

    if (devnode->state != DEVNODE_STARTED)
    {
        return STATUS_SUCCESS;
    }
    status = packet_ask_plain(devnode, IRP_MN_QUERY_PNP_DEVICE_STATE, &state);
    devnode->pnp_state = NT_SUCCESS(status) ? (PNP_DEVICE_STATE)state : 0;
    if ((devnode->pnp_state & PNP_DEVICE_REMOVED) != 0)
    {
        (void)removal_surprise(devnode, CM_PROB_DEVICE_NOT_THERE, STATUS_NO_SUCH_DEVICE);
        return STATUS_NO_SUCH_DEVICE;
    }
    if ((devnode->pnp_state & PNP_DEVICE_FAILED) != 0)
    {
        (void)removal_surprise(devnode, CM_PROB_FAILED_POST_START, STATUS_UNSUCCESSFUL);
        return STATUS_UNSUCCESSFUL;
    }
    if ((devnode->pnp_state & PNP_DEVICE_DISABLED) != 0)
    {
        (void)removal_surprise(devnode, CM_PROB_HARDWARE_DISABLED, STATUS_DEVICE_NOT_READY);
        return STATUS_DEVICE_NOT_READY;
    }
    return STATUS_SUCCESS;
}

/* The stack has said that something about it has changed. */
static void state_changed(struct devnode *devnode)
{
    NTSTATUS status = sequence_check_state(devnode);

    if (NT_SUCCESS(status) && devnode->state == DEVNODE_STARTED &&
        (devnode->pnp_state & PNP_DEVICE_RESOURCE_REQUIREMENTS_CHANGED) != 0)
    {
        queue_wish(devnode, DEVNODE_WISH_REBALANCE);
    }
}

static void requirements_changed(struct devnode *devnode)
{
    if (devnode->state == DEVNODE_STARTED)
    {
        (void)resource_query_requirements(devnode);
        (void)rebalance(devnode, NULL);
    }
}

void sequence_fulfil(struct devnode *devnode, uint32_t wish)
{
    switch (wish)
    {
        case DEVNODE_WISH_VANISH:
            (void)removal_surprise(devnode, 0, STATUS_SUCCESS);
            break;
        case DEVNODE_WISH_FINISH:
            removal_finish(devnode);
            break;
        case DEVNODE_WISH_EJECT:
            (void)removal_eject(devnode, NULL);
            break;
        case DEVNODE_WISH_RESTART:
            removal_restart(devnode);
            break;
        case DEVNODE_WISH_STATE:
            state_changed(devnode);
            break;
        case DEVNODE_WISH_REBALANCE:
            requirements_changed(devnode);
            break;
        case DEVNODE_WISH_START:
            (void)sequence_start(devnode);
            break;
        default:
            (void)relations_enumerate(devnode);
            break;
    }
}

/*
 * What others ask for, on their own thread. A devnode that has left the tree meanwhile is no device any more.
 */

static NTSTATUS claim_present(struct devnode *devnode, enum claim_kind kind)
{
    bool linked;

    claim_take(devnode, kind);
    pnp_lock();
    linked = node_is_linked(devnode);
    pnp_unlock();
    if (!linked)
    {
        claim_release(devnode);
    }
    return linked ? STATUS_SUCCESS : STATUS_NO_SUCH_DEVICE;
}

/*
 * The same for what starts stacks: nobody can enter D0 while what is above him sleeps, and the wake would wait for the claim. While
 * the machine is on its way the claim waits; with it the machine neither falls asleep nor wakes.
 */
static NTSTATUS claim_to_start(struct devnode *devnode, enum claim_kind kind)
{
    NTSTATUS status = claim_present(devnode, kind);

    if (NT_SUCCESS(status) && machine_power_state() == MACHINE_ASLEEP)
    {
        claim_release(devnode);
        status = STATUS_POWER_STATE_INVALID;
    }
    return status;
}

NTSTATUS devnode_start(struct devnode *devnode)
{
    NTSTATUS status = claim_to_start(devnode, CLAIM_ONE);

    if (NT_SUCCESS(status))
    {
        status = sequence_start(devnode);
        claim_release(devnode);
    }
    return status;
}

NTSTATUS devnode_remove_or_veto(struct devnode *devnode, struct devnode_veto *veto)
{
    NTSTATUS status = claim_present(devnode, CLAIM_SUBTREE);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    devnode_reference(devnode);
    status = devnode->state == DEVNODE_STARTED ? removal_orderly(devnode, RemovalRelations, 0, veto) :
                                                 STATUS_INVALID_DEVICE_STATE;
    claim_release(devnode);
    devnode_release(devnode);
    return status;
}

NTSTATUS devnode_remove(struct devnode *devnode)
{
    return devnode_remove_or_veto(devnode, NULL);
}

NTSTATUS devnode_surprise_remove_begin(struct devnode *devnode)
{
    NTSTATUS status = claim_present(devnode, CLAIM_SUBTREE);

    if (NT_SUCCESS(status))
    {
        devnode_reference(devnode);
        status = removal_surprise(devnode, 0, STATUS_SUCCESS);
        claim_release(devnode);
        devnode_release(devnode);
    }
    return status;
}

/* Files of the subtree are closed by others, who may need claims for that, so this waits without one. */
NTSTATUS devnode_surprise_remove(struct devnode *devnode)
{
    NTSTATUS status;

    devnode_reference(devnode);
    status = devnode_surprise_remove_begin(devnode);
    pnp_lock();
    pnp()->waiting++;
    while (NT_SUCCESS(status) && node_is_linked(devnode) && devnode_state(devnode) == DEVNODE_SURPRISE_REMOVED)
    {
        (void)platform_condition_wait(&pnp()->changed, &pnp()->tree, PLATFORM_FOREVER);
    }
    /* Whoever has removed it may still hold its claim. */
    while (NT_SUCCESS(status) && devnode->claimed != CLAIM_NONE)
    {
        (void)platform_condition_wait(&pnp()->changed, &pnp()->tree, PLATFORM_FOREVER);
    }
    pnp()->waiting--;
    pnp_unlock();
    devnode_release(devnode);
    return status;
}

/* The caller has claimed the subtree. */
static bool can_be_disabled(struct devnode *top, struct devnode_veto *veto)
{
    for (struct devnode *devnode = top; devnode != NULL; devnode = node_next_downwards(top, devnode))
    {
        if ((devnode->pnp_state & PNP_DEVICE_NOT_DISABLEABLE) != 0 && devnode->state == DEVNODE_STARTED)
        {
            veto_set(veto, devnode, PNP_VetoNonDisableable, STATUS_NOT_SUPPORTED);
            return false;
        }
    }
    return true;
}

static NTSTATUS disable(struct devnode *devnode, struct devnode_veto *veto)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (!can_be_disabled(devnode, veto))
    {
        return STATUS_NOT_SUPPORTED;
    }
    if (devnode->state == DEVNODE_STARTED)
    {
        status = removal_orderly(devnode, RemovalRelations, CM_PROB_DISABLED, veto);
    }
    else if (machine_has_stack(devnode))
    {
        status = STATUS_INVALID_DEVICE_STATE;
    }
    if (NT_SUCCESS(status))
    {
        pnp_lock();
        devnode->disabled = true;
        pnp_unlock();
        node_set_problem(devnode, CM_PROB_DISABLED, STATUS_SUCCESS);
    }
    return status;
}

NTSTATUS devnode_disable(struct devnode *devnode, struct devnode_veto *veto)
{
    NTSTATUS status = claim_present(devnode, CLAIM_SUBTREE);

    if (NT_SUCCESS(status))
    {
        status = disable(devnode, veto);
        claim_release(devnode);
    }
    return status;
}

NTSTATUS devnode_enable(struct devnode *devnode)
{
    NTSTATUS status = claim_to_start(devnode, CLAIM_ONE);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (devnode->disabled)
    {
        pnp_lock();
        devnode->disabled = false;
        pnp_unlock();
        node_set_problem(devnode, 0, STATUS_SUCCESS);
    }
    status = devnode->state == DEVNODE_STARTED ? STATUS_SUCCESS : sequence_start(devnode);
    claim_release(devnode);
    return status;
}

NTSTATUS devnode_restart(struct devnode *devnode, struct devnode_veto *veto)
{
    NTSTATUS status = claim_to_start(devnode, CLAIM_SUBTREE);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (devnode->state == DEVNODE_STARTED)
    {
        status = removal_orderly(devnode, RemovalRelations, CM_PROB_NEED_RESTART, veto);
    }
    if (NT_SUCCESS(status))
    {
        status = sequence_start(devnode);
    }
    claim_release(devnode);
    return status;
}

NTSTATUS devnode_rebalance(struct devnode *devnode, struct devnode_veto *veto)
{
    NTSTATUS status = claim_to_start(devnode, CLAIM_SUBTREE);

    if (NT_SUCCESS(status))
    {
        status = rebalance(devnode, veto);
        claim_release(devnode);
    }
    return status;
}

NTSTATUS devnode_eject(struct devnode *devnode, struct devnode_veto *veto)
{
    NTSTATUS status = claim_present(devnode, CLAIM_SUBTREE);

    if (NT_SUCCESS(status))
    {
        status = removal_eject(devnode, veto);
        claim_release(devnode);
    }
    return status;
}

NTSTATUS devnode_enumerate(struct devnode *devnode)
{
    NTSTATUS status = claim_present(devnode, CLAIM_ONE);

    if (NT_SUCCESS(status))
    {
        status = relations_enumerate(devnode);
        claim_release(devnode);
    }
    return status;
}

NTSTATUS devnode_notify_usage(struct devnode *devnode, DEVICE_USAGE_NOTIFICATION_TYPE type, bool in_path)
{
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_DEVICE_USAGE_NOTIFICATION};
    NTSTATUS status = claim_present(devnode, CLAIM_ONE);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    what.Parameters.UsageNotification.Type = type;
    what.Parameters.UsageNotification.InPath = in_path;
    status = devnode->state == DEVNODE_STARTED ? packet_ask(devnode, &what, NULL) : STATUS_INVALID_DEVICE_STATE;
    claim_release(devnode);
    return status;
}

NTSTATUS devnode_query_interface(struct devnode *devnode, const GUID *type, USHORT size, USHORT version,
                                 PINTERFACE ret_interface, void *specific)
{
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_QUERY_INTERFACE};
    NTSTATUS status = claim_present(devnode, CLAIM_ONE);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    what.Parameters.QueryInterface.InterfaceType = type;
    what.Parameters.QueryInterface.Size = size;
    what.Parameters.QueryInterface.Version = version;
    what.Parameters.QueryInterface.Interface = ret_interface;
    what.Parameters.QueryInterface.InterfaceSpecificData = specific;
    status = packet_ask(devnode, &what, NULL);
    claim_release(devnode);
    return status;
}

NTSTATUS devnode_query_target(struct devnode *devnode, PDEVICE_OBJECT *ret_pdo)
{
    PDEVICE_RELATIONS relations = NULL;
    NTSTATUS status = claim_present(devnode, CLAIM_ONE);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = relations_query(devnode, TargetDeviceRelation, &relations);
    claim_release(devnode);
    if (NT_SUCCESS(status))
    {
        status = relations != NULL && relations->Count == 1 ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED;
    }
    if (NT_SUCCESS(status))
    {
        *ret_pdo = relations->Objects[0];
        devobj_reference(*ret_pdo);
    }
    relations_free(relations);
    return status;
}
