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
volatile unsigned int dmf_trace_plain_level;

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
    dmf_trace_plain_level = level_from("DMF_TRACE_LEVEL", TRACE_LEVEL_INFORMATION);
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
    struct recorder_log *log;

    if (handle == DMF_TRACE_NO_LOG)
    {
        return;
    }
    log = handle != NULL ? recorder_log_of(handle) : recorder_default_log(call->driver);
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

/* The GUID is the source's words, "(74DC7AB3,690B,480A,87A4,3627882A831C)"; returns where the text ends. */
static size_t provider_text(const struct dmf_trace_provider *provider, char *text, size_t size)
{
    size_t length = (size_t)snprintf(text, size, "%s ", provider->name);

    for (const char *at = provider->guid; *at != 0 && length + 1 < size; at++)
    {
        if (*at == ',')
        {
            text[length++] = '-';
        }
        else if (*at != '(' && *at != ')' && *at != ' ')
        {
            text[length++] = *at >= 'A' && *at <= 'F' ? (char)(*at - 'A' + 'a') : *at;
        }
    }
    length = length < size ? length : size - 1;
    text[length] = 0;
    return length;
}

/* "NAME GUID, NAME GUID"; what finds no room is left out. */
static void providers_text(const struct dmf_trace_provider *providers, char *text, size_t size)
{
    size_t used = 0;

    text[0] = 0;
    for (const struct dmf_trace_provider *provider = providers; provider->name != NULL && used + 2 < size; provider++)
    {
        used += (size_t)snprintf(text + used, size - used, used != 0 ? ", " : "");
        used += provider_text(provider, text + used, size - used);
    }
}

void dmf_trace_print(const struct dmf_trace_site *Site, unsigned int Level, ...)
{
    uint64_t words[RECORDER_RECORD_WORDS];
    struct format_arguments arguments;
    struct recorder_plain plain;
    uint32_t count;

    recorder_plain_make(&plain, Site);
    va_start(arguments.list, Level);
    count = recorder_take(&plain.call, Level, &arguments, words);
    va_end(arguments.list);
    trace_print(&plain.call, words, count);
}

/* Sites and their driver are found by themselves, so there is nothing to register; but who reads a log wants to know the provider. */
void dmf_trace_start(const struct dmf_trace_provider *Providers, ...)
{
    char text[RECORDER_PROVIDERS_SIZE];

    if (Providers != NULL && Providers->name != NULL)
    {
        providers_text(Providers, text, sizeof(text));
        recorder_driver_provides(recorder_driver_of(Providers), text);
    }
}

/* The log stays readable: what a driver did last is often why somebody looks. */
void dmf_trace_stop(const struct dmf_trace_provider *Providers, ...)
{
}
