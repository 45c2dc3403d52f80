/* SPDX-License-Identifier: MIT */
/*
 * Waiting for changes of keys.
 */
#include "nt/machine.h"
#include "nt/registry/key.h"
#include "nt/sync/dispatcher.h"

/* What a call asks for. */
struct notify_request
{
    HANDLE event;
    PIO_APC_ROUTINE routine;
    PVOID routine_context;
    PIO_STATUS_BLOCK status_block;
    ULONG filter;
    bool has_subtree;
    bool is_asynchronous;
};

/* Only events can be set from here, whatever else can be waited for. */
static NTSTATUS reference_event(HANDLE handle, void **ret_event)
{
    const struct object_type *type;
    void *body;
    NTSTATUS status = handle_lookup(handle, NULL, EVENT_MODIFY_STATE, &body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    type = object_type(body);
    *ret_event = type->dispatcher != NULL ? type->dispatcher(body) : NULL;
    if (*ret_event == NULL || ((DISPATCHER_HEADER *)*ret_event)->Type > DISPATCHER_SYNCHRONIZATION_EVENT)
    {
        object_release(body);
        return STATUS_OBJECT_TYPE_MISMATCH;
    }
    return status;
}

static NTSTATUS fill_post(struct watch_post *post, const struct notify_request *request)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (request->event != NULL)
    {
        status = reference_event(request->event, &post->event);
    }
    if (NT_SUCCESS(status))
    {
        /* In kernel mode the routine is a work item, and its context the queue for it. */
        post->work_item = (PWORK_QUEUE_ITEM)(uintptr_t)request->routine;
        post->work_queue = (WORK_QUEUE_TYPE)(uintptr_t)request->routine_context;
        post->status_block = request->status_block;
    }
    return status;
}

/* Both keys at once, so that no change falls between. */
static void add_post(struct open_key *first, struct open_key *second, const struct notify_request *request,
                     struct watch_post *post)
{
    struct registry *the_registry = &machine()->registry;

    if (post->event != NULL)
    {
        (void)KeResetEvent(post->event);
    }
    registry_lock_tree(the_registry);
    watch_add(first->key, &first->watch, request->filter, request->has_subtree, post);
    if (second != NULL)
    {
        watch_add(second->key, &second->watch, request->filter, request->has_subtree, post);
    }
    registry_unlock_tree(the_registry);
    watch_deliver(the_registry);
}

/* The post goes to whoever delivers it. */
static NTSTATUS notify_later(struct open_key *first, struct open_key *second, const struct notify_request *request)
{
    struct watch_post *post = platform_zalloc(sizeof(*post));
    NTSTATUS status = post != NULL ? fill_post(post, request) : STATUS_INSUFFICIENT_RESOURCES;

    if (!NT_SUCCESS(status))
    {
        if (post != NULL)
        {
            platform_free(post, sizeof(*post));
        }
        return status;
    }
    if (second != NULL)
    {
        object_reference(second);
        post->second = second;
    }
    add_post(first, second, request, post);
    return STATUS_PENDING;
}

/* The post is on the stack of who waits. */
static NTSTATUS notify_now(struct open_key *first, struct open_key *second, const struct notify_request *request)
{
    struct platform_event done = PLATFORM_EVENT_INITIALIZER(true);
    struct watch_post post = {.done = &done};
    NTSTATUS status = fill_post(&post, request);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    add_post(first, second, request, &post);
    platform_wait_note("change of a key", first->key, 0);
    (void)platform_event_wait(&done, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
    return post.status;
}

static NTSTATUS notify(HANDLE handle, struct open_key *second, const struct notify_request *request)
{
    struct open_key *first;
    NTSTATUS status;

    if (request->filter == 0 || (request->filter & ~(ULONG)REG_LEGAL_CHANGE_FILTER) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = key_by_handle(handle, KEY_NOTIFY, &first);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = first->key->is_deleted   ? STATUS_KEY_DELETED :
             request->is_asynchronous ? notify_later(first, second, request) :
                                        notify_now(first, second, request);
    object_release(first);
    return status;
}

/* One key besides the first, by name. */
static NTSTATUS notify_two(HANDLE handle, OBJECT_ATTRIBUTES *attributes, const struct notify_request *request)
{
    struct open_key *second;
    NTSTATUS status = key_open_object(attributes, KEY_NOTIFY, &second);

    if (NT_SUCCESS(status))
    {
        status = notify(handle, second, request);
        object_release(second);
    }
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS ZwNotifyChangeMultipleKeys(HANDLE MasterKeyHandle, ULONG Count, OBJECT_ATTRIBUTES *SubordinateObjects, HANDLE Event,
                                    PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext, PIO_STATUS_BLOCK IoStatusBlock,
                                    ULONG CompletionFilter, BOOLEAN WatchTree, PVOID Buffer, ULONG BufferSize,
                                    BOOLEAN Asynchronous)
{
    const struct notify_request request = {
        .event = Event,
        .routine = ApcRoutine,
        .routine_context = ApcContext,
        .status_block = IoStatusBlock,
        .filter = CompletionFilter,
        .has_subtree = WatchTree,
        .is_asynchronous = Asynchronous,
    };

    (void)Buffer;
    (void)BufferSize;
    KEY_REQUIRE_PASSIVE();
    if (Count > 1)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return Count == 1 ? notify_two(MasterKeyHandle, SubordinateObjects, &request) : notify(MasterKeyHandle, NULL, &request);
}

NTSTATUS ZwNotifyChangeKey(HANDLE KeyHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                           PIO_STATUS_BLOCK IoStatusBlock, ULONG CompletionFilter, BOOLEAN WatchTree, PVOID Buffer,
                           ULONG BufferSize, BOOLEAN Asynchronous)
{
    return ZwNotifyChangeMultipleKeys(KeyHandle, 0, NULL, Event, ApcRoutine, ApcContext, IoStatusBlock, CompletionFilter,
                                      WatchTree, Buffer, BufferSize, Asynchronous);
}
