/* SPDX-License-Identifier: MIT */
/*
 * One-time initialisation. The whole state is the caller's pointer: its two low bits say how far the initialisation is, and
 * once it is over the rest is the context.
 */
#include "nt/internal.h"

enum run_once_state
{
    RUN_ONCE_NEW = 0,
    RUN_ONCE_RUNNING = 1,
    RUN_ONCE_OVER = 2,
    RUN_ONCE_RUNNING_ASYNCHRONOUSLY = 3,
    RUN_ONCE_STATE = 3,

    /* Beside RUN_ONCE_RUNNING: somebody sleeps on the low half of the pointer. */
    RUN_ONCE_WAITED_FOR = 4,
};

#define RUN_ONCE_BEGIN_FLAGS (RTL_RUN_ONCE_CHECK_ONLY | RTL_RUN_ONCE_ASYNC)
#define RUN_ONCE_COMPLETE_FLAGS (RTL_RUN_ONCE_ASYNC | RTL_RUN_ONCE_INIT_FAILED)

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the low half of the pointer is its first word");

/* Sleeps until the initialisation is no longer the one that was seen. */
static void run_once_wait(PRTL_RUN_ONCE once, ULONG_PTR seen)
{
    ULONG_PTR waited = seen | RUN_ONCE_WAITED_FOR;

    if (seen == waited || platform_atomic_compare_exchange((ULONG_PTR *)&once->Ptr, &seen, waited))
    {
        platform_wait_note("run-once initialisation", once, 0);
        (void)platform_wait_word((uint32_t *)&once->Ptr, (uint32_t)waited, PLATFORM_FOREVER);
        platform_wait_note(NULL, NULL, 0);
    }
}

static NTSTATUS run_once_over(ULONG_PTR value, PVOID *context)
{
    if (context != NULL)
    {
        *context = (PVOID)(value & ~(ULONG_PTR)RUN_ONCE_STATE);
    }
    return STATUS_SUCCESS;
}

/* A new one becomes the caller's: STATUS_PENDING tells the caller to initialise. */
static NTSTATUS run_once_begin(PRTL_RUN_ONCE once, bool asynchronous, PVOID *context)
{
    for (;;)
    {
        ULONG_PTR value = platform_atomic_load((ULONG_PTR *)&once->Ptr);

        switch (value & RUN_ONCE_STATE)
        {
            case RUN_ONCE_OVER:
                return run_once_over(value, context);
            case RUN_ONCE_NEW:
                if (platform_atomic_compare_exchange((ULONG_PTR *)&once->Ptr, &value,
                                                     asynchronous ? RUN_ONCE_RUNNING_ASYNCHRONOUSLY : RUN_ONCE_RUNNING))
                {
                    return STATUS_PENDING;
                }
                break;
            case RUN_ONCE_RUNNING:
                if (asynchronous)
                {
                    return STATUS_INVALID_PARAMETER;
                }
                run_once_wait(once, value);
                break;
            default:
                return asynchronous ? STATUS_PENDING : STATUS_INVALID_PARAMETER;
        }
    }
}

static NTSTATUS run_once_complete_waiting(PRTL_RUN_ONCE once, ULONG_PTR result)
{
    ULONG_PTR before = platform_atomic_exchange((ULONG_PTR *)&once->Ptr, result);

    if ((before & RUN_ONCE_WAITED_FOR) != 0)
    {
        platform_wake_word((uint32_t *)&once->Ptr, UINT32_MAX);
    }
    return STATUS_SUCCESS;
}

/*
 * Published entry points.
 */
VOID RtlRunOnceInitialize(PRTL_RUN_ONCE RunOnce)
{
    RunOnce->Ptr = NULL;
}

NTSTATUS RtlRunOnceBeginInitialize(PRTL_RUN_ONCE RunOnce, ULONG Flags, PVOID *Context)
{
    ULONG_PTR value;

    if ((Flags & ~RUN_ONCE_BEGIN_FLAGS) != 0 || Flags == RUN_ONCE_BEGIN_FLAGS)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((Flags & RTL_RUN_ONCE_CHECK_ONLY) == 0)
    {
        return run_once_begin(RunOnce, (Flags & RTL_RUN_ONCE_ASYNC) != 0, Context);
    }
    value = platform_atomic_load((ULONG_PTR *)&RunOnce->Ptr);
    return (value & RUN_ONCE_STATE) == RUN_ONCE_OVER ? run_once_over(value, Context) : STATUS_UNSUCCESSFUL;
}

NTSTATUS RtlRunOnceComplete(PRTL_RUN_ONCE RunOnce, ULONG Flags, PVOID Context)
{
    bool failed = (Flags & RTL_RUN_ONCE_INIT_FAILED) != 0;
    ULONG_PTR result = failed ? RUN_ONCE_NEW : (ULONG_PTR)Context | RUN_ONCE_OVER;
    ULONG_PTR value = platform_atomic_load((ULONG_PTR *)&RunOnce->Ptr);

    if ((Flags & ~RUN_ONCE_COMPLETE_FLAGS) != 0 || Flags == RUN_ONCE_COMPLETE_FLAGS || (failed && Context != NULL) ||
        ((ULONG_PTR)Context & RUN_ONCE_STATE) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    switch (value & RUN_ONCE_STATE)
    {
        case RUN_ONCE_RUNNING:
            return (Flags & RTL_RUN_ONCE_ASYNC) != 0 ? STATUS_INVALID_PARAMETER : run_once_complete_waiting(RunOnce, result);
        case RUN_ONCE_RUNNING_ASYNCHRONOUSLY:
            if ((Flags & RTL_RUN_ONCE_ASYNC) == 0)
            {
                return STATUS_INVALID_PARAMETER;
            }
            return platform_atomic_compare_exchange((ULONG_PTR *)&RunOnce->Ptr, &value, result) ? STATUS_SUCCESS :
                                                                                                  STATUS_UNSUCCESSFUL;
        default:
            return STATUS_UNSUCCESSFUL;
    }
}

NTSTATUS RtlRunOnceExecuteOnce(PRTL_RUN_ONCE RunOnce, PRTL_RUN_ONCE_INIT_FN InitFn, PVOID Parameter, PVOID *Context)
{
    NTSTATUS status = RtlRunOnceBeginInitialize(RunOnce, 0, Context);
    PVOID made = NULL;

    if (status != STATUS_PENDING)
    {
        return status;
    }
    if (!InitFn(RunOnce, Parameter, Context != NULL ? Context : &made))
    {
        (void)RtlRunOnceComplete(RunOnce, RTL_RUN_ONCE_INIT_FAILED, NULL);
        return STATUS_UNSUCCESSFUL;
    }
    return RtlRunOnceComplete(RunOnce, 0, Context != NULL ? *Context : made);
}
