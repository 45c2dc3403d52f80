/* SPDX-License-Identifier: MIT */
/*
 * Safe strings: the rules that all functions of the family share.
 */
#include "nt/rtl/safe_string.h"

#include <string.h>

static unsigned character_at(const void *text, size_t unit, size_t index)
{
    return unit == 1 ? ((const unsigned char *)text)[index] : ((const uint16_t *)text)[index];
}

static void terminate_at(void *text, size_t unit, size_t index)
{
    memset((char *)text + index * unit, 0, unit);
}

static size_t length_within(const void *text, size_t unit, size_t limit)
{
    size_t length = 0;

    while (length < limit && character_at(text, unit, length) != 0)
    {
        length++;
    }
    return length;
}

static size_t put_text(const struct safe_source *from, void *to, size_t unit, size_t room, bool *ret_cut)
{
    size_t limit = from->limit < room ? from->limit : room;
    size_t length = from->kind == SAFE_COUNTED ? limit : length_within(from->text, unit, limit);

    *ret_cut =
        length == room && from->limit > room && (from->kind == SAFE_COUNTED || character_at(from->text, unit, room) != 0);
    if (length != 0)
    {
        memmove(to, from->text, length * unit);
    }
    return length;
}

static size_t put_format(const struct safe_source *from, void *to, size_t unit, size_t room, bool *ret_cut)
{
    struct format_buffer buffer;

    if (unit == 1)
    {
        format_buffer_init(&buffer, to, room);
        (void)format_write_arguments(&buffer.sink, from->text, from->arguments);
    }
    else
    {
        va_list arguments;

        va_copy(arguments, from->arguments->list);
        format_buffer_init_wide(&buffer, to, room);
        (void)format_write_wide(&buffer.sink, from->text, arguments);
        va_end(arguments);
    }
    *ret_cut = buffer.sink.total > room;
    return *ret_cut ? room : buffer.sink.total;
}

size_t safe_put(const struct safe_source *from, void *to, size_t unit, size_t room, bool *ret_cut)
{
    return from->kind == SAFE_FORMAT ? put_format(from, to, unit, room, ret_cut) : put_text(from, to, unit, room, ret_cut);
}

bool safe_is_empty(const struct safe_source *from, size_t unit)
{
    return from->limit == 0 || (from->kind != SAFE_COUNTED && character_at(from->text, unit, 0) == 0);
}

static size_t capacity_of(const struct safe_destination *to)
{
    return to->size_is_in_bytes ? to->size / to->unit : to->size;
}

/* Bytes behind the last whole character. */
static size_t odd_bytes(const struct safe_destination *to)
{
    return to->size_is_in_bytes ? to->size % to->unit : 0;
}

/* Whether the destination may be used, and how long the text in it is when it shall be appended to. */
static bool check_destination(const struct safe_destination *to, size_t capacity, bool may_be_null, size_t *ret_length)
{
    *ret_length = 0;
    if (capacity > SAFE_MAXIMUM_CHARACTERS || (to->text == NULL && (capacity != 0 || !may_be_null)) ||
        (capacity == 0 && !may_be_null))
    {
        return false;
    }
    if (to->append && to->text != NULL)
    {
        *ret_length = length_within(to->text, to->unit, capacity);
        return *ret_length < capacity || capacity == 0;
    }
    return true;
}

static enum safe_result write_text(const struct safe_destination *to, const struct safe_source *from, size_t capacity,
                                   size_t *length)
{
    bool cut = false;
    bool end = false;
    char *at = (char *)to->text + *length * to->unit;
    size_t room = capacity - *length - 1;

    if (from->kind == SAFE_LINE)
    {
        cut = room == 0;
        *length += cut ? 0 : safe_take_line(at, to->unit, room, &end);
    }
    else
    {
        *length += safe_put(from, at, to->unit, room, &cut);
    }
    terminate_at(to->text, to->unit, *length);
    return cut ? SAFE_OVERFLOW : end ? SAFE_END_OF_FILE : SAFE_OK;
}

/* What the flags ask for when the function fails; the position that is told moves along. */
static void clean_up(const struct safe_destination *to, size_t capacity, size_t old_length, size_t *length)
{
    if ((to->flags & SAFE_NO_TRUNCATION) != 0)
    {
        *length = old_length;
        terminate_at(to->text, to->unit, old_length);
    }
    if ((to->flags & SAFE_FILL_ON_FAILURE) != 0)
    {
        memset(to->text, (int)(to->flags & SAFE_FILL_PATTERN), capacity * to->unit + odd_bytes(to));
        *length = (to->flags & SAFE_FILL_PATTERN) == 0 ? 0 : capacity - 1;
        terminate_at(to->text, to->unit, *length);
    }
    if ((to->flags & SAFE_NULL_ON_FAILURE) != 0)
    {
        *length = 0;
        terminate_at(to->text, to->unit, 0);
    }
}

static void tell(const struct safe_destination *to, size_t capacity, size_t length)
{
    if (to->ret_end != NULL)
    {
        *to->ret_end = to->text == NULL ? NULL : (char *)to->text + length * to->unit;
    }
    if (to->ret_remaining != NULL)
    {
        size_t remaining = capacity - length;

        *to->ret_remaining = to->size_is_in_bytes ? remaining * to->unit + odd_bytes(to) : remaining;
    }
}

static enum safe_result without_room(const struct safe_destination *to, const struct safe_source *from)
{
    if (from->kind != SAFE_LINE && safe_is_empty(from, to->unit))
    {
        return SAFE_OK;
    }
    return to->text == NULL ? SAFE_INVALID : SAFE_OVERFLOW;
}

/* The same with a destination that has been looked at; *length is that of the text before and behind. */
static enum safe_result put_into(const struct safe_destination *to, const struct safe_source *from, size_t capacity,
                                 size_t *length)
{
    enum safe_result result;

    if (to->extended && (to->flags & ~SAFE_VALID_FLAGS) != 0)
    {
        result = SAFE_INVALID;
    }
    else if (from->kind != SAFE_LINE && (from->text == NULL || from->limit > SAFE_MAXIMUM_LENGTH))
    {
        result = SAFE_INVALID;
    }
    else
    {
        result = capacity == 0 ? without_room(to, from) : write_text(to, from, capacity, length);
    }
    if (result == SAFE_INVALID && !to->append && capacity != 0)
    {
        terminate_at(to->text, to->unit, 0);
    }
    return result;
}

enum safe_result safe_string(const struct safe_destination *to, const struct safe_source *from)
{
    static const uint16_t nothing[1];
    bool may_be_null = to->extended && (to->flags & SAFE_IGNORE_NULLS) != 0;
    size_t capacity = capacity_of(to);
    struct safe_source source = *from;
    enum safe_result result;
    size_t old_length;
    size_t length;

    if (!check_destination(to, capacity, may_be_null, &old_length))
    {
        if (!to->append && capacity != 0 && to->text != NULL)
        {
            terminate_at(to->text, to->unit, 0);
        }
        return SAFE_INVALID;
    }
    source.text = source.text == NULL && may_be_null ? nothing : source.text;
    length = old_length;
    result = put_into(to, &source, capacity, &length);
    if (result == SAFE_OK && to->extended && (to->flags & SAFE_FILL_BEHIND_NULL) != 0 && capacity - length > 1)
    {
        memset((char *)to->text + (length + 1) * to->unit, (int)(to->flags & SAFE_FILL_PATTERN),
               (capacity - length - 1) * to->unit + odd_bytes(to));
    }
    if (result != SAFE_OK && to->extended && (to->flags & SAFE_ON_FAILURE) != 0 && capacity != 0)
    {
        clean_up(to, capacity, old_length, &length);
    }
    if (result != SAFE_INVALID)
    {
        tell(to, capacity, length);
    }
    return result;
}

enum safe_result safe_length(const void *text, size_t size, size_t unit, bool size_is_in_bytes, size_t *ret_length)
{
    size_t limit = size_is_in_bytes ? size / unit : size;
    size_t length = text == NULL || limit > SAFE_MAXIMUM_CHARACTERS ? limit : length_within(text, unit, limit);
    bool good = length < limit;

    if (ret_length != NULL)
    {
        *ret_length = !good ? 0 : size_is_in_bytes ? length * unit : length;
    }
    return good ? SAFE_OK : SAFE_INVALID;
}
