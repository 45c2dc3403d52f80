/* SPDX-License-Identifier: MIT */
/*
 * Remote targets over the device below, with a file of their own: what only drivers of the user flavour have.
 */
#include "send_case.h"

#include <string.h>

DECLARE_CONST_UNICODE_STRING(file_name, L"\\Pipe0");

static WDFIOTARGET opened;

static NTSTATUS open_file(PCUNICODE_STRING name)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_FILE(&params, name);
    return WdfIoTargetOpen(opened, &params);
}

static void begin(void)
{
    set_up();
    CHECK_STATUS(WdfIoTargetCreate(test.device, WDF_NO_OBJECT_ATTRIBUTES, &opened), STATUS_SUCCESS);
}

static NTSTATUS control(WDFIOTARGET target)
{
    return WdfIoTargetSendIoctlSynchronously(target, NULL, CODE, NULL, NULL, NULL, NULL);
}

static void device_below_is_opened_as_a_file_of_its_own(void)
{
    void *file;

    begin();
    wdf_case_tolerate("V51");
    for (unsigned round = 1; round <= 2; round++)
    {
        CHECK_STATUS(open_file(round == 1 ? NULL : &file_name), STATUS_SUCCESS);
        CHECK_EQUAL(lower.created, round);
        CHECK_EQUAL(WdfIoTargetGetState(opened), WdfIoTargetStarted);
        CHECK_STATUS(open_file(NULL), STATUS_INVALID_DEVICE_STATE);
        CHECK_STATUS(control(opened), STATUS_SUCCESS);
        file = lower.last.file;
        CHECK(file != NULL);
        CHECK_STATUS(control(opened), STATUS_SUCCESS);
        CHECK(lower.last.file == file);
        CHECK_STATUS(control(test.target), STATUS_SUCCESS);
        CHECK(lower.last.file == NULL);
        WdfIoTargetClose(opened);
        CHECK_EQUAL(lower.cleaned_up, round);
        CHECK_EQUAL(lower.closed, round);
        CHECK_STATUS(control(opened), STATUS_INVALID_DEVICE_STATE);
    }
    tear_down();
}

static void open_by_a_file_cannot_be_repeated_by_a_reopen(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    begin();
    CHECK_STATUS(open_file(&file_name), STATUS_SUCCESS);
    WdfIoTargetClose(opened);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_REOPEN(&params);
    CHECK_STATUS(WdfIoTargetOpen(opened, &params), STATUS_INVALID_DEVICE_REQUEST);
    tear_down();
}

static NTSTATUS never_asked(WDFIOTARGET target)
{
    UNREFERENCED_PARAMETER(target);
    return STATUS_SUCCESS;
}

static void open_by_a_file_has_no_callbacks(void)
{
    WDF_IO_TARGET_OPEN_PARAMS params;

    begin();
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_FILE(&params, &file_name);
    params.EvtIoTargetQueryRemove = never_asked;
    CHECK_STATUS(WdfIoTargetOpen(opened, &params), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(lower.created, 0);
    tear_down();
}

static void device_that_goes_closes_its_file(void)
{
    begin();
    CHECK_STATUS(open_file(NULL), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(test.started), STATUS_SUCCESS);
    CHECK_EQUAL(lower.cleaned_up, 1);
    CHECK_EQUAL(lower.closed, 1);
    wdf_case_unload();
    lower_uninstall();
}

static void try_to_open(void)
{
    NTSTATUS status = open_file(&file_name);

    CHECK(NT_SUCCESS(status) || status == STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(WdfIoTargetGetState(opened), NT_SUCCESS(status) ? WdfIoTargetStarted : WdfIoTargetClosed);
    WdfIoTargetClose(opened);
    CHECK_EQUAL(lower.created, lower.closed);
}

static void opening_by_a_file_survives_every_failed_allocation(void)
{
    begin();
    nt_fail_each_allocation(try_to_open);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(device_below_is_opened_as_a_file_of_its_own),
    CASE(open_by_a_file_cannot_be_repeated_by_a_reopen),
    CASE(open_by_a_file_has_no_callbacks),
    CASE(device_that_goes_closes_its_file),
    CASE(opening_by_a_file_survives_every_failed_allocation),
    CASES_END,
};
