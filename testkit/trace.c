/* SPDX-License-Identifier: MIT */
/*
 * The test kit: the trace of callbacks, and failures on purpose.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nt/run.h"
#include "testkit/internal.h"
#include "wdf/verifier.h"

enum
{
    TRACE_SIZE = 65536,
};

/* Lines of callbacks. Callbacks of several threads append under the lock, which is held for a moment. */
static struct
{
    uint32_t lock;
    size_t used;
    char text[TRACE_SIZE];
} trace;

static void append(const char *driver, const char *type, const void *handle, const char *name, void *context)
{
    char line[160];
    int length = snprintf(line, sizeof(line), "%s %s\n", driver, name);

    (void)type;
    (void)handle;
    (void)context;
    while (__atomic_exchange_n(&trace.lock, 1, __ATOMIC_ACQUIRE) != 0)
    {
    }
    if (length > 0 && trace.used + (size_t)length < TRACE_SIZE)
    {
        memcpy(trace.text + trace.used, line, (size_t)length + 1);
        trace.used += (size_t)length;
    }
    __atomic_store_n(&trace.lock, 0, __ATOMIC_RELEASE);
}

static void forget(void)
{
    trace.used = 0;
    trace.text[0] = 0;
}

void testkit_trace_begin(void)
{
    forget();
    verifier_trace(append, NULL);
}

bool testkit_trace_is(const char *expected)
{
    bool same = strcmp(trace.text, expected) == 0;

    if (!same)
    {
        fprintf(stderr, "testkit: the callbacks were\n%s---- and not\n%s----\n", trace.text, expected);
    }
    forget();
    return same;
}

void testkit_trace_end(void)
{
    verifier_trace(NULL, NULL);
    forget();
}

unsigned testkit_objects(const struct testkit_driver *driver)
{
    return verifier_live_objects(driver->loaded->globals);
}

void testkit_fail_allocation(unsigned n)
{
    run_alloc_fail_at(n);
}

bool testkit_allocation_failed(void)
{
    return run_alloc_injected() != 0;
}

void testkit_fail_call(const char *function, unsigned n, int32_t status)
{
    verifier_fail_call(function, n, status);
}
