/* SPDX-License-Identifier: MIT */
/*
 * The functions that format a request for a target, and those that send one and wait.
 */
#include <string.h>

#include "nt/io/irp.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/io_target.h"
#include "wdf/request.h"
#include "wdf/verifier.h"
#include "wdf/verifier_send.h"

static struct request *request_from(WDFREQUEST handle, const char *function)
{
    return request_of(wdfobj_from_handle(handle, OBJECT_REQUEST, function));
}

/*
 * Formats with memory objects.
 */

static NTSTATUS format_transfer(WDFIOTARGET target_handle, WDFREQUEST handle, UCHAR major, WDFMEMORY memory,
                                PWDFMEMORY_OFFSET offsets, PLONGLONG device_offset, const char *function)
{
    struct io_target *target = io_target_from_handle(target_handle, function);
    struct request *request = request_from(handle, function);
    struct transfer transfer;
    NTSTATUS status = transfer_of_memory(memory, offsets, function, &transfer);

    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    if (verifier_is_on(request->object.globals))
    {
        verifier_check_format(request, major, function);
    }
    return request_format_transfer(request, target, major, &transfer, device_offset);
}

static NTSTATUS format_control(WDFIOTARGET target_handle, WDFREQUEST handle, UCHAR major, ULONG code, WDFMEMORY input_memory,
                               PWDFMEMORY_OFFSET input_offsets, WDFMEMORY output_memory, PWDFMEMORY_OFFSET output_offsets,
                               const char *function)
{
    struct io_target *target = io_target_from_handle(target_handle, function);
    struct request *request = request_from(handle, function);
    struct transfer input;
    struct transfer output;
    NTSTATUS status = transfer_of_memory(input_memory, input_offsets, function, &input);

    if (NT_SUCCESS(status))
    {
        status = transfer_of_memory(output_memory, output_offsets, function, &output);
    }
    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    if (verifier_is_on(request->object.globals))
    {
        verifier_check_format(request, major, function);
    }
    return request_format_control(request, target, major, code, &input, &output);
}

NTSTATUS wdf_kmdf_WdfIoTargetFormatRequestForRead(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                  WDFREQUEST Request, WDFMEMORY OutputBuffer,
                                                  PWDFMEMORY_OFFSET OutputBufferOffset, PLONGLONG DeviceOffset)
{
    return format_transfer(IoTarget, Request, IRP_MJ_READ, OutputBuffer, OutputBufferOffset, DeviceOffset,
                           "WdfIoTargetFormatRequestForRead");
}
WDF_ENTRY_BOTH(WdfIoTargetFormatRequestForRead)

NTSTATUS wdf_kmdf_WdfIoTargetFormatRequestForWrite(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                   WDFREQUEST Request, WDFMEMORY InputBuffer,
                                                   PWDFMEMORY_OFFSET InputBufferOffset, PLONGLONG DeviceOffset)
{
    return format_transfer(IoTarget, Request, IRP_MJ_WRITE, InputBuffer, InputBufferOffset, DeviceOffset,
                           "WdfIoTargetFormatRequestForWrite");
}
WDF_ENTRY_BOTH(WdfIoTargetFormatRequestForWrite)

NTSTATUS wdf_kmdf_WdfIoTargetFormatRequestForIoctl(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                   WDFREQUEST Request, ULONG IoctlCode, WDFMEMORY InputBuffer,
                                                   PWDFMEMORY_OFFSET InputBufferOffset, WDFMEMORY OutputBuffer,
                                                   PWDFMEMORY_OFFSET OutputBufferOffset)
{
    return format_control(IoTarget, Request, IRP_MJ_DEVICE_CONTROL, IoctlCode, InputBuffer, InputBufferOffset, OutputBuffer,
                          OutputBufferOffset, "WdfIoTargetFormatRequestForIoctl");
}
WDF_ENTRY_BOTH(WdfIoTargetFormatRequestForIoctl)

NTSTATUS wdf_kmdf_WdfIoTargetFormatRequestForInternalIoctl(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                           WDFREQUEST Request, ULONG IoctlCode, WDFMEMORY InputBuffer,
                                                           PWDFMEMORY_OFFSET InputBufferOffset, WDFMEMORY OutputBuffer,
                                                           PWDFMEMORY_OFFSET OutputBufferOffset)
{
    return format_control(IoTarget, Request, IRP_MJ_INTERNAL_DEVICE_CONTROL, IoctlCode, InputBuffer, InputBufferOffset,
                          OutputBuffer, OutputBufferOffset, "WdfIoTargetFormatRequestForInternalIoctl");
}

/*
 * Internal controls with up to three arguments of any meaning.
 */

/* What the arguments are: their addresses, and the memory objects that keep them. */
struct others
{
    struct transfer argument[3];
    struct object *kept[3];
};

static void others_completed(struct request *request, WDF_REQUEST_COMPLETION_PARAMS *params)
{
    const struct others *others = request->send.format.context;

    params->Type = WdfRequestTypeOther;
    params->Parameters.Others.Argument1.Ptr = others->argument[0].address;
    params->Parameters.Others.Argument2.Ptr = others->argument[1].address;
    params->Parameters.Others.Argument3.Ptr = (void *)(uintptr_t)request->send.format.code;
    params->Parameters.Others.Argument4.Ptr = others->argument[2].address;
}

static void others_release(void *context)
{
    struct others *others = context;

    for (size_t index = 0; index < ARRAYSIZE(others->argument); index++)
    {
        if (others->kept[index] != NULL)
        {
            wdfobj_release(others->kept[index]);
        }
    }
    platform_free(others, sizeof(*others));
}

/* The format of the three, which takes over what is in argument. */
static NTSTATUS format_others(struct request *request, struct io_target *target, ULONG code,
                              const struct transfer argument[3])
{
    struct others *others = platform_zalloc(sizeof(*others));
    PIO_STACK_LOCATION location;
    NTSTATUS status = others == NULL ? STATUS_INSUFFICIENT_RESOURCES :
                                       request_begin_format(request, target, WdfRequestTypeOther,
                                                            IRP_MJ_INTERNAL_DEVICE_CONTROL, &location);

    if (!NT_SUCCESS(status))
    {
        if (others != NULL)
        {
            platform_free(others, sizeof(*others));
        }
        request_set_status(request, status);
        return status;
    }
    for (size_t index = 0; index < ARRAYSIZE(others->argument); index++)
    {
        others->argument[index] = argument[index];
        others->kept[index] = transfer_keep(argument[index].memory);
    }
    location->Parameters.Others.Argument1 = argument[0].address;
    location->Parameters.Others.Argument2 = argument[1].address;
    location->Parameters.Others.Argument3 = (void *)(uintptr_t)code;
    location->Parameters.Others.Argument4 = argument[2].address;
    request->send.format.code = code;
    request->send.format.context = others;
    request->send.format.completed = others_completed;
    request->send.format.release = others_release;
    request->send.format.has_context = true;
    request->send.format.formatted = true;
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfIoTargetFormatRequestForInternalIoctlOthers(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                                 WDFREQUEST Request, ULONG IoctlCode, WDFMEMORY OtherArg1,
                                                                 PWDFMEMORY_OFFSET OtherArg1Offset, WDFMEMORY OtherArg2,
                                                                 PWDFMEMORY_OFFSET OtherArg2Offset, WDFMEMORY OtherArg4,
                                                                 PWDFMEMORY_OFFSET OtherArg4Offset)
{
    static const char function[] = "WdfIoTargetFormatRequestForInternalIoctlOthers";
    struct io_target *target = io_target_from_handle(IoTarget, function);
    struct request *request = request_from(Request, function);
    struct transfer argument[3];
    NTSTATUS status = transfer_of_memory(OtherArg1, OtherArg1Offset, function, &argument[0]);

    if (NT_SUCCESS(status))
    {
        status = transfer_of_memory(OtherArg2, OtherArg2Offset, function, &argument[1]);
    }
    if (NT_SUCCESS(status))
    {
        status = transfer_of_memory(OtherArg4, OtherArg4Offset, function, &argument[2]);
    }
    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    return format_others(request, target, IoctlCode, argument);
}

/*
 * Formats without buffers of the driver's.
 */

/* The next location of the request's packet. Without packet or location it is a bug check, as published. */
static PIO_STACK_LOCATION next_location(struct request *request)
{
    PIRP irp = request->irp;

    if (irp == NULL)
    {
        globals_bugcheck(request->object.globals, WDF_REQUEST_FATAL_ERROR, WDF_REQUEST_FATAL_ERROR_NULL_IRP,
                         (ULONG_PTR)wdfobj_handle(&request->object), 0);
    }
    if (irp->CurrentLocation <= 1)
    {
        globals_bugcheck(request->object.globals, WDF_REQUEST_FATAL_ERROR, WDF_REQUEST_FATAL_ERROR_NO_MORE_STACK_LOCATIONS,
                         (ULONG_PTR)irp, 0);
    }
    return IoGetNextIrpStackLocation(irp);
}

/* The location as it is, without the completion routine of whoever sent it. */
static void format_as(struct request *request, const IO_STACK_LOCATION *source, WDF_REQUEST_TYPE type)
{
    PIO_STACK_LOCATION location = next_location(request);

    request_release_format(request);
    memcpy(location, source, offsetof(IO_STACK_LOCATION, CompletionRoutine));
    location->CompletionRoutine = NULL;
    location->Context = NULL;
    location->Control = 0;
    request_need_extras(request);
    request->send.format.held = true;
    request->send.format.formatted = true;
    request->send.format.type = type;
}

/* What has been sent and is not back is not to be touched. */
static bool is_out(PWDF_DRIVER_GLOBALS published, const struct request *request, const char *function)
{
    bool out = request_is_in_flight(&request->send);

    if (out)
    {
        globals_break(globals_of(published), "%s: the request has been sent and is not back", function);
    }
    return out;
}

VOID wdf_kmdf_WdfRequestFormatRequestUsingCurrentType(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = request_from(Request, "WdfRequestFormatRequestUsingCurrentType");

    if (is_out(DriverGlobals, request, "WdfRequestFormatRequestUsingCurrentType"))
    {
        return;
    }
    (void)next_location(request);
    if (request->irp->CurrentLocation > request->irp->StackCount)
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestFormatRequestUsingCurrentType: the request has no current type");
        request_set_status(request, STATUS_INVALID_DEVICE_REQUEST);
        return;
    }
    format_as(request, request_location(request), WdfRequestTypeNoFormat);
}
WDF_ENTRY_BOTH(WdfRequestFormatRequestUsingCurrentType)

VOID wdf_kmdf_WdfRequestWdmFormatUsingStackLocation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                    PIO_STACK_LOCATION Stack)
{
    globals_require(DriverGlobals, Stack, "WdfRequestWdmFormatUsingStackLocation");
    struct request *request = request_from(Request, "WdfRequestWdmFormatUsingStackLocation");

    if (!is_out(DriverGlobals, request, "WdfRequestWdmFormatUsingStackLocation"))
    {
        format_as(request, Stack, WdfRequestTypeOther);
    }
}

/*
 * Send and wait.
 */

/* A request that is sent and waited for: the driver's, or one for this purpose. */
struct exchange
{
    struct io_target *target;
    struct request *request;
    struct send_options options;
    bool made;
    const char *function;
};

static NTSTATUS exchange_begin(struct exchange *exchange, PWDF_DRIVER_GLOBALS published, WDFIOTARGET target,
                               WDFREQUEST request, PWDF_REQUEST_SEND_OPTIONS options, const char *function)
{
    struct driver_globals *globals = globals_of(published);
    NTSTATUS status = request_check_options(options, globals->user_flavour, &exchange->options);

    exchange->target = io_target_from_handle(target, function);
    exchange->request = request == NULL ? NULL : request_from(request, function);
    exchange->options.flags &= ~(ULONG)WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
    exchange->options.flags |= WDF_REQUEST_SEND_OPTION_SYNCHRONOUS;
    exchange->made = false;
    exchange->function = function;
    return status;
}

/* Makes the request if the driver brought none. What happened before decides. */
static NTSTATUS exchange_prepare(struct exchange *exchange, PWDF_DRIVER_GLOBALS published, NTSTATUS status)
{
    if (!NT_SUCCESS(status) || exchange->request != NULL)
    {
        return status;
    }
    exchange->request = request_make(globals_of(published), NULL, NULL, exchange->target);
    exchange->made = exchange->request != NULL;
    return exchange->made ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* Sends what has been formatted, and ends the exchange. */
static NTSTATUS exchange_finish(struct exchange *exchange, NTSTATUS status, PULONG_PTR ret_bytes)
{
    if (NT_SUCCESS(status))
    {
        if (verifier_is_on(exchange->target->object.globals))
        {
            verifier_check_send(exchange->request, exchange->target, &exchange->options, exchange->function);
        }
        status = request_send_and_wait(exchange->request, exchange->target, &exchange->options);
        if (ret_bytes != NULL)
        {
            *ret_bytes = exchange->request->irp->IoStatus.Information;
        }
    }
    if (exchange->made)
    {
        wdfobj_delete(&exchange->request->object);
    }
    return status;
}

static NTSTATUS transfer_synchronously(PWDF_DRIVER_GLOBALS published, WDFIOTARGET target, WDFREQUEST request, UCHAR major,
                                       PWDF_MEMORY_DESCRIPTOR buffer, PLONGLONG offset, PWDF_REQUEST_SEND_OPTIONS options,
                                       PULONG_PTR ret_bytes, const char *function)
{
    struct exchange exchange;
    struct transfer transfer;
    NTSTATUS status = exchange_begin(&exchange, published, target, request, options, function);

    if (NT_SUCCESS(status))
    {
        status = transfer_of_descriptor(buffer, globals_of(published)->user_flavour, function, &transfer);
    }
    status = exchange_prepare(&exchange, published, status);
    if (NT_SUCCESS(status))
    {
        status = request_format_transfer(exchange.request, exchange.target, major, &transfer, offset);
    }
    return exchange_finish(&exchange, status, ret_bytes);
}

static NTSTATUS control_synchronously(PWDF_DRIVER_GLOBALS published, WDFIOTARGET target, WDFREQUEST request, UCHAR major,
                                      ULONG code, PWDF_MEMORY_DESCRIPTOR input_buffer, PWDF_MEMORY_DESCRIPTOR output_buffer,
                                      PWDF_REQUEST_SEND_OPTIONS options, PULONG_PTR ret_bytes, const char *function)
{
    bool user_flavour = globals_of(published)->user_flavour;
    struct exchange exchange;
    struct transfer input;
    struct transfer output;
    NTSTATUS status = exchange_begin(&exchange, published, target, request, options, function);

    if (NT_SUCCESS(status))
    {
        status = transfer_of_descriptor(input_buffer, user_flavour, function, &input);
    }
    if (NT_SUCCESS(status))
    {
        status = transfer_of_descriptor(output_buffer, user_flavour, function, &output);
    }
    status = exchange_prepare(&exchange, published, status);
    if (NT_SUCCESS(status))
    {
        status = request_format_control(exchange.request, exchange.target, major, code, &input, &output);
    }
    return exchange_finish(&exchange, status, ret_bytes);
}

NTSTATUS wdf_kmdf_WdfIoTargetSendReadSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                   WDFREQUEST Request, PWDF_MEMORY_DESCRIPTOR OutputBuffer,
                                                   PLONGLONG DeviceOffset, PWDF_REQUEST_SEND_OPTIONS RequestOptions,
                                                   PULONG_PTR BytesRead)
{
    return transfer_synchronously(DriverGlobals, IoTarget, Request, IRP_MJ_READ, OutputBuffer, DeviceOffset, RequestOptions,
                                  BytesRead, "WdfIoTargetSendReadSynchronously");
}
WDF_ENTRY_BOTH(WdfIoTargetSendReadSynchronously)

NTSTATUS wdf_kmdf_WdfIoTargetSendWriteSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                    WDFREQUEST Request, PWDF_MEMORY_DESCRIPTOR InputBuffer,
                                                    PLONGLONG DeviceOffset, PWDF_REQUEST_SEND_OPTIONS RequestOptions,
                                                    PULONG_PTR BytesWritten)
{
    return transfer_synchronously(DriverGlobals, IoTarget, Request, IRP_MJ_WRITE, InputBuffer, DeviceOffset, RequestOptions,
                                  BytesWritten, "WdfIoTargetSendWriteSynchronously");
}
WDF_ENTRY_BOTH(WdfIoTargetSendWriteSynchronously)

NTSTATUS wdf_kmdf_WdfIoTargetSendIoctlSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                    WDFREQUEST Request, ULONG IoctlCode, PWDF_MEMORY_DESCRIPTOR InputBuffer,
                                                    PWDF_MEMORY_DESCRIPTOR OutputBuffer,
                                                    PWDF_REQUEST_SEND_OPTIONS RequestOptions, PULONG_PTR BytesReturned)
{
    return control_synchronously(DriverGlobals, IoTarget, Request, IRP_MJ_DEVICE_CONTROL, IoctlCode, InputBuffer,
                                 OutputBuffer, RequestOptions, BytesReturned, "WdfIoTargetSendIoctlSynchronously");
}
WDF_ENTRY_BOTH(WdfIoTargetSendIoctlSynchronously)

NTSTATUS wdf_kmdf_WdfIoTargetSendInternalIoctlSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                            WDFREQUEST Request, ULONG IoctlCode,
                                                            PWDF_MEMORY_DESCRIPTOR InputBuffer,
                                                            PWDF_MEMORY_DESCRIPTOR OutputBuffer,
                                                            PWDF_REQUEST_SEND_OPTIONS RequestOptions,
                                                            PULONG_PTR BytesReturned)
{
    return control_synchronously(DriverGlobals, IoTarget, Request, IRP_MJ_INTERNAL_DEVICE_CONTROL, IoctlCode, InputBuffer,
                                 OutputBuffer, RequestOptions, BytesReturned, "WdfIoTargetSendInternalIoctlSynchronously");
}

NTSTATUS wdf_kmdf_WdfIoTargetSendInternalIoctlOthersSynchronously(
    PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget, WDFREQUEST Request, ULONG IoctlCode,
    PWDF_MEMORY_DESCRIPTOR OtherArg1, PWDF_MEMORY_DESCRIPTOR OtherArg2, PWDF_MEMORY_DESCRIPTOR OtherArg4,
    PWDF_REQUEST_SEND_OPTIONS RequestOptions, PULONG_PTR BytesReturned)
{
    static const char function[] = "WdfIoTargetSendInternalIoctlOthersSynchronously";
    const WDF_MEMORY_DESCRIPTOR *const descriptors[3] = {OtherArg1, OtherArg2, OtherArg4};
    struct exchange exchange;
    struct transfer argument[3];
    NTSTATUS status = exchange_begin(&exchange, DriverGlobals, IoTarget, Request, RequestOptions, function);

    for (size_t index = 0; index < ARRAYSIZE(descriptors) && NT_SUCCESS(status); index++)
    {
        status = transfer_of_descriptor(descriptors[index], false, function, &argument[index]);
    }
    status = exchange_prepare(&exchange, DriverGlobals, status);
    if (NT_SUCCESS(status))
    {
        status = format_others(exchange.request, exchange.target, IoctlCode, argument);
    }
    return exchange_finish(&exchange, status, BytesReturned);
}
