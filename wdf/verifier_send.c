/* SPDX-License-Identifier: MIT */
/*
 * The verifier's rules about sending requests.
 */
#include "wdf/verifier_send.h"

#include "wdf/request.h"
#include "wdf/thread.h"
#include "wdf/verifier.h"

static void report(struct request *request, enum verifier_rule rule, const char *function, const char *text)
{
    verifier_report(request->object.globals, rule, &request->object, function, "%s", text);
}

static bool lacks_location(const struct request *request, struct io_target *target, const struct send_options *options)
{
    return request->irp != NULL && !request_is_in_flight(&request->send) &&
           !request_fits(request, target, (options->flags & WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET) != 0);
}

static void check_owner(struct request *request, const char *function)
{
    if (request_is_in_flight(&request->send))
    {
        report(request, RULE_V12, function, "it has been sent, and is not back");
    }
    if (request->owner != REQUEST_MADE_BY_DRIVER && platform_atomic_load(&request->cancel_state) == REQUEST_CANCELABLE)
    {
        report(request, RULE_V07, function, "it is marked cancelable");
    }
}

static void check_format(struct request *request, const struct send_options *options, const char *function)
{
    const struct request_send *send = &request->send;
    bool forget = (options->flags & WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET) != 0;
    bool synchronous = (options->flags & WDF_REQUEST_SEND_OPTION_SYNCHRONOUS) != 0;

    if (forget)
    {
        /* Formatted as it came, it loses nothing. */
        if (send->format.formatted && send->format.type != WdfRequestTypeNoFormat)
        {
            report(request, RULE_V10, function, "it is formatted, and to be forgotten");
        }
        return;
    }
    if (!send->format.formatted)
    {
        report(request, RULE_V09, function, "it has not been formatted since it was made, reused or sent");
    }
    if (!synchronous && request->owner != REQUEST_MADE_BY_DRIVER && send->routine == NULL)
    {
        report(request, RULE_V11, function, "nobody will complete it when it comes back");
    }
    if (synchronous && options->timeout == 0 && verifier_is_at(request->object.globals, VERIFIER_FULL))
    {
        report(request, RULE_V15, function, "it is waited for without a limit");
    }
}

static void check_locks(struct request *request, const char *function)
{
    struct wdf_thread *thread = wdf_thread();

    for (uint32_t index = 0; index < thread->held_count; index++)
    {
        if (thread->held[index].is_spin)
        {
            verifier_report(request->object.globals, RULE_V41, &request->object, function,
                            "the thread holds a spin lock, since %s", thread->held[index].function);
            return;
        }
    }
}

/* A target that its removed device has closed is not the driver's doing. */
static void check_target(struct io_target *target, const char *function)
{
    bool wrong;

    platform_spinlock_lock(&target->lock);
    wrong = target->state == WdfIoTargetDeleted || (target->state == WdfIoTargetClosed && !target->closed_by_removal);
    platform_spinlock_unlock(&target->lock);
    if (wrong)
    {
        verifier_report(target->object.globals, RULE_V51, &target->object, function, "it is closed or deleted");
    }
}

void verifier_check_send(struct request *request, struct io_target *target, const struct send_options *options,
                         const char *function)
{
    check_owner(request, function);
    check_format(request, options, function);
    if (lacks_location(request, target, options))
    {
        report(request, RULE_V12, function, "it has no stack location for the drivers below the target");
    }
    check_locks(request, function);
    check_target(target, function);
}

static bool is_transfer(UCHAR major)
{
    return major == IRP_MJ_READ || major == IRP_MJ_WRITE || major == IRP_MJ_DEVICE_CONTROL ||
           major == IRP_MJ_INTERNAL_DEVICE_CONTROL;
}

void verifier_check_format(struct request *request, UCHAR major, const char *function)
{
    UCHAR asked;

    if (request->owner == REQUEST_MADE_BY_DRIVER || !verifier_is_at(request->object.globals, VERIFIER_FULL))
    {
        return;
    }
    asked = request_location(request)->MajorFunction;
    if (is_transfer(asked) && asked != major)
    {
        verifier_report(request->object.globals, RULE_V16, &request->object, function,
                        "it came as function 0x%02X, and is formatted as 0x%02X", asked, major);
    }
}

void verifier_check_status(struct request *request)
{
    if (request->owner == REQUEST_MADE_BY_DRIVER && request_is_in_flight(&request->send))
    {
        report(request, RULE_V14, "WdfRequestGetStatus", "it has been sent, and is not back");
    }
    else if (request->owner == REQUEST_MADE_BY_DRIVER && !request->send.has_status)
    {
        report(request, RULE_V14, "WdfRequestGetStatus", "it was never sent, formatted in vain, or reused");
    }
}

void verifier_check_state_change(struct io_target *target, const char *function)
{
    bool changing;

    platform_spinlock_lock(&target->lock);
    changing = target->stopping != 0;
    platform_spinlock_unlock(&target->lock);
    if (changing)
    {
        verifier_report(target->object.globals, RULE_V51, &target->object, function,
                        "another thread is stopping or purging it");
    }
}
