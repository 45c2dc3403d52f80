/* SPDX-License-Identifier: MIT */
/*
 * The body of a driver object: only the files about drivers see it.
 */
#ifndef NT_DRIVER_BLOCK_H
#define NT_DRIVER_BLOCK_H

#include "nt/internal.h"

struct driver_block
{
    DRIVER_OBJECT driver;
    DRIVER_EXTENSION extension;
    UNICODE_STRING registry_path;
    void *owner;
    /* NULL, or takes the driver's code away when nobody refers to it any more. */
    void (*unmap)(void *image);
    void *image;
    /* NULL, or who wants the buffers of the driver's requests watched. */
    struct staging_watcher *staging_watcher;

    /* Guards the lists: what other code hung on the driver, and routines that want to be called after its DriverEntry. */
    struct platform_spinlock lock;
    LIST_ENTRY clients;
    LIST_ENTRY reinitialize_boot;
    LIST_ENTRY reinitialize;
};

static inline struct driver_block *driver_block_of(PDRIVER_OBJECT driver)
{
    return CONTAINING_RECORD(driver, struct driver_block, driver);
}

/* Frees what IoAllocateDriverObjectExtension() made. */
void driver_free_clients(struct driver_block *block);

/* Calls the routines that are registered, those for boot drivers first, and those that they register. */
void driver_reinitialize(struct driver_block *block);

/* Frees what is still registered, for a driver whose DriverEntry failed. */
void driver_forget_reinitialization(struct driver_block *block);

#endif /* NT_DRIVER_BLOCK_H */
