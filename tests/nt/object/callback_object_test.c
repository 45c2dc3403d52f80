/* SPDX-License-Identifier: MIT */
/*
 * Callback objects.
 */
#include "nt_case.h"

#include <ntifs.h>

static PCALLBACK_OBJECT create(PCWSTR path, bool make, bool multiple, NTSTATUS expected)
{
    PCALLBACK_OBJECT callback;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;

    RtlInitUnicodeString(&name, path);
    InitializeObjectAttributes(&attributes, path == NULL ? NULL : &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    CHECK_EQUAL(ExCreateCallback(&callback, &attributes, make, multiple), expected);
    return callback;
}

struct heard
{
    unsigned count;
    PVOID arguments[2];
    PVOID registration;
};

static VOID hear(PVOID context, PVOID argument1, PVOID argument2)
{
    struct heard *heard = context;

    heard->count++;
    heard->arguments[0] = argument1;
    heard->arguments[1] = argument2;
}

static void everybody_is_notified(void)
{
    PCALLBACK_OBJECT callback = create(NULL, true, true, STATUS_SUCCESS);
    struct heard heard[2] = {{0}};
    PVOID one = ExRegisterCallback(callback, hear, &heard[0]);
    PVOID two = ExRegisterCallback(callback, hear, &heard[1]);

    CHECK(one != NULL && two != NULL);
    ExNotifyCallback(callback, (PVOID)1, (PVOID)2);
    CHECK_EQUAL(heard[0].count, 1);
    CHECK_EQUAL(heard[1].count, 1);
    CHECK(heard[1].arguments[0] == (PVOID)1 && heard[1].arguments[1] == (PVOID)2);
    ExUnregisterCallback(one);
    ExNotifyCallback(callback, NULL, NULL);
    CHECK_EQUAL(heard[0].count, 1);
    CHECK_EQUAL(heard[1].count, 2);
    ExUnregisterCallback(two);
    ObDereferenceObject(callback);
}

static void single_callback_takes_one_registration(void)
{
    PCALLBACK_OBJECT callback = create(NULL, true, false, STATUS_SUCCESS);
    struct heard heard = {0};
    PVOID one = ExRegisterCallback(callback, hear, &heard);

    CHECK(one != NULL);
    CHECK(ExRegisterCallback(callback, hear, &heard) == NULL);
    ExUnregisterCallback(one);
    one = ExRegisterCallback(callback, hear, &heard);
    CHECK(one != NULL);
    ExUnregisterCallback(one);
    ObDereferenceObject(callback);
}

static void named_callback_is_shared_while_it_is_referenced(void)
{
    PCALLBACK_OBJECT one;
    PCALLBACK_OBJECT two;

    (void)create(L"\\Callback\\Test", false, true, STATUS_OBJECT_NAME_NOT_FOUND);
    one = create(L"\\Callback\\Test", true, true, STATUS_SUCCESS);
    two = create(L"\\Callback\\TEST", false, true, STATUS_SUCCESS);
    CHECK(one == two);
    ObDereferenceObject(one);
    ObDereferenceObject(two);
    (void)create(L"\\Callback\\Test", false, true, STATUS_OBJECT_NAME_NOT_FOUND);
}

static void well_known_callbacks_are_there(void)
{
    static const PCWSTR names[] = {L"\\Callback\\PowerState", L"\\Callback\\SetSystemTime", L"\\Callback\\ProcessorAdd"};

    for (size_t index = 0; index < ARRAYSIZE(names); index++)
    {
        ObDereferenceObject(create(names[index], false, true, STATUS_SUCCESS));
    }
}

static void unnamed_callback_cannot_be_opened(void)
{
    CHECK(create(NULL, false, true, STATUS_UNSUCCESSFUL) == NULL);
}

static VOID unregister_itself(PVOID context, PVOID argument1, PVOID argument2)
{
    struct heard *heard = context;

    heard->count++;
    ExUnregisterCallback(heard->registration);
}

static void callback_may_unregister_itself(void)
{
    PCALLBACK_OBJECT callback = create(NULL, true, true, STATUS_SUCCESS);
    struct heard heard = {0};
    struct heard other = {0};
    PVOID last;

    heard.registration = ExRegisterCallback(callback, unregister_itself, &heard);
    last = ExRegisterCallback(callback, hear, &other);
    ExNotifyCallback(callback, NULL, NULL);
    ExNotifyCallback(callback, NULL, NULL);
    CHECK_EQUAL(heard.count, 1);
    CHECK_EQUAL(other.count, 2);
    ExUnregisterCallback(last);
    ObDereferenceObject(callback);
}

struct slow
{
    PCALLBACK_OBJECT callback;
    KEVENT entered;
    KEVENT leave;
    LONG over;
};

static VOID hear_slowly(PVOID context, PVOID argument1, PVOID argument2)
{
    struct slow *slow = context;

    KeSetEvent(&slow->entered, 0, FALSE);
    KeWaitForSingleObject(&slow->leave, Executive, KernelMode, FALSE, NULL);
    InterlockedIncrement(&slow->over);
}

static void notify(void *context)
{
    ExNotifyCallback(((struct slow *)context)->callback, NULL, NULL);
}

static void let_go(void *context)
{
    KeSetEvent(&((struct slow *)context)->leave, 0, FALSE);
}

static void unregistering_waits_for_running_calls(void)
{
    struct slow slow = {.callback = create(NULL, true, true, STATUS_SUCCESS)};
    PVOID registration = ExRegisterCallback(slow.callback, hear_slowly, &slow);
    struct nt_thread *threads[2];

    KeInitializeEvent(&slow.entered, NotificationEvent, FALSE);
    KeInitializeEvent(&slow.leave, NotificationEvent, FALSE);
    threads[0] = nt_thread_start(notify, &slow);
    KeWaitForSingleObject(&slow.entered, Executive, KernelMode, FALSE, NULL);
    threads[1] = nt_thread_start(let_go, &slow);
    ExUnregisterCallback(registration);
    CHECK_EQUAL(slow.over, 1);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    ObDereferenceObject(slow.callback);
}

static void register_and_unregister(void *context)
{
    struct heard heard = {0};

    for (unsigned round = 0; round < 10; round++)
    {
        PVOID registration = ExRegisterCallback(context, hear, &heard);

        CHECK(registration != NULL);
        ExUnregisterCallback(registration);
    }
}

static void registrations_race_with_notifications(void)
{
    PCALLBACK_OBJECT callback = create(NULL, true, true, STATUS_SUCCESS);
    struct nt_thread *threads[2];

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(register_and_unregister, callback);
    }
    for (unsigned round = 0; round < 20; round++)
    {
        ExNotifyCallback(callback, NULL, NULL);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    ObDereferenceObject(callback);
}

static void registration_keeps_its_callback(void)
{
    PCALLBACK_OBJECT callback = create(L"\\Callback\\Kept", true, true, STATUS_SUCCESS);
    struct heard heard = {0};
    PVOID registration = ExRegisterCallback(callback, hear, &heard);

    ObDereferenceObject(callback);
    callback = create(L"\\Callback\\Kept", false, true, STATUS_SUCCESS);
    ExNotifyCallback(callback, NULL, NULL);
    CHECK_EQUAL(heard.count, 1);
    ObDereferenceObject(callback);
    ExUnregisterCallback(registration);
}

const struct nt_case nt_cases[] = {
    CASE(everybody_is_notified),
    CASE(single_callback_takes_one_registration),
    CASE(named_callback_is_shared_while_it_is_referenced),
    CASE(well_known_callbacks_are_there),
    CASE(unnamed_callback_cannot_be_opened),
    CASE(callback_may_unregister_itself),
    CASE(unregistering_waits_for_running_calls),
    CASE(registrations_race_with_notifications),
    CASE(registration_keeps_its_callback),
    CASES_END,
};
