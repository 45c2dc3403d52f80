/* SPDX-License-Identifier: MIT */
/*
 * Received requests: what only drivers of the user flavour can ask.
 */
#include <string.h>

#include "request_case.h"

typedef VOID impersonate_function(WDFREQUEST request, PVOID context);

static VOID impersonated(WDFREQUEST request, PVOID context)
{
    UNREFERENCED_PARAMETER(request);
    *(bool *)context = true;
}

static void ask_as_user_driver(WDFREQUEST request)
{
    GUID activity = {1, 2, 3, {4}};
    GUID got;
    bool called = false;

    CHECK_STATUS(WdfRequestImpersonate(request, (SECURITY_IMPERSONATION_LEVEL)9, impersonated, &called),
                 STATUS_INVALID_PARAMETER);
    CHECK(!called);
    CHECK_STATUS(WdfRequestImpersonate(request, SecurityImpersonation, impersonated, &called), STATUS_SUCCESS);
    CHECK(called);
    CHECK_STATUS(WdfRequestRetrieveActivityId(request, &got), STATUS_NOT_FOUND);
    WdfRequestSetActivityId(request, &activity);
    CHECK_STATUS(WdfRequestRetrieveActivityId(request, &got), STATUS_SUCCESS);
    CHECK(memcmp(&got, &activity, sizeof(got)) == 0);
    CHECK(!WdfRequestGetUserModeDriverInitiatedIo(request));
    WdfRequestSetUserModeDriverInitiatedIo(request, TRUE);
    CHECK(WdfRequestGetUserModeDriverInitiatedIo(request));
    WdfRequestSetUserModeDriverInitiatedIo(request, FALSE);
    CHECK(!WdfRequestGetUserModeDriverInitiatedIo(request));
    CHECK_EQUAL(WdfRequestGetEffectiveIoType(request), WdfDeviceIoBuffered);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void user_driver_asks_what_only_it_can_ask(void)
{
    begin(WdfDeviceIoBuffered, ask_as_user_driver);
    CHECK_STATUS(testkit_control(file, BUFFERED_CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    end(1);
}

static WDF_DEVICE_IO_TYPE expected_type;

static void ask_for_the_type(WDFREQUEST request)
{
    CHECK_EQUAL(WdfRequestGetEffectiveIoType(request), expected_type);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void effective_type_is_the_devices_for_transfers_and_the_codes_for_controls(void)
{
    static const WDF_DEVICE_IO_TYPE types[] = {WdfDeviceIoBuffered, WdfDeviceIoDirect};
    char byte = 0;

    for (unsigned index = 0; index < ARRAYSIZE(types); index++)
    {
        begin(types[index], ask_for_the_type);
        expected_type = types[index];
        CHECK_STATUS(testkit_read(file, &byte, 1, NULL), STATUS_SUCCESS);
        CHECK_STATUS(testkit_write(file, &byte, 1, NULL), STATUS_SUCCESS);
        expected_type = WdfDeviceIoBuffered;
        CHECK_STATUS(testkit_control(file, BUFFERED_CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
        expected_type = WdfDeviceIoDirect;
        CHECK_STATUS(testkit_control(file, IN_DIRECT_CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
        CHECK_STATUS(testkit_control(file, OUT_DIRECT_CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
        end(5);
    }
}

static void client_sends_no_addresses_to_a_user_driver(void)
{
    begin(WdfDeviceIoBuffered, ask_as_user_driver);
    CHECK_STATUS(testkit_control(file, NEITHER_CODE, NULL, 0, NULL, 0, NULL), STATUS_INVALID_DEVICE_REQUEST);
    end(0);
}

const struct nt_case nt_cases[] = {
    CASE(user_driver_asks_what_only_it_can_ask),
    CASE(effective_type_is_the_devices_for_transfers_and_the_codes_for_controls),
    CASE(client_sends_no_addresses_to_a_user_driver),
    CASES_END,
};
