/* SPDX-License-Identifier: MIT */
/*
 * The verifier's record of the callbacks that a thread is in, and what must be as before when one returns.
 */
#include <string.h>

#include "nt/thread/thread.h"
#include "wdf/verifier_internal.h"

static struct
{
    verifier_tracer *tracer;
    void *context;
} trace;

void verifier_trace(verifier_tracer *tracer, void *context)
{
    trace.tracer = tracer;
    trace.context = context;
}

/* How deep the thread is in critical regions. */
static uint32_t critical_regions(void)
{
    PKTHREAD thread = platform_current()->nt;

    return thread == NULL ? 0 : thread->kernel_apc_disable;
}

void verifier_callback_entered(struct verifier_callback *callback, struct object *object, const char *name)
{
    struct wdf_thread *thread = wdf_thread();

    callback->globals = object->globals;
    callback->outer = thread->callback;
    callback->name = name;
    callback->object = object;
    callback->handle = wdfobj_handle(object);
    callback->type = object->class->name;
    callback->irql = platform_current()->irql;
    callback->held_count = thread->held_count;
    callback->critical_regions = critical_regions();
    thread->callback = callback;
    if (trace.tracer != NULL)
    {
        trace.tracer(callback->globals->published.DriverName, callback->type, callback->handle, name, trace.context);
    }
}

static void check_levels(const struct verifier_callback *callback)
{
    uint32_t regions = critical_regions();

    if (platform_current()->irql != callback->irql)
    {
        verifier_report_about(callback->globals, RULE_V39, callback->handle, callback->type, callback->name,
                              "entered at IRQL %u, it returned at IRQL %u", callback->irql, platform_current()->irql);
    }
    if (regions != callback->critical_regions)
    {
        verifier_report_about(callback->globals, RULE_V39, callback->handle, callback->type, callback->name,
                              "entered in %u critical regions, it returned in %u", callback->critical_regions, regions);
    }
}

void verifier_callback_left(struct verifier_callback *callback)
{
    wdf_thread()->callback = callback->outer;
    verifier_check_held(callback);
    check_levels(callback);
}

struct verifier_callback *verifier_current_callback(void)
{
    return wdf_thread()->callback;
}

bool verifier_is_in_callback(const struct object *object, const char *name)
{
    struct verifier_callback *callback = wdf_thread()->callback;

    while (callback != NULL && ((object != NULL && callback->object != object) || strcmp(callback->name, name) != 0))
    {
        callback = callback->outer;
    }
    return callback != NULL;
}
