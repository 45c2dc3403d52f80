/* SPDX-License-Identifier: MIT */
/*
 * What drivers ask of a packet or a file object: who sent it, how urgent it is, what its sender may do.
 */
#include "nt/io/file_object.h"

/* A hint lies in three bits of the packet's flags; none is the normal priority. */
#define HINT_SHIFT 17
#define HINT_MASK (7u << HINT_SHIFT)

/* NULL for a packet that no thread has sent. */
static PEPROCESS requestor_of(PIRP irp)
{
    return irp->Tail.Overlay.Thread != NULL ? IoThreadToProcess(irp->Tail.Overlay.Thread) : NULL;
}

/*
 * Published entry points.
 */
PEPROCESS IoGetRequestorProcess(PIRP Irp)
{
    return requestor_of(Irp);
}

ULONG IoGetRequestorProcessId(PIRP Irp)
{
    PEPROCESS process = requestor_of(Irp);

    return process != NULL ? (ULONG)(ULONG_PTR)PsGetProcessId(process) : 0;
}

/* All that runs here runs in the session of services. */
NTSTATUS IoGetRequestorSessionId(PIRP Irp, PULONG pSessionId)
{
    bool known = requestor_of(Irp) != NULL;

    *pSessionId = known ? 0 : (ULONG)-1;
    return known ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}

BOOLEAN IoIs32bitProcess(PIRP Irp)
{
    (void)Irp;
    return FALSE;
}

NTSTATUS IoSetIoPriorityHint(PIRP Irp, IO_PRIORITY_HINT PriorityHint)
{
    if (PriorityHint < IoPriorityVeryLow || PriorityHint >= MaxIoPriorityTypes)
    {
        return STATUS_INVALID_PARAMETER;
    }
    Irp->Flags = (Irp->Flags & ~HINT_MASK) | ((ULONG)PriorityHint + 1) << HINT_SHIFT;
    return STATUS_SUCCESS;
}

IO_PRIORITY_HINT IoGetIoPriorityHint(PIRP Irp)
{
    ULONG hint = (Irp->Flags & HINT_MASK) >> HINT_SHIFT;

    return hint == 0 ? IoPriorityNormal : (IO_PRIORITY_HINT)(hint - 1);
}

IO_PAGING_PRIORITY IoGetPagingIoPriority(PIRP Irp)
{
    return (Irp->Flags & IRP_PAGING_IO) != 0 ? IoPagingPriorityNormal : IoPagingPriorityInvalid;
}

BOOLEAN IoIsOperationSynchronous(PIRP Irp)
{
    PFILE_OBJECT file = IoGetCurrentIrpStackLocation(Irp)->FileObject;
    bool waits = (Irp->Flags & IRP_SYNCHRONOUS_API) != 0 || (file != NULL && (file->Flags & FO_SYNCHRONOUS_IO) != 0);

    if ((Irp->Flags & IRP_PAGING_IO) != 0)
    {
        return (Irp->Flags & IRP_SYNCHRONOUS_PAGING_IO) != 0;
    }
    return waits;
}

NTSTATUS IoValidateDeviceIoControlAccess(PIRP Irp, ULONG RequiredAccess)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
    ULONG granted = ((location->Flags & SL_READ_ACCESS_GRANTED) != 0 ? FILE_READ_ACCESS : 0) |
                    ((location->Flags & SL_WRITE_ACCESS_GRANTED) != 0 ? FILE_WRITE_ACCESS : 0);

    if ((RequiredAccess & ~(ULONG)(FILE_READ_ACCESS | FILE_WRITE_ACCESS)) != 0 ||
        (location->MajorFunction != IRP_MJ_DEVICE_CONTROL && location->MajorFunction != IRP_MJ_FILE_SYSTEM_CONTROL))
    {
        return STATUS_INVALID_PARAMETER;
    }
    /* The kernel's own packets are not asked. */
    return Irp->RequestorMode == KernelMode || (RequiredAccess & ~granted) == 0 ? STATUS_SUCCESS : STATUS_ACCESS_DENIED;
}

NTSTATUS IoCheckDesiredAccess(PACCESS_MASK DesiredAccess, ACCESS_MASK GrantedAccess)
{
    RtlMapGenericMask(DesiredAccess, IoGetFileObjectGenericMapping());
    return (*DesiredAccess & ~GrantedAccess) == 0 ? STATUS_SUCCESS : STATUS_ACCESS_DENIED;
}

/* Constant, whatever the type of the pointer says. */
PGENERIC_MAPPING IoGetFileObjectGenericMapping(VOID)
{
    return (PGENERIC_MAPPING)(uintptr_t)&file_type.mapping;
}

BOOLEAN IoIsFileOriginRemote(PFILE_OBJECT FileObject)
{
    return (FileObject->Flags & FO_REMOTE_ORIGIN) != 0;
}

NTSTATUS IoSetFileOrigin(PFILE_OBJECT FileObject, BOOLEAN Remote)
{
    ULONG flags = FileObject->Flags & ~(ULONG)FO_REMOTE_ORIGIN;

    FileObject->Flags = Remote ? flags | FO_REMOTE_ORIGIN : flags;
    return STATUS_SUCCESS;
}
