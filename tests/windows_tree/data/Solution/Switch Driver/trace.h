/* SPDX-License-Identifier: MIT */
#pragma once

#define WPP_CONTROL_GUIDS                                                         \
    WPP_DEFINE_CONTROL_GUID(                                                      \
        SwitchTraceGuid, (5D6C6C8D,1A2B,4C3D,8E4F,0123456789AB),                  \
        WPP_DEFINE_BIT(MYDRIVER_ALL_INFO)  /* bit  0 = 0x00000001 */              \
        WPP_DEFINE_BIT(TRACE_DRIVER)       /* bit  1 = 0x00000002 */              \
        WPP_DEFINE_BIT(TRACE_DEVICE)       /* bit  2 = 0x00000004 */              \
        )

#define WPP_FLAG_LEVEL_LOGGER(flag, level)                                        \
    WPP_LEVEL_LOGGER(flag)

#define WPP_FLAG_LEVEL_ENABLED(flag, level)                                       \
    (WPP_LEVEL_ENABLED(flag) &&                                                   \
     WPP_CONTROL(WPP_BIT_ ## flag).Level >= level)

#define WPP_LEVEL_FLAGS_LOGGER(lvl,flags)                                         \
    WPP_LEVEL_LOGGER(flags)

#define WPP_LEVEL_FLAGS_ENABLED(lvl, flags)                                       \
    (WPP_LEVEL_ENABLED(flags) && WPP_CONTROL(WPP_BIT_ ## flags).Level >= lvl)

//
// This comment block is scanned by the trace preprocessor to define our
// Trace function.
//
// begin_wpp config
// FUNC Trace{FLAGS=MYDRIVER_ALL_INFO}(LEVEL, MSG, ...);
// FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
// FUNC TraceError{LEVEL=TRACE_LEVEL_ERROR}(FLAGS, MSG, ...);
// FUNC FuncEntry{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
// USEPREFIX(FuncEntry, "%!STDPREFIX! [%!FUNC!] --> entry");
// FUNC FuncExit{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...);
// USEPREFIX(FuncExit, "%!STDPREFIX! [%!FUNC!] <-- exit: ");
// CUSTOM_TYPE(blink, ItemListLong(Invalid, Off, On));
// end
//
