/* SPDX-License-Identifier: MIT */
/*
 * Resources of a devnode: what it says it needs, and what the machine gives it.
 */
#ifndef NT_PNP_RESOURCE_H
#define NT_PNP_RESOURCE_H

#include "nt/pnp/node.h"

/* Asks the bus what the device uses now and what it could use. */
NTSTATUS resource_query(struct devnode *devnode);

/* Asks for the requirements again, after the stack has said that they have changed. */
NTSTATUS resource_query_requirements(struct devnode *devnode);

/*
 * Lets the stack filter the requirements, then takes what the machine's description has for the device, or else what the bus
 * says that it uses. Afterwards raw and translated are what the start packet carries; NULL when there are none.
 */
NTSTATUS resource_assign(struct devnode *devnode);

void resource_free_all(struct devnode *devnode);

/* Bytes of a list. */
size_t resource_list_size(const CM_RESOURCE_LIST *list);

/* A copy in pool memory; NULL when there is no memory. */
PCM_RESOURCE_LIST resource_list_copy(const CM_RESOURCE_LIST *list);

#endif /* NT_PNP_RESOURCE_H */
