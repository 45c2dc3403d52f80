/* SPDX-License-Identifier: MIT */
/*
 * Writers to the event log: one call makes the insertion strings out of formats and arguments and writes the entry.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfEventLog.tmh"
#endif

/* The insertion strings of one entry, each ended by zero. */
typedef struct
{
    INT NumberOfStrings;
    WCHAR Strings[DMF_EVENTLOG_MAXIMUM_NUMBER_OF_INSERTION_STRINGS][DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH];
} DMFEVENTLOG_STRINGS;

static
WCHAR
DmfEventLog_ConversionGet(
    _In_z_ const WCHAR* FormatString
    )
/*++

Routine Description:

    Finds the one conversion of a format string. There is one argument for each format string, so a second conversion would
    read what nobody passed; so would a width or a precision that is an argument.

Arguments:

    FormatString - The format string.

Return Value:

    The conversion's letter; zero if there is none, more than one, or one that is not supported.

--*/
{
    WCHAR conversion;
    const WCHAR* current;

    conversion = 0;
    for (current = FormatString; *current != 0; current++)
    {
        if (*current != L'%')
        {
            continue;
        }
        current++;
        if (*current == L'%')
        {
            continue;
        }
        /* Flags, width and precision. */
        while ((*current == L'-') || (*current == L'+') || (*current == L' ') || (*current == L'#') || (*current == L'.') ||
               ((*current >= L'0') && (*current <= L'9')))
        {
            current++;
        }
        if (conversion != 0)
        {
            conversion = 0;
            goto Exit;
        }
        switch (*current)
        {
            case L'c':
            case L'd':
            case L'u':
            case L'x':
            case L'X':
            case L'p':
            case L's':
            case L'S':
                conversion = *current;
                break;
            default:
                goto Exit;
        }
    }

Exit:

    return conversion;
}

#pragma code_seg("PAGE")
static
VOID
DmfEventLog_StringFormat(
    _Out_writes_z_(DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH) WCHAR* String,
    _In_z_ const WCHAR* FormatString,
    ...
    )
/*++

Routine Description:

    Makes one insertion string. One that is too long is cut off.

Arguments:

    String - Where the string is put.
    FormatString - The format string, followed by its argument.

Return Value:

    None

--*/
{
    va_list arguments;

    PAGED_CODE();

    va_start(arguments,
             FormatString);
#if defined(DMF_USER_MODE)
    (VOID)StringCchVPrintfW(String,
                            DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH,
                            FormatString,
                            arguments);
#else
    (VOID)RtlStringCchVPrintfW(String,
                               DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH,
                               FormatString,
                               arguments);
#endif
    va_end(arguments);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DmfEventLog_StringsFormat(
    _Out_ DMFEVENTLOG_STRINGS* Strings,
    _In_ INT NumberOfFormatStrings,
    _In_opt_ PWCHAR* FormatStrings,
    _In_ INT NumberOfInsertionStrings,
    _In_ va_list Arguments
    )
/*++

Routine Description:

    Makes the insertion strings of an entry. If anything about them is wrong, the entry has none.

Arguments:

    Strings - Where the strings are put.
    NumberOfFormatStrings - How many formats there are.
    FormatStrings - The formats.
    NumberOfInsertionStrings - How many arguments there are.
    Arguments - The arguments.

Return Value:

    None

--*/
{
    INT stringIndex;
    WCHAR conversion;
    WCHAR* string;
    BOOLEAN isUsable;

    PAGED_CODE();

    Strings->NumberOfStrings = 0;
    isUsable = (NumberOfFormatStrings == NumberOfInsertionStrings) &&
               (NumberOfFormatStrings >= 0) &&
               (NumberOfFormatStrings <= DMF_EVENTLOG_MAXIMUM_NUMBER_OF_INSERTION_STRINGS) &&
               ((NumberOfFormatStrings != 0) == (FormatStrings != NULL));
    DmfAssert(isUsable);
    if (! isUsable)
    {
        goto Exit;
    }

    for (stringIndex = 0; stringIndex < NumberOfFormatStrings; stringIndex++)
    {
        string = Strings->Strings[stringIndex];
        conversion = DmfEventLog_ConversionGet(FormatStrings[stringIndex]);
        switch (conversion)
        {
            case L'c':
            case L'd':
            case L'u':
            case L'x':
            case L'X':
                DmfEventLog_StringFormat(string,
                                         FormatStrings[stringIndex],
                                         va_arg(Arguments, INT));
                break;
            case L'p':
            case L's':
            case L'S':
                DmfEventLog_StringFormat(string,
                                         FormatStrings[stringIndex],
                                         va_arg(Arguments, VOID*));
                break;
            default:
                DmfAssert(FALSE);
                goto Exit;
        }
    }
    Strings->NumberOfStrings = NumberOfFormatStrings;

Exit:

    return;
}
#pragma code_seg()

#if defined(DMF_USER_MODE)

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Utility_EventLogEntryWriteUserMode(
    PWSTR Provider,
    WORD EventType,
    DWORD EventID,
    INT NumberOfFormatStrings,
    PWCHAR* FormatStrings,
    INT NumberOfInsertionStrings,
    ...
    )
/*++

Routine Description:

    Writes an entry to the event log. Failure is silent.

Arguments:

    Provider - Who writes.
    EventType - How serious it is: one of EVENTLOG_*.
    EventID - Which event.
    NumberOfFormatStrings - How many formats of insertion strings there are.
    FormatStrings - The formats.
    NumberOfInsertionStrings - How many arguments follow.

Return Value:

    None

--*/
{
    DMFEVENTLOG_STRINGS* strings;
    LPCWSTR stringAddresses[DMF_EVENTLOG_MAXIMUM_NUMBER_OF_INSERTION_STRINGS];
    INT stringIndex;
    HANDLE eventSource;
    va_list arguments;

    PAGED_CODE();

    strings = (DMFEVENTLOG_STRINGS*)DMF_GenericMemoryAllocate(POOL_FLAG_NON_PAGED,
                                                              sizeof(DMFEVENTLOG_STRINGS),
                                                              DMF_TAG);
    if (strings == NULL)
    {
        goto Exit;
    }

    va_start(arguments,
             NumberOfInsertionStrings);
    DmfEventLog_StringsFormat(strings,
                              NumberOfFormatStrings,
                              FormatStrings,
                              NumberOfInsertionStrings,
                              arguments);
    va_end(arguments);
    for (stringIndex = 0; stringIndex < strings->NumberOfStrings; stringIndex++)
    {
        stringAddresses[stringIndex] = strings->Strings[stringIndex];
    }

    eventSource = RegisterEventSourceW(NULL,
                                       Provider);
    if (eventSource != NULL)
    {
        ReportEventW(eventSource,
                     EventType,
                     0,
                     EventID,
                     NULL,
                     (WORD)strings->NumberOfStrings,
                     0,
                     (strings->NumberOfStrings != 0) ? stringAddresses : NULL,
                     NULL);
        DeregisterEventSource(eventSource);
    }
    DMF_GenericMemoryFree(strings,
                          DMF_TAG);

Exit:

    return;
}
#pragma code_seg()

#else

#pragma code_seg("PAGE")
static
size_t
DmfEventLog_LengthGet(
    _In_ const WCHAR* String,
    _In_ size_t MaximumLength
    )
/*++

Routine Description:

    Gets the length of a text that need not have an end.

Arguments:

    String - The text.
    MaximumLength - How much of it there may be.

Return Value:

    The length in characters.

--*/
{
    size_t length;

    PAGED_CODE();

    length = 0;
    while ((length < MaximumLength) &&
           (String[length] != 0))
    {
        length++;
    }

    return length;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DmfEventLog_PacketFill(
    _Inout_ PIO_ERROR_LOG_PACKET Packet,
    _In_ size_t TextSize,
    _In_opt_ PCWSTR Text,
    _In_ ULONG TextLength,
    _In_ const DMFEVENTLOG_STRINGS* Strings
    )
/*++

Routine Description:

    Puts the text and the insertion strings behind an entry, which has room for them and is zero.

Arguments:

    Packet - The entry.
    TextSize - The room for the text in bytes; zero if there is none.
    Text - The text.
    TextLength - How long the text may be.
    Strings - The insertion strings.

Return Value:

    None

--*/
{
    size_t length;
    INT stringIndex;
    WCHAR* target;

    PAGED_CODE();

    if (TextSize != 0)
    {
        length = DmfEventLog_LengthGet(Text,
                                       TextLength);
        RtlCopyMemory(Packet->DumpData,
                      Text,
                      length * sizeof(WCHAR));
        Packet->DumpDataSize = (USHORT)((length + 1) * sizeof(WCHAR));
    }

    Packet->NumberOfStrings = (USHORT)Strings->NumberOfStrings;
    Packet->StringOffset = (USHORT)(sizeof(IO_ERROR_LOG_PACKET) + TextSize);
    target = (WCHAR*)((UCHAR*)Packet + Packet->StringOffset);
    for (stringIndex = 0; stringIndex < Strings->NumberOfStrings; stringIndex++)
    {
        length = DmfEventLog_LengthGet(Strings->Strings[stringIndex],
                                       DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH) + 1;
        RtlCopyMemory(target,
                      Strings->Strings[stringIndex],
                      length * sizeof(WCHAR));
        target += length;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DmfEventLog_EntryWrite(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ NTSTATUS ErrorCode,
    _In_ NTSTATUS FinalNtStatus,
    _In_ ULONG UniqueId,
    _In_ ULONG TextLength,
    _In_opt_ PCWSTR Text,
    _In_ const DMFEVENTLOG_STRINGS* Strings
    )
/*++

Routine Description:

    Writes an entry of a driver. What does not fit into an entry is left out: first of all the text and the strings together.

Arguments:

    DriverObject - Who writes.
    ErrorCode - Which event.
    FinalNtStatus - The status that is logged.
    UniqueId - Where in the driver.
    TextLength - How long the text may be, in characters.
    Text - Additional data.
    Strings - The insertion strings.

Return Value:

    None

--*/
{
    PIO_ERROR_LOG_PACKET packet;
    size_t entrySize;
    size_t textSize;
    INT stringIndex;
    BOOLEAN isWhole;

    PAGED_CODE();

    textSize = ((Text != NULL) && (TextLength != 0)) ? ((size_t)TextLength + 1) * sizeof(WCHAR) : 0;
    entrySize = sizeof(IO_ERROR_LOG_PACKET) + textSize;
    for (stringIndex = 0; stringIndex < Strings->NumberOfStrings; stringIndex++)
    {
        entrySize += (DmfEventLog_LengthGet(Strings->Strings[stringIndex],
                                            DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH) + 1) * sizeof(WCHAR);
    }
    isWhole = (entrySize <= ERROR_LOG_MAXIMUM_SIZE);
    if (! isWhole)
    {
        TraceError(DMF_TRACE, "The entry is too large: entrySize=%Iu", entrySize);
        entrySize = sizeof(IO_ERROR_LOG_PACKET);
    }

    packet = (PIO_ERROR_LOG_PACKET)IoAllocateErrorLogEntry(DriverObject,
                                                           (UCHAR)entrySize);
    if (packet == NULL)
    {
        goto Exit;
    }

    RtlZeroMemory(packet,
                  entrySize);
    packet->ErrorCode = ErrorCode;
    packet->FinalStatus = FinalNtStatus;
    packet->UniqueErrorValue = UniqueId;
    if (isWhole)
    {
        DmfEventLog_PacketFill(packet,
                               textSize,
                               Text,
                               TextLength,
                               Strings);
    }
    IoWriteErrorLogEntry(packet);

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DmfEventLog_EntryFormatAndWrite(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ NTSTATUS ErrorCode,
    _In_ NTSTATUS FinalNtStatus,
    _In_ ULONG UniqueId,
    _In_ ULONG TextLength,
    _In_opt_ PCWSTR Text,
    _In_ INT NumberOfFormatStrings,
    _In_opt_ PWCHAR* FormatStrings,
    _In_ INT NumberOfInsertionStrings,
    _In_ va_list Arguments
    )
/*++

Routine Description:

    Makes the insertion strings of an entry and writes it. Without memory nothing is written.

Arguments:

    DriverObject - Who writes.
    ErrorCode - Which event.
    FinalNtStatus - The status that is logged.
    UniqueId - Where in the driver.
    TextLength - How long the text may be, in characters.
    Text - Additional data.
    NumberOfFormatStrings - How many formats of insertion strings there are.
    FormatStrings - The formats.
    NumberOfInsertionStrings - How many arguments there are.
    Arguments - The arguments.

Return Value:

    None

--*/
{
    DMFEVENTLOG_STRINGS* strings;

    PAGED_CODE();

    strings = (DMFEVENTLOG_STRINGS*)DMF_GenericMemoryAllocate(POOL_FLAG_NON_PAGED,
                                                              sizeof(DMFEVENTLOG_STRINGS),
                                                              DMF_TAG);
    if (strings == NULL)
    {
        goto Exit;
    }

    DmfEventLog_StringsFormat(strings,
                              NumberOfFormatStrings,
                              FormatStrings,
                              NumberOfInsertionStrings,
                              Arguments);
    DmfEventLog_EntryWrite(DriverObject,
                           ErrorCode,
                           FinalNtStatus,
                           UniqueId,
                           TextLength,
                           Text,
                           strings);
    DMF_GenericMemoryFree(strings,
                          DMF_TAG);

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Utility_EventLogEntryWriteDriverObject(
    PDRIVER_OBJECT DriverObject,
    NTSTATUS ErrorCode,
    NTSTATUS FinalNtStatus,
    ULONG UniqueId,
    ULONG TextLength,
    PCWSTR Text,
    INT NumberOfFormatStrings,
    PWCHAR* FormatStrings,
    INT NumberOfInsertionStrings,
    ...
    )
/*++

Routine Description:

    Writes an entry to the event log where there is no more than a driver object, as in DriverEntry. Failure is silent.

Arguments:

    DriverObject - The driver object.
    ErrorCode - Which event.
    FinalNtStatus - The status that is logged.
    UniqueId - Where in the driver.
    TextLength - How long the text may be, in characters.
    Text - Additional data.
    NumberOfFormatStrings - How many formats of insertion strings there are.
    FormatStrings - The formats.
    NumberOfInsertionStrings - How many arguments follow.

Return Value:

    None

--*/
{
    va_list arguments;

    PAGED_CODE();

    va_start(arguments,
             NumberOfInsertionStrings);
    DmfEventLog_EntryFormatAndWrite(DriverObject,
                                    ErrorCode,
                                    FinalNtStatus,
                                    UniqueId,
                                    TextLength,
                                    Text,
                                    NumberOfFormatStrings,
                                    FormatStrings,
                                    NumberOfInsertionStrings,
                                    arguments);
    va_end(arguments);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Utility_EventLogEntryWriteDriver(
    WDFDRIVER Driver,
    NTSTATUS ErrorCode,
    NTSTATUS FinalNtStatus,
    ULONG UniqueId,
    ULONG TextLength,
    PCWSTR Text,
    INT NumberOfFormatStrings,
    PWCHAR* FormatStrings,
    INT NumberOfInsertionStrings,
    ...
    )
/*++

Routine Description:

    Writes an entry to the event log for a driver. Failure is silent.

Arguments:

    Driver - The driver.
    ErrorCode - Which event.
    FinalNtStatus - The status that is logged.
    UniqueId - Where in the driver.
    TextLength - How long the text may be, in characters.
    Text - Additional data.
    NumberOfFormatStrings - How many formats of insertion strings there are.
    FormatStrings - The formats.
    NumberOfInsertionStrings - How many arguments follow.

Return Value:

    None

--*/
{
    va_list arguments;

    PAGED_CODE();

    va_start(arguments,
             NumberOfInsertionStrings);
    DmfEventLog_EntryFormatAndWrite(WdfDriverWdmGetDriverObject(Driver),
                                    ErrorCode,
                                    FinalNtStatus,
                                    UniqueId,
                                    TextLength,
                                    Text,
                                    NumberOfFormatStrings,
                                    FormatStrings,
                                    NumberOfInsertionStrings,
                                    arguments);
    va_end(arguments);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Utility_EventLogEntryWriteDevice(
    WDFDEVICE Device,
    NTSTATUS ErrorCode,
    NTSTATUS FinalNtStatus,
    ULONG UniqueId,
    ULONG TextLength,
    PCWSTR Text,
    INT NumberOfFormatStrings,
    PWCHAR* FormatStrings,
    INT NumberOfInsertionStrings,
    ...
    )
/*++

Routine Description:

    Writes an entry to the event log for a device's driver. Failure is silent.

Arguments:

    Device - The device.
    ErrorCode - Which event.
    FinalNtStatus - The status that is logged.
    UniqueId - Where in the driver.
    TextLength - How long the text may be, in characters.
    Text - Additional data.
    NumberOfFormatStrings - How many formats of insertion strings there are.
    FormatStrings - The formats.
    NumberOfInsertionStrings - How many arguments follow.

Return Value:

    None

--*/
{
    va_list arguments;

    PAGED_CODE();

    va_start(arguments,
             NumberOfInsertionStrings);
    DmfEventLog_EntryFormatAndWrite(WdfDriverWdmGetDriverObject(WdfDeviceGetDriver(Device)),
                                    ErrorCode,
                                    FinalNtStatus,
                                    UniqueId,
                                    TextLength,
                                    Text,
                                    NumberOfFormatStrings,
                                    FormatStrings,
                                    NumberOfInsertionStrings,
                                    arguments);
    va_end(arguments);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Utility_EventLogEntryWriteDmfModule(
    DMFMODULE DmfModule,
    NTSTATUS ErrorCode,
    NTSTATUS FinalNtStatus,
    ULONG UniqueId,
    ULONG TextLength,
    PCWSTR Text,
    INT NumberOfFormatStrings,
    PWCHAR* FormatStrings,
    INT NumberOfInsertionStrings,
    ...
    )
/*++

Routine Description:

    Writes an entry to the event log for a Module's driver. Failure is silent.

Arguments:

    DmfModule - The Module.
    ErrorCode - Which event.
    FinalNtStatus - The status that is logged.
    UniqueId - Where in the driver.
    TextLength - How long the text may be, in characters.
    Text - Additional data.
    NumberOfFormatStrings - How many formats of insertion strings there are.
    FormatStrings - The formats.
    NumberOfInsertionStrings - How many arguments follow.

Return Value:

    None

--*/
{
    va_list arguments;

    PAGED_CODE();

    va_start(arguments,
             NumberOfInsertionStrings);
    DmfEventLog_EntryFormatAndWrite(WdfDriverWdmGetDriverObject(WdfDeviceGetDriver(DMF_ParentDeviceGet(DmfModule))),
                                    ErrorCode,
                                    FinalNtStatus,
                                    UniqueId,
                                    TextLength,
                                    Text,
                                    NumberOfFormatStrings,
                                    FormatStrings,
                                    NumberOfInsertionStrings,
                                    arguments);
    va_end(arguments);
}
#pragma code_seg()

#endif
