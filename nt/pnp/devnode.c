/* SPDX-License-Identifier: MIT */
/*
 * The plug and play manager: devnodes and their sequences.
 */
#include "nt/pnp/devnode.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/driver_object.h"
#include "nt/io/irp.h"
#include "nt/machine.h"
#include "nt/rtl/string.h"

struct devnode
{
    LIST_ENTRY link;
    enum devnode_state state;
    UNICODE_STRING instance;
    PDRIVER_OBJECT driver;
    PDEVICE_OBJECT pdo;
    struct platform_mutex lock;
    struct platform_condition last_file_closed;
    uint32_t open_files;
    bool refuses_files;
    uint32_t references;
};

typedef NTSTATUS devnode_action(struct devnode *devnode);

/*
 * The bottom of each stack: the physical device object's driver.
 */

static NTSTATUS root_bus_complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    irp_complete(irp);
    return status;
}

static NTSTATUS root_bus_pnp(PDEVICE_OBJECT device, PIRP irp)
{
    static const UCHAR accepted[] = {
        IRP_MN_START_DEVICE,      IRP_MN_QUERY_REMOVE_DEVICE, IRP_MN_CANCEL_REMOVE_DEVICE, IRP_MN_REMOVE_DEVICE,
        IRP_MN_QUERY_STOP_DEVICE, IRP_MN_CANCEL_STOP_DEVICE,  IRP_MN_STOP_DEVICE,          IRP_MN_SURPRISE_REMOVAL,
    };
    UCHAR minor = irp->Tail.Overlay.CurrentStackLocation->MinorFunction;

    (void)device;
    if (memchr(accepted, minor, sizeof(accepted)) != NULL)
    {
        return root_bus_complete(irp, STATUS_SUCCESS);
    }
    return root_bus_complete(irp, irp->IoStatus.Status);
}

static NTSTATUS root_bus_power(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    return root_bus_complete(irp, STATUS_SUCCESS);
}

/* The root bus driver's object, made with the first devnode. The caller holds the devnodes lock. */
static NTSTATUS root_bus_driver(PDRIVER_OBJECT *ret_driver)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (machine()->root_bus == NULL)
    {
        status = drvobj_create("PnpManager", &machine()->root_bus);
    }
    if (NT_SUCCESS(status))
    {
        machine()->root_bus->MajorFunction[IRP_MJ_PNP] = root_bus_pnp;
        machine()->root_bus->MajorFunction[IRP_MJ_POWER] = root_bus_power;
        *ret_driver = machine()->root_bus;
    }
    return status;
}

/*
 * Sending PnP packets to a stack.
 */

static NTSTATUS send_packet(PDEVICE_OBJECT top, PIRP irp, UCHAR minor)
{
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);
    NTSTATUS status;

    next->MajorFunction = IRP_MJ_PNP;
    next->MinorFunction = minor;
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    irp->RequestorMode = KernelMode;
    status = irp_call_and_wait(top, irp);
    irp_free(irp);
    return status;
}

/* A request to which a stack may say no, and for which there may be no memory. */
static NTSTATUS ask_stack(struct devnode *devnode, UCHAR minor)
{
    PDEVICE_OBJECT top = devobj_top(devnode->pdo);
    PIRP irp = irp_allocate((unsigned)top->StackSize, 0, NULL);
    NTSTATUS status = irp == NULL ? STATUS_INSUFFICIENT_RESOURCES : send_packet(top, irp, minor);

    devobj_release(top);
    return status;
}

/* A fact that the stack is told of. */
static NTSTATUS tell_stack(struct devnode *devnode, UCHAR minor)
{
    PDEVICE_OBJECT top = devobj_top(devnode->pdo);
    NTSTATUS status = send_packet(top, irp_allocate_patiently((unsigned)top->StackSize), minor);

    devobj_release(top);
    return status;
}

/*
 * The actions of the machine.
 */

static NTSTATUS action_add(struct devnode *devnode)
{
    PDRIVER_ADD_DEVICE add = devnode->driver->DriverExtension->AddDevice;

    return add == NULL ? STATUS_NO_SUCH_DEVICE : add(devnode->driver, devnode->pdo);
}

static NTSTATUS action_start(struct devnode *devnode)
{
    return ask_stack(devnode, IRP_MN_START_DEVICE);
}

static NTSTATUS action_query_remove(struct devnode *devnode)
{
    NTSTATUS status;
    bool busy;

    platform_mutex_lock(&devnode->lock);
    busy = devnode->open_files != 0;
    platform_mutex_unlock(&devnode->lock);
    if (busy)
    {
        return STATUS_DEVICE_BUSY;
    }
    status = ask_stack(devnode, IRP_MN_QUERY_REMOVE_DEVICE);
    if (!NT_SUCCESS(status))
    {
        (void)tell_stack(devnode, IRP_MN_CANCEL_REMOVE_DEVICE);
    }
    return status;
}

static NTSTATUS action_cancel_remove(struct devnode *devnode)
{
    return tell_stack(devnode, IRP_MN_CANCEL_REMOVE_DEVICE);
}

static NTSTATUS action_surprise_remove(struct devnode *devnode)
{
    return tell_stack(devnode, IRP_MN_SURPRISE_REMOVAL);
}

/* The caller holds the devnode's lock. */
static void wait_for_files(struct devnode *devnode)
{
    while (devnode->open_files != 0)
    {
        (void)platform_condition_wait(&devnode->last_file_closed, &devnode->lock, PLATFORM_FOREVER);
    }
}

void devnode_refuse_files(struct devnode *devnode)
{
    platform_mutex_lock(&devnode->lock);
    wait_for_files(devnode);
    devnode->refuses_files = true;
    platform_mutex_unlock(&devnode->lock);
}

/* A file may still be opened while the stack runs down; whoever runs it down waits for that one too. */
static NTSTATUS action_remove(struct devnode *devnode)
{
    NTSTATUS status;

    platform_mutex_lock(&devnode->lock);
    wait_for_files(devnode);
    platform_mutex_unlock(&devnode->lock);
    status = tell_stack(devnode, IRP_MN_REMOVE_DEVICE);
    devnode_refuse_files(devnode);
    return status;
}

/*
 * The machine. An event that a state does not list is refused; a failed action leaves the state as it was.
 */
static const struct devnode_row
{
    enum devnode_state state;
    enum devnode_event event;
    devnode_action *action;
    enum devnode_state next;
} devnode_rows[] = {
    {DEVNODE_INITIALIZED, DEVNODE_EVENT_ADD, action_add, DEVNODE_ADDED},
    {DEVNODE_ADDED, DEVNODE_EVENT_START, action_start, DEVNODE_STARTED},
    {DEVNODE_ADDED, DEVNODE_EVENT_REMOVE, action_remove, DEVNODE_REMOVED},
    {DEVNODE_ADDED, DEVNODE_EVENT_SURPRISE_REMOVE, action_surprise_remove, DEVNODE_SURPRISE_REMOVED},
    {DEVNODE_STARTED, DEVNODE_EVENT_QUERY_REMOVE, action_query_remove, DEVNODE_REMOVE_PENDING},
    {DEVNODE_STARTED, DEVNODE_EVENT_SURPRISE_REMOVE, action_surprise_remove, DEVNODE_SURPRISE_REMOVED},
    {DEVNODE_REMOVE_PENDING, DEVNODE_EVENT_CANCEL_REMOVE, action_cancel_remove, DEVNODE_STARTED},
    {DEVNODE_REMOVE_PENDING, DEVNODE_EVENT_REMOVE, action_remove, DEVNODE_REMOVED},
    {DEVNODE_REMOVE_PENDING, DEVNODE_EVENT_SURPRISE_REMOVE, action_surprise_remove, DEVNODE_SURPRISE_REMOVED},
    {DEVNODE_SURPRISE_REMOVED, DEVNODE_EVENT_REMOVE, action_remove, DEVNODE_REMOVED},
};

static const struct devnode_row *find_row(enum devnode_state state, enum devnode_event event)
{
    for (size_t index = 0; index < ARRAYSIZE(devnode_rows); index++)
    {
        if (devnode_rows[index].state == state && devnode_rows[index].event == event)
        {
            return &devnode_rows[index];
        }
    }
    return NULL;
}

bool devnode_transition(enum devnode_state state, enum devnode_event event, enum devnode_state *ret_next)
{
    const struct devnode_row *row = find_row(state, event);

    if (row != NULL)
    {
        *ret_next = row->next;
    }
    return row != NULL;
}

NTSTATUS devnode_event(struct devnode *devnode, enum devnode_event event)
{
    const struct devnode_row *row = find_row(devnode->state, event);
    NTSTATUS status = row == NULL ? STATUS_INVALID_DEVICE_STATE : row->action(devnode);

    if (NT_SUCCESS(status))
    {
        devnode->state = row->next;
    }
    return status;
}

NTSTATUS devnode_start(struct devnode *devnode)
{
    NTSTATUS status = devnode_event(devnode, DEVNODE_EVENT_ADD);

    if (NT_SUCCESS(status))
    {
        status = devnode_event(devnode, DEVNODE_EVENT_START);
        if (!NT_SUCCESS(status))
        {
            (void)devnode_event(devnode, DEVNODE_EVENT_REMOVE);
        }
    }
    return status;
}

NTSTATUS devnode_remove(struct devnode *devnode)
{
    NTSTATUS status = devnode_event(devnode, DEVNODE_EVENT_QUERY_REMOVE);

    return NT_SUCCESS(status) ? devnode_event(devnode, DEVNODE_EVENT_REMOVE) : status;
}

NTSTATUS devnode_surprise_remove(struct devnode *devnode)
{
    NTSTATUS status = devnode_event(devnode, DEVNODE_EVENT_SURPRISE_REMOVE);

    return NT_SUCCESS(status) ? devnode_event(devnode, DEVNODE_EVENT_REMOVE) : status;
}

/*
 * Life of a devnode.
 */

/* Finds the first free ROOT\<DEVICE>\nnnn. The caller holds the devnodes lock. */
static NTSTATUS name_instance(const UNICODE_STRING *device, UNICODE_STRING *ret_instance)
{
    for (unsigned number = 0; number < 10000; number++)
    {
        WCHAR suffix[] = {'\\',
                          (WCHAR)('0' + number / 1000),
                          (WCHAR)('0' + number / 100 % 10),
                          (WCHAR)('0' + number / 10 % 10),
                          (WCHAR)('0' + number % 10),
                          0};
        const WCHAR *parts[] = {L"ROOT\\", device->Buffer, suffix, NULL};
        NTSTATUS status = string_join(ret_instance, parts);
        bool taken = false;

        if (!NT_SUCCESS(status))
        {
            return status;
        }
        for (size_t unit = 0; unit < ret_instance->Length / sizeof(WCHAR); unit++)
        {
            ret_instance->Buffer[unit] = string_upcase(ret_instance->Buffer[unit]);
        }
        for (PLIST_ENTRY link = machine()->devnode_list.Flink; link != &machine()->devnode_list; link = link->Flink)
        {
            taken |= RtlEqualUnicodeString(&CONTAINING_RECORD(link, struct devnode, link)->instance, ret_instance, TRUE);
        }
        if (!taken)
        {
            return STATUS_SUCCESS;
        }
        string_free(ret_instance);
    }
    return STATUS_OBJECT_NAME_COLLISION;
}

/* Names the devnode, makes its physical device object and enters it into the list. */
static NTSTATUS enter_devnode(struct devnode *devnode, const UNICODE_STRING *device)
{
    PDRIVER_OBJECT root_bus;
    NTSTATUS status;

    platform_mutex_lock(&machine()->devnodes);
    status = root_bus_driver(&root_bus);
    if (NT_SUCCESS(status))
    {
        status = name_instance(device, &devnode->instance);
    }
    if (NT_SUCCESS(status))
    {
        status = devobj_create(root_bus, 0, NULL, FILE_DEVICE_UNKNOWN, FILE_AUTOGENERATED_DEVICE_NAME, FALSE, &devnode->pdo);
    }
    if (NT_SUCCESS(status))
    {
        devobj_extension(devnode->pdo)->devnode = devnode;
        devnode_reference(devnode);
        devnode->pdo->Flags = (devnode->pdo->Flags & ~(ULONG)DO_DEVICE_INITIALIZING) | DO_BUS_ENUMERATED_DEVICE;
        InsertTailList(&machine()->devnode_list, &devnode->link);
    }
    platform_mutex_unlock(&machine()->devnodes);
    return status;
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
    return name->Length != 0;
}

NTSTATUS devnode_create(const char *device, PDRIVER_OBJECT driver, struct devnode **ret_devnode)
{
    struct devnode *devnode = platform_zalloc(sizeof(*devnode));
    UNICODE_STRING name;
    NTSTATUS status;

    if (devnode == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    devnode->driver = driver;
    devnode->references = 1;
    status = string_from_utf8(device, &name);
    if (NT_SUCCESS(status))
    {
        status = is_good_name(&name) ? enter_devnode(devnode, &name) : STATUS_OBJECT_NAME_INVALID;
        string_free(&name);
    }
    if (!NT_SUCCESS(status))
    {
        string_free(&devnode->instance);
        platform_free(devnode, sizeof(*devnode));
        return status;
    }
    *ret_devnode = devnode;
    return STATUS_SUCCESS;
}

void devnode_free(struct devnode *devnode)
{
    PDRIVER_OBJECT root_bus = NULL;

    if (devnode == NULL)
    {
        return;
    }
    devnode_refuse_files(devnode);
    devobj_delete(devnode->pdo);
    platform_mutex_lock(&machine()->devnodes);
    RemoveEntryList(&devnode->link);
    if (IsListEmpty(&machine()->devnode_list))
    {
        root_bus = machine()->root_bus;
        machine()->root_bus = NULL;
    }
    platform_mutex_unlock(&machine()->devnodes);
    drvobj_free(root_bus);
    devnode_release(devnode);
}

void devnode_reference(struct devnode *devnode)
{
    if (devnode != NULL)
    {
        (void)platform_atomic_fetch_add(&devnode->references, 1);
    }
}

void devnode_release(struct devnode *devnode)
{
    if (devnode != NULL && platform_atomic_fetch_sub(&devnode->references, 1) == 1)
    {
        string_free(&devnode->instance);
        platform_free(devnode, sizeof(*devnode));
    }
}

enum devnode_state devnode_state(const struct devnode *devnode)
{
    return devnode->state;
}

const UNICODE_STRING *devnode_instance(const struct devnode *devnode)
{
    return &devnode->instance;
}

PDEVICE_OBJECT devnode_pdo(const struct devnode *devnode)
{
    return devnode->pdo;
}

bool devnode_file_opened(struct devnode *devnode)
{
    bool opened;

    if (devnode == NULL)
    {
        return true;
    }
    platform_mutex_lock(&devnode->lock);
    opened = !devnode->refuses_files;
    devnode->open_files += opened ? 1 : 0;
    platform_mutex_unlock(&devnode->lock);
    return opened;
}

void devnode_file_closed(struct devnode *devnode)
{
    if (devnode == NULL)
    {
        return;
    }
    platform_mutex_lock(&devnode->lock);
    devnode->open_files--;
    platform_condition_broadcast(&devnode->last_file_closed);
    platform_mutex_unlock(&devnode->lock);
}
