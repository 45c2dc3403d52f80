/* SPDX-License-Identifier: MIT */
/*
 * Pieces of WDM drivers around headers that nothing else here includes: management library, filters of keyboards and pointing
 * devices, HID minidrivers, setup classes.
 *
 * try: kernel c
 */
#include <ntifs.h>
#include <csq.h>
#include <dontuse.h>
#include <kernelspecs.h>
#include <suppress.h>
#include <wmilib.h>
#include <hidport.h>
#include <initguid.h>
#include <devguid.h>
#include <kbdmou.h>

C_ASSERT(sizeof(WMILIB_CONTEXT) == 64);
C_ASSERT(FIELD_OFFSET(WMIGUIDREGINFO, Flags) == 12);
C_ASSERT(sizeof(KEYBOARD_INPUT_DATA) == 12);
C_ASSERT(sizeof(KEYBOARD_ATTRIBUTES) == 28);
C_ASSERT(sizeof(MOUSE_INPUT_DATA) == 24);
C_ASSERT(FIELD_OFFSET(MOUSE_INPUT_DATA, ButtonData) == 6);
C_ASSERT(sizeof(CONNECT_DATA) == 16);
C_ASSERT(sizeof(HID_MINIDRIVER_REGISTRATION) == 32);
C_ASSERT(sizeof(HID_DEVICE_EXTENSION) == 24);
C_ASSERT(IOCTL_INTERNAL_KEYBOARD_CONNECT == 0x000b0203);
C_ASSERT(IOCTL_INTERNAL_MOUSE_CONNECT == 0x000f0203);
C_ASSERT(IOCTL_UMDF_HID_SET_FEATURE == 0x000b0053);

static WMI_QUERY_REGINFO_CALLBACK QueryRegInfo;
static WMI_QUERY_DATABLOCK_CALLBACK QueryDataBlock;
DRIVER_DISPATCH FilterSystemControl;
DRIVER_DISPATCH FilterInternalControl;
DRIVER_INITIALIZE DriverEntry;

static WMIGUIDREGINFO guids[] = {{&GUID_DEVCLASS_KEYBOARD, 1, 0}};
static UNICODE_STRING registry_path = RTL_CONSTANT_STRING(L"\\Registry\\Machine");

typedef struct _FILTER
{
    PDEVICE_OBJECT Lower;
    CONNECT_DATA Upper;
    WMILIB_CONTEXT Management;
    IO_CSQ Queue;
} FILTER;

static NTSTATUS QueryRegInfo(PDEVICE_OBJECT DeviceObject, PULONG RegFlags, PUNICODE_STRING InstanceName,
                             PUNICODE_STRING *RegistryPath, PUNICODE_STRING MofResourceName, PDEVICE_OBJECT *Pdo)
{
    UNREFERENCED_PARAMETER(InstanceName);
    UNREFERENCED_PARAMETER(MofResourceName);
    *RegFlags = WMIREG_FLAG_INSTANCE_PDO;
    *RegistryPath = &registry_path;
    *Pdo = DeviceObject;
    return STATUS_SUCCESS;
}

static NTSTATUS QueryDataBlock(PDEVICE_OBJECT DeviceObject, PIRP Irp, ULONG GuidIndex, ULONG InstanceIndex,
                               ULONG InstanceCount, PULONG InstanceLengthArray, ULONG BufferAvail, PUCHAR Buffer)
{
    UNREFERENCED_PARAMETER(GuidIndex);
    UNREFERENCED_PARAMETER(InstanceIndex);
    UNREFERENCED_PARAMETER(InstanceCount);
    UNREFERENCED_PARAMETER(Buffer);
    *InstanceLengthArray = BufferAvail;
    return WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, 0, IO_NO_INCREMENT);
}

NTSTATUS FilterSystemControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    FILTER *filter = DeviceObject->DeviceExtension;
    SYSCTL_IRP_DISPOSITION disposition;
    NTSTATUS status;

    filter->Management.GuidCount = ARRAYSIZE(guids);
    filter->Management.GuidList = guids;
    filter->Management.QueryWmiRegInfo = QueryRegInfo;
    filter->Management.QueryWmiDataBlock = QueryDataBlock;
    status = WmiSystemControl(&filter->Management, DeviceObject, Irp, &disposition);
    switch (disposition)
    {
        case IrpProcessed:
            break;
        case IrpNotCompleted:
            IoCompleteRequest(Irp, IO_NO_INCREMENT);
            break;
        case IrpForward:
        case IrpNotWmi:
        default:
            IoSkipCurrentIrpStackLocation(Irp);
            status = IoCallDriver(filter->Lower, Irp);
            break;
    }
    return status;
}

NTSTATUS FilterInternalControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    FILTER *filter = DeviceObject->DeviceExtension;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    KEYBOARD_INPUT_DATA key = {0, 0x1e, KEY_MAKE, 0, 0};
    ULONG consumed = 0;

    if (stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_INTERNAL_KEYBOARD_CONNECT)
    {
        filter->Upper = *(PCONNECT_DATA)stack->Parameters.DeviceIoControl.Type3InputBuffer;
        ((PSERVICE_CALLBACK_ROUTINE)filter->Upper.ClassService)(filter->Upper.ClassDeviceObject, &key, &key + 1, &consumed);
    }
    FsRtlEnterFileSystem();
    SetFlag(Irp->Flags, IRP_NOCACHE);
    if (BooleanFlagOn(Irp->Flags, IRP_NOCACHE) && FlagOn(consumed, 1))
    {
        ClearFlag(Irp->Flags, IRP_NOCACHE);
    }
    FsRtlExitFileSystem();
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(filter->Lower, Irp);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration;

    RtlZeroMemory(&registration, sizeof(registration));
    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = FilterSystemControl;
    DriverObject->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = FilterInternalControl;
    return HidRegisterMinidriver(&registration);
}
