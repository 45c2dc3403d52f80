/* SPDX-License-Identifier: MIT */
/*
 * Tracing of the echo driver: its provider, and the functions that dmf-wpp makes trace macros of.
 */
#ifndef ECHO_TRACE_H
#define ECHO_TRACE_H

#define WPP_CONTROL_GUIDS \
    WPP_DEFINE_CONTROL_GUID(EchoTraceGuid, (B8E8B1A4, 3D0C, 4C36, 9C0E, 5C2B6F5E9A17), WPP_DEFINE_BIT(DMF_TRACE))

/*
begin_wpp config
FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
FUNC FuncEntry{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
FUNC FuncExit{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...);
FUNC FuncExitVoid{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
USEPREFIX(FuncEntry, "--> %!FUNC!");
USEPREFIX(FuncExit, "<-- %!FUNC! ");
USEPREFIX(FuncExitVoid, "<-- %!FUNC!");
end_wpp
*/

#endif /* ECHO_TRACE_H */
