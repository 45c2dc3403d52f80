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

/*
 * Waking: what a root-enumerated device says that it can, and its wait-wake packet, which is kept until it wakes or the packet is
 * cancelled. STATUS_INVALID_DEVICE_STATE when it cannot wake from there.
 */
void root_wake_capabilities(PDEVICE_CAPABILITIES capabilities);
NTSTATUS root_wake_wait(PDEVICE_OBJECT device, PIRP irp);

#endif /* NT_PNP_ROOT_BUS_H */
