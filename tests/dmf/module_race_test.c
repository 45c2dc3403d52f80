/* SPDX-License-Identifier: MIT */
/*
 * Modules on several threads: references against closes, closes against each other, opens against the end of the device.
 */
#include "probe.h"

#define PROBES(...) ((const struct probe *const[]){__VA_ARGS__, NULL})
#define ROUNDS 6

static const struct probe notified = {.name = "N", .option = DMF_MODULE_OPEN_OPTION_NOTIFY_Create};
static const struct probe generic = {.name = "G", .option = DMF_MODULE_OPEN_OPTION_NOTIFY_Create, .generic = true};
static const struct probe plain = {.name = "P"};

/* What a Method guards: it may be used only while the Module is open. */
static volatile LONG usable;
static volatile LONG used;
static volatile LONG refused;

static void guard(DMFMODULE module, const char *name, const char *step)
{
    UNREFERENCED_PARAMETER(module);
    UNREFERENCED_PARAMETER(name);
    if (step[0] == 'P' && step[1] == 'o')
    {
        InterlockedExchange(&usable, 1);
    }
    if (step[0] == 'C' && step[1] == 'l')
    {
        CHECK_EQUAL(InterlockedExchange(&usable, 0), 1);
    }
}

static void method(DMFMODULE module)
{
    if (!NT_SUCCESS(DMF_ModuleReference(module)))
    {
        InterlockedIncrement(&refused);
        return;
    }
    /* PostOpen may still run in the opening thread, and what it says is not yet said. */
    InterlockedIncrement(&used);
    CHECK_EQUAL(ReadNoFence(&probe_open), 1);
    DMF_ModuleDereference(module);
}

static void begin(const struct probe *const *probes)
{
    probe_is_silent = true;
    probe_hook = NULL;
    usable = used = refused = 0;
    probe_begin(probes);
}

static void end(void)
{
    dmf_case_end();
    CHECK_EQUAL(probe_existing, 0);
    CHECK_EQUAL(probe_open, 0);
}

static void call_methods(void *argument)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        method(argument);
    }
}

static void close_module(void *argument)
{
    DMF_ModuleClose(argument);
}

static void open_module(void *argument)
{
    (void)DMF_ModuleOpen(argument);
}

static void open_and_close(void *argument)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        CHECK_STATUS(DMF_ModuleOpen(argument), STATUS_SUCCESS);
        DMF_ModuleClose(argument);
    }
}

static void close_waits_for_methods_on_other_threads(void)
{
    struct nt_thread *threads[2];

    begin(PROBES(&plain));
    threads[0] = nt_thread_start(call_methods, probe_modules[0]);
    threads[1] = nt_thread_start(call_methods, probe_modules[0]);
    DMF_ModuleClose(probe_modules[0]);
    CHECK_EQUAL(probe_open, 0);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK_EQUAL(used + refused, 2 * ROUNDS);
    end();
}

static void methods_meet_a_module_that_opens_and_closes(void)
{
    struct nt_thread *threads[3];

    begin(PROBES(&notified));
    probe_hook = guard;
    threads[0] = nt_thread_start(call_methods, probe_modules[0]);
    threads[1] = nt_thread_start(call_methods, probe_modules[0]);
    threads[2] = nt_thread_start(open_and_close, probe_modules[0]);
    for (int index = 0; index < 3; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(used + refused, 2 * ROUNDS);
    CHECK_EQUAL(probe_open, 0);
    end();
}

static volatile LONG closes;

static void count_closes(DMFMODULE module, const char *name, const char *step)
{
    UNREFERENCED_PARAMETER(module);
    if (probe_is(name, step, "N.Close"))
    {
        InterlockedIncrement(&closes);
    }
}

static void one_of_several_closes_does_it(void)
{
    struct nt_thread *threads[3];

    begin(PROBES(&notified));
    closes = 0;
    probe_hook = count_closes;
    CHECK_STATUS(DMF_ModuleOpen(probe_modules[0]), STATUS_SUCCESS);
    for (int index = 0; index < 3; index++)
    {
        threads[index] = nt_thread_start(close_module, probe_modules[0]);
    }
    for (int index = 0; index < 3; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(closes, 1);
    CHECK_STATUS(DMF_ModuleReference(probe_modules[0]), STATUS_INVALID_DEVICE_STATE);
    end();
}

static void hold_reference(void *argument)
{
    DMF_ModuleDereference(argument);
}

static void last_dereference_lets_the_close_go_on(void)
{
    struct nt_thread *threads[3];

    begin(PROBES(&plain));
    for (int index = 0; index < 3; index++)
    {
        CHECK_STATUS(DMF_ModuleReference(probe_modules[0]), STATUS_SUCCESS);
    }
    for (int index = 0; index < 3; index++)
    {
        threads[index] = nt_thread_start(hold_reference, probe_modules[0]);
    }
    /* And the Module is gone at once: who let go last must not touch it again. */
    end();
    for (int index = 0; index < 3; index++)
    {
        nt_thread_join(threads[index]);
    }
}

/* The notification comes while the device goes; nobody but the framework closes the Module. */
static void open_meets_the_destruction_of_a_module_that_the_framework_closes(void)
{
    struct nt_thread *thread;

    begin(PROBES(&generic));
    thread = nt_thread_start(open_module, probe_modules[0]);
    /* Closing is the framework's, joining is what a Module's own unregistration would do. */
    DMF_ModuleClose(probe_modules[0]);
    nt_thread_join(thread);
    end();
}

static struct nt_thread *notifier;

static void join_notifier(DMFMODULE module, const char *name, const char *step)
{
    UNREFERENCED_PARAMETER(module);
    if (probe_is(name, step, "N.Unregister"))
    {
        nt_thread_join(notifier);
    }
}

static void notifications_race_the_removal_of_the_device(void)
{
    begin(PROBES(&notified, &plain));
    probe_hook = join_notifier;
    notifier = nt_thread_start(open_and_close, probe_modules[0]);
    end();
}

static void notifications_race_the_pulling_out_of_the_device(void)
{
    begin(PROBES(&notified, &plain));
    probe_hook = join_notifier;
    notifier = nt_thread_start(open_module, probe_modules[0]);
    dmf_case_pull_out();
    end();
}

/* The opener may be in PostOpen when the framework's own unregistration wants to close: the close comes as soon as it can. */
static DMF_PORTABLE_EVENT opening;

static void say_that_it_opens(DMFMODULE module, const char *name, const char *step)
{
    UNREFERENCED_PARAMETER(module);
    if (probe_is(name, step, "G.Open"))
    {
        DMF_Portable_EventSet(&opening);
    }
}

static void opening_that_ends_while_the_module_is_awaited_is_closed(void)
{
    struct nt_thread *thread;

    CHECK_STATUS(DMF_Portable_EventCreate(&opening, NotificationEvent, FALSE), STATUS_SUCCESS);
    begin(PROBES(&generic));
    probe_hook = say_that_it_opens;
    thread = nt_thread_start(open_module, probe_modules[0]);
    /* Until the open has begun, the destruction has nothing to wait for, and the notifier nothing to open. */
    (void)DMF_Portable_EventWaitForSingleObject(&opening, NULL, FALSE);
    end();
    nt_thread_join(thread);
    DMF_Portable_EventClose(&opening);
}

static const struct probe locked = {.name = "L", .options = DMF_MODULE_OPTIONS_DISPATCH, .auxiliary_locks = 1};
static const struct probe waiting = {.name = "W", .options = DMF_MODULE_OPTIONS_PASSIVE, .auxiliary_locks = 1};
static ULONG counted[2];

static void count_under_locks(void *argument)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        probe_lock(argument);
        counted[0]++;
        probe_auxiliary_lock(argument, 0);
        counted[1]++;
        probe_auxiliary_unlock(argument, 0);
        probe_unlock(argument);
    }
}

static void locks_exclude_in_both_kinds(void)
{
    struct nt_thread *threads[3];

    begin(PROBES(&locked, &waiting));
    for (int module = 0; module < 2; module++)
    {
        counted[0] = counted[1] = 0;
        for (int index = 0; index < 3; index++)
        {
            threads[index] = nt_thread_start(count_under_locks, probe_modules[module]);
        }
        for (int index = 0; index < 3; index++)
        {
            nt_thread_join(threads[index]);
        }
        CHECK_EQUAL(counted[0], 3 * ROUNDS);
        CHECK_EQUAL(counted[1], 3 * ROUNDS);
    }
    end();
}

static void create_and_delete(void *argument)
{
    static const struct probe child = {.name = "C"};
    static const struct probe root = {.name = "R", .children = {&child}};
    DMFMODULE module;

    for (int round = 0; round < 3; round++)
    {
        CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, argument, &root, &module), STATUS_SUCCESS);
        CHECK_STATUS(DMF_ModuleReference(module), STATUS_SUCCESS);
        DMF_ModuleDereference(module);
        WdfObjectDelete(module);
    }
}

static void dynamic_modules_come_and_go_on_several_threads(void)
{
    struct nt_thread *threads[2];

    begin(PROBES(&plain));
    threads[0] = nt_thread_start(create_and_delete, probe_modules[0]);
    threads[1] = nt_thread_start(create_and_delete, NULL);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK_EQUAL(probe_existing, 1);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(close_waits_for_methods_on_other_threads),
    CASE(methods_meet_a_module_that_opens_and_closes),
    CASE(one_of_several_closes_does_it),
    CASE(last_dereference_lets_the_close_go_on),
    CASE(open_meets_the_destruction_of_a_module_that_the_framework_closes),
    CASE(notifications_race_the_removal_of_the_device),
    CASE(notifications_race_the_pulling_out_of_the_device),
    CASE(opening_that_ends_while_the_module_is_awaited_is_closed),
    CASE(locks_exclude_in_both_kinds),
    CASE(dynamic_modules_come_and_go_on_several_threads),
    CASES_END,
};
