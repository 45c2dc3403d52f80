/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: what only drivers of the user flavour can ask.
 */
#include "nt/io/irp.h"
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/request.h"

/* In IRP.Flags: a driver of the user flavour says that it is the driver, and not a client, that wants this. */
#define INITIATED_BY_USER_DRIVER 0x00400000u

typedef VOID impersonate_function(WDFREQUEST request, PVOID context);

NTSTATUS wdf_umdf_WdfRequestImpersonate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                        SECURITY_IMPERSONATION_LEVEL ImpersonationLevel,
                                        impersonate_function *EvtRequestImpersonate, PVOID Context);
WDF_DEVICE_IO_TYPE wdf_umdf_WdfRequestGetEffectiveIoType(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request);
NTSTATUS wdf_umdf_WdfRequestRetrieveActivityId(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, LPGUID ActivityId);
VOID wdf_umdf_WdfRequestSetActivityId(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, LPGUID ActivityId);
BOOLEAN wdf_umdf_WdfRequestGetUserModeDriverInitiatedIo(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request);
VOID wdf_umdf_WdfRequestSetUserModeDriverInitiatedIo(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                     BOOLEAN IsUserModeDriverInitiated);

/* Clients, drivers and the machine are one process of one user, so the sender's identity is the one that this thread has. */
NTSTATUS wdf_umdf_WdfRequestImpersonate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                        SECURITY_IMPERSONATION_LEVEL ImpersonationLevel,
                                        impersonate_function *EvtRequestImpersonate, PVOID Context)
{
    globals_require(DriverGlobals, (const void *)(uintptr_t)EvtRequestImpersonate, "WdfRequestImpersonate");
    (void)request_owned(DriverGlobals, Request, "WdfRequestImpersonate");
    if (ImpersonationLevel < SecurityAnonymous || ImpersonationLevel > SecurityDelegation)
    {
        return STATUS_INVALID_PARAMETER;
    }
    EvtRequestImpersonate(Request, Context);
    return STATUS_SUCCESS;
}

/* How the buffers come to the driver, whatever the device's configuration asked for. */
WDF_DEVICE_IO_TYPE wdf_umdf_WdfRequestGetEffectiveIoType(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestGetEffectiveIoType");
    PIO_STACK_LOCATION location = request_location(request);
    ULONG method = location->Parameters.DeviceIoControl.IoControlCode & 3;

    switch (location->MajorFunction)
    {
        case IRP_MJ_READ:
        case IRP_MJ_WRITE:
            return (request->device->wdm->Flags & DO_BUFFERED_IO) != 0 ? WdfDeviceIoBuffered :
                   (request->device->wdm->Flags & DO_DIRECT_IO) != 0   ? WdfDeviceIoDirect :
                                                                         WdfDeviceIoNeither;
        case IRP_MJ_DEVICE_CONTROL:
        case IRP_MJ_INTERNAL_DEVICE_CONTROL:
            return method == METHOD_BUFFERED ? WdfDeviceIoBuffered :
                   method == METHOD_NEITHER  ? WdfDeviceIoNeither :
                                               WdfDeviceIoDirect;
        default:
            return WdfDeviceIoUndefined;
    }
}

NTSTATUS wdf_umdf_WdfRequestRetrieveActivityId(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, LPGUID ActivityId)
{
    globals_require(DriverGlobals, ActivityId, "WdfRequestRetrieveActivityId");
    return IoGetActivityIdIrp(request_packet(DriverGlobals, Request, "WdfRequestRetrieveActivityId"), ActivityId);
}

VOID wdf_umdf_WdfRequestSetActivityId(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, LPGUID ActivityId)
{
    globals_require(DriverGlobals, ActivityId, "WdfRequestSetActivityId");
    (void)IoSetActivityIdIrp(request_packet(DriverGlobals, Request, "WdfRequestSetActivityId"), ActivityId);
}

BOOLEAN wdf_umdf_WdfRequestGetUserModeDriverInitiatedIo(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return (request_packet(DriverGlobals, Request, "WdfRequestGetUserModeDriverInitiatedIo")->Flags &
            INITIATED_BY_USER_DRIVER) != 0;
}

VOID wdf_umdf_WdfRequestSetUserModeDriverInitiatedIo(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                     BOOLEAN IsUserModeDriverInitiated)
{
    PIRP irp = request_packet(DriverGlobals, Request, "WdfRequestSetUserModeDriverInitiatedIo");

    irp->Flags = (irp->Flags & ~INITIATED_BY_USER_DRIVER) | (IsUserModeDriverInitiated ? INITIATED_BY_USER_DRIVER : 0);
}
