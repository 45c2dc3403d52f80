/* SPDX-License-Identifier: MIT */
/*
 * WMI packets: between the nodes in their buffers and the callbacks of providers and instances.
 */
#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "wdf/dispatch.h"
#include "wdf/pdo.h"
#include "wdf/verifier.h"
#include "wdf/wmi.h"

/* A packet for this device, taken apart. */
struct question
{
    PIRP irp;
    void *buffer;
    ULONG size;
    /* The provider that it is about; NULL for questions about the device. */
    struct wmi_provider *provider;
};

typedef NTSTATUS question_handler(struct device *device, struct question *question);

static ULONG align(ULONG offset)
{
    return (offset + 7) & ~7u;
}

/*
 * Data that lies in the node and behind its fixed part, which is header bytes long and which callbacks must not write to. Nothing
 * of what clients write is believed, and nothing is read from the node again once a callback has had it.
 */
static bool lies_inside(const struct question *question, size_t header, ULONG offset, ULONG length)
{
    return offset >= header && offset <= question->size && length <= question->size - offset;
}

/* The callback's part of the node is used bytes long; one that says more than there is room for has had too little. */
static NTSTATUS check_used(NTSTATUS status, ULONG used, ULONG room)
{
    return NT_SUCCESS(status) && used > room ? STATUS_BUFFER_TOO_SMALL : status;
}

static NTSTATUS say_too_small(struct question *question, ULONG needed)
{
    PWNODE_TOO_SMALL node = question->buffer;

    if (question->size < sizeof(*node))
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    node->WnodeHeader.BufferSize = sizeof(*node);
    node->WnodeHeader.Flags |= WNODE_FLAG_TOO_SMALL;
    node->SizeNeeded = needed;
    question->irp->IoStatus.Information = sizeof(*node);
    return STATUS_SUCCESS;
}

/*
 * Queries.
 */

static NTSTATUS call_query(struct wmi_instance *instance, ULONG room, void *buffer, ULONG *ret_used)
{
    struct wmi_call call;
    NTSTATUS status;

    if (!wmi_call_begin(&call, instance, "EvtWmiInstanceQueryInstance"))
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    status = instance->config.EvtWmiInstanceQueryInstance(wdfobj_handle(&instance->object), room, buffer, ret_used);
    wmi_call_end(&call);
    return check_used(status, *ret_used, room);
}

/* The data of an instance into room bytes. STATUS_BUFFER_TOO_SMALL with the size that is needed. */
static NTSTATUS read_instance(struct wmi_instance *instance, ULONG room, void *buffer, ULONG *ret_used)
{
    ULONG least = instance->provider->config.MinInstanceBufferSize;

    if (instance->context == NULL && instance->config.EvtWmiInstanceQueryInstance == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    *ret_used = instance->context != NULL ? (ULONG)instance->context_size : least;
    if (room < *ret_used)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (instance->context != NULL)
    {
        memcpy(buffer, instance->context, instance->context_size);
        return STATUS_SUCCESS;
    }
    *ret_used = 0;
    return call_query(instance, room, buffer, ret_used);
}

static NTSTATUS query_single(struct device *device, struct question *question)
{
    PWNODE_SINGLE_INSTANCE node = question->buffer;
    struct wmi_instance *instance;
    NTSTATUS status;
    ULONG offset;
    ULONG used = 0;

    (void)device;
    if (question->size < sizeof(*node) || !lies_inside(question, sizeof(*node), node->DataBlockOffset, 0))
    {
        return STATUS_INVALID_PARAMETER;
    }
    offset = node->DataBlockOffset;
    instance = wmi_find_instance(question->provider, node->InstanceIndex);
    if (instance == NULL)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    status = read_instance(instance, question->size - offset, (char *)node + offset, &used);
    wdfobj_release(&instance->object);
    if (status == STATUS_BUFFER_TOO_SMALL)
    {
        return say_too_small(question, offset + used);
    }
    if (NT_SUCCESS(status))
    {
        node->SizeDataBlock = used;
        node->WnodeHeader.BufferSize = offset + used;
        question->irp->IoStatus.Information = offset + used;
    }
    return status;
}

/* One instance of all, at an aligned offset. With no room left the driver is only asked how much it needs. */
static NTSTATUS add_instance(struct question *question, struct wmi_instance *instance, ULONG *offset,
                             OFFSETINSTANCEDATAANDLENGTH *ret_place)
{
    bool fits = *offset < question->size;
    ULONG used = 0;
    NTSTATUS status =
        read_instance(instance, fits ? question->size - *offset : 0, (char *)question->buffer + (fits ? *offset : 0), &used);

    if (NT_SUCCESS(status) && ret_place != NULL)
    {
        ret_place->OffsetInstanceData = *offset;
        ret_place->LengthInstanceData = used;
    }
    *offset = align(*offset + used);
    return status;
}

static NTSTATUS query_all(struct device *device, struct question *question)
{
    PWNODE_ALL_DATA node = question->buffer;
    ULONG count = wmi_instance_count(question->provider);
    ULONG first = align(
        (ULONG)(FIELD_OFFSET(WNODE_ALL_DATA, OffsetInstanceDataAndLength) + count * sizeof(OFFSETINSTANCEDATAANDLENGTH)));
    ULONG offset = first;
    OFFSETINSTANCEDATAANDLENGTH *places = node->OffsetInstanceDataAndLength;
    bool too_small = first > question->size;
    NTSTATUS status = STATUS_SUCCESS;

    (void)device;
    for (ULONG index = 0; index < count && (NT_SUCCESS(status) || too_small); index++)
    {
        struct wmi_instance *instance = wmi_find_instance(question->provider, index);

        if (instance == NULL)
        {
            count = index;
            break;
        }
        status = add_instance(question, instance, &offset, too_small ? NULL : &places[index]);
        too_small |= status == STATUS_BUFFER_TOO_SMALL;
        wdfobj_release(&instance->object);
        if (!NT_SUCCESS(status) && status != STATUS_BUFFER_TOO_SMALL)
        {
            return status;
        }
    }
    if (too_small)
    {
        return say_too_small(question, offset);
    }
    node->WnodeHeader.Flags |= WNODE_FLAG_STATIC_INSTANCE_NAMES | WNODE_FLAG_PDO_INSTANCE_NAMES;
    node->WnodeHeader.BufferSize = offset < question->size ? offset : question->size;
    node->DataBlockOffset = first;
    node->InstanceCount = count;
    node->OffsetInstanceNameOffsets = 0;
    question->irp->IoStatus.Information = node->WnodeHeader.BufferSize;
    return STATUS_SUCCESS;
}

/*
 * Changes.
 */

static NTSTATUS call_set(struct wmi_instance *instance, ULONG size, void *data)
{
    struct wmi_call call;
    NTSTATUS status;

    if (instance->config.EvtWmiInstanceSetInstance == NULL)
    {
        return STATUS_WMI_READ_ONLY;
    }
    if (!wmi_call_begin(&call, instance, "EvtWmiInstanceSetInstance"))
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    status = instance->config.EvtWmiInstanceSetInstance(wdfobj_handle(&instance->object), size, data);
    wmi_call_end(&call);
    return status;
}

static NTSTATUS change_instance(struct device *device, struct question *question)
{
    PWNODE_SINGLE_INSTANCE node = question->buffer;
    struct wmi_instance *instance;
    NTSTATUS status;

    (void)device;
    if (question->size < sizeof(*node) || !lies_inside(question, sizeof(*node), node->DataBlockOffset, node->SizeDataBlock))
    {
        return STATUS_INVALID_PARAMETER;
    }
    instance = wmi_find_instance(question->provider, node->InstanceIndex);
    if (instance == NULL)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    status = call_set(instance, node->SizeDataBlock, (char *)node + node->DataBlockOffset);
    wdfobj_release(&instance->object);
    return status;
}

static NTSTATUS call_set_item(struct wmi_instance *instance, ULONG item, ULONG size, void *data)
{
    struct wmi_call call;
    NTSTATUS status;

    if (instance->config.EvtWmiInstanceSetItem == NULL)
    {
        return STATUS_WMI_READ_ONLY;
    }
    if (!wmi_call_begin(&call, instance, "EvtWmiInstanceSetItem"))
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    status = instance->config.EvtWmiInstanceSetItem(wdfobj_handle(&instance->object), item, size, data);
    wmi_call_end(&call);
    return status;
}

static NTSTATUS change_item(struct device *device, struct question *question)
{
    PWNODE_SINGLE_ITEM node = question->buffer;
    struct wmi_instance *instance;
    NTSTATUS status;

    (void)device;
    if (question->size < sizeof(*node) || !lies_inside(question, sizeof(*node), node->DataBlockOffset, node->SizeDataItem))
    {
        return STATUS_INVALID_PARAMETER;
    }
    instance = wmi_find_instance(question->provider, node->InstanceIndex);
    if (instance == NULL)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    status = call_set_item(instance, node->ItemId, node->SizeDataItem, (char *)node + node->DataBlockOffset);
    wdfobj_release(&instance->object);
    return status;
}

static NTSTATUS call_method(struct wmi_instance *instance, PWNODE_METHOD_ITEM node, ULONG room, ULONG *ret_used)
{
    struct wmi_call call;
    NTSTATUS status;

    if (instance->config.EvtWmiInstanceExecuteMethod == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (!wmi_call_begin(&call, instance, "EvtWmiInstanceExecuteMethod"))
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    status =
        instance->config.EvtWmiInstanceExecuteMethod(wdfobj_handle(&instance->object), node->MethodId, node->SizeDataBlock,
                                                     room, (char *)node + node->DataBlockOffset, ret_used);
    wmi_call_end(&call);
    return check_used(status, *ret_used, room);
}

/* The input may be longer than the room for the result: the node itself says how long it is. */
static NTSTATUS execute(struct device *device, struct question *question)
{
    PWNODE_METHOD_ITEM node = question->buffer;
    struct wmi_instance *instance;
    NTSTATUS status;
    ULONG offset;
    ULONG used = 0;

    (void)device;
    if (question->size < sizeof(*node) || !lies_inside(question, sizeof(*node), node->DataBlockOffset, 0) ||
        node->WnodeHeader.BufferSize < node->DataBlockOffset ||
        node->SizeDataBlock > node->WnodeHeader.BufferSize - node->DataBlockOffset)
    {
        return STATUS_INVALID_PARAMETER;
    }
    offset = node->DataBlockOffset;
    instance = wmi_find_instance(question->provider, node->InstanceIndex);
    if (instance == NULL)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    status = call_method(instance, node, question->size - offset, &used);
    wdfobj_release(&instance->object);
    if (status == STATUS_BUFFER_TOO_SMALL)
    {
        return say_too_small(question, offset + used);
    }
    if (NT_SUCCESS(status))
    {
        node->SizeDataBlock = used;
        node->WnodeHeader.BufferSize = offset + used;
        question->irp->IoStatus.Information = offset + used;
    }
    return status;
}

/*
 * Control.
 */

static NTSTATUS control(struct question *question, WDF_WMI_PROVIDER_CONTROL which, bool enable)
{
    struct wmi_provider *provider = question->provider;
    const WNODE_HEADER *node = question->buffer;
    struct verifier_callback frame;
    NTSTATUS status = STATUS_SUCCESS;

    if (which == WdfWmiEventControl && (provider->config.Flags & WdfWmiProviderTracing) != 0 &&
        question->size >= sizeof(*node))
    {
        platform_atomic_store(&provider->tracing_handle, enable ? node->HistoricalContext : 0);
    }
    platform_atomic_store(which == WdfWmiEventControl ? &provider->events_enabled : &provider->collection_enabled, enable);
    if (provider->config.EvtWmiProviderFunctionControl != NULL)
    {
        verifier_callback_enter(&frame, &provider->object, "EvtWmiProviderFunctionControl");
        status = provider->config.EvtWmiProviderFunctionControl(wdfobj_handle(&provider->object), which, enable);
        verifier_callback_leave(&frame);
    }
    return status;
}

static NTSTATUS enable_events(struct device *device, struct question *question)
{
    (void)device;
    return control(question, WdfWmiEventControl, true);
}

static NTSTATUS disable_events(struct device *device, struct question *question)
{
    (void)device;
    return control(question, WdfWmiEventControl, false);
}

static NTSTATUS enable_collection(struct device *device, struct question *question)
{
    (void)device;
    return control(question, WdfWmiInstanceControl, true);
}

static NTSTATUS disable_collection(struct device *device, struct question *question)
{
    (void)device;
    return control(question, WdfWmiInstanceControl, false);
}

/*
 * Which blocks there are.
 */

static ULONG registration_flags(const struct wmi_provider *provider)
{
    ULONG flags = provider->config.Flags;

    return WMIREG_FLAG_INSTANCE_PDO | ((flags & WdfWmiProviderEventOnly) != 0 ? WMIREG_FLAG_EVENT_ONLY_GUID : 0) |
           ((flags & WdfWmiProviderExpensive) != 0 ? WMIREG_FLAG_EXPENSIVE : 0) |
           ((flags & WdfWmiProviderTracing) != 0 ? WMIREG_FLAG_TRACED_GUID | WMIREG_FLAG_TRACE_CONTROL_GUID : 0);
}

static ULONG count_providers(struct device *device)
{
    ULONG count = 0;

    for (struct wmi_provider *provider = wmi_next_provider(device, NULL); provider != NULL;
         provider = wmi_next_provider(device, provider))
    {
        count++;
    }
    return count;
}

/* Each block refers to the physical device that its instances are named after; the asker gives that back. */
static NTSTATUS register_blocks(struct device *device, struct question *question)
{
    PWMIREGINFOW info = question->buffer;
    ULONG room = count_providers(device);
    ULONG size = (ULONG)(FIELD_OFFSET(WMIREGINFOW, WmiRegGuid) + room * sizeof(WMIREGGUIDW));
    ULONG count = 0;

    if (question->size < size)
    {
        if (question->size >= sizeof(ULONG))
        {
            info->BufferSize = size;
            question->irp->IoStatus.Information = sizeof(ULONG);
        }
        return STATUS_BUFFER_TOO_SMALL;
    }
    memset(info, 0, size);
    for (struct wmi_provider *provider = wmi_next_provider(device, NULL); provider != NULL;
         provider = wmi_next_provider(device, provider))
    {
        WMIREGGUIDW *guid = &info->WmiRegGuid[count];

        if (count < room)
        {
            guid->Guid = provider->config.Guid;
            guid->Flags = registration_flags(provider);
            guid->InstanceCount = wmi_instance_count(provider);
            guid->Pdo = (ULONG_PTR)device->pdo;
            devobj_reference(device->pdo);
            count++;
        }
    }
    info->BufferSize = size;
    info->GuidCount = count;
    question->irp->IoStatus.Information = size;
    return STATUS_SUCCESS;
}

static const struct
{
    question_handler *handle;
    bool about_block;
} handlers[] = {
    [IRP_MN_QUERY_ALL_DATA] = {query_all, true},
    [IRP_MN_QUERY_SINGLE_INSTANCE] = {query_single, true},
    [IRP_MN_CHANGE_SINGLE_INSTANCE] = {change_instance, true},
    [IRP_MN_CHANGE_SINGLE_ITEM] = {change_item, true},
    [IRP_MN_ENABLE_EVENTS] = {enable_events, true},
    [IRP_MN_DISABLE_EVENTS] = {disable_events, true},
    [IRP_MN_ENABLE_COLLECTION] = {enable_collection, true},
    [IRP_MN_DISABLE_COLLECTION] = {disable_collection, true},
    [IRP_MN_REGINFO] = {register_blocks, false},
    [IRP_MN_EXECUTE_METHOD] = {execute, true},
    [IRP_MN_REGINFO_EX] = {register_blocks, false},
};

static NTSTATUS answer(struct device *device, PIRP irp)
{
    const IO_STACK_LOCATION *asked = irp->Tail.Overlay.CurrentStackLocation;
    struct question question = {
        .irp = irp, .buffer = asked->Parameters.WMI.Buffer, .size = asked->Parameters.WMI.BufferSize};
    NTSTATUS status;

    if (asked->MinorFunction >= ARRAYSIZE(handlers) || handlers[asked->MinorFunction].handle == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (!handlers[asked->MinorFunction].about_block)
    {
        return handlers[asked->MinorFunction].handle(device, &question);
    }
    question.provider =
        asked->Parameters.WMI.DataPath == NULL ? NULL : wmi_find_provider(device, asked->Parameters.WMI.DataPath);
    if (question.provider == NULL)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    status = handlers[asked->MinorFunction].handle(device, &question);
    wdfobj_release(&question.provider->object);
    return status;
}

NTSTATUS wmi_dispatch(struct device *device, PIRP irp)
{
    NTSTATUS status;

    if (irp->Tail.Overlay.CurrentStackLocation->Parameters.WMI.ProviderId != (ULONG_PTR)device->wdm)
    {
        return device->lower == NULL ? dispatch_complete(irp, irp->IoStatus.Status) : dispatch_forward(device, irp);
    }
    irp->IoStatus.Information = 0;
    status = answer(device, irp);
    irp->IoStatus.Status = status;
    irp_complete(irp);
    return status;
}
