/* SPDX-License-Identifier: MIT */
/*
 * Building the device stack of a devnode.
 */
#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/pnp/database.h"
#include "nt/pnp/packet.h"
#include "nt/pnp/sequence.h"

/* Takes apart what did get onto the stack before somebody failed. The bus driver of an empty one has nothing to undo. */
static void take_apart(struct devnode *devnode)
{
    PDEVICE_OBJECT top = devobj_top(devnode->pdo);
    bool attached = top != devnode->pdo;

    devobj_release(top);
    if (attached)
    {
        (void)packet_tell(devnode, IRP_MN_REMOVE_DEVICE);
    }
}

static NTSTATUS add_driver(struct devnode *devnode, PDRIVER_OBJECT driver)
{
    PDRIVER_ADD_DEVICE add = driver->DriverExtension->AddDevice;
    struct packet_watch watch;
    NTSTATUS status;

    if (add == NULL)
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    packet_watch_begin(&watch, devnode, "AddDevice", NULL);
    status = add(driver, devnode->pdo);
    packet_watch_end(&watch);
    return status;
}

static NTSTATUS add_drivers(struct devnode *devnode, const struct stack_plan *plan)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (size_t index = 0; index < plan->count && NT_SUCCESS(status); index++)
    {
        status = add_driver(devnode, plan->drivers[index]);
    }
    if (!NT_SUCCESS(status))
    {
        node_set_problem(devnode, CM_PROB_FAILED_ADD, status);
        take_apart(devnode);
    }
    return status;
}

NTSTATUS stack_add(struct devnode *devnode)
{
    struct stack_plan plan;
    NTSTATUS status = database_plan(devnode, &plan);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (!plan.has_function && !devnode->capabilities.RawDeviceOK)
    {
        status = STATUS_NO_SUCH_DEVICE;
        node_set_problem(devnode, CM_PROB_FAILED_INSTALL, status);
    }
    if (NT_SUCCESS(status))
    {
        status = add_drivers(devnode, &plan);
    }
    database_free_plan(&plan);
    return status;
}
