/* SPDX-License-Identifier: MIT */
/*
 * The states of an I/O target, as data, and the lists of requests that go with them.
 */
#include "nt/io/irp.h"
#include "nt/thread/worker.h"
#include "wdf/io_target.h"
#include "wdf/request.h"

#define STARTED WdfIoTargetStarted
#define STOPPED WdfIoTargetStopped
#define PURGED WdfIoTargetPurged
#define QUERIED WdfIoTargetClosedForQueryRemove
#define CLOSED WdfIoTargetClosed
#define DELETED WdfIoTargetDeleted

/*
 * What each event does in each state, and the state that follows. A start of a closed target is not refused, as published: it
 * is started then with nothing open, and requests are refused for want of a device.
 */
static const struct
{
    uint8_t state;
    uint8_t event;
    struct target_row row;
} rows[] = {
    {STARTED, TARGET_EVENT_START, {TARGET_RELEASE, STARTED}},
    {STARTED, TARGET_EVENT_STOP, {TARGET_HOLD, STOPPED}},
    {STARTED, TARGET_EVENT_PURGE, {TARGET_END_IO, PURGED}},
    {STARTED, TARGET_EVENT_OPEN, {TARGET_REFUSE, STARTED}},
    {STARTED, TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE, {TARGET_DISCONNECT, QUERIED}},
    {STARTED, TARGET_EVENT_CLOSE, {TARGET_DISCONNECT, CLOSED}},
    {STARTED, TARGET_EVENT_DELETE, {TARGET_DISCONNECT, DELETED}},
    {STARTED, TARGET_EVENT_SEND, {TARGET_SEND, STARTED}},
    {STARTED, TARGET_EVENT_SEND_IGNORING, {TARGET_SEND, STARTED}},

    {STOPPED, TARGET_EVENT_START, {TARGET_RELEASE, STARTED}},
    {STOPPED, TARGET_EVENT_STOP, {TARGET_HOLD, STOPPED}},
    {STOPPED, TARGET_EVENT_PURGE, {TARGET_END_IO, PURGED}},
    {STOPPED, TARGET_EVENT_OPEN, {TARGET_REFUSE, STOPPED}},
    {STOPPED, TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE, {TARGET_DISCONNECT, QUERIED}},
    {STOPPED, TARGET_EVENT_CLOSE, {TARGET_DISCONNECT, CLOSED}},
    {STOPPED, TARGET_EVENT_DELETE, {TARGET_DISCONNECT, DELETED}},
    {STOPPED, TARGET_EVENT_SEND, {TARGET_PEND, STOPPED}},
    {STOPPED, TARGET_EVENT_SEND_IGNORING, {TARGET_SEND, STOPPED}},

    {PURGED, TARGET_EVENT_START, {TARGET_RELEASE, STARTED}},
    {PURGED, TARGET_EVENT_STOP, {TARGET_HOLD, STOPPED}},
    {PURGED, TARGET_EVENT_PURGE, {TARGET_END_IO, PURGED}},
    {PURGED, TARGET_EVENT_OPEN, {TARGET_REFUSE, PURGED}},
    {PURGED, TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE, {TARGET_DISCONNECT, QUERIED}},
    {PURGED, TARGET_EVENT_CLOSE, {TARGET_DISCONNECT, CLOSED}},
    {PURGED, TARGET_EVENT_DELETE, {TARGET_DISCONNECT, DELETED}},
    {PURGED, TARGET_EVENT_SEND, {TARGET_REFUSE, PURGED}},
    {PURGED, TARGET_EVENT_SEND_IGNORING, {TARGET_SEND, PURGED}},

    {QUERIED, TARGET_EVENT_START, {TARGET_RELEASE, STARTED}},
    {QUERIED, TARGET_EVENT_STOP, {TARGET_NOTHING, QUERIED}},
    {QUERIED, TARGET_EVENT_PURGE, {TARGET_NOTHING, QUERIED}},
    {QUERIED, TARGET_EVENT_OPEN, {TARGET_RELEASE, STARTED}},
    {QUERIED, TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE, {TARGET_NOTHING, QUERIED}},
    {QUERIED, TARGET_EVENT_CLOSE, {TARGET_DISCONNECT, CLOSED}},
    {QUERIED, TARGET_EVENT_DELETE, {TARGET_DISCONNECT, DELETED}},
    {QUERIED, TARGET_EVENT_SEND, {TARGET_REFUSE, QUERIED}},
    {QUERIED, TARGET_EVENT_SEND_IGNORING, {TARGET_REFUSE, QUERIED}},

    {CLOSED, TARGET_EVENT_START, {TARGET_RELEASE, STARTED}},
    {CLOSED, TARGET_EVENT_STOP, {TARGET_NOTHING, CLOSED}},
    {CLOSED, TARGET_EVENT_PURGE, {TARGET_NOTHING, CLOSED}},
    {CLOSED, TARGET_EVENT_OPEN, {TARGET_RELEASE, STARTED}},
    {CLOSED, TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE, {TARGET_NOTHING, CLOSED}},
    {CLOSED, TARGET_EVENT_CLOSE, {TARGET_NOTHING, CLOSED}},
    {CLOSED, TARGET_EVENT_DELETE, {TARGET_DISCONNECT, DELETED}},
    {CLOSED, TARGET_EVENT_SEND, {TARGET_REFUSE, CLOSED}},
    {CLOSED, TARGET_EVENT_SEND_IGNORING, {TARGET_REFUSE, CLOSED}},

    {DELETED, TARGET_EVENT_START, {TARGET_REFUSE, DELETED}},
    {DELETED, TARGET_EVENT_STOP, {TARGET_NOTHING, DELETED}},
    {DELETED, TARGET_EVENT_PURGE, {TARGET_NOTHING, DELETED}},
    {DELETED, TARGET_EVENT_OPEN, {TARGET_REFUSE, DELETED}},
    {DELETED, TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE, {TARGET_NOTHING, DELETED}},
    {DELETED, TARGET_EVENT_CLOSE, {TARGET_NOTHING, DELETED}},
    {DELETED, TARGET_EVENT_DELETE, {TARGET_NOTHING, DELETED}},
    {DELETED, TARGET_EVENT_SEND, {TARGET_REFUSE, DELETED}},
    {DELETED, TARGET_EVENT_SEND_IGNORING, {TARGET_REFUSE, DELETED}},
};

struct target_row io_target_row(unsigned state, enum target_event event)
{
    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        if (rows[index].state == state && rows[index].event == (uint8_t)event)
        {
            return rows[index].row;
        }
    }
    return (struct target_row){TARGET_REFUSE, WdfIoTargetStateUndefined};
}

/*
 * Requests.
 */

/* The caller holds the lock. */
static void put(struct io_target *target, struct request *request, enum target_list list)
{
    request->send.list = (uint8_t)list;
    InsertTailList(&target->queues[list].requests, &request->send.link);
    target->queues[list].count++;
}

static VOID cancel_pended(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct request *request = irp->Tail.Overlay.DriverContext[0];
    struct io_target *target = request->send.target;

    (void)wdm;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    platform_spinlock_lock(&target->lock);
    RemoveEntryList(&request->send.link);
    InitializeListHead(&request->send.link);
    platform_spinlock_unlock(&target->lock);
    irp->IoStatus.Status = STATUS_CANCELLED;
    irp->IoStatus.Information = 0;
    request_packet_done(request);
}

/* The caller holds the lock. False when the packet is cancelled already, and not in the list. */
static bool pend(struct io_target *target, struct request *request)
{
    PIRP irp = request->irp;

    irp->Tail.Overlay.DriverContext[0] = request;
    put(target, request, TARGET_PENDED);
    (void)irp_set_cancel_routine(irp, cancel_pended);
    if (irp_is_cancelled(irp) && irp_set_cancel_routine(irp, NULL) != NULL)
    {
        RemoveEntryList(&request->send.link);
        InitializeListHead(&request->send.link);
        return false;
    }
    return true;
}

/* Takes the first waiting request that nobody is cancelling at this moment. The caller holds the lock. */
static struct request *take_pended(struct io_target *target)
{
    struct target_queue *queue = &target->queues[TARGET_PENDED];

    for (PLIST_ENTRY link = queue->requests.Flink; link != &queue->requests; link = link->Flink)
    {
        struct request *request = CONTAINING_RECORD(link, struct request, send.link);

        if (irp_set_cancel_routine(request->irp, NULL) != NULL)
        {
            RemoveEntryList(link);
            InitializeListHead(link);
            return request;
        }
    }
    return NULL;
}

/* The usual case without a walk over the table. */
static enum target_action action_of(const struct io_target *target, bool ignore_state)
{
    enum target_action action = TARGET_SEND;

    if (__builtin_expect(target->closing, 0))
    {
        return TARGET_REFUSE;
    }
    if (__builtin_expect(target->state != WdfIoTargetStarted || ignore_state, 0))
    {
        action = io_target_row(target->state, ignore_state ? TARGET_EVENT_SEND_IGNORING : TARGET_EVENT_SEND).action;
    }
    else if (target->releasing)
    {
        return TARGET_PEND;
    }
    return action == TARGET_SEND && target->device == NULL ? TARGET_REFUSE : action;
}

enum target_action io_target_admit(struct io_target *target, struct request *request, bool ignore_state)
{
    enum target_action action;
    bool listed = true;

    platform_spinlock_lock(&target->lock);
    action = action_of(target, ignore_state);
    if (action == TARGET_SEND)
    {
        put(target, request, ignore_state ? TARGET_SENT_IGNORING : TARGET_SENT);
    }
    else if (action == TARGET_PEND)
    {
        listed = pend(target, request);
    }
    platform_spinlock_unlock(&target->lock);
    if (!listed)
    {
        request->irp->IoStatus.Status = STATUS_CANCELLED;
        request->irp->IoStatus.Information = 0;
        request_packet_done(request);
    }
    return action;
}

PDEVICE_OBJECT io_target_hold_device(struct io_target *target)
{
    PDEVICE_OBJECT device;

    platform_spinlock_lock(&target->lock);
    device = target->closing ? NULL : target->device;
    target->queues[TARGET_SENT_IGNORING].count += device == NULL ? 0 : 1;
    platform_spinlock_unlock(&target->lock);
    return device;
}

void io_target_unlock_changed(struct io_target *target)
{
    uint32_t *changes = &target->changes;

    target->changes++;
    platform_spinlock_unlock(&target->lock);
    platform_wake_word(changes, UINT32_MAX);
}

/*
 * Waiting.
 */

void io_target_wait_for_change(struct io_target *target)
{
    uint32_t seen = target->changes;

    platform_spinlock_unlock(&target->lock);
    worker_will_wait();
    platform_wait_note("I/O target", target, 0);
    (void)platform_wait_word(&target->changes, seen, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
    worker_has_waited();
    platform_spinlock_lock(&target->lock);
}

static bool is_over(const struct io_target *target, bool everything)
{
    return target->queues[TARGET_SENT].count == 0 &&
           (!everything || (target->queues[TARGET_SENT_IGNORING].count == 0 && target->queues[TARGET_PENDED].count == 0));
}

void io_target_wait(struct io_target *target, bool everything)
{
    platform_spinlock_lock(&target->lock);
    target->waiters++;
    while (!is_over(target, everything))
    {
        io_target_wait_for_change(target);
    }
    target->waiters--;
    platform_spinlock_unlock(&target->lock);
}

/*
 * What the actions do. Each takes one request at a time, because what is done to it runs without the lock.
 */

static void send_pended(struct io_target *target)
{
    struct request *request;

    platform_spinlock_lock(&target->lock);
    if (target->releasing)
    {
        platform_spinlock_unlock(&target->lock);
        return;
    }
    target->releasing = true;
    while (target->state == WdfIoTargetStarted && target->device != NULL && (request = take_pended(target)) != NULL)
    {
        put(target, request, TARGET_SENT);
        target->queues[TARGET_PENDED].count--;
        platform_spinlock_unlock(&target->lock);
        request_send_pended(request);
        platform_spinlock_lock(&target->lock);
    }
    target->releasing = false;
    platform_spinlock_unlock(&target->lock);
}

static void end_pended(struct io_target *target)
{
    struct request *request;

    do
    {
        platform_spinlock_lock(&target->lock);
        request = take_pended(target);
        platform_spinlock_unlock(&target->lock);
        if (request != NULL)
        {
            request->irp->IoStatus.Status = STATUS_WDF_DEVICE_REMOVED_NOT_SENT;
            request->irp->IoStatus.Information = 0;
            request_packet_done(request);
        }
    } while (request != NULL);
}

/* The next request of the list that this walk has not met, its cancellation begun. The caller holds the lock. */
static struct request *next_to_cancel(struct target_queue *queue, uint32_t walk)
{
    while (!IsListEmpty(&queue->requests))
    {
        PLIST_ENTRY link = queue->requests.Flink;
        struct request *request = CONTAINING_RECORD(link, struct request, send.link);

        /* What a later walk has met was cancelled by that. */
        if ((int32_t)(request->send.visited - walk) >= 0)
        {
            return NULL;
        }
        request->send.visited = walk;
        RemoveEntryList(link);
        InsertTailList(&queue->requests, link);
        if (request_begin_cancel(request))
        {
            return request;
        }
    }
    return NULL;
}

static void cancel_sent(struct io_target *target, enum target_list list)
{
    struct target_queue *queue = &target->queues[list];
    struct request *request;
    uint32_t walk;

    platform_spinlock_lock(&target->lock);
    walk = ++queue->walks;
    do
    {
        request = next_to_cancel(queue, walk);
        platform_spinlock_unlock(&target->lock);
        if (request != NULL)
        {
            (void)request_cancel_held(request);
        }
        platform_spinlock_lock(&target->lock);
    } while (request != NULL);
    platform_spinlock_unlock(&target->lock);
}

void io_target_cancel_sent(struct io_target *target)
{
    cancel_sent(target, TARGET_SENT);
}

/*
 * Events.
 */

/* Goes to the next state. The caller holds the lock. */
static enum target_action enter(struct io_target *target, enum target_event event)
{
    struct target_row row = io_target_row(target->state, event);

    target->state = row.next;
    return row.action;
}

static void wake_starters(struct io_target *target)
{
    platform_spinlock_lock(&target->lock);
    target->stopping--;
    target->changes++;
    platform_spinlock_unlock(&target->lock);
    platform_wake_word(&target->changes, UINT32_MAX);
}

/* A start is not to overtake a stop or purge that waits. The caller holds the lock. */
static void wait_for_stops(struct io_target *target)
{
    while (target->stopping != 0)
    {
        io_target_wait_for_change(target);
    }
}

NTSTATUS io_target_start(struct io_target *target)
{
    enum target_action action;

    platform_spinlock_lock(&target->lock);
    wait_for_stops(target);
    action = enter(target, TARGET_EVENT_START);
    platform_spinlock_unlock(&target->lock);
    if (action == TARGET_REFUSE)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    send_pended(target);
    return STATUS_SUCCESS;
}

void io_target_stop(struct io_target *target, WDF_IO_TARGET_SENT_IO_ACTION sent)
{
    enum target_action action;
    bool waits = sent == WdfIoTargetCancelSentIo || sent == WdfIoTargetWaitForSentIoToComplete;

    if (!waits && sent != WdfIoTargetLeaveSentIoPending)
    {
        return;
    }
    platform_spinlock_lock(&target->lock);
    action = enter(target, TARGET_EVENT_STOP);
    waits = waits && action == TARGET_HOLD;
    target->stopping += waits ? 1 : 0;
    platform_spinlock_unlock(&target->lock);
    if (waits && sent == WdfIoTargetCancelSentIo)
    {
        cancel_sent(target, TARGET_SENT);
    }
    if (waits)
    {
        io_target_wait(target, false);
        wake_starters(target);
    }
}

void io_target_purge(struct io_target *target, WDF_IO_TARGET_PURGE_IO_ACTION purge)
{
    enum target_action action;
    bool waits = purge == WdfIoTargetPurgeIoAndWait;

    if (!waits && purge != WdfIoTargetPurgeIo)
    {
        return;
    }
    platform_spinlock_lock(&target->lock);
    action = enter(target, TARGET_EVENT_PURGE);
    waits = waits && action == TARGET_END_IO;
    target->stopping += waits ? 1 : 0;
    platform_spinlock_unlock(&target->lock);
    if (action != TARGET_END_IO)
    {
        return;
    }
    end_pended(target);
    cancel_sent(target, TARGET_SENT);
    if (waits)
    {
        io_target_wait(target, false);
        wake_starters(target);
    }
}

bool io_target_disconnect(struct io_target *target, enum target_event event)
{
    enum target_action action;

    platform_spinlock_lock(&target->lock);
    action = enter(target, event);
    target->closing = target->closing || action == TARGET_DISCONNECT;
    platform_spinlock_unlock(&target->lock);
    if (action != TARGET_DISCONNECT)
    {
        return false;
    }
    end_pended(target);
    cancel_sent(target, TARGET_SENT);
    cancel_sent(target, TARGET_SENT_IGNORING);
    io_target_wait(target, true);
    return true;
}

NTSTATUS io_target_open_done(struct io_target *target, PDEVICE_OBJECT device, PFILE_OBJECT file)
{
    enum target_action action;

    platform_spinlock_lock(&target->lock);
    /* One that was started with nothing open is as good as closed. */
    if (target->device == NULL && target->state != WdfIoTargetDeleted)
    {
        target->state = WdfIoTargetClosed;
    }
    action = enter(target, TARGET_EVENT_OPEN);
    if (action == TARGET_RELEASE)
    {
        platform_atomic_store(&target->file, file);
        io_target_set_device(target, device);
        target->closed_by_removal = false;
    }
    platform_spinlock_unlock(&target->lock);
    if (action != TARGET_RELEASE)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    send_pended(target);
    return STATUS_SUCCESS;
}
