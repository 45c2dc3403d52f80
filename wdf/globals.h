/* SPDX-License-Identifier: MIT */
/*
 * What the runtime keeps for each loaded driver. The published WDF_DRIVER_GLOBALS, which every call carries, is its head.
 */
#ifndef WDF_GLOBALS_H
#define WDF_GLOBALS_H

#include "nt/internal.h"
#include "wdf/disposal.h"
#include "wdf/object.h"
#include "wdf/stub/driver_binding.h"

struct verifier;

struct driver_globals
{
    WDF_DRIVER_GLOBALS published;
    /* What rules are looked at: enum verifier_level. Zero is none. */
    uint32_t verifier_level;
    bool user_flavour;
    const struct dmf_driver_binding *binding;
    PDRIVER_OBJECT driver_object;
    struct object *driver;
    struct disposal disposal;
    /* Atomic: objects that a thread of the runtime is about to let go, and whose callbacks it may be in. */
    uint32_t held;
    struct verifier *verifier;
};

_Static_assert(offsetof(struct driver_globals, published) == 0, "wdfobj_of_caller() compares the addresses of both");

static inline struct driver_globals *globals_of(PWDF_DRIVER_GLOBALS published)
{
    return CONTAINING_RECORD(published, struct driver_globals, published);
}

/*
 * Connects a loaded driver with the runtime: fills its table and globals. Fails with STATUS_REVISION_MISMATCH when the driver
 * was built for another binary interface or a newer table, with STATUS_IMAGE_ALREADY_LOADED when it is connected already.
 */
RUNTIME_API NTSTATUS wdf_bind(const struct dmf_driver_binding *binding, PDRIVER_OBJECT driver_object, const char *service,
                              struct driver_globals **ret_globals);

/* DriverEntry has returned a success. */
RUNTIME_API void wdf_entered(struct driver_globals *globals);

/* Ends the connection: deletes the driver's WDFDRIVER if it is still there. Accepts NULL. */
RUNTIME_API void wdf_unbind(struct driver_globals *globals);

/*
 * Keep the driver's code and globals from going while a thread of the runtime still has to let go of one of its objects, or is in
 * a callback that nobody waits for. The driver is not gone before. IRQL: up to DISPATCH_LEVEL.
 */
void globals_hold(struct driver_globals *globals);
void globals_release(struct driver_globals *globals);

/* Stops the process with WDF_VIOLATION. */
_Noreturn void globals_bugcheck(struct driver_globals *globals, ULONG code, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4);
_Noreturn void globals_invalid_handle(const void *handle, const char *function);
/* The same, and says what is wrong: an enum handle_fault, and words for it. */
_Noreturn void globals_refuse_handle(const void *handle, const char *function, ULONG_PTR fault, const char *what);
_Noreturn void globals_missing_parameter(struct driver_globals *globals, const char *function);

/* A required parameter of a published function. NULL is a bug check that names function. */
static inline void globals_require(PWDF_DRIVER_GLOBALS published, const void *parameter, const char *function)
{
    if (parameter == NULL)
    {
        globals_missing_parameter(globals_of(published), function);
    }
}

/* Says that a call is refused that breaks no rule with a number; stops only when the driver asks for that. */
void globals_break(struct driver_globals *globals, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif /* WDF_GLOBALS_H */
