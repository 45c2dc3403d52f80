/* SPDX-License-Identifier: MIT */
/*
 * The device of the tests of targets and of sending.
 */
#include "send_case.h"

#include <string.h>

struct send_case test;

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    if (test.configure != NULL)
    {
        test.configure(init);
    }
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &test.device);
    test.target = NT_SUCCESS(status) ? WdfDeviceGetIoTarget(test.device) : NULL;
    return NT_SUCCESS(status) && test.created != NULL ? test.created(test.device) : status;
}

void set_up_over(unsigned flags, void (*configure)(PWDFDEVICE_INIT init), NTSTATUS (*created)(WDFDEVICE device))
{
    memset(&test, 0, sizeof(test));
    test.configure = configure;
    test.created = created;
    wdf_case_load(add_device);
    lower_install(wdf_case_driver_object);
    lower.flags = flags;
    test.started = wdf_case_start();
}

void set_up_with(void (*configure)(PWDFDEVICE_INIT init), NTSTATUS (*created)(WDFDEVICE device))
{
    set_up_over(LOWER_BUFFERED, configure, created);
}

void set_up(void)
{
    set_up_with(NULL, NULL);
}

void tear_down(void)
{
    CHECK_STATUS(testkit_remove(test.started), STATUS_SUCCESS);
    wdf_case_unload();
    lower_uninstall();
}

VOID note_end(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    LONG index = InterlockedIncrement(&test.noted) - 1;

    test.statuses[index % 16] = params->IoStatus.Status;
    test.requests[index % 16] = request;
    test.params = *params;
    test.context = context;
    test.seen_target = target;
    /* Who waits for this count reads the rest. */
    (void)InterlockedIncrement(&test.completed);
}

WDFREQUEST make_request(void)
{
    WDFREQUEST request;

    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, test.target, &request), STATUS_SUCCESS);
    return request;
}

void format(WDFREQUEST request)
{
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_end, &test);
}

void reuse(WDFREQUEST request)
{
    WDF_REQUEST_REUSE_PARAMS params;

    WDF_REQUEST_REUSE_PARAMS_INIT(&params, WDF_REQUEST_REUSE_NO_FLAGS, STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestReuse(request, &params), STATUS_SUCCESS);
}

WDFREQUEST send_one(void)
{
    WDFREQUEST request = make_request();

    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    return request;
}

BOOLEAN send_with(WDFREQUEST request, ULONG flags)
{
    WDF_REQUEST_SEND_OPTIONS options;

    WDF_REQUEST_SEND_OPTIONS_INIT(&options, flags);
    return WdfRequestSend(request, test.target, &options);
}

BOOLEAN send_in_time(WDFREQUEST request, ULONG flags, LONGLONG timeout)
{
    WDF_REQUEST_SEND_OPTIONS options;

    WDF_REQUEST_SEND_OPTIONS_INIT(&options, flags);
    WDF_REQUEST_SEND_OPTIONS_SET_TIMEOUT(&options, timeout);
    return WdfRequestSend(request, test.target, &options);
}

WDFMEMORY make_memory(size_t size, UCHAR first)
{
    WDFMEMORY memory;
    PVOID buffer;

    CHECK_STATUS(WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 0, size, &memory, &buffer), STATUS_SUCCESS);
    for (size_t index = 0; index < size; index++)
    {
        ((UCHAR *)buffer)[index] = (UCHAR)(first + index);
    }
    return memory;
}
