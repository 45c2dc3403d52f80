/* SPDX-License-Identifier: MIT */
/*
 * Memory descriptor lists, pages, and questions about addresses.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <string.h>
#include <sys/mman.h>

#include "nt/memory/pool_tags.h"
#include "nt/run.h"

#define MDL_TAG 0x206C644Du

static _Alignas(PAGE_SIZE) char pages[40 * PAGE_SIZE];

/* Two pages of which only the first can be read. */
static char *half_readable(void)
{
    char *memory = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    CHECK(memory != MAP_FAILED);
    CHECK(munmap(memory + PAGE_SIZE, PAGE_SIZE) == 0);
    return memory;
}

static PMDL allocate(void *address, ULONG length)
{
    PMDL mdl = IoAllocateMdl(address, length, FALSE, FALSE, NULL);

    CHECK(mdl != NULL);
    return mdl;
}

static PHYSICAL_ADDRESS physical(LONGLONG address)
{
    PHYSICAL_ADDRESS result = {.QuadPart = address};

    return result;
}

static void list_describes_its_range(void)
{
    PMDL mdl = allocate(pages + 100, 2 * PAGE_SIZE);

    CHECK(mdl->Next == NULL);
    CHECK(MmGetMdlBaseVa(mdl) == pages);
    CHECK_EQUAL(MmGetMdlByteOffset(mdl), 100);
    CHECK_EQUAL(MmGetMdlByteCount(mdl), 2 * PAGE_SIZE);
    CHECK(MmGetMdlVirtualAddress(mdl) == pages + 100);
    CHECK_EQUAL(mdl->MdlFlags, MDL_ALLOCATED_FIXED_SIZE);
    IoFreeMdl(mdl);
    mdl = allocate(pages, 18 * PAGE_SIZE);
    CHECK_EQUAL(mdl->MdlFlags, 0);
    IoFreeMdl(mdl);
}

static void size_of_a_list_counts_the_pages_that_it_touches(void)
{
    CHECK_EQUAL(MmSizeOfMdl(pages, 0), sizeof(MDL));
    CHECK_EQUAL(MmSizeOfMdl(pages, 1), sizeof(MDL) + sizeof(PFN_NUMBER));
    CHECK_EQUAL(MmSizeOfMdl(pages + PAGE_SIZE - 1, 2), sizeof(MDL) + 2 * sizeof(PFN_NUMBER));
}

static void lists_of_a_packet_are_chained(void)
{
    static IRP irp;
    PMDL first;
    PMDL second;

    irp.MdlAddress = NULL;
    first = IoAllocateMdl(pages, 10, FALSE, FALSE, &irp);
    CHECK(irp.MdlAddress == first);
    second = IoAllocateMdl(pages, 10, TRUE, FALSE, &irp);
    CHECK(irp.MdlAddress == first && first->Next == second && second->Next == NULL);
    IoFreeMdl(second);
    IoFreeMdl(first);
    irp.MdlAddress = NULL;
    first = IoAllocateMdl(pages, 10, TRUE, FALSE, &irp);
    CHECK(irp.MdlAddress == first);
    IoFreeMdl(first);
}

static void list_of_nonpaged_pool_is_mapped_as_it_is(void)
{
    PMDL mdl = allocate(pages + 5, 100);

    MmBuildMdlForNonPagedPool(mdl);
    CHECK((mdl->MdlFlags & MDL_SOURCE_IS_NONPAGED_POOL) != 0);
    CHECK(MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority) == pages + 5);
    CHECK_EQUAL(MmGetMdlPfnArray(mdl)[0], (ULONG_PTR)pages >> PAGE_SHIFT);
    IoFreeMdl(mdl);
}

static void locked_list_is_mapped_and_unlocking_unmaps_it(void)
{
    PMDL mdl = allocate(pages + 5, 3 * PAGE_SIZE);

    MmProbeAndLockPages(mdl, KernelMode, IoModifyAccess);
    CHECK((mdl->MdlFlags & MDL_PAGES_LOCKED) != 0 && (mdl->MdlFlags & MDL_WRITE_OPERATION) != 0);
    CHECK_EQUAL(MmGetMdlPfnArray(mdl)[3], ((ULONG_PTR)pages >> PAGE_SHIFT) + 3);
    CHECK(MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority) == pages + 5);
    CHECK((mdl->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA) != 0);
    CHECK(MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority) == pages + 5);
    MmUnlockPages(mdl);
    CHECK_EQUAL(mdl->MdlFlags & (MDL_PAGES_LOCKED | MDL_MAPPED_TO_SYSTEM_VA | MDL_WRITE_OPERATION), 0);
    MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
    CHECK_EQUAL(mdl->MdlFlags & MDL_WRITE_OPERATION, 0);
    CHECK(MmMapLockedPages(mdl, KernelMode) == pages + 5);
    MmUnmapLockedPages(pages + 5, mdl);
    CHECK_EQUAL(mdl->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA, 0);
    CHECK(MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority) == pages + 5);
    MmUnmapLockedPages(pages + 5, mdl);
    MmUnlockPages(mdl);
    IoFreeMdl(mdl);
}

static void partial_list_takes_a_part_and_is_used_again(void)
{
    PMDL source = allocate(pages + 100, 3 * PAGE_SIZE);
    PMDL target = allocate(pages + 100, 3 * PAGE_SIZE);

    MmProbeAndLockPages(source, KernelMode, IoReadAccess);
    IoBuildPartialMdl(source, target, pages + 200, 50);
    CHECK(MmGetMdlVirtualAddress(target) == pages + 200);
    CHECK_EQUAL(MmGetMdlByteCount(target), 50);
    CHECK((target->MdlFlags & MDL_PARTIAL) != 0);
    CHECK(MmGetSystemAddressForMdlSafe(target, NormalPagePriority) == pages + 200);
    CHECK((target->MdlFlags & MDL_PARTIAL_HAS_BEEN_MAPPED) != 0);
    MmPrepareMdlForReuse(target);
    CHECK_EQUAL(target->MdlFlags & (MDL_PARTIAL_HAS_BEEN_MAPPED | MDL_MAPPED_TO_SYSTEM_VA), 0);
    IoBuildPartialMdl(source, target, pages + 100 + PAGE_SIZE, 0);
    CHECK_EQUAL(MmGetMdlByteCount(target), 2 * PAGE_SIZE);
    IoFreeMdl(target);
    MmUnlockPages(source);
    IoFreeMdl(source);
}

static void partial_list_of_a_mapped_one_is_mapped(void)
{
    PMDL source = allocate(pages, PAGE_SIZE);
    PMDL target = allocate(pages, PAGE_SIZE);

    MmBuildMdlForNonPagedPool(source);
    IoBuildPartialMdl(source, target, pages + 20, 10);
    CHECK(MmGetSystemAddressForMdlSafe(target, NormalPagePriority) == pages + 20);
    IoFreeMdl(target);
    IoFreeMdl(source);
    source = allocate(pages, PAGE_SIZE);
    target = allocate(pages, PAGE_SIZE);
    MmProbeAndLockPages(source, KernelMode, IoReadAccess);
    (void)MmGetSystemAddressForMdlSafe(source, NormalPagePriority);
    IoBuildPartialMdl(source, target, pages + 30, 10);
    CHECK((target->MdlFlags & MDL_PARENT_MAPPED_SYSTEM_VA) != 0);
    CHECK(MmGetSystemAddressForMdlSafe(target, NormalPagePriority) == pages + 30);
    IoFreeMdl(target);
    MmUnlockPages(source);
    IoFreeMdl(source);
}

static void advancing_drops_the_front(void)
{
    PMDL mdl = allocate(pages + 10, 2 * PAGE_SIZE);

    MmBuildMdlForNonPagedPool(mdl);
    CHECK_EQUAL(MmAdvanceMdl(mdl, 2 * PAGE_SIZE + 1), STATUS_INVALID_PARAMETER_2);
    CHECK_EQUAL(MmAdvanceMdl(mdl, PAGE_SIZE + 5), STATUS_SUCCESS);
    CHECK(MmGetMdlVirtualAddress(mdl) == pages + PAGE_SIZE + 15);
    CHECK(mdl->MappedSystemVa == pages + PAGE_SIZE + 15);
    CHECK_EQUAL(MmGetMdlByteCount(mdl), PAGE_SIZE - 5);
    CHECK_EQUAL(MmGetMdlPfnArray(mdl)[0], ((ULONG_PTR)pages >> PAGE_SHIFT) + 1);
    IoFreeMdl(mdl);
}

static void list_is_made_in_memory_of_the_caller_or_new(void)
{
    static struct
    {
        MDL mdl;
        PFN_NUMBER numbers[4];
    } own;
    PMDL mdl = MmCreateMdl(&own.mdl, pages, 100);

    CHECK(mdl == &own.mdl);
    CHECK_EQUAL(MmGetMdlByteCount(mdl), 100);
    mdl = MmCreateMdl(NULL, pages, 100);
    CHECK(mdl != NULL);
    ExFreePool(mdl);
}

static void pages_come_with_a_list_zeroed(void)
{
    PMDL mdl = MmAllocatePagesForMdlEx(physical(0), physical(-1), physical(0), 3 * PAGE_SIZE - 1, MmCached, 0);
    const char *memory;

    CHECK(mdl != NULL);
    CHECK_EQUAL(MmGetMdlByteCount(mdl), 3 * PAGE_SIZE);
    memory = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
    CHECK_EQUAL((ULONG_PTR)memory % PAGE_SIZE, 0);
    CHECK(memory[0] == 0 && memory[3 * PAGE_SIZE - 1] == 0);
    MmFreePagesFromMdl(mdl);
    ExFreePool(mdl);
}

static void pages_of_no_bytes_are_refused(void)
{
    CHECK(MmAllocatePagesForMdl(physical(0), physical(INT64_MAX), physical(0), 0) == NULL);
    CHECK(MmAllocateContiguousMemory(0, physical(INT64_MAX)) == NULL);
    CHECK(MmAllocateContiguousMemory(SIZE_MAX, physical(INT64_MAX)) == NULL);
}

static void contiguous_memory_keeps_to_its_limits(void)
{
    char *memory = MmAllocateContiguousMemory(5000, physical(INT64_MAX));
    char *low = MmAllocateContiguousMemory(5000, physical(0xFFFFFFFF));
    char *bounded = MmAllocateContiguousMemorySpecifyCache(3 * PAGE_SIZE, physical(0), physical(INT64_MAX),
                                                           physical(4 * PAGE_SIZE), MmNonCached);

    CHECK(memory != NULL && (ULONG_PTR)memory % PAGE_SIZE == 0);
    CHECK(low == NULL || (ULONG_PTR)low + 5000 - 1 <= 0xFFFFFFFF);
    CHECK(bounded != NULL);
    CHECK_EQUAL((ULONG_PTR)bounded / (4 * PAGE_SIZE), ((ULONG_PTR)bounded + 3 * PAGE_SIZE - 1) / (4 * PAGE_SIZE));
    CHECK(MmAllocateContiguousMemory(PAGE_SIZE, physical(4096)) == NULL);
    CHECK(MmAllocateContiguousMemorySpecifyCache(2 * PAGE_SIZE, physical(0), physical(INT64_MAX), physical(PAGE_SIZE),
                                                 MmCached) == NULL);
    CHECK(MmAllocateContiguousMemorySpecifyCache(PAGE_SIZE, physical(0), physical(INT64_MAX), physical(3 * PAGE_SIZE),
                                                 MmCached) == NULL);
    CHECK(MmAllocateContiguousNodeMemory(PAGE_SIZE, physical(0), physical(INT64_MAX), physical(0), PAGE_EXECUTE_READWRITE,
                                         MM_ANY_NODE_OK) == NULL);
    MmFreeContiguousMemory(memory);
    if (low != NULL)
    {
        MmFreeContiguousMemory(low);
    }
    MmFreeContiguousMemorySpecifyCache(bounded, 3 * PAGE_SIZE, MmNonCached);
    memory = MmAllocateNonCachedMemory(100);
    CHECK(memory != NULL);
    MmFreeNonCachedMemory(memory, 100);
}

static void each_allocation_once(void)
{
    PMDL mdl = IoAllocateMdl(pages, 100, FALSE, FALSE, NULL);
    PMDL with_pages = MmAllocatePagesForMdl(physical(0), physical(INT64_MAX), physical(0), PAGE_SIZE);
    void *contiguous = MmAllocateContiguousMemory(100, physical(INT64_MAX));

    if (mdl != NULL)
    {
        IoFreeMdl(mdl);
    }
    if (with_pages != NULL)
    {
        MmFreePagesFromMdl(with_pages);
        ExFreePool(with_pages);
    }
    if (contiguous != NULL)
    {
        MmFreeContiguousMemory(contiguous);
    }
}

static void every_allocation_answers_null_when_there_is_no_memory(void)
{
    int64_t before = pool_query_tag(MDL_TAG).bytes;

    nt_fail_each_allocation(each_allocation_once);
    CHECK_EQUAL(pool_query_tag(MDL_TAG).bytes, before);
}

static void addresses_are_judged(void)
{
    char *memory = half_readable();
    MM_COPY_ADDRESS source = {.VirtualAddress = memory + PAGE_SIZE - 10};
    char target[20];
    SIZE_T copied;

    CHECK(MmIsAddressValid(memory) && !MmIsAddressValid(memory + PAGE_SIZE) && !MmIsAddressValid(NULL));
    CHECK_EQUAL(MmGetPhysicalAddress(memory).QuadPart, (ULONG_PTR)memory);
    CHECK_EQUAL(MmGetPhysicalAddress(memory + PAGE_SIZE).QuadPart, 0);
    CHECK(MmGetVirtualForPhysical(MmGetPhysicalAddress(memory)) == memory);
    CHECK_EQUAL(MmCopyMemory(target, source, 10, MM_COPY_MEMORY_VIRTUAL, &copied), STATUS_SUCCESS);
    CHECK_EQUAL(copied, 10);
    CHECK_EQUAL(MmCopyMemory(target, source, 20, MM_COPY_MEMORY_VIRTUAL, &copied), STATUS_PARTIAL_COPY);
    CHECK_EQUAL(copied, 10);
    CHECK_EQUAL(MmCopyMemory(target, source, 10, 3, &copied), STATUS_INVALID_PARAMETER_4);
    source.VirtualAddress = memory + PAGE_SIZE;
    CHECK_EQUAL(MmCopyMemory(target, source, 10, MM_COPY_MEMORY_PHYSICAL, &copied), STATUS_ACCESS_VIOLATION);
    CHECK_EQUAL(copied, 0);
    (void)munmap(memory, PAGE_SIZE);
}

static void probes_let_good_memory_pass_and_empty_ranges(void)
{
    ProbeForRead(pages + 1, 100, 1);
    ProbeForRead(pages + 8, 100, 8);
    ProbeForRead((void *)3, 0, 4);
    ProbeForWrite(pages, sizeof(pages), 16);
    ProbeForWrite((void *)3, 0, 4);
}

static void functions_are_found_by_their_exact_name(void)
{
    UNICODE_STRING name;

    RtlInitUnicodeString(&name, L"ExAllocatePool2");
    CHECK(MmGetSystemRoutineAddress(&name) == (PVOID)(ULONG_PTR)ExAllocatePool2);
    RtlInitUnicodeString(&name, L"exallocatepool2");
    CHECK(MmGetSystemRoutineAddress(&name) == NULL);
    RtlInitUnicodeString(&name, L"ExAllocatePool27");
    CHECK(MmGetSystemRoutineAddress(&name) == NULL);
    RtlInitUnicodeString(&name, L"run_seed");
    CHECK(MmGetSystemRoutineAddress(&name) == NULL);
    RtlInitUnicodeString(&name, L"malloc");
    CHECK(MmGetSystemRoutineAddress(&name) == NULL);
    RtlInitUnicodeString(&name, L"");
    CHECK(MmGetSystemRoutineAddress(&name) == NULL);
}

static void function_that_is_only_declared_is_not_found(void)
{
    UNICODE_STRING name;

    RtlInitUnicodeString(&name, L"MmCreateMirror");
    CHECK(MmGetSystemRoutineAddress(&name) == NULL);
}

static void sections_are_locked_as_often_as_they_are_unlocked(void)
{
    PVOID handle = MmLockPagableDataSection(pages);

    CHECK(handle != NULL);
    MmLockPagableSectionByHandle(handle);
    MmUnlockPagableImageSection(handle);
    MmUnlockPagableImageSection(handle);
    CHECK(MmPageEntireDriver((PVOID)(ULONG_PTR)functions_are_found_by_their_exact_name) == handle);
    MmResetDriverPaging(pages);
}

static void section_is_unlocked_too_often(void)
{
    PVOID handle = MmLockPagableDataSection(pages);

    MmUnlockPagableImageSection(handle);
    MmUnlockPagableImageSection(handle);
}

static void locking_memory_of_no_image(void)
{
    (void)MmLockPagableDataSection(half_readable());
}

static void locking_what_cannot_be_read(void)
{
    MmProbeAndLockPages(allocate(half_readable(), PAGE_SIZE + 1), KernelMode, IoReadAccess);
}

static char *read_only(void)
{
    char *memory = mmap(NULL, 2 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    CHECK(memory != MAP_FAILED);
    CHECK(mprotect(memory, PAGE_SIZE, PROT_READ | PROT_WRITE) == 0);
    return memory;
}

static void memory_that_can_only_be_read_is_locked_for_reading(void)
{
    char *memory = read_only();
    PMDL mdl = allocate(memory, 2 * PAGE_SIZE);

    MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
    MmUnlockPages(mdl);
    IoFreeMdl(mdl);
    /* What can be written is locked for writing, and keeps what is in it. */
    memory[5] = 7;
    mdl = allocate(memory, PAGE_SIZE);
    MmProbeAndLockPages(mdl, KernelMode, IoModifyAccess);
    ProbeForWrite(memory, PAGE_SIZE, 1);
    CHECK_EQUAL(memory[5], 7);
    MmUnlockPages(mdl);
    IoFreeMdl(mdl);
    CHECK(munmap(memory, 2 * PAGE_SIZE) == 0);
}

static void locking_for_writing_what_can_only_be_read(void)
{
    MmProbeAndLockPages(allocate(read_only(), PAGE_SIZE + 1), KernelMode, IoWriteAccess);
}

static void probing_for_writing_what_can_only_be_read(void)
{
    ProbeForWrite(read_only(), PAGE_SIZE + 1, 1);
}

static void locking_twice(void)
{
    PMDL mdl = allocate(pages, 10);

    MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
    MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
}

static void unlocking_twice(void)
{
    PMDL mdl = allocate(pages, 10);

    MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
    MmUnlockPages(mdl);
    MmUnlockPages(mdl);
}

static void mapping_what_is_not_locked(void)
{
    (void)MmGetSystemAddressForMdlSafe(allocate(pages, 10), NormalPagePriority);
}

static void unmapping_elsewhere(void)
{
    PMDL mdl = allocate(pages, 10);

    MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
    (void)MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
    MmUnmapLockedPages(pages + 1, mdl);
}

static void freeing_a_list_whose_pages_are_locked(void)
{
    PMDL mdl = allocate(pages, 10);

    MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
    IoFreeMdl(mdl);
}

static void partial_list_without_room(void)
{
    PMDL source = allocate(pages, 30 * PAGE_SIZE);
    PMDL target = allocate(pages, PAGE_SIZE);

    MmBuildMdlForNonPagedPool(source);
    IoBuildPartialMdl(source, target, pages, 30 * PAGE_SIZE);
}

static void partial_list_beyond_its_source(void)
{
    PMDL source = allocate(pages, PAGE_SIZE);
    PMDL target = allocate(pages, 2 * PAGE_SIZE);

    MmBuildMdlForNonPagedPool(source);
    IoBuildPartialMdl(source, target, pages + 10, PAGE_SIZE);
}

static void freeing_contiguous_memory_twice(void)
{
    void *memory = MmAllocateContiguousMemory(100, physical(INT64_MAX));

    MmFreeContiguousMemory(memory);
    MmFreeContiguousMemory(memory);
}

static void freeing_pages_of_a_list_that_has_none(void)
{
    PMDL mdl = allocate(pages, 10);

    MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
    MmFreePagesFromMdl(mdl);
}

static void probing_misaligned_memory(void)
{
    ProbeForRead(pages + 2, 100, 4);
}

static void probing_beyond_the_end(void)
{
    ProbeForRead(pages, SIZE_MAX, 1);
}

static void probing_what_is_not_there(void)
{
    ProbeForWrite(half_readable(), PAGE_SIZE + 1, 1);
}

/*
 * Interlocked lists.
 */
static KSPIN_LOCK lock;

static void interlocked_lists_give_what_was_there(void)
{
    LIST_ENTRY head;
    LIST_ENTRY entries[3];

    KeInitializeSpinLock(&lock);
    InitializeListHead(&head);
    CHECK(ExInterlockedRemoveHeadList(&head, &lock) == NULL);
    CHECK(ExInterlockedInsertHeadList(&head, &entries[0], &lock) == NULL);
    CHECK(ExInterlockedInsertTailList(&head, &entries[1], &lock) == &entries[0]);
    CHECK(ExInterlockedInsertHeadList(&head, &entries[2], &lock) == &entries[0]);
    CHECK(ExInterlockedRemoveHeadList(&head, &lock) == &entries[2]);
    CHECK(ExInterlockedRemoveHeadList(&head, &lock) == &entries[0]);
    CHECK(ExInterlockedRemoveHeadList(&head, &lock) == &entries[1]);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
}

static void interlocked_stacks_give_what_was_there(void)
{
    SINGLE_LIST_ENTRY head = {NULL};
    SINGLE_LIST_ENTRY entries[2];
    KIRQL irql;

    KeInitializeSpinLock(&lock);
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    CHECK(ExInterlockedPopEntryList(&head, &lock) == NULL);
    CHECK(ExInterlockedPushEntryList(&head, &entries[0], &lock) == NULL);
    CHECK(ExInterlockedPushEntryList(&head, &entries[1], &lock) == &entries[0]);
    CHECK(ExInterlockedPopEntryList(&head, &lock) == &entries[1]);
    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    KeLowerIrql(irql);
}

static LARGE_INTEGER large;
static ULONG small;

static void add_interlocked(void *argument)
{
    LARGE_INTEGER one = {.QuadPart = 1};

    for (int round = 0; round < 50; round++)
    {
        (void)ExInterlockedAddLargeInteger(&large, one, &lock);
        (void)ExInterlockedAddUlong(&small, 2, &lock);
    }
}

static void interlocked_sums_lose_nothing(void)
{
    struct nt_thread *one;
    struct nt_thread *two;
    LARGE_INTEGER step = {.QuadPart = -5};

    KeInitializeSpinLock(&lock);
    large.QuadPart = 0xFFFFFFFF;
    small = MAXULONG;
    one = nt_thread_start(add_interlocked, NULL);
    two = nt_thread_start(add_interlocked, NULL);
    nt_thread_join(one);
    nt_thread_join(two);
    CHECK_EQUAL(large.QuadPart, 0xFFFFFFFFll + 100);
    CHECK_EQUAL(ExInterlockedAddLargeInteger(&large, step, &lock).QuadPart, 0xFFFFFFFFll + 100);
    CHECK_EQUAL(large.QuadPart, 0xFFFFFFFFll + 95);
    CHECK_EQUAL(ExInterlockedAddUlong(&small, 1, &lock), 199);
}

const struct nt_case nt_cases[] = {
    CASE(list_describes_its_range),
    CASE(size_of_a_list_counts_the_pages_that_it_touches),
    CASE(lists_of_a_packet_are_chained),
    CASE(list_of_nonpaged_pool_is_mapped_as_it_is),
    CASE(locked_list_is_mapped_and_unlocking_unmaps_it),
    CASE(partial_list_takes_a_part_and_is_used_again),
    CASE(partial_list_of_a_mapped_one_is_mapped),
    CASE(advancing_drops_the_front),
    CASE(list_is_made_in_memory_of_the_caller_or_new),
    CASE(pages_come_with_a_list_zeroed),
    CASE(pages_of_no_bytes_are_refused),
    CASE(contiguous_memory_keeps_to_its_limits),
    CASE(every_allocation_answers_null_when_there_is_no_memory),
    CASE(addresses_are_judged),
    CASE(probes_let_good_memory_pass_and_empty_ranges),
    CASE(functions_are_found_by_their_exact_name),
    CASE(function_that_is_only_declared_is_not_found),
    CASE(sections_are_locked_as_often_as_they_are_unlocked),
    CASE(interlocked_lists_give_what_was_there),
    CASE(interlocked_stacks_give_what_was_there),
    CASE(interlocked_sums_lose_nothing),
    STOPS(section_is_unlocked_too_often, "MEMORY_MANAGEMENT (0x1010"),
    STOPS(locking_memory_of_no_image, "MEMORY_MANAGEMENT (0x1234"),
    CASE(memory_that_can_only_be_read_is_locked_for_reading),
    STOPS(locking_what_cannot_be_read, "STATUS_ACCESS_VIOLATION was raised"),
    STOPS(locking_for_writing_what_can_only_be_read, "STATUS_ACCESS_VIOLATION was raised"),
    STOPS(probing_for_writing_what_can_only_be_read, "STATUS_ACCESS_VIOLATION was raised"),
    STOPS(locking_twice, "is locked or mapped already"),
    STOPS(unlocking_twice, "MEMORY_MANAGEMENT (0x1236"),
    STOPS(mapping_what_is_not_locked, "MEMORY_MANAGEMENT (0x1233"),
    STOPS(unmapping_elsewhere, "MEMORY_MANAGEMENT (0x1240"),
    STOPS(freeing_a_list_whose_pages_are_locked, "DRIVER_LEFT_LOCKED_PAGES_IN_PROCESS"),
    STOPS(partial_list_without_room, "TARGET_MDL_TOO_SMALL"),
    STOPS(partial_list_beyond_its_source, "does not describe what a partial MDL"),
    STOPS(freeing_contiguous_memory_twice, "BAD_POOL_CALLER (0x60"),
    STOPS(freeing_pages_of_a_list_that_has_none, "does not describe pages"),
    STOPS(probing_misaligned_memory, "STATUS_DATATYPE_MISALIGNMENT was raised"),
    STOPS(probing_beyond_the_end, "STATUS_ACCESS_VIOLATION was raised"),
    STOPS(probing_what_is_not_there, "STATUS_ACCESS_VIOLATION was raised"),
    CASES_END,
};
