/* SPDX-License-Identifier: MIT */
/*
 * Open files: the I/O manager's side of create, read, write, device control, cleanup and close.
 */
#include "nt/io/file.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/object/namespace.h"
#include "nt/pnp/devnode.h"
#include "nt/rtl/string.h"

#define FILE_MAXIMUM_CONTEXTS 16

struct file_context
{
    const void *key;
    void *context;
};

struct file
{
    FILE_OBJECT object;
    struct file_context contexts[FILE_MAXIMUM_CONTEXTS];
    PDEVICE_OBJECT device;
    ACCESS_MASK access;
    struct platform_mutex lock;
    struct platform_condition last_operation_ended;
    uint32_t running;
};

/* Lives behind the packet's stack locations, and the staging buffer behind it. */
struct file_operation
{
    struct file *file;
    PIRP irp;
    uint32_t references;
    struct file_io io;
    MDL mdl;
    _Alignas(16) unsigned char staging[];
};

bool file_set_context(PFILE_OBJECT object, const void *key, void *context)
{
    struct file *file = CONTAINING_RECORD(object, struct file, object);

    for (size_t index = 0; index < FILE_MAXIMUM_CONTEXTS; index++)
    {
        struct file_context *slot = &file->contexts[index];

        if (slot->key == key || slot->key == NULL)
        {
            slot->key = key;
            slot->context = context;
            return true;
        }
    }
    return false;
}

void *file_get_context(PFILE_OBJECT object, const void *key)
{
    struct file *file = CONTAINING_RECORD(object, struct file, object);

    for (size_t index = 0; index < FILE_MAXIMUM_CONTEXTS && file->contexts[index].key != NULL; index++)
    {
        if (file->contexts[index].key == key)
        {
            return file->contexts[index].context;
        }
    }
    return NULL;
}

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
    return io->major == IRP_MJ_DEVICE_CONTROL || io->major == IRP_MJ_INTERNAL_DEVICE_CONTROL;
}

static enum transfer transfer_of(PDEVICE_OBJECT device, const struct file_io *io)
{
    if (is_control(io))
    {
        return (enum transfer)(io->control_code & 3);
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

static void describe_memory(PMDL mdl, void *memory, ULONG length)
{
    mdl->Size = (CSHORT)sizeof(*mdl);
    mdl->MdlFlags = MDL_MAPPED_TO_SYSTEM_VA | MDL_PAGES_LOCKED;
    mdl->MappedSystemVa = memory;
    mdl->StartVa = PAGE_ALIGN(memory);
    mdl->ByteOffset = BYTE_OFFSET(memory);
    mdl->ByteCount = length;
}

static void attach_buffers(struct file_operation *operation, enum transfer transfer)
{
    struct file_io *io = &operation->io;
    PIRP irp = operation->irp;

    if (staging_size(transfer, io) != 0)
    {
        irp->AssociatedIrp.SystemBuffer = operation->staging;
        if (io->input_length != 0)
        {
            memcpy(operation->staging, io->input, io->input_length);
        }
    }
    if (transfer == TRANSFER_IN_DIRECT || transfer == TRANSFER_OUT_DIRECT)
    {
        bool described_is_input = io->major == IRP_MJ_WRITE;
        void *memory = described_is_input ? (void *)(uintptr_t)io->input : io->output;
        ULONG length = described_is_input ? io->input_length : io->output_length;

        if (length != 0)
        {
            describe_memory(&operation->mdl, memory, length);
            irp->MdlAddress = &operation->mdl;
        }
    }
    irp->UserBuffer = io->major == IRP_MJ_WRITE ? (void *)(uintptr_t)io->input : io->output;
}

/* Copies what the driver produced to the caller, and says how many bytes that is. */
static void return_output(struct file_operation *operation)
{
    struct file_io *io = &operation->io;
    ULONG_PTR bytes = operation->irp->IoStatus.Information;

    if (NT_ERROR(operation->irp->IoStatus.Status) || io->output_length == 0 ||
        transfer_of(operation->file->device, io) != TRANSFER_BUFFERED)
    {
        return;
    }
    memcpy(io->output, operation->staging, bytes < io->output_length ? bytes : io->output_length);
}

/*
 * Operations.
 */

static void fill_location(struct file_operation *operation)
{
    const struct file_io *io = &operation->io;
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(operation->irp);

    next->MajorFunction = io->major;
    next->FileObject = &operation->file->object;
    switch (io->major)
    {
        case IRP_MJ_READ:
            next->Parameters.Read.Length = io->output_length;
            next->Parameters.Read.ByteOffset.QuadPart = io->offset;
            break;
        case IRP_MJ_WRITE:
            next->Parameters.Write.Length = io->input_length;
            next->Parameters.Write.ByteOffset.QuadPart = io->offset;
            break;
        default:
            next->Parameters.DeviceIoControl.IoControlCode = io->control_code;
            next->Parameters.DeviceIoControl.InputBufferLength = io->input_length;
            next->Parameters.DeviceIoControl.OutputBufferLength = io->output_length;
            next->Parameters.DeviceIoControl.Type3InputBuffer = (void *)(uintptr_t)io->input;
            break;
    }
}

static struct file_operation *operation_create(struct file *file, const struct file_io *io)
{
    enum transfer transfer = transfer_of(file->device, io);
    void *trailer;
    struct file_operation *operation;
    PIRP irp = irp_allocate((unsigned)file->device->StackSize, sizeof(struct file_operation) + staging_size(transfer, io),
                            &trailer);

    if (irp == NULL)
    {
        return NULL;
    }
    operation = trailer;
    operation->file = file;
    operation->irp = irp;
    operation->references = 2;
    operation->io = *io;
    irp->RequestorMode = UserMode;
    irp->Tail.Overlay.OriginalFileObject = &file->object;
    attach_buffers(operation, transfer);
    fill_location(operation);
    return operation;
}

void file_release(struct file_operation *operation)
{
    if (operation != NULL && platform_atomic_fetch_sub(&operation->references, 1) == 1)
    {
        irp_free(operation->irp);
    }
}

static void operation_ended(struct file *file)
{
    platform_mutex_lock(&file->lock);
    file->running--;
    if (file->running == 0)
    {
        platform_condition_broadcast(&file->last_operation_ended);
    }
    platform_mutex_unlock(&file->lock);
}

/* The packet is back: the driver has no claim on it any more. */
static void operation_finish(PIRP irp, void *context)
{
    struct file_operation *operation = context;
    struct file *file = operation->file;

    return_output(operation);
    operation->io.done(operation, irp->IoStatus.Status, irp->IoStatus.Information, operation->io.context);
    file_release(operation);
    operation_ended(file);
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
    operation = operation_create(file, io);
    if (operation == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    platform_mutex_lock(&file->lock);
    file->running++;
    platform_mutex_unlock(&file->lock);
    *ret_operation = operation;
    irp_set_finish(operation->irp, operation_finish, operation);
    return irp_call(file->device, operation->irp);
}

void file_cancel(struct file_operation *operation)
{
    (void)irp_cancel(operation->irp);
}

struct file_wait
{
    struct platform_event event;
    NTSTATUS status;
    ULONG_PTR information;
};

static void wait_done(struct file_operation *operation, NTSTATUS status, ULONG_PTR information, void *context)
{
    struct file_wait *wait = context;

    (void)operation;
    wait->status = status;
    wait->information = information;
    (void)platform_event_set(&wait->event);
}

NTSTATUS file_run(struct file *file, const struct file_io *io, ULONG_PTR *ret_information)
{
    struct file_wait wait = {.event = PLATFORM_EVENT_INITIALIZER(true)};
    struct file_io own = *io;
    struct file_operation *operation;
    NTSTATUS status;

    own.done = wait_done;
    own.context = &wait;
    status = file_start(file, &own, &operation);
    if (operation == NULL)
    {
        *ret_information = 0;
        return status;
    }
    (void)platform_event_wait(&wait.event, PLATFORM_FOREVER);
    file_release(operation);
    *ret_information = wait.information;
    return wait.status;
}

/*
 * Create, cleanup, close.
 */

static NTSTATUS send_create(struct file *file)
{
    IO_SECURITY_CONTEXT security = {.DesiredAccess = file->access};
    PIRP irp = irp_allocate((unsigned)file->device->StackSize, 0, NULL);
    PIO_STACK_LOCATION next;
    NTSTATUS status;

    if (irp == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    next = IoGetNextIrpStackLocation(irp);
    next->MajorFunction = IRP_MJ_CREATE;
    next->FileObject = &file->object;
    next->Parameters.Create.SecurityContext = &security;
    next->Parameters.Create.Options = FILE_OPEN << 24;
    next->Parameters.Create.ShareAccess = FILE_SHARE_READ | FILE_SHARE_WRITE;
    irp->RequestorMode = UserMode;
    irp->Tail.Overlay.OriginalFileObject = &file->object;
    status = irp_call_and_wait(file->device, irp);
    irp_free(irp);
    return status;
}

static void send_end(struct file *file, UCHAR major)
{
    PIRP irp = irp_allocate_patiently((unsigned)file->device->StackSize);
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);

    next->MajorFunction = major;
    next->FileObject = &file->object;
    irp->Tail.Overlay.OriginalFileObject = &file->object;
    (void)irp_call_and_wait(file->device, irp);
    irp_free(irp);
}

static void file_free(struct file *file)
{
    devobj_release(file->object.DeviceObject);
    devobj_release(file->device);
    string_free(&file->object.FileName);
    platform_free(file, sizeof(*file));
}

/* From here on the file does not hold off the removal of its device, whose driver it must not call any more. */
static void file_leave(struct file *file)
{
    devnode_file_closed(devobj_extension(file->device)->devnode);
    file_free(file);
}

/* Makes the file object for a stack, and takes over the reference on the device that has the name. NULL: no memory. */
static struct file *file_create(PDEVICE_OBJECT named, const UNICODE_STRING *rest, ACCESS_MASK access)
{
    struct file *file = platform_zalloc(sizeof(*file));

    if (file == NULL || !NT_SUCCESS(string_duplicate(rest, &file->object.FileName)))
    {
        if (file != NULL)
        {
            platform_free(file, sizeof(*file));
        }
        devobj_release(named);
        return NULL;
    }
    file->device = devobj_top(named);
    file->access = access;
    file->object.Type = IO_TYPE_FILE;
    file->object.Size = (CSHORT)sizeof(FILE_OBJECT);
    file->object.DeviceObject = named;
    file->object.ReadAccess = (access & FILE_READ_DATA) != 0;
    file->object.WriteAccess = (access & FILE_WRITE_DATA) != 0;
    return file;
}

/* Enters the stack, unless it is on its way up or down. */
static NTSTATUS file_enter(struct file *file)
{
    bool initializing = (platform_atomic_load(&file->device->Flags) & DO_DEVICE_INITIALIZING) != 0;

    if (initializing || !devnode_file_opened(devobj_extension(file->device)->devnode))
    {
        file_free(file);
        return STATUS_NO_SUCH_DEVICE;
    }
    return STATUS_SUCCESS;
}

NTSTATUS file_open(const UNICODE_STRING *path, ACCESS_MASK access, struct file **ret_file)
{
    PDEVICE_OBJECT named;
    UNICODE_STRING rest;
    struct file *file;
    NTSTATUS status = namespace_resolve(path, &named, &rest);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    file = file_create(named, &rest, access);
    status = file == NULL ? STATUS_INSUFFICIENT_RESOURCES : file_enter(file);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = send_create(file);
    if (!NT_SUCCESS(status))
    {
        file_leave(file);
        return status;
    }
    *ret_file = file;
    return STATUS_SUCCESS;
}

void file_close(struct file *file)
{
    send_end(file, IRP_MJ_CLEANUP);
    platform_mutex_lock(&file->lock);
    while (file->running != 0)
    {
        (void)platform_condition_wait(&file->last_operation_ended, &file->lock, PLATFORM_FOREVER);
    }
    platform_mutex_unlock(&file->lock);
    send_end(file, IRP_MJ_CLOSE);
    file_leave(file);
}
