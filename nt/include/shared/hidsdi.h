/* SPDX-License-Identifier: MIT */
/*
 * What programs and user-mode drivers call on the handle of a HID top-level collection. All of them return FALSE on failure
 * (the reason is the last error) and block until the device answers.
 */
#ifndef DMF_HIDSDI_H
#define DMF_HIDSDI_H

#include "ntbase.h"
#include "hidusage.h"
#include "hidpi.h"

EXTERN_C_START

#pragma pack(push, 4)

typedef struct _HIDD_CONFIGURATION
{
    PVOID cookie;
    ULONG size;
    ULONG RingBufferSize;
} HIDD_CONFIGURATION, *PHIDD_CONFIGURATION;

typedef struct _HIDD_ATTRIBUTES
{
    ULONG Size;
    USHORT VendorID;
    USHORT ProductID;
    USHORT VersionNumber;
} HIDD_ATTRIBUTES, *PHIDD_ATTRIBUTES;

WINBASEAPI BOOLEAN NTAPI HidD_FlushQueue(HANDLE HidDeviceObject);

WINBASEAPI BOOLEAN NTAPI HidD_FreePreparsedData(PHIDP_PREPARSED_DATA PreparsedData);

WINBASEAPI BOOLEAN NTAPI HidD_GetAttributes(HANDLE HidDeviceObject, PHIDD_ATTRIBUTES Attributes);

WINBASEAPI BOOLEAN NTAPI HidD_GetConfiguration(HANDLE HidDeviceObject, PHIDD_CONFIGURATION Configuration,
                                               ULONG ConfigurationLength);

WINBASEAPI BOOLEAN NTAPI HidD_GetFeature(HANDLE HidDeviceObject, PVOID ReportBuffer, ULONG ReportBufferLength);

WINBASEAPI VOID NTAPI HidD_GetHidGuid(LPGUID HidGuid);

WINBASEAPI BOOLEAN NTAPI HidD_GetInputReport(HANDLE HidDeviceObject, PVOID ReportBuffer, ULONG ReportBufferLength);

WINBASEAPI BOOLEAN NTAPI HidD_GetIndexedString(HANDLE HidDeviceObject, ULONG StringIndex, PVOID Buffer, ULONG BufferLength);

WINBASEAPI BOOLEAN NTAPI HidD_GetManufacturerString(HANDLE HidDeviceObject, PVOID Buffer, ULONG BufferLength);

WINBASEAPI BOOLEAN NTAPI HidD_GetMsGenreDescriptor(HANDLE HidDeviceObject, PVOID Buffer, ULONG BufferLength);

WINBASEAPI BOOLEAN NTAPI HidD_GetNumInputBuffers(HANDLE HidDeviceObject, PULONG NumberBuffers);

WINBASEAPI BOOLEAN NTAPI HidD_GetPhysicalDescriptor(HANDLE HidDeviceObject, PVOID Buffer, ULONG BufferLength);

WINBASEAPI BOOLEAN NTAPI HidD_GetPreparsedData(HANDLE HidDeviceObject, PHIDP_PREPARSED_DATA *PreparsedData);

WINBASEAPI BOOLEAN NTAPI HidD_GetProductString(HANDLE HidDeviceObject, PVOID Buffer, ULONG BufferLength);

WINBASEAPI BOOLEAN NTAPI HidD_GetSerialNumberString(HANDLE HidDeviceObject, PVOID Buffer, ULONG BufferLength);

WINBASEAPI BOOLEAN NTAPI HidD_SetConfiguration(HANDLE HidDeviceObject, PHIDD_CONFIGURATION Configuration,
                                               ULONG ConfigurationLength);

WINBASEAPI BOOLEAN NTAPI HidD_SetFeature(HANDLE HidDeviceObject, PVOID ReportBuffer, ULONG ReportBufferLength);

WINBASEAPI BOOLEAN NTAPI HidD_SetNumInputBuffers(HANDLE HidDeviceObject, ULONG NumberBuffers);

WINBASEAPI BOOLEAN NTAPI HidD_SetOutputReport(HANDLE HidDeviceObject, PVOID ReportBuffer, ULONG ReportBufferLength);

#pragma pack(pop)

EXTERN_C_END

#endif /* DMF_HIDSDI_H */
