/* SPDX-License-Identifier: MIT */
/*
 * Open keys: making and opening them, handles, access.
 */
#include "nt/registry/key.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/registry/callback.h"
#include "nt/registry/internal.h"
#include "nt/rtl/string.h"

void key_require_passive(void *caller)
{
    KIRQL irql = KeGetCurrentIrql();

    if (irql > PASSIVE_LEVEL)
    {
        bugcheck(IRQL_NOT_LESS_OR_EQUAL, (ULONG_PTR)caller, irql, 0, (ULONG_PTR)caller);
    }
}

/*
 * The object.
 */

static void end_watching(struct open_key *open)
{
    struct registry *the_registry = &machine()->registry;

    registry_lock_tree(the_registry);
    watch_end(&open->watch);
    registry_unlock_tree(the_registry);
    watch_deliver(the_registry);
}

/* Callbacks hear of the close of the last handle, as published; so does who waits for a change. */
static void key_last_handle(void *body)
{
    struct open_key *open = body;
    struct callback_call call;

    callback_closing(&call, open);
    end_watching(open);
    callback_closed(&call, open);
}

static void key_delete(void *body)
{
    struct open_key *open = body;

    callback_contexts_free(open);
    callback_path_free(open);
    end_watching(open);
    if (open->key != NULL)
    {
        registry_release(open->key);
    }
}

static NTSTATUS key_parse(void *body, const UNICODE_STRING *rest, void **ret_body, UNICODE_STRING *ret_path);

static NTSTATUS key_object_path(void *body, UNICODE_STRING *ret_path)
{
    return key_path(body, ret_path);
}

const struct object_type key_type = {
    .name = "Key",
    .mapping = {KEY_READ, KEY_WRITE, KEY_EXECUTE, KEY_ALL_ACCESS},
    .valid_access = KEY_ALL_ACCESS,
    .last_handle = key_last_handle,
    .delete = key_delete,
    .parse = key_parse,
    .path = key_object_path,
};

NTSTATUS key_object_create(struct tree_key *key, struct open_key **ret_open)
{
    void *body;
    NTSTATUS status = object_create(&key_type, sizeof(struct open_key), &body);

    if (!NT_SUCCESS(status))
    {
        if (key != NULL)
        {
            registry_release(key);
        }
        return status;
    }
    *ret_open = body;
    (*ret_open)->key = key;
    return status;
}

NTSTATUS key_by_handle(HANDLE handle, ACCESS_MASK access, struct open_key **ret_open)
{
    void *body = NULL;
    NTSTATUS status = handle_lookup(handle, &key_type, access, &body);

    *ret_open = body;
    return status;
}

bool key_call_begin(struct key_call *call, HANDLE handle, ACCESS_MASK access, REG_NOTIFY_CLASS before,
                    REG_NOTIFY_CLASS after, void *information, PVOID *call_context, PVOID *object_context, NTSTATUS *status)
{
    *status = key_by_handle(handle, access, &call->open);
    if (!NT_SUCCESS(*status))
    {
        call->open = NULL;
        return false;
    }
    *(PVOID *)information = call->open;
    return callback_before(&call->callbacks, before, after, call->open, information, call_context, object_context, status);
}

NTSTATUS key_call_end(struct key_call *call, NTSTATUS status)
{
    if (call->open != NULL)
    {
        status = callback_after(&call->callbacks, status);
        object_release(call->open);
    }
    return status;
}

ACCESS_MASK key_map_access(ACCESS_MASK access)
{
    ACCESS_MASK mapped = access & KEY_ALL_ACCESS;

    mapped |= (access & GENERIC_READ) != 0 ? KEY_READ : 0u;
    mapped |= (access & GENERIC_WRITE) != 0 ? KEY_WRITE : 0u;
    mapped |= (access & GENERIC_EXECUTE) != 0 ? KEY_EXECUTE : 0u;
    mapped |= (access & (GENERIC_ALL | MAXIMUM_ALLOWED)) != 0 ? KEY_ALL_ACCESS : 0u;
    return mapped;
}

/*
 * Making and opening.
 */

/* What is asked for, and what became of it. */
struct opening
{
    bool creates;
    const OBJECT_ATTRIBUTES *attributes;
    ACCESS_MASK access;
    const UNICODE_STRING *class;
    ULONG options;
    ULONG disposition;
    struct key_place place;
    struct open_key *open;
};

static NTSTATUS open_now(struct registry *registry, struct opening *opening)
{
    bool open_link = (opening->attributes->Attributes & OBJ_OPENLINK) != 0 || (opening->options & REG_OPTION_OPEN_LINK) != 0;
    struct tree_key *key = NULL;
    NTSTATUS status = key_object_create(NULL, &opening->open);

    /* The open key comes first: a key that was made must not be left behind because there is no memory to open it. */
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (opening->creates)
    {
        status = registry_create(registry, opening->place.from, &opening->place.path, opening->class,
                                 opening->options | (open_link ? REG_OPTION_OPEN_LINK : 0u), &key, &opening->disposition);
    }
    else
    {
        status = registry_find(registry, opening->place.from, &opening->place.path, open_link, &key);
    }
    if (NT_SUCCESS(status))
    {
        opening->open->key = key;
    }
    else
    {
        object_release(opening->open);
        opening->open = NULL;
    }
    return status;
}

/* Callbacks may refuse, or give an open key of their own. */
static NTSTATUS open_with_callbacks(struct registry *registry, struct opening *opening)
{
    PVOID result = NULL;
    REG_CREATE_KEY_INFORMATION_V1 information = {
        .CompleteName = &opening->place.path,
        .ObjectType = (PVOID)(uintptr_t)&key_type,
        .Options = opening->options,
        .Class = (PUNICODE_STRING)(uintptr_t)opening->class,
        .DesiredAccess = opening->access,
        .GrantedAccess = opening->access,
        .Disposition = &opening->disposition,
        .ResultObject = &result,
        .Version = 1,
        .RemainingName = &opening->place.path,
        .Attributes = opening->attributes->Attributes,
        .CheckAccessMode = KernelMode,
    };
    struct callback_call call;
    struct open_key *root = NULL;
    NTSTATUS status = key_object_create(opening->place.from, &root);

    opening->place.from = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    opening->place.from = root->key;
    information.RootObject = root;
    if (callback_before(&call, opening->creates ? RegNtPreCreateKeyEx : RegNtPreOpenKeyEx,
                        opening->creates ? RegNtPostCreateKeyEx : RegNtPostOpenKeyEx, root, &information,
                        &information.CallContext, &information.RootObjectContext, &status))
    {
        status = open_now(registry, opening);
        if (NT_SUCCESS(status))
        {
            result = opening->open;
        }
    }
    else if (NT_SUCCESS(status))
    {
        opening->open = result;
        opening->access = information.GrantedAccess;
        status = result != NULL ? STATUS_SUCCESS : STATUS_OBJECT_NAME_NOT_FOUND;
    }
    opening->place.from = NULL;
    call.object = NT_SUCCESS(status) ? opening->open : NULL;
    status = callback_after(&call, status);
    if (NT_SUCCESS(status) && opening->open == NULL)
    {
        /* A callback that makes a failure a success has no key to give. */
        status = STATUS_OBJECT_NAME_NOT_FOUND;
    }
    if (!NT_SUCCESS(status) && opening->open != NULL)
    {
        object_release(opening->open);
    }
    object_release(root);
    return status;
}

/* From the place on, which this ends. The open key is the caller's; no handle yet. */
static NTSTATUS open_at_place(struct registry *registry, struct opening *opening)
{
    NTSTATUS status = callback_any() ? open_with_callbacks(registry, opening) : open_now(registry, opening);

    if (opening->place.from != NULL)
    {
        registry_release(opening->place.from);
    }
    string_free(&opening->place.memory);
    return status;
}

static NTSTATUS run_opening(struct opening *opening)
{
    struct registry *the_registry = registry();
    NTSTATUS status;

    if (the_registry == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    opening->access = key_map_access(opening->access);
    status = key_start(the_registry, opening->attributes, &opening->place);
    return NT_SUCCESS(status) ? open_at_place(the_registry, opening) : status;
}

/* Who finds a key by a name of the object namespace opens it, and decides on access later. */
static NTSTATUS key_parse(void *body, const UNICODE_STRING *rest, void **ret_body, UNICODE_STRING *ret_path)
{
    OBJECT_ATTRIBUTES attributes = {.Length = sizeof(attributes), .Attributes = OBJ_CASE_INSENSITIVE};
    struct opening opening = {.attributes = &attributes, .access = KEY_READ};
    struct registry *the_registry = registry();
    NTSTATUS status;

    (void)ret_path;
    if (the_registry == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    key_start_below(the_registry, body, rest, &opening.place);
    status = open_at_place(the_registry, &opening);
    *ret_body = opening.open;
    return status;
}

static NTSTATUS give_handle(struct opening *opening, HANDLE *ret_handle)
{
    uint32_t place;
    NTSTATUS status = handle_reserve(&place);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = run_opening(opening);
    if (NT_SUCCESS(status))
    {
        *ret_handle = handle_fill(place, opening->open, opening->access);
        object_release(opening->open);
    }
    else
    {
        handle_return(place);
    }
    return status;
}

NTSTATUS key_open_object(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, struct open_key **ret_open)
{
    struct opening opening = {.attributes = attributes, .access = access};
    NTSTATUS status = run_opening(&opening);

    *ret_open = opening.open;
    return status;
}

NTSTATUS key_open(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, ULONG options, HANDLE *ret_handle)
{
    struct opening opening = {.attributes = attributes, .access = access, .options = options};

    if ((options & ~(ULONG)(REG_OPTION_OPEN_LINK | REG_OPTION_BACKUP_RESTORE | REG_OPTION_DONT_VIRTUALIZE)) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return give_handle(&opening, ret_handle);
}

/*
 * Published entry points.
 */
NTSTATUS ZwOpenKey(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)
{
    KEY_REQUIRE_PASSIVE();
    return key_open(ObjectAttributes, DesiredAccess, 0, KeyHandle);
}

NTSTATUS ZwOpenKeyEx(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes, ULONG OpenOptions)
{
    KEY_REQUIRE_PASSIVE();
    return key_open(ObjectAttributes, DesiredAccess, OpenOptions, KeyHandle);
}

NTSTATUS ZwCreateKey(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes, ULONG TitleIndex,
                     PUNICODE_STRING Class, ULONG CreateOptions, PULONG Disposition)
{
    struct opening opening = {
        .creates = true,
        .attributes = ObjectAttributes,
        .access = DesiredAccess,
        .class = Class,
        .options = CreateOptions,
    };
    NTSTATUS status;

    (void)TitleIndex;
    KEY_REQUIRE_PASSIVE();
    if ((CreateOptions & ~(ULONG)REG_LEGAL_OPTION) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = give_handle(&opening, KeyHandle);
    if (NT_SUCCESS(status) && Disposition != NULL)
    {
        *Disposition = opening.disposition;
    }
    return status;
}

NTSTATUS ZwDeleteKey(HANDLE KeyHandle)
{
    REG_DELETE_KEY_INFORMATION information = {0};
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, DELETE, RegNtPreDeleteKey, RegNtPostDeleteKey, &information,
                       &information.CallContext, &information.ObjectContext, &status))
    {
        status = registry_delete(&machine()->registry, call.open->key);
    }
    return key_call_end(&call, status);
}

NTSTATUS ZwRenameKey(HANDLE KeyHandle, PUNICODE_STRING NewName)
{
    REG_RENAME_KEY_INFORMATION information = {.NewName = NewName};
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, KEY_WRITE, RegNtPreRenameKey, RegNtPostRenameKey, &information,
                       &information.CallContext, &information.ObjectContext, &status))
    {
        status = registry_rename(&machine()->registry, call.open->key, NewName);
    }
    return key_call_end(&call, status);
}

NTSTATUS ZwFlushKey(HANDLE KeyHandle)
{
    REG_FLUSH_KEY_INFORMATION information = {0};
    struct key_call call;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (key_call_begin(&call, KeyHandle, 0, RegNtPreFlushKey, RegNtPostFlushKey, &information, &information.CallContext,
                       &information.ObjectContext, &status))
    {
        status = registry_flush(&machine()->registry);
    }
    return key_call_end(&call, status);
}
