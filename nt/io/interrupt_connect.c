/* SPDX-License-Identifier: MIT */
/*
 * Connecting service routines: by what the driver says, or by the resources that the device has.
 */
#include "nt/debug/bugcheck.h"
#include "nt/io/device_object.h"
#include "nt/io/interrupt_object.h"
#include "nt/pnp/node.h"

/* What an interrupt descriptor says, of a line or of one message. */
struct source
{
    ULONG vector;
    KIRQL irql;
    KINTERRUPT_MODE mode;
    bool shared;
    KAFFINITY affinity;
};

static struct source source_of(const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor)
{
    return (struct source){
        .vector = descriptor->u.Interrupt.Vector,
        .irql = (KIRQL)descriptor->u.Interrupt.Level,
        .mode = (descriptor->Flags & CM_RESOURCE_INTERRUPT_LATCHED) != 0 ? Latched : LevelSensitive,
        .shared = descriptor->ShareDisposition == CmResourceShareShared,
        .affinity = descriptor->u.Interrupt.Affinity,
    };
}

static bool is_interrupt(const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor, bool message)
{
    return descriptor->Type == CmResourceTypeInterrupt &&
           ((descriptor->Flags & CM_RESOURCE_INTERRUPT_MESSAGE) != 0) == message;
}

/* Puts up to room of the device's lines or messages into the array; returns how many there are. */
static size_t find_sources(PDEVICE_OBJECT pdo, bool message, struct source *sources, size_t room)
{
    struct devnode *devnode = devobj_extension(pdo)->devnode;
    size_t count = 0;

    if (devnode == NULL)
    {
        return 0;
    }
    platform_mutex_lock(&devnode->lock);
    if (devnode->translated != NULL && devnode->translated->Count != 0)
    {
        const CM_PARTIAL_RESOURCE_LIST *list = &devnode->translated->List[0].PartialResourceList;

        for (ULONG index = 0; index < list->Count; index++)
        {
            if (is_interrupt(&list->PartialDescriptors[index], message) && count++ < room)
            {
                sources[count - 1] = source_of(&list->PartialDescriptors[index]);
            }
        }
    }
    platform_mutex_unlock(&devnode->lock);
    return count;
}

/* A driver's device interrupts above DISPATCH_LEVEL, or at PASSIVE_LEVEL; its lock is taken at that level or a higher one. */
static bool levels_are_sane(PKINTERRUPT interrupt)
{
    if (interrupt->irql == PASSIVE_LEVEL)
    {
        return interrupt->synchronize_irql == PASSIVE_LEVEL && interrupt->lock == NULL;
    }
    return interrupt->irql > DISPATCH_LEVEL && interrupt->irql < HIGH_LEVEL &&
           interrupt->synchronize_irql >= interrupt->irql && interrupt->synchronize_irql <= HIGH_LEVEL;
}

/* Allocates, fills and connects. */
static NTSTATUS connect(const struct _KINTERRUPT *what, PKINTERRUPT *ret_interrupt)
{
    PKINTERRUPT interrupt = platform_zalloc(sizeof(*interrupt));
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    if (interrupt == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *interrupt = *what;
    if (levels_are_sane(interrupt))
    {
        interrupt_initialize(interrupt);
        /* The service routine may look for its interrupt object at once. */
        *ret_interrupt = interrupt;
        status = interrupt_enter(interrupt);
    }
    if (!NT_SUCCESS(status))
    {
        *ret_interrupt = NULL;
        platform_free(interrupt, sizeof(*interrupt));
    }
    return status;
}

static void disconnect(PKINTERRUPT interrupt)
{
    interrupt_leave(interrupt);
    platform_free(interrupt, sizeof(*interrupt));
}

static NTSTATUS connect_fully(const IO_CONNECT_INTERRUPT_FULLY_SPECIFIED_PARAMETERS *parameters, USHORT group)
{
    struct _KINTERRUPT what = {
        .vector = parameters->Vector,
        .irql = parameters->Irql,
        .synchronize_irql = parameters->SynchronizeIrql,
        .mode = parameters->InterruptMode,
        .shared = parameters->ShareVector,
        .affinity = {.Mask = parameters->ProcessorEnableMask, .Group = group},
        .service = parameters->ServiceRoutine,
        .context = parameters->ServiceContext,
        .lock = parameters->SpinLock,
    };

    if (parameters->ServiceRoutine == NULL || parameters->InterruptObject == NULL || parameters->ProcessorEnableMask == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return connect(&what, parameters->InterruptObject);
}

static KIRQL at_least(KIRQL level, KIRQL least)
{
    return level < least ? least : level;
}

static NTSTATUS connect_line(const IO_CONNECT_INTERRUPT_LINE_BASED_PARAMETERS *parameters)
{
    struct source source;
    struct _KINTERRUPT what;

    if (parameters->PhysicalDeviceObject == NULL || parameters->ServiceRoutine == NULL ||
        parameters->InterruptObject == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (find_sources(parameters->PhysicalDeviceObject, false, &source, 1) == 0)
    {
        return STATUS_NOT_FOUND;
    }
    what = (struct _KINTERRUPT){
        .vector = source.vector,
        .irql = source.irql,
        .synchronize_irql = at_least(parameters->SynchronizeIrql, source.irql),
        .mode = source.mode,
        .shared = source.shared,
        .affinity = {.Mask = source.affinity},
        .service = parameters->ServiceRoutine,
        .context = parameters->ServiceContext,
        .lock = parameters->SpinLock,
    };
    return connect(&what, parameters->InterruptObject);
}

/*
 * Messages.
 */

static size_t table_size(size_t count)
{
    return FIELD_OFFSET(IO_INTERRUPT_MESSAGE_INFO, MessageInfo) + count * sizeof(IO_INTERRUPT_MESSAGE_INFO_ENTRY);
}

/* Disconnects the first count messages, last one first, and frees the table. */
static void free_table(PIO_INTERRUPT_MESSAGE_INFO table, ULONG count)
{
    while (count-- != 0)
    {
        disconnect(table->MessageInfo[count].InterruptObject);
    }
    platform_free(table, table_size(table->MessageCount));
}

static KIRQL highest(const struct source *sources, size_t count, KIRQL level)
{
    for (size_t index = 0; index < count; index++)
    {
        level = at_least(level, sources[index].irql);
    }
    return level;
}

static NTSTATUS connect_message(const IO_CONNECT_INTERRUPT_MESSAGE_BASED_PARAMETERS *parameters, const struct source *source,
                                ULONG number, PIO_INTERRUPT_MESSAGE_INFO table)
{
    IO_INTERRUPT_MESSAGE_INFO_ENTRY *entry = &table->MessageInfo[number];
    struct _KINTERRUPT what = {
        .vector = source->vector,
        .irql = source->irql,
        .synchronize_irql = table->UnifiedIrql,
        .mode = source->mode,
        .shared = source->shared,
        .affinity = {.Mask = source->affinity},
        .message_service = parameters->MessageServiceRoutine,
        .message = number,
        .context = parameters->ServiceContext,
        .lock = parameters->SpinLock,
    };

    /* One lock for all messages, the driver's or the first one's. */
    if (what.lock == NULL && number != 0 && source->irql != PASSIVE_LEVEL)
    {
        what.lock = table->MessageInfo[0].InterruptObject->lock;
    }
    *entry = (IO_INTERRUPT_MESSAGE_INFO_ENTRY){
        .TargetProcessorSet = source->affinity,
        .MessageData = source->vector,
        .Vector = source->vector,
        .Irql = source->irql,
        .Mode = source->mode,
        .Polarity = InterruptPolarityUnknown,
    };
    return connect(&what, &entry->InterruptObject);
}

static NTSTATUS connect_messages(const IO_CONNECT_INTERRUPT_MESSAGE_BASED_PARAMETERS *parameters,
                                 const struct source *sources, ULONG count)
{
    PIO_INTERRUPT_MESSAGE_INFO table = platform_zalloc(table_size(count));

    if (table == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    table->MessageCount = count;
    table->UnifiedIrql = highest(sources, count, parameters->SynchronizeIrql);
    /* A service routine may look at the table at once. */
    *parameters->ConnectionContext.InterruptMessageTable = table;
    for (ULONG number = 0; number < count; number++)
    {
        NTSTATUS status = connect_message(parameters, &sources[number], number, table);

        if (!NT_SUCCESS(status))
        {
            *parameters->ConnectionContext.InterruptMessageTable = NULL;
            free_table(table, number);
            return status;
        }
    }
    return STATUS_SUCCESS;
}

/* A device without messages gets its line, if the driver has a routine for that; then the version says so. */
static NTSTATUS connect_by_message(PIO_CONNECT_INTERRUPT_PARAMETERS parameters)
{
    IO_CONNECT_INTERRUPT_MESSAGE_BASED_PARAMETERS message = parameters->MessageBased;
    IO_CONNECT_INTERRUPT_LINE_BASED_PARAMETERS line = {
        .PhysicalDeviceObject = message.PhysicalDeviceObject,
        .InterruptObject = message.ConnectionContext.InterruptObject,
        .ServiceRoutine = message.FallBackServiceRoutine,
        .ServiceContext = message.ServiceContext,
        .SpinLock = message.SpinLock,
        .SynchronizeIrql = message.SynchronizeIrql,
        .FloatingSave = message.FloatingSave,
    };
    struct source *sources;
    NTSTATUS status;
    size_t count;

    if (message.PhysicalDeviceObject == NULL || message.MessageServiceRoutine == NULL ||
        message.ConnectionContext.Generic == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    count = find_sources(message.PhysicalDeviceObject, true, NULL, 0);
    if (count == 0)
    {
        parameters->Version = line.ServiceRoutine != NULL ? CONNECT_LINE_BASED : parameters->Version;
        return line.ServiceRoutine != NULL ? connect_line(&line) : STATUS_NOT_FOUND;
    }
    sources = platform_zalloc(count * sizeof(*sources));
    if (sources == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    (void)find_sources(message.PhysicalDeviceObject, true, sources, count);
    status = connect_messages(&message, sources, (ULONG)count);
    platform_free(sources, count * sizeof(*sources));
    return status;
}

/* Each interrupt object of a connection. */
static void for_each(ULONG version, PVOID connection, void (*function)(PKINTERRUPT interrupt, bool value), bool value)
{
    PIO_INTERRUPT_MESSAGE_INFO table = connection;

    if (version != CONNECT_MESSAGE_BASED)
    {
        function(connection, value);
        return;
    }
    for (ULONG number = 0; number < table->MessageCount; number++)
    {
        function(table->MessageInfo[number].InterruptObject, value);
    }
}

static void set_active(PKINTERRUPT interrupt, bool active)
{
    platform_atomic_store(&interrupt->active, active);
}

/*
 * Published entry points.
 */
NTSTATUS IoConnectInterruptEx(PIO_CONNECT_INTERRUPT_PARAMETERS Parameters)
{
    switch (Parameters->Version)
    {
        case CONNECT_FULLY_SPECIFIED:
            return connect_fully(&Parameters->FullySpecified, 0);
        case CONNECT_FULLY_SPECIFIED_GROUP:
            return connect_fully(&Parameters->FullySpecified, Parameters->FullySpecified.Group);
        case CONNECT_LINE_BASED:
            return connect_line(&Parameters->LineBased);
        case CONNECT_MESSAGE_BASED:
            return connect_by_message(Parameters);
        default:
            Parameters->Version = CONNECT_FULLY_SPECIFIED;
            return STATUS_NOT_SUPPORTED;
    }
}

VOID IoDisconnectInterruptEx(PIO_DISCONNECT_INTERRUPT_PARAMETERS Parameters)
{
    if (Parameters->Version == CONNECT_MESSAGE_BASED)
    {
        PIO_INTERRUPT_MESSAGE_INFO table = Parameters->ConnectionContext.InterruptMessageTable;

        free_table(table, table->MessageCount);
    }
    else
    {
        disconnect(Parameters->ConnectionContext.InterruptObject);
    }
}

NTSTATUS IoConnectInterrupt(PKINTERRUPT *InterruptObject, PKSERVICE_ROUTINE ServiceRoutine, PVOID ServiceContext,
                            PKSPIN_LOCK SpinLock, ULONG Vector, KIRQL Irql, KIRQL SynchronizeIrql,
                            KINTERRUPT_MODE InterruptMode, BOOLEAN ShareVector, KAFFINITY ProcessorEnableMask,
                            BOOLEAN FloatingSave)
{
    return connect_fully(
        &(IO_CONNECT_INTERRUPT_FULLY_SPECIFIED_PARAMETERS){
            .InterruptObject = InterruptObject,
            .ServiceRoutine = ServiceRoutine,
            .ServiceContext = ServiceContext,
            .SpinLock = SpinLock,
            .SynchronizeIrql = SynchronizeIrql,
            .FloatingSave = FloatingSave,
            .ShareVector = ShareVector,
            .Vector = Vector,
            .Irql = Irql,
            .InterruptMode = InterruptMode,
            .ProcessorEnableMask = ProcessorEnableMask,
        },
        0);
}

VOID IoDisconnectInterrupt(PKINTERRUPT InterruptObject)
{
    disconnect(InterruptObject);
}

NTSTATUS IoGetAffinityInterrupt(PKINTERRUPT InterruptObject, PGROUP_AFFINITY GroupAffinity)
{
    if (InterruptObject == NULL || GroupAffinity == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    *GroupAffinity = InterruptObject->affinity;
    return STATUS_SUCCESS;
}

VOID IoReportInterruptActive(PIO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS Parameters)
{
    for_each(Parameters->Version, Parameters->ConnectionContext.Generic, set_active, true);
}

VOID IoReportInterruptInactive(PIO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS Parameters)
{
    for_each(Parameters->Version, Parameters->ConnectionContext.Generic, set_active, false);
}
