/* SPDX-License-Identifier: MIT */
/*
 * Attributes and contexts of objects.
 */
#include "wdf_case.h"

#include <string.h>

#define HUGE_CONTEXT 20000

typedef struct _FIRST_CONTEXT
{
    ULONG Value[16];
} FIRST_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(FIRST_CONTEXT)

typedef struct _SECOND_CONTEXT
{
    ULONG Value;
} SECOND_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(SECOND_CONTEXT)

static struct
{
    WDFOBJECT object;
    void *contexts[2];
    NTSTATUS statuses[2];
    char heard[16];
    unsigned count;
    bool lacks_memory;
} all;

static EVT_WDF_OBJECT_CONTEXT_CLEANUP FirstCleanup;
static EVT_WDF_OBJECT_CONTEXT_CLEANUP SecondCleanup;
static EVT_WDF_OBJECT_CONTEXT_DESTROY FirstDestroy;
static EVT_WDF_OBJECT_CONTEXT_DESTROY SecondDestroy;

static void hear(char what)
{
    CHECK(all.count + 1 < sizeof(all.heard));
    all.heard[all.count++] = what;
}

static VOID FirstCleanup(WDFOBJECT Object)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    PVOID context;
    NTSTATUS status;

    hear('a');
    /* It is being deleted: nothing can be added, and what is there stays. */
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, SECOND_CONTEXT);
    status = WdfObjectAllocateContext(Object, &attributes, &context);
    CHECK(status == STATUS_DELETE_PENDING || (all.lacks_memory && status == STATUS_INSUFFICIENT_RESOURCES));
    CHECK(context == NULL);
}

static VOID SecondCleanup(WDFOBJECT Object)
{
    (void)Object;
    hear('b');
}

static VOID FirstDestroy(WDFOBJECT Object)
{
    CHECK(WdfObjectGet_FIRST_CONTEXT(Object) != NULL);
    hear('A');
}

static VOID SecondDestroy(WDFOBJECT Object)
{
    CHECK(WdfObjectGet_SECOND_CONTEXT(Object) != NULL);
    hear('B');
}

static void begin(void)
{
    memset(&all, 0, sizeof(all));
    wdf_case_load(NULL);
}

/* The status of a creation with these attributes; the handle is NULL exactly when it fails. */
static NTSTATUS try_to_create(WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFOBJECT object = (WDFOBJECT)&all;
    NTSTATUS status = WdfObjectCreate(attributes, &object);

    CHECK((object != NULL) == (NT_SUCCESS(status) != 0));
    if (NT_SUCCESS(status))
    {
        WdfObjectDelete(object);
    }
    return status;
}

static void attributes_of_a_wrong_size_are_refused(void)
{
    WDF_OBJECT_CONTEXT_TYPE_INFO type = *WDF_GET_CONTEXT_TYPE_INFO(FIRST_CONTEXT);
    WDF_OBJECT_ATTRIBUTES attributes;

    begin();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.Size--;
    CHECK_STATUS(try_to_create(&attributes), STATUS_INFO_LENGTH_MISMATCH);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    type.Size++;
    attributes.ContextTypeInfo = &type;
    CHECK_STATUS(try_to_create(&attributes), STATUS_INFO_LENGTH_MISMATCH);
    wdf_case_unload();
}

static void contexts_that_make_no_sense_are_refused(void)
{
    WDF_OBJECT_CONTEXT_TYPE_INFO type = *WDF_GET_CONTEXT_TYPE_INFO(FIRST_CONTEXT);
    WDF_OBJECT_ATTRIBUTES attributes;

    begin();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ContextSizeOverride = 8;
    CHECK_STATUS(try_to_create(&attributes), STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    attributes.ContextTypeInfo = &type;
    attributes.ContextSizeOverride = sizeof(FIRST_CONTEXT) - 1;
    CHECK_STATUS(try_to_create(&attributes), STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    attributes.ContextSizeOverride = sizeof(FIRST_CONTEXT);
    CHECK_STATUS(try_to_create(&attributes), STATUS_SUCCESS);
    attributes.ContextSizeOverride = 0;
    type.ContextName = NULL;
    CHECK_STATUS(try_to_create(&attributes), STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    type.ContextSize = 0;
    CHECK_STATUS(try_to_create(&attributes), STATUS_SUCCESS);
    wdf_case_unload();
}

static void levels_and_scopes_out_of_range_are_refused(void)
{
    static const int bad[] = {0, 4, -1};
    WDF_OBJECT_ATTRIBUTES attributes;

    begin();
    for (size_t index = 0; index < ARRAYSIZE(bad); index++)
    {
        WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
        attributes.ExecutionLevel = (WDF_EXECUTION_LEVEL)bad[index];
        CHECK_STATUS(try_to_create(&attributes), STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
        WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
        attributes.SynchronizationScope = (WDF_SYNCHRONIZATION_SCOPE)(bad[index] == 4 ? 5 : bad[index]);
        CHECK_STATUS(try_to_create(&attributes), STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    }
    wdf_case_unload();
}

static void scope_is_for_objects_with_callbacks(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    begin();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeDevice;
    CHECK_STATUS(try_to_create(&attributes), STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    CHECK_STATUS(try_to_create(&attributes), STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID);
    attributes.SynchronizationScope = WdfSynchronizationScopeNone;
    CHECK_STATUS(try_to_create(&attributes), STATUS_SUCCESS);
    wdf_case_unload();
}

static void level_may_be_set_on_a_general_object_and_not_on_a_collection(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFCOLLECTION collection;

    begin();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    CHECK_STATUS(try_to_create(&attributes), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionCreate(&attributes, &collection), STATUS_WDF_EXECUTION_LEVEL_INVALID);
    CHECK(collection == NULL);
    wdf_case_unload();
}

static WDFOBJECT make(size_t size)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FIRST_CONTEXT);
    attributes.ContextSizeOverride = size;
    attributes.EvtCleanupCallback = FirstCleanup;
    attributes.EvtDestroyCallback = FirstDestroy;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    return object;
}

/* Every size around the steps of the allocator, and beyond what it has; also where somebody wrote before. */
static void context_of_any_size_is_zeroed_aligned_and_leads_back(void)
{
    begin();
    for (size_t size = sizeof(FIRST_CONTEXT); size < HUGE_CONTEXT; size += size < 512 ? 1 : 1021)
    {
        for (unsigned round = 0; round < 2; round++)
        {
            WDFOBJECT object = make(size);
            unsigned char *bytes = (unsigned char *)WdfObjectGet_FIRST_CONTEXT(object);

            CHECK_EQUAL((uintptr_t)bytes % 16, 0);
            CHECK(WdfObjectContextGetObject(bytes) == object);
            for (size_t index = 0; index < size; index++)
            {
                CHECK_EQUAL(bytes[index], 0);
            }
            memset(bytes, 0xA5, size);
            all.count = 0;
            WdfObjectDelete(object);
        }
    }
    wdf_case_unload();
}

static NTSTATUS add_second(WDFOBJECT object, void **ret_context)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, SECOND_CONTEXT);
    attributes.EvtCleanupCallback = SecondCleanup;
    attributes.EvtDestroyCallback = SecondDestroy;
    return WdfObjectAllocateContext(object, &attributes, ret_context);
}

static void callbacks_run_in_the_order_in_which_contexts_were_added(void)
{
    void *context;

    begin();
    all.object = make(0);
    CHECK(WdfObjectGet_SECOND_CONTEXT(all.object) == NULL);
    CHECK_STATUS(add_second(all.object, &context), STATUS_SUCCESS);
    CHECK(context == WdfObjectGet_SECOND_CONTEXT(all.object));
    CHECK(WdfObjectContextGetObject(context) == all.object);
    WdfObjectReference(all.object);
    WdfObjectDelete(all.object);
    CHECK(strcmp(all.heard, "ab") == 0);
    WdfObjectDereference(all.object);
    CHECK(strcmp(all.heard, "abAB") == 0);
    wdf_case_unload();
}

static void context_that_is_there_is_found_and_not_changed(void)
{
    void *first;
    void *second;

    begin();
    all.object = make(0);
    CHECK_STATUS(add_second(all.object, &first), STATUS_SUCCESS);
    WdfObjectGet_SECOND_CONTEXT(all.object)->Value = 7;
    CHECK_STATUS(add_second(all.object, &second), STATUS_OBJECT_NAME_EXISTS);
    CHECK(first == second);
    CHECK_EQUAL(WdfObjectGet_SECOND_CONTEXT(all.object)->Value, 7);
    WdfObjectDelete(all.object);
    CHECK(strcmp(all.heard, "abAB") == 0);
    wdf_case_unload();
}

static void added_context_checks_its_attributes(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    void *context;

    begin();
    all.object = make(0);
    CHECK_STATUS(WdfObjectAllocateContext(all.object, NULL, &context), STATUS_WDF_PARENT_NOT_SPECIFIED);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    CHECK_STATUS(WdfObjectAllocateContext(all.object, &attributes, &context), STATUS_OBJECT_NAME_INVALID);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, SECOND_CONTEXT);
    attributes.ParentObject = WdfGetDriver();
    CHECK_STATUS(WdfObjectAllocateContext(all.object, &attributes, &context), STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED);
    CHECK(context == NULL);
    WdfObjectDelete(all.object);
    CHECK(strcmp(all.heard, "aA") == 0);
    wdf_case_unload();
}

static void add_first(void *argument)
{
    (void)argument;
    all.statuses[0] = add_second(all.object, &all.contexts[0]);
}

static void two_that_add_one_type_get_the_same_context(void)
{
    struct nt_thread *thread;

    begin();
    all.object = make(0);
    thread = nt_thread_start(add_first, NULL);
    all.statuses[1] = add_second(all.object, &all.contexts[1]);
    nt_thread_join(thread);
    CHECK(all.contexts[0] != NULL && all.contexts[0] == all.contexts[1]);
    CHECK((all.statuses[0] == STATUS_SUCCESS && all.statuses[1] == STATUS_OBJECT_NAME_EXISTS) ||
          (all.statuses[1] == STATUS_SUCCESS && all.statuses[0] == STATUS_OBJECT_NAME_EXISTS));
    WdfObjectDelete(all.object);
    CHECK(strcmp(all.heard, "abAB") == 0);
    wdf_case_unload();
}

typedef struct _THIRD_CONTEXT
{
    ULONG Value;
} THIRD_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(THIRD_CONTEXT)

typedef struct _FOURTH_CONTEXT
{
    ULONG Value;
} FOURTH_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(FOURTH_CONTEXT)

static void add_two(void *argument)
{
    WDF_OBJECT_ATTRIBUTES third;
    WDF_OBJECT_ATTRIBUTES fourth;
    bool backwards = argument != NULL;
    void *context;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&third, THIRD_CONTEXT);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&fourth, FOURTH_CONTEXT);
    for (int index = 0; index < 2; index++)
    {
        bool is_third = (index == 0) != backwards;
        NTSTATUS status = WdfObjectAllocateContext(all.object, is_third ? &third : &fourth, &context);
        const ULONG *value =
            is_third ? &WdfObjectGet_THIRD_CONTEXT(all.object)->Value : &WdfObjectGet_FOURTH_CONTEXT(all.object)->Value;

        CHECK(status == STATUS_SUCCESS || status == STATUS_OBJECT_NAME_EXISTS);
        CHECK(context == (const void *)value);
        (void)InterlockedIncrement((volatile LONG *)context);
    }
}

/* Each type is there once, whoever was first, and nobody's is lost. */
static void several_that_add_several_types_lose_none(void)
{
    struct nt_thread *threads[3];

    begin();
    all.object = make(0);
    for (int index = 0; index < 3; index++)
    {
        threads[index] = nt_thread_start(add_two, index % 2 == 0 ? NULL : &all);
    }
    CHECK_STATUS(add_second(all.object, &all.contexts[0]), STATUS_SUCCESS);
    for (int index = 0; index < 3; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(WdfObjectGet_THIRD_CONTEXT(all.object)->Value, 3);
    CHECK_EQUAL(WdfObjectGet_FOURTH_CONTEXT(all.object)->Value, 3);
    CHECK(WdfObjectGet_SECOND_CONTEXT(all.object) == all.contexts[0]);
    WdfObjectDelete(all.object);
    CHECK(strcmp(all.heard, "abAB") == 0);
    wdf_case_unload();
}

static void adder_that_races_the_deletion_is_told(void)
{
    struct nt_thread *thread;

    begin();
    all.object = make(0);
    WdfObjectReference(all.object);
    thread = nt_thread_start(add_first, NULL);
    WdfObjectDelete(all.object);
    nt_thread_join(thread);
    CHECK(all.statuses[0] == STATUS_SUCCESS || all.statuses[0] == STATUS_DELETE_PENDING);
    CHECK((all.contexts[0] != NULL) == (all.statuses[0] == STATUS_SUCCESS));
    WdfObjectDereference(all.object);
    CHECK(strcmp(all.heard, all.statuses[0] == STATUS_SUCCESS ? "abAB" : "aA") == 0);
    wdf_case_unload();
}

static void create_and_add(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;
    void *context;
    NTSTATUS status;

    memset(&all, 0, sizeof(all));
    all.lacks_memory = true;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FIRST_CONTEXT);
    attributes.ContextSizeOverride = HUGE_CONTEXT;
    attributes.EvtCleanupCallback = FirstCleanup;
    attributes.EvtDestroyCallback = FirstDestroy;
    status = WdfObjectCreate(&attributes, &object);
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (!NT_SUCCESS(status))
    {
        CHECK(object == NULL && all.count == 0);
        return;
    }
    status = add_second(object, &context);
    CHECK((status == STATUS_SUCCESS && context != NULL) || (status == STATUS_INSUFFICIENT_RESOURCES && context == NULL));
    WdfObjectDelete(object);
    CHECK(strcmp(all.heard, NT_SUCCESS(status) ? "abAB" : "aA") == 0);
}

static void each_allocation_of_object_and_context_may_fail(void)
{
    begin();
    nt_fail_each_allocation(create_and_add);
    wdf_case_unload();
}

static void impossible_size_is_refused_for_want_of_memory(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    begin();
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FIRST_CONTEXT);
    attributes.ContextSizeOverride = (size_t)-1;
    CHECK_STATUS(try_to_create(&attributes), STATUS_INSUFFICIENT_RESOURCES);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(attributes_of_a_wrong_size_are_refused),
    CASE(contexts_that_make_no_sense_are_refused),
    CASE(levels_and_scopes_out_of_range_are_refused),
    CASE(scope_is_for_objects_with_callbacks),
    CASE(level_may_be_set_on_a_general_object_and_not_on_a_collection),
    CASE(context_of_any_size_is_zeroed_aligned_and_leads_back),
    CASE(callbacks_run_in_the_order_in_which_contexts_were_added),
    CASE(context_that_is_there_is_found_and_not_changed),
    CASE(added_context_checks_its_attributes),
    CASE(two_that_add_one_type_get_the_same_context),
    CASE(several_that_add_several_types_lose_none),
    CASE(adder_that_races_the_deletion_is_told),
    CASE(each_allocation_of_object_and_context_may_fail),
    CASE(impossible_size_is_refused_for_want_of_memory),
    CASES_END,
};
