/* SPDX-License-Identifier: MIT */
/*
 * Devices that want to hear of the machine's shutdown.
 */
#ifndef NT_POWER_SHUTDOWN_H
#define NT_POWER_SHUTDOWN_H

#include "nt/internal.h"

/* Sends IRP_MJ_SHUTDOWN to those who registered, the latest first. last_chance: after all devices have lost their power. */
void shutdown_notify(bool last_chance);

#endif /* NT_POWER_SHUTDOWN_H */
