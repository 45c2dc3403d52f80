/* SPDX-License-Identifier: MIT */
/*
 * Takes a format apart into pieces, by the rules by which format.c writes it.
 */
#include <limits.h>
#include <string.h>

#include "format.h"

/* "%!name!" as format.c accepts it: a name of printable characters, up to 63 of them. Returns its length, or zero. */
static size_t extension_length(const char *at)
{
    size_t length = 2;

    if (at[1] != '!')
    {
        return 0;
    }
    while (at[length] != '!')
    {
        unsigned char character = (unsigned char)at[length];

        if (character <= ' ' || character >= 0x7F || length == 2 + 63)
        {
            return 0;
        }
        length++;
    }
    return length + 1;
}

static int scan_number(const char **at, bool *ret_asterisk)
{
    int number = 0;

    *ret_asterisk = **at == '*';
    if (*ret_asterisk)
    {
        (*at)++;
        return -1;
    }
    for (; **at >= '0' && **at <= '9'; (*at)++)
    {
        int digit = **at - '0';

        number = number > (INT_MAX - digit) / 10 ? INT_MAX : number * 10 + digit;
    }
    return number;
}

enum scan_length
{
    SCAN_NONE,
    SCAN_NARROW,
    SCAN_WIDE,
    SCAN_64,
    SCAN_LONG_DOUBLE,
};

/* A length of the format, and what it means. The longer of two that begin alike stands first. */
static const struct
{
    const char *text;
    enum scan_length length;
} scan_lengths[] = {
    {"hh", SCAN_NARROW}, {"h", SCAN_NARROW}, {"ll", SCAN_64}, {"l", SCAN_WIDE}, {"I64", SCAN_64}, {"I32", SCAN_NONE},
    {"I", SCAN_64},      {"z", SCAN_64},     {"t", SCAN_64},  {"j", SCAN_64},   {"w", SCAN_WIDE}, {"L", SCAN_LONG_DOUBLE},
};

static enum scan_length scan_length(const char **at)
{
    for (size_t index = 0; index < sizeof(scan_lengths) / sizeof(scan_lengths[0]); index++)
    {
        size_t length = strlen(scan_lengths[index].text);

        if (strncmp(*at, scan_lengths[index].text, length) == 0)
        {
            *at += length;
            return scan_lengths[index].length;
        }
    }
    return SCAN_NONE;
}

static enum format_argument text_argument(enum scan_length length, char conversion)
{
    bool wide = length == SCAN_WIDE || (length != SCAN_NARROW && conversion == 'S');

    return wide ? FORMAT_WIDE_TEXT : FORMAT_TEXT;
}

/* What the conversion takes; false for one that there is not. */
static bool classify(char conversion, enum scan_length length, enum format_argument *ret_argument)
{
    if (conversion == 0 || strchr("diuxXopcCsSZaAeEfFgGn%", conversion) == NULL)
    {
        return false;
    }
    if (strchr("diuxXo", conversion) != NULL)
    {
        *ret_argument = length == SCAN_64 ? FORMAT_INTEGER_64 : FORMAT_INTEGER;
    }
    else if (strchr("pn", conversion) != NULL)
    {
        *ret_argument = FORMAT_INTEGER_64;
    }
    else if (strchr("cC", conversion) != NULL)
    {
        *ret_argument = FORMAT_INTEGER;
    }
    else if (strchr("sS", conversion) != NULL)
    {
        *ret_argument = text_argument(length, conversion);
    }
    else if (conversion == 'Z')
    {
        *ret_argument = length == SCAN_WIDE ? FORMAT_WIDE_COUNTED : FORMAT_COUNTED;
    }
    else if (conversion != '%')
    {
        *ret_argument = length == SCAN_LONG_DOUBLE ? FORMAT_LONG_DOUBLE : FORMAT_DOUBLE;
    }
    return true;
}

static void scan_conversion(const char **position, struct format_piece *piece)
{
    const char *at = *position + 1;
    const char *tail;
    enum scan_length length;

    at += strspn(at, "-+ #0");
    piece->head = (size_t)(at - piece->start);
    if (*at == '*' || (*at >= '0' && *at <= '9'))
    {
        piece->width = scan_number(&at, &piece->width_asterisk);
    }
    if (*at == '.')
    {
        at++;
        piece->precision = scan_number(&at, &piece->precision_asterisk);
    }
    tail = at;
    length = scan_length(&at);
    piece->conversion = classify(*at, length, &piece->argument);
    at += *at != 0;
    piece->tail = (size_t)(at - tail);
    *position = at;
}

bool format_next_piece(const char **position, struct format_piece *piece)
{
    const char *at = *position;
    size_t length;

    *piece = (struct format_piece){.start = at, .width = -1, .precision = -1};
    if (*at == 0)
    {
        return false;
    }
    length = *at == '%' ? extension_length(at) : strcspn(at, "%");
    if (*at == '%' && length != 0)
    {
        piece->argument = FORMAT_EXTENSION;
        piece->conversion = true;
    }
    *position = at + length;
    if (length == 0)
    {
        scan_conversion(position, piece);
    }
    piece->length = (size_t)(*position - at);
    return true;
}
