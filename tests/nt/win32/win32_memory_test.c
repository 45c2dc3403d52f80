/* SPDX-License-Identifier: MIT */
/*
 * Heaps, LocalAlloc, thread storage.
 */
#include "nt_case.h"

#include <windows.h>

#include <string.h>

#define THREADS 3

static HANDLE heap;
static DWORD slot;
static volatile LONG called;

static void blocks_have_their_size_and_are_zeroed_on_demand(void)
{
    PUCHAR block = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 100);

    CHECK(block != NULL && ((ULONG_PTR)block & 15) == 0);
    CHECK_EQUAL(HeapSize(GetProcessHeap(), 0, block), 100);
    for (int index = 0; index < 100; index++)
    {
        CHECK_EQUAL(block[index], 0);
    }
    memset(block, 0x5A, 100);
    block = HeapReAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, block, 1000);
    CHECK(block != NULL);
    CHECK(block[99] == 0x5A && block[100] == 0 && block[999] == 0);
    CHECK(HeapValidate(GetProcessHeap(), 0, block));
    CHECK(HeapValidate(GetProcessHeap(), 0, NULL));
    CHECK(HeapFree(GetProcessHeap(), 0, block));
    CHECK(HeapFree(GetProcessHeap(), 0, NULL));
}

static void a_block_of_no_bytes_is_a_block(void)
{
    PVOID block = HeapAlloc(GetProcessHeap(), 0, 0);

    CHECK(block != NULL);
    CHECK_EQUAL(HeapSize(GetProcessHeap(), 0, block), 0);
    CHECK(HeapFree(GetProcessHeap(), 0, block));
    CHECK(HeapAlloc(GetProcessHeap(), 0, (SIZE_T)-1) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
}

static void shrinking_stays_in_place_and_growing_may_not(void)
{
    PUCHAR block = HeapAlloc(GetProcessHeap(), 0, 64);

    CHECK(HeapReAlloc(GetProcessHeap(), 0, block, 10) == block);
    CHECK_EQUAL(HeapSize(GetProcessHeap(), 0, block), 10);
    CHECK(HeapReAlloc(GetProcessHeap(), HEAP_REALLOC_IN_PLACE_ONLY, block, 64) == block);
    CHECK(HeapReAlloc(GetProcessHeap(), HEAP_REALLOC_IN_PLACE_ONLY, block, 4096) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    CHECK_EQUAL(HeapSize(GetProcessHeap(), 0, block), 64);
    CHECK(HeapReAlloc(GetProcessHeap(), 0, NULL, 8) == NULL);
    CHECK(HeapFree(GetProcessHeap(), 0, block));
}

static void a_fixed_heap_holds_what_it_holds(void)
{
    PROCESS_HEAP_ENTRY entry = {0};
    int blocks = 0;

    heap = HeapCreate(0, 0, 65536);
    CHECK(heap != NULL);
    CHECK(HeapAlloc(heap, 0, 65536) == NULL);
    while (HeapAlloc(heap, 0, 8000) != NULL)
    {
        blocks++;
    }
    CHECK(blocks >= 7 && blocks <= 8);
    while (HeapWalk(heap, &entry))
    {
        CHECK_EQUAL(entry.cbData, 8000);
        blocks--;
    }
    CHECK_EQUAL(GetLastError(), ERROR_NO_MORE_ITEMS);
    CHECK_EQUAL(blocks, 0);
    CHECK(HeapDestroy(heap));
}

static void destroying_a_heap_frees_its_blocks(void)
{
    heap = HeapCreate(0, 4096, 0);
    for (int round = 0; round < 10; round++)
    {
        CHECK(HeapAlloc(heap, 0, 100) != NULL);
    }
    CHECK(HeapLock(heap) && HeapLock(heap));
    CHECK(HeapAlloc(heap, 0, 100) != NULL);
    CHECK(HeapUnlock(heap) && HeapUnlock(heap));
    CHECK(!HeapUnlock(heap));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_OWNER);
    CHECK(HeapValidate(heap, 0, NULL));
    CHECK(HeapDestroy(heap));
    CHECK(!HeapDestroy(GetProcessHeap()));
}

static void allocate_and_free(void *argument)
{
    for (int round = 0; round < 10; round++)
    {
        PVOID first = HeapAlloc(heap, 0, 24);
        PVOID second = HeapAlloc(heap, 0, 48);

        CHECK(first != NULL && second != NULL);
        CHECK(HeapFree(heap, 0, first));
        CHECK(HeapFree(heap, 0, second));
    }
}

static void run_threads(void (*body)(void *argument))
{
    struct nt_thread *threads[THREADS];

    for (size_t index = 0; index < THREADS; index++)
    {
        threads[index] = nt_thread_start(body, (void *)(ULONG_PTR)index);
    }
    for (size_t index = 0; index < THREADS; index++)
    {
        nt_thread_join(threads[index]);
    }
}

static void threads_share_a_heap(void)
{
    heap = HeapCreate(0, 0, 0);
    run_threads(allocate_and_free);
    CHECK(HeapDestroy(heap));
}

static void a_write_behind_a_block_is_found(void)
{
    PUCHAR block = HeapAlloc(GetProcessHeap(), 0, 10);

    block[10] = 1;
    CHECK(!HeapValidate(GetProcessHeap(), 0, block));
    (void)HeapFree(GetProcessHeap(), 0, block);
}

static void freeing_into_another_heap_is_found(void)
{
    heap = HeapCreate(0, 0, 0);
    (void)HeapFree(heap, 0, HeapAlloc(GetProcessHeap(), 0, 10));
}

static void an_exception_for_want_of_memory_stops(void)
{
    heap = HeapCreate(HEAP_GENERATE_EXCEPTIONS, 0, 4096);
    (void)HeapAlloc(heap, 0, 100000);
}

static void use_heaps(void)
{
    HANDLE own = HeapCreate(0, 0, 0);
    HLOCAL local = LocalAlloc(LHND, 10);

    if (own != NULL)
    {
        PVOID block = HeapAlloc(own, 0, 10);

        if (block != NULL)
        {
            PVOID grown = HeapReAlloc(own, 0, block, 1000);

            CHECK(HeapFree(own, 0, grown != NULL ? grown : block));
        }
        CHECK(HeapDestroy(own));
    }
    CHECK(local != NULL || GetLastError() == ERROR_NOT_ENOUGH_MEMORY);
    CHECK(LocalFree(local) == NULL);
}

static void want_of_memory_is_reported_and_leaks_nothing(void)
{
    nt_fail_each_allocation(use_heaps);
}

static void the_handle_of_fixed_memory_is_its_address(void)
{
    PUCHAR block = LocalAlloc(LPTR, 20);

    CHECK(block != NULL && block[19] == 0);
    CHECK(LocalLock(block) == block);
    CHECK_EQUAL(LocalSize(block), 20);
    CHECK_EQUAL(LocalFlags(block), 0);
    CHECK(!LocalUnlock(block));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_LOCKED);
    CHECK(GlobalUnlock(block));
    block = LocalReAlloc(block, 2000, LMEM_MOVEABLE | LMEM_ZEROINIT);
    CHECK(block != NULL && block[1999] == 0);
    CHECK(LocalFree(block) == NULL);
    CHECK(LocalFree(NULL) == NULL);
    CHECK(LocalAlloc(0x10000, 1) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void movable_memory_is_used_while_it_is_locked(void)
{
    HGLOBAL handle = GlobalAlloc(GHND, 16);
    PUCHAR block = GlobalLock(handle);

    CHECK(block != NULL && (PVOID)block != handle && block[15] == 0);
    CHECK(GlobalLock(handle) == block);
    CHECK_EQUAL(GlobalFlags(handle), 2);
    CHECK(GlobalUnlock(handle));
    SetLastError(1);
    CHECK(!GlobalUnlock(handle));
    CHECK_EQUAL(GetLastError(), NO_ERROR);
    CHECK(!GlobalUnlock(handle));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_LOCKED);
    CHECK(GlobalReAlloc(handle, 100, 0) == handle);
    CHECK_EQUAL(GlobalSize(handle), 100);
    CHECK(GlobalReAlloc(handle, 0, GMEM_MOVEABLE) == handle);
    CHECK(GlobalLock(handle) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_DISCARDED);
    CHECK_EQUAL(GlobalFlags(handle), GMEM_DISCARDED);
    CHECK(GlobalFree(handle) == NULL);
}

static void keep_a_value_of_its_own(void *argument)
{
    SetLastError(1);
    CHECK(TlsGetValue(slot) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_SUCCESS);
    CHECK(TlsSetValue(slot, argument));
    CHECK(TlsGetValue(slot) == argument);
}

static void thread_storage_is_each_threads_own(void)
{
    slot = TlsAlloc();
    CHECK(slot != TLS_OUT_OF_INDEXES);
    CHECK(TlsSetValue(slot, &slot));
    run_threads(keep_a_value_of_its_own);
    CHECK(TlsGetValue(slot) == &slot);
    CHECK(TlsFree(slot));
    CHECK(!TlsFree(slot));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(TlsAlloc(), slot);
    CHECK(TlsGetValue(slot) == NULL);
    CHECK(TlsFree(slot));
    CHECK(!TlsSetValue(TLS_OUT_OF_INDEXES, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(TlsGetValue(5000) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void indexes_run_out(void)
{
    DWORD taken[TLS_MINIMUM_AVAILABLE + 1024 + 1];
    DWORD count = 0;

    while ((taken[count] = TlsAlloc()) != TLS_OUT_OF_INDEXES)
    {
        count++;
    }
    CHECK_EQUAL(GetLastError(), ERROR_NO_MORE_ITEMS);
    CHECK_EQUAL(count, 1088);
    while (count != 0)
    {
        CHECK(TlsFree(taken[--count]));
    }
}

static void CALLBACK note_value(PVOID value)
{
    (void)InterlockedExchangeAdd(&called, (LONG)(ULONG_PTR)value);
}

static void leave_a_value(void *argument)
{
    CHECK(FlsSetValue(slot, (PVOID)((ULONG_PTR)argument + 1)));
}

static void a_threads_end_calls_back_for_what_it_left(void)
{
    called = 0;
    slot = FlsAlloc(note_value);
    CHECK(slot != FLS_OUT_OF_INDEXES && slot != 0);
    run_threads(leave_a_value);
    CHECK_EQUAL(called, 1 + 2 + 3);
    CHECK(FlsFree(slot));
    CHECK_EQUAL(called, 1 + 2 + 3);
}

static void freeing_a_fiber_index_calls_back_for_each_value(void)
{
    called = 0;
    slot = FlsAlloc(note_value);
    CHECK(FlsSetValue(slot, (PVOID)5));
    CHECK(FlsGetValue(slot) == (PVOID)5);
    CHECK(FlsFree(slot));
    CHECK_EQUAL(called, 5);
    CHECK(!FlsFree(slot));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(!FlsSetValue(0, NULL));
    CHECK(FlsGetValue(FLS_MAXIMUM_AVAILABLE) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

const struct nt_case nt_cases[] = {
    CASE(blocks_have_their_size_and_are_zeroed_on_demand),
    CASE(a_block_of_no_bytes_is_a_block),
    CASE(shrinking_stays_in_place_and_growing_may_not),
    CASE(a_fixed_heap_holds_what_it_holds),
    CASE(destroying_a_heap_frees_its_blocks),
    CASE(threads_share_a_heap),
    STOPS(a_write_behind_a_block_is_found, "heap corruption"),
    STOPS(freeing_into_another_heap_is_found, "of another heap"),
    STOPS(an_exception_for_want_of_memory_stops, "STATUS_NO_MEMORY"),
    CASE(want_of_memory_is_reported_and_leaks_nothing),
    CASE(the_handle_of_fixed_memory_is_its_address),
    CASE(movable_memory_is_used_while_it_is_locked),
    CASE(thread_storage_is_each_threads_own),
    CASE(indexes_run_out),
    CASE(a_threads_end_calls_back_for_what_it_left),
    CASE(freeing_a_fiber_index_calls_back_for_each_value),
    CASES_END,
};
