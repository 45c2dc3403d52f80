/* SPDX-License-Identifier: MIT */
/*
 * Operations through handles: how they are serialised, cancelled, and how their end is told.
 */
#include "nt/io/file_call.h"

#include "nt/io/completion_port.h"
#include "nt/io/file_operation.h"
#include "nt/io/file_services.h"
#include "nt/io/irp.h"
#include "nt/object/handle_table.h"
#include "nt/sync/apc.h"
#include "nt/sync/dispatcher.h"
#include "nt/thread/thread.h"

/* An event of a handle, referenced and not signalled from here on. */
static NTSTATUS find_event(HANDLE handle, PKEVENT *ret_event)
{
    const struct object_type *type;
    DISPATCHER_HEADER *header;
    void *body;
    NTSTATUS status;

    *ret_event = NULL;
    if (handle == NULL)
    {
        return STATUS_SUCCESS;
    }
    status = handle_lookup(handle, NULL, EVENT_MODIFY_STATE, &body);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    type = object_type(body);
    header = type->dispatcher != NULL ? type->dispatcher(body) : NULL;
    if (type == &file_type || header == NULL || (header->Type & 0x3F) > DISPATCHER_SYNCHRONIZATION_EVENT)
    {
        object_release(body);
        return STATUS_OBJECT_TYPE_MISMATCH;
    }
    *ret_event = body;
    KeClearEvent(*ret_event);
    return STATUS_SUCCESS;
}

NTSTATUS file_call_begin(struct file_call *call, ACCESS_MASK any_of)
{
    ULONG attributes;
    void *body;
    NTSTATUS status = handle_inspect(call->handle, &body, &call->access, &attributes);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    call->file = body;
    call->event = NULL;
    if (object_type(body) != &file_type)
    {
        status = STATUS_OBJECT_TYPE_MISMATCH;
    }
    else if (any_of != 0 && (call->access & any_of) == 0)
    {
        status = STATUS_ACCESS_DENIED;
    }
    else if (call->routine != NULL && call->file->port != NULL)
    {
        status = STATUS_INVALID_PARAMETER;
    }
    else
    {
        status = find_event(call->event_handle, &call->event);
    }
    if (!NT_SUCCESS(status))
    {
        object_release(body);
    }
    return status;
}

void file_call_end(struct file_call *call)
{
    if (call->event != NULL)
    {
        object_release(call->event);
    }
    object_release(call->file);
}

static bool is_synchronous(const struct file *file)
{
    return (file->object.Flags & FO_SYNCHRONOUS_IO) != 0;
}

/*
 * The end of an operation.
 */

static void call_routine(void *context, void *argument1, void *argument2)
{
    struct file_operation *operation = context;
    PIO_APC_ROUTINE routine = operation->irp->Overlay.AsynchronousParameters.UserApcRoutine;
    void *routine_context = operation->irp->Overlay.AsynchronousParameters.UserApcContext;

    (void)argument2;
    file_release(operation);
    routine(routine_context, argument1, 0);
}

static void forget_routine(PRKAPC apc)
{
    file_release(CONTAINING_RECORD(apc, struct file_operation, apc));
}

/* The operation stays until its routine has run, or its thread has ended. */
static void queue_routine(struct file_operation *operation)
{
    (void)platform_atomic_fetch_add(&operation->references, 1);
    apc_initialize(&operation->apc, (PKTHREAD)operation->irp->Tail.Overlay.Thread, NULL, forget_routine, call_routine,
                   operation);
    if (!apc_insert(&operation->apc, operation->irp->UserIosb, NULL))
    {
        file_release(operation);
    }
}

static void fill_port(struct file_operation *operation, const IO_STATUS_BLOCK *result, bool tell)
{
    struct file *file = operation->file;
    bool skip = (file->object.Flags & FO_SKIP_COMPLETION_PORT) != 0 && !operation->irp->PendingReturned;
    struct completion what = {file->port_key, operation->irp->Overlay.AsynchronousParameters.UserApcContext, *result};

    if (operation->packet != NULL && tell && !skip)
    {
        completion_port_insert(file->port, operation->packet, &what);
    }
    else
    {
        completion_packet_free(operation->packet);
    }
}

static void signal(struct file_operation *operation, bool tell)
{
    struct file *file = operation->file;
    PKEVENT event = operation->irp->UserEvent;

    if (tell && event != NULL)
    {
        (void)KeSetEvent(event, IO_NO_INCREMENT, FALSE);
    }
    if (is_synchronous(file) || (tell && event == NULL && (file->object.Flags & FO_SKIP_SET_EVENT) == 0))
    {
        (void)KeSetEvent(&file->object.Event, IO_NO_INCREMENT, FALSE);
    }
    if (event != NULL)
    {
        object_release(event);
    }
}

static void call_done(struct file_operation *operation, NTSTATUS status, ULONG_PTR information, void *context)
{
    struct file *file = operation->file;
    IO_STATUS_BLOCK result = {.Status = status, .Information = information};
    bool tell = !NT_ERROR(status) || operation->irp->PendingReturned;

    (void)context;
    platform_spinlock_lock(&file->lock);
    (void)RemoveEntryList(&operation->link);
    platform_spinlock_unlock(&file->lock);
    file->object.FinalStatus = is_synchronous(file) ? status : file->object.FinalStatus;
    if (tell && operation->irp->UserIosb != NULL)
    {
        /* Who polls the status finds the rest when it is there; the memory may be gone then. */
        operation->irp->UserIosb->Information = information;
        platform_atomic_store(&operation->irp->UserIosb->Status, status);
    }
    if (tell && operation->irp->Overlay.AsynchronousParameters.UserApcRoutine != NULL)
    {
        queue_routine(operation);
    }
    fill_port(operation, &result, tell);
    object_release((PKTHREAD)operation->irp->Tail.Overlay.Thread);
    signal(operation, tell);
}

/*
 * Its beginning.
 */

static struct file_operation *prepare(struct file_call *call, const struct file_io *io)
{
    struct file_io own = *io;
    struct completion_packet *packet = NULL;
    struct file_operation *operation;
    bool has_port = call->file->port != NULL && call->context != NULL;

    own.offset = call->at_position ? call->file->object.CurrentByteOffset.QuadPart : io->offset;
    if (has_port)
    {
        packet = completion_packet_create();
    }
    operation = has_port && packet == NULL ? NULL : file_operation_create(call->file, &own, call->mode, call_done, NULL);
    if (operation == NULL)
    {
        completion_packet_free(packet);
        return NULL;
    }
    operation->packet = packet;
    operation->irp->UserIosb = call->block;
    operation->irp->UserEvent = call->event;
    operation->irp->Overlay.AsynchronousParameters.UserApcRoutine = call->routine;
    operation->irp->Overlay.AsynchronousParameters.UserApcContext = call->context;
    operation->irp->Tail.Overlay.Thread = (PETHREAD)thread_current();
    object_reference(operation->irp->Tail.Overlay.Thread);
    if (is_synchronous(call->file))
    {
        operation->irp->Flags |= IRP_SYNCHRONOUS_API;
    }
    /* The packet takes over the call's reference to the event. */
    call->event = NULL;
    platform_spinlock_lock(&call->file->lock);
    InsertTailList(&call->file->operations, &operation->link);
    platform_spinlock_unlock(&call->file->lock);
    return operation;
}

/* An alert ends the wait of a file that was opened for it: the operation is cancelled, and waited for all the same. */
static NTSTATUS wait_for(struct file *file, struct file_operation *operation, KPROCESSOR_MODE mode)
{
    void *event = &file->object.Event;
    bool alertable = (file->object.Flags & FO_ALERTABLE_IO) != 0;
    NTSTATUS status = dispatcher_wait(1, &event, WaitAny, mode, alertable, NULL);

    if (status != STATUS_WAIT_0)
    {
        (void)irp_cancel(operation->irp);
        (void)dispatcher_wait(1, &event, WaitAny, KernelMode, false, NULL);
    }
    return file->object.FinalStatus;
}

static NTSTATUS start(struct file_call *call, const struct file_io *io)
{
    struct file *file = call->file;
    struct file_operation *operation = prepare(call, io);
    NTSTATUS status;

    if (operation == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeClearEvent(&file->object.Event);
    status = file_operation_send(operation);
    if (status == STATUS_PENDING && is_synchronous(file))
    {
        status = wait_for(file, operation, call->mode);
    }
    file_release(operation);
    return status;
}

NTSTATUS file_call_start(struct file_call *call, const struct file_io *io)
{
    NTSTATUS status;

    if (is_synchronous(call->file))
    {
        platform_mutex_lock(&call->file->serial);
        status = start(call, io);
        platform_mutex_unlock(&call->file->serial);
    }
    else
    {
        status = start(call, io);
    }
    file_call_end(call);
    return status;
}

struct run_wait
{
    struct platform_event event;
    IO_STATUS_BLOCK result;
};

static void run_done(struct file_operation *operation, NTSTATUS status, ULONG_PTR information, void *context)
{
    struct run_wait *wait = context;

    (void)operation;
    wait->result.Status = status;
    wait->result.Information = information;
    (void)platform_event_set(&wait->event);
}

static NTSTATUS run(struct file_call *call, const struct file_io *io, IO_STATUS_BLOCK *ret_result)
{
    struct run_wait wait = {.event = PLATFORM_EVENT_INITIALIZER(true)};
    struct file_operation *operation = file_operation_create(call->file, io, call->mode, run_done, &wait);

    if (operation == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    (void)file_operation_send(operation);
    (void)platform_event_wait(&wait.event, PLATFORM_FOREVER);
    file_release(operation);
    *ret_result = wait.result;
    return wait.result.Status;
}

NTSTATUS file_call_run(struct file_call *call, const struct file_io *io)
{
    bool serial = is_synchronous(call->file);
    IO_STATUS_BLOCK result = {.Status = STATUS_INSUFFICIENT_RESOURCES};
    NTSTATUS status;

    if (serial)
    {
        platform_mutex_lock(&call->file->serial);
    }
    status = run(call, io, &result);
    if (serial)
    {
        platform_mutex_unlock(&call->file->serial);
    }
    file_call_end(call);
    *call->block = result;
    return status;
}

/*
 * Cancellation.
 */

/* An operation of the file that nobody has cancelled yet, referenced. NULL thread and block take any. */
static struct file_operation *find_operation(struct file *file, PKTHREAD thread, PIO_STATUS_BLOCK block)
{
    struct file_operation *found = NULL;

    platform_spinlock_lock(&file->lock);
    for (PLIST_ENTRY link = file->operations.Flink; link != &file->operations && found == NULL; link = link->Flink)
    {
        struct file_operation *operation = CONTAINING_RECORD(link, struct file_operation, link);

        if (!irp_is_cancelled(operation->irp) &&
            (thread == NULL || (PKTHREAD)operation->irp->Tail.Overlay.Thread == thread) &&
            (block == NULL || operation->irp->UserIosb == block))
        {
            found = operation;
            (void)platform_atomic_fetch_add(&found->references, 1);
        }
    }
    platform_spinlock_unlock(&file->lock);
    return found;
}

static NTSTATUS cancel(HANDLE handle, PKTHREAD thread, PIO_STATUS_BLOCK wanted, PIO_STATUS_BLOCK block, NTSTATUS if_none)
{
    struct file_call call = {.handle = handle};
    struct file_operation *operation;
    NTSTATUS result = if_none;
    NTSTATUS status = file_call_begin(&call, 0);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    while ((operation = find_operation(call.file, thread, wanted)) != NULL)
    {
        result = STATUS_SUCCESS;
        (void)irp_cancel(operation->irp);
        file_release(operation);
    }
    file_call_end(&call);
    *block = (IO_STATUS_BLOCK){.Status = result};
    return result;
}

/*
 * Published entry points.
 */
NTSTATUS NtCancelIoFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock)
{
    return cancel(FileHandle, thread_current(), NULL, IoStatusBlock, STATUS_SUCCESS);
}

NTSTATUS ZwCancelIoFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock)
{
    return NtCancelIoFile(FileHandle, IoStatusBlock);
}

NTSTATUS NtCancelIoFileEx(HANDLE FileHandle, PIO_STATUS_BLOCK IoRequestToCancel, PIO_STATUS_BLOCK IoStatusBlock)
{
    return cancel(FileHandle, NULL, IoRequestToCancel, IoStatusBlock, STATUS_NOT_FOUND);
}
