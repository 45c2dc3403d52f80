/* SPDX-License-Identifier: MIT */
/*
 * Values of properties.
 */
#include "nt/internal.h"

#include <string.h>

#include "nt/pnp/value.h"

static size_t room_for(size_t size)
{
    return size == 0 ? 1 : size;
}

NTSTATUS value_set(struct device_value *ret_value, DEVPROPTYPE type, const void *data, size_t size)
{
    void *copy = size > MAXULONG ? NULL : platform_alloc(room_for(size));

    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memcpy(copy, size == 0 ? "" : data, size);
    *ret_value = (struct device_value){.data = copy, .size = (ULONG)size, .type = type};
    return STATUS_SUCCESS;
}

NTSTATUS value_set_number(struct device_value *ret_value, DEVPROPTYPE type, ULONG number)
{
    return value_set(ret_value, type, &number, sizeof(number));
}

NTSTATUS value_set_boolean(struct device_value *ret_value, int is_true)
{
    DEVPROP_BOOLEAN boolean = is_true ? DEVPROP_TRUE : DEVPROP_FALSE;

    return value_set(ret_value, DEVPROP_TYPE_BOOLEAN, &boolean, sizeof(boolean));
}

NTSTATUS value_set_text(struct device_value *ret_value, DEVPROPTYPE type, const WCHAR *text, size_t bytes)
{
    static const WCHAR terminator = 0;
    NTSTATUS status = bytes == 0 ? STATUS_OBJECT_NAME_NOT_FOUND : value_set(ret_value, type, text, bytes);

    if (NT_SUCCESS(status))
    {
        status = value_append(ret_value, &terminator, sizeof(terminator));
        if (!NT_SUCCESS(status))
        {
            value_free(ret_value);
        }
    }
    return status;
}

NTSTATUS value_append(struct device_value *value, const void *data, size_t size)
{
    size_t total = value->size + size;
    char *longer = total > MAXULONG ? NULL : platform_alloc(room_for(total));

    if (longer == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (value->data != NULL)
    {
        memcpy(longer, value->data, value->size);
        platform_free(value->data, room_for(value->size));
    }
    memcpy(longer + value->size, data, size);
    value->data = longer;
    value->size = (ULONG)total;
    return STATUS_SUCCESS;
}

void value_free(struct device_value *value)
{
    if (value->data != NULL)
    {
        platform_free(value->data, room_for(value->size));
    }
    *value = (struct device_value){0};
}
