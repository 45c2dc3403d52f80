/* SPDX-License-Identifier: MIT */
/*
 * What every driver exports, and nothing else: how the loader enters it and where it keeps its table and its globals.
 * The only binary interface between a driver and the runtime besides the exported functions.
 */
#ifndef DMF_DRIVER_BINDING_H
#define DMF_DRIVER_BINDING_H

#define DMF_DRIVER_BINDING_VERSION 1
#define DMF_DRIVER_FLAVOUR_KERNEL 1
#define DMF_DRIVER_FLAVOUR_USER 2

struct dmf_driver_binding
{
    unsigned int size;
    unsigned int version;
    unsigned int flavour;
    /* Slots of the function table that the driver was compiled against. */
    unsigned int table_entries;
    /* DriverEntry. */
    int (*entry)(void *driver_object, void *registry_path);
    /* The driver's WdfFunctions and WdfDriverGlobals variables, which the loader fills. */
    const void *function_table;
    const void *driver_globals;
    /* Pointers to the descriptions of context types whose identity another driver owns; both NULL when there are none. */
    void *const *shared_types_begin;
    void *const *shared_types_end;
};

/* The name of the exported object. */
#define DMF_DRIVER_BINDING_SYMBOL "dmf_driver_binding"

#endif /* DMF_DRIVER_BINDING_H */
