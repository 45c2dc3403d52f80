/* SPDX-License-Identifier: MIT */
/*
 * Bus relations: which children a bus driver reports, and what has changed since it was asked before.
 */
#include "nt/debug/bugcheck.h"
#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/machine.h"
#include "nt/pnp/claim.h"
#include "nt/pnp/packet.h"
#include "nt/pnp/queue.h"
#include "nt/pnp/relations.h"
#include "nt/pnp/sequence.h"

NTSTATUS relations_query(struct devnode *devnode, DEVICE_RELATION_TYPE type, PDEVICE_RELATIONS *ret_relations)
{
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_QUERY_DEVICE_RELATIONS};
    ULONG_PTR information = 0;
    NTSTATUS status;

    what.Parameters.QueryDeviceRelations.Type = type;
    status = packet_ask(devnode, &what, &information);
    *ret_relations = NT_SUCCESS(status) ? (PDEVICE_RELATIONS)information : NULL;
    return status;
}

void relations_free(PDEVICE_RELATIONS relations)
{
    if (relations != NULL)
    {
        for (ULONG index = 0; index < relations->Count; index++)
        {
            devobj_release(relations->Objects[index]);
        }
        ExFreePool(relations);
    }
}

struct devnode *devnode_of_pdo(PDEVICE_OBJECT device)
{
    struct devnode *devnode = device == NULL ? NULL : devobj_extension(device)->devnode;

    return devnode != NULL && devnode->pdo == device ? devnode : NULL;
}

struct devnode *devnode_require_pdo(PDEVICE_OBJECT device)
{
    struct devnode *devnode = devnode_of_pdo(device);

    if (devnode == NULL)
    {
        bugcheck(PNP_DETECTED_FATAL_ERROR, 2, (ULONG_PTR)device, 0, 0);
    }
    return devnode;
}

/*
 * New children.
 */

/* Memory that is short for a moment must not make a device be overlooked. NULL when it stays short. */
static struct devnode *create_patiently(void)
{
    struct devnode *devnode = node_create();

    for (int times = 0; devnode == NULL && times < 3; times++)
    {
        platform_sleep_until(platform_deadline_in(PLATFORM_MILLISECOND));
        devnode = node_create();
    }
    return devnode;
}

/*
 * The devnode that the device had when it was reported before, or a new one; claimed. The device refers to it as long as it
 * exists. Whoever has just taken it out of the tree may still have its claim, and waits for nothing any more.
 */
static struct devnode *devnode_for(PDEVICE_OBJECT pdo)
{
    struct devnode *devnode = devobj_extension(pdo)->devnode;

    if (devnode == NULL)
    {
        devnode = create_patiently();
        if (devnode == NULL)
        {
            return NULL;
        }
        devnode->claimed = CLAIM_ONE;
        platform_mutex_lock(&machine()->topology);
        devobj_extension(pdo)->devnode = devnode;
        platform_mutex_unlock(&machine()->topology);
    }
    else
    {
        claim_take(devnode, CLAIM_ONE);
    }
    devobj_reference(pdo);
    devnode->pdo = pdo;
    devnode->driver = NULL;
    devnode->vanished = false;
    devnode->disabled = false;
    devnode->reappeared = false;
    devnode->was_started = false;
    devnode->finishes_with_last_file = false;
    node_set_problem(devnode, 0, STATUS_SUCCESS);
    platform_atomic_store(&devnode->state, DEVNODE_INITIALIZED);
    return devnode;
}

/*
 * Enters the child under its name. Two devices of one name in an answer are a lie of their bus driver. One whose predecessor is
 * missing, but not gone yet, waits for that (node_leave()); one of another bus likewise.
 */
static void enter_child(struct devnode *parent, struct devnode *child)
{
    struct devnode *other;

    pnp_lock();
    other = child->instance.Length == 0 ? NULL : node_find(&child->instance);
    if (other != NULL && other->parent == parent && other->reported_in == parent->enumeration)
    {
        pnp_unlock();
        bugcheck(PNP_DETECTED_FATAL_ERROR, 1, (ULONG_PTR)child->pdo, (ULONG_PTR)other->pdo, 0);
    }
    if (other != NULL)
    {
        node_set_problem(child, CM_PROB_DUPLICATE_DEVICE, STATUS_OBJECT_NAME_COLLISION);
    }
    node_link(child, parent);
    if (child->instance.Length != 0)
    {
        node_index(child);
    }
    child->reported_in = parent->enumeration;
    pnp_unlock();
}

/* From the link on others see the child; the claim keeps them off it until it has been introduced. */
static NTSTATUS add_child(struct devnode *parent, PDEVICE_OBJECT pdo)
{
    struct devnode *child = devnode_for(pdo);
    NTSTATUS status;

    if (child == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    (void)platform_atomic_fetch_or(&pdo->Flags, DO_BUS_ENUMERATED_DEVICE);
    (void)platform_atomic_fetch_and(&pdo->Flags, ~(ULONG)DO_DEVICE_INITIALIZING);
    status = identity_query(child, parent);
    (void)packet_ask_plain(child, IRP_MN_DEVICE_ENUMERATED, NULL);
    enter_child(parent, child);
    (void)news_tell(child, DEVNODE_NEWS_ARRIVED);
    if (child->problem == 0)
    {
        queue_wish(child, DEVNODE_WISH_START);
    }
    claim_release(child);
    return status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_SUCCESS;
}

/*
 * Known children.
 */

/* A child whose stack went away for a reason that is over, and one that there was no memory for, get another chance. */
static bool deserves_start(struct devnode *child)
{
    enum devnode_state state = devnode_state(child);
    uint32_t problem = devnode_problem(child, NULL);

    return !child->vanished && !child->disabled && (state == DEVNODE_INITIALIZED || state == DEVNODE_REMOVED) &&
           (problem == 0 || problem == CM_PROB_OUT_OF_MEMORY);
}

/* Says whether the device is a known child, and takes note of it. */
static bool note_known(struct devnode *parent, PDEVICE_OBJECT pdo)
{
    struct devnode *child;
    bool is_known;

    if (pdo == NULL)
    {
        bugcheck(PNP_DETECTED_FATAL_ERROR, 8, (ULONG_PTR)parent->pdo, 0, 0);
    }
    pnp_lock();
    child = devobj_extension(pdo)->devnode;
    is_known = child != NULL && node_is_linked(child);
    if (devobj_extension(pdo)->lower != NULL || (is_known && child->parent != parent))
    {
        pnp_unlock();
        bugcheck(PNP_DETECTED_FATAL_ERROR, 2, (ULONG_PTR)pdo, 0, 0);
    }
    if (is_known)
    {
        child->reported_in = parent->enumeration;
        child->reappeared = child->vanished;
        /* It was missing and is back before anybody has acted on that. */
        (void)queue_unwish_locked(child, DEVNODE_WISH_VANISH);
        if (deserves_start(child))
        {
            queue_wish_locked(child, DEVNODE_WISH_START);
        }
    }
    pnp_unlock();
    return is_known;
}

static NTSTATUS take_reported(struct devnode *parent, const DEVICE_RELATIONS *relations)
{
    NTSTATUS status = STATUS_SUCCESS;
    bool changed = false;

    /* First those that stay, so that nobody is taken for the double of one that does. */
    for (ULONG index = 0; index < relations->Count; index++)
    {
        (void)note_known(parent, relations->Objects[index]);
    }
    for (ULONG index = 0; index < relations->Count; index++)
    {
        NTSTATUS added;

        if (note_known(parent, relations->Objects[index]))
        {
            continue;
        }
        added = add_child(parent, relations->Objects[index]);
        status = NT_SUCCESS(status) ? added : status;
        changed = true;
    }
    if (changed)
    {
        (void)news_tell(parent, DEVNODE_NEWS_CHILDREN_CHANGED);
    }
    return status;
}

/* Only the parent's claim lets children leave, or a claim on them; those are not the ones that were just reported. */
static void let_missing_vanish(struct devnode *parent)
{
    PLIST_ENTRY link;

    pnp_lock();
    for (link = parent->children.Flink; link != &parent->children; link = link->Flink)
    {
        struct devnode *child = CONTAINING_RECORD(link, struct devnode, sibling);

        if (child->reported_in != parent->enumeration && !child->vanished)
        {
            queue_wish_locked(child, DEVNODE_WISH_VANISH);
        }
    }
    pnp_unlock();
    queue_wake();
}

NTSTATUS relations_enumerate(struct devnode *devnode)
{
    PDEVICE_RELATIONS relations;
    NTSTATUS status;

    if (devnode->state != DEVNODE_STARTED || devnode->pdo == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    status = relations_query(devnode, BusRelations, &relations);
    if (!NT_SUCCESS(status))
    {
        /* Not a bus. */
        return status == STATUS_NOT_SUPPORTED ? STATUS_SUCCESS : status;
    }
    devnode->enumeration++;
    if (relations != NULL)
    {
        status = take_reported(devnode, relations);
    }
    let_missing_vanish(devnode);
    relations_free(relations);
    return status;
}
