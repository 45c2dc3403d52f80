/* SPDX-License-Identifier: MIT */
/*
 * Device relations, as the drivers of a stack report them.
 */
#ifndef NT_PNP_RELATIONS_H
#define NT_PNP_RELATIONS_H

#include "nt/pnp/node.h"

/* Asks the stack. Success may come with NULL: no relations. Free with relations_free(), which gives the devices back. */
NTSTATUS relations_query(struct devnode *devnode, DEVICE_RELATION_TYPE type, PDEVICE_RELATIONS *ret_relations);
void relations_free(PDEVICE_RELATIONS relations);

#endif /* NT_PNP_RELATIONS_H */
