/* SPDX-License-Identifier: MIT */
/*
 * Heaps: lists of blocks over the one allocator. Each block has a header that says whose it is and a mark behind its last
 * byte, so that a block that is freed twice, given to the wrong heap, or overrun is found when it is freed.
 */
#include "nt/win32/heap.h"

#include <string.h>

#define HEAP_SIGNATURE 0x50414548u
#define BLOCK_SIGNATURE 0x4B434C42u
#define TAIL_SIZE 8
/* The largest block of a heap that does not grow, on 64 bits. */
#define FIXED_BLOCK_LIMIT 0xFF000u
#define PUBLISHED_FLAGS (HEAP_NO_SERIALIZE | HEAP_GENERATE_EXCEPTIONS | HEAP_CREATE_ENABLE_EXECUTE)

struct heap_block
{
    struct heap *heap;
    struct heap_block *next;
    struct heap_block *previous;
    size_t size;
    size_t capacity;
    uint32_t signature;
    _Alignas(16) unsigned char memory[];
};

static const unsigned char tail[TAIL_SIZE] = {0xAB, 0xAB, 0xAB, 0xAB, 0xAB, 0xAB, 0xAB, 0xAB};

static size_t block_bytes(size_t capacity)
{
    return sizeof(struct heap_block) + capacity + TAIL_SIZE;
}

static void heap_lock(struct heap *heap)
{
    if (!platform_mutex_is_mine(&heap->lock))
    {
        platform_mutex_lock(&heap->lock);
    }
    heap->depth++;
}

static void heap_unlock(struct heap *heap)
{
    if (--heap->depth == 0)
    {
        platform_mutex_unlock(&heap->lock);
    }
}

void win32_make(struct win32 *state)
{
    state->process_heap.signature = HEAP_SIGNATURE;
    state->process_heap.flags = HEAP_GROWABLE;
}

struct heap *heap_of_process(void)
{
    return &win32()->process_heap;
}

/* Stops as Windows does, which ends a process whose heap is damaged. */
static _Noreturn void corrupted(const struct heap *heap, const void *memory, const char *what)
{
    platform_fatal("heap corruption (status 0xC0000374): heap %p, block %p: %s", (const void *)heap, memory, what);
}

static struct heap_block *block_of(const void *memory)
{
    return (struct heap_block *)((uintptr_t)memory - offsetof(struct heap_block, memory));
}

/* What is wrong with the block, or NULL. */
static const char *fault_of(const struct heap *heap, const void *memory)
{
    const struct heap_block *block = block_of(memory);

    if ((uintptr_t)memory % 16 != 0 || block->signature != BLOCK_SIGNATURE)
    {
        return "not a block, or freed already";
    }
    if (block->heap != heap)
    {
        return "of another heap";
    }
    if (memcmp(block->memory + block->size, tail, TAIL_SIZE) != 0)
    {
        return "written to behind its end";
    }
    return NULL;
}

static void require_block(const struct heap *heap, const void *memory)
{
    const char *fault = fault_of(heap, memory);

    if (fault != NULL)
    {
        corrupted(heap, memory, fault);
    }
}

bool heap_find(const struct heap *heap, const void *memory, size_t *ret_size)
{
    bool found = memory != NULL && fault_of(heap, memory) == NULL;

    *ret_size = found ? block_of(memory)->size : 0;
    return found;
}

static void set_size(struct heap_block *block, size_t size)
{
    block->size = size;
    memcpy(block->memory + size, tail, TAIL_SIZE);
}

/* Takes the block's place in the heap's list, unless the heap is full. */
static bool list_enter(struct heap *heap, struct heap_block *block)
{
    size_t bytes = block_bytes(block->capacity);
    bool fits;

    heap_lock(heap);
    fits = heap->limit == 0 || (bytes <= heap->limit - heap->used && block->capacity <= FIXED_BLOCK_LIMIT);
    if (fits)
    {
        heap->used += bytes;
        block->next = NULL;
        block->previous = heap->last;
        *(heap->last == NULL ? &heap->first : &heap->last->next) = block;
        heap->last = block;
    }
    heap_unlock(heap);
    return fits;
}

static void list_leave(struct heap *heap, struct heap_block *block)
{
    heap_lock(heap);
    heap->used -= block_bytes(block->capacity);
    *(block->previous == NULL ? &heap->first : &block->previous->next) = block->next;
    *(block->next == NULL ? &heap->last : &block->next->previous) = block->previous;
    heap_unlock(heap);
}

void *heap_allocate(struct heap *heap, size_t size, bool zeroed)
{
    struct heap_block *block;

    if (size > SIZE_MAX / 2)
    {
        return NULL;
    }
    block = zeroed ? platform_zalloc(block_bytes(size)) : platform_alloc(block_bytes(size));
    if (block == NULL)
    {
        return NULL;
    }
    block->heap = heap;
    block->capacity = size;
    block->signature = BLOCK_SIGNATURE;
    set_size(block, size);
    if (!list_enter(heap, block))
    {
        platform_free(block, block_bytes(size));
        return NULL;
    }
    return block->memory;
}

void heap_free(struct heap *heap, void *memory)
{
    struct heap_block *block = block_of(memory);

    require_block(heap, memory);
    list_leave(heap, block);
    block->signature = 0;
    platform_free(block, block_bytes(block->capacity));
}

void *heap_resize(struct heap *heap, void *memory, size_t size, bool zeroed, bool in_place)
{
    struct heap_block *block = block_of(memory);
    size_t before;
    void *moved;

    require_block(heap, memory);
    before = block->size;
    if (size <= block->capacity)
    {
        if (zeroed && size > before)
        {
            memset(block->memory + before, 0, size - before);
        }
        set_size(block, size);
        return memory;
    }
    moved = in_place ? NULL : heap_allocate(heap, size, zeroed);
    if (moved != NULL)
    {
        memcpy(moved, memory, before);
        heap_free(heap, memory);
    }
    return moved;
}

/* The heap behind a handle. */
static struct heap *heap_of(HANDLE handle)
{
    struct heap *heap = handle;

    if (heap == NULL || heap->signature != HEAP_SIGNATURE)
    {
        corrupted(heap, NULL, "not a heap, or destroyed already");
    }
    return heap;
}

/* What a failed allocation returns; with HEAP_GENERATE_EXCEPTIONS it does not return, because nothing catches exceptions here. */
static void *out_of_memory(const struct heap *heap, DWORD flags, size_t size)
{
    if (((heap->flags | flags) & HEAP_GENERATE_EXCEPTIONS) != 0)
    {
        platform_fatal("exception 0xC0000017 (STATUS_NO_MEMORY): heap %p has no %zu bytes", (const void *)heap, size);
    }
    win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
    return NULL;
}

HANDLE WINAPI GetProcessHeap(void)
{
    return heap_of_process();
}

HANDLE WINAPI HeapCreate(DWORD flOptions, SIZE_T dwInitialSize, SIZE_T dwMaximumSize)
{
    struct heap *heap = platform_zalloc(sizeof(*heap));

    if (heap == NULL)
    {
        win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    heap->signature = HEAP_SIGNATURE;
    heap->flags = (flOptions & PUBLISHED_FLAGS) | (dwMaximumSize == 0 ? HEAP_GROWABLE : 0);
    if (dwMaximumSize != 0)
    {
        heap->limit = dwInitialSize > dwMaximumSize ? dwInitialSize : dwMaximumSize;
    }
    return heap;
}

BOOL WINAPI HeapDestroy(HANDLE hHeap)
{
    struct heap *heap = heap_of(hHeap);
    struct heap_block *next;

    if (heap == heap_of_process())
    {
        return win32_fail(ERROR_INVALID_HANDLE);
    }
    for (struct heap_block *block = heap->first; block != NULL; block = next)
    {
        next = block->next;
        block->signature = 0;
        platform_free(block, block_bytes(block->capacity));
    }
    heap->signature = 0;
    platform_free(heap, sizeof(*heap));
    return TRUE;
}

LPVOID WINAPI HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes)
{
    struct heap *heap = heap_of(hHeap);
    void *memory = heap_allocate(heap, dwBytes, (dwFlags & HEAP_ZERO_MEMORY) != 0);

    return memory != NULL ? memory : out_of_memory(heap, dwFlags, dwBytes);
}

LPVOID WINAPI HeapReAlloc(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem, SIZE_T dwBytes)
{
    struct heap *heap = heap_of(hHeap);
    void *memory;

    if (lpMem == NULL)
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    memory =
        heap_resize(heap, lpMem, dwBytes, (dwFlags & HEAP_ZERO_MEMORY) != 0, (dwFlags & HEAP_REALLOC_IN_PLACE_ONLY) != 0);
    return memory != NULL ? memory : out_of_memory(heap, dwFlags, dwBytes);
}

BOOL WINAPI HeapFree(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem)
{
    struct heap *heap = heap_of(hHeap);

    if (lpMem != NULL)
    {
        heap_free(heap, lpMem);
    }
    return TRUE;
}

SIZE_T WINAPI HeapSize(HANDLE hHeap, DWORD dwFlags, LPCVOID lpMem)
{
    size_t size;

    if (!heap_find(heap_of(hHeap), lpMem, &size))
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return (SIZE_T)-1;
    }
    return size;
}

BOOL WINAPI HeapValidate(HANDLE hHeap, DWORD dwFlags, LPCVOID lpMem)
{
    struct heap *heap = hHeap;
    bool good = heap != NULL && heap->signature == HEAP_SIGNATURE;

    if (!good || lpMem != NULL)
    {
        return good && fault_of(heap, lpMem) == NULL;
    }
    heap_lock(heap);
    for (struct heap_block *block = heap->first; good && block != NULL; block = block->next)
    {
        good = fault_of(heap, block->memory) == NULL;
    }
    heap_unlock(heap);
    return good;
}

BOOL WINAPI HeapLock(HANDLE hHeap)
{
    heap_lock(heap_of(hHeap));
    return TRUE;
}

BOOL WINAPI HeapUnlock(HANDLE hHeap)
{
    struct heap *heap = heap_of(hHeap);

    if (!platform_mutex_is_mine(&heap->lock))
    {
        return win32_fail(ERROR_NOT_OWNER);
    }
    heap_unlock(heap);
    return TRUE;
}

BOOL WINAPI HeapWalk(HANDLE hHeap, LPPROCESS_HEAP_ENTRY lpEntry)
{
    struct heap *heap = heap_of(hHeap);
    struct heap_block *block;

    heap_lock(heap);
    block = lpEntry->lpData == NULL ? heap->first : block_of(lpEntry->lpData)->next;
    heap_unlock(heap);
    if (block == NULL)
    {
        return win32_fail(ERROR_NO_MORE_ITEMS);
    }
    *lpEntry = (PROCESS_HEAP_ENTRY){
        .lpData = block->memory,
        .cbData = (DWORD)block->size,
        .cbOverhead = sizeof(*block) + TAIL_SIZE,
        .wFlags = PROCESS_HEAP_ENTRY_BUSY,
    };
    return TRUE;
}

BOOL WINAPI HeapSummary(HANDLE hHeap, DWORD dwFlags, LPHEAP_SUMMARY lpSummary)
{
    struct heap *heap = heap_of(hHeap);

    if (lpSummary->cb != sizeof(*lpSummary))
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    heap_lock(heap);
    lpSummary->cbAllocated = heap->used;
    lpSummary->cbCommitted = heap->used;
    lpSummary->cbReserved = heap->limit != 0 ? heap->limit : heap->used;
    lpSummary->cbMaxReserve = heap->limit != 0 ? heap->limit : SIZE_MAX;
    heap_unlock(heap);
    return TRUE;
}

BOOL WINAPI HeapSetInformation(HANDLE HeapHandle, HEAP_INFORMATION_CLASS HeapInformationClass, PVOID HeapInformation,
                               SIZE_T HeapInformationLength)
{
    /* What it asks for is how every heap is here. */
    if (HeapInformationClass == HeapEnableTerminationOnCorruption)
    {
        return HeapInformationLength == 0 ? TRUE : win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (HeapInformationClass != HeapCompatibilityInformation || HeapInformationLength < sizeof(ULONG))
    {
        return win32_fail(HeapInformationClass == HeapCompatibilityInformation ? ERROR_INSUFFICIENT_BUFFER :
                                                                                 ERROR_INVALID_PARAMETER);
    }
    /* Two, the low-fragmentation heap, is what all are; going back is refused on Windows too. */
    return *(const ULONG *)HeapInformation == 2 ? TRUE : win32_fail(ERROR_GEN_FAILURE);
}

BOOL WINAPI HeapQueryInformation(HANDLE HeapHandle, HEAP_INFORMATION_CLASS HeapInformationClass, PVOID HeapInformation,
                                 SIZE_T HeapInformationLength, PSIZE_T ReturnLength)
{
    if (HeapInformationClass != HeapCompatibilityInformation)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (ReturnLength != NULL)
    {
        *ReturnLength = sizeof(ULONG);
    }
    if (HeapInformationLength < sizeof(ULONG))
    {
        return win32_fail(ERROR_INSUFFICIENT_BUFFER);
    }
    *(ULONG *)HeapInformation = 2;
    return TRUE;
}

PVOID NTAPI RtlAllocateHeap(PVOID HeapHandle, ULONG Flags, SIZE_T Size)
{
    return HeapAlloc(HeapHandle, Flags, Size);
}

BOOLEAN NTAPI RtlFreeHeap(PVOID HeapHandle, ULONG Flags, PVOID HeapBase)
{
    return HeapFree(HeapHandle, Flags, HeapBase) != FALSE;
}
