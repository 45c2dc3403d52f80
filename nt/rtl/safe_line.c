/* SPDX-License-Identifier: MIT */
/*
 * Lines of the program's input, for StringCchGets() and its relatives.
 */
#include <stdio.h>
#include <string.h>

#include "nt/rtl/safe_string.h"

#define LONGEST_UTF8 4

/* How many bytes the character has that begins with this one. */
static size_t bytes_of_character(int first)
{
    return first < 0xC2 || first > 0xF4 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* Reads the rest of a character; a byte that does not belong to it stays in the input. */
static size_t take_character(int first, uint16_t *units)
{
    unsigned char bytes[LONGEST_UTF8] = {(unsigned char)first};
    const unsigned char *at = bytes;
    size_t wanted = bytes_of_character(first);
    size_t count = 1;

    while (count < wanted)
    {
        int next = getc(stdin);

        if (next == EOF || (next & 0xC0) != 0x80)
        {
            (void)ungetc(next, stdin);
            break;
        }
        bytes[count++] = (unsigned char)next;
    }
    return format_encode_wide(format_decode_narrow(&at, bytes + count), units);
}

/* A character outside the basic plane needs two units; when only one has room, its other half is lost, so none is given. */
static size_t put_character(int first, void *to, size_t unit, size_t at, size_t room)
{
    uint16_t units[2];
    size_t count;

    if (unit == 1)
    {
        ((char *)to)[at] = (char)first;
        return 1;
    }
    count = take_character(first, units);
    if (count > room - at)
    {
        units[0] = 0xFFFD;
        count = 1;
    }
    memcpy((uint16_t *)to + at, units, count * sizeof(uint16_t));
    return count;
}

size_t safe_take_line(void *to, size_t unit, size_t room, bool *ret_end)
{
    size_t length = 0;
    int character = 0;

    while (length < room)
    {
        character = getc(stdin);
        if (character == EOF || character == '\n')
        {
            break;
        }
        length += put_character(character, to, unit, length, room);
    }
    *ret_end = character == EOF && length == 0;
    return length;
}
