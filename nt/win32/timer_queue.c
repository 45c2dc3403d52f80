/* SPDX-License-Identifier: MIT */
/*
 * Timer queues. A timer calls back on the pool's workers, however its flags say.
 */
#include "nt/win32/pool.h"

struct timer_queue
{
    struct platform_mutex lock;
    struct queue_timer *first;
    /* The queue's owner, and each timer that is not gone. */
    uint32_t references;
    HANDLE completion;
};

struct queue_timer
{
    struct pool_object object;
    struct timer_queue *queue;
    struct queue_timer *next;
    WAITORTIMERCALLBACK callback;
    void *context;
    struct platform_timer timer;
    /* Nanoseconds; zero comes once. Written while the timer is stopped. */
    int64_t period;
    /* Set when nothing of the timer runs any more; NULL when nobody wants to know. */
    HANDLE completion;
};

static void tell(HANDLE event)
{
    if (event != NULL)
    {
        (void)native_event(event, NATIVE_EVENT_SET);
        (void)ZwClose(event);
    }
}

static void queue_release(struct timer_queue *queue)
{
    if (queue != NULL && platform_atomic_fetch_sub(&queue->references, 1) == 1)
    {
        tell(queue->completion);
        platform_free(queue, sizeof(*queue));
    }
}

static void timer_gone(struct pool_object *object)
{
    struct queue_timer *timer = (struct queue_timer *)object;

    tell(timer->completion);
    queue_release(timer->queue);
}

static void call_timer(struct pool_object *object, PTP_CALLBACK_INSTANCE instance)
{
    struct queue_timer *timer = (struct queue_timer *)object;

    timer->callback(timer->context, TRUE);
}

/* On the timer thread. The next time is reckoned from the last one, so that it does not drift. */
static void expired(struct platform_timer *platform, void *context)
{
    struct queue_timer *timer = context;

    if (timer->period != 0)
    {
        (void)platform_timer_arm(platform, platform->deadline + timer->period);
    }
    pool_object_submit(&timer->object);
}

static void timer_start(struct queue_timer *timer, ULONG due, ULONG period)
{
    timer->period = (int64_t)period * PLATFORM_MILLISECOND;
    if (due != INFINITE)
    {
        (void)platform_timer_arm(&timer->timer, platform_deadline_in((int64_t)due * PLATFORM_MILLISECOND));
    }
}

HANDLE WINAPI CreateTimerQueue(void)
{
    struct timer_queue *queue = platform_zalloc(sizeof(*queue));

    if (queue == NULL)
    {
        win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    queue->references = 1;
    return queue;
}

static void enter_queue(struct timer_queue *queue, struct queue_timer *timer)
{
    if (queue == NULL)
    {
        return;
    }
    timer->queue = queue;
    (void)platform_atomic_fetch_add(&queue->references, 1);
    platform_mutex_lock(&queue->lock);
    timer->next = queue->first;
    queue->first = timer;
    platform_mutex_unlock(&queue->lock);
}

static void leave_queue(struct timer_queue *queue, struct queue_timer *timer)
{
    if (queue == NULL)
    {
        return;
    }
    platform_mutex_lock(&queue->lock);
    for (struct queue_timer **link = &queue->first; *link != NULL; link = &(*link)->next)
    {
        if (*link == timer)
        {
            *link = timer->next;
            break;
        }
    }
    platform_mutex_unlock(&queue->lock);
}

/* A NULL queue is the default one. */
BOOL WINAPI CreateTimerQueueTimer(PHANDLE phNewTimer, HANDLE TimerQueue, WAITORTIMERCALLBACK Callback, PVOID Parameter,
                                  DWORD DueTime, DWORD Period, ULONG Flags)
{
    struct queue_timer *timer = pool_object_make(sizeof(*timer), call_timer, NULL);

    if (timer == NULL)
    {
        return FALSE;
    }
    timer->object.gone = timer_gone;
    timer->callback = Callback;
    timer->context = Parameter;
    platform_timer_initialize(&timer->timer, expired, timer);
    enter_queue(TimerQueue, timer);
    *phNewTimer = timer;
    timer_start(timer, DueTime, (Flags & WT_EXECUTEONLYONCE) != 0 ? 0 : Period);
    return TRUE;
}

BOOL WINAPI ChangeTimerQueueTimer(HANDLE TimerQueue, HANDLE Timer, ULONG DueTime, ULONG Period)
{
    struct queue_timer *timer = Timer;

    (void)platform_timer_cancel_and_wait(&timer->timer);
    timer_start(timer, DueTime, Period);
    return TRUE;
}

static bool duplicate_event(HANDLE event, HANDLE *ret_own)
{
    return event == NULL || event == INVALID_HANDLE_VALUE ||
           win32_result(
               ZwDuplicateObject(GetCurrentProcess(), event, GetCurrentProcess(), ret_own, EVENT_MODIFY_STATE, 0, 0));
}

/* Stops it and gives the caller's reference up. Returns whether callbacks are still to come to their end. */
static bool timer_delete(struct queue_timer *timer, bool wait)
{
    bool busy;

    (void)platform_timer_cancel_and_wait(&timer->timer);
    if (wait)
    {
        pool_object_wait(&timer->object, false);
    }
    busy = platform_atomic_load(&timer->object.busy) != 0;
    pool_object_release(&timer->object);
    return busy;
}

BOOL WINAPI DeleteTimerQueueTimer(HANDLE TimerQueue, HANDLE Timer, HANDLE CompletionEvent)
{
    struct queue_timer *timer = Timer;

    if (timer == NULL)
    {
        return win32_fail(ERROR_INVALID_HANDLE);
    }
    if (!duplicate_event(CompletionEvent, &timer->completion))
    {
        return FALSE;
    }
    leave_queue(timer->queue, timer);
    return timer_delete(timer, CompletionEvent == INVALID_HANDLE_VALUE) ? win32_fail(ERROR_IO_PENDING) : TRUE;
}

BOOL WINAPI DeleteTimerQueueEx(HANDLE TimerQueue, HANDLE CompletionEvent)
{
    struct timer_queue *queue = TimerQueue;
    struct queue_timer *timer;
    bool busy = false;

    if (queue == NULL)
    {
        return win32_fail(ERROR_INVALID_HANDLE);
    }
    if (!duplicate_event(CompletionEvent, &queue->completion))
    {
        return FALSE;
    }
    while ((timer = platform_atomic_load(&queue->first)) != NULL)
    {
        leave_queue(queue, timer);
        busy |= timer_delete(timer, CompletionEvent == INVALID_HANDLE_VALUE);
    }
    queue_release(queue);
    return busy ? win32_fail(ERROR_IO_PENDING) : TRUE;
}

BOOL WINAPI DeleteTimerQueue(HANDLE TimerQueue)
{
    return DeleteTimerQueueEx(TimerQueue, NULL) ||
           (TimerQueue != NULL && platform_current()->last_error == ERROR_IO_PENDING);
}
