/* SPDX-License-Identifier: MIT */
/*
 * Calling a queue's handlers.
 */
#ifndef WDF_QUEUE_PRESENT_H
#define WDF_QUEUE_PRESENT_H

#include "nt/io/irp.h"
#include "wdf/queue_internal.h"
#include "wdf/verifier.h"

/* Whether callbacks of the queue may run on this thread now: at its level, and not within one of their own. */
static inline bool queue_may_call_here(const struct queue *queue)
{
    return (!queue->passive || platform_current()->irql == PASSIVE_LEVEL) && !presentation_held(queue->serialises);
}

/* Whether one of the frames is the queue's. */
static inline bool queue_is_entered_by(const struct queue *queue, const struct queue_frame *frame)
{
    while (frame != NULL && frame->queue != queue)
    {
        frame = frame->outer;
    }
    return frame != NULL;
}

/* Calls the handler for a request that is counted as the driver's. The caller is present and holds the presentation lock. */
void queue_present(struct queue *queue, struct request *request);

/* The handler has returned, and the driver has the request still, unless another thread ends it at this moment. */
void queue_keep_presented(struct queue *queue, struct queue_frame *frame);

static inline void begin_presenting(struct queue_frame *frame, struct request *request, struct wdf_thread *self,
                                    const struct platform_thread *presenter)
{
    frame->request = request;
    frame->owns = false;
    frame->outer = self->dispatching;
    request->frame = frame;
    platform_atomic_store_relaxed(&request->presenter, presenter);
    self->dispatching = frame;
}

static inline void end_presenting(struct queue *queue, struct queue_frame *frame, struct wdf_thread *self)
{
    self->dispatching = frame->outer;
    if (platform_atomic_load(&frame->request) != NULL)
    {
        queue_keep_presented(queue, frame);
    }
}

static inline void queue_call_control(struct queue *queue, struct request *request, PIO_STACK_LOCATION location,
                                      PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL handler, const char *name)
{
    struct verifier_callback callback;

    verifier_callback_enter(&callback, &queue->object, name);
    handler(wdfobj_handle(&queue->object), wdfobj_handle(&request->object),
            location->Parameters.DeviceIoControl.OutputBufferLength, location->Parameters.DeviceIoControl.InputBufferLength,
            location->Parameters.DeviceIoControl.IoControlCode);
    verifier_callback_leave(&callback);
}

/*
 * The way without the lock, for what is presented at once.
 */

/* Counts a request and its presenter in. */
static inline bool claim_passage(struct queue *queue)
{
    uint64_t word = platform_atomic_load(&queue->word);

    do
    {
        if ((word & QUEUE_PASSES) == 0 || queue_owned_in(word) >= queue->limit)
        {
            return false;
        }
    } while (!platform_atomic_compare_exchange(&queue->word, &word, word + QUEUE_OWNED + QUEUE_PRESENT));
    return true;
}

/* The usual end: the handler has ended the request, and both leave the count at once. */
static inline bool leave_passage(struct queue *queue, const struct queue_frame *frame)
{
    uint64_t word = platform_atomic_load(&queue->word);
    uint64_t leaving = QUEUE_PRESENT + frame->owns * QUEUE_OWNED;

    while ((word & QUEUE_PASSES) != 0)
    {
        if (platform_atomic_compare_exchange(&queue->word, &word, word - leaving))
        {
            return true;
        }
    }
    return false;
}

/* The end where others need the lock; owns: the handler has ended the request. */
void queue_leave_closed_passage(struct queue *queue, bool owns);

/* What the work item and the deferred procedure call of a queue run. */
void queue_work_routine(PVOID context);
KDEFERRED_ROUTINE queue_dpc_routine;

#endif /* WDF_QUEUE_PRESENT_H */
