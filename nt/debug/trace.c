/* SPDX-License-Identifier: MIT */
/*
 * Software tracing: the end of every trace statement of a driver. A record becomes a line of text on standard error when the
 * environment variable DMF_TRACE_LEVEL (1 critical ... 5 verbose) lets its level through.
 */
#define DMF_CRT_IMPLEMENTATION

#include "dmf_trace.h"
#include "nt/crt/format.h"
#include "ntstatus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

volatile unsigned int dmf_trace_level;

/* Reads the level before any driver can run. The variable is the one piece of state that trace statements test directly. */
__attribute__((constructor)) static void trace_read_level(void)
{
    const char *text = getenv("DMF_TRACE_LEVEL");
    if (text != NULL)
    {
        long level = strtol(text, NULL, 10);
        dmf_trace_level = level < 0 ? 0 : level > 9 ? 9 : (unsigned int)level;
    }
}

/*
 * A line on its way to standard error. It leaves in blocks, under the stream's lock, so that lines of two threads never mix.
 */
struct trace_line
{
    struct format_sink sink;
    const struct dmf_trace_site *site;
    unsigned int level;
    size_t used;
    char block[512];
};

static void line_flush(struct trace_line *line)
{
    (void)fwrite(line->block, 1, line->used, stderr);
    line->used = 0;
}

static void line_write(struct format_sink *sink, const void *characters, size_t count)
{
    struct trace_line *line = (struct trace_line *)sink;
    const char *from = characters;

    while (count != 0)
    {
        size_t room = sizeof(line->block) - line->used;
        size_t part = count < room ? count : room;
        memcpy(line->block + line->used, from, part);
        line->used += part;
        from += part;
        count -= part;
        if (line->used == sizeof(line->block))
        {
            line_flush(line);
        }
    }
}

/*
 * The items that a %!name! stands for. Each takes its argument, if it has one, and prints it.
 */
typedef void trace_item_print(struct trace_line *line, struct format_arguments *arguments);

struct trace_item
{
    const char *name;
    trace_item_print *print;
};

struct trace_name
{
    unsigned int value;
    const char *name;
};

#define TRACE_NAME(Value)             \
    {                                 \
        (unsigned int)(Value), #Value \
    }

/* The status values that drivers meet daily; any other is printed as a number only. */
static const struct trace_name trace_status_names[] = {
    TRACE_NAME(STATUS_SUCCESS),
    TRACE_NAME(STATUS_PENDING),
    TRACE_NAME(STATUS_TIMEOUT),
    TRACE_NAME(STATUS_BUFFER_OVERFLOW),
    TRACE_NAME(STATUS_NO_MORE_ENTRIES),
    TRACE_NAME(STATUS_UNSUCCESSFUL),
    TRACE_NAME(STATUS_NOT_IMPLEMENTED),
    TRACE_NAME(STATUS_INFO_LENGTH_MISMATCH),
    TRACE_NAME(STATUS_ACCESS_VIOLATION),
    TRACE_NAME(STATUS_INVALID_HANDLE),
    TRACE_NAME(STATUS_INVALID_PARAMETER),
    TRACE_NAME(STATUS_NO_SUCH_DEVICE),
    TRACE_NAME(STATUS_NO_SUCH_FILE),
    TRACE_NAME(STATUS_INVALID_DEVICE_REQUEST),
    TRACE_NAME(STATUS_END_OF_FILE),
    TRACE_NAME(STATUS_MORE_PROCESSING_REQUIRED),
    TRACE_NAME(STATUS_ACCESS_DENIED),
    TRACE_NAME(STATUS_BUFFER_TOO_SMALL),
    TRACE_NAME(STATUS_OBJECT_TYPE_MISMATCH),
    TRACE_NAME(STATUS_OBJECT_NAME_INVALID),
    TRACE_NAME(STATUS_OBJECT_NAME_NOT_FOUND),
    TRACE_NAME(STATUS_OBJECT_NAME_COLLISION),
    TRACE_NAME(STATUS_DELETE_PENDING),
    TRACE_NAME(STATUS_INSUFFICIENT_RESOURCES),
    TRACE_NAME(STATUS_DEVICE_NOT_READY),
    TRACE_NAME(STATUS_IO_TIMEOUT),
    TRACE_NAME(STATUS_NOT_SUPPORTED),
    TRACE_NAME(STATUS_INVALID_DEVICE_STATE),
    TRACE_NAME(STATUS_IO_DEVICE_ERROR),
    TRACE_NAME(STATUS_CANCELLED),
    TRACE_NAME(STATUS_DEVICE_REMOVED),
    TRACE_NAME(STATUS_DEVICE_NOT_CONNECTED),
    TRACE_NAME(STATUS_INTERNAL_ERROR),
    TRACE_NAME(STATUS_INVALID_BUFFER_SIZE),
    TRACE_NAME(STATUS_NOT_FOUND),
    TRACE_NAME(STATUS_INTEGER_OVERFLOW),
    TRACE_NAME(STATUS_NO_MEMORY),
};

static const char *const trace_irql_names[] = {"PASSIVE", "APC", "DISPATCH"};
static const char *const trace_level_names[] = {"none", "critical", "error", "warning", "information", "verbose"};

static void print_status(struct trace_line *line, struct format_arguments *arguments)
{
    unsigned int status = va_arg(arguments->list, unsigned int);
    const char *name = NULL;

    for (size_t index = 0; index < sizeof(trace_status_names) / sizeof(trace_status_names[0]); index++)
    {
        if (trace_status_names[index].value == status)
        {
            name = trace_status_names[index].name;
        }
    }
    format_print(&line->sink, name != NULL ? "0x%08x(%s)" : "0x%08x", status, name);
}

static void print_hexadecimal(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, "0x%08x", va_arg(arguments->list, unsigned int));
}

static void print_win32_error(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, "%u", va_arg(arguments->list, unsigned int));
}

static void print_guid(struct trace_line *line, struct format_arguments *arguments)
{
    const GUID *guid = va_arg(arguments->list, const GUID *);
    if (guid == NULL)
    {
        format_print(&line->sink, "(null)");
        return;
    }
    format_print(&line->sink, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid->Data1, guid->Data2, guid->Data3,
                 guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3], guid->Data4[4], guid->Data4[5],
                 guid->Data4[6], guid->Data4[7]);
}

static void print_boolean(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, va_arg(arguments->list, int) != 0 ? "TRUE" : "FALSE");
}

static void print_irql(struct trace_line *line, struct format_arguments *arguments)
{
    unsigned int irql = va_arg(arguments->list, unsigned int);
    if (irql < sizeof(trace_irql_names) / sizeof(trace_irql_names[0]))
    {
        format_print(&line->sink, "%s", trace_irql_names[irql]);
        return;
    }
    format_print(&line->sink, "%u", irql);
}

static void print_unicode_string(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, "%wZ", va_arg(arguments->list, void *));
}

static void print_ansi_string(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, "%Z", va_arg(arguments->list, void *));
}

static void print_text(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, "%s", va_arg(arguments->list, void *));
}

static void print_wide_text(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, "%ws", va_arg(arguments->list, void *));
}

static void print_pointer(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, "%p", va_arg(arguments->list, void *));
}

static void print_time(struct trace_line *line, struct format_arguments *arguments)
{
    format_print(&line->sink, "%I64d", va_arg(arguments->list, long long));
}

static void print_function(struct trace_line *line, struct format_arguments *arguments)
{
    (void)arguments;
    format_print(&line->sink, "%s", line->site->function);
}

static void print_file(struct trace_line *line, struct format_arguments *arguments)
{
    (void)arguments;
    const char *name = strrchr(line->site->file, '/');
    format_print(&line->sink, "%s", name != NULL ? name + 1 : line->site->file);
}

static void print_line(struct trace_line *line, struct format_arguments *arguments)
{
    (void)arguments;
    format_print(&line->sink, "%u", line->site->line);
}

static void print_flags(struct trace_line *line, struct format_arguments *arguments)
{
    (void)arguments;
    format_print(&line->sink, "%s", line->site->flags);
}

static void print_level(struct trace_line *line, struct format_arguments *arguments)
{
    (void)arguments;
    if (line->level < sizeof(trace_level_names) / sizeof(trace_level_names[0]))
    {
        format_print(&line->sink, "%s", trace_level_names[line->level]);
        return;
    }
    format_print(&line->sink, "%u", line->level);
}

/* Every line starts with what the standard prefix holds, so an explicit one adds nothing. */
static void print_nothing(struct trace_line *line, struct format_arguments *arguments)
{
    (void)line;
    (void)arguments;
}

static const struct trace_item trace_items[] = {
    {"STDPREFIX", print_nothing},
    {"FUNC", print_function},
    {"FILE", print_file},
    {"LINE", print_line},
    {"FLAGS", print_flags},
    {"LEVEL", print_level},
    {"COMPNAME", print_flags},
    {"STATUS", print_status},
    {"status", print_status},
    {"HRESULT", print_hexadecimal},
    {"hresult", print_hexadecimal},
    {"WINERROR", print_win32_error},
    {"winerr", print_win32_error},
    {"GUID", print_guid},
    {"guid", print_guid},
    {"CLSID", print_guid},
    {"IID", print_guid},
    {"LIBID", print_guid},
    {"bool", print_boolean},
    {"BOOLEAN", print_boolean},
    {"irql", print_irql},
    {"USTR", print_unicode_string},
    {"ANSTR", print_ansi_string},
    {"ASTR", print_text},
    {"WSTR", print_wide_text},
    {"SID", print_pointer},
    {"HANDLE", print_pointer},
    {"TIMESTAMP", print_time},
    {"datetime", print_time},
    {"delta", print_time},
    {"WAITTIME", print_time},
};

/* A custom type of the source's configuration, or a name that nobody knows: one integer, by name where there is one. */
static void print_custom(struct trace_line *line, const char *name, struct format_arguments *arguments)
{
    unsigned int value = va_arg(arguments->list, unsigned int);
    const struct dmf_trace_type *type = line->site->types;

    for (; type != NULL && type->name != NULL; type++)
    {
        if (strcmp(type->name, name) == 0 && value < type->value_count)
        {
            format_print(&line->sink, "%s", type->values[value]);
            return;
        }
    }
    format_print(&line->sink, "%d", value);
}

static bool line_extension(struct format_sink *sink, const char *name, size_t length, struct format_arguments *arguments)
{
    struct trace_line *line = (struct trace_line *)sink;
    (void)length;

    for (size_t index = 0; index < sizeof(trace_items) / sizeof(trace_items[0]); index++)
    {
        if (strcmp(trace_items[index].name, name) == 0)
        {
            trace_items[index].print(line, arguments);
            return true;
        }
    }
    print_custom(line, name, arguments);
    return true;
}

void dmf_trace_write(struct dmf_trace_site *Site, void *Recorder, unsigned int Level, ...)
{
    struct format_arguments arguments;
    struct trace_line line;
    (void)Recorder;

    line.sink = (struct format_sink){.write = line_write, .extension = line_extension};
    line.site = Site;
    line.level = Level;
    line.used = 0;
    flockfile(stderr);
    print_level(&line, NULL);
    format_print(&line.sink, " %s ", Site->flags);
    print_file(&line, NULL);
    format_print(&line.sink, ":%u %s: ", Site->line, Site->function);
    va_start(arguments.list, Level);
    (void)format_write_arguments(&line.sink, Site->format, &arguments);
    va_end(arguments.list);
    line_write(&line.sink, "\n", 1);
    line_flush(&line);
    funlockfile(stderr);
}

void dmf_trace_start(const struct dmf_trace_provider *Providers, ...)
{
    (void)Providers;
}

void dmf_trace_stop(const struct dmf_trace_provider *Providers, ...)
{
    (void)Providers;
}
