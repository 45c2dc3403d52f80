/* SPDX-License-Identifier: MIT */
/*
 * WDFINTERRUPT in the life of its device: resources, connection, and what follows from power.
 */
#include "wdf/globals.h"
#include "wdf/interrupt_internal.h"
#include "wdf/verifier.h"

/*
 * Resources.
 */

/* Interrupts that share a spin lock take it at the highest of their levels. */
static void unify_levels(struct device *device, PKSPIN_LOCK spin)
{
    KIRQL highest = DISPATCH_LEVEL;

    for (struct interrupt *other = device->interrupts; other != NULL; other = other->next)
    {
        highest = !other->passive && other->spin == spin && other->irql > highest ? other->irql : highest;
    }
    for (struct interrupt *other = device->interrupts; other != NULL; other = other->next)
    {
        if (!other->passive && other->spin == spin)
        {
            other->synchronize_irql = highest;
        }
    }
}

static bool is_shared(const struct interrupt *interrupt, const CM_PARTIAL_RESOURCE_DESCRIPTOR *translated)
{
    return interrupt->config.ShareVector == WdfUseDefault ? translated->ShareDisposition == CmResourceShareShared :
                                                            interrupt->config.ShareVector == WdfTrue;
}

void interrupt_assign(struct interrupt *interrupt, const CM_PARTIAL_RESOURCE_DESCRIPTOR *raw,
                      const CM_PARTIAL_RESOURCE_DESCRIPTOR *translated, ULONG index)
{
    interrupt->assigned = true;
    interrupt->message = (raw->Flags & CM_RESOURCE_INTERRUPT_MESSAGE) != 0;
    interrupt->message_number = index;
    interrupt->vector = translated->u.Interrupt.Vector + index;
    interrupt->irql = interrupt->passive ? PASSIVE_LEVEL : (KIRQL)translated->u.Interrupt.Level;
    interrupt->mode = (translated->Flags & CM_RESOURCE_INTERRUPT_LATCHED) != 0 ? Latched : LevelSensitive;
    interrupt->affinity = translated->u.Interrupt.Affinity;
    interrupt->shared = is_shared(interrupt, translated);
    if (!interrupt->passive)
    {
        unify_levels(interrupt->device, interrupt->spin);
    }
}

/* The next interrupt that EvtDriverDeviceAdd has made. */
static struct interrupt *skip_of_hardware(struct interrupt *interrupt)
{
    while (interrupt != NULL && interrupt->of_hardware)
    {
        interrupt = interrupt->next;
    }
    return interrupt;
}

/* A descriptor of several messages is for as many interrupts. */
static ULONG messages_of(const CM_PARTIAL_RESOURCE_DESCRIPTOR *raw)
{
    bool several = (raw->Flags & CM_RESOURCE_INTERRUPT_MESSAGE) != 0 && raw->u.MessageInterrupt.Raw.MessageCount > 1;

    return several ? raw->u.MessageInterrupt.Raw.MessageCount : 1;
}

static void assign_all(struct device *device, const CM_PARTIAL_RESOURCE_LIST *raw,
                       const CM_PARTIAL_RESOURCE_LIST *translated)
{
    struct interrupt *interrupt = skip_of_hardware(device->interrupts);

    for (ULONG index = 0; index < raw->Count; index++)
    {
        const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor = &raw->PartialDescriptors[index];

        if (descriptor->Type != CmResourceTypeInterrupt)
        {
            continue;
        }
        for (ULONG message = 0; interrupt != NULL && message < messages_of(descriptor); message++)
        {
            interrupt_assign(interrupt, descriptor, &translated->PartialDescriptors[index], message);
            interrupt = skip_of_hardware(interrupt->next);
        }
    }
}

static const CM_PARTIAL_RESOURCE_LIST *partial_list(const CM_RESOURCE_LIST *list)
{
    return list == NULL || list->Count == 0 ? NULL : &list->List[0].PartialResourceList;
}

static void take_back(struct interrupt *interrupt)
{
    interrupt->assigned = false;
    interrupt->message = false;
    interrupt->message_number = 0;
    interrupt->vector = 0;
    interrupt->irql = PASSIVE_LEVEL;
    interrupt->affinity = 0;
}

NTSTATUS interrupts_assign(struct device *device, const CM_RESOURCE_LIST *raw, const CM_RESOURCE_LIST *translated)
{
    const CM_PARTIAL_RESOURCE_LIST *raw_list = partial_list(raw);
    const CM_PARTIAL_RESOURCE_LIST *translated_list = partial_list(translated);

    for (struct interrupt *interrupt = device->interrupts; interrupt != NULL; interrupt = interrupt->next)
    {
        take_back(interrupt);
    }
    if (raw_list == NULL && translated_list == NULL)
    {
        return STATUS_SUCCESS;
    }
    if (raw_list == NULL || translated_list == NULL || raw_list->Count != translated_list->Count)
    {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    assign_all(device, raw_list, translated_list);
    return STATUS_SUCCESS;
}

void interrupts_release(struct device *device)
{
    struct interrupt *interrupt = device->interrupts;

    while (interrupt != NULL)
    {
        struct interrupt *next = interrupt->next;

        if (interrupt->of_hardware)
        {
            wdfobj_delete(&interrupt->object);
        }
        else
        {
            take_back(interrupt);
        }
        interrupt = next;
    }
}

/*
 * Connection. The executive calls the service routine from here on, also before EvtInterruptEnable has run.
 */

static NTSTATUS connect(struct interrupt *interrupt)
{
    IO_CONNECT_INTERRUPT_PARAMETERS parameters = {
        .Version = CONNECT_FULLY_SPECIFIED,
        .FullySpecified =
            {
                .PhysicalDeviceObject = interrupt->device->pdo,
                .InterruptObject = &interrupt->connected,
                .ServiceRoutine = interrupt_service,
                .ServiceContext = interrupt,
                .SpinLock = interrupt->passive ? NULL : interrupt->spin,
                .SynchronizeIrql = interrupt->synchronize_irql,
                .FloatingSave = interrupt->config.FloatingSave,
                .ShareVector = interrupt->shared,
                .Vector = interrupt->vector,
                .Irql = interrupt->irql,
                .InterruptMode = interrupt->mode,
                .ProcessorEnableMask = interrupt->affinity == 0 ? (KAFFINITY)-1 : interrupt->affinity,
            },
    };

    return interrupt->connected != NULL ? STATUS_SUCCESS : IoConnectInterruptEx(&parameters);
}

/* The connection's mutex is held, or nobody else knows the interrupt any more. */
static void disconnect(struct interrupt *interrupt)
{
    IO_DISCONNECT_INTERRUPT_PARAMETERS parameters = {
        .Version = CONNECT_FULLY_SPECIFIED,
        .ConnectionContext.InterruptObject = interrupt->connected,
    };

    if (interrupt->connected == NULL)
    {
        return;
    }
    IoDisconnectInterruptEx(&parameters);
    interrupt->connected = NULL;
    interrupt->inactive = false;
    interrupt_flush(interrupt);
}

void interrupt_disconnect(struct interrupt *interrupt)
{
    platform_mutex_lock(&interrupt->connection);
    disconnect(interrupt);
    interrupt->enabled = false;
    platform_mutex_unlock(&interrupt->connection);
}

void interrupt_report(struct interrupt *interrupt, bool active)
{
    IO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS parameters = {
        .Version = CONNECT_FULLY_SPECIFIED,
        .ConnectionContext.InterruptObject = interrupt->connected,
    };

    if (interrupt->connected == NULL)
    {
        return;
    }
    interrupt->inactive = !active;
    if (active)
    {
        IoReportInterruptActive(&parameters);
    }
    else
    {
        IoReportInterruptInactive(&parameters);
    }
}

/* EvtInterruptEnable and EvtInterruptDisable run under the interrupt's lock. */
static NTSTATUS call_switch(struct interrupt *interrupt, PFN_WDF_INTERRUPT_ENABLE function, const char *name)
{
    struct verifier_callback callback;
    NTSTATUS status;

    if (function == NULL)
    {
        return STATUS_SUCCESS;
    }
    interrupt_acquire(interrupt);
    verifier_callback_enter(&callback, &interrupt->object, name);
    status = function(wdfobj_handle(&interrupt->object), wdfobj_handle(&interrupt->device->object));
    verifier_callback_leave(&callback);
    interrupt_release(interrupt);
    return status;
}

static NTSTATUS bring_up(struct interrupt *interrupt)
{
    NTSTATUS status = connect(interrupt);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (interrupt->inactive)
    {
        interrupt_report(interrupt, true);
    }
    status = call_switch(interrupt, interrupt->config.EvtInterruptEnable, "EvtInterruptEnable");
    interrupt->enabled = NT_SUCCESS(status);
    if (!NT_SUCCESS(status))
    {
        disconnect(interrupt);
    }
    return status;
}

NTSTATUS interrupt_up(struct interrupt *interrupt)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&interrupt->connection);
    if (interrupt->assigned && !interrupt->enabled)
    {
        status = bring_up(interrupt);
    }
    platform_mutex_unlock(&interrupt->connection);
    return status;
}

NTSTATUS interrupt_down(struct interrupt *interrupt, bool stay_connected)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&interrupt->connection);
    if (interrupt->enabled)
    {
        status =
            call_switch(interrupt, (PFN_WDF_INTERRUPT_ENABLE)interrupt->config.EvtInterruptDisable, "EvtInterruptDisable");
        interrupt->enabled = false;
        interrupt_flush(interrupt);
    }
    if (!stay_connected)
    {
        disconnect(interrupt);
    }
    platform_mutex_unlock(&interrupt->connection);
    return status;
}

/*
 * The device.
 */

/* The last interrupt before this one; NULL means the end of the list. */
static struct interrupt *before(struct device *device, const struct interrupt *end)
{
    struct interrupt *interrupt = device->interrupts;

    if (interrupt == end)
    {
        return NULL;
    }
    while (interrupt->next != end)
    {
        interrupt = interrupt->next;
    }
    return interrupt;
}

NTSTATUS interrupts_connect(struct device *device)
{
    for (struct interrupt *interrupt = device->interrupts; interrupt != NULL; interrupt = interrupt->next)
    {
        NTSTATUS status = interrupt_up(interrupt);

        if (NT_SUCCESS(status))
        {
            continue;
        }
        for (struct interrupt *done = before(device, interrupt); done != NULL; done = before(device, done))
        {
            (void)interrupt_down(done, false);
        }
        return status;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS go_down(struct interrupt *interrupt, struct interrupts_down down)
{
    bool reports_inactive = down.to_low_power && interrupt->config.ReportInactiveOnPowerDown == WdfTrue;
    NTSTATUS status;

    if (down.armed_for_wake && interrupt->config.CanWakeDevice)
    {
        return STATUS_SUCCESS;
    }
    status = interrupt_down(interrupt, down.stay_connected || reports_inactive);
    if (reports_inactive)
    {
        interrupt_report(interrupt, false);
    }
    return status;
}

NTSTATUS interrupts_disconnect(struct device *device, struct interrupts_down down)
{
    NTSTATUS result = STATUS_SUCCESS;

    for (struct interrupt *interrupt = before(device, NULL); interrupt != NULL; interrupt = before(device, interrupt))
    {
        NTSTATUS status = go_down(interrupt, down);

        result = NT_SUCCESS(result) ? status : result;
    }
    return result;
}

void interrupts_disconnect_rest(struct device *device)
{
    for (struct interrupt *interrupt = before(device, NULL); interrupt != NULL; interrupt = before(device, interrupt))
    {
        interrupt_disconnect(interrupt);
    }
}

/*
 * Policies.
 */

static void apply_policy(const struct interrupt *interrupt, PIO_RESOURCE_DESCRIPTOR descriptor)
{
    descriptor->Flags |= CM_RESOURCE_INTERRUPT_POLICY_INCLUDED;
    descriptor->u.Interrupt.AffinityPolicy = (IRQ_DEVICE_POLICY)interrupt->policy.Policy;
    descriptor->u.Interrupt.PriorityPolicy = (IRQ_PRIORITY)interrupt->policy.Priority;
    descriptor->u.Interrupt.TargetedProcessors = interrupt->policy.TargetProcessorSetAndGroup.Mask;
}

/* Alternatives of one descriptor are for the same interrupt. */
static void apply_to_list(struct device *device, PIO_RESOURCE_LIST list)
{
    struct interrupt *interrupt = NULL;
    struct interrupt *next = device->interrupts;

    for (ULONG index = 0; index < list->Count; index++)
    {
        PIO_RESOURCE_DESCRIPTOR descriptor = &list->Descriptors[index];

        if (descriptor->Type != CmResourceTypeInterrupt)
        {
            continue;
        }
        if ((descriptor->Option & IO_RESOURCE_ALTERNATIVE) == 0 && next != NULL)
        {
            interrupt = next;
            next = next->next;
        }
        else if ((descriptor->Option & IO_RESOURCE_ALTERNATIVE) == 0)
        {
            return;
        }
        if (interrupt != NULL && interrupt->has_policy)
        {
            apply_policy(interrupt, descriptor);
        }
    }
}

void interrupts_apply_policies(struct device *device, PIO_RESOURCE_REQUIREMENTS_LIST requirements)
{
    PIO_RESOURCE_LIST list = requirements->List;

    for (ULONG index = 0; device->interrupts != NULL && index < requirements->AlternativeLists; index++)
    {
        apply_to_list(device, list);
        list = (PIO_RESOURCE_LIST)&list->Descriptors[list->Count];
    }
}
