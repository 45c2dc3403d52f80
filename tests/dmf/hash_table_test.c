/* SPDX-License-Identifier: MIT */
/*
 * HashTable.
 */
#include "module_case.h"

static DMF_CONFIG_HashTable config;
static DMF_MODULE_ATTRIBUTES attributes;

static void describe(ULONG key_length, ULONG value_length, ULONG table_size)
{
    DMF_CONFIG_HashTable_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.MaximumKeyLength = key_length;
    config.MaximumValueLength = value_length;
    config.MaximumTableSize = table_size;
}

static DMFMODULE begin(ULONG key_length, ULONG value_length, ULONG table_size)
{
    describe(key_length, value_length, table_size);
    return dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

static NTSTATUS write(DMFMODULE table, ULONG key, ULONG value)
{
    return DMF_HashTable_Write(table, (UCHAR *)&key, sizeof(key), (UCHAR *)&value, sizeof(value));
}

static ULONG read(DMFMODULE table, ULONG key)
{
    ULONG value = 0;
    ULONG length = 0;

    CHECK_STATUS(DMF_HashTable_Read(table, (UCHAR *)&key, sizeof(key), (UCHAR *)&value, sizeof(value), &length),
                 STATUS_SUCCESS);
    CHECK_EQUAL(length, sizeof(value));
    return value;
}

static BOOLEAN has(DMFMODULE table, ULONG key)
{
    ULONG value;
    ULONG length = 99;
    NTSTATUS status = DMF_HashTable_Read(table, (UCHAR *)&key, sizeof(key), (UCHAR *)&value, sizeof(value), &length);

    CHECK(NT_SUCCESS(status) || (status == STATUS_NOT_FOUND && length == 99));
    return NT_SUCCESS(status);
}

/* What an enumeration sees: numbers as keys and values. */
struct seen
{
    ULONG keys[100];
    ULONG values[100];
    ULONG count;
    ULONG wanted;
};

static BOOLEAN see(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG ValueLength, VOID *CallbackContext)
{
    struct seen *seen = CallbackContext;

    UNREFERENCED_PARAMETER(DmfModule);
    CHECK_EQUAL(KeyLength, sizeof(ULONG));
    CHECK(ValueLength <= sizeof(ULONG));
    RtlCopyMemory(&seen->keys[seen->count], Key, KeyLength);
    RtlCopyMemory(&seen->values[seen->count], Value, ValueLength);
    seen->count++;
    return seen->count != seen->wanted;
}

static void written_values_are_read_in_every_life(void)
{
    FOR_EACH_LIFE
    {
        DMFMODULE table;

        describe(4, 4, 50);
        table = dmf_case_begin(life, &attributes);
        for (ULONG key = 0; key < 50; key++)
        {
            CHECK(!has(table, key));
            CHECK_STATUS(write(table, key, key * 3), STATUS_SUCCESS);
        }
        for (ULONG key = 0; key < 50; key++)
        {
            CHECK_EQUAL(read(table, key), key * 3);
            CHECK_STATUS(write(table, key, key * 5), STATUS_SUCCESS);
            CHECK_EQUAL(read(table, key), key * 5);
        }
        CHECK(!has(table, 50));
        dmf_case_end();
    }
}

static VOID fail_if_called(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG *ValueLength)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(Key);
    UNREFERENCED_PARAMETER(KeyLength);
    UNREFERENCED_PARAMETER(Value);
    UNREFERENCED_PARAMETER(ValueLength);
    CHECK(FALSE);
}

static void full_table_takes_no_key_but_values(void)
{
    DMFMODULE table = begin(4, 4, 3);

    for (ULONG key = 1; key <= 3; key++)
    {
        CHECK_STATUS(write(table, key, key), STATUS_SUCCESS);
    }
#if !defined(DEBUG)
    {
        ULONG key = 4;

        CHECK_STATUS(write(table, key, 4), STATUS_BUFFER_TOO_SMALL);
        CHECK_STATUS(DMF_HashTable_Find(table, (UCHAR *)&key, sizeof(key), fail_if_called), STATUS_BUFFER_TOO_SMALL);
    }
#else
    (void)fail_if_called;
#endif
    CHECK(!has(table, 4));
    CHECK_STATUS(write(table, 2, 22), STATUS_SUCCESS);
    CHECK_EQUAL(read(table, 1), 1);
    CHECK_EQUAL(read(table, 2), 22);
    CHECK_EQUAL(read(table, 3), 3);
    dmf_case_end();
}

static void write_into_a_full_table_asserts(void)
{
    DMFMODULE table = begin(4, 4, 1);

    (void)write(table, 1, 1);
    (void)write(table, 2, 1);
}

static void value_that_is_too_long_asserts(void)
{
    UCHAR bytes[8] = {0};

    (void)DMF_HashTable_Write(begin(4, 4, 1), bytes, 4, bytes, 5);
}

static void key_that_is_too_long_asserts(void)
{
    UCHAR bytes[8] = {0};

    (void)DMF_HashTable_Write(begin(4, 4, 1), bytes, 5, bytes, 4);
}

static void search_for_a_key_that_is_too_long_asserts(void)
{
    UCHAR bytes[8] = {0};

    (void)DMF_HashTable_Find(begin(4, 4, 1), bytes, 5, fail_if_called);
}

static VOID set_too_long(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG *ValueLength)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(Key);
    UNREFERENCED_PARAMETER(KeyLength);
    UNREFERENCED_PARAMETER(Value);
    *ValueLength = 5;
}

static void callback_that_sets_too_long_a_value_asserts(void)
{
    UCHAR bytes[8] = {0};

    (void)DMF_HashTable_Find(begin(4, 4, 1), bytes, 4, set_too_long);
}

static void what_does_not_fit_is_refused(void)
{
    UCHAR bytes[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    UCHAR value[4] = {9, 9, 9, 9};
    ULONG length = 77;
    DMFMODULE table = begin(4, 4, 4);

#if !defined(DEBUG)
    CHECK_STATUS(DMF_HashTable_Write(table, bytes, 4, bytes, 5), STATUS_BUFFER_OVERFLOW);
    CHECK_STATUS(DMF_HashTable_Write(table, bytes, 5, bytes, 4), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(DMF_HashTable_Find(table, bytes, 5, fail_if_called), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(DMF_HashTable_Find(table, bytes + 4, 4, set_too_long), STATUS_SUCCESS);
    CHECK_STATUS(DMF_HashTable_Read(table, bytes + 4, 4, value, 4, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, 4);
    length = 77;
    value[0] = 9;
#endif
    CHECK_STATUS(DMF_HashTable_Read(table, bytes, 4, value, 4, &length), STATUS_NOT_FOUND);
    CHECK_STATUS(DMF_HashTable_Read(table, bytes, 5, value, 4, &length), STATUS_NOT_FOUND);
    CHECK_STATUS(DMF_HashTable_Write(table, bytes, 4, bytes, 4), STATUS_SUCCESS);
    CHECK_STATUS(DMF_HashTable_Read(table, bytes, 4, value, 3, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, 77);
    CHECK_EQUAL(value[0], 9);
    CHECK_STATUS(DMF_HashTable_Read(table, bytes, 4, value, 4, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(value[3], 4);
    CHECK_STATUS(DMF_HashTable_Write(table, bytes, 4, bytes, 0), STATUS_SUCCESS);
    CHECK_STATUS(DMF_HashTable_Read(table, bytes, 4, value, 0, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, 0);
    dmf_case_end();
}

/* Adds one to the number, which begins with the key's first byte. */
static const UCHAR *callers_key;

static VOID increment(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG *ValueLength)
{
    ULONG number;

    UNREFERENCED_PARAMETER(DmfModule);
    CHECK(Key == callers_key);
    CHECK(KeyLength > 0);
    RtlCopyMemory(&number, Value, sizeof(number));
    if (*ValueLength == 0)
    {
        CHECK_EQUAL(number, 0);
        number = Key[0];
    }
    number++;
    RtlCopyMemory(Value, &number, sizeof(number));
    *ValueLength = sizeof(number);
}

static VOID add(DMFMODULE DmfModule, VOID *CallbackContext, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG *ValueLength)
{
    ULONG number;

    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(Key);
    UNREFERENCED_PARAMETER(KeyLength);
    RtlCopyMemory(&number, Value, sizeof(number));
    number += *(ULONG *)CallbackContext;
    RtlCopyMemory(Value, &number, sizeof(number));
    *ValueLength = sizeof(number);
}

static VOID leave_alone(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG *ValueLength)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(Key);
    UNREFERENCED_PARAMETER(KeyLength);
    UNREFERENCED_PARAMETER(Value);
    CHECK_EQUAL(*ValueLength, 0);
}

static void find_adds_what_is_not_there(void)
{
    ULONG key = 7;
    ULONG amount = 100;
    ULONG value;
    ULONG length = 1;
    DMFMODULE table = begin(4, 4, 4);

    callers_key = (UCHAR *)&key;
    CHECK_STATUS(DMF_HashTable_Find(table, (UCHAR *)&key, sizeof(key), increment), STATUS_SUCCESS);
    CHECK_EQUAL(read(table, 7), 8);
    CHECK_STATUS(DMF_HashTable_Find(table, (UCHAR *)&key, sizeof(key), increment), STATUS_SUCCESS);
    CHECK_STATUS(DMF_HashTable_FindEx(table, (UCHAR *)&key, sizeof(key), add, &amount), STATUS_SUCCESS);
    CHECK_EQUAL(read(table, 7), 109);
    key = 8;
    CHECK_STATUS(DMF_HashTable_FindEx(table, (UCHAR *)&key, sizeof(key), add, &amount), STATUS_SUCCESS);
    CHECK_EQUAL(read(table, 8), 100);
    key = 9;
    CHECK_STATUS(DMF_HashTable_Find(table, (UCHAR *)&key, sizeof(key), leave_alone), STATUS_SUCCESS);
    CHECK_STATUS(DMF_HashTable_Read(table, (UCHAR *)&key, sizeof(key), (UCHAR *)&value, sizeof(value), &length),
                 STATUS_SUCCESS);
    CHECK_EQUAL(length, 0);
    dmf_case_end();
}

static void enumeration_goes_in_the_order_of_insertion_and_stops_at_false(void)
{
    struct seen seen = {.wanted = 0};
    DMFMODULE table = begin(4, 4, 100);

    DMF_HashTable_Enumerate(table, see, &seen);
    CHECK_EQUAL(seen.count, 0);
    for (ULONG key = 0; key < 100; key++)
    {
        CHECK_STATUS(write(table, key * 7919 % 101, key), STATUS_SUCCESS);
    }
    CHECK_STATUS(write(table, 7919 % 101, 1000), STATUS_SUCCESS);
    DMF_HashTable_Enumerate(table, see, &seen);
    CHECK_EQUAL(seen.count, 100);
    for (ULONG key = 0; key < 100; key++)
    {
        CHECK_EQUAL(seen.keys[key], key * 7919 % 101);
        CHECK_EQUAL(seen.values[key], key == 1 ? 1000 : key);
    }
    seen.count = 0;
    seen.wanted = 3;
    DMF_HashTable_Enumerate(table, see, &seen);
    CHECK_EQUAL(seen.count, 3);
    dmf_case_end();
}

static ULONG_PTR hash_result;
static ULONG_PTR constant_hash(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(Key);
    UNREFERENCED_PARAMETER(KeyLength);
    return hash_result;
}

static ULONG_PTR small_hash(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength)
{
    UNREFERENCED_PARAMETER(DmfModule);
    return KeyLength == 0 ? 0 : Key[0];
}

static void any_hash_function_will_do(void)
{
    static const ULONG_PTR results[4] = {0, 1, (ULONG_PTR)-1, (ULONG_PTR)1 << 40};

    (void)begin(4, 4, 1);
    for (ULONG index = 0; index <= 4; index++)
    {
        DMFMODULE table;

        describe(4, 4, 20);
        config.EvtHashTableHashCalculate = index == 4 ? small_hash : constant_hash;
        hash_result = results[index % 4];
        table = module_case_dynamic(&attributes);
        for (ULONG key = 0; key < 20; key++)
        {
            CHECK(!has(table, key));
            CHECK_STATUS(write(table, key, key), STATUS_SUCCESS);
        }
        for (ULONG key = 0; key < 20; key++)
        {
            CHECK_EQUAL(read(table, key), key);
        }
        CHECK(!has(table, 20));
        WdfObjectDelete(table);
    }
    dmf_case_end();
}

static void keys_of_every_length_are_different(void)
{
    UCHAR bytes[40] = {0};
    UCHAR value;
    DMFMODULE table = begin(40, 1, 41);

    for (ULONG length = 0; length <= 40; length++)
    {
        value = (UCHAR)(length + 1);
        CHECK_STATUS(DMF_HashTable_Write(table, bytes, length, &value, 1), STATUS_SUCCESS);
    }
    for (ULONG length = 0; length <= 40; length++)
    {
        CHECK_STATUS(DMF_HashTable_Read(table, bytes, length, &value, 1, NULL), STATUS_SUCCESS);
        CHECK_EQUAL(value, length + 1);
    }
    dmf_case_end();
}

static void keys_and_values_of_no_room_are_one_key(void)
{
    UCHAR byte = 0;
    ULONG length = 5;
    DMFMODULE table = begin(0, 0, 1);

    CHECK_STATUS(DMF_HashTable_Write(table, &byte, 0, &byte, 0), STATUS_SUCCESS);
    CHECK_STATUS(DMF_HashTable_Read(table, &byte, 0, &byte, 0, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, 0);
    dmf_case_end();
}

/* Against a list that is searched from its start. */
static void random_operations_agree_with_a_model(void)
{
    static struct
    {
        UCHAR key[12];
        UCHAR value[12];
        ULONG key_length;
        ULONG value_length;
    } model[64];
    ULONG64 series = nt_seed();
    ULONG count = 0;
    DMFMODULE table = begin(12, 12, ARRAYSIZE(model));

    for (ULONG step = 0; step < 2000; step++)
    {
        UCHAR key[12];
        UCHAR value[12];
        ULONG key_length = module_case_random(&series) % 13;
        ULONG value_length = module_case_random(&series) % 13;
        ULONG index;
        ULONG length;

        for (ULONG byte = 0; byte < 12; byte++)
        {
            key[byte] = (UCHAR)(module_case_random(&series) % 2);
            value[byte] = (UCHAR)module_case_random(&series);
        }
        for (index = 0; index < count; index++)
        {
            if (model[index].key_length == key_length && RtlEqualMemory(model[index].key, key, key_length))
            {
                break;
            }
        }
        if (index < count && step % 2 == 0)
        {
            UCHAR got[12];

            CHECK_STATUS(DMF_HashTable_Read(table, key, key_length, got, 12, &length), STATUS_SUCCESS);
            CHECK_EQUAL(length, model[index].value_length);
            CHECK(RtlEqualMemory(got, model[index].value, length));
        }
        else if (index < ARRAYSIZE(model))
        {
            CHECK_STATUS(DMF_HashTable_Write(table, key, key_length, value, value_length), STATUS_SUCCESS);
            RtlCopyMemory(model[index].key, key, key_length);
            RtlCopyMemory(model[index].value, value, value_length);
            model[index].key_length = key_length;
            model[index].value_length = value_length;
            count = max(count, index + 1);
        }
    }
    dmf_case_end();
}

static void config_that_cannot_be_is_refused(void)
{
    DMFMODULE table;

    FOR_EACH_LIFE
    {
        describe(4, 4, 0);
        CHECK_STATUS(dmf_case_try(life, &attributes, &table), STATUS_INVALID_PARAMETER);
        describe(4, 4, MAXULONG);
        CHECK_STATUS(dmf_case_try(life, &attributes, &table), STATUS_INVALID_PARAMETER);
        describe(MAXULONG, MAXULONG, MAXULONG / 2);
        CHECK_STATUS(dmf_case_try(life, &attributes, &table), STATUS_INSUFFICIENT_RESOURCES);
    }
    describe(4, 4, 4);
    attributes.PassiveLevel = TRUE;
    CHECK_STATUS(dmf_case_try(DMF_CASE_DYNAMIC, &attributes, &table), STATUS_INVALID_DEVICE_REQUEST);
}

static void open_without_memory(void)
{
    module_case_try_dynamic(&attributes);
}

static void every_allocation_may_fail(void)
{
    (void)begin(4, 4, 4);
    nt_fail_each_allocation(open_without_memory);
    dmf_case_end();
}

/*
 * Several threads: a value is torn if its words differ.
 */

#define VALUE_WORDS 8
#define RACE_KEYS 8

static struct
{
    DMFMODULE table;
    ULONG steps;
} race;

static void check_whole(const UCHAR *value, ULONG length)
{
    ULONG words[VALUE_WORDS];

    CHECK(length == 0 || length == sizeof(words));
    RtlCopyMemory(words, value, length);
    for (ULONG word = 1; length != 0 && word < VALUE_WORDS; word++)
    {
        CHECK_EQUAL(words[word], words[0]);
    }
}

static VOID change_whole(DMFMODULE DmfModule, VOID *CallbackContext, UCHAR *Key, ULONG KeyLength, UCHAR *Value,
                         ULONG *ValueLength)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(Key);
    UNREFERENCED_PARAMETER(KeyLength);
    check_whole(Value, *ValueLength);
    RtlCopyMemory(Value, CallbackContext, VALUE_WORDS * sizeof(ULONG));
    *ValueLength = VALUE_WORDS * sizeof(ULONG);
}

static BOOLEAN see_whole(DMFMODULE DmfModule, UCHAR *Key, ULONG KeyLength, UCHAR *Value, ULONG ValueLength,
                         VOID *CallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(Key);
    UNREFERENCED_PARAMETER(CallbackContext);
    CHECK_EQUAL(KeyLength, sizeof(ULONG));
    check_whole(Value, ValueLength);
    return TRUE;
}

static void race_thread(void *argument)
{
    ULONG64 series = nt_seed() * 7 + (ULONG_PTR)argument;
    ULONG words[VALUE_WORDS];
    ULONG length;

    for (ULONG step = 0; step < race.steps; step++)
    {
        ULONG key = module_case_random(&series) % RACE_KEYS;

        for (ULONG word = 0; word < VALUE_WORDS; word++)
        {
            words[word] = step;
        }
        switch (module_case_random(&series) % 4)
        {
            case 0:
                CHECK_STATUS(DMF_HashTable_Write(race.table, (UCHAR *)&key, sizeof(key), (UCHAR *)words, sizeof(words)),
                             STATUS_SUCCESS);
                break;
            case 1:
                CHECK_STATUS(DMF_HashTable_FindEx(race.table, (UCHAR *)&key, sizeof(key), change_whole, words),
                             STATUS_SUCCESS);
                break;
            case 2:
                DMF_HashTable_Enumerate(race.table, see_whole, words);
                break;
            default:
                if (NT_SUCCESS(
                        DMF_HashTable_Read(race.table, (UCHAR *)&key, sizeof(key), (UCHAR *)words, sizeof(words), &length)))
                {
                    check_whole((UCHAR *)words, length);
                }
                break;
        }
    }
}

static void threads_see_whole_values(void)
{
    struct nt_thread *threads[3];

    race.steps = nt_is_simulated() ? 20 : 20000;
    race.table = begin(sizeof(ULONG), VALUE_WORDS * sizeof(ULONG), RACE_KEYS);
    for (ULONG index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(race_thread, (void *)(ULONG_PTR)index);
    }
    for (ULONG index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    dmf_case_end();
}

const struct nt_case nt_cases[] = {
    CASE(written_values_are_read_in_every_life),
    CASE(full_table_takes_no_key_but_values),
    DEBUG_STOPS(write_into_a_full_table_asserts, ASSERTS),
    DEBUG_STOPS(value_that_is_too_long_asserts, ASSERTS),
    DEBUG_STOPS(key_that_is_too_long_asserts, ASSERTS),
    DEBUG_STOPS(search_for_a_key_that_is_too_long_asserts, ASSERTS),
    DEBUG_STOPS(callback_that_sets_too_long_a_value_asserts, ASSERTS),
    CASE(what_does_not_fit_is_refused),
    CASE(find_adds_what_is_not_there),
    CASE(enumeration_goes_in_the_order_of_insertion_and_stops_at_false),
    CASE(any_hash_function_will_do),
    CASE(keys_of_every_length_are_different),
    CASE(keys_and_values_of_no_room_are_one_key),
    CASE(random_operations_agree_with_a_model),
    CASE(config_that_cannot_be_is_refused),
    CASE(every_allocation_may_fail),
    CASE(threads_see_whole_values),
    CASES_END,
};
