/* SPDX-License-Identifier: MIT */
/*
 * Deletion: its order, and what is left to a worker because it is too high a level for it. The levels are the kernel flavour's.
 */
#include "wdf_case.h"

#include <string.h>

#define EVENTS 32

typedef struct _NODE_CONTEXT
{
    char Name;
    WDFOBJECT DeleteInCleanup;
} NODE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(NODE_CONTEXT)

/* What happened, as text: a small letter is a cleanup callback, a capital a destroy callback. */
static struct
{
    char text[EVENTS + 1];
    unsigned count;
    KIRQL highest;
} heard;

static void hear(char event)
{
    unsigned index = __atomic_fetch_add(&heard.count, 1, __ATOMIC_SEQ_CST);

    CHECK(index < EVENTS);
    heard.text[index] = event;
    if (KeGetCurrentIrql() > heard.highest)
    {
        heard.highest = KeGetCurrentIrql();
    }
}

/* This has happened, and perhaps more after it. */
static void expect_first(const char *text)
{
    unsigned index = 0;

    while (text[index] != 0 && heard.text[index] == text[index])
    {
        index++;
    }
    if (text[index] != 0)
    {
        DbgPrint("heard %s, expected %s\n", heard.text, text);
    }
    CHECK(text[index] == 0);
}

/* This has happened and nothing else. */
static void expect(const char *text)
{
    expect_first(text);
    CHECK_EQUAL(heard.count, strlen(text));
}

static EVT_WDF_OBJECT_CONTEXT_CLEANUP NodeCleanup;
static EVT_WDF_OBJECT_CONTEXT_DESTROY NodeDestroy;

static VOID NodeCleanup(WDFOBJECT Object)
{
    NODE_CONTEXT *context = WdfObjectGet_NODE_CONTEXT(Object);

    hear(context->Name);
    if (context->DeleteInCleanup != NULL)
    {
        WdfObjectDelete(context->DeleteInCleanup);
    }
}

static VOID NodeDestroy(WDFOBJECT Object)
{
    hear((char)(WdfObjectGet_NODE_CONTEXT(Object)->Name - 'a' + 'A'));
}

static void load(void)
{
    RtlZeroMemory(&heard, sizeof(heard));
    wdf_case_load(NULL);
}

static void node_attributes(WDF_OBJECT_ATTRIBUTES *attributes, WDFOBJECT parent)
{
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(attributes, NODE_CONTEXT);
    attributes->EvtCleanupCallback = NodeCleanup;
    attributes->EvtDestroyCallback = NodeDestroy;
    attributes->ParentObject = parent;
}

static WDFOBJECT make_node(char name, WDFOBJECT parent)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    node_attributes(&attributes, parent);
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    WdfObjectGet_NODE_CONTEXT(object)->Name = name;
    return object;
}

/* A string is one of the classes that are disposed of at PASSIVE_LEVEL only. */
static WDFOBJECT make_passive_node(char name, WDFOBJECT parent)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFSTRING object;

    node_attributes(&attributes, parent);
    CHECK_STATUS(WdfStringCreate(NULL, &attributes, &object), STATUS_SUCCESS);
    WdfObjectGet_NODE_CONTEXT(object)->Name = name;
    return object;
}

static void delete_at_dispatch(WDFOBJECT object)
{
    KIRQL before;

    KeRaiseIrql(DISPATCH_LEVEL, &before);
    WdfObjectDelete(object);
    KeLowerIrql(before);
}

static void children_go_before_their_parent_and_the_oldest_first(void)
{
    WDFOBJECT root;
    WDFOBJECT child;

    load();
    root = make_node('r', NULL);
    child = make_node('a', root);
    (void)make_node('b', root);
    (void)make_node('c', child);
    (void)make_node('d', child);
    WdfObjectDelete(root);
    expect("cdabrCDABR");
    wdf_case_unload();
}

static void reference_keeps_the_object_from_being_destroyed_only(void)
{
    WDFOBJECT root;
    WDFOBJECT child;

    load();
    root = make_node('r', NULL);
    child = make_node('a', root);
    WdfObjectReference(child);
    WdfObjectDelete(root);
    expect("arR");
    CHECK_EQUAL(WdfObjectGet_NODE_CONTEXT(child)->Name, 'a');
    WdfObjectDereference(child);
    expect("arRA");
    wdf_case_unload();
}

static void deleting_again_does_nothing(void)
{
    WDFOBJECT object;

    load();
    object = make_node('a', NULL);
    WdfObjectReference(object);
    WdfObjectDelete(object);
    WdfObjectDelete(object);
    WdfObjectDereference(object);
    expect("aA");
    wdf_case_unload();
}

static void object_that_deletes_itself_in_its_cleanup_is_deleted_once(void)
{
    WDFOBJECT object;

    load();
    object = make_node('a', NULL);
    WdfObjectGet_NODE_CONTEXT(object)->DeleteInCleanup = object;
    WdfObjectDelete(object);
    expect("aA");
    wdf_case_unload();
}

static void child_may_delete_its_parent_in_its_cleanup(void)
{
    WDFOBJECT root;
    WDFOBJECT child;

    load();
    root = make_node('r', NULL);
    child = make_node('a', root);
    WdfObjectGet_NODE_CONTEXT(child)->DeleteInCleanup = root;
    WdfObjectDelete(child);
    expect("arRA");
    wdf_case_unload();
}

static void sibling_that_is_deleted_by_another_waits_for_its_turn(void)
{
    WDFOBJECT root;
    WDFOBJECT first;

    load();
    root = make_node('r', NULL);
    first = make_node('a', root);
    (void)make_node('b', root);
    WdfObjectGet_NODE_CONTEXT(first)->DeleteInCleanup = make_node('c', root);
    WdfObjectDelete(root);
    expect("abcrABCR");
    wdf_case_unload();
}

static void deep_trees_need_no_deep_stack(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT root;
    WDFOBJECT object;
    int depth = nt_is_simulated() ? 2000 : 100000;

    load();
    CHECK_STATUS(WdfObjectCreate(WDF_NO_OBJECT_ATTRIBUTES, &root), STATUS_SUCCESS);
    object = root;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    for (int level = 0; level < depth; level++)
    {
        attributes.ParentObject = object;
        CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    }
    (void)make_node('a', object);
    WdfObjectDelete(root);
    expect("aA");
    wdf_case_unload();
}

static void tree_that_bears_dispatch_level_is_disposed_of_there(void)
{
    WDFOBJECT root;

    load();
    root = make_node('r', NULL);
    (void)make_node('a', root);
    delete_at_dispatch(root);
    expect("arAR");
    CHECK_EQUAL(heard.highest, DISPATCH_LEVEL);
    wdf_case_unload();
}

static void passive_descendant_leaves_the_whole_tree_to_a_worker(void)
{
    WDFOBJECT root;
    WDFOBJECT child;
    KIRQL before;

    load();
    root = make_node('r', NULL);
    (void)make_node('a', root);
    child = make_node('b', root);
    (void)make_passive_node('c', child);
    (void)make_node('d', root);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    WdfObjectReference(root);
    WdfObjectDelete(root);
    WdfObjectDelete(root);
    KeLowerIrql(before);
    WdfObjectDereference(root);
    wdf_case_unload();
    expect("acbdrACBDR");
    CHECK_EQUAL(heard.highest, PASSIVE_LEVEL);
}

static void deferred_object_is_going_away_at_once(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT root;
    WDFOBJECT child;
    WDFOBJECT made;

    load();
    root = make_passive_node('r', NULL);
    child = make_node('a', root);
    WdfObjectReference(root);
    WdfObjectReference(child);
    delete_at_dispatch(root);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = root;
    CHECK_STATUS(WdfObjectCreate(&attributes, &made), STATUS_DELETE_PENDING);
    attributes.ParentObject = child;
    CHECK_STATUS(WdfObjectCreate(&attributes, &made), STATUS_DELETE_PENDING);
    WdfObjectDereference(child);
    WdfObjectDereference(root);
    wdf_case_unload();
    expect_first("ar");
    CHECK_EQUAL(heard.count, 4);
}

static void object_of_passive_level_is_left_to_a_worker(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    load();
    node_attributes(&attributes, NULL);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    WdfObjectGet_NODE_CONTEXT(object)->Name = 'a';
    delete_at_dispatch(object);
    wdf_case_unload();
    expect("aA");
    CHECK_EQUAL(heard.highest, PASSIVE_LEVEL);
}

static WDFMEMORY make_memory(POOL_TYPE pool, WDFOBJECT parent)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY memory;

    node_attributes(&attributes, parent);
    CHECK_STATUS(WdfMemoryCreate(&attributes, pool, 0, 64, &memory, NULL), STATUS_SUCCESS);
    WdfObjectGet_NODE_CONTEXT(memory)->Name = 'm';
    return memory;
}

static void memory_of_paged_pool_is_left_to_a_worker(void)
{
    load();
    delete_at_dispatch(make_memory(PagedPool, make_node('r', NULL)));
    delete_at_dispatch(make_memory(PagedPool, NULL));
    wdf_case_unload();
    CHECK_EQUAL(heard.count, 6);
    CHECK_EQUAL(heard.highest, PASSIVE_LEVEL);
}

static void memory_of_nonpaged_pool_goes_where_it_is_deleted(void)
{
    load();
    delete_at_dispatch(make_memory(NonPagedPoolNx, NULL));
    expect("mM");
    CHECK_EQUAL(heard.highest, DISPATCH_LEVEL);
    wdf_case_unload();
}

static void last_reference_on_paged_memory_dropped_at_dispatch_is_left_to_a_worker(void)
{
    WDFMEMORY memory;
    KIRQL before;

    load();
    memory = make_memory(PagedPool, NULL);
    WdfObjectReference(memory);
    WdfObjectDelete(memory);
    expect("m");
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    WdfObjectDereference(memory);
    KeLowerIrql(before);
    wdf_case_unload();
    expect("mM");
    CHECK_EQUAL(heard.highest, PASSIVE_LEVEL);
}

static void deferral_needs_no_memory(void)
{
    WDFOBJECT root;
    KIRQL before;

    load();
    root = make_passive_node('r', NULL);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    nt_fail_allocation(1);
    WdfObjectDelete(root);
    nt_fail_allocation(0);
    KeLowerIrql(before);
    wdf_case_unload();
    expect("rR");
}

static void last_reference_dropped_at_dispatch_leaves_destruction_to_a_worker(void)
{
    WDFOBJECT object;
    KIRQL before;

    load();
    object = make_passive_node('a', NULL);
    WdfObjectReference(object);
    WdfObjectDelete(object);
    expect("a");
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    WdfObjectDereference(object);
    KeLowerIrql(before);
    wdf_case_unload();
    expect("aA");
    CHECK_EQUAL(heard.highest, PASSIVE_LEVEL);
}

static void last_reference_dropped_at_dispatch_destroys_what_bears_it(void)
{
    WDFOBJECT object;
    KIRQL before;

    load();
    object = make_node('a', NULL);
    WdfObjectReference(object);
    WdfObjectDelete(object);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    WdfObjectDereference(object);
    KeLowerIrql(before);
    expect("aA");
    CHECK_EQUAL(heard.highest, DISPATCH_LEVEL);
    wdf_case_unload();
}

static void unloading_waits_for_all_that_was_deferred(void)
{
    WDFOBJECT objects[8];

    load();
    for (int index = 0; index < 8; index++)
    {
        objects[index] = make_passive_node('a', NULL);
    }
    for (int index = 0; index < 8; index++)
    {
        delete_at_dispatch(objects[index]);
    }
    wdf_case_unload();
    CHECK_EQUAL(heard.count, 16);
}

/* A callback on the worker leaves more to the worker. */
static void deferred_cleanup_may_defer_more(void)
{
    WDFOBJECT first;

    load();
    first = make_passive_node('a', NULL);
    WdfObjectGet_NODE_CONTEXT(first)->DeleteInCleanup = make_passive_node('b', NULL);
    delete_at_dispatch(first);
    wdf_case_unload();
    expect("abBA");
}

static void delete_in_thread(void *object)
{
    WdfObjectDelete(object);
}

static void delete_in_thread_at_dispatch(void *object)
{
    delete_at_dispatch(object);
}

static void deleted_from_several_threads_it_is_deleted_once(void)
{
    struct nt_thread *threads[3];
    WDFOBJECT root;

    load();
    root = make_node('r', NULL);
    (void)make_passive_node('a', root);
    WdfObjectReference(root);
    threads[0] = nt_thread_start(delete_in_thread, root);
    threads[1] = nt_thread_start(delete_in_thread_at_dispatch, root);
    threads[2] = nt_thread_start(delete_in_thread, root);
    for (int index = 0; index < 3; index++)
    {
        nt_thread_join(threads[index]);
    }
    WdfObjectDereference(root);
    wdf_case_unload();
    expect_first("ar");
    CHECK_EQUAL(heard.count, 4);
}

static void parent_and_child_deleted_at_once_are_each_deleted_once(void)
{
    struct nt_thread *thread;
    WDFOBJECT root;
    WDFOBJECT child;

    load();
    root = make_node('r', NULL);
    child = make_passive_node('a', root);
    WdfObjectReference(child);
    thread = nt_thread_start(delete_in_thread_at_dispatch, child);
    WdfObjectDelete(root);
    nt_thread_join(thread);
    WdfObjectDereference(child);
    wdf_case_unload();
    CHECK_EQUAL(heard.count, 4);
}

static void reference_dropped_once_too_often_stops(void)
{
    WDFOBJECT object;

    load();
    object = make_node('a', NULL);
    WdfObjectDereference(object);
}

static EVT_WDF_OBJECT_CONTEXT_CLEANUP LastWords;

static VOID LastWords(WDFOBJECT Object)
{
    (void)Object;
    DbgPrint("cleanup has run\n");
}

static void cleanup_runs_before_the_stop_for_an_excess_dereference(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    load();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = LastWords;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    WdfObjectDereference(object);
}

static EVT_WDF_OBJECT_CONTEXT_DESTROY DropAgain;

static VOID DropAgain(WDFOBJECT Object)
{
    WdfObjectDereference(Object);
}

static void reference_dropped_below_zero_stops(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    load();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtDestroyCallback = DropAgain;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    WdfObjectDelete(object);
}

const struct nt_case nt_cases[] = {
    CASE(children_go_before_their_parent_and_the_oldest_first),
    CASE(reference_keeps_the_object_from_being_destroyed_only),
    CASE(deleting_again_does_nothing),
    CASE(object_that_deletes_itself_in_its_cleanup_is_deleted_once),
    CASE(child_may_delete_its_parent_in_its_cleanup),
    CASE(sibling_that_is_deleted_by_another_waits_for_its_turn),
    CASE(deep_trees_need_no_deep_stack),
    CASE(tree_that_bears_dispatch_level_is_disposed_of_there),
    CASE(passive_descendant_leaves_the_whole_tree_to_a_worker),
    CASE(deferred_object_is_going_away_at_once),
    CASE(object_of_passive_level_is_left_to_a_worker),
    CASE(memory_of_paged_pool_is_left_to_a_worker),
    CASE(memory_of_nonpaged_pool_goes_where_it_is_deleted),
    CASE(last_reference_on_paged_memory_dropped_at_dispatch_is_left_to_a_worker),
    CASE(deferral_needs_no_memory),
    CASE(last_reference_dropped_at_dispatch_leaves_destruction_to_a_worker),
    CASE(last_reference_dropped_at_dispatch_destroys_what_bears_it),
    CASE(unloading_waits_for_all_that_was_deferred),
    CASE(deferred_cleanup_may_defer_more),
    CASE(deleted_from_several_threads_it_is_deleted_once),
    CASE(parent_and_child_deleted_at_once_are_each_deleted_once),
    STOPS(reference_dropped_once_too_often_stops, "WDF violation 7"),
    STOPS(cleanup_runs_before_the_stop_for_an_excess_dereference, "cleanup has run...WDF violation 7"),
    STOPS(reference_dropped_below_zero_stops, "WDF violation 7"),
    CASES_END,
};
