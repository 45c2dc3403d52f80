/* SPDX-License-Identifier: MIT */
/*
 * The object namespace: directories, links, names of objects.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <string.h>

#include "nt/object/namespace.h"

static UNICODE_STRING text(PCWSTR wide)
{
    UNICODE_STRING string;

    RtlInitUnicodeString(&string, wide);
    return string;
}

static NTSTATUS create_event(PCWSTR path, HANDLE root, ULONG flags, HANDLE *handle)
{
    UNICODE_STRING name = text(path);
    OBJECT_ATTRIBUTES attributes;

    InitializeObjectAttributes(&attributes, &name, flags, root, NULL);
    return ZwCreateEvent(handle, EVENT_ALL_ACCESS, &attributes, NotificationEvent, FALSE);
}

static NTSTATUS open_event(PCWSTR path, ULONG flags, HANDLE *handle)
{
    UNICODE_STRING name = text(path);
    OBJECT_ATTRIBUTES attributes;

    InitializeObjectAttributes(&attributes, &name, flags, NULL, NULL);
    return ZwOpenEvent(handle, EVENT_ALL_ACCESS, &attributes);
}

static NTSTATUS create_directory(PCWSTR path, HANDLE root, ULONG flags, HANDLE *handle)
{
    UNICODE_STRING name = text(path);
    OBJECT_ATTRIBUTES attributes;

    InitializeObjectAttributes(&attributes, &name, flags, root, NULL);
    return ZwCreateDirectoryObject(handle, DIRECTORY_ALL_ACCESS, &attributes);
}

static NTSTATUS create_link(PCWSTR path, PCWSTR target, ULONG flags, HANDLE *handle)
{
    UNICODE_STRING name = text(path);
    UNICODE_STRING to = text(target);
    OBJECT_ATTRIBUTES attributes;

    InitializeObjectAttributes(&attributes, &name, flags, NULL, NULL);
    return ZwCreateSymbolicLinkObject(handle, SYMBOLIC_LINK_ALL_ACCESS, &attributes, &to);
}

static void close_handle(HANDLE handle)
{
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static bool is_same_object(HANDLE one, HANDLE other)
{
    PVOID bodies[2];

    CHECK_EQUAL(ObReferenceObjectByHandle(one, 0, NULL, KernelMode, &bodies[0], NULL), STATUS_SUCCESS);
    CHECK_EQUAL(ObReferenceObjectByHandle(other, 0, NULL, KernelMode, &bodies[1], NULL), STATUS_SUCCESS);
    ObDereferenceObject(bodies[0]);
    ObDereferenceObject(bodies[1]);
    return bodies[0] == bodies[1];
}

static void named_object_is_found_whatever_the_case(void)
{
    HANDLE handle;
    HANDLE other;

    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\Case", NULL, OBJ_CASE_INSENSITIVE, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\basenamedOBJECTS\\cASE", OBJ_CASE_INSENSITIVE, &other), STATUS_SUCCESS);
    CHECK(is_same_object(handle, other));
    close_handle(other);
    close_handle(handle);
}

static void name_goes_with_the_last_handle(void)
{
    HANDLE handle;
    HANDLE other;

    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\Gone", NULL, 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Gone", 0, &other), STATUS_SUCCESS);
    close_handle(handle);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Gone", 0, &handle), STATUS_SUCCESS);
    close_handle(handle);
    close_handle(other);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Gone", 0, &handle), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(handle == NULL);
}

static void name_goes_although_the_body_is_referenced(void)
{
    HANDLE handle;
    HANDLE other;
    PVOID body;

    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\Held", NULL, 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(ObReferenceObjectByHandle(handle, 0, NULL, KernelMode, &body, NULL), STATUS_SUCCESS);
    close_handle(handle);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Held", 0, &other), STATUS_OBJECT_NAME_NOT_FOUND);
    ObDereferenceObject(body);
}

static void permanent_object_stays_until_it_is_made_temporary(void)
{
    HANDLE handle;

    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\Permanent", NULL, OBJ_PERMANENT, &handle), STATUS_SUCCESS);
    close_handle(handle);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Permanent", 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(ZwMakeTemporaryObject(handle), STATUS_SUCCESS);
    CHECK_EQUAL(ZwMakeTemporaryObject(handle), STATUS_SUCCESS);
    close_handle(handle);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Permanent", 0, &handle), STATUS_OBJECT_NAME_NOT_FOUND);
}

static void taken_name_collides_unless_open_if(void)
{
    HANDLE handle;
    HANDLE other;

    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\Taken", NULL, 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\TAKEN", NULL, 0, &other), STATUS_OBJECT_NAME_COLLISION);
    CHECK(other == NULL);
    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\TAKEN", NULL, OBJ_OPENIF, &other), STATUS_OBJECT_NAME_EXISTS);
    CHECK(is_same_object(handle, other));
    close_handle(other);
    CHECK_EQUAL(create_directory(L"\\BaseNamedObjects\\Taken", NULL, OBJ_OPENIF, &other), STATUS_OBJECT_TYPE_MISMATCH);
    close_handle(handle);
}

static void type_of_the_open_must_match(void)
{
    HANDLE handle;
    HANDLE other;

    CHECK_EQUAL(create_directory(L"\\BaseNamedObjects\\Folder", NULL, 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Folder", 0, &other), STATUS_OBJECT_TYPE_MISMATCH);
    close_handle(handle);
}

static void bad_paths_have_their_statuses(void)
{
    static const struct
    {
        PCWSTR path;
        NTSTATUS create;
        NTSTATUS open;
    } paths[] = {
        {L"NoSeparator", STATUS_OBJECT_PATH_SYNTAX_BAD, STATUS_OBJECT_PATH_SYNTAX_BAD},
        {L"\\NoFolder\\Name", STATUS_OBJECT_PATH_NOT_FOUND, STATUS_OBJECT_PATH_NOT_FOUND},
        {L"\\BaseNamedObjects\\\\Name", STATUS_OBJECT_NAME_INVALID, STATUS_OBJECT_NAME_INVALID},
        {L"\\BaseNamedObjects\\", STATUS_OBJECT_NAME_INVALID, STATUS_OBJECT_NAME_INVALID},
        {L"\\BaseNamedObjects\\None", STATUS_SUCCESS, STATUS_OBJECT_NAME_NOT_FOUND},
        {L"\\BaseNamedObjects\\None\\Deeper", STATUS_OBJECT_PATH_NOT_FOUND, STATUS_OBJECT_PATH_NOT_FOUND},
        {L"\\Callback\\PowerState\\Deeper", STATUS_OBJECT_TYPE_MISMATCH, STATUS_OBJECT_TYPE_MISMATCH},
    };

    for (size_t index = 0; index < ARRAYSIZE(paths); index++)
    {
        HANDLE handle;

        CHECK_EQUAL(open_event(paths[index].path, 0, &handle), paths[index].open);
        CHECK_EQUAL(create_event(paths[index].path, NULL, 0, &handle), paths[index].create);
        if (handle != NULL)
        {
            close_handle(handle);
        }
    }
}

static void odd_length_is_no_name(void)
{
    UNICODE_STRING name = text(L"\\BaseNamedObjects\\Odd");
    OBJECT_ATTRIBUTES attributes;
    HANDLE handle;

    name.Length--;
    InitializeObjectAttributes(&attributes, &name, 0, NULL, NULL);
    CHECK_EQUAL(ZwCreateEvent(&handle, EVENT_ALL_ACCESS, &attributes, NotificationEvent, FALSE), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(ZwOpenEvent(&handle, EVENT_ALL_ACCESS, &attributes), STATUS_OBJECT_NAME_INVALID);
}

static void bad_attributes_are_refused(void)
{
    OBJECT_ATTRIBUTES attributes;
    HANDLE handle;

    InitializeObjectAttributes(&attributes, NULL, 0x80000000, NULL, NULL);
    CHECK_EQUAL(ZwCreateEvent(&handle, EVENT_ALL_ACCESS, &attributes, NotificationEvent, FALSE), STATUS_INVALID_PARAMETER);
    InitializeObjectAttributes(&attributes, NULL, 0, NULL, NULL);
    attributes.Length = 4;
    CHECK_EQUAL(ZwCreateEvent(&handle, EVENT_ALL_ACCESS, &attributes, NotificationEvent, FALSE), STATUS_INVALID_PARAMETER);
    attributes.Length = sizeof(attributes);
    CHECK_EQUAL(ZwOpenEvent(&handle, EVENT_ALL_ACCESS, &attributes), STATUS_OBJECT_PATH_SYNTAX_BAD);
    CHECK_EQUAL(ZwOpenEvent(&handle, EVENT_ALL_ACCESS, NULL), STATUS_INVALID_PARAMETER);
}

static void name_is_relative_to_the_root_handle(void)
{
    HANDLE folder;
    HANDLE deeper;
    HANDLE handle;
    HANDLE other;

    CHECK_EQUAL(create_directory(L"\\BaseNamedObjects\\Root", NULL, 0, &folder), STATUS_SUCCESS);
    CHECK_EQUAL(create_directory(L"Sub", folder, 0, &deeper), STATUS_SUCCESS);
    CHECK_EQUAL(create_event(L"Sub\\Event", folder, 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Root\\Sub\\Event", 0, &other), STATUS_SUCCESS);
    CHECK(is_same_object(handle, other));
    close_handle(other);
    CHECK_EQUAL(create_event(L"\\Sub\\Other", folder, 0, &other), STATUS_OBJECT_PATH_SYNTAX_BAD);
    CHECK_EQUAL(create_event(L"Other", (HANDLE)(ULONG_PTR)0x1234568, 0, &other), STATUS_INVALID_HANDLE);
    close_handle(handle);
    close_handle(deeper);
    close_handle(folder);
}

static void links_are_followed(void)
{
    HANDLE one;
    HANDLE two;
    HANDLE handle;
    HANDLE other;

    CHECK_EQUAL(create_link(L"\\BaseNamedObjects\\One", L"\\BaseNamedObjects\\Two", 0, &one), STATUS_SUCCESS);
    CHECK_EQUAL(create_link(L"\\BaseNamedObjects\\Two", L"\\KernelObjects", 0, &two), STATUS_SUCCESS);
    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\One\\Event", NULL, 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\KernelObjects\\Event", 0, &other), STATUS_SUCCESS);
    CHECK(is_same_object(handle, other));
    close_handle(other);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\One\\Event", OBJ_DONT_REPARSE, &other), STATUS_REPARSE_POINT_ENCOUNTERED);
    close_handle(handle);
    close_handle(two);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\One\\Event", 0, &other), STATUS_OBJECT_PATH_NOT_FOUND);
    close_handle(one);
}

static void links_in_a_circle_end(void)
{
    HANDLE one;
    HANDLE two;
    HANDLE handle;

    CHECK_EQUAL(create_link(L"\\BaseNamedObjects\\One", L"\\BaseNamedObjects\\Two", 0, &one), STATUS_SUCCESS);
    CHECK_EQUAL(create_link(L"\\BaseNamedObjects\\Two", L"\\BaseNamedObjects\\One", 0, &two), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\One", 0, &handle), STATUS_REPARSE_POINT_NOT_RESOLVED);
    close_handle(two);
    close_handle(one);
}

static void link_that_grows_without_end_is_too_long(void)
{
    static WCHAR target[2000];
    HANDLE link;
    HANDLE handle;

    memcpy(target, L"\\BaseNamedObjects\\Grow\\", 23 * sizeof(WCHAR));
    for (size_t unit = 23; unit < ARRAYSIZE(target) - 1; unit++)
    {
        target[unit] = 'x';
    }
    CHECK_EQUAL(create_link(L"\\BaseNamedObjects\\Grow", target, 0, &link), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Grow", 0, &handle), STATUS_NAME_TOO_LONG);
    close_handle(link);
}

static void link_tells_its_target(void)
{
    UNICODE_STRING name = text(L"\\BaseNamedObjects\\Link");
    WCHAR buffer[20];
    UNICODE_STRING target = {0, sizeof(buffer), buffer};
    OBJECT_ATTRIBUTES attributes;
    HANDLE link;
    HANDLE opened;
    ULONG length;

    CHECK_EQUAL(create_link(L"\\BaseNamedObjects\\Link", L"\\No\\Where", 0, &link), STATUS_SUCCESS);
    InitializeObjectAttributes(&attributes, &name, 0, NULL, NULL);
    CHECK_EQUAL(ZwOpenSymbolicLinkObject(&opened, SYMBOLIC_LINK_QUERY, &attributes), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQuerySymbolicLinkObject(opened, &target, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, 10 * sizeof(WCHAR));
    CHECK_EQUAL(target.Length, 9 * sizeof(WCHAR));
    CHECK(memcmp(buffer, L"\\No\\Where", 10 * sizeof(WCHAR)) == 0);
    target.MaximumLength = 8 * sizeof(WCHAR);
    CHECK_EQUAL(ZwQuerySymbolicLinkObject(opened, &target, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, 10 * sizeof(WCHAR));
    close_handle(opened);
    close_handle(link);
}

static void dos_devices_have_three_names(void)
{
    static const PCWSTR paths[] = {L"\\??\\Shared", L"\\DosDevices\\Shared", L"\\GLOBAL??\\Shared", L"\\??\\Global\\Shared"};
    HANDLE handle;

    CHECK_EQUAL(create_event(paths[0], NULL, 0, &handle), STATUS_SUCCESS);
    for (size_t index = 0; index < ARRAYSIZE(paths); index++)
    {
        HANDLE other;

        CHECK_EQUAL(open_event(paths[index], 0, &other), STATUS_SUCCESS);
        close_handle(other);
    }
    close_handle(handle);
}

static void thousands_of_names_are_found(void)
{
    static HANDLE handles[2000];
    WCHAR path[] = L"\\BaseNamedObjects\\Many0000";

    for (size_t index = 0; index < ARRAYSIZE(handles); index++)
    {
        for (size_t digit = 0, rest = index; digit < 4; digit++, rest /= 10)
        {
            path[25 - digit] = (WCHAR)('0' + rest % 10);
        }
        CHECK_EQUAL(create_event(path, NULL, 0, &handles[index]), STATUS_SUCCESS);
    }
    for (size_t index = 0; index < ARRAYSIZE(handles); index++)
    {
        HANDLE other;

        for (size_t digit = 0, rest = index; digit < 4; digit++, rest /= 10)
        {
            path[25 - digit] = (WCHAR)('0' + rest % 10);
        }
        CHECK_EQUAL(open_event(path, 0, &other), STATUS_SUCCESS);
        CHECK(is_same_object(other, handles[index]));
        close_handle(other);
    }
    for (size_t index = 0; index < ARRAYSIZE(handles); index++)
    {
        close_handle(handles[index]);
    }
}

static void name_is_told(void)
{
    struct
    {
        OBJECT_NAME_INFORMATION information;
        WCHAR text[64];
    } name;
    HANDLE handle;
    ULONG length;
    PVOID body;

    CHECK_EQUAL(create_event(L"\\??\\Named", NULL, 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryObject(handle, ObjectNameInformation, &name, sizeof(name), &length), STATUS_SUCCESS);
    CHECK_EQUAL(name.information.Name.Length, 15 * sizeof(WCHAR));
    CHECK(memcmp(name.information.Name.Buffer, L"\\GLOBAL??\\Named", 16 * sizeof(WCHAR)) == 0);
    CHECK_EQUAL(ZwQueryObject(handle, ObjectNameInformation, &name, length - 1, &length), STATUS_INFO_LENGTH_MISMATCH);
    CHECK_EQUAL(ObReferenceObjectByHandle(handle, 0, NULL, KernelMode, &body, NULL), STATUS_SUCCESS);
    close_handle(handle);
    CHECK_EQUAL(ObQueryNameString(body, &name.information, sizeof(name), &length), STATUS_SUCCESS);
    CHECK_EQUAL(name.information.Name.Length, 0);
    CHECK_EQUAL(length, sizeof(OBJECT_NAME_INFORMATION));
    ObDereferenceObject(body);
}

static void object_tells_of_itself(void)
{
    OBJECT_BASIC_INFORMATION basic;
    struct
    {
        PUBLIC_OBJECT_TYPE_INFORMATION information;
        WCHAR text[32];
    } type;
    HANDLE handle;
    HANDLE other;
    ULONG length;

    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\Told", NULL, OBJ_INHERIT, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Told", 0, &other), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryObject(handle, ObjectBasicInformation, &basic, sizeof(basic), &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, sizeof(basic));
    CHECK_EQUAL(basic.Attributes, OBJ_INHERIT);
    CHECK_EQUAL(basic.GrantedAccess, EVENT_ALL_ACCESS);
    CHECK_EQUAL(basic.HandleCount, 2);
    /* Two handles, and the query itself. */
    CHECK_EQUAL(basic.PointerCount, 3);
    CHECK_EQUAL(ZwQueryObject(handle, ObjectBasicInformation, &basic, 4, &length), STATUS_INFO_LENGTH_MISMATCH);
    CHECK_EQUAL(ZwQueryObject(handle, ObjectTypeInformation, &type, sizeof(type), &length), STATUS_SUCCESS);
    CHECK_EQUAL(type.information.TypeName.Length, 5 * sizeof(WCHAR));
    CHECK(memcmp(type.information.TypeName.Buffer, L"Event", 6 * sizeof(WCHAR)) == 0);
    CHECK_EQUAL(ZwQueryObject(handle, ObjectTypeInformation, &type, 8, &length), STATUS_INFO_LENGTH_MISMATCH);
    CHECK_EQUAL(ZwQueryObject(handle, MaxObjectInfoClass, &type, sizeof(type), &length), STATUS_INVALID_INFO_CLASS);
    close_handle(other);
    close_handle(handle);
}

struct directory_entry
{
    UNICODE_STRING name;
    UNICODE_STRING type;
};

static void directory_lists_its_names(void)
{
    char buffer[512] __attribute__((aligned(16)));
    struct directory_entry *entry = (struct directory_entry *)buffer;
    HANDLE folder;
    HANDLE handles[3];
    ULONG context = 0;
    ULONG length;
    unsigned listed = 0;

    CHECK_EQUAL(create_directory(L"\\BaseNamedObjects\\List", NULL, 0, &folder), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryDirectoryObject(folder, buffer, sizeof(buffer), FALSE, TRUE, &context, &length),
                STATUS_NO_MORE_ENTRIES);
    CHECK_EQUAL(create_event(L"A", folder, 0, &handles[0]), STATUS_SUCCESS);
    CHECK_EQUAL(create_event(L"B", folder, 0, &handles[1]), STATUS_SUCCESS);
    CHECK_EQUAL(create_directory(L"C", folder, 0, &handles[2]), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryDirectoryObject(folder, buffer, sizeof(buffer), FALSE, TRUE, &context, &length), STATUS_SUCCESS);
    CHECK_EQUAL(context, 3);
    CHECK(entry[3].name.Buffer == NULL);
    CHECK_EQUAL(ZwQueryDirectoryObject(folder, buffer, 8, TRUE, TRUE, &context, &length), STATUS_BUFFER_TOO_SMALL);
    while (ZwQueryDirectoryObject(folder, buffer, sizeof(buffer), TRUE, FALSE, &context, &length) == STATUS_SUCCESS)
    {
        CHECK_EQUAL(entry->name.Length, sizeof(WCHAR));
        CHECK_EQUAL(entry->type.Length, (entry->name.Buffer[0] == 'C' ? 9 : 5) * sizeof(WCHAR));
        listed++;
    }
    CHECK_EQUAL(listed, 3);
    for (size_t index = 0; index < ARRAYSIZE(handles); index++)
    {
        close_handle(handles[index]);
    }
    close_handle(folder);
}

static void exclusive_object_has_one_handle(void)
{
    HANDLE handle;
    HANDLE other;

    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\Mine", NULL, OBJ_EXCLUSIVE, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Mine", 0, &other), STATUS_ACCESS_DENIED);
    close_handle(handle);
}

/* What the observer heard, as letters. */
static char heard[64];

static void hear(enum namespace_event event, const char *name, void *context)
{
    size_t length = strlen(heard);

    (void)context;
    if (strncmp(name, "Hear", 4) == 0)
    {
        heard[length] = event == NAMESPACE_LINK_ADDED ? '+' : '-';
        heard[length + 1] = name[4];
    }
}

static void observer_hears_of_dos_links_in_order(void)
{
    UNICODE_STRING first = text(L"\\??\\Hear1");
    UNICODE_STRING second = text(L"\\DosDevices\\Hear2");
    UNICODE_STRING elsewhere = text(L"\\BaseNamedObjects\\Hear3");
    UNICODE_STRING target = text(L"\\Device\\None");
    HANDLE link;

    memset(heard, 0, sizeof(heard));
    CHECK_EQUAL(IoCreateSymbolicLink(&first, &target), STATUS_SUCCESS);
    namespace_observe(hear, NULL);
    CHECK_EQUAL(IoCreateSymbolicLink(&second, &target), STATUS_SUCCESS);
    CHECK_EQUAL(IoCreateSymbolicLink(&second, &target), STATUS_OBJECT_NAME_COLLISION);
    CHECK_EQUAL(IoCreateSymbolicLink(&elsewhere, &target), STATUS_SUCCESS);
    CHECK_EQUAL(create_link(L"\\??\\Hear4", L"\\Device\\None", 0, &link), STATUS_SUCCESS);
    close_handle(link);
    CHECK_EQUAL(IoDeleteSymbolicLink(&first), STATUS_SUCCESS);
    CHECK_EQUAL(IoDeleteSymbolicLink(&second), STATUS_SUCCESS);
    CHECK_EQUAL(IoDeleteSymbolicLink(&second), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(IoDeleteSymbolicLink(&elsewhere), STATUS_SUCCESS);
    namespace_observe(NULL, NULL);
    CHECK(strcmp(heard, "+1+2+4-4-1-2") == 0);
}

static void deleting_a_link_needs_a_link(void)
{
    UNICODE_STRING name = text(L"\\BaseNamedObjects\\NoLink");
    HANDLE handle;

    CHECK_EQUAL(create_event(L"\\BaseNamedObjects\\NoLink", NULL, 0, &handle), STATUS_SUCCESS);
    CHECK_EQUAL(IoDeleteSymbolicLink(&name), STATUS_OBJECT_TYPE_MISMATCH);
    close_handle(handle);
}

static void reference_by_name(void)
{
    UNICODE_STRING name = text(L"\\Callback\\PowerState");
    PVOID body;

    CHECK_EQUAL(ObReferenceObjectByName(&name, OBJ_CASE_INSENSITIVE, NULL, 0, NULL, KernelMode, NULL, &body),
                STATUS_SUCCESS);
    ObDereferenceObject(body);
    CHECK_EQUAL(ObReferenceObjectByName(&name, 0, NULL, 0, *ExEventObjectType, KernelMode, NULL, &body),
                STATUS_OBJECT_TYPE_MISMATCH);
}

static void open_or_create(void *context)
{
    for (unsigned round = 0; round < 20; round++)
    {
        NTSTATUS status = create_event(L"\\BaseNamedObjects\\Race", NULL, OBJ_OPENIF, context);

        CHECK(status == STATUS_SUCCESS || status == STATUS_OBJECT_NAME_EXISTS || status == STATUS_OBJECT_NAME_COLLISION);
        if (NT_SUCCESS(status))
        {
            close_handle(*(HANDLE *)context);
        }
    }
}

static void creators_of_one_name_race(void)
{
    struct nt_thread *threads[3];
    HANDLE handles[3];
    HANDLE handle;

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(open_or_create, &handles[index]);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(open_event(L"\\BaseNamedObjects\\Race", 0, &handle), STATUS_OBJECT_NAME_NOT_FOUND);
}

static void attempt(void)
{
    HANDLE folder;
    HANDLE link = NULL;
    HANDLE handle;

    if (!NT_SUCCESS(create_directory(L"\\BaseNamedObjects\\Fail", NULL, 0, &folder)))
    {
        return;
    }
    if (NT_SUCCESS(create_link(L"\\??\\Fail", L"\\BaseNamedObjects\\Fail", 0, &link)) &&
        NT_SUCCESS(create_event(L"\\??\\Fail\\Event", NULL, 0, &handle)))
    {
        close_handle(handle);
    }
    if (link != NULL)
    {
        close_handle(link);
    }
    close_handle(folder);
}

static void every_allocation_may_fail(void)
{
    HANDLE handle;

    (void)PsGetCurrentThread();
    nt_fail_each_allocation(attempt);
    CHECK_EQUAL(create_directory(L"\\BaseNamedObjects\\Fail", NULL, 0, &handle), STATUS_SUCCESS);
    close_handle(handle);
}

const struct nt_case nt_cases[] = {
    CASE(named_object_is_found_whatever_the_case),
    CASE(name_goes_with_the_last_handle),
    CASE(name_goes_although_the_body_is_referenced),
    CASE(permanent_object_stays_until_it_is_made_temporary),
    CASE(taken_name_collides_unless_open_if),
    CASE(type_of_the_open_must_match),
    CASE(bad_paths_have_their_statuses),
    CASE(odd_length_is_no_name),
    CASE(bad_attributes_are_refused),
    CASE(name_is_relative_to_the_root_handle),
    CASE(links_are_followed),
    CASE(links_in_a_circle_end),
    CASE(link_that_grows_without_end_is_too_long),
    CASE(link_tells_its_target),
    CASE(dos_devices_have_three_names),
    CASE(thousands_of_names_are_found),
    CASE(name_is_told),
    CASE(object_tells_of_itself),
    CASE(directory_lists_its_names),
    CASE(exclusive_object_has_one_handle),
    CASE(observer_hears_of_dos_links_in_order),
    CASE(deleting_a_link_needs_a_link),
    CASE(reference_by_name),
    CASE(creators_of_one_name_race),
    CASE(every_allocation_may_fail),
    CASES_END,
};
