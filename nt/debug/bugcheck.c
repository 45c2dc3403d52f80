/* SPDX-License-Identifier: MIT */
/*
 * Bug checks: the last words of a process in which a driver, or the runtime, broke a rule.
 */
#include "nt/debug/bugcheck.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "nt/debug/callbacks.h"
#include "nt/debug/dump.h"
#include "nt/debug/meaning.h"
#include "nt/debug/names.h"
#include "nt/debug/state.h"

enum
{
    TEXT_SIZE = 2048,
};

static struct
{
    bugcheck_handler *handler;
    void *context;
} installed;

/* One bug check, on the stack of the thread that it happens on. */
struct stop
{
    ULONG code;
    ULONG_PTR parameters[4];
    size_t used;
    char text[TEXT_SIZE];
};

static void stop_say(struct stop *stop, const char *format, va_list arguments)
{
    int length = vsnprintf(stop->text + stop->used, sizeof(stop->text) - stop->used, format, arguments);

    stop->used += length > 0 ? (size_t)length : 0;
    if (stop->used >= sizeof(stop->text))
    {
        stop->used = sizeof(stop->text) - 1;
    }
}

static __attribute__((format(printf, 2, 3))) void stop_print(struct stop *stop, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    stop_say(stop, format, arguments);
    va_end(arguments);
}

static void stop_print_meaning(struct stop *stop)
{
    const char *const *meaning = bugcheck_meaning(stop->code, stop->parameters[0]);

    for (size_t index = 0; meaning != NULL && index < 4; index++)
    {
        if (meaning[index] != NULL)
        {
            stop_print(stop, "\n  parameter %zu: 0x%llX, %s", index + 1, stop->parameters[index], meaning[index]);
        }
    }
}

static void stop_print_place(struct stop *stop)
{
    const struct platform_thread *thread = platform_current();

    stop_print(stop, "\n  IRQL %u, thread %u '%s'", thread->irql, thread->id, thread->name);
}

/* What is left to do when the text and the stack are out. */
static void stop_dump(void *context)
{
    struct stop *stop = context;
    struct dump_writer writer = {.watch = callbacks_watch};
    struct dump_header header;

    dump_header_initialize(&header, stop->code, stop->parameters);
    dump_begin(&writer, &header);
    dump_write(&writer, DUMP_TEXT, NULL, NULL, stop->text, stop->used);
    dump_write_stack(&writer);
    callbacks_run(&writer, &header);
    (void)dump_end(&writer);
}

static void stop_begin(struct stop *stop, ULONG code, const ULONG_PTR parameters[4])
{
    const char *name = bugcheck_name(code);

    if (installed.handler != NULL)
    {
        installed.handler(code, parameters, installed.context);
    }
    stop->code = code;
    memcpy(stop->parameters, parameters, sizeof(stop->parameters));
    stop->used = 0;
    stop_print(stop, "bug check 0x%08X %s%s(0x%llX, 0x%llX, 0x%llX, 0x%llX)", code, name != NULL ? name : "",
               name != NULL ? " " : "", parameters[0], parameters[1], parameters[2], parameters[3]);
}

_Noreturn void bugcheck(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4)
{
    struct stop stop;

    stop_begin(&stop, code, (const ULONG_PTR[4]){p1, p2, p3, p4});
    stop_print_meaning(&stop);
    stop_print_place(&stop);
    platform_fatal_then(stop_dump, &stop, stop.text);
}

_Noreturn void bugcheck_explained(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4, const char *format,
                                  ...)
{
    struct stop stop;
    va_list arguments;

    stop_begin(&stop, code, (const ULONG_PTR[4]){p1, p2, p3, p4});
    stop_print(&stop, "\n  ");
    va_start(arguments, format);
    stop_say(&stop, format, arguments);
    va_end(arguments);
    stop_print_place(&stop);
    platform_fatal_then(stop_dump, &stop, stop.text);
}

void bugcheck_report(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4, const char *format, ...)
{
    struct stop stop;
    va_list arguments;

    stop_begin(&stop, code, (const ULONG_PTR[4]){p1, p2, p3, p4});
    stop_print(&stop, "\n  ");
    va_start(arguments, format);
    stop_say(&stop, format, arguments);
    va_end(arguments);
    stop_print_place(&stop);
    platform_fatal_report(stop_dump, &stop, stop.text);
}

NTSTATUS bugcheck_rehearse(ULONG code, const ULONG_PTR parameters[4])
{
    struct platform_thread *thread = platform_current();
    uint8_t irql = thread->irql;
    struct dump_writer writer = {.watch = callbacks_watch};
    struct dump_header header;
    NTSTATUS status;

    dump_header_initialize(&header, code, parameters);
    header.live = 1;
    dump_begin(&writer, &header);
    dump_write_stack(&writer);
    callbacks_run(&writer, &header);
    status = dump_end(&writer);
    callbacks_rewind();
    thread->irql = irql;
    return status;
}

void bugcheck_set_handler(bugcheck_handler *handler, void *context)
{
    installed.handler = handler;
    installed.context = context;
}

_Noreturn void nt_unimplemented(const char *function)
{
    platform_fatal("%s is declared, but this version of the runtime does not implement it (see docs/compatibility.md)",
                   function);
}

/*
 * Published entry points.
 */
VOID KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2,
                  ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4)
{
    bugcheck(BugCheckCode, BugCheckParameter1, BugCheckParameter2, BugCheckParameter3, BugCheckParameter4);
}

VOID KeBugCheck(ULONG BugCheckCode)
{
    bugcheck(BugCheckCode, 0, 0, 0, 0);
}
