/* SPDX-License-Identifier: MIT */
/*
 * The text of a record: its format, written with the arguments that it kept. Every conversion is written by itself, by the one
 * formatter of the runtime, with its widths bounded.
 */
#include "nt/debug/recorder.h"
#include "nt/debug/recorder_read.h"

#include <stdio.h>
#include <string.h>

#include "nt/debug/names.h"
#include "nt/rtl/status.h"

enum
{
    /* A width or a precision above this is no wish for a line of text. */
    WIDTH_MOST = 1024,
};

/* A record on its way into text. */
struct output
{
    struct format_sink *sink;
    const struct recorder_record *record;
    /* The next word that has not been used. */
    uint32_t next;
    /* What the last string was, with a zero at the end. */
    uint64_t string[RECORDER_RECORD_WORDS + 1];
    struct recorder_bytes bytes;
};

static const char *const item_irql_names[] = {"PASSIVE", "APC", "DISPATCH"};
static const char *const item_level_names[] = {"none", "critical", "error", "warning", "information", "verbose"};


/* The next argument; false when the record does not hold it. */
static bool next_word(struct output *output, uint64_t *ret_word)
{
    if (output->next >= output->record->word_count)
    {
        *ret_word = 0;
        return false;
    }
    *ret_word = output->record->words[output->next++];
    return true;
}

static bool next_bytes(struct output *output)
{
    uint64_t word;
    uint32_t left;

    if (!next_word(output, &word))
    {
        return false;
    }
    memcpy(&output->bytes, &word, sizeof(word));
    left = output->record->word_count - output->next;
    if (output->bytes.length > left * sizeof(word))
    {
        return false;
    }
    memcpy(output->string, &output->record->words[output->next], output->bytes.length);
    memset((char *)output->string + output->bytes.length, 0, sizeof(uint64_t));
    output->next += (uint32_t)((output->bytes.length + 7) / 8);
    return true;
}

/*
 * The items that a %!name! stands for.
 */

typedef void item_print(struct output *output, uint64_t value);

static void print_status(struct output *output, uint64_t value)
{
    NTSTATUS status = (NTSTATUS)(uint32_t)value;
    const char *name = status_name(status);

    format_print(output->sink, name != NULL ? "0x%08x(%s)" : "0x%08x", status, name);
}

static void print_result(struct output *output, uint64_t value)
{
    const char *name = result_name((HRESULT)(uint32_t)value);

    format_print(output->sink, name != NULL ? "0x%08x(%s)" : "0x%08x", (unsigned int)value, name);
}

static void print_error(struct output *output, uint64_t value)
{
    const char *name = error_name((ULONG)value);

    format_print(output->sink, name != NULL ? "%u(%s)" : "%u", (unsigned int)value, name);
}

static void print_guid(struct output *output, uint64_t value)
{
    GUID guid;

    if (output->bytes.null != 0 || output->bytes.length != sizeof(guid))
    {
        format_print(output->sink, "(null)");
        return;
    }
    memcpy(&guid, output->string, sizeof(guid));
    format_print(output->sink, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid.Data1, guid.Data2, guid.Data3,
                 guid.Data4[0], guid.Data4[1], guid.Data4[2], guid.Data4[3], guid.Data4[4], guid.Data4[5], guid.Data4[6],
                 guid.Data4[7]);
}

static void print_boolean(struct output *output, uint64_t value)
{
    format_print(output->sink, (int)value != 0 ? "TRUE" : "FALSE");
}

static void print_irql(struct output *output, uint64_t value)
{
    if (value < sizeof(item_irql_names) / sizeof(item_irql_names[0]))
    {
        format_print(output->sink, "%s", item_irql_names[value]);
        return;
    }
    format_print(output->sink, "%u", (unsigned int)value);
}

/* What the string was, in the width that the conversion says; a mark where it was longer. */
static void print_string(struct output *output, const char *format, bool counted)
{
    UNICODE_STRING string = {(USHORT)output->bytes.length, (USHORT)output->bytes.length, (PWSTR)(void *)output->string};

    if (output->bytes.null != 0)
    {
        format_print(output->sink, format, NULL);
        return;
    }
    format_print(output->sink, format, counted ? (const void *)&string : (const void *)output->string);
    if (output->bytes.cut != 0)
    {
        format_print(output->sink, "...");
    }
}

static void print_unicode_string(struct output *output, uint64_t value)
{
    print_string(output, "%wZ", true);
}

static void print_ansi_string(struct output *output, uint64_t value)
{
    print_string(output, "%Z", true);
}

static void print_text(struct output *output, uint64_t value)
{
    print_string(output, "%s", false);
}

static void print_wide_text(struct output *output, uint64_t value)
{
    print_string(output, "%ws", false);
}

static void print_pointer(struct output *output, uint64_t value)
{
    format_print(output->sink, "%p", (void *)(uintptr_t)value);
}

static void print_time(struct output *output, uint64_t value)
{
    format_print(output->sink, "%I64d", (long long)value);
}

static void print_function(struct output *output, uint64_t value)
{
    format_print(output->sink, "%s", output->record->function);
}

static void print_file(struct output *output, uint64_t value)
{
    format_print(output->sink, "%s", output->record->file);
}

static void print_line(struct output *output, uint64_t value)
{
    format_print(output->sink, "%u", output->record->line);
}

static void print_flags(struct output *output, uint64_t value)
{
    format_print(output->sink, "%s", output->record->flags);
}

static void level_name(const struct recorder_record *record, char *text, size_t size)
{
    if (record->level < sizeof(item_level_names) / sizeof(item_level_names[0]))
    {
        (void)snprintf(text, size, "%s", item_level_names[record->level]);
        return;
    }
    (void)snprintf(text, size, "%u", record->level);
}

static void print_level(struct output *output, uint64_t value)
{
    char name[16];

    level_name(output->record, name, sizeof(name));
    format_print(output->sink, "%s", name);
}

/* Every line starts with what the standard prefix holds, so an explicit one adds nothing. */
static void print_nothing(struct output *output, uint64_t value)
{
}

struct item
{
    const char *name;
    item_print *print;
    uint8_t argument;
};

static const struct item items[] = {
    {"STDPREFIX", print_nothing, FORMAT_NONE},
    {"FUNC", print_function, FORMAT_NONE},
    {"FILE", print_file, FORMAT_NONE},
    {"LINE", print_line, FORMAT_NONE},
    {"FLAGS", print_flags, FORMAT_NONE},
    {"LEVEL", print_level, FORMAT_NONE},
    {"COMPNAME", print_flags, FORMAT_NONE},
    {"STATUS", print_status, FORMAT_INTEGER},
    {"status", print_status, FORMAT_INTEGER},
    {"HRESULT", print_result, FORMAT_INTEGER},
    {"hresult", print_result, FORMAT_INTEGER},
    {"WINERROR", print_error, FORMAT_INTEGER},
    {"winerr", print_error, FORMAT_INTEGER},
    {"GUID", print_guid, RECORDER_ARGUMENT_GUID},
    {"guid", print_guid, RECORDER_ARGUMENT_GUID},
    {"CLSID", print_guid, RECORDER_ARGUMENT_GUID},
    {"IID", print_guid, RECORDER_ARGUMENT_GUID},
    {"LIBID", print_guid, RECORDER_ARGUMENT_GUID},
    {"bool", print_boolean, FORMAT_INTEGER},
    {"BOOLEAN", print_boolean, FORMAT_INTEGER},
    {"irql", print_irql, FORMAT_INTEGER},
    {"USTR", print_unicode_string, FORMAT_WIDE_COUNTED},
    {"ANSTR", print_ansi_string, FORMAT_COUNTED},
    {"ASTR", print_text, FORMAT_TEXT},
    {"WSTR", print_wide_text, FORMAT_WIDE_TEXT},
    {"SID", print_pointer, FORMAT_INTEGER_64},
    {"HANDLE", print_pointer, FORMAT_INTEGER_64},
    {"TIMESTAMP", print_time, FORMAT_INTEGER_64},
    {"datetime", print_time, FORMAT_INTEGER_64},
    {"delta", print_time, FORMAT_INTEGER_64},
    {"WAITTIME", print_time, FORMAT_INTEGER_64},
};

static const struct item *find_item(const char *name, size_t length)
{
    for (size_t index = 0; index < sizeof(items) / sizeof(items[0]); index++)
    {
        if (strlen(items[index].name) == length && memcmp(items[index].name, name, length) == 0)
        {
            return &items[index];
        }
    }
    return NULL;
}

/* A name that nobody knows, or a custom type, is one integer. */
uint8_t recorder_item_argument(const char *name, size_t length)
{
    const struct item *item = find_item(name, length);

    return item != NULL ? item->argument : FORMAT_INTEGER;
}

/* The name of a value of a custom type; NULL when there is none. */
static const char *custom_name(const struct recorder_record *record, const char *name, size_t length, uint64_t value)
{
    const char *at = record->types;
    bool found = false;

    while (at < record->types_end)
    {
        size_t size = strnlen(at, (size_t)(record->types_end - at));

        if (*at != '=')
        {
            found = size == length && memcmp(at, name, length) == 0;
        }
        else if (found && value-- == 0)
        {
            return at + size < record->types_end ? at + 1 : NULL;
        }
        at += size + 1;
    }
    return NULL;
}

static bool load_argument(struct output *output, uint8_t kind, uint64_t *ret_word)
{
    switch (kind)
    {
        case FORMAT_NONE:
            *ret_word = 0;
            return true;
        case FORMAT_TEXT:
        case FORMAT_WIDE_TEXT:
        case FORMAT_COUNTED:
        case FORMAT_WIDE_COUNTED:
        case RECORDER_ARGUMENT_GUID:
            *ret_word = 0;
            return next_bytes(output);
        default:
            return next_word(output, ret_word);
    }
}

static bool put_item(struct output *output, const struct format_piece *piece)
{
    const char *name = piece->start + 2;
    size_t length = piece->length - 3;
    const struct item *item = find_item(name, length);
    const char *text;
    uint64_t value;

    if (!load_argument(output, recorder_item_argument(name, length), &value))
    {
        return false;
    }
    if (item != NULL)
    {
        item->print(output, value);
        return true;
    }
    text = custom_name(output->record, name, length, (uint32_t)value);
    if (text != NULL)
    {
        format_print(output->sink, "%s", text);
        return true;
    }
    format_print(output->sink, "%d", (int)(uint32_t)value);
    return true;
}

/*
 * Conversions.
 */

static int bounded(int64_t number)
{
    return number > WIDTH_MOST ? WIDTH_MOST : number < -WIDTH_MOST ? -WIDTH_MOST : (int)number;
}

/* An asterisk's argument, or else the number of the format; false when the argument is missing. */
static bool load_number(struct output *output, bool asterisk, int constant, int *ret_number)
{
    uint64_t word;

    *ret_number = bounded(constant);
    if (!asterisk)
    {
        return true;
    }
    if (!next_word(output, &word))
    {
        return false;
    }
    *ret_number = bounded((int32_t)(uint32_t)word);
    return true;
}

/* The conversion with numbers in place of asterisks. A long double was kept as a double. */
static bool compose_conversion(struct output *output, const struct format_piece *piece, char *text, size_t size)
{
    bool has_width = piece->width_asterisk || piece->width >= 0;
    const char *tail = piece->start + piece->length - piece->tail;
    int head = piece->head < 16 ? (int)piece->head : 16;
    int left = (int)piece->tail;
    char width_text[16] = "";
    char precision_text[16] = "";
    int precision;
    int width;

    if (!load_number(output, piece->width_asterisk, piece->width, &width) ||
        !load_number(output, piece->precision_asterisk, piece->precision, &precision))
    {
        return false;
    }
    if (has_width)
    {
        (void)snprintf(width_text, sizeof(width_text), "%d", width);
    }
    if (precision >= 0)
    {
        (void)snprintf(precision_text, sizeof(precision_text), ".%d", precision);
    }
    if (piece->argument == FORMAT_LONG_DOUBLE)
    {
        tail++;
        left--;
    }
    (void)snprintf(text, size, "%.*s%s%s%.*s", head, piece->start, width_text, precision_text, left, tail);
    return true;
}

static bool put_conversion(struct output *output, const struct format_piece *piece)
{
    char conversion[64];
    double number;
    uint64_t value;

    if (!compose_conversion(output, piece, conversion, sizeof(conversion)) ||
        !load_argument(output, (uint8_t)piece->argument, &value))
    {
        return false;
    }
    switch (piece->argument)
    {
        case FORMAT_INTEGER:
            format_print(output->sink, conversion, (int)(uint32_t)value);
            return true;
        case FORMAT_DOUBLE:
        case FORMAT_LONG_DOUBLE:
            memcpy(&number, &value, sizeof(number));
            format_print(output->sink, conversion, number);
            return true;
        case FORMAT_TEXT:
        case FORMAT_WIDE_TEXT:
            print_string(output, conversion, false);
            return true;
        case FORMAT_COUNTED:
        case FORMAT_WIDE_COUNTED:
            print_string(output, conversion, true);
            return true;
        default:
            format_print(output->sink, conversion, value);
            return true;
    }
}

static bool put_piece(struct output *output, const struct format_piece *piece)
{
    if (!piece->conversion)
    {
        format_put_text(output->sink, piece->start, piece->length);
        return true;
    }
    return piece->argument == FORMAT_EXTENSION ? put_item(output, piece) : put_conversion(output, piece);
}

/* Where an argument is missing the text ends, with a mark. */
static void put_message(struct format_sink *sink, const struct recorder_record *record)
{
    struct output output = {.sink = sink, .record = record, .next = RECORDER_FIXED_WORDS};
    const char *format = record->format;
    struct format_piece piece;

    while (format_next_piece(&format, &piece))
    {
        if (!put_piece(&output, &piece))
        {
            format_print(sink, "...");
            return;
        }
    }
}

static size_t buffer_end(struct format_buffer *buffer, char *text, size_t size)
{
    size_t length = buffer->sink.total < buffer->capacity ? buffer->sink.total : buffer->capacity;

    if (size != 0)
    {
        text[length] = 0;
    }
    return length;
}

size_t recorder_message(const struct recorder_record *record, char *text, size_t size)
{
    struct format_buffer buffer;

    format_buffer_init(&buffer, text, size != 0 ? size - 1 : 0);
    put_message(&buffer.sink, record);
    return buffer_end(&buffer, text, size);
}

/* "2026-01-31 12:00:00.1234567" */
static void put_time(struct format_sink *sink, int64_t time)
{
    LARGE_INTEGER moment = {.QuadPart = time > 0 ? time : 0};
    TIME_FIELDS fields;

    RtlTimeToTimeFields(&moment, &fields);
    format_print(sink, "%04d-%02d-%02d %02d:%02d:%02d.%07d", fields.Year, fields.Month, fields.Day, fields.Hour,
                 fields.Minute, fields.Second, (int)(moment.QuadPart % 10000000));
}

size_t recorder_text(const struct recorder_record *record, char *text, size_t size)
{
    struct format_buffer buffer;
    char level[16];

    level_name(record, level, sizeof(level));
    format_buffer_init(&buffer, text, size != 0 ? size - 1 : 0);
    if (record->time != 0)
    {
        put_time(&buffer.sink, record->time);
        format_print(&buffer.sink, " [%u] ", record->thread);
    }
    format_print(&buffer.sink, "%s %s %s:%u %s: ", level, record->flags, record->file, record->line, record->function);
    put_message(&buffer.sink, record);
    return buffer_end(&buffer, text, size);
}

/*
 * JSON.
 */

/* A string of JSON. What is no UTF-8 becomes U+FFFD, so that the line is UTF-8 whatever a driver traced. */
static void put_json_string(struct format_sink *sink, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = at + strlen(text);

    format_print(sink, "\"");
    while (at != end)
    {
        unsigned char bytes[4];
        uint32_t character = format_decode_narrow(&at, end);

        if (character == '"' || character == '\\')
        {
            format_print(sink, "\\%c", (int)character);
        }
        else if (character < ' ' || character == 0x7F)
        {
            format_print(sink, "\\u%04x", character);
        }
        else
        {
            format_put_text(sink, (const char *)bytes, format_encode_narrow(character, bytes));
        }
    }
    format_print(sink, "\"");
}

static void put_json_text(struct format_sink *sink, const char *name, const char *text)
{
    format_print(sink, ",\"%s\":", name);
    put_json_string(sink, text);
}

static void put_json_message(struct format_sink *sink, const struct recorder_record *record)
{
    char message[RECORDER_TEXT_SIZE];

    (void)recorder_message(record, message, sizeof(message));
    put_json_text(sink, "message", message);
}

size_t recorder_json(const struct recorder_reader *reader, const struct recorder_record *record, char *text, size_t size)
{
    struct recorder_log_information information;
    struct format_buffer buffer;
    char level[16];

    recorder_information(reader, &information);
    level_name(record, level, sizeof(level));
    format_buffer_init(&buffer, text, size != 0 ? size - 1 : 0);
    format_print(&buffer.sink, "{\"time\":\"");
    put_time(&buffer.sink, record->time);
    format_print(&buffer.sink, "\",\"sequence\":%I64u,\"process\":%u,\"thread\":%u,\"irql\":%u,\"line\":%u,\"cut\":%s",
                 record->sequence, information.process, record->thread, record->irql, record->line,
                 record->cut ? "true" : "false");
    put_json_text(&buffer.sink, "driver", information.driver);
    put_json_text(&buffer.sink, "log", information.log);
    put_json_text(&buffer.sink, "level", level);
    put_json_text(&buffer.sink, "flags", record->flags);
    put_json_text(&buffer.sink, "file", record->file);
    put_json_text(&buffer.sink, "function", record->function);
    put_json_message(&buffer.sink, record);
    format_print(&buffer.sink, "}");
    return buffer_end(&buffer, text, size);
}
