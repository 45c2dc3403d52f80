/* SPDX-License-Identifier: MIT */
/*
 * What a trace record costs beside printing the same into a buffer.
 *
 *     bench_recorder [OPTIONS]
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include <ntifs.h>

#include <dmf_trace.h>

#include "anchor.h"
#include "measure.h"

#define DMF_TRACE_TYPES 0

static const char *volatile text = "short string";
static char buffer[256];

static void record_integers(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        DMF_TRACE_CALL(NULL, TRACE_LEVEL_INFORMATION, "FLAG", "index=%u status=%x", (unsigned)index, 5u);
    }
}

static void print_integers(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        if (snprintf(buffer, sizeof(buffer), "index=%u status=%x", (unsigned)index, 5u) <= 0)
        {
            measure_fail("snprintf");
        }
    }
}

static void record_string(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        DMF_TRACE_CALL(NULL, TRACE_LEVEL_INFORMATION, "FLAG", "name=%s", text);
    }
}

/* What a driver would take a lock for, if a line took one. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void mutex_pair(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        if (pthread_mutex_lock(&mutex) != 0 || pthread_mutex_unlock(&mutex) != 0)
        {
            measure_fail("pthread_mutex_lock");
        }
    }
}

/* The level is not recorded. In the budget, all but three of the instructions are the loop's. */
static void record_nothing(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        DMF_TRACE_CALL(NULL, TRACE_LEVEL_VERBOSE, "FLAG", "index=%u status=%x", (unsigned)index, 5u);
    }
}

static void record_plain(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        DMF_TRACE_CALL(NULL, TRACE_LEVEL_INFORMATION, "FLAG", "plain line");
    }
}

static void print_string(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        if (snprintf(buffer, sizeof(buffer), "name=%s", text) <= 0)
        {
            measure_fail("snprintf");
        }
    }
}

/* A driver's process has several threads; the C library's mutex takes no locked operation where there is one only. */
static void *stay_idle(void *argument)
{
    (void)pause();
    return NULL;
}

int main(int count, char **words)
{
    pthread_t idle;

    const struct pair pairs[] = {
        {"trace_integers", "trace record with two integers", record_integers, "snprintf", print_integers, NULL,
         MEASURE_PINNED, 1.0},
        {"trace_string", "trace record with a short string", record_string, "snprintf", print_string, NULL, MEASURE_PINNED,
         0},
        {"trace_line", "trace record without arguments", record_plain, "uncontended mutex pair", mutex_pair, NULL,
         MEASURE_PINNED, 3.0},
        {"trace_two", "trace record with two integers", record_integers, "uncontended mutex pair", mutex_pair, NULL,
         MEASURE_PINNED, 3.0},
        {"trace_off", "trace statement that is off", record_nothing, "uncontended mutex pair", mutex_pair, NULL,
         MEASURE_PINNED, 0},
    };

    if (pthread_create(&idle, NULL, stay_idle, NULL) != 0)
    {
        measure_fail("pthread_create");
    }
    measure_options(count - 1, words + 1);
    measure_move(0);
    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    measure_end();
    return 0;
}
