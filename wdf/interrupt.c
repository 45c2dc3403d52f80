/* SPDX-License-Identifier: MIT */
/*
 * WDFINTERRUPT: creation, the service routine, what it defers, and the lock.
 */
#include "nt/sync/irql.h"
#include "nt/time/dpc.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/interrupt_internal.h"
#include "wdf/presentation.h"
#include "wdf/verifier.h"

static void unlink_interrupt(struct interrupt *interrupt)
{
    struct interrupt **link = &interrupt->device->interrupts;

    while (*link != NULL && *link != interrupt)
    {
        link = &(*link)->next;
    }
    if (*link == interrupt)
    {
        *link = interrupt->next;
    }
}

static void interrupt_dispose(struct object *object)
{
    struct interrupt *interrupt = interrupt_of(object);

    if (interrupt->device == NULL)
    {
        return;
    }
    interrupt_disconnect(interrupt);
    unlink_interrupt(interrupt);
    (void)dpc_remove(&interrupt->dpc);
    dpc_flush();
    work_close(&interrupt->work);
}

static const struct object_class interrupt_class = {
    .name = "WDFINTERRUPT",
    .type = OBJECT_INTERRUPT,
    .size = sizeof(struct interrupt),
    .passive_dispose = true,
    .dispose = interrupt_dispose,
};

static struct interrupt *interrupt_from_handle(WDFINTERRUPT handle, const char *function)
{
    return interrupt_of(wdfobj_from_handle(handle, OBJECT_INTERRUPT, function));
}

/*
 * The lock.
 */

void interrupt_acquire(struct interrupt *interrupt)
{
    KIRQL before;

    if (interrupt->passive)
    {
        (void)waitable_acquire(interrupt->wait, NULL);
        return;
    }
    before = irql_raise(interrupt->synchronize_irql);
    KeAcquireSpinLockAtDpcLevel(interrupt->spin);
    interrupt->before = before;
}

void interrupt_release(struct interrupt *interrupt)
{
    KIRQL before = interrupt->before;

    if (interrupt->passive)
    {
        waitable_release(interrupt->wait);
        return;
    }
    KeReleaseSpinLockFromDpcLevel(interrupt->spin);
    irql_lower(before);
}

/*
 * Callbacks.
 */

/* The executive holds the spin lock of a device-level interrupt; the wait lock of a passive one is the runtime's. */
BOOLEAN interrupt_service(PKINTERRUPT connected, PVOID context)
{
    struct interrupt *interrupt = context;
    struct verifier_callback callback;
    BOOLEAN handled;

    (void)connected;
    if (interrupt->passive)
    {
        (void)waitable_acquire(interrupt->wait, NULL);
    }
    verifier_callback_enter(&callback, &interrupt->object, "EvtInterruptIsr");
    handled = interrupt->config.EvtInterruptIsr(wdfobj_handle(&interrupt->object), interrupt->message_number);
    verifier_callback_leave(&callback);
    if (interrupt->passive)
    {
        waitable_release(interrupt->wait);
    }
    return handled;
}

static void call_dpc(struct interrupt *interrupt)
{
    struct verifier_callback callback;

    presentation_enter(interrupt->presentation);
    verifier_callback_enter(&callback, &interrupt->object, "EvtInterruptDpc");
    interrupt->config.EvtInterruptDpc(wdfobj_handle(&interrupt->object), interrupt->associated);
    verifier_callback_leave(&callback);
    presentation_leave(interrupt->presentation);
}

static VOID run_dpc(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    (void)dpc;
    (void)argument1;
    (void)argument2;
    call_dpc(context);
}

static void run_work(struct work *work)
{
    struct interrupt *interrupt = CONTAINING_RECORD(work, struct interrupt, work);
    struct verifier_callback callback;

    platform_point(PLATFORM_POINT_CALL);
    if (interrupt->config.EvtInterruptWorkItem == NULL)
    {
        call_dpc(interrupt);
        return;
    }
    presentation_enter(interrupt->presentation);
    verifier_callback_enter(&callback, &interrupt->object, "EvtInterruptWorkItem");
    interrupt->config.EvtInterruptWorkItem(wdfobj_handle(&interrupt->object), interrupt->associated);
    verifier_callback_leave(&callback);
    presentation_leave(interrupt->presentation);
}

void interrupt_flush(struct interrupt *interrupt)
{
    dpc_flush();
    work_flush(&interrupt->work);
}

/*
 * Creation.
 */

static bool is_interrupt(const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor)
{
    return descriptor != NULL && descriptor->Type == CmResourceTypeInterrupt;
}

/* An interrupt is made in EvtDriverDeviceAdd, or in EvtDevicePrepareHardware from the resource that it is for. */
static NTSTATUS check_place(const struct device *device, const WDF_INTERRUPT_CONFIG *config)
{
    if (device->is_control)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (device_pnp_state(device) == PNP_INIT && !device->finished_initializing)
    {
        return config->InterruptRaw == NULL && config->InterruptTranslated == NULL && !config->CanWakeDevice ?
                   STATUS_SUCCESS :
                   STATUS_INVALID_PARAMETER;
    }
    if (device_pnp_state(device) == PNP_PREPARING)
    {
        return is_interrupt(config->InterruptRaw) && is_interrupt(config->InterruptTranslated) &&
                       config->ShareVector == WdfUseDefault ?
                   STATUS_SUCCESS :
                   STATUS_INVALID_PARAMETER;
    }
    return STATUS_INVALID_DEVICE_STATE;
}

static NTSTATUS check_config(const WDF_INTERRUPT_CONFIG *config, bool passive)
{
    if (config->Size != sizeof(*config))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (config->EvtInterruptIsr == NULL || (config->EvtInterruptDpc != NULL && config->EvtInterruptWorkItem != NULL) ||
        (config->WaitLock != NULL && !passive) || (config->SpinLock != NULL && passive) || config->ShareVector < WdfFalse ||
        config->ShareVector > WdfUseDefault)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

/* The parent is the device, or with automatic serialisation a queue of it. */
static NTSTATUS find_parent(struct device *device, const WDF_INTERRUPT_CONFIG *config, PWDF_OBJECT_ATTRIBUTES attributes,
                            struct object **ret_parent)
{
    enum object_parent_rule rule = config->AutomaticSerialization ? OBJECT_PARENT_OPTIONAL : OBJECT_PARENT_FORBIDDEN;
    NTSTATUS status = wdfobj_check_attributes(attributes, &interrupt_class, rule);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    *ret_parent = wdfobj_parent(attributes, &device->object);
    if (*ret_parent != &device->object &&
        ((*ret_parent)->class->type != OBJECT_QUEUE || wdfobj_device(*ret_parent) != &device->object))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

static void append(struct device *device, struct interrupt *interrupt)
{
    struct interrupt **link = &device->interrupts;

    while (*link != NULL)
    {
        link = &(*link)->next;
    }
    *link = interrupt;
}

static void choose_lock(struct interrupt *interrupt)
{
    const WDF_INTERRUPT_CONFIG *config = &interrupt->config;

    interrupt->wait =
        config->WaitLock != NULL ? lock_waitable_of(config->WaitLock, "WdfInterruptCreate") : &interrupt->own_wait;
    interrupt->spin = config->SpinLock != NULL ? lock_adopt(config->SpinLock, "WdfInterruptCreate") : &interrupt->own_spin;
    interrupt->synchronize_irql = interrupt->passive ? PASSIVE_LEVEL : DISPATCH_LEVEL;
}

static void interrupt_fill(struct interrupt *interrupt, struct device *device, const WDF_INTERRUPT_CONFIG *config,
                           struct object *parent, struct presentation_lock *presentation)
{
    bool user_flavour = device->object.globals->user_flavour;

    interrupt->config = *config;
    interrupt->passive = user_flavour || config->PassiveHandling;
    interrupt->of_hardware = device_pnp_state(device) == PNP_PREPARING;
    interrupt->associated = wdfobj_handle(parent);
    interrupt->presentation = presentation;
    interrupt->dpc_on_worker = user_flavour;
    KeInitializeDpc(&interrupt->dpc, run_dpc, interrupt);
    work_initialize(&interrupt->work, &interrupt->object, run_work);
    choose_lock(interrupt);
    interrupt->device = device;
    append(device, interrupt);
    if (interrupt->of_hardware)
    {
        interrupt_assign(interrupt, config->InterruptRaw, config->InterruptTranslated, 0);
    }
    if (parent != &device->object)
    {
        parent->deletable = false;
    }
}

static NTSTATUS find_presentation(const WDF_INTERRUPT_CONFIG *config, struct object *parent,
                                  struct presentation_lock **ret_lock)
{
    bool on_worker = config->EvtInterruptWorkItem != NULL;

    *ret_lock = NULL;
    return on_worker || config->EvtInterruptDpc != NULL ?
               presentation_for_callback(parent, config->AutomaticSerialization, on_worker, ret_lock) :
               STATUS_SUCCESS;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfInterruptCreate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                     PWDF_INTERRUPT_CONFIG Configuration, PWDF_OBJECT_ATTRIBUTES Attributes,
                                     WDFINTERRUPT *Interrupt)
{
    globals_require(DriverGlobals, Configuration, "WdfInterruptCreate");
    globals_require(DriverGlobals, Interrupt, "WdfInterruptCreate");
    struct device *device = device_from_handle(Device, "WdfInterruptCreate");
    bool passive = device->object.globals->user_flavour || Configuration->PassiveHandling;
    struct presentation_lock *presentation;
    struct object *parent;
    struct object *object;
    NTSTATUS status = check_config(Configuration, passive);

    *Interrupt = NULL;
    if (NT_SUCCESS(status))
    {
        status = check_place(device, Configuration);
    }
    if (NT_SUCCESS(status))
    {
        status = find_parent(device, Configuration, Attributes, &parent);
    }
    if (NT_SUCCESS(status))
    {
        status = find_presentation(Configuration, parent, &presentation);
    }
    if (NT_SUCCESS(status))
    {
        object = wdfobj_allocate(device->object.globals, &interrupt_class, Attributes, parent);
        status = object == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    interrupt_fill(interrupt_of(object), device, Configuration, parent, presentation);
    return wdfobj_publish(object, parent, Interrupt);
}
WDF_ENTRY_BOTH(WdfInterruptCreate)

BOOLEAN wdf_kmdf_WdfInterruptQueueDpcForIsr(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    struct interrupt *interrupt = interrupt_from_handle(Interrupt, "WdfInterruptQueueDpcForIsr");

    if (interrupt->config.EvtInterruptDpc == NULL)
    {
        globals_break(globals_of(DriverGlobals), "WdfInterruptQueueDpcForIsr: the interrupt %p has no EvtInterruptDpc",
                      (void *)Interrupt);
        return FALSE;
    }
    return interrupt->dpc_on_worker ? work_queue(&interrupt->work) : KeInsertQueueDpc(&interrupt->dpc, NULL, NULL);
}
WDF_ENTRY_BOTH(WdfInterruptQueueDpcForIsr)

BOOLEAN wdf_kmdf_WdfInterruptQueueWorkItemForIsr(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    struct interrupt *interrupt = interrupt_from_handle(Interrupt, "WdfInterruptQueueWorkItemForIsr");

    if (interrupt->config.EvtInterruptWorkItem == NULL)
    {
        globals_break(globals_of(DriverGlobals),
                      "WdfInterruptQueueWorkItemForIsr: the interrupt %p has no EvtInterruptWorkItem", (void *)Interrupt);
        return FALSE;
    }
    return work_queue(&interrupt->work);
}
WDF_ENTRY_BOTH(WdfInterruptQueueWorkItemForIsr)

/* Whether a passive interrupt's lock may be taken at the caller's level. */
static bool may_acquire(struct interrupt *interrupt, const char *function)
{
    if (interrupt->passive && platform_current()->irql >= DISPATCH_LEVEL)
    {
        globals_break(interrupt->object.globals, "%s: the lock of a passive-level interrupt, at IRQL %u", function,
                      platform_current()->irql);
        return false;
    }
    return true;
}

BOOLEAN wdf_kmdf_WdfInterruptSynchronize(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt,
                                         PFN_WDF_INTERRUPT_SYNCHRONIZE Callback, WDFCONTEXT Context)
{
    globals_require(DriverGlobals, (const void *)(uintptr_t)Callback, "WdfInterruptSynchronize");
    struct interrupt *interrupt = interrupt_from_handle(Interrupt, "WdfInterruptSynchronize");
    struct verifier_callback callback;
    BOOLEAN result;

    if (!may_acquire(interrupt, "WdfInterruptSynchronize"))
    {
        return FALSE;
    }
    interrupt_acquire(interrupt);
    verifier_callback_enter(&callback, &interrupt->object, "EvtInterruptSynchronize");
    result = Callback(Interrupt, Context);
    verifier_callback_leave(&callback);
    interrupt_release(interrupt);
    return result;
}
WDF_ENTRY_BOTH(WdfInterruptSynchronize)

VOID wdf_kmdf_WdfInterruptAcquireLock(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    struct interrupt *interrupt = interrupt_from_handle(Interrupt, "WdfInterruptAcquireLock");

    if (may_acquire(interrupt, "WdfInterruptAcquireLock"))
    {
        interrupt_acquire(interrupt);
    }
}
WDF_ENTRY_BOTH(WdfInterruptAcquireLock)

VOID wdf_kmdf_WdfInterruptReleaseLock(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    interrupt_release(interrupt_from_handle(Interrupt, "WdfInterruptReleaseLock"));
}
WDF_ENTRY_BOTH(WdfInterruptReleaseLock)

BOOLEAN wdf_kmdf_WdfInterruptTryToAcquireLock(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    struct interrupt *interrupt = interrupt_from_handle(Interrupt, "WdfInterruptTryToAcquireLock");
    LONGLONG now = 0;

    if (!interrupt->passive)
    {
        globals_break(globals_of(DriverGlobals), "WdfInterruptTryToAcquireLock: the interrupt %p is not a passive-level one",
                      (void *)Interrupt);
        return FALSE;
    }
    return waitable_acquire(interrupt->wait, &now);
}
WDF_ENTRY_BOTH(WdfInterruptTryToAcquireLock)

VOID wdf_kmdf_WdfInterruptEnable(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    struct interrupt *interrupt = interrupt_from_handle(Interrupt, "WdfInterruptEnable");
    NTSTATUS status = interrupt_up(interrupt);

    if (!NT_SUCCESS(status))
    {
        globals_break(globals_of(DriverGlobals), "WdfInterruptEnable: the interrupt %p: status 0x%08X", (void *)Interrupt,
                      (unsigned)status);
    }
}
WDF_ENTRY_BOTH(WdfInterruptEnable)

VOID wdf_kmdf_WdfInterruptDisable(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    (void)interrupt_down(interrupt_from_handle(Interrupt, "WdfInterruptDisable"), false);
}
WDF_ENTRY_BOTH(WdfInterruptDisable)

PKINTERRUPT wdf_kmdf_WdfInterruptWdmGetInterrupt(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    return interrupt_from_handle(Interrupt, "WdfInterruptWdmGetInterrupt")->connected;
}

VOID wdf_kmdf_WdfInterruptGetInfo(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt, PWDF_INTERRUPT_INFO Info)
{
    globals_require(DriverGlobals, Info, "WdfInterruptGetInfo");
    struct interrupt *interrupt = interrupt_from_handle(Interrupt, "WdfInterruptGetInfo");

    if (Info->Size != sizeof(*Info))
    {
        globals_break(globals_of(DriverGlobals), "WdfInterruptGetInfo: Size is %u, expected %zu", Info->Size, sizeof(*Info));
        return;
    }
    Info->TargetProcessorSet = interrupt->affinity;
    Info->MessageNumber = interrupt->message_number;
    Info->Vector = interrupt->vector;
    Info->Irql = interrupt->irql;
    Info->Mode = interrupt->mode;
    Info->Polarity = WdfInterruptPolarityUnknown;
    Info->MessageSignaled = interrupt->message;
    Info->ShareDisposition = (UCHAR)(interrupt->shared ? CmResourceShareShared : CmResourceShareDeviceExclusive);
    Info->Group = 0;
}
WDF_ENTRY_BOTH(WdfInterruptGetInfo)

WDFDEVICE wdf_kmdf_WdfInterruptGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    return wdfobj_handle(&interrupt_from_handle(Interrupt, "WdfInterruptGetDevice")->device->object);
}
WDF_ENTRY_BOTH(WdfInterruptGetDevice)

static void set_policy(PWDF_DRIVER_GLOBALS globals, WDFINTERRUPT handle, const WDF_INTERRUPT_EXTENDED_POLICY *policy,
                       const char *function)
{
    struct interrupt *interrupt = interrupt_from_handle(handle, function);

    if (policy->Policy < WdfIrqPolicyMachineDefault || policy->Policy > WdfIrqPolicySpreadMessagesAcrossAllProcessors ||
        policy->Priority < WdfIrqPriorityUndefined || policy->Priority > WdfIrqPriorityHigh)
    {
        globals_break(globals_of(globals), "%s: the policy %d with priority %d is ignored", function, (int)policy->Policy,
                      (int)policy->Priority);
        return;
    }
    interrupt->policy = *policy;
    interrupt->has_policy = true;
}

VOID wdf_kmdf_WdfInterruptSetPolicy(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt, WDF_INTERRUPT_POLICY Policy,
                                    WDF_INTERRUPT_PRIORITY Priority, KAFFINITY TargetProcessorSet)
{
    set_policy(DriverGlobals, Interrupt,
               &(WDF_INTERRUPT_EXTENDED_POLICY){
                   .Size = sizeof(WDF_INTERRUPT_EXTENDED_POLICY),
                   .Policy = Policy,
                   .Priority = Priority,
                   .TargetProcessorSetAndGroup = {.Mask = TargetProcessorSet},
               },
               "WdfInterruptSetPolicy");
}
WDF_ENTRY_BOTH(WdfInterruptSetPolicy)

VOID wdf_kmdf_WdfInterruptSetExtendedPolicy(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt,
                                            PWDF_INTERRUPT_EXTENDED_POLICY PolicyAndGroup)
{
    globals_require(DriverGlobals, PolicyAndGroup, "WdfInterruptSetExtendedPolicy");
    if (PolicyAndGroup->Size != sizeof(*PolicyAndGroup))
    {
        (void)interrupt_from_handle(Interrupt, "WdfInterruptSetExtendedPolicy");
        globals_break(globals_of(DriverGlobals), "WdfInterruptSetExtendedPolicy: Size is %u, expected %zu",
                      PolicyAndGroup->Size, sizeof(*PolicyAndGroup));
        return;
    }
    set_policy(DriverGlobals, Interrupt, PolicyAndGroup, "WdfInterruptSetExtendedPolicy");
}
WDF_ENTRY_BOTH(WdfInterruptSetExtendedPolicy)

VOID wdf_kmdf_WdfInterruptReportActive(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    interrupt_report(interrupt_from_handle(Interrupt, "WdfInterruptReportActive"), true);
}

VOID wdf_kmdf_WdfInterruptReportInactive(PWDF_DRIVER_GLOBALS DriverGlobals, WDFINTERRUPT Interrupt)
{
    interrupt_report(interrupt_from_handle(Interrupt, "WdfInterruptReportInactive"), false);
}
