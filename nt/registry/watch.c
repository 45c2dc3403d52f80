/* SPDX-License-Identifier: MIT */
/*
 * Who wants to hear of changes to a key, or below it.
 */
#include "nt/registry/watch.h"

#include "nt/machine.h"
#include "nt/object/object.h"

/* Takes the post from its watches and puts it among those that are due. */
static void make_due(struct watch_post *post, NTSTATUS status)
{
    for (uint32_t index = 0; index < post->member_count; index++)
    {
        RemoveEntryList(&post->members[index].link);
    }
    post->status = status;
    post->is_due = true;
    InsertTailList(&machine()->registry.due, &post->link);
}

static void make_all_due(struct watch *watch, NTSTATUS status)
{
    while (!IsListEmpty(&watch->posts))
    {
        make_due(CONTAINING_RECORD(watch->posts.Flink, struct watch_member, link)->post, status);
    }
}

static void hear(struct watch *watch)
{
    watch->is_pending = IsListEmpty(&watch->posts);
    make_all_due(watch, STATUS_NOTIFY_ENUM_DIR);
}

void watch_report(struct tree_key *key, ULONG filter)
{
    for (struct tree_key *at = key; at != NULL; at = at->parent)
    {
        for (PLIST_ENTRY link = at->watches.Flink; link != &at->watches; link = link->Flink)
        {
            struct watch *watch = CONTAINING_RECORD(link, struct watch, link);

            if ((watch->filter & filter) != 0 && (at == key || watch->has_subtree))
            {
                hear(watch);
            }
        }
    }
}

void watch_abandon(struct tree_key *key)
{
    for (PLIST_ENTRY link = key->watches.Flink; link != &key->watches; link = link->Flink)
    {
        make_all_due(CONTAINING_RECORD(link, struct watch, link), STATUS_NOTIFY_CLEANUP);
    }
}

void watch_end(struct watch *watch)
{
    if (watch->filter != 0)
    {
        make_all_due(watch, STATUS_NOTIFY_CLEANUP);
        RemoveEntryList(&watch->link);
        watch->filter = 0;
    }
}

/* What an open key watches for is what its first call said. */
static void start(struct tree_key *key, struct watch *watch, ULONG filter, bool has_subtree)
{
    if (watch->filter == 0)
    {
        watch->filter = filter;
        watch->has_subtree = has_subtree;
        InitializeListHead(&watch->posts);
        InsertTailList(&key->watches, &watch->link);
    }
}

void watch_add(struct tree_key *key, struct watch *watch, ULONG filter, bool has_subtree, struct watch_post *post)
{
    if (post->is_due)
    {
        return;
    }
    if (key->is_deleted)
    {
        make_due(post, STATUS_NOTIFY_CLEANUP);
        return;
    }
    start(key, watch, filter, has_subtree);
    post->members[post->member_count].post = post;
    InsertTailList(&watch->posts, &post->members[post->member_count].link);
    post->member_count++;
    if (watch->is_pending)
    {
        watch->is_pending = false;
        make_due(post, STATUS_NOTIFY_ENUM_DIR);
    }
}

/* The waiter may be gone as soon as it is told, and the post with it: its memory is the waiter's then. */
static void tell(struct watch_post *post)
{
    if (post->second != NULL)
    {
        object_release(post->second);
    }
    if (post->status_block != NULL)
    {
        post->status_block->Status = post->status;
        post->status_block->Information = 0;
    }
    if (post->event != NULL)
    {
        (void)KeSetEvent(post->event, 0, FALSE);
        object_release(post->event);
    }
    if (post->work_item != NULL)
    {
        ExQueueWorkItem(post->work_item, post->work_queue);
    }
    if (post->done != NULL)
    {
        (void)platform_event_set(post->done);
    }
    else
    {
        platform_free(post, sizeof(*post));
    }
}

static struct watch_post *next_due(struct registry *registry)
{
    struct watch_post *post = NULL;

    registry_lock_tree(registry);
    if (!IsListEmpty(&registry->due))
    {
        post = CONTAINING_RECORD(RemoveHeadList(&registry->due), struct watch_post, link);
    }
    registry_unlock_tree(registry);
    return post;
}

void watch_deliver(struct registry *registry)
{
    struct watch_post *post;

    while ((post = next_due(registry)) != NULL)
    {
        tell(post);
    }
}
