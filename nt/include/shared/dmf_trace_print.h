/* SPDX-License-Identifier: MIT */
/*
 * Plain printing in place of WPP: with DMF_TRACE_PRINT defined for a driver or a library of Modules, every published header brings these
 * macros, and no .tmh file is needed. A statement prints its line to standard error; the formats are the same, %!STATUS! and so on
 * included. A source that has a .tmh file all the same keeps its own macros, which print too.
 *
 * Flags are not evaluated, so they need not be defined. A format need not be a literal, but for FuncEntryArguments and FuncExit.
 */
#ifndef DMF_TRACE_PRINT_H
#define DMF_TRACE_PRINT_H

#include "dmf_trace_site.h"

/* TRACE_LEVEL_NONE is never on: one below zero is the largest number there is. */
#define DMF_TRACE_IS_PLAIN(Level) ((unsigned int)(Level) - 1u < dmf_trace_plain_level)

#define DMF_TRACE_PLAIN_CALL(Types, Recorder, Level, Flags, Format, ...) \
    (DMF_TRACE_IS_PLAIN(Level) ? __extension__({ \
        const struct dmf_trace_site dmf_trace_site_ = { \
            sizeof(struct dmf_trace_site), 0u, Flags, __FILE__, __LINE__, __func__, Format, Types, 0 \
        }; \
        (void)(Recorder); \
        dmf_trace_print(&dmf_trace_site_, (unsigned int)(Level), ##__VA_ARGS__); \
    }) : (void)0)

#define DMF_TRACE_PLAIN(Level, Flags, ...) DMF_TRACE_PLAIN_CALL(0, 0, Level, Flags, __VA_ARGS__)

#define TraceEvents(LEVEL, FLAGS, ...) DMF_TRACE_PLAIN(LEVEL, #FLAGS, __VA_ARGS__)
#define TraceInformation(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_INFORMATION, #FLAGS, __VA_ARGS__)
#define TraceVerbose(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_VERBOSE, #FLAGS, __VA_ARGS__)
#define TraceError(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_ERROR, #FLAGS, __VA_ARGS__)
#define TraceWarning(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_WARNING, #FLAGS, __VA_ARGS__)
#define Trace(LEVEL, ...) DMF_TRACE_PLAIN(LEVEL, "MYDRIVER_ALL_INFO", __VA_ARGS__)
#define FuncEntry(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_VERBOSE, #FLAGS, "--> %!FUNC!")
#define FuncEntryArguments(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_VERBOSE, #FLAGS, "--> %!FUNC! " __VA_ARGS__)
#define FuncExit(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_VERBOSE, #FLAGS, "<-- %!FUNC! " __VA_ARGS__)
#define FuncExitVoid(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_VERBOSE, #FLAGS, "<-- %!FUNC!")
#define FuncExitNoReturn(FLAGS, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_VERBOSE, #FLAGS, "<-- %!FUNC!")
#define LogEvents(IFRLOG, LEVEL, FLAGS, ...) DMF_TRACE_PLAIN_CALL(0, IFRLOG, LEVEL, #FLAGS, __VA_ARGS__)
#define DoTraceMessage(FLAG, ...) DMF_TRACE_PLAIN(TRACE_LEVEL_INFORMATION, #FLAG, __VA_ARGS__)

/* Nothing asks who provides a printed line. The user flavour never evaluates WPP_CLEANUP's argument, see dmf_trace.h. */
#define WPP_INIT_TRACING(...) dmf_trace_start(0, ##__VA_ARGS__)
#if defined(_KERNEL_MODE) || defined(DMF_KERNEL_MODE)
#define WPP_CLEANUP(...) dmf_trace_stop(0, ##__VA_ARGS__)
#else
#define WPP_CLEANUP(...) dmf_trace_stop(0)
#endif

/* What drivers define WPP_FLAG_LEVEL_ENABLED and its like with. */
struct dmf_trace_plain_control
{
    unsigned char Level;
    unsigned int Flags;
    void *Logger;
};

FORCEINLINE struct dmf_trace_plain_control dmf_trace_plain_get_control(void)
{
    struct dmf_trace_plain_control control = { (unsigned char)dmf_trace_plain_level, 0xffffffffu, 0 };
    return control;
}

#define WPP_CONTROL(Control) dmf_trace_plain_get_control()
#define WPP_LEVEL_ENABLED(Flags) (dmf_trace_plain_level != 0)
#define WPP_LEVEL_LOGGER(Flags) ((void *)0),

#endif /* DMF_TRACE_PRINT_H */
