/* SPDX-License-Identifier: MIT */
/*
 * WDFLOOKASIDE: kernel flavour only.
 */
#include "wdf_case.h"

typedef struct _ITEM_CONTEXT
{
    ULONG Number;
} ITEM_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(ITEM_CONTEXT)

static WDFLOOKASIDE make_list(size_t size, WDF_OBJECT_ATTRIBUTES *memory_attributes)
{
    WDFLOOKASIDE list;

    CHECK_STATUS(WdfLookasideListCreate(WDF_NO_OBJECT_ATTRIBUTES, size, NonPagedPoolNx, memory_attributes, 'tseT', &list),
                 STATUS_SUCCESS);
    return list;
}

static void memories_have_the_size_of_the_list(void)
{
    WDFLOOKASIDE list;
    WDFMEMORY first;
    WDFMEMORY second;
    size_t size;

    wdf_case_load(NULL);
    list = make_list(300, WDF_NO_OBJECT_ATTRIBUTES);
    CHECK_STATUS(WdfMemoryCreateFromLookaside(list, &first), STATUS_SUCCESS);
    CHECK_STATUS(WdfMemoryCreateFromLookaside(list, &second), STATUS_SUCCESS);
    CHECK(WdfMemoryGetBuffer(first, &size) != WdfMemoryGetBuffer(second, NULL));
    CHECK_EQUAL(size, 300);
    CHECK_EQUAL((uintptr_t)WdfMemoryGetBuffer(first, NULL) % 16, 0);
    RtlFillMemory(WdfMemoryGetBuffer(first, NULL), 300, 0xFF);
    WdfObjectDelete(first);
    WdfObjectDelete(second);
    wdf_case_unload();
}

static void context_of_a_memory_used_again_is_zeroed(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFLOOKASIDE list;
    WDFMEMORY memory;

    wdf_case_load(NULL);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, ITEM_CONTEXT);
    list = make_list(64, &attributes);
    for (int round = 0; round < 3; round++)
    {
        CHECK_STATUS(WdfMemoryCreateFromLookaside(list, &memory), STATUS_SUCCESS);
        CHECK_EQUAL(WdfObjectGet_ITEM_CONTEXT(memory)->Number, 0);
        WdfObjectGet_ITEM_CONTEXT(memory)->Number = 7;
        WdfObjectDelete(memory);
    }
    wdf_case_unload();
}

static void list_outlives_its_memories(void)
{
    WDFLOOKASIDE list;
    WDFMEMORY memory;

    wdf_case_load(NULL);
    list = make_list(64, WDF_NO_OBJECT_ATTRIBUTES);
    CHECK_STATUS(WdfMemoryCreateFromLookaside(list, &memory), STATUS_SUCCESS);
    WdfObjectDelete(list);
    RtlFillMemory(WdfMemoryGetBuffer(memory, NULL), 64, 0xFF);
    WdfObjectDelete(memory);
    wdf_case_unload();
}

static void arguments_are_checked(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFLOOKASIDE list;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfLookasideListCreate(NULL, 0, NonPagedPoolNx, NULL, 0, &list), STATUS_INVALID_PARAMETER);
    CHECK(list == NULL);
    CHECK_STATUS(WdfLookasideListCreate(NULL, SIZE_MAX, NonPagedPoolNx, NULL, 0, &list), STATUS_INTEGER_OVERFLOW);
    CHECK(list == NULL);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.Size--;
    CHECK_STATUS(WdfLookasideListCreate(NULL, 64, NonPagedPoolNx, &attributes, 0, &list), STATUS_INFO_LENGTH_MISMATCH);
    CHECK_STATUS(WdfLookasideListCreate(&attributes, 64, NonPagedPoolNx, NULL, 0, &list), STATUS_INFO_LENGTH_MISMATCH);
    wdf_case_unload();
}

static void memory_that_cannot_be_had_is_said(void)
{
    WDFLOOKASIDE list;
    WDFMEMORY memory;

    wdf_case_load(NULL);
    list = make_list(64, WDF_NO_OBJECT_ATTRIBUTES);
    nt_fail_allocation(1);
    CHECK_STATUS(WdfMemoryCreateFromLookaside(list, &memory), STATUS_INSUFFICIENT_RESOURCES);
    nt_fail_allocation(0);
    CHECK(memory == NULL);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(memories_have_the_size_of_the_list), CASE(context_of_a_memory_used_again_is_zeroed),
    CASE(list_outlives_its_memories),         CASE(arguments_are_checked),
    CASE(memory_that_cannot_be_had_is_said),  CASES_END,
};
