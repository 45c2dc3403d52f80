/* SPDX-License-Identifier: MIT */
/*
 * What drivers leave with the calling thread, and what the I/O manager counts for all of them.
 */
#include "nt/internal.h"
#include "nt/thread/thread.h"

/*
 * Published entry points.
 */
VOID IoSetTopLevelIrp(PIRP Irp)
{
    thread_current()->top_level_irp = Irp;
}

PIRP IoGetTopLevelIrp(VOID)
{
    return thread_current()->top_level_irp;
}

VOID IoSetDeviceToVerify(PETHREAD Thread, PDEVICE_OBJECT DeviceObject)
{
    ((PKTHREAD)Thread)->device_to_verify = DeviceObject;
}

PDEVICE_OBJECT IoGetDeviceToVerify(PETHREAD Thread)
{
    return ((PKTHREAD)Thread)->device_to_verify;
}

/* There is nobody whom a pop-up could ask; the wish is kept for who asks for it back. */
BOOLEAN IoSetThreadHardErrorMode(BOOLEAN EnableHardErrors)
{
    bool before = !thread_current()->hard_errors_disabled;

    thread_current()->hard_errors_disabled = !EnableHardErrors;
    return before;
}

LPGUID IoGetActivityIdThread(VOID)
{
    return (LPGUID)(uintptr_t)thread_current()->activity;
}

LPCGUID IoSetActivityIdThread(LPCGUID ActivityId)
{
    LPCGUID before = thread_current()->activity;

    thread_current()->activity = ActivityId;
    return before;
}

VOID IoClearActivityIdThread(LPCGUID OriginalId)
{
    thread_current()->activity = OriginalId;
}

PEPROCESS IoGetCurrentProcess(VOID)
{
    return PsGetCurrentProcess();
}

/* Drivers count their devices here by themselves. */
PCONFIGURATION_INFORMATION IoGetConfigurationInformation(VOID)
{
    static CONFIGURATION_INFORMATION information = {.Version = sizeof(information)};

    return &information;
}

/* The driver model that came with Windows Vista is the last one that was given a number. */
BOOLEAN IoIsWdmVersionAvailable(UCHAR MajorVersion, UCHAR MinorVersion)
{
    return MajorVersion < 6 || (MajorVersion == 6 && MinorVersion == 0);
}
