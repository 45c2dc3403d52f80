/* SPDX-License-Identifier: MIT */
/*
 * Stopping the machine, by the framework's own road to a debugger or a bug check.
 */
#ifndef WDFVERIFIER_H
#define WDFVERIFIER_H

#include "wdfglobals.h"

EXTERN_C_START

typedef VOID (*PFN_WDFVERIFIERDBGBREAKPOINT)(PWDF_DRIVER_GLOBALS DriverGlobals);
FORCEINLINE VOID WdfVerifierDbgBreakPoint(VOID)
{
    ((PFN_WDFVERIFIERDBGBREAKPOINT)WdfFunctions[WdfVerifierDbgBreakPointTableIndex])(WdfDriverGlobals);
}

typedef VOID (*PFN_WDFVERIFIERKEBUGCHECK)(PWDF_DRIVER_GLOBALS DriverGlobals, ULONG BugCheckCode,
    ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2, ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4);
FORCEINLINE VOID WdfVerifierKeBugCheck(_In_ ULONG BugCheckCode, _In_ ULONG_PTR BugCheckParameter1,
    _In_ ULONG_PTR BugCheckParameter2, _In_ ULONG_PTR BugCheckParameter3, _In_ ULONG_PTR BugCheckParameter4)
{
    ((PFN_WDFVERIFIERKEBUGCHECK)WdfFunctions[WdfVerifierKeBugCheckTableIndex])(WdfDriverGlobals, BugCheckCode,
        BugCheckParameter1, BugCheckParameter2, BugCheckParameter3, BugCheckParameter4);
}

typedef PVOID (*PFN_WDFGETTRIAGEINFO)(PWDF_DRIVER_GLOBALS DriverGlobals);
FORCEINLINE PVOID WdfGetTriageInfo(VOID)
{
    return ((PFN_WDFGETTRIAGEINFO)WdfFunctions[WdfGetTriageInfoTableIndex])(WdfDriverGlobals);
}

EXTERN_C_END

#endif /* WDFVERIFIER_H */
