/* SPDX-License-Identifier: MIT */
/*
 * Waits for all of several objects: nothing is taken before everything can be.
 */
#include "nt/sync/object_state.h"

/* An object may stand in a wait more than once, but is locked once. */
static bool is_first_of_object(const struct waiter *waiter, uint16_t index, const DISPATCHER_HEADER *but)
{
    const DISPATCHER_HEADER *object = waiter->blocks[index].object;

    if (object == but)
    {
        return false;
    }
    for (uint16_t other = 0; other < index; other++)
    {
        if (waiter->blocks[other].object == object)
        {
            return false;
        }
    }
    return true;
}

void wait_all_lock(const struct waiter *waiter, const DISPATCHER_HEADER *but)
{
    for (uint16_t index = 0; index < waiter->count; index++)
    {
        if (is_first_of_object(waiter, index, but))
        {
            header_lock(waiter->blocks[index].object);
        }
    }
}

void wait_all_unlock(const struct waiter *waiter, const DISPATCHER_HEADER *but)
{
    for (uint16_t index = 0; index < waiter->count; index++)
    {
        if (is_first_of_object(waiter, index, but))
        {
            header_unlock(waiter->blocks[index].object);
        }
    }
}

bool wait_all_is_satisfied(const struct waiter *waiter)
{
    for (uint16_t index = 0; index < waiter->count; index++)
    {
        if (!object_is_signalled(waiter->blocks[index].object, waiter->thread))
        {
            return false;
        }
    }
    return true;
}

bool wait_all_take(const struct waiter *waiter)
{
    bool abandoned = false;

    for (uint16_t index = 0; index < waiter->count; index++)
    {
        abandoned |= object_take(waiter->blocks[index].object, waiter->thread);
    }
    return abandoned;
}
