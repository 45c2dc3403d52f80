/* SPDX-License-Identifier: MIT */
/*
 * The census: which objects of a driver live. Counted by type at every level; at level full each has a record of where it was
 * created and of the references that are held on it, by their tags.
 */
#include "wdf/verifier_census.h"

#include <stdio.h>

#include "nt/memory/in_use.h"
#include "nt/memory/pool_tags.h"
#include "wdf/verifier_internal.h"

enum
{
    CENSUS_BUCKETS = 1024,
    CENSUS_STACK = 8,
    CENSUS_TAGS = 8,
    CENSUS_TYPES = 64,
    /* Objects that are reported one by one when a driver leaves them behind. */
    CENSUS_REPORTS = 32,
};

/* References of one tag that are held on an object, and where the last one was taken. */
struct census_tag
{
    const void *tag;
    int32_t count;
    LONG line;
    const char *file;
};

struct census_record
{
    struct census_record *next;
    struct object *object;
    const void *stack[CENSUS_STACK];
    struct census_tag tags[CENSUS_TAGS];
    /* There were more tags than there is room for, so that nothing can be said of one that is missing. */
    bool tags_overflowed;
};

struct census
{
    /* Atomic: how many objects of a type live, and how many have lived at most. */
    uint32_t live[CENSUS_TYPES];
    const struct object_class *classes[CENSUS_TYPES];
    uint64_t pool_before;
    /* Guards the records, which there are at level full. */
    struct platform_spinlock lock;
    struct census_record *buckets[CENSUS_BUCKETS];
};

NTSTATUS census_create(struct verifier *verifier)
{
    verifier->census = platform_zalloc(sizeof(*verifier->census));
    return verifier->census == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

void census_free(struct verifier *verifier)
{
    if (verifier->census != NULL)
    {
        platform_free(verifier->census, sizeof(*verifier->census));
    }
}

/*
 * Records. The caller of these holds the lock.
 */

static struct census_record **find_link(struct census *census, const struct object *object)
{
    struct census_record **link = &census->buckets[((uintptr_t)object >> 5) % CENSUS_BUCKETS];

    while (*link != NULL && (*link)->object != object)
    {
        link = &(*link)->next;
    }
    return link;
}

/* The row of the tag, or one that is free; NULL when there is none. */
static struct census_tag *find_tag(struct census_record *record, const void *tag)
{
    struct census_tag *found = NULL;

    for (uint32_t index = 0; index < CENSUS_TAGS; index++)
    {
        struct census_tag *row = &record->tags[index];

        if (row->count != 0 && row->tag == tag)
        {
            return row;
        }
        found = found == NULL && row->count == 0 ? row : found;
    }
    return found;
}

static void add_record(struct census *census, struct object *object)
{
    struct census_record *record = platform_zalloc_always(sizeof(*record));
    struct census_record **link;

    if (record == NULL)
    {
        return;
    }
    record->object = object;
    (void)platform_capture_stack(record->stack, CENSUS_STACK);
    platform_spinlock_lock(&census->lock);
    link = find_link(census, object);
    record->next = *link;
    *link = record;
    platform_spinlock_unlock(&census->lock);
}

static void remove_record(struct census *census, struct object *object)
{
    struct census_record **link;
    struct census_record *record;

    platform_spinlock_lock(&census->lock);
    link = find_link(census, object);
    record = *link;
    if (record != NULL)
    {
        *link = record->next;
    }
    platform_spinlock_unlock(&census->lock);
    if (record != NULL)
    {
        platform_free(record, sizeof(*record));
    }
}

/*
 * Objects.
 */

void census_add(struct object *object)
{
    struct driver_globals *globals = object->globals;
    struct census *census = globals->verifier->census;
    uint32_t type = object->class->type % CENSUS_TYPES;
    uint32_t live = __atomic_add_fetch(&census->live[type], 1, __ATOMIC_RELAXED);
    uint32_t limit = globals->verifier->settings.object_limit;

    __atomic_store_n(&census->classes[type], object->class, __ATOMIC_RELAXED);
    if (verifier_is_at(globals, VERIFIER_FULL))
    {
        add_record(census, object);
    }
    if (limit != 0 && live == limit + 1)
    {
        verifier_report_about(globals, RULE_V32, NULL, NULL, object->class->name,
                              "more than %u objects of this type live, the limit that ObjectLeakDetectionLimit sets", limit);
    }
}

/* Rule V52 for the memory of contexts. */
static void check_contexts(const struct object *object)
{
    const void *place;
    const char *what;

    for (const struct object_context *context = object->contexts; context != NULL; context = context->next)
    {
        if (context->type != NULL && in_use_find(context->memory, context->type->ContextSize, &place, &what))
        {
            verifier_report_about(object->globals, RULE_V52, place, what, "EvtDestroyCallback",
                                  "the context '%s' of the %s %p, which is freed, contains it", context->type->ContextName,
                                  object->class->name, wdfobj_handle(object));
        }
    }
}

void census_remove(struct object *object)
{
    struct driver_globals *globals = object->globals;

    (void)__atomic_sub_fetch(&globals->verifier->census->live[object->class->type % CENSUS_TYPES], 1, __ATOMIC_RELAXED);
    if (verifier_is_at(globals, VERIFIER_FULL))
    {
        remove_record(globals->verifier->census, object);
        check_contexts(object);
    }
    verifier_forget(globals, object);
}

void census_reference(struct object *object, const void *tag, LONG line, const char *file)
{
    struct census *census = object->globals->verifier->census;
    struct census_record *record;
    struct census_tag *row = NULL;

    platform_spinlock_lock(&census->lock);
    record = *find_link(census, object);
    if (record != NULL)
    {
        row = find_tag(record, tag);
        record->tags_overflowed = record->tags_overflowed || row == NULL;
    }
    if (row != NULL)
    {
        *row = (struct census_tag){.tag = tag, .count = row->count + 1, .line = line, .file = file};
    }
    platform_spinlock_unlock(&census->lock);
}

void census_dereference(struct object *object, const void *tag, LONG line, const char *file)
{
    struct census *census = object->globals->verifier->census;
    struct census_record *record;
    bool is_missing = false;

    platform_spinlock_lock(&census->lock);
    record = *find_link(census, object);
    if (record != NULL)
    {
        struct census_tag *row = find_tag(record, tag);

        is_missing = (row == NULL || row->count == 0) && !record->tags_overflowed;
        if (row != NULL && row->count != 0)
        {
            row->count--;
        }
    }
    platform_spinlock_unlock(&census->lock);
    if (is_missing)
    {
        verifier_report(object->globals, RULE_V47, object, "WdfObjectDereference",
                        "no reference of the tag %p is held that %s:%d could drop", tag, file == NULL ? "?" : file,
                        (int)line);
    }
}

/*
 * The end of a driver.
 */

static uint64_t pool_blocks(ULONG tag)
{
    struct pool_tag_usage usage = pool_query_tag(tag);

    return usage.allocations - usage.frees;
}

void census_driver_created(struct driver_globals *globals)
{
    globals->verifier->census->pool_before = pool_blocks(globals->published.DriverTag);
}

/* Where the object was created and which references are held, as lines. */
static void describe(const struct census_record *record, char *text, size_t size)
{
    size_t used = 0;

    text[0] = 0;
    for (uint32_t index = 0; index < CENSUS_TAGS && used < size; index++)
    {
        const struct census_tag *row = &record->tags[index];

        if (row->count != 0)
        {
            used += (size_t)snprintf(text + used, size - used, "\n    %d references of the tag %p, the last from %s:%d",
                                     (int)row->count, row->tag, row->file == NULL ? "?" : row->file, (int)row->line);
        }
    }
    for (uint32_t index = 0; index < CENSUS_STACK && record->stack[index] != NULL && used < size; index++)
    {
        char place[160];

        platform_describe_address(record->stack[index], place, sizeof(place));
        used += (size_t)snprintf(text + used, size - used, "\n    created: %s", place);
    }
}

/* Reports the object, and gives its memory back: its driver's code is about to go, so nobody can use it any more. */
static void bury(struct driver_globals *globals, struct census_record *record, bool reports)
{
    struct object *object = record->object;
    char text[1024];

    if (reports)
    {
        describe(record, text, sizeof(text));
        verifier_report(globals, RULE_V48, object, "EvtDriverUnload", "the driver leaves it behind with %u references%s",
                        object->references, text);
    }
    object_discard(object);
    platform_free(record, sizeof(*record));
}

static void report_records(struct driver_globals *globals, struct census *census)
{
    uint32_t reports = 0;

    for (uint32_t bucket = 0; bucket < CENSUS_BUCKETS; bucket++)
    {
        while (census->buckets[bucket] != NULL)
        {
            struct census_record *record = census->buckets[bucket];

            census->buckets[bucket] = record->next;
            bury(globals, record, reports++ < CENSUS_REPORTS);
        }
    }
}

static void report_counts(struct driver_globals *globals, struct census *census)
{
    for (uint32_t type = 0; type < CENSUS_TYPES; type++)
    {
        uint32_t live = __atomic_load_n(&census->live[type], __ATOMIC_RELAXED);

        if (live != 0)
        {
            verifier_report_about(globals, RULE_V48, census->classes[type], census->classes[type]->name, "EvtDriverUnload",
                                  "the driver leaves %u of them behind; level full says which", live);
        }
    }
}

void census_driver_gone(struct driver_globals *globals)
{
    struct census *census = globals->verifier->census;
    ULONG tag = globals->published.DriverTag;
    uint64_t blocks = tag == 0 ? 0 : pool_blocks(tag) - census->pool_before;

    if (verifier_is_at(globals, VERIFIER_FULL))
    {
        report_records(globals, census);
    }
    else
    {
        report_counts(globals, census);
    }
    if (blocks != 0 && (int64_t)blocks > 0 && !verifier_shares_tag(globals))
    {
        verifier_report(globals, RULE_V48, NULL, "EvtDriverUnload",
                        "the driver leaves %llu blocks of pool with the tag %.4s behind", (unsigned long long)blocks,
                        (const char *)&tag);
    }
}

uint32_t verifier_live_objects(const struct driver_globals *globals)
{
    uint32_t live = 0;

    for (uint32_t type = 0; type < CENSUS_TYPES; type++)
    {
        live += __atomic_load_n(&globals->verifier->census->live[type], __ATOMIC_RELAXED);
    }
    return live;
}
