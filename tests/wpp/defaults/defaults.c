/* SPDX-License-Identifier: MIT */
/*
 * A source without a configuration: the macros of DMF's own sources are there all the same.
 */
#include "ntbase.h"
#include "defaults.tmh"

int main(void)
{
    WPP_INIT_TRACING(NULL, NULL);
    TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "events %d", 1);
    TraceError(DMF_TRACE, "error %d", 2);
    TraceWarning(DMF_TRACE, "off");
    TraceInformation(DMF_TRACE, "off");
    TraceVerbose(DMF_TRACE, "off");
    Trace(TRACE_LEVEL_ERROR, "trace %d", 3);
    FuncEntry(DMF_TRACE);
    FuncEntryArguments(DMF_TRACE, "argument=%d", 4);
    FuncExit(DMF_TRACE, "status=%!STATUS!", 0);
    FuncExitVoid(DMF_TRACE);
    FuncExitNoReturn(DMF_TRACE);
    LogEvents(NULL, TRACE_LEVEL_ERROR, DMF_TRACE, "log %d", 5);
    WPP_CLEANUP(NULL);
    return 0;
}
