/* SPDX-License-Identifier: MIT */
/*
 * Memory descriptor lists. One process, one address space: what a list describes is mapped where it is, so that mapping it gives
 * the address that it was built from, and a page frame's number is that of the page. What counts is who did what with a list:
 * its flags are kept as published, and what the published functions stop for stops here.
 */
#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/debug/raise.h"
#include "nt/memory/pages.h"

#define MDL_TAG 0x206C644Du /* "Mdl " */

enum
{
    /* Lists up to this many pages are marked as being of the fixed size. */
    FIXED_PAGES = 17,
    /* The first parameter of MEMORY_MANAGEMENT. */
    NOT_LOCKED = 0x1233,
    UNLOCKED_TWICE = 0x1236,
    NOT_MAPPED_THERE = 0x1240,
};

static inline void *mdl_address(const MDL *mdl)
{
    return (char *)mdl->StartVa + mdl->ByteOffset;
}

static inline SIZE_T mdl_pages(const MDL *mdl)
{
    return ADDRESS_AND_SIZE_TO_SPAN_PAGES(mdl_address(mdl), mdl->ByteCount);
}

static inline bool mdl_has(const MDL *mdl, LONG flags)
{
    return (mdl->MdlFlags & flags) != 0;
}

static inline void mdl_change(PMDL mdl, LONG clear, LONG set)
{
    mdl->MdlFlags = (CSHORT)((mdl->MdlFlags & ~clear) | set);
}

static _Noreturn void mdl_misuse(ULONG_PTR kind, const MDL *mdl, const char *what)
{
    bugcheck_explained(MEMORY_MANAGEMENT, kind, (ULONG_PTR)mdl, (ULONG_PTR)(ULONG)mdl->MdlFlags, (ULONG_PTR)mdl_address(mdl),
                       "the MDL at %p, for %u bytes at %p, %s", (const void *)mdl, mdl->ByteCount, mdl_address(mdl), what);
}

static void mdl_fill_pages(PMDL mdl)
{
    PPFN_NUMBER pages = MmGetMdlPfnArray(mdl);
    SIZE_T count = mdl_pages(mdl);

    for (SIZE_T index = 0; index < count; index++)
    {
        pages[index] = ((ULONG_PTR)mdl->StartVa >> PAGE_SHIFT) + index;
    }
}

static PMDL mdl_allocate(void *address, SIZE_T length)
{
    SIZE_T count = ADDRESS_AND_SIZE_TO_SPAN_PAGES(address, length);
    SIZE_T room = count > FIXED_PAGES ? count : FIXED_PAGES;
    PMDL mdl = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*mdl) + room * sizeof(PFN_NUMBER), MDL_TAG);

    if (mdl != NULL)
    {
        MmInitializeMdl(mdl, address, length);
        if (count <= FIXED_PAGES)
        {
            mdl->Size = (CSHORT)(sizeof(*mdl) + FIXED_PAGES * sizeof(PFN_NUMBER));
            mdl->MdlFlags = MDL_ALLOCATED_FIXED_SIZE;
        }
    }
    return mdl;
}

/* The first list of a packet, or one more behind those that it has. */
static void irp_attach(PIRP irp, PMDL mdl, BOOLEAN secondary)
{
    PMDL last = irp->MdlAddress;

    if (!secondary || last == NULL)
    {
        irp->MdlAddress = mdl;
        return;
    }
    while (last->Next != NULL)
    {
        last = last->Next;
    }
    last->Next = mdl;
}

/* The last step of each way to map: a list that is mapped says so itself. */
static void *mdl_map(PMDL mdl)
{
    void *address = mdl_address(mdl);

    mdl->MappedSystemVa = address;
    mdl_change(mdl, 0, MDL_MAPPED_TO_SYSTEM_VA | (mdl_has(mdl, MDL_PARTIAL) ? MDL_PARTIAL_HAS_BEEN_MAPPED : 0));
    return address;
}

static void mdl_unmap(PMDL mdl)
{
    mdl_change(mdl, MDL_MAPPED_TO_SYSTEM_VA | MDL_PARTIAL_HAS_BEEN_MAPPED | MDL_PARENT_MAPPED_SYSTEM_VA, 0);
    mdl->MappedSystemVa = NULL;
}

static void partial_build(PMDL source, PMDL target, char *address, ULONG length)
{
    char *start = mdl_address(source);
    SIZE_T offset = (SIZE_T)(address - start);

    if (address < start || offset > source->ByteCount || length > source->ByteCount - offset)
    {
        mdl_misuse(NOT_LOCKED, source, "does not describe what a partial MDL is to take from it");
    }
    if (length == 0)
    {
        length = (ULONG)(source->ByteCount - offset);
    }
    if (ADDRESS_AND_SIZE_TO_SPAN_PAGES(address, length) > ((SIZE_T)target->Size - sizeof(*target)) / sizeof(PFN_NUMBER))
    {
        bugcheck_explained(TARGET_MDL_TOO_SMALL, (ULONG_PTR)target, (ULONG_PTR)source, (ULONG_PTR)address, length,
                           "the MDL at %p has no room for %u bytes at %p", (void *)target, length, (void *)address);
    }
    target->StartVa = PAGE_ALIGN(address);
    target->ByteOffset = BYTE_OFFSET(address);
    target->ByteCount = length;
    target->Process = source->Process;
    mdl_change(target, ~(MDL_ALLOCATED_FIXED_SIZE | MDL_ALLOCATED_MUST_SUCCEED),
               MDL_PARTIAL | (source->MdlFlags & (MDL_SOURCE_IS_NONPAGED_POOL | MDL_MAPPED_TO_SYSTEM_VA | MDL_IO_SPACE)));
    target->MappedSystemVa = NULL;
    if (mdl_has(source, MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL))
    {
        target->MappedSystemVa = (char *)source->MappedSystemVa + offset;
        mdl_change(target, 0, mdl_has(source, MDL_MAPPED_TO_SYSTEM_VA) ? MDL_PARENT_MAPPED_SYSTEM_VA : 0);
    }
    mdl_fill_pages(target);
}

/* Describes less of the front: bytes that were used up. */
static void mdl_advance(PMDL mdl, ULONG bytes)
{
    char *address = (char *)mdl_address(mdl) + bytes;

    mdl->StartVa = PAGE_ALIGN(address);
    mdl->ByteOffset = BYTE_OFFSET(address);
    mdl->ByteCount -= bytes;
    if (mdl_has(mdl, MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL))
    {
        mdl->MappedSystemVa = (char *)mdl->MappedSystemVa + bytes;
    }
    mdl_fill_pages(mdl);
}

/* IoReadAccess is a device that reads the memory; the others write it. */
static bool can_be_accessed(void *address, SIZE_T bytes, LOCK_OPERATION operation)
{
    return operation == IoReadAccess ? platform_is_readable(address, bytes) : platform_is_writable(address, bytes);
}

/* As many pages as can be had: all of them or, unless all are required, half, a quarter, ... */
static void *pages_for_mdl(struct page_wish *wish, bool all)
{
    void *pages = pages_allocate(wish);

    while (pages == NULL && !all && wish->bytes > PAGE_SIZE)
    {
        wish->bytes = ROUND_TO_PAGES(wish->bytes / 2);
        pages = pages_allocate(wish);
    }
    return pages;
}

static PMDL mdl_allocate_pages(PHYSICAL_ADDRESS low, PHYSICAL_ADDRESS high, SIZE_T bytes, ULONG flags)
{
    struct page_wish wish = {
        .bytes = bytes, .lowest = (ULONG_PTR)low.QuadPart, .highest = (ULONG_PTR)high.QuadPart, .boundary = 0};
    void *pages;
    PMDL mdl;

    if (bytes == 0 || bytes > MAXULONG - PAGE_SIZE)
    {
        return NULL;
    }
    pages = pages_for_mdl(&wish, (flags & MM_ALLOCATE_FULLY_REQUIRED) != 0);
    if (pages == NULL)
    {
        return NULL;
    }
    mdl = mdl_allocate(pages, ROUND_TO_PAGES(wish.bytes));
    if (mdl == NULL)
    {
        (void)pages_free(pages);
        return NULL;
    }
    mdl_change(mdl, 0, MDL_PAGES_LOCKED);
    mdl_fill_pages(mdl);
    return mdl;
}

/*
 * Published entry points.
 */
PMDL IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN SecondaryBuffer, BOOLEAN ChargeQuota, PIRP Irp)
{
    PMDL mdl = Length > MAXULONG - PAGE_SIZE ? NULL : mdl_allocate(VirtualAddress, Length);

    if (mdl != NULL && Irp != NULL)
    {
        irp_attach(Irp, mdl, SecondaryBuffer);
    }
    return mdl;
}

VOID IoFreeMdl(PMDL Mdl)
{
    if (mdl_has(Mdl, MDL_PAGES_LOCKED) && !mdl_has(Mdl, MDL_PARTIAL))
    {
        bugcheck_explained(DRIVER_LEFT_LOCKED_PAGES_IN_PROCESS, (ULONG_PTR)__builtin_return_address(0), (ULONG_PTR)Mdl, 0,
                           mdl_pages(Mdl), "the MDL at %p is freed while its pages are locked", (void *)Mdl);
    }
    MmPrepareMdlForReuse(Mdl);
    ExFreePoolWithTag(Mdl, MDL_TAG);
}

VOID IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length)
{
    partial_build(SourceMdl, TargetMdl, VirtualAddress, Length);
}

SIZE_T MmSizeOfMdl(PVOID Base, SIZE_T Length)
{
    return sizeof(MDL) + ADDRESS_AND_SIZE_TO_SPAN_PAGES(Base, Length) * sizeof(PFN_NUMBER);
}

PMDL MmCreateMdl(PMDL MemoryDescriptorList, PVOID Base, SIZE_T Length)
{
    if (MemoryDescriptorList == NULL)
    {
        return Length > MAXULONG - PAGE_SIZE ? NULL : mdl_allocate(Base, Length);
    }
    MmInitializeMdl(MemoryDescriptorList, Base, Length);
    return MemoryDescriptorList;
}

VOID MmBuildMdlForNonPagedPool(PMDLX MemoryDescriptorList)
{
    if (mdl_has(MemoryDescriptorList, MDL_PAGES_LOCKED | MDL_MAPPED_TO_SYSTEM_VA | MDL_PARTIAL))
    {
        mdl_misuse(NOT_LOCKED, MemoryDescriptorList, "describes locked, mapped or partial memory already");
    }
    mdl_fill_pages(MemoryDescriptorList);
    MemoryDescriptorList->MappedSystemVa = mdl_address(MemoryDescriptorList);
    mdl_change(MemoryDescriptorList, 0, MDL_SOURCE_IS_NONPAGED_POOL);
}

VOID MmProbeAndLockPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode, LOCK_OPERATION Operation)
{
    PMDL mdl = MemoryDescriptorList;

    if (mdl_has(mdl, MDL_PAGES_LOCKED | MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL | MDL_PARTIAL | MDL_IO_SPACE))
    {
        mdl_misuse(NOT_LOCKED, mdl, "is locked or mapped already, or describes what cannot be locked");
    }
    if (mdl->ByteCount == 0 || !can_be_accessed(mdl_address(mdl), mdl->ByteCount, Operation))
    {
        raise_status(STATUS_ACCESS_VIOLATION);
    }
    mdl_fill_pages(mdl);
    mdl_change(mdl, MDL_WRITE_OPERATION, MDL_PAGES_LOCKED | (Operation == IoReadAccess ? 0 : MDL_WRITE_OPERATION));
}

VOID MmUnlockPages(PMDL MemoryDescriptorList)
{
    PMDL mdl = MemoryDescriptorList;

    if (!mdl_has(mdl, MDL_PAGES_LOCKED) || mdl_has(mdl, MDL_PARTIAL | MDL_SOURCE_IS_NONPAGED_POOL))
    {
        mdl_misuse(UNLOCKED_TWICE, mdl, "is unlocked but not locked");
    }
    if (mdl_has(mdl, MDL_MAPPED_TO_SYSTEM_VA))
    {
        mdl_unmap(mdl);
    }
    mdl_change(mdl, MDL_PAGES_LOCKED | MDL_WRITE_OPERATION, 0);
}

PVOID MmMapLockedPagesSpecifyCache(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode, MEMORY_CACHING_TYPE CacheType,
                                   PVOID RequestedAddress, ULONG BugCheckOnFailure, ULONG Priority)
{
    PMDL mdl = MemoryDescriptorList;

    if (!mdl_has(mdl, MDL_PAGES_LOCKED | MDL_PARTIAL))
    {
        mdl_misuse(NOT_LOCKED, mdl, "is mapped, but its pages are not locked");
    }
    if (AccessMode != KernelMode)
    {
        /* A program's mapping is not the list's; there may be several. */
        if (RequestedAddress != NULL && RequestedAddress != mdl_address(mdl))
        {
            raise_status(STATUS_CONFLICTING_ADDRESSES);
        }
        return mdl_address(mdl);
    }
    if (mdl_has(mdl, MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL))
    {
        mdl_misuse(NOT_MAPPED_THERE, mdl, "is mapped already");
    }
    return mdl_map(mdl);
}

PVOID MmMapLockedPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode)
{
    return MmMapLockedPagesSpecifyCache(MemoryDescriptorList, AccessMode, MmCached, NULL, TRUE, HighPagePriority);
}

VOID MmUnmapLockedPages(PVOID BaseAddress, PMDL MemoryDescriptorList)
{
    PMDL mdl = MemoryDescriptorList;

    if (mdl_has(mdl, MDL_MAPPED_TO_SYSTEM_VA) && BaseAddress == mdl->MappedSystemVa)
    {
        mdl_unmap(mdl);
        return;
    }
    if (BaseAddress != mdl_address(mdl) || !mdl_has(mdl, MDL_PAGES_LOCKED))
    {
        mdl_misuse(NOT_MAPPED_THERE, mdl, "is not mapped where it is to be unmapped");
    }
}

NTSTATUS MmAdvanceMdl(PMDL Mdl, ULONG NumberOfBytes)
{
    if (NumberOfBytes > Mdl->ByteCount)
    {
        return STATUS_INVALID_PARAMETER_2;
    }
    mdl_advance(Mdl, NumberOfBytes);
    return STATUS_SUCCESS;
}

PMDL MmAllocatePagesForMdl(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress, PHYSICAL_ADDRESS SkipBytes,
                           SIZE_T TotalBytes)
{
    return mdl_allocate_pages(LowAddress, HighAddress, TotalBytes, 0);
}

PMDL MmAllocatePagesForMdlEx(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress, PHYSICAL_ADDRESS SkipBytes,
                             SIZE_T TotalBytes, MEMORY_CACHING_TYPE CacheType, ULONG Flags)
{
    return mdl_allocate_pages(LowAddress, HighAddress, TotalBytes, Flags);
}

PMDL MmAllocateNodePagesForMdlEx(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress, PHYSICAL_ADDRESS SkipBytes,
                                 SIZE_T TotalBytes, MEMORY_CACHING_TYPE CacheType, ULONG IdealNode, ULONG Flags)
{
    return mdl_allocate_pages(LowAddress, HighAddress, TotalBytes, Flags);
}

/* The list itself stays, for ExFreePool(). */
VOID MmFreePagesFromMdl(PMDLX MemoryDescriptorList)
{
    PMDL mdl = MemoryDescriptorList;

    if (mdl_has(mdl, MDL_MAPPED_TO_SYSTEM_VA))
    {
        mdl_unmap(mdl);
    }
    if (!mdl_has(mdl, MDL_PAGES_LOCKED) || !pages_free(mdl->StartVa))
    {
        mdl_misuse(UNLOCKED_TWICE, mdl, "does not describe pages of MmAllocatePagesForMdl(), or no longer");
    }
    mdl_change(mdl, MDL_PAGES_LOCKED, 0);
}
