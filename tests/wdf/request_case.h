/* SPDX-License-Identifier: MIT */
/*
 * A device that gives each request of its one open file to a function of the case.
 */
#ifndef REQUEST_CASE_H
#define REQUEST_CASE_H

#include "wdf_case.h"

#define BUFFERED_CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IN_DIRECT_CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_IN_DIRECT, FILE_ANY_ACCESS)
#define OUT_DIRECT_CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_OUT_DIRECT, FILE_ANY_ACCESS)
#define NEITHER_CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x803, METHOD_NEITHER, FILE_ANY_ACCESS)

/* What the device is and does in this case. */
static struct
{
    WDF_DEVICE_IO_TYPE io_type;
    PWDF_OBJECT_ATTRIBUTES request_attributes;
    void (*handle)(WDFREQUEST request);
} asked;

/* Maybe unused: not every file of cases looks at all of them. */
__attribute__((unused)) static WDFDEVICE device;
static unsigned handled;
static struct testkit_device *started;
static struct testkit_file *file;

static VOID on_request(WDFQUEUE queue, WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(queue);
    handled++;
    asked.handle(request);
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDF_IO_QUEUE_CONFIG config;
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Case");
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    WdfDeviceInitSetIoType(init, asked.io_type);
    if (asked.request_attributes != NULL)
    {
        WdfDeviceInitSetRequestAttributes(init, asked.request_attributes);
    }
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
        config.EvtIoDefault = on_request;
        wdf_case_shorten(&config);
        config.AllowZeroLengthRequests = TRUE;
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfDeviceCreateSymbolicLink(device, &link);
    }
    return status;
}

static inline void begin(WDF_DEVICE_IO_TYPE type, void (*handle)(WDFREQUEST request))
{
    asked.io_type = type;
    asked.handle = handle;
    handled = 0;
    wdf_case_load(add_device);
    started = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &file), STATUS_SUCCESS);
}

static inline void end(unsigned expected)
{
    CHECK_EQUAL(handled, expected);
    testkit_close(file);
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
    asked.request_attributes = NULL;
}

#endif /* REQUEST_CASE_H */
