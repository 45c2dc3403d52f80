/* SPDX-License-Identifier: MIT */
/*
 * Tracing of the framework and of the Modules that come with it. Sources of the framework and of Modules include it; a
 * Client Driver has a header of its own with its own provider.
 */
#ifndef DMF_TRACE_LIBRARY_H
#define DMF_TRACE_LIBRARY_H

#if !defined(WPP_CONTROL_GUIDS)
#define WPP_CONTROL_GUIDS \
    WPP_DEFINE_CONTROL_GUID(DmfLibraryTraceGuid, (74DC7AB3, 690B, 480A, 87A4, 3627882A831C), WPP_DEFINE_BIT(DMF_TRACE))
#endif

/*
begin_wpp config
FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
FUNC TraceInformation{LEVEL=TRACE_LEVEL_INFORMATION}(FLAGS, MSG, ...);
FUNC TraceVerbose{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...);
FUNC TraceError{LEVEL=TRACE_LEVEL_ERROR}(FLAGS, MSG, ...);
FUNC TraceWarning{LEVEL=TRACE_LEVEL_WARNING}(FLAGS, MSG, ...);
FUNC FuncEntry{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
FUNC FuncEntryArguments{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...);
FUNC FuncExit{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...);
FUNC FuncExitVoid{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
FUNC FuncExitNoReturn{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
FUNC LogEvents(IFRLOG, LEVEL, FLAGS, MSG, ...);
USEPREFIX(FuncEntry, "--> %!FUNC!");
USEPREFIX(FuncEntryArguments, "--> %!FUNC! ");
USEPREFIX(FuncExit, "<-- %!FUNC! ");
USEPREFIX(FuncExitVoid, "<-- %!FUNC!");
USEPREFIX(FuncExitNoReturn, "<-- %!FUNC!");
end_wpp
*/

#endif /* DMF_TRACE_LIBRARY_H */
