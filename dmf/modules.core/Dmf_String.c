/* SPDX-License-Identifier: MIT */
/*
 * String: looks strings up in tables, walks lists of strings, and converts between narrow and wide strings.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_String.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

#define STRING_NOT_FOUND (-1)

/*
 * Module Private Context
 */

/* This Module has no Context. */
DMF_MODULE_DECLARE_NO_CONTEXT(String)

/* This Module has no Config. */
DMF_MODULE_DECLARE_NO_CONFIG(String)

/*
 * DMF Module Support Code
 */

static
LONG
String_ExactCompare(
    _In_ DMFMODULE DmfModule,
    _In_z_ CHAR* StringInList,
    _In_z_ CHAR* LookFor
    )
/*++

Routine Description:

    Compares an entry of a table with a string, whole.

Arguments:

    DmfModule - This Module's handle.
    StringInList - The given entry.
    LookFor - What is looked for.

Return Value:

    Zero if they are equal.

--*/
{
    UNREFERENCED_PARAMETER(DmfModule);

    return strcmp(StringInList,
                  LookFor);
}

static
LONG
String_LeftCompare(
    _In_ DMFMODULE DmfModule,
    _In_z_ CHAR* StringInList,
    _In_z_ CHAR* LookFor
    )
/*++

Routine Description:

    Compares the beginning of an entry of a table with a string. An empty string is only the beginning of an empty entry.

Arguments:

    DmfModule - This Module's handle.
    StringInList - The given entry.
    LookFor - What is looked for.

Return Value:

    Zero if the entry begins with the string.

--*/
{
    LONG difference;

    UNREFERENCED_PARAMETER(DmfModule);

    if (LookFor[0] == '\0')
    {
        difference = StringInList[0];
    }
    else
    {
        difference = strncmp(StringInList,
                             LookFor,
                             strlen(LookFor));
    }

    return difference;
}

static
BOOLEAN
String_LastNote(
    _In_ DMFMODULE DmfModule,
    _In_z_ WCHAR* String,
    _In_ VOID* CallbackContext
    )
/*++

Routine Description:

    Remembers the last string of a list.

Arguments:

    DmfModule - This Module's handle.
    String - The string that comes next.
    CallbackContext - Where to write it.

Return Value:

    TRUE, to go on.

--*/
{
    UNREFERENCED_PARAMETER(DmfModule);

    *(WCHAR**)CallbackContext = String;

    return TRUE;
}

#if defined(DMF_USER_MODE)

#pragma code_seg("PAGE")
static
NTSTATUS
String_NarrowToWide(
    _Inout_ UNICODE_STRING* DestinationString,
    _In_ PCANSI_STRING SourceString
    )
/*++

Routine Description:

    Converts a narrow string up to its end or its first terminator.

Arguments:

    DestinationString - Where to write the result.
    SourceString - What to convert.

Return Value:

    STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL, or STATUS_UNSUCCESSFUL for what cannot be converted.

--*/
{
    NTSTATUS ntStatus;
    int sourceLength;
    int destinationLength;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    sourceLength = 0;
    destinationLength = 0;
    while ((sourceLength < SourceString->Length) &&
           (SourceString->Buffer[sourceLength] != '\0'))
    {
        sourceLength++;
    }

    if (sourceLength != 0)
    {
        destinationLength = MultiByteToWideChar(CP_ACP,
                                                0,
                                                SourceString->Buffer,
                                                sourceLength,
                                                NULL,
                                                0);
        if (destinationLength == 0)
        {
            ntStatus = STATUS_UNSUCCESSFUL;
            goto Exit;
        }
    }
    if (((ULONG)destinationLength + 1) * sizeof(WCHAR) > DestinationString->MaximumLength)
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
        goto Exit;
    }
    if ((sourceLength != 0) &&
        (MultiByteToWideChar(CP_ACP,
                             0,
                             SourceString->Buffer,
                             sourceLength,
                             DestinationString->Buffer,
                             destinationLength) != destinationLength))
    {
        ntStatus = STATUS_UNSUCCESSFUL;
        goto Exit;
    }
    DestinationString->Buffer[destinationLength] = L'\0';
    DestinationString->Length = (USHORT)(destinationLength * sizeof(WCHAR));

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
NTSTATUS
String_WideToNarrow(
    _Inout_ PANSI_STRING DestinationString,
    _In_ PCUNICODE_STRING SourceString
    )
/*++

Routine Description:

    Converts a wide string up to its end or its first terminator.

Arguments:

    DestinationString - Where to write the result.
    SourceString - What to convert.

Return Value:

    STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL, or STATUS_UNSUCCESSFUL for what cannot be converted.

--*/
{
    NTSTATUS ntStatus;
    int sourceLength;
    int destinationLength;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    sourceLength = 0;
    destinationLength = 0;
    while ((sourceLength < (int)(SourceString->Length / sizeof(WCHAR))) &&
           (SourceString->Buffer[sourceLength] != L'\0'))
    {
        sourceLength++;
    }

    if (sourceLength != 0)
    {
        destinationLength = WideCharToMultiByte(CP_ACP,
                                                0,
                                                SourceString->Buffer,
                                                sourceLength,
                                                NULL,
                                                0,
                                                NULL,
                                                NULL);
        if (destinationLength == 0)
        {
            ntStatus = STATUS_UNSUCCESSFUL;
            goto Exit;
        }
    }
    if ((ULONG)destinationLength + 1 > DestinationString->MaximumLength)
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
        goto Exit;
    }
    if ((sourceLength != 0) &&
        (WideCharToMultiByte(CP_ACP,
                             0,
                             SourceString->Buffer,
                             sourceLength,
                             DestinationString->Buffer,
                             destinationLength,
                             NULL,
                             NULL) != destinationLength))
    {
        ntStatus = STATUS_UNSUCCESSFUL;
        goto Exit;
    }
    DestinationString->Buffer[destinationLength] = '\0';
    DestinationString->Length = (USHORT)destinationLength;

Exit:

    return ntStatus;
}
#pragma code_seg()

#else

#pragma code_seg("PAGE")
static
NTSTATUS
String_NarrowToWide(
    _Inout_ UNICODE_STRING* DestinationString,
    _In_ PCANSI_STRING SourceString
    )
/*++

Routine Description:

    Converts a narrow string.

Arguments:

    DestinationString - Where to write the result.
    SourceString - What to convert.

Return Value:

    STATUS_SUCCESS or STATUS_BUFFER_OVERFLOW.

--*/
{
    PAGED_CODE();

    return RtlAnsiStringToUnicodeString(DestinationString,
                                        SourceString,
                                        FALSE);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
NTSTATUS
String_WideToNarrow(
    _Inout_ PANSI_STRING DestinationString,
    _In_ PCUNICODE_STRING SourceString
    )
/*++

Routine Description:

    Converts a wide string.

Arguments:

    DestinationString - Where to write the result.
    SourceString - What to convert.

Return Value:

    STATUS_SUCCESS or STATUS_BUFFER_OVERFLOW.

--*/
{
    PAGED_CODE();

    return RtlUnicodeStringToAnsiString(DestinationString,
                                        SourceString,
                                        FALSE);
}
#pragma code_seg()

#endif

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_String_Create(
    _In_ WDFDEVICE Device,
    _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    _In_ WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    _Out_ DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Creates an instance of this Module.

Arguments:

    Device - The Client Driver's device.
    DmfModuleAttributes - The attributes of the new Module.
    ObjectAttributes - The attributes of its WDF object.
    DmfModule - Where to write the new Module's handle.

Return Value:

    NTSTATUS

--*/
{
    DMF_MODULE_DESCRIPTOR moduleDescriptor;

    PAGED_CODE();

    DMF_MODULE_DESCRIPTOR_INIT(moduleDescriptor,
                               String,
                               DMF_MODULE_OPTIONS_DISPATCH,
                               DMF_MODULE_OPEN_OPTION_OPEN_Create);

    return DMF_ModuleCreate(Device,
                            DmfModuleAttributes,
                            ObjectAttributes,
                            &moduleDescriptor,
                            DmfModule);
}
#pragma code_seg()

/*
 * Module Methods
 */

_Must_inspect_result_
LONG
DMF_String_FindInListChar(
    _In_ DMFMODULE DmfModule,
    _In_reads_(NumberOfStringsInStringList) CHAR** StringList,
    _In_ ULONG NumberOfStringsInStringList,
    _In_z_ CHAR* LookFor,
    _In_ EVT_DMF_String_CompareCharCallback ComparisonCallback
    )
/*++

Routine Description:

    Finds the first entry of a table that the Client's callback takes for what is looked for.

Arguments:

    DmfModule - This Module's handle.
    StringList - The given table.
    NumberOfStringsInStringList - The number of its entries.
    LookFor - What is looked for.
    ComparisonCallback - Compares an entry with what is looked for.

Return Value:

    Its index, or -1.

--*/
{
    LONG stringIndexFound;
    ULONG stringIndex;

    FuncEntry(DMF_TRACE);

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 String);

    stringIndexFound = STRING_NOT_FOUND;
    for (stringIndex = 0; stringIndex < NumberOfStringsInStringList; stringIndex++)
    {
        DmfAssert(StringList[stringIndex] != NULL);
        if (ComparisonCallback(DmfModule,
                               StringList[stringIndex],
                               LookFor) == 0)
        {
            stringIndexFound = (LONG)stringIndex;
            break;
        }
    }

    FuncExit(DMF_TRACE, "stringIndexFound=%d", stringIndexFound);

    return stringIndexFound;
}

_Must_inspect_result_
LONG
DMF_String_FindInListExactChar(
    _In_ DMFMODULE DmfModule,
    _In_reads_(NumberOfStringsInStringList) CHAR** StringList,
    _In_ ULONG NumberOfStringsInStringList,
    _In_z_ CHAR* LookFor
    )
/*++

Routine Description:

    Finds the first entry of a table that is equal to a string. Upper and lower case differ.

Arguments:

    DmfModule - This Module's handle.
    StringList - The given table.
    NumberOfStringsInStringList - The number of its entries.
    LookFor - What is looked for.

Return Value:

    Its index, or -1.

--*/
{
    return DMF_String_FindInListChar(DmfModule,
                                     StringList,
                                     NumberOfStringsInStringList,
                                     LookFor,
                                     String_ExactCompare);
}

_Must_inspect_result_
LONG
DMF_String_FindInListLookForLeftMatchChar(
    _In_ DMFMODULE DmfModule,
    _In_reads_(NumberOfStringsInStringList) CHAR** StringList,
    _In_ ULONG NumberOfStringsInStringList,
    _In_z_ CHAR* LookFor
    )
/*++

Routine Description:

    Finds the first entry of a table that begins with a string. Upper and lower case differ.

Arguments:

    DmfModule - This Module's handle.
    StringList - The given table.
    NumberOfStringsInStringList - The number of its entries.
    LookFor - What is looked for.

Return Value:

    Its index, or -1.

--*/
{
    return DMF_String_FindInListChar(DmfModule,
                                     StringList,
                                     NumberOfStringsInStringList,
                                     LookFor,
                                     String_LeftCompare);
}

_Must_inspect_result_
LONG
DMF_String_FindInListExactGuid(
    _In_ DMFMODULE DmfModule,
    _In_ GUID* GuidList,
    _In_ ULONG NumberOfGuidsInGuidList,
    _In_ GUID* LookFor
    )
/*++

Routine Description:

    Finds the first entry of a table that is equal to a GUID.

Arguments:

    DmfModule - This Module's handle.
    GuidList - The given table.
    NumberOfGuidsInGuidList - The number of its entries.
    LookFor - What is looked for.

Return Value:

    Its index, or -1.

--*/
{
    LONG guidIndexFound;
    ULONG guidIndex;

    FuncEntry(DMF_TRACE);

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 String);

    guidIndexFound = STRING_NOT_FOUND;
    for (guidIndex = 0; guidIndex < NumberOfGuidsInGuidList; guidIndex++)
    {
        if (DMF_Utility_IsEqualGUID(&GuidList[guidIndex],
                                    LookFor))
        {
            guidIndexFound = (LONG)guidIndex;
            break;
        }
    }

    FuncExit(DMF_TRACE, "guidIndexFound=%d", guidIndexFound);

    return guidIndexFound;
}

_Must_inspect_result_
NTSTATUS
DMF_String_MultiSzEnumerate(
    _In_ DMFMODULE DmfModule,
    _In_z_ WCHAR* MultiSzWideString,
    _In_ EVT_DMF_String_MultiSzCallback Callback,
    _In_ VOID* CallbackContext
    )
/*++

Routine Description:

    Calls back for each string of a list. The list begins with a string, which may be empty if another
    one follows, and the first empty string after that ends it.

Arguments:

    DmfModule - This Module's handle.
    MultiSzWideString - The given list.
    Callback - Gets each string.
    CallbackContext - What the callback gets besides.

Return Value:

    STATUS_SUCCESS

--*/
{
    WCHAR* string;

    FuncEntry(DMF_TRACE);

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 String);

    string = MultiSzWideString;
    if ((string[0] == L'\0') &&
        (string[1] == L'\0'))
    {
        goto Exit;
    }

    while (Callback(DmfModule,
                    string,
                    CallbackContext))
    {
        string += wcslen(string) + 1;
        if (string[0] == L'\0')
        {
            break;
        }
    }

Exit:

    FuncExitVoid(DMF_TRACE);

    return STATUS_SUCCESS;
}

_Must_inspect_result_
WCHAR*
DMF_String_MultiSzFindLast(
    _In_ DMFMODULE DmfModule,
    _In_z_ WCHAR* MultiSzWideString
    )
/*++

Routine Description:

    Finds the last string of a list.

Arguments:

    DmfModule - This Module's handle.
    MultiSzWideString - The given list.

Return Value:

    The string within the list, or NULL if the list is empty.

--*/
{
    NTSTATUS ntStatus;
    WCHAR* lastString;

    lastString = NULL;
    ntStatus = DMF_String_MultiSzEnumerate(DmfModule,
                                           MultiSzWideString,
                                           String_LastNote,
                                           &lastString);
    DmfAssert(NT_SUCCESS(ntStatus));
    UNREFERENCED_PARAMETER(ntStatus);

    return lastString;
}

#pragma code_seg("PAGE")
_Must_inspect_result_
NTSTATUS
DMF_String_RtlAnsiStringToUnicodeString(
    _In_ DMFMODULE DmfModule,
    _Inout_ UNICODE_STRING* DestinationString,
    _In_ PCANSI_STRING SourceString
    )
/*++

Routine Description:

    Converts a narrow string into the buffer of a wide one, and ends it with a terminator.

Arguments:

    DmfModule - This Module's handle.
    DestinationString - Where to write the result.
    SourceString - What to convert. It needs no terminator.

Return Value:

    STATUS_SUCCESS; without room STATUS_BUFFER_OVERFLOW in kernel mode and STATUS_BUFFER_TOO_SMALL in user mode.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 String);

    ntStatus = String_NarrowToWide(DestinationString,
                                   SourceString);

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Must_inspect_result_
NTSTATUS
DMF_String_RtlUnicodeStringToAnsiString(
    _In_ DMFMODULE DmfModule,
    _Inout_ PANSI_STRING DestinationString,
    _In_ PCUNICODE_STRING SourceString
    )
/*++

Routine Description:

    Converts a wide string into the buffer of a narrow one, and ends it with a terminator.

Arguments:

    DmfModule - This Module's handle.
    DestinationString - Where to write the result.
    SourceString - What to convert. It needs no terminator.

Return Value:

    STATUS_SUCCESS; without room STATUS_BUFFER_OVERFLOW in kernel mode and STATUS_BUFFER_TOO_SMALL in user mode.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 String);

    ntStatus = String_WideToNarrow(DestinationString,
                                   SourceString);

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Must_inspect_result_
NTSTATUS
DMF_String_WideStringCopyAsNarrow(
    _In_ DMFMODULE DmfModule,
    _Out_writes_(BufferSize) CHAR* NarrowString,
    _In_ ULONG BufferSize,
    _In_z_ WCHAR* WideString
    )
/*++

Routine Description:

    Converts a wide string into a buffer. If that is not possible, the buffer has an empty string.

Arguments:

    DmfModule - This Module's handle.
    NarrowString - Where to write the result.
    BufferSize - The number of bytes there.
    WideString - What to convert.

Return Value:

    STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL, or what the conversion says.

--*/
{
    NTSTATUS ntStatus;
    size_t wideLength;
    UNICODE_STRING wideString;
    ANSI_STRING narrowString;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 String);

    if (BufferSize < sizeof(CHAR))
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
        goto Exit;
    }
    NarrowString[0] = '\0';

    /* Neither kind of string can be longer than its length can say. */
    wideLength = wcslen(WideString);
    if ((wideLength > BufferSize) ||
        (wideLength > UNICODE_STRING_MAX_CHARS))
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
        goto Exit;
    }

    wideString.Buffer = WideString;
    wideString.Length = (USHORT)(wideLength * sizeof(WCHAR));
    wideString.MaximumLength = wideString.Length;
    narrowString.Buffer = NarrowString;
    narrowString.Length = 0;
    narrowString.MaximumLength = (USHORT)((BufferSize < MAXUSHORT) ? BufferSize : MAXUSHORT);
    ntStatus = String_WideToNarrow(&narrowString,
                                   &wideString);
    if (! NT_SUCCESS(ntStatus))
    {
        NarrowString[0] = '\0';
    }

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()
