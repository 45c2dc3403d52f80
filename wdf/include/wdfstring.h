/* SPDX-License-Identifier: MIT */
/*
 * String objects.
 */
#ifndef WDFSTRING_H
#define WDFSTRING_H

#include "wdfglobals.h"

EXTERN_C_START

typedef NTSTATUS (*PFN_WDFSTRINGCREATE)(PWDF_DRIVER_GLOBALS DriverGlobals, PCUNICODE_STRING UnicodeString,
    PWDF_OBJECT_ATTRIBUTES StringAttributes, WDFSTRING *String);
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE NTSTATUS WdfStringCreate(_In_opt_ PCUNICODE_STRING UnicodeString,
    _In_opt_ PWDF_OBJECT_ATTRIBUTES StringAttributes, _Out_ WDFSTRING *String)
{
    return ((PFN_WDFSTRINGCREATE)WdfFunctions[WdfStringCreateTableIndex])(WdfDriverGlobals, UnicodeString, StringAttributes,
        String);
}

typedef VOID (*PFN_WDFSTRINGGETUNICODESTRING)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFSTRING String,
    PUNICODE_STRING UnicodeString);
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE VOID WdfStringGetUnicodeString(_In_ WDFSTRING String, _Out_ PUNICODE_STRING UnicodeString)
{
    ((PFN_WDFSTRINGGETUNICODESTRING)WdfFunctions[WdfStringGetUnicodeStringTableIndex])(WdfDriverGlobals, String,
        UnicodeString);
}

EXTERN_C_END

#endif /* WDFSTRING_H */
