/* SPDX-License-Identifier: MIT */
/*
 * WDFLOOKASIDE: memory objects of one size, each with its buffer in one block.
 *
 * The blocks are stable memory, of which each thread keeps free ones; the list adds what every memory object of it has in common.
 * A buffer that is too large for that is a block of pool beside its object.
 */
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/memory.h"

struct lookaside
{
    struct object object;
    size_t buffer_size;
    /* Where the buffer begins in a block, and how large a block is, if the buffer is part of it. */
    size_t buffer_offset;
    size_t block_size;
    POOL_TYPE type;
    ULONG tag;
    WDF_OBJECT_ATTRIBUTES attributes;
    bool has_attributes;
};

struct lookaside_memory
{
    struct memory memory;
    struct lookaside *list;
};

static struct lookaside *lookaside_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct lookaside, object);
}

static const struct object_class lookaside_class = {
    .name = "WDFLOOKASIDE",
    .type = OBJECT_LOOKASIDE,
    .size = sizeof(struct lookaside),
    .deletable = true,
};

static void lookaside_memory_destroy(struct object *object)
{
    memory_free_buffer(memory_of(object));
    wdfobj_release(&CONTAINING_RECORD(memory_of(object), struct lookaside_memory, memory)->list->object);
}

static const struct object_class lookaside_memory_class = {
    .name = "WDFMEMORY",
    .type = OBJECT_MEMORY,
    .size = sizeof(struct lookaside_memory),
    .deletable = true,
    .destroy = lookaside_memory_destroy,
};

static PWDF_OBJECT_ATTRIBUTES memory_attributes(struct lookaside *list)
{
    return list->has_attributes ? &list->attributes : NULL;
}

static NTSTATUS check_arguments(PWDF_OBJECT_ATTRIBUTES attributes, size_t buffer_size,
                                PWDF_OBJECT_ATTRIBUTES memory_attributes)
{
    NTSTATUS status = buffer_size == 0 ? STATUS_INVALID_PARAMETER :
                                         wdfobj_check_attributes(attributes, &lookaside_class, OBJECT_PARENT_OPTIONAL);
    size_t together;

    if (NT_SUCCESS(status))
    {
        status = wdfobj_check_attributes(memory_attributes, &lookaside_memory_class, OBJECT_PARENT_OPTIONAL);
    }
    if (NT_SUCCESS(status) &&
        __builtin_add_overflow(wdfobj_block_size(&lookaside_memory_class, memory_attributes), buffer_size, &together))
    {
        status = STATUS_INTEGER_OVERFLOW;
    }
    return status;
}

static void fill_list(struct lookaside *list, size_t buffer_size, POOL_TYPE type, ULONG tag,
                      PWDF_OBJECT_ATTRIBUTES memory_attributes)
{
    size_t offset = wdfobj_block_size(&lookaside_memory_class, memory_attributes);

    list->buffer_size = buffer_size;
    list->type = type;
    list->tag = tag != 0 ? tag : list->object.globals->published.DriverTag;
    list->object.passive = list->object.passive || memory_is_paged(type);
    list->has_attributes = memory_attributes != NULL;
    if (list->has_attributes)
    {
        list->attributes = *memory_attributes;
    }
    if (offset <= STABLE_LIMIT && buffer_size <= STABLE_LIMIT - offset)
    {
        list->buffer_offset = offset;
        list->block_size = offset + buffer_size;
    }
}

/*
 * Entry points. The user flavour's table does not have them.
 */
NTSTATUS wdf_kmdf_WdfLookasideListCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES LookasideAttributes,
                                         size_t BufferSize, POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES MemoryAttributes,
                                         ULONG PoolTag, WDFLOOKASIDE *Lookaside)
{
    globals_require(DriverGlobals, Lookaside, "WdfLookasideListCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct object *parent;
    struct object *object;
    NTSTATUS status = check_arguments(LookasideAttributes, BufferSize, MemoryAttributes);

    *Lookaside = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    parent = wdfobj_parent(LookasideAttributes, globals->driver);
    object = wdfobj_allocate(globals, &lookaside_class, LookasideAttributes, parent);
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    fill_list(lookaside_of(object), BufferSize, PoolType, PoolTag, MemoryAttributes);
    return wdfobj_publish(object, parent, Lookaside);
}

/* The object with its buffer behind it. */
static struct object *make_in_one_block(struct lookaside *list)
{
    char *block = stable_alloc(list->block_size);
    struct object *object;

    if (block == NULL)
    {
        return NULL;
    }
    RtlZeroMemory(block + sizeof(uint64_t), list->buffer_offset - sizeof(uint64_t));
    object = wdfobj_make_in(block, list->object.globals, &lookaside_memory_class, memory_attributes(list), NULL);
    object->block_size = (uint16_t)list->block_size;
    memory_of(object)->buffer = block + list->buffer_offset;
    return object;
}

static struct object *make_beside_its_buffer(struct lookaside *list)
{
    struct object *object = wdfobj_allocate(list->object.globals, &lookaside_memory_class, memory_attributes(list), NULL);
    struct memory *memory;

    if (object == NULL)
    {
        return NULL;
    }
    memory = memory_of(object);
    memory->buffer = ExAllocatePoolWithTag(list->type, list->buffer_size, list->tag);
    memory->owned = memory->buffer != NULL;
    return object;
}

NTSTATUS wdf_kmdf_WdfMemoryCreateFromLookaside(PWDF_DRIVER_GLOBALS DriverGlobals, WDFLOOKASIDE Lookaside, WDFMEMORY *Memory)
{
    globals_require(DriverGlobals, Memory, "WdfMemoryCreateFromLookaside");
    struct lookaside *list = lookaside_of(wdfobj_from_handle(Lookaside, OBJECT_LOOKASIDE, "WdfMemoryCreateFromLookaside"));
    struct object *parent = wdfobj_parent(memory_attributes(list), list->object.globals->driver);
    struct object *object = list->block_size != 0 ? make_in_one_block(list) : make_beside_its_buffer(list);

    *Memory = NULL;
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    wdfobj_reference(&list->object);
    CONTAINING_RECORD(memory_of(object), struct lookaside_memory, memory)->list = list;
    memory_of(object)->length = list->buffer_size;
    object->passive = object->passive || list->object.passive;
    if (memory_of(object)->buffer == NULL)
    {
        wdfobj_discard(object);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return wdfobj_publish(object, parent, Memory);
}
