/* SPDX-License-Identifier: MIT */
/*
 * WDFKEY: keys of the registry.
 */
#include "wdf/registry_key.h"

#include "nt/object/object.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/string.h"

static struct registry_key *key_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct registry_key, object);
}

static void key_dispose(struct object *object)
{
    (void)handle_close(key_of(object)->handle);
    key_of(object)->handle = NULL;
}

static const struct object_class key_class = {
    .name = "WDFKEY",
    .type = OBJECT_REGISTRY_KEY,
    .size = sizeof(struct registry_key),
    .deletable = true,
    .passive_dispose = true,
    .dispose = key_dispose,
};

struct registry_key *wdfkey_from_handle(WDFKEY handle, const char *function)
{
    return key_of(wdfobj_from_handle(handle, OBJECT_REGISTRY_KEY, function));
}

NTSTATUS wdfkey_check_attributes(PWDF_OBJECT_ATTRIBUTES attributes, enum object_parent_rule rule)
{
    return wdfobj_check_attributes(attributes, &key_class, rule);
}

NTSTATUS wdfkey_create(struct driver_globals *globals, HANDLE handle, PWDF_OBJECT_ATTRIBUTES attributes,
                       struct object *parent, WDFKEY *ret_key)
{
    struct object *above = wdfobj_parent(attributes, parent);
    struct object *object = wdfobj_allocate(globals, &key_class, attributes, above);

    if (object == NULL)
    {
        (void)handle_close(handle);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    key_of(object)->handle = handle;
    return wdfobj_publish(object, above, ret_key);
}

/* What both ways to a key check before they go to the registry, and the name as the registry takes it. */
static NTSTATUS begin(WDFKEY parent, PCUNICODE_STRING name, PWDF_OBJECT_ATTRIBUTES attributes, const char *function,
                      OBJECT_ATTRIBUTES *ret_where)
{
    HANDLE root = parent == NULL ? NULL : wdfkey_from_handle(parent, function)->handle;

    if (!wdfstring_is_valid(name))
    {
        return STATUS_INVALID_PARAMETER;
    }
    InitializeObjectAttributes(ret_where, (PUNICODE_STRING)(uintptr_t)name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, root,
                               NULL);
    return wdfkey_check_attributes(attributes, OBJECT_PARENT_OPTIONAL);
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfRegistryOpenKey(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY ParentKey, PCUNICODE_STRING KeyName,
                                     ACCESS_MASK DesiredAccess, PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY *Key)
{
    globals_require(DriverGlobals, KeyName, "WdfRegistryOpenKey");
    globals_require(DriverGlobals, Key, "WdfRegistryOpenKey");
    struct driver_globals *globals = globals_of(DriverGlobals);
    OBJECT_ATTRIBUTES where;
    HANDLE handle;
    NTSTATUS status = begin(ParentKey, KeyName, KeyAttributes, "WdfRegistryOpenKey", &where);

    *Key = NULL;
    if (NT_SUCCESS(status))
    {
        status = ZwOpenKey(&handle, DesiredAccess, &where);
    }
    return NT_SUCCESS(status) ? wdfkey_create(globals, handle, KeyAttributes, globals->driver, Key) : status;
}
WDF_ENTRY_BOTH(WdfRegistryOpenKey)

NTSTATUS wdf_kmdf_WdfRegistryCreateKey(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY ParentKey, PCUNICODE_STRING KeyName,
                                       ACCESS_MASK DesiredAccess, ULONG CreateOptions, PULONG CreateDisposition,
                                       PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY *Key)
{
    globals_require(DriverGlobals, KeyName, "WdfRegistryCreateKey");
    globals_require(DriverGlobals, Key, "WdfRegistryCreateKey");
    struct driver_globals *globals = globals_of(DriverGlobals);
    OBJECT_ATTRIBUTES where;
    HANDLE handle;
    ULONG disposition;
    NTSTATUS status = begin(ParentKey, KeyName, KeyAttributes, "WdfRegistryCreateKey", &where);

    *Key = NULL;
    if (NT_SUCCESS(status))
    {
        status = ZwCreateKey(&handle, DesiredAccess, &where, 0, NULL, CreateOptions, &disposition);
    }
    if (NT_SUCCESS(status) && CreateDisposition != NULL)
    {
        *CreateDisposition = disposition;
    }
    return NT_SUCCESS(status) ? wdfkey_create(globals, handle, KeyAttributes, globals->driver, Key) : status;
}
WDF_ENTRY_BOTH(WdfRegistryCreateKey)

VOID wdf_kmdf_WdfRegistryClose(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key)
{
    wdfobj_delete(&wdfkey_from_handle(Key, "WdfRegistryClose")->object);
}
WDF_ENTRY_BOTH(WdfRegistryClose)

HANDLE wdf_kmdf_WdfRegistryWdmGetHandle(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key)
{
    return wdfkey_from_handle(Key, "WdfRegistryWdmGetHandle")->handle;
}
WDF_ENTRY_BOTH(WdfRegistryWdmGetHandle)

NTSTATUS wdf_kmdf_WdfRegistryRemoveKey(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key)
{
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryRemoveKey");
    NTSTATUS status = ZwDeleteKey(key->handle);

    if (NT_SUCCESS(status))
    {
        wdfobj_delete(&key->object);
    }
    return status;
}
WDF_ENTRY_BOTH(WdfRegistryRemoveKey)

NTSTATUS wdf_kmdf_WdfRegistryRemoveValue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName)
{
    globals_require(DriverGlobals, ValueName, "WdfRegistryRemoveValue");
    struct registry_key *key = wdfkey_from_handle(Key, "WdfRegistryRemoveValue");

    return wdfstring_is_valid(ValueName) ? ZwDeleteValueKey(key->handle, (PUNICODE_STRING)(uintptr_t)ValueName) :
                                           STATUS_INVALID_PARAMETER;
}
WDF_ENTRY_BOTH(WdfRegistryRemoveValue)
