/* SPDX-License-Identifier: MIT */
/*
 * Firmware tables and variables.
 */
#include "nt/win32/text.h"

#include "nt/win32/native_firmware.h"

#include <objbase.h>

/* What a variable has that was written without saying: it stays, and the running system sees it. */
#define DEFAULT_ATTRIBUTES 0x7u

UINT WINAPI GetSystemFirmwareTable(DWORD FirmwareTableProviderSignature, DWORD FirmwareTableID, PVOID pFirmwareTableBuffer,
                                   DWORD BufferSize)
{
    DWORD needed;
    NTSTATUS status = native_firmware_table(FirmwareTableProviderSignature, FirmwareTableID, pFirmwareTableBuffer,
                                            pFirmwareTableBuffer == NULL ? 0 : BufferSize, &needed);

    return win32_result(status) || status == STATUS_BUFFER_TOO_SMALL ? needed : 0;
}

UINT WINAPI EnumSystemFirmwareTables(DWORD FirmwareTableProviderSignature, PVOID pFirmwareTableEnumBuffer, DWORD BufferSize)
{
    DWORD needed;
    NTSTATUS status = native_firmware_tables(FirmwareTableProviderSignature, pFirmwareTableEnumBuffer,
                                             pFirmwareTableEnumBuffer == NULL ? 0 : BufferSize, &needed);

    return win32_result(status) || status == STATUS_BUFFER_TOO_SMALL ? needed : 0;
}

/* The name and vendor of a variable; false, with the last error set, when they are none. */
static bool parse(const WCHAR *name, const WCHAR *guid, UNICODE_STRING *ret_name, GUID *ret_vendor)
{
    if (name == NULL || guid == NULL || name[0] == 0 || FAILED(IIDFromString(guid, ret_vendor)))
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return false;
    }
    RtlInitUnicodeString(ret_name, name);
    return true;
}

DWORD WINAPI GetFirmwareEnvironmentVariableExW(LPCWSTR lpName, LPCWSTR lpGuid, PVOID pBuffer, DWORD nSize,
                                               PDWORD pdwAttribubutes)
{
    UNICODE_STRING name;
    ULONG length = nSize;
    GUID vendor;

    return parse(lpName, lpGuid, &name, &vendor) &&
                   win32_result(native_firmware_read(&name, &vendor, pBuffer, &length, pdwAttribubutes)) ?
               length :
               0;
}

DWORD WINAPI GetFirmwareEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpGuid, PVOID pBuffer, DWORD nSize)
{
    return GetFirmwareEnvironmentVariableExW(lpName, lpGuid, pBuffer, nSize, NULL);
}

BOOL WINAPI SetFirmwareEnvironmentVariableExW(LPCWSTR lpName, LPCWSTR lpGuid, PVOID pValue, DWORD nSize, DWORD dwAttributes)
{
    UNICODE_STRING name;
    GUID vendor;

    return parse(lpName, lpGuid, &name, &vendor) &&
           win32_result(native_firmware_write(&name, &vendor, pValue, pValue == NULL ? 0 : nSize, dwAttributes));
}

BOOL WINAPI SetFirmwareEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpGuid, PVOID pValue, DWORD nSize)
{
    return SetFirmwareEnvironmentVariableExW(lpName, lpGuid, pValue, nSize, DEFAULT_ATTRIBUTES);
}

DWORD WINAPI GetFirmwareEnvironmentVariableExA(LPCSTR lpName, LPCSTR lpGuid, PVOID pBuffer, DWORD nSize,
                                               PDWORD pdwAttribubutes)
{
    struct wide_text name;
    struct wide_text guid;
    DWORD length = 0;

    if (!wide_open(&name, lpName))
    {
        return 0;
    }
    if (wide_open(&guid, lpGuid))
    {
        length = GetFirmwareEnvironmentVariableExW(name.text, guid.text, pBuffer, nSize, pdwAttribubutes);
        wide_close(&guid);
    }
    wide_close(&name);
    return length;
}

DWORD WINAPI GetFirmwareEnvironmentVariableA(LPCSTR lpName, LPCSTR lpGuid, PVOID pBuffer, DWORD nSize)
{
    return GetFirmwareEnvironmentVariableExA(lpName, lpGuid, pBuffer, nSize, NULL);
}

BOOL WINAPI SetFirmwareEnvironmentVariableExA(LPCSTR lpName, LPCSTR lpGuid, PVOID pValue, DWORD nSize, DWORD dwAttributes)
{
    struct wide_text name;
    struct wide_text guid;
    BOOL done = FALSE;

    if (!wide_open(&name, lpName))
    {
        return FALSE;
    }
    if (wide_open(&guid, lpGuid))
    {
        done = SetFirmwareEnvironmentVariableExW(name.text, guid.text, pValue, nSize, dwAttributes);
        wide_close(&guid);
    }
    wide_close(&name);
    return done;
}

BOOL WINAPI SetFirmwareEnvironmentVariableA(LPCSTR lpName, LPCSTR lpGuid, PVOID pValue, DWORD nSize)
{
    return SetFirmwareEnvironmentVariableExA(lpName, lpGuid, pValue, nSize, DEFAULT_ATTRIBUTES);
}

BOOL WINAPI GetFirmwareType(PFIRMWARE_TYPE FirmwareType)
{
    if (FirmwareType == NULL)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    *FirmwareType = native_firmware_has_variables() ? FirmwareTypeUefi : FirmwareTypeBios;
    return TRUE;
}
