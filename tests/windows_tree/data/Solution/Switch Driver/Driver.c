/*++

    SPDX-License-Identifier: MIT

Module Name:

    Driver.c

Abstract:

    The entry of the driver, and a self test that a program which loads it calls.

--*/

#include "..\Common\Environment.h"
#include "..\modules.library\Module_Blink.h"
#include "Trace.h"
#include "driver.tmh"

/*WPP_INIT_TRACING(); (This line is necessary for WPP macros.)*/

EXTERN_C_START
DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD SwitchEvtDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP SwitchEvtDriverContextCleanup;
__declspec(dllexport) int SwitchSelfTest(void);
EXTERN_C_END

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, SwitchEvtDeviceAdd)
#endif

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    NTSTATUS ntStatus;

    WPP_INIT_TRACING(DriverObject, RegistryPath);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = SwitchEvtDriverContextCleanup;
    WDF_DRIVER_CONFIG_INIT(&config, SwitchEvtDeviceAdd);

    ntStatus = WdfDriverCreate(DriverObject,
                               RegistryPath,
                               &attributes,
                               &config,
                               WDF_NO_HANDLE);
    if (!NT_SUCCESS(ntStatus))
    {
        TraceError(TRACE_DRIVER, "WdfDriverCreate fails: ntStatus=%!STATUS!", ntStatus);
        WPP_CLEANUP(DriverObject);
    }

    return ntStatus;
}

_Use_decl_annotations_
NTSTATUS
SwitchEvtDeviceAdd(
    WDFDRIVER Driver,
    PWDFDEVICE_INIT DeviceInit
    )
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFDEVICE device;
    NTSTATUS ntStatus;

    UNREFERENCED_PARAMETER(Driver);
    PAGED_CODE();

    FuncEntry(TRACE_DEVICE);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, BLINK_CONTEXT);
    ntStatus = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = Module_Blink_Start(BlinkState_On, BlinkContextGet(device));
    }

    FuncExit(TRACE_DEVICE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}

_Use_decl_annotations_
VOID
SwitchEvtDriverContextCleanup(
    WDFOBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    WPP_CLEANUP(NULL);
}

// Returns zero, or the number of the line that saw something wrong.
//
int
SwitchSelfTest(
    void
    )
{
    BLINK_CONTEXT context;
    WCHAR text[16];
    ULONG length;

    TraceEvents(TRACE_LEVEL_ERROR, TRACE_DRIVER, "state %!blink! of %S", BlinkState_On, L"Switch");
    if (NT_SUCCESS(Module_Blink_Start(BlinkState_Invalid, &context)))
    {
        return __LINE__;
    }
    if (!NT_SUCCESS(Module_Blink_Start(BlinkState_Off, &context)) || context.Count != 3 || context.Tag != 'knlB')
    {
        return __LINE__;
    }
    if (context.Low != 1 || context.High != 2)
    {
        return __LINE__;
    }
    length = (ULONG)swprintf_s(text, _countof(text), L"%ld %s %hs", context.Count, L"wide", "narrow");
    if (length != wcslen(L"3 wide narrow") || wcscmp(text, L"3 wide narrow") != 0 || sizeof(L'x') != 2)
    {
        return __LINE__;
    }
    if (WPP_LEVEL_FLAGS_ENABLED(TRACE_LEVEL_VERBOSE, TRACE_DRIVER))
    {
        Trace(TRACE_LEVEL_VERBOSE, "verbose %d", 1);
    }
    return 0;
}
