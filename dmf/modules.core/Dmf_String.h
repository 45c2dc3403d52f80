/* SPDX-License-Identifier: MIT */
/*
 * String: looks strings up in tables, walks lists of strings, and converts between narrow and wide strings, in the same way
 * in kernel mode and user mode.
 */
#ifndef DMF_STRING_H
#define DMF_STRING_H

#include "DmfDefinitions.h"

EXTERN_C_START

#if defined(DMF_USER_MODE)

/* What kernel mode sources call. */
_Must_inspect_result_
FORCEINLINE
NTSTATUS
DMF_String_AnsiStringInitialize(_Out_ ANSI_STRING* AnsiString, _In_z_ CHAR* String)
{
    AnsiString->Buffer = String;
    AnsiString->Length = (USHORT)strlen(String);
    AnsiString->MaximumLength = AnsiString->Length + sizeof(CHAR);
    return STATUS_SUCCESS;
}

#define RtlInitAnsiString DMF_String_AnsiStringInitialize
#define RtlStringCbPrintfA sprintf_s

#endif

/* Compares an entry of a table with the string that is looked for; zero when it is found. */
typedef _Function_class_(EVT_DMF_String_CompareCharCallback) _IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_
_Must_inspect_result_
LONG
(EVT_DMF_String_CompareCharCallback)(_In_ DMFMODULE DmfModule,
                                     _In_z_ CHAR* StringInList,
                                     _In_z_ CHAR* LookFor);

/* Gets one string of a list. FALSE ends the walk. */
typedef _Function_class_(EVT_DMF_String_MutilSzCallback) _IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_
_Must_inspect_result_
BOOLEAN
(EVT_DMF_String_MultiSzCallback)(_In_ DMFMODULE DmfModule,
                                 _In_z_ WCHAR* String,
                                 _In_ VOID* CallbackContext);

EXTERN_C_END

DECLARE_DMF_MODULE_NO_CONFIG(String)

EXTERN_C_START

/* Lookups give the index of the first entry that matches, or -1. They may be called at any level. */

_Must_inspect_result_
LONG
DMF_String_FindInListChar(_In_ DMFMODULE DmfModule,
                          _In_reads_(NumberOfStringsInStringList) CHAR** StringList,
                          _In_ ULONG NumberOfStringsInStringList,
                          _In_z_ CHAR* LookFor,
                          _In_ EVT_DMF_String_CompareCharCallback ComparisonCallback);

_Must_inspect_result_
LONG
DMF_String_FindInListExactChar(_In_ DMFMODULE DmfModule,
                               _In_reads_(NumberOfStringsInStringList) CHAR** StringList,
                               _In_ ULONG NumberOfStringsInStringList,
                               _In_z_ CHAR* LookFor);

_Must_inspect_result_
LONG
DMF_String_FindInListExactGuid(_In_ DMFMODULE DmfModule,
                               _In_ GUID* GuidList,
                               _In_ ULONG NumberOfGuidsInGuidList,
                               _In_ GUID* LookFor);

/* Entries that begin with the string that is looked for match; an empty one matches only an empty entry. */
_Must_inspect_result_
LONG
DMF_String_FindInListLookForLeftMatchChar(_In_ DMFMODULE DmfModule,
                                          _In_reads_(NumberOfStringsInStringList) CHAR** StringList,
                                          _In_ ULONG NumberOfStringsInStringList,
                                          _In_z_ CHAR* LookFor);

/* Calls back for each string of a list of strings that an empty one ends. STATUS_SUCCESS. */
_Must_inspect_result_
NTSTATUS
DMF_String_MultiSzEnumerate(_In_ DMFMODULE DmfModule,
                            _In_z_ WCHAR* MultiSzWideString,
                            _In_ EVT_DMF_String_MultiSzCallback Callback,
                            _In_ VOID* CallbackContext);

/* The last string of such a list, within the list; NULL for an empty one. */
_Must_inspect_result_
WCHAR*
DMF_String_MultiSzFindLast(_In_ DMFMODULE DmfModule,
                           _In_z_ WCHAR* MultiSzWideString);

/*
 * Conversions write into the buffer that DestinationString has, and end it with a terminator. PASSIVE_LEVEL. A buffer
 * without room for the result and its terminator is STATUS_BUFFER_OVERFLOW in kernel mode and STATUS_BUFFER_TOO_SMALL in
 * user mode.
 */

_Must_inspect_result_
NTSTATUS
DMF_String_RtlAnsiStringToUnicodeString(_In_ DMFMODULE DmfModule,
                                        _Inout_ UNICODE_STRING* DestinationString,
                                        _In_ PCANSI_STRING SourceString);

_Must_inspect_result_
NTSTATUS
DMF_String_RtlUnicodeStringToAnsiString(_In_ DMFMODULE DmfModule,
                                        _Inout_ PANSI_STRING DestinationString,
                                        _In_ PCUNICODE_STRING SourceString);

/* BufferSize is in bytes. STATUS_BUFFER_TOO_SMALL for less than one byte, and for fewer bytes than there are characters. */
_Must_inspect_result_
NTSTATUS
DMF_String_WideStringCopyAsNarrow(_In_ DMFMODULE DmfModule,
                                  _Out_writes_(BufferSize) CHAR* NarrowString,
                                  _In_ ULONG BufferSize,
                                  _In_z_ WCHAR* WideString);

EXTERN_C_END

#endif /* DMF_STRING_H */
