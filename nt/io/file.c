/* SPDX-License-Identifier: MIT */
/*
 * Operations on open files: the packet, the buffers as the driver wants them, the outcome.
 */
#include "nt/io/file.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/file_operation.h"
#include "nt/io/irp_block.h"
#include "nt/io/staging.h"
#include "nt/object/namespace.h"
#include "nt/object/token.h"
#include "nt/rtl/string.h"

/*
 * Buffers: what a driver sees of the caller's memory, by transfer method.
 */

enum transfer
{
    TRANSFER_BUFFERED = METHOD_BUFFERED,
    TRANSFER_IN_DIRECT = METHOD_IN_DIRECT,
    TRANSFER_OUT_DIRECT = METHOD_OUT_DIRECT,
    TRANSFER_NEITHER = METHOD_NEITHER,
};

static bool is_control(const struct file_io *io)
{
    return io->major == IRP_MJ_DEVICE_CONTROL || io->major == IRP_MJ_INTERNAL_DEVICE_CONTROL ||
           io->major == IRP_MJ_FILE_SYSTEM_CONTROL;
}

/* Functions whose data a driver gets in a system buffer, whatever its device asks for. */
static bool is_buffered_always(UCHAR major)
{
    return major == IRP_MJ_QUERY_INFORMATION || major == IRP_MJ_SET_INFORMATION ||
           major == IRP_MJ_QUERY_VOLUME_INFORMATION || major == IRP_MJ_SET_VOLUME_INFORMATION || major == IRP_MJ_QUERY_EA ||
           major == IRP_MJ_SET_EA;
}

static enum transfer transfer_of(PDEVICE_OBJECT device, const struct file_io *io)
{
    if (is_control(io))
    {
        return (enum transfer)(io->control_code & 3);
    }
    if (io->major != IRP_MJ_READ && io->major != IRP_MJ_WRITE)
    {
        return is_buffered_always(io->major) ? TRANSFER_BUFFERED : TRANSFER_NEITHER;
    }
    if ((device->Flags & DO_BUFFERED_IO) != 0)
    {
        return TRANSFER_BUFFERED;
    }
    if ((device->Flags & DO_DIRECT_IO) != 0)
    {
        return io->major == IRP_MJ_READ ? TRANSFER_OUT_DIRECT : TRANSFER_IN_DIRECT;
    }
    return TRANSFER_NEITHER;
}

/* Bytes of staging that the operation needs. */
static size_t staging_size(enum transfer transfer, const struct file_io *io)
{
    if (transfer == TRANSFER_BUFFERED)
    {
        return io->input_length > io->output_length ? io->input_length : io->output_length;
    }
    return transfer != TRANSFER_NEITHER && is_control(io) ? io->input_length : 0;
}

static __attribute__((noinline)) void describe_memory(PMDL mdl, void *memory, ULONG length)
{
    memset(mdl, 0, sizeof(*mdl));
    mdl->Size = (CSHORT)sizeof(*mdl);
    mdl->MdlFlags = MDL_MAPPED_TO_SYSTEM_VA | MDL_PAGES_LOCKED;
    mdl->MappedSystemVa = memory;
    mdl->StartVa = PAGE_ALIGN(memory);
    mdl->ByteOffset = BYTE_OFFSET(memory);
    mdl->ByteCount = length;
}

/* The sender's memory, for a transfer that a driver sees it in; its length is zero when there is none. */
static inline ULONG direct_memory(enum transfer transfer, const struct file_io *io, void **ret_memory)
{
    bool is_write = io->major == IRP_MJ_WRITE;

    *ret_memory = is_write ? (void *)(uintptr_t)io->input : io->output;
    return transfer != TRANSFER_IN_DIRECT && transfer != TRANSFER_OUT_DIRECT ? 0 :
           is_write                                                          ? io->input_length :
                                                                               io->output_length;
}

static inline void attach_buffers(struct file_operation *operation, const struct file_io *io, enum transfer transfer,
                                  size_t staging)
{
    PIRP irp = operation->irp;
    void *memory;
    ULONG direct = direct_memory(transfer, io, &memory);

    if (staging != 0)
    {
        irp->AssociatedIrp.SystemBuffer = operation->watched == NULL ? operation->staging : operation->watched->buffer;
        if (io->input_length != 0)
        {
            memcpy(irp->AssociatedIrp.SystemBuffer, io->input, io->input_length);
        }
    }
    if (direct != 0)
    {
        describe_memory(&operation->mdl, operation->watched_direct == NULL ? memory : operation->watched_direct->buffer,
                        direct);
        irp->MdlAddress = &operation->mdl;
    }
    irp->UserBuffer = memory;
}

/* What a driver sees in place of the sender's memory goes there in the end, if it may write it. */
static __attribute__((noinline)) void return_direct(struct file_operation *operation)
{
    if (operation->watched_direct != NULL && operation->direct_output != NULL)
    {
        memcpy(operation->direct_output, operation->watched_direct->buffer, operation->watched_direct->length);
    }
}

/* Copies what the driver produced to the caller, and says how many bytes that is. */
static inline void return_output(struct file_operation *operation)
{
    ULONG_PTR bytes = operation->irp->IoStatus.Information;
    bool is_watched = operation->watched != NULL || operation->watched_direct != NULL;

    if (operation->output != NULL && operation->output_length != 0 && !NT_ERROR(operation->irp->IoStatus.Status))
    {
        memcpy(operation->output, operation->watched == NULL ? operation->staging : operation->watched->buffer,
               bytes < operation->output_length ? bytes : operation->output_length);
    }
    if (__builtin_expect(is_watched, 0))
    {
        return_direct(operation);
        staging_completed(operation->watched);
        staging_completed(operation->watched_direct);
    }
}

/*
 * Operations.
 */

static inline void fill_control(PIO_STACK_LOCATION next, const struct file *file, const struct file_io *io)
{
    next->Parameters.DeviceIoControl.IoControlCode = io->control_code;
    next->Parameters.DeviceIoControl.InputBufferLength = io->input_length;
    next->Parameters.DeviceIoControl.OutputBufferLength = io->output_length;
    next->Parameters.DeviceIoControl.Type3InputBuffer = (void *)(uintptr_t)io->input;
    next->Flags = file->control_flags;
}

static void fill_location(struct file_operation *operation, const struct file_io *io)
{
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(operation->irp);

    next->MajorFunction = io->major;
    next->FileObject = &operation->file->object;
    if (io->location != NULL)
    {
        next->MinorFunction = io->location->MinorFunction;
        next->Flags = io->location->Flags;
        next->Parameters = io->location->Parameters;
        return;
    }
    switch (io->major)
    {
        case IRP_MJ_READ:
            next->Parameters.Read.Length = io->output_length;
            next->Parameters.Read.Key = io->key;
            next->Parameters.Read.ByteOffset.QuadPart = io->offset;
            break;
        case IRP_MJ_WRITE:
            next->Parameters.Write.Length = io->input_length;
            next->Parameters.Write.Key = io->key;
            next->Parameters.Write.ByteOffset.QuadPart = io->offset;
            break;
        default:
            fill_control(next, operation->file, io);
            break;
    }
}

/* Blocks for the buffers of a driver that has them watched, both NULL for one that does not. False: there is no memory. */
static __attribute__((noinline)) bool watch_buffers(struct file_operation *operation, const struct file_io *io,
                                                    enum transfer transfer, size_t staging)
{
    PDEVICE_OBJECT device = operation->file->device;
    void *memory;
    ULONG direct = direct_memory(transfer, io, &memory);

    if (!NT_SUCCESS(staging_create(device, staging, &operation->watched)))
    {
        return false;
    }
    if (!NT_SUCCESS(staging_create(device, direct, &operation->watched_direct)))
    {
        staging_free(operation->watched);
        return false;
    }
    if (operation->watched_direct != NULL)
    {
        memcpy(operation->watched_direct->buffer, memory, direct);
        operation->direct_output = transfer == TRANSFER_OUT_DIRECT ? memory : NULL;
    }
    return true;
}

/* Inline, so that what is known of the operation where this is used saves the instructions that would ask for it. */
static inline __attribute__((always_inline)) struct file_operation *
create_operation(struct file *file, const struct file_io *io, KPROCESSOR_MODE mode, file_done_function *done, void *context,
                 enum transfer transfer, bool is_plain)
{
    size_t staging = staging_size(transfer, io);
    struct file_operation *operation;
    void *trailer;
    PIRP irp = irp_make((unsigned)file->device->StackSize, sizeof(struct file_operation) + staging, &trailer);

    if (irp == NULL)
    {
        return NULL;
    }
    operation = trailer;
    operation->watched = NULL;
    operation->watched_direct = NULL;
    operation->file = file;
    operation->irp = irp;
    operation->references = 2;
    operation->packet = NULL;
    operation->done = done;
    operation->context = context;
    operation->output = transfer == TRANSFER_BUFFERED ? io->output : NULL;
    operation->output_length = io->output_length;
    if (!is_plain && staging_is_watched() && !watch_buffers(operation, io, transfer, staging))
    {
        irp_free(irp);
        return NULL;
    }
    irp->RequestorMode = mode;
    irp->Tail.Overlay.OriginalFileObject = &file->object;
    attach_buffers(operation, io, transfer, staging);
    if (is_plain)
    {
        PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);

        next->MajorFunction = IRP_MJ_DEVICE_CONTROL;
        next->FileObject = &file->object;
        fill_control(next, file, io);
    }
    else
    {
        fill_location(operation, io);
    }
    return operation;
}

static __attribute__((noinline)) struct file_operation *
create_other(struct file *file, const struct file_io *io, KPROCESSOR_MODE mode, file_done_function *done, void *context)
{
    return create_operation(file, io, mode, done, context, transfer_of(file->device, io), false);
}

/* The usual operation is a buffered control whose buffer nobody watches. */
static inline struct file_operation *create(struct file *file, const struct file_io *io, KPROCESSOR_MODE mode,
                                            file_done_function *done, void *context)
{
    bool is_plain = io->major == IRP_MJ_DEVICE_CONTROL && (io->control_code & 3) == METHOD_BUFFERED &&
                    io->location == NULL && !staging_is_watched();

    return is_plain ? create_operation(file, io, mode, done, context, TRANSFER_BUFFERED, true) :
                      create_other(file, io, mode, done, context);
}

struct file_operation *file_operation_create(struct file *file, const struct file_io *io, KPROCESSOR_MODE mode,
                                             file_done_function *done, void *context)
{
    return create(file, io, mode, done, context);
}

void file_release(struct file_operation *operation)
{
    /* Nobody can take a reference beside the last one. */
    if (operation != NULL &&
        (platform_atomic_load(&operation->references) == 1 || platform_atomic_fetch_sub(&operation->references, 1) == 1))
    {
        irp_free(operation->irp);
    }
}

/* The packet is back: the driver has no claim on it any more. */
static void operation_finish(PIRP irp, void *context)
{
    struct file_operation *operation = context;
    struct file *file = operation->file;

    return_output(operation);
    operation->done(operation, irp->IoStatus.Status, irp->IoStatus.Information, operation->context);
    file_release(operation);
    object_release(file);
}

NTSTATUS file_operation_send(struct file_operation *operation)
{
    object_reference(operation->file);
    irp_set_finish(operation->irp, operation_finish, operation);
    return irp_call(operation->file->device, operation->irp);
}

/* What a control code demands of the handle it is sent through. */
static bool access_suffices(const struct file *file, const struct file_io *io)
{
    ULONG demanded = (io->control_code >> 14) & (FILE_READ_ACCESS | FILE_WRITE_ACCESS);

    switch (io->major)
    {
        case IRP_MJ_READ:
            return (file->access & FILE_READ_DATA) != 0;
        case IRP_MJ_WRITE:
            return (file->access & (FILE_WRITE_DATA | FILE_APPEND_DATA)) != 0;
        default:
            return (demanded & ~file->access) == 0;
    }
}

NTSTATUS file_start(struct file *file, const struct file_io *io, struct file_operation **ret_operation)
{
    struct file_operation *operation;

    *ret_operation = NULL;
    if (!access_suffices(file, io))
    {
        return STATUS_ACCESS_DENIED;
    }
    operation = file_operation_create(file, io, file->mode, io->done, io->context);
    if (operation == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *ret_operation = operation;
    return file_operation_send(operation);
}

void file_cancel(struct file_operation *operation)
{
    (void)irp_cancel(operation->irp);
}

struct file_wait
{
    /* The packet comes back on the waiter's own thread most of the time, and then nobody has to be woken. */
    struct platform_thread *waiter;
    bool is_back;
    struct platform_event event;
    IO_STATUS_BLOCK result;
    struct file_operation *operation;
};

static void run_finish(PIRP irp, void *context)
{
    struct file_wait *wait = context;

    return_output(wait->operation);
    wait->result = irp->IoStatus;
    if (wait->waiter == platform_current())
    {
        wait->is_back = true;
        return;
    }
    (void)platform_event_set(&wait->event);
}

/*
 * Nobody but the caller knows the operation, and it waits: so there are no references to count, neither on the operation nor on
 * the file.
 */
NTSTATUS file_run(struct file *file, const struct file_io *io, ULONG_PTR *ret_information)
{
    struct file_wait wait = {.waiter = platform_current(), .event = PLATFORM_EVENT_INITIALIZER(true)};
    PIRP irp;

    *ret_information = 0;
    if (!access_suffices(file, io))
    {
        return STATUS_ACCESS_DENIED;
    }
    wait.operation = create(file, io, file->mode, NULL, NULL);
    if (wait.operation == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    irp = wait.operation->irp;
    irp_block_of(irp)->finish = run_finish;
    irp_block_of(irp)->finish_context = &wait;
    (void)irp_call(file->device, irp);
    if (!wait.is_back)
    {
        (void)platform_event_wait(&wait.event, PLATFORM_FOREVER);
    }
    irp_free_own(irp);
    *ret_information = wait.result.Information;
    return wait.result.Status;
}

/*
 * Clients without handles.
 */

NTSTATUS file_open(const UNICODE_STRING *path, ACCESS_MASK access, const struct file_opener *opener, struct file **ret_file)
{
    struct file_open_request request = {
        .path = path,
        .access = access,
        .disposition = FILE_OPEN,
        .share = FILE_SHARE_READ | FILE_SHARE_WRITE,
        .mode = opener->mode,
        .is_administrator = opener->is_administrator,
        .is_stranger = opener->is_stranger,
    };
    ULONG_PTR information;

    return file_object_open(&request, ret_file, &information);
}

NTSTATUS file_rights(const UNICODE_STRING *path, const struct file_opener *opener, ACCESS_MASK *ret_access)
{
    const struct token token = {.is_administrator = opener->is_administrator, .is_stranger = opener->is_stranger};
    PDEVICE_OBJECT device;
    UNICODE_STRING rest;
    NTSTATUS status = namespace_find_device(NULL, path, &device, &rest);

    if (NT_SUCCESS(status))
    {
        *ret_access = devobj_rights(device, &token, FILE_ALL_ACCESS);
        string_free(&rest);
        devobj_release(device);
    }
    return status;
}

void file_close(struct file *file)
{
    struct platform_event closed = PLATFORM_EVENT_INITIALIZER(true);

    file_object_cleanup(file);
    file->closed = &closed;
    object_release(file);
    (void)platform_event_wait(&closed, PLATFORM_FOREVER);
}
