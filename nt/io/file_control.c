/* SPDX-License-Identifier: MIT */
/*
 * Device controls whose sender waits: the short way into a driver.
 *
 * Most of what clients send are small buffered controls. This does for them what file_run() does for everything, and asks for
 * nothing that is known of them already: the packet has one size, is made as it stands when the first driver gets it, and there
 * is no record of an operation, because nobody but the sender knows of it.
 */
#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/file.h"
#include "nt/io/file_object.h"
#include "nt/io/irp_block.h"

enum
{
    /* Drivers in the stack, and bytes of the buffer, for which the packet has room; the latter a power of two. */
    SHORT_LOCATIONS = 8,
    SHORT_BUFFER = 512,
};

/* Where the buffer lies in the block, behind all locations, and how large that makes the block. */
#define SHORT_BUFFER_AT ((sizeof(struct irp_block) + SHORT_LOCATIONS * sizeof(IO_STACK_LOCATION) + 15) & ~(size_t)15)
#define SHORT_BLOCK (SHORT_BUFFER_AT + SHORT_BUFFER)

static inline unsigned char *buffer_of(struct irp_block *packet)
{
    return (unsigned char *)packet + SHORT_BUFFER_AT;
}

_Static_assert(METHOD_BUFFERED == 0 && FILE_READ_ACCESS == FILE_READ_DATA && FILE_WRITE_ACCESS == FILE_WRITE_DATA,
               "one look tells a buffered control that may be sent");

struct short_control
{
    PDEVICE_OBJECT device;
    unsigned stack_count;
    ULONG code;
    ULONG input_length;
    ULONG output_length;
    const void *input;
    void *output;
};

struct short_wait
{
    /* The packet comes back on the sender's own thread most of the time, and then nobody has to be woken. */
    const struct platform_thread *sender;
    struct platform_event event;
    bool is_back;
};

static void short_finish(PIRP irp, void *context)
{
    struct short_wait *wait = context;

    (void)irp;
    if (__builtin_expect(wait->sender == platform_current_thread, 1))
    {
        wait->is_back = true;
        return;
    }
    (void)platform_event_set(&wait->event);
}

/* What a code demands of a file lies in it as FILE_READ_DATA and FILE_WRITE_DATA lie in an access, and its method is zero. */
static inline bool is_short(const struct file *file, const struct short_control *control)
{
    ULONG missing = (control->code >> 14) & ~file->access;

    return ((missing | control->code) & 3) == 0 && (control->input_length | control->output_length) < SHORT_BUFFER &&
           control->stack_count - 1 < SHORT_LOCATIONS && !memory_is_watched;
}

/* A call, because for these lengths that is faster than what a compiler puts in its place. */
static inline void copy(void *to, const void *from, size_t length)
{
    __asm__("" : "+r"(length));
    memcpy(to, from, length);
}

/* A block ends with its buffer where something notices what is written behind that. */
static inline size_t short_size(const struct short_control *control)
{
    ULONG length = control->input_length > control->output_length ? control->input_length : control->output_length;

    return MEMORY_HAS_LISTS ? SHORT_BLOCK : SHORT_BUFFER_AT + length;
}

static inline void fill_location(PIO_STACK_LOCATION location, struct file *file, const struct short_control *control)
{
    location->MajorFunction = IRP_MJ_DEVICE_CONTROL;
    location->MinorFunction = 0;
    location->Flags = file->control_flags;
    location->Control = 0;
    location->Parameters.DeviceIoControl.OutputBufferLength = control->output_length;
    location->Parameters.DeviceIoControl.InputBufferLength = control->input_length;
    location->Parameters.DeviceIoControl.IoControlCode = control->code;
    location->Parameters.DeviceIoControl.Type3InputBuffer = (void *)(uintptr_t)control->input;
    location->DeviceObject = control->device;
    location->FileObject = &file->object;
    location->CompletionRoutine = NULL;
    location->Context = NULL;
}

/*
 * The packet as its first driver sees it, standing at the uppermost location; in debug builds, where sending it is looked at, as
 * its sender does.
 */
static inline void fill_packet(struct irp_block *packet, struct file *file, const struct short_control *control)
{
    unsigned stack_count = control->stack_count;
    PIO_STACK_LOCATION top = &packet->stack[stack_count - 1];
    PIRP irp = &packet->irp;

    irp_clear(irp, stack_count - 1);
    irp->Type = IO_TYPE_IRP;
    irp->Size = (USHORT)irp_packet_size(SHORT_LOCATIONS);
    InitializeListHead(&irp->ThreadListEntry);
    irp->StackCount = (CHAR)stack_count;
    irp->CurrentLocation = (CHAR)(stack_count + IRP_CHECKED);
    irp->Tail.Overlay.CurrentStackLocation = top + IRP_CHECKED;
    irp->AllocationFlags = IRP_IN_BLOCK;
    irp->RequestorMode = file->mode;
    irp->Tail.Overlay.OriginalFileObject = &file->object;
    irp->UserBuffer = control->output;
    if ((control->input_length | control->output_length) != 0)
    {
        irp->AssociatedIrp.SystemBuffer = buffer_of(packet);
    }
    fill_location(top, file, control);
}

/* What irp_call() does, for a packet that stands at its first location already and cannot be wrong. */
static inline void send(PIRP irp, PDEVICE_OBJECT device)
{
#if IRP_CHECKED
    (void)irp_call(device, irp);
#else
    (void)device->DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL](device, irp);
#endif
}

static inline NTSTATUS take_outcome(struct irp_block *packet, const struct short_control *control,
                                    ULONG_PTR *ret_information)
{
    NTSTATUS status = packet->irp.IoStatus.Status;
    ULONG_PTR information = packet->irp.IoStatus.Information;

    if (control->output_length != 0 && !NT_ERROR(status))
    {
        copy(control->output, buffer_of(packet),
             information < control->output_length ? information : control->output_length);
    }
    if (ret_information != NULL)
    {
        *ret_information = information;
    }
    return status;
}

static inline void free_packet(struct irp_block *packet, struct stable_list *list, size_t size)
{
#if IRP_CHECKED
    (void)list;
    (void)size;
    irp_free(&packet->irp);
#else
    packet->irp.Type = 0;
    if (__builtin_expect(platform_atomic_load(&packet->references) != 1, 0))
    {
        irp_release(&packet->irp);
        return;
    }
    stable_give(list, packet, size);
#endif
}

static inline NTSTATUS control_shortly(struct file *file, const struct short_control *control, struct stable_list *list,
                                       ULONG_PTR *ret_information)
{
    struct short_wait wait;
    struct irp_block *packet = stable_take(list, short_size(control));
    NTSTATUS status;

    if (__builtin_expect(packet == NULL, 0))
    {
        if (ret_information != NULL)
        {
            *ret_information = 0;
        }
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    wait.sender = platform_current();
    wait.event = (struct platform_event)PLATFORM_EVENT_INITIALIZER(true);
    wait.is_back = false;
    irp_begin_block(packet, short_size(control), short_finish, &wait);
    fill_packet(packet, file, control);
    if (control->input_length != 0)
    {
        copy(buffer_of(packet), control->input, control->input_length);
    }
    send(&packet->irp, file->device);
    if (__builtin_expect(!wait.is_back, 0))
    {
        (void)platform_event_wait(&wait.event, PLATFORM_FOREVER);
    }
    status = take_outcome(packet, control, ret_information);
    free_packet(packet, list, short_size(control));
    return status;
}

/* What is no small buffered control, or must not be sent. */
static __attribute__((noinline)) NTSTATUS control_at_length(struct file *file, ULONG control_code, const void *input,
                                                            ULONG input_length, void *output, ULONG output_length,
                                                            ULONG_PTR *ret_information)
{
    struct file_io io = {
        .major = IRP_MJ_DEVICE_CONTROL,
        .control_code = control_code,
        .input = input,
        .input_length = input_length,
        .output = output,
        .output_length = output_length,
    };
    ULONG_PTR information;
    NTSTATUS status = file_run(file, &io, &information);

    if (ret_information != NULL)
    {
        *ret_information = information;
    }
    return status;
}

NTSTATUS file_control(struct file *file, ULONG control_code, const void *input, ULONG input_length, void *output,
                      ULONG output_length, ULONG_PTR *ret_information)
{
    struct short_control control = {
        .device = file->device,
        .stack_count = (unsigned)file->device->StackSize,
        .code = control_code,
        .input_length = input_length,
        .output_length = output_length,
        .input = input,
        .output = output,
    };
    struct stable_list *list = NULL;

    /* A thread has its lists from its first allocation on. */
    if (__builtin_expect(!is_short(file, &control), 0) ||
        (MEMORY_HAS_LISTS && __builtin_expect((list = stable_list_of(SHORT_BLOCK)) == NULL, 0)))
    {
        return control_at_length(file, control_code, input, input_length, output, output_length, ret_information);
    }
    return control_shortly(file, &control, list, ret_information);
}
