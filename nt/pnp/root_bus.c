/* SPDX-License-Identifier: MIT */
/*
 * The root bus: devices that somebody outside asks for. Its driver is the bottom of their stacks.
 */
#include <string.h>

#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/io/driver_object.h"
#include "nt/io/irp.h"
#include "nt/pnp/claim.h"
#include "nt/pnp/queue.h"
#include "nt/pnp/resource.h"
#include "nt/pnp/root_bus.h"
#include "nt/pnp/sequence.h"
#include "nt/rtl/string.h"

#define TAG 'pnpB'

/* In units: the name of a device, and a path made of it. */
#define LONGEST_NAME 190
#define LONGEST_PATH 200

/*
 * The driver.
 */

static NTSTATUS complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    irp_complete(irp);
    return status;
}

/* A copy in pool memory, with one more terminator than it has. */
static NTSTATUS answer_text(PIRP irp, const UNICODE_STRING *text)
{
    WCHAR *copy = ExAllocatePool2(POOL_FLAG_PAGED, text->Length + 2 * sizeof(WCHAR), TAG);

    if (copy == NULL)
    {
        return complete(irp, STATUS_INSUFFICIENT_RESOURCES);
    }
    memcpy(copy, text->Buffer, text->Length);
    irp->IoStatus.Information = (ULONG_PTR)copy;
    return complete(irp, STATUS_SUCCESS);
}

/* What stands behind the last back slash of the path. */
static UNICODE_STRING last_part(const UNICODE_STRING *path)
{
    size_t units = path->Length / sizeof(WCHAR);
    size_t start = units;

    while (start > 0 && path->Buffer[start - 1] != '\\')
    {
        start--;
    }
    return (UNICODE_STRING){(USHORT)((units - start) * sizeof(WCHAR)), (USHORT)((units - start) * sizeof(WCHAR)),
                            path->Buffer + start};
}

static NTSTATUS answer_id(const struct devnode *devnode, PIRP irp)
{
    UNICODE_STRING number = last_part(&devnode->instance);

    switch (irp->Tail.Overlay.CurrentStackLocation->Parameters.QueryId.IdType)
    {
        case BusQueryDeviceID:
            return answer_text(irp, &devnode->device_id);
        case BusQueryHardwareIDs:
            return answer_text(irp, &devnode->hardware_ids);
        case BusQueryCompatibleIDs:
            return answer_text(irp, &devnode->compatible_ids);
        case BusQueryInstanceID:
            return answer_text(irp, &number);
        default:
            return complete(irp, irp->IoStatus.Status);
    }
}

static NTSTATUS answer_capabilities(const struct devnode *devnode, PIRP irp)
{
    PDEVICE_CAPABILITIES capabilities = irp->Tail.Overlay.CurrentStackLocation->Parameters.DeviceCapabilities.Capabilities;

    (void)devnode;
    capabilities->UniqueID = 1;
    capabilities->SilentInstall = 1;
    capabilities->DeviceState[PowerSystemWorking] = PowerDeviceD0;
    for (int state = PowerSystemSleeping1; state < PowerSystemMaximum; state++)
    {
        capabilities->DeviceState[state] = PowerDeviceD3;
    }
    root_wake_capabilities(capabilities);
    return complete(irp, STATUS_SUCCESS);
}

static NTSTATUS answer_relations(PDEVICE_OBJECT device, PIRP irp)
{
    PDEVICE_RELATIONS relations;

    if (irp->Tail.Overlay.CurrentStackLocation->Parameters.QueryDeviceRelations.Type != TargetDeviceRelation)
    {
        return complete(irp, irp->IoStatus.Status);
    }
    relations = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*relations), TAG);
    if (relations == NULL)
    {
        return complete(irp, STATUS_INSUFFICIENT_RESOURCES);
    }
    relations->Count = 1;
    relations->Objects[0] = device;
    devobj_reference(device);
    irp->IoStatus.Information = (ULONG_PTR)relations;
    return complete(irp, STATUS_SUCCESS);
}

static NTSTATUS answer_resources(const struct devnode *devnode, PIRP irp)
{
    PCM_RESOURCE_LIST copy;

    if (devnode->boot_resources == NULL)
    {
        return complete(irp, irp->IoStatus.Status);
    }
    copy = resource_list_copy(devnode->boot_resources);
    irp->IoStatus.Information = (ULONG_PTR)copy;
    return complete(irp, copy == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
}

static NTSTATUS root_bus_pnp(PDEVICE_OBJECT device, PIRP irp)
{
    static const UCHAR accepted[] = {
        IRP_MN_START_DEVICE,
        IRP_MN_QUERY_REMOVE_DEVICE,
        IRP_MN_CANCEL_REMOVE_DEVICE,
        IRP_MN_REMOVE_DEVICE,
        IRP_MN_QUERY_STOP_DEVICE,
        IRP_MN_CANCEL_STOP_DEVICE,
        IRP_MN_STOP_DEVICE,
        IRP_MN_SURPRISE_REMOVAL,
        IRP_MN_EJECT,
        IRP_MN_DEVICE_USAGE_NOTIFICATION,
    };
    UCHAR minor = irp->Tail.Overlay.CurrentStackLocation->MinorFunction;
    const struct devnode *devnode = devobj_extension(device)->devnode;

    switch (minor)
    {
        case IRP_MN_QUERY_ID:
            return answer_id(devnode, irp);
        case IRP_MN_QUERY_CAPABILITIES:
            return answer_capabilities(devnode, irp);
        case IRP_MN_QUERY_DEVICE_RELATIONS:
            return answer_relations(device, irp);
        case IRP_MN_QUERY_RESOURCES:
            return answer_resources(devnode, irp);
        default:
            return complete(irp, memchr(accepted, minor, sizeof(accepted)) != NULL ? STATUS_SUCCESS : irp->IoStatus.Status);
    }
}

static NTSTATUS root_bus_power(PDEVICE_OBJECT device, PIRP irp)
{
    UCHAR minor = irp->Tail.Overlay.CurrentStackLocation->MinorFunction;

    return minor == IRP_MN_WAIT_WAKE ? root_wake_wait(device, irp) : complete(irp, STATUS_SUCCESS);
}

/* The root bus driver's object, made with the first devnode. The caller holds the tree lock. */
static NTSTATUS root_bus_driver(PDRIVER_OBJECT *ret_driver)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (pnp()->root_bus == NULL)
    {
        status = drvobj_create("PnpManager", &pnp()->root_bus);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
        /* Before anybody sees it. */
        pnp()->root_bus->MajorFunction[IRP_MJ_PNP] = root_bus_pnp;
        pnp()->root_bus->MajorFunction[IRP_MJ_POWER] = root_bus_power;
    }
    *ret_driver = pnp()->root_bus;
    return status;
}

/*
 * Names.
 */

static NTSTATUS make_path(const UNICODE_STRING *device, unsigned number, UNICODE_STRING *ret_path)
{
    WCHAR suffix[] = {'\\',
                      (WCHAR)('0' + number / 1000),
                      (WCHAR)('0' + number / 100 % 10),
                      (WCHAR)('0' + number / 10 % 10),
                      (WCHAR)('0' + number % 10),
                      0};
    const WCHAR *parts[] = {L"ROOT\\", device->Buffer, suffix, NULL};
    NTSTATUS status = string_join(ret_path, parts);

    if (NT_SUCCESS(status))
    {
        node_upcase(ret_path);
    }
    return status;
}

/* Writes the number into a path that ends in one. */
static void renumber(UNICODE_STRING *path, unsigned number)
{
    WCHAR *end = path->Buffer + path->Length / sizeof(WCHAR);

    for (int digit = 0; digit < 4; digit++, number /= 10)
    {
        *--end = (WCHAR)('0' + number % 10);
    }
}

/*
 * Finds the first free ROOT\<DEVICE>\nnnn. The devnode with the number zero knows where the search begins, so that a thousand
 * devices of one name are not a million steps. The caller holds the tree lock.
 */
static NTSTATUS name_instance(const UNICODE_STRING *device, UNICODE_STRING *ret_instance)
{
    struct devnode *zero;
    unsigned number = 0;
    NTSTATUS status = make_path(device, 0, ret_instance);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    zero = node_find(ret_instance);
    if (zero != NULL)
    {
        number = zero->lowest_free_number == 0 ? 1 : zero->lowest_free_number;
        renumber(ret_instance, number);
    }
    while (number < 10000 && zero != NULL && node_find(ret_instance) != NULL)
    {
        renumber(ret_instance, ++number % 10000);
    }
    if (number >= 10000)
    {
        string_free(ret_instance);
        return STATUS_OBJECT_NAME_COLLISION;
    }
    if (zero != NULL)
    {
        zero->lowest_free_number = number + 1;
    }
    return STATUS_SUCCESS;
}

/* A number is free again. The caller holds the tree lock. */
static void forget_number(const UNICODE_STRING *instance)
{
    WCHAR units[LONGEST_PATH];
    UNICODE_STRING path = {.Length = instance->Length, .MaximumLength = sizeof(units), .Buffer = units};
    const WCHAR *end = instance->Buffer + instance->Length / sizeof(WCHAR);
    struct devnode *zero;
    unsigned number = 0;

    memcpy(units, instance->Buffer, instance->Length);
    for (int digit = 4; digit > 0; digit--)
    {
        number = number * 10 + (unsigned)(end[-digit] - '0');
    }
    renumber(&path, 0);
    zero = node_find(&path);
    if (zero != NULL && number < zero->lowest_free_number)
    {
        zero->lowest_free_number = number;
    }
}

/* A name becomes one part of the instance path, and of the names of interfaces. */
static bool is_good_name(const UNICODE_STRING *name)
{
    for (size_t unit = 0; unit < name->Length / sizeof(WCHAR); unit++)
    {
        WCHAR character = name->Buffer[unit];

        if (character <= ' ' || character == 0x7F || character == '\\' || character == '/' || character == '#')
        {
            return false;
        }
    }
    return name->Length != 0 && name->Length / sizeof(WCHAR) <= LONGEST_NAME;
}

/* ROOT\name is the device identifier and the only hardware identifier. */
static NTSTATUS make_identifiers(struct devnode *devnode, const UNICODE_STRING *name)
{
    NTSTATUS status = string_concatenate(&STRING_LITERAL(L"ROOT\\"), name, &devnode->device_id);

    if (NT_SUCCESS(status))
    {
        /* The terminator of the only string of the list is part of it. */
        UNICODE_STRING with_terminator = devnode->device_id;

        with_terminator.Length += sizeof(WCHAR);
        status = string_duplicate(&with_terminator, &devnode->hardware_ids);
    }
    return status;
}

/*
 * Life of a root-enumerated devnode.
 */

/* Gives the devnode a name that nobody else has. The root bus stays as long as there is one. */
static NTSTATUS take_name(struct devnode *devnode, const UNICODE_STRING *name, PDRIVER_OBJECT *ret_root_bus)
{
    NTSTATUS status;

    pnp_lock();
    status = root_bus_driver(ret_root_bus);
    if (NT_SUCCESS(status))
    {
        status = name_instance(name, &devnode->instance);
    }
    if (NT_SUCCESS(status))
    {
        pnp()->root_devices++;
        node_index(devnode);
    }
    else if (pnp()->root_devices == 0)
    {
        drvobj_free(pnp()->root_bus);
        pnp()->root_bus = NULL;
    }
    pnp_unlock();
    return status;
}

/* The last one takes the bus driver along. The devnode is out of the index. */
static void give_name_back(const struct devnode *devnode)
{
    PDRIVER_OBJECT root_bus = NULL;

    pnp_lock();
    forget_number(&devnode->instance);
    if (--pnp()->root_devices == 0)
    {
        root_bus = pnp()->root_bus;
        pnp()->root_bus = NULL;
    }
    pnp_unlock();
    drvobj_free(root_bus);
}

static NTSTATUS enter(struct devnode *devnode, const UNICODE_STRING *name)
{
    PDRIVER_OBJECT root_bus;
    PDEVICE_OBJECT pdo;
    NTSTATUS status = take_name(devnode, name, &root_bus);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = devobj_create(root_bus, 0, NULL, FILE_DEVICE_UNKNOWN, FILE_AUTOGENERATED_DEVICE_NAME, FALSE, &pdo);
    if (!NT_SUCCESS(status))
    {
        pnp_lock();
        node_unindex(devnode);
        pnp_unlock();
        give_name_back(devnode);
        return status;
    }
    devobj_extension(pdo)->devnode = devnode;
    devnode_reference(devnode);
    pdo->Flags = (pdo->Flags & ~(ULONG)DO_DEVICE_INITIALIZING) | DO_BUS_ENUMERATED_DEVICE;
    devnode->pdo = pdo;
    pnp_lock();
    node_link(devnode, &pnp()->root);
    pnp_unlock();
    return STATUS_SUCCESS;
}

NTSTATUS root_bus_create(const UNICODE_STRING *name, PDRIVER_OBJECT driver, enum devnode_state state,
                         struct devnode **ret_devnode)
{
    struct devnode *devnode = node_create();
    NTSTATUS status;

    if (devnode == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    devnode->made_for = driver;
    devnode->driver = driver;
    devnode->state = state;
    devnode->is_root_enumerated = true;
    devnode->capabilities.UniqueID = 1;
    status = is_good_name(name) ? make_identifiers(devnode, name) : STATUS_OBJECT_NAME_INVALID;
    if (NT_SUCCESS(status))
    {
        status = enter(devnode, name);
    }
    if (!NT_SUCCESS(status))
    {
        devnode_release(devnode);
        return status;
    }
    (void)news_tell(devnode, DEVNODE_NEWS_ARRIVED);
    *ret_devnode = devnode;
    return STATUS_SUCCESS;
}

NTSTATUS devnode_create(const char *device, PDRIVER_OBJECT driver, struct devnode **ret_devnode)
{
    UNICODE_STRING name;
    NTSTATUS status = string_from_utf8(device, &name);

    if (NT_SUCCESS(status))
    {
        status = root_bus_create(&name, driver, DEVNODE_INITIALIZED, ret_devnode);
        string_free(&name);
    }
    return status;
}

/*
 * Claims a devnode that has no stack. What starts again by itself after a failure may have done so after its owner removed it:
 * that stack goes too, and nothing starts it once more when the devnode has left.
 */
static void claim_without_stack(struct devnode *devnode)
{
    bool claimed = false;

    while (!claimed)
    {
        if (machine_has_stack(devnode))
        {
            (void)devnode_surprise_remove(devnode);
        }
        devnode_refuse_files(devnode);
        claim_take(devnode, CLAIM_SUBTREE);
        claimed = !machine_has_stack(devnode);
        if (!claimed)
        {
            claim_release(devnode);
        }
    }
}

/* The physical device object goes with the devnode; what still refers to it only keeps its memory. */
void devnode_free(struct devnode *devnode)
{
    PDEVICE_OBJECT pdo;

    if (devnode == NULL)
    {
        return;
    }
    claim_without_stack(devnode);
    pdo = devnode->pdo;
    devobj_reference(pdo);
    devobj_delete(pdo);
    node_leave(devnode);
    claim_release(devnode);
    give_name_back(devnode);
    devnode_release(devnode);
}

/* The first device that the driver has reported itself, referenced; NULL when there is none any more. */
static struct devnode *find_detected(PDRIVER_OBJECT driver)
{
    struct devnode *root = &pnp()->root;
    struct devnode *found = NULL;

    pnp_lock();
    for (PLIST_ENTRY link = root->children.Flink; link != &root->children && found == NULL; link = link->Flink)
    {
        struct devnode *devnode = CONTAINING_RECORD(link, struct devnode, sibling);

        found = devnode->is_detected && devnode->made_for == driver ? devnode : NULL;
    }
    if (found != NULL)
    {
        devnode_reference(found);
    }
    pnp_unlock();
    return found;
}

void devnode_free_detected(PDRIVER_OBJECT driver)
{
    struct devnode *devnode;

    while ((devnode = find_detected(driver)) != NULL)
    {
        if (devnode_state(devnode) == DEVNODE_STARTED && !NT_SUCCESS(devnode_remove(devnode)))
        {
            (void)devnode_surprise_remove(devnode);
        }
        pnp_settle();
        devnode_free(devnode);
        devnode_release(devnode);
    }
}
