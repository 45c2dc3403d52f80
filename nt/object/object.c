/* SPDX-License-Identifier: MIT */
/*
 * Bodies: creation, references, deletion.
 */
#include "nt/object/object.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/object/manager.h"
#include "nt/thread/worker.h"

/* Of what is no body, and never was one, not even the type can be told. */
static _Noreturn void broken(const struct object_header *header)
{
    bool known = header->signature == OBJECT_SIGNATURE || header->signature == OBJECT_DEAD;

    bugcheck(REFERENCE_BY_POINTER, known ? (ULONG_PTR)header->type : 0, (ULONG_PTR)(header + 1), header->references, 0);
}

struct object_header *object_header(const void *body)
{
    struct object_header *header;

    if (body == NULL || ((ULONG_PTR)body & 15) != 0)
    {
        bugcheck(REFERENCE_BY_POINTER, 0, (ULONG_PTR)body, 0, 0);
    }
    header = (struct object_header *)(ULONG_PTR)body - 1;
    if (header->signature != OBJECT_SIGNATURE)
    {
        broken(header);
    }
    return header;
}

const struct object_type *object_type(const void *body)
{
    return object_header(body)->type;
}

NTSTATUS object_create(const struct object_type *type, size_t size, void **ret_body)
{
    struct object_header *header;
    size_t whole;

    *ret_body = NULL;
    if (__builtin_add_overflow(size, sizeof(*header), &whole))
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    header = platform_zalloc(whole);
    if (header == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    header->references = 1;
    header->type = type;
    header->signature = OBJECT_SIGNATURE;
    header->size = whole;
    *ret_body = object_body(header);
    return STATUS_SUCCESS;
}

static void object_free(struct object_header *header)
{
    platform_allow(object_body(header), header->size - sizeof(*header));
    platform_free(header, header->size);
}

/* The last bodies that were deleted keep their memory for a while, so that who still uses one is told which it was. */
static void object_bury(struct object_header *header)
{
    struct object_manager *manager = &machine()->objects;
    uint32_t place = platform_atomic_fetch_add(&manager->next_grave, 1) % OBJECT_GRAVES;

    platform_forbid(object_body(header), header->size - sizeof(*header));
    if (header->size <= OBJECT_GRAVE_SIZE)
    {
        header = platform_atomic_exchange(&manager->graves[place], header);
    }
    if (header != NULL)
    {
        object_free(header);
    }
}

/* PASSIVE_LEVEL: delete functions may wait. A name that is left goes first, because it leads others here. */
static void object_delete(struct object_header *header)
{
    void *body = object_body(header);

    object_unname(body);
    if (header->type->delete != NULL)
    {
        header->type->delete (body);
    }
    header->signature = OBJECT_DEAD;
    object_bury(header);
}

static void delete_dying(void *context)
{
    struct object_manager *manager = context;
    struct object_header *header = platform_atomic_exchange(&manager->dying, NULL);

    while (header != NULL)
    {
        struct object_header *next = header->next;

        object_delete(header);
        header = next;
    }
}

/* Only who finds the list empty queues the work item: it takes the whole list. */
static void object_delete_later(struct object_header *header)
{
    struct object_manager *manager = &machine()->objects;

    header->next = platform_atomic_load(&manager->dying);
    while (!platform_atomic_compare_exchange(&manager->dying, &header->next, header))
    {
    }
    if (header->next == NULL)
    {
        worker_queue(&manager->undertaker, DelayedWorkQueue);
    }
}

void object_reference_many(struct object_header *header, uint64_t count)
{
    if ((int64_t)platform_atomic_fetch_add(&header->references, count) <= 0)
    {
        broken(header);
    }
}

bool object_try_reference(struct object_header *header)
{
    uint64_t seen = platform_atomic_load(&header->references);

    while (seen != 0)
    {
        if (platform_atomic_compare_exchange(&header->references, &seen, seen + 1))
        {
            return true;
        }
    }
    return false;
}

/* Returns how many are left. */
static uint64_t drop(struct object_header *header, uint64_t count)
{
    uint64_t before = platform_atomic_fetch_sub(&header->references, count);

    if ((int64_t)before < (int64_t)count)
    {
        broken(header);
    }
    return before - count;
}

void object_release_many(struct object_header *header, uint64_t count)
{
    if (drop(header, count) == 0)
    {
        if (platform_current()->irql == PASSIVE_LEVEL)
        {
            object_delete(header);
        }
        else
        {
            object_delete_later(header);
        }
    }
}

void object_reference(void *body)
{
    object_reference_many(object_header(body), 1);
}

void object_release(void *body)
{
    object_release_many(object_header(body), 1);
}

void object_release_later(void *body)
{
    struct object_header *header = object_header(body);

    if (drop(header, 1) == 0)
    {
        object_delete_later(header);
    }
}

ULONG object_pointer_count(struct object_header *header)
{
    uint64_t references = platform_atomic_load(&header->references) - handle_stock(header);

    return (ULONG)(references + platform_atomic_load(&header->handles));
}

void object_handle_opened(struct object_header *header)
{
    (void)platform_atomic_fetch_add(&header->handles, 1);
}

/* The caller holds a reference still. */
void object_handle_closed(struct object_header *header)
{
    if (platform_atomic_fetch_sub(&header->handles, 1) == 1)
    {
        if (header->type->last_handle != NULL)
        {
            header->type->last_handle(object_body(header));
        }
        if ((platform_atomic_load(&header->flags) & OBJECT_PERMANENT) == 0)
        {
            object_unname(object_body(header));
        }
    }
}

void object_manager_make(struct object_manager *manager)
{
    ExInitializeWorkItem(&manager->undertaker, delete_dying, manager);
    handle_table_make(&manager->handles);
    namespace_make(manager);
}
