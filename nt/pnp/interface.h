/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces: names under \??\ that say "this device speaks the protocol of this GUID".
 */
#ifndef NT_INTERFACE_H
#define NT_INTERFACE_H

#include "nt/internal.h"

struct devnode;

/*
 * The name of an interface: \??\ROOT#ECHO#0000#{guid}, with \reference behind it when a reference string is given. Release
 * it with string_free().
 */
NTSTATUS interface_name(const struct devnode *devnode, const GUID *guid, const UNICODE_STRING *reference,
                        UNICODE_STRING *ret_name);

/* Makes the name lead to the device, or ends that. */
NTSTATUS interface_enable(const struct devnode *devnode, const UNICODE_STRING *name);
void interface_disable(const UNICODE_STRING *name);

#endif /* NT_INTERFACE_H */
