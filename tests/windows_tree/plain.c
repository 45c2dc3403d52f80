/* SPDX-License-Identifier: MIT */
/*
 * A driver whose sources are C++ although they are named .c, without anything else of Windows.
 */
#if defined(DMF_USER_MODE)
#include <windows.h>
#else
#include <ntddk.h>
#endif
#include <wdf.h>
#include "plain.tmh"

extern "C"
{
    DRIVER_INITIALIZE DriverEntry;
    __declspec(dllexport) int SwitchSelfTest(void);
}

int PlainSum(int Count);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_DRIVER_CONFIG_INIT(&config, nullptr);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}

int SwitchSelfTest(void)
{
    TraceError(TRACE_DRIVER, "state %s of Switch", "On");
    return PlainSum(4) == 10 ? 0 : __LINE__;
}
