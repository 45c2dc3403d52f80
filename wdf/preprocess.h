/* SPDX-License-Identifier: MIT */
/*
 * Packets that a driver wants to see before its framework does.
 *
 * There are two hooks: EvtDeviceWdmIrpPreprocess, which is given a packet of any function as it arrives, and
 * EvtDeviceWdmIrpDispatch, which is given one that is on its way to a queue. Whoever is given a packet owns it, and hands it back
 * with a call of its own, perhaps later and on another thread.
 */
#ifndef WDF_PREPROCESS_H
#define WDF_PREPROCESS_H

#include <wdf.h>

#include "nt/internal.h"

struct device;
struct preprocess_table;

/* A registered EvtDeviceWdmIrpDispatch. In the order of their registration; freed with the device. */
struct irp_hook
{
    struct irp_hook *next;
    UCHAR major;
    PFN_WDFDEVICE_WDM_IRP_DISPATCH function;
    WDFCONTEXT context;
};

/* Frees what an initialisation or a device has. Accept NULL. */
void preprocess_free(struct preprocess_table *table);
void irp_hooks_free(struct irp_hook *hooks);

/* Whether the driver wants to see the packet first. The table is not NULL. */
bool preprocess_wants(const struct preprocess_table *table, const IO_STACK_LOCATION *location);

/* Gives the packet to the driver; returns what it returned. */
NTSTATUS preprocess_call(struct device *device, PIRP irp);

/* The next hook for the function, from this one on; NULL at the end. */
struct irp_hook *irp_hook_find(struct irp_hook *hook, UCHAR major);

/* Gives the packet to the driver; returns what it returned. */
NTSTATUS irp_hook_call(struct irp_hook *hook, struct device *device, PIRP irp);

#endif /* WDF_PREPROCESS_H */
