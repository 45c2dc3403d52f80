/* SPDX-License-Identifier: MIT */
/*
 * Trace statements as the runtime sees them: levels, call sites, providers, and the functions that the macros call.
 */
#ifndef DMF_TRACE_SITE_H
#define DMF_TRACE_SITE_H

#include "ntbase.h"

/*
 * Levels.
 */
#ifndef TRACE_LEVEL_NONE
#define TRACE_LEVEL_NONE 0
#endif
#ifndef TRACE_LEVEL_CRITICAL
#define TRACE_LEVEL_CRITICAL 1
#endif
#ifndef TRACE_LEVEL_FATAL
#define TRACE_LEVEL_FATAL 1
#endif
#ifndef TRACE_LEVEL_ERROR
#define TRACE_LEVEL_ERROR 2
#endif
#ifndef TRACE_LEVEL_WARNING
#define TRACE_LEVEL_WARNING 3
#endif
#ifndef TRACE_LEVEL_INFORMATION
#define TRACE_LEVEL_INFORMATION 4
#endif
#ifndef TRACE_LEVEL_VERBOSE
#define TRACE_LEVEL_VERBOSE 5
#endif
#ifndef TRACE_LEVEL_RESERVED6
#define TRACE_LEVEL_RESERVED6 6
#define TRACE_LEVEL_RESERVED7 7
#define TRACE_LEVEL_RESERVED8 8
#define TRACE_LEVEL_RESERVED9 9
#endif

/* What a custom %!Name! of a configuration block prints: the names of the values 0, 1, 2, ..., or NULL for numbers. */
struct dmf_trace_type
{
    const char *name;
    const char *const *values;
    unsigned int value_count;
};

/* A trace statement in a source. */
struct dmf_trace_site
{
    /* Size of this structure, so that a runtime can serve drivers built for an earlier one. */
    unsigned int size;
    /* The level where it is a constant, otherwise zero; the call passes the level in any case. */
    unsigned int level;
    /* The flags, in the source's words. */
    const char *flags;
    const char *file;
    unsigned int line;
    const char *function;
    const char *format;
    /* The custom types of the source's configuration, ended by one without a name; or NULL. */
    const struct dmf_trace_type *types;
    /* The runtime's, initially NULL. */
    void *state;
};

/* A flag, and a provider as WPP_CONTROL_GUIDS describes it. */
struct dmf_trace_provider
{
    const char *name;
    const char *guid;
    /* Separated by spaces, in the order of their bits. */
    const char *flags;
};

EXTERN_C_START

/*
 * The highest level that a statement hands over; zero when tracing is off. It is the higher of these two: what is printed at once (the
 * session that sources ask about with WPP_LEVEL_ENABLED and the like), and what the in-flight recorder keeps.
 */
extern DMF_PUBLISHED volatile unsigned int dmf_trace_level;
extern DMF_PUBLISHED volatile unsigned int dmf_trace_print_level;
extern DMF_PUBLISHED volatile unsigned int dmf_trace_record_level;

/*
 * Writes one trace record. Recorder is the in-flight log that the statement names, or NULL. Any IRQL.
 */
DMF_PUBLISHED void dmf_trace_write(struct dmf_trace_site *Site, void *Recorder, unsigned int Level, ...);

/*
 * Prints one line to standard error, whatever the recorder keeps; the site is not kept. The highest level that is printed so is what the
 * environment variable DMF_TRACE_LEVEL says, or else information. Any IRQL.
 */
extern DMF_PUBLISHED volatile unsigned int dmf_trace_plain_level;
DMF_PUBLISHED void dmf_trace_print(const struct dmf_trace_site *Site, unsigned int Level, ...);

/*
 * What WPP_INIT_TRACING and WPP_CLEANUP call; Providers is ended by one without a name, or NULL. The providers' names and GUIDs go into
 * the driver's logs. Further arguments are ignored.
 */
DMF_PUBLISHED void dmf_trace_start(const struct dmf_trace_provider *Providers, ...);
DMF_PUBLISHED void dmf_trace_stop(const struct dmf_trace_provider *Providers, ...);

EXTERN_C_END

#endif /* DMF_TRACE_SITE_H */
