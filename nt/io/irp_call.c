/* SPDX-License-Identifier: MIT */
/*
 * I/O request packets: the way down the device stack, the way back up, cancellation.
 */
#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/io/device_object.h"
#include "nt/io/irp_block.h"

/* That function of the device's driver, with the packet standing at that location. */
static inline NTSTATUS dispatch(PDEVICE_OBJECT device, PIRP irp, UCHAR major, const void *caller)
{
    PDRIVER_DISPATCH routine = device->DriverObject->MajorFunction[major];
#if IRP_CHECKED
    CHAR location = irp->CurrentLocation;
    uint32_t token = irp_check_begin(device, irp, caller);
    KIRQL irql = KeGetCurrentIrql();
    NTSTATUS status;

    irp_record(irp, IRP_STEP_CALLED, device, caller);
    status = routine(device, irp);
    if (KeGetCurrentIrql() != irql)
    {
        bugcheck(IRQL_UNEXPECTED_VALUE, (ULONG_PTR)irql << 16 | KeGetCurrentIrql() << 8, (ULONG_PTR)routine, 0, 0);
    }
    irp_check_end(irp, location, token, status, caller);
    return status;
#else
    (void)caller;
    return routine(device, irp);
#endif
}

static inline NTSTATUS send(PDEVICE_OBJECT device, PIRP irp, const void *caller)
{
    PIO_STACK_LOCATION location;
    UCHAR major;

    irp_require(irp, DRIVER_VERIFIER_DETECTED_VIOLATION, caller);
    irp->CurrentLocation--;
    if (__builtin_expect(irp->CurrentLocation <= 0, 0))
    {
        irp_stop(NO_MORE_IRP_STACK_LOCATIONS, irp, "sent down although no stack location is left", caller);
    }
    location = --irp->Tail.Overlay.CurrentStackLocation;
    major = location->MajorFunction;
    if (__builtin_expect(major > IRP_MJ_MAXIMUM_FUNCTION, 0))
    {
        irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, irp, "its major function does not exist", caller);
    }
    location->DeviceObject = device;
    return dispatch(device, irp, major, caller);
}

NTSTATUS irp_call(PDEVICE_OBJECT device, PIRP irp)
{
    return send(device, irp, __builtin_return_address(0));
}

/* Whether the routine that a driver set in this location wants to see this outcome. */
static inline bool wants_outcome(UCHAR control, PIRP irp)
{
    return (NT_SUCCESS(irp->IoStatus.Status) && (control & SL_INVOKE_ON_SUCCESS) != 0) ||
           (!NT_SUCCESS(irp->IoStatus.Status) && (control & SL_INVOKE_ON_ERROR) != 0) ||
           ((control & SL_INVOKE_ON_CANCEL) != 0 && irp_is_cancelled(irp));
}

/* What a driver wrote into a location has no meaning for the next one that uses it. */
static inline void clear_location(PIO_STACK_LOCATION location)
{
    location->MinorFunction = 0;
    location->Flags = 0;
    location->Control = 0;
    memset(&location->Parameters, 0, sizeof(location->Parameters));
    location->FileObject = NULL;
}

/*
 * Leaves the current location and runs the completion routine that the driver above put into it. Returns false when that
 * driver took the packet back.
 */
static inline bool leave_location(PIRP irp)
{
    PIO_STACK_LOCATION left = irp->Tail.Overlay.CurrentStackLocation;
    PDEVICE_OBJECT above = NULL;
    UCHAR control = left->Control;

#if IRP_CHECKED
    irp_check_left(irp, irp->CurrentLocation, (control & SL_PENDING_RETURNED) != 0);
#endif
    irp->PendingReturned = (control & SL_PENDING_RETURNED) != 0;
    irp->CurrentLocation++;
    irp->Tail.Overlay.CurrentStackLocation++;
    if (irp->CurrentLocation <= irp->StackCount)
    {
        above = irp->Tail.Overlay.CurrentStackLocation->DeviceObject;
    }
    if (left->CompletionRoutine != NULL && wants_outcome(control, irp))
    {
        clear_location(left);
        return left->CompletionRoutine(above, irp, left->Context) != STATUS_MORE_PROCESSING_REQUIRED;
    }
    /* Of a packet that is through, nobody uses a location again. */
    if (irp->CurrentLocation <= irp->StackCount)
    {
        clear_location(left);
        irp->Tail.Overlay.CurrentStackLocation->Control |= control & SL_PENDING_RETURNED;
    }
    return true;
}

/* The usual case: only the uppermost driver has had the packet, and nobody wants to hear of its end. False: it is another. */
static inline bool leave_top(PIRP irp)
{
    PIO_STACK_LOCATION left = irp->Tail.Overlay.CurrentStackLocation;

    if (irp->CurrentLocation != irp->StackCount || left->CompletionRoutine != NULL)
    {
        return false;
    }
#if IRP_CHECKED
    irp_check_left(irp, irp->CurrentLocation, (left->Control & SL_PENDING_RETURNED) != 0);
#endif
    irp->PendingReturned = (left->Control & SL_PENDING_RETURNED) != 0;
    irp->CurrentLocation++;
    irp->Tail.Overlay.CurrentStackLocation++;
    return true;
}

/* The last completion routine has run, and nobody took the packet back. */
static void finish(PIRP irp, const void *caller)
{
    struct irp_block *block = irp_block_of(irp);

    irp->CurrentLocation++;
    irp_record(irp, IRP_STEP_FINISHED, NULL, caller);
    if (irp_has_block(irp) && block->finish != NULL)
    {
        block->finish(irp, block->finish_context);
        return;
    }
    irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, irp,
             "nobody took it back: the driver that made it needs a completion routine that returns "
             "STATUS_MORE_PROCESSING_REQUIRED",
             caller);
}

static void check_completion(PIRP irp, const void *caller)
{
    irp_require(irp, MULTIPLE_IRP_COMPLETE_REQUESTS, caller);
    if (__builtin_expect(irp->CurrentLocation > irp->StackCount + 1, 0))
    {
        irp_stop(MULTIPLE_IRP_COMPLETE_REQUESTS, irp, "completed twice", caller);
    }
    /* A cancellation that comes now takes the routine out at the same time, and then there is none. */
    if (__builtin_expect(__atomic_load_n(&irp->CancelRoutine, __ATOMIC_RELAXED) != NULL, 0))
    {
        irp_stop(CANCEL_STATE_IN_COMPLETED_IRP, irp, "completed with a cancel routine still set", caller);
    }
    if (__builtin_expect(irp->IoStatus.Status == STATUS_PENDING, 0))
    {
        irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, irp, "completed with STATUS_PENDING", caller);
    }
}

static void complete(PIRP irp, const void *caller)
{
    check_completion(irp, caller);
#if IRP_CHECKED
    irp_record(irp, IRP_STEP_COMPLETED,
               irp->CurrentLocation <= irp->StackCount ? irp->Tail.Overlay.CurrentStackLocation->DeviceObject : NULL,
               caller);
#endif
    if (!leave_top(irp))
    {
        while (irp->CurrentLocation <= irp->StackCount)
        {
            if (!leave_location(irp))
            {
                return;
            }
        }
    }
    finish(irp, caller);
}

void irp_complete(PIRP irp)
{
    complete(irp, __builtin_return_address(0));
}

bool irp_cancel(PIRP irp)
{
    PDRIVER_CANCEL routine;
    KIRQL irql;

    irp_record(irp, IRP_STEP_CANCELLED, NULL, __builtin_return_address(0));
    IoAcquireCancelSpinLock(&irql);
    irp_note_cancelled(irp);
    routine = irp_set_cancel_routine(irp, NULL);
    if (routine == NULL)
    {
        IoReleaseCancelSpinLock(irql);
        return false;
    }
    irp->CancelIrql = irql;
    /* One that was never sent, but waits with whoever made it, is at no device. */
    routine(irp->CurrentLocation > irp->StackCount ? NULL : irp->Tail.Overlay.CurrentStackLocation->DeviceObject, irp);
    return true;
}

static void finish_signal(PIRP irp, void *context)
{
    (void)irp;
    platform_event_set(context);
}

NTSTATUS irp_call_and_wait(PDEVICE_OBJECT device, PIRP irp)
{
    struct platform_event finished = PLATFORM_EVENT_INITIALIZER(true);

    irp_set_finish(irp, finish_signal, &finished);
    (void)irp_call(device, irp);
    (void)platform_event_wait(&finished, PLATFORM_FOREVER);
    return irp->IoStatus.Status;
}

static NTSTATUS take_back(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    (void)irp;
    platform_event_set(context);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

/* Sends a copy of the current location, waits, and leaves the packet with the caller again. False without a location. */
static bool forward_and_wait(PDEVICE_OBJECT device, PIRP irp, const void *caller)
{
    struct platform_event finished = PLATFORM_EVENT_INITIALIZER(true);

    if (irp->CurrentLocation <= 1)
    {
        return false;
    }
    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, take_back, &finished, TRUE, TRUE, TRUE);
    (void)send(device, irp, caller);
    (void)platform_event_wait(&finished, PLATFORM_FOREVER);
    return true;
}

/*
 * IoSetCompletionRoutineEx() promises that the driver stays loaded until its routine has returned: the context holds the
 * device, and with it the driver, for that time.
 */
struct kept_routine
{
    PDEVICE_OBJECT device;
    PIO_COMPLETION_ROUTINE routine;
    PVOID context;
    BOOLEAN on_success;
    BOOLEAN on_error;
    BOOLEAN on_cancel;
};

static bool kept_routine_wants(const struct kept_routine *kept, PIRP irp)
{
    return (NT_SUCCESS(irp->IoStatus.Status) ? kept->on_success : kept->on_error) ||
           (kept->on_cancel && irp_is_cancelled(irp));
}

static NTSTATUS call_kept_routine(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    struct kept_routine kept = *(struct kept_routine *)context;
    NTSTATUS status = STATUS_CONTINUE_COMPLETION;

    platform_free(context, sizeof(kept));
    if (kept_routine_wants(&kept, irp))
    {
        status = kept.routine(device, irp, kept.context);
    }
    else if (irp->PendingReturned && irp->CurrentLocation <= irp->StackCount)
    {
        IoMarkIrpPending(irp);
    }
    devobj_release(kept.device);
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS IofCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return send(DeviceObject, Irp, __builtin_return_address(0));
}

VOID IofCompleteRequest(PIRP Irp, CCHAR PriorityBoost)
{
    (void)PriorityBoost;
    complete(Irp, __builtin_return_address(0));
}

BOOLEAN IoCancelIrp(PIRP Irp)
{
    irp_require(Irp, DRIVER_VERIFIER_DETECTED_VIOLATION, __builtin_return_address(0));
    return irp_cancel(Irp);
}

BOOLEAN IoForwardIrpSynchronously(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return forward_and_wait(DeviceObject, Irp, __builtin_return_address(0));
}

NTSTATUS IoSetCompletionRoutineEx(PDEVICE_OBJECT DeviceObject, PIRP Irp, PIO_COMPLETION_ROUTINE CompletionRoutine,
                                  PVOID Context, BOOLEAN InvokeOnSuccess, BOOLEAN InvokeOnError, BOOLEAN InvokeOnCancel)
{
    struct kept_routine *kept = platform_alloc(sizeof(*kept));

    if (kept == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *kept = (struct kept_routine){DeviceObject, CompletionRoutine, Context, InvokeOnSuccess, InvokeOnError, InvokeOnCancel};
    devobj_reference(DeviceObject);
    IoSetCompletionRoutine(Irp, call_kept_routine, kept, TRUE, TRUE, TRUE);
    return STATUS_SUCCESS;
}
