/* SPDX-License-Identifier: MIT */
/*
 * Rule V52: memory is freed while something in it is in use.
 */
#include <string.h>

#include "wdf_case.h"

#define TAG 'kooL'

struct block
{
    ULONG before;
    KTIMER timer;
    KDPC dpc;
    KEVENT event;
    WORK_QUEUE_ITEM item;
};

static struct block *load_and_allocate(void)
{
    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    wdf_case_load(NULL);
    return ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(struct block), TAG);
}

static void start_timer(PKTIMER timer)
{
    LARGE_INTEGER due = {.QuadPart = -10LL * 1000 * 1000 * 1000};

    KeInitializeTimer(timer);
    (void)KeSetTimer(timer, due, NULL);
}

/* What was freed is touched by who uses it, so the case ends it before the memory is really gone: in the report. */
static PKTIMER ended_in_report;

static void end_timer(const struct testkit_finding *finding, void *context)
{
    unsigned *count = context;

    (*count)++;
    CHECK(strcmp(finding->rule, "V52") == 0);
    CHECK(strcmp(finding->function, "ExFreePool") == 0);
    CHECK(finding->handle == ended_in_report);
    (void)KeCancelTimer(ended_in_report);
}

static void v52_pool_is_freed_with_a_running_timer(void)
{
    struct block *block = load_and_allocate();
    unsigned count = 0;

    ended_in_report = &block->timer;
    testkit_listen(end_timer, &count);
    start_timer(&block->timer);
    ExFreePoolWithTag(block, TAG);
    CHECK_EQUAL(count, 1);
    wdf_case_unload();
}

static void v52_silent_timer_is_stopped_before_its_pool_is_freed(void)
{
    struct block *block = load_and_allocate();

    start_timer(&block->timer);
    CHECK(KeCancelTimer(&block->timer));
    SILENT(V52, ExFreePoolWithTag(block, TAG));
    wdf_case_unload();
}

static KDEFERRED_ROUTINE do_nothing;

static VOID do_nothing(PKDPC Dpc, PVOID Context, PVOID First, PVOID Second)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(First);
    UNREFERENCED_PARAMETER(Second);
}

static PKDPC removed_in_report;

static void remove_call(const struct testkit_finding *finding, void *context)
{
    unsigned *count = context;

    (*count)++;
    CHECK(strcmp(finding->rule, "V52") == 0);
    CHECK(finding->handle == removed_in_report);
    CHECK(KeRemoveQueueDpc(removed_in_report));
}

static void v52_pool_is_freed_with_a_queued_call(void)
{
    struct block *block = load_and_allocate();
    unsigned count = 0;
    KIRQL before;

    removed_in_report = &block->dpc;
    testkit_listen(remove_call, &count);
    KeInitializeDpc(&block->dpc, do_nothing, NULL);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    CHECK(KeInsertQueueDpc(&block->dpc, NULL, NULL));
    ExFreePoolWithTag(block, TAG);
    KeLowerIrql(before);
    CHECK_EQUAL(count, 1);
    wdf_case_unload();
}

static void v52_silent_call_has_run(void)
{
    struct block *block = load_and_allocate();

    KeInitializeDpc(&block->dpc, do_nothing, NULL);
    CHECK(KeInsertQueueDpc(&block->dpc, NULL, NULL));
    KeFlushQueuedDpcs();
    SILENT(V52, ExFreePoolWithTag(block, TAG));
    wdf_case_unload();
}

/* The waiter says that it is about to wait; that it waits is asked for by the number of those that are let go. */
static struct block *waited_for;
static struct nt_thread *waiter;

static void wait_for_event(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    (void)KeWaitForSingleObject(&waited_for->event, Executive, KernelMode, FALSE, NULL);
}

static void let_waiter_go(const struct testkit_finding *finding, void *context)
{
    unsigned *count = context;

    (*count)++;
    CHECK(strcmp(finding->rule, "V52") == 0);
    CHECK(finding->handle == &waited_for->event);
    (void)KeSetEvent(&waited_for->event, 0, FALSE);
    nt_thread_join(waiter);
}

/* Looks into the event without the lock that only the runtime has; whichever of the two it sees, the loop goes on or ends well. */
static __attribute__((no_sanitize("thread"), noinline)) bool nobody_waits(const KEVENT *event)
{
    return *(PLIST_ENTRY const volatile *)&event->Header.WaitListHead.Flink == &event->Header.WaitListHead;
}

static void v52_pool_is_freed_with_an_event_that_a_thread_waits_for(void)
{
    unsigned count = 0;

    waited_for = load_and_allocate();
    testkit_listen(let_waiter_go, &count);
    KeInitializeEvent(&waited_for->event, NotificationEvent, FALSE);
    waiter = nt_thread_start(wait_for_event, NULL);
    while (nobody_waits(&waited_for->event))
    {
        YieldProcessor();
        (void)KeDelayExecutionThread(KernelMode, FALSE, &(LARGE_INTEGER){.QuadPart = 0});
    }
    ExFreePoolWithTag(waited_for, TAG);
    CHECK_EQUAL(count, 1);
    wdf_case_unload();
}

typedef struct
{
    ULONG before;
    KTIMER timer;
} TIMER_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(TIMER_CONTEXT, timer_context)

static VOID stop_timer(WDFOBJECT Object)
{
    (void)KeCancelTimer(&timer_context(Object)->timer);
}

static void end_context_timer(const struct testkit_finding *finding, void *context)
{
    unsigned *count = context;

    (*count)++;
    CHECK(strcmp(finding->rule, "V52") == 0);
    CHECK(strcmp(finding->function, "EvtDestroyCallback") == 0);
    CHECK(finding->handle == ended_in_report);
    (void)KeCancelTimer(ended_in_report);
}

static WDFOBJECT object_with_timer(PFN_WDF_OBJECT_CONTEXT_CLEANUP cleanup)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    wdf_case_load(NULL);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, TIMER_CONTEXT);
    attributes.EvtCleanupCallback = cleanup;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    start_timer(&timer_context(object)->timer);
    return object;
}

static void v52_context_goes_with_a_running_timer(void)
{
    WDFOBJECT object = object_with_timer(NULL);
    unsigned count = 0;

    ended_in_report = &timer_context(object)->timer;
    testkit_listen(end_context_timer, &count);
    WdfObjectDelete(object);
    CHECK_EQUAL(count, 1);
    wdf_case_unload();
}

static void v52_silent_cleanup_stops_the_timer_of_the_context(void)
{
    WDFOBJECT object = object_with_timer(stop_timer);

    SILENT(V52, WdfObjectDelete(object));
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(v52_pool_is_freed_with_a_running_timer),
    CASE(v52_silent_timer_is_stopped_before_its_pool_is_freed),
    CASE(v52_pool_is_freed_with_a_queued_call),
    CASE(v52_silent_call_has_run),
    CASE(v52_pool_is_freed_with_an_event_that_a_thread_waits_for),
    CASE(v52_context_goes_with_a_running_timer),
    CASE(v52_silent_cleanup_stops_the_timer_of_the_context),
    CASES_END,
};
