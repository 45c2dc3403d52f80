/* SPDX-License-Identifier: MIT */
/*
 * BufferPool: timers, enumeration, what becomes of buffers in the end, and races.
 */
#include "buffer_pool_case.h"

/*
 * Timers.
 */

static void buffer_whose_time_is_over_goes_to_the_callback(void)
{
    begin_with_timers(2);
    put_for(2);
    put_for(0);
    case_signal_take(&expired);
    case_signal_take(&expired);
    CHECK_EQUAL(expirations, 2);
    CHECK_EQUAL(DMF_BufferPool_Count(sink), 0);
    CHECK_EQUAL(DMF_BufferPool_Count(source), 2);
    end();
}

static void timed_buffers_come_out_before_their_time(void)
{
    VOID *buffer;

    begin_with_timers(2);
    put_for(MAXULONGLONG);
    put_for(3600000);
    buffer = get(sink);
    CHECK(get(sink) != buffer);
    CHECK_EQUAL(DMF_BufferPool_Count(sink), 0);
    DMF_BufferPool_Put(sink, buffer);
    CHECK(get(sink) == buffer);
    end();
    CHECK_EQUAL(expirations, 0);
}

static VOID put_again(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext, VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(ClientBufferContext);
    if (InterlockedIncrement(&expirations) < 3)
    {
        DMF_BufferPool_PutInSinkWithTimer(DmfModule, ClientBuffer, 1, put_again, ClientDriverCallbackContext);
        return;
    }
    DMF_BufferPool_Put(sink, ClientBuffer);
    case_signal_give(&expired);
}

static void callback_may_put_the_buffer_into_the_same_sink(void)
{
    begin_with_timers(1);
    DMF_BufferPool_PutInSinkWithTimer(sink, get(source), 1, put_again, NULL);
    case_signal_take(&expired);
    CHECK_EQUAL(expirations, 3);
    CHECK_EQUAL(DMF_BufferPool_Count(sink), 1);
    end();
}

/* Time passes: a buffer has come and gone. */
static void let_pass(ULONGLONG milliseconds)
{
    DMF_BufferPool_PutInSinkWithTimer(sink, get(source), milliseconds, count_expiration, &passed);
    case_signal_take(&passed);
}

/* How many buffers the last enumeration showed. */
static ULONG shown;

static BufferPool_EnumerationDispositionType answer(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                                                    VOID *ClientDriverCallbackContext)
{
    VOID *context;

    CHECK(DmfModule == sink);
    RtlCopyMemory(&context, &ClientBufferContext, sizeof(context));
    CHECK(ClientBuffer != NULL && context != NULL);
    shown++;
    return *(BufferPool_EnumerationDispositionType *)ClientDriverCallbackContext;
}

static VOID *enumerate_with(BufferPool_EnumerationDispositionType disposition)
{
    VOID *buffer = &config;
    VOID *context = &config;

    shown = 0;
    DMF_BufferPool_Enumerate(sink, answer, &disposition, &buffer, &context);
    CHECK((buffer == NULL) == (context == NULL));
    return buffer;
}

static void stopped_timer_never_expires(void)
{
    static const BufferPool_EnumerationDispositionType stops[2] = {
        BufferPool_EnumerationDisposition_StopTimerAndStopEnumeration,
        BufferPool_EnumerationDisposition_StopTimerAndContinueEnumeration};

    for (ULONG index = 0; index < 2; index++)
    {
        begin_with_timers(2);
        put_for(5);
        CHECK(enumerate_with(stops[index]) == NULL);
        if (shown == 0)
        {
            /* Its time was over before there was anything to stop. */
            case_signal_take(&expired);
        }
        else
        {
            /* There is no timer any more to reset. */
            CHECK(enumerate_with(BufferPool_EnumerationDisposition_ResetTimerAndStopEnumeration) == NULL);
            let_pass(20);
            CHECK_EQUAL(DMF_BufferPool_Count(sink), 1);
            CHECK_EQUAL(expirations, 0);
            DMF_BufferPool_Put(source, get(sink));
        }
        end();
    }
}

static void reset_and_continued_timers_expire(void)
{
    static const BufferPool_EnumerationDispositionType goes_on[5] = {
        BufferPool_EnumerationDisposition_ContinueEnumeration, BufferPool_EnumerationDisposition_StopEnumeration,
        BufferPool_EnumerationDisposition_ResetTimerAndStopEnumeration,
        BufferPool_EnumerationDisposition_ResetTimerAndContinueEnumeration,
        BufferPool_EnumerationDisposition_ContinueEnumeration};

    begin_with_timers(2);
    for (ULONG index = 0; index < 5; index++)
    {
        put_for(2);
        put_for(3);
        CHECK(enumerate_with(goes_on[index]) == NULL);
        case_signal_take(&expired);
        case_signal_take(&expired);
        CHECK_EQUAL(DMF_BufferPool_Count(source), 2);
    }
    CHECK_EQUAL(expirations, 10);
    end();
}

/* In virtual time, which costs nothing: a reset buffer's time begins again, and a continued one's does not. */
static void reset_gives_the_whole_time_again_and_continue_the_rest(void)
{
    if (!nt_is_simulated())
    {
        return;
    }
    begin_with_timers(3);
    put_for(50000);
    let_pass(30000);
    CHECK(enumerate_with(BufferPool_EnumerationDisposition_ResetTimerAndContinueEnumeration) == NULL);
    let_pass(30000);
    CHECK_EQUAL(DMF_BufferPool_Count(sink), 1);
    CHECK(enumerate_with(BufferPool_EnumerationDisposition_ContinueEnumeration) == NULL);
    let_pass(30000);
    CHECK_EQUAL(DMF_BufferPool_Count(sink), 0);
    CHECK_EQUAL(expirations, 1);
    end();
}

static void removed_buffer_is_the_clients(void)
{
    VOID *buffers[2];
    VOID *buffer = &config;

    begin_with_timers(2);
    CHECK(enumerate_with(BufferPool_EnumerationDisposition_RemoveAndStopEnumeration) == NULL);
    buffers[0] = get(source);
    buffers[1] = get(source);
    DMF_BufferPool_PutInSinkWithTimer(sink, buffers[0], 3600000, count_expiration, &expirations);
    DMF_BufferPool_Put(sink, buffers[1]);
    CHECK(enumerate_with(BufferPool_EnumerationDisposition_RemoveAndStopEnumeration) == buffers[0]);
    CHECK_EQUAL(DMF_BufferPool_Count(sink), 1);
    DMF_BufferPool_Enumerate(
        sink, answer, &(BufferPool_EnumerationDispositionType){BufferPool_EnumerationDisposition_RemoveAndStopEnumeration},
        &buffer, NULL);
    CHECK(buffer == buffers[1]);
    DMF_BufferPool_Put(source, buffers[0]);
    DMF_BufferPool_Put(source, buffers[1]);
    end();
}

static void buffer_without_a_timer_passes_every_disposition(void)
{
    begin(DMF_CASE_STATIC, 2, 8, 8);
    DMF_BufferPool_Put(sink, get(source));
    DMF_BufferPool_Put(sink, get(source));
    for (ULONG disposition = 1; disposition <= 7; disposition++)
    {
        if (disposition != BufferPool_EnumerationDisposition_RemoveAndStopEnumeration)
        {
            CHECK(enumerate_with((BufferPool_EnumerationDispositionType)disposition) == NULL);
            CHECK_EQUAL(DMF_BufferPool_Count(sink), 2);
        }
    }
    DMF_BufferPool_Enumerate(sink, answer,
                             &(BufferPool_EnumerationDispositionType){BufferPool_EnumerationDisposition_ContinueEnumeration},
                             NULL, NULL);
    end();
}

/*
 * Ends.
 */

/* For buffers whose callback may come while their Modules close: it must not call them. */
static VOID drop(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext, VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(ClientBuffer);
    UNREFERENCED_PARAMETER(ClientBufferContext);
    UNREFERENCED_PARAMETER(ClientDriverCallbackContext);
    InterlockedIncrement(&expirations);
}

static void sink_that_closes_deletes_what_it_has_and_calls_nobody(void)
{
    begin_with_timers(4);
    put_for(3600000);
    DMF_BufferPool_Put(sink, get(source));
    DMF_BufferPool_PutInSinkWithTimer(sink, get(source), 20, drop, NULL);
    WdfObjectDelete(sink);
    sink = add_sink();
    let_pass(40);
    CHECK(expirations <= 1);
    CHECK(DMF_BufferPool_Count(source) <= 2);
    end();
}

static void buffers_outlive_their_source(void)
{
    UCHAR *buffers[3];
    VOID *context;

    describe(3, 16, 16);
    begin_described(DMF_CASE_DYNAMIC);
    for (ULONG index = 0; index < 3; index++)
    {
        buffers[index] = get(source);
    }
    DMF_BufferPool_Put(sink, buffers[0]);
    DMF_BufferPool_Put(sink, buffers[1]);
    WdfObjectDelete(source);
    memset(buffers[2], 1, 16);
    DMF_BufferPool_ContextGet(sink, buffers[2], &context);
    CHECK(get(sink) == buffers[0]);
    DMF_BufferPool_Put(sink, buffers[0]);
    DMF_BufferPool_Put(sink, buffers[2]);
    WdfObjectDelete(sink);
    end();
}

static void device_that_goes_takes_buffers_wherever_they_are(void)
{
    FOR_EACH_LIFE
    {
        describe(6, 16, 16);
        config.Mode.SourceSettings.CreateWithTimer = TRUE;
        begin_described(life);
        DMF_BufferPool_Put(sink, get(source));
        put_for(3600000);
        DMF_BufferPool_PutInSinkWithTimer(sink, get(source), 1, drop, NULL);
        DMF_BufferPool_PutInSinkWithTimer(sink, get(source), 0, drop, NULL);
        (void)get(source);
        dmf_case_pull_out();
        end();
    }
}

/* A callback that ends when the case lets it. */
static struct case_signal entered;
static struct case_signal leave;
static VOID *held_buffer;

static VOID hold(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext, VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(ClientBufferContext);
    UNREFERENCED_PARAMETER(ClientDriverCallbackContext);
    held_buffer = ClientBuffer;
    case_signal_give(&entered);
    case_signal_take(&leave);
    DMF_BufferPool_Put(source, ClientBuffer);
    case_signal_give(&expired);
}

static void buffer_is_not_deleted_in_the_callback_of_its_timer(void)
{
#if !defined(DMF_USER_MODE)
    VOID *buffers[3];

    describe(2, 16, 16);
    config.Mode.SourceSettings.EnableLookAside = TRUE;
    config.Mode.SourceSettings.CreateWithTimer = TRUE;
    begin_described(DMF_CASE_STATIC);
    for (ULONG full = 0; full < 2; full++)
    {
        case_signal_make(&entered);
        case_signal_make(&leave);
        for (ULONG index = 0; index < 3; index++)
        {
            buffers[index] = get(source);
        }
        DMF_BufferPool_PutInSinkWithTimer(sink, buffers[0], 0, hold, NULL);
        case_signal_take(&entered);
        if (full != 0)
        {
            /* The additional buffer ends here, so that the callback's one is listed like any other. */
            DMF_BufferPool_Put(source, buffers[1]);
        }
        case_signal_give(&leave);
        case_signal_take(&expired);
        if (full == 0)
        {
            /* The callback's buffer had to be listed; the next one ends. */
            CHECK_EQUAL(DMF_BufferPool_Count(source), 1);
            DMF_BufferPool_Put(source, buffers[1]);
            CHECK_EQUAL(DMF_BufferPool_Count(source), 1);
        }
        DMF_BufferPool_Put(source, buffers[2]);
        CHECK_EQUAL(DMF_BufferPool_Count(source), 2);
        case_signal_free(&entered);
        case_signal_free(&leave);
    }
    end();
#endif
}

static void buffer_put_after_the_close_ends_with_the_device(void)
{
    begin_with_timers(1);
    case_signal_make(&entered);
    case_signal_make(&leave);
    DMF_BufferPool_PutInSinkWithTimer(sink, get(source), 0, hold, NULL);
    case_signal_take(&entered);
    WdfObjectDelete(sink);
    case_signal_give(&leave);
    case_signal_take(&expired);
    CHECK_EQUAL(DMF_BufferPool_Count(source), 1);
    case_signal_free(&entered);
    case_signal_free(&leave);
    end();
}

#if !defined(DMF_USER_MODE)
static void methods_run_at_dispatch_level(void)
{
    VOID *buffers[3];
    KIRQL before;

    describe(2, 16, 16);
    config.Mode.SourceSettings.EnableLookAside = TRUE;
    config.Mode.SourceSettings.CreateWithTimer = TRUE;
    begin_described(DMF_CASE_STATIC);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    for (ULONG index = 0; index < 3; index++)
    {
        buffers[index] = get(source);
    }
    DMF_BufferPool_PutInSinkWithTimer(sink, buffers[0], 3600000, count_expiration, &expirations);
    CHECK(enumerate_with(BufferPool_EnumerationDisposition_ResetTimerAndContinueEnumeration) == NULL);
    CHECK(get(sink) == buffers[0]);
    for (ULONG index = 0; index < 3; index++)
    {
        DMF_BufferPool_Put(source, buffers[index]);
    }
    CHECK_EQUAL(DMF_BufferPool_Count(source), 2);
    KeLowerIrql(before);
    end();
}
#else
static void methods_run_at_dispatch_level(void)
{
}
#endif

/*
 * Races.
 */

#define RACE_BUFFERS 4

static struct
{
    /* How often each insertion of the one buffer was won. */
    LONG wins;
} race;

static VOID win_by_timer(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                         VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(ClientBuffer);
    UNREFERENCED_PARAMETER(ClientBufferContext);
    UNREFERENCED_PARAMETER(ClientDriverCallbackContext);
    InterlockedIncrement(&race.wins);
    case_signal_give(&expired);
}

static void win_by_get(void *argument)
{
    VOID *buffer;

    UNREFERENCED_PARAMETER(argument);
    for (ULONG attempt = 0; attempt < 2; attempt++)
    {
        if (try_get(sink, &buffer))
        {
            InterlockedIncrement(&race.wins);
            case_signal_give(&expired);
        }
    }
}

static void win_by_enumeration(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    (void)enumerate_with(BufferPool_EnumerationDisposition_ContinueEnumeration);
    if (enumerate_with(BufferPool_EnumerationDisposition_RemoveAndStopEnumeration) != NULL)
    {
        InterlockedIncrement(&race.wins);
        case_signal_give(&expired);
    }
}

static void timer_get_and_enumeration_have_one_winner(void)
{
    for (ULONG round = 0; round < (nt_is_simulated() ? 4u : 200u); round++)
    {
        struct nt_thread *threads[2];

        begin_with_timers(1);
        race.wins = 0;
        DMF_BufferPool_PutInSinkWithTimer(sink, get(source), round % 2, win_by_timer, NULL);
        threads[0] = nt_thread_start(win_by_get, NULL);
        threads[1] = nt_thread_start(win_by_enumeration, NULL);
        case_signal_take(&expired);
        nt_thread_join(threads[0]);
        nt_thread_join(threads[1]);
        CHECK_EQUAL(DMF_BufferPool_Count(sink), 0);
        end();
        CHECK_EQUAL(race.wins, 1);
    }
}

static void delete_sink(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfObjectDelete(sink);
}

static void close_of_a_sink_races_its_timers(void)
{
    for (ULONG round = 0; round < (nt_is_simulated() ? 4u : 200u); round++)
    {
        struct nt_thread *thread;

        begin_with_timers(RACE_BUFFERS);
        for (ULONG index = 0; index < RACE_BUFFERS; index++)
        {
            DMF_BufferPool_PutInSinkWithTimer(sink, get(source), index % 3, drop, NULL);
        }
        thread = nt_thread_start(delete_sink, NULL);
        nt_thread_join(thread);
        end();
        CHECK(expirations <= RACE_BUFFERS);
    }
}

/*
 * Several threads do everything at random. Each buffer has a word that says who owns it: nobody else may.
 */

struct owned
{
    LONG owners;
    ULONG check;
};

static struct
{
    ULONG steps;
} storm;

static void claim(VOID *client_buffer)
{
    struct owned *owned = client_buffer;

    CHECK_EQUAL(InterlockedIncrement(&owned->owners), 1);
}

static void let_go(VOID *client_buffer)
{
    struct owned *owned = client_buffer;

    CHECK_EQUAL(InterlockedDecrement(&owned->owners), 0);
}

static VOID storm_expired(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                          VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(ClientDriverCallbackContext);
    CHECK(DmfModule == sink);
    InterlockedIncrement(&expirations);
    claim(ClientBuffer);
    CHECK_EQUAL(((struct owned *)ClientBuffer)->check, *(ULONG *)ClientBufferContext);
    let_go(ClientBuffer);
    DMF_BufferPool_Put(source, ClientBuffer);
    case_signal_give(&expired);
}

static BufferPool_EnumerationDispositionType storm_answer(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                                                          VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    CHECK_EQUAL(((struct owned *)ClientBuffer)->check, *(ULONG *)ClientBufferContext);
    return (BufferPool_EnumerationDispositionType)(module_case_random(ClientDriverCallbackContext) % 7 + 1);
}

static void storm_put(ULONG64 *series, UCHAR *buffer)
{
    VOID *context;

    claim(buffer);
    DMF_BufferPool_ContextGet(source, buffer, &context);
    *(ULONG *)context = ((struct owned *)buffer)->check = module_case_random(series);
    let_go(buffer);
    switch (module_case_random(series) % 4)
    {
        case 0:
            DMF_BufferPool_Put(sink, buffer);
            break;
        case 1:
            DMF_BufferPool_PutAtHead(sink, buffer);
            break;
        case 2:
            DMF_BufferPool_Put(source, buffer);
            break;
        default:
            DMF_BufferPool_PutInSinkWithTimer(sink, buffer, module_case_random(series) % 3, storm_expired, NULL);
            break;
    }
}

static void storm_thread(void *argument)
{
    ULONG64 series = nt_seed() * 31 + (ULONG_PTR)argument;
    VOID *buffer;

    for (ULONG step = 0; step < storm.steps; step++)
    {
        buffer = NULL;
        switch (module_case_random(&series) % 3)
        {
            case 0:
                (void)try_get(source, &buffer);
                break;
            case 1:
                (void)try_get(sink, &buffer);
                break;
            default:
                DMF_BufferPool_Enumerate(sink, storm_answer, &series, &buffer, NULL);
                break;
        }
        if (buffer != NULL)
        {
            storm_put(&series, buffer);
        }
        CHECK(DMF_BufferPool_Count(sink) <= RACE_BUFFERS);
    }
}

static void threads_that_do_everything_lose_no_buffer_and_share_none(void)
{
    struct nt_thread *threads[3];
    VOID *buffer;
    ULONG found = 0;
    LONG told = 0;

    begin_with_timers(RACE_BUFFERS);
    storm.steps = nt_is_simulated() ? 20 : 5000;
    for (ULONG index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(storm_thread, (void *)(ULONG_PTR)(index + 1));
    }
    for (ULONG index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    /* What a timer is about to take comes to the source. */
    while (found < RACE_BUFFERS)
    {
        if (try_get(sink, &buffer) || try_get(source, &buffer))
        {
            found++;
        }
        else
        {
            case_signal_take(&expired);
            told++;
        }
    }
    while (told < expirations)
    {
        case_signal_take(&expired);
        told++;
    }
    end();
}

const struct nt_case nt_cases[] = {
    CASE(buffer_whose_time_is_over_goes_to_the_callback),
    CASE(timed_buffers_come_out_before_their_time),
    CASE(callback_may_put_the_buffer_into_the_same_sink),
    CASE(stopped_timer_never_expires),
    CASE(reset_and_continued_timers_expire),
    CASE(reset_gives_the_whole_time_again_and_continue_the_rest),
    CASE(removed_buffer_is_the_clients),
    CASE(buffer_without_a_timer_passes_every_disposition),
    CASE(sink_that_closes_deletes_what_it_has_and_calls_nobody),
    CASE(buffers_outlive_their_source),
    CASE(device_that_goes_takes_buffers_wherever_they_are),
    CASE(buffer_is_not_deleted_in_the_callback_of_its_timer),
    CASE(buffer_put_after_the_close_ends_with_the_device),
    CASE(methods_run_at_dispatch_level),
    CASE(timer_get_and_enumeration_have_one_winner),
    CASE(close_of_a_sink_races_its_timers),
    CASE(threads_that_do_everything_lose_no_buffer_and_share_none),
    CASES_END,
};
