/* SPDX-License-Identifier: MIT */
/*
 * The few services of the system that kernel mode and user mode spell differently: memory and spin locks.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfSystem.tmh"
#endif

_Use_decl_annotations_
VOID*
DMF_GenericMemoryAllocate(
    ULONG64 PoolFlags,
    size_t Size,
    ULONG Tag
    )
/*++

Routine Description:

    Allocates memory that is zero.

Arguments:

    PoolFlags - POOL_FLAG_NON_PAGED for memory that may be used at any IRQL, or POOL_FLAG_PAGED. User mode has one kind only.
    Size - How much.
    Tag - The owner, for debuggers.

Return Value:

    The memory, or NULL.

--*/
{
#if defined(DMF_USER_MODE)
    UNREFERENCED_PARAMETER(PoolFlags);
    UNREFERENCED_PARAMETER(Tag);
    return HeapAlloc(GetProcessHeap(),
                     HEAP_ZERO_MEMORY,
                     Size);
#else
    return ExAllocatePool2(PoolFlags,
                           Size,
                           Tag);
#endif
}

_Use_decl_annotations_
VOID
DMF_GenericMemoryFree(
    VOID* Memory,
    ULONG Tag
    )
/*++

Routine Description:

    Frees memory of DMF_GenericMemoryAllocate.

Arguments:

    Memory - The memory.
    Tag - The tag with which it was allocated.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    UNREFERENCED_PARAMETER(Tag);
    HeapFree(GetProcessHeap(),
             0,
             Memory);
#else
    ExFreePoolWithTag(Memory,
                      Tag);
#endif
}

_Use_decl_annotations_
NTSTATUS
DMF_GenericSpinLockCreate(
    GENERIC_SPINLOCK_CREATE_CONTEXT* CreateContext,
    DMF_GENERIC_SPINLOCK* SpinLock
    )
/*++

Routine Description:

    Makes a spin lock that nobody holds.

Arguments:

    CreateContext - In user mode the attributes of the lock's WDF object, or NULL. Not used in kernel mode.
    SpinLock - The lock.

Return Value:

    NTSTATUS

--*/
{
#if defined(DMF_ALWAYS_USE_WDF_HANDLES)
    return WdfSpinLockCreate(CreateContext,
                             SpinLock);
#else
    UNREFERENCED_PARAMETER(CreateContext);
    KeInitializeSpinLock(SpinLock);
    return STATUS_SUCCESS;
#endif
}

_Use_decl_annotations_
VOID
DMF_GenericSpinLockAcquire(
    DMF_GENERIC_SPINLOCK* SpinLock,
    GENERIC_SPINLOCK_CONTEXT* LockContext
    )
/*++

Routine Description:

    Acquires a spin lock.

Arguments:

    SpinLock - The lock.
    LockContext - What DMF_GenericSpinLockRelease takes.

Return Value:

    None

--*/
{
#if defined(DMF_ALWAYS_USE_WDF_HANDLES)
    *LockContext = NULL;
    WdfSpinLockAcquire(*SpinLock);
#else
    KeAcquireSpinLock(SpinLock,
                      LockContext);
#endif
}

_Use_decl_annotations_
VOID
DMF_GenericSpinLockRelease(
    DMF_GENERIC_SPINLOCK* SpinLock,
    GENERIC_SPINLOCK_CONTEXT LockContext
    )
/*++

Routine Description:

    Releases a spin lock.

Arguments:

    SpinLock - The lock.
    LockContext - What DMF_GenericSpinLockAcquire returned.

Return Value:

    None

--*/
{
#if defined(DMF_ALWAYS_USE_WDF_HANDLES)
    UNREFERENCED_PARAMETER(LockContext);
    WdfSpinLockRelease(*SpinLock);
#else
    KeReleaseSpinLock(SpinLock,
                      LockContext);
#endif
}

_Use_decl_annotations_
VOID
DMF_GenericSpinLockDestroy(
    DMF_GENERIC_SPINLOCK* SpinLock
    )
/*++

Routine Description:

    Ends a spin lock that nobody holds.

Arguments:

    SpinLock - The lock.

Return Value:

    None

--*/
{
#if defined(DMF_ALWAYS_USE_WDF_HANDLES)
    WdfObjectDelete(*SpinLock);
    *SpinLock = NULL;
#else
    UNREFERENCED_PARAMETER(SpinLock);
#endif
}
