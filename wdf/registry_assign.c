/* SPDX-License-Identifier: MIT */
/*
 * WDFKEY: writing values.
 */
#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/memory.h"
#include "wdf/registry_key.h"
#include "wdf/string.h"

static NTSTATUS value_write(struct registry_key *key, PCUNICODE_STRING name, ULONG type, const void *data, size_t length)
{
    if (!wdfstring_is_valid(name) || length > MAXULONG)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return ZwSetValueKey(key->handle, (PUNICODE_STRING)(uintptr_t)name, 0, type, (PVOID)(uintptr_t)data, (ULONG)length);
}

/* Text is stored with a zero at its end, which counted strings need not have. */
static NTSTATUS write_text(struct registry_key *key, PCUNICODE_STRING name, const UNICODE_STRING *text)
{
    size_t size = text->Length + sizeof(WCHAR);
    WCHAR *copy = platform_alloc(size);
    NTSTATUS status;

    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (text->Length != 0)
    {
        memcpy(copy, text->Buffer, text->Length);
    }
    copy[text->Length / sizeof(WCHAR)] = 0;
    status = value_write(key, name, REG_SZ, copy, size);
    platform_free(copy, size);
    return status;
}

/* The bytes of a memory that offsets name: no offsets are all, a length of zero is up to the end. */
static NTSTATUS find_part(const struct memory *memory, PWDFMEMORY_OFFSET offsets, size_t *ret_offset, size_t *ret_length)
{
    size_t offset = offsets == NULL ? 0 : offsets->BufferOffset;
    size_t length = offsets == NULL ? 0 : offsets->BufferLength;
    size_t end;

    if (__builtin_add_overflow(offset, length, &end) || end > memory->length)
    {
        return STATUS_INTEGER_OVERFLOW;
    }
    *ret_offset = offset;
    *ret_length = length == 0 ? memory->length - offset : length;
    return STATUS_SUCCESS;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfRegistryAssignValue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                         ULONG ValueType, ULONG ValueLength, PVOID Value)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryAssignValue");
    globals_require(DriverGlobals, Value, "WdfRegistryAssignValue");
    return value_write(wdfkey_from_handle(Key, "WdfRegistryAssignValue"), ValueName, ValueType, Value, ValueLength);
}
WDF_ENTRY_BOTH(WdfRegistryAssignValue)

NTSTATUS wdf_kmdf_WdfRegistryAssignULong(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                         ULONG Value)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryAssignULong");
    return value_write(wdfkey_from_handle(Key, "WdfRegistryAssignULong"), ValueName, REG_DWORD, &Value, sizeof(Value));
}
WDF_ENTRY_BOTH(WdfRegistryAssignULong)

NTSTATUS wdf_kmdf_WdfRegistryAssignMemory(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                          ULONG ValueType, WDFMEMORY Memory, PWDFMEMORY_OFFSET MemoryOffsets)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryAssignMemory");
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryAssignMemory");
    struct memory *memory = memory_of(wdfobj_from_handle(Memory, OBJECT_MEMORY, "WdfRegistryAssignMemory"));
    size_t offset;
    size_t length;
    NTSTATUS status = find_part(memory, MemoryOffsets, &offset, &length);

    return NT_SUCCESS(status) ? value_write(key, ValueName, ValueType, (char *)memory->buffer + offset, length) : status;
}
WDF_ENTRY_BOTH(WdfRegistryAssignMemory)

NTSTATUS wdf_kmdf_WdfRegistryAssignString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                          WDFSTRING String)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryAssignString");
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryAssignString");

    return write_text(key, ValueName, &wdfstring_from_handle(String, "WdfRegistryAssignString")->text);
}
WDF_ENTRY_BOTH(WdfRegistryAssignString)

NTSTATUS wdf_kmdf_WdfRegistryAssignUnicodeString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                                 PCUNICODE_STRING Value)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryAssignUnicodeString");
    globals_require(DriverGlobals, Value, "WdfRegistryAssignUnicodeString");
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryAssignUnicodeString");

    return wdfstring_is_valid(Value) ? write_text(key, ValueName, Value) : STATUS_INVALID_PARAMETER;
}
WDF_ENTRY_BOTH(WdfRegistryAssignUnicodeString)

/* The string at an index of a collection; NULL when the item is of another type. */
static const UNICODE_STRING *text_at(PWDF_DRIVER_GLOBALS published, WDFCOLLECTION collection, ULONG index)
{
    WDFOBJECT item = wdf_kmdf_WdfCollectionGetItem(published, collection, index);
    struct object *object = wdfobj_from_handle(item, OBJECT_ANY, "WdfRegistryAssignMultiString");

    return object->class->type == OBJECT_STRING ? &wdfstring_from_handle(item, "WdfRegistryAssignMultiString")->text : NULL;
}

/* Bytes that the strings of a collection take, each with its zero, and one more. False for one with other objects in it. */
static bool measure(PWDF_DRIVER_GLOBALS published, WDFCOLLECTION collection, ULONG count, size_t *ret_size)
{
    *ret_size = sizeof(WCHAR);
    for (ULONG index = 0; index < count; index++)
    {
        const UNICODE_STRING *text = text_at(published, collection, index);

        if (text == NULL)
        {
            return false;
        }
        *ret_size += text->Length + sizeof(WCHAR);
    }
    return true;
}

NTSTATUS wdf_kmdf_WdfRegistryAssignMultiString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
                                               WDFCOLLECTION StringsCollection)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryAssignMultiString");
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryAssignMultiString");
    ULONG count = wdf_kmdf_WdfCollectionGetCount(DriverGlobals, StringsCollection);
    size_t size;
    size_t used = 0;
    char *list;
    NTSTATUS status;

    if (!measure(DriverGlobals, StringsCollection, count, &size))
    {
        globals_break(globals_of(DriverGlobals), "WdfRegistryAssignMultiString: an item of the collection is no WDFSTRING");
        return STATUS_INVALID_PARAMETER;
    }
    list = platform_zalloc(size);
    if (list == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (ULONG index = 0; index < count; index++)
    {
        const UNICODE_STRING *text = text_at(DriverGlobals, StringsCollection, index);

        if (text->Length != 0)
        {
            memcpy(list + used, text->Buffer, text->Length);
        }
        used += text->Length + sizeof(WCHAR);
    }
    status = value_write(key, ValueName, REG_MULTI_SZ, list, size);
    platform_free(list, size);
    return status;
}
WDF_ENTRY_BOTH(WdfRegistryAssignMultiString)
