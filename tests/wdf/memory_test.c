/* SPDX-License-Identifier: MIT */
/*
 * WDFMEMORY and WDFSTRING.
 */
#include "wdf_case.h"

static void memory_knows_its_buffer_and_size(void)
{
    WDFMEMORY memory;
    PVOID buffer;
    size_t size;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 'tseT', 100, &memory, &buffer), STATUS_SUCCESS);
    CHECK(WdfMemoryGetBuffer(memory, &size) == buffer);
    CHECK_EQUAL(size, 100);
    CHECK_EQUAL((uintptr_t)buffer % 16, 0);
    CHECK_STATUS(WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 'tseT', 0, &memory, &buffer),
                 STATUS_INVALID_PARAMETER);
    CHECK(memory == NULL);
    wdf_case_unload();
}

static void copies_stay_inside_the_memory(void)
{
    char bytes[10] = "012345678";
    char out[10] = "";
    WDFMEMORY memory;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfMemoryCreatePreallocated(WDF_NO_OBJECT_ATTRIBUTES, bytes, sizeof(bytes), &memory), STATUS_SUCCESS);
    CHECK_STATUS(WdfMemoryCopyToBuffer(memory, 8, out, 2), STATUS_SUCCESS);
    CHECK(out[0] == '8');
    CHECK_STATUS(WdfMemoryCopyToBuffer(memory, 9, out, 2), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(WdfMemoryCopyToBuffer(memory, 0, out, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfMemoryCopyToBuffer(memory, SIZE_MAX, out, 2), STATUS_INTEGER_OVERFLOW);
    CHECK_STATUS(WdfMemoryCopyFromBuffer(memory, 9, out, 2), STATUS_INVALID_BUFFER_SIZE);
    CHECK_STATUS(WdfMemoryCopyFromBuffer(memory, 0, out, 1), STATUS_SUCCESS);
    CHECK(bytes[0] == '8');
    wdf_case_unload();
}

static void only_a_preallocated_memory_takes_another_buffer(void)
{
    char first[4];
    char second[8];
    WDFMEMORY memory;
    size_t size;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfMemoryCreatePreallocated(WDF_NO_OBJECT_ATTRIBUTES, first, sizeof(first), &memory), STATUS_SUCCESS);
    CHECK_STATUS(WdfMemoryAssignBuffer(memory, second, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfMemoryAssignBuffer(memory, second, sizeof(second)), STATUS_SUCCESS);
    CHECK(WdfMemoryGetBuffer(memory, &size) == second);
    CHECK_EQUAL(size, sizeof(second));
    CHECK_STATUS(WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 0, 4, &memory, NULL), STATUS_SUCCESS);
    CHECK_STATUS(WdfMemoryAssignBuffer(memory, second, sizeof(second)), STATUS_INVALID_DEVICE_REQUEST);
    wdf_case_unload();
}

static void string_copies_its_text_and_ends_it(void)
{
    WCHAR text[] = L"serial";
    UNICODE_STRING given;
    UNICODE_STRING got;
    WDFSTRING string;

    wdf_case_load(NULL);
    RtlInitUnicodeString(&given, text);
    CHECK_STATUS(WdfStringCreate(&given, WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_SUCCESS);
    text[0] = L'S';
    WdfStringGetUnicodeString(string, &got);
    CHECK_EQUAL(got.Length, 6 * sizeof(WCHAR));
    CHECK(got.Buffer[0] == L's');
    CHECK(got.Buffer[6] == 0);
    wdf_case_unload();
}

static void string_of_nothing_is_empty(void)
{
    UNICODE_STRING got;
    WDFSTRING string;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_SUCCESS);
    WdfStringGetUnicodeString(string, &got);
    CHECK_EQUAL(got.Length, 0);
    wdf_case_unload();
}

static void string_of_an_invalid_text_is_refused(void)
{
    static const UNICODE_STRING invalid[] = {
        {3, 4, (PWCH)L"ab"}, {2, 3, (PWCH)L"ab"}, {4, 2, (PWCH)L"ab"}, {0, 2, NULL}, {2, 2, NULL},
    };
    WDFSTRING string;

    wdf_case_load(NULL);
    for (size_t index = 0; index < ARRAYSIZE(invalid); index++)
    {
        CHECK_STATUS(WdfStringCreate(&invalid[index], WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_INVALID_PARAMETER);
        CHECK(string == NULL);
    }
    wdf_case_unload();
}

static void each_allocation_of_a_creation_may_fail(void)
{
    UNICODE_STRING given;
    WDFSTRING string;
    WDFMEMORY memory;
    NTSTATUS status;

    RtlInitUnicodeString(&given, L"text");
    wdf_case_load(NULL);
    for (unsigned n = 1; n <= 3; n++)
    {
        nt_fail_allocation(n);
        status = WdfStringCreate(&given, WDF_NO_OBJECT_ATTRIBUTES, &string);
        nt_fail_allocation(0);
        CHECK_STATUS(status, n <= 2 ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
        nt_fail_allocation(n);
        status = WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 0, 32, &memory, NULL);
        nt_fail_allocation(0);
        CHECK_STATUS(status, n <= 2 ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
    }
    wdf_case_unload();
}

static void stops_when_there_is_no_place_for_the_handle(void)
{
    wdf_case_load(NULL);
    (void)WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

const struct nt_case nt_cases[] = {
    CASE(memory_knows_its_buffer_and_size),
    CASE(copies_stay_inside_the_memory),
    CASE(only_a_preallocated_memory_takes_another_buffer),
    CASE(string_copies_its_text_and_ends_it),
    CASE(string_of_nothing_is_empty),
    CASE(string_of_an_invalid_text_is_refused),
    CASE(each_allocation_of_a_creation_may_fail),
    STOPS(stops_when_there_is_no_place_for_the_handle, "WdfStringCreate"),
    CASES_END,
};
