/* SPDX-License-Identifier: MIT */
/*
 * The root bus, on which devices are that no bus driver has found.
 */
#ifndef NT_PNP_ROOT_BUS_H
#define NT_PNP_ROOT_BUS_H

#include "nt/pnp/node.h"

/* devnode_create() with a counted name, in a state: one that a driver has found by itself is started already. */
NTSTATUS root_bus_create(const UNICODE_STRING *name, PDRIVER_OBJECT driver, enum devnode_state state,
                         struct devnode **ret_devnode);

#endif /* NT_PNP_ROOT_BUS_H */
