/* SPDX-License-Identifier: MIT */
/*
 * Events.
 */
#include "nt/sync/event.h"

#include "nt/debug/bugcheck.h"
#include "nt/sync/header.h"

LONG event_pulse(PRKEVENT event)
{
    struct released released;
    LONG before;

    header_change_begin(&event->Header, &released);
    before = header_state(&event->Header);
    header_set_state(&event->Header, 1);
    header_change_satisfy(&event->Header, &released);
    header_set_state(&event->Header, 0);
    header_change_end(&event->Header, &released);
    return before;
}

/* Who announces a wait must be able to wait. */
static void check_wait(PRKEVENT event, bool waits, ULONG_PTR caller)
{
    if (waits && platform_current()->irql > APC_LEVEL)
    {
        bugcheck(IRQL_NOT_LESS_OR_EQUAL, (ULONG_PTR)event, platform_current()->irql, 0, caller);
    }
}

/*
 * Published entry points. The wait that a caller may announce makes no difference here: nothing is lost when the wait begins a
 * little later.
 */
VOID KeInitializeEvent(PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State)
{
    dispatcher_initialize(&Event->Header,
                          Type == NotificationEvent ? DISPATCHER_NOTIFICATION_EVENT : DISPATCHER_SYNCHRONIZATION_EVENT,
                          State ? 1 : 0);
}

LONG KeSetEvent(PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait)
{
    check_wait(Event, Wait, (ULONG_PTR)__builtin_return_address(0));
    return dispatcher_signal(&Event->Header, 1);
}

LONG KePulseEvent(PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait)
{
    check_wait(Event, Wait, (ULONG_PTR)__builtin_return_address(0));
    return event_pulse(Event);
}

LONG KeResetEvent(PRKEVENT Event)
{
    LONG before;

    header_lock(&Event->Header);
    before = header_state(&Event->Header);
    header_set_state(&Event->Header, 0);
    header_unlock(&Event->Header);
    return before;
}

VOID KeClearEvent(PRKEVENT Event)
{
    (void)KeResetEvent(Event);
}

LONG KeReadStateEvent(PRKEVENT Event)
{
    return platform_atomic_load(&Event->Header.SignalState);
}
