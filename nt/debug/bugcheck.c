/* SPDX-License-Identifier: MIT */
/*
 * Bug checks: the last words of a process in which a driver, or the runtime, broke a rule.
 */
#include "nt/debug/bugcheck.h"

static struct
{
    bugcheck_handler *handler;
    void *context;
} installed;

_Noreturn void bugcheck(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4)
{
    const ULONG_PTR parameters[4] = {p1, p2, p3, p4};

    if (installed.handler != NULL)
    {
        installed.handler(code, parameters, installed.context);
    }
    platform_fatal("bug check 0x%08X (0x%llX, 0x%llX, 0x%llX, 0x%llX)", code, (unsigned long long)p1, (unsigned long long)p2,
                   (unsigned long long)p3, (unsigned long long)p4);
}

void bugcheck_set_handler(bugcheck_handler *handler, void *context)
{
    installed.handler = handler;
    installed.context = context;
}

_Noreturn void nt_unimplemented(const char *function)
{
    platform_fatal("%s is declared, but this version of the runtime does not implement it (see docs/compatibility.md)",
                   function);
}

/*
 * Published entry points.
 */
VOID KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2,
                  ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4)
{
    bugcheck(BugCheckCode, BugCheckParameter1, BugCheckParameter2, BugCheckParameter3, BugCheckParameter4);
}

VOID KeBugCheck(ULONG BugCheckCode)
{
    bugcheck(BugCheckCode, 0, 0, 0, 0);
}
