/* SPDX-License-Identifier: MIT */
/*
 * The table of statuses.
 */
#include "nt_case.h"

#include <errno.h>
#include <string.h>

#include "nt/rtl/status.h"

static void every_status_of_the_header_has_its_name(void)
{
    CHECK(strcmp(status_name(STATUS_SUCCESS), "STATUS_SUCCESS") == 0);
    CHECK(strcmp(status_name(STATUS_PENDING), "STATUS_PENDING") == 0);
    CHECK(strcmp(status_name(STATUS_UNSUCCESSFUL), "STATUS_UNSUCCESSFUL") == 0);
    CHECK(strcmp(status_name(STATUS_BUFFER_OVERFLOW), "STATUS_BUFFER_OVERFLOW") == 0);
    CHECK(strcmp(status_name(STATUS_VHD_DIFFERENCING_CHAIN_ERROR_IN_PARENT),
                 "STATUS_VHD_DIFFERENCING_CHAIN_ERROR_IN_PARENT") == 0);
    CHECK(status_name((NTSTATUS)0xC0FFFFFF) == NULL);
}

static void statuses_become_the_errors_of_win32(void)
{
    static const struct
    {
        NTSTATUS status;
        ULONG error;
    } rows[] = {
        {STATUS_SUCCESS, 0},
        {STATUS_UNSUCCESSFUL, 31},
        {STATUS_NOT_IMPLEMENTED, 1},
        {STATUS_INVALID_PARAMETER, 87},
        {STATUS_INVALID_PARAMETER_12, 87},
        {STATUS_BUFFER_OVERFLOW, 234},
        {STATUS_BUFFER_TOO_SMALL, 122},
        {STATUS_INSUFFICIENT_RESOURCES, 1450},
        {STATUS_NO_MEMORY, 8},
        {STATUS_CANCELLED, 995},
        {STATUS_INVALID_DEVICE_REQUEST, 1},
        {STATUS_OBJECT_NAME_NOT_FOUND, 2},
        {STATUS_OBJECT_NAME_COLLISION, 183},
        {STATUS_DEVICE_BUSY, 170},
        {STATUS_IO_TIMEOUT, 121},
        {STATUS_NOT_FOUND, 1168},
        {STATUS_PENDING, 997},
        {STATUS_INTEGER_OVERFLOW, 534},
        {STATUS_REVISION_MISMATCH, 1306},
        {STATUS_NO_MORE_ENTRIES, 259},
        {STATUS_BREAKPOINT, 0x80000003},
    };

    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        CHECK_EQUAL(RtlNtStatusToDosError(rows[index].status), rows[index].error);
        CHECK_EQUAL(RtlNtStatusToDosErrorNoTeb(rows[index].status), rows[index].error);
    }
}

static void statuses_that_wrap_another_number_give_it_back(void)
{
    CHECK_EQUAL(RtlNtStatusToDosError((NTSTATUS)0xC0070005), 5);
    CHECK_EQUAL(RtlNtStatusToDosError((NTSTATUS)0x80070005), 5);
    CHECK_EQUAL(RtlNtStatusToDosError((NTSTATUS)0xC0010456), 0x456);
    CHECK_EQUAL(RtlNtStatusToDosError((NTSTATUS)0xE0000001), 0xE0000001);
    CHECK_EQUAL(RtlNtStatusToDosError((NTSTATUS)0xD0000022), 5);
    CHECK_EQUAL(RtlNtStatusToDosError((NTSTATUS)0xC0FFFFFF), 317);
}

static void statuses_become_errnos(void)
{
    CHECK_EQUAL(status_to_errno(STATUS_SUCCESS), 0);
    CHECK_EQUAL(status_to_errno(STATUS_PENDING), 0);
    CHECK_EQUAL(status_to_errno(STATUS_ACCESS_DENIED), EACCES);
    CHECK_EQUAL(status_to_errno(STATUS_BUFFER_OVERFLOW), EOVERFLOW);
    CHECK_EQUAL(status_to_errno(STATUS_CANCELLED), EINTR);
    CHECK_EQUAL(status_to_errno((NTSTATUS)0xC0FFFFFF), EIO);
    CHECK_EQUAL(status_to_errno((NTSTATUS)0x80FFFFFF), EIO);
    CHECK_EQUAL(status_to_errno((NTSTATUS)0x40FFFFFF), 0);
}

static void every_errno_of_the_table_goes_there_and_back(void)
{
    int known = 0;

    CHECK_EQUAL(status_from_errno(0), STATUS_SUCCESS);
    CHECK_EQUAL(status_from_errno(100000), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(status_from_errno(EINVAL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(status_from_errno(ENOMEM), STATUS_INSUFFICIENT_RESOURCES);
    for (int error = 1; error < 140; error++)
    {
        NTSTATUS status = status_from_errno(error);

        CHECK(!NT_SUCCESS(status));
        if (status != STATUS_UNSUCCESSFUL)
        {
            CHECK_EQUAL(status_to_errno(status), error);
            known++;
        }
    }
    CHECK(known > 40);
}

const struct nt_case nt_cases[] = {
    CASE(every_status_of_the_header_has_its_name),        CASE(statuses_become_the_errors_of_win32),
    CASE(statuses_that_wrap_another_number_give_it_back), CASE(statuses_become_errnos),
    CASE(every_errno_of_the_table_goes_there_and_back),   CASES_END,
};
