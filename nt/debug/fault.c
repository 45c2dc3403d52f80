/* SPDX-License-Identifier: MIT */
/*
 * Faults of the process as what they are on Windows: exceptions that nothing handles, and so bug checks. What had the signals
 * before (a sanitizer, a debugger, the kernel's core dump) gets them afterwards.
 */
#include "nt/debug/fault.h"

#include <signal.h>

#include "nt/debug/bugcheck.h"
#include "nt/io/staging.h"
#include "nt/rtl/status.h"

struct fault_row
{
    int signal;
    const char *name;
    NTSTATUS status;
};

static const struct fault_row fault_rows[] = {
    {SIGSEGV, "SIGSEGV", STATUS_ACCESS_VIOLATION},  {SIGBUS, "SIGBUS", STATUS_IN_PAGE_ERROR},
    {SIGILL, "SIGILL", STATUS_ILLEGAL_INSTRUCTION}, {SIGFPE, "SIGFPE", STATUS_INTEGER_DIVIDE_BY_ZERO},
    {SIGTRAP, "SIGTRAP", STATUS_BREAKPOINT},        {SIGABRT, "SIGABRT", STATUS_ASSERTION_FAILURE},
};

static void fault_report(const struct platform_fault *fault)
{
    const struct fault_row *row = fault_rows;
    char place[256];

    while (row->signal != fault->signal)
    {
        row++;
    }
    platform_describe_address(fault->code, place, sizeof(place));
    bugcheck_report(KMODE_EXCEPTION_NOT_HANDLED, (ULONG)row->status, (ULONG_PTR)fault->code, fault->write,
                    (ULONG_PTR)fault->address, "%s (%s) at %p in %s%s", row->name, status_name(row->status), fault->address,
                    place, staging_is_gone(fault->address) ? "; rule V18: the buffer's request has been completed" : "");
}

void fault_handler_install(void)
{
    platform_fault_handler_install(fault_report);
}
