/* SPDX-License-Identifier: MIT */
/*
 * Forward progress: requests that a queue keeps in reserve, for packets that come when there is no memory for another.
 *
 * A reserved request lives as long as its queue, with the contexts and whatever else the driver gave it in advance; it is given one
 * packet after the other. A packet that deserves one and finds none waits, before the queue, until one comes back.
 */
#ifndef WDF_QUEUE_RESERVE_H
#define WDF_QUEUE_RESERVE_H

#include "wdf/queue_internal.h"

/* Guarded by the queue's lock, but for what the driver said once. */
struct queue_reserve
{
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY policy;
    /* Requests that have no packet; and how many have one. */
    LIST_ENTRY free;
    uint32_t in_use;
    /* Packets that wait for one. Each counts as ending in the queue. */
    LIST_ENTRY waiting;
};

/* Takes a packet that has arrived for a queue with a reserve; the status is that of queue_receive(). */
NTSTATUS reserve_receive(struct queue *queue, PIRP irp);

/* The same for a packet that a place in the queue is reserved for, which this uses up. */
void reserve_receive_in_place(struct queue *queue, PIRP irp);

/* The packet of a reserved request is about to go back to its sender: nothing of the packet may stay with the request. */
void reserve_detach(struct request *request);

/* It has gone: the request takes the next packet, or none. */
void reserve_return(struct request *request);

/* Cancels the packets that wait, of a file or of all when that is NULL. */
void reserve_cancel(struct queue *queue, const FILE_OBJECT *file);

/* Deletes the requests, none of which has a packet, and the reserve. IRQL: PASSIVE_LEVEL. */
void reserve_free(struct queue *queue);

#endif /* WDF_QUEUE_RESERVE_H */
