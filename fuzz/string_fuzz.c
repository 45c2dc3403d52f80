/* SPDX-License-Identifier: MIT */
/*
 * String: lookups and lists against the obvious loops, conversions against their limits and the way back.
 */
#include "fuzz.h"

#define MOST_STRINGS 4
#define LONGEST 12
#define UNTOUCHED 0x5A

#if defined(DMF_USER_MODE)
#define NO_ROOM STATUS_BUFFER_TOO_SMALL
#else
#define NO_ROOM STATUS_BUFFER_OVERFLOW
#endif

static DMFMODULE module;

static struct
{
    WCHAR *string;
    ULONG remaining;
} walk;

static void choose(char *text)
{
    ULONG length = fuzz_below(4);

    for (ULONG index = 0; index < length; index++)
    {
        text[index] = (char)('a' + fuzz_below(2));
    }
    text[length] = 0;
}

static LONG compare_first(DMFMODULE DmfModule, char *StringInList, char *LookFor)
{
    CHECK(DmfModule == module);
    return StringInList[0] - LookFor[0];
}

static bool matches(const char *entry, const char *text, ULONG method)
{
    switch (method)
    {
        case 0:
            return strcmp(entry, text) == 0;
        case 1:
            return text[0] == 0 ? entry[0] == 0 : strncmp(entry, text, strlen(text)) == 0;
        default:
            return entry[0] == text[0];
    }
}

static LONG found(char **table, ULONG count, char *text, ULONG method)
{
    switch (method)
    {
        case 0:
            return DMF_String_FindInListExactChar(module, table, count, text);
        case 1:
            return DMF_String_FindInListLookForLeftMatchChar(module, table, count, text);
        default:
            return DMF_String_FindInListChar(module, table, count, text, compare_first);
    }
}

static void find(void)
{
    ULONG method = fuzz_below(3);
    ULONG count = fuzz_below(MOST_STRINGS + 1);
    char entries[MOST_STRINGS][4];
    char *table[MOST_STRINGS];
    LONG expected = -1;
    char text[4];

    choose(text);
    for (ULONG index = 0; index < count; index++)
    {
        choose(entries[index]);
        table[index] = entries[index];
        expected = expected < 0 && matches(entries[index], text, method) ? (LONG)index : expected;
    }
    CHECK_EQUAL(found(table, count, text, method), expected);
}

static void find_guid(void)
{
    ULONG count = fuzz_below(MOST_STRINGS + 1);
    GUID guids[MOST_STRINGS];
    GUID guid = {0};
    LONG expected = -1;

    guid.Data4[fuzz_below(8)] = (UCHAR)fuzz_below(2);
    for (ULONG index = 0; index < count; index++)
    {
        RtlZeroMemory(&guids[index], sizeof(GUID));
        guids[index].Data4[fuzz_below(8)] = (UCHAR)fuzz_below(2);
        expected = expected < 0 && memcmp(&guids[index], &guid, sizeof(guid)) == 0 ? (LONG)index : expected;
    }
    CHECK_EQUAL(DMF_String_FindInListExactGuid(module, guids, count, &guid), expected);
}

static BOOLEAN step(DMFMODULE DmfModule, WCHAR *String, VOID *CallbackContext)
{
    CHECK(DmfModule == module && CallbackContext == &walk);
    CHECK(String == walk.string);
    walk.string += wcslen(String) + 1;
    return --walk.remaining != 0;
}

/* The list is as long as its memory, so that the sanitizer sees who goes on beyond its end. */
static void walk_list(void)
{
    ULONG length = fuzz_below(16);
    ULONG size = (length + 2) * (ULONG)sizeof(WCHAR);
    WCHAR *list = calloc(1, size);
    WCHAR *last = NULL;
    WCHAR *next;

    CHECK(list != NULL);
    for (ULONG index = 0; index < length; index++)
    {
        list[index] = (WCHAR)fuzz_below(3);
    }
    /* The first string may be empty when another follows. */
    for (next = list; *next != 0 || (next == list && next[1] != 0); next += wcslen(next) + 1)
    {
        last = next;
    }
    CHECK(DMF_String_MultiSzFindLast(module, list) == last);
    walk.string = list;
    walk.remaining = 1 + fuzz_below(8);
    CHECK_STATUS(DMF_String_MultiSzEnumerate(module, list, step, &walk), STATUS_SUCCESS);
    CHECK(walk.remaining == 0 || walk.string == next);
    free(list);
}

/* Memory of just this size, with the sanitizer's watch behind it. */
static void *room(size_t size)
{
    void *memory = malloc(size == 0 ? 1 : size);

    CHECK(memory != NULL);
    memset(memory, UNTOUCHED, size);
    return memory;
}

static void widen(void)
{
    ANSI_STRING from = {.Length = (USHORT)fuzz_below(LONGEST)};
    UNICODE_STRING to = {.MaximumLength = (USHORT)fuzz_below((LONGEST + 2) * sizeof(WCHAR))};
    bool is_ascii = true;
    NTSTATUS status;

    from.MaximumLength = from.Length;
    from.Buffer = room(from.Length);
    to.Buffer = room(to.MaximumLength);
    for (ULONG index = 0; index < from.Length; index++)
    {
        from.Buffer[index] = (char)fuzz_byte();
        is_ascii = is_ascii && from.Buffer[index] > 0;
    }
    status = DMF_String_RtlAnsiStringToUnicodeString(module, &to, &from);
    CHECK(NT_SUCCESS(status) ? to.Length + sizeof(WCHAR) <= to.MaximumLength : status == NO_ROOM);
    CHECK(!NT_SUCCESS(status) || to.Buffer[to.Length / sizeof(WCHAR)] == 0);
    if (is_ascii)
    {
        CHECK_EQUAL(NT_SUCCESS(status), (from.Length + 1) * sizeof(WCHAR) <= to.MaximumLength);
        CHECK(!NT_SUCCESS(status) || to.Length == from.Length * sizeof(WCHAR));
    }
    free(from.Buffer);
    free(to.Buffer);
}

/* Converts, and converts back where the text has no lone surrogates and no terminator. */
static void narrow(void)
{
    UNICODE_STRING from = {.Length = (USHORT)(fuzz_below(LONGEST) * sizeof(WCHAR))};
    ANSI_STRING to = {.MaximumLength = (USHORT)fuzz_below(3 * LONGEST)};
    UNICODE_STRING back;
    bool is_plain = true;
    NTSTATUS status;

    from.MaximumLength = back.MaximumLength = from.Length;
    back.MaximumLength = (USHORT)(from.Length + sizeof(WCHAR));
    from.Buffer = room(from.Length);
    to.Buffer = room(to.MaximumLength);
    back.Buffer = room(back.MaximumLength);
    fuzz_bytes(from.Buffer, from.Length);
    for (ULONG index = 0; index < from.Length / sizeof(WCHAR); index++)
    {
        is_plain = is_plain && from.Buffer[index] != 0 && (from.Buffer[index] & 0xF800) != 0xD800;
    }
    status = DMF_String_RtlUnicodeStringToAnsiString(module, &to, &from);
    CHECK(NT_SUCCESS(status) ? to.Length < to.MaximumLength && to.Buffer[to.Length] == 0 : status == NO_ROOM);
    if (NT_SUCCESS(status) && is_plain)
    {
        CHECK_STATUS(DMF_String_RtlAnsiStringToUnicodeString(module, &back, &to), STATUS_SUCCESS);
        CHECK(back.Length == from.Length && memcmp(back.Buffer, from.Buffer, from.Length) == 0);
    }
    free(from.Buffer);
    free(to.Buffer);
    free(back.Buffer);
}

static void copy(void)
{
    ULONG length = fuzz_below(LONGEST);
    ULONG size = fuzz_below(3 * LONGEST);
    WCHAR *from = room((length + 1) * sizeof(WCHAR));
    char *to = room(size);
    NTSTATUS status;

    fuzz_bytes(from, length * sizeof(WCHAR));
    from[length] = 0;
    length = (ULONG)wcslen(from);
    status = DMF_String_WideStringCopyAsNarrow(module, to, size, from);
    if (NT_SUCCESS(status))
    {
        CHECK(strnlen(to, size) < size && strlen(to) >= length);
    }
    else
    {
        CHECK_STATUS(status, size == 0 || length > size ? STATUS_BUFFER_TOO_SMALL : NO_ROOM);
        CHECK(size == 0 || to[0] == 0);
    }
    free(from);
    free(to);
}

void fuzz_begin(void)
{
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_String_ATTRIBUTES_INIT(&attributes);
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

/* The Module has no state: it is the same for all inputs. */
void fuzz_input(void)
{
    static void (*const methods[])(void) = {find, find_guid, walk_list, widen, narrow, copy};

    while (fuzz_more())
    {
        methods[fuzz_below(ARRAYSIZE(methods))]();
    }
}
