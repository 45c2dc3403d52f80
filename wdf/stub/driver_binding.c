/* SPDX-License-Identifier: MIT */
/*
 * Compiled into every driver by dmf_add_driver(), in the driver's flavour: its own function table pointer and globals, and
 * the one object that it exports.
 */
#if defined(DMF_USER_MODE)
#include <windows.h>
#else
#include <ntddk.h>
#endif
#include <wdf.h>

#include "driver_binding.h"

const WDFFUNC *WdfFunctions;
PWDF_DRIVER_GLOBALS WdfDriverGlobals;

DRIVER_INITIALIZE DriverEntry;

/* The bounds of the section that WDF_DECLARE_SHARED_CONTEXT_TYPE_WITH_NAME fills; the linker makes them if it exists. */
extern void *const __start_kmdftypeinit[] __attribute__((weak, visibility("hidden")));
extern void *const __stop_kmdftypeinit[] __attribute__((weak, visibility("hidden")));

__attribute__((visibility("default"))) extern const struct dmf_driver_binding dmf_driver_binding;

const struct dmf_driver_binding dmf_driver_binding = {
    .size = sizeof(struct dmf_driver_binding),
    .version = DMF_DRIVER_BINDING_VERSION,
#if defined(DMF_USER_MODE)
    .flavour = DMF_DRIVER_FLAVOUR_USER,
#else
    .flavour = DMF_DRIVER_FLAVOUR_KERNEL,
#endif
    .table_entries = WdfFunctionTableNumEntries,
    .entry = (int (*)(void *, void *))DriverEntry,
    .function_table = &WdfFunctions,
    .driver_globals = &WdfDriverGlobals,
    .shared_types_begin = __start_kmdftypeinit,
    .shared_types_end = __stop_kmdftypeinit,
};
