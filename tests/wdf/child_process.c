/* SPDX-License-Identifier: MIT */
/*
 * A call in a child process.
 */
#include "child_process.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nt_case.h"

bool child_process_stops(void (*call)(void), char *said, size_t size)
{
    size_t used = 0;
    char rest[256];
    int ends[2];
    int status;
    ssize_t got;
    pid_t child;

    CHECK(pipe(ends) == 0);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
    {
        (void)dup2(ends[1], STDERR_FILENO);
        (void)close(ends[0]);
        (void)close(ends[1]);
        call();
        _exit(0);
    }
    (void)close(ends[1]);
    do
    {
        bool full = used + 1 >= size;

        got = read(ends[0], full ? rest : said + used, full ? sizeof(rest) : size - 1 - used);
        used += full || got < 0 ? 0 : (size_t)got;
    } while (got > 0);
    said[used] = '\0';
    (void)close(ends[0]);
    CHECK(waitpid(child, &status, 0) == child);
    return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}
