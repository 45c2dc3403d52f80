/* SPDX-License-Identifier: MIT */
/*
 * Where packets enter a WDF driver.
 */
#ifndef WDF_DISPATCH_H
#define WDF_DISPATCH_H

#include "nt/internal.h"

struct device;
struct irp_hook;
struct queue;

/* The major function table's entries: for every major function, and a shorter one for IRP_MJ_DEVICE_CONTROL. */
NTSTATUS wdf_dispatch(PDEVICE_OBJECT wdm, PIRP irp);
NTSTATUS wdf_dispatch_control(PDEVICE_OBJECT wdm, PIRP irp);

/* What wdf_dispatch() does inside the device's gate with what is not PnP, and when that is closed. */
NTSTATUS dispatch_inside(struct device *device, PIRP irp);
NTSTATUS dispatch_closed_gate(PIRP irp);

/* The normal way of a packet that the driver has seen first. */
NTSTATUS dispatch_preprocessed(struct device *device, PIRP irp);

/* The normal way of a packet that some hooks have seen: to the next ones from this on (NULL for none), then to its queue. */
NTSTATUS dispatch_hooked(struct device *device, PIRP irp, struct irp_hook *next);

/* To this queue, by EvtIoInCallerContext first if the driver says so and has one. */
NTSTATUS dispatch_to_queue(struct device *device, PIRP irp, struct queue *queue, bool in_caller_context);

/* Completes the packet, with no information, and returns the status. */
NTSTATUS dispatch_complete(PIRP irp, NTSTATUS status);

/* Hands the packet to the device below as it is. */
NTSTATUS dispatch_forward(struct device *device, PIRP irp);

/* Sends the packet down and takes it back when the drivers below are done with it; returns its status. IRQL: PASSIVE_LEVEL. */
NTSTATUS dispatch_forward_and_wait(struct device *device, PIRP irp);

#endif /* WDF_DISPATCH_H */
