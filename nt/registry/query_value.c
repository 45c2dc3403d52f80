/* SPDX-License-Identifier: MIT */
/*
 * Values: what can be asked about them, and changing them.
 */
#include "nt/machine.h"
#include "nt/registry/callback.h"
#include "nt/registry/key.h"
#include "nt/registry/reply.h"

#define NOT_THERE ((ULONG)-1)

static ULONG aligned(ULONG offset, ULONG alignment)
{
    return (offset + alignment - 1) & ~(alignment - 1);
}

/*
 * One function for each class. Tree lock held.
 */

static void answer_basic(struct reply *reply, const struct tree_value *value, void *buffer, ULONG length)
{
    KEY_VALUE_BASIC_INFORMATION information = {.Type = value->type, .NameLength = value->name.Length};

    reply_begin(reply, buffer, length, &information, FIELD_OFFSET(KEY_VALUE_BASIC_INFORMATION, Name));
    reply_add(reply, FIELD_OFFSET(KEY_VALUE_BASIC_INFORMATION, Name), value->name.Buffer, value->name.Length);
}

static void answer_full(struct reply *reply, const struct tree_value *value, ULONG alignment, void *buffer, ULONG length)
{
    ULONG offset = aligned(FIELD_OFFSET(KEY_VALUE_FULL_INFORMATION, Name) + value->name.Length, alignment);
    KEY_VALUE_FULL_INFORMATION information = {
        .Type = value->type,
        .DataOffset = value->size != 0 ? offset : NOT_THERE,
        .DataLength = value->size,
        .NameLength = value->name.Length,
    };

    reply_begin(reply, buffer, length, &information, FIELD_OFFSET(KEY_VALUE_FULL_INFORMATION, Name));
    reply_add(reply, FIELD_OFFSET(KEY_VALUE_FULL_INFORMATION, Name), value->name.Buffer, value->name.Length);
    if (value->size != 0)
    {
        reply_add(reply, offset, value->data, value->size);
    }
}

static void answer_partial(struct reply *reply, const struct tree_value *value, void *buffer, ULONG length)
{
    KEY_VALUE_PARTIAL_INFORMATION information = {.Type = value->type, .DataLength = value->size};

    reply_begin(reply, buffer, length, &information, FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION, Data));
    reply_add(reply, FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION, Data), value->data, value->size);
}

static void answer_partial_aligned(struct reply *reply, const struct tree_value *value, void *buffer, ULONG length)
{
    KEY_VALUE_PARTIAL_INFORMATION_ALIGN64 information = {.Type = value->type, .DataLength = value->size};

    reply_begin(reply, buffer, length, &information, FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION_ALIGN64, Data));
    reply_add(reply, FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION_ALIGN64, Data), value->data, value->size);
}

static void answer_layer(struct reply *reply, void *buffer, ULONG length)
{
    ULONG information = 0;

    reply_begin(reply, buffer, length, &information, sizeof(information));
}

static NTSTATUS answer(const struct tree_value *value, KEY_VALUE_INFORMATION_CLASS class, void *buffer, ULONG length,
                       ULONG *ret_length)
{
    struct reply reply;

    switch (class)
    {
        case KeyValueBasicInformation:
            answer_basic(&reply, value, buffer, length);
            break;
        case KeyValueFullInformation:
            answer_full(&reply, value, sizeof(ULONG), buffer, length);
            break;
        case KeyValueFullInformationAlign64:
            answer_full(&reply, value, sizeof(ULONG64), buffer, length);
            break;
        case KeyValuePartialInformation:
            answer_partial(&reply, value, buffer, length);
            break;
        case KeyValuePartialInformationAlign64:
            answer_partial_aligned(&reply, value, buffer, length);
            break;
        case KeyValueLayerInformation:
            answer_layer(&reply, buffer, length);
            break;
        default:
            return STATUS_INVALID_PARAMETER;
    }
    return reply_end(&reply, ret_length);
}

static NTSTATUS query(const struct tree_key *key, const UNICODE_STRING *name, KEY_VALUE_INFORMATION_CLASS class,
                      void *buffer, ULONG length, ULONG *ret_length)
{
    struct registry *the_registry = &machine()->registry;
    const struct tree_value *value;
    NTSTATUS status;

    if ((ULONG) class >= MaxKeyValueInfoClass)
    {
        return STATUS_INVALID_PARAMETER;
    }
    registry_lock_tree(the_registry);
    value = key->is_deleted ? NULL : tree_find_value(key, name);
    status = key->is_deleted ? STATUS_KEY_DELETED :
             value == NULL   ? STATUS_OBJECT_NAME_NOT_FOUND :
                               answer(value, class, buffer, length, ret_length);
    registry_unlock_tree(the_registry);
    return status;
}

static NTSTATUS enumerate(const struct tree_key *key, ULONG index, KEY_VALUE_INFORMATION_CLASS class, void *buffer,
                          ULONG length, ULONG *ret_length)
{
    struct registry *the_registry = &machine()->registry;
    NTSTATUS status;

    if ((ULONG) class >= MaxKeyValueInfoClass)
    {
        return STATUS_INVALID_PARAMETER;
    }
    registry_lock_tree(the_registry);
    status = key->is_deleted            ? STATUS_KEY_DELETED :
             index >= key->values.count ? STATUS_NO_MORE_ENTRIES :
                                          answer(tree_value_at(key, index), class, buffer, length, ret_length);
    registry_unlock_tree(the_registry);
    return status;
}

/*
 * Several at once: one buffer, the values one behind another, each at a multiple of four.
 */
static NTSTATUS query_several(const struct tree_key *key, KEY_VALUE_ENTRY *entries, ULONG count, void *buffer, ULONG *length,
                              ULONG *required)
{
    struct registry *the_registry = &machine()->registry;
    struct reply reply = {.buffer = buffer, .length = *length};
    NTSTATUS status = STATUS_SUCCESS;
    ULONG used = 0;

    registry_lock_tree(the_registry);
    status = key->is_deleted ? STATUS_KEY_DELETED : STATUS_SUCCESS;
    for (ULONG index = 0; index < count && NT_SUCCESS(status); index++)
    {
        const struct tree_value *value = tree_find_value(key, entries[index].ValueName);

        /* No buffer has room for what 32 bits cannot count. */
        status = value == NULL                                                   ? STATUS_OBJECT_NAME_NOT_FOUND :
                 value->size > MAXULONG - sizeof(ULONG) - (uint64_t)reply.needed ? STATUS_INTEGER_OVERFLOW :
                                                                                   STATUS_SUCCESS;
        if (NT_SUCCESS(status))
        {
            ULONG offset = aligned(reply.needed, sizeof(ULONG));

            entries[index].Type = value->type;
            entries[index].DataLength = value->size;
            entries[index].DataOffset = offset;
            reply_add(&reply, offset, value->data, value->size);
            used = NT_SUCCESS(reply.status) ? reply.needed : used;
        }
    }
    registry_unlock_tree(the_registry);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    *length = used;
    if (required != NULL)
    {
        *required = reply.needed;
    }
    return reply.status;
}

/*
 * Published entry points.
 */
NTSTATUS ZwQueryValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName, KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
                         PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
    REG_QUERY_VALUE_KEY_INFORMATION information = {
        .ValueName = ValueName,
        .KeyValueInformationClass = KeyValueInformationClass,
        .KeyValueInformation = KeyValueInformation,
        .Length = Length,
        .ResultLength = ResultLength,
    };
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, KEY_QUERY_VALUE, RegNtPreQueryValueKey, RegNtPostQueryValueKey, &information,
                       &information.CallContext, &information.ObjectContext, &status))
    {
        status = query(call.open->key, ValueName, KeyValueInformationClass, KeyValueInformation, Length, ResultLength);
    }
    return key_call_end(&call, status);
}

NTSTATUS ZwEnumerateValueKey(HANDLE KeyHandle, ULONG Index, KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
                             PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
    REG_ENUMERATE_VALUE_KEY_INFORMATION information = {
        .Index = Index,
        .KeyValueInformationClass = KeyValueInformationClass,
        .KeyValueInformation = KeyValueInformation,
        .Length = Length,
        .ResultLength = ResultLength,
    };
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, KEY_QUERY_VALUE, RegNtPreEnumerateValueKey, RegNtPostEnumerateValueKey,
                       &information, &information.CallContext, &information.ObjectContext, &status))
    {
        status = enumerate(call.open->key, Index, KeyValueInformationClass, KeyValueInformation, Length, ResultLength);
    }
    return key_call_end(&call, status);
}

NTSTATUS ZwQueryMultipleValueKey(HANDLE KeyHandle, PKEY_VALUE_ENTRY ValueEntries, ULONG EntryCount, PVOID ValueBuffer,
                                 PULONG BufferLength, PULONG RequiredBufferLength)
{
    REG_QUERY_MULTIPLE_VALUE_KEY_INFORMATION information = {
        .ValueEntries = ValueEntries,
        .EntryCount = EntryCount,
        .ValueBuffer = ValueBuffer,
        .BufferLength = BufferLength,
        .RequiredBufferLength = RequiredBufferLength,
    };
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, KEY_QUERY_VALUE, RegNtPreQueryMultipleValueKey, RegNtPostQueryMultipleValueKey,
                       &information, &information.CallContext, &information.ObjectContext, &status))
    {
        status = query_several(call.open->key, ValueEntries, EntryCount, ValueBuffer, BufferLength, RequiredBufferLength);
    }
    return key_call_end(&call, status);
}

NTSTATUS ZwSetValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName, ULONG TitleIndex, ULONG Type, PVOID Data, ULONG DataSize)
{
    REG_SET_VALUE_KEY_INFORMATION information = {
        .ValueName = ValueName,
        .TitleIndex = TitleIndex,
        .Type = Type,
        .Data = Data,
        .DataSize = DataSize,
    };
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, KEY_SET_VALUE, RegNtPreSetValueKey, RegNtPostSetValueKey, &information,
                       &information.CallContext, &information.ObjectContext, &status))
    {
        status = registry_set_value(&machine()->registry, call.open->key, ValueName, Type, Data, DataSize);
    }
    return key_call_end(&call, status);
}

NTSTATUS ZwDeleteValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName)
{
    REG_DELETE_VALUE_KEY_INFORMATION information = {.ValueName = ValueName};
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, KEY_SET_VALUE, RegNtPreDeleteValueKey, RegNtPostDeleteValueKey, &information,
                       &information.CallContext, &information.ObjectContext, &status))
    {
        status = registry_delete_value(&machine()->registry, call.open->key, ValueName);
    }
    return key_call_end(&call, status);
}
