/* SPDX-License-Identifier: MIT */
/*
 * The timer of a request that is sent with a time-out.
 *
 * An armed timer holds a part of the request's flight word, which it gives back when it has gone off, or which who disarms it gives
 * back: so it never goes off for a later send.
 */
#include "nt/io/irp.h"
#include "nt/time/timer.h"
#include "wdf/request.h"

struct request_timer
{
    KTIMER timer;
    KDPC dpc;
};

static VOID went_off(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct request *request = context;

    (void)dpc;
    (void)argument1;
    (void)argument2;
    if (request_begin_cancel(request))
    {
        request->send.timed_out = true;
        (void)request_cancel_held(request);
    }
    request_timer_went_off(request);
}

NTSTATUS request_timer_make(struct request *request)
{
    struct request_timer *timer;

    if (request->send.timer != NULL)
    {
        return STATUS_SUCCESS;
    }
    timer = platform_zalloc(sizeof(*timer));
    if (timer == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeTimer(&timer->timer);
    KeInitializeDpc(&timer->dpc, went_off, request);
    request_need_extras(request);
    request->send.timer = timer;
    return STATUS_SUCCESS;
}

void request_timer_arm(struct request *request, LONGLONG timeout)
{
    LARGE_INTEGER due = {.QuadPart = timeout};

    (void)timer_set(&request->send.timer->timer, due, 0, 0, &request->send.timer->dpc);
}

bool request_timer_disarm(struct request *request)
{
    return timer_cancel(&request->send.timer->timer);
}

void request_timer_free(struct request *request)
{
    if (request->send.timer != NULL)
    {
        platform_free(request->send.timer, sizeof(*request->send.timer));
        request->send.timer = NULL;
    }
}
