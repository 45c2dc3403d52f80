/* SPDX-License-Identifier: MIT */
/*
 * Share access: who may open what beside whom.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <string.h>

#define READ FILE_READ_DATA
#define WRITE FILE_WRITE_DATA
#define ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* Whether a second opener may, beside a first one. */
static NTSTATUS beside(ACCESS_MASK first, ULONG first_share, ACCESS_MASK second, ULONG second_share)
{
    SHARE_ACCESS access;
    FILE_OBJECT one = {0};
    FILE_OBJECT other = {0};

    IoSetShareAccess(first, first_share, &one, &access);
    return IoCheckShareAccess(second, second_share, &other, &access, TRUE);
}

static void each_right_must_be_shared_by_both(void)
{
    CHECK_EQUAL(beside(READ, FILE_SHARE_READ, READ, FILE_SHARE_READ), STATUS_SUCCESS);
    CHECK_EQUAL(beside(READ, 0, READ, FILE_SHARE_READ), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(beside(READ, FILE_SHARE_READ, READ, 0), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(beside(READ, FILE_SHARE_READ, WRITE, ALL), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(beside(READ, ALL, WRITE, FILE_SHARE_READ), STATUS_SUCCESS);
    CHECK_EQUAL(beside(WRITE, ALL, READ, FILE_SHARE_READ), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(beside(FILE_APPEND_DATA, ALL, READ, FILE_SHARE_READ), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(beside(FILE_EXECUTE, ALL, WRITE, FILE_SHARE_WRITE), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(beside(DELETE, ALL, READ, FILE_SHARE_READ), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(beside(DELETE, FILE_SHARE_READ, READ, FILE_SHARE_DELETE), STATUS_SUCCESS);
    CHECK_EQUAL(beside(READ, FILE_SHARE_READ, DELETE, ALL), STATUS_SHARING_VIOLATION);
}

static void access_to_attributes_is_always_shared(void)
{
    CHECK_EQUAL(beside(READ | WRITE, 0, FILE_READ_ATTRIBUTES | SYNCHRONIZE, 0), STATUS_SUCCESS);
    CHECK_EQUAL(beside(FILE_READ_ATTRIBUTES, 0, READ | WRITE | DELETE, 0), STATUS_SUCCESS);
}

static void refused_opener_leaves_no_trace(void)
{
    SHARE_ACCESS access;
    SHARE_ACCESS before;
    FILE_OBJECT one = {0};
    FILE_OBJECT other = {0};

    IoSetShareAccess(READ, 0, &one, &access);
    before = access;
    CHECK_EQUAL(IoCheckShareAccess(WRITE, ALL, &other, &access, TRUE), STATUS_SHARING_VIOLATION);
    CHECK(memcmp(&before, &access, sizeof(access)) == 0);
}

static void last_leaver_leaves_nothing(void)
{
    static const SHARE_ACCESS nothing;
    SHARE_ACCESS access;
    FILE_OBJECT one = {0};
    FILE_OBJECT other = {0};

    IoSetShareAccess(READ | WRITE | DELETE, ALL, &one, &access);
    CHECK_EQUAL(IoCheckShareAccess(READ, ALL, &other, &access, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(access.OpenCount, 1);
    IoUpdateShareAccess(&other, &access);
    CHECK_EQUAL(access.OpenCount, 2);
    CHECK_EQUAL(access.Readers, 2);
    CHECK_EQUAL(access.Writers, 1);
    CHECK_EQUAL(access.SharedDelete, 2);
    IoRemoveShareAccess(&other, &access);
    IoRemoveShareAccess(&one, &access);
    CHECK(memcmp(&nothing, &access, sizeof(access)) == 0);
}

const struct nt_case nt_cases[] = {
    CASE(each_right_must_be_shared_by_both),
    CASE(access_to_attributes_is_always_shared),
    CASE(refused_opener_leaves_no_trace),
    CASE(last_leaver_leaves_nothing),
    CASES_END,
};
