/* SPDX-License-Identifier: MIT */
/*
 * What is looked at in every call of a verified driver. The generated tables (generate_checks.py) come here first.
 */
#include "wdf/verifier_call.h"

#include <string.h>

#include "nt/debug/callbacks.h"
#include "wdf/verifier_internal.h"

/* A call that is to fail, for tests. Set while no driver runs it. */
static struct
{
    const char *name;
    uint32_t remaining;
    NTSTATUS status;
} failing;

void verifier_fail_call(const char *function, uint32_t nth, NTSTATUS status)
{
    failing.status = status;
    failing.remaining = nth;
    __atomic_store_n(&failing.name, nth == 0 ? NULL : function, __ATOMIC_RELEASE);
}

/* Whether this is the call that is to fail. */
static bool call_fails(const struct verifier_function *function)
{
    const char *name = __atomic_load_n(&failing.name, __ATOMIC_ACQUIRE);

    return name != NULL && (function->flags & VERIFIER_STATUS) != 0 && strcmp(name, function->name) == 0 &&
           __atomic_fetch_sub(&failing.remaining, 1, __ATOMIC_RELAXED) == 1;
}

static NTSTATUS call_above_level(struct driver_globals *globals, const struct verifier_function *function, uint8_t irql,
                                 const void *subject)
{
    verifier_report_about(globals, RULE_V38, subject, function->subject, function->name,
                          "called at IRQL %u; it may be called up to IRQL %u", platform_current()->irql, irql);
    return STATUS_INVALID_DEVICE_REQUEST;
}

static void check_spin_locks(struct driver_globals *globals, const struct verifier_function *function, const void *subject)
{
    const struct verifier_held_lock *lock = verifier_held_spin_lock();

    if (lock != NULL)
    {
        verifier_report_about(globals, RULE_V41, subject, function->subject, function->name,
                              "called while the thread holds the %s %p, which it acquired in %s", lock->object->class->name,
                              wdfobj_handle(lock->object), lock->function);
    }
}

int32_t verifier_call(void *driver_globals, const struct verifier_function *function, uint8_t irql, const void *subject)
{
    struct driver_globals *globals = globals_of(driver_globals);

    if (__builtin_expect(platform_current()->irql > irql, 0) && !callbacks_run_here())
    {
        return call_above_level(globals, function, irql, subject);
    }
    if ((function->flags & (VERIFIER_COMPLETES | VERIFIER_SENDS | VERIFIER_WAITS)) != 0)
    {
        check_spin_locks(globals, function, subject);
    }
    if ((function->flags & VERIFIER_INIT) != 0 && subject != NULL && !verifier_check_init(globals, function, subject))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return __builtin_expect(failing.name != NULL, 0) && call_fails(function) ? failing.status : STATUS_SUCCESS;
}

void verifier_null(void *driver_globals, const struct verifier_function *function, const char *parameter)
{
    verifier_report(globals_of(driver_globals), RULE_V46, NULL, function->name, "%s is NULL", parameter);
}

void verifier_wrong_size(void *driver_globals, const struct verifier_function *function, const char *parameter,
                         uint32_t size, size_t expected)
{
    verifier_report(globals_of(driver_globals), RULE_V46, NULL, function->name,
                    "%s->Size is %u; the structure has %zu bytes", parameter, size, expected);
}
