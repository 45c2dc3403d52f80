/* SPDX-License-Identifier: MIT */
/*
 * Registered callbacks.
 */
#include "nt/registry/callback.h"

#include <string.h>

#include "nt/machine.h"
#include "nt/registry/altitude.h"
#include "nt/registry/key.h"
#include "nt/rtl/string.h"

/* One registration. Guarded by the lock, except that what never changes is read by whoever has a reference. */
struct callback
{
    LIST_ENTRY link;
    PEX_CALLBACK_FUNCTION function;
    void *context;
    int64_t cookie;
    UNICODE_STRING altitude;
    uint32_t references;
    LIST_ENTRY contexts;
};

/* What one registration keeps with one open key. */
struct callback_context
{
    struct callback_context *next;
    LIST_ENTRY link;
    struct callback *callback;
    struct open_key *open;
    void *value;
};

static struct callback_list *callbacks(void)
{
    return &machine()->registry.callbacks;
}

static NTSTATUS call_out(struct callback *callback, REG_NOTIFY_CLASS class, void *information)
{
    platform_point(PLATFORM_POINT_CALL);
    return callback->function(callback->context, (PVOID)(ULONG_PTR) class, information);
}

/*
 * References: who holds one keeps the registration alive, and its remover waiting.
 */

static void callback_release_locked(struct callback *callback)
{
    if (--callback->references == 0)
    {
        platform_condition_broadcast(&callbacks()->idle);
    }
}

static void callback_release(struct callback *callback)
{
    platform_mutex_lock(&callbacks()->lock);
    callback_release_locked(callback);
    platform_mutex_unlock(&callbacks()->lock);
}

bool callback_any(void)
{
    return platform_atomic_load(&callbacks()->count) != 0;
}

/*
 * Around an operation.
 */

/* Everybody who is registered now, referenced, from the highest altitude to the lowest, with what they keep with the key. */
static uint32_t gather(struct callback_call *call, struct open_key *open)
{
    uint32_t count = 0;

    platform_mutex_lock(&callbacks()->lock);
    for (PLIST_ENTRY link = callbacks()->list.Flink; link != &callbacks()->list; link = link->Flink)
    {
        call->callbacks[count] = CONTAINING_RECORD(link, struct callback, link);
        call->callbacks[count]->references++;
        count++;
    }
    platform_mutex_unlock(&callbacks()->lock);
    call->object = open;
    return count;
}

static void *context_of(const struct callback *callback, const struct open_key *open)
{
    void *value = NULL;

    platform_mutex_lock(&callbacks()->lock);
    for (struct callback_context *context = open != NULL ? open->contexts : NULL; context != NULL; context = context->next)
    {
        if (context->callback == callback)
        {
            value = context->value;
        }
    }
    platform_mutex_unlock(&callbacks()->lock);
    return value;
}

bool callback_before(struct callback_call *call, REG_NOTIFY_CLASS before, REG_NOTIFY_CLASS after, struct open_key *open,
                     void *information, PVOID *call_context, PVOID *object_context, NTSTATUS *status)
{
    uint32_t count;
    NTSTATUS answer = STATUS_SUCCESS;

    call->count = 0;
    if (!callback_any())
    {
        return true;
    }
    call->after = after;
    call->information = information;
    count = gather(call, open);
    while (call->count < count && NT_SUCCESS(answer))
    {
        struct callback *callback = call->callbacks[call->count];

        *call_context = NULL;
        *object_context = context_of(callback, open);
        answer = call_out(callback, before, information);
        call->contexts[call->count] = *call_context;
        call->count += NT_SUCCESS(answer) ? 1u : 0u;
    }
    /* Those behind one that says no, and that one itself, hear no more of this. */
    for (uint32_t index = call->count; index < count; index++)
    {
        callback_release(call->callbacks[index]);
    }
    *status = answer == STATUS_CALLBACK_BYPASS ? STATUS_SUCCESS : answer;
    return NT_SUCCESS(answer);
}

NTSTATUS callback_after(struct callback_call *call, NTSTATUS status)
{
    while (call->count != 0)
    {
        struct callback *callback = call->callbacks[--call->count];
        REG_POST_OPERATION_INFORMATION information = {
            .Object = call->object,
            .Status = status,
            .PreInformation = call->information,
            .ReturnStatus = status,
            .CallContext = call->contexts[call->count],
            .ObjectContext = context_of(callback, call->object),
        };

        if (call_out(callback, call->after, &information) == STATUS_CALLBACK_BYPASS)
        {
            status = information.ReturnStatus;
        }
        callback_release(callback);
    }
    return status;
}

void callback_closing(struct callback_call *call, struct open_key *open)
{
    REG_KEY_HANDLE_CLOSE_INFORMATION information = {.Object = open};
    uint32_t count;

    call->count = 0;
    if (!callback_any())
    {
        return;
    }
    call->after = RegNtPostKeyHandleClose;
    /* Nothing that lives as long as the call: those who are told afterwards get none. */
    call->information = NULL;
    count = gather(call, open);
    for (; call->count < count; call->count++)
    {
        information.CallContext = NULL;
        information.ObjectContext = context_of(call->callbacks[call->count], open);
        (void)call_out(call->callbacks[call->count], RegNtPreKeyHandleClose, &information);
        call->contexts[call->count] = information.CallContext;
    }
}

void callback_closed(struct callback_call *call, struct open_key *open)
{
    (void)open;
    (void)callback_after(call, STATUS_SUCCESS);
}

/*
 * Contexts.
 */

static void unlink_context(struct callback_context *context)
{
    struct callback_context **at = &context->open->contexts;

    while (*at != context)
    {
        at = &(*at)->next;
    }
    *at = context->next;
    RemoveEntryList(&context->link);
}

/* The context is out of both lists, and the caller holds a reference to the callback. */
static void context_free(struct callback_context *context)
{
    REG_CALLBACK_CONTEXT_CLEANUP_INFORMATION information = {.Object = context->open, .ObjectContext = context->value};

    (void)call_out(context->callback, RegNtCallbackObjectContextCleanup, &information);
    platform_free(context, sizeof(*context));
}

void callback_contexts_free(struct open_key *open)
{
    struct callback_context *context;

    do
    {
        platform_mutex_lock(&callbacks()->lock);
        context = open->contexts;
        if (context != NULL)
        {
            context->callback->references++;
            unlink_context(context);
        }
        platform_mutex_unlock(&callbacks()->lock);
        if (context != NULL)
        {
            struct callback *callback = context->callback;

            context_free(context);
            callback_release(callback);
        }
    } while (context != NULL);
}

/* Lock held. */
static struct callback *find_callback(int64_t cookie)
{
    for (PLIST_ENTRY link = callbacks()->list.Flink; link != &callbacks()->list; link = link->Flink)
    {
        struct callback *callback = CONTAINING_RECORD(link, struct callback, link);

        if (callback->cookie == cookie)
        {
            return callback;
        }
    }
    return NULL;
}

/* Lock held. Fresh becomes the context when there is none yet; otherwise it stays the caller's. */
static struct callback_context *find_context(struct callback *callback, struct open_key *open,
                                             struct callback_context *fresh)
{
    for (struct callback_context *context = open->contexts; context != NULL; context = context->next)
    {
        if (context->callback == callback)
        {
            return context;
        }
    }
    fresh->callback = callback;
    fresh->open = open;
    fresh->next = open->contexts;
    open->contexts = fresh;
    InsertTailList(&callback->contexts, &fresh->link);
    return fresh;
}

static NTSTATUS set_context(struct open_key *open, int64_t cookie, void *value, void **ret_before)
{
    struct callback_context *fresh = platform_zalloc(sizeof(*fresh));
    struct callback_context *context = NULL;
    struct callback *callback;

    if (fresh == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    platform_mutex_lock(&callbacks()->lock);
    callback = find_callback(cookie);
    if (callback != NULL)
    {
        context = find_context(callback, open, fresh);
        *ret_before = context->value;
        context->value = value;
    }
    platform_mutex_unlock(&callbacks()->lock);
    if (context != fresh)
    {
        platform_free(fresh, sizeof(*fresh));
    }
    return callback != NULL ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/*
 * Registering.
 */

/* Lock held. Finds the place; false when the altitude is taken. */
static bool insert_sorted(struct callback *callback)
{
    PLIST_ENTRY link = callbacks()->list.Flink;

    while (link != &callbacks()->list)
    {
        const struct callback *other = CONTAINING_RECORD(link, struct callback, link);
        int order = altitude_compare(&callback->altitude, &other->altitude);

        if (order == 0 && callback->altitude.Length != 0)
        {
            return false;
        }
        if (order > 0)
        {
            break;
        }
        link = link->Flink;
    }
    InsertTailList(link, &callback->link);
    return true;
}

static void callback_free(struct callback *callback)
{
    string_free(&callback->altitude);
    platform_free(callback, sizeof(*callback));
}

static NTSTATUS insert(struct callback *callback)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&callbacks()->lock);
    if (callbacks()->count == CALLBACK_MOST)
    {
        status = STATUS_INSUFFICIENT_RESOURCES;
    }
    else if (!insert_sorted(callback))
    {
        status = STATUS_FLT_INSTANCE_ALTITUDE_COLLISION;
    }
    else
    {
        callback->cookie = ++callbacks()->last_cookie;
        platform_atomic_store(&callbacks()->count, callbacks()->count + 1);
    }
    platform_mutex_unlock(&callbacks()->lock);
    return status;
}

/* No altitude is below all others. */
static NTSTATUS register_callback(PEX_CALLBACK_FUNCTION function, const UNICODE_STRING *altitude, void *context,
                                  PLARGE_INTEGER ret_cookie)
{
    struct callback *callback = platform_zalloc(sizeof(*callback));
    NTSTATUS status;

    if (callback == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    callback->function = function;
    callback->context = context;
    InitializeListHead(&callback->contexts);
    status = altitude != NULL ? string_duplicate(altitude, &callback->altitude) : STATUS_SUCCESS;
    if (NT_SUCCESS(status))
    {
        status = insert(callback);
    }
    if (NT_SUCCESS(status))
    {
        ret_cookie->QuadPart = callback->cookie;
    }
    else
    {
        callback_free(callback);
    }
    return status;
}

/* No operation finds it any more; those that have it already are waited for. Lock held, and given up while waiting. */
static void remove_callback(struct callback *callback)
{
    RemoveEntryList(&callback->link);
    platform_atomic_store(&callbacks()->count, callbacks()->count - 1);
    while (callback->references != 0)
    {
        (void)platform_condition_wait(&callbacks()->idle, &callbacks()->lock, PLATFORM_FOREVER);
    }
    while (!IsListEmpty(&callback->contexts))
    {
        struct callback_context *context = CONTAINING_RECORD(callback->contexts.Flink, struct callback_context, link);

        unlink_context(context);
        platform_mutex_unlock(&callbacks()->lock);
        context_free(context);
        platform_mutex_lock(&callbacks()->lock);
    }
    /* An open key that is being freed may still be telling it so. */
    while (callback->references != 0)
    {
        (void)platform_condition_wait(&callbacks()->idle, &callbacks()->lock, PLATFORM_FOREVER);
    }
}

/*
 * Names and numbers of keys, for callbacks.
 */

static NTSTATUS path_of(const struct open_key *open, UNICODE_STRING **ret_path)
{
    struct registry *the_registry = &machine()->registry;
    NTSTATUS status = STATUS_SUCCESS;
    size_t size;

    registry_lock_tree(the_registry);
    size = tree_path_size(open->key);
    *ret_path = NULL;
    if (open->key->is_deleted || size > UINT16_MAX - sizeof(WCHAR))
    {
        status = STATUS_KEY_DELETED;
    }
    else
    {
        *ret_path = platform_zalloc(sizeof(**ret_path) + size);
        status = *ret_path != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
    }
    if (*ret_path != NULL)
    {
        (*ret_path)->Buffer = (PWCH)(*ret_path + 1);
        (*ret_path)->Length = (USHORT)size;
        (*ret_path)->MaximumLength = (USHORT)size;
        tree_path_copy(open->key, (*ret_path)->Buffer);
    }
    registry_unlock_tree(the_registry);
    return status;
}

static void path_free(UNICODE_STRING *path)
{
    if (path != NULL)
    {
        platform_free(path, sizeof(*path) + path->Length);
    }
}

/* The name is the open key's, made anew each time that it is asked for, because a key can be renamed. */
void callback_path_free(struct open_key *open)
{
    path_free(open->path);
    open->path = NULL;
}

/*
 * Published entry points.
 */
NTSTATUS CmRegisterCallback(PEX_CALLBACK_FUNCTION Function, PVOID Context, PLARGE_INTEGER Cookie)
{
    KEY_REQUIRE_PASSIVE();
    return register_callback(Function, NULL, Context, Cookie);
}

NTSTATUS CmRegisterCallbackEx(PEX_CALLBACK_FUNCTION Function, PCUNICODE_STRING Altitude, PVOID Driver, PVOID Context,
                              PLARGE_INTEGER Cookie, PVOID Reserved)
{
    KEY_REQUIRE_PASSIVE();
    if (Altitude == NULL || !altitude_is_valid(Altitude) || Driver == NULL || Reserved != NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return register_callback(Function, Altitude, Context, Cookie);
}

NTSTATUS CmUnRegisterCallback(LARGE_INTEGER Cookie)
{
    struct callback *callback;

    KEY_REQUIRE_PASSIVE();
    platform_mutex_lock(&callbacks()->lock);
    callback = find_callback(Cookie.QuadPart);
    if (callback != NULL)
    {
        remove_callback(callback);
    }
    platform_mutex_unlock(&callbacks()->lock);
    if (callback == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    callback_free(callback);
    return STATUS_SUCCESS;
}

VOID CmGetCallbackVersion(PULONG Major, PULONG Minor)
{
    if (Major != NULL)
    {
        *Major = 2;
    }
    if (Minor != NULL)
    {
        *Minor = 1;
    }
}

NTSTATUS CmSetCallbackObjectContext(PVOID Object, PLARGE_INTEGER Cookie, PVOID NewContext, PVOID *OldContext)
{
    void *before = NULL;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    if (Object == NULL || NewContext == NULL || object_type(Object) != &key_type)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = set_context(Object, Cookie->QuadPart, NewContext, &before);
    if (NT_SUCCESS(status) && OldContext != NULL)
    {
        *OldContext = before;
    }
    return status;
}

NTSTATUS CmCallbackGetKeyObjectIDEx(PLARGE_INTEGER Cookie, PVOID Object, PULONG_PTR ObjectID, PCUNICODE_STRING *ObjectName,
                                    ULONG Flags)
{
    const struct open_key *open = Object;
    UNICODE_STRING *path = NULL;
    NTSTATUS status = STATUS_SUCCESS;

    (void)Cookie;
    KEY_REQUIRE_PASSIVE();
    if (Object == NULL || Flags != 0 || object_type(Object) != &key_type)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (ObjectName != NULL)
    {
        status = path_of(open, &path);
        *ObjectName = path;
    }
    if (NT_SUCCESS(status) && ObjectID != NULL)
    {
        *ObjectID = (ULONG_PTR)open->key;
    }
    return status;
}

VOID CmCallbackReleaseKeyObjectIDEx(PCUNICODE_STRING ObjectName)
{
    path_free((UNICODE_STRING *)(uintptr_t)ObjectName);
}

NTSTATUS CmCallbackGetKeyObjectID(PLARGE_INTEGER Cookie, PVOID Object, PULONG_PTR ObjectID, PCUNICODE_STRING *ObjectName)
{
    struct open_key *open = Object;
    PCUNICODE_STRING path = NULL;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    status = CmCallbackGetKeyObjectIDEx(Cookie, Object, ObjectID, ObjectName != NULL ? &path : NULL, 0);
    if (NT_SUCCESS(status) && ObjectName != NULL)
    {
        callback_path_free(open);
        open->path = (UNICODE_STRING *)(uintptr_t)path;
        *ObjectName = path;
    }
    return status;
}
