/* SPDX-License-Identifier: MIT */
/*
 * A device with the queues that a case asks for. Requests are device controls of one open file; what a handler gets is kept
 * here, unless the case gives it a handler of its own.
 */
#ifndef QUEUE_CASE_H
#define QUEUE_CASE_H

#include <string.h>

#include "case_signal.h"
#include "wdf_case.h"

#define QUEUE_CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x900, METHOD_BUFFERED, FILE_ANY_ACCESS)

enum
{
    QUEUE_CASE_KEPT = 16,
};

static struct
{
    /* Makes the queues, in EvtDriverDeviceAdd; before WdfDeviceCreate. Either may be NULL. */
    NTSTATUS (*make)(WDFDEVICE device);
    VOID (*initialise)(PWDFDEVICE_INIT init);
    PWDF_OBJECT_ATTRIBUTES device_attributes;
} queue_case;

static WDFDEVICE device;
static WDFQUEUE queue;
static struct testkit_device *started;
static struct testkit_file *file;

/* What handlers have kept, in order. Cases with several threads have their own. */
__attribute__((unused)) static WDFREQUEST kept[QUEUE_CASE_KEPT];
__attribute__((unused)) static unsigned kept_count;

__attribute__((unused)) static VOID keep(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    kept[kept_count++] = Request;
}

__attribute__((unused)) static VOID keep_control(WDFQUEUE Queue, WDFREQUEST Request, size_t Output, size_t Input, ULONG Code)
{
    UNREFERENCED_PARAMETER(Output);
    UNREFERENCED_PARAMETER(Input);
    UNREFERENCED_PARAMETER(Code);
    keep(Queue, Request);
}

__attribute__((unused)) static VOID succeed(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

static NTSTATUS add_device(WDFDRIVER Driver, PWDFDEVICE_INIT Init)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Case");
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    if (queue_case.initialise != NULL)
    {
        queue_case.initialise(Init);
    }
    status = WdfDeviceCreate(&Init, queue_case.device_attributes, &device);
    if (NT_SUCCESS(status) && queue_case.make != NULL)
    {
        status = queue_case.make(device);
    }
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(device, &link) : status;
}

/* A queue of the kind with EvtIoDefault, which becomes the default queue or another one. */
__attribute__((unused)) static NTSTATUS make_queue(WDF_IO_QUEUE_DISPATCH_TYPE type, PFN_WDF_IO_QUEUE_IO_DEFAULT handler,
                                                   bool is_default, WDFQUEUE *ret_queue)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT(&config, type);
    config.DefaultQueue = is_default;
    config.EvtIoDefault = handler;
    wdf_case_shorten(&config);
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, ret_queue);
}

static inline void begin(NTSTATUS (*make)(WDFDEVICE device))
{
    queue_case.make = make;
    kept_count = 0;
    wdf_case_load(add_device);
    started = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &file), STATUS_SUCCESS);
}

static inline void end(void)
{
    testkit_close(file);
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
    memset(&queue_case, 0, sizeof(queue_case));
}

/* Sends a control; finish() waits for it. */
static inline struct testkit_operation *start(void)
{
    struct testkit_operation *operation = testkit_control_start(file, QUEUE_CODE, NULL, 0, NULL, 0);

    CHECK(operation != NULL);
    return operation;
}

static inline NTSTATUS finish(struct testkit_operation *operation)
{
    return (NTSTATUS)testkit_wait(operation, NULL);
}

/* Sends one and waits for it. */
__attribute__((unused)) static inline NTSTATUS run(void)
{
    return (NTSTATUS)testkit_control(file, QUEUE_CODE, NULL, 0, NULL, 0, NULL);
}

#define CHECK_QUEUE(Queue, Bits, Queued, Owned)                                \
    do                                                                         \
    {                                                                          \
        ULONG queued_now;                                                      \
        ULONG owned_now;                                                       \
        CHECK_EQUAL(WdfIoQueueGetState(Queue, &queued_now, &owned_now), Bits); \
        CHECK_EQUAL(queued_now, Queued);                                       \
        CHECK_EQUAL(owned_now, Owned);                                         \
    } while (0)

#define ACCEPTS WdfIoQueueAcceptRequests
#define DISPATCHES WdfIoQueueDispatchRequests
#define NONE_QUEUED WdfIoQueueNoRequests
#define NONE_OWNED WdfIoQueueDriverNoRequests
#define HELD WdfIoQueuePnpHeld

#endif /* QUEUE_CASE_H */
