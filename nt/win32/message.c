/* SPDX-License-Identifier: MIT */
/*
 * FormatMessage: finds a message's text and puts it together with its inserts.
 */
#include "nt/win32/heap.h"
#include "nt/win32/text.h"

#include "nt/crt/format.h"

#include <string.h>

#define INSERTS 99
#define SOURCES (FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_FROM_HMODULE | FORMAT_MESSAGE_FROM_SYSTEM)
/* A width that says: as few lines as the message's own hard breaks make. */
#define NO_SOFT_BREAKS FORMAT_MESSAGE_MAX_WIDTH_MASK

static const struct
{
    uint32_t code;
    const char *text;
} messages[] = {
#define MESSAGE(Code, Text) {Code, Text},
#include "messages.inc"
#undef MESSAGE
};

/* One message on its way: the text made so far, and where its inserts come from. */
struct message
{
    DWORD flags;
    bool narrow_arguments;
    /* The inserts by number, as far as they have been taken out of the caller's list. */
    va_list *list;
    const ULONG_PTR *array;
    ULONG_PTR taken[INSERTS + 2];
    size_t taken_count;
    /* How many more arguments than inserts there are, because of widths that are arguments themselves. */
    size_t skew;

    struct heap *heap;
    WCHAR *text;
    size_t length;
    size_t capacity;
    size_t line_start;
    size_t last_space;
    DWORD error;
};

static void grow(struct message *message, size_t needed)
{
    size_t capacity = message->capacity == 0 ? 256 : message->capacity;
    WCHAR *text;

    while (capacity < needed)
    {
        capacity *= 2;
    }
    text = message->text == NULL ? heap_allocate(message->heap, capacity * sizeof(WCHAR), false) :
                                   heap_resize(message->heap, message->text, capacity * sizeof(WCHAR), false, false);
    if (text == NULL)
    {
        message->error = ERROR_NOT_ENOUGH_MEMORY;
        return;
    }
    message->text = text;
    message->capacity = capacity;
}

static void put_one(struct message *message, WCHAR character)
{
    if (message->length + 1 > message->capacity)
    {
        grow(message, message->length + 1);
    }
    if (message->error == NO_ERROR)
    {
        message->text[message->length++] = character;
    }
}

static DWORD width_of(const struct message *message)
{
    DWORD width = message->flags & FORMAT_MESSAGE_MAX_WIDTH_MASK;

    return width == NO_SOFT_BREAKS ? 0 : width;
}

static void put_line_break(struct message *message)
{
    put_one(message, '\r');
    put_one(message, '\n');
    message->line_start = message->length;
    message->last_space = 0;
}

/* Moves what follows the line's last space to a line of its own. */
static void break_line(struct message *message)
{
    size_t from = message->last_space;
    size_t rest = message->length - from - 1;

    put_one(message, 0);
    if (message->error == NO_ERROR)
    {
        memmove(message->text + from + 2, message->text + from + 1, rest * sizeof(WCHAR));
        message->text[from] = '\r';
        message->text[from + 1] = '\n';
        message->line_start = from + 2;
        message->last_space = 0;
    }
}

/* A character of text, which may make its line too long. */
static void put(struct message *message, WCHAR character)
{
    DWORD width = width_of(message);

    if (character == ' ' && width != 0)
    {
        message->last_space = message->length;
    }
    put_one(message, character);
    if (width != 0 && message->length - message->line_start > width && message->last_space > message->line_start)
    {
        break_line(message);
    }
}

/* A line break in the message's own text. */
static void put_soft_break(struct message *message)
{
    if ((message->flags & FORMAT_MESSAGE_MAX_WIDTH_MASK) == 0)
    {
        put_line_break(message);
    }
    else
    {
        put(message, ' ');
    }
}

/* The argument with the number; a list is taken in order, because it cannot be taken otherwise. */
static ULONG_PTR argument(struct message *message, size_t index)
{
    if (message->array != NULL)
    {
        return message->array[index];
    }
    while (message->taken_count <= index)
    {
        message->taken[message->taken_count++] = va_arg(*message->list, ULONG_PTR);
    }
    return message->taken[index];
}

struct insert_sink
{
    struct format_sink sink;
    struct message *message;
};

static void write_insert(struct format_sink *sink, const void *characters, size_t count)
{
    struct message *message = CONTAINING_RECORD(sink, struct insert_sink, sink)->message;

    for (size_t index = 0; index < count; index++)
    {
        put(message, ((const WCHAR *)characters)[index]);
    }
}

/*
 * The formatter's specification for what stands between the exclamation marks. Without a width of its own, text has the width
 * of the function that was called. Returns the number of stars, or -1 when it is too long.
 */
static int make_specification(const struct message *message, const WCHAR *format, size_t length, char *specification,
                              size_t size)
{
    size_t at = 0;
    int stars = 0;

    specification[at++] = '%';
    for (size_t index = 0; index < length; index++)
    {
        char character = (char)format[index];
        bool has_width = index > 0 && (format[index - 1] == 'h' || format[index - 1] == 'l' || format[index - 1] == 'w');

        if (at + 3 > size || format[index] > 0x7F)
        {
            return -1;
        }
        stars += character == '*' ? 1 : 0;
        if ((character == 's' || character == 'S' || character == 'c' || character == 'C') && !has_width)
        {
            bool narrow = message->narrow_arguments == (character == 's' || character == 'c');

            specification[at++] = narrow ? 'h' : 'w';
            character = (char)(character | 0x20);
        }
        specification[at++] = character;
    }
    specification[at] = '\0';
    return stars;
}

static void put_insert(struct message *message, size_t number, const WCHAR *format, size_t length)
{
    struct insert_sink to = {.sink = {.write = write_insert, .wide = true}, .message = message};
    size_t index = number - 1 + message->skew;
    char specification[64];
    int stars = make_specification(message, format, length, specification, sizeof(specification));

    if (stars < 0 || stars > 2 || (message->array == NULL && (message->list == NULL || index + (size_t)stars >= INSERTS)))
    {
        message->error = ERROR_INVALID_PARAMETER;
        return;
    }
    message->skew += (size_t)stars;
    switch (stars)
    {
        case 0:
            format_print(&to.sink, specification, argument(message, index));
            break;
        case 1:
            format_print(&to.sink, specification, (int)argument(message, index), argument(message, index + 1));
            break;
        default:
            format_print(&to.sink, specification, (int)argument(message, index), (int)argument(message, index + 1),
                         argument(message, index + 2));
            break;
    }
}

/* An insert: its number and perhaps !format!. Returns the character behind it. */
static const WCHAR *take_insert(struct message *message, const WCHAR *start)
{
    static const WCHAR text_format[] = L"s";
    const WCHAR *at = start;
    const WCHAR *format = text_format;
    size_t length = 1;
    size_t number = (size_t)(*at++ - '0');

    if (*at >= '0' && *at <= '9')
    {
        number = number * 10 + (size_t)(*at++ - '0');
    }
    if (*at == '!')
    {
        format = at + 1;
        for (length = 0; format[length] != '!'; length++)
        {
            if (format[length] == 0)
            {
                message->error = ERROR_INVALID_PARAMETER;
                return start;
            }
        }
        at = format + length + 1;
    }
    if ((message->flags & FORMAT_MESSAGE_IGNORE_INSERTS) == 0)
    {
        put_insert(message, number, format, length);
        return at;
    }
    put(message, '%');
    while (start != at)
    {
        put(message, *start++);
    }
    return at;
}

/* What follows a per cent sign. Returns the character behind it, or NULL where the message ends. */
static const WCHAR *take_escape(struct message *message, const WCHAR *at)
{
    if (*at >= '1' && *at <= '9')
    {
        return take_insert(message, at);
    }
    switch (*at)
    {
        case '0':
            return NULL;
        case 'n':
            put_line_break(message);
            return at + 1;
        case 'r':
            put(message, '\r');
            return at + 1;
        case 't':
            put(message, '\t');
            return at + 1;
        case 'b':
            put(message, ' ');
            return at + 1;
        case 0:
            message->error = ERROR_INVALID_PARAMETER;
            return NULL;
        default:
            put(message, *at);
            return at + 1;
    }
}

static void build(struct message *message, const WCHAR *at)
{
    while (at != NULL && *at != 0 && message->error == NO_ERROR)
    {
        if (*at == '%')
        {
            at = take_escape(message, at + 1);
        }
        else if (*at == '\r' || *at == '\n')
        {
            at += *at == '\r' && at[1] == '\n' ? 2 : 1;
            put_soft_break(message);
        }
        else
        {
            put(message, *at++);
        }
    }
    put_one(message, 0);
}

static const char *find_message(uint32_t code)
{
    size_t first = 0;
    size_t end = ARRAYSIZE(messages);

    while (first != end)
    {
        size_t middle = first + (end - first) / 2;

        if (messages[middle].code == code)
        {
            return messages[middle].text;
        }
        *(messages[middle].code < code ? &first : &end) = messages[middle].code < code ? middle + 1 : middle;
    }
    return NULL;
}

/* The system's text for a code. A result made of a Win32 error has that error's text. */
static const char *system_message(uint32_t code)
{
    const char *text = find_message(code);

    return text == NULL && (code & 0xFFFF0000u) == 0x80070000u ? find_message(code & 0xFFFF) : text;
}

static bool is_language_known(DWORD language)
{
    DWORD primary = language & 0x3FF;

    return primary == LANG_NEUTRAL || primary == LANG_ENGLISH || primary == LANG_INVARIANT;
}

/* Checks what was asked for; NO_ERROR when a message can be looked for. */
static DWORD check_source(DWORD flags, const void *source, DWORD language)
{
    DWORD from = flags & SOURCES;

    if (from == 0 || ((from & FORMAT_MESSAGE_FROM_STRING) != 0 && (from != FORMAT_MESSAGE_FROM_STRING || source == NULL)))
    {
        return ERROR_INVALID_PARAMETER;
    }
    if (from == FORMAT_MESSAGE_FROM_STRING)
    {
        return NO_ERROR;
    }
    if (from == FORMAT_MESSAGE_FROM_HMODULE && source != NULL && source != (const void *)GetModuleHandleW(L"ntdll"))
    {
        return ERROR_RESOURCE_TYPE_NOT_FOUND;
    }
    return is_language_known(language) ? NO_ERROR : ERROR_RESOURCE_LANG_NOT_FOUND;
}

/* Builds the message; its text is a block of the process heap that the caller frees or gives away. */
static DWORD make(struct message *message, const WCHAR *text, DWORD code)
{
    const char *system = text == NULL ? system_message(code) : NULL;

    message->heap = heap_of_process();
    if (text == NULL && system == NULL)
    {
        return ERROR_MR_MID_NOT_FOUND;
    }
    if (text != NULL)
    {
        build(message, text);
        return message->error;
    }
    for (; *system != '\0'; system++)
    {
        put(message, (WCHAR)*system);
    }
    put_soft_break(message);
    put_one(message, 0);
    return message->error;
}

static void set_arguments(struct message *message, va_list *arguments)
{
    if ((message->flags & FORMAT_MESSAGE_ARGUMENT_ARRAY) != 0)
    {
        message->array = (const ULONG_PTR *)(void *)arguments;
    }
    else
    {
        message->list = arguments;
    }
}

/* Gives the finished text to the caller. */
static DWORD deliver(struct message *message, LPWSTR buffer, DWORD size)
{
    DWORD length = (DWORD)message->length - 1;
    bool allocate = (message->flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0;

    if (length == 0)
    {
        win32_set_error(ERROR_NO_WORK_DONE);
    }
    if (allocate && length != 0)
    {
        /* At least as long as was asked for. */
        if (size > message->capacity)
        {
            grow(message, size);
        }
        if (message->error != NO_ERROR)
        {
            return win32_fail(message->error);
        }
        *(WCHAR **)(void *)buffer = message->text;
        message->text = NULL;
        return length;
    }
    if (!allocate && length >= size)
    {
        return win32_fail(ERROR_INSUFFICIENT_BUFFER);
    }
    if (!allocate)
    {
        memcpy(buffer, message->text, message->length * sizeof(WCHAR));
    }
    return length;
}

static DWORD format_message(struct message *message, const WCHAR *source, DWORD code, LPWSTR buffer, DWORD size)
{
    DWORD error = make(message, source, code);
    DWORD length = error == NO_ERROR ? deliver(message, buffer, size) : 0;

    if (message->text != NULL)
    {
        heap_free(message->heap, message->text);
    }
    return error == NO_ERROR ? length : (DWORD)win32_fail(error);
}

/* What both widths check first; leaves NULL where a buffer is to be allocated. */
static DWORD prepare(DWORD flags, const void *source, DWORD language, void *buffer)
{
    if (buffer == NULL)
    {
        return (flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0 ? ERROR_NOT_ENOUGH_MEMORY : ERROR_INVALID_PARAMETER;
    }
    if ((flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0)
    {
        *(void **)buffer = NULL;
    }
    return check_source(flags, source, language);
}

DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPWSTR lpBuffer,
                            DWORD nSize, va_list *Arguments)
{
    struct message message = {.flags = dwFlags};
    DWORD error = prepare(dwFlags, lpSource, dwLanguageId, lpBuffer);

    if (error != NO_ERROR)
    {
        return (DWORD)win32_fail(error);
    }
    set_arguments(&message, Arguments);
    return format_message(&message, (dwFlags & FORMAT_MESSAGE_FROM_STRING) != 0 ? lpSource : NULL, dwMessageId, lpBuffer,
                          nSize);
}

/* The wide text as the narrow one that was asked for. */
static DWORD deliver_narrow(DWORD flags, WCHAR *text, DWORD length, LPSTR buffer, DWORD size)
{
    DWORD needed = text_answer_narrow(text, length, NULL, 0);
    char *target = buffer;

    if ((flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0)
    {
        size = needed > size ? needed : size;
        target = heap_allocate(heap_of_process(), size, false);
        *(char **)(void *)buffer = target;
    }
    if (target == NULL || needed > size)
    {
        return (DWORD)win32_fail(target == NULL ? ERROR_NOT_ENOUGH_MEMORY : ERROR_INSUFFICIENT_BUFFER);
    }
    return text_answer_narrow(text, length, target, size);
}

DWORD WINAPI FormatMessageA(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPSTR lpBuffer,
                            DWORD nSize, va_list *Arguments)
{
    struct message message = {.flags = dwFlags | FORMAT_MESSAGE_ALLOCATE_BUFFER, .narrow_arguments = true};
    bool from_string = (dwFlags & FORMAT_MESSAGE_FROM_STRING) != 0;
    DWORD error = prepare(dwFlags, lpSource, dwLanguageId, lpBuffer);
    struct wide_text source;
    WCHAR *text = NULL;
    DWORD length;

    if (error != NO_ERROR)
    {
        return (DWORD)win32_fail(error);
    }
    if (!wide_open(&source, from_string ? lpSource : NULL))
    {
        return 0;
    }
    set_arguments(&message, Arguments);
    message.flags = dwFlags | FORMAT_MESSAGE_ALLOCATE_BUFFER;
    length = format_message(&message, source.text, dwMessageId, (LPWSTR)(void *)&text, 0);
    wide_close(&source);
    if (length != 0)
    {
        length = deliver_narrow(dwFlags, text, length, lpBuffer, nSize);
    }
    if (text != NULL)
    {
        heap_free(heap_of_process(), text);
    }
    return length;
}
