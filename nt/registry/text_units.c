/* SPDX-License-Identifier: MIT */
/*
 * Bytes that grow, and the encodings of registry texts.
 */
#include "nt/registry/text_units.h"

#include <string.h>

#include "nt/registry/text.h"

#define SMALLEST_ROOM 64u

bool text_append(struct text_bytes *to, const void *bytes, size_t size)
{
    size_t room = to->room != 0 ? to->room : SMALLEST_ROOM;
    void *larger;

    while (room - to->size < size)
    {
        room *= 2;
    }
    if (room != to->room)
    {
        larger = platform_alloc(room);
        if (larger == NULL)
        {
            return false;
        }
        if (to->size != 0)
        {
            memcpy(larger, to->bytes, to->size);
        }
        text_free(&(struct text_bytes){to->bytes, to->size, to->room});
        to->bytes = larger;
        to->room = room;
    }
    if (size != 0)
    {
        memcpy((char *)to->bytes + to->size, bytes, size);
    }
    to->size += size;
    return true;
}

void text_free(struct text_bytes *bytes)
{
    if (bytes->bytes != NULL)
    {
        platform_free(bytes->bytes, bytes->room);
    }
    memset(bytes, 0, sizeof(*bytes));
}

/* Decodes one code point; returns the bytes it took, zero when they are not UTF-8. */
static size_t decode(const unsigned char *from, size_t size, uint32_t *ret_point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = from[0] < 0x80 ? 1 :
                    from[0] < 0xC2 ? 0 :
                    from[0] < 0xE0 ? 2 :
                    from[0] < 0xF0 ? 3 :
                    from[0] < 0xF5 ? 4 :
                                     0;
    uint32_t point = length <= 1 ? from[0] : from[0] & (0x7Fu >> length);

    if (length == 0 || length > size)
    {
        return 0;
    }
    for (size_t index = 1; index < length; index++)
    {
        if ((from[index] & 0xC0) != 0x80)
        {
            return 0;
        }
        point = point << 6 | (from[index] & 0x3Fu);
    }
    *ret_point = point;
    return point < smallest[length] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000) ? 0 : length;
}

static bool append_point(struct text_bytes *to, uint32_t point)
{
    WCHAR units[2] = {(WCHAR)point, 0};

    if (point >= 0x10000)
    {
        units[0] = (WCHAR)(0xD800 + ((point - 0x10000) >> 10));
        units[1] = (WCHAR)(0xDC00 + (point & 0x3FF));
    }
    return text_append(to, units, point >= 0x10000 ? sizeof(units) : sizeof(WCHAR));
}

static NTSTATUS read_utf8(struct text_bytes *to, const unsigned char *from, size_t size)
{
    while (size != 0)
    {
        uint32_t point;
        size_t length = decode(from, size, &point);

        if (length == 0)
        {
            return STATUS_INVALID_PARAMETER;
        }
        if (!append_point(to, point))
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        from += length;
        size -= length;
    }
    return STATUS_SUCCESS;
}

NTSTATUS text_read(struct text_bytes *to, const void *bytes, size_t size)
{
    static const unsigned char utf16_mark[] = {0xFF, 0xFE};
    static const unsigned char utf8_mark[] = {0xEF, 0xBB, 0xBF};
    const unsigned char *from = bytes;

    if (size > TEXT_LARGEST)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (size >= sizeof(utf16_mark) && memcmp(from, utf16_mark, sizeof(utf16_mark)) == 0)
    {
        return size % sizeof(WCHAR) != 0                                             ? STATUS_INVALID_PARAMETER :
               text_append(to, from + sizeof(utf16_mark), size - sizeof(utf16_mark)) ? STATUS_SUCCESS :
                                                                                       STATUS_INSUFFICIENT_RESOURCES;
    }
    if (size >= sizeof(utf8_mark) && memcmp(from, utf8_mark, sizeof(utf8_mark)) == 0)
    {
        from += sizeof(utf8_mark);
        size -= sizeof(utf8_mark);
    }
    return read_utf8(to, from, size);
}

NTSTATUS text_widen(struct text_bytes *bytes)
{
    struct text_bytes wide = {0};
    NTSTATUS status = read_utf8(&wide, bytes->bytes, bytes->size);

    if (status == STATUS_INVALID_PARAMETER)
    {
        status = STATUS_SUCCESS;
        wide.size = 0;
        for (size_t index = 0; index < bytes->size && NT_SUCCESS(status); index++)
        {
            status =
                append_point(&wide, ((unsigned char *)bytes->bytes)[index]) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    if (!NT_SUCCESS(status))
    {
        text_free(&wide);
        return status;
    }
    text_free(bytes);
    *bytes = wide;
    return status;
}
