/* SPDX-License-Identifier: MIT */
/*
 * Uses every trace macro of trace.h; the lines that come out are compared with what is expected.
 */
#include "ntbase.h"
#include "trace.h"
#include "behaviour.tmh"

static int evaluations;

static int evaluated(void)
{
    return ++evaluations;
}

int main(void)
{
    static const GUID guid = {0x74DC7AB3, 0x690B, 0x480A, {0x87, 0xA4, 0x36, 0x27, 0x88, 0x2A, 0x83, 0x1C}};
    WCHAR letters[] = L"abcdef";
    UNICODE_STRING string = {6, 8, letters};
    int level = TRACE_LEVEL_ERROR;

    WPP_INIT_TRACING((PVOID)&string, (PVOID)0);
    WPP_INIT_TRACING(L"name");
    WPP_INIT_TRACING();
    TraceEvents(TRACE_LEVEL_ERROR, UNDEFINED_FLAG, "plain");
    TraceEvents(TRACE_LEVEL_CRITICAL, TRACE_DRIVER | TRACE_OTHER, "two flags");
    TraceEvents(TRACE_LEVEL_ERROR, TRACE_DRIVER, "%!STATUS! %!STATUS! %!HRESULT!", 0xC0000001, 0x12345678, 0x80004005);
    TraceEvents(TRACE_LEVEL_ERROR, TRACE_DRIVER, "%!GUID! %S %ws %wZ", &guid, L"wide", L"\u20AC", &string);
    TraceEvents(TRACE_LEVEL_ERROR, TRACE_DRIVER, "%ld %I64x %!color! %!color! %!kind! %!bool!", -1, 6LL, 2, 3, 9, TRUE);
    TraceEvents(level, TRACE_DRIVER, "dynamic level %!LEVEL! %!FLAGS! %d", evaluated());
    TraceEvents(TRACE_LEVEL_WARNING, TRACE_DRIVER, "off %d", evaluated());
    TraceEvents(TRACE_LEVEL_NONE, TRACE_DRIVER, "never %d", evaluated());
    Trace(TRACE_LEVEL_ERROR, "own flag %d", 1);
    FuncEntry(TRACE_DRIVER);
    TraceReturn(0xC000009A);
    TraceBoth(TRACE_DRIVER, "message %d", 5);
    DebugPrint(("parenthesised %s %d", "text", 1));
    DebugPrint(("alone"));
    DebugPrintLevel(TRACE_LEVEL_ERROR, ("with level %d", 2));
    DebugPrintLevel(TRACE_LEVEL_VERBOSE, ("off %d", evaluated()));
    LogEvents(NULL, TRACE_LEVEL_ERROR, TRACE_DRIVER, "log %u", 4);
    evaluations != 0 ? TraceEvents(TRACE_LEVEL_ERROR, TRACE_DRIVER, "%!FUNC! 100%% %!unfinished") : (void)0;
    DoTraceMessage(TRACE_OTHER, "information is off %d", evaluated());
    if (WPP_LEVEL_FLAGS_ENABLED(TRACE_LEVEL_ERROR, TRACE_OTHER) &&
        !WPP_LEVEL_FLAGS_ENABLED(TRACE_LEVEL_WARNING, TRACE_OTHER))
    {
        TraceEvents(TRACE_LEVEL_ERROR, TRACE_OTHER, "bits %x %x %x", WPP_BIT_MYDRIVER_ALL_INFO, WPP_BIT_TRACE_DRIVER,
                    WPP_BIT_TRACE_OTHER);
    }
    WPP_CLEANUP((PVOID)&string);
    WPP_CLEANUP();
    return evaluations == 1 ? 0 : 1;
}
