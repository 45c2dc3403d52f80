/* SPDX-License-Identifier: MIT */
/*
 * What the files of the queue share.
 */
#ifndef WDF_QUEUE_INTERNAL_H
#define WDF_QUEUE_INTERNAL_H

#include "wdf/queue.h"
#include "wdf/request.h"
#include "wdf/thread.h"

/* A thread in the queue's loop; the frames of a thread are a chain. */
struct queue_frame
{
    struct queue *queue;
    struct queue_frame *outer;
    /* The request whose handler runs. Who ends it, or takes it away, makes this NULL: another thread does so under the lock. */
    struct request *request;
    /* The request was ended by this thread, and leaves the count with the handler. */
    bool owns;
};

static inline const struct queue_rules *queue_rules(const struct queue *queue)
{
    return queue_rules_of(queue->state);
}

static inline uint32_t queue_owned_in(uint64_t word)
{
    return (uint32_t)word >> 1;
}

static inline uint32_t queue_owned_count(struct queue *queue)
{
    return queue_owned_in(platform_atomic_load(&queue->word));
}

static inline uint32_t queue_present_count(struct queue *queue)
{
    return (uint32_t)(platform_atomic_load(&queue->word) >> 32);
}

/* The lock closes the way around it; giving it back opens that if nothing speaks against it, and tells who watches. */
void queue_lock(struct queue *queue);
void queue_unlock(struct queue *queue);

/* Presence: keeps the queue's memory, like a reference that costs no more than a count. The caller of enter holds the lock. */
static inline void queue_enter(struct queue *queue)
{
    (void)platform_atomic_fetch_add(&queue->word, QUEUE_PRESENT);
}

/* The last touch of the queue by a thread that is not in a callback of the driver's. */
void queue_exit(struct queue *queue);

/* Does all that is due, in the published order, here or elsewhere. The caller is present, and holds no lock. */
void queue_process(struct queue *queue);

/*
 * Completion, in two steps: the request leaves the driver's hands, and, when the sender knows, it counts no longer and others
 * may move up. The first keeps the queue alive until the second. Its result is for the second.
 */
void queue_let_go_locked(struct queue *queue, struct request *request);
void queue_request_gone_locked(struct queue *queue, struct queue_frame *frame);

static inline void queue_forget_presented(struct request *request, struct queue_frame *frame)
{
    platform_atomic_store_relaxed(&frame->request, NULL);
    platform_atomic_store_relaxed(&request->presenter, NULL);
}

static inline struct queue_frame *queue_let_go(struct queue *queue, struct request *request)
{
    struct queue_frame *frame;

    if (platform_atomic_load_relaxed(&request->presenter) != platform_current() || request->listed)
    {
        queue_let_go_locked(queue, request);
        return NULL;
    }
    /* The handler that runs on this thread keeps the queue. */
    frame = request->frame;
    queue_forget_presented(request, frame);
    return frame;
}

/* The second step for a request whose handler runs on this thread. */
static inline void queue_presented_gone(struct queue *queue, struct queue_frame *frame)
{
    if (queue->limit == QUEUE_UNLIMITED && (platform_atomic_load_relaxed(&queue->word) & QUEUE_PASSES) != 0)
    {
        /* Nobody waits for the count, which saves an atomic operation: it goes down when the handler returns. */
        frame->owns = true;
        return;
    }
    queue_request_gone_locked(queue, frame);
}

static inline void queue_request_gone(struct queue *queue, struct queue_frame *frame)
{
    if (frame != NULL)
    {
        queue_presented_gone(queue, frame);
        return;
    }
    queue_request_gone_locked(queue, NULL);
}

/*
 * The lists. The caller of these holds the queue's lock.
 */

/* The request goes into the driver's hands, and into the list of those; or only into that list. */
void queue_add_owned(struct queue *queue, struct request *request);
void queue_list_owned(struct queue *queue, struct request *request);

/* Takes it out of the driver's hands again, and keeps whoever presents it from touching it. */
void queue_remove_owned(struct queue *queue, struct request *request);

/* Puts the request into the list. Returns false when it has been cancelled already: the caller calls queue_end_cancelled(). */
bool queue_add_waiting(struct queue *queue, struct request *request, bool at_head);

/* The driver gives the request back, to the head of the list. The same, also false when the queue ends all that it has. */
bool queue_give_back(struct queue *queue, struct request *request);

/* Takes that waiting request, or the first one, that is not being cancelled at this moment. It is in no list then. */
bool queue_take(struct queue *queue, struct request *request);
struct request *queue_take_first(struct queue *queue, const FILE_OBJECT *file);

/*
 * The caller of these is present, or holds a reference on the queue, and holds no lock.
 */

/* A request that counts as ending: one that the driver has seen is given to EvtIoCanceledOnQueue, if there is one. */
void queue_end_cancelled(struct queue *queue, struct request *request);

/* The same for a request that is completed with this status, whoever has seen it. */
void queue_end_with(struct queue *queue, struct request *request, NTSTATUS status);

/* Ends the requests that wait, of a file or of all when that is NULL. */
void queue_cancel_waiting(struct queue *queue, const FILE_OBJECT *file);

/*
 * A place in the queue, so that a request cannot be refused any more once whoever had it has let it go; false when the queue does not
 * accept any. The place keeps the queue present until it is taken or left. A queue that has stopped accepting meanwhile ends the
 * request that takes it, as if that had come before.
 */
bool queue_reserve_place(struct queue *queue);
void queue_take_place(struct queue *queue, struct request *request);
void queue_leave_place(struct queue *queue);

/* Calls the cancel callbacks of the requests in the driver's hands that have one. */
void queue_cancel_owned(struct queue *queue);

/* Calls a function for each request in the driver's hands, in the order in which it got them, without the lock. */
void queue_for_each_owned(struct queue *queue, void (*act)(struct queue *queue, struct request *request));

/* Whether a read or write of nothing is a success that the driver does not see. */
bool queue_filters(const struct queue *queue, const struct request *request);

/* Waits until a condition holds, which is asked for under the lock. IRQL: PASSIVE_LEVEL. */
void queue_wait_until(struct queue *queue, bool (*holds)(struct queue *queue));

/* The same, until the deadline at the latest; false when that came first. */
bool queue_wait_until_deadline(struct queue *queue, bool (*holds)(struct queue *queue), int64_t deadline);

/* Nothing waits, nothing is the driver's, and no callback runs. */
bool queue_is_empty(struct queue *queue);

/* The state follows the event. The caller holds the lock. */
void queue_change_state(struct queue *queue, enum queue_event event);

#endif /* WDF_QUEUE_INTERNAL_H */
