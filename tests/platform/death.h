/* SPDX-License-Identifier: MIT */
/* Runs something that must stop the process, in a child, and gives back what the child said. */
#pragma once

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run.h"

enum
{
    DEATH_TEXT = 16384,
};

static inline void death_child(platform_thread_function *function, void *argument, int output)
{
    struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
    signal(SIGABRT, SIG_DFL);
    dup2(output, STDERR_FILENO);
    function(argument);
    _exit(0);
}

/* The text is valid until the next call. */
static inline const char *death_of(platform_thread_function *function, void *argument)
{
    static char text[DEATH_TEXT];
    size_t used = 0;
    ssize_t got;
    int status;
    int ends[2];
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
    {
        death_child(function, argument, ends[1]);
    }
    close(ends[1]);
    while (used < sizeof(text) - 1 && (got = read(ends[0], text + used, sizeof(text) - 1 - used)) > 0)
    {
        used += (size_t)got;
    }
    text[used] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
    {
        fail_msg("the child was expected to abort, but its status is %d and it said: %s", status, text);
    }
    return text;
}

static inline void assert_says(const char *text, const char *part)
{
    if (text == NULL || strstr(text, part) == NULL)
    {
        fail_msg("\"%s\" is missing from: %s", part, text != NULL ? text : "nothing");
    }
}
