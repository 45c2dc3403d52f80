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

void platform_fatal_arguments(const char *format, va_list arguments)
{
    static int nested;
    char text[TEXT_SIZE];

    vsnprintf(text, sizeof(text), format, arguments);
    fatal_begin(text);
    /* One write, so that the lines of two threads do not mix. */
    dprintf(STDERR_FILENO, "fatal: %s\n", text);
    if (__atomic_exchange_n(&nested, 1, __ATOMIC_RELAXED) == 0)
    {
        fatal_context(STDERR_FILENO);
        platform_print_stack(STDERR_FILENO);
    }
    abort();
}

void platform_fatal(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    platform_fatal_arguments(format, arguments);
}
