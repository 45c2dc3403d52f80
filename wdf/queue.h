/* SPDX-License-Identifier: MIT */
/*
 * I/O queues.
 *
 * A queue's lock guards its list and its counters; no callback and no completion runs under it. Dispatch is inline on the
 * thread that made it possible: a thread that is already dispatching a queue leaves further requests to its own loop, so
 * that a driver which completes inside its callback does not recurse.
 */
#ifndef WDF_QUEUE_H
#define WDF_QUEUE_H

#include "wdf/object.h"
#include "wdf/presentation.h"

struct device;
struct request;

struct queue
{
    struct object object;
    struct device *device;
    /* Next queue of the device, guarded by the device's lock. */
    struct queue *next;
    WDF_IO_QUEUE_CONFIG config;
    bool power_managed;
    /* Used when the scope is Queue. */
    struct presentation_lock presentation;

    struct platform_spinlock lock;
    /* Requests that wait, and requests in the driver's hands. */
    LIST_ENTRY waiting;
    LIST_ENTRY owned;
    /* Requests in the driver's hands, and those on their way out whose sender has not been told yet. */
    uint32_t owned_count;
    /* Handlers and cancel callbacks that are running. */
    uint32_t presenting;
    /* Numbers the requests as the driver gets them, so that the list of owned ones is in the order of their numbers. */
    uint64_t owned_numbers;
    /* The last walk over the device's queues that met this one, guarded by the device's lock. */
    uint32_t visited;
    /* Written under the lock; false once the queue is purged. */
    bool accepts;
    bool dispatches;
    bool powered;
    /* Something to look at again for those who wait for the queue to run dry. */
    uint32_t changes;
    /* How many do; nobody is woken, which is a system call, when nobody waits. */
    uint32_t change_waiters;
};

static inline struct queue *queue_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct queue, object);
}

/* Takes a request that has arrived. Returns STATUS_PENDING, or the status with which it was refused and completed. */
NTSTATUS queue_submit(struct queue *queue, struct request *request);

/*
 * Completion, in two steps: the request leaves the driver's list, and, when the sender knows, it counts no longer and others
 * may move up. The first keeps the queue alive until the second.
 */
void queue_remove_owned(struct queue *queue, struct request *request);
void queue_request_gone(struct queue *queue);

/*
 * Notes that the request's cancel callback is due. True when the caller is to call it, and queue_callback_returned() after
 * it; false when EvtIoStop is running for the request: then the queue calls it afterwards.
 */
bool queue_begin_cancel(struct request *request);
void queue_callback_returned(struct queue *queue);

/* The driver's answer to EvtIoStop. */
void queue_acknowledge_stop(struct request *request, bool requeue);

/* Presents what can be presented. */
void queue_dispatch(struct queue *queue);

/* Whether the queue has a handler for this major function. */
bool queue_handles(const struct queue *queue, UCHAR major);

/* Whether the queue ends all that it has. Who marks a request cancelable looks at this afterwards. */
bool queue_is_purged(const struct queue *queue);

/* Power: managed queues of the device hold their requests while it is not in D0. Down waits for the driver's own. */
void queues_power_up(struct device *device);
void queues_power_down(struct device *device);

/* Ends all requests of the managed queues, or of the others, and waits for those in the driver's hands. */
void queues_purge(struct device *device, bool power_managed);

/* Cancels the requests of a file that still wait in a queue of the device. */
void queues_cancel_file(struct device *device, PFILE_OBJECT file);

#endif /* WDF_QUEUE_H */
