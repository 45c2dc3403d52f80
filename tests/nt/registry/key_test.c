/* SPDX-License-Identifier: MIT */
/*
 * Keys: making, opening, deleting, renaming, enumerating, asking.
 */
#include <string.h>

#include "registry_case.h"

static HANDLE begin(void)
{
    delete_tree(NULL, PLACE);
    return made_key(NULL, PLACE);
}

static void end(HANDLE place)
{
    close_key(place);
    delete_tree(NULL, PLACE);
}

static void key_is_made_once_and_then_opened(void)
{
    HANDLE place = begin();
    ULONG disposition = 0;
    HANDLE one;
    HANDLE two;

    CHECK_EQUAL(create_key(place, L"One", 0, &one, &disposition), STATUS_SUCCESS);
    CHECK_EQUAL(disposition, REG_CREATED_NEW_KEY);
    CHECK_EQUAL(create_key(place, L"oNE", 0, &two, &disposition), STATUS_SUCCESS);
    CHECK_EQUAL(disposition, REG_OPENED_EXISTING_KEY);
    close_key(one);
    close_key(two);
    end(place);
}

static void missing_key_is_not_found(void)
{
    HANDLE place = begin();
    HANDLE key;

    CHECK_EQUAL(open_key(place, L"Missing", KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(open_key(place, L"Missing\\Below", KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(create_key(place, L"Missing\\Below", 0, &key, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    end(place);
}

static void paths_that_are_none(void)
{
    HANDLE place = begin();
    HANDLE key;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING odd = {3, 4, (PWCH)L"ab"};
    WCHAR long_name[300];

    CHECK_EQUAL(open_key(NULL, L"Registry\\Machine", KEY_READ, &key), STATUS_OBJECT_PATH_SYNTAX_BAD);
    CHECK_EQUAL(open_key(NULL, L"", KEY_READ, &key), STATUS_OBJECT_PATH_SYNTAX_BAD);
    CHECK_EQUAL(open_key(place, L"\\Registry\\Machine", KEY_READ, &key), STATUS_OBJECT_PATH_SYNTAX_BAD);
    CHECK_EQUAL(open_key(NULL, L"\\Nowhere\\Machine", KEY_READ, &key), STATUS_OBJECT_PATH_NOT_FOUND);
    InitializeObjectAttributes(&attributes, &odd, 0, place, NULL);
    CHECK_EQUAL(ZwOpenKey(&key, KEY_READ, &attributes), STATUS_OBJECT_NAME_INVALID);
    attributes.Length--;
    CHECK_EQUAL(ZwOpenKey(&key, KEY_READ, &attributes), STATUS_INVALID_PARAMETER);
    for (size_t index = 0; index < ARRAYSIZE(long_name); index++)
    {
        long_name[index] = 'a';
    }
    long_name[256] = 0;
    CHECK_EQUAL(create_key(place, long_name, 0, &key, NULL), STATUS_INVALID_PARAMETER);
    long_name[255] = 0;
    CHECK_EQUAL(create_key(place, long_name, 0, &key, NULL), STATUS_SUCCESS);
    close_key(key);
    end(place);
}

static void back_slashes_that_say_nothing_are_skipped(void)
{
    HANDLE place = begin();
    HANDLE key;

    CHECK_EQUAL(open_key(NULL, L"\\Registry\\\\Machine\\Software\\Test\\", KEY_READ, &key), STATUS_SUCCESS);
    close_key(key);
    CHECK_EQUAL(open_key(place, L"", KEY_READ, &key), STATUS_SUCCESS);
    close_key(key);
    end(place);
}

static void hives_belong_to_the_machine(void)
{
    HANDLE key;

    CHECK_EQUAL(create_key(NULL, L"\\Registry\\Own", 0, &key, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(create_key(NULL, L"\\Registry\\Machine\\Own", 0, &key, NULL), STATUS_INVALID_PARAMETER);
    key = opened_key(NULL, L"\\Registry\\Machine\\Software");
    CHECK_EQUAL(ZwDeleteKey(key), STATUS_CANNOT_DELETE);
    close_key(key);
    key = opened_key(NULL, L"\\Registry\\Machine");
    CHECK_EQUAL(ZwDeleteKey(key), STATUS_CANNOT_DELETE);
    CHECK_EQUAL(set_number(key, L"Own", 1), STATUS_ACCESS_DENIED);
    close_key(key);
}

static void current_control_set_is_a_link(void)
{
    HANDLE through;
    HANDLE direct;

    through = made_key(NULL, L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\Linked");
    direct = opened_key(NULL, L"\\Registry\\Machine\\System\\ControlSet001\\Services\\Linked");
    CHECK_EQUAL(set_number(through, L"Number", 5), STATUS_SUCCESS);
    CHECK(has_number(direct, L"Number", 5));
    close_key(through);
    delete_key(direct);
}

static void link_leads_to_its_target_and_can_be_opened_itself(void)
{
    static const WCHAR target[] = PLACE L"\\Target";
    HANDLE place = begin();
    HANDLE key = made_key(place, L"Target");
    HANDLE link;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name = TEXT_OF(L"Link");

    CHECK_EQUAL(set_number(key, L"Here", 7), STATUS_SUCCESS);
    close_key(key);
    CHECK_EQUAL(create_key(place, L"Link", REG_OPTION_CREATE_LINK, &link, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(open_key(place, L"Link", KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(set_number(link, L"Other", 7), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(set_value(link, L"SymbolicLinkValue", REG_SZ, target, sizeof(target)), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(set_value(link, L"SymbolicLinkValue", REG_LINK, target, sizeof(target) - sizeof(WCHAR)), STATUS_SUCCESS);
    key = opened_key(place, L"Link");
    CHECK(has_number(key, L"Here", 7));
    close_key(key);
    CHECK_EQUAL(create_key(place, L"Link", REG_OPTION_CREATE_LINK, &key, NULL), STATUS_OBJECT_NAME_COLLISION);
    InitializeObjectAttributes(&attributes, &name, OBJ_OPENLINK, place, NULL);
    CHECK_EQUAL(ZwOpenKey(&key, KEY_READ, &attributes), STATUS_SUCCESS);
    CHECK(!has_number(key, L"Here", 7));
    close_key(key);
    close_key(link);
    end(place);
}

/* Each link leads through the next one twice: followed without a bound, forty of them are a million million steps. */
static void links_that_multiply_lead_nowhere(void)
{
    HANDLE place = begin();
    HANDLE key;

    for (int number = 0; number < 30; number++)
    {
        WCHAR name[] = L"L00";
        WCHAR target[] = PLACE L"\\L00\\L00";
        size_t end = ARRAYSIZE(target) - 1;

        name[1] = (WCHAR)('0' + number / 10);
        name[2] = (WCHAR)('0' + number % 10);
        target[end - 2] = target[end - 6] = (WCHAR)('0' + (number + 1) / 10);
        target[end - 1] = target[end - 5] = (WCHAR)('0' + (number + 1) % 10);
        CHECK_EQUAL(create_key(place, name, REG_OPTION_CREATE_LINK, &key, NULL), STATUS_SUCCESS);
        /* The last one leads back to where all of them are. */
        CHECK_EQUAL(set_value(key, L"SymbolicLinkValue", REG_LINK, number == 29 ? PLACE : target,
                              (ULONG)(number == 29 ? sizeof(PLACE) : sizeof(target)) - (ULONG)sizeof(WCHAR)),
                    STATUS_SUCCESS);
        close_key(key);
    }
    CHECK_EQUAL(open_key(place, L"L00", KEY_READ, &key), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(open_key(place, L"L27", KEY_READ, &key), STATUS_SUCCESS);
    close_key(key);
    for (int number = 0; number < 30; number++)
    {
        WCHAR name[] = L"L00";
        OBJECT_ATTRIBUTES attributes;
        UNICODE_STRING text = {6, 6, name};

        name[1] = (WCHAR)('0' + number / 10);
        name[2] = (WCHAR)('0' + number % 10);
        InitializeObjectAttributes(&attributes, &text, OBJ_OPENLINK, place, NULL);
        CHECK_EQUAL(ZwOpenKey(&key, KEY_ALL_ACCESS, &attributes), STATUS_SUCCESS);
        delete_key(key);
    }
    end(place);
}

static void links_in_a_circle_lead_nowhere(void)
{
    static const WCHAR target[] = PLACE L"\\Circle";
    HANDLE place = begin();
    HANDLE link;
    HANDLE key;

    CHECK_EQUAL(create_key(place, L"Circle", REG_OPTION_CREATE_LINK, &link, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(set_value(link, L"SymbolicLinkValue", REG_LINK, target, sizeof(target) - sizeof(WCHAR)), STATUS_SUCCESS);
    CHECK_EQUAL(open_key(place, L"Circle", KEY_READ, &key), STATUS_OBJECT_NAME_INVALID);
    close_key(link);
    end(place);
}

static void below_a_volatile_key_everything_is_volatile(void)
{
    HANDLE place = begin();
    HANDLE key;
    HANDLE child;

    CHECK_EQUAL(create_key(place, L"Passing", REG_OPTION_VOLATILE, &key, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(create_key(key, L"Child", 0, &child, NULL), STATUS_CHILD_MUST_BE_VOLATILE);
    CHECK_EQUAL(create_key(key, L"Child", REG_OPTION_VOLATILE, &child, NULL), STATUS_SUCCESS);
    close_key(child);
    close_key(key);
    end(place);
}

static void unknown_options_are_refused(void)
{
    HANDLE place = begin();
    HANDLE key;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name = TEXT_OF(L"Key");

    CHECK_EQUAL(create_key(place, L"Key", 0x100, &key, NULL), STATUS_INVALID_PARAMETER);
    InitializeObjectAttributes(&attributes, &name, 0, place, NULL);
    CHECK_EQUAL(ZwOpenKeyEx(&key, KEY_READ, &attributes, REG_OPTION_VOLATILE), STATUS_INVALID_PARAMETER);
    end(place);
}

static void deleted_key_is_gone_but_its_handles_remain(void)
{
    HANDLE place = begin();
    HANDLE key = made_key(place, L"Key");
    HANDLE other = opened_key(place, L"Key");
    HANDLE child;
    ULONG length;
    char room[64];

    CHECK_EQUAL(ZwDeleteKey(key), STATUS_SUCCESS);
    CHECK_EQUAL(open_key(place, L"Key", KEY_READ, &child), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(ZwDeleteKey(key), STATUS_KEY_DELETED);
    CHECK_EQUAL(set_number(other, L"Number", 1), STATUS_KEY_DELETED);
    CHECK_EQUAL(delete_value(other, L"Number"), STATUS_KEY_DELETED);
    CHECK_EQUAL(create_key(other, L"Child", 0, &child, NULL), STATUS_KEY_DELETED);
    CHECK_EQUAL(open_key(other, L"Child", KEY_READ, &child), STATUS_KEY_DELETED);
    CHECK_EQUAL(ZwQueryKey(other, KeyBasicInformation, room, sizeof(room), &length), STATUS_KEY_DELETED);
    CHECK_EQUAL(ZwEnumerateKey(other, 0, KeyBasicInformation, room, sizeof(room), &length), STATUS_KEY_DELETED);
    CHECK_EQUAL(ZwFlushKey(other), STATUS_SUCCESS);
    close_key(made_key(place, L"Key"));
    CHECK_EQUAL(set_number(other, L"Number", 1), STATUS_KEY_DELETED);
    close_key(key);
    close_key(other);
    end(place);
}

static void key_with_subkeys_is_not_deleted(void)
{
    HANDLE place = begin();
    HANDLE key = made_key(place, L"Key");
    HANDLE child = made_key(key, L"Child");

    CHECK_EQUAL(ZwDeleteKey(key), STATUS_CANNOT_DELETE);
    delete_key(child);
    delete_key(key);
    end(place);
}

static void rights_are_those_that_were_asked_for(void)
{
    HANDLE place = begin();
    HANDLE reader;
    HANDLE writer;
    ULONG length;
    char room[64];
    UNICODE_STRING name = TEXT_OF(L"New");

    close_key(made_key(place, L"Key"));
    CHECK_EQUAL(open_key(place, L"Key", KEY_READ, &reader), STATUS_SUCCESS);
    CHECK_EQUAL(open_key(place, L"Key", KEY_WRITE, &writer), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(reader, L"Number", 1), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(delete_value(reader, L"Number"), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(ZwDeleteKey(reader), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(ZwRenameKey(reader, &name), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(set_number(writer, L"Number", 1), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(writer, KeyBasicInformation, room, sizeof(room), &length), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(ZwEnumerateKey(writer, 0, KeyBasicInformation, room, sizeof(room), &length), STATUS_ACCESS_DENIED);
    CHECK(has_number(reader, L"Number", 1));
    close_key(reader);
    close_key(writer);
    CHECK_EQUAL(open_key(place, L"Key", MAXIMUM_ALLOWED, &reader), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(reader, L"Number", 2), STATUS_SUCCESS);
    close_key(reader);
    CHECK_EQUAL(ZwDeleteKey(NULL), STATUS_INVALID_HANDLE);
    end(place);
}

static void renamed_key_has_the_new_name_and_its_old_content(void)
{
    HANDLE place = begin();
    HANDLE key = made_key(place, L"Old");
    HANDLE other;
    UNICODE_STRING name = TEXT_OF(L"Aaa");
    UNICODE_STRING same = TEXT_OF(L"AAA");
    UNICODE_STRING taken = TEXT_OF(L"Taken");
    UNICODE_STRING path = TEXT_OF(L"a\\b");
    UNICODE_STRING none = {0};

    close_key(made_key(place, L"Taken"));
    close_key(made_key(key, L"Child"));
    CHECK_EQUAL(set_number(key, L"Number", 3), STATUS_SUCCESS);
    CHECK_EQUAL(ZwRenameKey(key, &name), STATUS_SUCCESS);
    CHECK_EQUAL(open_key(place, L"Old", KEY_READ, &other), STATUS_OBJECT_NAME_NOT_FOUND);
    other = opened_key(place, L"aaa\\Child");
    close_key(other);
    CHECK(has_number(key, L"Number", 3));
    CHECK_EQUAL(ZwRenameKey(key, &same), STATUS_SUCCESS);
    CHECK_EQUAL(ZwRenameKey(key, &taken), STATUS_CANNOT_DELETE);
    CHECK_EQUAL(ZwRenameKey(key, &path), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(ZwRenameKey(key, &none), STATUS_INVALID_PARAMETER);
    close_key(key);
    end(place);
}

static void subkeys_come_sorted_and_then_no_more(void)
{
    static const WCHAR *const names[] = {L"Delta", L"alpha", L"Charlie", L"bravo"};
    static const WCHAR *const sorted[] = {L"alpha", L"bravo", L"Charlie", L"Delta"};
    HANDLE place = begin();
    union
    {
        KEY_BASIC_INFORMATION basic;
        char room[128];
    } information;
    ULONG length;

    for (size_t index = 0; index < ARRAYSIZE(names); index++)
    {
        close_key(made_key(place, names[index]));
    }
    for (ULONG index = 0; index < ARRAYSIZE(sorted); index++)
    {
        UNICODE_STRING expected;

        RtlInitUnicodeString(&expected, sorted[index]);
        CHECK_EQUAL(ZwEnumerateKey(place, index, KeyBasicInformation, &information, sizeof(information), &length),
                    STATUS_SUCCESS);
        CHECK_EQUAL(information.basic.NameLength, expected.Length);
        CHECK(memcmp(information.basic.Name, expected.Buffer, expected.Length) == 0);
        CHECK_EQUAL(length, FIELD_OFFSET(KEY_BASIC_INFORMATION, Name) + expected.Length);
        CHECK(information.basic.LastWriteTime.QuadPart != 0);
    }
    CHECK_EQUAL(ZwEnumerateKey(place, 4, KeyBasicInformation, &information, sizeof(information), &length),
                STATUS_NO_MORE_ENTRIES);
    CHECK_EQUAL(ZwEnumerateKey(place, 0, KeyNameInformation, &information, sizeof(information), &length),
                STATUS_INVALID_PARAMETER);
    end(place);
}

static void small_buffers_get_what_fits(void)
{
    HANDLE place = begin();
    HANDLE key = made_key(place, L"Name");
    union
    {
        KEY_BASIC_INFORMATION basic;
        char room[128];
    } information;
    ULONG fixed = FIELD_OFFSET(KEY_BASIC_INFORMATION, Name);
    ULONG length = 0;

    CHECK_EQUAL(ZwQueryKey(key, KeyBasicInformation, NULL, 0, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, fixed + 8);
    memset(&information, 0xEE, sizeof(information));
    CHECK_EQUAL(ZwQueryKey(key, KeyBasicInformation, &information, fixed - 1, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(information.room[0], (char)0xEE);
    CHECK_EQUAL(ZwQueryKey(key, KeyBasicInformation, &information, fixed + 4, &length), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(length, fixed + 8);
    CHECK_EQUAL(information.basic.NameLength, 8);
    CHECK(memcmp(information.basic.Name, L"Na", 4) == 0);
    CHECK_EQUAL(information.room[fixed + 4], (char)0xEE);
    CHECK_EQUAL(ZwQueryKey(key, KeyBasicInformation, &information, fixed + 8, &length), STATUS_SUCCESS);
    close_key(key);
    end(place);
}

static void every_class_of_a_key_is_answered(void)
{
    HANDLE place = begin();
    HANDLE key;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name = TEXT_OF(L"Key");
    UNICODE_STRING class = TEXT_OF(L"Class");
    union
    {
        KEY_BASIC_INFORMATION basic;
        KEY_NODE_INFORMATION node;
        KEY_FULL_INFORMATION full;
        KEY_NAME_INFORMATION name;
        KEY_CACHED_INFORMATION cached;
        ULONG numbers[3];
        char room[512];
    } of;
    static const WCHAR path[] = L"\\REGISTRY\\MACHINE\\SOFTWARE\\Test\\Key";
    ULONG length;

    InitializeObjectAttributes(&attributes, &name, 0, place, NULL);
    CHECK_EQUAL(ZwCreateKey(&key, KEY_ALL_ACCESS, &attributes, 0, &class, 0, NULL), STATUS_SUCCESS);
    close_key(made_key(key, L"Sub"));
    close_key(made_key(key, L"Longer"));
    CHECK_EQUAL(set_value(key, L"Four", REG_BINARY, "123456789", 9), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(key, KeyNodeInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.node.NameLength, 6);
    CHECK_EQUAL(of.node.ClassLength, 10);
    CHECK(memcmp(of.room + of.node.ClassOffset, L"Class", 10) == 0);
    CHECK_EQUAL(ZwQueryKey(key, KeyFullInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.full.SubKeys, 2);
    CHECK_EQUAL(of.full.MaxNameLen, 12);
    CHECK_EQUAL(of.full.Values, 1);
    CHECK_EQUAL(of.full.MaxValueNameLen, 8);
    CHECK_EQUAL(of.full.MaxValueDataLen, 9);
    CHECK(memcmp(of.room + of.full.ClassOffset, L"Class", 10) == 0);
    CHECK_EQUAL(ZwQueryKey(key, KeyNameInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.name.NameLength, sizeof(path) - sizeof(WCHAR));
    CHECK(memcmp(of.name.Name, path, of.name.NameLength) == 0);
    CHECK_EQUAL(ZwQueryKey(key, KeyCachedInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.cached.SubKeys, 2);
    CHECK_EQUAL(of.cached.NameLength, 6);
    CHECK_EQUAL(ZwQueryKey(key, KeyFlagsInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.numbers[1], 0);
    CHECK_EQUAL(ZwQueryKey(key, KeyHandleTagsInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(key, KeyVirtualizationInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(key, KeyTrustInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(key, KeyLayerInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(key, MaxKeyInfoClass, &of, sizeof(of), &length), STATUS_INVALID_PARAMETER);
    close_key(key);
    end(place);
}

static void what_can_be_set_is_reported(void)
{
    HANDLE place = begin();
    KEY_WRITE_TIME_INFORMATION time = {.LastWriteTime.QuadPart = 12345};
    KEY_WOW64_FLAGS_INFORMATION wow64 = {.UserFlags = 6};
    KEY_HANDLE_TAGS_INFORMATION tags = {.HandleTags = 9};
    union
    {
        KEY_BASIC_INFORMATION basic;
        ULONG numbers[3];
        char room[128];
    } of;
    ULONG length;

    CHECK_EQUAL(ZwSetInformationKey(place, KeyWriteTimeInformation, &time, sizeof(time)), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(place, KeyBasicInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.basic.LastWriteTime.QuadPart, 12345);
    CHECK_EQUAL(ZwSetInformationKey(place, KeyWow64FlagsInformation, &wow64, sizeof(wow64)), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(place, KeyFlagsInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.numbers[0], 6);
    CHECK_EQUAL(ZwSetInformationKey(place, KeySetHandleTagsInformation, &tags, sizeof(tags)), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(place, KeyHandleTagsInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.numbers[0], 9);
    CHECK_EQUAL(ZwSetInformationKey(place, KeyWriteTimeInformation, &time, 4), STATUS_INFO_LENGTH_MISMATCH);
    CHECK_EQUAL(ZwSetInformationKey(place, MaxKeySetInfoClass, &time, sizeof(time)), STATUS_INVALID_PARAMETER);
    end(place);
}

static void change_makes_the_key_younger(void)
{
    HANDLE place = begin();
    KEY_WRITE_TIME_INFORMATION old = {.LastWriteTime.QuadPart = 1};
    char room[128];
    PKEY_BASIC_INFORMATION basic = (PKEY_BASIC_INFORMATION)room;
    ULONG length;

    CHECK_EQUAL(ZwSetInformationKey(place, KeyWriteTimeInformation, &old, sizeof(old)), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(place, L"Number", 1), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(place, KeyBasicInformation, room, sizeof(room), &length), STATUS_SUCCESS);
    CHECK(basic->LastWriteTime.QuadPart > 1);
    end(place);
}

static void levels_end_at_512(void)
{
    HANDLE place = begin();
    HANDLE key = place;
    NTSTATUS status = STATUS_SUCCESS;
    ULONG made = 0;

    while (status == STATUS_SUCCESS && made < 600)
    {
        HANDLE child;

        status = create_key(key, L"d", 0, &child, NULL);
        if (status == STATUS_SUCCESS)
        {
            made++;
            if (key != place)
            {
                close_key(key);
            }
            key = child;
        }
    }
    CHECK_EQUAL(status, STATUS_INVALID_PARAMETER);
    /* The root is no level; Machine, Software and Test are three. */
    CHECK_EQUAL(made, 512 - 3);
    close_key(key);
    end(place);
}

static void failed_allocation_body(void)
{
    HANDLE place;
    HANDLE key = NULL;
    ULONG type;
    ULONG size;
    WCHAR text[8] = {0};

    if (create_key(NULL, PLACE, 0, &place, NULL) != STATUS_SUCCESS)
    {
        return;
    }
    if (create_key(place, L"Key", 0, &key, NULL) == STATUS_SUCCESS)
    {
        NTSTATUS status = set_value(key, L"Text", REG_SZ, L"text", 10);

        CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
        CHECK_EQUAL(get_value(key, L"Text", &type, text, sizeof(text), &size),
                    status == STATUS_SUCCESS ? STATUS_SUCCESS : STATUS_OBJECT_NAME_NOT_FOUND);
        CHECK_EQUAL(ZwDeleteKey(key), STATUS_SUCCESS);
        close_key(key);
    }
    else
    {
        CHECK_EQUAL(open_key(place, L"Key", KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    }
    close_key(place);
}

static void value_is_set_with_memory_or_not_at_all(void)
{
    delete_tree(NULL, PLACE);
    nt_fail_each_allocation(failed_allocation_body);
    delete_tree(NULL, PLACE);
}

static void no_handle_body(void)
{
    HANDLE key;
    NTSTATUS status = create_key(NULL, PLACE, 0, &key, NULL);

    if (status != STATUS_SUCCESS)
    {
        CHECK_EQUAL(status, STATUS_INSUFFICIENT_RESOURCES);
        CHECK_EQUAL(open_key(NULL, PLACE, KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
        return;
    }
    delete_key(key);
}

static void key_is_made_with_its_handle_or_not_at_all(void)
{
    delete_tree(NULL, PLACE);
    nt_fail_each_allocation(no_handle_body);
}

static void above_passive_level(void)
{
    KIRQL irql;
    HANDLE key;

    IoAcquireCancelSpinLock(&irql);
    (void)open_key(NULL, L"\\Registry", KEY_READ, &key);
}

static void make_and_delete(void *argument)
{
    HANDLE place = argument;

    for (int round = 0; round < 20; round++)
    {
        HANDLE key;

        if (create_key(place, L"Contended", 0, &key, NULL) == STATUS_SUCCESS)
        {
            NTSTATUS status = set_number(key, L"Number", 1);

            CHECK(status == STATUS_SUCCESS || status == STATUS_KEY_DELETED);
            status = ZwDeleteKey(key);
            CHECK(status == STATUS_SUCCESS || status == STATUS_KEY_DELETED);
            close_key(key);
        }
    }
}

static void threads_that_make_and_delete_one_key_agree(void)
{
    HANDLE place = begin();
    struct nt_thread *threads[3];
    HANDLE key;

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(make_and_delete, place);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(open_key(place, L"Contended", KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    end(place);
}

/*
 * The registry as a part of the object namespace.
 */

static NTSTATUS reference_by_name(const WCHAR *path, PVOID *ret_object)
{
    UNICODE_STRING name;

    RtlInitUnicodeString(&name, path);
    return ObReferenceObjectByName(&name, OBJ_CASE_INSENSITIVE, NULL, 0, NULL, KernelMode, NULL, ret_object);
}

static BOOLEAN is_named(PVOID object, const WCHAR *path)
{
    struct
    {
        OBJECT_NAME_INFORMATION name;
        WCHAR units[100];
    } information;
    UNICODE_STRING expected;
    ULONG length;

    RtlInitUnicodeString(&expected, path);
    CHECK_EQUAL(ObQueryNameString(object, &information.name, sizeof(information), &length), STATUS_SUCCESS);
    return RtlEqualUnicodeString(&information.name.Name, &expected, TRUE);
}

static void key_is_found_by_its_name_in_the_object_namespace(void)
{
    HANDLE place = begin();
    HANDLE key;
    PVOID object;

    CHECK_EQUAL(set_number(place, L"Number", 7), STATUS_SUCCESS);
    CHECK_EQUAL(reference_by_name(PLACE, &object), STATUS_SUCCESS);
    CHECK_EQUAL(ObOpenObjectByPointer(object, OBJ_KERNEL_HANDLE, NULL, KEY_READ, NULL, KernelMode, &key), STATUS_SUCCESS);
    CHECK(has_number(key, L"Number", 7));
    close_key(key);
    CHECK(is_named(object, PLACE));
    ObDereferenceObject(object);
    CHECK_EQUAL(reference_by_name(L"\\registry", &object), STATUS_SUCCESS);
    CHECK(is_named(object, L"\\REGISTRY"));
    ObDereferenceObject(object);
    CHECK_EQUAL(reference_by_name(PLACE L"\\Missing", &object), STATUS_OBJECT_NAME_NOT_FOUND);
    end(place);
}

static void name_of_a_deleted_key_is_not_told(void)
{
    HANDLE place = begin();
    struct
    {
        OBJECT_NAME_INFORMATION name;
        WCHAR units[100];
    } information;
    ULONG length;

    CHECK_EQUAL(ZwDeleteKey(place), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryObject(place, ObjectNameInformation, &information, sizeof(information), &length), STATUS_KEY_DELETED);
    close_key(place);
}

static void key_is_no_other_object_and_no_other_object_is_a_key(void)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    HANDLE handle;
    HANDLE key;

    RtlInitUnicodeString(&name, L"\\Registry\\Machine");
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    CHECK_EQUAL(ZwOpenEvent(&handle, EVENT_ALL_ACCESS, &attributes), STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(ZwOpenDirectoryObject(&handle, DIRECTORY_ALL_ACCESS, &attributes), STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(open_key(NULL, L"\\Device", KEY_READ, &key), STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(open_key(NULL, L"\\", KEY_READ, &key), STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(open_key(NULL, L"\\Device\\None", KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(ZwCreateEvent(&handle, EVENT_ALL_ACCESS, NULL, NotificationEvent, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(open_key(handle, L"Below", KEY_READ, &key), STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    /* The name is taken. */
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    RtlInitUnicodeString(&name, L"\\Registry");
    CHECK_EQUAL(ZwCreateEvent(&handle, EVENT_ALL_ACCESS, &attributes, NotificationEvent, FALSE),
                STATUS_OBJECT_NAME_COLLISION);
}

static void key_is_opened_below_a_directory_object(void)
{
    HANDLE place = begin();
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    HANDLE root;
    HANDLE key;

    RtlInitUnicodeString(&name, L"\\");
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    CHECK_EQUAL(ZwOpenDirectoryObject(&root, DIRECTORY_QUERY | DIRECTORY_TRAVERSE, &attributes), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(place, L"Number", 7), STATUS_SUCCESS);
    CHECK_EQUAL(open_key(root, &PLACE[1], KEY_READ, &key), STATUS_SUCCESS);
    CHECK(has_number(key, L"Number", 7));
    close_key(key);
    CHECK_EQUAL(open_key(root, L"registry", KEY_READ, &key), STATUS_SUCCESS);
    close_key(key);
    CHECK_EQUAL(open_key(root, PLACE, KEY_READ, &key), STATUS_OBJECT_PATH_SYNTAX_BAD);
    CHECK_EQUAL(ZwClose(root), STATUS_SUCCESS);
    end(place);
}

static HANDLE make_object_link(const WCHAR *path, const WCHAR *target)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    UNICODE_STRING to;
    HANDLE link;

    RtlInitUnicodeString(&name, path);
    RtlInitUnicodeString(&to, target);
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    CHECK_EQUAL(ZwCreateSymbolicLinkObject(&link, SYMBOLIC_LINK_ALL_ACCESS, &attributes, &to), STATUS_SUCCESS);
    return link;
}

static void key_is_opened_and_made_through_an_object_link(void)
{
    HANDLE place = begin();
    HANDLE link = make_object_link(L"\\ToSoftware", L"\\Registry\\Machine\\Software");
    ULONG disposition;
    HANDLE key;
    PVOID object;

    CHECK_EQUAL(create_key(NULL, L"\\ToSoftware\\Test\\Below", 0, &key, &disposition), STATUS_SUCCESS);
    CHECK_EQUAL(disposition, REG_CREATED_NEW_KEY);
    close_key(key);
    CHECK_EQUAL(open_key(NULL, PLACE L"\\Below", KEY_READ, &key), STATUS_SUCCESS);
    close_key(key);
    CHECK_EQUAL(open_key(NULL, L"\\ToSoftware", KEY_READ, &key), STATUS_SUCCESS);
    close_key(key);
    CHECK_EQUAL(reference_by_name(L"\\ToSoftware\\Test\\Below", &object), STATUS_SUCCESS);
    CHECK(is_named(object, PLACE L"\\Below"));
    ObDereferenceObject(object);
    CHECK_EQUAL(ZwClose(link), STATUS_SUCCESS);
    CHECK_EQUAL(open_key(NULL, L"\\ToSoftware", KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    end(place);
}

static void open_by_names_body(void)
{
    PVOID object;
    HANDLE key;
    NTSTATUS status = open_key(NULL, L"\\ToTest\\Below", KEY_READ, &key);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (NT_SUCCESS(status))
    {
        close_key(key);
    }
    status = reference_by_name(L"\\ToTest\\Below", &object);
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (NT_SUCCESS(status))
    {
        ObDereferenceObject(object);
    }
}

static void key_is_opened_by_names_or_there_is_no_memory(void)
{
    HANDLE place = begin();
    HANDLE link = make_object_link(L"\\ToTest", PLACE);

    close_key(made_key(place, L"Below"));
    nt_fail_each_allocation(open_by_names_body);
    CHECK_EQUAL(ZwClose(link), STATUS_SUCCESS);
    end(place);
}

const struct nt_case nt_cases[] = {
    CASE(key_is_made_once_and_then_opened),
    CASE(missing_key_is_not_found),
    CASE(paths_that_are_none),
    CASE(back_slashes_that_say_nothing_are_skipped),
    CASE(hives_belong_to_the_machine),
    CASE(current_control_set_is_a_link),
    CASE(link_leads_to_its_target_and_can_be_opened_itself),
    CASE(links_in_a_circle_lead_nowhere),
    CASE(links_that_multiply_lead_nowhere),
    CASE(below_a_volatile_key_everything_is_volatile),
    CASE(unknown_options_are_refused),
    CASE(deleted_key_is_gone_but_its_handles_remain),
    CASE(key_with_subkeys_is_not_deleted),
    CASE(rights_are_those_that_were_asked_for),
    CASE(renamed_key_has_the_new_name_and_its_old_content),
    CASE(subkeys_come_sorted_and_then_no_more),
    CASE(small_buffers_get_what_fits),
    CASE(every_class_of_a_key_is_answered),
    CASE(what_can_be_set_is_reported),
    CASE(change_makes_the_key_younger),
    CASE(levels_end_at_512),
    CASE(key_is_made_with_its_handle_or_not_at_all),
    CASE(value_is_set_with_memory_or_not_at_all),
    CASE(key_is_found_by_its_name_in_the_object_namespace),
    CASE(name_of_a_deleted_key_is_not_told),
    CASE(key_is_no_other_object_and_no_other_object_is_a_key),
    CASE(key_is_opened_below_a_directory_object),
    CASE(key_is_opened_and_made_through_an_object_link),
    CASE(key_is_opened_by_names_or_there_is_no_memory),
    STOPS(above_passive_level, "bug check 0x0000000A"),
    CASE(threads_that_make_and_delete_one_key_agree),
    CASES_END,
};
