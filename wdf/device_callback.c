/* SPDX-License-Identifier: MIT */
/*
 * Calling a driver's PnP and power callbacks.
 */
#include "wdf/device_callback.h"

#include "wdf/globals.h"
#include "wdf/verifier.h"

static void takes_too_long(struct platform_timer *timer, void *context)
{
    struct device_callback_watch *watch = context;

    (void)timer;
    verifier_report(watch->device->object.globals, RULE_V49, &watch->device->object, watch->name,
                    "the callback has not returned after %u seconds", verifier_wait_seconds(watch->device->object.globals));
}

void device_callback_begins(struct device_callback_watch *watch, struct device *device, const char *name)
{
    uint32_t seconds = verifier_wait_seconds(device->object.globals);

    watch->device = device;
    watch->name = name;
    /* At level full every callback is watched. */
    watch->armed =
        seconds != 0 && !verifier_is_at(device->object.globals, VERIFIER_FULL) && platform_timer_service_start() == 0;
    if (watch->armed)
    {
        platform_timer_initialize(&watch->timer, takes_too_long, watch);
        (void)platform_timer_arm(&watch->timer, platform_deadline_in(seconds * PLATFORM_SECOND));
    }
    verifier_callback_enter(&watch->callback, &device->object, name);
}

void device_callback_ends(struct device_callback_watch *watch)
{
    verifier_callback_leave(&watch->callback);
    if (watch->armed)
    {
        (void)platform_timer_cancel_and_wait(&watch->timer);
    }
}

NTSTATUS device_call(struct device *device, device_callback *callback, const char *name)
{
    struct device_callback_watch watch;
    NTSTATUS status = STATUS_SUCCESS;

    if (callback != NULL)
    {
        device_callback_begins(&watch, device, name);
        status = callback(wdfobj_handle(&device->object));
        device_callback_ends(&watch);
    }
    return status;
}

void device_tell(struct device *device, device_notice *callback, const char *name)
{
    struct device_callback_watch watch;

    if (callback != NULL)
    {
        device_callback_begins(&watch, device, name);
        callback(wdfobj_handle(&device->object));
        device_callback_ends(&watch);
    }
}

NTSTATUS device_call_power(struct device *device, device_power_callback *callback, WDF_POWER_DEVICE_STATE state,
                           const char *name)
{
    struct device_callback_watch watch;
    NTSTATUS status = STATUS_SUCCESS;

    if (callback != NULL)
    {
        device_callback_begins(&watch, device, name);
        status = callback(wdfobj_handle(&device->object), state);
        device_callback_ends(&watch);
    }
    return status;
}

NTSTATUS device_check_answer(struct device *device, NTSTATUS status, const char *name)
{
    if (status == STATUS_NOT_SUPPORTED)
    {
        globals_break(device->object.globals, "%s returned STATUS_NOT_SUPPORTED, which a PnP callback must not", name);
    }
    return status;
}
