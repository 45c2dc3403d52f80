/* SPDX-License-Identifier: MIT */
/* The end of a process that cannot go on: text, stack, abort. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "platform/internal.h"

enum
{
    TEXT_SIZE = 1024,
};

enum
{
    PATIENCE_SECONDS = 10,
};

/* The thread whose end of the process it is. */
static uint32_t ending_thread;

static bool fatal_claim(uint32_t thread)
{
    uint32_t nobody = 0;

    return __atomic_compare_exchange_n(&ending_thread, &nobody, thread, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

bool fatal_is_ending(void)
{
    return __atomic_load_n(&ending_thread, __ATOMIC_ACQUIRE) != 0;
}

void platform_fatal_report(void (*last)(void *context), void *context, const char *text)
{
    uint32_t thread = platform_current_thread != NULL ? platform_current_thread->id : UINT32_MAX;

    /* One write, so that the lines of two threads do not mix. */
    dprintf(STDERR_FILENO, "fatal: %s\n", text);
    if (fatal_claim(thread))
    {
        fatal_context(STDERR_FILENO);
        platform_print_stack(STDERR_FILENO);
        if (last != NULL)
        {
            last(context);
        }
    }
    else if (__atomic_load_n(&ending_thread, __ATOMIC_ACQUIRE) != thread)
    {
        /* The other thread ends the process. It may wait for this one, so not for ever. */
        platform_sleep_until(platform_deadline_in(PATIENCE_SECONDS * PLATFORM_SECOND));
    }
}

_Noreturn void platform_fatal_then(void (*last)(void *context), void *context, const char *text)
{
    fatal_begin(text);
    platform_fatal_report(last, context, text);
    abort();
}

void platform_fatal_arguments(const char *format, va_list arguments)
{
    char text[TEXT_SIZE];

    vsnprintf(text, sizeof(text), format, arguments);
    platform_fatal_then(NULL, NULL, text);
}

void platform_fatal(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    platform_fatal_arguments(format, arguments);
}
