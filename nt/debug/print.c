/* SPDX-License-Identifier: MIT */
/*
 * Text for the debugger, which here is whoever reads standard error. As if a debugger had opened every filter, everything is let
 * through until a driver closes a component's levels.
 */
#include <stdio.h>

#include "nt/crt/format.h"
#include "nt/internal.h"
#include "nt/machine.h"

_Static_assert((int)DPFLTR_ENDOFTABLE_ID <= (int)DEBUG_COMPONENTS, "each component has a mask");

/* The component that DbgPrint speaks for, and the one that no filter applies to. */
#define PRINT_DEFAULT_LEVEL DPFLTR_INFO_LEVEL
#define PRINT_UNFILTERED MAXULONG

struct print_sink
{
    struct format_sink sink;
};

static void print_write(struct format_sink *sink, const void *characters, size_t count)
{
    (void)sink;
    (void)fwrite(characters, 1, count, stderr);
}

static bool component_is_known(ULONG component)
{
    return component < DPFLTR_ENDOFTABLE_ID;
}

/* A level up to 31 is the number of a bit, a greater one is a mask itself. */
static ULONG level_mask(ULONG level)
{
    return level < 32 ? 1u << level : level;
}

static bool print_is_on(ULONG component, ULONG level)
{
    return component == PRINT_UNFILTERED ||
           (component_is_known(component) &&
            (platform_atomic_load_relaxed(&machine()->debug.print_mask[component]) & level_mask(level)) != 0);
}

/* Text that a filter holds back is printed successfully all the same. */
static ULONG print_text(PCSTR prefix, ULONG component, ULONG level, PCSTR format, va_list arguments)
{
    struct print_sink to = {.sink = {.write = print_write}};

    if (!print_is_on(component, level))
    {
        return STATUS_SUCCESS;
    }
    flockfile(stderr);
    (void)fputs(prefix, stderr);
    (void)format_write(&to.sink, format, arguments);
    funlockfile(stderr);
    return STATUS_SUCCESS;
}

static void print_filter_set(ULONG component, ULONG mask, bool on)
{
    ULONG *masks = machine()->debug.print_mask;

    if (on)
    {
        (void)platform_atomic_fetch_or(&masks[component], mask);
        return;
    }
    (void)platform_atomic_fetch_and(&masks[component], ~mask);
}

/*
 * Published entry points.
 */
ULONG DbgPrint(PCSTR Format, ...)
{
    va_list arguments;
    ULONG status;

    va_start(arguments, Format);
    status = print_text("", DPFLTR_DEFAULT_ID, PRINT_DEFAULT_LEVEL, Format, arguments);
    va_end(arguments);
    return status;
}

ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...)
{
    va_list arguments;
    ULONG status;

    va_start(arguments, Format);
    status = print_text("", ComponentId, Level, Format, arguments);
    va_end(arguments);
    return status;
}

ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, va_list Arguments)
{
    return print_text("", ComponentId, Level, Format, Arguments);
}

ULONG vDbgPrintExWithPrefix(PCSTR Prefix, ULONG ComponentId, ULONG Level, PCSTR Format, va_list Arguments)
{
    return print_text(Prefix, ComponentId, Level, Format, Arguments);
}

/* Nobody presses the keys of a debugger here, so that the answer is always no. */
ULONG DbgPrintReturnControlC(PCSTR Format, ...)
{
    va_list arguments;

    va_start(arguments, Format);
    (void)print_text("", DPFLTR_DEFAULT_ID, PRINT_DEFAULT_LEVEL, Format, arguments);
    va_end(arguments);
    return FALSE;
}

NTSTATUS DbgQueryDebugFilterState(ULONG ComponentId, ULONG Level)
{
    return component_is_known(ComponentId) ? print_is_on(ComponentId, Level) : STATUS_INVALID_PARAMETER_1;
}

NTSTATUS DbgSetDebugFilterState(ULONG ComponentId, ULONG Level, BOOLEAN State)
{
    if (!component_is_known(ComponentId))
    {
        return STATUS_INVALID_PARAMETER_1;
    }
    print_filter_set(ComponentId, level_mask(Level), State);
    return STATUS_SUCCESS;
}
