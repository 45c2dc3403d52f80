/* SPDX-License-Identifier: MIT */
/*
 * What drivers call to build USB requests and to read configuration descriptors.
 */
#ifndef DMF_USBDLIB_H
#define DMF_USBDLIB_H

#include "usb.h"

EXTERN_C_START

#define USBD_CLIENT_CONTRACT_VERSION_INVALID 0xFFFFFFFF
#define USBD_CLIENT_CONTRACT_VERSION_602 0x602
#define USBD_INTERFACE_VERSION_600 0x600
#define USBD_INTERFACE_VERSION_602 0x602
#define USBD_INTERFACE_VERSION_603 0x603

typedef struct _USBD_INTERFACE_LIST_ENTRY
{
    PUSB_INTERFACE_DESCRIPTOR InterfaceDescriptor;
    PUSBD_INTERFACE_INFORMATION Interface;
} USBD_INTERFACE_LIST_ENTRY, *PUSBD_INTERFACE_LIST_ENTRY;

/*
 * Filling a request. These are blocks and not expressions, as published: sources write them with and without a semicolon.
 */
#define UsbBuildInterruptOrBulkTransferRequest(urb, length, pipeHandle, transferBuffer, transferBufferMDL, \
                                               transferBufferLength, transferFlags, link) \
    { \
        (urb)->UrbHeader.Function = URB_FUNCTION_BULK_OR_INTERRUPT_TRANSFER; \
        (urb)->UrbHeader.Length = (length); \
        (urb)->UrbBulkOrInterruptTransfer.PipeHandle = (pipeHandle); \
        (urb)->UrbBulkOrInterruptTransfer.TransferBufferLength = (transferBufferLength); \
        (urb)->UrbBulkOrInterruptTransfer.TransferBufferMDL = (transferBufferMDL); \
        (urb)->UrbBulkOrInterruptTransfer.TransferBuffer = (transferBuffer); \
        (urb)->UrbBulkOrInterruptTransfer.TransferFlags = (transferFlags); \
        (urb)->UrbBulkOrInterruptTransfer.UrbLink = (link); \
    }

#define UsbBuildGetDescriptorRequest(urb, length, descriptorType, descriptorIndex, languageId, transferBuffer, \
                                     transferBufferMDL, transferBufferLength, link) \
    { \
        (urb)->UrbHeader.Function = URB_FUNCTION_GET_DESCRIPTOR_FROM_DEVICE; \
        (urb)->UrbHeader.Length = (length); \
        (urb)->UrbControlDescriptorRequest.TransferBufferLength = (transferBufferLength); \
        (urb)->UrbControlDescriptorRequest.TransferBufferMDL = (transferBufferMDL); \
        (urb)->UrbControlDescriptorRequest.TransferBuffer = (transferBuffer); \
        (urb)->UrbControlDescriptorRequest.DescriptorType = (descriptorType); \
        (urb)->UrbControlDescriptorRequest.Index = (descriptorIndex); \
        (urb)->UrbControlDescriptorRequest.LanguageId = (languageId); \
        (urb)->UrbControlDescriptorRequest.UrbLink = (link); \
    }

#define UsbBuildGetStatusRequest(urb, op, index, transferBuffer, transferBufferMDL, link) \
    { \
        (urb)->UrbHeader.Function = (op); \
        (urb)->UrbHeader.Length = sizeof(struct _URB_CONTROL_GET_STATUS_REQUEST); \
        (urb)->UrbControlGetStatusRequest.TransferBufferLength = sizeof(USHORT); \
        (urb)->UrbControlGetStatusRequest.TransferBufferMDL = (transferBufferMDL); \
        (urb)->UrbControlGetStatusRequest.TransferBuffer = (transferBuffer); \
        (urb)->UrbControlGetStatusRequest.Index = (index); \
        (urb)->UrbControlGetStatusRequest.UrbLink = (link); \
    }

#define UsbBuildFeatureRequest(urb, op, featureSelector, index, link) \
    { \
        (urb)->UrbHeader.Function = (op); \
        (urb)->UrbHeader.Length = sizeof(struct _URB_CONTROL_FEATURE_REQUEST); \
        (urb)->UrbControlFeatureRequest.FeatureSelector = (featureSelector); \
        (urb)->UrbControlFeatureRequest.Index = (index); \
        (urb)->UrbControlFeatureRequest.UrbLink = (link); \
    }

#define UsbBuildSelectConfigurationRequest(urb, length, configurationDescriptor) \
    { \
        (urb)->UrbHeader.Function = URB_FUNCTION_SELECT_CONFIGURATION; \
        (urb)->UrbHeader.Length = (length); \
        (urb)->UrbSelectConfiguration.ConfigurationDescriptor = (configurationDescriptor); \
    }

#define UsbBuildSelectInterfaceRequest(urb, length, configurationHandle, interfaceNumber, alternateSetting) \
    { \
        (urb)->UrbHeader.Function = URB_FUNCTION_SELECT_INTERFACE; \
        (urb)->UrbHeader.Length = (length); \
        (urb)->UrbSelectInterface.Interface.AlternateSetting = (alternateSetting); \
        (urb)->UrbSelectInterface.Interface.InterfaceNumber = (interfaceNumber); \
        (urb)->UrbSelectInterface.Interface.Length = ((length) - sizeof(struct _URB_HEADER) - \
                                                      sizeof(USBD_CONFIGURATION_HANDLE)); \
        (urb)->UrbSelectInterface.ConfigurationHandle = (configurationHandle); \
    }

#define UsbBuildVendorRequest(urb, cmd, length, transferFlags, reservedbits, request, value, index, transferBuffer, \
                              transferBufferMDL, transferBufferLength, link) \
    { \
        (urb)->UrbHeader.Function = (cmd); \
        (urb)->UrbHeader.Length = (length); \
        (urb)->UrbControlVendorClassRequest.TransferBufferLength = (transferBufferLength); \
        (urb)->UrbControlVendorClassRequest.TransferBufferMDL = (transferBufferMDL); \
        (urb)->UrbControlVendorClassRequest.TransferBuffer = (transferBuffer); \
        (urb)->UrbControlVendorClassRequest.RequestTypeReservedBits = (reservedbits); \
        (urb)->UrbControlVendorClassRequest.Request = (request); \
        (urb)->UrbControlVendorClassRequest.Value = (value); \
        (urb)->UrbControlVendorClassRequest.Index = (index); \
        (urb)->UrbControlVendorClassRequest.TransferFlags = (transferFlags); \
        (urb)->UrbControlVendorClassRequest.UrbLink = (link); \
    }

#define UsbBuildOsFeatureDescriptorRequest(urb, length, interface, index, transferBuffer, transferBufferMDL, \
                                           transferBufferLength, link) \
    { \
        (urb)->UrbHeader.Function = URB_FUNCTION_GET_MS_FEATURE_DESCRIPTOR; \
        (urb)->UrbHeader.Length = (length); \
        (urb)->UrbOSFeatureDescriptorRequest.TransferBufferLength = (transferBufferLength); \
        (urb)->UrbOSFeatureDescriptorRequest.TransferBufferMDL = (transferBufferMDL); \
        (urb)->UrbOSFeatureDescriptorRequest.TransferBuffer = (transferBuffer); \
        (urb)->UrbOSFeatureDescriptorRequest.InterfaceNumber = (interface); \
        (urb)->UrbOSFeatureDescriptorRequest.MS_FeatureDescriptorIndex = (index); \
        (urb)->UrbOSFeatureDescriptorRequest.UrbLink = (link); \
    }

#define URB_STATUS(urb) ((urb)->UrbHeader.Status)

/*
 * Sizes of requests that end in an array. The structures hold one element, which the sizes account for.
 */
#define GET_SELECT_CONFIGURATION_REQUEST_SIZE(totalInterfaces, totalPipes) \
    (sizeof(struct _URB_SELECT_CONFIGURATION) + (((totalInterfaces)-1) * sizeof(USBD_INTERFACE_INFORMATION)) + \
     (((totalPipes) - (totalInterfaces)) * sizeof(USBD_PIPE_INFORMATION)))
#define GET_SELECT_INTERFACE_REQUEST_SIZE(totalPipes) \
    (sizeof(struct _URB_SELECT_INTERFACE) + (((totalPipes)-1) * sizeof(USBD_PIPE_INFORMATION)))
#define GET_USBD_INTERFACE_SIZE(numEndpoints) \
    (sizeof(USBD_INTERFACE_INFORMATION) + (sizeof(USBD_PIPE_INFORMATION) * (numEndpoints)) - sizeof(USBD_PIPE_INFORMATION))
#define GET_ISO_URB_SIZE(n) (sizeof(struct _URB_ISOCH_TRANSFER) + sizeof(USBD_ISO_PACKET_DESCRIPTOR) * (n))

NTKERNELAPI VOID NTAPI USBD_GetUSBDIVersion(PUSBD_VERSION_INFORMATION VersionInformation);

NTKERNELAPI PUSB_INTERFACE_DESCRIPTOR NTAPI USBD_ParseConfigurationDescriptor(
    PUSB_CONFIGURATION_DESCRIPTOR ConfigurationDescriptor, UCHAR InterfaceNumber, UCHAR AlternateSetting);

NTKERNELAPI PURB NTAPI USBD_CreateConfigurationRequest(PUSB_CONFIGURATION_DESCRIPTOR ConfigurationDescriptor, PUSHORT Siz);

NTKERNELAPI PUSB_COMMON_DESCRIPTOR NTAPI USBD_ParseDescriptors(PVOID DescriptorBuffer, ULONG TotalLength,
                                                               PVOID StartPosition, LONG DescriptorType);

NTKERNELAPI PUSB_INTERFACE_DESCRIPTOR NTAPI USBD_ParseConfigurationDescriptorEx(
    PUSB_CONFIGURATION_DESCRIPTOR ConfigurationDescriptor, PVOID StartPosition, LONG InterfaceNumber, LONG AlternateSetting,
    LONG InterfaceClass, LONG InterfaceSubClass, LONG InterfaceProtocol);

NTKERNELAPI PURB NTAPI USBD_CreateConfigurationRequestEx(PUSB_CONFIGURATION_DESCRIPTOR ConfigurationDescriptor,
                                                         PUSBD_INTERFACE_LIST_ENTRY InterfaceList);

NTKERNELAPI ULONG NTAPI USBD_GetInterfaceLength(PUSB_INTERFACE_DESCRIPTOR InterfaceDescriptor, PUCHAR BufferEnd);

NTKERNELAPI VOID NTAPI USBD_RegisterHcFilter(PDEVICE_OBJECT DeviceObject, PDEVICE_OBJECT FilterDeviceObject);

NTKERNELAPI NTSTATUS NTAPI USBD_GetPdoRegistryParameter(PDEVICE_OBJECT PhysicalDeviceObject, PVOID Parameter,
                                                        ULONG ParameterLength, PWSTR KeyName, ULONG KeyNameLength);

NTKERNELAPI NTSTATUS NTAPI USBD_QueryBusTime(PDEVICE_OBJECT RootHubPdo, PULONG CurrentFrame);

NTKERNELAPI ULONG NTAPI USBD_CalculateUsbBandwidth(ULONG MaxPacketSize, UCHAR EndpointType, BOOLEAN LowSpeed);

NTKERNELAPI USBD_STATUS NTAPI USBD_ValidateConfigurationDescriptor(PUSB_CONFIGURATION_DESCRIPTOR ConfigDesc,
                                                                   ULONG BufferLength, USHORT Level, PUCHAR *Offset,
                                                                   ULONG Tag);

EXTERN_C_END

#endif /* DMF_USBDLIB_H */
