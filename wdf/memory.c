/* SPDX-License-Identifier: MIT */
/*
 * WDFMEMORY.
 */
#include "wdf/memory.h"

#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"

void memory_free_buffer(struct memory *memory)
{
    if (memory->owned)
    {
        ExFreePool(memory->buffer);
    }
}

static void memory_destroy(struct object *object)
{
    memory_free_buffer(memory_of(object));
}

static const struct object_class memory_class = {
    .name = "WDFMEMORY",
    .type = OBJECT_MEMORY,
    .size = sizeof(struct memory),
    .deletable = true,
    .destroy = memory_destroy,
};

static void request_memory_destroy(struct object *object)
{
    wdfobj_release(memory_of(object)->holder);
}

/* The memory of a request, which only the framework deletes. It is part of the request's block, so it keeps the request. */
static const struct object_class request_memory_class = {
    .name = "WDFMEMORY of a request",
    .type = OBJECT_MEMORY,
    .size = sizeof(struct memory),
    .embedded = true,
    .inside_parent = true,
    .destroy = request_memory_destroy,
};

NTSTATUS memory_create_in(struct memory *memory, struct object *parent, void *buffer, size_t length, bool read_only)
{
    struct object *object = wdfobj_make_in(memory, parent->globals, &request_memory_class, NULL, parent);

    memory->buffer = buffer;
    memory->length = length;
    memory->read_only = read_only;
    memory->holder = parent;
    wdfobj_reference(parent);
    return wdfobj_publish(object, parent, NULL);
}

/*
 * Creation. The buffer is there before the object is anybody's child, because from then on it may be deleted.
 */

static NTSTATUS check_creation(PWDF_OBJECT_ATTRIBUTES attributes, size_t size)
{
    return size == 0 ? STATUS_INVALID_PARAMETER : wdfobj_check_attributes(attributes, &memory_class, OBJECT_PARENT_OPTIONAL);
}

/* Everything of the user flavour is one kind of memory. */
static void *allocate_buffer(struct driver_globals *globals, POOL_TYPE type, size_t size, ULONG tag)
{
    return ExAllocatePoolWithTag(globals->user_flavour ? NonPagedPoolNx : type, size,
                                 tag != 0 ? tag : globals->published.DriverTag);
}

NTSTATUS wdf_kmdf_WdfMemoryCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES Attributes, POOL_TYPE PoolType,
                                  ULONG PoolTag, size_t BufferSize, WDFMEMORY *Memory, PVOID *Buffer)
{
    globals_require(DriverGlobals, Memory, "WdfMemoryCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    NTSTATUS status = check_creation(Attributes, BufferSize);
    struct object *parent;
    struct object *object;
    void *buffer;

    *Memory = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    parent = wdfobj_parent(Attributes, globals->driver);
    object = wdfobj_allocate(globals, &memory_class, Attributes, parent);
    buffer = object == NULL ? NULL : allocate_buffer(globals, PoolType, BufferSize, PoolTag);
    if (buffer == NULL)
    {
        if (object != NULL)
        {
            wdfobj_discard(object);
        }
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memory_of(object)->buffer = buffer;
    memory_of(object)->length = BufferSize;
    memory_of(object)->owned = true;
    object->passive = object->passive || (memory_is_paged(PoolType) && !globals->user_flavour);
    status = wdfobj_publish(object, parent, Memory);
    if (Buffer != NULL && NT_SUCCESS(status))
    {
        *Buffer = buffer;
    }
    return status;
}
WDF_ENTRY_BOTH(WdfMemoryCreate)

NTSTATUS wdf_kmdf_WdfMemoryCreatePreallocated(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES Attributes,
                                              PVOID Buffer, size_t BufferSize, WDFMEMORY *Memory)
{
    globals_require(DriverGlobals, Buffer, "WdfMemoryCreatePreallocated");
    globals_require(DriverGlobals, Memory, "WdfMemoryCreatePreallocated");
    struct driver_globals *globals = globals_of(DriverGlobals);
    NTSTATUS status = check_creation(Attributes, BufferSize);
    struct object *parent;
    struct object *object;

    *Memory = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    parent = wdfobj_parent(Attributes, globals->driver);
    object = wdfobj_allocate(globals, &memory_class, Attributes, parent);
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memory_of(object)->buffer = Buffer;
    memory_of(object)->length = BufferSize;
    memory_of(object)->preallocated = true;
    return wdfobj_publish(object, parent, Memory);
}
WDF_ENTRY_BOTH(WdfMemoryCreatePreallocated)

NTSTATUS wdf_kmdf_WdfMemoryAssignBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFMEMORY Memory, PVOID Buffer, size_t BufferSize)
{
    globals_require(DriverGlobals, Buffer, "WdfMemoryAssignBuffer");
    struct memory *memory = memory_of(wdfobj_from_handle(Memory, OBJECT_MEMORY, "WdfMemoryAssignBuffer"));

    if (BufferSize == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!memory->preallocated)
    {
        globals_break(globals_of(DriverGlobals), "WdfMemoryAssignBuffer: not made by WdfMemoryCreatePreallocated");
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    memory->buffer = Buffer;
    memory->length = BufferSize;
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfMemoryAssignBuffer)

PVOID wdf_kmdf_WdfMemoryGetBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFMEMORY Memory, size_t *BufferSize)
{
    struct memory *memory = memory_of(wdfobj_from_handle(Memory, OBJECT_MEMORY, "WdfMemoryGetBuffer"));

    if (BufferSize != NULL)
    {
        *BufferSize = memory->length;
    }
    return memory->buffer;
}
WDF_ENTRY_BOTH(WdfMemoryGetBuffer)

/* Whether length bytes at offset lie inside the memory; too_small is the status when they do not. */
static NTSTATUS check_range(const struct memory *memory, size_t offset, size_t length, NTSTATUS too_small)
{
    size_t end;

    if (length == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (__builtin_add_overflow(offset, length, &end))
    {
        return STATUS_INTEGER_OVERFLOW;
    }
    return end <= memory->length ? STATUS_SUCCESS : too_small;
}

NTSTATUS wdf_kmdf_WdfMemoryCopyToBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFMEMORY SourceMemory, size_t SourceOffset,
                                        PVOID Buffer, size_t NumBytesToCopyTo)
{
    globals_require(DriverGlobals, Buffer, "WdfMemoryCopyToBuffer");
    struct memory *memory = memory_of(wdfobj_from_handle(SourceMemory, OBJECT_MEMORY, "WdfMemoryCopyToBuffer"));
    NTSTATUS status = check_range(memory, SourceOffset, NumBytesToCopyTo, STATUS_BUFFER_TOO_SMALL);

    if (NT_SUCCESS(status))
    {
        memmove(Buffer, (char *)memory->buffer + SourceOffset, NumBytesToCopyTo);
    }
    return status;
}
WDF_ENTRY_BOTH(WdfMemoryCopyToBuffer)

NTSTATUS wdf_kmdf_WdfMemoryCopyFromBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFMEMORY DestinationMemory,
                                          size_t DestinationOffset, PVOID Buffer, size_t NumBytesToCopyFrom)
{
    globals_require(DriverGlobals, Buffer, "WdfMemoryCopyFromBuffer");
    struct memory *memory = memory_of(wdfobj_from_handle(DestinationMemory, OBJECT_MEMORY, "WdfMemoryCopyFromBuffer"));
    NTSTATUS status = check_range(memory, DestinationOffset, NumBytesToCopyFrom, STATUS_INVALID_BUFFER_SIZE);

    if (NT_SUCCESS(status) && memory->read_only)
    {
        status = STATUS_ACCESS_VIOLATION;
    }
    if (NT_SUCCESS(status))
    {
        memmove((char *)memory->buffer + DestinationOffset, Buffer, NumBytesToCopyFrom);
    }
    return status;
}
WDF_ENTRY_BOTH(WdfMemoryCopyFromBuffer)
