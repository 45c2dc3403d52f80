/* SPDX-License-Identifier: MIT */
/*
 * Rundown: references that keep something open, and a close that refuses new ones and waits for the rest. Nobody polls: the
 * last reference wakes the close.
 */
#ifndef DMF_RUNDOWN_H
#define DMF_RUNDOWN_H

#include "DmfDefinitions.h"

EXTERN_C_START

/* A binary event on which one thread waits once. It lives on that thread's stack, and needs nothing that could fail. */
typedef struct
{
#if defined(DMF_USER_MODE)
    volatile LONG IsSet;
#else
    KEVENT Event;
#endif
} DMF_WAIT_EVENT;

/*
 * Open, the word is the number of references, with one of its own, times DMF_RUNDOWN_ONE. A close exchanges that one for
 * DMF_RUNDOWN_CLOSED, and learns by the same operation how many references are left: it waits until so many were released
 * after it, which is another counter. So whoever releases a reference never touches the rundown after the close may have
 * seen it. A reference that is refused is in the word for a moment, and in nobody's way there, except when it is opened
 * again: that waits (DMF_RUNDOWN_AWAITED) until the word is clean.
 */
#define DMF_RUNDOWN_CLOSED 1
#define DMF_RUNDOWN_ONE 2
#define DMF_RUNDOWN_AWAITED 0x40000000

typedef struct
{
    volatile LONG Word;
    volatile LONG Remaining;
    DMF_WAIT_EVENT* Waiter;
} DMF_RUNDOWN;

VOID
DMF_WaitEventInitialize(
    _Out_ DMF_WAIT_EVENT* WaitEvent
    );

VOID
DMF_WaitEventSet(
    _Inout_ DMF_WAIT_EVENT* WaitEvent
    );

VOID
DMF_WaitEventWait(
    _Inout_ DMF_WAIT_EVENT* WaitEvent
    );

VOID
DMF_RundownInitialize(
    _Out_ DMF_RUNDOWN* Rundown
    );

VOID
DMF_RundownOpen(
    _Inout_ DMF_RUNDOWN* Rundown
    );

VOID
DMF_RundownClose(
    _Inout_ DMF_RUNDOWN* Rundown
    );

VOID
DMF_RundownReferenceRefuse(
    _Inout_ DMF_RUNDOWN* Rundown
    );

VOID
DMF_RundownReferenceLeft(
    _Inout_ DMF_RUNDOWN* Rundown
    );

FORCEINLINE
BOOLEAN
DMF_RundownAcquire(
    _Inout_ DMF_RUNDOWN* Rundown
    )
{
    BOOLEAN acquired;

    acquired = (InterlockedExchangeAdd(&Rundown->Word,
                                       DMF_RUNDOWN_ONE) & DMF_RUNDOWN_CLOSED) == 0;
    if (! acquired)
    {
        DMF_RundownReferenceRefuse(Rundown);
    }

    return acquired;
}

FORCEINLINE
VOID
DMF_RundownRelease(
    _Inout_ DMF_RUNDOWN* Rundown
    )
{
    LONG word;

    word = InterlockedExchangeAdd(&Rundown->Word,
                                  -DMF_RUNDOWN_ONE);
    DmfAssert(word > DMF_RUNDOWN_ONE);
    if (word & DMF_RUNDOWN_CLOSED)
    {
        DMF_RundownReferenceLeft(Rundown);
    }
}

EXTERN_C_END

#endif /* DMF_RUNDOWN_H */
