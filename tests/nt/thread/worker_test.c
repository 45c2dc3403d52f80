/* SPDX-License-Identifier: MIT */
/*
 * Work items and lanes.
 */
#include "nt_case.h"

#include <ntifs.h>

#include "nt/run.h"
#include "nt/thread/lane.h"

static void set_event(PVOID context)
{
    run_event_set(context);
}

static void queued_item_runs(void)
{
    struct run_event *event = run_event_create();
    WORK_QUEUE_ITEM item;

    ExInitializeWorkItem(&item, set_event, event);
    ExQueueWorkItem(&item, DelayedWorkQueue);
    run_event_wait(event);
    run_event_free(event);
}

struct chain
{
    WORK_QUEUE_ITEM item;
    struct run_event *ran;
    struct run_event *next_ran;
};

/* Each item waits for the one that was queued after it. */
static void run_chain(PVOID context)
{
    struct chain *chain = context;

    if (chain->next_ran != NULL)
    {
        run_event_wait(chain->next_ran);
    }
    run_event_set(chain->ran);
}

static void blocked_workers_do_not_starve_others(void)
{
    struct chain chain[40];

    for (size_t index = 0; index < ARRAYSIZE(chain); index++)
    {
        chain[index].ran = run_event_create();
    }
    for (size_t index = 0; index < ARRAYSIZE(chain); index++)
    {
        chain[index].next_ran = index + 1 < ARRAYSIZE(chain) ? chain[index + 1].ran : NULL;
        ExInitializeWorkItem(&chain[index].item, run_chain, &chain[index]);
        ExQueueWorkItem(&chain[index].item, DelayedWorkQueue);
    }
    for (size_t index = 0; index < ARRAYSIZE(chain); index++)
    {
        run_event_wait(chain[index].ran);
    }
    for (size_t index = 0; index < ARRAYSIZE(chain); index++)
    {
        run_event_free(chain[index].ran);
    }
}

struct count
{
    struct lane lane;
    struct lane_post posts[20];
    unsigned ran;
    unsigned inside;
};

static void count_in_order(struct lane_post *post, void *context)
{
    struct count *count = context;

    CHECK_EQUAL(platform_atomic_fetch_add(&count->inside, 1), 0);
    CHECK(lane_is_current(&count->lane));
    CHECK(post == &count->posts[count->ran]);
    count->ran++;
    CHECK_EQUAL(platform_atomic_fetch_sub(&count->inside, 1), 1);
}

static void lane_runs_posts_one_at_a_time_in_order(void)
{
    struct count count = {.ran = 0};

    lane_initialize(&count.lane, DelayedWorkQueue);
    for (size_t index = 0; index < ARRAYSIZE(count.posts); index++)
    {
        lane_post(&count.lane, &count.posts[index], count_in_order, &count);
    }
    lane_flush(&count.lane);
    CHECK_EQUAL(count.ran, ARRAYSIZE(count.posts));
    CHECK(!lane_is_current(&count.lane));
}

static void flush_of_an_idle_lane_returns(void)
{
    struct lane lane;

    lane_initialize(&lane, CriticalWorkQueue);
    lane_flush(&lane);
    lane_flush(&lane);
}

static void wait_for_event(PVOID context)
{
    run_event_wait(context);
}

static void item_queued_twice(void)
{
    static WORK_QUEUE_ITEM items[30];
    struct run_event *event = run_event_create();

    for (size_t index = 0; index < ARRAYSIZE(items); index++)
    {
        ExInitializeWorkItem(&items[index], wait_for_event, event);
        ExQueueWorkItem(&items[index], DelayedWorkQueue);
    }
    ExQueueWorkItem(&items[ARRAYSIZE(items) - 1], DelayedWorkQueue);
}

const struct nt_case nt_cases[] = {
    CASE(queued_item_runs),
    CASE(blocked_workers_do_not_starve_others),
    CASE(lane_runs_posts_one_at_a_time_in_order),
    CASE(flush_of_an_idle_lane_returns),
    STOPS(item_queued_twice, "bug check 0x000000E4"),
    CASES_END,
};
