/* SPDX-License-Identifier: MIT */
/*
 * What the generated checked function tables call. Plain C types: the tables are compiled in the flavour of their drivers.
 */
#ifndef WDF_VERIFIER_CALL_H
#define WDF_VERIFIER_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
    VERIFIER_COMPLETES = 0x1,
    VERIFIER_SENDS = 0x2,
    VERIFIER_WAITS = 0x4,
    VERIFIER_INIT = 0x8,
    VERIFIER_INIT_FDO = 0x10,
    VERIFIER_INIT_PDO = 0x20,
    /* The result is an NTSTATUS. */
    VERIFIER_STATUS = 0x40,
};

struct verifier_function
{
    const char *name;
    /* The type of the first parameter when that is a handle, such as "WDFQUEUE"; else NULL. */
    const char *subject;
    uint32_t flags;
};

/*
 * A verified driver calls the function, at whose parameters irql is the highest level that is allowed. subject is the first
 * parameter if that is a pointer or handle. Negative: the call must not go on, and this is its status.
 */
int32_t verifier_call(void *driver_globals, const struct verifier_function *function, uint8_t irql, const void *subject);

void verifier_null(void *driver_globals, const struct verifier_function *function, const char *parameter);
void verifier_wrong_size(void *driver_globals, const struct verifier_function *function, const char *parameter,
                         uint32_t size, size_t expected);

/* A required parameter. */
static inline void verifier_need(void *driver_globals, const struct verifier_function *function, const char *parameter,
                                 bool is_null)
{
    if (__builtin_expect(is_null, 0))
    {
        verifier_null(driver_globals, function, parameter);
    }
}

/* The Size member of a structure. */
static inline void verifier_size(void *driver_globals, const struct verifier_function *function, const char *parameter,
                                 uint32_t size, size_t expected)
{
    if (__builtin_expect(size != expected, 0))
    {
        verifier_wrong_size(driver_globals, function, parameter, size, expected);
    }
}

#endif /* WDF_VERIFIER_CALL_H */
