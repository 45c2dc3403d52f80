/* SPDX-License-Identifier: MIT */
/*
 * The timer service: one thread, one clock, one lock, and an intrusive pairing heap, so that arming never allocates, costs a
 * comparison, and starting and stopping a timer that does not fire touches only its neighbours.
 */
#include <string.h>

#include "platform/internal.h"

static struct timer_service
{
    struct platform_mutex mutex;
    struct platform_condition idle;
    struct platform_timer *root;
    struct platform_thread *thread;
    /* The timer whose function runs now, only ever compared, and how many functions have started. */
    struct platform_timer *running;
    uint64_t runs;
    uint64_t order;
    /* When the thread will look at the heap again without being told to. */
    int64_t wake_at;
    bool stopping;
} service;

static bool timer_before(const struct platform_timer *left, const struct platform_timer *right)
{
    return left->deadline != right->deadline ? left->deadline < right->deadline : left->order < right->order;
}

/* Joins two heaps, either of which may be empty; roots have no siblings. */
static struct platform_timer *heap_meld(struct platform_timer *left, struct platform_timer *right)
{
    if (left == NULL || right == NULL)
    {
        return left == NULL ? right : left;
    }
    if (timer_before(right, left))
    {
        struct platform_timer *swap = left;

        left = right;
        right = swap;
    }
    right->next = left->child;
    if (right->next != NULL)
    {
        right->next->previous = right;
    }
    right->previous = left;
    left->child = right;
    return left;
}

/* Makes one heap of a list of siblings: pairs from left to right, then joins the pairs from right to left. */
static struct platform_timer *heap_combine(struct platform_timer *first)
{
    struct platform_timer *pairs = NULL;
    struct platform_timer *result = NULL;

    while (first != NULL)
    {
        struct platform_timer *second = first->next;
        struct platform_timer *rest = second != NULL ? second->next : NULL;
        struct platform_timer *pair;

        first->next = first->previous = NULL;
        if (second != NULL)
        {
            second->next = second->previous = NULL;
        }
        pair = heap_meld(first, second);
        pair->next = pairs;
        pairs = pair;
        first = rest;
    }
    while (pairs != NULL)
    {
        struct platform_timer *rest = pairs->next;

        pairs->next = NULL;
        result = heap_meld(result, pairs);
        pairs = rest;
    }
    return result;
}

static void heap_insert(struct platform_timer *timer, int64_t deadline)
{
    timer->deadline = deadline;
    timer->order = service.order++;
    timer->child = timer->next = timer->previous = NULL;
    timer->armed = true;
    service.root = heap_meld(service.root, timer);
}

static void heap_remove(struct platform_timer *timer)
{
    struct platform_timer *children = heap_combine(timer->child);

    if (timer == service.root)
    {
        service.root = children;
    }
    else
    {
        if (timer->previous->child == timer)
        {
            timer->previous->child = timer->next;
        }
        else
        {
            timer->previous->next = timer->next;
        }
        if (timer->next != NULL)
        {
            timer->next->previous = timer->previous;
        }
        service.root = heap_meld(service.root, children);
    }
    timer->child = timer->next = timer->previous = NULL;
    timer->armed = false;
}

/* Runs the function of the first timer. Called and returns with the mutex held; gives it up meanwhile. */
static void service_fire(void)
{
    struct platform_timer *timer = service.root;
    platform_timer_function *function = timer->function;
    void *context = timer->context;

    heap_remove(timer);
    service.running = timer;
    service.runs++;
    platform_mutex_unlock(&service.mutex);
    function(timer, context);
    /* From here on the timer may be gone. */
    platform_mutex_lock(&service.mutex);
    service.running = NULL;
    platform_condition_broadcast(&service.idle);
}

static void service_main(void *argument)
{
    (void)argument;
    platform_mutex_lock(&service.mutex);
    while (!service.stopping)
    {
        int64_t wake_at;

        if (service.root != NULL && service.root->deadline <= platform_now())
        {
            service_fire();
            continue;
        }
        wake_at = service.wake_at = service.root != NULL ? service.root->deadline : PLATFORM_FOREVER;
        platform_mutex_unlock(&service.mutex);
        platform_wait_note("timer", &service, 0);
        platform_park(wake_at);
        platform_wait_note(NULL, NULL, 0);
        platform_mutex_lock(&service.mutex);
        /* Awake until it says otherwise: nobody needs to wake it. */
        service.wake_at = 0;
    }
    platform_mutex_unlock(&service.mutex);
}

/* With the mutex held. */
static int service_start(void)
{
    struct platform_thread *thread;
    int error;

    if (service.thread != NULL)
    {
        return 0;
    }
    service.stopping = false;
    service.wake_at = 0;
    error = platform_thread_create(&thread, "platform timer", 0, PLATFORM_THREAD_SERVICE, service_main, NULL);
    if (error == 0)
    {
        __atomic_store_n(&service.thread, thread, __ATOMIC_RELAXED);
    }
    return error;
}

int platform_timer_service_start(void)
{
    int error;

    platform_mutex_lock(&service.mutex);
    error = service_start();
    platform_mutex_unlock(&service.mutex);
    return error;
}

void platform_timer_service_stop(void)
{
    struct platform_thread *thread;

    platform_mutex_lock(&service.mutex);
    platform_require(service.root == NULL);
    thread = service.thread;
    service.stopping = true;
    platform_mutex_unlock(&service.mutex);
    if (thread != NULL)
    {
        platform_unpark(thread);
        platform_thread_join(thread);
        platform_mutex_lock(&service.mutex);
        __atomic_store_n(&service.thread, NULL, __ATOMIC_RELAXED);
        platform_mutex_unlock(&service.mutex);
    }
}

bool timer_service_retire(bool (*is_last)(void))
{
    struct platform_thread *thread;

    platform_mutex_lock(&service.mutex);
    thread = service.thread;
    service.stopping = true;
    platform_mutex_unlock(&service.mutex);
    if (thread != NULL)
    {
        platform_unpark(thread);
        platform_thread_join(thread);
    }
    platform_mutex_lock(&service.mutex);
    __atomic_store_n(&service.thread, NULL, __ATOMIC_RELAXED);
    if (!is_last() && service.root != NULL && service_start() != 0)
    {
        platform_fatal("the timer thread cannot be started again");
    }
    platform_mutex_unlock(&service.mutex);
    return thread != NULL;
}

bool platform_timer_is_service_thread(void)
{
    return __atomic_load_n(&service.thread, __ATOMIC_RELAXED) == platform_current();
}

void timer_service_reset(void)
{
    memset(&service, 0, sizeof(service));
}

void platform_timer_initialize(struct platform_timer *timer, platform_timer_function *function, void *context)
{
    memset(timer, 0, sizeof(*timer));
    timer->function = function;
    timer->context = context;
}

bool platform_timer_arm(struct platform_timer *timer, int64_t deadline)
{
    struct platform_thread *wake = NULL;
    bool armed;

    platform_mutex_lock(&service.mutex);
    if (service.thread == NULL)
    {
        int error = service_start();

        if (error != 0)
        {
            platform_fatal("the timer thread cannot be started: error %d", error);
        }
    }
    armed = timer->armed;
    if (armed)
    {
        heap_remove(timer);
    }
    if (deadline != PLATFORM_FOREVER)
    {
        heap_insert(timer, deadline);
        if (service.root == timer && deadline < service.wake_at)
        {
            service.wake_at = deadline;
            wake = service.thread;
        }
    }
    platform_mutex_unlock(&service.mutex);
    if (wake != NULL)
    {
        platform_unpark(wake);
    }
    return armed;
}

/* With the mutex held. */
static bool timer_disarm(struct platform_timer *timer)
{
    if (!timer->armed)
    {
        return false;
    }
    heap_remove(timer);
    return true;
}

bool platform_timer_cancel(struct platform_timer *timer)
{
    bool armed;

    platform_mutex_lock(&service.mutex);
    armed = timer_disarm(timer);
    platform_mutex_unlock(&service.mutex);
    return armed;
}

bool platform_timer_cancel_and_wait(struct platform_timer *timer)
{
    bool armed;
    bool waits;

    platform_mutex_lock(&service.mutex);
    waits = service.thread != platform_current();
    armed = timer_disarm(timer);
    while (waits && service.running == timer)
    {
        uint64_t run = service.runs;

        while (service.running == timer && service.runs == run)
        {
            platform_condition_wait(&service.idle, &service.mutex, PLATFORM_FOREVER);
        }
        /* The function may have armed its own timer, as a periodic one does. */
        armed |= timer_disarm(timer);
    }
    platform_mutex_unlock(&service.mutex);
    return armed;
}
