/* SPDX-License-Identifier: MIT */
/*
 * Binding of drivers to the runtime, and the reports about them.
 */
#include "wdf/globals.h"

#include <stdio.h>
#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/io/driver_object.h"
#include "wdf/tables.h"
#include "wdf/verifier_internal.h"

#define WDF_VIOLATION_CODE 0x10D

static NTSTATUS check_binding(const struct dmf_driver_binding *binding)
{
    bool user = binding->flavour == DMF_DRIVER_FLAVOUR_USER;

    if (binding->size != sizeof(*binding) || binding->version != DMF_DRIVER_BINDING_VERSION ||
        (!user && binding->flavour != DMF_DRIVER_FLAVOUR_KERNEL))
    {
        return STATUS_REVISION_MISMATCH;
    }
    return binding->table_entries <= (user ? wdf_umdf_table_entries : wdf_kmdf_table_entries) ? STATUS_SUCCESS :
                                                                                                STATUS_REVISION_MISMATCH;
}

/* Asks the owners of shared context types for their identities. */
static void resolve_shared_types(const struct dmf_driver_binding *binding)
{
    for (void *const *entry = binding->shared_types_begin; entry != binding->shared_types_end; entry++)
    {
        PWDF_OBJECT_CONTEXT_TYPE_INFO type = *entry;

        type->UniqueType = type->EvtDriverGetUniqueContextType();
    }
}

/* The driver's WdfDriverGlobals. */
static PWDF_DRIVER_GLOBALS *published_of(const struct dmf_driver_binding *binding)
{
    return (PWDF_DRIVER_GLOBALS *)(uintptr_t)binding->driver_globals;
}

/* The functions that the driver calls. A driver that is not verified pays nothing for the others. */
static const WDFFUNC *table_of(const struct driver_globals *globals)
{
    if (globals->user_flavour)
    {
        return verifier_is_on(globals) ? wdf_umdf_checked_table : wdf_umdf_table;
    }
    return verifier_is_on(globals) ? wdf_kmdf_checked_table : wdf_kmdf_table;
}

NTSTATUS wdf_bind(const struct dmf_driver_binding *binding, PDRIVER_OBJECT driver_object, const char *service,
                  struct driver_globals **ret_globals)
{
    struct driver_globals *globals;
    NTSTATUS status = check_binding(binding);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (*published_of(binding) != NULL)
    {
        return STATUS_IMAGE_ALREADY_LOADED;
    }
    globals = platform_zalloc(sizeof(*globals));
    /* Workers need the timer thread. Who defers work to them at a high level could not hear that there is none. */
    if (globals == NULL || platform_timer_service_start() != 0)
    {
        platform_free(globals, sizeof(*globals));
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    globals->driver_object = driver_object;
    status = verifier_attach(globals);
    if (!NT_SUCCESS(status))
    {
        platform_free(globals, sizeof(*globals));
        return status;
    }
    drvobj_set_owner(driver_object, globals);
    globals->user_flavour = binding->flavour == DMF_DRIVER_FLAVOUR_USER;
    (void)snprintf(globals->published.DriverName, sizeof(globals->published.DriverName), "%s", service);
    *(const WDFFUNC **)(uintptr_t)binding->function_table = table_of(globals);
    globals->binding = binding;
    *published_of(binding) = &globals->published;
    resolve_shared_types(binding);
    *ret_globals = globals;
    return STATUS_SUCCESS;
}

void wdf_entered(struct driver_globals *globals)
{
    if (globals->driver == NULL)
    {
        verifier_report(globals, RULE_V35, NULL, "DriverEntry", "it returned a success although there is no WDFDRIVER");
    }
}

void globals_hold(struct driver_globals *globals)
{
    (void)platform_atomic_fetch_add(&globals->held, 1);
}

/* Who waits frees the globals when the last one is let go, so that is the last access. */
void globals_release(struct driver_globals *globals)
{
    if (platform_atomic_fetch_sub(&globals->held, 1) == 1)
    {
        platform_wake_word(&globals->held, UINT32_MAX);
    }
}

static void wait_until_let_go(struct driver_globals *globals)
{
    uint32_t held;

    while ((held = platform_atomic_load(&globals->held)) != 0)
    {
        platform_wait_note("threads that let go of the driver's objects", globals, 0);
        (void)platform_wait_word(&globals->held, held, PLATFORM_FOREVER);
        platform_wait_note(NULL, NULL, 0);
    }
}

void wdf_unbind(struct driver_globals *globals)
{
    if (globals == NULL)
    {
        return;
    }
    if (globals->driver != NULL)
    {
        wdfobj_delete(globals->driver);
    }
    wait_until_let_go(globals);
    disposal_wait(globals);
    *published_of(globals->binding) = NULL;
    verifier_detach(globals);
    platform_free(globals, sizeof(*globals));
}

_Noreturn void globals_bugcheck(struct driver_globals *globals, ULONG code, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4)
{
    fprintf(stderr, "dmf: driver %s: WDF violation %u\n", globals == NULL ? "(unknown)" : globals->published.DriverName,
            code);
    bugcheck(WDF_VIOLATION_CODE, code, p2, p3, p4);
}

_Noreturn void globals_refuse_handle(const void *handle, const char *function, ULONG_PTR fault, const char *what)
{
    fprintf(stderr, "dmf: rule V45: %s: %p is not a valid handle of the type that this function takes: %s\n", function,
            handle, what);
    bugcheck(WDF_VIOLATION_CODE, WDF_INVALID_HANDLE, (ULONG_PTR)handle, fault, 0);
}

_Noreturn void globals_invalid_handle(const void *handle, const char *function)
{
    globals_refuse_handle(handle, function, HANDLE_IS_OF_ANOTHER_TYPE, "it is of the wrong type");
}

_Noreturn void globals_missing_parameter(struct driver_globals *globals, const char *function)
{
    fprintf(stderr, "dmf: driver %s: rule V46: %s: a required parameter is NULL\n", globals->published.DriverName, function);
    bugcheck(WDF_VIOLATION_CODE, WDF_REQUIRED_PARAMETER_IS_NULL, 0, 0, 0);
}

void globals_break(struct driver_globals *globals, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fprintf(stderr, "dmf: driver %s: ", globals->published.DriverName);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
    if (globals->verifier->settings.break_on_error)
    {
        platform_fatal("stopped because DbgBreakOnError is set");
    }
}

/* The generated default of every function that the runtime does not have yet. */
_Noreturn void wdf_ddi_unimplemented(const char *function);

_Noreturn void wdf_ddi_unimplemented(const char *function)
{
    nt_unimplemented(function);
}
