/* SPDX-License-Identifier: MIT */
/*
 * Management instrumentation: registered devices, and the packets to them.
 */
#include "nt/io/wmi.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/machine.h"

#define TAG 'imwT'

/* Bytes for the first answer of a device about its blocks. */
#define FIRST_INFO 1024

/* A device that drivers have registered. Packets to it go through the gate. */
struct wmi_device
{
    LIST_ENTRY link;
    struct gate gate;
    PDEVICE_OBJECT device;
    /* Registrations are in the order of their numbers. */
    uint64_t number;
};

static struct wmi *wmi(void)
{
    return &machine()->wmi;
}

void wmi_make(struct wmi *made)
{
    InitializeListHead(&made->devices);
    InitializeListHead(&made->listeners);
    lane_initialize(&made->lane, DelayedWorkQueue);
}

/*
 * Registration.
 */

/* The caller holds the lock. */
static struct wmi_device *find(PDEVICE_OBJECT device)
{
    struct wmi_device *found = NULL;

    for (PLIST_ENTRY link = wmi()->devices.Flink; link != &wmi()->devices && found == NULL; link = link->Flink)
    {
        struct wmi_device *registered = CONTAINING_RECORD(link, struct wmi_device, link);

        found = registered->device == device ? registered : NULL;
    }
    return found;
}

NTSTATUS wmi_register(PDEVICE_OBJECT device)
{
    struct wmi_device *registered = platform_zalloc(sizeof(*registered));
    bool is_new;

    if (registered == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    registered->device = device;
    platform_mutex_lock(&wmi()->lock);
    is_new = find(device) == NULL;
    if (is_new)
    {
        devobj_reference(device);
        registered->number = ++wmi()->last_number;
        InsertTailList(&wmi()->devices, &registered->link);
    }
    platform_mutex_unlock(&wmi()->lock);
    if (!is_new)
    {
        platform_free(registered, sizeof(*registered));
    }
    return is_new ? STATUS_SUCCESS : STATUS_OBJECT_NAME_COLLISION;
}

NTSTATUS wmi_deregister(PDEVICE_OBJECT device)
{
    struct wmi_device *registered;

    platform_mutex_lock(&wmi()->lock);
    registered = find(device);
    if (registered != NULL)
    {
        RemoveEntryList(&registered->link);
    }
    platform_mutex_unlock(&wmi()->lock);
    if (registered == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    gate_close(&registered->gate);
    devobj_release(device);
    platform_free(registered, sizeof(*registered));
    return STATUS_SUCCESS;
}

/*
 * Packets.
 */

static NTSTATUS send_packet(PDEVICE_OBJECT device, UCHAR minor, const GUID *guid, void *buffer, uint32_t size)
{
    PDEVICE_OBJECT top = devobj_top(device);
    PIRP irp = irp_allocate((unsigned)top->StackSize, 0, NULL);
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    if (irp != NULL)
    {
        PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);

        next->MajorFunction = IRP_MJ_SYSTEM_CONTROL;
        next->MinorFunction = minor;
        next->Parameters.WMI.ProviderId = (ULONG_PTR)device;
        next->Parameters.WMI.DataPath = (PVOID)(uintptr_t)guid;
        next->Parameters.WMI.BufferSize = size;
        next->Parameters.WMI.Buffer = buffer;
        irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
        irp->RequestorMode = KernelMode;
        status = irp_call_and_wait(top, irp);
        irp_free(irp);
    }
    devobj_release(top);
    return status;
}

static NTSTATUS send_to(struct wmi_device *registered, UCHAR minor, const GUID *guid, void *buffer, uint32_t size)
{
    NTSTATUS status = send_packet(registered->device, minor, guid, buffer, size);

    gate_leave(&registered->gate);
    return status;
}

/* Sends a packet to a registered device, which stays registered meanwhile. */
static NTSTATUS ask(const struct wmi_place *place, UCHAR minor, void *buffer, uint32_t size)
{
    struct wmi_device *registered;

    platform_mutex_lock(&wmi()->lock);
    registered = find(place->device);
    if (registered != NULL && !gate_enter(&registered->gate))
    {
        registered = NULL;
    }
    platform_mutex_unlock(&wmi()->lock);
    return registered == NULL ? STATUS_NO_SUCH_DEVICE : send_to(registered, minor, &place->guid, buffer, size);
}

/*
 * Which blocks there are.
 */

/* The answer of a device, in pool memory; NULL for none. A device may say that it needs more room. */
static NTSTATUS ask_for_blocks(PDEVICE_OBJECT device, PWMIREGINFOW *ret_info)
{
    struct wmi_place place = {.device = device};
    uint32_t size = FIRST_INFO;
    NTSTATUS status;

    *ret_info = NULL;
    do
    {
        PWMIREGINFOW info = ExAllocatePool2(POOL_FLAG_PAGED, size, TAG);

        if (info == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        status = ask(&place, IRP_MN_REGINFO_EX, info, size);
        if (NT_SUCCESS(status))
        {
            *ret_info = info;
            return status;
        }
        size = info->BufferSize > size ? info->BufferSize : 0;
        ExFreePool(info);
    } while (status == STATUS_BUFFER_TOO_SMALL && size != 0);
    return STATUS_SUCCESS;
}

static bool show_blocks(PDEVICE_OBJECT device, const WMIREGINFOW *info, wmi_visit *visit, void *context)
{
    bool goes_on = true;

    for (ULONG index = 0; index < info->GuidCount; index++)
    {
        const WMIREGGUIDW *guid = &info->WmiRegGuid[index];
        struct wmi_block block = {guid->Guid, guid->Flags, guid->InstanceCount, device};

        goes_on = goes_on && visit(&block, context);
        if ((guid->Flags & WMIREG_FLAG_INSTANCE_PDO) != 0)
        {
            devobj_release((PDEVICE_OBJECT)guid->Pdo);
        }
    }
    return goes_on;
}

/* The device that was registered first after the numbered one, referenced, and its own number. NULL at the end. */
static PDEVICE_OBJECT next_device(uint64_t *number)
{
    PDEVICE_OBJECT device = NULL;

    platform_mutex_lock(&wmi()->lock);
    for (PLIST_ENTRY link = wmi()->devices.Flink; link != &wmi()->devices && device == NULL; link = link->Flink)
    {
        struct wmi_device *registered = CONTAINING_RECORD(link, struct wmi_device, link);

        if (registered->number > *number)
        {
            device = registered->device;
            *number = registered->number;
            devobj_reference(device);
        }
    }
    platform_mutex_unlock(&wmi()->lock);
    return device;
}

NTSTATUS wmi_enumerate(wmi_visit *visit, void *context)
{
    uint64_t number = 0;
    NTSTATUS status = STATUS_SUCCESS;
    bool goes_on = true;
    PDEVICE_OBJECT device;

    while (goes_on && NT_SUCCESS(status) && (device = next_device(&number)) != NULL)
    {
        PWMIREGINFOW info = NULL;

        status = ask_for_blocks(device, &info);
        if (info != NULL)
        {
            goes_on = show_blocks(device, info, visit, context);
            ExFreePool(info);
        }
        devobj_release(device);
    }
    return status;
}

/*
 * Instances. A node is a header, the place, and the data behind it.
 */

/* Behind every kind of node. */
#define DATA_OFFSET 80

static void *make_node(const struct wmi_place *place, uint32_t flag, uint32_t data, uint32_t *ret_size)
{
    uint32_t size = DATA_OFFSET + data;
    PWNODE_HEADER node = size < data ? NULL : ExAllocatePool2(POOL_FLAG_PAGED, size, TAG);

    if (node != NULL)
    {
        node->BufferSize = size;
        node->ProviderId = IoWMIDeviceObjectToProviderId(place->device);
        node->Guid = place->guid;
        node->Flags = flag | WNODE_FLAG_STATIC_INSTANCE_NAMES | WNODE_FLAG_PDO_INSTANCE_NAMES;
        *ret_size = size;
    }
    return node;
}

/* What the driver needs, when it has said that the node is too small. */
static NTSTATUS too_small(const WNODE_HEADER *node, uint32_t *ret_used)
{
    if ((node->Flags & WNODE_FLAG_TOO_SMALL) == 0)
    {
        return STATUS_SUCCESS;
    }
    *ret_used = ((const WNODE_TOO_SMALL *)node)->SizeNeeded;
    return STATUS_BUFFER_TOO_SMALL;
}

NTSTATUS wmi_query(const struct wmi_place *place, void *buffer, uint32_t size, uint32_t *ret_used)
{
    uint32_t node_size;
    PWNODE_SINGLE_INSTANCE node = make_node(place, WNODE_FLAG_SINGLE_INSTANCE, size, &node_size);
    NTSTATUS status;

    *ret_used = 0;
    if (node == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    node->InstanceIndex = place->instance;
    node->DataBlockOffset = DATA_OFFSET;
    status = ask(place, IRP_MN_QUERY_SINGLE_INSTANCE, node, node_size);
    if (NT_SUCCESS(status))
    {
        status = too_small(&node->WnodeHeader, ret_used);
        *ret_used -= NT_SUCCESS(status) ? 0 : DATA_OFFSET;
    }
    if (NT_SUCCESS(status))
    {
        *ret_used = node->SizeDataBlock;
        memcpy(buffer, (const char *)node + node->DataBlockOffset, node->SizeDataBlock);
    }
    ExFreePool(node);
    return status;
}

NTSTATUS wmi_set(const struct wmi_place *place, const void *buffer, uint32_t size)
{
    uint32_t node_size;
    PWNODE_SINGLE_INSTANCE node = make_node(place, WNODE_FLAG_SINGLE_INSTANCE, size, &node_size);
    NTSTATUS status;

    if (node == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    node->InstanceIndex = place->instance;
    node->DataBlockOffset = DATA_OFFSET;
    node->SizeDataBlock = size;
    if (size != 0)
    {
        memcpy((char *)node + DATA_OFFSET, buffer, size);
    }
    status = ask(place, IRP_MN_CHANGE_SINGLE_INSTANCE, node, node_size);
    ExFreePool(node);
    return status;
}

NTSTATUS wmi_set_item(const struct wmi_place *place, uint32_t item, const void *buffer, uint32_t size)
{
    uint32_t node_size;
    PWNODE_SINGLE_ITEM node = make_node(place, WNODE_FLAG_SINGLE_ITEM, size, &node_size);
    NTSTATUS status;

    if (node == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    node->InstanceIndex = place->instance;
    node->ItemId = item;
    node->DataBlockOffset = DATA_OFFSET;
    node->SizeDataItem = size;
    if (size != 0)
    {
        memcpy((char *)node + DATA_OFFSET, buffer, size);
    }
    status = ask(place, IRP_MN_CHANGE_SINGLE_ITEM, node, node_size);
    ExFreePool(node);
    return status;
}

NTSTATUS wmi_execute(const struct wmi_place *place, uint32_t method, void *buffer, uint32_t in_size, uint32_t room,
                     uint32_t *ret_used)
{
    uint32_t node_size;
    PWNODE_METHOD_ITEM node = make_node(place, WNODE_FLAG_METHOD_ITEM, in_size > room ? in_size : room, &node_size);
    NTSTATUS status;

    *ret_used = 0;
    if (node == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    node->InstanceIndex = place->instance;
    node->MethodId = method;
    node->DataBlockOffset = DATA_OFFSET;
    node->SizeDataBlock = in_size;
    if (in_size != 0)
    {
        memcpy((char *)node + DATA_OFFSET, buffer, in_size);
    }
    status = ask(place, IRP_MN_EXECUTE_METHOD, node, DATA_OFFSET + room);
    if (NT_SUCCESS(status))
    {
        status = too_small(&node->WnodeHeader, ret_used);
        *ret_used -= NT_SUCCESS(status) ? 0 : DATA_OFFSET;
    }
    if (NT_SUCCESS(status))
    {
        *ret_used = node->SizeDataBlock;
        memcpy(buffer, (const char *)node + node->DataBlockOffset, node->SizeDataBlock);
    }
    ExFreePool(node);
    return status;
}

NTSTATUS wmi_query_all(const struct wmi_place *place, PWNODE_ALL_DATA node, uint32_t size, uint32_t *ret_used)
{
    NTSTATUS status;

    *ret_used = sizeof(*node);
    if (size < sizeof(*node))
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memset(node, 0, sizeof(*node));
    node->WnodeHeader.BufferSize = size;
    node->WnodeHeader.ProviderId = IoWMIDeviceObjectToProviderId(place->device);
    node->WnodeHeader.Guid = place->guid;
    node->WnodeHeader.Flags = WNODE_FLAG_ALL_DATA;
    status = ask(place, IRP_MN_QUERY_ALL_DATA, node, size);
    if (NT_SUCCESS(status))
    {
        *ret_used = node->WnodeHeader.BufferSize;
        status = too_small(&node->WnodeHeader, ret_used);
    }
    return status;
}

NTSTATUS wmi_control(const struct wmi_place *place, enum wmi_control control, bool enable)
{
    static const UCHAR minors[][2] = {
        [WMI_EVENTS] = {IRP_MN_DISABLE_EVENTS, IRP_MN_ENABLE_EVENTS},
        [WMI_COLLECTION] = {IRP_MN_DISABLE_COLLECTION, IRP_MN_ENABLE_COLLECTION},
    };
    WNODE_HEADER node = {.BufferSize = sizeof(node), .Guid = place->guid};

    node.ProviderId = IoWMIDeviceObjectToProviderId(place->device);
    return ask(place, minors[control][enable], &node, sizeof(node));
}
