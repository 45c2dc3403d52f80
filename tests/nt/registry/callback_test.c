/* SPDX-License-Identifier: MIT */
/*
 * Registered callbacks, and waiting for changes.
 */
#include <string.h>

#include "registry_case.h"

static struct
{
    ULONG before;
    ULONG after;
    ULONG cleanups;
    NTSTATUS answer;
    NTSTATUS seen;
    char order[8];
} heard;

static NTSTATUS hear(PVOID context, PVOID class, PVOID information)
{
    REG_NOTIFY_CLASS what = (REG_NOTIFY_CLASS)(ULONG_PTR) class;

    if (what == RegNtPreSetValueKey)
    {
        ((PREG_SET_VALUE_KEY_INFORMATION)information)->CallContext = context;
        heard.order[heard.before] = *(const char *)context;
        heard.before++;
        return heard.answer;
    }
    if (what == RegNtPostSetValueKey)
    {
        CHECK(((PREG_POST_OPERATION_INFORMATION)information)->CallContext == context);
        heard.seen = ((PREG_POST_OPERATION_INFORMATION)information)->Status;
        heard.after++;
    }
    heard.cleanups += what == RegNtCallbackObjectContextCleanup ? 1 : 0;
    return STATUS_SUCCESS;
}

static HANDLE begin(void)
{
    memset(&heard, 0, sizeof(heard));
    delete_tree(NULL, PLACE);
    return made_key(NULL, PLACE);
}

static void end(HANDLE place)
{
    close_key(place);
    delete_tree(NULL, PLACE);
}

static void callback_hears_before_and_after(void)
{
    HANDLE place = begin();
    LARGE_INTEGER cookie;

    CHECK_EQUAL(CmRegisterCallback(hear, (PVOID) "a", &cookie), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(place, L"Number", 1), STATUS_SUCCESS);
    CHECK(heard.before == 1 && heard.after == 1 && heard.seen == STATUS_SUCCESS);
    CHECK_EQUAL(CmUnRegisterCallback(cookie), STATUS_SUCCESS);
    CHECK_EQUAL(CmUnRegisterCallback(cookie), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(set_number(place, L"Number", 2), STATUS_SUCCESS);
    CHECK_EQUAL(heard.before, 1);
    end(place);
}

static void callback_may_refuse_or_replace(void)
{
    HANDLE place = begin();
    LARGE_INTEGER cookie;

    CHECK_EQUAL(CmRegisterCallback(hear, (PVOID) "a", &cookie), STATUS_SUCCESS);
    heard.answer = STATUS_ACCESS_DENIED;
    CHECK_EQUAL(set_number(place, L"Number", 1), STATUS_ACCESS_DENIED);
    heard.answer = STATUS_CALLBACK_BYPASS;
    CHECK_EQUAL(set_number(place, L"Number", 1), STATUS_SUCCESS);
    CHECK(!has_number(place, L"Number", 1));
    CHECK_EQUAL(heard.after, 0);
    CHECK_EQUAL(CmUnRegisterCallback(cookie), STATUS_SUCCESS);
    end(place);
}

static void higher_altitudes_come_first(void)
{
    HANDLE place = begin();
    UNICODE_STRING low = TEXT_OF(L"99.5");
    UNICODE_STRING high = TEXT_OF(L"0100.25");
    UNICODE_STRING same = TEXT_OF(L"100.250");
    UNICODE_STRING bad = TEXT_OF(L"12a");
    LARGE_INTEGER cookies[3];

    CHECK_EQUAL(CmRegisterCallbackEx(hear, &low, &heard, (PVOID) "l", &cookies[0], NULL), STATUS_SUCCESS);
    CHECK_EQUAL(CmRegisterCallbackEx(hear, &high, &heard, (PVOID) "h", &cookies[1], NULL), STATUS_SUCCESS);
    CHECK_EQUAL(CmRegisterCallbackEx(hear, &same, &heard, (PVOID) "s", &cookies[2], NULL),
                STATUS_FLT_INSTANCE_ALTITUDE_COLLISION);
    CHECK_EQUAL(CmRegisterCallbackEx(hear, &bad, &heard, (PVOID) "b", &cookies[2], NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(set_number(place, L"Number", 1), STATUS_SUCCESS);
    CHECK(memcmp(heard.order, "hl", 2) == 0);
    CHECK_EQUAL(CmUnRegisterCallback(cookies[0]), STATUS_SUCCESS);
    CHECK_EQUAL(CmUnRegisterCallback(cookies[1]), STATUS_SUCCESS);
    end(place);
}

static void context_of_a_key_is_given_back_with_the_key_or_the_callback(void)
{
    HANDLE place = begin();
    LARGE_INTEGER cookie;
    PVOID object;
    PVOID old = NULL;
    PCUNICODE_STRING name;
    ULONG_PTR id;

    CHECK_EQUAL(CmRegisterCallback(hear, (PVOID) "a", &cookie), STATUS_SUCCESS);
    CHECK_EQUAL(ObReferenceObjectByHandle(place, 0, NULL, KernelMode, &object, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(CmSetCallbackObjectContext(object, &cookie, &heard, &old), STATUS_SUCCESS);
    CHECK(old == NULL);
    CHECK_EQUAL(CmSetCallbackObjectContext(object, &cookie, &cookie, &old), STATUS_SUCCESS);
    CHECK(old == &heard);
    CHECK_EQUAL(CmCallbackGetKeyObjectID(&cookie, object, &id, &name), STATUS_SUCCESS);
    CHECK(id != 0 && name->Length == sizeof(PLACE) - sizeof(WCHAR));
    CHECK_EQUAL(CmUnRegisterCallback(cookie), STATUS_SUCCESS);
    CHECK_EQUAL(heard.cleanups, 1);
    ObDereferenceObject(object);
    end(place);
}

static void write_often(void *place)
{
    for (ULONG round = 0; round < 20; round++)
    {
        (void)set_value(place, L"Race", REG_SZ, L"", 2);
        (void)delete_value(place, L"Race");
    }
}

static NTSTATUS ignore(PVOID context, PVOID class, PVOID information)
{
    (void)context;
    (void)class;
    (void)information;
    return STATUS_SUCCESS;
}

static void register_often(void *argument)
{
    LARGE_INTEGER cookie;

    (void)argument;
    for (int round = 0; round < 20; round++)
    {
        CHECK_EQUAL(CmRegisterCallback(ignore, NULL, &cookie), STATUS_SUCCESS);
        CHECK_EQUAL(CmUnRegisterCallback(cookie), STATUS_SUCCESS);
    }
}

static void callbacks_come_and_go_while_keys_are_used(void)
{
    HANDLE place = begin();
    struct nt_thread *threads[3] = {
        nt_thread_start(write_often, place),
        nt_thread_start(register_often, NULL),
        nt_thread_start(register_often, NULL),
    };

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    end(place);
}

/*
 * Changes. The waiter waits in the call.
 */

static struct
{
    HANDLE key;
    ULONG filter;
    BOOLEAN tree;
    ULONG rounds;
    NTSTATUS status;
} wanted;

static void wait_for_changes(void *argument)
{
    IO_STATUS_BLOCK block;

    (void)argument;
    for (ULONG round = 0; round < wanted.rounds; round++)
    {
        wanted.status = ZwNotifyChangeKey(wanted.key, NULL, NULL, NULL, &block, wanted.filter, wanted.tree, NULL, 0, FALSE);
        CHECK_EQUAL(block.Status, wanted.status);
    }
}

/* The first call may come before or after the change; so a change is made until the waiter has what it wants. */
static void waiter_hears_of_values_below(void)
{
    HANDLE place = begin();
    HANDLE child = made_key(place, L"Child");
    struct nt_thread *thread;
    IO_STATUS_BLOCK block;

    wanted.key = place;
    wanted.filter = REG_NOTIFY_CHANGE_LAST_SET;
    wanted.tree = TRUE;
    wanted.rounds = 1;
    wanted.status = STATUS_PENDING;
    /* From this call on, changes are remembered. */
    CHECK_EQUAL(ZwNotifyChangeKey(place, NULL, NULL, NULL, &block, wanted.filter, TRUE, NULL, 0, TRUE), STATUS_PENDING);
    CHECK_EQUAL(set_number(child, L"Number", 1), STATUS_SUCCESS);
    CHECK_EQUAL(block.Status, STATUS_NOTIFY_ENUM_DIR);
    CHECK_EQUAL(set_number(child, L"Number", 2), STATUS_SUCCESS);
    thread = nt_thread_start(wait_for_changes, NULL);
    nt_thread_join(thread);
    CHECK_EQUAL(wanted.status, STATUS_NOTIFY_ENUM_DIR);
    thread = nt_thread_start(wait_for_changes, NULL);
    CHECK_EQUAL(set_number(child, L"Number", 3), STATUS_SUCCESS);
    nt_thread_join(thread);
    close_key(child);
    end(place);
}

static KEVENT item_ran;

static VOID run_item(PVOID context)
{
    (void)KeSetEvent(context, 0, FALSE);
}

static void event_and_work_item_hear_of_changes(void)
{
    HANDLE place = begin();
    HANDLE event;
    OBJECT_ATTRIBUTES attributes;
    WORK_QUEUE_ITEM item;
    IO_STATUS_BLOCK block = {.Status = 1};

    InitializeObjectAttributes(&attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
    CHECK_EQUAL(ZwCreateEvent(&event, EVENT_ALL_ACCESS, &attributes, NotificationEvent, TRUE), STATUS_SUCCESS);
    KeInitializeEvent(&item_ran, NotificationEvent, FALSE);
    ExInitializeWorkItem(&item, run_item, &item_ran);
    /* In kernel mode the routine is a work item, and its context the queue for it. The event begins anew. */
    CHECK_EQUAL(ZwNotifyChangeKey(place, event, (PIO_APC_ROUTINE)(ULONG_PTR)&item, (PVOID)(ULONG_PTR)DelayedWorkQueue,
                                  &block, REG_NOTIFY_CHANGE_LAST_SET, FALSE, NULL, 0, TRUE),
                STATUS_PENDING);
    CHECK_EQUAL(block.Status, 1);
    CHECK_EQUAL(set_number(place, L"Number", 1), STATUS_SUCCESS);
    CHECK_EQUAL(ZwWaitForSingleObject(event, FALSE, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(block.Status, STATUS_NOTIFY_ENUM_DIR);
    CHECK_EQUAL(KeWaitForSingleObject(&item_ran, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    /* What is no event is refused. */
    CHECK_EQUAL(ZwNotifyChangeKey(place, place, NULL, NULL, &block, REG_NOTIFY_CHANGE_LAST_SET, FALSE, NULL, 0, TRUE),
                STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(ZwClose(event), STATUS_SUCCESS);
    end(place);
}

static void filter_and_tree_say_what_is_heard(void)
{
    HANDLE place = begin();
    HANDLE other = opened_key(NULL, PLACE);
    HANDLE child = made_key(place, L"Child");
    IO_STATUS_BLOCK names = {.Status = 1};
    IO_STATUS_BLOCK values = {.Status = 1};

    CHECK_EQUAL(ZwNotifyChangeKey(place, NULL, NULL, NULL, &names, REG_NOTIFY_CHANGE_NAME, FALSE, NULL, 0, TRUE),
                STATUS_PENDING);
    CHECK_EQUAL(ZwNotifyChangeKey(other, NULL, NULL, NULL, &values, REG_NOTIFY_CHANGE_LAST_SET, FALSE, NULL, 0, TRUE),
                STATUS_PENDING);
    CHECK_EQUAL(set_number(child, L"Number", 1), STATUS_SUCCESS);
    close_key(made_key(child, L"Below"));
    CHECK(names.Status == 1 && values.Status == 1);
    close_key(made_key(place, L"Second"));
    CHECK(names.Status == STATUS_NOTIFY_ENUM_DIR && values.Status == 1);
    CHECK_EQUAL(set_number(place, L"Number", 1), STATUS_SUCCESS);
    CHECK_EQUAL(values.Status, STATUS_NOTIFY_ENUM_DIR);
    CHECK_EQUAL(ZwNotifyChangeKey(place, NULL, NULL, NULL, &names, 0, FALSE, NULL, 0, TRUE), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(ZwNotifyChangeKey(place, NULL, NULL, NULL, &names, 0x100, FALSE, NULL, 0, TRUE), STATUS_INVALID_PARAMETER);
    close_key(child);
    close_key(other);
    end(place);
}

static void end_of_the_handle_or_the_key_ends_the_wait(void)
{
    HANDLE place = begin();
    HANDLE key = made_key(place, L"Key");
    HANDLE second = opened_key(place, L"Key");
    IO_STATUS_BLOCK closed = {.Status = 1};
    IO_STATUS_BLOCK deleted = {.Status = 1};

    CHECK_EQUAL(ZwNotifyChangeKey(key, NULL, NULL, NULL, &closed, REG_NOTIFY_CHANGE_NAME, FALSE, NULL, 0, TRUE),
                STATUS_PENDING);
    CHECK_EQUAL(ZwNotifyChangeKey(second, NULL, NULL, NULL, &deleted, REG_NOTIFY_CHANGE_NAME, FALSE, NULL, 0, TRUE),
                STATUS_PENDING);
    close_key(key);
    CHECK(closed.Status == STATUS_NOTIFY_CLEANUP && deleted.Status == 1);
    CHECK_EQUAL(ZwDeleteKey(second), STATUS_SUCCESS);
    CHECK_EQUAL(deleted.Status, STATUS_NOTIFY_CLEANUP);
    CHECK_EQUAL(ZwNotifyChangeKey(second, NULL, NULL, NULL, &deleted, REG_NOTIFY_CHANGE_NAME, FALSE, NULL, 0, TRUE),
                STATUS_KEY_DELETED);
    close_key(second);
    end(place);
}

static void first_of_two_keys_answers(void)
{
    HANDLE place = begin();
    HANDLE one = made_key(place, L"One");
    HANDLE two = made_key(place, L"Two");
    IO_STATUS_BLOCK block = {.Status = 1};
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name = TEXT_OF(L"Two");

    InitializeObjectAttributes(&attributes, &name, 0, place, NULL);
    CHECK_EQUAL(ZwNotifyChangeMultipleKeys(one, 1, &attributes, NULL, NULL, NULL, &block, REG_NOTIFY_CHANGE_LAST_SET, FALSE,
                                           NULL, 0, TRUE),
                STATUS_PENDING);
    CHECK_EQUAL(set_number(two, L"Number", 1), STATUS_SUCCESS);
    CHECK_EQUAL(block.Status, STATUS_NOTIFY_ENUM_DIR);
    CHECK_EQUAL(ZwNotifyChangeMultipleKeys(one, 2, &attributes, NULL, NULL, NULL, &block, REG_NOTIFY_CHANGE_LAST_SET, FALSE,
                                           NULL, 0, TRUE),
                STATUS_INVALID_PARAMETER);
    close_key(one);
    close_key(two);
    end(place);
}

const struct nt_case nt_cases[] = {
    CASE(callback_hears_before_and_after),
    CASE(callback_may_refuse_or_replace),
    CASE(higher_altitudes_come_first),
    CASE(context_of_a_key_is_given_back_with_the_key_or_the_callback),
    CASE(callbacks_come_and_go_while_keys_are_used),
    CASE(waiter_hears_of_values_below),
    CASE(event_and_work_item_hear_of_changes),
    CASE(filter_and_tree_say_what_is_heard),
    CASE(end_of_the_handle_or_the_key_ends_the_wait),
    CASE(first_of_two_keys_answers),
    CASES_END,
};
