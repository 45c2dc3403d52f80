/* SPDX-License-Identifier: MIT */
/*
 * Rules about packets, and what happens when one is broken.
 *
 * What costs a load or two is checked in every build. Debug builds also remember what happened to a packet, keep the latest
 * freed ones so that a late touch is recognised, and check what a dispatch routine returned.
 */
#ifndef NT_IRP_CHECK_H
#define NT_IRP_CHECK_H

#include "nt/internal.h"

#if defined(NDEBUG)
#define IRP_CHECKED 0
#else
#define IRP_CHECKED 1
#endif

struct irp_block;

/* A step in a packet's life. */
enum irp_step
{
    IRP_STEP_NONE,
    IRP_STEP_CALLED,
    IRP_STEP_COMPLETED,
    IRP_STEP_FINISHED,
    IRP_STEP_CANCELLED,
    IRP_STEP_REUSED,
    IRP_STEP_FREED,
};

#define IRP_HISTORY_EVENTS 12
#define IRP_HISTORY_LOCATIONS 16

struct irp_event
{
    uint8_t step;
    UCHAR major;
    UCHAR minor;
    char driver[29];
    const void *device;
    const void *caller;
};

struct irp_history
{
    uint32_t count;
    struct irp_event events[IRP_HISTORY_EVENTS];
    /* For each location, who was first: the return of STATUS_PENDING, or the completion that had to be marked for it. */
    uint32_t pending[IRP_HISTORY_LOCATIONS];
};

/* The latest freed packets of the machine. */
struct irp_graveyard
{
    struct platform_spinlock lock;
    uint32_t next;
    struct irp_block *blocks[16];
};

/* Says the rule, the packet, its history and the caller, then stops with the code and the packet as first parameter. */
_Noreturn void irp_stop(ULONG code, PIRP irp, const char *rule, const void *caller);

/* Stops unless the pointer is a packet that is alive; and unless it has a location for the next driver. */
static inline void irp_require(PIRP irp, ULONG code, const void *caller)
{
    if (__builtin_expect(irp->Type != IO_TYPE_IRP, 0))
    {
        irp_stop(code, irp, "not a packet, or a packet that has been freed", caller);
    }
}

#if IRP_CHECKED
void irp_record(PIRP irp, enum irp_step step, PDEVICE_OBJECT device, const void *caller);

/* Around a dispatch routine: begin returns a token for end, which gets what the routine returned. */
uint32_t irp_check_begin(PDEVICE_OBJECT device, PIRP irp, const void *caller);
void irp_check_end(PIRP irp, CHAR location, uint32_t token, NTSTATUS status, const void *caller);

/* A location is left on the way up. */
void irp_check_left(PIRP irp, CHAR location, bool marked_pending);

/* Takes a block whose last reference is gone. */
void irp_bury(struct irp_block *block);
#else
static inline void irp_record(PIRP irp, enum irp_step step, PDEVICE_OBJECT device, const void *caller)
{
    (void)irp;
    (void)step;
    (void)device;
    (void)caller;
}
#endif

#endif /* NT_IRP_CHECK_H */
