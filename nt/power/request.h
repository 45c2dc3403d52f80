/* SPDX-License-Identifier: MIT */
/*
 * Power packets on their way.
 */
#ifndef NT_POWER_REQUEST_H
#define NT_POWER_REQUEST_H

#include "nt/pnp/packet.h"
#include "nt/power/power.h"

/* Lives behind the packet's stack locations. */
struct power_request
{
    PIRP irp;
    PDEVICE_OBJECT device;
    PDEVICE_OBJECT top;
    struct devnode *devnode;
    UCHAR minor;
    POWER_STATE_TYPE type;
    POWER_STATE state;
    struct packet_watch watch;
    int64_t deadline;

    /* Called with the packet's final status when everybody is through with it; the request is freed afterwards. */
    void (*finished)(struct power_request *request);
    PREQUEST_POWER_COMPLETE completion;
    void *context;

    struct power_request *next;
    WORK_QUEUE_ITEM item;
};

/*
 * Makes a request for the stack that the device belongs to. NULL when there is no memory. Parameters of the packet are set by
 * power_request_send(). The caller sets finished, and what it needs.
 */
struct power_request *power_request_create(PDEVICE_OBJECT device, UCHAR minor, POWER_STATE_TYPE type, POWER_STATE state);

/* Sends it to the top of the stack, on this thread. It finishes before or after this returns. */
void power_request_send(struct power_request *request);

/* Frees one that was not sent. */
void power_request_free(struct power_request *request);

#endif /* NT_POWER_REQUEST_H */
