/* SPDX-License-Identifier: MIT */
/*
 * A source without a .tmh file: its statements print, whatever the arguments are. In both flavours, as C and as C++.
 */
#define DMF_TRACE_PRINT
#if defined(PLAIN_KERNEL)
#include <ntddk.h>

#include <wpprecorder.h>
#else
#include <windows.h>
#endif

/* Accepted, and never expanded. */
#define WPP_CONTROL_GUIDS                                                               \
    WPP_DEFINE_CONTROL_GUID(PlainTraceGuid, (1AE05C6D, 9140, 41DC, BFBD, C8C4391FD95F), \
                            WPP_DEFINE_BIT(MYDRIVER_ALL_INFO) WPP_DEFINE_BIT(TRACE_DEVICE))
#define WPP_FLAG_LEVEL_LOGGER(Flag, Least) WPP_LEVEL_LOGGER(Flag)
#define WPP_FLAG_LEVEL_ENABLED(Flag, Least) (WPP_LEVEL_ENABLED(Flag) && WPP_CONTROL(WPP_BIT_##Flag).Level >= (Least))

static int evaluated;

static int evaluate(void)
{
    return ++evaluated;
}

/* Values of every kind that a statement may have. */
static void print_values(const char *format)
{
    static const GUID guid = {0x74DC7AB3, 0x690B, 0x480A, {0x87, 0xA4, 0x36, 0x27, 0x88, 0x2A, 0x83, 0x1C}};
    void *nothing = NULL;

    TraceError(TRACE_DEVICE, "%!STATUS! %!HRESULT! %!WINERROR!", 0xC0000017, 0x80004005, 5);
    TraceError(TRACE_DEVICE, "%!GUID! %!bool! %!unknown! %S %ws", &guid, 1, 12, L"wide", L"w");
    TraceError(TRACE_DEVICE | NO_SUCH_FLAG, "%I64x %p %c %5.2f %*d", 0x123456789AULL, nothing, 'x', 1.5, 4, 7);
    TraceEvents(evaluated == 0 ? TRACE_LEVEL_ERROR : TRACE_LEVEL_WARNING, TRACE_DEVICE, format, 3);
}

static int run(int count)
{
    FuncEntry(TRACE_DEVICE);
    FuncEntryArguments(TRACE_DEVICE, "count=%d", count);
    print_values("any format, %d");
    FuncExit(TRACE_DEVICE, "count=%d", count);
    FuncExitVoid(TRACE_DEVICE);
    FuncExitNoReturn(TRACE_DEVICE);
    return count;
}

int main(void)
{
    void *log = NULL;

    WPP_INIT_TRACING(NULL, NULL);
    TraceEvents(TRACE_LEVEL_ERROR, TRACE_DEVICE, "no arguments, 100%%");
    TraceWarning(TRACE_DEVICE, "in %!FUNC!");
    TraceInformation(TRACE_DEVICE, "%s", "information");
    TraceVerbose(TRACE_DEVICE, "%d", evaluate());
    Trace(TRACE_LEVEL_ERROR, "without flags");
    TraceEvents(TRACE_LEVEL_NONE, TRACE_DEVICE, "never %d", evaluate());
    LogEvents(log, TRACE_LEVEL_ERROR, TRACE_DEVICE, "to a log, %u", 4u);
    DoTraceMessage(TRACE_DEVICE, "old %d", 1);
    if (WPP_FLAG_LEVEL_ENABLED(TRACE_DEVICE, TRACE_LEVEL_INFORMATION))
    {
        TraceInformation(TRACE_DEVICE, "enabled");
    }
    evaluated = 0;
    (void)run(2);
    WPP_CLEANUP(NULL);
    return 0;
}
