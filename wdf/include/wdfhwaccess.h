/* SPDX-License-Identifier: MIT */
/*
 * Access to registers and ports from a user flavour driver. Every access is a call into the framework, because the process
 * does not own the hardware.
 */
#ifndef WDFHWACCESS_H
#define WDFHWACCESS_H

#include "wdfdevice.h"
#include "wdftypes.h"

#if defined(UMDF_VERSION_MAJOR)
/* What the single accesses below pass for the parameters that only the others need. */
#define WDF_NO_BUFFER (NULL)
#define WDF_ZERO_BUFFER_COUNT (0)
#define WDF_UNUSED_VALUE (0)
#endif

EXTERN_C_START

#if defined(UMDF_VERSION_MAJOR)

FORCEINLINE UCHAR WDF_READ_REGISTER_UCHAR(_In_ WDFDEVICE Device, _In_ PUCHAR Register)
{
    return (UCHAR)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypeRegister, WdfDeviceHwAccessTargetSizeUchar,
        (PVOID)Register, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE USHORT WDF_READ_REGISTER_USHORT(_In_ WDFDEVICE Device, _In_ PUSHORT Register)
{
    return (USHORT)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypeRegister, WdfDeviceHwAccessTargetSizeUshort,
        (PVOID)Register, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE ULONG WDF_READ_REGISTER_ULONG(_In_ WDFDEVICE Device, _In_ PULONG Register)
{
    return (ULONG)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypeRegister, WdfDeviceHwAccessTargetSizeUlong,
        (PVOID)Register, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE ULONG64 WDF_READ_REGISTER_ULONG64(_In_ WDFDEVICE Device, _In_ PULONG64 Register)
{
    return (ULONG64)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypeRegister,
        WdfDeviceHwAccessTargetSizeUlong64, (PVOID)Register, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_READ_REGISTER_BUFFER_UCHAR(_In_ WDFDEVICE Device, _In_ PUCHAR Register,
    _Out_writes_all_(Count) PUCHAR Buffer, _In_ ULONG Count)
{
    (VOID)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypeRegisterBuffer, WdfDeviceHwAccessTargetSizeUchar,
        (PVOID)Register, Buffer, Count);
}

FORCEINLINE VOID WDF_READ_REGISTER_BUFFER_USHORT(_In_ WDFDEVICE Device, _In_ PUSHORT Register,
    _Out_writes_all_(Count) PUSHORT Buffer, _In_ ULONG Count)
{
    (VOID)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypeRegisterBuffer, WdfDeviceHwAccessTargetSizeUshort,
        (PVOID)Register, Buffer, Count);
}

FORCEINLINE VOID WDF_READ_REGISTER_BUFFER_ULONG(_In_ WDFDEVICE Device, _In_ PULONG Register,
    _Out_writes_all_(Count) PULONG Buffer, _In_ ULONG Count)
{
    (VOID)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypeRegisterBuffer, WdfDeviceHwAccessTargetSizeUlong,
        (PVOID)Register, Buffer, Count);
}

FORCEINLINE VOID WDF_READ_REGISTER_BUFFER_ULONG64(_In_ WDFDEVICE Device, _In_ PULONG64 Register,
    _Out_writes_all_(Count) PULONG64 Buffer, _In_ ULONG Count)
{
    (VOID)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypeRegisterBuffer, WdfDeviceHwAccessTargetSizeUlong64,
        (PVOID)Register, Buffer, Count);
}

FORCEINLINE VOID WDF_WRITE_REGISTER_UCHAR(_In_ WDFDEVICE Device, _In_ PUCHAR Register, _In_ UCHAR Value)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypeRegister, WdfDeviceHwAccessTargetSizeUchar, (PVOID)Register,
        Value, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_WRITE_REGISTER_USHORT(_In_ WDFDEVICE Device, _In_ PUSHORT Register, _In_ USHORT Value)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypeRegister, WdfDeviceHwAccessTargetSizeUshort,
        (PVOID)Register, Value, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_WRITE_REGISTER_ULONG(_In_ WDFDEVICE Device, _In_ PULONG Register, _In_ ULONG Value)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypeRegister, WdfDeviceHwAccessTargetSizeUlong, (PVOID)Register,
        Value, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_WRITE_REGISTER_ULONG64(_In_ WDFDEVICE Device, _In_ PULONG64 Register, _In_ ULONG64 Value)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypeRegister, WdfDeviceHwAccessTargetSizeUlong64,
        (PVOID)Register, Value, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_WRITE_REGISTER_BUFFER_UCHAR(_In_ WDFDEVICE Device, _In_ PUCHAR Register,
    _In_reads_(Count) PUCHAR Buffer, _In_ ULONG Count)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypeRegisterBuffer, WdfDeviceHwAccessTargetSizeUchar,
        (PVOID)Register, WDF_UNUSED_VALUE, Buffer, Count);
}

FORCEINLINE VOID WDF_WRITE_REGISTER_BUFFER_USHORT(_In_ WDFDEVICE Device, _In_ PUSHORT Register,
    _In_reads_(Count) PUSHORT Buffer, _In_ ULONG Count)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypeRegisterBuffer, WdfDeviceHwAccessTargetSizeUshort,
        (PVOID)Register, WDF_UNUSED_VALUE, Buffer, Count);
}

FORCEINLINE VOID WDF_WRITE_REGISTER_BUFFER_ULONG(_In_ WDFDEVICE Device, _In_ PULONG Register,
    _In_reads_(Count) PULONG Buffer, _In_ ULONG Count)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypeRegisterBuffer, WdfDeviceHwAccessTargetSizeUlong,
        (PVOID)Register, WDF_UNUSED_VALUE, Buffer, Count);
}

FORCEINLINE VOID WDF_WRITE_REGISTER_BUFFER_ULONG64(_In_ WDFDEVICE Device, _In_ PULONG64 Register,
    _In_reads_(Count) PULONG64 Buffer, _In_ ULONG Count)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypeRegisterBuffer, WdfDeviceHwAccessTargetSizeUlong64,
        (PVOID)Register, WDF_UNUSED_VALUE, Buffer, Count);
}

FORCEINLINE UCHAR WDF_READ_PORT_UCHAR(_In_ WDFDEVICE Device, _In_ PUCHAR Port)
{
    return (UCHAR)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypePort, WdfDeviceHwAccessTargetSizeUchar,
        (PVOID)Port, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE USHORT WDF_READ_PORT_USHORT(_In_ WDFDEVICE Device, _In_ PUSHORT Port)
{
    return (USHORT)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypePort, WdfDeviceHwAccessTargetSizeUshort,
        (PVOID)Port, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE ULONG WDF_READ_PORT_ULONG(_In_ WDFDEVICE Device, _In_ PULONG Port)
{
    return (ULONG)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypePort, WdfDeviceHwAccessTargetSizeUlong,
        (PVOID)Port, WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_READ_PORT_BUFFER_UCHAR(_In_ WDFDEVICE Device, _In_ PUCHAR Port, _Out_writes_all_(Count) PUCHAR Buffer,
    _In_ ULONG Count)
{
    (VOID)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypePortBuffer, WdfDeviceHwAccessTargetSizeUchar,
        (PVOID)Port, Buffer, Count);
}

FORCEINLINE VOID WDF_READ_PORT_BUFFER_USHORT(_In_ WDFDEVICE Device, _In_ PUSHORT Port,
    _Out_writes_all_(Count) PUSHORT Buffer, _In_ ULONG Count)
{
    (VOID)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypePortBuffer, WdfDeviceHwAccessTargetSizeUshort,
        (PVOID)Port, Buffer, Count);
}

FORCEINLINE VOID WDF_READ_PORT_BUFFER_ULONG(_In_ WDFDEVICE Device, _In_ PULONG Port, _Out_writes_all_(Count) PULONG Buffer,
    _In_ ULONG Count)
{
    (VOID)WdfDeviceReadFromHardware(Device, WdfDeviceHwAccessTargetTypePortBuffer, WdfDeviceHwAccessTargetSizeUlong,
        (PVOID)Port, Buffer, Count);
}

FORCEINLINE VOID WDF_WRITE_PORT_UCHAR(_In_ WDFDEVICE Device, _In_ PUCHAR Port, _In_ UCHAR Value)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypePort, WdfDeviceHwAccessTargetSizeUchar, (PVOID)Port, Value,
        WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_WRITE_PORT_USHORT(_In_ WDFDEVICE Device, _In_ PUSHORT Port, _In_ USHORT Value)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypePort, WdfDeviceHwAccessTargetSizeUshort, (PVOID)Port, Value,
        WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_WRITE_PORT_ULONG(_In_ WDFDEVICE Device, _In_ PULONG Port, _In_ ULONG Value)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypePort, WdfDeviceHwAccessTargetSizeUlong, (PVOID)Port, Value,
        WDF_NO_BUFFER, WDF_ZERO_BUFFER_COUNT);
}

FORCEINLINE VOID WDF_WRITE_PORT_BUFFER_UCHAR(_In_ WDFDEVICE Device, _In_ PUCHAR Port, _In_reads_(Count) PUCHAR Buffer,
    _In_ ULONG Count)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypePortBuffer, WdfDeviceHwAccessTargetSizeUchar, (PVOID)Port,
        WDF_UNUSED_VALUE, Buffer, Count);
}

FORCEINLINE VOID WDF_WRITE_PORT_BUFFER_USHORT(_In_ WDFDEVICE Device, _In_ PUSHORT Port, _In_reads_(Count) PUSHORT Buffer,
    _In_ ULONG Count)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypePortBuffer, WdfDeviceHwAccessTargetSizeUshort, (PVOID)Port,
        WDF_UNUSED_VALUE, Buffer, Count);
}

FORCEINLINE VOID WDF_WRITE_PORT_BUFFER_ULONG(_In_ WDFDEVICE Device, _In_ PULONG Port, _In_reads_(Count) PULONG Buffer,
    _In_ ULONG Count)
{
    WdfDeviceWriteToHardware(Device, WdfDeviceHwAccessTargetTypePortBuffer, WdfDeviceHwAccessTargetSizeUlong, (PVOID)Port,
        WDF_UNUSED_VALUE, Buffer, Count);
}

#endif

EXTERN_C_END

#endif /* WDFHWACCESS_H */
