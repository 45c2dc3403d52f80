/* SPDX-License-Identifier: MIT */
/*
 * Platform extension plug-ins: a driver registers with the power framework and supplies ACPI methods of devices.
 *
 * The framework calls AcceptAcpiNotification with a code and the structure that belongs to it. A plug-in that wants to say
 * something on its own asks for a PEP_NOTIFY_ACPI_WORK notification with RequestWorker and answers it.
 */
#ifndef DMF_PEPFX_H
#define DMF_PEPFX_H

#include "ntclass.h"
#include "acpiioct.h"

EXTERN_C_START

DECLARE_HANDLE(PEPHANDLE);

/*
 * Objects of a device's ACPI name space.
 */
typedef union _PEP_ACPI_OBJECT_NAME
{
    UCHAR Name[4];
    ULONG NameAsUlong;
} PEP_ACPI_OBJECT_NAME, *PPEP_ACPI_OBJECT_NAME;

typedef enum _PEP_ACPI_OBJECT_TYPE
{
    PepAcpiObjectTypeMethod,
    PepAcpiObjectTypeDevice,
    PepAcpiObjectTypeMaximum
} PEP_ACPI_OBJECT_TYPE, *PPEP_ACPI_OBJECT_TYPE;

typedef struct _PEP_ACPI_OBJECT_NAME_WITH_TYPE
{
    PEP_ACPI_OBJECT_NAME Name;
    PEP_ACPI_OBJECT_TYPE Type;
} PEP_ACPI_OBJECT_NAME_WITH_TYPE, *PPEP_ACPI_OBJECT_NAME_WITH_TYPE;

/*
 * Notifications, in the order of their codes, and what each carries.
 */
#define PEP_NOTIFY_ACPI_PREPARE_DEVICE 0x01
#define PEP_NOTIFY_ACPI_ABANDON_DEVICE 0x02
#define PEP_NOTIFY_ACPI_REGISTER_DEVICE 0x03
#define PEP_NOTIFY_ACPI_UNREGISTER_DEVICE 0x04
#define PEP_NOTIFY_ACPI_ENUMERATE_DEVICE_NAMESPACE 0x05
#define PEP_NOTIFY_ACPI_QUERY_OBJECT_INFORMATION 0x06
#define PEP_NOTIFY_ACPI_EVALUATE_CONTROL_METHOD 0x07
#define PEP_NOTIFY_ACPI_QUERY_DEVICE_CONTROL_RESOURCES 0x08
#define PEP_NOTIFY_ACPI_TRANSLATED_DEVICE_CONTROL_RESOURCES 0x09
#define PEP_NOTIFY_ACPI_WORK 0x0a

#define PEP_ACPI_PREPARE_DEVICE_OUTPUT_FLAG_NONE 0x00000000

typedef struct _PEP_ACPI_PREPARE_DEVICE
{
    _In_ PCUNICODE_STRING AcpiDeviceName;
    _In_ ULONG InputFlags;
    _Out_ BOOLEAN DeviceAccepted;
    _Out_ ULONG OutputFlags;
} PEP_ACPI_PREPARE_DEVICE, *PPEP_ACPI_PREPARE_DEVICE;

typedef struct _PEP_ACPI_ABANDON_DEVICE
{
    _In_ PCUNICODE_STRING AcpiDeviceName;
    _Out_ BOOLEAN DeviceAccepted;
} PEP_ACPI_ABANDON_DEVICE, *PPEP_ACPI_ABANDON_DEVICE;

#define PEP_ACPI_REGISTER_DEVICE_OUTPUT_FLAG_NONE 0x00000000

/* A DeviceHandle of NULL refuses the device. */
typedef struct _PEP_ACPI_REGISTER_DEVICE
{
    _In_ PCUNICODE_STRING AcpiDeviceName;
    _In_ ULONG InputFlags;
    _In_ POHANDLE KernelHandle;
    _Out_ PEPHANDLE DeviceHandle;
    _Out_ ULONG OutputFlags;
} PEP_ACPI_REGISTER_DEVICE, *PPEP_ACPI_REGISTER_DEVICE;

typedef struct _PEP_ACPI_UNREGISTER_DEVICE
{
    _In_ PEPHANDLE DeviceHandle;
    _In_ ULONG InputFlags;
} PEP_ACPI_UNREGISTER_DEVICE, *PPEP_ACPI_UNREGISTER_DEVICE;

typedef struct _PEP_ACPI_ENUMERATE_DEVICE_NAMESPACE
{
    _In_ PEPHANDLE DeviceHandle;
    _In_ ULONG RequestFlags;
    _Out_ NTSTATUS Status;
    _Out_ ULONG ObjectCount;
    _In_ SIZE_T ObjectBufferSize;
    _Out_ PEP_ACPI_OBJECT_NAME_WITH_TYPE Objects[ANYSIZE_ARRAY];
} PEP_ACPI_ENUMERATE_DEVICE_NAMESPACE, *PPEP_ACPI_ENUMERATE_DEVICE_NAMESPACE;

typedef struct _PEP_ACPI_QUERY_OBJECT_INFORMATION
{
    _In_ PEPHANDLE DeviceHandle;
    _In_ PEP_ACPI_OBJECT_NAME Name;
    _In_ PEP_ACPI_OBJECT_TYPE Type;
    _Out_ ULONG ObjectFlags;
    union
    {
        struct
        {
            _Out_ ULONG InputArgumentCount;
            _Out_ ULONG OutputArgumentCount;
        } MethodObject;
    };
} PEP_ACPI_QUERY_OBJECT_INFORMATION, *PPEP_ACPI_QUERY_OBJECT_INFORMATION;

typedef struct _PEP_ACPI_EVALUATE_CONTROL_METHOD
{
    _In_ PEPHANDLE DeviceHandle;
    _In_ ULONG RequestFlags;
    union
    {
        _In_ ULONG MethodName;
        _In_ ANSI_STRING MethodNameString;
    };
    _Out_ NTSTATUS MethodStatus;
    _In_ PVOID CompletionContext;
    _In_ ULONG InputArgumentCount;
    _In_ SIZE_T InputArgumentSize;
    _In_ PACPI_METHOD_ARGUMENT InputArguments;
    _Out_ ULONG OutputArgumentCount;
    _Inout_ SIZE_T OutputArgumentSize;
    _Out_ PACPI_METHOD_ARGUMENT OutputArguments;
} PEP_ACPI_EVALUATE_CONTROL_METHOD, *PPEP_ACPI_EVALUATE_CONTROL_METHOD;

typedef struct _PEP_ACPI_QUERY_DEVICE_CONTROL_RESOURCES
{
    _In_ PEPHANDLE DeviceHandle;
    _In_ ULONG RequestFlags;
    _Out_ NTSTATUS Status;
    _Inout_ SIZE_T BiosResourcesSize;
    _Out_ ACPI_METHOD_ARGUMENT BiosResources[ANYSIZE_ARRAY];
} PEP_ACPI_QUERY_DEVICE_CONTROL_RESOURCES, *PPEP_ACPI_QUERY_DEVICE_CONTROL_RESOURCES;

typedef struct _PEP_ACPI_TRANSLATED_DEVICE_CONTROL_RESOURCES
{
    _In_ PEPHANDLE DeviceHandle;
    _In_ ULONG RequestFlags;
    _Out_ NTSTATUS Status;
    _In_ SIZE_T TranslatedResourcesSize;
    _In_ PCM_RESOURCE_LIST TranslatedResources;
} PEP_ACPI_TRANSLATED_DEVICE_CONTROL_RESOURCES, *PPEP_ACPI_TRANSLATED_DEVICE_CONTROL_RESOURCES;

/*
 * Work that a plug-in has for the framework.
 */
typedef enum _PEP_WORK_TYPE
{
    PepWorkRequestPowerControl = 3,
    PepWorkCompleteIdleState = 5,
    PepWorkCompletePerfState = 6,
    PepWorkAcpiNotify = 7,
    PepWorkAcpiEvaluateControlMethodComplete = 8,
    PepWorkMax = 9
} PEP_WORK_TYPE, *PPEP_WORK_TYPE;

typedef struct _PEP_WORK_ACPI_NOTIFY
{
    _In_ POHANDLE DeviceHandle;
    _In_ ULONG NotifyCode;
} PEP_WORK_ACPI_NOTIFY, *PPEP_WORK_ACPI_NOTIFY;

typedef struct _PEP_WORK_ACPI_EVALUATE_CONTROL_METHOD_COMPLETE
{
    _In_ POHANDLE DeviceHandle;
    _In_ ULONG CompletionFlags;
    _In_ NTSTATUS MethodStatus;
    _In_ PVOID CompletionContext;
    _In_ SIZE_T OutputArgumentSize;
    _In_ PACPI_METHOD_ARGUMENT OutputArguments;
} PEP_WORK_ACPI_EVALUATE_CONTROL_METHOD_COMPLETE, *PPEP_WORK_ACPI_EVALUATE_CONTROL_METHOD_COMPLETE;

typedef struct _PEP_WORK_INFORMATION
{
    PEP_WORK_TYPE WorkType;
    union
    {
        PEP_WORK_ACPI_NOTIFY AcpiNotify;
        PEP_WORK_ACPI_EVALUATE_CONTROL_METHOD_COMPLETE ControlMethodComplete;
    };
} PEP_WORK_INFORMATION, *PPEP_WORK_INFORMATION;

/* The framework presets NeedWork to FALSE; a plug-in with work sets it and fills WorkInformation. */
typedef struct _PEP_WORK
{
    _In_ PPEP_WORK_INFORMATION WorkInformation;
    _Out_ BOOLEAN NeedWork;
} PEP_WORK, *PPEP_WORK;

/*
 * Registration.
 */
typedef BOOLEAN PEPCALLBACKNOTIFYDPM(_In_ ULONG Notification, _In_ PVOID Data);
typedef PEPCALLBACKNOTIFYDPM *PPEPCALLBACKNOTIFYDPM;
typedef BOOLEAN PEPCALLBACKNOTIFYPPM(_In_ PEPHANDLE Handle, _In_ ULONG Notification, _In_ PVOID Data);
typedef PEPCALLBACKNOTIFYPPM *PPEPCALLBACKNOTIFYPPM;
typedef BOOLEAN PEPCALLBACKNOTIFYACPI(_In_ ULONG Notification, _In_ PVOID Data);
typedef PEPCALLBACKNOTIFYACPI *PPEPCALLBACKNOTIFYACPI;

#define PEP_INFORMATION_V3 3
#define PEP_INFORMATION_VERSION PEP_INFORMATION_V3

typedef struct _PEP_INFORMATION
{
    USHORT Version;
    USHORT Size;
    PPEPCALLBACKNOTIFYDPM AcceptDeviceNotification;
    PPEPCALLBACKNOTIFYPPM AcceptProcessorNotification;
    PPEPCALLBACKNOTIFYACPI AcceptAcpiNotification;
} PEP_INFORMATION, *PPEP_INFORMATION;

typedef VOID POFXCALLBACKREQUESTWORKER(_In_ POHANDLE Plugin);
typedef POFXCALLBACKREQUESTWORKER *PPOFXCALLBACKREQUESTWORKER;

#define PEP_KERNEL_INFORMATION_V3 3
#define PEP_KERNEL_INFORMATION_VERSION PEP_KERNEL_INFORMATION_V3

/*
 * The caller fills Version and Size, the framework the rest. The members without a prototype serve processor and platform
 * plug-ins; they are addresses of functions and only hold their place here.
 */
typedef struct _PEP_KERNEL_INFORMATION
{
    USHORT Version;
    USHORT Size;
    POHANDLE Plugin;
    PPOFXCALLBACKREQUESTWORKER RequestWorker;
    PVOID EnumerateUnmaskedInterrupts;
    PVOID ProcessorHalt;
    PVOID RequestInterrupt;
    PVOID TransitionCriticalResource;
    PVOID ProcessorIdleVeto;
    PVOID PlatformIdleVeto;
    PVOID UpdateProcessorIdleState;
    PVOID UpdatePlatformIdleState;
    PVOID RequestCommon;
} PEP_KERNEL_INFORMATION, *PPEP_KERNEL_INFORMATION;

NTKERNELAPI NTSTATUS NTAPI PoFxRegisterPlugin(_In_ PPEP_INFORMATION PepInformation,
                                              _Inout_ PPEP_KERNEL_INFORMATION KernelInformation);

EXTERN_C_END

#endif /* DMF_PEPFX_H */
