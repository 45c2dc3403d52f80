/* SPDX-License-Identifier: MIT */
/*
 * Quarantine: freed blocks are filled with a pattern and kept for a while. One that has another content when it leaves was
 * written to after it had been freed. Off unless it is started; builds with a sanitizer have a better one of their own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "platform/internal.h"

enum
{
    PATTERN = 0xDF,
    RECORDS = 1 << 16,
    FRAMES = 8,
};

struct quarantined
{
    unsigned char *block;
    size_t size;
    enum memory_kind kind;
    uint32_t thread;
    uint32_t frame_count;
    const void *frames[FRAMES];
};

/* A ring: the oldest record is at first. The lock names no owner, because a thread frees after its record is gone. */
static struct quarantine
{
    uint32_t lock;
    size_t limit;
    size_t bytes;
    uint32_t first;
    uint32_t count;
    struct quarantined *records;
} quarantine;

bool quarantine_on;

static void quarantine_lock(void)
{
    while (__atomic_exchange_n(&quarantine.lock, 1, __ATOMIC_ACQUIRE) != 0)
    {
        platform_yield();
    }
}

static void quarantine_unlock(void)
{
    __atomic_store_n(&quarantine.lock, 0, __ATOMIC_RELEASE);
}

/* Says who freed the block, a line for each frame, as far as the text has room. */
static void record_describe(const struct quarantined *record, char *text, size_t size)
{
    int used = snprintf(text, size, "freed by thread %u:", record->thread);

    for (uint32_t index = 0; index < record->frame_count && used >= 0 && (size_t)used < size; index++)
    {
        char frame[160];

        platform_describe_address(record->frames[index], frame, sizeof(frame));
        used += snprintf(text + used, size - (size_t)used, "\n    %s", frame);
    }
}

static void record_verify(const struct quarantined *record)
{
    for (size_t offset = 0; offset < record->size; offset++)
    {
        if (record->block[offset] != PATTERN)
        {
            char text[900];

            record_describe(record, text, sizeof(text));
            platform_fatal("a freed block was written to: byte %zu of the %zu at %p is now 0x%02X; %s", offset, record->size,
                           (void *)record->block, record->block[offset], text);
        }
    }
}

/* The lock is held. Takes the oldest record out. */
static struct quarantined quarantine_pop(void)
{
    struct quarantined record = quarantine.records[quarantine.first];

    quarantine.first = (quarantine.first + 1) % RECORDS;
    quarantine.count--;
    quarantine.bytes -= record.size;
    return record;
}

/* Lets the oldest go until this many bytes, and one record, are left room for. */
static void quarantine_shrink(size_t bytes)
{
    for (;;)
    {
        struct quarantined record;

        quarantine_lock();
        if (quarantine.count == 0 || (quarantine.bytes <= bytes && quarantine.count < RECORDS))
        {
            quarantine_unlock();
            return;
        }
        record = quarantine_pop();
        quarantine_unlock();
        record_verify(&record);
        memory_free_now(record.block, record.size, record.kind);
    }
}

void quarantine_keep(void *block, size_t size, enum memory_kind kind)
{
    struct quarantined record = {.block = block, .size = size, .kind = kind};

    record.thread = platform_current_thread != NULL ? platform_current_thread->id : 0;
    record.frame_count = (uint32_t)platform_capture_stack(record.frames, FRAMES);
    memset(block, PATTERN, size);
    quarantine_shrink(quarantine.limit);
    quarantine_lock();
    if (quarantine.records == NULL || quarantine.count == RECORDS)
    {
        quarantine_unlock();
        memory_free_now(block, size, kind);
        return;
    }
    quarantine.records[(quarantine.first + quarantine.count) % RECORDS] = record;
    quarantine.count++;
    quarantine.bytes += size;
    quarantine_unlock();
}

void platform_quarantine_check(void)
{
    quarantine_lock();
    for (uint32_t index = 0; index < quarantine.count; index++)
    {
        record_verify(&quarantine.records[(quarantine.first + index) % RECORDS]);
    }
    quarantine_unlock();
}

int platform_quarantine_start(size_t bytes)
{
    static bool at_exit;
    void *records;

    if (quarantine.records == NULL)
    {
        records =
            mmap(NULL, RECORDS * sizeof(struct quarantined), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (records == MAP_FAILED)
        {
            return ENOMEM;
        }
        quarantine.records = records;
    }
    if (!at_exit)
    {
        at_exit = true;
        (void)atexit(platform_quarantine_check);
    }
    quarantine.limit = bytes;
    __atomic_store_n(&quarantine_on, true, __ATOMIC_RELEASE);
    memory_watch();
    return 0;
}

void platform_quarantine_stop(void)
{
    __atomic_store_n(&quarantine_on, false, __ATOMIC_RELEASE);
    memory_watch();
    platform_quarantine_check();
    quarantine_lock();
    while (quarantine.count != 0)
    {
        struct quarantined record = quarantine_pop();

        memory_free_now(record.block, record.size, record.kind);
    }
    quarantine_unlock();
}

bool platform_quarantine_describe(const void *address, char *text, size_t size)
{
    bool found = false;

    quarantine_lock();
    for (uint32_t index = 0; index < quarantine.count && !found; index++)
    {
        const struct quarantined *record = &quarantine.records[(quarantine.first + index) % RECORDS];
        const unsigned char *byte = address;

        found = byte >= record->block && byte < record->block + record->size;
        if (found)
        {
            record_describe(record, text, size);
        }
    }
    quarantine_unlock();
    return found;
}
