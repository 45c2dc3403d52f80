/* SPDX-License-Identifier: MIT */
/*
 * Routines that a driver wants called when its DriverEntry has succeeded. A driver of this machine is loaded when the machine
 * runs already, so those for boot drivers have nothing else to wait for; they are called before the others.
 */
#include "nt/io/driver_block.h"

struct reinitialization
{
    LIST_ENTRY link;
    PDRIVER_REINITIALIZE routine;
    PVOID context;
};

/* There is nothing to return a failure with, and a driver cannot do without the call: so this waits for memory. */
static struct reinitialization *allocate(void)
{
    struct reinitialization *one = platform_alloc(sizeof(*one));

    while (one == NULL)
    {
        platform_sleep_until(platform_deadline_in(PLATFORM_MILLISECOND));
        one = platform_alloc(sizeof(*one));
    }
    return one;
}

static void add(struct driver_block *block, PLIST_ENTRY list, PDRIVER_REINITIALIZE routine, PVOID context)
{
    struct reinitialization *one = allocate();

    one->routine = routine;
    one->context = context;
    platform_spinlock_lock(&block->lock);
    InsertTailList(list, &one->link);
    platform_spinlock_unlock(&block->lock);
}

/* False when the list is empty. */
static bool take(struct driver_block *block, PLIST_ENTRY list, struct reinitialization *ret_one)
{
    struct reinitialization *one = NULL;

    platform_spinlock_lock(&block->lock);
    if (!IsListEmpty(list))
    {
        one = CONTAINING_RECORD(RemoveHeadList(list), struct reinitialization, link);
    }
    platform_spinlock_unlock(&block->lock);
    if (one == NULL)
    {
        return false;
    }
    *ret_one = *one;
    platform_free(one, sizeof(*one));
    return true;
}

void driver_reinitialize(struct driver_block *block)
{
    struct reinitialization one;

    while (take(block, &block->reinitialize_boot, &one) || take(block, &block->reinitialize, &one))
    {
        block->extension.Count++;
        one.routine(&block->driver, one.context, block->extension.Count);
    }
}

void driver_forget_reinitialization(struct driver_block *block)
{
    struct reinitialization one;

    while (take(block, &block->reinitialize_boot, &one) || take(block, &block->reinitialize, &one))
    {
    }
}

/*
 * Published entry points.
 */
VOID IoRegisterDriverReinitialization(PDRIVER_OBJECT DriverObject, PDRIVER_REINITIALIZE DriverReinitializationRoutine,
                                      PVOID Context)
{
    struct driver_block *block = driver_block_of(DriverObject);

    add(block, &block->reinitialize, DriverReinitializationRoutine, Context);
}

VOID IoRegisterBootDriverReinitialization(PDRIVER_OBJECT DriverObject, PDRIVER_REINITIALIZE DriverReinitializationRoutine,
                                          PVOID Context)
{
    struct driver_block *block = driver_block_of(DriverObject);

    add(block, &block->reinitialize_boot, DriverReinitializationRoutine, Context);
}
