/* SPDX-License-Identifier: MIT */
/*
 * The debugger's side of a driver: text, assertions, break points.
 */
#include <stdio.h>

#include "nt/crt/format.h"
#include "nt/internal.h"

struct error_sink
{
    struct format_sink sink;
};

static void write_error(struct format_sink *sink, const void *characters, size_t count)
{
    (void)sink;
    (void)fwrite(characters, 1, count, stderr);
}

static ULONG print_error(PCSTR format, va_list arguments)
{
    struct error_sink to = {.sink = {.write = write_error}};

    flockfile(stderr);
    (void)format_write(&to.sink, format, arguments);
    funlockfile(stderr);
    return STATUS_SUCCESS;
}

ULONG DbgPrint(PCSTR Format, ...)
{
    va_list arguments;
    ULONG status;

    va_start(arguments, Format);
    status = print_error(Format, arguments);
    va_end(arguments);
    return status;
}

ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...)
{
    va_list arguments;
    ULONG status;

    va_start(arguments, Format);
    status = print_error(Format, arguments);
    va_end(arguments);
    return status;
}

VOID RtlAssert(PVOID VoidFailedAssertion, PVOID VoidFileName, ULONG LineNumber, PSTR MutableMessage)
{
    platform_fatal("%s:%u: assertion failed: %s%s%s", (const char *)VoidFileName, LineNumber,
                   (const char *)VoidFailedAssertion, MutableMessage == NULL ? "" : ": ",
                   MutableMessage == NULL ? "" : MutableMessage);
}
