/* SPDX-License-Identifier: MIT */
/*
 * Rule V49: callbacks that take longer than the verifier's patience, a minute. Only the simulation's time is for nothing.
 */
#include "request_case.h"

static ULONG seconds;

static void take_time(void)
{
#if defined(DMF_USER_MODE)
    Sleep(seconds * 1000);
#else
    LARGE_INTEGER delay = {.QuadPart = -10LL * 1000 * 1000 * seconds};

    (void)KeDelayExecutionThread(KernelMode, FALSE, &delay);
#endif
}

static void answer_late(WDFREQUEST request)
{
    take_time();
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static WDFQUEUE default_queue(void)
{
    return WdfDeviceGetDefaultQueue(device);
}

static void v49_io_callback_takes_longer_than_a_minute(void)
{
    if (!nt_is_simulated())
    {
        return;
    }
    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    seconds = 61;
    begin(WdfDeviceIoBuffered, answer_late);
    BREAKS(V49, default_queue(), "EvtIoDefault",
           CHECK_STATUS(testkit_control(file, BUFFERED_CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS));
    end(1);
}

static void v49_silent_io_callback_takes_less_than_a_minute(void)
{
    if (!nt_is_simulated())
    {
        return;
    }
    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    seconds = 59;
    begin(WdfDeviceIoBuffered, answer_late);
    for (unsigned count = 0; count < 3; count++)
    {
        SILENT(V49, CHECK_STATUS(testkit_control(file, BUFFERED_CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS));
    }
    end(3);
}

static VOID clean_up_late(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    take_time();
}

static void v49_cleanup_callback_takes_longer_than_a_minute(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    if (!nt_is_simulated())
    {
        return;
    }
    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    wdf_case_load(NULL);
    seconds = 61;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = clean_up_late;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    BREAKS(V49, object, "EvtCleanupCallback", WdfObjectDelete(object));
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(v49_io_callback_takes_longer_than_a_minute),
    CASE(v49_silent_io_callback_takes_less_than_a_minute),
    CASE(v49_cleanup_callback_takes_longer_than_a_minute),
    CASES_END,
};
