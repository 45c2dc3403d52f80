/* SPDX-License-Identifier: MIT */
/*
 * WDFKEY: reading values.
 */
#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/registry_key.h"
#include "wdf/string.h"

#define INLINE_VALUE_SIZE 256

/* A value that was read. Most fit into the room here; of others the block is memory of its own. */
struct value
{
    KEY_VALUE_PARTIAL_INFORMATION *information;
    size_t block_size;
    _Alignas(8) unsigned char room[INLINE_VALUE_SIZE];
};

static void value_release(struct value *value)
{
    if (value->block_size != 0)
    {
        platform_free(value->information, value->block_size);
    }
}

/* Reads type and data, however long: again while others make the value longer. On success the caller releases it. */
static NTSTATUS value_read(struct registry_key *key, PCUNICODE_STRING name, struct value *value)
{
    ULONG size = sizeof(value->room);
    NTSTATUS status;

    value->information = (void *)value->room;
    value->block_size = 0;
    if (!wdfstring_is_valid(name))
    {
        return STATUS_INVALID_PARAMETER;
    }
    for (;;)
    {
        status = ZwQueryValueKey(key->handle, (PUNICODE_STRING)(uintptr_t)name, KeyValuePartialInformation,
                                 value->information, size, &size);
        if (status != STATUS_BUFFER_OVERFLOW && status != STATUS_BUFFER_TOO_SMALL)
        {
            break;
        }
        value_release(value);
        value->information = platform_alloc(size);
        value->block_size = size;
        if (value->information == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    if (!NT_SUCCESS(status))
    {
        value_release(value);
    }
    return status;
}

/* The same for a value of one type; there are two that are text. */
static NTSTATUS value_read_typed(struct registry_key *key, PCUNICODE_STRING name, ULONG type, ULONG other_type,
                                 struct value *value)
{
    NTSTATUS status = value_read(key, name, value);

    if (NT_SUCCESS(status) && value->information->Type != type && value->information->Type != other_type)
    {
        value_release(value);
        status = STATUS_OBJECT_TYPE_MISMATCH;
    }
    return status;
}

/* The text of at most length bytes, without the zero that most stored texts end with. */
static UNICODE_STRING text_of(const struct value *value)
{
    UNICODE_STRING text = {.Buffer = (PWCH)(void *)value->information->Data};

    text.Length = (USHORT)(value->information->DataLength & ~1u);
    if (text.Length != 0 && text.Buffer[text.Length / sizeof(WCHAR) - 1] == 0)
    {
        text.Length -= sizeof(WCHAR);
    }
    text.MaximumLength = text.Length;
    return text;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfRegistryQueryValue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                        ULONG ValueLength, PVOID Value, PULONG ValueLengthQueried, PULONG ValueType)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryQueryValue");
    struct value value;
    NTSTATUS status = value_read(wdfkey_from_handle(Key, "WdfRegistryQueryValue"), ValueName, &value);
    ULONG length;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    length = value.information->DataLength;
    if (ValueLengthQueried != NULL)
    {
        *ValueLengthQueried = length;
    }
    if (ValueType != NULL)
    {
        *ValueType = value.information->Type;
    }
    if (Value == NULL || ValueLength < length)
    {
        status = STATUS_BUFFER_OVERFLOW;
    }
    else
    {
        memcpy(Value, value.information->Data, length);
    }
    value_release(&value);
    return status;
}
WDF_ENTRY_BOTH(WdfRegistryQueryValue)

NTSTATUS wdf_kmdf_WdfRegistryQueryMemory(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                         POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES MemoryAttributes, WDFMEMORY *Memory,
                                         PULONG ValueType)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryQueryMemory");
    globals_require(DriverGlobals, Memory, "WdfRegistryQueryMemory");
    struct value value;
    PVOID buffer;
    NTSTATUS status = value_read(wdfkey_from_handle(Key, "WdfRegistryQueryMemory"), ValueName, &value);

    *Memory = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = value.information->DataLength == 0 ? STATUS_RESOURCE_DATA_NOT_FOUND :
                                                  wdf_kmdf_WdfMemoryCreate(DriverGlobals, MemoryAttributes, PoolType, 0,
                                                                           value.information->DataLength, Memory, &buffer);
    if (NT_SUCCESS(status))
    {
        memcpy(buffer, value.information->Data, value.information->DataLength);
    }
    if (NT_SUCCESS(status) && ValueType != NULL)
    {
        *ValueType = value.information->Type;
    }
    value_release(&value);
    return status;
}
WDF_ENTRY_BOTH(WdfRegistryQueryMemory)

NTSTATUS wdf_kmdf_WdfRegistryQueryULong(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                        PULONG Value)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryQueryULong");
    globals_require(DriverGlobals, Value, "WdfRegistryQueryULong");
    struct value value;
    NTSTATUS status =
        value_read_typed(wdfkey_from_handle(Key, "WdfRegistryQueryULong"), ValueName, REG_DWORD, REG_DWORD, &value);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (value.information->DataLength == sizeof(*Value))
    {
        memcpy(Value, value.information->Data, sizeof(*Value));
    }
    else
    {
        status = value.information->DataLength > sizeof(*Value) ? STATUS_BUFFER_OVERFLOW : STATUS_OBJECT_TYPE_MISMATCH;
    }
    value_release(&value);
    return status;
}
WDF_ENTRY_BOTH(WdfRegistryQueryULong)

NTSTATUS wdf_kmdf_WdfRegistryQueryString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                         WDFSTRING String)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryQueryString");
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryQueryString");
    struct string *string = wdfstring_from_handle(String, "WdfRegistryQueryString");
    struct value value;
    NTSTATUS status = value_read_typed(key, ValueName, REG_SZ, REG_EXPAND_SZ, &value);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (value.information->DataLength == 0)
    {
        status = STATUS_RESOURCE_DATA_NOT_FOUND;
    }
    else if (value.information->DataLength > MAXUSHORT)
    {
        status = STATUS_INVALID_BUFFER_SIZE;
    }
    else
    {
        UNICODE_STRING text = text_of(&value);

        status = wdfstring_assign(string, &text);
    }
    value_release(&value);
    return status;
}
WDF_ENTRY_BOTH(WdfRegistryQueryString)

/* Copies a text into the driver's buffer, which must have room for all that is stored. */
static NTSTATUS give_text(const struct value *value, PUNICODE_STRING to)
{
    UNICODE_STRING text = text_of(value);

    if (to == NULL || to->MaximumLength < value->information->DataLength)
    {
        return STATUS_BUFFER_OVERFLOW;
    }
    memcpy(to->Buffer, value->information->Data, value->information->DataLength);
    to->Length = text.Length;
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfRegistryQueryUnicodeString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                                PUSHORT ValueByteLength, PUNICODE_STRING Value)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryQueryUnicodeString");
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryQueryUnicodeString");
    struct value value;
    NTSTATUS status;

    if (ValueByteLength != NULL)
    {
        *ValueByteLength = 0;
    }
    if (Value != NULL && (Value->MaximumLength == 0 || !wdfstring_is_valid(Value)))
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = value_read_typed(key, ValueName, REG_SZ, REG_EXPAND_SZ, &value);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (value.information->DataLength > MAXUSHORT)
    {
        status = STATUS_INVALID_BUFFER_SIZE;
    }
    else
    {
        if (ValueByteLength != NULL)
        {
            *ValueByteLength = (USHORT)value.information->DataLength;
        }
        status = give_text(&value, Value);
    }
    value_release(&value);
    return status;
}
WDF_ENTRY_BOTH(WdfRegistryQueryUnicodeString)

/* One text of a list as a string object in the collection. */
static NTSTATUS add_string(PWDF_DRIVER_GLOBALS published, const UNICODE_STRING *text, PWDF_OBJECT_ATTRIBUTES attributes,
                           WDFCOLLECTION collection)
{
    struct driver_globals *globals = globals_of(published);
    struct object *object;
    WDFSTRING string;
    NTSTATUS status = wdfstring_allocate(globals, text, attributes, &object);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    wdfobj_reference(object);
    status = wdfobj_publish(object, wdfobj_parent(attributes, globals->driver), &string);
    if (NT_SUCCESS(status))
    {
        status = wdf_kmdf_WdfCollectionAdd(published, collection, string);
        if (!NT_SUCCESS(status))
        {
            wdfobj_delete(object);
        }
    }
    wdfobj_release(object);
    return status;
}

/* Adds every text up to the empty one, or to the end of what is stored. */
static NTSTATUS add_strings(PWDF_DRIVER_GLOBALS published, const struct value *value, PWDF_OBJECT_ATTRIBUTES attributes,
                            WDFCOLLECTION collection)
{
    const WCHAR *text = (const WCHAR *)(const void *)value->information->Data;
    const WCHAR *end = text + value->information->DataLength / sizeof(WCHAR);
    NTSTATUS status = STATUS_SUCCESS;

    while (text < end && *text != 0 && NT_SUCCESS(status))
    {
        const WCHAR *last = text;

        while (last < end && *last != 0)
        {
            last++;
        }
        if ((size_t)(last - text) * sizeof(WCHAR) > MAXUSHORT - sizeof(WCHAR))
        {
            return STATUS_INVALID_BUFFER_SIZE;
        }
        status = add_string(published,
                            &(UNICODE_STRING){.Length = (USHORT)((last - text) * (ptrdiff_t)sizeof(WCHAR)),
                                              .MaximumLength = (USHORT)((last - text) * (ptrdiff_t)sizeof(WCHAR)),
                                              .Buffer = (PWCH)(uintptr_t)text},
                            attributes, collection);
        text = last + 1;
    }
    return status;
}

/* Takes back the strings that were added behind the first count items. */
static void remove_added(PWDF_DRIVER_GLOBALS published, WDFCOLLECTION collection, ULONG count)
{
    while (wdf_kmdf_WdfCollectionGetCount(published, collection) > count)
    {
        WDFOBJECT item = wdf_kmdf_WdfCollectionGetLastItem(published, collection);

        wdfobj_delete(wdfobj_from_handle(item, OBJECT_STRING, "WdfRegistryQueryMultiString"));
        wdf_kmdf_WdfCollectionRemoveItem(published, collection, wdf_kmdf_WdfCollectionGetCount(published, collection) - 1);
    }
}

NTSTATUS wdf_kmdf_WdfRegistryQueryMultiString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                              PWDF_OBJECT_ATTRIBUTES StringsAttributes, WDFCOLLECTION Collection)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryQueryMultiString");
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryQueryMultiString");
    ULONG before = wdf_kmdf_WdfCollectionGetCount(DriverGlobals, Collection);
    struct value value;
    NTSTATUS status = value_read_typed(key, ValueName, REG_MULTI_SZ, REG_MULTI_SZ, &value);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = add_strings(DriverGlobals, &value, StringsAttributes, Collection);
    if (!NT_SUCCESS(status))
    {
        remove_added(DriverGlobals, Collection, before);
    }
    value_release(&value);
    return status;
}
WDF_ENTRY_BOTH(WdfRegistryQueryMultiString)
