/* SPDX-License-Identifier: MIT */
/*
 * The verifier's record of the callbacks that a thread is in, and what must be as before when one returns.
 */
#include <stdio.h>
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

static void takes_too_long(struct platform_timer *timer, void *context)
{
    const struct verifier_callback *callback = context;

    (void)timer;
    verifier_report_about(callback->globals, RULE_V49, callback->handle, callback->type, callback->name,
                          "the callback has not returned after %u seconds", verifier_wait_seconds(callback->globals));
}

/* A callback on the thread of the timers cannot be overtaken by one. */
static void start_watch(struct verifier_callback *callback)
{
    uint32_t seconds = verifier_wait_seconds(callback->globals);

    callback->timed =
        seconds != 0 && verifier_is_at(callback->globals, VERIFIER_FULL) && !platform_timer_is_service_thread();
    if (callback->timed)
    {
        platform_timer_initialize(&callback->timer, takes_too_long, callback);
        (void)platform_timer_arm(&callback->timer, platform_deadline_in(seconds * PLATFORM_SECOND));
    }
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
    start_watch(callback);
    if (trace.tracer != NULL)
    {
        trace.tracer(callback->globals->published.DriverName, callback->type, callback->handle, name, trace.context);
    }
}

/* Whoever called the callback cannot know which level or region would be right, so that the process ends here. */
static void check_levels(const struct verifier_callback *callback, bool holds_lock)
{
    uint32_t regions = critical_regions();
    char text[128];

    if (platform_current()->irql != callback->irql)
    {
        (void)snprintf(text, sizeof(text), "entered at IRQL %u, it returned at IRQL %u", callback->irql,
                       platform_current()->irql);
        verifier_explain_callback(callback, RULE_V39, text);
        globals_bugcheck(callback->globals, WDF_VERIFIER_IRQL_MISMATCH, callback->irql, platform_current()->irql,
                         (ULONG_PTR)callback->handle);
    }
    /* A wait lock is a critical region, and has been reported. */
    if (regions != callback->critical_regions && !holds_lock)
    {
        (void)snprintf(text, sizeof(text), "entered in %u critical regions, it returned in %u", callback->critical_regions,
                       regions);
        verifier_explain_callback(callback, RULE_V39, text);
        globals_bugcheck(callback->globals, WDF_VERIFIER_CRITICAL_REGION_MISMATCH, callback->critical_regions, regions,
                         (ULONG_PTR)callback->handle);
    }
}

void verifier_callback_left(struct verifier_callback *callback)
{
    if (callback->timed)
    {
        (void)platform_timer_cancel_and_wait(&callback->timer);
    }
    wdf_thread()->callback = callback->outer;
    check_levels(callback, verifier_check_held(callback));
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
