/* SPDX-License-Identifier: MIT */
/*
 * I/O queues.
 *
 * Most requests pass through a queue without its lock: while the queue lets them pass, one atomic operation on its word counts a
 * request in, and another counts it out. Whoever needs more (a queue that stops, requests that wait, somebody who wants to hear
 * of the end) takes the lock, which closes that way, and from then on everything happens under the lock.
 *
 * A queue's lock guards its lists and what is said to be guarded by it; no callback and no completion runs under it. What a
 * queue has to do next is found anew each time by queue_process(), in the published order, and each callback runs under the
 * queue's presentation lock, if it has one. Where that cannot be had here, a work item or a deferred procedure call does it.
 */
#ifndef WDF_QUEUE_H
#define WDF_QUEUE_H

#include "wdf/object.h"
#include "wdf/presentation.h"
#include "wdf/queue_state.h"

struct device;
struct queue_frame;
struct queue_reserve;
struct request;

/* In queue.word: requests may pass without the lock. The counts lie above it. */
#define QUEUE_PASSES UINT64_C(1)
/* One request in the driver's hands, or on its way out of them whose sender has not been told yet. */
#define QUEUE_OWNED UINT64_C(2)
/* One thread in the queue: in a handler or in another callback, or looking for the next one. It keeps the queue's memory. */
#define QUEUE_PRESENT (UINT64_C(1) << 32)

#define QUEUE_UNLIMITED UINT32_MAX

/* A callback that waits for a condition of the queue. */
struct queue_notice
{
    PFN_WDF_IO_QUEUE_STATE callback;
    WDFCONTEXT context;
};

struct queue
{
    struct object object;
    struct device *device;
    /* The lock that callbacks run under, NULL for none; whether they need PASSIVE_LEVEL. */
    struct presentation_lock *serialises;
    bool passive;
    bool power_managed;
    /* How many requests handlers may have at once: none of a manual queue's. */
    uint32_t limit;
    uint64_t word;
    /* What it keeps for packets that come when there is no memory; NULL for most queues, and never changed again. */
    struct queue_reserve *reserve;
    WDF_IO_QUEUE_CONFIG config;
    /* Used when the scope is Queue. */
    struct presentation_lock presentation;
    /* The device's queues, in the order of their numbers, which say when they were created; guarded by the device's lock. */
    struct queue *next;
    uint32_t number;

    /* Guards all that follows. */
    struct platform_spinlock lock;
    enum queue_state state;
    bool powered;
    /* Queue_process() is on its way in another thread, because this one could not. */
    bool deferred;
    /* Requests that wait; those in the driver's hands whose handler has returned, or that are marked cancelable. */
    LIST_ENTRY waiting;
    LIST_ENTRY owned;
    uint32_t waiting_count;
    /* Requests whose cancel callback is due; cancelled ones that wait for EvtIoCanceledOnQueue. */
    LIST_ENTRY cancels;
    LIST_ENTRY canceled_on_queue;
    /* Requests that the framework ends, or that are on their way from another queue: in no list, and not the driver's. */
    uint32_t ending;
    /* Numbers the requests as the driver gets them, so that the list of owned ones is in the order of their numbers. */
    uint64_t owned_numbers;
    struct queue_notice stopped;
    struct queue_notice drained;
    struct queue_notice ready;
    /* The queue has become non-empty, or it is to be looked at once more, and nobody has been told. */
    bool ready_edge;
    /* A retrieval found nothing although something was on its way out. */
    bool ready_on_arrival;
    /* The device may idle, so that it has to be kept in D0 for the queue's requests; it is. */
    bool tracks_power;
    bool holds_power;
    /* Threads that wait for a condition, and what tells them to look again. */
    uint32_t watchers;
    /* Calls that are changing the state now; not guarded, for the verifier alone. */
    uint32_t changing;
    uint32_t changes;
    /* What runs queue_process() elsewhere. */
    WORK_QUEUE_ITEM work;
    KDPC dpc;
};

static inline struct queue *queue_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct queue, object);
}

/*
 * Takes a packet that has arrived for the queue: makes it a request, or ends it. Returns STATUS_PENDING, or the status with which it
 * was completed.
 */
NTSTATUS queue_receive(struct queue *queue, PIRP irp);

/* The same for a packet that a place in the queue is reserved for, which this uses up. */
void queue_receive_in_place(struct queue *queue, PIRP irp);

/*
 * Finds out whether buffered controls of the device may go the shortest way, to its queue for them: no filter, no hook, no lock, no
 * context, and nobody who looks. The caller holds the device's lock. To be called whenever one of these changes.
 */
void queue_find_short_way(struct device *device);

/* Takes a request that has arrived. Returns STATUS_PENDING, or the status with which it was refused and completed. */
NTSTATUS queue_submit(struct queue *queue, struct request *request);

/* Takes a request that the driver had before any queue. STATUS_INVALID_DEVICE_STATE: it has it still. */
NTSTATUS queue_enqueue(struct queue *queue, struct request *request);

/* Puts the request where those who end or stop all of a queue's requests find it. */
void queue_expose(struct queue *queue, struct request *request);

/* The request's cancel callback is due: it is called here or elsewhere, after EvtIoStop if that runs for the request. */
void queue_call_cancel(struct request *request);

/* The driver's answer to EvtIoStop. */
void queue_acknowledge_stop(struct request *request, bool requeue);

/* Whether the queue has a handler for this major function. */
bool queue_handles(const struct queue *queue, UCHAR major);

/* Whether the queue ends all that it has. Who marks a request cancelable looks at this afterwards. */
bool queue_is_purged(struct queue *queue);

/* Power: managed queues of the device hold their requests while it is not in D0. Down waits for the driver's own. */
void queues_power_up(struct device *device);
void queues_power_down(struct device *device);

/* The device may idle from now on: its managed queues hold it while they have requests. */
void queues_track_power(struct device *device);

/* Ends all requests of the managed queues, or of the others, and waits for those in the driver's hands. */
void queues_purge(struct device *device, bool power_managed);

/* The queues of a device that is started again after it was removed accept what comes. */
void queues_restore(struct device *device);

/* Cancels the requests of a file that still wait in a queue of the device. */
void queues_cancel_file(struct device *device, PFILE_OBJECT file);

/*
 * Where requests of a major function go. NULL: there is no queue for it, or the device is a filter and only its default queue
 * is left, which does not handle it.
 */
struct queue *queue_for(struct device *device, UCHAR major);

#endif /* WDF_QUEUE_H */
