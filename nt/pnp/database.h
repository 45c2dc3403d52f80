/* SPDX-License-Identifier: MIT */
/*
 * What the machine's description says about devices: their drivers, filters and resources.
 */
#ifndef NT_PNP_DATABASE_H
#define NT_PNP_DATABASE_H

#include "nt/pnp/node.h"

/* The drivers of a stack from the bottom up. */
struct stack_plan
{
    PDRIVER_OBJECT *drivers;
    size_t count;
    size_t room;
    /* Whether one of them is the function driver. */
    bool has_function;
};

/* Which drivers the devnode gets, loaded. On failure the devnode's problem says why. Free with database_free_plan(). */
NTSTATUS database_plan(struct devnode *devnode, struct stack_plan *ret_plan);
void database_free_plan(struct stack_plan *plan);

/*
 * Copies of the names of the service and of the class that the database has for the devnode, empty for none; for
 * string_free(). STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS database_names(struct devnode *devnode, UNICODE_STRING *ret_service, UNICODE_STRING *ret_class);

/* Copies of what the devnode is to be started with, in pool memory; NULL for none. */
NTSTATUS database_resources(struct devnode *devnode, PCM_RESOURCE_LIST *ret_raw, PCM_RESOURCE_LIST *ret_translated);

#endif /* NT_PNP_DATABASE_H */
