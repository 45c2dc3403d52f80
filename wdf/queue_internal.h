/* SPDX-License-Identifier: MIT */
/*
 * What the files of the queue share.
 */
#ifndef WDF_QUEUE_INTERNAL_H
#define WDF_QUEUE_INTERNAL_H

#include "wdf/queue.h"

/*
 * The lists. The caller of these holds the queue's lock.
 */

/* The request goes into the driver's hands. */
void queue_add_owned(struct queue *queue, struct request *request);

/* Puts the request into the list. Returns false when it has been cancelled already: the caller calls queue_end_cancelled(). */
bool queue_add_waiting(struct queue *queue, struct request *request, bool at_head);

/* Takes the first waiting request that is not being cancelled at this moment. */
struct request *queue_take_waiting(struct queue *queue);

/* A cancelled request is in no list any more; from here on the queue counts it as owned until queue_end_cancelled(). */
void queue_begin_cancelled(struct queue *queue, struct request *request);

/*
 * The caller of these holds no lock.
 */

/* A request that the driver has seen and put back is given to EvtIoCanceledOnQueue, if there is one; others are completed. */
void queue_end_cancelled(struct queue *queue, struct request *request);

/* Tells those who wait for the queue to look again. */
void queue_announce(struct queue *queue);

/* Ends all requests of the queue, refuses later ones, and waits until none is left and no callback runs. */
void queue_purge(struct queue *queue);

#endif /* WDF_QUEUE_INTERNAL_H */
