/* SPDX-License-Identifier: MIT */
/*
 * The event log: what drivers of either flavour write there becomes one entry of the system's log, the journal or syslog, with
 * what the writer said as its fields:
 *
 *   MESSAGE, PRIORITY, SYSLOG_IDENTIFIER       for everybody
 *   DMF_DRIVER, DMF_DEVICE                     who wrote it; the device where there is one with a name
 *   DMF_EVENT_ID, DMF_EVENT_CATEGORY           which event
 *   DMF_FINAL_STATUS, DMF_UNIQUE_ID            of a driver's error entry
 *   DMF_STRING (several)                       the insertion strings
 *   DMF_DATA                                   the data, in hexadecimal digits
 *
 * The environment variable DMF_EVENT_LOG says where entries go: "system" (or nothing), "stderr" as lines, or "none".
 *
 * Plain types: both flavours' sides include it.
 */
#ifndef NT_EVENT_LOG_H
#define NT_EVENT_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVENT_LOG_STRINGS 16

enum event_log_severity
{
    EVENT_LOG_INFORMATION,
    EVENT_LOG_WARNING,
    EVENT_LOG_ERROR,
};

struct event_log_entry
{
    enum event_log_severity severity;
    /* In UTF-8. The device is NULL where there is none. */
    const char *driver;
    const char *device;
    uint32_t event;
    uint16_t category;
    /* An error entry of a driver; the two that follow mean something. */
    bool has_status;
    uint32_t final_status;
    uint32_t unique_id;
    size_t string_count;
    const char *strings[EVENT_LOG_STRINGS];
    const void *data;
    size_t data_size;
};

/* Everything belongs to the writer. Called at PASSIVE_LEVEL, on several threads at a time. */
typedef void event_log_sink(const struct event_log_entry *entry, void *context);

/* Writes an entry. PASSIVE_LEVEL; may wait for the log's server. What goes wrong is nobody's business. */
void event_log_write(const struct event_log_entry *entry);

/* From now on entries go there instead; NULL for the system's log. For tests, when nobody writes. */
__attribute__((visibility("default"))) void event_log_set_sink(event_log_sink *sink, void *context);

/* Waits until what was written at a raised level has been handed on. PASSIVE_LEVEL. */
__attribute__((visibility("default"))) void event_log_flush(void);

#endif /* NT_EVENT_LOG_H */
