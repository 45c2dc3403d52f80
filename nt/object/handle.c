/* SPDX-License-Identifier: MIT */
/*
 * Handles: numbers that stand for a body and what may be done with it.
 *
 * An entry keeps references on its body in stock. A lookup takes one of them by a single exchange of the entry's word, which
 * also holds the generation: so a lookup that succeeds found the handle open and has its reference, whatever a close does at
 * the same time. What is left of the stock goes back to the body when the handle is closed.
 */
#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/object/manager.h"
#include "nt/thread/thread.h"

/* A handle is generation (8 bits), index (21 bits), two zero bits. Kernel handles have the sign and the bits below it set. */
#define GENERATION_SHIFT 23
#define GENERATION_MASK 0xFFu
#define INDEX_SHIFT 2
#define KERNEL_HANDLE ((ULONG_PTR)0xFFFFFFFF80000000)

/* References in stock after a refill, and the least number of entries that stay free, so that no entry is reused soon. */
#define STOCK 0x40000000u
#define LEAST_FREE 256

static uint32_t word_generation(uint64_t word)
{
    return (uint32_t)(word >> 32) & GENERATION_MASK;
}

static uint32_t word_stock(uint64_t word)
{
    return (uint32_t)word;
}

static uint64_t word_of(uint32_t generation, uint32_t stock)
{
    return (uint64_t)(generation & GENERATION_MASK) << 32 | stock;
}

static HANDLE handle_of(uint32_t index, uint32_t generation, ULONG attributes)
{
    ULONG_PTR value = (ULONG_PTR)generation << GENERATION_SHIFT | (ULONG_PTR)index << INDEX_SHIFT;

    return (HANDLE)((attributes & OBJ_KERNEL_HANDLE) != 0 ? value | KERNEL_HANDLE : value);
}

static uint32_t index_of(HANDLE handle)
{
    return (uint32_t)((ULONG_PTR)handle >> INDEX_SHIFT) & ((1u << HANDLE_INDEX_BITS) - 1);
}

static struct handle_entry *entry_at(struct handle_table *table, uint32_t index)
{
    struct handle_entry *segment = platform_atomic_load(&table->segments[index / HANDLE_SEGMENT_ENTRIES]);

    return segment == NULL ? NULL : &segment[index % HANDLE_SEGMENT_ENTRIES];
}

/* The entry that a handle names, and the generation that it must have. NULL for what can be no handle. */
static struct handle_entry *entry_of(HANDLE handle, uint32_t *ret_generation)
{
    ULONG_PTR value = (ULONG_PTR)handle;

    if ((value & KERNEL_HANDLE) == KERNEL_HANDLE)
    {
        value &= ~KERNEL_HANDLE;
    }
    if (value < 4 || value >= 1u << 31)
    {
        return NULL;
    }
    *ret_generation = (uint32_t)(value >> GENERATION_SHIFT);
    return entry_at(&machine()->objects.handles, index_of(handle));
}

/* Lock held, or the table is being made. */
static void free_append(struct handle_table *table, uint32_t index)
{
    entry_at(table, index)->next_free = 0;
    if (table->first_free == 0)
    {
        table->first_free = index;
    }
    else
    {
        entry_at(table, table->last_free)->next_free = index;
    }
    table->last_free = index;
    table->free_count++;
}

/* Lock held. Entry zero is never used: NULL is no handle. */
static bool table_grow(struct handle_table *table)
{
    uint32_t first = table->segment_count * HANDLE_SEGMENT_ENTRIES;
    struct handle_entry *segment;

    if (table->segment_count == HANDLE_SEGMENTS)
    {
        return false;
    }
    segment = platform_zalloc(HANDLE_SEGMENT_ENTRIES * sizeof(*segment));
    if (segment == NULL)
    {
        return false;
    }
    platform_atomic_store(&table->segments[table->segment_count], segment);
    table->segment_count++;
    for (uint32_t index = first == 0 ? 1 : first; index < first + HANDLE_SEGMENT_ENTRIES; index++)
    {
        free_append(table, index);
    }
    return true;
}

void handle_table_make(struct handle_table *table)
{
    platform_require(table_grow(table));
}

/* Takes the entry that has been free for longest; zero when the table is full. */
static uint32_t table_take(struct handle_table *table)
{
    uint32_t index;

    platform_mutex_lock(&table->lock);
    if (table->free_count < LEAST_FREE)
    {
        (void)table_grow(table);
    }
    index = table->first_free;
    if (index != 0)
    {
        table->first_free = entry_at(table, index)->next_free;
        table->free_count--;
        table->open++;
    }
    platform_mutex_unlock(&table->lock);
    return index;
}

static HANDLE entry_open(uint32_t index, void *body, ACCESS_MASK access, ULONG attributes)
{
    struct handle_entry *entry = entry_at(&machine()->objects.handles, index);
    struct object_header *header = object_header(body);
    uint32_t generation;

    object_reference_many(header, STOCK);
    object_handle_opened(header);
    generation = word_generation(platform_atomic_load_relaxed(&entry->word));
    platform_atomic_store_relaxed(&entry->header, header);
    platform_atomic_store_relaxed(&entry->access, access);
    platform_atomic_store_relaxed(&entry->attributes, attributes & (OBJ_INHERIT | OBJ_KERNEL_HANDLE));
    platform_atomic_store(&entry->word, word_of(generation, STOCK));
    return handle_of(index, generation, attributes);
}

NTSTATUS handle_make(void *body, ACCESS_MASK access, ULONG attributes, HANDLE *ret_handle)
{
    uint32_t index = 0;
    NTSTATUS status = handle_reserve(&index);

    *ret_handle = NT_SUCCESS(status) ? entry_open(index, body, access, attributes) : NULL;
    return status;
}

NTSTATUS handle_reserve(uint32_t *ret_place)
{
    *ret_place = table_take(&machine()->objects.handles);
    return *ret_place != 0 ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

HANDLE handle_fill(uint32_t place, void *body, ACCESS_MASK access)
{
    return entry_open(place, body, access, 0);
}

void handle_return(uint32_t place)
{
    struct handle_table *table = &machine()->objects.handles;

    platform_mutex_lock(&table->lock);
    free_append(table, place);
    table->open--;
    platform_mutex_unlock(&table->lock);
}

/* The stock is down to one. Closes take the lock too, so that the body stays while it gives more. */
static void refill(struct handle_entry *entry, uint32_t generation)
{
    struct handle_table *table = &machine()->objects.handles;
    uint64_t seen;

    platform_mutex_lock(&table->lock);
    seen = platform_atomic_load(&entry->word);
    if (word_generation(seen) == generation && word_stock(seen) == 1)
    {
        object_reference_many(entry->header, STOCK - 1);
        if (!platform_atomic_compare_exchange(&entry->word, &seen, word_of(generation, STOCK)))
        {
            object_release_many(entry->header, STOCK - 1);
        }
    }
    platform_mutex_unlock(&table->lock);
}

/* Takes a reference out of the stock of an open handle. */
static NTSTATUS entry_take(struct handle_entry *entry, uint32_t generation, struct object_header **ret_header,
                           ACCESS_MASK *ret_access, ULONG *ret_attributes)
{
    uint64_t seen = platform_atomic_load(&entry->word);

    while (word_generation(seen) == generation && word_stock(seen) != 0)
    {
        /* Read before the exchange: the generation that it finds unchanged vouches for them. */
        *ret_header = platform_atomic_load_relaxed(&entry->header);
        *ret_access = platform_atomic_load_relaxed(&entry->access);
        *ret_attributes = platform_atomic_load_relaxed(&entry->attributes);
        if (word_stock(seen) == 1)
        {
            refill(entry, generation);
            seen = platform_atomic_load(&entry->word);
        }
        else if (platform_atomic_compare_exchange(&entry->word, &seen, seen - 1))
        {
            return STATUS_SUCCESS;
        }
    }
    return STATUS_INVALID_HANDLE;
}

NTSTATUS handle_inspect(HANDLE handle, void **ret_body, ACCESS_MASK *ret_access, ULONG *ret_attributes)
{
    struct object_header *header = NULL;
    struct handle_entry *entry;
    uint32_t generation;
    NTSTATUS status;

    *ret_body = NULL;
    *ret_access = 0;
    *ret_attributes = 0;
    if (handle == NtCurrentThread() || handle == NtCurrentProcess())
    {
        *ret_body = handle == NtCurrentThread() ? (void *)thread_current() : (void *)PsGetCurrentProcess();
        *ret_access = handle == NtCurrentThread() ? THREAD_ALL_ACCESS : PROCESS_ALL_ACCESS;
        object_reference(*ret_body);
        return STATUS_SUCCESS;
    }
    entry = entry_of(handle, &generation);
    if (entry == NULL)
    {
        return STATUS_INVALID_HANDLE;
    }
    status = entry_take(entry, generation, &header, ret_access, ret_attributes);
    if (NT_SUCCESS(status))
    {
        *ret_body = object_body(header);
    }
    return status;
}

NTSTATUS handle_lookup(HANDLE handle, const struct object_type *type, ACCESS_MASK access, void **ret_body)
{
    ACCESS_MASK granted;
    ULONG attributes;
    NTSTATUS status = handle_inspect(handle, ret_body, &granted, &attributes);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (type != NULL && object_type(*ret_body) != type)
    {
        status = STATUS_OBJECT_TYPE_MISMATCH;
    }
    else if ((access & ~granted) != 0)
    {
        status = STATUS_ACCESS_DENIED;
    }
    if (!NT_SUCCESS(status))
    {
        object_release(*ret_body);
        *ret_body = NULL;
    }
    return status;
}

NTSTATUS handle_set_attributes(HANDLE handle, ULONG mask, ULONG attributes)
{
    struct handle_table *table = &machine()->objects.handles;
    uint32_t generation = 0;
    struct handle_entry *entry = entry_of(handle, &generation);
    bool open;
    uint64_t word;

    if (entry == NULL)
    {
        return STATUS_INVALID_HANDLE;
    }
    platform_mutex_lock(&table->lock);
    word = platform_atomic_load(&entry->word);
    open = word_generation(word) == generation && word_stock(word) != 0;
    if (open)
    {
        mask &= OBJ_INHERIT | HANDLE_PROTECTED;
        platform_atomic_store_relaxed(&entry->attributes,
                                      (platform_atomic_load_relaxed(&entry->attributes) & ~mask) | (attributes & mask));
    }
    platform_mutex_unlock(&table->lock);
    return open ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
}

uint64_t handle_stock(struct object_header *header)
{
    struct handle_table *table = &machine()->objects.handles;
    uint64_t stock = 0;

    platform_mutex_lock(&table->lock);
    for (uint32_t index = 1; index < table->segment_count * HANDLE_SEGMENT_ENTRIES; index++)
    {
        struct handle_entry *entry = entry_at(table, index);
        uint32_t entry_stock = word_stock(platform_atomic_load(&entry->word));

        if (entry_stock != 0 && platform_atomic_load_relaxed(&entry->header) == header)
        {
            stock += entry_stock;
        }
    }
    platform_mutex_unlock(&table->lock);
    return stock;
}

NTSTATUS handle_create(void *body, ACCESS_MASK access, HANDLE *ret_handle)
{
    return handle_make(body, access, 0, ret_handle);
}

/* Takes the handle's whole stock, so that exactly one close succeeds. Lock held. */
static NTSTATUS entry_close(struct handle_entry *entry, uint32_t generation, struct object_header **ret_header,
                            uint32_t *ret_stock)
{
    uint64_t seen = platform_atomic_load(&entry->word);

    while (word_generation(seen) == generation && word_stock(seen) != 0)
    {
        if ((platform_atomic_load_relaxed(&entry->attributes) & HANDLE_PROTECTED) != 0)
        {
            return STATUS_HANDLE_NOT_CLOSABLE;
        }
        *ret_header = platform_atomic_load_relaxed(&entry->header);
        if (platform_atomic_compare_exchange(&entry->word, &seen, word_of(generation + 1, 0)))
        {
            *ret_stock = word_stock(seen);
            return STATUS_SUCCESS;
        }
    }
    return STATUS_INVALID_HANDLE;
}

NTSTATUS handle_close(HANDLE handle)
{
    struct handle_table *table = &machine()->objects.handles;
    struct object_header *header = NULL;
    uint32_t generation = 0;
    uint32_t stock = 0;
    struct handle_entry *entry;
    NTSTATUS status;

    if (handle == NtCurrentThread() || handle == NtCurrentProcess())
    {
        return STATUS_SUCCESS;
    }
    entry = entry_of(handle, &generation);
    if (entry == NULL)
    {
        return STATUS_INVALID_HANDLE;
    }
    platform_mutex_lock(&table->lock);
    status = entry_close(entry, generation, &header, &stock);
    if (NT_SUCCESS(status))
    {
        free_append(table, index_of(handle));
        table->open--;
    }
    platform_mutex_unlock(&table->lock);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    object_handle_closed(header);
    object_release_many(header, stock);
    return STATUS_SUCCESS;
}
