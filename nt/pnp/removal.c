/* SPDX-License-Identifier: MIT */
/*
 * Orderly removal: the subtree, and what must go with it, is asked, and then removed, children before their parents.
 */
#include <stdio.h>
#include <string.h>

#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/pnp/claim.h"
#include "nt/pnp/eject.h"
#include "nt/pnp/packet.h"
#include "nt/pnp/queue.h"
#include "nt/pnp/relations.h"
#include "nt/pnp/sequence.h"

/* The subtrees that go together. The first is the one that was asked for, and all are claimed. */
struct removal
{
    struct devnode **tops;
    size_t count;
    size_t room;
    struct devnode_veto *veto;
};

void veto_set(struct devnode_veto *veto, const struct devnode *devnode, int type, NTSTATUS status)
{
    size_t units = devnode->instance.Length / sizeof(WCHAR);

    if (veto == NULL)
    {
        return;
    }
    veto->type = type;
    veto->status = status;
    units = units < sizeof(veto->who) - 1 ? units : sizeof(veto->who) - 1;
    for (size_t unit = 0; unit < units; unit++)
    {
        veto->who[unit] = devnode->instance.Buffer[unit] < 0x80 ? (char)devnode->instance.Buffer[unit] : '?';
    }
    veto->who[units] = 0;
}

/* The name is free: who waits for it may start. The caller holds the tree lock. */
static bool pass_name_on(const struct devnode *devnode)
{
    struct devnode *next = devnode->problem == CM_PROB_DUPLICATE_DEVICE || devnode->instance.Length == 0 ?
                               NULL :
                               node_find_double(&devnode->instance);

    if (next != NULL)
    {
        node_set_problem(next, 0, STATUS_SUCCESS);
        queue_wish_locked(next, DEVNODE_WISH_START);
    }
    return next != NULL;
}

void node_leave(struct devnode *devnode)
{
    struct devnode *parent = devnode->parent;
    PDEVICE_OBJECT pdo;
    bool reappeared;
    bool has_heir;

    (void)news_tell(devnode, DEVNODE_NEWS_GONE);
    pnp_lock();
    node_unindex(devnode);
    node_unlink(devnode);
    has_heir = pass_name_on(devnode);
    devnode->wishes = 0;
    pdo = devnode->pdo;
    devnode->pdo = NULL;
    reappeared = devnode->reappeared;
    if (reappeared)
    {
        queue_wish_locked(parent, DEVNODE_WISH_ENUMERATE);
    }
    pnp_unlock();
    if (reappeared || has_heir)
    {
        queue_wake();
    }
    eject_requests_answer(devnode, STATUS_NO_SUCH_DEVICE);
    devobj_release(pdo);
    devnode_release(devnode);
}

/*
 * Which subtrees go together.
 */

static void release_tops(struct removal *removal, size_t keep)
{
    while (removal->count > keep)
    {
        struct devnode *top = removal->tops[--removal->count];

        claim_release(top);
        devnode_release(top);
    }
}

static bool is_inside(const struct devnode *devnode, const struct devnode *top)
{
    while (devnode != NULL && devnode != top)
    {
        devnode = devnode->parent;
    }
    return devnode != NULL;
}

/* Whether it goes already, or contains what goes, which nobody can mean. The caller holds the tree lock. */
static bool is_covered(const struct removal *removal, const struct devnode *devnode)
{
    bool covered = !node_is_linked(devnode);

    for (size_t index = 0; index < removal->count; index++)
    {
        covered |= is_inside(devnode, removal->tops[index]) || is_inside(removal->tops[index], devnode);
    }
    return covered;
}

static bool make_room(struct removal *removal)
{
    size_t room = removal->room == 0 ? 4 : removal->room * 2;
    struct devnode **tops;

    if (removal->count < removal->room)
    {
        return true;
    }
    tops = platform_alloc(room * sizeof(struct devnode *));
    if (tops == NULL)
    {
        return false;
    }
    if (removal->count != 0)
    {
        memcpy(tops, removal->tops, removal->count * sizeof(struct devnode *));
    }
    platform_free(removal->tops, removal->room * sizeof(struct devnode *));
    removal->tops = tops;
    removal->room = room;
    return true;
}

/* Adds one related device. STATUS_RETRY with *ret_busy referenced when somebody else drives it just now. */
static NTSTATUS add_related(struct removal *removal, PDEVICE_OBJECT pdo, struct devnode **ret_busy)
{
    struct devnode *devnode = devnode_of_pdo(pdo);
    NTSTATUS status = STATUS_SUCCESS;

    if (devnode == NULL)
    {
        return STATUS_SUCCESS;
    }
    if (!make_room(removal))
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    pnp_lock();
    if (!is_covered(removal, devnode))
    {
        devnode_reference(devnode);
        if (claim_try_locked(devnode, CLAIM_SUBTREE))
        {
            removal->tops[removal->count++] = devnode;
        }
        else
        {
            *ret_busy = devnode;
            status = STATUS_RETRY;
        }
    }
    pnp_unlock();
    return status;
}

static NTSTATUS add_relations_of(struct removal *removal, struct devnode *devnode, DEVICE_RELATION_TYPE type,
                                 struct devnode **ret_busy)
{
    PDEVICE_RELATIONS relations;
    NTSTATUS status = relations_query(devnode, type, &relations);

    if (!NT_SUCCESS(status))
    {
        return status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_SUCCESS;
    }
    for (ULONG index = 0; relations != NULL && index < relations->Count && NT_SUCCESS(status); index++)
    {
        status = add_related(removal, relations->Objects[index], ret_busy);
    }
    relations_free(relations);
    return status;
}

static NTSTATUS add_relations(struct removal *removal, DEVICE_RELATION_TYPE type, struct devnode **ret_busy)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (size_t index = 0; index < removal->count && NT_SUCCESS(status); index++)
    {
        struct devnode *top = removal->tops[index];

        for (struct devnode *devnode = node_next_upwards(top, NULL); devnode != NULL && NT_SUCCESS(status);
             devnode = node_next_upwards(top, devnode))
        {
            if (devnode->state == DEVNODE_STARTED)
            {
                status = add_relations_of(removal, devnode, type, ret_busy);
            }
        }
    }
    return status;
}

/*
 * Claims everything that goes with the first subtree. When something of it is busy all claims are given up before the wait, so
 * that two removals that mean each other's devices cannot block each other.
 */
static NTSTATUS gather(struct removal *removal, struct devnode *top, DEVICE_RELATION_TYPE type)
{
    NTSTATUS status;

    if (!make_room(removal))
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    devnode_reference(top);
    removal->tops[removal->count++] = top;
    for (;;)
    {
        struct devnode *busy = NULL;

        status = add_relations(removal, RemovalRelations, &busy);
        if (NT_SUCCESS(status) && type != RemovalRelations)
        {
            status = add_relations(removal, type, &busy);
        }
        if (status != STATUS_RETRY)
        {
            return status;
        }
        release_tops(removal, 1);
        claim_release(top);
        claim_take(busy, CLAIM_SUBTREE);
        claim_release(busy);
        devnode_release(busy);
        claim_take(top, CLAIM_SUBTREE);
        if (!node_is_linked(top))
        {
            return STATUS_NO_SUCH_DEVICE;
        }
    }
}

/*
 * Asking.
 */

static int veto_type(NTSTATUS status)
{
    return status == STATUS_DEVICE_BUSY ? PNP_VetoOutstandingOpen : PNP_VetoDriver;
}

/* A device that is gone and still has a file open: its stack goes with the last close, and its bus cannot go before. */
static bool waits_for_files(struct devnode *devnode)
{
    bool waits;

    platform_mutex_lock(&devnode->lock);
    waits = devnode->open_files != 0;
    platform_mutex_unlock(&devnode->lock);
    return waits && devnode->state == DEVNODE_SURPRISE_REMOVED;
}

static NTSTATUS ask_one(struct removal *removal, struct devnode *devnode)
{
    NTSTATUS status;

    if (waits_for_files(devnode))
    {
        veto_set(removal->veto, devnode, PNP_VetoOutstandingOpen, STATUS_DEVICE_BUSY);
        return STATUS_DEVICE_BUSY;
    }
    if (devnode->state != DEVNODE_STARTED)
    {
        return STATUS_SUCCESS;
    }
    status = news_tell(devnode, DEVNODE_NEWS_QUERY_REMOVE);
    if (!NT_SUCCESS(status))
    {
        veto_set(removal->veto, devnode, PNP_VetoWindowsApp, status);
        (void)news_tell(devnode, DEVNODE_NEWS_REMOVE_CANCELLED);
        return status;
    }
    status = machine_event(devnode, DEVNODE_EVENT_QUERY_REMOVE);
    if (!NT_SUCCESS(status))
    {
        veto_set(removal->veto, devnode, veto_type(status), status);
        (void)news_tell(devnode, DEVNODE_NEWS_REMOVE_CANCELLED);
    }
    return status;
}

static void cancel_all(struct removal *removal)
{
    for (size_t index = 0; index < removal->count; index++)
    {
        struct devnode *top = removal->tops[index];

        for (struct devnode *devnode = top; devnode != NULL; devnode = node_next_downwards(top, devnode))
        {
            if (devnode->state == DEVNODE_REMOVE_PENDING)
            {
                (void)machine_event(devnode, DEVNODE_EVENT_CANCEL_REMOVE);
                (void)news_tell(devnode, DEVNODE_NEWS_REMOVE_CANCELLED);
            }
        }
    }
}

static NTSTATUS ask_all(struct removal *removal)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (size_t index = removal->count; index-- > 0 && NT_SUCCESS(status);)
    {
        struct devnode *top = removal->tops[index];

        for (struct devnode *devnode = node_next_upwards(top, NULL); devnode != NULL && NT_SUCCESS(status);
             devnode = node_next_upwards(top, devnode))
        {
            status = ask_one(removal, devnode);
        }
    }
    if (!NT_SUCCESS(status))
    {
        cancel_all(removal);
    }
    return status;
}

/*
 * Removing.
 */

static void remove_one(struct devnode *devnode)
{
    if (machine_has_stack(devnode))
    {
        (void)news_tell(devnode, DEVNODE_NEWS_REMOVING);
        (void)machine_event(devnode, DEVNODE_EVENT_REMOVE);
        (void)news_tell(devnode, DEVNODE_NEWS_REMOVED);
    }
}

/* Everything below the top leaves the tree: without its bus's driver nobody knows whether it is there. */
static void remove_tree(struct devnode *top)
{
    struct devnode *next;

    for (struct devnode *devnode = node_next_upwards(top, NULL); devnode != NULL; devnode = next)
    {
        next = node_next_upwards(top, devnode);
        remove_one(devnode);
        if (devnode != top)
        {
            if (devnode->state == DEVNODE_INITIALIZED)
            {
                (void)packet_tell(devnode, IRP_MN_REMOVE_DEVICE);
            }
            node_leave(devnode);
        }
    }
}

static void remove_related(struct devnode *top, DEVICE_RELATION_TYPE type)
{
    remove_tree(top);
    if (type == EjectionRelations)
    {
        node_set_problem(top, CM_PROB_HELD_FOR_EJECT, STATUS_SUCCESS);
    }
}

/* Related devices may still be there: when everything is over their buses are asked again. */
static void look_for_related(const struct removal *removal)
{
    for (size_t index = 1; index < removal->count; index++)
    {
        queue_wish(removal->tops[index]->parent, DEVNODE_WISH_ENUMERATE);
    }
}

NTSTATUS removal_orderly(struct devnode *devnode, DEVICE_RELATION_TYPE relations, uint32_t problem,
                         struct devnode_veto *veto)
{
    struct removal removal = {.veto = veto};
    NTSTATUS status = gather(&removal, devnode, relations);

    if (NT_SUCCESS(status))
    {
        status = ask_all(&removal);
    }
    for (size_t index = removal.count; index-- > 1 && NT_SUCCESS(status);)
    {
        remove_related(removal.tops[index], relations);
    }
    if (NT_SUCCESS(status))
    {
        remove_tree(devnode);
        node_set_problem(devnode, problem, STATUS_SUCCESS);
    }
    if (NT_SUCCESS(status) && problem == 0 && !devnode->is_root_enumerated)
    {
        node_leave(devnode);
    }
    if (NT_SUCCESS(status))
    {
        look_for_related(&removal);
    }
    if (removal.count != 0)
    {
        release_tops(&removal, 1);
        devnode_release(removal.tops[0]);
    }
    platform_free(removal.tops, removal.room * sizeof(struct devnode *));
    return status;
}
