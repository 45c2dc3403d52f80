/* SPDX-License-Identifier: MIT */
/*
 * The queue of wishes, and the pumps: work items that run while there is something to do. The pool of workers is elastic, so a
 * driver that waits in a callback, for its parent or a sibling say, keeps only its own pump.
 */
#include "nt/pnp/queue.h"

#include "nt/pnp/claim.h"
#include "nt/pnp/sequence.h"
#include "nt/power/system.h"
#include "nt/thread/worker.h"

/* What may end with a started device waits until the machine is awake: nobody can enter D0 while what is above him sleeps. */
#define NEEDS_THE_MACHINE (DEVNODE_WISH_START | DEVNODE_WISH_RESTART | DEVNODE_WISH_REBALANCE | DEVNODE_WISH_EJECT)

static uint32_t put_off(void)
{
    return machine_power_state() == MACHINE_ASLEEP ? NEEDS_THE_MACHINE : 0;
}

/* The wish of the devnode that is due; zero when there is none, or it is put off. */
static uint32_t due_wish(const struct devnode *devnode, uint32_t off)
{
    uint32_t wishes = devnode->wishes & ~off;

    return wishes & (0u - wishes);
}

/* Whether the queue's entry has only wishes that are put off. */
static bool sleeps(const struct devnode *devnode, uint32_t off)
{
    return devnode->wishes != 0 && (devnode->wishes & ~off) == 0 && node_is_linked(devnode);
}

static enum claim_kind claim_for(uint32_t wish)
{
    return wish == DEVNODE_WISH_START || wish == DEVNODE_WISH_ENUMERATE ? CLAIM_ONE : CLAIM_SUBTREE;
}

/* The caller holds the tree lock. */
static void leave_queue(struct devnode *devnode)
{
    RemoveEntryList(&devnode->queued);
    InitializeListHead(&devnode->queued);
}

bool queue_unwish_locked(struct devnode *devnode, uint32_t wish)
{
    bool there = (devnode->wishes & wish) != 0;

    devnode->wishes &= ~wish;
    return there;
}

/* The first wish of the queue that can be fulfilled now, claimed and with the queue's reference. Holds the tree lock. */
static struct devnode *take_wish(uint32_t *ret_wish)
{
    uint32_t off = put_off();
    PLIST_ENTRY next;

    for (PLIST_ENTRY link = pnp()->queue.Flink; link != &pnp()->queue; link = next)
    {
        struct devnode *devnode = CONTAINING_RECORD(link, struct devnode, queued);
        uint32_t wish = due_wish(devnode, off);

        next = link->Flink;
        if (sleeps(devnode, off))
        {
            continue;
        }
        if (wish == 0 || !node_is_linked(devnode))
        {
            devnode->wishes = 0;
            wish = 0;
        }
        else if (!claim_try_locked(devnode, claim_for(wish)))
        {
            continue;
        }
        devnode->wishes &= ~wish;
        leave_queue(devnode);
        if (devnode->wishes != 0)
        {
            devnode_reference(devnode);
            InsertTailList(&pnp()->queue, &devnode->queued);
        }
        pnp()->working++;
        *ret_wish = wish;
        return devnode;
    }
    return NULL;
}

/* Fulfils one wish. Says false when there is none that could be fulfilled now. */
static bool pump_one(void)
{
    struct devnode *devnode;
    uint32_t wish = 0;
    bool more;

    pnp_lock();
    devnode = take_wish(&wish);
    more = devnode != NULL && !IsListEmpty(&pnp()->queue);
    pnp_unlock();
    if (devnode == NULL)
    {
        return false;
    }
    if (more)
    {
        queue_wake();
    }
    if (wish != 0)
    {
        sequence_fulfil(devnode, wish);
        claim_release(devnode);
    }
    devnode_release(devnode);
    pnp_lock();
    pnp()->working--;
    claim_announce_locked();
    pnp_unlock();
    return true;
}

/* Whether a wish of the queue could be claimed. The caller holds the tree lock. */
static bool could_work(void)
{
    uint32_t off = put_off();

    for (PLIST_ENTRY link = pnp()->queue.Flink; link != &pnp()->queue; link = link->Flink)
    {
        struct devnode *devnode = CONTAINING_RECORD(link, struct devnode, queued);
        enum claim_kind kind = claim_for(due_wish(devnode, off));

        if (sleeps(devnode, off))
        {
            continue;
        }
        if (!node_is_linked(devnode) || devnode->wishes == 0)
        {
            return true;
        }
        if (claim_try_locked(devnode, kind))
        {
            claim_withdraw_locked(devnode);
            return true;
        }
    }
    return false;
}

/* Whether the queue is empty but for what is put off. The caller holds the tree lock. */
static bool is_through(void)
{
    uint32_t off = put_off();

    for (PLIST_ENTRY link = pnp()->queue.Flink; link != &pnp()->queue; link = link->Flink)
    {
        if (!sleeps(CONTAINING_RECORD(link, struct devnode, queued), off))
        {
            return false;
        }
    }
    return true;
}

static void pump_main(PVOID context)
{
    uint64_t mine = UINT64_C(1) << ((WORK_QUEUE_ITEM *)context - pnp()->pumps);
    bool gone = false;

    while (!gone)
    {
        bool worked = pump_one();

        pnp_lock();
        /* Whoever makes a wish, or releases a claim, after this sees one pump less. */
        gone = !worked && !could_work();
        pnp()->busy_pumps &= gone ? ~mine : ~UINT64_C(0);
        claim_announce_locked();
        pnp_unlock();
    }
}

void queue_initialize(struct pnp *manager)
{
    InitializeListHead(&manager->queue);
    for (size_t index = 0; index < PNP_PUMPS; index++)
    {
        ExInitializeWorkItem(&manager->pumps[index], pump_main, &manager->pumps[index]);
    }
}

void queue_wake(void)
{
    WORK_QUEUE_ITEM *pump = NULL;

    pnp_lock();
    if (pnp()->busy_pumps != ~UINT64_C(0) && could_work())
    {
        unsigned free = (unsigned)__builtin_ctzll(~pnp()->busy_pumps);

        pnp()->busy_pumps |= UINT64_C(1) << free;
        pump = &pnp()->pumps[free];
    }
    pnp_unlock();
    if (pump != NULL)
    {
        worker_queue(pump, DelayedWorkQueue);
    }
}

void queue_wish_locked(struct devnode *devnode, uint32_t wish)
{
    if (!node_is_linked(devnode))
    {
        return;
    }
    if (IsListEmpty(&devnode->queued))
    {
        devnode_reference(devnode);
        InsertTailList(&pnp()->queue, &devnode->queued);
    }
    devnode->wishes |= wish;
    claim_announce_locked();
}

void queue_wish(struct devnode *devnode, uint32_t wish)
{
    pnp_lock();
    queue_wish_locked(devnode, wish);
    pnp_unlock();
    queue_wake();
}

void pnp_settle(void)
{
    bool settled = false;

    while (!settled)
    {
        if (pump_one())
        {
            continue;
        }
        pnp_lock();
        settled = is_through() && pnp()->working == 0 && pnp()->busy_pumps == 0;
        if (!settled && !could_work())
        {
            pnp()->waiting++;
            (void)platform_condition_wait(&pnp()->changed, &pnp()->tree, PLATFORM_FOREVER);
            pnp()->waiting--;
        }
        pnp_unlock();
    }
}

/*
 * Requests from outside and from drivers.
 */

void devnode_request_start(struct devnode *devnode)
{
    queue_wish(devnode, DEVNODE_WISH_START);
}

void devnode_request_enumeration(struct devnode *devnode)
{
    queue_wish(devnode, DEVNODE_WISH_ENUMERATE);
}

void devnode_request_state_check(struct devnode *devnode)
{
    queue_wish(devnode, DEVNODE_WISH_STATE);
}

void devnode_request_surprise_removal(struct devnode *devnode)
{
    queue_wish(devnode, DEVNODE_WISH_VANISH);
}

void devnode_request_restart(struct devnode *devnode)
{
    queue_wish(devnode, DEVNODE_WISH_RESTART);
}
