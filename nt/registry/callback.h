/* SPDX-License-Identifier: MIT */
/*
 * Registered callbacks: drivers that hear of registry operations before and after, and may refuse or replace them.
 *
 * A callback runs without any lock of ours, on the thread of the operation. Where none is registered, an operation pays one
 * load for all of this.
 */
#ifndef NT_REGISTRY_CALLBACK_H
#define NT_REGISTRY_CALLBACK_H

#include "nt/internal.h"

struct open_key;
struct callback;
struct callback_context;

/* As many as can be registered at a time. */
#define CALLBACK_MOST 32

/* Who is registered, from the highest altitude to the lowest. A part of the registry. */
struct callback_list
{
    struct platform_mutex lock;
    struct platform_condition idle;
    LIST_ENTRY list;
    uint32_t count;
    int64_t last_cookie;
};

/* One operation on its way through the callbacks. */
struct callback_call
{
    /* Zero: nobody was asked before, and nobody is told after. */
    uint32_t count;
    REG_NOTIFY_CLASS after;
    void *object;
    void *information;
    struct callback *callbacks[CALLBACK_MOST];
    void *contexts[CALLBACK_MOST];
};

/* Whether anybody is registered. */
bool callback_any(void);

/*
 * Asks everybody. Returns whether the operation shall be done; otherwise *status is its outcome: a refusal, or success when a
 * callback has done it in our place. The two pointers lead into the information. callback_after() follows in any case, with
 * the outcome, and returns what the caller gets.
 */
bool callback_before(struct callback_call *call, REG_NOTIFY_CLASS before, REG_NOTIFY_CLASS after, struct open_key *open,
                     void *information, PVOID *call_context, PVOID *object_context, NTSTATUS *status);
NTSTATUS callback_after(struct callback_call *call, NTSTATUS status);

/* The last handle of an open key closes; nobody can refuse that. */
void callback_closing(struct callback_call *call, struct open_key *open);
void callback_closed(struct callback_call *call, struct open_key *open);

/* Takes leave of what callbacks keep with an open key, and frees the path that one was told. */
void callback_contexts_free(struct open_key *open);
void callback_path_free(struct open_key *open);

#endif /* NT_REGISTRY_CALLBACK_H */
