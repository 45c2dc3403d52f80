/* SPDX-License-Identifier: MIT */
/*
 * Exceptions that are raised on purpose.
 */
#include "nt/debug/raise.h"

#include "nt/debug/bugcheck.h"
#include "nt/rtl/status.h"

static _Noreturn void raise_from(NTSTATUS status, const void *caller)
{
    const char *name = status_name(status);
    char place[160];

    /* A call that does not return may be a function's last instruction; its return address lies behind it then. */
    platform_describe_address((const char *)caller - 1, place, sizeof(place));
    bugcheck_explained(KMODE_EXCEPTION_NOT_HANDLED, (ULONG)status, (ULONG_PTR)caller, 0, 0,
                       "%s was raised by %s, and nothing catches exceptions here", name != NULL ? name : "an exception",
                       place);
}

_Noreturn void raise_status(NTSTATUS status)
{
    raise_from(status, __builtin_return_address(0));
}

/*
 * Published entry points.
 */
VOID ExRaiseStatus(NTSTATUS Status)
{
    raise_from(Status, __builtin_return_address(0));
}

VOID ExRaiseAccessViolation(VOID)
{
    raise_from(STATUS_ACCESS_VIOLATION, __builtin_return_address(0));
}

VOID ExRaiseDatatypeMisalignment(VOID)
{
    raise_from(STATUS_DATATYPE_MISALIGNMENT, __builtin_return_address(0));
}

VOID RtlAssert(PVOID VoidFailedAssertion, PVOID VoidFileName, ULONG LineNumber, PSTR MutableMessage)
{
    platform_fatal("%s:%u: assertion failed: %s%s%s", (const char *)VoidFileName, LineNumber,
                   (const char *)VoidFailedAssertion, MutableMessage == NULL ? "" : ": ",
                   MutableMessage == NULL ? "" : MutableMessage);
}
