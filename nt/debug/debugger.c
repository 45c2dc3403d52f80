/* SPDX-License-Identifier: MIT */
/*
 * The debugger, which a program on Linux has when something traces it.
 */
#include "nt/internal.h"

static BOOLEAN debugger_enabled;
static BOOLEAN debugger_not_present = TRUE;

/* Published as pointers, as drivers of Windows import them. */
PBOOLEAN KdDebuggerEnabled = &debugger_enabled;
PBOOLEAN KdDebuggerNotPresent = &debugger_not_present;

/*
 * Published entry points.
 */
BOOLEAN KdRefreshDebuggerNotPresent(VOID)
{
    bool traced = platform_is_traced();

    debugger_enabled = traced;
    debugger_not_present = !traced;
    return debugger_not_present;
}

NTSTATUS KdEnableDebugger(VOID)
{
    if (KdRefreshDebuggerNotPresent())
    {
        return STATUS_DEBUGGER_INACTIVE;
    }
    return STATUS_SUCCESS;
}

/* Who traces a process decides when to stop. */
NTSTATUS KdDisableDebugger(VOID)
{
    return KdRefreshDebuggerNotPresent() ? STATUS_DEBUGGER_INACTIVE : STATUS_ACCESS_DENIED;
}
