/* SPDX-License-Identifier: MIT */
/*
 * The test kit: which drivers, filters, resources and registry values the machine's devices have.
 */
#include <stdlib.h>
#include <string.h>

#include "nt/rtl/string.h"
#include "testkit/internal.h"

enum
{
    RESOURCES = 32,
};

/* The drivers that are loaded. Drivers come and go while no device of theirs does. */
static struct testkit_driver *loaded;

/* What the manager asks for when a device's driver is known by its service only. */
static NTSTATUS find_driver(const UNICODE_STRING *service, void *context, PDRIVER_OBJECT *ret_driver)
{
    (void)context;
    for (struct testkit_driver *driver = loaded; driver != NULL; driver = driver->next)
    {
        UNICODE_STRING name;
        bool found;

        if (!NT_SUCCESS(string_from_utf8(driver->loaded->service, &name)))
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        found = RtlEqualUnicodeString(&name, service, TRUE);
        string_free(&name);
        if (found)
        {
            *ret_driver = driver->loaded->driver_object;
            return STATUS_SUCCESS;
        }
    }
    return STATUS_OBJECT_NAME_NOT_FOUND;
}

void machine_driver_loaded(struct testkit_driver *driver)
{
    devnode_set_driver_loader(find_driver, NULL);
    driver->next = loaded;
    loaded = driver;
}

void machine_driver_unloads(struct testkit_driver *driver)
{
    struct testkit_driver **link = &loaded;

    while (*link != driver)
    {
        link = &(*link)->next;
    }
    *link = driver->next;
}

int32_t testkit_match(const char *identifier, const char *service)
{
    return devnode_add_match(identifier, service, NULL);
}

int32_t testkit_filter(enum testkit_filter kind, const char *identifier, const char *service)
{
    return devnode_add_filter(kind == TESTKIT_UPPER_FILTER ? DEVNODE_FILTER_UPPER_DEVICE : DEVNODE_FILTER_LOWER_DEVICE,
                              identifier, service);
}

int32_t testkit_add(const char *name, struct testkit_device **ret_device)
{
    struct devnode *devnode;
    NTSTATUS status = devnode_create(name, NULL, &devnode);

    *ret_device = NULL;
    if (NT_SUCCESS(status))
    {
        status = devnode_start(devnode);
        if (NT_SUCCESS(status))
        {
            *ret_device = (struct testkit_device *)devnode;
        }
        else
        {
            devnode_free(devnode);
        }
    }
    return status;
}

enum testkit_state testkit_state(struct testkit_device *device, uint32_t *problem)
{
    NTSTATUS status;

    if (problem != NULL)
    {
        *problem = devnode_problem((struct devnode *)device, &status);
    }
    switch (devnode_state((struct devnode *)device))
    {
        case DEVNODE_INITIALIZED:
        case DEVNODE_ADDED:
            return TESTKIT_ADDED;
        case DEVNODE_STOPPED:
            return TESTKIT_STOPPED;
        case DEVNODE_SURPRISE_REMOVED:
        case DEVNODE_REMOVED:
            return TESTKIT_GONE;
        default:
            return TESTKIT_STARTED;
    }
}

/*
 * Resources.
 */

static void fill_interrupt(PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor, const struct testkit_resource *resource)
{
    descriptor->Type = CmResourceTypeInterrupt;
    descriptor->Flags = resource->is_level ? CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE : CM_RESOURCE_INTERRUPT_LATCHED;
    if (resource->is_message)
    {
        descriptor->Flags |= CM_RESOURCE_INTERRUPT_MESSAGE;
    }
    descriptor->u.Interrupt.Level = resource->length;
    descriptor->u.Interrupt.Vector = (ULONG)resource->start;
    descriptor->u.Interrupt.Affinity = 1;
}

static void fill(PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor, const struct testkit_resource *resource)
{
    descriptor->ShareDisposition = resource->is_shared ? CmResourceShareShared : CmResourceShareDeviceExclusive;
    if (resource->kind == TESTKIT_INTERRUPT)
    {
        fill_interrupt(descriptor, resource);
        return;
    }
    /* Ports and memory have the same form. */
    descriptor->Type = resource->kind == TESTKIT_PORT ? CmResourceTypePort : CmResourceTypeMemory;
    descriptor->Flags = resource->kind == TESTKIT_PORT ? CM_RESOURCE_PORT_IO : CM_RESOURCE_MEMORY_READ_WRITE;
    descriptor->u.Memory.Start.QuadPart = (LONGLONG)resource->start;
    descriptor->u.Memory.Length = resource->length;
}

int32_t testkit_resources(const char *identifier, const struct testkit_resource *resources, size_t count)
{
    union
    {
        CM_RESOURCE_LIST list;
        unsigned char room[sizeof(CM_RESOURCE_LIST) + RESOURCES * sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR)];
    } memory = {0};
    PCM_PARTIAL_RESOURCE_LIST list = &memory.list.List[0].PartialResourceList;

    if (count > RESOURCES)
    {
        return STATUS_INVALID_PARAMETER;
    }
    memory.list.Count = 1;
    memory.list.List[0].InterfaceType = Internal;
    list->Version = 1;
    list->Revision = 1;
    list->Count = (ULONG)count;
    for (size_t index = 0; index < count; index++)
    {
        fill(&list->PartialDescriptors[index], &resources[index]);
    }
    return devnode_set_resources(identifier, &memory.list, NULL);
}

/*
 * The registry.
 */

/* Makes the key with all that is missing above it. The path is writable: its separators are taken out for a moment. */
static NTSTATUS make_key(UNICODE_STRING *path, HANDLE *ret_key)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING part = *path;
    NTSTATUS status = STATUS_OBJECT_PATH_SYNTAX_BAD;
    USHORT length = path->Length / sizeof(WCHAR);

    *ret_key = NULL;
    for (USHORT at = sizeof("\\Registry\\Machine\\") - 1; at <= length; at++)
    {
        if (at < length && path->Buffer[at] != L'\\')
        {
            continue;
        }
        if (*ret_key != NULL)
        {
            (void)ZwClose(*ret_key);
        }
        part.Length = (USHORT)(at * sizeof(WCHAR));
        InitializeObjectAttributes(&attributes, &part, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
        status = ZwCreateKey(ret_key, KEY_ALL_ACCESS, &attributes, 0, NULL, REG_OPTION_NON_VOLATILE, NULL);
        if (!NT_SUCCESS(status))
        {
            *ret_key = NULL;
            return status;
        }
    }
    return status;
}

static int32_t set_value(const char *key, const char *name, ULONG type, const void *data, ULONG length)
{
    UNICODE_STRING value = {0};
    UNICODE_STRING path;
    HANDLE handle;
    NTSTATUS status = string_from_utf8(key, &path);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = make_key(&path, &handle);
    string_free(&path);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = string_from_utf8(name, &value);
    if (NT_SUCCESS(status))
    {
        status = ZwSetValueKey(handle, &value, 0, type, (PVOID)(uintptr_t)data, length);
        string_free(&value);
    }
    (void)ZwClose(handle);
    return status;
}

int32_t testkit_set_number(const char *key, const char *name, uint32_t number)
{
    return set_value(key, name, REG_DWORD, &number, sizeof(number));
}

int32_t testkit_set_text(const char *key, const char *name, const char *text)
{
    UNICODE_STRING wide;
    NTSTATUS status = string_from_utf8(text, &wide);

    if (NT_SUCCESS(status))
    {
        /* The string has a terminator behind it, which belongs to the value. */
        status = set_value(key, name, REG_SZ, wide.Buffer, wide.Length + (ULONG)sizeof(WCHAR));
        string_free(&wide);
    }
    return status;
}
