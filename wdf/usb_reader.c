/* SPDX-License-Identifier: MIT */
/*
 * The continuous reader of a USB pipe.
 *
 * A number of reads is always on its way while the pipe is started. A read that came back is sent again later, never from its own
 * completion, so nothing recurses. A failure ends all reads; when they are back, work asks the driver whether to repair the pipe.
 */
#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/memory.h"
#include "wdf/request.h"
#include "wdf/usb_target.h"
#include "wdf/verifier.h"
#include "wdf/work.h"

enum
{
    READS_USUALLY = 2,
    READS_MOST = 10,
};

struct usb_read
{
    struct usb_reader *reader;
    struct request *request;
    WDFMEMORY memory;
    bool busy;
};

struct usb_reader
{
    struct usb_pipe *pipe;
    WDF_USB_CONTINUOUS_READER_CONFIG config;
    /* Where the buffers come from. */
    WDFLOOKASIDE buffers;
    /* What sends reads again: a call of the kernel flavour's, work of the user flavour's, as published. */
    KDPC again_call;
    struct work again;
    struct work repair;
    /* Guards what follows, and who is busy. */
    struct platform_spinlock lock;
    bool running;
    bool failed;
    /* How often it has failed: which failure a repair is for. */
    uint32_t failures;
    NTSTATUS status;
    USBD_STATUS usbd_status;
    /* Reads on their way, and who is sending or cancelling some. A repair begins when there are none. */
    unsigned busy_count;
    unsigned read_count;
    struct usb_read reads[READS_MOST];
};

/*
 * Reads.
 */

/* A read is back, or its sender is done. The last one after a failure has it dealt with. */
static void let_go(struct usb_reader *reader)
{
    bool all_back;

    platform_spinlock_lock(&reader->lock);
    reader->busy_count--;
    all_back = reader->failed && reader->running && reader->busy_count == 0;
    platform_spinlock_unlock(&reader->lock);
    if (all_back)
    {
        (void)work_queue(&reader->repair);
    }
}

static void send_again(struct usb_reader *reader)
{
    if (reader->pipe->target.object.globals->user_flavour)
    {
        (void)work_queue(&reader->again);
    }
    else
    {
        (void)KeInsertQueueDpc(&reader->again_call, NULL, NULL);
    }
}

/* Notes the failure. Returns whether it is the one that ends all reads. The caller holds the lock. */
static bool note_failure(struct usb_reader *reader, NTSTATUS status, USBD_STATUS usbd_status)
{
    if (NT_SUCCESS(status) || status == STATUS_CANCELLED || !reader->running || reader->failed)
    {
        return false;
    }
    reader->failed = true;
    reader->failures++;
    reader->status = status;
    reader->usbd_status = usbd_status;
    return true;
}

/*
 * A read is back. It counts as busy until the others are cancelled: after the repair there are new reads, which that is not to meet.
 */
static void read_over(struct usb_read *read, NTSTATUS status, USBD_STATUS usbd_status)
{
    struct usb_reader *reader = read->reader;
    bool fails;
    bool goes_on;

    platform_spinlock_lock(&reader->lock);
    read->busy = false;
    fails = note_failure(reader, status, usbd_status);
    goes_on = reader->running && !reader->failed && NT_SUCCESS(status);
    platform_spinlock_unlock(&reader->lock);
    if (fails)
    {
        io_target_cancel_sent(&reader->pipe->target);
    }
    if (goes_on)
    {
        send_again(reader);
    }
    let_go(reader);
}

static VOID read_completed(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    struct usb_read *read = context;
    struct usb_reader *reader = read->reader;
    NTSTATUS status = params->IoStatus.Status;
    USBD_STATUS usbd_status = params->Parameters.Usb.Completion->UsbdStatus;
    size_t bytes = params->Parameters.Usb.Completion->Parameters.PipeRead.Length;
    struct object *memory = wdfobj_from_handle(read->memory, OBJECT_MEMORY, "EvtUsbTargetPipeReadComplete");

    (void)request;
    (void)target;
    if (NT_SUCCESS(status))
    {
        struct verifier_callback callback;

        verifier_callback_enter(&callback, &reader->pipe->target.object, "EvtUsbTargetPipeReadComplete");
        reader->config.EvtUsbTargetPipeReadComplete(wdfobj_handle(&reader->pipe->target.object), read->memory, bytes,
                                                    reader->config.EvtUsbTargetPipeReadCompleteContext);
        verifier_callback_leave(&callback);
    }
    /* The format keeps the memory until it is deleted, even when the driver has done that already. */
    wdfobj_delete(memory);
    request_release_format(read->request);
    read_over(read, status, usbd_status);
}

/* A fresh buffer for the read, zeroed, with room before and behind what is transferred. */
static NTSTATUS make_memory(struct usb_read *read)
{
    struct usb_reader *reader = read->reader;
    NTSTATUS status = wdf_kmdf_WdfMemoryCreateFromLookaside(&reader->pipe->target.object.globals->published, reader->buffers,
                                                            &read->memory);

    if (NT_SUCCESS(status))
    {
        size_t size;
        void *buffer = wdf_kmdf_WdfMemoryGetBuffer(&reader->pipe->target.object.globals->published, read->memory, &size);

        memset(buffer, 0, size);
    }
    return status;
}

static NTSTATUS format_read(struct usb_read *read)
{
    struct usb_reader *reader = read->reader;
    WDFMEMORY_OFFSET offset = {reader->config.HeaderLength, reader->config.TransferLength};
    NTSTATUS status = make_memory(read);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = wdf_kmdf_WdfUsbTargetPipeFormatRequestForRead(&reader->pipe->target.object.globals->published,
                                                           wdfobj_handle(&reader->pipe->target.object),
                                                           wdfobj_handle(&read->request->object), read->memory, &offset);
    if (!NT_SUCCESS(status))
    {
        wdfobj_delete(wdfobj_from_handle(read->memory, OBJECT_MEMORY, "continuous reader"));
    }
    return status;
}

/* Sends one read that is not busy. What cannot be sent for want of memory is a failure like one of the device. */
static void send_read(struct usb_read *read)
{
    static const struct send_options options;
    NTSTATUS status;

    request_reuse_flight(read->request);
    status = format_read(read);
    if (!NT_SUCCESS(status))
    {
        read_over(read, status, USBD_STATUS_SUCCESS);
        return;
    }
    read->request->send.routine = read_completed;
    read->request->send.context = read;
    if (!request_send(read->request, &read->reader->pipe->target, &options))
    {
        request_release_format(read->request);
        wdfobj_delete(wdfobj_from_handle(read->memory, OBJECT_MEMORY, "continuous reader"));
        /* The pipe is being stopped. */
        read_over(read, STATUS_CANCELLED, USBD_STATUS_SUCCESS);
    }
}

/* Takes a read, which is then busy, and so is its sender. */
static struct usb_read *take_idle(struct usb_reader *reader)
{
    struct usb_read *found = NULL;

    platform_spinlock_lock(&reader->lock);
    for (unsigned index = 0; index < reader->read_count && found == NULL && reader->running && !reader->failed; index++)
    {
        if (!reader->reads[index].busy)
        {
            found = &reader->reads[index];
            found->busy = true;
            reader->busy_count += 2;
        }
    }
    platform_spinlock_unlock(&reader->lock);
    return found;
}

/* Who has failed meanwhile may have looked for what to cancel before this read was there. */
static void sender_done(struct usb_reader *reader)
{
    bool failed;

    platform_spinlock_lock(&reader->lock);
    failed = reader->failed;
    platform_spinlock_unlock(&reader->lock);
    if (failed)
    {
        io_target_cancel_sent(&reader->pipe->target);
    }
    let_go(reader);
}

/* Each read at most once: one that is over at once is sent again later, so that this ends. */
static void send_idle(struct usb_reader *reader)
{
    for (unsigned sent = 0; sent < reader->read_count; sent++)
    {
        struct usb_read *read = take_idle(reader);

        if (read == NULL)
        {
            return;
        }
        send_read(read);
        sender_done(reader);
    }
}

static void read_again(struct work *work)
{
    send_idle(CONTAINING_RECORD(work, struct usb_reader, again));
}

static VOID read_again_call(PKDPC call, PVOID context, PVOID argument1, PVOID argument2)
{
    (void)call;
    (void)argument1;
    (void)argument2;
    send_idle(context);
}

/*
 * Failure.
 */

static bool driver_wants_repair(struct usb_reader *reader)
{
    struct verifier_callback callback;
    bool wanted = true;

    if (reader->config.EvtUsbTargetPipeReadersFailed != NULL)
    {
        verifier_callback_enter(&callback, &reader->pipe->target.object, "EvtUsbTargetPipeReadersFailed");
        wanted = reader->config.EvtUsbTargetPipeReadersFailed(wdfobj_handle(&reader->pipe->target.object), reader->status,
                                                              reader->usbd_status);
        verifier_callback_leave(&callback);
    }
    return wanted;
}

/* A port that works needs its pipe reset only. */
static NTSTATUS repair_pipe(struct usb_reader *reader)
{
    struct io_target *target = &reader->pipe->target;
    struct _URB_PIPE_REQUEST urb = {
        .Hdr = {.Function = URB_FUNCTION_SYNC_RESET_PIPE_AND_CLEAR_STALL, .Length = sizeof(urb)},
        .PipeHandle = reader->pipe->information.PipeHandle,
    };
    ULONG port = 0;
    NTSTATUS status = usb_send_control(target, IOCTL_INTERNAL_USB_GET_PORT_STATUS, &port);

    if (!NT_SUCCESS(status) || (port & USBD_PORT_CONNECTED) == 0)
    {
        return STATUS_DEVICE_DOES_NOT_EXIST;
    }
    return (port & USBD_PORT_ENABLED) != 0 ? usb_send_urb(target, (PURB)&urb) :
                                             usb_send_control(target, IOCTL_INTERNAL_USB_RESET_PORT, NULL);
}

/* Whether there is a failure to repair, and which. */
static bool begin_repair(struct usb_reader *reader, uint32_t *ret_failure)
{
    bool wanted;

    platform_spinlock_lock(&reader->lock);
    wanted = reader->running && reader->failed && reader->busy_count == 0;
    *ret_failure = reader->failures;
    platform_spinlock_unlock(&reader->lock);
    return wanted;
}

/* A stop and a start in the meantime have repaired it too, and it may have failed anew. */
static void end_repair(struct usb_reader *reader, uint32_t failure)
{
    platform_spinlock_lock(&reader->lock);
    if (reader->failures == failure)
    {
        reader->failed = false;
    }
    platform_spinlock_unlock(&reader->lock);
    send_idle(reader);
}

static void repair(struct work *work)
{
    struct usb_reader *reader = CONTAINING_RECORD(work, struct usb_reader, repair);
    uint32_t failure;

    if (begin_repair(reader, &failure) && driver_wants_repair(reader) && NT_SUCCESS(repair_pipe(reader)))
    {
        end_repair(reader, failure);
    }
}

/*
 * The pipe starts, stops and ends.
 */

/* Only a stop before the start repairs what the driver has left failed. */
void usb_reader_start(struct usb_reader *reader)
{
    platform_spinlock_lock(&reader->lock);
    reader->failed = reader->running && reader->failed;
    reader->running = true;
    platform_spinlock_unlock(&reader->lock);
    send_idle(reader);
}

void usb_reader_stop(struct usb_reader *reader)
{
    platform_spinlock_lock(&reader->lock);
    reader->running = false;
    platform_spinlock_unlock(&reader->lock);
}

static void flush_call(struct usb_reader *reader)
{
    if (!KeRemoveQueueDpc(&reader->again_call))
    {
        KeFlushQueuedDpcs();
    }
}

void usb_reader_stopped(struct usb_reader *reader, const char *function)
{
    flush_call(reader);
    work_flush(&reader->again);
    if (work_is_current(&reader->repair))
    {
        work_report_self_wait(&reader->pipe->target.object, function);
        return;
    }
    work_flush(&reader->repair);
}

void usb_reader_close(struct usb_reader *reader)
{
    flush_call(reader);
    work_close(&reader->again);
    work_close(&reader->repair);
    for (unsigned index = 0; index < reader->read_count; index++)
    {
        wdfobj_delete(&reader->reads[index].request->object);
    }
    reader->read_count = 0;
}

void usb_reader_free(struct usb_reader *reader)
{
    if (reader != NULL)
    {
        platform_free(reader, sizeof(*reader));
    }
}

/*
 * Configuration.
 */

static NTSTATUS check_config(const struct usb_pipe *pipe, const WDF_USB_CONTINUOUS_READER_CONFIG *config)
{
    USBD_PIPE_TYPE type = pipe->information.PipeType;
    size_t size;

    if ((type != UsbdPipeTypeBulk && type != UsbdPipeTypeInterrupt) ||
        !USB_ENDPOINT_DIRECTION_IN(pipe->information.EndpointAddress))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (config->TransferLength == 0 || config->EvtUsbTargetPipeReadComplete == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!pipe->any_length && config->TransferLength % pipe->information.MaximumPacketSize != 0)
    {
        return STATUS_INVALID_BUFFER_SIZE;
    }
    if (__builtin_add_overflow(config->HeaderLength, config->TransferLength, &size) ||
        __builtin_add_overflow(size, config->TrailerLength, &size) || size > UINT32_MAX)
    {
        return STATUS_INTEGER_OVERFLOW;
    }
    return config->BufferAttributes != NULL && config->BufferAttributes->ParentObject != NULL ?
               STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED :
               STATUS_SUCCESS;
}

static NTSTATUS make_requests(struct usb_reader *reader, unsigned count)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (unsigned index = 0; index < count && NT_SUCCESS(status); index++)
    {
        struct usb_read *read = &reader->reads[index];

        read->reader = reader;
        read->request = request_make(reader->pipe->target.object.globals, NULL, NULL, &reader->pipe->target);
        status = read->request == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
        reader->read_count += NT_SUCCESS(status) ? 1 : 0;
    }
    return status;
}

/* Ends with the pipe. */
static NTSTATUS make_buffers(struct usb_reader *reader, PWDF_OBJECT_ATTRIBUTES buffer_attributes)
{
    struct object *pipe = &reader->pipe->target.object;
    const WDF_USB_CONTINUOUS_READER_CONFIG *config = &reader->config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = wdfobj_handle(pipe);
    return wdf_kmdf_WdfLookasideListCreate(&pipe->globals->published, &attributes,
                                           config->HeaderLength + config->TransferLength + config->TrailerLength,
                                           NonPagedPoolNx, buffer_attributes, 0, &reader->buffers);
}

static NTSTATUS make_reader(struct usb_pipe *pipe, const WDF_USB_CONTINUOUS_READER_CONFIG *config)
{
    struct usb_reader *reader = platform_zalloc(sizeof(*reader));
    unsigned count = config->NumPendingReads == 0 ? READS_USUALLY : config->NumPendingReads;
    NTSTATUS status;

    if (reader == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    reader->pipe = pipe;
    reader->config = *config;
    KeInitializeDpc(&reader->again_call, read_again_call, reader);
    work_initialize(&reader->again, &pipe->target.object, read_again);
    work_initialize(&reader->repair, &pipe->target.object, repair);
    status = make_buffers(reader, config->BufferAttributes);
    if (NT_SUCCESS(status))
    {
        status = make_requests(reader, count > READS_MOST ? READS_MOST : count);
    }
    if (!NT_SUCCESS(status))
    {
        usb_reader_close(reader);
        if (reader->buffers != NULL)
        {
            wdfobj_delete(wdfobj_from_handle(reader->buffers, OBJECT_LOOKASIDE, "continuous reader"));
        }
        usb_reader_free(reader);
        return status;
    }
    pipe->target.reader = reader;
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfUsbTargetPipeConfigContinuousReader(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe,
                                                         PWDF_USB_CONTINUOUS_READER_CONFIG Config)
{
    globals_require(DriverGlobals, Config, "WdfUsbTargetPipeConfigContinuousReader");
    struct usb_pipe *pipe = usb_pipe_of(wdfobj_from_handle(Pipe, OBJECT_USB_PIPE, "WdfUsbTargetPipeConfigContinuousReader"));
    NTSTATUS status;

    if (Config->Size != sizeof(*Config))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    status = check_config(pipe, Config);
    if (NT_SUCCESS(status) && pipe->target.reader != NULL)
    {
        status = STATUS_INVALID_DEVICE_STATE;
    }
    return NT_SUCCESS(status) ? make_reader(pipe, Config) : status;
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeConfigContinuousReader)
