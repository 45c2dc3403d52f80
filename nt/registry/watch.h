/* SPDX-License-Identifier: MIT */
/*
 * Who wants to hear of changes to a key, or below it.
 *
 * Each open key can watch. From its first notification on, a change that nobody waits for is remembered, so that the next one
 * answers at once: whoever asks again after each answer misses nothing.
 */
#ifndef NT_REGISTRY_WATCH_H
#define NT_REGISTRY_WATCH_H

#include "nt/registry/registry.h"

/* A part of an open key. Guarded by the tree lock. */
struct watch
{
    /* In the key's list when the filter is not zero. */
    LIST_ENTRY link;
    ULONG filter;
    bool has_subtree;
    bool is_pending;
    /* Members of the calls that wait. */
    LIST_ENTRY posts;
};

struct watch_member
{
    LIST_ENTRY link;
    struct watch_post *post;
};

/* One call that waits for a change: of one open key, or of the first of two. */
struct watch_post
{
    LIST_ENTRY link;
    struct watch_member members[2];
    uint32_t member_count;
    bool is_due;
    NTSTATUS status;
    PIO_STATUS_BLOCK status_block;
    /* A second key that is open for this call only, referenced. */
    void *second;
    /* What hears of it: the body of an event, referenced; a work item; the calling thread. Each may be missing. */
    void *event;
    PWORK_QUEUE_ITEM work_item;
    WORK_QUEUE_TYPE work_queue;
    struct platform_event *done;
};

/* Tree lock held. Something of the kind changed in the key: whoever watches for that is due. */
void watch_report(struct tree_key *key, ULONG filter);
/* The key is gone: nobody waits for it any longer. */
void watch_abandon(struct tree_key *key);
/* The open key is gone. */
void watch_end(struct watch *watch);

/*
 * Tree lock held. Waits for the first change; the post may be given to two watches. Where there has been a change already, or
 * the key is gone, the post is due at once. A post that is due belongs to watch_deliver().
 */
void watch_add(struct tree_key *key, struct watch *watch, ULONG filter, bool has_subtree, struct watch_post *post);

/* No lock held. Tells everybody who is due. */
void watch_deliver(struct registry *registry);

#endif /* NT_REGISTRY_WATCH_H */
