/* SPDX-License-Identifier: MIT */
/*
 * WDFINTERRUPT: what the device's PnP and power machines ask of its interrupts.
 *
 * All of these run on the thread that drives the device's PnP and power, at PASSIVE_LEVEL, without locks. A device without
 * interrupts passes through them at once.
 */
#ifndef WDF_INTERRUPT_H
#define WDF_INTERRUPT_H

#include "wdf/device.h"

/* How far interrupts go down when the device leaves D0. */
struct interrupts_down
{
    /* The device goes to Dx and is not pageable: interrupts are disabled and flushed, but stay connected. */
    bool stay_connected;
    /* It goes to Dx, not to its end. An interrupt that reports itself inactive then, because its configuration says so, stays. */
    bool to_low_power;
    /* The device is armed for wake: interrupts that can wake it are left as they are. */
    bool armed_for_wake;
};

/*
 * The start packet's resources, NULL for none: they are matched with the interrupts that exist, in the order of creation. Before
 * EvtDevicePrepareHardware. STATUS_DEVICE_CONFIGURATION_ERROR when the two lists do not agree with each other.
 */
NTSTATUS interrupts_assign(struct device *device, const CM_RESOURCE_LIST *raw, const CM_RESOURCE_LIST *translated);

/*
 * Between EvtDeviceD0Entry and EvtDeviceD0EntryPostInterruptsEnabled: connects each interrupt and calls its EvtInterruptEnable, in
 * the order of creation. On failure what was done is undone, in the opposite order.
 */
NTSTATUS interrupts_connect(struct device *device);

/*
 * Between EvtDeviceD0ExitPreInterruptsDisabled and EvtDeviceD0Exit: for each interrupt, last one first, EvtInterruptDisable, the
 * end of its DPC or work item, and its disconnection. A failing callback does not end this; it is what is returned.
 */
NTSTATUS interrupts_disconnect(struct device *device, struct interrupts_down down);

/* Disconnects what stayed connected, without callbacks: a device that is in Dx has been removed by surprise. */
void interrupts_disconnect_rest(struct device *device);

/* After EvtDeviceReleaseHardware: deletes the interrupts that EvtDevicePrepareHardware has made, and takes back resources. */
void interrupts_release(struct device *device);

/* Puts what WdfInterruptSetPolicy and WdfInterruptSetExtendedPolicy asked for into the requirements of interrupts, in order. */
void interrupts_apply_policies(struct device *device, PIO_RESOURCE_REQUIREMENTS_LIST requirements);

#endif /* WDF_INTERRUPT_H */
