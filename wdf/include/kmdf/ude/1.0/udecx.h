/* SPDX-License-Identifier: MIT */
/*
 * USB device emulation: a driver's device becomes a USB host controller without hardware, into which the driver plugs USB
 * devices that it plays itself.
 *
 * UDECXUSBDEVICE and UDECXUSBENDPOINT are framework objects: contexts, references and WdfObjectDelete work on them.
 */
#ifndef DMF_UDECX_H
#define DMF_UDECX_H

#include <wdm.h>
#include <wdf.h>
#include <usb.h>
#include <wdfusb.h>

EXTERN_C_START

typedef GUID *PGUID;

DECLARE_HANDLE(UDECXUSBDEVICE);
DECLARE_HANDLE(UDECXUSBENDPOINT);

typedef struct UDECXUSBDEVICE_INIT UDECXUSBDEVICE_INIT, *PUDECXUSBDEVICE_INIT;
typedef struct UDECXUSBENDPOINT_INIT UDECXUSBENDPOINT_INIT, *PUDECXUSBENDPOINT_INIT;

/*
 * The controller.
 */
typedef enum _UDECX_WDF_DEVICE_RESET_ACTION
{
    UdecxWdfDeviceResetActionResetEachUsbDevice = 0,
    UdecxWdfDeviceResetActionResetWdfDevice
} UDECX_WDF_DEVICE_RESET_ACTION, *PUDECX_WDF_DEVICE_RESET_ACTION;

typedef NTSTATUS EVT_UDECX_WDF_DEVICE_QUERY_USB_CAPABILITY(_In_ WDFDEVICE UdecxWdfDevice, _In_ GUID *CapabilityType,
                                                           _In_ ULONG OutputBufferLength,
                                                           _Out_writes_to_opt_(OutputBufferLength, *ResultLength)
                                                               PVOID OutputBuffer,
                                                           _Out_ PULONG ResultLength);
typedef EVT_UDECX_WDF_DEVICE_QUERY_USB_CAPABILITY *PFN_UDECX_WDF_DEVICE_QUERY_USB_CAPABILITY;

/* Ends with UdecxWdfDeviceResetComplete. */
typedef VOID EVT_UDECX_WDF_DEVICE_RESET(_In_ WDFDEVICE UdecxWdfDevice);
typedef EVT_UDECX_WDF_DEVICE_RESET *PFN_UDECX_WDF_DEVICE_RESET;

typedef struct _UDECX_WDF_DEVICE_CONFIG
{
    ULONG Size;
    USHORT NumberOfUsb20Ports;
    USHORT NumberOfUsb30Ports;
    PFN_UDECX_WDF_DEVICE_QUERY_USB_CAPABILITY EvtUdecxWdfDeviceQueryUsbCapability;
    UDECX_WDF_DEVICE_RESET_ACTION ResetAction;
    PFN_UDECX_WDF_DEVICE_RESET EvtUdecxWdfDeviceReset;
} UDECX_WDF_DEVICE_CONFIG, *PUDECX_WDF_DEVICE_CONFIG;

FORCEINLINE VOID
UDECX_WDF_DEVICE_CONFIG_INIT(_Out_ PUDECX_WDF_DEVICE_CONFIG Config,
                             _In_ PFN_UDECX_WDF_DEVICE_QUERY_USB_CAPABILITY EvtUdecxWdfDeviceQueryUsbCapability)
{
    __builtin_memset(Config, 0, sizeof(*Config));
    Config->Size = sizeof(*Config);
    Config->NumberOfUsb20Ports = 1;
    Config->NumberOfUsb30Ports = 1;
    Config->EvtUdecxWdfDeviceQueryUsbCapability = EvtUdecxWdfDeviceQueryUsbCapability;
    Config->ResetAction = UdecxWdfDeviceResetActionResetEachUsbDevice;
}

/* Before the controller's device is created. */
NTKERNELAPI NTSTATUS NTAPI UdecxInitializeWdfDeviceInit(_Inout_ PWDFDEVICE_INIT WdfDeviceInit);
/* After it, once. */
NTKERNELAPI NTSTATUS NTAPI UdecxWdfDeviceAddUsbDeviceEmulation(_In_ WDFDEVICE WdfDevice,
                                                               _In_ PUDECX_WDF_DEVICE_CONFIG Config);
/* TRUE: the request was one of a host controller's and has been completed. */
NTKERNELAPI BOOLEAN NTAPI UdecxWdfDeviceTryHandleUserIoctl(_In_ WDFDEVICE UdecxWdfDevice, _In_ WDFREQUEST Request);
NTKERNELAPI VOID NTAPI UdecxWdfDeviceResetComplete(_In_ WDFDEVICE UdecxWdfDevice);

/*
 * Devices.
 */
typedef enum _UDECX_USB_DEVICE_SPEED
{
    UdecxUsbLowSpeed = 0,
    UdecxUsbFullSpeed,
    UdecxUsbHighSpeed,
    UdecxUsbSuperSpeed
} UDECX_USB_DEVICE_SPEED, *PUDECX_USB_DEVICE_SPEED;

typedef enum _UDECX_ENDPOINT_TYPE
{
    UdecxEndpointTypeInvalid = 0,
    UdecxEndpointTypeSimple,
    UdecxEndpointTypeDynamic
} UDECX_ENDPOINT_TYPE, *PUDECX_ENDPOINT_TYPE;

/*
 * What a device that follows its own link and configuration changes gets. Only the addresses of these types are public here:
 * the values and members belong to the emulation.
 */
typedef ULONG UDECX_USB_DEVICE_WAKE_SETTING, UDECX_USB_DEVICE_FUNCTION_POWER;
typedef struct _UDECX_USB_ENDPOINT_INIT_AND_METADATA *PUDECX_USB_ENDPOINT_INIT_AND_METADATA;
typedef struct _UDECX_ENDPOINTS_CONFIGURE_PARAMS *PUDECX_ENDPOINTS_CONFIGURE_PARAMS;

typedef NTSTATUS EVT_UDECX_USB_DEVICE_D0_ENTRY(_In_ WDFDEVICE UdecxWdfDevice, _In_ UDECXUSBDEVICE UdecxUsbDevice);
typedef EVT_UDECX_USB_DEVICE_D0_ENTRY *PFN_UDECX_USB_DEVICE_D0_ENTRY;
typedef NTSTATUS EVT_UDECX_USB_DEVICE_D0_EXIT(_In_ WDFDEVICE UdecxWdfDevice, _In_ UDECXUSBDEVICE UdecxUsbDevice,
                                              _In_ UDECX_USB_DEVICE_WAKE_SETTING WakeSetting);
typedef EVT_UDECX_USB_DEVICE_D0_EXIT *PFN_UDECX_USB_DEVICE_D0_EXIT;
typedef NTSTATUS EVT_UDECX_USB_DEVICE_SET_FUNCTION_SUSPEND_AND_WAKE(_In_ WDFDEVICE UdecxWdfDevice,
                                                                    _In_ UDECXUSBDEVICE UdecxUsbDevice,
                                                                    _In_ ULONG Interface,
                                                                    _In_ UDECX_USB_DEVICE_FUNCTION_POWER FunctionPower);
typedef EVT_UDECX_USB_DEVICE_SET_FUNCTION_SUSPEND_AND_WAKE *PFN_UDECX_USB_DEVICE_SET_FUNCTION_SUSPEND_AND_WAKE;
typedef VOID EVT_UDECX_USB_DEVICE_POST_ENUMERATION_RESET(_In_ WDFDEVICE UdecxWdfDevice, _In_ UDECXUSBDEVICE UdecxUsbDevice,
                                                         _In_ WDFREQUEST Request, _In_ BOOLEAN AllDevicesReset);
typedef EVT_UDECX_USB_DEVICE_POST_ENUMERATION_RESET *PFN_UDECX_USB_DEVICE_POST_ENUMERATION_RESET;
typedef NTSTATUS EVT_UDECX_USB_DEVICE_DEFAULT_ENDPOINT_ADD(_In_ UDECXUSBDEVICE UdecxUsbDevice,
                                                           _In_ PUDECXUSBENDPOINT_INIT UdecxEndpointInit);
typedef EVT_UDECX_USB_DEVICE_DEFAULT_ENDPOINT_ADD *PFN_UDECX_USB_DEVICE_DEFAULT_ENDPOINT_ADD;
typedef NTSTATUS EVT_UDECX_USB_DEVICE_ENDPOINT_ADD(_In_ UDECXUSBDEVICE UdecxUsbDevice,
                                                   _In_ PUDECX_USB_ENDPOINT_INIT_AND_METADATA EndpointToCreate);
typedef EVT_UDECX_USB_DEVICE_ENDPOINT_ADD *PFN_UDECX_USB_DEVICE_ENDPOINT_ADD;
typedef VOID EVT_UDECX_USB_DEVICE_ENDPOINTS_CONFIGURE(_In_ UDECXUSBDEVICE UdecxUsbDevice, _In_ WDFREQUEST Request,
                                                      _In_ PUDECX_ENDPOINTS_CONFIGURE_PARAMS Params);
typedef EVT_UDECX_USB_DEVICE_ENDPOINTS_CONFIGURE *PFN_UDECX_USB_DEVICE_ENDPOINTS_CONFIGURE;

typedef struct _UDECX_USB_DEVICE_STATE_CHANGE_CALLBACKS
{
    ULONG Size;
    PFN_UDECX_USB_DEVICE_D0_ENTRY EvtUsbDeviceLinkPowerEntry;
    PFN_UDECX_USB_DEVICE_D0_EXIT EvtUsbDeviceLinkPowerExit;
    PFN_UDECX_USB_DEVICE_SET_FUNCTION_SUSPEND_AND_WAKE EvtUsbDeviceSetFunctionSuspendAndWake;
    PFN_UDECX_USB_DEVICE_POST_ENUMERATION_RESET EvtUsbDeviceReset;
    PFN_UDECX_USB_DEVICE_DEFAULT_ENDPOINT_ADD EvtUsbDeviceDefaultEndpointAdd;
    PFN_UDECX_USB_DEVICE_ENDPOINT_ADD EvtUsbDeviceEndpointAdd;
    PFN_UDECX_USB_DEVICE_ENDPOINTS_CONFIGURE EvtUsbDeviceEndpointsConfigure;
} UDECX_USB_DEVICE_STATE_CHANGE_CALLBACKS, *PUDECX_USB_DEVICE_STATE_CHANGE_CALLBACKS;

FORCEINLINE VOID UDECX_USB_DEVICE_CALLBACKS_INIT(_Out_ PUDECX_USB_DEVICE_STATE_CHANGE_CALLBACKS Callbacks)
{
    __builtin_memset(Callbacks, 0, sizeof(*Callbacks));
    Callbacks->Size = sizeof(*Callbacks);
}

/* A port number of zero leaves the choice to the emulation. */
typedef struct _UDECX_USB_DEVICE_PLUG_IN_OPTIONS
{
    ULONG Size;
    ULONG Usb20PortNumber;
    ULONG Usb30PortNumber;
} UDECX_USB_DEVICE_PLUG_IN_OPTIONS, *PUDECX_USB_DEVICE_PLUG_IN_OPTIONS;

FORCEINLINE VOID UDECX_USB_DEVICE_PLUG_IN_OPTIONS_INIT(_Out_ PUDECX_USB_DEVICE_PLUG_IN_OPTIONS Options)
{
    __builtin_memset(Options, 0, sizeof(*Options));
    Options->Size = sizeof(*Options);
}

NTKERNELAPI PUDECXUSBDEVICE_INIT NTAPI UdecxUsbDeviceInitAllocate(_In_ WDFDEVICE UdecxWdfDevice);
NTKERNELAPI VOID NTAPI UdecxUsbDeviceInitFree(_In_ PUDECXUSBDEVICE_INIT UdecxUsbDeviceInit);
NTKERNELAPI VOID NTAPI UdecxUsbDeviceInitSetSpeed(_Inout_ PUDECXUSBDEVICE_INIT UdecxUsbDeviceInit,
                                                  _In_ UDECX_USB_DEVICE_SPEED UsbDeviceSpeed);
NTKERNELAPI VOID NTAPI UdecxUsbDeviceInitSetEndpointsType(_Inout_ PUDECXUSBDEVICE_INIT UdecxUsbDeviceInit,
                                                          _In_ UDECX_ENDPOINT_TYPE UdecxEndpointType);
NTKERNELAPI VOID NTAPI UdecxUsbDeviceInitSetStateChangeCallbacks(_Inout_ PUDECXUSBDEVICE_INIT UdecxUsbDeviceInit,
                                                                 _In_ PUDECX_USB_DEVICE_STATE_CHANGE_CALLBACKS Callbacks);
NTKERNELAPI NTSTATUS NTAPI UdecxUsbDeviceInitAddDescriptor(_Inout_ PUDECXUSBDEVICE_INIT UdecxUsbDeviceInit,
                                                           _In_reads_(DescriptorLength) PUCHAR Descriptor,
                                                           _In_ USHORT DescriptorLength);
NTKERNELAPI NTSTATUS NTAPI UdecxUsbDeviceInitAddDescriptorWithIndex(_Inout_ PUDECXUSBDEVICE_INIT UdecxUsbDeviceInit,
                                                                    _In_reads_(DescriptorLength) PUCHAR Descriptor,
                                                                    _In_ USHORT DescriptorLength,
                                                                    _In_ UCHAR DescriptorIndex);
NTKERNELAPI NTSTATUS NTAPI UdecxUsbDeviceInitAddStringDescriptor(_Inout_ PUDECXUSBDEVICE_INIT UdecxUsbDeviceInit,
                                                                 _In_ PCUNICODE_STRING String, _In_ UCHAR DescriptorIndex,
                                                                 _In_ USHORT LanguageId);
/* On success the emulation owns what was initialised: the caller's pointer becomes NULL. */
NTKERNELAPI NTSTATUS NTAPI UdecxUsbDeviceCreate(_Inout_ PUDECXUSBDEVICE_INIT *UdecxUsbDeviceInit,
                                                _In_opt_ PWDF_OBJECT_ATTRIBUTES Attributes,
                                                _Out_ UDECXUSBDEVICE *UdecxUsbDevice);
NTKERNELAPI NTSTATUS NTAPI UdecxUsbDevicePlugIn(_In_ UDECXUSBDEVICE UdecxUsbDevice,
                                                _In_ PUDECX_USB_DEVICE_PLUG_IN_OPTIONS Options);
NTKERNELAPI NTSTATUS NTAPI UdecxUsbDevicePlugOutAndDelete(_In_ UDECXUSBDEVICE UdecxUsbDevice);
NTKERNELAPI VOID NTAPI UdecxUsbDeviceSignalWake(_In_ UDECXUSBDEVICE UdecxUsbDevice);
NTKERNELAPI VOID NTAPI UdecxUsbDeviceSignalFunctionWake(_In_ UDECXUSBDEVICE UdecxUsbDevice, _In_ ULONG Interface);

/*
 * Endpoints. Their queues get the host's URBs as IOCTL_INTERNAL_USB_SUBMIT_URB.
 */
typedef VOID EVT_UDECX_USB_ENDPOINT_RESET(_In_ UDECXUSBENDPOINT UdecxUsbEndpoint, _In_ WDFREQUEST Request);
typedef EVT_UDECX_USB_ENDPOINT_RESET *PFN_UDECX_USB_ENDPOINT_RESET;
typedef VOID EVT_UDECX_USB_ENDPOINT_START(_In_ UDECXUSBENDPOINT UdecxUsbEndpoint);
typedef EVT_UDECX_USB_ENDPOINT_START *PFN_UDECX_USB_ENDPOINT_START;
/* Ends with UdecxUsbEndpointPurgeComplete. */
typedef VOID EVT_UDECX_USB_ENDPOINT_PURGE(_In_ UDECXUSBENDPOINT UdecxUsbEndpoint);
typedef EVT_UDECX_USB_ENDPOINT_PURGE *PFN_UDECX_USB_ENDPOINT_PURGE;

typedef struct _UDECX_USB_ENDPOINT_CALLBACKS
{
    ULONG Size;
    PFN_UDECX_USB_ENDPOINT_RESET EvtUsbEndpointReset;
    PFN_UDECX_USB_ENDPOINT_START EvtUsbEndpointStart;
    PFN_UDECX_USB_ENDPOINT_PURGE EvtUsbEndpointPurge;
} UDECX_USB_ENDPOINT_CALLBACKS, *PUDECX_USB_ENDPOINT_CALLBACKS;

FORCEINLINE VOID UDECX_USB_ENDPOINT_CALLBACKS_INIT(_Out_ PUDECX_USB_ENDPOINT_CALLBACKS Callbacks,
                                                   _In_ PFN_UDECX_USB_ENDPOINT_RESET EvtUsbEndpointReset)
{
    __builtin_memset(Callbacks, 0, sizeof(*Callbacks));
    Callbacks->Size = sizeof(*Callbacks);
    Callbacks->EvtUsbEndpointReset = EvtUsbEndpointReset;
}

NTKERNELAPI PUDECXUSBENDPOINT_INIT NTAPI UdecxUsbSimpleEndpointInitAllocate(_In_ UDECXUSBDEVICE UdecxUsbDevice);
NTKERNELAPI VOID NTAPI UdecxUsbEndpointInitFree(_In_ PUDECXUSBENDPOINT_INIT UdecxUsbEndpointInit);
NTKERNELAPI VOID NTAPI UdecxUsbEndpointInitSetEndpointAddress(_Inout_ PUDECXUSBENDPOINT_INIT UdecxUsbEndpointInit,
                                                              _In_ UCHAR EndpointAddress);
NTKERNELAPI VOID NTAPI UdecxUsbEndpointInitSetCallbacks(_Inout_ PUDECXUSBENDPOINT_INIT UdecxUsbEndpointInit,
                                                        _In_ PUDECX_USB_ENDPOINT_CALLBACKS Callbacks);
/* On success the emulation owns what was initialised: the caller's pointer becomes NULL. */
NTKERNELAPI NTSTATUS NTAPI UdecxUsbEndpointCreate(_Inout_ PUDECXUSBENDPOINT_INIT *UdecxUsbEndpointInit,
                                                  _In_opt_ PWDF_OBJECT_ATTRIBUTES Attributes,
                                                  _Out_ UDECXUSBENDPOINT *UdecxUsbEndpoint);
NTKERNELAPI VOID NTAPI UdecxUsbEndpointSetWdfIoQueue(_In_ UDECXUSBENDPOINT UdecxUsbEndpoint, _In_ WDFQUEUE Queue);
NTKERNELAPI VOID NTAPI UdecxUsbEndpointPurgeComplete(_In_ UDECXUSBENDPOINT UdecxUsbEndpoint);

/*
 * The URB of a request from an endpoint's queue. The last two complete the request.
 */
NTKERNELAPI NTSTATUS NTAPI UdecxUrbRetrieveControlSetupPacket(_In_ WDFREQUEST Request,
                                                              _Out_ PWDF_USB_CONTROL_SETUP_PACKET SetupPacket);
NTKERNELAPI NTSTATUS NTAPI UdecxUrbRetrieveBuffer(_In_ WDFREQUEST Request, _Out_ PUCHAR *TransferBuffer,
                                                  _Out_ PULONG Length);
NTKERNELAPI VOID NTAPI UdecxUrbSetBytesCompleted(_In_ WDFREQUEST Request, _In_ ULONG BytesCompleted);
NTKERNELAPI VOID NTAPI UdecxUrbComplete(_In_ WDFREQUEST Request, _In_ USBD_STATUS UsbdStatus);
NTKERNELAPI VOID NTAPI UdecxUrbCompleteWithNtStatus(_In_ WDFREQUEST Request, _In_ NTSTATUS NtStatus);

EXTERN_C_END

#endif /* DMF_UDECX_H */
