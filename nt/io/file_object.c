/* SPDX-License-Identifier: MIT */
/*
 * File objects: create, cleanup, close.
 */
#include "nt/io/file_object.h"

#include <string.h>

#include "nt/io/completion_port.h"
#include "nt/io/device_object.h"
#include "nt/io/file.h"
#include "nt/io/host/host.h"
#include "nt/io/irp.h"
#include "nt/object/namespace.h"
#include "nt/object/token.h"
#include "nt/pnp/devnode.h"
#include "nt/rtl/string.h"

bool file_set_context(PFILE_OBJECT object, const void *key, void *context)
{
    struct file *file = file_of(object);

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
    struct file *file = file_of(object);

    for (size_t index = 0; index < FILE_MAXIMUM_CONTEXTS && file->contexts[index].key != NULL; index++)
    {
        if (file->contexts[index].key == key)
        {
            return file->contexts[index].context;
        }
    }
    return NULL;
}

struct file *file_of(PFILE_OBJECT object)
{
    return CONTAINING_RECORD(object, struct file, object);
}

/* A packet for one of the calls that a file gets in its life, not counting those that its users start. */
static void prepare(struct file *file, PIRP irp, UCHAR major)
{
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);

    next->MajorFunction = major;
    next->FileObject = &file->object;
    irp->Tail.Overlay.OriginalFileObject = &file->object;
}

static void send_end(struct file *file, UCHAR major)
{
    PIRP irp = irp_allocate_patiently((unsigned)file->device->StackSize);

    prepare(file, irp, major);
    irp->Flags |= IRP_CLOSE_OPERATION | IRP_SYNCHRONOUS_API;
    (void)irp_call_and_wait(file->device, irp);
    irp_free(irp);
}

void file_object_cleanup(struct file *file)
{
    if (file->created && !file->cleaned_up)
    {
        file->cleaned_up = true;
        send_end(file, IRP_MJ_CLEANUP);
        file->object.Flags |= FO_CLEANUP_COMPLETE;
    }
}

static void *file_dispatcher(void *body)
{
    return &((struct file *)body)->object.Event;
}

static void file_last_handle(void *body)
{
    file_object_cleanup(body);
}

static void file_leave(struct file *file)
{
    PDEVICE_OBJECT named = file->object.DeviceObject;

    if (file->entered)
    {
        devnode_file_closed(devobj_extension(file->device)->devnode);
        (void)platform_atomic_fetch_sub(&named->ReferenceCount, 1);
    }
    if (file->device != NULL)
    {
        devobj_release(file->device);
    }
    if (named != NULL)
    {
        devobj_release(named);
    }
}

/* The last reference is gone. From here on the file does not hold off the removal of its device, whose driver it must not call. */
static void file_delete(void *body)
{
    struct file *file = body;
    struct platform_event *closed = file->closed;

    file_object_cleanup(file);
    if (file->created)
    {
        send_end(file, IRP_MJ_CLOSE);
    }
    file_leave(file);
    if (file->object.RelatedFileObject != NULL)
    {
        object_release(file_of(file->object.RelatedFileObject));
    }
    if (file->port != NULL)
    {
        completion_port_release(file->port);
    }
    string_free(&file->object.FileName);
    if (closed != NULL)
    {
        (void)platform_event_set(closed);
    }
}

const struct object_type file_type = {
    .name = "File",
    .mapping = {FILE_GENERIC_READ, FILE_GENERIC_WRITE, FILE_GENERIC_EXECUTE, FILE_ALL_ACCESS},
    .valid_access = FILE_ALL_ACCESS,
    .dispatcher = file_dispatcher,
    .last_handle = file_last_handle,
    .delete = file_delete,
};

static POBJECT_TYPE published_file_type = (POBJECT_TYPE)(uintptr_t)&file_type;
POBJECT_TYPE *IoFileObjectType = &published_file_type;

/* The flags of the published object that its options stand for. */
static ULONG flags_of(ULONG options)
{
    static const struct
    {
        ULONG option;
        ULONG flags;
    } known[] = {
        {FILE_SYNCHRONOUS_IO_ALERT, FO_SYNCHRONOUS_IO | FO_ALERTABLE_IO},
        {FILE_SYNCHRONOUS_IO_NONALERT, FO_SYNCHRONOUS_IO},
        {FILE_WRITE_THROUGH, FO_WRITE_THROUGH},
        {FILE_SEQUENTIAL_ONLY, FO_SEQUENTIAL_ONLY},
        {FILE_RANDOM_ACCESS, FO_RANDOM_ACCESS},
        {FILE_NO_INTERMEDIATE_BUFFERING, FO_NO_INTERMEDIATE_BUFFERING},
        {FILE_DELETE_ON_CLOSE, FO_DELETE_ON_CLOSE},
    };
    ULONG flags = 0;

    for (size_t index = 0; index < ARRAYSIZE(known); index++)
    {
        flags |= (options & known[index].option) != 0 ? known[index].flags : 0;
    }
    return flags;
}

/* A file relative to another one is opened on that one's device, by a name that the driver reads beside it. */
static NTSTATUS resolve_related(struct file *file, const struct file_open_request *request)
{
    struct file *related = request->root;

    if (request->path->Length != 0 && request->path->Buffer[0] == '\\')
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    object_reference(related);
    file->object.RelatedFileObject = &related->object;
    file->object.DeviceObject = related->object.DeviceObject;
    devobj_reference(file->object.DeviceObject);
    return string_duplicate(request->path, &file->object.FileName);
}

static NTSTATUS resolve(struct file *file, const struct file_open_request *request)
{
    if (request->root != NULL && object_type(request->root) == &file_type)
    {
        return resolve_related(file, request);
    }
    return namespace_find_device(request->root, request->path, &file->object.DeviceObject, &file->object.FileName);
}

/*
 * What a driver makes of a name behind the device's is its own matter, unless it leaves that to us (FILE_DEVICE_SECURE_OPEN). Kernel mode
 * may open everything.
 */
static bool may_open(const struct file *file, const struct file_open_request *request)
{
    const struct token token = {.is_administrator = request->is_administrator, .is_stranger = request->is_stranger};
    PDEVICE_OBJECT device = file->object.DeviceObject;
    ACCESS_MASK wanted = request->access & FILE_ALL_ACCESS;

    return request->mode == KernelMode ||
           (file->object.FileName.Length != 0 && (device->Characteristics & FILE_DEVICE_SECURE_OPEN) == 0) ||
           devobj_rights(device, &token, wanted) == wanted;
}

/* Enters the stack, unless it is on its way up or down, or somebody is in who wants to be alone. */
static NTSTATUS enter(struct file *file)
{
    PDEVICE_OBJECT named = file->object.DeviceObject;
    LONG before;

    file->device = devobj_top(named);
    if ((platform_atomic_load(&file->device->Flags) & DO_DEVICE_INITIALIZING) != 0 ||
        !devnode_file_opened(devobj_extension(file->device)->devnode))
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    file->entered = true;
    before = platform_atomic_fetch_add(&named->ReferenceCount, 1);
    return before != 0 && (named->Flags & DO_EXCLUSIVE) != 0 && file->object.RelatedFileObject == NULL ?
               STATUS_ACCESS_DENIED :
               STATUS_SUCCESS;
}

static NTSTATUS send_create(struct file *file, const struct file_open_request *request, struct token *token,
                            ULONG_PTR *ret_information)
{
    ACCESS_STATE state = {.OriginalDesiredAccess = request->access,
                          .PreviouslyGrantedAccess = request->access,
                          .SubjectSecurityContext.PrimaryToken = token};
    IO_SECURITY_CONTEXT security = {
        .AccessState = &state, .DesiredAccess = request->access, .FullCreateOptions = request->options};
    PIRP irp = irp_allocate((unsigned)file->device->StackSize, 0, NULL);
    PIO_STACK_LOCATION next;
    NTSTATUS status;

    if (irp == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    prepare(file, irp, IRP_MJ_CREATE);
    next = IoGetNextIrpStackLocation(irp);
    next->Parameters.Create.SecurityContext = &security;
    next->Parameters.Create.Options = request->options | request->disposition << 24;
    next->Parameters.Create.FileAttributes = request->attributes;
    next->Parameters.Create.ShareAccess = request->share;
    next->Parameters.Create.EaLength = request->extended_attributes_length;
    irp->AssociatedIrp.SystemBuffer = (void *)(uintptr_t)request->extended_attributes;
    irp->Overlay.AllocationSize = request->allocation_size;
    irp->RequestorMode = request->mode;
    irp->Flags |= IRP_CREATE_OPERATION | IRP_SYNCHRONOUS_API;
    status = irp_call_and_wait(file->device, irp);
    *ret_information = irp->IoStatus.Information;
    irp_free(irp);
    return status;
}

static void fill(struct file *file, const struct file_open_request *request)
{
    file->access = request->access;
    file->control_flags = (UCHAR)(((file->access & FILE_READ_DATA) != 0 ? SL_READ_ACCESS_GRANTED : 0) |
                                  ((file->access & FILE_WRITE_DATA) != 0 ? SL_WRITE_ACCESS_GRANTED : 0));
    file->options = request->options;
    file->mode = request->mode;
    file->object.Type = IO_TYPE_FILE;
    file->object.Size = (CSHORT)sizeof(FILE_OBJECT);
    file->object.ReadAccess = (request->access & (FILE_READ_DATA | FILE_EXECUTE)) != 0;
    file->object.WriteAccess = (request->access & (FILE_WRITE_DATA | FILE_APPEND_DATA)) != 0;
    file->object.DeleteAccess = (request->access & DELETE) != 0;
    file->object.SharedRead = (request->share & FILE_SHARE_READ) != 0;
    file->object.SharedWrite = (request->share & FILE_SHARE_WRITE) != 0;
    file->object.SharedDelete = (request->share & FILE_SHARE_DELETE) != 0;
    file->object.Flags = flags_of(request->options);
    InitializeListHead(&file->operations);
    InitializeListHead(&file->object.IrpList);
    KeInitializeEvent(&file->object.Lock, SynchronizationEvent, FALSE);
    KeInitializeEvent(&file->object.Event, NotificationEvent, FALSE);
}

/* Shows the drivers of the stack who opens. */
static NTSTATUS create_with_token(struct file *file, const struct file_open_request *request, ULONG_PTR *ret_information)
{
    struct token *token;
    NTSTATUS status = token_create(request->is_administrator || request->mode == KernelMode, &token);

    if (NT_SUCCESS(status))
    {
        token->is_stranger = request->is_stranger;
        status = send_create(file, request, token, ret_information);
        object_release(token);
    }
    return status;
}

NTSTATUS file_object_open(const struct file_open_request *request, struct file **ret_file, ULONG_PTR *ret_information)
{
    struct file *file;
    void *body;
    NTSTATUS status;

    (void)host_file_system();
    *ret_information = 0;
    status = object_create(&file_type, sizeof(*file), &body);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    file = body;
    fill(file, request);
    status = resolve(file, request);
    if (NT_SUCCESS(status))
    {
        status = may_open(file, request) ? enter(file) : STATUS_ACCESS_DENIED;
    }
    if (NT_SUCCESS(status))
    {
        status = create_with_token(file, request, ret_information);
    }
    if (!NT_SUCCESS(status))
    {
        object_release(file);
        return status;
    }
    file->created = true;
    file->object.Flags |= FO_FILE_OPEN;
    *ret_file = file;
    return status;
}

NTSTATUS file_object_open_device(PDEVICE_OBJECT device, const UNICODE_STRING *path, struct file **ret_file)
{
    const struct file_open_request request = {
        .access = FILE_GENERIC_READ | FILE_GENERIC_WRITE,
        .disposition = FILE_OPEN,
        .share = FILE_SHARE_READ | FILE_SHARE_WRITE,
        .mode = KernelMode,
    };
    ULONG_PTR information;
    struct file *file;
    void *body;
    NTSTATUS status = object_create(&file_type, sizeof(*file), &body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    file = body;
    fill(file, &request);
    devobj_reference(device);
    devobj_reference(device);
    file->object.DeviceObject = device;
    file->device = device;
    status = string_duplicate(path, &file->object.FileName);
    if (NT_SUCCESS(status))
    {
        status = create_with_token(file, &request, &information);
    }
    if (!NT_SUCCESS(status))
    {
        object_release(file);
        return status;
    }
    file->created = true;
    file->object.Flags |= FO_FILE_OPEN;
    *ret_file = file;
    return STATUS_SUCCESS;
}
