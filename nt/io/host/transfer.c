/* SPDX-License-Identifier: MIT */
/*
 * Files of a drive: read, write, flush, and the locks on parts of them.
 */
#include <errno.h>

#include "nt/io/host/host.h"
#include "nt/io/irp.h"

/* A lock that is held, or the packet that waits for one. */
struct host_range
{
    LIST_ENTRY link;
    PFILE_OBJECT object;
    ULONG key;
    uint64_t offset;
    uint64_t length;
    bool exclusive;
    PIRP waiter;
};

static bool overlaps(const struct host_range *range, uint64_t offset, uint64_t length)
{
    return length != 0 && range->length != 0 && range->offset <= offset + (length - 1) &&
           offset <= range->offset + (range->length - 1);
}

static bool is_owner(const struct host_range *range, PFILE_OBJECT object, ULONG key)
{
    return range->object == object && range->key == key;
}

bool host_lock_forbids(struct host_control *control, PFILE_OBJECT object, ULONG key, uint64_t offset, uint64_t length,
                       bool is_write)
{
    for (PLIST_ENTRY link = control->locks.Flink; link != &control->locks; link = link->Flink)
    {
        const struct host_range *range = CONTAINING_RECORD(link, struct host_range, link);

        /* An exclusive lock is for its owner alone; a shared one lets everybody read and nobody write. */
        if (overlaps(range, offset, length) && (range->exclusive ? !is_owner(range, object, key) : is_write))
        {
            return true;
        }
    }
    return false;
}

static NTSTATUS check_locks(struct host_file *file, PIO_STACK_LOCATION location, uint64_t offset, uint64_t length,
                            bool is_write)
{
    struct host_file_system *system = host_file_system();
    bool forbidden;

    /* Only who has locks pays for them. */
    if (platform_atomic_load(&file->control->lock_count) == 0)
    {
        return STATUS_SUCCESS;
    }
    platform_mutex_lock(&system->lock);
    forbidden =
        host_lock_forbids(file->control, location->FileObject, location->Parameters.Read.Key, offset, length, is_write);
    platform_mutex_unlock(&system->lock);
    return forbidden ? STATUS_FILE_LOCK_CONFLICT : STATUS_SUCCESS;
}

/* Where a transfer begins: at an offset, at the end of the file, or where the last one ended. */
static NTSTATUS find_offset(struct host_file *file, PIO_STACK_LOCATION location, bool is_write, uint64_t *ret_offset)
{
    LARGE_INTEGER offset = location->Parameters.Read.ByteOffset;
    struct host_status found;
    int error;

    if (offset.HighPart == -1 && offset.LowPart == FILE_USE_FILE_POINTER_POSITION)
    {
        offset = location->FileObject->CurrentByteOffset;
    }
    else if (is_write && offset.HighPart == -1 && offset.LowPart == FILE_WRITE_TO_END_OF_FILE)
    {
        error = host_query(file->descriptor, &found);
        if (error != 0)
        {
            return host_status_of(error);
        }
        offset.QuadPart = (LONGLONG)found.size;
    }
    *ret_offset = (uint64_t)offset.QuadPart;
    return offset.QuadPart < 0 ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

static NTSTATUS transfer(struct host_file *file, PIRP irp, uint64_t offset, bool is_write)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    ULONG length = location->Parameters.Read.Length;
    size_t done = 0;
    int error;

    if (is_write)
    {
        error = host_write(file->descriptor, irp->UserBuffer, length, offset, &done);
    }
    else
    {
        error = host_read(file->descriptor, irp->UserBuffer, length, offset, &done);
        if (error == 0 && done == 0 && length != 0)
        {
            return STATUS_END_OF_FILE;
        }
    }
    /* What has been moved counts; the next transfer meets the error again. */
    if (error != 0 && done == 0)
    {
        return host_status_of(error);
    }
    irp->IoStatus.Information = done;
    if ((location->FileObject->Flags & FO_SYNCHRONOUS_IO) != 0)
    {
        location->FileObject->CurrentByteOffset.QuadPart = (LONGLONG)(offset + done);
    }
    return STATUS_SUCCESS;
}

NTSTATUS host_transfer(struct host_file *file, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    bool is_write = location->MajorFunction == IRP_MJ_WRITE;
    uint64_t offset = 0;
    NTSTATUS status;

    if (file->kind == HOST_DIRECTORY)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    status = find_offset(file, location, is_write, &offset);
    if (NT_SUCCESS(status))
    {
        status = check_locks(file, location, offset, location->Parameters.Read.Length, is_write);
    }
    return NT_SUCCESS(status) ? transfer(file, irp, offset, is_write) : status;
}

NTSTATUS host_flush_file(struct host_file *file, PIRP irp)
{
    (void)irp;
    return host_status_of(host_flush(file->descriptor));
}

/*
 * Locks.
 */

/* A lock that is asked for meets others: everybody's if it is exclusive, the exclusive ones if it is shared. */
static bool is_free(struct host_control *control, const struct host_range *wanted)
{
    for (PLIST_ENTRY link = control->locks.Flink; link != &control->locks; link = link->Flink)
    {
        const struct host_range *range = CONTAINING_RECORD(link, struct host_range, link);

        if (overlaps(range, wanted->offset, wanted->length) && (wanted->exclusive || range->exclusive))
        {
            return false;
        }
    }
    return true;
}

/* Both with the lock held. */
static void range_insert(struct host_control *control, struct host_range *range)
{
    InsertTailList(&control->locks, &range->link);
    (void)platform_atomic_fetch_add(&control->lock_count, 1);
}

static void range_remove(struct host_control *control, struct host_range *range)
{
    (void)RemoveEntryList(&range->link);
    (void)platform_atomic_fetch_sub(&control->lock_count, 1);
    platform_free(range, sizeof(*range));
}

static void complete_waiter(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    irp_complete(irp);
}

/* Whoever takes the cancel routine out owns the packet. A waiter whose cancellation is on the way stays for it. */
static bool own_waiter(struct host_range *range)
{
    return irp_set_cancel_routine(range->waiter, NULL) != NULL;
}

static VOID cancel_waiter(PDEVICE_OBJECT device, PIRP irp)
{
    struct host_file_system *system = host_file_system();
    struct host_range *range = irp->Tail.Overlay.DriverContext[0];

    (void)device;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    platform_mutex_lock(&system->lock);
    (void)RemoveEntryList(&range->link);
    platform_mutex_unlock(&system->lock);
    platform_free(range, sizeof(*range));
    complete_waiter(irp, STATUS_CANCELLED);
}

/* Moves the waiters that can be served now to the locks, and their packets to a list. Lock held. */
static void serve_waiters(struct host_control *control, LIST_ENTRY *served)
{
    PLIST_ENTRY next;

    for (PLIST_ENTRY link = control->waiting_locks.Flink; link != &control->waiting_locks; link = next)
    {
        struct host_range *range = CONTAINING_RECORD(link, struct host_range, link);

        next = link->Flink;
        if (is_free(control, range) && own_waiter(range))
        {
            (void)RemoveEntryList(&range->link);
            range_insert(control, range);
            InsertTailList(served, &range->waiter->Tail.Overlay.ListEntry);
            range->waiter = NULL;
        }
    }
}

static void complete_all(LIST_ENTRY *packets, NTSTATUS status)
{
    while (!IsListEmpty(packets))
    {
        complete_waiter(CONTAINING_RECORD(RemoveHeadList(packets), IRP, Tail.Overlay.ListEntry), status);
    }
}

static NTSTATUS take_or_wait(struct host_file *file, PIRP irp, struct host_range *range, bool wait)
{
    struct host_file_system *system = host_file_system();
    bool can_have;

    platform_mutex_lock(&system->lock);
    can_have = is_free(file->control, range);
    if (can_have)
    {
        range_insert(file->control, range);
    }
    else if (wait)
    {
        IoMarkIrpPending(irp);
        range->waiter = irp;
        irp->Tail.Overlay.DriverContext[0] = range;
        InsertTailList(&file->control->waiting_locks, &range->link);
        (void)irp_set_cancel_routine(irp, cancel_waiter);
        if (irp_is_cancelled(irp) && own_waiter(range))
        {
            (void)RemoveEntryList(&range->link);
            platform_mutex_unlock(&system->lock);
            platform_free(range, sizeof(*range));
            complete_waiter(irp, STATUS_CANCELLED);
            return STATUS_PENDING;
        }
    }
    platform_mutex_unlock(&system->lock);
    if (can_have || wait)
    {
        return can_have ? STATUS_SUCCESS : STATUS_PENDING;
    }
    platform_free(range, sizeof(*range));
    return STATUS_LOCK_NOT_GRANTED;
}

static NTSTATUS lock_range(struct host_file *file, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    uint64_t length = (uint64_t)location->Parameters.LockControl.Length->QuadPart;
    uint64_t offset = (uint64_t)location->Parameters.LockControl.ByteOffset.QuadPart;
    struct host_range *range;

    if (length != 0 && offset + (length - 1) < offset)
    {
        return STATUS_INVALID_LOCK_RANGE;
    }
    range = platform_zalloc(sizeof(*range));
    if (range == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    range->object = location->FileObject;
    range->key = location->Parameters.LockControl.Key;
    range->offset = offset;
    range->length = length;
    range->exclusive = (location->Flags & SL_EXCLUSIVE_LOCK) != 0;
    return take_or_wait(file, irp, range, (location->Flags & SL_FAIL_IMMEDIATELY) == 0);
}

/* What an unlock takes away: one range, all of an opener, or all of an opener with a key. */
static bool is_unlocked(const struct host_range *range, PIO_STACK_LOCATION location)
{
    ULONG key = location->Parameters.LockControl.Key;

    switch (location->MinorFunction)
    {
        case IRP_MN_UNLOCK_ALL:
            return range->object == location->FileObject;
        case IRP_MN_UNLOCK_ALL_BY_KEY:
            return is_owner(range, location->FileObject, key);
        default:
            return is_owner(range, location->FileObject, key) &&
                   range->offset == (uint64_t)location->Parameters.LockControl.ByteOffset.QuadPart &&
                   range->length == (uint64_t)location->Parameters.LockControl.Length->QuadPart;
    }
}

static NTSTATUS unlock(struct host_file *file, PIO_STACK_LOCATION location)
{
    struct host_file_system *system = host_file_system();
    bool one = location->MinorFunction == IRP_MN_UNLOCK_SINGLE;
    NTSTATUS status = one ? STATUS_RANGE_NOT_LOCKED : STATUS_SUCCESS;
    LIST_ENTRY served;
    PLIST_ENTRY next;

    InitializeListHead(&served);
    platform_mutex_lock(&system->lock);
    for (PLIST_ENTRY link = file->control->locks.Flink; link != &file->control->locks; link = next)
    {
        struct host_range *range = CONTAINING_RECORD(link, struct host_range, link);

        next = link->Flink;
        if (is_unlocked(range, location))
        {
            range_remove(file->control, range);
            status = STATUS_SUCCESS;
            next = one ? &file->control->locks : next;
        }
    }
    serve_waiters(file->control, &served);
    platform_mutex_unlock(&system->lock);
    complete_all(&served, STATUS_SUCCESS);
    return status;
}

/* Ends what an opener waits for, now that its handles are closed. */
static void end_waiters(struct host_control *control, PFILE_OBJECT object, LIST_ENTRY *ended)
{
    PLIST_ENTRY next;

    for (PLIST_ENTRY link = control->waiting_locks.Flink; link != &control->waiting_locks; link = next)
    {
        struct host_range *range = CONTAINING_RECORD(link, struct host_range, link);

        next = link->Flink;
        if (range->object == object && own_waiter(range))
        {
            (void)RemoveEntryList(&range->link);
            InsertTailList(ended, &range->waiter->Tail.Overlay.ListEntry);
            platform_free(range, sizeof(*range));
        }
    }
}

void host_locks_release(struct host_file *file, PFILE_OBJECT object)
{
    struct host_file_system *system = host_file_system();
    IO_STACK_LOCATION all = {.MinorFunction = IRP_MN_UNLOCK_ALL, .FileObject = object};
    LIST_ENTRY ended;

    InitializeListHead(&ended);
    platform_mutex_lock(&system->lock);
    end_waiters(file->control, object, &ended);
    platform_mutex_unlock(&system->lock);
    complete_all(&ended, STATUS_RANGE_NOT_LOCKED);
    (void)unlock(file, &all);
}

NTSTATUS host_lock(struct host_file *file, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

    if (file->kind == HOST_DIRECTORY)
    {
        return STATUS_INVALID_PARAMETER;
    }
    switch (location->MinorFunction)
    {
        case IRP_MN_LOCK:
            return lock_range(file, irp);
        case IRP_MN_UNLOCK_SINGLE:
        case IRP_MN_UNLOCK_ALL:
        case IRP_MN_UNLOCK_ALL_BY_KEY:
            return unlock(file, location);
        default:
            return STATUS_INVALID_DEVICE_REQUEST;
    }
}
