/* SPDX-License-Identifier: MIT */
/*
 * The virtual HID framework: a driver makes a HID device out of a report descriptor, submits its input reports, and answers
 * what the HID class asks of it.
 *
 * Callbacks run at DISPATCH_LEVEL or below, from VhfStart on (they may come before it returns) until VhfDelete with Wait
 * returns. Every operation handle that a callback gets must be completed exactly once.
 */
#ifndef DMF_VHF_H
#define DMF_VHF_H

#include "ntclass.h"
#include "hidclass.h"

EXTERN_C_START

typedef PVOID VHFHANDLE;
typedef PVOID VHFOPERATIONHANDLE;

typedef _IRQL_requires_max_(DISPATCH_LEVEL) VOID EVT_VHF_READY_FOR_NEXT_READ_REPORT(_In_ PVOID VhfClientContext);
typedef EVT_VHF_READY_FOR_NEXT_READ_REPORT *PEVT_VHF_READY_FOR_NEXT_READ_REPORT;

typedef _IRQL_requires_max_(DISPATCH_LEVEL) VOID EVT_VHF_ASYNC_OPERATION(_In_ PVOID VhfClientContext,
                                                                         _In_ VHFOPERATIONHANDLE VhfOperationHandle,
                                                                         _In_opt_ PVOID VhfOperationContext,
                                                                         _In_ PHID_XFER_PACKET HidTransferPacket);
typedef EVT_VHF_ASYNC_OPERATION *PEVT_VHF_ASYNC_OPERATION;

typedef _IRQL_requires_max_(DISPATCH_LEVEL) VOID EVT_VHF_CLEANUP(_In_ PVOID VhfClientContext);
typedef EVT_VHF_CLEANUP *PEVT_VHF_CLEANUP;

typedef struct _VHF_CONFIG
{
    ULONG Size;
    PVOID VhfClientContext;
    ULONG OperationContextSize;
#if defined(_KERNEL_MODE) || defined(DMF_KERNEL_MODE)
    PDEVICE_OBJECT DeviceObject;
#else
    HANDLE FileHandle;
#endif
    USHORT VendorID;
    USHORT ProductID;
    USHORT VersionNumber;
    GUID ContainerID;
    USHORT InstanceIDLength;
    _Field_size_bytes_full_(InstanceIDLength) PWSTR InstanceID;
    USHORT ReportDescriptorLength;
    _Field_size_full_(ReportDescriptorLength) PUCHAR ReportDescriptor;
    PEVT_VHF_READY_FOR_NEXT_READ_REPORT EvtVhfReadyForNextReadReport;
    PEVT_VHF_ASYNC_OPERATION EvtVhfAsyncOperationGetFeature;
    PEVT_VHF_ASYNC_OPERATION EvtVhfAsyncOperationSetFeature;
    PEVT_VHF_ASYNC_OPERATION EvtVhfAsyncOperationWriteReport;
    PEVT_VHF_ASYNC_OPERATION EvtVhfAsyncOperationGetInputReport;
    PEVT_VHF_CLEANUP EvtVhfCleanup;
    USHORT HardwareIDsLength;
    _Field_size_bytes_full_(HardwareIDsLength) PWSTR HardwareIDs;
} VHF_CONFIG, *PVHF_CONFIG;

#if defined(_KERNEL_MODE) || defined(DMF_KERNEL_MODE)
FORCEINLINE VOID VHF_CONFIG_INIT(_Out_ PVHF_CONFIG Config, _In_ PDEVICE_OBJECT DeviceObject,
                                 _In_ USHORT ReportDescriptorLength, _In_ PUCHAR ReportDescriptor)
{
    __builtin_memset(Config, 0, sizeof(*Config));
    Config->Size = sizeof(*Config);
    Config->DeviceObject = DeviceObject;
    Config->ReportDescriptorLength = ReportDescriptorLength;
    Config->ReportDescriptor = ReportDescriptor;
}
#else
FORCEINLINE VOID VHF_CONFIG_INIT(_Out_ PVHF_CONFIG Config, _In_ HANDLE FileHandle, _In_ USHORT ReportDescriptorLength,
                                 _In_ PUCHAR ReportDescriptor)
{
    __builtin_memset(Config, 0, sizeof(*Config));
    Config->Size = sizeof(*Config);
    Config->FileHandle = FileHandle;
    Config->ReportDescriptorLength = ReportDescriptorLength;
    Config->ReportDescriptor = ReportDescriptor;
}
#endif

/* Copies the configuration, its strings and the report descriptor. */
_IRQL_requires_(PASSIVE_LEVEL) _Must_inspect_result_
NTSYSAPI NTSTATUS NTAPI VhfCreate(_In_ PVHF_CONFIG VhfConfig, _Out_ VHFHANDLE *VhfHandle);

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
NTSYSAPI NTSTATUS NTAPI VhfStart(_In_ VHFHANDLE VhfHandle);

/* With Wait, at PASSIVE_LEVEL only: returns when all operations are complete and no callback runs any more. */
_IRQL_requires_max_(DISPATCH_LEVEL)
NTSYSAPI VOID NTAPI VhfDelete(_In_ VHFHANDLE VhfHandle, _In_ BOOLEAN Wait);

/* Copies the report, which starts with the report ID when the descriptor has report IDs. */
_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
NTSYSAPI NTSTATUS NTAPI VhfReadReportSubmit(_In_ VHFHANDLE VhfHandle, _In_ PHID_XFER_PACKET HidTransferPacket);

_IRQL_requires_max_(DISPATCH_LEVEL)
NTSYSAPI NTSTATUS NTAPI VhfAsyncOperationComplete(_In_ VHFOPERATIONHANDLE VhfOperationHandle,
                                                  _In_ NTSTATUS CompletionStatus);

EXTERN_C_END

#endif /* DMF_VHF_H */
