/* SPDX-License-Identifier: MIT */
/*
 * Handles and references.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <string.h>

static void run_nothing(void *context)
{
    (void)context;
}

/* Any object will do: a thread that ends at once. */
static HANDLE open_something(ULONG attributes, ACCESS_MASK access)
{
    OBJECT_ATTRIBUTES object;
    HANDLE handle;

    InitializeObjectAttributes(&object, NULL, attributes, NULL, NULL);
    CHECK_EQUAL(PsCreateSystemThread(&handle, access, &object, NULL, NULL, run_nothing, NULL), STATUS_SUCCESS);
    return handle;
}

static void handle_is_a_multiple_of_four(void)
{
    HANDLE handle = open_something(0, THREAD_ALL_ACCESS);

    CHECK(handle != NULL);
    CHECK_EQUAL((ULONG_PTR)handle % 4, 0);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static void closed_handle_is_invalid(void)
{
    HANDLE handle = open_something(0, THREAD_ALL_ACCESS);
    PVOID body;

    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(handle), STATUS_INVALID_HANDLE);
    CHECK_EQUAL(ObReferenceObjectByHandle(handle, 0, NULL, KernelMode, &body, NULL), STATUS_INVALID_HANDLE);
    CHECK(body == NULL);
}

static void stale_handle_stays_invalid_while_others_are_opened(void)
{
    HANDLE stale = open_something(0, THREAD_ALL_ACCESS);
    PETHREAD thread = PsGetCurrentThread();
    HANDLE other;
    PVOID body;

    CHECK_EQUAL(ZwClose(stale), STATUS_SUCCESS);
    for (unsigned round = 0; round < 5000; round++)
    {
        CHECK_EQUAL(ObOpenObjectByPointer(thread, 0, NULL, 0, *PsThreadType, KernelMode, &other), STATUS_SUCCESS);
        CHECK(other != stale);
        CHECK_EQUAL(ObReferenceObjectByHandle(stale, 0, NULL, KernelMode, &body, NULL), STATUS_INVALID_HANDLE);
        CHECK_EQUAL(ZwClose(other), STATUS_SUCCESS);
    }
}

static void nonsense_is_no_handle(void)
{
    static const LONG_PTR nonsense[] = {0, 1, 3, -3, -4, 0x7FFFFFFF, 0x7FFFFFFFFFFFFFFF, 1 << 20};
    PVOID body;

    for (size_t index = 0; index < ARRAYSIZE(nonsense); index++)
    {
        CHECK_EQUAL(ObReferenceObjectByHandle((HANDLE)nonsense[index], 0, NULL, KernelMode, &body, NULL),
                    STATUS_INVALID_HANDLE);
    }
    CHECK_EQUAL(ZwClose(NULL), STATUS_INVALID_HANDLE);
}

static void handle_leads_to_its_body(void)
{
    PETHREAD thread = PsGetCurrentThread();
    OBJECT_HANDLE_INFORMATION information;
    HANDLE handle;
    PVOID body;

    CHECK_EQUAL(ObOpenObjectByPointer(thread, OBJ_INHERIT, NULL, SYNCHRONIZE, *PsThreadType, KernelMode, &handle),
                STATUS_SUCCESS);
    CHECK_EQUAL(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *PsThreadType, UserMode, &body, &information),
                STATUS_SUCCESS);
    CHECK(body == thread);
    CHECK_EQUAL(information.GrantedAccess, SYNCHRONIZE);
    CHECK_EQUAL(information.HandleAttributes, OBJ_INHERIT);
    ObDereferenceObject(body);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static void type_must_match(void)
{
    HANDLE handle = open_something(0, THREAD_ALL_ACCESS);
    PVOID body;

    CHECK_EQUAL(ObReferenceObjectByHandle(handle, 0, *PsProcessType, KernelMode, &body, NULL), STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    CHECK_EQUAL(ObReferenceObjectByPointer(PsGetCurrentThread(), 0, *PsProcessType, KernelMode),
                STATUS_OBJECT_TYPE_MISMATCH);
}

static void rights_bind_user_mode_only(void)
{
    HANDLE handle = open_something(0, SYNCHRONIZE);
    PVOID body;

    CHECK_EQUAL(ObReferenceObjectByHandle(handle, THREAD_TERMINATE, NULL, UserMode, &body, NULL), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(ObReferenceObjectByHandle(handle, THREAD_TERMINATE, NULL, KernelMode, &body, NULL), STATUS_SUCCESS);
    ObDereferenceObject(body);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static void generic_rights_are_mapped(void)
{
    OBJECT_HANDLE_INFORMATION information;
    HANDLE handle = open_something(0, GENERIC_ALL);
    PVOID body;

    CHECK_EQUAL(ObReferenceObjectByHandle(handle, 0, NULL, KernelMode, &body, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information.GrantedAccess, THREAD_ALL_ACCESS);
    ObDereferenceObject(body);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static void kernel_handle_is_marked_and_hidden_from_user_mode(void)
{
    HANDLE handle = open_something(OBJ_KERNEL_HANDLE, THREAD_ALL_ACCESS);
    PVOID body;

    CHECK(ObIsKernelHandle(handle));
    CHECK(!ObIsKernelHandle(NtCurrentProcess()));
    CHECK_EQUAL(ObReferenceObjectByHandle(handle, 0, NULL, UserMode, &body, NULL), STATUS_INVALID_HANDLE);
    CHECK_EQUAL(ObReferenceObjectByHandle(handle, 0, NULL, KernelMode, &body, NULL), STATUS_SUCCESS);
    ObDereferenceObject(body);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static void pseudo_handles_mean_the_caller(void)
{
    PVOID body;

    CHECK_EQUAL(ObReferenceObjectByHandle(NtCurrentThread(), 0, *PsThreadType, KernelMode, &body, NULL), STATUS_SUCCESS);
    CHECK(body == PsGetCurrentThread());
    ObDereferenceObject(body);
    CHECK_EQUAL(ObReferenceObjectByHandle(NtCurrentProcess(), 0, *PsProcessType, KernelMode, &body, NULL), STATUS_SUCCESS);
    CHECK(body == PsGetCurrentProcess());
    ObDereferenceObject(body);
    CHECK_EQUAL(ZwClose(NtCurrentThread()), STATUS_SUCCESS);
}

static void copy_lives_on_without_its_source(void)
{
    HANDLE handle = open_something(0, SYNCHRONIZE);
    OBJECT_HANDLE_INFORMATION information;
    HANDLE copy;
    PVOID body;

    CHECK_EQUAL(ZwDuplicateObject(NtCurrentProcess(), handle, NtCurrentProcess(), &copy, 0, 0,
                                  DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE),
                STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(handle), STATUS_INVALID_HANDLE);
    CHECK_EQUAL(ObReferenceObjectByHandle(copy, 0, NULL, KernelMode, &body, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information.GrantedAccess, SYNCHRONIZE);
    ObDereferenceObject(body);
    CHECK_EQUAL(ZwClose(copy), STATUS_SUCCESS);
}

static void thousands_of_handles_are_open_at_once(void)
{
    static HANDLE handles[3000];

    for (size_t index = 0; index < ARRAYSIZE(handles); index++)
    {
        CHECK_EQUAL(ObOpenObjectByPointer(PsGetCurrentThread(), 0, NULL, 0, NULL, KernelMode, &handles[index]),
                    STATUS_SUCCESS);
    }
    for (size_t index = 0; index < ARRAYSIZE(handles); index++)
    {
        CHECK_EQUAL(ZwClose(handles[index]), STATUS_SUCCESS);
    }
}

static void look_up_until_closed(void *context)
{
    PVOID body;

    /* So few that the priority strategy of the simulation, which may let this thread go on and on, comes to an end. */
    for (unsigned round = 0; round < 100; round++)
    {
        if (!NT_SUCCESS(ObReferenceObjectByHandle(*(HANDLE *)context, 0, NULL, KernelMode, &body, NULL)))
        {
            break;
        }
        ObDereferenceObject(body);
    }
}

static void lookups_race_with_the_close(void)
{
    HANDLE handle = open_something(0, THREAD_ALL_ACCESS);
    struct nt_thread *threads[2];

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(look_up_until_closed, &handle);
    }
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
}

static void close_and_tell(void *context)
{
    HANDLE *handle = context;

    if (!NT_SUCCESS(ZwClose(*handle)))
    {
        *handle = NULL;
    }
}

static void one_of_two_closes_succeeds(void)
{
    HANDLE one = open_something(0, THREAD_ALL_ACCESS);
    HANDLE other = one;
    struct nt_thread *thread = nt_thread_start(close_and_tell, &other);

    close_and_tell(&one);
    nt_thread_join(thread);
    CHECK((one == NULL) != (other == NULL));
}

static void stale_kernel_handle(void)
{
    HANDLE handle = open_something(OBJ_KERNEL_HANDLE, THREAD_ALL_ACCESS);

    (void)ZwClose(handle);
    (void)ZwClose(handle);
}

static void reference_to_nothing(void)
{
    ObReferenceObject(NULL);
}

static void one_release_too_many(void)
{
    PETHREAD thread = PsGetCurrentThread();

    for (unsigned round = 0; round < 3; round++)
    {
        ObDereferenceObject(thread);
    }
}

static void attempt(void)
{
    OBJECT_ATTRIBUTES object;
    HANDLE handle;
    NTSTATUS status;

    InitializeObjectAttributes(&object, NULL, 0, NULL, NULL);
    status = PsCreateSystemThread(&handle, 0, &object, NULL, NULL, run_nothing, NULL);
    CHECK(status == STATUS_SUCCESS || (status == STATUS_INSUFFICIENT_RESOURCES && handle == NULL));
    if (NT_SUCCESS(status))
    {
        CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    }
}

static void every_allocation_may_fail(void)
{
    (void)PsGetCurrentThread();
    nt_fail_each_allocation(attempt);
}

const struct nt_case nt_cases[] = {
    CASE(handle_is_a_multiple_of_four),
    CASE(closed_handle_is_invalid),
    CASE(stale_handle_stays_invalid_while_others_are_opened),
    CASE(nonsense_is_no_handle),
    CASE(handle_leads_to_its_body),
    CASE(type_must_match),
    CASE(rights_bind_user_mode_only),
    CASE(generic_rights_are_mapped),
    CASE(kernel_handle_is_marked_and_hidden_from_user_mode),
    CASE(pseudo_handles_mean_the_caller),
    CASE(copy_lives_on_without_its_source),
    CASE(thousands_of_handles_are_open_at_once),
    CASE(lookups_race_with_the_close),
    CASE(one_of_two_closes_succeeds),
    CASE(every_allocation_may_fail),
    STOPS(stale_kernel_handle, "bug check 0x00000093"),
    STOPS(reference_to_nothing, "bug check 0x00000018"),
    STOPS(one_release_too_many, "bug check 0x00000018"),
    CASES_END,
};
