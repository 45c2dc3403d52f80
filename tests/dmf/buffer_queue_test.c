/* SPDX-License-Identifier: MIT */
/*
 * BufferQueue.
 */
#include "module_case.h"

#include "case_signal.h"

static DMF_CONFIG_BufferQueue config;
static DMF_MODULE_ATTRIBUTES attributes;
static DMFMODULE queue;
static struct case_signal expired;
static LONG reused;

/* The last look at a buffer: its contents are still there. */
static VOID look(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext)
{
    CHECK(DmfModule == queue);
    CHECK_EQUAL(*(UCHAR *)ClientBuffer, 0x5A);
    CHECK(ClientBufferContext != NULL);
    InterlockedIncrement(&reused);
}

static void describe(ULONG count, ULONG context_size, BOOLEAN with_timer)
{
    DMF_CONFIG_BufferQueue_AND_ATTRIBUTES_INIT(&config, &attributes);
    CHECK_EQUAL(config.SourceSettings.PoolType, NonPagedPoolNx);
    config.SourceSettings.BufferCount = count;
    config.SourceSettings.BufferSize = 16;
    config.SourceSettings.BufferContextSize = context_size;
    config.SourceSettings.CreateWithTimer = with_timer;
    config.EvtBufferQueueReuseCleanup = look;
}

static void begin_described(enum dmf_case_life life)
{
    reused = 0;
    case_signal_make(&expired);
    queue = dmf_case_begin(life, &attributes);
}

static void begin(ULONG count, ULONG context_size, BOOLEAN with_timer)
{
    describe(count, context_size, with_timer);
    begin_described(DMF_CASE_STATIC);
}

static void end(void)
{
    dmf_case_end();
    case_signal_free(&expired);
}

static VOID *fetch(void)
{
    UCHAR *buffer;

    CHECK_STATUS(DMF_BufferQueue_Fetch(queue, (VOID **)&buffer, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(*buffer, 0);
    *buffer = 0x5A;
    return buffer;
}

static VOID *dequeue(void)
{
    VOID *buffer;

    CHECK_STATUS(DMF_BufferQueue_Dequeue(queue, &buffer, NULL), STATUS_SUCCESS);
    return buffer;
}

static void context_that_leaves_no_room_for_the_modules_own_is_refused(void)
{
    DMFMODULE module;

    FOR_EACH_LIFE
    {
        describe(1, 0xFFFFFFF9, FALSE);
        CHECK_STATUS(dmf_case_try(life, &attributes, &module), STATUS_INVALID_PARAMETER);
    }
}

static void buffers_go_through_the_queue_in_every_life(void)
{
    FOR_EACH_LIFE
    {
        UCHAR *buffer;
        UCHAR *context;
        VOID *none = &config;

        describe(2, 5, FALSE);
        begin_described(life);
        for (ULONG round = 0; round < 3; round++)
        {
            CHECK_STATUS(DMF_BufferQueue_Fetch(queue, (VOID **)&buffer, (VOID **)&context), STATUS_SUCCESS);
            CHECK(buffer[0] == 0 && context[0] == 0 && context[4] == 0);
            memset(buffer, 0x5A, 16);
            memset(context, 0xA5, 5);
            DMF_BufferQueue_Enqueue(queue, buffer);
            CHECK_EQUAL(DMF_BufferQueue_Count(queue), 1);
            CHECK_STATUS(DMF_BufferQueue_Dequeue(queue, (VOID **)&buffer, (VOID **)&context), STATUS_SUCCESS);
            CHECK(buffer[0] == 0x5A && buffer[15] == 0x5A && context[0] == 0xA5 && context[4] == 0xA5);
            CHECK_EQUAL(DMF_BufferQueue_Count(queue), 0);
            DMF_BufferQueue_Reuse(queue, buffer);
            CHECK_EQUAL(reused, round + 1);
        }
        CHECK_STATUS(DMF_BufferQueue_Dequeue(queue, &none, NULL), STATUS_UNSUCCESSFUL);
        CHECK(none == &config);
        end();
    }
}

static void queue_is_first_in_first_out_unless_put_at_its_head(void)
{
    WDF_MEMORY_DESCRIPTOR descriptor;
    VOID *buffers[3];
    VOID *buffer;
    VOID *context;

    begin(3, 8, FALSE);
    CHECK_STATUS(DMF_BufferQueue_DequeueWithMemoryDescriptor(queue, &buffer, &descriptor, &context),
                 STATUS_INSUFFICIENT_RESOURCES);
    for (ULONG index = 0; index < 3; index++)
    {
        buffers[index] = fetch();
    }
    CHECK_STATUS(DMF_BufferQueue_Fetch(queue, &buffer, NULL), STATUS_UNSUCCESSFUL);
    DMF_BufferQueue_Enqueue(queue, buffers[0]);
    DMF_BufferQueue_Enqueue(queue, buffers[1]);
    DMF_BufferQueue_EnqueueAtHead(queue, buffers[2]);
    CHECK_EQUAL(DMF_BufferQueue_Count(queue), 3);
    CHECK(dequeue() == buffers[2]);
    CHECK(dequeue() == buffers[0]);
    CHECK_STATUS(DMF_BufferQueue_DequeueWithMemoryDescriptor(queue, &buffer, &descriptor, &context), STATUS_SUCCESS);
    CHECK(buffer == buffers[1]);
    CHECK(context != NULL);
    CHECK_EQUAL(descriptor.Type, WdfMemoryDescriptorTypeHandle);
    for (ULONG index = 0; index < 3; index++)
    {
        DMF_BufferQueue_Reuse(queue, buffers[index]);
    }
    end();
}

static void fetch_beyond_the_count_needs_buffers_on_demand(void)
{
    VOID *buffers[4];

    describe(2, 0, FALSE);
    config.SourceSettings.EnableLookAside = TRUE;
    begin_described(DMF_CASE_STATIC);
    for (ULONG index = 0; index < 4; index++)
    {
        buffers[index] = fetch();
    }
    for (ULONG index = 0; index < 4; index++)
    {
        DMF_BufferQueue_Reuse(queue, buffers[index]);
    }
    CHECK_EQUAL(reused, 4);
    end();
}

static void context_is_never_null(void)
{
    VOID *buffer;
    VOID *contexts[2];

    for (ULONG size = 0; size < 10; size++)
    {
        begin(1, size, TRUE);
        CHECK_STATUS(DMF_BufferQueue_Fetch(queue, &buffer, &contexts[0]), STATUS_SUCCESS);
        CHECK(contexts[0] != NULL);
        *(UCHAR *)buffer = 0x5A;
        memset(contexts[0], 0xFF, size);
        DMF_BufferQueue_ContextGet(queue, buffer, &contexts[1]);
        CHECK(contexts[0] == contexts[1]);
        CHECK_STATUS(
            DMF_BufferQueue_EnqueueWithTimer(queue, buffer, 3600000, (EVT_DMF_BufferPool_TimerCallback *)(VOID *)1, NULL),
            STATUS_SUCCESS);
        CHECK_STATUS(DMF_BufferQueue_Dequeue(queue, &buffer, &contexts[1]), STATUS_SUCCESS);
        CHECK(contexts[0] == contexts[1]);
        for (ULONG byte = 0; byte < size; byte++)
        {
            CHECK_EQUAL(((UCHAR *)contexts[0])[byte], 0xFF);
        }
        DMF_BufferQueue_Reuse(queue, buffer);
        end();
    }
}

static void flush_and_close_give_back_what_is_queued_and_nothing_else(void)
{
    FOR_EACH_LIFE
    {
        describe(6, 0, FALSE);
        begin_described(life);
        (void)fetch();
        for (ULONG index = 0; index < 2; index++)
        {
            DMF_BufferQueue_Enqueue(queue, fetch());
        }
        DMF_BufferQueue_Flush(queue);
        CHECK_EQUAL(reused, 2);
        CHECK_EQUAL(DMF_BufferQueue_Count(queue), 0);
        DMF_BufferQueue_Flush(queue);
        CHECK_EQUAL(reused, 2);
        for (ULONG index = 0; index < 3; index++)
        {
            DMF_BufferQueue_Enqueue(queue, fetch());
        }
        end();
        CHECK_EQUAL(reused, 5);
    }
}

static void reuse_needs_no_callback(void)
{
    describe(1, 0, FALSE);
    config.EvtBufferQueueReuseCleanup = NULL;
    begin_described(DMF_CASE_STATIC);
    DMF_BufferQueue_Reuse(queue, fetch());
    DMF_BufferQueue_Enqueue(queue, fetch());
    DMF_BufferQueue_Flush(queue);
    (void)fetch();
    end();
}

static ULONG shown;

static BufferPool_EnumerationDispositionType remove_second(DMFMODULE DmfModule, VOID *ClientBuffer,
                                                           VOID *ClientBufferContext, VOID *ClientDriverCallbackContext)
{
    CHECK(DmfModule != queue);
    CHECK(DMF_ParentModuleGet(DmfModule) == queue);
    CHECK(ClientBuffer != NULL && ClientBufferContext != NULL);
    CHECK(ClientDriverCallbackContext == &shown);
    return ++shown == 2 ? BufferPool_EnumerationDisposition_RemoveAndStopEnumeration :
                          BufferPool_EnumerationDisposition_ContinueEnumeration;
}

static void enumeration_shows_the_queue_through_its_child(void)
{
    VOID *buffers[3];
    VOID *buffer;
    VOID *context;

    begin(3, 4, FALSE);
    for (ULONG index = 0; index < 3; index++)
    {
        buffers[index] = fetch();
        DMF_BufferQueue_Enqueue(queue, buffers[index]);
    }
    shown = 0;
    DMF_BufferQueue_Enumerate(queue, remove_second, &shown, &buffer, &context);
    CHECK(buffer == buffers[1]);
    CHECK(context != NULL);
    CHECK_EQUAL(DMF_BufferQueue_Count(queue), 2);
    DMF_BufferQueue_Reuse(queue, buffer);
    DMF_BufferQueue_Enumerate(queue, remove_second, &shown, &buffer, NULL);
    CHECK(buffer == NULL);
    CHECK_EQUAL(shown, 4);
    end();
}

static VOID reuse_expired(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                          VOID *ClientDriverCallbackContext)
{
    VOID *context;

    CHECK(DmfModule == queue);
    DMF_BufferQueue_ContextGet(DmfModule, ClientBuffer, &context);
    CHECK(context == ClientBufferContext);
    CHECK(ClientDriverCallbackContext == &expired);
    DMF_BufferQueue_Reuse(DmfModule, ClientBuffer);
    case_signal_give(&expired);
}

static void buffer_whose_time_is_over_comes_with_the_queues_handle(void)
{
    static const ULONG sizes[4] = {0, 3, 8, 13};

    for (ULONG index = 0; index < 4; index++)
    {
        begin(1, sizes[index], TRUE);
        CHECK_STATUS(DMF_BufferQueue_EnqueueWithTimer(queue, fetch(), 1, reuse_expired, &expired), STATUS_SUCCESS);
        case_signal_take(&expired);
        CHECK_EQUAL(reused, 1);
        CHECK_EQUAL(DMF_BufferQueue_Count(queue), 0);
        DMF_BufferQueue_Enqueue(queue, fetch());
        end();
    }
}

static void timer_without_a_callback_is_refused(void)
{
#if !defined(DEBUG)
    VOID *buffer;

    begin(1, 0, TRUE);
    buffer = fetch();
    CHECK_STATUS(DMF_BufferQueue_EnqueueWithTimer(queue, buffer, 1, NULL, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(DMF_BufferQueue_Count(queue), 0);
    DMF_BufferQueue_Enqueue(queue, buffer);
    CHECK(dequeue() == buffer);
    DMF_BufferQueue_Reuse(queue, buffer);
    end();
#endif
}

static void timer_without_a_callback_asserts(void)
{
    begin(1, 0, TRUE);
    (void)DMF_BufferQueue_EnqueueWithTimer(queue, fetch(), 1, NULL, NULL);
}

static void foreign_buffer_asserts_when_it_is_reused(void)
{
    DMFMODULE other;
    VOID *buffer;

    begin(1, 0, FALSE);
    config.EvtBufferQueueReuseCleanup = NULL;
    other = module_case_dynamic(&attributes);
    CHECK_STATUS(DMF_BufferQueue_Fetch(other, &buffer, NULL), STATUS_SUCCESS);
    DMF_BufferQueue_Reuse(queue, buffer);
}

static void pools_are_as_passive_as_the_queue(void)
{
    FOR_EACH_LIFE
    {
        describe(2, 0, TRUE);
        config.SourceSettings.PoolType = PagedPool;
        attributes.PassiveLevel = TRUE;
        begin_described(life);
        CHECK(DMF_ModuleLockIsPassive(queue));
        DMF_BufferQueue_Enqueue(queue, fetch());
        CHECK_STATUS(DMF_BufferQueue_EnqueueWithTimer(queue, fetch(), 3600000, reuse_expired, &expired), STATUS_SUCCESS);
        end();
        CHECK_EQUAL(reused, 2);
    }
}

static void open_without_memory(void)
{
    module_case_try_dynamic(&attributes);
}

static void every_allocation_may_fail(void)
{
    begin(2, 4, TRUE);
    nt_fail_each_allocation(open_without_memory);
    end();
}

/*
 * Races.
 */

static LONG wins;
/* How many times the timer won, from the start of its callback. */
static LONG wins_by_timer;

static VOID win_by_timer(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                         VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(ClientBufferContext);
    UNREFERENCED_PARAMETER(ClientDriverCallbackContext);
    CHECK(DmfModule == queue);
    InterlockedIncrement(&wins_by_timer);
    DMF_BufferQueue_Reuse(DmfModule, ClientBuffer);
    InterlockedIncrement(&wins);
    case_signal_give(&expired);
}

static void win_by_dequeue(void *argument)
{
    VOID *buffer;

    UNREFERENCED_PARAMETER(argument);
    if (NT_SUCCESS(DMF_BufferQueue_Dequeue(queue, &buffer, NULL)))
    {
        DMF_BufferQueue_Reuse(queue, buffer);
        InterlockedIncrement(&wins);
    }
}

static void win_by_flush(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    DMF_BufferQueue_Flush(queue);
}

static void timer_dequeue_and_flush_have_one_winner(void)
{
    for (ULONG round = 0; round < (nt_is_simulated() ? 4u : 200u); round++)
    {
        struct nt_thread *threads[2];

        begin(1, 0, TRUE);
        wins = wins_by_timer = 0;
        CHECK_STATUS(DMF_BufferQueue_EnqueueWithTimer(queue, fetch(), round % 2, win_by_timer, NULL), STATUS_SUCCESS);
        threads[0] = nt_thread_start(win_by_dequeue, NULL);
        threads[1] = nt_thread_start(win_by_flush, NULL);
        nt_thread_join(threads[0]);
        nt_thread_join(threads[1]);
        if (InterlockedCompareExchange(&reused, 0, 0) == 0 || InterlockedCompareExchange(&wins_by_timer, 0, 0) != 0)
        {
            case_signal_take(&expired);
        }
        /* Whoever won, the buffer was given back once, and is there again. */
        CHECK_EQUAL(reused, 1);
        CHECK(wins <= 1);
        CHECK_EQUAL(DMF_BufferQueue_Count(queue), 0);
        end();
    }
}

static void storm_thread(void *argument)
{
    ULONG64 series = nt_seed() * 13 + (ULONG_PTR)argument;
    ULONG steps = nt_is_simulated() ? 15 : 4000;
    UCHAR *buffer;

    for (ULONG step = 0; step < steps; step++)
    {
        ULONG choice = module_case_random(&series) % 8;

        if (choice == 0)
        {
            DMF_BufferQueue_Flush(queue);
        }
        else if (choice < 4 && NT_SUCCESS(DMF_BufferQueue_Fetch(queue, (VOID **)&buffer, NULL)))
        {
            CHECK_EQUAL(*buffer, 0);
            *buffer = 0x5A;
            switch (choice)
            {
                case 1:
                    DMF_BufferQueue_Enqueue(queue, buffer);
                    break;
                case 2:
                    DMF_BufferQueue_EnqueueAtHead(queue, buffer);
                    break;
                default:
                    CHECK_STATUS(
                        DMF_BufferQueue_EnqueueWithTimer(queue, buffer, module_case_random(&series) % 3, win_by_timer, NULL),
                        STATUS_SUCCESS);
                    break;
            }
        }
        else if (choice >= 4 && NT_SUCCESS(DMF_BufferQueue_Dequeue(queue, (VOID **)&buffer, NULL)))
        {
            CHECK_EQUAL(*buffer, 0x5A);
            DMF_BufferQueue_Reuse(queue, buffer);
        }
        CHECK(DMF_BufferQueue_Count(queue) <= 4);
    }
}

static void threads_that_do_everything_lose_no_buffer(void)
{
    struct nt_thread *threads[3];
    VOID *buffer;
    ULONG found = 0;
    LONG told = 0;

    begin(4, 0, TRUE);
    wins = wins_by_timer = 0;
    for (ULONG index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(storm_thread, (void *)(ULONG_PTR)(index + 1));
    }
    for (ULONG index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    while (found < 4)
    {
        DMF_BufferQueue_Flush(queue);
        if (NT_SUCCESS(DMF_BufferQueue_Fetch(queue, &buffer, NULL)))
        {
            found++;
        }
        else
        {
            /* A timer is about to give it back. */
            case_signal_take(&expired);
            told++;
        }
    }
    while (told < wins_by_timer)
    {
        case_signal_take(&expired);
        told++;
    }
    end();
}

const struct nt_case nt_cases[] = {
    CASE(context_that_leaves_no_room_for_the_modules_own_is_refused),
    CASE(buffers_go_through_the_queue_in_every_life),
    CASE(queue_is_first_in_first_out_unless_put_at_its_head),
    CASE(fetch_beyond_the_count_needs_buffers_on_demand),
    CASE(context_is_never_null),
    CASE(flush_and_close_give_back_what_is_queued_and_nothing_else),
    CASE(reuse_needs_no_callback),
    CASE(enumeration_shows_the_queue_through_its_child),
    CASE(buffer_whose_time_is_over_comes_with_the_queues_handle),
    CASE(timer_without_a_callback_is_refused),
    DEBUG_STOPS(timer_without_a_callback_asserts, ASSERTS),
    DEBUG_STOPS(foreign_buffer_asserts_when_it_is_reused, ASSERTS),
    CASE(pools_are_as_passive_as_the_queue),
    CASE(every_allocation_may_fail),
    CASE(timer_dequeue_and_flush_have_one_winner),
    CASE(threads_that_do_everything_lose_no_buffer),
    CASES_END,
};
