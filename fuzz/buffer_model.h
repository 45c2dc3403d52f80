/* SPDX-License-Identifier: MIT */
/*
 * What a Module of buffers should hold: buffers with a stamp each, in lists.
 */
#ifndef BUFFER_MODEL_H
#define BUFFER_MODEL_H

#include "fuzz.h"

#define MOST_BUFFERS 10
#define BUFFER_SIZE 8
#define CONTEXT_SIZE 4
#define ONE_HOUR 3600000u

struct buffer
{
    VOID *address;
    VOID *context;
    UCHAR stamp;
};

struct list
{
    struct buffer buffers[MOST_BUFFERS];
    ULONG count;
};

/* The position counts from the head. */
static inline void list_insert(struct list *list, ULONG position, struct buffer buffer)
{
    CHECK(list->count < MOST_BUFFERS && position <= list->count);
    memmove(&list->buffers[position + 1], &list->buffers[position], (list->count - position) * sizeof(buffer));
    list->buffers[position] = buffer;
    list->count++;
}

static inline struct buffer list_remove(struct list *list, ULONG position)
{
    struct buffer buffer = list->buffers[position];

    CHECK(position < list->count);
    list->count--;
    memmove(&list->buffers[position], &list->buffers[position + 1], (list->count - position) * sizeof(buffer));
    return buffer;
}

/* Writes a stamp into all of a buffer and its context, or looks whether it is there. */
static inline void buffer_stamp(struct buffer *buffer, UCHAR stamp)
{
    buffer->stamp = stamp;
    memset(buffer->address, stamp, BUFFER_SIZE);
    memset(buffer->context, stamp, CONTEXT_SIZE);
}

static inline bool is_filled(const VOID *bytes, size_t size, UCHAR stamp)
{
    const UCHAR *first = bytes;

    return first[0] == stamp && memcmp(first, first + 1, size - 1) == 0;
}

static inline bool buffer_is_stamped(const struct buffer *buffer)
{
    return is_filled(buffer->address, BUFFER_SIZE, buffer->stamp) && is_filled(buffer->context, CONTEXT_SIZE, buffer->stamp);
}

/* A walk along a list, whose callback takes from the input what is to become of each buffer. */
struct walk
{
    struct list *list;
    ULONG next;
    bool ended;
    bool removed;
};

static inline BufferPool_EnumerationDispositionType walk_step(struct walk *walk, VOID *address, VOID *context)
{
    static const BufferPool_EnumerationDispositionType last = BufferPool_EnumerationDisposition_Maximum;
    BufferPool_EnumerationDispositionType disposition = (BufferPool_EnumerationDispositionType)(1 + fuzz_below(last - 1));
    const struct buffer *buffer = &walk->list->buffers[walk->next];

    CHECK(!walk->ended && walk->next < walk->list->count);
    CHECK(buffer->address == address && buffer->context == context && buffer_is_stamped(buffer));
    walk->removed = disposition == BufferPool_EnumerationDisposition_RemoveAndStopEnumeration;
    walk->ended = walk->removed || disposition == BufferPool_EnumerationDisposition_StopEnumeration ||
                  disposition == BufferPool_EnumerationDisposition_StopTimerAndStopEnumeration ||
                  disposition == BufferPool_EnumerationDisposition_ResetTimerAndStopEnumeration;
    walk->next++;
    return disposition;
}

/* What the Module told about the buffer that was removed, if one was; it goes to the owned ones. */
static inline void walk_end(struct walk *walk, struct list *owned, VOID *address, VOID *context)
{
    struct buffer buffer;

    CHECK(walk->ended || walk->next == walk->list->count);
    CHECK((address != NULL) == walk->removed && (context != NULL) == walk->removed);
    if (walk->removed)
    {
        buffer = list_remove(walk->list, walk->next - 1);
        CHECK(buffer.address == address && buffer.context == context);
        list_insert(owned, owned->count, buffer);
    }
}

#endif /* BUFFER_MODEL_H */
