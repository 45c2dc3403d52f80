/* SPDX-License-Identifier: MIT */
/*
 * HashTable against a list of keys in the order in which they came.
 */
#include "fuzz.h"

#define MOST_KEYS 8
#define LONGEST 6

static DMF_CONFIG_HashTable config;
static DMF_MODULE_ATTRIBUTES attributes;

struct text
{
    UCHAR bytes[LONGEST];
    ULONG length;
};

static struct
{
    struct text keys[MOST_KEYS];
    struct text values[MOST_KEYS];
    ULONG count;
    /* How many an enumeration has seen, and how many it wants. */
    ULONG seen;
    ULONG wanted;
    /* What a callback makes of the value that it is shown; what it was shown is right when this is the key's index. */
    struct text change;
    ULONG expected;
} model;

/* Few different bytes and a hash that says little, so that keys meet. */
static ULONG_PTR bad_hash(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength)
{
    UNREFERENCED_PARAMETER(DmfModule);
    return KeyLength == 0 ? 0 : (ULONG_PTR)(Key[0] & 1) - 1;
}

static bool is(const struct text *text, const UCHAR *bytes, ULONG length)
{
    return text->length == length && memcmp(text->bytes, bytes, length) == 0;
}

static void choose(struct text *text, ULONG longest)
{
    text->length = fuzz_below(longest + 1);
    for (ULONG index = 0; index < text->length; index++)
    {
        text->bytes[index] = (UCHAR)fuzz_below(3);
    }
}

/* The index of the key; the count when there is none. */
static ULONG position(const struct text *key)
{
    ULONG index = 0;

    while (index < model.count && !is(&model.keys[index], key->bytes, key->length))
    {
        index++;
    }
    return index;
}

/* Whether a key is there or may be added; debug builds assert when it may not. */
static bool has_room(const struct text *key)
{
    return position(key) < model.count || model.count < config.MaximumTableSize;
}

static void add(const struct text *key)
{
    if (position(key) == model.count)
    {
        model.keys[model.count] = *key;
        model.values[model.count++].length = 0;
    }
}

static BOOLEAN see(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG ValueLength, VOID *CallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    CHECK(CallbackContext == &model && model.seen < model.count);
    CHECK(is(&model.keys[model.seen], Key, KeyLength));
    CHECK(is(&model.values[model.seen], Value, ValueLength));
    return ++model.seen != model.wanted;
}

static void show(UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG *ValueLength)
{
    CHECK(is(&model.keys[model.expected], Key, KeyLength));
    CHECK(is(&model.values[model.expected], Value, *ValueLength));
    memcpy(Value, model.change.bytes, model.change.length);
    *ValueLength = model.change.length;
    model.values[model.expected] = model.change;
}

static VOID found(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG *ValueLength)
{
    UNREFERENCED_PARAMETER(DmfModule);
    show(Key, KeyLength, Value, ValueLength);
}

static VOID found_with_context(DMFMODULE DmfModule, VOID *CallbackContext, UCHAR *Key, ULONG KeyLength, UCHAR *Value,
                               ULONG *ValueLength)
{
    CHECK(CallbackContext == &model);
    UNREFERENCED_PARAMETER(DmfModule);
    show(Key, KeyLength, Value, ValueLength);
}

static void write_key(DMFMODULE table, struct text *key)
{
    struct text value;

    choose(&value, config.MaximumValueLength);
    if (has_room(key))
    {
        CHECK_STATUS(DMF_HashTable_Write(table, key->bytes, key->length, value.bytes, value.length), STATUS_SUCCESS);
        add(key);
        model.values[position(key)] = value;
    }
}

static void read_key(DMFMODULE table, struct text *key)
{
    ULONG index = position(key);
    ULONG room = fuzz_below(LONGEST + 1);
    ULONG length = 99;
    UCHAR value[LONGEST];
    NTSTATUS status = DMF_HashTable_Read(table, key->bytes, key->length, value, room, &length);

    if (index == model.count)
    {
        CHECK_STATUS(status, STATUS_NOT_FOUND);
    }
    else if (room < model.values[index].length)
    {
        CHECK_STATUS(status, STATUS_BUFFER_TOO_SMALL);
    }
    else
    {
        CHECK_STATUS(status, STATUS_SUCCESS);
        CHECK(is(&model.values[index], value, length));
    }
    CHECK(NT_SUCCESS(status) || length == 99);
}

static void find_key(DMFMODULE table, struct text *key, bool with_context)
{
    choose(&model.change, config.MaximumValueLength);
    if (has_room(key))
    {
        add(key);
        model.expected = position(key);
        if (with_context)
        {
            CHECK_STATUS(DMF_HashTable_FindEx(table, key->bytes, key->length, found_with_context, &model), STATUS_SUCCESS);
        }
        else
        {
            CHECK_STATUS(DMF_HashTable_Find(table, key->bytes, key->length, found), STATUS_SUCCESS);
        }
    }
}

static void enumerate(DMFMODULE table, ULONG wanted)
{
    model.seen = 0;
    model.wanted = wanted;
    DMF_HashTable_Enumerate(table, see, &model);
    CHECK_EQUAL(model.seen, wanted == 0 || wanted > model.count ? model.count : wanted);
}

static void call(DMFMODULE table)
{
    ULONG method = fuzz_below(5);
    struct text key;

    choose(&key, config.MaximumKeyLength);
    switch (method)
    {
        case 0:
            write_key(table, &key);
            break;
        case 1:
            read_key(table, &key);
            break;
        case 2:
        case 3:
            find_key(table, &key, method == 3);
            break;
        default:
            enumerate(table, key.length);
            break;
    }
}

void fuzz_begin(void)
{
    dmf_case_begin_modules(NULL);
}

void fuzz_input(void)
{
    DMFMODULE table;

    DMF_CONFIG_HashTable_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.MaximumKeyLength = fuzz_below(LONGEST + 1);
    config.MaximumValueLength = fuzz_below(LONGEST + 1);
    config.MaximumTableSize = 1 + fuzz_below(MOST_KEYS);
    config.EvtHashTableHashCalculate = fuzz_below(2) == 0 ? NULL : bad_hash;
    model.count = 0;
    table = module_case_dynamic(&attributes);
    while (fuzz_more())
    {
        call(table);
    }
    enumerate(table, 0);
    WdfObjectDelete(table);
}
