/* SPDX-License-Identifier: MIT */
/*
 * WDFCOLLECTION.
 */
#include "wdf_case.h"

static WDFCOLLECTION make_collection(void)
{
    WDFCOLLECTION collection;

    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &collection), STATUS_SUCCESS);
    return collection;
}

static LONG destroyed;

static VOID count_destroyed(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    InterlockedIncrement(&destroyed);
}

static WDFOBJECT make_item(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT item;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtDestroyCallback = count_destroyed;
    CHECK_STATUS(WdfObjectCreate(&attributes, &item), STATUS_SUCCESS);
    return item;
}

static void items_keep_the_order_of_their_addition(void)
{
    WDFCOLLECTION collection;
    WDFOBJECT items[20];

    wdf_case_load(NULL);
    collection = make_collection();
    for (ULONG index = 0; index < ARRAYSIZE(items); index++)
    {
        items[index] = make_item();
        CHECK_STATUS(WdfCollectionAdd(collection, items[index]), STATUS_SUCCESS);
        CHECK_EQUAL(WdfCollectionGetCount(collection), index + 1);
    }
    for (ULONG index = 0; index < ARRAYSIZE(items); index++)
    {
        CHECK(WdfCollectionGetItem(collection, index) == items[index]);
    }
    CHECK(WdfCollectionGetFirstItem(collection) == items[0]);
    CHECK(WdfCollectionGetLastItem(collection) == items[19]);
    wdf_case_unload();
}

static void what_is_past_the_end_is_null(void)
{
    WDFCOLLECTION collection;

    wdf_case_load(NULL);
    collection = make_collection();
    CHECK(WdfCollectionGetFirstItem(collection) == NULL);
    CHECK(WdfCollectionGetLastItem(collection) == NULL);
    CHECK(WdfCollectionGetItem(collection, 0) == NULL);
    CHECK_STATUS(WdfCollectionAdd(collection, make_item()), STATUS_SUCCESS);
    CHECK(WdfCollectionGetItem(collection, 1) == NULL);
    CHECK(WdfCollectionGetItem(collection, MAXULONG) == NULL);
    wdf_case_unload();
}

static void removing_takes_the_first_of_equal_items_and_the_rest_moves_down(void)
{
    WDFCOLLECTION collection;
    WDFOBJECT twice;
    WDFOBJECT once;

    wdf_case_load(NULL);
    collection = make_collection();
    twice = make_item();
    once = make_item();
    CHECK_STATUS(WdfCollectionAdd(collection, twice), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionAdd(collection, once), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionAdd(collection, twice), STATUS_SUCCESS);
    WdfCollectionRemove(collection, twice);
    CHECK(WdfCollectionGetItem(collection, 0) == once);
    CHECK(WdfCollectionGetItem(collection, 1) == twice);
    WdfCollectionRemoveItem(collection, 0);
    CHECK(WdfCollectionGetFirstItem(collection) == twice);
    CHECK_EQUAL(WdfCollectionGetCount(collection), 1);
    wdf_case_unload();
}

static void removing_what_is_not_there_changes_nothing(void)
{
    WDFCOLLECTION collection;
    WDFOBJECT inside;

    wdf_case_load(NULL);
    collection = make_collection();
    inside = make_item();
    CHECK_STATUS(WdfCollectionAdd(collection, inside), STATUS_SUCCESS);
    WdfCollectionRemove(collection, make_item());
    WdfCollectionRemoveItem(collection, 1);
    CHECK_EQUAL(WdfCollectionGetCount(collection), 1);
    CHECK(WdfCollectionGetFirstItem(collection) == inside);
    wdf_case_unload();
}

static void deleted_item_stays_listed_until_it_is_removed(void)
{
    WDFCOLLECTION collection;
    WDFOBJECT item;

    destroyed = 0;
    wdf_case_load(NULL);
    collection = make_collection();
    item = make_item();
    CHECK_STATUS(WdfCollectionAdd(collection, item), STATUS_SUCCESS);
    WdfObjectDelete(item);
    CHECK_EQUAL(destroyed, 0);
    CHECK(WdfCollectionGetFirstItem(collection) == item);
    WdfCollectionRemove(collection, item);
    CHECK_EQUAL(destroyed, 1);
    wdf_case_unload();
}

static void deleted_collection_lets_its_items_go(void)
{
    WDFCOLLECTION collection;
    WDFOBJECT item;

    destroyed = 0;
    wdf_case_load(NULL);
    collection = make_collection();
    item = make_item();
    CHECK_STATUS(WdfCollectionAdd(collection, item), STATUS_SUCCESS);
    WdfObjectDelete(item);
    WdfObjectDelete(collection);
    CHECK_EQUAL(destroyed, 1);
    wdf_case_unload();
}

static void addition_that_finds_no_memory_says_so_and_holds_nothing(void)
{
    WDFCOLLECTION collection;
    WDFOBJECT item;

    destroyed = 0;
    wdf_case_load(NULL);
    collection = make_collection();
    item = make_item();
    nt_fail_allocation(1);
    CHECK_STATUS(WdfCollectionAdd(collection, item), STATUS_UNSUCCESSFUL);
    nt_fail_allocation(0);
    CHECK_EQUAL(WdfCollectionGetCount(collection), 0);
    WdfObjectDelete(item);
    CHECK_EQUAL(destroyed, 1);
    wdf_case_unload();
}

static void add_many(void *argument)
{
    WDFCOLLECTION collection = argument;

    for (int round = 0; round < 30; round++)
    {
        WDFOBJECT item = make_item();

        CHECK_STATUS(WdfCollectionAdd(collection, item), STATUS_SUCCESS);
        CHECK_STATUS(WdfCollectionAdd(collection, item), STATUS_SUCCESS);
        WdfCollectionRemove(collection, item);
    }
}

static void two_threads_add_and_remove(void)
{
    WDFCOLLECTION collection;
    struct nt_thread *threads[2];

    wdf_case_load(NULL);
    collection = make_collection();
    for (int index = 0; index < 2; index++)
    {
        threads[index] = nt_thread_start(add_many, collection);
    }
    for (int index = 0; index < 2; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(WdfCollectionGetCount(collection), 60);
    wdf_case_unload();
}

static void attributes_are_checked(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFCOLLECTION collection;

    wdf_case_load(NULL);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.Size++;
    CHECK_STATUS(WdfCollectionCreate(&attributes, &collection), STATUS_INFO_LENGTH_MISMATCH);
    CHECK(collection == NULL);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    CHECK_STATUS(WdfCollectionCreate(&attributes, &collection), STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    CHECK_STATUS(WdfCollectionCreate(&attributes, &collection), STATUS_WDF_EXECUTION_LEVEL_INVALID);
    wdf_case_unload();
}

static void stops_when_the_handle_is_no_collection(void)
{
    wdf_case_load(NULL);
    (void)WdfCollectionGetCount((WDFCOLLECTION)make_item());
}

const struct nt_case nt_cases[] = {
    CASE(items_keep_the_order_of_their_addition),
    CASE(what_is_past_the_end_is_null),
    CASE(removing_takes_the_first_of_equal_items_and_the_rest_moves_down),
    CASE(removing_what_is_not_there_changes_nothing),
    CASE(deleted_item_stays_listed_until_it_is_removed),
    CASE(deleted_collection_lets_its_items_go),
    CASE(addition_that_finds_no_memory_says_so_and_holds_nothing),
    CASE(two_threads_add_and_remove),
    CASE(attributes_are_checked),
    STOPS(stops_when_the_handle_is_no_collection, "WdfCollectionGetCount"),
    CASES_END,
};
