/* SPDX-License-Identifier: MIT */
/*
 * The scanf family, with Windows' widths (%ld stores 32 bits) and with the sizes that the _s forms take after each string.
 */
#define DMF_CRT_IMPLEMENTATION

#include "crt.h"
#include "format.h"

#include <limits.h>
#include <stdlib.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Input of any kind, one character at a time, with one character of look-ahead. */
struct scan_source
{
    FILE *file;
    const void *text;
    bool wide;
    size_t position;
    size_t consumed;
    int next;
    bool has_next;
};

struct scan_specification
{
    bool suppress;
    bool long_width;
    int width;
    /* Bytes that an integer destination has: 1, 2, 4 or 8. */
    size_t size;
    /* Whether a string destination is wide. */
    bool wide;
    unsigned conversion;
};

struct scan
{
    struct scan_source source;
    const void *format;
    bool format_is_wide;
    bool secure;
    struct format_arguments arguments;
    int assigned;
};

static int source_peek(struct scan_source *source)
{
    if (source->has_next)
    {
        return source->next;
    }
    if (source->file != NULL)
    {
        source->next = getc_unlocked(source->file);
    }
    else
    {
        source->next = source->wide ? ((const uint16_t *)source->text)[source->position] :
                                      ((const unsigned char *)source->text)[source->position];
        if (source->next == 0)
        {
            source->next = EOF;
        }
        else
        {
            source->position++;
        }
    }
    source->has_next = true;
    return source->next;
}

static int source_take(struct scan_source *source)
{
    int character = source_peek(source);
    source->has_next = false;
    if (character != EOF)
    {
        source->consumed++;
    }
    return character;
}

static void source_finish(struct scan_source *source)
{
    if (source->file != NULL && source->has_next && source->next != EOF)
    {
        (void)ungetc(source->next, source->file);
    }
}

static void skip_space(struct scan_source *source)
{
    while (source_peek(source) != EOF && crt_is_space((unsigned)source_peek(source)))
    {
        (void)source_take(source);
    }
}

static unsigned format_at(const struct scan *scan, size_t index)
{
    return scan->format_is_wide ? ((const uint16_t *)scan->format)[index] : ((const unsigned char *)scan->format)[index];
}

static void format_advance(struct scan *scan, size_t count)
{
    scan->format = scan->format_is_wide ? (const void *)((const uint16_t *)scan->format + count) :
                                          (const void *)((const char *)scan->format + count);
}

static void parse_scan_length(struct scan *scan, struct scan_specification *specification, bool *narrow_argument,
                              bool *wide_argument)
{
    specification->size = 4;
    for (;; format_advance(scan, 1))
    {
        switch (format_at(scan, 0))
        {
            case 'h':
                specification->size = specification->size == 2 ? 1 : 2;
                *narrow_argument = true;
                break;
            case 'l':
                specification->size = specification->long_width ? 8 : 4;
                specification->long_width = true;
                *wide_argument = true;
                break;
            case 'w':
                *wide_argument = true;
                break;
            case 'I':
                specification->size = 8;
                if (format_at(scan, 1) == '6' && format_at(scan, 2) == '4')
                {
                    format_advance(scan, 2);
                }
                else if (format_at(scan, 1) == '3' && format_at(scan, 2) == '2')
                {
                    specification->size = 4;
                    format_advance(scan, 2);
                }
                break;
            case 'j':
            case 'z':
            case 't':
                specification->size = 8;
                break;
            case 'L':
                specification->long_width = true;
                break;
            default:
                return;
        }
    }
}

static void parse_scan(struct scan *scan, struct scan_specification *specification)
{
    bool narrow_argument = false;
    bool wide_argument = false;

    if (format_at(scan, 0) == '*')
    {
        specification->suppress = true;
        format_advance(scan, 1);
    }
    for (; format_at(scan, 0) >= '0' && format_at(scan, 0) <= '9'; format_advance(scan, 1))
    {
        int digit = (int)(format_at(scan, 0) - '0');
        specification->width = specification->width > (INT_MAX - digit) / 10 ? INT_MAX : specification->width * 10 + digit;
    }
    parse_scan_length(scan, specification, &narrow_argument, &wide_argument);
    specification->conversion = format_at(scan, 0);
    if (specification->conversion != 0)
    {
        format_advance(scan, 1);
    }
    bool turned = specification->conversion == 'S' || specification->conversion == 'C';
    specification->wide = wide_argument || (!narrow_argument && (turned != scan->format_is_wide));
}

static void store_integer(struct scan *scan, const struct scan_specification *specification, uint64_t value)
{
    if (specification->suppress)
    {
        return;
    }
    /* Little-endian and big-endian alike: each width through its own type. */
    void *destination = va_arg(scan->arguments.list, void *);
    switch (specification->size)
    {
        case 1:
            *(uint8_t *)destination = (uint8_t)value;
            break;
        case 2:
            *(uint16_t *)destination = (uint16_t)value;
            break;
        case 4:
            *(uint32_t *)destination = (uint32_t)value;
            break;
        default:
            *(uint64_t *)destination = value;
            break;
    }
}

static bool scan_integer(struct scan *scan, const struct scan_specification *specification, unsigned base)
{
    struct scan_source *source = &scan->source;
    int room = specification->width != 0 ? specification->width : INT_MAX;
    uint64_t value = 0;
    bool negative = false;
    bool digits = false;

    skip_space(source);
    if (source_peek(source) == '-' || source_peek(source) == '+')
    {
        negative = source_take(source) == '-';
        room--;
    }
    if ((base == 0 || base == 16) && room > 0 && source_peek(source) == '0')
    {
        (void)source_take(source);
        room--;
        digits = true;
        if (room > 0 && (source_peek(source) == 'x' || source_peek(source) == 'X'))
        {
            (void)source_take(source);
            room--;
            base = 16;
        }
        else if (base == 0)
        {
            base = 8;
        }
    }
    base = base == 0 ? 10 : base;
    while (room > 0 && source_peek(source) != EOF && crt_digit((unsigned)source_peek(source)) < base)
    {
        value = value * base + crt_digit((unsigned)source_take(source));
        digits = true;
        room--;
    }
    if (!digits)
    {
        return false;
    }
    store_integer(scan, specification, negative ? 0 - value : value);
    scan->assigned += specification->suppress ? 0 : 1;
    return true;
}

static bool scan_floating(struct scan *scan, const struct scan_specification *specification)
{
    struct scan_source *source = &scan->source;
    char text[128];
    size_t length = 0;
    size_t room = sizeof(text) - 1;
    char *end;

    if (specification->width != 0 && (size_t)specification->width < room)
    {
        room = (size_t)specification->width;
    }
    skip_space(source);
    while (length < room && source_peek(source) > ' ' && source_peek(source) < 0x7F &&
           (crt_digit((unsigned)source_peek(source)) < 36 || strchr("+-.", source_peek(source)) != NULL))
    {
        text[length++] = (char)source_take(source);
    }
    text[length] = '\0';
    double value = strtod(text, &end);
    if (end == text)
    {
        return false;
    }
    if (!specification->suppress)
    {
        void *destination = va_arg(scan->arguments.list, void *);
        if (specification->long_width)
        {
            *(double *)destination = value;
        }
        else
        {
            *(float *)destination = (float)value;
        }
        scan->assigned++;
    }
    return true;
}

/* The characters between the brackets of %[...]. */
struct scan_set
{
    const void *first;
    size_t count;
    bool inverted;
};

static struct scan_set parse_set(struct scan *scan)
{
    struct scan_set set = {0};
    if (format_at(scan, 0) == '^')
    {
        set.inverted = true;
        format_advance(scan, 1);
    }
    set.first = scan->format;
    /* A bracket that comes first belongs to the set. */
    do
    {
        if (format_at(scan, 0) == 0)
        {
            return set;
        }
        set.count++;
        format_advance(scan, 1);
    } while (format_at(scan, 0) != ']' && format_at(scan, 0) != 0);
    if (format_at(scan, 0) == ']')
    {
        format_advance(scan, 1);
    }
    return set;
}

static unsigned set_at(const struct scan *scan, const struct scan_set *set, size_t index)
{
    return scan->format_is_wide ? ((const uint16_t *)set->first)[index] : ((const unsigned char *)set->first)[index];
}

static bool set_holds(const struct scan *scan, const struct scan_set *set, unsigned character)
{
    for (size_t index = 0; index < set->count; index++)
    {
        unsigned first = set_at(scan, set, index);
        unsigned last = first;
        if (index + 2 < set->count && set_at(scan, set, index + 1) == '-')
        {
            last = set_at(scan, set, index + 2);
            index += 2;
        }
        if (character >= first && character <= last)
        {
            return !set->inverted;
        }
    }
    return set->inverted;
}

static bool belongs(const struct scan *scan, const struct scan_specification *specification, const struct scan_set *set,
                    unsigned character)
{
    switch (specification->conversion)
    {
        case '[':
            return set_holds(scan, set, character);
        case 's':
        case 'S':
            return !crt_is_space(character);
        default:
            return true;
    }
}

static bool scan_characters(struct scan *scan, const struct scan_specification *specification)
{
    struct scan_source *source = &scan->source;
    bool single = specification->conversion == 'c' || specification->conversion == 'C';
    struct scan_set set = {0};
    void *destination = NULL;
    size_t size = SIZE_MAX;
    size_t stored = 0;
    size_t room = specification->width != 0 ? (size_t)specification->width : single ? 1 : SIZE_MAX;

    if (specification->conversion == '[')
    {
        set = parse_set(scan);
    }
    else if (!single)
    {
        skip_space(source);
    }
    if (!specification->suppress)
    {
        destination = va_arg(scan->arguments.list, void *);
        size = scan->secure ? va_arg(scan->arguments.list, unsigned) : SIZE_MAX;
    }
    for (; stored < room && source_peek(source) != EOF; stored++)
    {
        if (!belongs(scan, specification, &set, (unsigned)source_peek(source)))
        {
            break;
        }
        /* A string that does not fit its stated size is refused whole, as the _s functions promise. */
        if (stored + (single ? 0 : 1) >= size)
        {
            memset(destination, 0, size == 0 ? 0 : specification->wide ? 2 : 1);
            return false;
        }
        int character = source_take(source);
        if (destination != NULL && specification->wide)
        {
            ((uint16_t *)destination)[stored] = (uint16_t)character;
        }
        else if (destination != NULL)
        {
            ((char *)destination)[stored] = (char)character;
        }
    }
    if (stored == 0 || (single && stored < room))
    {
        return false;
    }
    if (destination != NULL)
    {
        if (!single)
        {
            memset((char *)destination + stored * (specification->wide ? 2 : 1), 0, specification->wide ? 2 : 1);
        }
        scan->assigned++;
    }
    return true;
}

static bool scan_conversion(struct scan *scan)
{
    struct scan_specification specification = {0};
    parse_scan(scan, &specification);
    switch (specification.conversion)
    {
        case 'd':
        case 'u':
            return scan_integer(scan, &specification, 10);
        case 'i':
            return scan_integer(scan, &specification, 0);
        case 'x':
        case 'X':
            return scan_integer(scan, &specification, 16);
        case 'p':
            specification.size = sizeof(void *);
            return scan_integer(scan, &specification, 16);
        case 'o':
            return scan_integer(scan, &specification, 8);
        case 'a':
        case 'A':
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
            return scan_floating(scan, &specification);
        case 'c':
        case 'C':
        case 's':
        case 'S':
        case '[':
            return scan_characters(scan, &specification);
        case 'n':
            store_integer(scan, &specification, scan->source.consumed);
            return true;
        case '%':
            skip_space(&scan->source);
            return source_peek(&scan->source) == '%' && source_take(&scan->source) == '%';
        default:
            return false;
    }
}

static int scan_run(struct scan *scan)
{
    bool going = true;
    while (going && format_at(scan, 0) != 0)
    {
        unsigned character = format_at(scan, 0);
        format_advance(scan, 1);
        if (crt_is_space(character))
        {
            skip_space(&scan->source);
        }
        else if (character == '%')
        {
            going = scan_conversion(scan);
        }
        else
        {
            going = source_peek(&scan->source) == (int)character && source_take(&scan->source) != EOF;
        }
    }
    bool ended = !going && scan->assigned == 0 && source_peek(&scan->source) == EOF;
    source_finish(&scan->source);
    return ended ? EOF : scan->assigned;
}

/* Every public form: where the text comes from, the format and its width, and whether strings have sizes. */
static int scan_start(FILE *file, const void *text, const void *format, bool wide, bool secure, va_list arguments)
{
    struct scan scan = {
        .source = {.file = file, .text = text, .wide = wide}, .format = format, .format_is_wide = wide, .secure = secure};
    va_copy(scan.arguments.list, arguments);
    if (file != NULL)
    {
        flockfile(file);
    }
    int result = scan_run(&scan);
    if (file != NULL)
    {
        funlockfile(file);
    }
    va_end(scan.arguments.list);
    return result;
}

#define SCANNER(Name, Parameters, File, Text, Character, Wide, Secure)                \
    CRT_EXPORT int dmf_v##Name(Parameters const Character *format, va_list arguments) \
    {                                                                                 \
        return scan_start(File, Text, format, Wide, Secure, arguments);               \
    }                                                                                 \
    CRT_EXPORT int dmf_##Name(Parameters const Character *format, ...)                \
    {                                                                                 \
        va_list arguments;                                                            \
        va_start(arguments, format);                                                  \
        int result = scan_start(File, Text, format, Wide, Secure, arguments);         \
        va_end(arguments);                                                            \
        return result;                                                                \
    }

#define NO_PARAMETER
#define FILE_PARAMETER FILE *file,
#define NARROW_PARAMETER const char *text,
#define WIDE_PARAMETER const uint16_t *text,

SCANNER(scanf, NO_PARAMETER, stdin, NULL, char, false, false)
SCANNER(scanf_s, NO_PARAMETER, stdin, NULL, char, false, true)
SCANNER(fscanf, FILE_PARAMETER, file, NULL, char, false, false)
SCANNER(fscanf_s, FILE_PARAMETER, file, NULL, char, false, true)
SCANNER(sscanf, NARROW_PARAMETER, NULL, text, char, false, false)
SCANNER(sscanf_s, NARROW_PARAMETER, NULL, text, char, false, true)
SCANNER(wscanf, NO_PARAMETER, stdin, NULL, uint16_t, true, false)
SCANNER(wscanf_s, NO_PARAMETER, stdin, NULL, uint16_t, true, true)
SCANNER(fwscanf, FILE_PARAMETER, file, NULL, uint16_t, true, false)
SCANNER(fwscanf_s, FILE_PARAMETER, file, NULL, uint16_t, true, true)
SCANNER(swscanf, WIDE_PARAMETER, NULL, text, uint16_t, true, false)
SCANNER(swscanf_s, WIDE_PARAMETER, NULL, text, uint16_t, true, true)
