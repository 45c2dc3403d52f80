/* SPDX-License-Identifier: MIT */
/*
 * Utility API: common tasks of drivers, each as one call.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfUtility.tmh"
#endif

/* Characters of a line for EvtDmfDeviceLog, with the zero at its end. */
#define DMFUTILITY_LOG_STRING_LENGTH 1024
/* Bytes of a buffer that are traced in one line. */
#define DMFUTILITY_BYTES_PER_ROW 16
/* Zero degrees Celsius. */
#define DMFUTILITY_ZERO_CELSIUS_IN_DECI_KELVIN 2731

/*
 * Devices.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Utility_UserModeAccessCreate(
    WDFDEVICE Device,
    const GUID* DeviceInterfaceGuid,
    PCWSTR SymbolicLinkName
    )
/*++

Routine Description:

    Lets applications open a device: by a device interface, by a symbolic link, or by both.

Arguments:

    Device - The given device.
    DeviceInterfaceGuid - The class of the device interface, or NULL.
    SymbolicLinkName - The name of the symbolic link, or NULL.

Return Value:

    NTSTATUS. What was created before a failure stays.

--*/
{
    NTSTATUS ntStatus;
    UNICODE_STRING symbolicLinkName;

    PAGED_CODE();

    DmfAssert((DeviceInterfaceGuid != NULL) || (SymbolicLinkName != NULL));

    ntStatus = STATUS_SUCCESS;
    if (DeviceInterfaceGuid != NULL)
    {
        ntStatus = WdfDeviceCreateDeviceInterface(Device,
                                                  DeviceInterfaceGuid,
                                                  NULL);
        if (! NT_SUCCESS(ntStatus))
        {
            TraceError(DMF_TRACE, "WdfDeviceCreateDeviceInterface fails: ntStatus=%!STATUS!", ntStatus);
            goto Exit;
        }
    }
    if (SymbolicLinkName != NULL)
    {
        RtlInitUnicodeString(&symbolicLinkName,
                             SymbolicLinkName);
        ntStatus = WdfDeviceCreateSymbolicLink(Device,
                                               &symbolicLinkName);
        if (! NT_SUCCESS(ntStatus))
        {
            TraceError(DMF_TRACE, "WdfDeviceCreateSymbolicLink fails: ntStatus=%!STATUS!", ntStatus);
        }
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#if !defined(DMF_USER_MODE)

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Utility_AclPropagateInDeviceStack(
    WDFDEVICE Device
    )
/*++

Routine Description:

    Gives all devices of a device's stack the access control list that the device has.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the object manager.

--*/
{
    NTSTATUS ntStatus;
    PDEVICE_OBJECT deviceObject;
    HANDLE deviceHandle;

    PAGED_CODE();

    deviceObject = WdfDeviceWdmGetDeviceObject(Device);
    ntStatus = ObOpenObjectByPointer(deviceObject,
                                     OBJ_KERNEL_HANDLE,
                                     NULL,
                                     WRITE_DAC,
                                     NULL,
                                     KernelMode,
                                     &deviceHandle);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceError(DMF_TRACE, "ObOpenObjectByPointer fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }

    ntStatus = ZwSetSecurityObject(deviceHandle,
                                   DACL_SECURITY_INFORMATION,
                                   deviceObject->SecurityDescriptor);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceError(DMF_TRACE, "ZwSetSecurityObject fails: ntStatus=%!STATUS!", ntStatus);
    }
    ZwClose(deviceHandle);

Exit:

    return ntStatus;
}
#pragma code_seg()

#endif

#pragma code_seg("PAGE")
static
PCWSTR
DmfUtility_DevicePropertyGet(
    _In_ WDFDEVICE Device,
    _In_ DEVICE_REGISTRY_PROPERTY DeviceProperty
    )
/*++

Routine Description:

    Gets a property of a device that is a text.

Arguments:

    Device - The given device.
    DeviceProperty - Which property.

Return Value:

    The text, which belongs to the device; NULL if the device does not have the property.

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY memory;
    PCWSTR text;

    PAGED_CODE();

    text = NULL;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    ntStatus = WdfDeviceAllocAndQueryProperty(Device,
                                              DeviceProperty,
                                              NonPagedPoolNx,
                                              &attributes,
                                              &memory);
    if (NT_SUCCESS(ntStatus))
    {
        text = (PCWSTR)WdfMemoryGetBuffer(memory,
                                          NULL);
    }

    return text;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Utility_EventLoggingNamesGet(
    WDFDEVICE Device,
    PCWSTR* DeviceName,
    PCWSTR* Location
    )
/*++

Routine Description:

    Gets what the event log calls a device.

Arguments:

    Device - The given device.
    DeviceName - The device's friendly name; its description if it has none. Lives as long as the device.
    Location - Where the device is. Lives as long as the device.

Return Value:

    None

--*/
{
    PCWSTR deviceName;
    PCWSTR location;

    PAGED_CODE();

    deviceName = DmfUtility_DevicePropertyGet(Device,
                                              DevicePropertyFriendlyName);
    if (deviceName == NULL)
    {
        deviceName = DmfUtility_DevicePropertyGet(Device,
                                                  DevicePropertyDeviceDescription);
    }
    location = DmfUtility_DevicePropertyGet(Device,
                                            DevicePropertyLocationInformation);

    *DeviceName = (deviceName != NULL) ? deviceName : L"(error retrieving name)";
    *Location = (location != NULL) ? location : L"(error retrieving location)";
}
#pragma code_seg()

/*
 * Activities.
 */

static
GUID
DmfUtility_ActivityIdFromHandle(
    _In_ WDFOBJECT Handle
    )
/*++

Routine Description:

    Makes an activity identifier that begins with the bytes of a handle, and otherwise is zero.

Arguments:

    Handle - The given handle.

Return Value:

    The activity identifier.

--*/
{
    GUID activityId;

    RtlZeroMemory(&activityId,
                  sizeof(activityId));
    RtlCopyMemory(&activityId,
                  &Handle,
                  sizeof(Handle));

    return activityId;
}

_Use_decl_annotations_
GUID
DMF_Utility_ActivityIdFromRequest(
    WDFREQUEST Request
    )
/*++

Routine Description:

    Gets the identifier of the activity that a request belongs to.

Arguments:

    Request - The given request.

Return Value:

    The activity identifier; one made of the handle if the request has none.

--*/
{
    NTSTATUS ntStatus;
    GUID activityId;

#if defined(DMF_USER_MODE)
    ntStatus = WdfRequestRetrieveActivityId(Request,
                                            &activityId);
#else
    ntStatus = IoGetActivityIdIrp(WdfRequestWdmGetIrp(Request),
                                  &activityId);
#endif
    if (! NT_SUCCESS(ntStatus))
    {
        activityId = DmfUtility_ActivityIdFromHandle((WDFOBJECT)Request);
    }

    return activityId;
}

_Use_decl_annotations_
GUID
DMF_Utility_ActivityIdFromDevice(
    WDFDEVICE Device
    )
/*++

Routine Description:

    Makes an activity identifier for what a device does by itself.

Arguments:

    Device - The given device.

Return Value:

    The activity identifier.

--*/
{
    return DmfUtility_ActivityIdFromHandle((WDFOBJECT)Device);
}

/*
 * Time.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Utility_DelayMilliseconds(
    ULONG Milliseconds
    )
/*++

Routine Description:

    Lets the current thread sleep.

Arguments:

    Milliseconds - How long.

Return Value:

    None

--*/
{
    PAGED_CODE();

#if defined(DMF_USER_MODE)
    /* The largest number would be without end. */
    if (Milliseconds == INFINITE)
    {
        Milliseconds--;
        Sleep(1);
    }
    Sleep(Milliseconds);
#else
    LARGE_INTEGER interval;

    interval.QuadPart = WDF_REL_TIMEOUT_IN_MS(Milliseconds);
    (VOID)KeDelayExecutionThread(KernelMode,
                                 FALSE,
                                 &interval);
#endif
}
#pragma code_seg()

_Use_decl_annotations_
VOID
DMF_Utility_SystemTimeCurrentGet(
    PLARGE_INTEGER CurrentSystemTime
    )
/*++

Routine Description:

    Gets the time.

Arguments:

    CurrentSystemTime - Universal time in units of 100 nanoseconds since 1601.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    FILETIME fileTime;

    GetSystemTimeAsFileTime(&fileTime);
    CurrentSystemTime->LowPart = fileTime.dwLowDateTime;
    CurrentSystemTime->HighPart = (LONG)fileTime.dwHighDateTime;
#else
    KeQuerySystemTime(CurrentSystemTime);
#endif
}

_Use_decl_annotations_
BOOLEAN
DMF_Utility_LocalTimeToUniversalTimeConvert(
    DMF_TIME_FIELDS* LocalTimeFields,
    DMF_TIME_FIELDS* UtcTimeFields
    )
/*++

Routine Description:

    Converts the time of this time zone into universal time.

Arguments:

    LocalTimeFields - The time of this time zone. The day of the week is not looked at.
    UtcTimeFields - Universal time; zero on failure.

Return Value:

    FALSE if there is no such time.

--*/
{
    BOOLEAN isConverted;
    DMF_TIME_FIELDS localTimeFields;

    /* Both may be the same. */
    localTimeFields = *LocalTimeFields;
    RtlZeroMemory(UtcTimeFields,
                  sizeof(*UtcTimeFields));

#if defined(DMF_USER_MODE)
    SYSTEMTIME localTime;
    SYSTEMTIME universalTime;

    RtlZeroMemory(&localTime,
                  sizeof(localTime));
    localTime.wYear = localTimeFields.Year;
    localTime.wMonth = localTimeFields.Month;
    localTime.wDay = localTimeFields.Day;
    localTime.wHour = localTimeFields.Hour;
    localTime.wMinute = localTimeFields.Minute;
    localTime.wSecond = localTimeFields.Second;
    localTime.wMilliseconds = localTimeFields.Milliseconds;
    isConverted = (TzSpecificLocalTimeToSystemTime(NULL,
                                                   &localTime,
                                                   &universalTime) != FALSE);
    if (isConverted)
    {
        UtcTimeFields->Year = universalTime.wYear;
        UtcTimeFields->Month = universalTime.wMonth;
        UtcTimeFields->Day = universalTime.wDay;
        UtcTimeFields->Hour = universalTime.wHour;
        UtcTimeFields->Minute = universalTime.wMinute;
        UtcTimeFields->Second = universalTime.wSecond;
        UtcTimeFields->Milliseconds = universalTime.wMilliseconds;
        UtcTimeFields->Weekday = universalTime.wDayOfWeek;
    }
#else
    TIME_FIELDS timeFields;
    LARGE_INTEGER localTime;
    LARGE_INTEGER universalTime;

    RtlZeroMemory(&timeFields,
                  sizeof(timeFields));
    timeFields.Year = (CSHORT)localTimeFields.Year;
    timeFields.Month = (CSHORT)localTimeFields.Month;
    timeFields.Day = (CSHORT)localTimeFields.Day;
    timeFields.Hour = (CSHORT)localTimeFields.Hour;
    timeFields.Minute = (CSHORT)localTimeFields.Minute;
    timeFields.Second = (CSHORT)localTimeFields.Second;
    timeFields.Milliseconds = (CSHORT)localTimeFields.Milliseconds;
    isConverted = RtlTimeFieldsToTime(&timeFields,
                                      &localTime);
    if (isConverted)
    {
        ExLocalTimeToSystemTime(&localTime,
                                &universalTime);
        RtlTimeToTimeFields(&universalTime,
                            &timeFields);
        UtcTimeFields->Year = (UINT16)timeFields.Year;
        UtcTimeFields->Month = (UINT16)timeFields.Month;
        UtcTimeFields->Day = (UINT16)timeFields.Day;
        UtcTimeFields->Hour = (UINT16)timeFields.Hour;
        UtcTimeFields->Minute = (UINT16)timeFields.Minute;
        UtcTimeFields->Second = (UINT16)timeFields.Second;
        UtcTimeFields->Milliseconds = (UINT16)timeFields.Milliseconds;
        UtcTimeFields->Weekday = (UINT16)timeFields.Weekday;
    }
#endif

    return isConverted;
}

/*
 * Values.
 */

_Use_decl_annotations_
BOOLEAN
DMF_Utility_IsEqualGUID(
    GUID* Guid1,
    GUID* Guid2
    )
/*++

Routine Description:

    Compares two GUIDs.

Arguments:

    Guid1 - The one.
    Guid2 - The other.

Return Value:

    TRUE if they are equal.

--*/
{
    return RtlEqualMemory(Guid1,
                          Guid2,
                          sizeof(GUID)) != 0;
}

_Use_decl_annotations_
VOID
DMF_Utility_TransferList(
    LIST_ENTRY* DestinationList,
    LIST_ENTRY* SourceList
    )
/*++

Routine Description:

    Moves all entries of a list to another list, in their order.

Arguments:

    DestinationList - The list that gets them. What it was before is not looked at.
    SourceList - The list that is empty afterwards.

Return Value:

    None

--*/
{
    if (IsListEmpty(SourceList))
    {
        InitializeListHead(DestinationList);
    }
    else
    {
        DestinationList->Flink = SourceList->Flink;
        DestinationList->Blink = SourceList->Blink;
        DestinationList->Flink->Blink = DestinationList;
        DestinationList->Blink->Flink = DestinationList;
        InitializeListHead(SourceList);
    }
}

_Use_decl_annotations_
NTSTATUS
DMF_Utility_TemperatureInDeciKelvin(
    INT64 Celcius,
    UINT64* DeciKelvin
    )
/*++

Routine Description:

    Converts a temperature.

Arguments:

    Celcius - The temperature in degrees Celsius.
    DeciKelvin - The temperature in tenths of a Kelvin. What is below zero wraps around. Nothing is written on failure.

Return Value:

    STATUS_SUCCESS, or if the result does not fit, STATUS_INTEGER_OVERFLOW in kernel mode and STATUS_UNSUCCESSFUL in user
    mode.

--*/
{
    NTSTATUS ntStatus;
    LONG64 deciCelsius;
    LONG64 deciKelvin;

#if defined(DMF_USER_MODE)
    ntStatus = STATUS_UNSUCCESSFUL;
    if (SUCCEEDED(Long64Mult(Celcius,
                             10,
                             &deciCelsius)) &&
        SUCCEEDED(Long64Add(deciCelsius,
                            DMFUTILITY_ZERO_CELSIUS_IN_DECI_KELVIN,
                            &deciKelvin)))
    {
        ntStatus = STATUS_SUCCESS;
    }
#else
    ntStatus = RtlLong64Mult(Celcius,
                             10,
                             &deciCelsius);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlLong64Add(deciCelsius,
                                DMFUTILITY_ZERO_CELSIUS_IN_DECI_KELVIN,
                                &deciKelvin);
    }
#endif
    if (NT_SUCCESS(ntStatus))
    {
        *DeciKelvin = (UINT64)deciKelvin;
    }

    return ntStatus;
}

_Use_decl_annotations_
NTSTATUS
DMF_Utility_TemperatureInDeciKelvin32(
    INT32 Celcius,
    UINT32* DeciKelvin
    )
/*++

Routine Description:

    Converts a temperature.

Arguments:

    Celcius - The temperature in degrees Celsius.
    DeciKelvin - The temperature in tenths of a Kelvin. What is below zero wraps around. Nothing is written on failure.

Return Value:

    STATUS_SUCCESS, or if the result does not fit, STATUS_INTEGER_OVERFLOW in kernel mode and STATUS_UNSUCCESSFUL in user
    mode.

--*/
{
    NTSTATUS ntStatus;
    INT32 deciCelsius;
    INT32 deciKelvin;

#if defined(DMF_USER_MODE)
    ntStatus = STATUS_UNSUCCESSFUL;
    if (SUCCEEDED(Int32Mult(Celcius,
                            10,
                            &deciCelsius)) &&
        SUCCEEDED(Int32Add(deciCelsius,
                           DMFUTILITY_ZERO_CELSIUS_IN_DECI_KELVIN,
                           &deciKelvin)))
    {
        ntStatus = STATUS_SUCCESS;
    }
#else
    ntStatus = RtlInt32Mult(Celcius,
                            10,
                            &deciCelsius);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlInt32Add(deciCelsius,
                               DMFUTILITY_ZERO_CELSIUS_IN_DECI_KELVIN,
                               &deciKelvin);
    }
#endif
    if (NT_SUCCESS(ntStatus))
    {
        *DeciKelvin = (UINT32)deciKelvin;
    }

    return ntStatus;
}

_Use_decl_annotations_
UINT16
DMF_Utility_CrcCompute(
    UINT8* Message,
    UINT32 NumberOfBytes
    )
/*++

Routine Description:

    Computes the CRC-16 of a message: polynomial 0x1021, initial value 0xFFFF, most significant bit first, nothing reflected,
    nothing inverted at the end.

Arguments:

    Message - The message.
    NumberOfBytes - Its size.

Return Value:

    The checksum.

--*/
{
    UINT16 crc;
    UINT16 quotient;
    UINT32 byteIndex;

    crc = 0xFFFF;
    for (byteIndex = 0; byteIndex < NumberOfBytes; byteIndex++)
    {
        /* Eight steps of the division at once. */
        quotient = (UINT16)((crc >> 8) ^ Message[byteIndex]);
        quotient = (UINT16)(quotient ^ (quotient >> 4));
        crc = (UINT16)((crc << 8) ^ (quotient << 12) ^ (quotient << 5) ^ quotient);
    }

    return crc;
}

/*
 * Logging.
 */

_Use_decl_annotations_
VOID
DMF_Utility_LogBuffer(
    VOID* Buffer,
    size_t BufferSize
    )
/*++

Routine Description:

    Traces the content of a buffer, in rows.

Arguments:

    Buffer - The buffer.
    BufferSize - Its size.

Return Value:

    None

--*/
{
    static const CHAR digits[] = "0123456789abcdef";
    const UINT8* bytes;
    size_t bytesInRow;
    size_t byteIndex;
    CHAR row[(DMFUTILITY_BYTES_PER_ROW * 3) + 1];
    CHAR* rowEnd;

    bytes = (const UINT8*)Buffer;
    while (BufferSize != 0)
    {
        bytesInRow = (BufferSize < DMFUTILITY_BYTES_PER_ROW) ? BufferSize : DMFUTILITY_BYTES_PER_ROW;
        rowEnd = row;
        for (byteIndex = 0; byteIndex < bytesInRow; byteIndex++)
        {
            *rowEnd++ = ' ';
            *rowEnd++ = digits[bytes[byteIndex] >> 4];
            *rowEnd++ = digits[bytes[byteIndex] & 0xF];
        }
        *rowEnd = '\0';
        TraceInformation(DMF_TRACE, "%s", row);
        bytes += bytesInRow;
        BufferSize -= bytesInRow;
    }
}

#pragma code_seg("PAGE")
static
_Must_inspect_result_
BOOLEAN
DmfUtility_LogStringFormat(
    _Out_writes_z_(DMFUTILITY_LOG_STRING_LENGTH) WCHAR* Message,
    _In_z_ const WCHAR* FormatString,
    _In_ va_list Arguments
    )
/*++

Routine Description:

    Formats a line for EvtDmfDeviceLog.

Arguments:

    Message - Where the line is put.
    FormatString - The format.
    Arguments - The values.

Return Value:

    FALSE if the line is not to be emitted: in kernel mode, when it does not fit. In user mode it is cut off then.

--*/
{
    BOOLEAN isFormatted;

    PAGED_CODE();

#if defined(DMF_USER_MODE)
    HRESULT hr;

    hr = StringCchVPrintfW(Message,
                           DMFUTILITY_LOG_STRING_LENGTH,
                           FormatString,
                           Arguments);
    isFormatted = SUCCEEDED(hr) || (hr == STRSAFE_E_INSUFFICIENT_BUFFER);
#else
    NTSTATUS ntStatus;
    UNICODE_STRING message;

    /* A counted string has no zero at its end, which needs room. */
    message.Buffer = Message;
    message.Length = 0;
    message.MaximumLength = (DMFUTILITY_LOG_STRING_LENGTH - 1) * sizeof(WCHAR);
    ntStatus = RtlUnicodeStringVPrintf(&message,
                                       FormatString,
                                       Arguments);
    isFormatted = NT_SUCCESS(ntStatus);
    DmfAssert(isFormatted);
    Message[message.Length / sizeof(WCHAR)] = L'\0';
#endif

    return isFormatted;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Utility_LogEmitString(
    DMFMODULE DmfModule,
    enum _DmfLogDataSeverity Severity,
    WCHAR* FormatString,
    ...
    )
/*++

Routine Description:

    Hands the Client Driver a line for its log, in the caller's thread. Does nothing if the Client Driver has no callback for
    that.

Arguments:

    DmfModule - The Module that the line is about.
    Severity - How serious it is.
    FormatString - The format of the line, followed by its values.

Return Value:

    None

--*/
{
    WDFDEVICE parentDevice;
    DMF_DEVICE_CONTEXT* deviceContext;
    DMF_LOG_DATA logData;
    WCHAR message[DMFUTILITY_LOG_STRING_LENGTH];
    va_list arguments;
    BOOLEAN isFormatted;

    PAGED_CODE();

    DmfAssert((Severity >= DmfLogDataSeverity_Critical) && (Severity < DmfLogDataSeverity_Maximum));

    parentDevice = DMF_ParentDeviceGet(DmfModule);
    deviceContext = DmfDeviceContextGet(parentDevice);
    if ((deviceContext == NULL) ||
        (deviceContext->EvtDmfDeviceLog == NULL))
    {
        goto Exit;
    }

    va_start(arguments,
             FormatString);
    isFormatted = DmfUtility_LogStringFormat(message,
                                             FormatString,
                                             arguments);
    va_end(arguments);
    if (! isFormatted)
    {
        goto Exit;
    }

    RtlZeroMemory(&logData,
                  sizeof(logData));
    logData.DmfLogDataType = DmfLogDataType_String;
    logData.DmfLogDataSeverity = Severity;
    logData.LogData.StringArgument.Message = message;
    deviceContext->EvtDmfDeviceLog(parentDevice,
                                   logData);

Exit:

    return;
}
#pragma code_seg()
