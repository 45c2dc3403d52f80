/* SPDX-License-Identifier: MIT */
/*
 * Questions about addresses, and copies that survive a wrong answer. Physical addresses are the addresses of the process.
 */
#include "nt/debug/raise.h"
#include "nt/internal.h"

/* No program has addresses from here on. */
#define PROBE_END 0x7FFFFFFF0000u

/* What is published to be checked without touching the memory. */
static void probe_range(const void *address, SIZE_T length, ULONG alignment)
{
    ULONG_PTR first = (ULONG_PTR)address;
    ULONG_PTR end;

    if ((first & (alignment - 1)) != 0)
    {
        raise_status(STATUS_DATATYPE_MISALIGNMENT);
    }
    if (__builtin_add_overflow(first, length, &end) || end > PROBE_END)
    {
        raise_status(STATUS_ACCESS_VIOLATION);
    }
}

/*
 * Published entry points.
 */
VOID ProbeForRead(const void *Address, SIZE_T Length, ULONG Alignment)
{
    if (Length != 0)
    {
        probe_range(Address, Length, Alignment);
    }
}

VOID ProbeForWrite(PVOID Address, SIZE_T Length, ULONG Alignment)
{
    if (Length == 0)
    {
        return;
    }
    probe_range(Address, Length, Alignment);
    if (!platform_is_writable(Address, Length))
    {
        raise_status(STATUS_ACCESS_VIOLATION);
    }
}

BOOLEAN MmIsAddressValid(PVOID VirtualAddress)
{
    return platform_is_readable(VirtualAddress, 1);
}

BOOLEAN MmIsNonPagedSystemAddressValid(PVOID VirtualAddress)
{
    return platform_is_readable(VirtualAddress, 1);
}

NTSTATUS MmCopyMemory(PVOID TargetAddress, MM_COPY_ADDRESS SourceAddress, SIZE_T NumberOfBytes, ULONG Flags,
                      PSIZE_T NumberOfBytesTransferred)
{
    *NumberOfBytesTransferred = 0;
    if (Flags != MM_COPY_MEMORY_PHYSICAL && Flags != MM_COPY_MEMORY_VIRTUAL)
    {
        return STATUS_INVALID_PARAMETER_4;
    }
    *NumberOfBytesTransferred = platform_copy_if_readable(TargetAddress, SourceAddress.VirtualAddress, NumberOfBytes);
    if (*NumberOfBytesTransferred == NumberOfBytes)
    {
        return STATUS_SUCCESS;
    }
    return *NumberOfBytesTransferred != 0 ? STATUS_PARTIAL_COPY : STATUS_ACCESS_VIOLATION;
}

PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress)
{
    PHYSICAL_ADDRESS address = {.QuadPart = 0};

    if (platform_is_readable(BaseAddress, 1))
    {
        address.QuadPart = (LONGLONG)(ULONG_PTR)BaseAddress;
    }
    return address;
}

PVOID MmGetVirtualForPhysical(PHYSICAL_ADDRESS PhysicalAddress)
{
    return (PVOID)(ULONG_PTR)PhysicalAddress.QuadPart;
}

MM_SYSTEMSIZE MmQuerySystemSize(VOID)
{
    return MmLargeSystem;
}

/* Whether this is a server; a process is none. */
BOOLEAN MmIsThisAnNtAsSystem(VOID)
{
    return FALSE;
}
