/* SPDX-License-Identifier: MIT */
/*
 * Software tracing of drivers: what a .tmh file that dmf-wpp wrote stands on, and the border to the runtime.
 *
 * A trace macro tests one variable. Only when its level is on are the arguments evaluated and handed to the runtime together
 * with the call site, a record that exists once per call and never changes as far as the driver is concerned.
 *
 * With DMF_TRACE_PRINT a statement prints its line instead, dmf_trace_print.h.
 */
#ifndef DMF_TRACE_H
#define DMF_TRACE_H

#include "dmf_trace_site.h"

/*
 * The call. TRACE_LEVEL_NONE is never on: one below zero is the largest number there is.
 */
#if defined(DMF_TRACE_PRINT)
#include "dmf_trace_print.h"
#define DMF_TRACE_IS_ON(Level) DMF_TRACE_IS_PLAIN(Level)
#define DMF_TRACE_IS_PRINTED(Level) DMF_TRACE_IS_PLAIN(Level)
#define DMF_TRACE_PRINTED_LEVEL dmf_trace_plain_level
#define DMF_TRACE_CALL(Recorder, Level, Flags, ...) \
    DMF_TRACE_PLAIN_CALL(DMF_TRACE_TYPES, Recorder, Level, Flags, __VA_ARGS__)
#else
#define DMF_TRACE_IS_ON(Level) ((unsigned int)(Level) - 1u < dmf_trace_level)
#define DMF_TRACE_IS_PRINTED(Level) ((unsigned int)(Level) - 1u < dmf_trace_print_level)
#define DMF_TRACE_PRINTED_LEVEL dmf_trace_print_level

#define DMF_TRACE_CALL(Recorder, Level, Flags, Format, ...) \
    (DMF_TRACE_IS_ON(Level) ? __extension__({ \
        static struct dmf_trace_site dmf_trace_site_ = { \
            sizeof(struct dmf_trace_site), __builtin_constant_p(Level) ? (unsigned int)(Level) : 0u, Flags, __FILE__, __LINE__, \
            __func__, Format, DMF_TRACE_TYPES, 0 \
        }; \
        dmf_trace_write(&dmf_trace_site_, (void *)(Recorder), (unsigned int)(Level), ##__VA_ARGS__); \
    }) : (void)0)
#endif

/*
 * The log that a statement names. In the kernel flavour no log is none: the record is lost. User mode has the driver's log alone.
 */
#define DMF_TRACE_NO_LOG ((void *)~(ULONG_PTR)0)
FORCEINLINE void *dmf_trace_log_or_none(void *Recorder)
{
    return Recorder != 0 ? Recorder : DMF_TRACE_NO_LOG;
}
#if defined(_KERNEL_MODE) || defined(DMF_KERNEL_MODE)
#define DMF_TRACE_LOG(Recorder) dmf_trace_log_or_none((void *)(Recorder))
#else
#define DMF_TRACE_LOG(Recorder) (Recorder)
#endif

/* The first argument of a list that may be empty; the rest of it, with a comma in front when there is one. */
#define DMF_TRACE_FIRST(...) DMF_TRACE_FIRST_(__VA_ARGS__, )
#define DMF_TRACE_FIRST_(First, ...) First
#define DMF_TRACE_REST(...) DMF_TRACE_REST_(__VA_ARGS__)
#define DMF_TRACE_REST_(First, ...) , ##__VA_ARGS__

/* Expands its arguments before it applies the macro, so that one of them may stand for several. */
#define DMF_TRACE_APPLY(Macro, ...) Macro(__VA_ARGS__)
#define DMF_TRACE_UNPACK(...) __VA_ARGS__

/*
 * What sources ask about providers and flags. WPP_CONTROL_GUIDS is expanded here for the names of its flags, and by
 * WPP_INIT_TRACING for its text.
 */
struct dmf_trace_control
{
    unsigned char Level;
    unsigned int Flags;
    void *Logger;
};

FORCEINLINE struct dmf_trace_control dmf_trace_get_control(void)
{
    struct dmf_trace_control control = { (unsigned char)DMF_TRACE_PRINTED_LEVEL, 0xffffffffu, 0 };
    return control;
}

#ifndef WPP_CONTROL
#define WPP_CONTROL(Control) dmf_trace_get_control()
#endif
#ifndef WPP_LEVEL_ENABLED
#define WPP_LEVEL_ENABLED(Flags) (DMF_TRACE_PRINTED_LEVEL != 0)
#endif
#ifndef WPP_LEVEL_LOGGER
#define WPP_LEVEL_LOGGER(Flags) ((void *)0),
#endif
#ifndef WPP_LEVEL_FLAGS_ENABLED
#define WPP_LEVEL_FLAGS_ENABLED(Level, Flags) DMF_TRACE_IS_PRINTED(Level)
#endif
#ifndef WPP_LEVEL_FLAGS_LOGGER
#define WPP_LEVEL_FLAGS_LOGGER(Level, Flags) WPP_LEVEL_LOGGER(Flags)
#endif
#ifndef WPP_FLAG_LEVEL_ENABLED
#define WPP_FLAG_LEVEL_ENABLED(Flags, Level) DMF_TRACE_IS_PRINTED(Level)
#endif
#ifndef WPP_FLAG_LEVEL_LOGGER
#define WPP_FLAG_LEVEL_LOGGER(Flags, Level) WPP_LEVEL_LOGGER(Flags)
#endif
#ifndef WPP_FLAGS_LEVEL_ENABLED
#define WPP_FLAGS_LEVEL_ENABLED(Flags, Level) DMF_TRACE_IS_PRINTED(Level)
#endif
#ifndef WPP_FLAGS_LEVEL_LOGGER
#define WPP_FLAGS_LEVEL_LOGGER(Flags, Level) WPP_LEVEL_LOGGER(Flags)
#endif
#ifndef WPP_RECORDER_LEVEL_FLAGS_FILTER
#define WPP_RECORDER_LEVEL_FLAGS_FILTER(Level, Flags) DMF_TRACE_IS_ON(Level)
#endif
#ifndef WPP_RECORDER_LEVEL_FLAGS_ARGS
#define WPP_RECORDER_LEVEL_FLAGS_ARGS(Level, Flags) ((void *)0), (Level), 0
#endif
#ifndef WPP_RECORDER_FLAGS_LEVEL_FILTER
#define WPP_RECORDER_FLAGS_LEVEL_FILTER(Flags, Level) DMF_TRACE_IS_ON(Level)
#endif
#ifndef WPP_RECORDER_FLAGS_LEVEL_ARGS
#define WPP_RECORDER_FLAGS_LEVEL_ARGS(Flags, Level) ((void *)0), (Level), 0
#endif
#ifndef WPP_RECORDER_IFRLOG_LEVEL_FLAGS_FILTER
#define WPP_RECORDER_IFRLOG_LEVEL_FLAGS_FILTER(Recorder, Level, Flags) DMF_TRACE_IS_ON(Level)
#endif
#ifndef WPP_RECORDER_IFRLOG_LEVEL_FLAGS_ARGS
#define WPP_RECORDER_IFRLOG_LEVEL_FLAGS_ARGS(Recorder, Level, Flags) (Recorder), (Level), 0
#endif

#ifndef WPP_CONTROL_GUIDS
#define WPP_CONTROL_GUIDS
#endif

#undef WPP_DEFINE_CONTROL_GUID
#undef WPP_DEFINE_BIT

/* One enumerator per flag: its bit's number, with the number of the provider in the upper half. */
#define WPP_DEFINE_CONTROL_GUID(Name, Guid, Bits) \
    WPP_CTRL_##Name, WPP_BITS_BEFORE_##Name = (WPP_CTRL_##Name << 16) - 1, Bits WPP_BITS_AFTER_##Name, \
    WPP_RESUME_##Name = WPP_CTRL_##Name,
#define WPP_DEFINE_BIT(Name) WPP_BIT_##Name,
enum dmf_trace_bits
{
    WPP_CONTROL_GUIDS DMF_TRACE_BITS_END
};
#undef WPP_DEFINE_CONTROL_GUID
#undef WPP_DEFINE_BIT

/* The providers of this source, as text; the definitions stay, because the table is expanded where it is used. */
#define WPP_DEFINE_CONTROL_GUID(Name, Guid, Bits) { #Name, #Guid, "" Bits },
#define WPP_DEFINE_BIT(Name) #Name " "

#undef WPP_INIT_TRACING
#undef WPP_CLEANUP
#define WPP_INIT_TRACING(...) DMF_TRACE_WITH_PROVIDERS(dmf_trace_start, ##__VA_ARGS__)
/* The user flavour never evaluates the argument: templates name a function there that only the kernel flavour has. */
#if defined(_KERNEL_MODE) || defined(DMF_KERNEL_MODE)
#define WPP_CLEANUP(...) DMF_TRACE_WITH_PROVIDERS(dmf_trace_stop, ##__VA_ARGS__)
#else
#define WPP_CLEANUP(...) DMF_TRACE_WITH_PROVIDERS(dmf_trace_stop)
#endif
#define DMF_TRACE_WITH_PROVIDERS(Function, ...) \
    __extension__({ \
        static const struct dmf_trace_provider dmf_trace_providers[] = { WPP_CONTROL_GUIDS{ 0, 0, 0 } }; \
        Function(dmf_trace_providers, ##__VA_ARGS__); \
    })

#endif /* DMF_TRACE_H */
