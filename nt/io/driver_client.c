/* SPDX-License-Identifier: MIT */
/*
 * Memory that drivers and their class libraries hang on a driver object, found by an address of their own. It lives as long as
 * the driver object.
 */
#include <string.h>

#include "nt/io/driver_block.h"

struct driver_client
{
    LIST_ENTRY link;
    void *key;
    size_t size;
    _Alignas(16) unsigned char memory[];
};

/* The caller holds the lock. */
static struct driver_client *find(struct driver_block *block, const void *key)
{
    for (PLIST_ENTRY link = block->clients.Flink; link != &block->clients; link = link->Flink)
    {
        struct driver_client *client = CONTAINING_RECORD(link, struct driver_client, link);

        if (client->key == key)
        {
            return client;
        }
    }
    return NULL;
}

static bool insert(struct driver_block *block, struct driver_client *client)
{
    bool is_new;

    platform_spinlock_lock(&block->lock);
    is_new = find(block, client->key) == NULL;
    if (is_new)
    {
        InsertTailList(&block->clients, &client->link);
    }
    platform_spinlock_unlock(&block->lock);
    return is_new;
}

void driver_free_clients(struct driver_block *block)
{
    while (!IsListEmpty(&block->clients))
    {
        struct driver_client *client = CONTAINING_RECORD(RemoveHeadList(&block->clients), struct driver_client, link);

        platform_free(client, client->size);
    }
}

/*
 * Published entry points.
 */
NTSTATUS IoAllocateDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress,
                                         ULONG DriverObjectExtensionSize, PVOID *DriverObjectExtension)
{
    size_t size = sizeof(struct driver_client) + DriverObjectExtensionSize;
    struct driver_client *client = platform_zalloc(size);

    *DriverObjectExtension = NULL;
    if (client == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->key = ClientIdentificationAddress;
    client->size = size;
    if (!insert(driver_block_of(DriverObject), client))
    {
        platform_free(client, size);
        return STATUS_OBJECT_NAME_COLLISION;
    }
    *DriverObjectExtension = client->memory;
    return STATUS_SUCCESS;
}

PVOID IoGetDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress)
{
    struct driver_block *block = driver_block_of(DriverObject);
    struct driver_client *client;

    platform_spinlock_lock(&block->lock);
    client = find(block, ClientIdentificationAddress);
    platform_spinlock_unlock(&block->lock);
    return client != NULL ? client->memory : NULL;
}
