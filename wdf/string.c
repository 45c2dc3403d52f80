/* SPDX-License-Identifier: MIT */
/*
 * WDFSTRING: a counted string in memory of its own.
 */
#include "wdf/string.h"

#include "nt/rtl/string.h"
#include "wdf/entry.h"
#include "wdf/globals.h"

static struct string *string_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct string, object);
}

static void string_destroy(struct object *object)
{
    string_free(&string_of(object)->text);
}

static const struct object_class string_class = {
    .name = "WDFSTRING",
    .type = OBJECT_STRING,
    .size = sizeof(struct string),
    .deletable = true,
    .passive_dispose = true,
    .destroy = string_destroy,
};

bool wdfstring_is_valid(const UNICODE_STRING *text)
{
    return text->Length % sizeof(WCHAR) == 0 && text->MaximumLength % sizeof(WCHAR) == 0 &&
           text->Length <= text->MaximumLength && (text->Buffer != NULL || text->MaximumLength == 0);
}

NTSTATUS wdfstring_assign(struct string *string, const UNICODE_STRING *text)
{
    UNICODE_STRING copy;
    NTSTATUS status = string_duplicate(text, &copy);

    if (NT_SUCCESS(status))
    {
        string_free(&string->text);
        string->text = copy;
    }
    return status;
}

struct string *wdfstring_from_handle(WDFSTRING handle, const char *function)
{
    return string_of(wdfobj_from_handle(handle, OBJECT_STRING, function));
}

NTSTATUS wdfstring_allocate(struct driver_globals *globals, const UNICODE_STRING *text, PWDF_OBJECT_ATTRIBUTES attributes,
                            struct object **ret_object)
{
    struct object *object;
    UNICODE_STRING copy;
    NTSTATUS status = wdfobj_check_attributes(attributes, &string_class, OBJECT_PARENT_OPTIONAL);

    if (NT_SUCCESS(status))
    {
        status = string_duplicate(text, &copy);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    object = wdfobj_allocate(globals, &string_class, attributes, wdfobj_parent(attributes, globals->driver));
    if (object == NULL)
    {
        string_free(&copy);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    string_of(object)->text = copy;
    *ret_object = object;
    return STATUS_SUCCESS;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfStringCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PCUNICODE_STRING UnicodeString,
                                  PWDF_OBJECT_ATTRIBUTES StringAttributes, WDFSTRING *String)
{
    globals_require(DriverGlobals, String, "WdfStringCreate");
    static const UNICODE_STRING empty;
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct object *object;
    NTSTATUS status;

    *String = NULL;
    if (UnicodeString != NULL && !wdfstring_is_valid(UnicodeString))
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = wdfstring_allocate(globals, UnicodeString == NULL ? &empty : UnicodeString, StringAttributes, &object);
    return NT_SUCCESS(status) ? wdfobj_publish(object, wdfobj_parent(StringAttributes, globals->driver), String) : status;
}
WDF_ENTRY_BOTH(WdfStringCreate)

VOID wdf_kmdf_WdfStringGetUnicodeString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFSTRING String, PUNICODE_STRING UnicodeString)
{
    globals_require(DriverGlobals, UnicodeString, "WdfStringGetUnicodeString");
    *UnicodeString = wdfstring_from_handle(String, "WdfStringGetUnicodeString")->text;
}
WDF_ENTRY_BOTH(WdfStringGetUnicodeString)
