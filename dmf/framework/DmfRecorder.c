/* SPDX-License-Identifier: MIT */
/*
 * In-flight recorders of Modules: a log of the Module's own where its descriptor asks for one, otherwise the driver's. User
 * mode has the driver's alone, which trace statements find by themselves.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfRecorder.tmh"
#endif

#if !defined(DMF_USER_MODE)

/* The driver's default log, once a Module has asked for it. */
static VOID* volatile g_DmfRecorderDefaultLog;

#pragma code_seg("PAGE")
static
RECORDER_LOG
DmfRecorder_DefaultLogGet(
    VOID
    )
/*++

Routine Description:

    Gets the driver's default log. Looking for it takes long, so it is remembered.

Arguments:

    None

Return Value:

    The log; NULL if there is none, or Modules are not to use it.

--*/
{
    RECORDER_LOG defaultLog;

    PAGED_CODE();

    defaultLog = NULL;
    if (DMF_DmfDeviceInitIsWppRecorderDisabled())
    {
        goto Exit;
    }

    defaultLog = (RECORDER_LOG)InterlockedCompareExchangePointer(&g_DmfRecorderDefaultLog,
                                                                 NULL,
                                                                 NULL);
    if ((defaultLog == NULL) &&
        WppRecorderIsDefaultLogAvailable())
    {
        defaultLog = WppRecorderLogGetDefault();
        InterlockedExchangePointer(&g_DmfRecorderDefaultLog,
                                   (VOID*)defaultLog);
    }

Exit:

    return defaultLog;
}
#pragma code_seg()

#endif

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_RecorderCreate(
    DMF_OBJECT* DmfObject,
    ULONG InFlightRecorderSize
    )
/*++

Routine Description:

    Gives a Module its in-flight recorder. A Module without one works all the same.

Arguments:

    DmfObject - The given Module.
    InFlightRecorderSize - Bytes of the Module's own log; zero if it shares the driver's.

Return Value:

    None

--*/
{
    PAGED_CODE();

#if defined(DMF_USER_MODE)
    UNREFERENCED_PARAMETER(DmfObject);
    UNREFERENCED_PARAMETER(InFlightRecorderSize);
#else
    NTSTATUS ntStatus;
    RECORDER_LOG_CREATE_PARAMS recorderLogCreateParams;

    DmfObject->InFlightRecorderIsOwn = FALSE;
    DmfObject->InFlightRecorder = NULL;
    if (InFlightRecorderSize != 0)
    {
        RECORDER_LOG_CREATE_PARAMS_INIT(&recorderLogCreateParams,
                                        DmfObject->InstanceName);
        recorderLogCreateParams.TotalBufferSize = InFlightRecorderSize;
        ntStatus = WppRecorderLogCreate(&recorderLogCreateParams,
                                        &DmfObject->InFlightRecorder);
        DmfObject->InFlightRecorderIsOwn = (BOOLEAN)NT_SUCCESS(ntStatus);
        if (! NT_SUCCESS(ntStatus))
        {
            TraceError(DMF_TRACE, "[%s] WppRecorderLogCreate fails: ntStatus=%!STATUS!", DmfObject->InstanceName, ntStatus);
        }
    }
    if (! DmfObject->InFlightRecorderIsOwn)
    {
        DmfObject->InFlightRecorder = DmfRecorder_DefaultLogGet();
    }
#endif
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_RecorderDestroy(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Takes a Module's in-flight recorder away, and deletes it if it is the Module's own.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    PAGED_CODE();

#if defined(DMF_USER_MODE)
    UNREFERENCED_PARAMETER(DmfObject);
#else
    if (DmfObject->InFlightRecorderIsOwn)
    {
        WppRecorderLogDelete(DmfObject->InFlightRecorder);
        DmfObject->InFlightRecorderIsOwn = FALSE;
    }
    DmfObject->InFlightRecorder = NULL;
#endif
}
#pragma code_seg()

#if !defined(DMF_USER_MODE)

_Use_decl_annotations_
RECORDER_LOG
DMF_InFlightRecorderGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gets the log that a Module's trace statements name.

Arguments:

    DmfModule - The given Module.

Return Value:

    The Module's own log, or the driver's default log, or NULL. Trace statements accept all of them.

--*/
{
    return DMF_ModuleToObject(DmfModule)->InFlightRecorder;
}

#endif
