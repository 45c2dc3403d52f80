/* SPDX-License-Identifier: MIT */
/*
 * The formatter: one engine for narrow and wide formats and for narrow and wide output.
 */
#include "format.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The format string, of either width, read one unit at a time. */
struct format_text
{
    const void *units;
    bool wide;
    size_t position;
};

enum format_length
{
    LENGTH_NONE,
    LENGTH_CHAR,
    LENGTH_SHORT,
    LENGTH_LONG,
    LENGTH_64,
    LENGTH_LONG_DOUBLE,
    LENGTH_WIDE,
    LENGTH_32
};

/* One conversion specification after parsing. */
struct format_specification
{
    bool left;
    bool plus;
    bool space;
    bool alternate;
    bool zero;
    int width;
    /* Negative when the specification has none. */
    int precision;
    enum format_length length;
    unsigned conversion;
};

/* The counted strings of the published headers, which this file must not need in order to be usable everywhere. */
struct format_counted_string
{
    uint16_t length;
    uint16_t maximum_length;
    const void *buffer;
};

#define REPLACEMENT_CHARACTER 0xFFFDu

/*
 * Characters.
 */

uint32_t format_decode_narrow(const unsigned char **position, const unsigned char *end)
{
    const unsigned char *at = *position;
    uint32_t character = *at++;
    unsigned following = 0;
    uint32_t smallest = 0;

    if (character >= 0xF0 && character < 0xF5)
    {
        following = 3;
        character &= 0x07;
        smallest = 0x10000;
    }
    else if (character >= 0xE0 && character < 0xF0)
    {
        following = 2;
        character &= 0x0F;
        smallest = 0x800;
    }
    else if (character >= 0xC2 && character < 0xE0)
    {
        following = 1;
        character &= 0x1F;
        smallest = 0x80;
    }
    else if (character >= 0x80)
    {
        character = REPLACEMENT_CHARACTER;
    }
    *position = at;
    for (; following != 0; following--)
    {
        if (at == end || (*at & 0xC0) != 0x80)
        {
            return REPLACEMENT_CHARACTER;
        }
        character = (character << 6) | (*at++ & 0x3Fu);
        *position = at;
    }
    if (character < smallest || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000))
    {
        return REPLACEMENT_CHARACTER;
    }
    return character;
}

uint32_t format_decode_wide(const uint16_t **position, const uint16_t *end)
{
    const uint16_t *at = *position;
    uint32_t unit = *at++;

    *position = at;
    if (unit < 0xD800 || unit >= 0xE000)
    {
        return unit;
    }
    if (unit >= 0xDC00 || at == end || *at < 0xDC00 || *at >= 0xE000)
    {
        return REPLACEMENT_CHARACTER;
    }
    *position = at + 1;
    return 0x10000u + ((unit - 0xD800u) << 10) + (*at - 0xDC00u);
}

size_t format_encode_narrow(uint32_t character, unsigned char *bytes)
{
    if (character < 0x80)
    {
        bytes[0] = (unsigned char)character;
        return 1;
    }
    if (character < 0x800)
    {
        bytes[0] = (unsigned char)(0xC0 | (character >> 6));
        bytes[1] = (unsigned char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000)
    {
        bytes[0] = (unsigned char)(0xE0 | (character >> 12));
        bytes[1] = (unsigned char)(0x80 | ((character >> 6) & 0x3F));
        bytes[2] = (unsigned char)(0x80 | (character & 0x3F));
        return 3;
    }
    bytes[0] = (unsigned char)(0xF0 | (character >> 18));
    bytes[1] = (unsigned char)(0x80 | ((character >> 12) & 0x3F));
    bytes[2] = (unsigned char)(0x80 | ((character >> 6) & 0x3F));
    bytes[3] = (unsigned char)(0x80 | (character & 0x3F));
    return 4;
}

size_t format_encode_wide(uint32_t character, uint16_t *units)
{
    if (character < 0x10000)
    {
        units[0] = (uint16_t)character;
        return 1;
    }
    character -= 0x10000;
    units[0] = (uint16_t)(0xD800 | (character >> 10));
    units[1] = (uint16_t)(0xDC00 | (character & 0x3FF));
    return 2;
}

/*
 * Output.
 */

static void put_units(struct format_sink *sink, const void *units, size_t count)
{
    if (count != 0)
    {
        sink->write(sink, units, count);
        sink->total += count;
    }
}

/* Writes ASCII characters, which need no conversion, into a sink of either width. */
static void put_ascii(struct format_sink *sink, const char *text, size_t length)
{
    if (!sink->wide)
    {
        put_units(sink, text, length);
        return;
    }
    while (length != 0)
    {
        uint16_t units[64];
        size_t count = length < 64 ? length : 64;
        for (size_t index = 0; index < count; index++)
        {
            units[index] = (unsigned char)text[index];
        }
        put_units(sink, units, count);
        text += count;
        length -= count;
    }
}

static void put_repeated(struct format_sink *sink, char character, size_t count)
{
    char block[64];
    memset(block, character, sizeof(block));
    while (count != 0)
    {
        size_t part = count < sizeof(block) ? count : sizeof(block);
        put_ascii(sink, block, part);
        count -= part;
    }
}

/*
 * Text whose characters are converted to the sink's width: the one walk that measures (limit on the output) and writes.
 */
struct text_source
{
    bool wide;
    const void *start;
    const void *end;
};

static bool text_next(const struct text_source *text, const void **position, uint32_t *character)
{
    if (*position == text->end)
    {
        return false;
    }
    if (text->wide)
    {
        const uint16_t *at = *position;
        *character = format_decode_wide(&at, text->end);
        *position = at;
    }
    else
    {
        const unsigned char *at = *position;
        *character = format_decode_narrow(&at, text->end);
        *position = at;
    }
    return true;
}

/* Walks text, writing it when `write` says so, and returns the number of output units that fit `limit`. */
static size_t convert_text(struct format_sink *sink, const struct text_source *text, size_t limit, bool write)
{
    const void *position = text->start;
    uint32_t character;
    size_t length = 0;
    union
    {
        unsigned char bytes[4];
        uint16_t units[2];
    } encoded;

    while (text_next(text, &position, &character))
    {
        size_t count =
            sink->wide ? format_encode_wide(character, encoded.units) : format_encode_narrow(character, encoded.bytes);
        if (count > limit - length)
        {
            break;
        }
        length += count;
        if (write)
        {
            put_units(sink, &encoded, count);
        }
    }
    return length;
}

static void put_padded_text(struct format_sink *sink, const struct format_specification *specification,
                            const struct text_source *text)
{
    size_t limit = specification->precision >= 0 ? (size_t)specification->precision : SIZE_MAX;
    bool same = text->wide == sink->wide;
    size_t available = text->wide ? (size_t)((const uint16_t *)text->end - (const uint16_t *)text->start) :
                                    (size_t)((const char *)text->end - (const char *)text->start);
    size_t length = same ? (available < limit ? available : limit) : convert_text(sink, text, limit, false);
    size_t padding = (size_t)specification->width > length ? (size_t)specification->width - length : 0;

    if (!specification->left)
    {
        put_repeated(sink, specification->zero ? '0' : ' ', padding);
    }
    if (same)
    {
        put_units(sink, text->start, length);
    }
    else
    {
        (void)convert_text(sink, text, limit, true);
    }
    if (specification->left)
    {
        put_repeated(sink, ' ', padding);
    }
}

void format_put_text(struct format_sink *sink, const char *text, size_t length)
{
    struct format_specification plain = {.precision = -1};
    struct text_source source = {.wide = false, .start = text, .end = text + length};
    put_padded_text(sink, &plain, &source);
}

/*
 * Conversions.
 */

static void put_number(struct format_sink *sink, const struct format_specification *specification, const char *prefix,
                       const char *digits, size_t count)
{
    size_t prefix_length = strlen(prefix);
    size_t zeros = 0;
    size_t padding = 0;

    if (specification->precision >= 0)
    {
        zeros = (size_t)specification->precision > count ? (size_t)specification->precision - count : 0;
    }
    else if (specification->zero && !specification->left && (size_t)specification->width > prefix_length + count)
    {
        zeros = (size_t)specification->width - prefix_length - count;
    }
    if ((size_t)specification->width > prefix_length + zeros + count)
    {
        padding = (size_t)specification->width - prefix_length - zeros - count;
    }
    put_repeated(sink, ' ', specification->left ? 0 : padding);
    put_ascii(sink, prefix, prefix_length);
    put_repeated(sink, '0', zeros);
    put_ascii(sink, digits, count);
    put_repeated(sink, ' ', specification->left ? padding : 0);
}

static void put_unsigned(struct format_sink *sink, struct format_specification *specification, const char *prefix,
                         uint64_t value, unsigned base, bool capitals)
{
    const char *symbols = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
    char digits[24];
    size_t first = sizeof(digits);

    for (uint64_t rest = value; rest != 0; rest /= base)
    {
        digits[--first] = symbols[rest % base];
    }
    if (base == 8 && specification->alternate && specification->precision <= (int)(sizeof(digits) - first))
    {
        /* An alternate octal number starts with a zero, by raising the precision. */
        digits[--first] = '0';
    }
    if (first == sizeof(digits) && specification->precision != 0)
    {
        digits[--first] = '0';
    }
    if (base == 16 && specification->alternate && value != 0)
    {
        prefix = capitals ? "0X" : "0x";
    }
    put_number(sink, specification, prefix, digits + first, sizeof(digits) - first);
}

static uint64_t take_integer(const struct format_specification *specification, struct format_arguments *arguments,
                             bool is_signed)
{
    if (specification->length == LENGTH_64)
    {
        return va_arg(arguments->list, uint64_t);
    }
    /* A long of Windows is 32 bits, as an int is. */
    int value = va_arg(arguments->list, int);
    if (specification->length == LENGTH_CHAR)
    {
        return is_signed ? (uint64_t)(int64_t)(signed char)value : (unsigned char)value;
    }
    if (specification->length == LENGTH_SHORT)
    {
        return is_signed ? (uint64_t)(int64_t)(short)value : (unsigned short)value;
    }
    return is_signed ? (uint64_t)(int64_t)value : (unsigned)value;
}

static void put_signed(struct format_sink *sink, struct format_specification *specification,
                       struct format_arguments *arguments)
{
    uint64_t value = take_integer(specification, arguments, true);
    bool negative = (int64_t)value < 0;
    const char *prefix = negative ? "-" : specification->plus ? "+" : specification->space ? " " : "";
    put_unsigned(sink, specification, prefix, negative ? 0 - value : value, 10, false);
}

static void put_pointer(struct format_sink *sink, struct format_specification *specification,
                        struct format_arguments *arguments)
{
    specification->precision = 2 * (int)sizeof(void *);
    put_unsigned(sink, specification, "", (uintptr_t)va_arg(arguments->list, void *), 16, true);
}

static int print_floating(char *text, size_t size, const char *format, const struct format_specification *specification,
                          double value, long double long_value)
{
    if (specification->length == LENGTH_LONG_DOUBLE)
    {
        return snprintf(text, size, format, specification->width, specification->precision, long_value);
    }
    return snprintf(text, size, format, specification->width, specification->precision, value);
}

static void put_floating(struct format_sink *sink, const struct format_specification *specification,
                         struct format_arguments *arguments)
{
    char format[16];
    size_t length = 0;
    double value = 0;
    long double long_value = 0;
    char text[512];
    char *allocated = NULL;

    format[length++] = '%';
    if (specification->left)
    {
        format[length++] = '-';
    }
    if (specification->plus)
    {
        format[length++] = '+';
    }
    if (specification->space)
    {
        format[length++] = ' ';
    }
    if (specification->alternate)
    {
        format[length++] = '#';
    }
    if (specification->zero)
    {
        format[length++] = '0';
    }
    memcpy(format + length, "*.*", 3);
    length += 3;
    if (specification->length == LENGTH_LONG_DOUBLE)
    {
        format[length++] = 'L';
        long_value = va_arg(arguments->list, long double);
    }
    else
    {
        value = va_arg(arguments->list, double);
    }
    format[length++] = (char)specification->conversion;
    format[length] = '\0';

    int needed = print_floating(text, sizeof(text), format, specification, value, long_value);
    if (needed >= (int)sizeof(text))
    {
        allocated = malloc((size_t)needed + 1);
        if (allocated != NULL)
        {
            needed = print_floating(allocated, (size_t)needed + 1, format, specification, value, long_value);
        }
        else
        {
            needed = (int)sizeof(text) - 1;
        }
    }
    if (needed > 0)
    {
        put_ascii(sink, allocated != NULL ? allocated : text, (size_t)needed);
    }
    free(allocated);
}

/* Whether a %c or %s argument is wide: a length says so, else it is the format's own width, which C and S turn round. */
static bool argument_is_wide(const struct format_specification *specification, bool format_is_wide)
{
    switch (specification->length)
    {
        case LENGTH_LONG:
        case LENGTH_WIDE:
            return true;
        case LENGTH_SHORT:
        case LENGTH_CHAR:
            return false;
        default:
            return (specification->conversion == 'S' || specification->conversion == 'C') ? !format_is_wide : format_is_wide;
    }
}

static void put_character(struct format_sink *sink, struct format_specification *specification,
                          struct format_arguments *arguments, bool wide)
{
    int value = va_arg(arguments->list, int);
    uint16_t unit = (uint16_t)value;
    char byte = (char)value;
    struct text_source text = {.wide = wide};

    text.start = wide ? (const void *)&unit : (const void *)&byte;
    text.end = wide ? (const void *)(&unit + 1) : (const void *)(&byte + 1);
    specification->precision = -1;
    put_padded_text(sink, specification, &text);
}

/*
 * The end of a string argument. A precision bounds how much of it may be read, because such a string need not end.
 */
static const void *find_end(const void *start, bool wide, int precision)
{
    size_t limit = precision >= 0 ? (size_t)precision : SIZE_MAX;
    size_t length = 0;

    if (wide)
    {
        const uint16_t *units = start;
        while (length < limit && units[length] != 0)
        {
            length++;
        }
        return units + length;
    }
    const char *bytes = start;
    while (length < limit && bytes[length] != 0)
    {
        length++;
    }
    return bytes + length;
}

static void put_string(struct format_sink *sink, const struct format_specification *specification,
                       struct format_arguments *arguments, bool wide)
{
    struct text_source text = {.wide = wide, .start = va_arg(arguments->list, const void *)};
    if (text.start == NULL)
    {
        text.wide = false;
        text.start = "(null)";
    }
    text.end = find_end(text.start, text.wide, specification->precision);
    put_padded_text(sink, specification, &text);
}

static void put_counted_string(struct format_sink *sink, const struct format_specification *specification,
                               struct format_arguments *arguments)
{
    const struct format_counted_string *string = va_arg(arguments->list, const struct format_counted_string *);
    struct text_source text = {.wide = specification->length == LENGTH_WIDE || specification->length == LENGTH_LONG};
    if (string == NULL || string->buffer == NULL)
    {
        text.wide = false;
        text.start = "(null)";
        text.end = (const char *)text.start + 6;
    }
    else
    {
        text.start = string->buffer;
        text.end = text.wide ? (const void *)((const uint16_t *)string->buffer + string->length / 2) :
                               (const void *)((const char *)string->buffer + string->length);
    }
    put_padded_text(sink, specification, &text);
}

/*
 * Parsing.
 */

static unsigned unit_at(const struct format_text *format, size_t position)
{
    return format->wide ? ((const uint16_t *)format->units)[position] : ((const unsigned char *)format->units)[position];
}

static unsigned peek(const struct format_text *format)
{
    return unit_at(format, format->position);
}

static bool accept(struct format_text *format, unsigned character)
{
    if (peek(format) != character)
    {
        return false;
    }
    format->position++;
    return true;
}

static void parse_flags(struct format_text *format, struct format_specification *specification)
{
    for (;; format->position++)
    {
        switch (peek(format))
        {
            case '-':
                specification->left = true;
                break;
            case '+':
                specification->plus = true;
                break;
            case ' ':
                specification->space = true;
                break;
            case '#':
                specification->alternate = true;
                break;
            case '0':
                specification->zero = true;
                break;
            default:
                return;
        }
    }
}

static int parse_number(struct format_text *format, struct format_arguments *arguments)
{
    int number = 0;
    if (accept(format, '*'))
    {
        return va_arg(arguments->list, int);
    }
    for (; peek(format) >= '0' && peek(format) <= '9'; format->position++)
    {
        int digit = (int)(peek(format) - '0');
        number = number > (INT_MAX - digit) / 10 ? INT_MAX : number * 10 + digit;
    }
    return number;
}

static enum format_length parse_length(struct format_text *format)
{
    if (accept(format, 'h'))
    {
        return accept(format, 'h') ? LENGTH_CHAR : LENGTH_SHORT;
    }
    if (accept(format, 'l'))
    {
        return accept(format, 'l') ? LENGTH_64 : LENGTH_LONG;
    }
    if (accept(format, 'I'))
    {
        if (peek(format) == '6' && unit_at(format, format->position + 1) == '4')
        {
            format->position += 2;
            return LENGTH_64;
        }
        if (peek(format) == '3' && unit_at(format, format->position + 1) == '2')
        {
            format->position += 2;
            return LENGTH_32;
        }
        return LENGTH_64;
    }
    if (accept(format, 'z') || accept(format, 't') || accept(format, 'j'))
    {
        return LENGTH_64;
    }
    if (accept(format, 'w'))
    {
        return LENGTH_WIDE;
    }
    if (accept(format, 'L'))
    {
        return LENGTH_LONG_DOUBLE;
    }
    return LENGTH_NONE;
}

static void parse_specification(struct format_text *format, struct format_specification *specification,
                                struct format_arguments *arguments)
{
    parse_flags(format, specification);
    specification->width = parse_number(format, arguments);
    if (specification->width < 0)
    {
        specification->left = true;
        specification->width = specification->width == INT_MIN ? INT_MAX : -specification->width;
    }
    specification->precision = accept(format, '.') ? parse_number(format, arguments) : -1;
    specification->length = parse_length(format);
    specification->conversion = peek(format);
    if (specification->conversion != 0)
    {
        format->position++;
    }
}

static bool put_conversion(struct format_sink *sink, struct format_specification *specification,
                           struct format_arguments *arguments, bool format_is_wide)
{
    switch (specification->conversion)
    {
        case 'd':
        case 'i':
            put_signed(sink, specification, arguments);
            return true;
        case 'u':
            put_unsigned(sink, specification, "", take_integer(specification, arguments, false), 10, false);
            return true;
        case 'x':
        case 'X':
            put_unsigned(sink, specification, "", take_integer(specification, arguments, false), 16,
                         specification->conversion == 'X');
            return true;
        case 'o':
            put_unsigned(sink, specification, "", take_integer(specification, arguments, false), 8, false);
            return true;
        case 'p':
            put_pointer(sink, specification, arguments);
            return true;
        case 'c':
        case 'C':
            put_character(sink, specification, arguments, argument_is_wide(specification, format_is_wide));
            return true;
        case 's':
        case 'S':
            put_string(sink, specification, arguments, argument_is_wide(specification, format_is_wide));
            return true;
        case 'Z':
            put_counted_string(sink, specification, arguments);
            return true;
        case 'a':
        case 'A':
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
            put_floating(sink, specification, arguments);
            return true;
        case 'n':
            /* Windows refuses %n. Its pointer is taken, so that later arguments stay in step, and nothing is stored. */
            (void)va_arg(arguments->list, void *);
            return true;
        case '%':
            put_ascii(sink, "%", 1);
            return true;
        default:
            return false;
    }
}

/* Writes a piece of the format as it stands. */
static void put_literal(struct format_sink *sink, const struct format_text *format, size_t start, size_t end)
{
    struct format_specification plain = {.precision = -1};
    struct text_source text = {.wide = format->wide};

    text.start = format->wide ? (const void *)((const uint16_t *)format->units + start) :
                                (const void *)((const char *)format->units + start);
    text.end = format->wide ? (const void *)((const uint16_t *)format->units + end) :
                              (const void *)((const char *)format->units + end);
    put_padded_text(sink, &plain, &text);
}

/* "%!name!": returns false when it is none, with the position where it was. */
static bool put_extension(struct format_sink *sink, struct format_text *format, struct format_arguments *arguments)
{
    char name[64];
    size_t length = 0;
    size_t position = format->position + 1;

    if (sink->extension == NULL || peek(format) != '!')
    {
        return false;
    }
    for (; unit_at(format, position) != '!'; position++)
    {
        unsigned character = unit_at(format, position);
        if (character <= ' ' || character >= 0x7F || length == sizeof(name) - 1)
        {
            return false;
        }
        name[length++] = (char)character;
    }
    name[length] = '\0';
    if (!sink->extension(sink, name, length, arguments))
    {
        return false;
    }
    format->position = position + 1;
    return true;
}

static size_t format_run(struct format_sink *sink, struct format_text *format, struct format_arguments *arguments)
{
    size_t before = sink->total;

    while (peek(format) != 0)
    {
        size_t start = format->position;
        while (peek(format) != 0 && peek(format) != '%')
        {
            format->position++;
        }
        put_literal(sink, format, start, format->position);
        start = format->position;
        if (!accept(format, '%') || put_extension(sink, format, arguments))
        {
            continue;
        }
        struct format_specification specification = {0};
        parse_specification(format, &specification, arguments);
        if (!put_conversion(sink, &specification, arguments, format->wide))
        {
            put_literal(sink, format, start, format->position);
        }
    }
    return sink->total - before;
}

size_t format_write_arguments(struct format_sink *sink, const char *format, struct format_arguments *arguments)
{
    struct format_text text = {.units = format, .wide = false};
    return format_run(sink, &text, arguments);
}

size_t format_write(struct format_sink *sink, const char *format, va_list arguments)
{
    struct format_arguments copy;
    va_copy(copy.list, arguments);
    size_t count = format_write_arguments(sink, format, &copy);
    va_end(copy.list);
    return count;
}

size_t format_write_wide(struct format_sink *sink, const uint16_t *format, va_list arguments)
{
    struct format_text text = {.units = format, .wide = true};
    struct format_arguments copy;
    va_copy(copy.list, arguments);
    size_t count = format_run(sink, &text, &copy);
    va_end(copy.list);
    return count;
}

void format_print(struct format_sink *sink, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)format_write(sink, format, arguments);
    va_end(arguments);
}

/*
 * The bounded buffer.
 */

static void buffer_write(struct format_sink *sink, const void *characters, size_t count)
{
    struct format_buffer *buffer = (struct format_buffer *)sink;
    size_t size = sink->wide ? sizeof(uint16_t) : 1;

    if (sink->total < buffer->capacity)
    {
        size_t room = buffer->capacity - sink->total;
        memcpy((char *)buffer->characters + sink->total * size, characters, (count < room ? count : room) * size);
    }
}

void format_buffer_init(struct format_buffer *buffer, char *characters, size_t capacity)
{
    *buffer = (struct format_buffer){.sink = {.write = buffer_write}, .characters = characters, .capacity = capacity};
}

void format_buffer_init_wide(struct format_buffer *buffer, uint16_t *characters, size_t capacity)
{
    *buffer = (struct format_buffer){
        .sink = {.write = buffer_write, .wide = true}, .characters = characters, .capacity = capacity};
}
