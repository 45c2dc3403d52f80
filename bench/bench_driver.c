/* SPDX-License-Identifier: MIT */
/*
 * A driver that repeats WDF calls on request, so that what is measured goes through a driver's own function table. The
 * requester takes the time: one request is nothing beside the thousands of calls that it asks for.
 */
#include <ntddk.h>
#include <wdf.h>

#include "bench_driver.h"

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD BenchDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL BenchControl;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL BenchHandedOver;
EVT_WDF_IO_QUEUE_IO_WRITE BenchWrite;
EVT_WDF_OBJECT_CONTEXT_CLEANUP BenchObjectCleanup;
EVT_WDF_OBJECT_CONTEXT_DESTROY BenchObjectDestroy;
EVT_WDF_REQUEST_COMPLETION_ROUTINE BenchRequestCompleted;

typedef struct
{
    WDFSPINLOCK SpinLock;
    WDFWAITLOCK WaitLock;
    WDFMEMORY Memory;
    WDFTIMER Timer;
    WDFQUEUE PassiveQueue;
    /* What the locks protect. */
    volatile ULONG64 Counter;
} DEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceContextGet)

typedef struct
{
    UCHAR Bytes[128];
} OBJECT_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE(OBJECT_CONTEXT)

VOID BenchObjectCleanup(WDFOBJECT Object)
{
}

VOID BenchObjectDestroy(WDFOBJECT Object)
{
}

static ULONG64 RepeatObject(WDFDEVICE Device, ULONG64 Times)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;
    ULONG64 done;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, OBJECT_CONTEXT);
    attributes.ParentObject = Device;
    attributes.EvtCleanupCallback = BenchObjectCleanup;
    attributes.EvtDestroyCallback = BenchObjectDestroy;
    for (done = 0; done < Times && NT_SUCCESS(WdfObjectCreate(&attributes, &object)); done++)
    {
        WdfObjectDelete(object);
    }
    return done;
}

static ULONG64 RepeatSpinLock(DEVICE_CONTEXT *Context, ULONG64 Times)
{
    ULONG64 done;

    for (done = 0; done < Times; done++)
    {
        WdfSpinLockAcquire(Context->SpinLock);
        Context->Counter++;
        WdfSpinLockRelease(Context->SpinLock);
    }
    return done;
}

static ULONG64 RepeatWaitLock(DEVICE_CONTEXT *Context, ULONG64 Times)
{
    ULONG64 done;

    for (done = 0; done < Times && NT_SUCCESS(WdfWaitLockAcquire(Context->WaitLock, NULL)); done++)
    {
        Context->Counter++;
        WdfWaitLockRelease(Context->WaitLock);
    }
    return done;
}

/*
 * A request cycle is beside a hand-made one that takes a request from a list under a mutex (or has one at hand), writes down
 * its code and two buffers of 64 bytes without copying them, counts itself at a target that answers at once, calls the
 * completion function, and puts the request back. So the format here copies nothing either: METHOD_NEITHER, with a memory object.
 * The benchmark's own device below does not exist: the bus answers that it has no such control, at once.
 */
#define BELOW_CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0xFFF, METHOD_NEITHER, FILE_ANY_ACCESS)

VOID BenchRequestCompleted(WDFREQUEST Request, WDFIOTARGET Target, PWDF_REQUEST_COMPLETION_PARAMS Params, WDFCONTEXT Context)
{
    *(ULONG64 *)Context += Params->IoStatus.Status == STATUS_INVALID_DEVICE_REQUEST;
}

static BOOLEAN SendOne(WDFIOTARGET Target, WDFREQUEST Request, WDFMEMORY Memory, ULONG64 *Completed)
{
    if (!NT_SUCCESS(WdfIoTargetFormatRequestForIoctl(Target, Request, BELOW_CODE, Memory, NULL, NULL, NULL)))
    {
        return FALSE;
    }
    WdfRequestSetCompletionRoutine(Request, BenchRequestCompleted, Completed);
    return WdfRequestSend(Request, Target, WDF_NO_SEND_OPTIONS);
}

static ULONG64 RepeatRequest(WDFDEVICE Device, ULONG64 Times)
{
    WDFIOTARGET target = WdfDeviceGetIoTarget(Device);
    WDFMEMORY memory = DeviceContextGet(Device)->Memory;
    WDF_OBJECT_ATTRIBUTES attributes;
    ULONG64 completed = 0;
    WDFREQUEST request;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    for (ULONG64 done = 0; done < Times && NT_SUCCESS(WdfRequestCreate(&attributes, target, &request)); done++)
    {
        (VOID) SendOne(target, request, memory, &completed);
        WdfObjectDelete(request);
    }
    return completed;
}

static ULONG64 RepeatRequestReuse(WDFDEVICE Device, ULONG64 Times)
{
    WDFIOTARGET target = WdfDeviceGetIoTarget(Device);
    WDFMEMORY memory = DeviceContextGet(Device)->Memory;
    WDF_REQUEST_REUSE_PARAMS params;
    ULONG64 completed = 0;
    WDFREQUEST request;

    if (!NT_SUCCESS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, target, &request)))
    {
        return 0;
    }
    WDF_REQUEST_REUSE_PARAMS_INIT(&params, WDF_REQUEST_REUSE_NO_FLAGS, STATUS_SUCCESS);
    for (ULONG64 done = 0; done < Times && SendOne(target, request, memory, &completed); done++)
    {
        (VOID) WdfRequestReuse(request, &params);
    }
    WdfObjectDelete(request);
    return completed;
}

EVT_WDF_TIMER BenchTimerFunc;

VOID BenchTimerFunc(WDFTIMER Timer)
{
}

/* Starts timers that come due long after the measurement; the last one is not started. */
static WDFTIMER CreateTimers(WDFDEVICE Device, ULONG Count)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_TIMER_CONFIG config;
    WDFTIMER timer = NULL;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    WDF_TIMER_CONFIG_INIT(&config, BenchTimerFunc);
    for (ULONG index = 0; index <= Count; index++)
    {
        if (!NT_SUCCESS(WdfTimerCreate(&config, &attributes, &timer)))
        {
            return NULL;
        }
        if (index != Count)
        {
            (VOID) WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_SEC(3600) - (LONGLONG)(index * 104729 & 0xFFFFF));
        }
    }
    return timer;
}

static ULONG64 RepeatTimer(WDFDEVICE Device, ULONG64 Times)
{
    DEVICE_CONTEXT *context = DeviceContextGet(Device);
    ULONG64 done;

    if (context->Timer == NULL)
    {
        context->Timer = CreateTimers(Device, 10000);
    }
    for (done = 0; context->Timer != NULL && done < Times; done++)
    {
        (VOID) WdfTimerStart(context->Timer, WDF_REL_TIMEOUT_IN_SEC(3600) - (LONGLONG)(done * 7919 & 0xFFFFF));
        if (!WdfTimerStop(context->Timer, FALSE))
        {
            break;
        }
    }
    return done;
}

static ULONG64 Repeat(WDFDEVICE Device, ULONG Code, ULONG64 Times)
{
    switch (Code)
    {
        case BENCH_OBJECT:
            return RepeatObject(Device, Times);
        case BENCH_SPIN_LOCK:
            return RepeatSpinLock(DeviceContextGet(Device), Times);
        case BENCH_WAIT_LOCK:
            return RepeatWaitLock(DeviceContextGet(Device), Times);
        case BENCH_TIMER:
            return RepeatTimer(Device, Times);
        case BENCH_REQUEST:
            return RepeatRequest(Device, Times);
        case BENCH_REQUEST_REUSE:
            return RepeatRequestReuse(Device, Times);
        default:
            return 0;
    }
}

static VOID Answer(WDFREQUEST Request)
{
    UCHAR *input;
    UCHAR *output;
    size_t length;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, 2, (PVOID *)&input, NULL);

    if (NT_SUCCESS(status))
    {
        status = WdfRequestRetrieveOutputBuffer(Request, 2, (PVOID *)&output, &length);
    }
    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) && input == output ? length : 0);
}

VOID BenchWrite(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

VOID BenchHandedOver(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputLength, size_t InputLength, ULONG Code)
{
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, OutputLength < InputLength ? OutputLength : InputLength);
}

/* At a level at which the other queue's handler must not run: a worker runs it. */
static VOID HandOver(WDFREQUEST Request, WDFQUEUE Queue)
{
    NTSTATUS status;
    KIRQL irql;

    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    status = WdfRequestForwardToIoQueue(Request, Queue);
    KeLowerIrql(irql);
    if (!NT_SUCCESS(status))
    {
        WdfRequestComplete(Request, status);
    }
}

VOID BenchControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputLength, size_t InputLength, ULONG Code)
{
    ULONG64 *times;
    ULONG64 *done;
    NTSTATUS status;

    if (Code == BENCH_ANSWER)
    {
        Answer(Request);
        return;
    }
    if (Code == BENCH_HAND_OVER)
    {
        HandOver(Request, DeviceContextGet(WdfIoQueueGetDevice(Queue))->PassiveQueue);
        return;
    }
    if (Code == BENCH_ECHO)
    {
        WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, OutputLength < InputLength ? OutputLength : InputLength);
        return;
    }
    status = WdfRequestRetrieveInputBuffer(Request, sizeof(*times), (PVOID *)&times, NULL);

    if (NT_SUCCESS(status))
    {
        status = WdfRequestRetrieveOutputBuffer(Request, sizeof(*done), (PVOID *)&done, NULL);
    }
    if (NT_SUCCESS(status))
    {
        *done = Repeat(WdfIoQueueGetDevice(Queue), Code, *times);
    }
    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) ? sizeof(*done) : 0);
}

static NTSTATUS CreateParts(WDFDEVICE Device)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &DeviceContextGet(Device)->SpinLock);
    if (NT_SUCCESS(status))
    {
        status = WdfWaitLockCreate(&attributes, &DeviceContextGet(Device)->WaitLock);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 64, &DeviceContextGet(Device)->Memory, NULL);
    }
    return status;
}

static NTSTATUS CreatePassiveQueue(WDFDEVICE Device)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;
    WDFQUEUE queue;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoWrite = BenchWrite;
    config.EvtIoDeviceControl = BenchHandedOver;
    status = WdfIoQueueCreate(Device, &config, &attributes, &queue);
    DeviceContextGet(Device)->PassiveQueue = queue;
    return NT_SUCCESS(status) ? WdfDeviceConfigureRequestDispatching(Device, queue, WdfRequestTypeWrite) : status;
}

NTSTATUS BenchDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(link, BENCH_LINK);
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (NT_SUCCESS(status))
    {
        status = CreateParts(device);
    }
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
        config.EvtIoDeviceControl = BenchControl;
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    }
    if (NT_SUCCESS(status))
    {
        status = CreatePassiveQueue(device);
    }
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(device, &link) : status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, BenchDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
