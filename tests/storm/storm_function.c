/* SPDX-License-Identifier: MIT */
/*
 * The function driver of the storm: queues of every kind, a timer, a work item, requests that wait, can be cancelled, or are sent
 * on, and a device that idles.
 */
#include "storm_device.h"

DRIVER_INITIALIZE DriverEntry;

typedef struct
{
    WDFQUEUE Ordered;
    WDFQUEUE Waiting;
    WDFQUEUE Work;
    WDFTIMER Timer;
    WDFWORKITEM Item;
    WDFSPINLOCK Lock;
    /* The one request that is marked cancelable; under the lock. */
    WDFREQUEST Marked;
} FUNCTION;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(FUNCTION, FunctionOf)

typedef struct
{
    LONG Open;
} OPENED;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(OPENED, OpenedOf)

typedef struct
{
    BOOLEAN Presented;
} PRESENTED;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(PRESENTED, PresentedOf)

static FUNCTION *function_of_queue(WDFQUEUE queue)
{
    return FunctionOf(WdfIoQueueGetDevice(queue));
}

/*
 * Every request that a handler has seen ends.
 */

static void presented(WDFREQUEST request)
{
    OPENED *opened = OpenedOf(WdfRequestGetFileObject(request));

    WATCH_CHECK(!PresentedOf(request)->Presented);
    WATCH_CHECK(opened->Open == 1);
    PresentedOf(request)->Presented = TRUE;
    watch_count(WATCH_REQUESTS, 1);
}

static VOID request_ended(WDFOBJECT Request)
{
    if (PresentedOf(Request)->Presented)
    {
        watch_count(WATCH_REQUESTS, -1);
    }
}

static void forward(WDFREQUEST request, WDFQUEUE queue)
{
    NTSTATUS status = WdfRequestForwardToIoQueue(request, queue);

    if (!NT_SUCCESS(status))
    {
        WdfRequestComplete(request, status);
    }
}

/*
 * A request that can be cancelled. Who takes it out of its place under the lock ends it, unless its cancellation has begun.
 */

static VOID on_cancel(WDFREQUEST Request)
{
    FUNCTION *function = function_of_queue(WdfRequestGetIoQueue(Request));

    WdfSpinLockAcquire(function->Lock);
    if (function->Marked == Request)
    {
        function->Marked = NULL;
    }
    WdfSpinLockRelease(function->Lock);
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static void mark(FUNCTION *function, WDFREQUEST request)
{
    NTSTATUS status = STATUS_DEVICE_BUSY;

    WdfSpinLockAcquire(function->Lock);
    if (function->Marked == NULL)
    {
        status = WdfRequestMarkCancelableEx(request, on_cancel);
        function->Marked = NT_SUCCESS(status) ? request : NULL;
    }
    WdfSpinLockRelease(function->Lock);
    if (status == STATUS_DEVICE_BUSY)
    {
        storm_answer(request);
    }
    else if (!NT_SUCCESS(status))
    {
        WdfRequestComplete(request, status);
    }
}

/* Takes the marked request, or only this one, if its cancellation has not begun; NULL otherwise. */
static WDFREQUEST take_marked(FUNCTION *function, WDFREQUEST only)
{
    WDFREQUEST request;

    WdfSpinLockAcquire(function->Lock);
    request = function->Marked;
    if (request != NULL && (only == NULL || only == request))
    {
        function->Marked = NULL;
        request = NT_SUCCESS(WdfRequestUnmarkCancelable(request)) ? request : NULL;
    }
    else
    {
        request = NULL;
    }
    WdfSpinLockRelease(function->Lock);
    return request;
}

/* The device leaves D0 with it in hand, or goes away. */
static VOID stop_marked(WDFQUEUE Queue, WDFREQUEST Request, ULONG Flags)
{
    FUNCTION *function = function_of_queue(Queue);

    if ((Flags & WdfRequestStopActionPurge) != 0)
    {
        WDFREQUEST taken = take_marked(function, Request);

        if (taken != NULL)
        {
            WdfRequestComplete(taken, STATUS_CANCELLED);
        }
        return;
    }
    WdfSpinLockAcquire(function->Lock);
    if (function->Marked == Request)
    {
        WdfRequestStopAcknowledge(Request, FALSE);
    }
    WdfSpinLockRelease(function->Lock);
}

static VOID resume_marked(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
}

/*
 * Sending on.
 */

static VOID lower_ended(WDFREQUEST Request, WDFIOTARGET Target, PWDF_REQUEST_COMPLETION_PARAMS Params, WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Context);
    WdfRequestCompleteWithInformation(Request, Params->IoStatus.Status, Params->IoStatus.Information);
}

static void send_lower(WDFDEVICE device, WDFREQUEST request)
{
    WDF_REQUEST_SEND_OPTIONS options;

    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_TIMEOUT);
    WDF_REQUEST_SEND_OPTIONS_SET_TIMEOUT(&options, WDF_REL_TIMEOUT_IN_US(100 + watch_random(2000)));
    WdfRequestFormatRequestUsingCurrentType(request);
    WdfRequestSetCompletionRoutine(request, lower_ended, NULL);
    if (!WdfRequestSend(request, WdfDeviceGetIoTarget(device), &options))
    {
        WdfRequestComplete(request, WdfRequestGetStatus(request));
    }
}

/* A question of the driver's own, which may be kept until its time is over. */
static void ask_lower(WDFDEVICE device)
{
    ULONG number = watch_random(1000);
    ULONG answer = 0;
    WDF_MEMORY_DESCRIPTOR input;
    WDF_MEMORY_DESCRIPTOR output;
    WDF_REQUEST_SEND_OPTIONS options;
    NTSTATUS status;

    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&input, &number, sizeof(number));
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&output, &answer, sizeof(answer));
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_TIMEOUT);
    WDF_REQUEST_SEND_OPTIONS_SET_TIMEOUT(&options, WDF_REL_TIMEOUT_IN_US(500));
    status =
        WdfIoTargetSendIoctlSynchronously(WdfDeviceGetIoTarget(device), NULL,
                                          watch_one_in(4) ? STORM_LOWER_KEPT : STORM_LOWER, &input, &output, &options, NULL);
    WATCH_CHECK(!NT_SUCCESS(status) || answer == ~number);
}

/*
 * Handlers.
 */

static VOID control(WDFQUEUE Queue, WDFREQUEST Request, size_t Output, size_t Input, ULONG Code)
{
    FUNCTION *function = function_of_queue(Queue);

    UNREFERENCED_PARAMETER(Output);
    UNREFERENCED_PARAMETER(Input);
    presented(Request);
    switch (Code)
    {
        case STORM_ORDERED:
            forward(Request, function->Ordered);
            break;
        case STORM_WAIT:
            forward(Request, function->Waiting);
            break;
        case STORM_WORK:
            forward(Request, function->Work);
            WdfWorkItemEnqueue(function->Item);
            break;
        case STORM_MARK:
            mark(function, Request);
            break;
        case STORM_LOWER:
        case STORM_LOWER_KEPT:
            send_lower(WdfIoQueueGetDevice(Queue), Request);
            break;
        default:
            storm_answer(Request);
            break;
    }
}

static VOID write(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    UNREFERENCED_PARAMETER(Queue);
    presented(Request);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

/* In this queue one request is in the driver's hands at a time, and the device is in D0. */
static VOID ordered_control(WDFQUEUE Queue, WDFREQUEST Request, size_t Output, size_t Input, ULONG Code)
{
    WDFDEVICE device = WdfIoQueueGetDevice(Queue);

    UNREFERENCED_PARAMETER(Output);
    UNREFERENCED_PARAMETER(Input);
    UNREFERENCED_PARAMETER(Code);
    WATCH_CHECK(watch_in_d0(&StormDevice(device)->Watch));
    if (watch_one_in(2))
    {
        ask_lower(device);
    }
    WATCH_CHECK(watch_in_d0(&StormDevice(device)->Watch));
    storm_answer(Request);
}

static VOID ordered_read(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    PVOID buffer;
    NTSTATUS status;

    presented(Request);
    WATCH_CHECK(watch_in_d0(&StormDevice(WdfIoQueueGetDevice(Queue))->Watch));
    status = WdfRequestRetrieveOutputBuffer(Request, Length, &buffer, NULL);
    if (NT_SUCCESS(status))
    {
        RtlFillMemory(buffer, Length, 0x5A);
    }
    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) ? Length : 0);
}

static void answer_all(WDFQUEUE queue)
{
    WDFREQUEST request;

    while (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(queue, &request)))
    {
        storm_answer(request);
    }
}

static VOID work(WDFWORKITEM Item)
{
    answer_all(FunctionOf(WdfWorkItemGetParentObject(Item))->Work);
}

/* Runs while the device is in D0. */
static VOID tick(WDFTIMER Timer)
{
    WDFDEVICE device = (WDFDEVICE)WdfTimerGetParentObject(Timer);
    FUNCTION *function = FunctionOf(device);
    WDFREQUEST request = take_marked(function, NULL);

    WATCH_CHECK(watch_in_d0(&StormDevice(device)->Watch));
    if (request != NULL)
    {
        storm_answer(request);
    }
    if (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(function->Waiting, &request)))
    {
        storm_answer(request);
    }
}

static void powered_up(WDFDEVICE device)
{
    WdfTimerStart(FunctionOf(device)->Timer, WDF_REL_TIMEOUT_IN_US(300));
}

static void powers_down(WDFDEVICE device)
{
    WdfTimerStop(FunctionOf(device)->Timer, TRUE);
}

/*
 * Files.
 */

static VOID file_create(WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(Device);
    WATCH_CHECK(OpenedOf(FileObject)->Open == 0);
    OpenedOf(FileObject)->Open = 1;
    watch_count(WATCH_FILES, 1);
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

static VOID file_close(WDFFILEOBJECT FileObject)
{
    WATCH_CHECK(OpenedOf(FileObject)->Open == 1);
    OpenedOf(FileObject)->Open = 2;
    watch_count(WATCH_FILES, -1);
}

/*
 * The device.
 */

static void prepare_files_and_requests(PWDFDEVICE_INIT init)
{
    WDF_FILEOBJECT_CONFIG files;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_FILEOBJECT_CONFIG_INIT(&files, file_create, file_close, WDF_NO_EVENT_CALLBACK);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, OPENED);
    WdfDeviceInitSetFileObjectConfig(init, &files, &attributes);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, PRESENTED);
    attributes.EvtCleanupCallback = request_ended;
    WdfDeviceInitSetRequestAttributes(init, &attributes);
}

static NTSTATUS make_default_queue(WDFDEVICE device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = control;
    config.EvtIoWrite = write;
    config.EvtIoStop = stop_marked;
    config.EvtIoResume = resume_marked;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

static NTSTATUS make_ordered_queue(WDFDEVICE device, WDFQUEUE *ret_queue)
{
    WDF_IO_QUEUE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDeviceControl = ordered_control;
    config.EvtIoRead = ordered_read;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(device, &config, &attributes, ret_queue);
    return NT_SUCCESS(status) ? WdfDeviceConfigureRequestDispatching(device, *ret_queue, WdfRequestTypeRead) : status;
}

static NTSTATUS make_manual_queue(WDFDEVICE device, WDF_TRI_STATE power_managed, WDFQUEUE *ret_queue)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    config.PowerManaged = power_managed;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, ret_queue);
}

static NTSTATUS make_queues(WDFDEVICE device)
{
    FUNCTION *function = FunctionOf(device);
    NTSTATUS status = make_default_queue(device);

    if (NT_SUCCESS(status))
    {
        status = make_ordered_queue(device, &function->Ordered);
    }
    if (NT_SUCCESS(status))
    {
        status = make_manual_queue(device, WdfTrue, &function->Waiting);
    }
    return NT_SUCCESS(status) ? make_manual_queue(device, WdfFalse, &function->Work) : status;
}

static NTSTATUS make_timer_and_work(WDFDEVICE device)
{
    FUNCTION *function = FunctionOf(device);
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WORKITEM_CONFIG item;
    WDF_TIMER_CONFIG timer;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    status = WdfSpinLockCreate(&attributes, &function->Lock);
    if (NT_SUCCESS(status))
    {
        WDF_TIMER_CONFIG_INIT_PERIODIC(&timer, tick, 1);
        timer.AutomaticSerialization = FALSE;
        status = WdfTimerCreate(&timer, &attributes, &function->Timer);
    }
    if (NT_SUCCESS(status))
    {
        WDF_WORKITEM_CONFIG_INIT(&item, work);
        item.AutomaticSerialization = FALSE;
        status = WdfWorkItemCreate(&item, &attributes, &function->Item);
    }
    return status;
}

static NTSTATUS set_idle(WDFDEVICE device)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;

    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
    settings.IdleTimeout = 2;
    return WdfDeviceAssignS0IdleSettings(device, &settings);
}

/* A name of its own for each device: one that was pulled out keeps its name until its files are closed. */
static NTSTATUS make_name(WDFDEVICE device)
{
    WCHAR text[] = L"\\??\\Storm00000";
    ULONG address = 0;
    ULONG length;
    UNICODE_STRING name;
    NTSTATUS status = WdfDeviceQueryProperty(device, DevicePropertyAddress, sizeof(address), &address, &length);
    unsigned number;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    number = watch_new_device(address);
    for (unsigned at = ARRAYSIZE(text) - 2; number != 0; at--, number /= 10)
    {
        text[at] = (WCHAR)('0' + number % 10);
    }
    RtlInitUnicodeString(&name, text);
    return WdfDeviceCreateSymbolicLink(device, &name);
}

static NTSTATUS add_function(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    FUNCTION *function;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    storm_device_prepare(DeviceInit, TRUE);
    prepare_files_and_requests(DeviceInit);
    status = storm_device_create(&DeviceInit, "function", &device);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FUNCTION);
    status = WdfObjectAllocateContext(device, &attributes, (PVOID *)&function);
    if (NT_SUCCESS(status))
    {
        status = make_timer_and_work(device);
    }
    if (NT_SUCCESS(status))
    {
        status = make_queues(device);
    }
    if (NT_SUCCESS(status))
    {
        status = set_idle(device);
    }
    return NT_SUCCESS(status) ? make_name(device) : status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    storm_powered_up = powered_up;
    storm_powers_down = powers_down;
    WDF_DRIVER_CONFIG_INIT(&config, add_function);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
