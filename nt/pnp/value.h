/* SPDX-License-Identifier: MIT */
/*
 * A property's value in memory of its own. Types that both flavours of the published headers have.
 */
#ifndef NT_PNP_VALUE_H
#define NT_PNP_VALUE_H

#include "devpropdef.h"

struct device_value
{
    /* At least one byte when there is a value, NULL otherwise. */
    void *data;
    ULONG size;
    DEVPROPTYPE type;
};

/* Copies. STATUS_INSUFFICIENT_RESOURCES. */
NTSTATUS value_set(struct device_value *ret_value, DEVPROPTYPE type, const void *data, size_t size);

/* A number; text, with a terminator. Text that is empty is STATUS_OBJECT_NAME_NOT_FOUND. */
NTSTATUS value_set_number(struct device_value *ret_value, DEVPROPTYPE type, ULONG number);
NTSTATUS value_set_boolean(struct device_value *ret_value, int is_true);
NTSTATUS value_set_text(struct device_value *ret_value, DEVPROPTYPE type, const WCHAR *text, size_t bytes);

/* Adds bytes to a value, which may be empty. On failure the value is as it was. */
NTSTATUS value_append(struct device_value *value, const void *data, size_t size);

/* Accepts an empty one, and empties it. */
__attribute__((visibility("default"))) void value_free(struct device_value *value);

#endif /* NT_PNP_VALUE_H */
