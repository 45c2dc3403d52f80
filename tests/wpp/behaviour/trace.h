/* SPDX-License-Identifier: MIT */
/*
 * The trace header of the test, with every form of directive.
 */
#ifndef WPP_TEST_TRACE_H
#define WPP_TEST_TRACE_H

#define WPP_CONTROL_GUIDS                                                                   \
    WPP_DEFINE_CONTROL_GUID(FirstGuid, (74DC7AB3, 690B, 480A, 87A4, 3627882A831C),          \
                            WPP_DEFINE_BIT(MYDRIVER_ALL_INFO) WPP_DEFINE_BIT(TRACE_DRIVER)) \
    WPP_DEFINE_CONTROL_GUID(SecondGuid, (84DC7AB3, 690B, 480A, 87A4, 3627882A831C), WPP_DEFINE_BIT(TRACE_OTHER))

#define WPP_LEVEL_FLAGS_LOGGER(lvl, flags) WPP_LEVEL_LOGGER(flags)
#define WPP_LEVEL_FLAGS_ENABLED(lvl, flags) (WPP_LEVEL_ENABLED(flags) && WPP_CONTROL(WPP_BIT_##flags).Level >= lvl)

/*
 * begin_wpp config
 * FUNC Trace{FLAGS=MYDRIVER_ALL_INFO}(LEVEL, MSG, ...);
 * FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
 * FUNC FuncEntry{LEVEL=TRACE_LEVEL_ERROR}(FLAGS);
 * USESUFFIX(FuncEntry, "%!FUNC! entered");
 * FUNC TraceReturn{LEVEL=TRACE_LEVEL_ERROR}(STATUS);
 * USESUFFIX(TraceReturn, "%!FUNC! returns %!STATUS!", STATUS);
 * FUNC TraceBoth{LEVEL=TRACE_LEVEL_ERROR}(FLAGS, MSG, ...);
 * USEPREFIX(TraceBoth, "%!STDPREFIX![%d] ", 7);
 * USESUFFIX(TraceBoth, " <%s>", "end");
 * FUNC DebugPrint{LEVEL=TRACE_LEVEL_ERROR, FLAGS=TRACE_DRIVER}((MSG, ...));
 * FUNC DebugPrintLevel(LEVEL, (MSG, ...));
 * FUNC LogEvents(IFRLOG, LEVEL, FLAGS, MSG, ...);
 * CUSTOM_TYPE(color, ItemListLong(Red, Green,
 *     Blue));
 * CUSTOM_TYPE(kind, ItemEnum(_KIND));
 * DEFINE_CPLX_TYPE(BYTES, WPP_LOGBYTES, const void *, ItemString, "s", _BYTES_, 0);
 * end
 */

#endif /* WPP_TEST_TRACE_H */
