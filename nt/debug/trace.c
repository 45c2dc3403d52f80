/* SPDX-License-Identifier: MIT */
/*
 * Software tracing: the end of every trace statement of a driver. A record goes into the driver's in-flight log, and, when its level is
 * let through, becomes a line of text on standard error at once.
 */
#include "dmf_trace.h"

#include <stdio.h>
#include <stdlib.h>

#include "nt/debug/recorder.h"
#include "nt/debug/recorder_read.h"

volatile unsigned int dmf_trace_level;
volatile unsigned int dmf_trace_print_level;
volatile unsigned int dmf_trace_record_level;

/* What the statements test is the higher of the two. */
static void level_set(volatile unsigned int *which, unsigned int level)
{
    *which = level < 9 ? level : 9;
    dmf_trace_level = dmf_trace_print_level > dmf_trace_record_level ? dmf_trace_print_level : dmf_trace_record_level;
}

void recorder_set_level(uint32_t level)
{
    level_set(&dmf_trace_record_level, level);
}

void recorder_set_print_level(uint32_t level)
{
    level_set(&dmf_trace_print_level, level);
}

static unsigned int level_from(const char *variable, unsigned int otherwise)
{
    const char *text = getenv(variable);
    long level = text != NULL ? strtol(text, NULL, 10) : (long)otherwise;

    return level < 0 ? 0 : level > 9 ? 9 : (unsigned int)level;
}

/* Reads the levels before any driver can run. The variables are the one piece of state that trace statements test directly. */
__attribute__((constructor)) static void trace_read_levels(void)
{
    recorder_set_print_level(level_from("DMF_TRACE_LEVEL", TRACE_LEVEL_NONE));
    recorder_set_level(level_from("DMF_RECORDER_LEVEL", TRACE_LEVEL_INFORMATION));
}

/* One write, so that lines of two threads never mix. */
static void trace_print(const struct recorder_call *call, const uint64_t *words, uint32_t count)
{
    struct recorder_record record = {.word_count = count};
    char text[RECORDER_TEXT_SIZE];
    size_t length;

    __builtin_memcpy(record.words, words, count * sizeof(*words));
    if (recorder_record_make(&record, call->site, call->site->size))
    {
        length = recorder_text(&record, text, sizeof(text) - 1);
        text[length] = '\n';
        (void)fwrite(text, 1, length + 1, stderr);
    }
}

static bool level_is_on(unsigned int level, unsigned int highest)
{
    return level - 1 < highest;
}

static void trace_record(const struct recorder_call *call, const void *handle, const uint64_t *words, uint32_t count)
{
    struct recorder_log *log = handle != NULL ? recorder_log_of(handle) : recorder_default_log(call->driver);

    if (log != NULL)
    {
        recorder_put(log, call, words, count);
    }
}

void dmf_trace_write(struct dmf_trace_site *Site, void *Recorder, unsigned int Level, ...)
{
    struct recorder_call *call = recorder_call_of(Site);
    uint64_t words[RECORDER_RECORD_WORDS];
    struct format_arguments arguments;
    uint32_t count;

    if (call == NULL)
    {
        return;
    }
    va_start(arguments.list, Level);
    count = recorder_take(call, Level, &arguments, words);
    va_end(arguments.list);
    if (level_is_on(Level, dmf_trace_record_level))
    {
        trace_record(call, Recorder, words, count);
    }
    if (level_is_on(Level, dmf_trace_print_level))
    {
        trace_print(call, words, count);
    }
}

/* Sites and their driver are found by themselves, so there is nothing to register. */
void dmf_trace_start(const struct dmf_trace_provider *Providers, ...)
{
}

/* The log stays readable: what a driver did last is often why somebody looks. */
void dmf_trace_stop(const struct dmf_trace_provider *Providers, ...)
{
}
