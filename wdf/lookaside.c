/* SPDX-License-Identifier: MIT */
/*
 * WDFLOOKASIDE: memory objects of one size, each with its buffer in one block.
 *
 * The blocks come from the platform's allocator, which keeps freed ones per thread; the list adds what every memory object of
 * it has in common.
 */
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/memory.h"

struct lookaside
{
    struct object object;
    size_t buffer_size;
    /* Where the buffer begins in a block, and how large a block is. */
    size_t buffer_offset;
    size_t block_size;
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

    return NT_SUCCESS(status) ? wdfobj_check_attributes(memory_attributes, &lookaside_memory_class, OBJECT_PARENT_OPTIONAL) :
                                status;
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
    struct object *object;
    struct lookaside *list;
    NTSTATUS status = check_arguments(LookasideAttributes, BufferSize, MemoryAttributes);

    *Lookaside = NULL;
    if (NT_SUCCESS(status))
    {
        status = wdfobj_create(globals, &lookaside_class, LookasideAttributes,
                               wdfobj_parent(LookasideAttributes, globals->driver), &object);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    list = lookaside_of(object);
    list->buffer_size = BufferSize;
    list->has_attributes = MemoryAttributes != NULL;
    if (list->has_attributes)
    {
        list->attributes = *MemoryAttributes;
    }
    list->buffer_offset = wdfobj_block_size(&lookaside_memory_class, MemoryAttributes);
    if (__builtin_add_overflow(list->buffer_offset, BufferSize, &list->block_size))
    {
        wdfobj_delete(object);
        return STATUS_INTEGER_OVERFLOW;
    }
    *Lookaside = wdfobj_handle(object);
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfMemoryCreateFromLookaside(PWDF_DRIVER_GLOBALS DriverGlobals, WDFLOOKASIDE Lookaside, WDFMEMORY *Memory)
{
    globals_require(DriverGlobals, Memory, "WdfMemoryCreateFromLookaside");
    struct lookaside *list = lookaside_of(wdfobj_from_handle(Lookaside, OBJECT_LOOKASIDE, "WdfMemoryCreateFromLookaside"));
    struct driver_globals *globals = list->object.globals;
    struct object *object;
    char *block = platform_alloc(list->block_size);
    NTSTATUS status;

    *Memory = NULL;
    if (block == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(block, list->buffer_offset);
    status = wdfobj_create_in(block, globals, &lookaside_memory_class, memory_attributes(list),
                              wdfobj_parent(memory_attributes(list), globals->driver), &object);
    if (!NT_SUCCESS(status))
    {
        platform_free(block, list->block_size);
        return status;
    }
    wdfobj_reference(&list->object);
    CONTAINING_RECORD(memory_of(object), struct lookaside_memory, memory)->list = list;
    object->block_size = list->block_size;
    memory_of(object)->buffer = block + list->buffer_offset;
    memory_of(object)->length = list->buffer_size;
    *Memory = wdfobj_handle(object);
    return STATUS_SUCCESS;
}
