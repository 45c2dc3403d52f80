/* SPDX-License-Identifier: MIT */
/*
 * The event log's end: an entry becomes fields, and these go to the system's log.
 */
#include "nt/debug/event_log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nt/machine.h"

enum
{
    FIELDS_SIZE = 16384,
    /* Bytes of data that are shown. */
    DATA_MOST = 1024,
};

/* Fields on their way: zero-terminated texts, one behind the other. A text that finds no room is cut off, or left out. */
struct fields
{
    size_t count;
    size_t used;
    const char *items[PLATFORM_SYSTEM_LOG_FIELDS];
    char text[FIELDS_SIZE];
};

static void field_begin(struct fields *fields)
{
    if (fields->count < PLATFORM_SYSTEM_LOG_FIELDS && fields->used < FIELDS_SIZE)
    {
        fields->items[fields->count++] = &fields->text[fields->used];
        fields->text[fields->used] = 0;
    }
}

__attribute__((format(printf, 2, 3))) static void field_append(struct fields *fields, const char *format, ...)
{
    size_t room = FIELDS_SIZE - fields->used;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(&fields->text[fields->used], room, format, arguments);
    va_end(arguments);
    if (length > 0)
    {
        fields->used += (size_t)length < room ? (size_t)length : room - 1;
    }
}

static void field_end(struct fields *fields)
{
    fields->used++;
}

static void add_text(struct fields *fields, const char *name, const char *text)
{
    field_begin(fields);
    field_append(fields, "%s=%s", name, text);
    field_end(fields);
}

static void add_number(struct fields *fields, const char *name, const char *format, unsigned number)
{
    char text[16];

    (void)snprintf(text, sizeof(text), "%u", number);
    if (format[0] == 'x')
    {
        (void)snprintf(text, sizeof(text), "0x%08X", number);
    }
    add_text(fields, name, text);
}

static unsigned priority_of(enum event_log_severity severity)
{
    return severity == EVENT_LOG_ERROR ? 3 : severity == EVENT_LOG_WARNING ? 4 : 6;
}

/* One line for people. */
static void add_message(struct fields *fields, const struct event_log_entry *entry)
{
    field_begin(fields);
    field_append(fields, "MESSAGE=%s: event 0x%08X", entry->driver, entry->event);
    for (size_t index = 0; index < entry->string_count; index++)
    {
        field_append(fields, "%s%s", index == 0 ? ": " : ", ", entry->strings[index]);
    }
    if (entry->has_status)
    {
        field_append(fields, " (final status 0x%08X, unique id 0x%X)", entry->final_status, entry->unique_id);
    }
    if (entry->device != NULL)
    {
        field_append(fields, " [%s]", entry->device);
    }
    field_end(fields);
}

static void add_data(struct fields *fields, const struct event_log_entry *entry)
{
    const unsigned char *bytes = entry->data;
    size_t size = entry->data_size < DATA_MOST ? entry->data_size : DATA_MOST;

    field_begin(fields);
    field_append(fields, "DMF_DATA=");
    for (size_t index = 0; index < size; index++)
    {
        field_append(fields, "%02X", bytes[index]);
    }
    field_end(fields);
}

static void add_details(struct fields *fields, const struct event_log_entry *entry)
{
    add_number(fields, "PRIORITY", "u", priority_of(entry->severity));
    add_text(fields, "SYSLOG_IDENTIFIER", entry->driver);
    add_text(fields, "DMF_DRIVER", entry->driver);
    add_number(fields, "DMF_EVENT_ID", "x", entry->event);
    add_number(fields, "DMF_EVENT_CATEGORY", "u", entry->category);
    if (entry->device != NULL)
    {
        add_text(fields, "DMF_DEVICE", entry->device);
    }
    if (entry->has_status)
    {
        add_number(fields, "DMF_FINAL_STATUS", "x", entry->final_status);
        add_number(fields, "DMF_UNIQUE_ID", "u", entry->unique_id);
    }
    for (size_t index = 0; index < entry->string_count; index++)
    {
        add_text(fields, "DMF_STRING", entry->strings[index]);
    }
    if (entry->data_size != 0)
    {
        add_data(fields, entry);
    }
}

/* The system's log, standard error, or nobody. */
static void write_out(const struct event_log_entry *entry)
{
    const char *where = getenv("DMF_EVENT_LOG");
    struct fields fields;

    if (where != NULL && strcmp(where, "none") == 0)
    {
        return;
    }
    fields.count = fields.used = 0;
    add_message(&fields, entry);
    if (where != NULL && strcmp(where, "stderr") == 0)
    {
        (void)fprintf(stderr, "%s\n", strchr(fields.items[0], '=') + 1);
        return;
    }
    add_details(&fields, entry);
    platform_system_log(priority_of(entry->severity), fields.items, fields.count);
}

void event_log_write(const struct event_log_entry *entry)
{
    struct debug_state *state = &machine()->debug;

    if (state->event_log_sink != NULL)
    {
        state->event_log_sink(entry, state->event_log_context);
        return;
    }
    write_out(entry);
}

void event_log_set_sink(event_log_sink *sink, void *context)
{
    struct debug_state *state = &machine()->debug;

    state->event_log_context = context;
    state->event_log_sink = sink;
}

void event_log_flush(void)
{
    lane_flush(&machine()->debug.event_log_lane);
}
