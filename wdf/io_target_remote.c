/* SPDX-License-Identifier: MIT */
/*
 * Remote targets: devices that the driver opens.
 *
 * One thread at a time opens or closes a target; others wait. What happens to the device behind it is told on the thread that drives
 * that device, which may close and open the target as the driver would; so a registration is ended by nobody who others wait for.
 */
#include "wdf/io_target_remote.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/file_object.h"
#include "nt/object/manager.h"
#include "nt/pnp/notification.h"
#include "nt/rtl/string.h"
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"

/* What an open asks for, kept for the next one. */
struct open_request
{
    WDF_IO_TARGET_OPEN_PARAMS params;
    UNICODE_STRING name;
    UNICODE_STRING file_name;
    void *extended;
    LARGE_INTEGER allocation;
    bool valid;
};

struct remote_target
{
    struct io_target target;
    struct open_request request;
    /* Somebody opens or closes it; guarded by the target's lock. */
    bool busy;
    HANDLE handle;
    /* Referenced; NULL when what is used was not opened here. */
    struct file *file;
    struct notification *notification;
};

static struct remote_target *remote_of(struct io_target *target)
{
    return CONTAINING_RECORD(target, struct remote_target, target);
}

/*
 * What is kept of an open.
 */

static void free_request(struct open_request *request)
{
    string_free(&request->name);
    string_free(&request->file_name);
    if (request->extended != NULL)
    {
        platform_free(request->extended, request->params.EaBufferLength);
    }
    memset(request, 0, sizeof(*request));
}

static NTSTATUS copy_request(const WDF_IO_TARGET_OPEN_PARAMS *params, struct open_request *ret_request)
{
    NTSTATUS status = STATUS_SUCCESS;

    memset(ret_request, 0, sizeof(*ret_request));
    ret_request->params = *params;
    ret_request->valid = params->Type == WdfIoTargetOpenByName;
    if (params->AllocationSize != NULL)
    {
        ret_request->allocation.QuadPart = *params->AllocationSize;
    }
    if (params->TargetDeviceName.Length != 0)
    {
        status = string_duplicate(&params->TargetDeviceName, &ret_request->name);
    }
    if (NT_SUCCESS(status) && params->FileName.Length != 0)
    {
        status = string_duplicate(&params->FileName, &ret_request->file_name);
    }
    if (NT_SUCCESS(status) && params->EaBuffer != NULL && params->EaBufferLength != 0)
    {
        ret_request->extended = platform_alloc(params->EaBufferLength);
        status = ret_request->extended == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        free_request(ret_request);
        return status;
    }
    if (ret_request->extended != NULL)
    {
        memcpy(ret_request->extended, params->EaBuffer, params->EaBufferLength);
    }
    return STATUS_SUCCESS;
}

/*
 * One at a time.
 */

static bool is_connected(const struct io_target *target)
{
    return platform_atomic_load(&target->device) != NULL;
}

/* Begins an open. STATUS_INVALID_DEVICE_STATE while the target is open, being opened or closed, or deleted. */
static NTSTATUS begin_open(struct remote_target *remote)
{
    struct io_target *target = &remote->target;
    NTSTATUS status = STATUS_INVALID_DEVICE_STATE;

    platform_spinlock_lock(&target->lock);
    if (!remote->busy && !is_connected(target) && target->state != WdfIoTargetDeleted)
    {
        remote->busy = true;
        status = STATUS_SUCCESS;
    }
    platform_spinlock_unlock(&target->lock);
    return status;
}

static void end_busy(struct remote_target *remote)
{
    struct io_target *target = &remote->target;

    platform_spinlock_lock(&target->lock);
    remote->busy = false;
    target->changes++;
    platform_spinlock_unlock(&target->lock);
    platform_wake_word(&target->changes, UINT32_MAX);
}

/* Begins a close, when nobody else is at it. */
static void begin_close(struct remote_target *remote)
{
    struct io_target *target = &remote->target;

    platform_spinlock_lock(&target->lock);
    while (remote->busy)
    {
        io_target_wait_for_change(target);
    }
    remote->busy = true;
    platform_spinlock_unlock(&target->lock);
}

/*
 * Closing.
 */

static void release_file(struct remote_target *remote)
{
    HANDLE handle;

    platform_spinlock_lock(&remote->target.lock);
    io_target_set_device(&remote->target, NULL);
    platform_atomic_store(&remote->target.file, NULL);
    remote->target.closing = false;
    handle = remote->handle;
    remote->handle = NULL;
    platform_spinlock_unlock(&remote->target.lock);
    if (handle != NULL)
    {
        (void)handle_close(handle);
    }
    if (remote->file != NULL)
    {
        object_release(remote->file);
        remote->file = NULL;
    }
}

/* Ends the registration. Who runs in its callback may be waited for, so that nothing is being held. */
static void end_notification(struct notification *notification)
{
    if (notification != NULL)
    {
        notification_unregister(notification);
    }
}

static void note_removal(struct remote_target *remote)
{
    platform_spinlock_lock(&remote->target.lock);
    remote->target.closed_by_removal = true;
    platform_spinlock_unlock(&remote->target.lock);
}

static void close_target(struct remote_target *remote, enum target_event event, bool by_removal)
{
    struct notification *notification = NULL;

    begin_close(remote);
    if (by_removal)
    {
        note_removal(remote);
    }
    if (io_target_disconnect(&remote->target, event))
    {
        release_file(remote);
    }
    if (event != TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE)
    {
        notification = remote->notification;
        remote->notification = NULL;
    }
    end_busy(remote);
    end_notification(notification);
}

/*
 * Opening.
 */

/* The user flavour names devices as programs do. */
static void use_native_name(UNICODE_STRING *name)
{
    static const WCHAR native[] = L"\\??\\";
    WCHAR *text = name->Buffer;

    if (name->Length >= 4 * sizeof(WCHAR) && text[0] == '\\' && text[1] == '\\' && (text[2] == '.' || text[2] == '?') &&
        text[3] == '\\')
    {
        memcpy(text, native, 4 * sizeof(WCHAR));
    }
}

/* What a disposition of the user flavour is called here. */
static ULONG native_disposition(ULONG disposition)
{
    static const UCHAR known[] = {
        [1] = FILE_CREATE, [2] = FILE_OVERWRITE_IF, [3] = FILE_OPEN, [4] = FILE_OPEN_IF, [5] = FILE_OVERWRITE,
    };

    return disposition == 0 || disposition >= ARRAYSIZE(known) ? FILE_MAXIMUM_DISPOSITION + 1 : known[disposition];
}

static NTSTATUS open_by_name(struct remote_target *remote, ULONG *ret_information)
{
    struct open_request *request = &remote->request;
    const WDF_IO_TARGET_OPEN_PARAMS *params = &request->params;
    bool user_flavour = remote->target.object.globals->user_flavour;
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block = {0};
    void *body;
    NTSTATUS status;

    if (user_flavour)
    {
        use_native_name(&request->name);
    }
    InitializeObjectAttributes(&attributes, &request->name, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
    status = ZwCreateFile(&remote->handle, params->DesiredAccess, &attributes, &block,
                          params->AllocationSize == NULL ? NULL : &request->allocation,
                          params->FileAttributes & FILE_ATTRIBUTE_VALID_FLAGS, params->ShareAccess,
                          user_flavour ? native_disposition(params->CreateDisposition) : params->CreateDisposition,
                          params->CreateOptions, request->extended, params->EaBufferLength);
    *ret_information = (ULONG)block.Information;
    if (!NT_SUCCESS(status))
    {
        remote->handle = NULL;
        return status;
    }
    status = handle_lookup(remote->handle, &file_type, 0, &body);
    if (!NT_SUCCESS(status))
    {
        (void)handle_close(remote->handle);
        remote->handle = NULL;
        return status;
    }
    remote->file = body;
    return STATUS_SUCCESS;
}

/* Below the target's own device: the file is one that no other device of the stack sees. */
static NTSTATUS open_by_file(struct remote_target *remote)
{
    PDEVICE_OBJECT below = remote->target.owner->lower;

    return below == NULL ? STATUS_INVALID_DEVICE_STATE :
                           file_object_open_device(below, &remote->request.file_name, &remote->file);
}

static NTSTATUS open_device(struct remote_target *remote, PDEVICE_OBJECT *ret_device, PFILE_OBJECT *ret_file,
                            ULONG *ret_information)
{
    const WDF_IO_TARGET_OPEN_PARAMS *params = &remote->request.params;
    NTSTATUS status;

    if (params->Type == WdfIoTargetOpenUseExistingDevice)
    {
        *ret_device = params->TargetDeviceObject;
        *ret_file = params->TargetFileObject;
        return STATUS_SUCCESS;
    }
    status = params->Type == WdfIoTargetOpenByName ? open_by_name(remote, ret_information) : open_by_file(remote);
    if (NT_SUCCESS(status))
    {
        *ret_device = remote->file->device;
        *ret_file = &remote->file->object;
    }
    return status;
}

static NTSTATUS hear(const struct notification_news *news, void *context);

/* Who cannot be told of the device's removal goes on without. */
static void watch_device(struct remote_target *remote, PFILE_OBJECT file)
{
    struct devnode *devnode = file == NULL ? NULL : devobj_extension(file->DeviceObject)->devnode;

    if (remote->notification == NULL && devnode != NULL && remote->request.params.Type != WdfIoTargetOpenLocalTargetByFile)
    {
        (void)notification_register_target(devnode, hear, remote, &remote->notification);
    }
}

/* Opens what the request says. What it opens is counted as the target's from the moment that the target has started. */
static NTSTATUS connect(struct remote_target *remote, ULONG *ret_information)
{
    PDEVICE_OBJECT device = NULL;
    PFILE_OBJECT file = NULL;
    NTSTATUS status = open_device(remote, &device, &file, ret_information);

    if (NT_SUCCESS(status))
    {
        watch_device(remote, file);
        status = io_target_open_done(&remote->target, device, file);
    }
    if (!NT_SUCCESS(status))
    {
        release_file(remote);
    }
    return status;
}

/* A reopening that fails leaves a target that is closed for good. */
static NTSTATUS reopen(struct remote_target *remote)
{
    ULONG information;
    NTSTATUS status = begin_open(remote);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (!remote->request.valid)
    {
        end_busy(remote);
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    status = connect(remote, &information);
    end_busy(remote);
    if (!NT_SUCCESS(status))
    {
        close_target(remote, TARGET_EVENT_CLOSE, false);
    }
    return status;
}

/*
 * Begins an open of something else. What was heard of the device before is over then; who tells of it may be waiting for its turn
 * to close, so that ends before the open does.
 */
static NTSTATUS begin_open_anew(struct remote_target *remote)
{
    struct notification *notification;
    NTSTATUS status = begin_open(remote);

    if (!NT_SUCCESS(status) || remote->notification == NULL)
    {
        return status;
    }
    notification = remote->notification;
    remote->notification = NULL;
    end_busy(remote);
    end_notification(notification);
    return begin_open(remote);
}

static NTSTATUS open_anew(struct remote_target *remote, PWDF_IO_TARGET_OPEN_PARAMS params)
{
    struct open_request request;
    NTSTATUS status = copy_request(params, &request);

    if (NT_SUCCESS(status))
    {
        status = begin_open_anew(remote);
        if (!NT_SUCCESS(status))
        {
            free_request(&request);
        }
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    free_request(&remote->request);
    remote->request = request;
    status = connect(remote, &params->FileInformation);
    end_busy(remote);
    if (!NT_SUCCESS(status))
    {
        close_target(remote, TARGET_EVENT_CLOSE, false);
    }
    return status;
}

/*
 * The device behind the target.
 */

static NTSTATUS hear_query(struct remote_target *remote)
{
    PFN_WDF_IO_TARGET_QUERY_REMOVE callback = remote->request.params.EvtIoTargetQueryRemove;
    struct verifier_callback called;
    NTSTATUS status;

    if (callback != NULL)
    {
        verifier_callback_enter(&called, &remote->target.object, "EvtIoTargetQueryRemove");
        status = callback(wdfobj_handle(&remote->target.object));
        verifier_callback_leave(&called);
        return status;
    }
    close_target(remote, TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE, true);
    return STATUS_SUCCESS;
}

static void hear_cancelled(struct remote_target *remote)
{
    PFN_WDF_IO_TARGET_REMOVE_CANCELED callback = remote->request.params.EvtIoTargetRemoveCanceled;
    struct verifier_callback called;
    bool closed;

    if (callback != NULL)
    {
        verifier_callback_enter(&called, &remote->target.object, "EvtIoTargetRemoveCanceled");
        callback(wdfobj_handle(&remote->target.object));
        verifier_callback_leave(&called);
        return;
    }
    platform_spinlock_lock(&remote->target.lock);
    closed = remote->target.state == WdfIoTargetClosedForQueryRemove;
    platform_spinlock_unlock(&remote->target.lock);
    if (closed)
    {
        (void)reopen(remote);
    }
}

static void hear_complete(struct remote_target *remote)
{
    PFN_WDF_IO_TARGET_REMOVE_COMPLETE callback = remote->request.params.EvtIoTargetRemoveComplete;
    struct verifier_callback called;

    if (callback != NULL)
    {
        note_removal(remote);
        verifier_callback_enter(&called, &remote->target.object, "EvtIoTargetRemoveComplete");
        callback(wdfobj_handle(&remote->target.object));
        verifier_callback_leave(&called);
        return;
    }
    close_target(remote, TARGET_EVENT_CLOSE, true);
}

static NTSTATUS hear(const struct notification_news *news, void *context)
{
    struct remote_target *remote = context;

    switch (news->event)
    {
        case NOTIFICATION_QUERY_REMOVE:
            return hear_query(remote);
        case NOTIFICATION_REMOVE_CANCELLED:
            hear_cancelled(remote);
            return STATUS_SUCCESS;
        case NOTIFICATION_REMOVE_COMPLETE:
            hear_complete(remote);
            return STATUS_SUCCESS;
        default:
            return STATUS_SUCCESS;
    }
}

/*
 * The object.
 */

static void remote_dispose(struct object *object)
{
    close_target(remote_of(io_target_of(object)), TARGET_EVENT_DELETE, false);
}

static void remote_destroy(struct object *object)
{
    free_request(&remote_of(io_target_of(object))->request);
}

static const struct object_class remote_class = {
    .name = "WDFIOTARGET",
    .type = OBJECT_IO_TARGET,
    .size = sizeof(struct remote_target),
    .deletable = true,
    .passive_dispose = true,
    .dispose = remote_dispose,
    .destroy = remote_destroy,
};

/* Only a remote target can be opened and closed. */
static struct remote_target *remote_from(WDFIOTARGET handle, const char *function)
{
    struct io_target *target = io_target_from_handle(handle, function);

    if (target->object.class != &remote_class)
    {
        globals_invalid_handle(handle, function);
    }
    return remote_of(target);
}

HANDLE io_target_handle(struct io_target *target)
{
    HANDLE handle = NULL;

    if (target->object.class == &remote_class)
    {
        platform_spinlock_lock(&target->lock);
        handle = is_connected(target) ? remote_of(target)->handle : NULL;
        platform_spinlock_unlock(&target->lock);
    }
    return handle;
}

static bool has_callbacks(const WDF_IO_TARGET_OPEN_PARAMS *params)
{
    return params->EvtIoTargetQueryRemove != NULL || params->EvtIoTargetRemoveCanceled != NULL ||
           params->EvtIoTargetRemoveComplete != NULL;
}

static NTSTATUS check_params(const WDF_IO_TARGET_OPEN_PARAMS *params, bool user_flavour)
{
    bool good;

    if (params->Size != sizeof(*params))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    switch (params->Type)
    {
        case WdfIoTargetOpenByName:
            good = params->TargetDeviceName.Buffer != NULL && params->TargetDeviceName.Length != 0;
            break;
        case WdfIoTargetOpenUseExistingDevice:
            good = !user_flavour && params->TargetDeviceObject != NULL &&
                   (!has_callbacks(params) || params->TargetFileObject != NULL);
            break;
        case WdfIoTargetOpenLocalTargetByFile:
            good = user_flavour && !has_callbacks(params);
            break;
        default:
            good = params->Type == WdfIoTargetOpenReopen;
            break;
    }
    return good ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfIoTargetCreate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                    PWDF_OBJECT_ATTRIBUTES IoTargetAttributes, WDFIOTARGET *IoTarget)
{
    globals_require(DriverGlobals, IoTarget, "WdfIoTargetCreate");
    struct device *device = device_from_handle(Device, "WdfIoTargetCreate");
    struct object *object;
    struct object *parent;
    NTSTATUS status = wdfobj_check_attributes(IoTargetAttributes, &remote_class, OBJECT_PARENT_OPTIONAL);

    *IoTarget = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    parent = wdfobj_parent(IoTargetAttributes, &device->object);
    if (wdfobj_device(parent) != &device->object)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    object = wdfobj_allocate(globals_of(DriverGlobals), &remote_class, IoTargetAttributes, parent);
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    io_target_make(io_target_of(object), device, WdfIoTargetClosed);
    return wdfobj_publish(object, parent, IoTarget);
}
WDF_ENTRY_BOTH(WdfIoTargetCreate)

NTSTATUS wdf_kmdf_WdfIoTargetOpen(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                  PWDF_IO_TARGET_OPEN_PARAMS OpenParams)
{
    globals_require(DriverGlobals, OpenParams, "WdfIoTargetOpen");
    struct remote_target *remote = remote_from(IoTarget, "WdfIoTargetOpen");
    NTSTATUS status = check_params(OpenParams, globals_of(DriverGlobals)->user_flavour);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    return OpenParams->Type == WdfIoTargetOpenReopen ? reopen(remote) : open_anew(remote, OpenParams);
}
WDF_ENTRY_BOTH(WdfIoTargetOpen)

VOID wdf_kmdf_WdfIoTargetClose(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    close_target(remote_from(IoTarget, "WdfIoTargetClose"), TARGET_EVENT_CLOSE, false);
}
WDF_ENTRY_BOTH(WdfIoTargetClose)

VOID wdf_kmdf_WdfIoTargetCloseForQueryRemove(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    close_target(remote_from(IoTarget, "WdfIoTargetCloseForQueryRemove"), TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE, false);
}
WDF_ENTRY_BOTH(WdfIoTargetCloseForQueryRemove)
