/* SPDX-License-Identifier: MIT */
/*
 * The verifier's rules about queues: V21 to V30, V42. Each does nothing for a driver that is not verified.
 */
#ifndef WDF_QUEUE_VERIFY_H
#define WDF_QUEUE_VERIFY_H

#include "wdf/queue_internal.h"
#include "wdf/verifier.h"

/* V26: what a driver that is verified forwards, and where. */
void queue_verify_forward(struct request *request, struct queue *to);

/* V23, V24: the answer to EvtIoStop. */
void queue_verify_acknowledge(struct request *request, bool requeue);

/* V22: EvtIoStop has run, and time is up. The request is in the driver's hands. */
void queue_verify_stopped(struct queue *queue, struct request *request);

/* V21: the device leaves D0 or goes, and time is up. The request is in the driver's hands, and nothing will end it by itself. */
void queue_verify_forgotten(struct queue *queue, struct request *request);

/* V25: the parameters of a request are asked for. */
void queue_verify_parameters(struct request *request);

/* V27, V42: a call that changes the queue's state; one that waits must not come from a callback that it waits for. */
void queue_verify_change(struct queue *queue, const char *function, bool waits);

/* V29: brackets the change itself. */
void queue_verify_change_begins(struct queue *queue, const char *function);
void queue_verify_change_ends(struct queue *queue);

/* V27: a request is completed by the driver. */
void queue_verify_completion(struct request *request, const char *function);

/* V28: only what was found is looked behind, and retrieved as found. */
void queue_verify_found(struct queue *queue, struct request *found, const char *function);

/* V30: the call is not for queues that are configured as this one is. */
void queue_verify_use(struct queue *queue, bool allowed, const char *function);

#endif /* WDF_QUEUE_VERIFY_H */
