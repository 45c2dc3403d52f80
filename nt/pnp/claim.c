/* SPDX-License-Identifier: MIT */
/*
 * Claims on devnodes and subtrees.
 */
#include "nt/pnp/claim.h"

#include "nt/pnp/queue.h"

/* Whoever wants a subtree comes before newcomers in it; those who wanted one of its parts first wait like them. */
static bool is_free_above(const struct devnode *devnode)
{
    for (const struct devnode *above = devnode->parent; above != NULL; above = above->parent)
    {
        if (above->claimed == CLAIM_SUBTREE || above->subtree_wanted != 0)
        {
            return false;
        }
    }
    return true;
}

bool claim_try_locked(struct devnode *devnode, enum claim_kind kind)
{
    if (devnode->claimed != CLAIM_NONE || !is_free_above(devnode) ||
        (kind == CLAIM_SUBTREE ? devnode->claims_below != 0 : devnode->subtree_wanted != 0))
    {
        return false;
    }
    devnode->claimed = kind;
    for (struct devnode *above = devnode->parent; above != NULL; above = above->parent)
    {
        above->claims_below++;
    }
    return true;
}

bool claim_try(struct devnode *devnode, enum claim_kind kind)
{
    bool claimed;

    pnp_lock();
    claimed = claim_try_locked(devnode, kind);
    pnp_unlock();
    return claimed;
}

void claim_announce_locked(void)
{
    if (pnp()->waiting != 0)
    {
        platform_condition_broadcast(&pnp()->changed);
    }
}

void claim_take(struct devnode *devnode, enum claim_kind kind)
{
    pnp_lock();
    devnode->subtree_wanted += kind == CLAIM_SUBTREE ? 1 : 0;
    pnp()->waiting++;
    while (!claim_try_locked(devnode, kind))
    {
        (void)platform_condition_wait(&pnp()->changed, &pnp()->tree, PLATFORM_FOREVER);
    }
    pnp()->waiting--;
    devnode->subtree_wanted -= kind == CLAIM_SUBTREE ? 1 : 0;
    pnp_unlock();
}

void claim_withdraw_locked(struct devnode *devnode)
{
    devnode->claimed = CLAIM_NONE;
    for (struct devnode *above = devnode->parent; above != NULL; above = above->parent)
    {
        above->claims_below--;
    }
}

void claim_release_locked(struct devnode *devnode)
{
    claim_withdraw_locked(devnode);
    claim_announce_locked();
}

void claim_release(struct devnode *devnode)
{
    bool queued;

    pnp_lock();
    claim_release_locked(devnode);
    queued = !IsListEmpty(&pnp()->queue);
    pnp_unlock();
    if (queued)
    {
        queue_wake();
    }
}
