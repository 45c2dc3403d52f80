/* SPDX-License-Identifier: MIT */
/*
 * Rundown: how a close waits for the references that are left, and how the last one wakes it.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfRundown.tmh"
#endif

_Use_decl_annotations_
VOID
DMF_WaitEventInitialize(
    DMF_WAIT_EVENT* WaitEvent
    )
/*++

Routine Description:

    Makes an event on which one thread waits once.

Arguments:

    WaitEvent - The event.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    InterlockedExchange(&WaitEvent->IsSet,
                        FALSE);
#else
    KeInitializeEvent(&WaitEvent->Event,
                      NotificationEvent,
                      FALSE);
#endif
}

_Use_decl_annotations_
VOID
DMF_WaitEventSet(
    DMF_WAIT_EVENT* WaitEvent
    )
/*++

Routine Description:

    Lets the waiting thread go on. After that the event may be gone.

Arguments:

    WaitEvent - The event.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    InterlockedExchange(&WaitEvent->IsSet,
                        TRUE);
    /* The address only says who is to wake; what is there is not looked at. */
    WakeByAddressAll((PVOID)&WaitEvent->IsSet);
#else
    KeSetEvent(&WaitEvent->Event,
               IO_NO_INCREMENT,
               FALSE);
#endif
}

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_WaitEventWait(
    DMF_WAIT_EVENT* WaitEvent
    )
/*++

Routine Description:

    Waits for the event.

Arguments:

    WaitEvent - The event.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    LONG notSet;

    PAGED_CODE();

    notSet = FALSE;
    while (ReadAcquire(&WaitEvent->IsSet) == notSet)
    {
        WaitOnAddress(&WaitEvent->IsSet,
                      &notSet,
                      sizeof(notSet),
                      INFINITE);
    }
#else
    PAGED_CODE();

    KeWaitForSingleObject(&WaitEvent->Event,
                          Executive,
                          KernelMode,
                          FALSE,
                          NULL);
#endif
}
#pragma code_seg()

_Use_decl_annotations_
VOID
DMF_RundownInitialize(
    DMF_RUNDOWN* Rundown
    )
/*++

Routine Description:

    Makes a closed rundown, which refuses references.

Arguments:

    Rundown - The rundown.

Return Value:

    None

--*/
{
    Rundown->Word = DMF_RUNDOWN_CLOSED;
    Rundown->Remaining = 0;
    Rundown->Waiter = NULL;
}

static
VOID
Rundown_OpenerWake(
    _Inout_ DMF_RUNDOWN* Rundown
    )
/*++

Routine Description:

    Wakes the open that waits, if there is still no reference in the word. Of several who find none exactly one does so.

Arguments:

    Rundown - The rundown.

Return Value:

    None

--*/
{
    if (InterlockedCompareExchange(&Rundown->Word,
                                   DMF_RUNDOWN_CLOSED,
                                   DMF_RUNDOWN_AWAITED | DMF_RUNDOWN_CLOSED) ==
        (DMF_RUNDOWN_AWAITED | DMF_RUNDOWN_CLOSED))
    {
        DMF_WaitEventSet(Rundown->Waiter);
    }
}

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_RundownOpen(
    DMF_RUNDOWN* Rundown
    )
/*++

Routine Description:

    Lets a closed rundown grant references. If some are just being refused, that is waited for.

Arguments:

    Rundown - A closed rundown, which nobody else opens.

Return Value:

    None

--*/
{
    DMF_WAIT_EVENT wordIsClean;

    PAGED_CODE();

    while (InterlockedCompareExchange(&Rundown->Word,
                                      DMF_RUNDOWN_ONE,
                                      DMF_RUNDOWN_CLOSED) != DMF_RUNDOWN_CLOSED)
    {
        DMF_WaitEventInitialize(&wordIsClean);
        Rundown->Waiter = &wordIsClean;
        if (InterlockedOr(&Rundown->Word,
                          DMF_RUNDOWN_AWAITED) == DMF_RUNDOWN_CLOSED)
        {
            /* They went before they could know. Unless another has come meanwhile, nobody else will wake this thread. */
            Rundown_OpenerWake(Rundown);
        }
        DMF_WaitEventWait(&wordIsClean);
        Rundown->Waiter = NULL;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_RundownClose(
    DMF_RUNDOWN* Rundown
    )
/*++

Routine Description:

    Refuses new references and waits until the existing ones are gone. The last one to go wakes the wait.

Arguments:

    Rundown - An open rundown, which nobody else closes.

Return Value:

    None

--*/
{
    DMF_WAIT_EVENT referencesGone;
    LONG references;

    PAGED_CODE();

    references = InterlockedExchangeAdd(&Rundown->Word,
                                        DMF_RUNDOWN_CLOSED - DMF_RUNDOWN_ONE) / DMF_RUNDOWN_ONE - 1;
    if (references == 0)
    {
        goto Exit;
    }

    DMF_WaitEventInitialize(&referencesGone);
    Rundown->Waiter = &referencesGone;
    /* Those that have left since are below zero already. */
    if (InterlockedExchangeAdd(&Rundown->Remaining,
                               references) + references != 0)
    {
        DMF_WaitEventWait(&referencesGone);
    }
    Rundown->Waiter = NULL;

Exit:

    return;
}
#pragma code_seg()

_Use_decl_annotations_
VOID
DMF_RundownReferenceRefuse(
    DMF_RUNDOWN* Rundown
    )
/*++

Routine Description:

    Takes a reference back that came when the rundown was closed.

Arguments:

    Rundown - The rundown.

Return Value:

    None

--*/
{
    if (InterlockedExchangeAdd(&Rundown->Word,
                               -DMF_RUNDOWN_ONE) - DMF_RUNDOWN_ONE == (DMF_RUNDOWN_AWAITED | DMF_RUNDOWN_CLOSED))
    {
        Rundown_OpenerWake(Rundown);
    }
}

_Use_decl_annotations_
VOID
DMF_RundownReferenceLeft(
    DMF_RUNDOWN* Rundown
    )
/*++

Routine Description:

    Counts a reference that was released after the rundown was closed. The last one lets the close go on.

Arguments:

    Rundown - The rundown, which may be gone as soon as the last reference is counted.

Return Value:

    None

--*/
{
    if (InterlockedDecrement(&Rundown->Remaining) == 0)
    {
        DMF_WaitEventSet(Rundown->Waiter);
    }
}
