/* SPDX-License-Identifier: MIT */
/*
 * WDFINTERRUPT: what its files share.
 */
#ifndef WDF_INTERRUPT_INTERNAL_H
#define WDF_INTERRUPT_INTERNAL_H

#include "wdf/device.h"
#include "wdf/interrupt.h"
#include "wdf/lock.h"
#include "wdf/work.h"

struct interrupt
{
    struct object object;
    struct device *device;
    /* In the order of creation; only the thread that drives the device's PnP touches the list. */
    struct interrupt *next;
    WDF_INTERRUPT_CONFIG config;
    bool passive;
    /* Made by EvtDevicePrepareHardware. */
    bool of_hardware;

    /* What EvtInterruptDpc and EvtInterruptWorkItem are called with, and under. */
    WDFOBJECT associated;
    struct presentation_lock *presentation;
    bool dpc_on_worker;
    KDPC dpc;
    struct work work;

    /* The lock: of the driver, or its own. */
    PKSPIN_LOCK spin;
    KSPIN_LOCK own_spin;
    struct waitable *wait;
    struct waitable own_wait;
    /* The level of the holder before it took the spin lock. */
    KIRQL before;

    /* The resource; the levels are zero without one. Those who share a spin lock take it at the highest of their levels. */
    bool assigned;
    bool message;
    bool shared;
    ULONG message_number;
    ULONG vector;
    KIRQL irql;
    KIRQL synchronize_irql;
    KINTERRUPT_MODE mode;
    KAFFINITY affinity;

    WDF_INTERRUPT_EXTENDED_POLICY policy;
    bool has_policy;

    /* One change of the connection at a time: the power machine's and the driver's own. */
    struct platform_mutex connection;
    PKINTERRUPT connected;
    bool enabled;
    bool inactive;
};

static inline struct interrupt *interrupt_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct interrupt, object);
}

/* Takes and gives back the lock that the service routine runs under. */
void interrupt_acquire(struct interrupt *interrupt);
void interrupt_release(struct interrupt *interrupt);

/* EvtInterruptIsr, called by the executive. */
BOOLEAN interrupt_service(PKINTERRUPT connected, PVOID context);

/* Waits until what the service routine has queued has run. IRQL: PASSIVE_LEVEL. */
void interrupt_flush(struct interrupt *interrupt);

/* Connects and enables, disables and disconnects one interrupt; nothing for one without a resource. */
NTSTATUS interrupt_up(struct interrupt *interrupt);
NTSTATUS interrupt_down(struct interrupt *interrupt, bool stay_connected);
void interrupt_disconnect(struct interrupt *interrupt);

/* Tells the executive whether the interrupt is in use; nothing when it is not connected. */
void interrupt_report(struct interrupt *interrupt, bool active);

/* Gives the interrupt a resource. index counts the messages of a descriptor that has several. */
void interrupt_assign(struct interrupt *interrupt, const CM_PARTIAL_RESOURCE_DESCRIPTOR *raw,
                      const CM_PARTIAL_RESOURCE_DESCRIPTOR *translated, ULONG index);

#endif /* WDF_INTERRUPT_INTERNAL_H */
