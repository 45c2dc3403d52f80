/* SPDX-License-Identifier: MIT */
/*
 * The names that sources of a Library find in DmfIncludeInternal.h, and those of the environment, as such sources write them. It
 * only has to compile, as C and as C++.
 */
#include "DmfIncludeInternal.h"

#include "internal_names.tmh"

#if IS_WIN10_OR_LATER && IS_WIN10_RS3_OR_LATER && IS_WIN10_RS4_OR_LATER && IS_WIN10_RS5_OR_LATER
#define INTERNAL_NAMES_IS_TEN 1
#endif
#if IS_WIN10_19H1_OR_EARLIER || IS_WIN10_20H1_OR_EARLIER || IS_WIN10_20H2_OR_EARLIER || IS_WIN10_21H1_OR_EARLIER || \
    IS_WIN10_21H2_OR_EARLIER || IS_WIN10_19H1_OR_LATER || IS_WIN10_20H1_OR_LATER || IS_WIN10_20H2_OR_LATER ||       \
    IS_WIN10_21H1_OR_LATER || IS_WIN10_21H2_OR_LATER
#define INTERNAL_NAMES_IS_EARLIER_OR_LATER 1
#endif
#if !defined(DMF_USER_MODE) && \
    (IS_WIN10_22H2_OR_EARLIER || IS_WIN10_22H2_OR_LATER || IS_WIN11_24H2_OR_EARLIER || IS_WIN11_24H2_OR_LATER)
#define INTERNAL_NAMES_KNOWS_ELEVEN 1
#endif
#if !defined(DEVPKEY_H_INCLUDED) || (DMF_VERSION < 0x0101009A)
#error The environment is not that of the published DMF.
#endif

typedef struct
{
    DMF_GENERIC_SPINLOCK SpinLock;
    GENERIC_SPINLOCK_CONTEXT LockContext;
    HANDLE Owner;
    RECORDER_LOG RecorderLog;
    DMF_CALLBACKS_WDF_CHECK CallbacksWdfCheck;
} INTERNAL_NAMES;

EXTERN_C NTSTATUS InternalNames_Use(DMFMODULE DmfModule, GENERIC_SPINLOCK_CREATE_CONTEXT *CreateContext);
EXTERN_C VOID InternalNames_Completed(WDFREQUEST Request, WDFIOTARGET Target, PWDF_REQUEST_COMPLETION_PARAMS Params,
                                      WDFCONTEXT Context);
EXTERN_C VOID InternalNames_Forward(DMFMODULE DmfModule, WDFREQUEST Request, DMF_MODULE_COLLECTION *Collection);

NTSTATUS InternalNames_Use(DMFMODULE DmfModule, GENERIC_SPINLOCK_CREATE_CONTEXT *CreateContext)
{
    NTSTATUS ntStatus;
    INTERNAL_NAMES *names;
    DMF_OBJECT *dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    UNREFERENCED_PARAMETER(dmfObject);
    names = (INTERNAL_NAMES *)DMF_GenericMemoryAllocate(POOL_FLAG_NON_PAGED, sizeof(INTERNAL_NAMES), DMF_TAG);
    if (names == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ntStatus = DMF_GenericSpinLockCreate(CreateContext, &names->SpinLock);
    if (NT_SUCCESS(ntStatus))
    {
        DMF_GenericSpinLockAcquire(&names->SpinLock, &names->LockContext);
        names->Owner = DmfGetCurrentThreadId();
        names->RecorderLog = NULL;
        names->CallbacksWdfCheck.ModuleFileCloseImplemented = TRUE;
        DMF_GenericSpinLockRelease(&names->SpinLock, names->LockContext);
        DMF_GenericSpinLockDestroy(&names->SpinLock);
    }
    (names->Owner == NULL) ? DmfAssert(FALSE) : DMF_GenericMemoryFree(names, DMF_TAG);
    return ntStatus;
}

VOID InternalNames_Completed(WDFREQUEST Request, WDFIOTARGET Target, PWDF_REQUEST_COMPLETION_PARAMS Params,
                             WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Context);
    WdfRequestComplete(Request, Params->IoStatus.Status);
}

VOID InternalNames_Forward(DMFMODULE DmfModule, WDFREQUEST Request, DMF_MODULE_COLLECTION *Collection)
{
    UNREFERENCED_PARAMETER(Collection);
    if (DMF_ModuleIsInFilterDriver(DmfModule))
    {
        DMF_RequestPassthruWithCompletion(DMF_ParentDeviceGet(DmfModule), Request, InternalNames_Completed, NULL);
    }
    else
    {
        DMF_RequestPassthru(DMF_ParentDeviceGet(DmfModule), Request);
    }
}
