/* SPDX-License-Identifier: MIT */
/*
 * What can be asked about a key and its subkeys, and what can be set.
 */
#include <string.h>

#include "nt/machine.h"
#include "nt/registry/callback.h"
#include "nt/registry/key.h"
#include "nt/registry/reply.h"

#define NOT_THERE ((ULONG)-1)

/* The information classes that the headers name without a structure. */
struct key_flags_information
{
    ULONG Wow64Flags;
    ULONG KeyFlags;
    ULONG ControlFlags;
};
#define KEY_FLAG_VOLATILE 0x1u
#define KEY_FLAG_LINK 0x2u

/* The sums over subkeys and values that several classes report. */
struct key_sizes
{
    ULONG name;
    ULONG class;
    ULONG value_name;
    ULONG value_data;
};

static ULONG larger(ULONG one, ULONG other)
{
    return one > other ? one : other;
}

static struct key_sizes measure(const struct tree_key *key)
{
    struct key_sizes sizes = {0};

    for (uint32_t index = 0; index < key->children.count; index++)
    {
        sizes.name = larger(sizes.name, tree_child_at(key, index)->name.Length);
        sizes.class = larger(sizes.class, tree_child_at(key, index)->class.Length);
    }
    for (uint32_t index = 0; index < key->values.count; index++)
    {
        sizes.value_name = larger(sizes.value_name, tree_value_at(key, index)->name.Length);
        sizes.value_data = larger(sizes.value_data, tree_value_at(key, index)->size);
    }
    return sizes;
}

/*
 * One function for each class. Tree lock held.
 */

static void answer_basic(struct reply *reply, const struct tree_key *key, void *buffer, ULONG length)
{
    KEY_BASIC_INFORMATION information = {.LastWriteTime.QuadPart = key->written, .NameLength = key->name.Length};

    reply_begin(reply, buffer, length, &information, FIELD_OFFSET(KEY_BASIC_INFORMATION, Name));
    reply_add(reply, FIELD_OFFSET(KEY_BASIC_INFORMATION, Name), key->name.Buffer, key->name.Length);
}

static void answer_node(struct reply *reply, const struct tree_key *key, void *buffer, ULONG length)
{
    ULONG class_offset = (FIELD_OFFSET(KEY_NODE_INFORMATION, Name) + key->name.Length + 3u) & ~3u;
    KEY_NODE_INFORMATION information = {
        .LastWriteTime.QuadPart = key->written,
        .ClassOffset = key->class.Length != 0 ? class_offset : NOT_THERE,
        .ClassLength = key->class.Length,
        .NameLength = key->name.Length,
    };

    reply_begin(reply, buffer, length, &information, FIELD_OFFSET(KEY_NODE_INFORMATION, Name));
    reply_add(reply, FIELD_OFFSET(KEY_NODE_INFORMATION, Name), key->name.Buffer, key->name.Length);
    if (key->class.Length != 0)
    {
        reply_add(reply, class_offset, key->class.Buffer, key->class.Length);
    }
}

static void answer_full(struct reply *reply, const struct tree_key *key, void *buffer, ULONG length)
{
    struct key_sizes sizes = measure(key);
    KEY_FULL_INFORMATION information = {
        .LastWriteTime.QuadPart = key->written,
        .ClassOffset = key->class.Length != 0 ? (ULONG)FIELD_OFFSET(KEY_FULL_INFORMATION, Class) : NOT_THERE,
        .ClassLength = key->class.Length,
        .SubKeys = key->children.count,
        .MaxNameLen = sizes.name,
        .MaxClassLen = sizes.class,
        .Values = key->values.count,
        .MaxValueNameLen = sizes.value_name,
        .MaxValueDataLen = sizes.value_data,
    };

    reply_begin(reply, buffer, length, &information, FIELD_OFFSET(KEY_FULL_INFORMATION, Class));
    reply_add(reply, FIELD_OFFSET(KEY_FULL_INFORMATION, Class), key->class.Buffer, key->class.Length);
}

static void answer_name(struct reply *reply, const struct tree_key *key, void *buffer, ULONG length)
{
    size_t size = tree_path_size(key);
    KEY_NAME_INFORMATION information = {.NameLength = (ULONG)size};
    void *path = platform_alloc(size);

    reply_begin(reply, buffer, length, &information, FIELD_OFFSET(KEY_NAME_INFORMATION, Name));
    if (path == NULL)
    {
        reply->status = STATUS_INSUFFICIENT_RESOURCES;
        return;
    }
    tree_path_copy(key, path);
    reply_add(reply, FIELD_OFFSET(KEY_NAME_INFORMATION, Name), path, (ULONG)size);
    platform_free(path, size);
}

static void answer_cached(struct reply *reply, const struct tree_key *key, void *buffer, ULONG length)
{
    struct key_sizes sizes = measure(key);
    KEY_CACHED_INFORMATION information = {
        .LastWriteTime.QuadPart = key->written,
        .SubKeys = key->children.count,
        .MaxNameLen = sizes.name,
        .Values = key->values.count,
        .MaxValueNameLen = sizes.value_name,
        .MaxValueDataLen = sizes.value_data,
        .NameLength = key->name.Length,
    };

    reply_begin(reply, buffer, length, &information, sizeof(information));
}

static void answer_flags(struct reply *reply, const struct tree_key *key, void *buffer, ULONG length)
{
    struct key_flags_information information = {
        .Wow64Flags = key->wow64_flags,
        .KeyFlags = (key->is_volatile ? KEY_FLAG_VOLATILE : 0u) | (key->is_link ? KEY_FLAG_LINK : 0u),
        .ControlFlags = key->control_flags,
    };

    reply_begin(reply, buffer, length, &information, sizeof(information));
}

/* Virtualisation, trust and layers: none of them applies to any key here. */
static void answer_zero(struct reply *reply, void *buffer, ULONG length)
{
    ULONG information = 0;

    reply_begin(reply, buffer, length, &information, sizeof(information));
}

static NTSTATUS answer(const struct open_key *open, KEY_INFORMATION_CLASS class, void *buffer, ULONG length,
                       ULONG *ret_length)
{
    struct reply reply;

    switch (class)
    {
        case KeyBasicInformation:
            answer_basic(&reply, open->key, buffer, length);
            break;
        case KeyNodeInformation:
            answer_node(&reply, open->key, buffer, length);
            break;
        case KeyFullInformation:
            answer_full(&reply, open->key, buffer, length);
            break;
        case KeyNameInformation:
            answer_name(&reply, open->key, buffer, length);
            break;
        case KeyCachedInformation:
            answer_cached(&reply, open->key, buffer, length);
            break;
        case KeyFlagsInformation:
            answer_flags(&reply, open->key, buffer, length);
            break;
        case KeyHandleTagsInformation:
            reply_begin(&reply, buffer, length, &open->handle_tags, sizeof(open->handle_tags));
            break;
        case KeyVirtualizationInformation:
        case KeyTrustInformation:
        case KeyLayerInformation:
            answer_zero(&reply, buffer, length);
            break;
        default:
            return STATUS_INVALID_PARAMETER;
    }
    return reply_end(&reply, ret_length);
}

static NTSTATUS query(const struct open_key *open, KEY_INFORMATION_CLASS class, void *buffer, ULONG length,
                      ULONG *ret_length)
{
    struct registry *the_registry = &machine()->registry;
    NTSTATUS status;

    registry_lock_tree(the_registry);
    /* The name of a deleted key is gone too; everything else was gone before. */
    status = open->key->is_deleted ? STATUS_KEY_DELETED : answer(open, class, buffer, length, ret_length);
    registry_unlock_tree(the_registry);
    return status;
}

static NTSTATUS enumerate(const struct open_key *open, ULONG index, KEY_INFORMATION_CLASS class, void *buffer, ULONG length,
                          ULONG *ret_length)
{
    struct registry *the_registry = &machine()->registry;
    NTSTATUS status = STATUS_NO_MORE_ENTRIES;

    if (class != KeyBasicInformation && class != KeyNodeInformation && class != KeyFullInformation)
    {
        return STATUS_INVALID_PARAMETER;
    }
    registry_lock_tree(the_registry);
    if (open->key->is_deleted)
    {
        status = STATUS_KEY_DELETED;
    }
    else if (index < open->key->children.count)
    {
        const struct open_key child = {.key = tree_child_at(open->key, index)};

        status = answer(&child, class, buffer, length, ret_length);
    }
    registry_unlock_tree(the_registry);
    return status;
}

/*
 * What can be set.
 */

/* Zero for what cannot be set. */
static const ULONG set_sizes[MaxKeySetInfoClass] = {
    [KeyWriteTimeInformation] = sizeof(KEY_WRITE_TIME_INFORMATION),
    [KeyWow64FlagsInformation] = sizeof(KEY_WOW64_FLAGS_INFORMATION),
    [KeyControlFlagsInformation] = sizeof(KEY_CONTROL_FLAGS_INFORMATION),
    [KeySetHandleTagsInformation] = sizeof(KEY_HANDLE_TAGS_INFORMATION),
};

static void set_number(struct open_key *open, KEY_SET_INFORMATION_CLASS class, ULONG number)
{
    uint32_t *where = class == KeyWow64FlagsInformation   ? &open->key->wow64_flags :
                      class == KeyControlFlagsInformation ? &open->key->control_flags :
                                                            &open->handle_tags;

    registry_lock_tree(&machine()->registry);
    *where = number;
    registry_unlock_tree(&machine()->registry);
}

static NTSTATUS set(struct open_key *open, KEY_SET_INFORMATION_CLASS class, const void *buffer)
{
    LARGE_INTEGER time;
    ULONG number;

    if (class == KeyWriteTimeInformation)
    {
        memcpy(&time, buffer, sizeof(time));
        return registry_set_write_time(&machine()->registry, open->key, time.QuadPart);
    }
    memcpy(&number, buffer, sizeof(number));
    set_number(open, class, number);
    return STATUS_SUCCESS;
}

static NTSTATUS may_set(KEY_SET_INFORMATION_CLASS class, ULONG length)
{
    if ((ULONG) class >= MaxKeySetInfoClass || set_sizes[class] == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return length == set_sizes[class] ? STATUS_SUCCESS : STATUS_INFO_LENGTH_MISMATCH;
}

/*
 * Published entry points.
 */
NTSTATUS ZwQueryKey(HANDLE KeyHandle, KEY_INFORMATION_CLASS KeyInformationClass, PVOID KeyInformation, ULONG Length,
                    PULONG ResultLength)
{
    REG_QUERY_KEY_INFORMATION information = {
        .KeyInformationClass = KeyInformationClass,
        .KeyInformation = KeyInformation,
        .Length = Length,
        .ResultLength = ResultLength,
    };
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    /* Whoever has a key, with whatever rights, may know which it is. */
    if (key_call_begin(&call, KeyHandle,
                       KeyInformationClass == KeyNameInformation || KeyInformationClass == KeyHandleTagsInformation ?
                           0 :
                           KEY_QUERY_VALUE,
                       RegNtPreQueryKey, RegNtPostQueryKey, &information, &information.CallContext,
                       &information.ObjectContext, &status))
    {
        status = query(call.open, KeyInformationClass, KeyInformation, Length, ResultLength);
    }
    return key_call_end(&call, status);
}

NTSTATUS ZwEnumerateKey(HANDLE KeyHandle, ULONG Index, KEY_INFORMATION_CLASS KeyInformationClass, PVOID KeyInformation,
                        ULONG Length, PULONG ResultLength)
{
    REG_ENUMERATE_KEY_INFORMATION information = {
        .Index = Index,
        .KeyInformationClass = KeyInformationClass,
        .KeyInformation = KeyInformation,
        .Length = Length,
        .ResultLength = ResultLength,
    };
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, KEY_ENUMERATE_SUB_KEYS, RegNtPreEnumerateKey, RegNtPostEnumerateKey, &information,
                       &information.CallContext, &information.ObjectContext, &status))
    {
        status = enumerate(call.open, Index, KeyInformationClass, KeyInformation, Length, ResultLength);
    }
    return key_call_end(&call, status);
}

NTSTATUS ZwSetInformationKey(HANDLE KeyHandle, KEY_SET_INFORMATION_CLASS KeySetInformationClass, PVOID KeySetInformation,
                             ULONG KeySetInformationLength)
{
    REG_SET_INFORMATION_KEY_INFORMATION information = {
        .KeySetInformationClass = KeySetInformationClass,
        .KeySetInformation = KeySetInformation,
        .KeySetInformationLength = KeySetInformationLength,
    };
    struct key_call call;
    NTSTATUS status = may_set(KeySetInformationClass, KeySetInformationLength);

    KEY_REQUIRE_PASSIVE();
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (key_call_begin(&call, KeyHandle, KEY_SET_VALUE, RegNtPreSetInformationKey, RegNtPostSetInformationKey, &information,
                       &information.CallContext, &information.ObjectContext, &status))
    {
        status = set(call.open, KeySetInformationClass, KeySetInformation);
    }
    return key_call_end(&call, status);
}
