/* SPDX-License-Identifier: MIT */
/*
 * What a trace record costs beside printing the same into a buffer.
 *
 *     bench_recorder [OPTIONS]
 */
#include <stdio.h>

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

int main(int count, char **words)
{
    const struct pair pairs[] = {
        {"trace_integers", "trace record with two integers", record_integers, "snprintf", print_integers, NULL,
         MEASURE_PINNED, 1.0},
        {"trace_string", "trace record with a short string", record_string, "snprintf", print_string, NULL, MEASURE_PINNED,
         0},
    };

    measure_options(count - 1, words + 1);
    measure_move(0);
    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    measure_end();
    return 0;
}
