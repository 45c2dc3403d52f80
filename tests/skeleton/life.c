/* SPDX-License-Identifier: MIT */
/*
 * A driver on WDF alone that writes down each of its callbacks and fails the one that the test names.
 */
#if defined(DMF_USER_MODE)
#include <windows.h>
#else
#include <ntddk.h>
#endif
#include <wdf.h>

#include "journal.h"
#include "life_public.h"

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD LifeDeviceAdd;
EVT_WDF_DRIVER_UNLOAD LifeUnload;

typedef struct
{
    WDFQUEUE ManualQueue;
    WDFQUEUE LateQueue;
    WDFSPINLOCK Lock;
    WDFREQUEST Pending;
    WDFREQUEST Kept;
} DEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceContextGet)

typedef struct
{
    ULONG Value;
} SECOND_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE(SECOND_CONTEXT)

typedef struct
{
    ULONG Value;
} REQUEST_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestContextGet)

static const GUID LifeInterface = {0x6a3c1e70, 0x52d4, 0x4b0f, {0x9c, 0x11, 0x20, 0x7e, 0x35, 0xd8, 0x44, 0x01}};

static NTSTATUS CreateInterface(WDFDEVICE Device, PCWSTR ReferenceText)
{
    UNICODE_STRING reference;

    RtlInitUnicodeString(&reference, ReferenceText);
    return WdfDeviceCreateDeviceInterface(Device, &LifeInterface, &reference);
}

static VOID DisableInterface(WDFDEVICE Device, PCWSTR ReferenceText)
{
    UNICODE_STRING reference;

    RtlInitUnicodeString(&reference, ReferenceText);
    WdfDeviceSetDeviceInterfaceState(Device, &LifeInterface, &reference, FALSE);
}

static NTSTATUS Step(const char *Name)
{
    journal_write(Name);
    return journal_fails(Name) ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

/*
 * Life cycle.
 */

static NTSTATUS LifePrepareHardware(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    if (WdfCmResourceListGetCount(Raw) != 0 || WdfCmResourceListGetCount(Translated) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return Step("Prepare");
}

static NTSTATUS LifeReleaseHardware(WDFDEVICE Device, WDFCMRESLIST Translated)
{
    return Step("Release");
}

static NTSTATUS LifeD0Entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE PreviousState)
{
    return PreviousState == WdfPowerDeviceD3Final ? Step("D0Entry") :
           PreviousState == WdfPowerDeviceD3      ? Step("D0EntryFromD3") :
                                                    STATUS_INVALID_PARAMETER;
}

static NTSTATUS LifeD0EntryPost(WDFDEVICE Device, WDF_POWER_DEVICE_STATE PreviousState)
{
    return Step("D0EntryPost");
}

static NTSTATUS LifeD0Exit(WDFDEVICE Device, WDF_POWER_DEVICE_STATE TargetState)
{
    return TargetState == WdfPowerDeviceD3Final ? Step("D0Exit") :
           TargetState == WdfPowerDeviceD3      ? Step("D0ExitToD3") :
                                                  STATUS_INVALID_PARAMETER;
}

static NTSTATUS LifeD0ExitPre(WDFDEVICE Device, WDF_POWER_DEVICE_STATE TargetState)
{
    return Step("D0ExitPre");
}

/* The device is in D0: a queue that is made now serves at once. */
static NTSTATUS LifeIoInit(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config;
    NTSTATUS status;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &DeviceContextGet(Device)->LateQueue);
    return NT_SUCCESS(status) ? Step("IoInit") : status;
}

static NTSTATUS LifeIoRestart(WDFDEVICE Device)
{
    return Step("IoRestart");
}

static NTSTATUS LifeIoSuspend(WDFDEVICE Device)
{
    return Step("IoSuspend");
}

static VOID LifeIoFlush(WDFDEVICE Device)
{
    (void)Step("IoFlush");
}

static VOID LifeIoCleanup(WDFDEVICE Device)
{
    (void)Step("IoCleanup");
}

static VOID LifeSurpriseRemoval(WDFDEVICE Device)
{
    (void)Step("Surprise");
}

static NTSTATUS LifeQueryStop(WDFDEVICE Device)
{
    return Step("QueryStop");
}

static NTSTATUS LifeQueryRemove(WDFDEVICE Device)
{
    return Step("QueryRemove");
}

static VOID LifeDeviceCleanup(WDFOBJECT Object)
{
    (void)Step("DeviceCleanup");
}

static VOID LifeDeviceDestroy(WDFOBJECT Object)
{
    (void)Step("DeviceDestroy");
}

static VOID LifeDriverCleanup(WDFOBJECT Object)
{
    (void)Step("DriverCleanup");
}

static VOID LifeChildCleanup(WDFOBJECT Object)
{
    (void)Step("ChildCleanup");
}

/*
 * Files.
 */

static VOID LifeFileCreate(WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    NTSTATUS status = Step("Create");

    if (WdfRequestGetFileObject(Request) != FileObject || WdfFileObjectGetDevice(FileObject) != Device)
    {
        status = STATUS_INTERNAL_ERROR;
    }
    WdfRequestComplete(Request, status);
}

static VOID LifeFileObjectGone(WDFOBJECT Object)
{
    journal_write("FileObjectGone");
}

static VOID LifeFileCleanup(WDFFILEOBJECT FileObject)
{
    (void)Step("FileCleanup");
}

static VOID LifeFileClose(WDFFILEOBJECT FileObject)
{
    (void)Step("FileClose");
}

/*
 * I/O.
 */

/* Only where a test asks for it, because most are not about this. */
static VOID LifeRequestCleanup(WDFOBJECT Object)
{
    if (journal_fails("RequestCleanup"))
    {
        journal_write("RequestCleanup");
    }
}

static VOID LifeRead(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    PUCHAR buffer;
    size_t length;
    NTSTATUS status = WdfRequestRetrieveOutputBuffer(Request, 1, (PVOID *)&buffer, &length);

    if (NT_SUCCESS(status) && length != Length)
    {
        status = STATUS_INTERNAL_ERROR;
    }
    for (size_t index = 0; NT_SUCCESS(status) && index < length; index++)
    {
        buffer[index] = (UCHAR)('a' + index % 26);
    }
    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) ? length : 0);
}

static VOID LifeWrite(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    PVOID buffer;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, Length, &buffer, NULL);

    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) ? Length : 0);
}

static NTSTATUS Reverse(WDFREQUEST Request, ULONG_PTR *Information)
{
    PUCHAR input;
    PUCHAR output;
    size_t inputLength;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, 1, (PVOID *)&input, &inputLength);

    if (NT_SUCCESS(status))
    {
        status = WdfRequestRetrieveOutputBuffer(Request, inputLength, (PVOID *)&output, NULL);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    for (size_t low = 0, high = inputLength - 1; low <= high && high < inputLength; low++, high--)
    {
        UCHAR first = input[low];
        UCHAR last = input[high];

        output[low] = last;
        output[high] = first;
    }
    *Information = inputLength;
    return STATUS_SUCCESS;
}

static VOID LifeCancelPending(WDFREQUEST Request)
{
    DEVICE_CONTEXT *context = DeviceContextGet(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));

    WdfSpinLockAcquire(context->Lock);
    context->Pending = NULL;
    WdfSpinLockRelease(context->Lock);
    journal_write("Cancelled");
    WdfRequestComplete(Request, STATUS_CANCELLED);
    if (journal_fails("RequestCleanup"))
    {
        journal_write("CancelReturns");
    }
}

static VOID Pend(DEVICE_CONTEXT *Context, WDFREQUEST Request)
{
    NTSTATUS status;

    WdfSpinLockAcquire(Context->Lock);
    status = Context->Pending != NULL ? STATUS_DEVICE_BUSY : WdfRequestMarkCancelableEx(Request, LifeCancelPending);
    if (NT_SUCCESS(status))
    {
        Context->Pending = Request;
    }
    WdfSpinLockRelease(Context->Lock);
    if (!NT_SUCCESS(status))
    {
        WdfRequestComplete(Request, status);
    }
}

static NTSTATUS FinishPending(DEVICE_CONTEXT *Context)
{
    WDFREQUEST request;
    NTSTATUS status = STATUS_NOT_FOUND;

    WdfSpinLockAcquire(Context->Lock);
    request = Context->Pending;
    if (request != NULL)
    {
        status = WdfRequestUnmarkCancelable(request);
        Context->Pending = NULL;
    }
    WdfSpinLockRelease(Context->Lock);
    if (NT_SUCCESS(status))
    {
        WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 7);
    }
    return status == STATUS_CANCELLED ? STATUS_SUCCESS : status;
}

static NTSTATUS Release(DEVICE_CONTEXT *Context, WDFREQUEST Request)
{
    NTSTATUS *outcome;
    WDFREQUEST waiting;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, sizeof(*outcome), (PVOID *)&outcome, NULL);

    if (NT_SUCCESS(status))
    {
        status = WdfIoQueueRetrieveNextRequest(Context->ManualQueue, &waiting);
    }
    if (NT_SUCCESS(status))
    {
        WdfRequestComplete(waiting, *outcome);
    }
    return status;
}

static VOID Keep(DEVICE_CONTEXT *Context, WDFREQUEST Request)
{
    RequestContextGet(Request)->Value = 11;
    WdfObjectReference(Request);
    Context->Kept = Request;
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

static ULONG_PTR Drop(DEVICE_CONTEXT *Context)
{
    WDFREQUEST request = Context->Kept;
    ULONG_PTR value = RequestContextGet(request)->Value;

    Context->Kept = NULL;
    WdfObjectDereference(request);
    return value;
}

static NTSTATUS ThroughMemory(WDFREQUEST Request, ULONG_PTR *Information)
{
    WDFMEMORY input;
    WDFMEMORY output;
    WDFMEMORY again;
    UCHAR bytes[4];
    size_t length;
    WDF_REQUEST_PARAMETERS parameters;
    NTSTATUS status = WdfRequestRetrieveInputMemory(Request, &input);

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);
    if (NT_SUCCESS(status))
    {
        status = WdfRequestRetrieveOutputMemory(Request, &output);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfMemoryCopyToBuffer(input, 0, bytes, sizeof(bytes));
    }
    if (NT_SUCCESS(status))
    {
        status = WdfMemoryCopyFromBuffer(output, 0, bytes, sizeof(bytes));
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    (void)WdfRequestRetrieveInputMemory(Request, &again);
    (void)WdfMemoryGetBuffer(input, &length);
    if (again != input || length != parameters.Parameters.DeviceIoControl.InputBufferLength ||
        parameters.Type != WdfRequestTypeDeviceControl || WdfRequestGetRequestorMode(Request) != UserMode)
    {
        return STATUS_INTERNAL_ERROR;
    }
    *Information = sizeof(bytes);
    return STATUS_SUCCESS;
}

static VOID BreakRule(WDFREQUEST Request, ULONG Code)
{
    switch (Code)
    {
        case LIFE_CALL_MISSING:
            (void)WdfDeviceWdmAssignPowerFrameworkSettings(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)), NULL);
            break;
        case LIFE_BAD_HANDLE:
            (void)WdfIoQueueGetDevice((WDFQUEUE)Request);
            break;
        case LIFE_NULL_PARAMETER:
            (void)WdfIoQueueRetrieveNextRequest(WdfRequestGetIoQueue(Request), NULL);
            break;
        default:
            WdfObjectReference(Request);
            WdfRequestComplete(Request, STATUS_SUCCESS);
            WdfRequestComplete(Request, STATUS_SUCCESS);
            break;
    }
}

static VOID LifeControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputLength, size_t InputLength, ULONG Code)
{
    DEVICE_CONTEXT *context = DeviceContextGet(WdfIoQueueGetDevice(Queue));
    ULONG_PTR information = 0;
    WDFREQUEST other;
    NTSTATUS status = STATUS_SUCCESS;

    switch (Code)
    {
        case LIFE_REVERSE:
        case LIFE_REVERSE_IN_DIRECT:
        case LIFE_REVERSE_OUT_DIRECT:
            status = Reverse(Request, &information);
            break;
        case LIFE_PEND:
            Pend(context, Request);
            return;
        case LIFE_FINISH_PENDING:
            status = FinishPending(context);
            break;
        case LIFE_RELEASE:
            status = Release(context, Request);
            break;
        case LIFE_FORWARD:
            status = WdfRequestForwardToIoQueue(Request, context->ManualQueue);
            if (NT_SUCCESS(status))
            {
                return;
            }
            break;
        case LIFE_KEEP:
            Keep(context, Request);
            return;
        case LIFE_DROP:
            information = Drop(context);
            break;
        case LIFE_LATE_QUEUE:
            status = WdfIoQueueRetrieveNextRequest(context->LateQueue, &other);
            break;
        case LIFE_LATE_INTERFACE:
            status = CreateInterface(WdfIoQueueGetDevice(Queue), L"late");
            break;
        case LIFE_DISABLE_INTERFACE:
            DisableInterface(WdfIoQueueGetDevice(Queue), L"early");
            break;
        case LIFE_NEEDS_READ:
        case LIFE_NEEDS_WRITE:
            break;
        case LIFE_MEMORY:
            status = ThroughMemory(Request, &information);
            break;
        case LIFE_PENDING_COUNT:
            WdfSpinLockAcquire(context->Lock);
            information = context->Pending != NULL ? 1 : 0;
            WdfSpinLockRelease(context->Lock);
            break;
        case LIFE_PAUSED:
            status = STATUS_WDF_PAUSED;
            break;
        case LIFE_CALL_MISSING:
        case LIFE_BAD_HANDLE:
        case LIFE_NULL_PARAMETER:
        case LIFE_COMPLETE_TWICE:
            BreakRule(Request, Code);
            return;
        default:
            status = STATUS_INVALID_DEVICE_REQUEST;
            break;
    }
    WdfRequestCompleteWithInformation(Request, status, information);
}

static VOID LifeStop(WDFQUEUE Queue, WDFREQUEST Request, ULONG ActionFlags)
{
    const char *name = (ActionFlags & WdfRequestStopActionPurge) != 0 ? "StopPurge" : "StopSuspend";

    journal_write(name);
    if (journal_fails(name) && NT_SUCCESS(WdfRequestUnmarkCancelable(Request)))
    {
        DeviceContextGet(WdfIoQueueGetDevice(Queue))->Pending = NULL;
        WdfRequestStopAcknowledge(Request, TRUE);
    }
    else
    {
        WdfRequestStopAcknowledge(Request, FALSE);
    }
}

/* Creating and deleting a queue here shows that the runtime holds no lock of the device. */
static VOID LifeCanceledOnQueue(WDFQUEUE Queue, WDFREQUEST Request)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFQUEUE other;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    if (NT_SUCCESS(WdfIoQueueCreate(WdfIoQueueGetDevice(Queue), &config, WDF_NO_OBJECT_ATTRIBUTES, &other)))
    {
        WdfObjectDelete(other);
    }
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

/*
 * Set-up.
 */

static NTSTATUS CreateQueues(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config;
    NTSTATUS status;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoRead = LifeRead;
    config.EvtIoWrite = LifeWrite;
    config.EvtIoDeviceControl = LifeControl;
    config.EvtIoStop = LifeStop;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
        config.EvtIoCanceledOnQueue = LifeCanceledOnQueue;
        status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &DeviceContextGet(Device)->ManualQueue);
    }
    return status;
}

/* Contexts, children and a lock: things whose end the record shows. */
static NTSTATUS CreateObjects(WDFDEVICE Device)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    SECOND_CONTEXT *second;
    SECOND_CONTEXT *again;
    WDFOBJECT child;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &DeviceContextGet(Device)->Lock);
    if (NT_SUCCESS(status))
    {
        attributes.EvtCleanupCallback = LifeChildCleanup;
        status = WdfObjectCreate(&attributes, &child);
    }
    if (NT_SUCCESS(status))
    {
        WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, SECOND_CONTEXT);
        status = WdfObjectAllocateContext(Device, &attributes, (PVOID *)&second);
    }
    if (NT_SUCCESS(status))
    {
        second->Value = 5;
        status = WdfObjectAllocateContext(Device, &attributes, (PVOID *)&again);
    }
    if (NT_SUCCESS(status))
    {
        BOOLEAN good = status == STATUS_OBJECT_NAME_EXISTS && again == second &&
                       WdfObjectGet_SECOND_CONTEXT(Device)->Value == 5 && WdfObjectContextGetObject(second) == Device;

        status = good ? STATUS_SUCCESS : STATUS_INTERNAL_ERROR;
    }
    return status;
}

static VOID ConfigureInit(PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    WDF_FILEOBJECT_CONFIG files;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_OBJECT_ATTRIBUTES requests;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = LifePrepareHardware;
    callbacks.EvtDeviceReleaseHardware = LifeReleaseHardware;
    callbacks.EvtDeviceD0Entry = LifeD0Entry;
    callbacks.EvtDeviceD0EntryPostInterruptsEnabled = LifeD0EntryPost;
    callbacks.EvtDeviceD0Exit = LifeD0Exit;
    callbacks.EvtDeviceD0ExitPreInterruptsDisabled = LifeD0ExitPre;
    callbacks.EvtDeviceSelfManagedIoInit = LifeIoInit;
    callbacks.EvtDeviceSelfManagedIoRestart = LifeIoRestart;
    callbacks.EvtDeviceSelfManagedIoSuspend = LifeIoSuspend;
    callbacks.EvtDeviceSelfManagedIoFlush = LifeIoFlush;
    callbacks.EvtDeviceSelfManagedIoCleanup = LifeIoCleanup;
    callbacks.EvtDeviceSurpriseRemoval = LifeSurpriseRemoval;
    callbacks.EvtDeviceQueryRemove = LifeQueryRemove;
    callbacks.EvtDeviceQueryStop = LifeQueryStop;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &callbacks);
    WDF_FILEOBJECT_CONFIG_INIT(&files, LifeFileCreate, LifeFileClose, LifeFileCleanup);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    if (journal_fails("Filter"))
    {
        /* A filter that leaves creates to the drivers below, of which the root bus knows none. */
        WdfFdoInitSetFilter(DeviceInit);
        files.EvtDeviceFileCreate = NULL;
        attributes.EvtCleanupCallback = LifeFileObjectGone;
    }
    WdfDeviceInitSetFileObjectConfig(DeviceInit, &files, &attributes);
    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&requests, REQUEST_CONTEXT);
    requests.EvtCleanupCallback = LifeRequestCleanup;
    WdfDeviceInitSetRequestAttributes(DeviceInit, &requests);
}

NTSTATUS LifeDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\Life0");
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFDEVICE device;
    NTSTATUS status = Step("AddBefore");

    if (journal_fails("FilterAdd"))
    {
        WdfFdoInitSetFilter(DeviceInit);
        status = STATUS_UNSUCCESSFUL;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    ConfigureInit(DeviceInit);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    attributes.EvtCleanupCallback = LifeDeviceCleanup;
    attributes.EvtDestroyCallback = LifeDeviceDestroy;
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (NT_SUCCESS(status))
    {
        status = DeviceInit == NULL && WdfDeviceGetDriver(device) == Driver ? STATUS_SUCCESS : STATUS_INTERNAL_ERROR;
    }
    if (NT_SUCCESS(status))
    {
        status = CreateObjects(device);
    }
    if (NT_SUCCESS(status))
    {
        status = CreateQueues(device);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfDeviceCreateSymbolicLink(device, &link);
    }
    if (NT_SUCCESS(status))
    {
        status = CreateInterface(device, L"early");
    }
    return NT_SUCCESS(status) ? Step("AddAfter") : status;
}

VOID LifeUnload(WDFDRIVER Driver)
{
    (void)Step("Unload");
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;

    WDF_DRIVER_CONFIG_INIT(&config, LifeDeviceAdd);
    config.EvtDriverUnload = LifeUnload;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = LifeDriverCleanup;
    status = WdfDriverCreate(DriverObject, RegistryPath, &attributes, &config, WDF_NO_HANDLE);
    return NT_SUCCESS(status) ? Step("Entry") : status;
}
