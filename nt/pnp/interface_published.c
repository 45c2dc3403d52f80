/* SPDX-License-Identifier: MIT */
/*
 * The published functions for device interfaces, and for notification.
 */
#include <string.h>

#include <initguid.h>
#include <wdmguid.h>

#include "nt/io/device_object.h"
#include "nt/object/object.h"
#include "nt/pnp/interface.h"
#include "nt/pnp/notification.h"
#include "nt/rtl/string.h"

/* A copy of the name that RtlFreeUnicodeString() frees. */
static NTSTATUS give_name(const UNICODE_STRING *name, PUNICODE_STRING ret_name)
{
    return RtlDuplicateUnicodeString(RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE, name, ret_name);
}

NTSTATUS IoRegisterDeviceInterface(PDEVICE_OBJECT PhysicalDeviceObject, const GUID *InterfaceClassGuid,
                                   PUNICODE_STRING ReferenceString, PUNICODE_STRING SymbolicLinkName)
{
    struct devnode *devnode = devnode_of_pdo(PhysicalDeviceObject);
    struct interface *interface;
    NTSTATUS status = devnode == NULL ? STATUS_INVALID_DEVICE_REQUEST :
                                        interface_register(devnode, InterfaceClassGuid, ReferenceString, &interface);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = give_name(&interface->name, SymbolicLinkName);
    interface_release(interface);
    return status;
}

NTSTATUS IoSetDeviceInterfaceState(PUNICODE_STRING SymbolicLinkName, BOOLEAN Enable)
{
    struct interface *interface;
    NTSTATUS status = interface_find(SymbolicLinkName, &interface);

    if (NT_SUCCESS(status))
    {
        status = interface_set_enabled(interface, Enable);
        interface_release(interface);
    }
    return status;
}

NTSTATUS IoGetDeviceInterfaces(const GUID *InterfaceClassGuid, PDEVICE_OBJECT PhysicalDeviceObject, ULONG Flags,
                               PWSTR *SymbolicLinkList)
{
    struct devnode *devnode = NULL;
    size_t bytes;

    if (PhysicalDeviceObject != NULL)
    {
        devnode = devnode_of_pdo(PhysicalDeviceObject);
        if (devnode == NULL)
        {
            return STATUS_INVALID_DEVICE_REQUEST;
        }
    }
    return interface_list_names(InterfaceClassGuid, devnode, (Flags & DEVICE_INTERFACE_INCLUDE_NONACTIVE) == 0,
                                SymbolicLinkList, &bytes);
}

/* The reference string in an interface's name, empty when there is none. */
static UNICODE_STRING reference_of(const UNICODE_STRING *name)
{
    UNICODE_STRING reference = {0};

    for (USHORT unit = 4; unit < name->Length / sizeof(WCHAR); unit++)
    {
        if (name->Buffer[unit] == '\\')
        {
            reference.Buffer = name->Buffer + unit + 1;
            reference.Length = (USHORT)(name->Length - (unit + 1) * sizeof(WCHAR));
            reference.MaximumLength = reference.Length;
            break;
        }
    }
    return reference;
}

NTSTATUS IoGetDeviceInterfaceAlias(PUNICODE_STRING SymbolicLinkName, const GUID *AliasInterfaceClassGuid,
                                   PUNICODE_STRING AliasSymbolicLinkName)
{
    struct interface *interface;
    struct interface *other;
    NTSTATUS status = interface_find(SymbolicLinkName, &interface);
    UNICODE_STRING reference;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = STATUS_OBJECT_PATH_NOT_FOUND;
    reference = reference_of(&interface->name);
    other = interface_next(NULL, AliasInterfaceClassGuid, interface->devnode, false);
    while (other != NULL)
    {
        UNICODE_STRING found = reference_of(&other->name);

        if (status == STATUS_OBJECT_PATH_NOT_FOUND && RtlEqualUnicodeString(&found, &reference, TRUE))
        {
            status = give_name(&other->name, AliasSymbolicLinkName);
        }
        other = interface_next(other, AliasInterfaceClassGuid, interface->devnode, false);
    }
    interface_release(interface);
    return status;
}

NTSTATUS IoSetDeviceInterfacePropertyData(PUNICODE_STRING SymbolicLinkName, const DEVPROPKEY *PropertyKey, LCID Lcid,
                                          ULONG Flags, DEVPROPTYPE Type, ULONG Size, PVOID Data)
{
    struct interface *interface;
    NTSTATUS status = interface_find(SymbolicLinkName, &interface);

    (void)Flags;
    if (NT_SUCCESS(status))
    {
        status =
            property_set(&interface->properties, PropertyKey, Lcid, Data == NULL ? DEVPROP_TYPE_EMPTY : Type, Size, Data);
        interface_release(interface);
    }
    return status;
}

NTSTATUS IoGetDeviceInterfacePropertyData(PUNICODE_STRING SymbolicLinkName, const DEVPROPKEY *PropertyKey, LCID Lcid,
                                          ULONG Flags, ULONG Size, PVOID Data, PULONG RequiredSize, PDEVPROPTYPE Type)
{
    struct interface *interface;
    NTSTATUS status = interface_find(SymbolicLinkName, &interface);

    (void)Flags;
    if (NT_SUCCESS(status))
    {
        status = property_get(&interface->properties, PropertyKey, Lcid, Size, Data, RequiredSize, Type);
        interface_release(interface);
    }
    return status;
}

/*
 * Notification.
 */

/* What IoRegisterPlugPlayNotification() returns a pointer to. */
struct plug_play_notification
{
    struct notification *notification;
    PDRIVER_NOTIFICATION_CALLBACK_ROUTINE callback;
    void *context;
    PFILE_OBJECT file;
    /* Referenced, so that the driver whose callback this is does not go. NULL when who registers has none. */
    PDRIVER_OBJECT driver;
};

static NTSTATUS tell_of_interface(const struct notification_news *news, void *context)
{
    const struct plug_play_notification *entry = context;
    DEVICE_INTERFACE_CHANGE_NOTIFICATION change = {
        .Version = 1,
        .Size = sizeof(change),
        .Event =
            news->event == NOTIFICATION_INTERFACE_ARRIVAL ? GUID_DEVICE_INTERFACE_ARRIVAL : GUID_DEVICE_INTERFACE_REMOVAL,
        .InterfaceClassGuid = *news->class,
        .SymbolicLinkName = (PUNICODE_STRING)(uintptr_t)news->name,
    };

    return entry->callback(&change, entry->context);
}

/* As on Windows the report itself says whose file it is for, while its callback runs: so nothing is lost for want of memory. */
static NTSTATUS tell_of_report(const struct plug_play_notification *entry, const TARGET_DEVICE_CUSTOM_NOTIFICATION *report)
{
    TARGET_DEVICE_CUSTOM_NOTIFICATION *told = (TARGET_DEVICE_CUSTOM_NOTIFICATION *)(uintptr_t)report;
    NTSTATUS status;

    told->FileObject = entry->file;
    status = entry->callback(told, entry->context);
    told->FileObject = NULL;
    return status;
}

static NTSTATUS tell_of_target(const struct notification_news *news, void *context)
{
    const struct plug_play_notification *entry = context;
    TARGET_DEVICE_REMOVAL_NOTIFICATION removal = {.Version = 1, .Size = sizeof(removal), .FileObject = entry->file};

    switch (news->event)
    {
        case NOTIFICATION_QUERY_REMOVE:
            removal.Event = GUID_TARGET_DEVICE_QUERY_REMOVE;
            break;
        case NOTIFICATION_REMOVE_CANCELLED:
            removal.Event = GUID_TARGET_DEVICE_REMOVE_CANCELLED;
            break;
        case NOTIFICATION_REMOVE_COMPLETE:
            removal.Event = GUID_TARGET_DEVICE_REMOVE_COMPLETE;
            break;
        case NOTIFICATION_REMOVE_PENDING:
            /* Drivers are not told of it. */
            return STATUS_SUCCESS;
        default:
            return tell_of_report(entry, news->custom);
    }
    return entry->callback(&removal, entry->context);
}

/* Nothing ever happens of this kind: there is one hardware profile, and no soft restart. */
static NTSTATUS tell_of_nothing(const struct notification_news *news, void *context)
{
    (void)news;
    (void)context;
    return STATUS_SUCCESS;
}

static NTSTATUS register_target(struct plug_play_notification *entry, PFILE_OBJECT file)
{
    struct devnode *devnode = file == NULL ? NULL : devobj_extension(file->DeviceObject)->devnode;

    entry->file = file;
    return devnode == NULL ? STATUS_NOT_SUPPORTED :
                             notification_register_target(devnode, tell_of_target, entry, &entry->notification);
}

static NTSTATUS register_entry(struct plug_play_notification *entry, IO_NOTIFICATION_EVENT_CATEGORY category, ULONG flags,
                               PVOID data)
{
    static const GUID none;

    switch (category)
    {
        case EventCategoryDeviceInterfaceChange:
            return notification_register_interfaces(data,
                                                    (flags & PNPNOTIFY_DEVICE_INTERFACE_INCLUDE_EXISTING_INTERFACES) != 0,
                                                    tell_of_interface, entry, &entry->notification);
        case EventCategoryTargetDeviceChange:
            return register_target(entry, data);
        case EventCategoryHardwareProfileChange:
        case EventCategoryKernelSoftRestart:
            return notification_register_interfaces(&none, false, tell_of_nothing, entry, &entry->notification);
        default:
            return STATUS_INVALID_PARAMETER;
    }
}

static void free_entry(struct plug_play_notification *entry)
{
    if (entry->driver != NULL)
    {
        object_release(entry->driver);
    }
    platform_free(entry, sizeof(*entry));
}

NTSTATUS IoRegisterPlugPlayNotification(IO_NOTIFICATION_EVENT_CATEGORY EventCategory, ULONG EventCategoryFlags,
                                        PVOID EventCategoryData, PDRIVER_OBJECT DriverObject,
                                        PDRIVER_NOTIFICATION_CALLBACK_ROUTINE CallbackRoutine, PVOID Context,
                                        PVOID *NotificationEntry)
{
    struct plug_play_notification *entry;
    NTSTATUS status;

    *NotificationEntry = NULL;
    if (EventCategory == EventCategoryDeviceInterfaceChange && EventCategoryData == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    entry = platform_zalloc(sizeof(*entry));
    if (entry == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    entry->callback = CallbackRoutine;
    entry->context = Context;
    entry->driver = DriverObject;
    if (DriverObject != NULL)
    {
        object_reference(DriverObject);
    }
    /* A callback that hears of existing interfaces may use the entry already. */
    *NotificationEntry = entry;
    status = register_entry(entry, EventCategory, EventCategoryFlags, EventCategoryData);
    if (!NT_SUCCESS(status))
    {
        *NotificationEntry = NULL;
        free_entry(entry);
    }
    return status;
}

NTSTATUS IoUnregisterPlugPlayNotificationEx(PVOID NotificationEntry)
{
    struct plug_play_notification *entry = NotificationEntry;

    notification_unregister(entry->notification);
    free_entry(entry);
    return STATUS_SUCCESS;
}

NTSTATUS IoUnregisterPlugPlayNotification(PVOID NotificationEntry)
{
    return IoUnregisterPlugPlayNotificationEx(NotificationEntry);
}
