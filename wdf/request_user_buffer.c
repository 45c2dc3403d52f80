/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: the sender's own addresses, of requests whose buffers nobody has copied or mapped, and buffers behind them.
 *
 * Sender and driver are one address space here, so an address of the sender is good in any thread; what a driver does with it
 * in EvtIoInCallerContext, where it has to, works, and so does what it should not do.
 */
#include "wdf/request.h"

#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"

/* The sender's address and length of one direction; a request of another kind has none. */
static NTSTATUS find_address(const struct request *request, bool output, PVOID *ret_address, size_t *ret_length)
{
    PIO_STACK_LOCATION location = request_location(request);
    bool is_neither = (request->device->wdm->Flags & (DO_BUFFERED_IO | DO_DIRECT_IO)) == 0;

    switch (location->MajorFunction)
    {
        case IRP_MJ_READ:
        case IRP_MJ_WRITE:
            if (!is_neither || output != (location->MajorFunction == IRP_MJ_READ))
            {
                return STATUS_INVALID_DEVICE_REQUEST;
            }
            *ret_address = request->irp->UserBuffer;
            *ret_length = request_length(request);
            return STATUS_SUCCESS;
        case IRP_MJ_DEVICE_CONTROL:
        case IRP_MJ_INTERNAL_DEVICE_CONTROL:
            if ((location->Parameters.DeviceIoControl.IoControlCode & 3) != METHOD_NEITHER)
            {
                return STATUS_INVALID_DEVICE_REQUEST;
            }
            *ret_address = output ? request->irp->UserBuffer : location->Parameters.DeviceIoControl.Type3InputBuffer;
            *ret_length = output ? location->Parameters.DeviceIoControl.OutputBufferLength :
                                   location->Parameters.DeviceIoControl.InputBufferLength;
            return STATUS_SUCCESS;
        default:
            return STATUS_INVALID_DEVICE_REQUEST;
    }
}

static NTSTATUS retrieve_address(const struct request *request, bool output, size_t minimum, PVOID *ret_address,
                                 size_t *ret_length)
{
    PVOID address = NULL;
    size_t length = 0;
    NTSTATUS status = find_address(request, output, &address, &length);

    if (NT_SUCCESS(status) && (length == 0 || length < minimum))
    {
        status = STATUS_BUFFER_TOO_SMALL;
    }
    *ret_address = NT_SUCCESS(status) ? address : NULL;
    if (ret_length != NULL)
    {
        *ret_length = NT_SUCCESS(status) ? length : 0;
    }
    return status;
}

/*
 * Locked buffers: a memory object of its own, which goes with the request.
 */

struct locked_memory
{
    struct memory memory;
    PMDL list;
};

static void locked_destroy(struct object *object)
{
    struct locked_memory *locked = CONTAINING_RECORD(memory_of(object), struct locked_memory, memory);

    if (locked->list != NULL)
    {
        MmUnlockPages(locked->list);
        IoFreeMdl(locked->list);
    }
}

static const struct object_class locked_class = {
    .name = "WDFMEMORY of a locked buffer",
    .type = OBJECT_MEMORY,
    .size = sizeof(struct locked_memory),
    .embedded = true,
    .destroy = locked_destroy,
};

static NTSTATUS lock_buffer(struct request *request, PVOID buffer, size_t length, bool for_write, WDFMEMORY *ret_memory)
{
    struct locked_memory *locked;
    struct object *object;

    *ret_memory = NULL;
    if (length == 0 || length > MAXULONG)
    {
        return STATUS_INVALID_USER_BUFFER;
    }
    if (!(for_write ? platform_is_writable(buffer, length) : platform_is_readable(buffer, length)))
    {
        return STATUS_ACCESS_VIOLATION;
    }
    object = wdfobj_allocate(request->object.globals, &locked_class, NULL, &request->object);
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    locked = CONTAINING_RECORD(memory_of(object), struct locked_memory, memory);
    locked->list = IoAllocateMdl(buffer, (ULONG)length, FALSE, FALSE, NULL);
    if (locked->list == NULL)
    {
        wdfobj_discard(object);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    MmProbeAndLockPages(locked->list, KernelMode, for_write ? IoModifyAccess : IoReadAccess);
    locked->memory.buffer = MmGetSystemAddressForMdlSafe(locked->list, NormalPagePriority);
    locked->memory.length = length;
    locked->memory.read_only = !for_write;
    return wdfobj_publish(object, &request->object, ret_memory);
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfRequestRetrieveUnsafeUserInputBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                          size_t MinimumRequiredLength, PVOID *InputBuffer, size_t *Length)
{
    globals_require(DriverGlobals, InputBuffer, "WdfRequestRetrieveUnsafeUserInputBuffer");
    return retrieve_address(request_owned(DriverGlobals, Request, "WdfRequestRetrieveUnsafeUserInputBuffer"), false,
                            MinimumRequiredLength, InputBuffer, Length);
}

NTSTATUS wdf_kmdf_WdfRequestRetrieveUnsafeUserOutputBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                           size_t MinimumRequiredLength, PVOID *OutputBuffer, size_t *Length)
{
    globals_require(DriverGlobals, OutputBuffer, "WdfRequestRetrieveUnsafeUserOutputBuffer");
    return retrieve_address(request_owned(DriverGlobals, Request, "WdfRequestRetrieveUnsafeUserOutputBuffer"), true,
                            MinimumRequiredLength, OutputBuffer, Length);
}

NTSTATUS wdf_kmdf_WdfRequestProbeAndLockUserBufferForRead(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                          PVOID Buffer, size_t Length, WDFMEMORY *MemoryObject)
{
    globals_require(DriverGlobals, Buffer, "WdfRequestProbeAndLockUserBufferForRead");
    globals_require(DriverGlobals, MemoryObject, "WdfRequestProbeAndLockUserBufferForRead");
    return lock_buffer(request_owned(DriverGlobals, Request, "WdfRequestProbeAndLockUserBufferForRead"), Buffer, Length,
                       false, MemoryObject);
}

NTSTATUS wdf_kmdf_WdfRequestProbeAndLockUserBufferForWrite(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                           PVOID Buffer, size_t Length, WDFMEMORY *MemoryObject)
{
    globals_require(DriverGlobals, Buffer, "WdfRequestProbeAndLockUserBufferForWrite");
    globals_require(DriverGlobals, MemoryObject, "WdfRequestProbeAndLockUserBufferForWrite");
    return lock_buffer(request_owned(DriverGlobals, Request, "WdfRequestProbeAndLockUserBufferForWrite"), Buffer, Length,
                       true, MemoryObject);
}
