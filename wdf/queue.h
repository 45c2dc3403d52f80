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

    struct platform_spinlock lock;
    /* Requests that wait, and requests in the driver's hands. */
    LIST_ENTRY waiting;
    LIST_ENTRY owned;
    uint32_t owned_count;
    /* Numbers the walks over the owned requests; only the thread that drives the device's PnP walks. */
    uint32_t visit_round;
    bool accepts;
    bool dispatches;
    bool powered;
    /* Something to look at again for those who wait for the queue to run dry. */
    uint32_t changes;
};

static inline struct queue *queue_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct queue, object);
}

/* Takes a request that has arrived. Returns STATUS_PENDING, or the status with which it was refused and completed. */
NTSTATUS queue_submit(struct queue *queue, struct request *request);

/* Completion, in two steps: the request leaves the driver's list, and, when the sender knows, others may move up. */
void queue_remove_owned(struct queue *queue, struct request *request);
void queue_request_gone(struct queue *queue);

/* The driver's answer to EvtIoStop. */
void queue_acknowledge_stop(struct request *request, bool requeue);

/* Presents what can be presented. */
void queue_dispatch(struct queue *queue);

/* Whether the queue has a handler for this major function. */
bool queue_handles(const struct queue *queue, UCHAR major);

/* Power: managed queues of the device hold their requests while it is not in D0. Down waits for the driver's own. */
void queues_power_up(struct device *device);
void queues_power_down(struct device *device);

/* Ends all requests of the managed queues, or of the others, and waits for those in the driver's hands. */
void queues_purge(struct device *device, bool power_managed);

/* Cancels the requests of a file that still wait in a queue of the device. */
void queues_cancel_file(struct device *device, PFILE_OBJECT file);

#endif /* WDF_QUEUE_H */
