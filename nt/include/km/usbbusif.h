/* SPDX-License-Identifier: MIT */
/*
 * Direct-call interfaces of the USB bus driver: bus time, bus information, isochronous output, and the configuration
 * interface for composite devices.
 */
#ifndef DMF_USBBUSIF_H
#define DMF_USBBUSIF_H

#include "usb.h"

EXTERN_C_START

#define USB_BUSIFFN

typedef PVOID PUSB_DEVICE_HANDLE;

typedef NTSTATUS (*PUSB_BUSIFFN_SUBMIT_ISO_OUT_URB)(PVOID, PURB);

#define USB_HCD_CAPS_SUPPORTS_RT_THREADS 0x00000001

typedef VOID (*PUSB_BUSIFFN_GETUSBDI_VERSION)(PVOID, PUSBD_VERSION_INFORMATION, PULONG);

typedef NTSTATUS (*PUSB_BUSIFFN_QUERY_BUS_TIME)(PVOID, PULONG);

typedef NTSTATUS (*PUSB_BUSIFFN_ENUM_LOG_ENTRY)(PVOID, ULONG, ULONG, ULONG, ULONG);

typedef struct _USB_BUS_INFORMATION_LEVEL_0
{
    ULONG TotalBandwidth;
    ULONG ConsumedBandwidth;
} USB_BUS_INFORMATION_LEVEL_0, *PUSB_BUS_INFORMATION_LEVEL_0;

typedef struct _USB_BUS_INFORMATION_LEVEL_1
{
    ULONG TotalBandwidth;
    ULONG ConsumedBandwidth;
    ULONG ControllerNameLength;
    WCHAR ControllerNameUnicodeString[1];
} USB_BUS_INFORMATION_LEVEL_1, *PUSB_BUS_INFORMATION_LEVEL_1;

typedef NTSTATUS (*PUSB_BUSIFFN_QUERY_BUS_INFORMATION)(PVOID, ULONG, PVOID, PULONG, PULONG);

typedef BOOLEAN (*PUSB_BUSIFFN_IS_DEVICE_HIGH_SPEED)(PVOID);

#define USB_BUSIF_USBDI_VERSION_0 0x0000
#define USB_BUSIF_USBDI_VERSION_1 0x0001
#define USB_BUSIF_USBDI_VERSION_2 0x0002
#define USB_BUSIF_USBDI_VERSION_3 0x0003

typedef struct _USB_BUS_INTERFACE_USBDI_V0
{
    USHORT Size;
    USHORT Version;
    PVOID BusContext;
    PINTERFACE_REFERENCE InterfaceReference;
    PINTERFACE_DEREFERENCE InterfaceDereference;
    PUSB_BUSIFFN_GETUSBDI_VERSION GetUSBDIVersion;
    PUSB_BUSIFFN_QUERY_BUS_TIME QueryBusTime;
    PUSB_BUSIFFN_SUBMIT_ISO_OUT_URB SubmitIsoOutUrb;
    PUSB_BUSIFFN_QUERY_BUS_INFORMATION QueryBusInformation;
} USB_BUS_INTERFACE_USBDI_V0, *PUSB_BUS_INTERFACE_USBDI_V0;

typedef struct _USB_BUS_INTERFACE_USBDI_V1
{
    USHORT Size;
    USHORT Version;
    PVOID BusContext;
    PINTERFACE_REFERENCE InterfaceReference;
    PINTERFACE_DEREFERENCE InterfaceDereference;
    PUSB_BUSIFFN_GETUSBDI_VERSION GetUSBDIVersion;
    PUSB_BUSIFFN_QUERY_BUS_TIME QueryBusTime;
    PUSB_BUSIFFN_SUBMIT_ISO_OUT_URB SubmitIsoOutUrb;
    PUSB_BUSIFFN_QUERY_BUS_INFORMATION QueryBusInformation;
    PUSB_BUSIFFN_IS_DEVICE_HIGH_SPEED IsDeviceHighSpeed;
} USB_BUS_INTERFACE_USBDI_V1, *PUSB_BUS_INTERFACE_USBDI_V1;

typedef struct _USB_BUS_INTERFACE_USBDI_V2
{
    USHORT Size;
    USHORT Version;
    PVOID BusContext;
    PINTERFACE_REFERENCE InterfaceReference;
    PINTERFACE_DEREFERENCE InterfaceDereference;
    PUSB_BUSIFFN_GETUSBDI_VERSION GetUSBDIVersion;
    PUSB_BUSIFFN_QUERY_BUS_TIME QueryBusTime;
    PUSB_BUSIFFN_SUBMIT_ISO_OUT_URB SubmitIsoOutUrb;
    PUSB_BUSIFFN_QUERY_BUS_INFORMATION QueryBusInformation;
    PUSB_BUSIFFN_IS_DEVICE_HIGH_SPEED IsDeviceHighSpeed;
    PUSB_BUSIFFN_ENUM_LOG_ENTRY EnumLogEntry;
} USB_BUS_INTERFACE_USBDI_V2, *PUSB_BUS_INTERFACE_USBDI_V2;

typedef NTSTATUS (*PUSB_BUSIFFN_QUERY_BUS_TIME_EX)(PVOID, PULONG);

typedef NTSTATUS (*PUSB_BUSIFFN_QUERY_CONTROLLER_TYPE)(PVOID, PULONG, PUSHORT, PUSHORT, PUCHAR, PUCHAR, PUCHAR, PUCHAR);

typedef struct _USB_BUS_INTERFACE_USBDI_V3
{
    USHORT Size;
    USHORT Version;
    PVOID BusContext;
    PINTERFACE_REFERENCE InterfaceReference;
    PINTERFACE_DEREFERENCE InterfaceDereference;
    PUSB_BUSIFFN_GETUSBDI_VERSION GetUSBDIVersion;
    PUSB_BUSIFFN_QUERY_BUS_TIME QueryBusTime;
    PUSB_BUSIFFN_SUBMIT_ISO_OUT_URB SubmitIsoOutUrb;
    PUSB_BUSIFFN_QUERY_BUS_INFORMATION QueryBusInformation;
    PUSB_BUSIFFN_IS_DEVICE_HIGH_SPEED IsDeviceHighSpeed;
    PUSB_BUSIFFN_ENUM_LOG_ENTRY EnumLogEntry;
    PUSB_BUSIFFN_QUERY_BUS_TIME_EX QueryBusTimeEx;
    PUSB_BUSIFFN_QUERY_CONTROLLER_TYPE QueryControllerType;
} USB_BUS_INTERFACE_USBDI_V3, *PUSB_BUS_INTERFACE_USBDI_V3;

#define USBC_FUNCTION_FLAG_APPEND_ID 0x1

typedef struct _USBC_FUNCTION_DESCRIPTOR
{
    UCHAR FunctionNumber;
    UCHAR NumberOfInterfaces;
    PUSB_INTERFACE_DESCRIPTOR *InterfaceDescriptorList;
    UNICODE_STRING HardwareId;
    UNICODE_STRING CompatibleId;
    UNICODE_STRING FunctionDescription;
    ULONG FunctionFlags;
    PVOID Reserved;
} USBC_FUNCTION_DESCRIPTOR, *PUSBC_FUNCTION_DESCRIPTOR;

typedef NTSTATUS (*USBC_START_DEVICE_CALLBACK)(PUSB_DEVICE_DESCRIPTOR DeviceDescriptor,
                                               PUSB_CONFIGURATION_DESCRIPTOR ConfigurationDescriptor,
                                               PUSBC_FUNCTION_DESCRIPTOR *FunctionDescriptorBuffer,
                                               PULONG FunctionDescriptorBufferLength, PDEVICE_OBJECT FdoDeviceObject,
                                               PDEVICE_OBJECT PdoDeviceObject);

typedef BOOLEAN (*USBC_PDO_ENABLE_CALLBACK)(PVOID Context, USHORT FirstInterfaceNumber, USHORT NumberOfInterfaces,
                                            UCHAR FunctionClass, UCHAR FunctionSubClass, UCHAR FunctionProtocol);

#define USBC_DEVICE_CONFIGURATION_INTERFACE_VERSION_1 0x0001

typedef struct _USBC_DEVICE_CONFIGURATION_INTERFACE_V1
{
    USHORT Size;
    USHORT Version;
    PVOID Context;
    PINTERFACE_REFERENCE InterfaceReference;
    PINTERFACE_DEREFERENCE InterfaceDereference;
    USBC_START_DEVICE_CALLBACK StartDeviceCallback;
    USBC_PDO_ENABLE_CALLBACK PdoEnableCallback;
    PVOID Reserved[7];
} USBC_DEVICE_CONFIGURATION_INTERFACE_V1, *PUSBC_DEVICE_CONFIGURATION_INTERFACE_V1;

EXTERN_C_END

#endif /* DMF_USBBUSIF_H */

/* Outside the include guard: a second inclusion after initguid.h defines what the first one declared. */
#include "guiddef.h"
#if !defined(DMF_USBBUSIF_GUIDS) || (defined(INITGUID) && !defined(DMF_USBBUSIF_GUIDS_DEFINED))
#define DMF_USBBUSIF_GUIDS
#ifdef INITGUID
#define DMF_USBBUSIF_GUIDS_DEFINED
#endif
DEFINE_GUID(USB_BUS_INTERFACE_USBDI_GUID, 0xb1a96a13, 0x3de0, 0x4574, 0x9b, 0x01, 0xc0, 0x8f, 0xea, 0xb3, 0x18, 0xd6);
DEFINE_GUID(USB_BUS_INTERFACE_USBC_CONFIGURATION_GUID, 0x893b6a96, 0x0b7f, 0x4d4d, 0xbd, 0xb4, 0xbb, 0xd4, 0xce, 0xeb, 0xb3,
            0x1c);
#endif
