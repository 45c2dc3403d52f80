/* SPDX-License-Identifier: MIT */
/*
 * Resources of a devnode.
 */
#include "nt/pnp/resource.h"

#include <string.h>

#include "nt/pnp/database.h"
#include "nt/pnp/packet.h"

#define TAG 'pnpR'

static size_t full_size(const CM_FULL_RESOURCE_DESCRIPTOR *full)
{
    size_t size = FIELD_OFFSET(CM_FULL_RESOURCE_DESCRIPTOR, PartialResourceList.PartialDescriptors);

    for (ULONG index = 0; index < full->PartialResourceList.Count; index++)
    {
        const CM_PARTIAL_RESOURCE_DESCRIPTOR *partial = &full->PartialResourceList.PartialDescriptors[index];

        size += sizeof(*partial);
        /* Data behind a device-specific descriptor, which is the last one of its list. */
        size += partial->Type == CmResourceTypeDeviceSpecific ? partial->u.DeviceSpecificData.DataSize : 0;
    }
    return size;
}

size_t resource_list_size(const CM_RESOURCE_LIST *list)
{
    size_t size = FIELD_OFFSET(CM_RESOURCE_LIST, List);

    for (ULONG index = 0; index < list->Count; index++)
    {
        size += full_size((const CM_FULL_RESOURCE_DESCRIPTOR *)((const char *)list + size));
    }
    return size;
}

PCM_RESOURCE_LIST resource_list_copy(const CM_RESOURCE_LIST *list)
{
    size_t size = resource_list_size(list);
    PCM_RESOURCE_LIST copy = ExAllocatePool2(POOL_FLAG_PAGED, size, TAG);

    return copy == NULL ? NULL : memcpy(copy, list, size);
}

static void list_replace(void *place, void *list)
{
    void **pointer = place;

    if (*pointer != NULL && *pointer != list)
    {
        ExFreePool(*pointer);
    }
    *pointer = list;
}

void resource_free_all(struct devnode *devnode)
{
    list_replace(&devnode->boot_resources, NULL);
    list_replace(&devnode->requirements, NULL);
    list_replace(&devnode->raw, NULL);
    list_replace(&devnode->translated, NULL);
}

/* A question whose answer is a list in pool memory that belongs to the asker. No answer is an empty one. */
static NTSTATUS ask_for_list(struct devnode *devnode, UCHAR minor, void *place)
{
    ULONG_PTR list = 0;
    NTSTATUS status = packet_ask_plain(devnode, minor, &list);

    if (status == STATUS_INSUFFICIENT_RESOURCES)
    {
        return status;
    }
    platform_mutex_lock(&devnode->lock);
    list_replace(place, NT_SUCCESS(status) ? (void *)list : NULL);
    platform_mutex_unlock(&devnode->lock);
    return STATUS_SUCCESS;
}

NTSTATUS resource_query_requirements(struct devnode *devnode)
{
    return ask_for_list(devnode, IRP_MN_QUERY_RESOURCE_REQUIREMENTS, &devnode->requirements);
}

NTSTATUS resource_query(struct devnode *devnode)
{
    NTSTATUS status = ask_for_list(devnode, IRP_MN_QUERY_RESOURCES, &devnode->boot_resources);

    return NT_SUCCESS(status) ? resource_query_requirements(devnode) : status;
}

/* The list that the devnode has is read under its lock; what the drivers have in their hands is nobody else's. */
static PIO_RESOURCE_REQUIREMENTS_LIST exchange_requirements(struct devnode *devnode, PIO_RESOURCE_REQUIREMENTS_LIST list)
{
    PIO_RESOURCE_REQUIREMENTS_LIST old;

    platform_mutex_lock(&devnode->lock);
    old = devnode->requirements;
    devnode->requirements = list;
    platform_mutex_unlock(&devnode->lock);
    return old;
}

/* Whoever replaces the list frees the old one, so what comes back is all there is. */
static NTSTATUS filter_requirements(struct devnode *devnode)
{
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_FILTER_RESOURCE_REQUIREMENTS};
    PIO_RESOURCE_REQUIREMENTS_LIST own = exchange_requirements(devnode, NULL);
    ULONG_PTR list = (ULONG_PTR)own;
    NTSTATUS status;

    what.Parameters.FilterResourceRequirements.IoResourceRequirementList = own;
    status = packet_ask(devnode, &what, &list);
    (void)exchange_requirements(devnode, NT_SUCCESS(status) ? (PIO_RESOURCE_REQUIREMENTS_LIST)list : own);
    return status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_SUCCESS;
}

NTSTATUS resource_assign(struct devnode *devnode)
{
    PCM_RESOURCE_LIST raw = NULL;
    PCM_RESOURCE_LIST translated = NULL;
    NTSTATUS status = filter_requirements(devnode);

    if (NT_SUCCESS(status))
    {
        status = database_resources(devnode, &raw, &translated);
    }
    if (NT_SUCCESS(status) && raw == NULL && devnode->boot_resources != NULL)
    {
        raw = resource_list_copy(devnode->boot_resources);
        translated = raw == NULL ? NULL : resource_list_copy(raw);
        if (translated == NULL)
        {
            list_replace(&raw, NULL);
            status = STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    if (NT_SUCCESS(status))
    {
        platform_mutex_lock(&devnode->lock);
        list_replace(&devnode->raw, raw);
        list_replace(&devnode->translated, translated);
        platform_mutex_unlock(&devnode->lock);
    }
    return status;
}
