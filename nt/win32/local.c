/* SPDX-License-Identifier: MIT */
/*
 * LocalAlloc and GlobalAlloc, which are one family: memory of the process heap. The handle of fixed memory is its address; the
 * handle of movable memory leads to the address, and can be told by its low bits.
 */
#include "nt/win32/heap.h"

#define MOVABLE_BIT 8u
#define MOVABLE_SIGNATURE 0x4C41434Fu

struct movable
{
    uint32_t signature;
    uint16_t locks;
    uint16_t flags;
    /* The handle is the address of this member. NULL when discarded. */
    void *memory;
};

static bool is_movable(HLOCAL handle)
{
    return ((uintptr_t)handle & 15) == MOVABLE_BIT;
}

/* NULL, and ERROR_INVALID_HANDLE, when the handle leads to nothing. */
static struct movable *movable_of(HLOCAL handle)
{
    struct movable *object = CONTAINING_RECORD(handle, struct movable, memory);

    if (object->signature != MOVABLE_SIGNATURE)
    {
        win32_set_error(ERROR_INVALID_HANDLE);
        return NULL;
    }
    return object;
}

static HLOCAL out_of_memory(void)
{
    win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
    return NULL;
}

static HLOCAL allocate_movable(UINT flags, SIZE_T bytes)
{
    struct heap *heap = heap_of_process();
    struct movable *object = heap_allocate(heap, sizeof(*object), true);

    if (object == NULL)
    {
        return out_of_memory();
    }
    object->signature = MOVABLE_SIGNATURE;
    object->flags = (uint16_t)(flags & LMEM_DISCARDABLE);
    if (bytes != 0)
    {
        object->memory = heap_allocate(heap, bytes, (flags & LMEM_ZEROINIT) != 0);
        if (object->memory == NULL)
        {
            heap_free(heap, object);
            return out_of_memory();
        }
    }
    return &object->memory;
}

HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes)
{
    void *memory;

    if ((uFlags & ~(UINT)(LMEM_VALID_FLAGS | GMEM_VALID_FLAGS)) != 0)
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    if ((uFlags & LMEM_MOVEABLE) != 0)
    {
        return allocate_movable(uFlags, uBytes);
    }
    memory = heap_allocate(heap_of_process(), uBytes, (uFlags & LMEM_ZEROINIT) != 0);
    return memory != NULL ? memory : out_of_memory();
}

HLOCAL WINAPI LocalFree(HLOCAL hMem)
{
    struct heap *heap = heap_of_process();
    struct movable *object;
    size_t size;

    if (hMem == NULL)
    {
        return NULL;
    }
    if (!is_movable(hMem))
    {
        if (!heap_find(heap, hMem, &size))
        {
            win32_set_error(ERROR_INVALID_HANDLE);
            return hMem;
        }
        heap_free(heap, hMem);
        return NULL;
    }
    object = movable_of(hMem);
    if (object == NULL)
    {
        return hMem;
    }
    if (object->memory != NULL)
    {
        heap_free(heap, object->memory);
    }
    object->signature = 0;
    heap_free(heap, object);
    return NULL;
}

static HLOCAL resize_fixed(void *memory, SIZE_T bytes, UINT flags)
{
    struct heap *heap = heap_of_process();
    size_t size;
    void *moved;

    if (!heap_find(heap, memory, &size))
    {
        win32_set_error(ERROR_INVALID_HANDLE);
        return NULL;
    }
    moved = heap_resize(heap, memory, bytes, (flags & LMEM_ZEROINIT) != 0, (flags & LMEM_MOVEABLE) == 0);
    return moved != NULL ? moved : out_of_memory();
}

/* Zero bytes discard the memory of an object that nobody has locked; the handle stays. */
static HLOCAL discard(struct movable *object, HLOCAL handle)
{
    if (object->locks != 0)
    {
        win32_set_error(ERROR_INVALID_HANDLE);
        return NULL;
    }
    if (object->memory != NULL)
    {
        heap_free(heap_of_process(), object->memory);
    }
    object->memory = NULL;
    return handle;
}

static HLOCAL resize_movable(HLOCAL handle, SIZE_T bytes, UINT flags)
{
    struct heap *heap = heap_of_process();
    struct movable *object = movable_of(handle);
    bool zeroed = (flags & LMEM_ZEROINIT) != 0;
    void *memory;

    if (object == NULL)
    {
        return NULL;
    }
    if (bytes == 0)
    {
        return discard(object, handle);
    }
    memory = object->memory == NULL ? heap_allocate(heap, bytes, zeroed) :
                                      heap_resize(heap, object->memory, bytes, zeroed, object->locks != 0);
    if (memory == NULL)
    {
        return out_of_memory();
    }
    object->memory = memory;
    return handle;
}

HLOCAL WINAPI LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags)
{
    struct movable *object;

    if ((uFlags & LMEM_MODIFY) == 0)
    {
        return is_movable(hMem) ? resize_movable(hMem, uBytes, uFlags) : resize_fixed(hMem, uBytes, uFlags);
    }
    if (is_movable(hMem))
    {
        object = movable_of(hMem);
        if (object == NULL)
        {
            return NULL;
        }
        object->flags = (uint16_t)(uFlags & LMEM_DISCARDABLE);
    }
    return hMem;
}

LPVOID WINAPI LocalLock(HLOCAL hMem)
{
    struct movable *object;

    if (!is_movable(hMem))
    {
        return hMem;
    }
    object = movable_of(hMem);
    if (object == NULL)
    {
        return NULL;
    }
    if (object->memory == NULL)
    {
        win32_set_error(ERROR_DISCARDED);
        return NULL;
    }
    (void)platform_atomic_fetch_add(&object->locks, 1);
    return object->memory;
}

/* Whether it is still locked; FALSE with NO_ERROR when this was the last lock. */
static BOOL unlock(struct movable *object)
{
    if (object == NULL)
    {
        return FALSE;
    }
    if (object->locks == 0)
    {
        return win32_fail(ERROR_NOT_LOCKED);
    }
    if (platform_atomic_fetch_sub(&object->locks, 1) != 1)
    {
        return TRUE;
    }
    return win32_fail(NO_ERROR);
}

BOOL WINAPI LocalUnlock(HLOCAL hMem)
{
    return is_movable(hMem) ? unlock(movable_of(hMem)) : win32_fail(ERROR_NOT_LOCKED);
}

BOOL WINAPI GlobalUnlock(HGLOBAL hMem)
{
    return is_movable(hMem) ? unlock(movable_of(hMem)) : TRUE;
}

SIZE_T WINAPI LocalSize(HLOCAL hMem)
{
    struct movable *object;
    void *memory = hMem;
    size_t size;

    if (is_movable(hMem))
    {
        object = movable_of(hMem);
        if (object == NULL || object->memory == NULL)
        {
            return 0;
        }
        memory = object->memory;
    }
    if (!heap_find(heap_of_process(), memory, &size))
    {
        win32_set_error(ERROR_INVALID_HANDLE);
    }
    return size;
}

UINT WINAPI LocalFlags(HLOCAL hMem)
{
    struct movable *object;

    if (!is_movable(hMem))
    {
        return 0;
    }
    object = movable_of(hMem);
    if (object == NULL)
    {
        return LMEM_INVALID_HANDLE;
    }
    return (object->locks & LMEM_LOCKCOUNT) | object->flags | (object->memory == NULL ? (UINT)LMEM_DISCARDED : 0);
}


HGLOBAL WINAPI GlobalAlloc(UINT uFlags, SIZE_T dwBytes)
{
    return LocalAlloc(uFlags, dwBytes);
}

HGLOBAL WINAPI GlobalReAlloc(HGLOBAL hMem, SIZE_T dwBytes, UINT uFlags)
{
    return LocalReAlloc(hMem, dwBytes, uFlags);
}

HGLOBAL WINAPI GlobalFree(HGLOBAL hMem)
{
    return LocalFree(hMem);
}

LPVOID WINAPI GlobalLock(HGLOBAL hMem)
{
    return LocalLock(hMem);
}

SIZE_T WINAPI GlobalSize(HGLOBAL hMem)
{
    return LocalSize(hMem);
}

UINT WINAPI GlobalFlags(HGLOBAL hMem)
{
    return LocalFlags(hMem);
}
