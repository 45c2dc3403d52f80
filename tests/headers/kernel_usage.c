/* SPDX-License-Identifier: MIT */
/*
 * Every name that the published framework, Modules and samples take from the kernel's headers, mentioned once, followed by
 * code as driver authors write it. It is compiled as C and as C++ and never linked or run.
 *
 * try: kernel
 */
#define ENABLE_INTSAFE_SIGNED_FUNCTIONS
#include <initguid.h>
#include <ntifs.h>
#include <wdm.h>
#include <ntddk.h>
#include <ntstatus.h>
#include <ntintsafe.h>
#include <ntstrsafe.h>
#include <wmiguid.h>
#include <ntddstor.h>
#include <ntddser.h>
#include <wdmguid.h>
#include <ntddvdeo.h>
#include <wpprecorder.h>
#include <lkmdtel.h>
#include <intrin.h>
#include <devpkey.h>
#include <evntrace.h>
#include <driverspecs.h>

EXTERN_C_START
size_t kernel_usage_types(void);
size_t kernel_usage_functions(void);
void kernel_usage_values(void);
NTSTATUS kernel_usage_irp(PDEVICE_OBJECT DeviceObject, PIRP Irp);
NTSTATUS kernel_usage_strings(PUNICODE_STRING Result, PCWSTR Text, ...);
NTSTATUS kernel_usage_registry(PUNICODE_STRING Path, PVOID Buffer, ULONG BufferSize);
NTSTATUS kernel_usage_notification(PDRIVER_OBJECT DriverObject, PVOID Context, PVOID *Entry);
VOID kernel_usage_synchronisation(PKEVENT Event, PKSPIN_LOCK SpinLock);
PVOID kernel_usage_memory(PMDL Mdl);
BOOLEAN kernel_usage_version(VOID);
NTSTATUS kernel_usage_integers(INT32 First, INT32 Second, LONG64 *Result);
DRIVER_INITIALIZE kernel_usage_entry;
DRIVER_DISPATCH kernel_usage_dispatch;
DRIVER_UNLOAD kernel_usage_unload;
DRIVER_ADD_DEVICE kernel_usage_add_device;
DRIVER_CANCEL kernel_usage_cancel;
IO_COMPLETION_ROUTINE kernel_usage_completion;
KDEFERRED_ROUTINE kernel_usage_dpc;
KSTART_ROUTINE kernel_usage_thread;
DRIVER_NOTIFICATION_CALLBACK_ROUTINE kernel_usage_arrival;
KBUGCHECK_REASON_CALLBACK_ROUTINE kernel_usage_bug_check;
CALLBACK_FUNCTION kernel_usage_callback;
EXTERN_C_END

/* Names that exist for the preprocessor only. */
#ifndef IoCompleteRequest
#error "IoCompleteRequest is missing"
#endif
#ifndef KdPrint
#error "KdPrint is missing"
#endif
#ifndef KeInitializeCallbackRecord
#error "KeInitializeCallbackRecord is missing"
#endif
#ifndef KeAcquireSpinLock
#error "KeAcquireSpinLock is missing"
#endif
#ifndef RtlZeroMemory
#error "RtlZeroMemory is missing"
#endif
#ifndef RtlCopyMemory
#error "RtlCopyMemory is missing"
#endif
#ifndef RtlFillMemory
#error "RtlFillMemory is missing"
#endif
#ifndef RtlMoveMemory
#error "RtlMoveMemory is missing"
#endif
#ifndef NT_SUCCESS
#error "NT_SUCCESS is missing"
#endif
#ifndef PAGED_CODE
#error "PAGED_CODE is missing"
#endif
#ifndef UNREFERENCED_PARAMETER
#error "UNREFERENCED_PARAMETER is missing"
#endif
#ifndef ARRAYSIZE
#error "ARRAYSIZE is missing"
#endif
#ifndef CTL_CODE
#error "CTL_CODE is missing"
#endif
#ifndef ASSERT
#error "ASSERT is missing"
#endif
#ifndef ARGUMENT_PRESENT
#error "ARGUMENT_PRESENT is missing"
#endif
#ifndef CONTAINING_RECORD
#error "CONTAINING_RECORD is missing"
#endif
#ifndef FORCEINLINE
#error "FORCEINLINE is missing"
#endif
#ifndef FIELD_OFFSET
#error "FIELD_OFFSET is missing"
#endif
#ifndef NT_ASSERT
#error "NT_ASSERT is missing"
#endif
#ifndef InitializeObjectAttributes
#error "InitializeObjectAttributes is missing"
#endif
#ifndef RTL_SIZEOF_THROUGH_FIELD
#error "RTL_SIZEOF_THROUGH_FIELD is missing"
#endif
#ifndef MAKELANGID
#error "MAKELANGID is missing"
#endif
#ifndef __declspec
#error "__declspec is missing"
#endif
#ifndef ALIGN_UP_BY
#error "ALIGN_UP_BY is missing"
#endif
#ifndef ASSERTMSG
#error "ASSERTMSG is missing"
#endif
#ifndef DECLSPEC_ALIGN
#error "DECLSPEC_ALIGN is missing"
#endif
#ifndef MAKELCID
#error "MAKELCID is missing"
#endif
#ifndef PtrToUlong
#error "PtrToUlong is missing"
#endif
#ifndef VER_SET_CONDITION
#error "VER_SET_CONDITION is missing"
#endif
#ifndef _In_
#error "_In_ is missing"
#endif
#ifndef _IRQL_requires_max_
#error "_IRQL_requires_max_ is missing"
#endif
#ifndef _Must_inspect_result_
#error "_Must_inspect_result_ is missing"
#endif
#ifndef _Function_class_
#error "_Function_class_ is missing"
#endif
#ifndef _Out_
#error "_Out_ is missing"
#endif
#ifndef _IRQL_requires_same_
#error "_IRQL_requires_same_ is missing"
#endif
#ifndef _In_opt_
#error "_In_opt_ is missing"
#endif
#ifndef _In_reads_
#error "_In_reads_ is missing"
#endif
#ifndef _Out_opt_
#error "_Out_opt_ is missing"
#endif
#ifndef _In_z_
#error "_In_z_ is missing"
#endif
#ifndef _Inout_
#error "_Inout_ is missing"
#endif
#ifndef _In_reads_bytes_opt_
#error "_In_reads_bytes_opt_ is missing"
#endif
#ifndef _Out_writes_bytes_opt_
#error "_Out_writes_bytes_opt_ is missing"
#endif
#ifndef _Out_writes_
#error "_Out_writes_ is missing"
#endif
#ifndef _Use_decl_annotations_
#error "_Use_decl_annotations_ is missing"
#endif
#ifndef _IRQL_requires_
#error "_IRQL_requires_ is missing"
#endif
#ifndef _In_reads_bytes_
#error "_In_reads_bytes_ is missing"
#endif
#ifndef _Inout_opt_
#error "_Inout_opt_ is missing"
#endif
#ifndef _In_opt_z_
#error "_In_opt_z_ is missing"
#endif
#ifndef _Inout_updates_
#error "_Inout_updates_ is missing"
#endif
#ifndef _Out_writes_opt_
#error "_Out_writes_opt_ is missing"
#endif
#ifndef _Check_return_
#error "_Check_return_ is missing"
#endif
#ifndef _Inout_updates_bytes_
#error "_Inout_updates_bytes_ is missing"
#endif
#ifndef _Out_writes_bytes_
#error "_Out_writes_bytes_ is missing"
#endif
#ifndef _Success_
#error "_Success_ is missing"
#endif
#ifndef _IRQL_limited_to_
#error "_IRQL_limited_to_ is missing"
#endif
#ifndef __analysis_assume
#error "__analysis_assume is missing"
#endif
#ifndef __drv_aliasesMem
#error "__drv_aliasesMem is missing"
#endif
#ifndef _In_reads_opt_
#error "_In_reads_opt_ is missing"
#endif
#ifndef _Printf_format_string_
#error "_Printf_format_string_ is missing"
#endif
#ifndef _IRQL_always_function_max_
#error "_IRQL_always_function_max_ is missing"
#endif
#ifndef _At_
#error "_At_ is missing"
#endif
#ifndef _Field_size_
#error "_Field_size_ is missing"
#endif
#ifndef _Inout_updates_to_
#error "_Inout_updates_to_ is missing"
#endif
#ifndef _Post_equal_to_
#error "_Post_equal_to_ is missing"
#endif
#ifndef __deref_opt_out_bcount_opt
#error "__deref_opt_out_bcount_opt is missing"
#endif
#ifndef __in_bcount_opt
#error "__in_bcount_opt is missing"
#endif
#ifndef _Analysis_assume_
#error "_Analysis_assume_ is missing"
#endif
#ifndef _In_bytecount_
#error "_In_bytecount_ is missing"
#endif
#ifndef _Out_writes_to_opt_
#error "_Out_writes_to_opt_ is missing"
#endif
#ifndef _String_length_
#error "_String_length_ is missing"
#endif
#ifndef _Always_
#error "_Always_ is missing"
#endif
#ifndef _Inout_updates_bytes_opt_
#error "_Inout_updates_bytes_opt_ is missing"
#endif
#ifndef _When_
#error "_When_ is missing"
#endif
#ifndef __assume
#error "__assume is missing"
#endif
#ifndef __deref_bcount
#error "__deref_bcount is missing"
#endif
#ifndef __deref_out_bcount
#error "__deref_out_bcount is missing"
#endif
#ifndef __deref_out_bcount_opt
#error "__deref_out_bcount_opt is missing"
#endif
#ifndef __drv_reportError
#error "__drv_reportError is missing"
#endif
/* In C++ the standard library has the next name for itself. */
#if !defined(__in) && !defined(__cplusplus)
#error "__in is missing"
#endif

#define USES_TYPE(Name) size += sizeof(Name *)
#define USES_FUNCTION(Name) size += sizeof(&Name)
#define USES_VALUE(Name) (void)(Name)

size_t kernel_usage_types(void)
{
    size_t size = 0;

    USES_TYPE(KBUGCHECK_REASON_CALLBACK_RECORD);
    USES_TYPE(KBUGCHECK_SECONDARY_DUMP_DATA);
    USES_TYPE(KBUGCHECK_CALLBACK_REASON);
    USES_TYPE(KBUGCHECK_REASON_CALLBACK_ROUTINE);
    USES_TYPE(KBUGCHECK_TRIAGE_DUMP_DATA);
    USES_TYPE(PKEY_BASIC_INFORMATION);
    USES_TYPE(NTSTATUS);
    USES_TYPE(ULONG);
    USES_TYPE(BOOLEAN);
    USES_TYPE(UCHAR);
    USES_TYPE(WCHAR);
    USES_TYPE(LONG);
    USES_TYPE(HANDLE);
    USES_TYPE(USHORT);
    USES_TYPE(CHAR);
    USES_TYPE(GUID);
    USES_TYPE(ULONG_PTR);
    USES_TYPE(DWORD);
    USES_TYPE(UNICODE_STRING);
    USES_TYPE(ULONGLONG);
    USES_TYPE(PWSTR);
    USES_TYPE(PVOID);
    USES_TYPE(UINT16);
    USES_TYPE(LPGUID);
    USES_TYPE(UINT32);
    USES_TYPE(LONGLONG);
    USES_TYPE(LIST_ENTRY);
    USES_TYPE(UINT8);
    USES_TYPE(PWCHAR);
    USES_TYPE(PUNICODE_STRING);
    USES_TYPE(UINT);
    USES_TYPE(PCWSTR);
    USES_TYPE(PUCHAR);
    USES_TYPE(PLIST_ENTRY);
    USES_TYPE(INT32);
    USES_TYPE(SIZE_T);
    USES_TYPE(LARGE_INTEGER);
    USES_TYPE(UINT64);
    USES_TYPE(DRIVER_INITIALIZE);
    USES_TYPE(PSTR);
    USES_TYPE(HRESULT);
    USES_TYPE(DEVICE_RELATION_TYPE);
    USES_TYPE(PDRIVER_OBJECT);
    USES_TYPE(POOL_TYPE);
    USES_TYPE(INT);
    USES_TYPE(PULONG);
    USES_TYPE(PUINT8);
    USES_TYPE(DEVPROPTYPE);
    USES_TYPE(INT64);
    USES_TYPE(PCHAR);
    USES_TYPE(SHORT);
    USES_TYPE(PCM_PARTIAL_RESOURCE_DESCRIPTOR);
    USES_TYPE(OBJECT_ATTRIBUTES);
    USES_TYPE(PDEVICE_INTERFACE_CHANGE_NOTIFICATION);
    USES_TYPE(ACCESS_MASK);
    USES_TYPE(ANSI_STRING);
    USES_TYPE(CM_PARTIAL_RESOURCE_DESCRIPTOR);
    USES_TYPE(IO_STATUS_BLOCK);
    USES_TYPE(PDEVICE_OBJECT);
    USES_TYPE(PINTERFACE);
    USES_TYPE(ULONG64);
    USES_TYPE(DRIVER_NOTIFICATION_CALLBACK_ROUTINE);
    USES_TYPE(INTERFACE);
    USES_TYPE(LCID);
    USES_TYPE(LPTSTR);
    USES_TYPE(PDRIVER_NOTIFICATION_CALLBACK_ROUTINE);
    USES_TYPE(PLARGE_INTEGER);
    USES_TYPE(SERIAL_CHARS);
    USES_TYPE(SERIAL_HANDFLOW);
    USES_TYPE(DEVPROPKEY);
    USES_TYPE(LPWSTR);
    USES_TYPE(PCUNICODE_STRING);
    USES_TYPE(PIRP);
    USES_TYPE(PUSHORT);
    USES_TYPE(TIME_FIELDS);
    USES_TYPE(struct _KBUGCHECK_REASON_CALLBACK_RECORD);
    USES_TYPE(DEVICE_INTERFACE_CHANGE_NOTIFICATION);
    USES_TYPE(DEVPROP_BOOLEAN);
    USES_TYPE(EVENT_TYPE);
    USES_TYPE(IRP);
    USES_TYPE(KSTART_ROUTINE);
    USES_TYPE(LPCGUID);
    USES_TYPE(NTSTRSAFE_PSTR);
    USES_TYPE(PANSI_STRING);
    USES_TYPE(PCANSI_STRING);
    USES_TYPE(POWER_ACTION);
    USES_TYPE(PULONGLONG);
    USES_TYPE(SERIAL_BAUD_RATE);
    USES_TYPE(SERIAL_LINE_CONTROL);
    USES_TYPE(SERIAL_QUEUE_SIZE);
    USES_TYPE(SERIAL_TIMEOUTS);
    USES_TYPE(UUID);
    USES_TYPE(CALLBACK_FUNCTION);
    USES_TYPE(DRIVER_OBJECT);
    USES_TYPE(EX_RUNDOWN_REF);
    USES_TYPE(FILE_STANDARD_INFORMATION);
    USES_TYPE(INT16);
    USES_TYPE(KADDRESS_RANGE);
    USES_TYPE(KEVENT);
    USES_TYPE(KIRQL);
    USES_TYPE(KPROCESSOR_MODE);
    USES_TYPE(KSPIN_LOCK);
    USES_TYPE(LONG64);
    USES_TYPE(LPCWSTR);
    USES_TYPE(PACCESS_TOKEN);
    USES_TYPE(PBOOLEAN);
    USES_TYPE(PCALLBACK_OBJECT);
    USES_TYPE(PDEVPROPTYPE);
    USES_TYPE(PIO_SECURITY_CONTEXT);
    USES_TYPE(PIO_STACK_LOCATION);
    USES_TYPE(PKEVENT);
    USES_TYPE(PLONG);
    USES_TYPE(PNP_BUS_INFORMATION);
    USES_TYPE(POHANDLE);
    USES_TYPE(PSECURITY_DESCRIPTOR);
    USES_TYPE(PWCH);
    USES_TYPE(PWNODE_ALL_DATA);
    USES_TYPE(RTL_OSVERSIONINFOEXW);
    USES_TYPE(RTL_OSVERSIONINFOW);
    USES_TYPE(STRSAFE_PCNZWCH);
    USES_TYPE(ULONG32);
    USES_TYPE(WNODE_ALL_DATA);
    return size;
}

size_t kernel_usage_functions(void)
{
    size_t size = 0;

    USES_FUNCTION(ObDereferenceObject);
    USES_FUNCTION(LkmdTelInsertTriageDataBlock);
    USES_FUNCTION(LkmdTelCloseHandle);
    USES_FUNCTION(LkmdTelCreateReport);
    USES_FUNCTION(LkmdTelSetSecondaryData);
    USES_FUNCTION(LkmdTelSubmitReport);
    USES_FUNCTION(RtlLong64Mult);
    USES_FUNCTION(RtlInt32Add);
    USES_FUNCTION(RtlInt32Mult);
    USES_FUNCTION(RtlLong64Add);
    USES_FUNCTION(ExGetFirmwareEnvironmentVariable);
    USES_FUNCTION(ExNotifyCallback);
    USES_FUNCTION(ExAcquireRundownProtection);
    USES_FUNCTION(ExCreateCallback);
    USES_FUNCTION(ExFreePool);
    USES_FUNCTION(ExFreePoolWithTag);
    USES_FUNCTION(ExInitializeRundownProtection);
    USES_FUNCTION(ExLocalTimeToSystemTime);
    USES_FUNCTION(ExReInitializeRundownProtection);
    USES_FUNCTION(ExRegisterCallback);
    USES_FUNCTION(ExReleaseRundownProtection);
    USES_FUNCTION(ExRundownCompleted);
    USES_FUNCTION(ExSetFirmwareEnvironmentVariable);
    USES_FUNCTION(ExSystemTimeToLocalTime);
    USES_FUNCTION(ExUnregisterCallback);
    USES_FUNCTION(ExWaitForRundownProtectionRelease);
    USES_FUNCTION(IoSetDeviceInterfacePropertyData);
    USES_FUNCTION(IoRegisterPlugPlayNotification);
    USES_FUNCTION(IoUnregisterPlugPlayNotificationEx);
    USES_FUNCTION(IoWMIQueryAllData);
    USES_FUNCTION(IoGetCurrentIrpStackLocation);
    USES_FUNCTION(IoGetDeviceInterfaces);
    USES_FUNCTION(IoOpenDeviceInterfaceRegistryKey);
    USES_FUNCTION(IoQueryFullDriverPath);
    USES_FUNCTION(IoSkipCurrentIrpStackLocation);
    USES_FUNCTION(IoWMIOpenBlock);
    USES_FUNCTION(KeGetCurrentIrql);
    USES_FUNCTION(KeDeregisterBugCheckReasonCallback);
    USES_FUNCTION(KeQueryPerformanceCounter);
    USES_FUNCTION(KeRegisterBugCheckReasonCallback);
    USES_FUNCTION(KeDelayExecutionThread);
    USES_FUNCTION(KeQueryInterruptTime);
    USES_FUNCTION(KeSetEvent);
    USES_FUNCTION(KeWaitForSingleObject);
    USES_FUNCTION(KeBugCheckEx);
    USES_FUNCTION(KeInitializeEvent);
    USES_FUNCTION(KeInitializeSpinLock);
    USES_FUNCTION(KeQuerySystemTimePrecise);
    USES_FUNCTION(KeReleaseSpinLock);
    USES_FUNCTION(KeResetEvent);
    USES_FUNCTION(KeWaitForMultipleObjects);
    USES_FUNCTION(MmGetSystemRoutineAddress);
    USES_FUNCTION(ObReferenceObjectByHandle);
    USES_FUNCTION(ObOpenObjectByPointer);
    USES_FUNCTION(PoRegisterPowerSettingCallback);
    USES_FUNCTION(PoUnregisterPowerSettingCallback);
    USES_FUNCTION(PsCreateSystemThread);
    USES_FUNCTION(PsGetCurrentThread);
    USES_FUNCTION(RtlInitUnicodeString);
    USES_FUNCTION(RtlCompareMemory);
    USES_FUNCTION(RtlInitAnsiString);
    USES_FUNCTION(RtlCompareUnicodeString);
    USES_FUNCTION(RtlDecompressBuffer);
    USES_FUNCTION(RtlInitEmptyUnicodeString);
    USES_FUNCTION(RtlWriteRegistryValue);
    USES_FUNCTION(RtlTimeToTimeFields);
    USES_FUNCTION(RtlAnsiStringToUnicodeString);
    USES_FUNCTION(RtlAssert);
    USES_FUNCTION(RtlCheckRegistryKey);
    USES_FUNCTION(RtlCompareUnicodeStrings);
    USES_FUNCTION(RtlCreateRegistryKey);
    USES_FUNCTION(RtlEqualUnicodeString);
    USES_FUNCTION(RtlGetVersion);
    USES_FUNCTION(RtlRandomEx);
    USES_FUNCTION(RtlTimeFieldsToTime);
    USES_FUNCTION(RtlUnicodeStringToAnsiString);
    USES_FUNCTION(RtlVerifyVersionInfo);
    USES_FUNCTION(SeTokenIsAdmin);
    USES_FUNCTION(ZwClose);
    USES_FUNCTION(ZwEnumerateKey);
    USES_FUNCTION(ZwOpenFile);
    USES_FUNCTION(ZwQueryKey);
    USES_FUNCTION(ZwCreateFile);
    USES_FUNCTION(ZwOpenEvent);
    USES_FUNCTION(ZwQueryInformationFile);
    USES_FUNCTION(ZwReadFile);
    USES_FUNCTION(ZwSetSecurityObject);
    USES_FUNCTION(ZwWriteFile);
    USES_FUNCTION(RtlStringCchLengthW);
    USES_FUNCTION(RtlUnicodeStringInit);
    USES_FUNCTION(RtlStringCbPrintfA);
    USES_FUNCTION(RtlUnicodeStringCopy);
    USES_FUNCTION(RtlUnicodeStringPrintf);
    USES_FUNCTION(RtlStringCbVPrintfExA);
    USES_FUNCTION(RtlStringCchCatW);
    USES_FUNCTION(RtlStringCchCopyUnicodeString);
    USES_FUNCTION(RtlStringCchCopyW);
    USES_FUNCTION(RtlUnicodeStringVPrintf);
    USES_FUNCTION(InitializeListHead);
    USES_FUNCTION(RemoveEntryList);
    USES_FUNCTION(InsertTailList);
    USES_FUNCTION(IsListEmpty);
    USES_FUNCTION(RemoveHeadList);
    USES_FUNCTION(InsertHeadList);
    return size;
}

void kernel_usage_values(void)
{
    USES_VALUE(KB_TRIAGE_DUMP_DATA_FLAG_BUGCHECK_ACTIVE);
    USES_VALUE(CmResourceTypeConnection);
    USES_VALUE(CmResourceTypeInterrupt);
    USES_VALUE(PASSIVE_LEVEL);
    USES_VALUE(FALSE);
    USES_VALUE(DISPATCH_LEVEL);
    USES_VALUE(TRUE);
    USES_VALUE(METHOD_BUFFERED);
    USES_VALUE(FILE_DEVICE_UNKNOWN);
    USES_VALUE(FILE_WRITE_ACCESS);
    USES_VALUE(FILE_SHARE_READ);
    USES_VALUE(GENERIC_READ);
    USES_VALUE(FILE_READ_ACCESS);
    USES_VALUE(REG_DWORD);
    USES_VALUE(KEY_READ);
    USES_VALUE(FILE_SHARE_WRITE);
    USES_VALUE(MEMORY_ALLOCATION_ALIGNMENT);
    USES_VALUE(GENERIC_WRITE);
    USES_VALUE(FILE_ATTRIBUTE_NORMAL);
    USES_VALUE(KEY_SET_VALUE);
    USES_VALUE(REG_QWORD);
    USES_VALUE(REG_BINARY);
    USES_VALUE(REG_MULTI_SZ);
    USES_VALUE(REG_SZ);
    USES_VALUE(UNICODE_NULL);
    USES_VALUE(PLUGPLAY_REGKEY_DEVICE);
    USES_VALUE(MAX_NATURAL_ALIGNMENT);
    USES_VALUE(OBJ_KERNEL_HANDLE);
    USES_VALUE(PLUGPLAY_REGKEY_DRIVER);
    USES_VALUE(DEVPROP_TYPE_UINT32);
    USES_VALUE(GENERIC_ALL);
    USES_VALUE(NTSTRSAFE_MAX_CCH);
    USES_VALUE(RTL_REGISTRY_ABSOLUTE);
    USES_VALUE(CM_RESOURCE_CONNECTION_CLASS_SERIAL);
    USES_VALUE(DEVPROP_TRUE);
    USES_VALUE(MAXIMUM_WAIT_OBJECTS);
    USES_VALUE(OBJ_CASE_INSENSITIVE);
    USES_VALUE(PNPNOTIFY_DEVICE_INTERFACE_INCLUDE_EXISTING_INTERFACES);
    USES_VALUE(FILE_OPEN);
    USES_VALUE(FILE_SYNCHRONOUS_IO_NONALERT);
    USES_VALUE(SYNCHRONIZE);
    USES_VALUE(APC_LEVEL);
    USES_VALUE(BYTE_MAX);
    USES_VALUE(CM_RESOURCE_CONNECTION_TYPE_SERIAL_I2C);
    USES_VALUE(CM_RESOURCE_CONNECTION_TYPE_SERIAL_SPI);
    USES_VALUE(DEVPROP_TYPE_BOOLEAN);
    USES_VALUE(DEVPROP_TYPE_STRING_LIST);
    USES_VALUE(FILE_DEVICE_BUS_EXTENDER);
    USES_VALUE(FILE_GENERIC_READ);
    USES_VALUE(FILE_GENERIC_WRITE);
    USES_VALUE(IRP_MJ_PNP);
    USES_VALUE(IRP_MN_DEVICE_ENUMERATED);
    USES_VALUE(KEY_ALL_ACCESS);
    USES_VALUE(LOCALE_NEUTRAL);
    USES_VALUE(METHOD_OUT_DIRECT);
    USES_VALUE(PLUGPLAY_REGKEY_CURRENT_HWPROFILE);
    USES_VALUE(REG_OPTION_NON_VOLATILE);
    USES_VALUE(THREAD_ALL_ACCESS);
    USES_VALUE(VER_BUILDNUMBER);
    USES_VALUE(CM_RESOURCE_CONNECTION_CLASS_GPIO);
    USES_VALUE(CM_RESOURCE_CONNECTION_TYPE_SERIAL_UART);
    USES_VALUE(DACL_SECURITY_INFORMATION);
    USES_VALUE(DEVICE_INTERFACE_INCLUDE_NONACTIVE);
    USES_VALUE(EVENT_MODIFY_STATE);
    USES_VALUE(FILE_OVERWRITE_IF);
    USES_VALUE(FILE_READ_DATA);
    USES_VALUE(IO_NO_INCREMENT);
    USES_VALUE(KEY_WRITE);
    USES_VALUE(LANG_ENGLISH);
    USES_VALUE(OBJ_PERMANENT);
    USES_VALUE(SORT_DEFAULT);
    USES_VALUE(STANDARD_RIGHTS_ALL);
    USES_VALUE(STRSAFE_NULL_ON_FAILURE);
    USES_VALUE(SUBLANG_ENGLISH_US);
    USES_VALUE(VER_GREATER_EQUAL);
    USES_VALUE(WMIGUID_QUERY);
    USES_VALUE(WRITE_DAC);
    USES_VALUE(STATUS_SUCCESS);
    USES_VALUE(STATUS_INVALID_PARAMETER);
    USES_VALUE(STATUS_UNSUCCESSFUL);
    USES_VALUE(STATUS_BUFFER_TOO_SMALL);
    USES_VALUE(STATUS_INVALID_DEVICE_STATE);
    USES_VALUE(STATUS_CANCELLED);
    USES_VALUE(STATUS_OBJECT_NAME_NOT_FOUND);
    USES_VALUE(STATUS_INVALID_DEVICE_REQUEST);
    USES_VALUE(STATUS_INSUFFICIENT_RESOURCES);
    USES_VALUE(STATUS_NOT_SUPPORTED);
    USES_VALUE(STATUS_DELETE_PENDING);
    USES_VALUE(STATUS_DEVICE_PROTOCOL_ERROR);
    USES_VALUE(STATUS_NOT_FOUND);
    USES_VALUE(STATUS_PENDING);
    USES_VALUE(STATUS_BUFFER_OVERFLOW);
    USES_VALUE(STATUS_DEVICE_CONFIGURATION_ERROR);
    USES_VALUE(STATUS_INVALID_BUFFER_SIZE);
    USES_VALUE(STATUS_NOT_IMPLEMENTED);
    USES_VALUE(STATUS_RANGE_NOT_FOUND);
    USES_VALUE(STATUS_INTERNAL_ERROR);
    USES_VALUE(STATUS_WAIT_0);
    USES_VALUE(STATUS_ACCESS_DENIED);
    USES_VALUE(STATUS_INVALID_ADDRESS);
    USES_VALUE(STATUS_NO_MORE_ENTRIES);
    USES_VALUE(STATUS_INVALID_HANDLE);
    USES_VALUE(STATUS_WAIT_1);
    USES_VALUE(STATUS_ACPI_INVALID_DATA);
    USES_VALUE(STATUS_DEVICE_REMOVED);
    USES_VALUE(STATUS_INVALID_PARAMETER_1);
    USES_VALUE(STATUS_INVALID_PARAMETER_2);
    USES_VALUE(STATUS_INVALID_PARAMETER_3);
    USES_VALUE(STATUS_OBJECT_NAME_COLLISION);
    USES_VALUE(STATUS_TIMEOUT);
    USES_VALUE(STATUS_INVALID_PARAMETER_4);
    USES_VALUE(STATUS_OBJECTID_NOT_FOUND);
    USES_VALUE(STATUS_DEVICE_NOT_CONNECTED);
    USES_VALUE(STATUS_DIRECTORY_NOT_SUPPORTED);
    USES_VALUE(STATUS_FILE_NOT_AVAILABLE);
    USES_VALUE(STATUS_IO_TIMEOUT);
    USES_VALUE(STATUS_NOINTERFACE);
    USES_VALUE(STATUS_NO_MORE_FILES);
    USES_VALUE(NTDDI_VERSION);
    USES_VALUE(NTDDI_WIN10_19H1);
    USES_VALUE(NTDDI_WIN10_CO);
    USES_VALUE(NTDDI_WIN10_FE);
    USES_VALUE(NTDDI_WIN10_MN);
    USES_VALUE(NTDDI_WIN10_VB);
    USES_VALUE(NTDDI_WIN10_RS3);
    USES_VALUE(NTDDI_WIN10_NI);
    USES_VALUE(NTDDI_WIN10_RS4);
    USES_VALUE(NTDDI_WIN10_RS5);
    USES_VALUE(NTDDI_WIN11_GE);
    USES_VALUE(NTDDI_WIN10);
    USES_VALUE(MAX_PATH);
    USES_VALUE(ANYSIZE_ARRAY);
    USES_VALUE(MAXDWORD);
    USES_VALUE(GUID_DEVICE_INTERFACE_ARRIVAL);
    USES_VALUE(GUID_DEVICE_INTERFACE_REMOVAL);
    USES_VALUE(DEVPKEY_DeviceInterface_Restricted);
    USES_VALUE(DEVPKEY_DeviceInterface_UnrestrictedAppCapabilities);
    USES_VALUE(GUID_CONSOLE_DISPLAY_STATE);
    USES_VALUE(GUID_ACPI_INTERFACE_STANDARD2);
    USES_VALUE(GUID_DEVINTERFACE_DISK);
    USES_VALUE(SMBIOS_DATA_GUID);
    USES_VALUE(NonPagedPoolNx);
    USES_VALUE(PagedPool);
    USES_VALUE(SynchronizationEvent);
    USES_VALUE(KernelMode);
    USES_VALUE(NotificationEvent);
    USES_VALUE(PowerDeviceD3);
    USES_VALUE(EventCategoryDeviceInterfaceChange);
    USES_VALUE(DevicePropertyDeviceDescription);
    USES_VALUE(DevicePropertyFriendlyName);
    USES_VALUE(DevicePropertyLocationInformation);
    USES_VALUE(Executive);
    USES_VALUE(KbCallbackSecondaryDumpData);
    USES_VALUE(KeyBasicInformation);
    USES_VALUE(KeyNameInformation);
    USES_VALUE(PowerActionHibernate);
    USES_VALUE(DevicePropertyPhysicalDeviceObjectName);
    USES_VALUE(FileStandardInformation);
    USES_VALUE(KbCallbackInvalid);
    USES_VALUE(KbCallbackTriageDumpData);
    USES_VALUE(PowerDeviceD0);
    USES_VALUE(PowerMonitorOff);
    USES_VALUE(PowerMonitorOn);
    USES_VALUE(PowerSystemHibernate);
    USES_VALUE(PowerSystemShutdown);
    USES_VALUE(PowerSystemSleeping1);
    USES_VALUE(PowerSystemSleeping2);
    USES_VALUE(PowerSystemSleeping3);
    USES_VALUE(PowerSystemWorking);
    USES_VALUE(WaitAll);
    USES_VALUE(WaitAny);
    USES_VALUE(SDDL_DEVOBJ_SYS_ALL_ADM_ALL);
    USES_VALUE(SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RWX_RES_RWX);
}

static PVOID usage_extension;

_Function_class_(DRIVER_INITIALIZE) _IRQL_requires_same_ _IRQL_requires_(PASSIVE_LEVEL)
NTSTATUS kernel_usage_entry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    PAGED_CODE();
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = kernel_usage_dispatch;
    DriverObject->MajorFunction[IRP_MJ_PNP] = kernel_usage_dispatch;
    DriverObject->DriverUnload = kernel_usage_unload;
    DriverObject->DriverExtension->AddDevice = kernel_usage_add_device;
    KdPrint(("entry %wZ\n", RegistryPath));
    return STATUS_SUCCESS;
}

VOID kernel_usage_unload(PDRIVER_OBJECT DriverObject)
{
    ASSERT(DriverObject->DeviceObject == NULL);
    ASSERTMSG("unload", DriverObject != NULL);
    NT_ASSERT(KeGetCurrentIrql() == PASSIVE_LEVEL);
}

NTSTATUS kernel_usage_add_device(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    PDEVICE_OBJECT device;
    PDEVICE_OBJECT below;
    NTSTATUS ntStatus = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE, &device);

    if (!NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    below = IoAttachDeviceToDeviceStack(device, PhysicalDeviceObject);
    if (below == NULL)
    {
        IoDeleteDevice(device);
        ntStatus = STATUS_NO_SUCH_DEVICE;
        goto Exit;
    }
    usage_extension = below;
    device->Flags |= below->Flags & (DO_BUFFERED_IO | DO_DIRECT_IO | DO_POWER_PAGABLE);
    device->Flags &= ~DO_DEVICE_INITIALIZING;
Exit:
    return ntStatus;
}

NTSTATUS kernel_usage_completion(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    if (Irp->PendingReturned)
    {
        IoMarkIrpPending(Irp);
    }
    (VOID) KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

VOID kernel_usage_cancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    IoReleaseCancelSpinLock(Irp->CancelIrql);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

NTSTATUS kernel_usage_dispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    switch (stack->MajorFunction)
    {
        case IRP_MJ_PNP:
            if (stack->MinorFunction == IRP_MN_DEVICE_ENUMERATED)
            {
                return STATUS_NOT_SUPPORTED;
            }
            break;
        default:
            break;
    }
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(DeviceObject, Irp);
}

NTSTATUS kernel_usage_irp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KEVENT event;
    LARGE_INTEGER timeout;
    NTSTATUS ntStatus;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoSetCompletionRoutine(Irp, kernel_usage_completion, &event, TRUE, TRUE, TRUE);
    IoSetCancelRoutine(Irp, kernel_usage_cancel);
    ntStatus = IoCallDriver(DeviceObject, Irp);
    if (ntStatus == STATUS_PENDING)
    {
        timeout.QuadPart = -10000LL * 1000;
        ntStatus = KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, &timeout);
        if (ntStatus == STATUS_TIMEOUT)
        {
            (VOID) IoCancelIrp(Irp);
        }
    }
    return ntStatus;
}

NTSTATUS kernel_usage_strings(PUNICODE_STRING Result, PCWSTR Text, ...)
{
    DECLARE_CONST_UNICODE_STRING(prefix, L"\\Device\\");
    DECLARE_UNICODE_STRING_SIZE(buffer, 64);
    static const UNICODE_STRING constant = RTL_CONSTANT_STRING(L"constant");
    CHAR narrow[32];
    WCHAR wide[32];
    size_t length;
    va_list arguments;
    NTSTATUS ntStatus;

    va_start(arguments, Text);
    ntStatus = RtlUnicodeStringVPrintf(Result, Text, arguments);
    va_end(arguments);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlUnicodeStringCopy(&buffer, &prefix);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlAppendUnicodeStringToString(&buffer, &constant);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlStringCbPrintfA(narrow, sizeof(narrow), "%d %s", 1, "x");
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlStringCchCopyW(wide, ARRAYSIZE(wide), L"text");
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlStringCchLengthW(wide, ARRAYSIZE(wide), &length);
    }
    return ntStatus;
}

NTSTATUS kernel_usage_registry(PUNICODE_STRING Path, PVOID Buffer, ULONG BufferSize)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    HANDLE key;
    ULONG length;
    NTSTATUS ntStatus;

    InitializeObjectAttributes(&attributes, Path, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    ntStatus = ZwOpenKey(&key, KEY_READ, &attributes);
    if (NT_SUCCESS(ntStatus))
    {
        RtlInitUnicodeString(&name, L"Value");
        ntStatus = ZwQueryValueKey(key, &name, KeyValuePartialInformation, Buffer, BufferSize, &length);
        if (NT_SUCCESS(ntStatus) && ((PKEY_VALUE_PARTIAL_INFORMATION)Buffer)->Type != REG_DWORD)
        {
            ntStatus = STATUS_OBJECT_TYPE_MISMATCH;
        }
        ZwClose(key);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlWriteRegistryValue(RTL_REGISTRY_ABSOLUTE, Path->Buffer, L"Value", REG_DWORD, Buffer, sizeof(ULONG));
    }
    return ntStatus;
}

NTSTATUS kernel_usage_arrival(PVOID NotificationStructure, PVOID Context)
{
    PDEVICE_INTERFACE_CHANGE_NOTIFICATION change = (PDEVICE_INTERFACE_CHANGE_NOTIFICATION)NotificationStructure;

    UNREFERENCED_PARAMETER(Context);
#ifdef __cplusplus
    if (IsEqualGUID(change->Event, GUID_DEVICE_INTERFACE_ARRIVAL))
#else
    if (IsEqualGUID(&change->Event, &GUID_DEVICE_INTERFACE_ARRIVAL))
#endif
    {
        return (change->SymbolicLinkName->Length != 0) ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
    }
    return STATUS_SUCCESS;
}

NTSTATUS kernel_usage_notification(PDRIVER_OBJECT DriverObject, PVOID Context, PVOID *Entry)
{
    return IoRegisterPlugPlayNotification(EventCategoryDeviceInterfaceChange,
                                          PNPNOTIFY_DEVICE_INTERFACE_INCLUDE_EXISTING_INTERFACES,
                                          (PVOID)&GUID_DEVICE_INTERFACE_REMOVAL, DriverObject,
                                          (PDRIVER_NOTIFICATION_CALLBACK_ROUTINE)kernel_usage_arrival, Context, Entry);
}

VOID kernel_usage_dpc(PKDPC Dpc, PVOID DeferredContext, PVOID SystemArgument1, PVOID SystemArgument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(SystemArgument1);
    UNREFERENCED_PARAMETER(SystemArgument2);
    InterlockedIncrement((PLONG)DeferredContext);
    InterlockedDecrement((PLONG)DeferredContext);
}

VOID kernel_usage_thread(PVOID StartContext)
{
    (VOID) PsGetCurrentThread();
    (VOID) PsTerminateSystemThread(*(PNTSTATUS)StartContext);
}

VOID kernel_usage_bug_check(KBUGCHECK_CALLBACK_REASON Reason, PKBUGCHECK_REASON_CALLBACK_RECORD Record, PVOID ReasonData,
                            ULONG ReasonDataLength)
{
    UNREFERENCED_PARAMETER(Record);
    UNREFERENCED_PARAMETER(ReasonDataLength);
    if (Reason == KbCallbackSecondaryDumpData)
    {
        ((PKBUGCHECK_SECONDARY_DUMP_DATA)ReasonData)->OutBufferLength = 0;
    }
    else if (Reason == KbCallbackTriageDumpData)
    {
        ((PKBUGCHECK_TRIAGE_DUMP_DATA)ReasonData)->Flags &= KB_TRIAGE_DUMP_DATA_FLAG_BUGCHECK_ACTIVE;
    }
}

VOID kernel_usage_callback(PVOID CallbackContext, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(CallbackContext);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
}

VOID kernel_usage_synchronisation(PKEVENT Event, PKSPIN_LOCK SpinLock)
{
    static EX_RUNDOWN_REF rundown;
    static KBUGCHECK_REASON_CALLBACK_RECORD record;
    static FAST_MUTEX mutex;
    static KTIMER timer;
    static KDPC dpc;
    static LIST_ENTRY list;
    LARGE_INTEGER due;
    LIST_ENTRY entry;
    PVOID objects[2];
    KIRQL irql;

    InitializeListHead(&list);
    InsertTailList(&list, &entry);
    if (!IsListEmpty(&list))
    {
        (VOID) RemoveHeadList(&list);
    }
    KeAcquireSpinLock(SpinLock, &irql);
    KeReleaseSpinLock(SpinLock, irql);
    ExInitializeRundownProtection(&rundown);
    if (ExAcquireRundownProtection(&rundown))
    {
        ExReleaseRundownProtection(&rundown);
    }
    ExWaitForRundownProtectionRelease(&rundown);
    ExInitializeFastMutex(&mutex);
    ExAcquireFastMutex(&mutex);
    ExReleaseFastMutex(&mutex);
    KeInitializeCallbackRecord(&record);
    (VOID) KeRegisterBugCheckReasonCallback(&record, kernel_usage_bug_check, KbCallbackSecondaryDumpData, (PUCHAR) "usage");
    KeInitializeDpc(&dpc, kernel_usage_dpc, NULL);
    KeInitializeTimer(&timer);
    due.QuadPart = -10000;
    (VOID) KeSetTimer(&timer, due, &dpc);
    (VOID) KeCancelTimer(&timer);
    objects[0] = Event;
    objects[1] = &timer;
    (VOID) KeWaitForMultipleObjects(ARRAYSIZE(objects), objects, WaitAny, Executive, KernelMode, FALSE, &due, NULL);
    (VOID) KeDelayExecutionThread(KernelMode, FALSE, &due);
}

PVOID kernel_usage_memory(PMDL Mdl)
{
    PVOID memory = ExAllocatePoolWithTag(NonPagedPoolNx, PAGE_SIZE, 'tseT');

    if (memory != NULL)
    {
        RtlZeroMemory(memory, PAGE_SIZE);
        ExFreePoolWithTag(memory, 'tseT');
    }
    memory = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, 'tseT');
    if (memory != NULL)
    {
        ExFreePool(memory);
    }
    return MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority | MdlMappingNoExecute);
}

BOOLEAN kernel_usage_version(VOID)
{
    RTL_OSVERSIONINFOEXW version;
    ULONGLONG condition = 0;

    RtlZeroMemory(&version, sizeof(version));
    version.dwOSVersionInfoSize = sizeof(version);
    version.dwBuildNumber = 17763;
    VER_SET_CONDITION(condition, VER_BUILDNUMBER, VER_GREATER_EQUAL);
    return (BOOLEAN)(RtlVerifyVersionInfo(&version, VER_BUILDNUMBER, condition) == STATUS_SUCCESS);
}

NTSTATUS kernel_usage_integers(INT32 First, INT32 Second, LONG64 *Result)
{
    INT32 sum;
    NTSTATUS ntStatus = RtlInt32Add(First, Second, &sum);

    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = RtlLong64Mult(sum, MAXLONG, Result);
    }
    return ntStatus;
}
