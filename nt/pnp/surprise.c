/* SPDX-License-Identifier: MIT */
/*
 * Surprise removal, and ejection.
 */
#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/pnp/claim.h"
#include "nt/pnp/eject.h"
#include "nt/pnp/packet.h"
#include "nt/pnp/queue.h"
#include "nt/pnp/relations.h"
#include "nt/pnp/sequence.h"

/* What must not be without the missing device is as good as missing; its bus says whether it is still there. */
static void spread(struct devnode *devnode)
{
    PDEVICE_RELATIONS relations;

    if (!NT_SUCCESS(relations_query(devnode, RemovalRelations, &relations)) || relations == NULL)
    {
        return;
    }
    for (ULONG index = 0; index < relations->Count; index++)
    {
        struct devnode *related = devnode_of_pdo(relations->Objects[index]);

        if (related != NULL && related != devnode)
        {
            pnp_lock();
            related->reappeared = true;
            queue_wish_locked(related, DEVNODE_WISH_VANISH);
            pnp_unlock();
            queue_wake();
        }
    }
    relations_free(relations);
}

static void surprise_one(struct devnode *devnode, bool vanishes)
{
    pnp_lock();
    devnode->vanished = vanishes;
    pnp_unlock();
    if (!machine_has_stack(devnode) || devnode->state == DEVNODE_SURPRISE_REMOVED)
    {
        return;
    }
    if (devnode->state == DEVNODE_STARTED)
    {
        spread(devnode);
    }
    (void)machine_event(devnode, DEVNODE_EVENT_SURPRISE_REMOVE);
    (void)news_tell(devnode, DEVNODE_NEWS_SURPRISE_REMOVED);
}

/* Whether the stack may go now. If a file is open its close will ask again. */
static bool last_file_is_closed(struct devnode *devnode)
{
    bool closed;

    platform_mutex_lock(&devnode->lock);
    closed = devnode->open_files == 0;
    devnode->finishes_with_last_file = !closed;
    devnode->refuses_files |= closed;
    platform_mutex_unlock(&devnode->lock);
    return closed;
}

/* A root-enumerated devnode belongs to who made it. What leaves its parent no longer keeps that from being freed. */
static void leave_if_vanished(struct devnode *devnode)
{
    struct devnode *parent = devnode->parent;

    if (!devnode->vanished || devnode->is_root_enumerated)
    {
        return;
    }
    devnode_reference(parent);
    node_leave(devnode);
    if (devnode_state(parent) == DEVNODE_SURPRISE_REMOVED)
    {
        queue_wish(parent, DEVNODE_WISH_FINISH);
    }
    devnode_release(parent);
}

static void begin_anew(struct devnode *devnode)
{
    if (devnode->restarts)
    {
        devnode->restarts = false;
        node_set_problem(devnode, 0, STATUS_SUCCESS);
        queue_wish(devnode, DEVNODE_WISH_START);
    }
}

static void finish_one(struct devnode *devnode)
{
    if (devnode->child_count != 0 || (machine_has_stack(devnode) && devnode->state != DEVNODE_SURPRISE_REMOVED))
    {
        return;
    }
    if (devnode->state == DEVNODE_SURPRISE_REMOVED)
    {
        if (!last_file_is_closed(devnode))
        {
            return;
        }
        (void)machine_event(devnode, DEVNODE_EVENT_REMOVE);
        (void)news_tell(devnode, DEVNODE_NEWS_REMOVED);
        begin_anew(devnode);
    }
    else if (devnode->vanished && !devnode->is_root_enumerated)
    {
        /* The bus driver deletes the device when it is told to remove one that it has reported missing. */
        (void)packet_tell(devnode, IRP_MN_REMOVE_DEVICE);
    }
    leave_if_vanished(devnode);
}

void removal_finish(struct devnode *top)
{
    struct devnode *next;

    for (struct devnode *devnode = node_next_upwards(top, NULL); devnode != NULL; devnode = next)
    {
        next = node_next_upwards(top, devnode);
        finish_one(devnode);
    }
    pnp_lock();
    claim_announce_locked();
    pnp_unlock();
}

NTSTATUS removal_surprise(struct devnode *top, uint32_t problem, NTSTATUS status)
{
    if (!machine_has_stack(top) && top->is_root_enumerated)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    for (struct devnode *devnode = node_next_upwards(top, NULL); devnode != NULL; devnode = node_next_upwards(top, devnode))
    {
        surprise_one(devnode, devnode != top || problem == 0);
    }
    if (problem != 0)
    {
        node_set_problem(top, problem, status);
    }
    else
    {
        top->restarts = false;
    }
    removal_finish(top);
    return STATUS_SUCCESS;
}

void removal_restart(struct devnode *devnode)
{
    if (machine_has_stack(devnode))
    {
        devnode->restarts = true;
        (void)removal_surprise(devnode, CM_PROB_NEED_RESTART, STATUS_SUCCESS);
    }
}

/*
 * Ejection.
 */

struct eject_request
{
    LIST_ENTRY link;
    PIO_DEVICE_EJECT_CALLBACK callback;
    void *context;
    PDRIVER_OBJECT driver;
};

NTSTATUS eject_request_add(struct devnode *devnode, PIO_DEVICE_EJECT_CALLBACK callback, void *context, PDRIVER_OBJECT driver)
{
    struct eject_request *request = platform_zalloc(sizeof(*request));
    bool gone;

    if (request == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    request->callback = callback;
    request->context = context;
    request->driver = driver;
    pnp_lock();
    gone = !node_is_linked(devnode);
    InsertTailList(&devnode->eject_requests, &request->link);
    queue_wish_locked(devnode, DEVNODE_WISH_EJECT);
    pnp_unlock();
    queue_wake();
    if (gone)
    {
        eject_requests_answer(devnode, STATUS_NO_SUCH_DEVICE);
    }
    return STATUS_SUCCESS;
}

void eject_requests_answer(struct devnode *devnode, NTSTATUS status)
{
    struct eject_request *request = NULL;

    do
    {
        pnp_lock();
        request = IsListEmpty(&devnode->eject_requests) ?
                      NULL :
                      CONTAINING_RECORD(RemoveHeadList(&devnode->eject_requests), struct eject_request, link);
        pnp_unlock();
        if (request != NULL)
        {
            if (request->callback != NULL)
            {
                request->callback(status, request->context);
            }
            platform_free(request, sizeof(*request));
        }
    } while (request != NULL);
}

/* The stack is gone, so this reaches the bus driver only. */
static NTSTATUS tell_bus(struct devnode *devnode)
{
    NTSTATUS status = packet_ask_plain(devnode, IRP_MN_EJECT, NULL);

    /* The bus driver may have reported it missing meanwhile, and has deleted it with the removal. */
    if (!NT_SUCCESS(status) && !devobj_is_deleted(devnode->pdo))
    {
        /* It is still in its slot, so it may as well work. */
        node_set_problem(devnode, 0, STATUS_SUCCESS);
        queue_wish(devnode, DEVNODE_WISH_START);
    }
    queue_wish(devnode->parent, DEVNODE_WISH_ENUMERATE);
    return status;
}

NTSTATUS removal_eject(struct devnode *devnode, struct devnode_veto *veto)
{
    NTSTATUS status = removal_orderly(devnode, EjectionRelations, CM_PROB_HELD_FOR_EJECT, veto);

    if (NT_SUCCESS(status))
    {
        status = tell_bus(devnode);
    }
    eject_requests_answer(devnode, status);
    return status;
}
