/* SPDX-License-Identifier: MIT */
/*
 * How a callback of WDF reaches the Modules of a device: what the sources that register callbacks share.
 */
#ifndef DMF_DISPATCH_H
#define DMF_DISPATCH_H

#include "DmfIncludeInternal.h"

/* Calls one callback of every Module that implements it. The arguments begin with dispatchObject->Handle. */
#define DISPATCH_ALL(Collection, Name, Arguments) \
    do \
    { \
        DISPATCH_FOR_EACH(Collection, Name) \
        { \
            dispatchObject->CallbacksWdf.Module##Name Arguments; \
        } \
    } while (0)

/* The same until one fails. */
#define DISPATCH_UNTIL_FAILURE(NtStatus, Collection, Name, Arguments) \
    do \
    { \
        (NtStatus) = STATUS_SUCCESS; \
        DISPATCH_FOR_EACH(Collection, Name) \
        { \
            (NtStatus) = dispatchObject->CallbacksWdf.Module##Name Arguments; \
            if (! NT_SUCCESS(NtStatus)) \
            { \
                TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] " #Name " fails: ntStatus=%!STATUS!", \
                            dispatchObject->InstanceName, NtStatus); \
                break; \
            } \
        } \
    } while (0)

/* The same until one handles the event. */
#define DISPATCH_UNTIL_HANDLED(Handled, Collection, Name, Arguments) \
    do \
    { \
        (Handled) = FALSE; \
        DISPATCH_FOR_EACH(Collection, Name) \
        { \
            (Handled) = dispatchObject->CallbacksWdf.Module##Name Arguments; \
            if (Handled) \
            { \
                break; \
            } \
        } \
    } while (0)

/* A device whose Modules are not created, or are destroyed, has no collection; a callback that no Module has, no table. */
#define DISPATCH_FOR_EACH(Collection, Name) \
    DMF_OBJECT** dispatchNext = ((Collection) != NULL) ? (Collection)->Tables[DmfCallback_##Name].Objects : NULL; \
    DMF_OBJECT** dispatchEnd = \
        (dispatchNext != NULL) ? dispatchNext + (Collection)->Tables[DmfCallback_##Name].NumberOfObjects : NULL; \
    for (DMF_OBJECT* dispatchObject; \
         (dispatchNext != dispatchEnd) && ((dispatchObject = *dispatchNext) != NULL); \
         dispatchNext++)

FORCEINLINE
DMF_MODULE_COLLECTION*
Dispatch_CollectionGet(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Gives the Modules of a device.

Arguments:

    Device - The given device.

Return Value:

    The collection, or NULL if the device has none.

--*/
{
    DMF_DEVICE_CONTEXT* deviceContext;

    deviceContext = DmfDeviceContextGet(Device);
    return (deviceContext != NULL) ? deviceContext->Collection : NULL;
}

#endif /* DMF_DISPATCH_H */
