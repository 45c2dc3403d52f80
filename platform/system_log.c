/* SPDX-License-Identifier: MIT */
/*
 * The system's log: the journal where there is one, syslog otherwise.
 *
 * libsystemd is taken when it is installed where the program runs, so that nothing needs it to be built. The simulation writes
 * nothing: what it does stays in the process.
 */
#include <string.h>

#include "platform/platform.h"

#if defined(PLATFORM_SIMULATION)

void platform_system_log(unsigned priority, const char *const *fields, size_t count)
{
    (void)priority;
    (void)fields;
    (void)count;
}

#else

#include <dlfcn.h>
#include <sys/uio.h>
#include <syslog.h>
#include <unistd.h>

typedef int journal_send(const struct iovec *fields, int count);

static struct platform_once looked;
static journal_send *send_to_journal;

/* The library says nothing of a journal that does not run; its socket does. */
static void look_for_journal(void *argument)
{
    void *library;

    (void)argument;
    if (access("/run/systemd/journal/socket", W_OK) != 0)
    {
        return;
    }
    library = dlopen("libsystemd.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library != NULL)
    {
        *(void **)&send_to_journal = dlsym(library, "sd_journal_sendv");
    }
}

static bool journal_write(const char *const *fields, size_t count)
{
    struct iovec vector[PLATFORM_SYSTEM_LOG_FIELDS];

    platform_once_run(&looked, look_for_journal, NULL);
    if (send_to_journal == NULL || count > PLATFORM_SYSTEM_LOG_FIELDS)
    {
        return false;
    }
    for (size_t index = 0; index < count; index++)
    {
        vector[index] = (struct iovec){(char *)(uintptr_t)fields[index], strlen(fields[index])};
    }
    return send_to_journal(vector, (int)count) >= 0;
}

void platform_system_log(unsigned priority, const char *const *fields, size_t count)
{
    if (!journal_write(fields, count))
    {
        syslog(LOG_USER | (int)(priority & LOG_PRIMASK), "%s", strchr(fields[0], '=') + 1);
    }
}

#endif
