/* SPDX-License-Identifier: MIT */
/*
 * dmf-wpp: files and memory.
 */
#include "wpp.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool failed;

static void say(const char *file, unsigned line, const char *kind, const char *format, va_list arguments)
{
    if (line != 0)
    {
        fprintf(stderr, "%s:%u: %s: ", file, line, kind);
    }
    else
    {
        fprintf(stderr, "%s: %s: ", file, kind);
    }
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void wpp_error(const char *file, unsigned line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(file, line, "error", format, arguments);
    va_end(arguments);
    failed = true;
}

void wpp_warning(const char *file, unsigned line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(file, line, "warning", format, arguments);
    va_end(arguments);
}

bool wpp_failed(void)
{
    return failed;
}

/* Every allocation hangs in one list, so that a leak checker finds all of them in use. */
struct allocation
{
    struct allocation *next;
    max_align_t memory[];
};

static struct allocation *allocations;

void *wpp_allocate(size_t size)
{
    struct allocation *allocation = calloc(1, sizeof(*allocation) + size);
    if (allocation == NULL)
    {
        fputs("dmf-wpp: out of memory\n", stderr);
        exit(1);
    }
    allocation->next = allocations;
    allocations = allocation;
    return allocation->memory;
}

char *wpp_copy(const char *text, size_t length)
{
    char *copy = wpp_allocate(length + 1);
    memcpy(copy, text, length);
    return copy;
}

void *list_grow(void *items, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
    {
        return items;
    }
    size_t larger = *capacity != 0 ? *capacity * 2 : 8;
    char *moved = wpp_allocate(larger * size);
    if (count != 0)
    {
        memcpy(moved, items, count * size);
    }
    *capacity = larger;
    return moved;
}

static unsigned char *read_bytes(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    unsigned char *bytes = NULL;
    size_t capacity = 0;
    size_t length = 0;

    if (file == NULL)
    {
        return NULL;
    }
    for (;;)
    {
        if (length + 4096 > capacity)
        {
            size_t larger = capacity * 2 + 65536;
            unsigned char *moved = wpp_allocate(larger);
            memcpy(moved, bytes != NULL ? bytes : moved, length);
            bytes = moved;
            capacity = larger;
        }
        size_t part = fread(bytes + length, 1, capacity - length - 1, file);
        if (part == 0)
        {
            break;
        }
        length += part;
    }
    bool bad = ferror(file) != 0;
    fclose(file);
    bytes[length] = 0;
    *ret_length = length;
    return bad ? NULL : bytes;
}

static size_t encode(char *to, uint32_t character)
{
    if (character < 0x80)
    {
        to[0] = (char)character;
        return 1;
    }
    if (character < 0x800)
    {
        to[0] = (char)(0xC0 | (character >> 6));
        to[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000)
    {
        to[0] = (char)(0xE0 | (character >> 12));
        to[1] = (char)(0x80 | ((character >> 6) & 0x3F));
        to[2] = (char)(0x80 | (character & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | (character >> 18));
    to[1] = (char)(0x80 | ((character >> 12) & 0x3F));
    to[2] = (char)(0x80 | ((character >> 6) & 0x3F));
    to[3] = (char)(0x80 | (character & 0x3F));
    return 4;
}

/* UTF-16 of either byte order to UTF-8. Three bytes per unit are always enough. */
static char *from_utf16(const unsigned char *bytes, size_t length, bool big_endian, size_t *ret_length)
{
    size_t count = length / 2;
    char *text = wpp_allocate(count * 3 + 1);
    size_t written = 0;

    for (size_t index = 0; index < count; index++)
    {
        const unsigned char *at = bytes + index * 2;
        uint32_t unit = big_endian ? (uint32_t)(at[0] << 8 | at[1]) : (uint32_t)(at[1] << 8 | at[0]);
        if (unit >= 0xD800 && unit < 0xDC00 && index + 1 < count)
        {
            uint32_t low = big_endian ? (uint32_t)(at[2] << 8 | at[3]) : (uint32_t)(at[3] << 8 | at[2]);
            if (low >= 0xDC00 && low < 0xE000)
            {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                index++;
            }
        }
        written += encode(text + written, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
    }
    *ret_length = written;
    return text;
}

/* Carriage returns before line feeds go; alone they end a line, as in old sources. */
static void normalise_lines(char *text, size_t length)
{
    size_t to = 0;
    for (size_t from = 0; from < length; from++)
    {
        if (text[from] == '\r')
        {
            if (from + 1 < length && text[from + 1] == '\n')
            {
                continue;
            }
            text[to++] = '\n';
            continue;
        }
        text[to++] = text[from];
    }
    text[to] = '\0';
}

char *text_read(const char *path)
{
    size_t length = 0;
    unsigned char *bytes = read_bytes(path, &length);
    if (bytes == NULL)
    {
        wpp_error(path, 0, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    char *text = (char *)bytes;
    if (length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
    {
        text = from_utf16(bytes + 2, length - 2, bytes[0] == 0xFE, &length);
    }
    else if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
    {
        text += 3;
        length -= 3;
    }
    if (memchr(text, 0, length) != NULL)
    {
        wpp_error(path, 0, "is not a text file: it has a zero byte and no byte order mark");
        return NULL;
    }
    normalise_lines(text, length);
    return text;
}

bool text_write(const char *path, const char *text, size_t length)
{
    size_t old_length = 0;
    unsigned char *old = read_bytes(path, &old_length);
    if (old != NULL && old_length == length && memcmp(old, text, length) == 0)
    {
        return true;
    }
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(text, 1, length, file) == length;
    if ((file != NULL && fclose(file) != 0) || !written)
    {
        wpp_error(path, 0, "cannot be written: %s", strerror(errno));
        return false;
    }
    return true;
}
