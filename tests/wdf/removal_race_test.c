/* SPDX-License-Identifier: MIT */
/*
 * Removal of a device that is in the middle of something else.
 */
#include <string.h>

#include "case_signal.h"
#include "power_case.h"

/* Whoever frees a device that is about to start again means the new stack as well. */
static void device_that_restarts_is_gone_when_it_has_been_pulled_out(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    WdfDeviceSetFailed(power_device, WdfDeviceFailedAttemptRestart);
    (void)testkit_surprise_remove(device);
    testkit_settle();
    CHECK_EQUAL(power_count("D0Entry"), power_count("D0Exit") - 1);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(device_that_restarts_is_gone_when_it_has_been_pulled_out),
    CASES_END,
};
