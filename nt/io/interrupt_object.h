/* SPDX-License-Identifier: MIT */
/*
 * What is behind PKINTERRUPT: one service routine that is connected to one vector.
 */
#ifndef NT_INTERRUPT_OBJECT_H
#define NT_INTERRUPT_OBJECT_H

#include "nt/internal.h"

struct _KINTERRUPT
{
    /* What the connection is; constant. One of the routines is NULL. */
    ULONG vector;
    KIRQL irql;
    KIRQL synchronize_irql;
    KINTERRUPT_MODE mode;
    bool shared;
    bool passive;
    GROUP_AFFINITY affinity;
    PKSERVICE_ROUTINE service;
    PKMESSAGE_SERVICE_ROUTINE message_service;
    ULONG message;
    PVOID context;
    /* Held while the service routine runs: the driver's lock, or the object's own; at passive level the mutex. */
    PKSPIN_LOCK lock;
    KSPIN_LOCK own_lock;
    struct platform_mutex passive_lock;

    /* Set for who may be called at any time: connected, and not reported inactive. */
    bool leaving;
    bool active;

    /* Guarded by the controller's lock: how many calls there are or will be, and who waits for their end. */
    LIST_ENTRY link;
    uint32_t calls;
    struct platform_event *drained;
    /* Passive level: the line is masked while a worker serves it; whether it is to serve it again. */
    bool masked;
    bool pending;
    WORK_QUEUE_ITEM item;
    KDPC deferral;
};

/* Completes an interrupt whose constant part is set. */
void interrupt_initialize(PKINTERRUPT interrupt);

/* Connects. STATUS_INVALID_PARAMETER when others have the vector and do not share it. */
NTSTATUS interrupt_enter(PKINTERRUPT interrupt);

/* Disconnects, and waits for calls of the service routine. IRQL: below DISPATCH_LEVEL. */
void interrupt_leave(PKINTERRUPT interrupt);

/* The lock that the service routine runs under. */
void interrupt_lock(PKINTERRUPT interrupt, KIRQL *ret_before);
void interrupt_unlock(PKINTERRUPT interrupt, KIRQL before);

#endif /* NT_INTERRUPT_OBJECT_H */
