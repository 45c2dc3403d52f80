/* SPDX-License-Identifier: MIT */
/*
 * Runs one case of a test program.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nt/run.h"
#include "nt_case.h"

static void run_body(void *argument)
{
    const struct nt_case *test = argument;

    test->body();
}

/* Whether the text has all parts of the words, which are separated by three dots, in this order. */
static bool says(const char *text, const char *words)
{
    char part[256];

    while (text != NULL && *words != '\0')
    {
        const char *dots = strstr(words, "...");
        size_t length = dots != NULL ? (size_t)(dots - words) : strlen(words);

        CHECK(length < sizeof(part));
        memcpy(part, words, length);
        part[length] = '\0';
        text = strstr(text, part);
        words += dots != NULL ? length + 3 : length;
    }
    return text != NULL;
}

#if defined(NT_CASE_COVERAGE)
void __gcov_dump(void);

/* What a process that is stopped has reached counts as well. */
static void keep_coverage(int signal)
{
    __gcov_dump();
    _exit(128 + signal);
}
#else
#define keep_coverage SIG_DFL
#endif

/* A case that must stop the process: reads what its child says until its end. */
static int run_stopping_case(const struct nt_case *test)
{
    char output[65536] = "";
    size_t used = 0;
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
        (void)signal(SIGABRT, keep_coverage);
        (void)run_seed(1, run_body, (void *)(uintptr_t)test);
        _exit(0);
    }
    (void)close(ends[1]);
    while ((got = read(ends[0], output + used, sizeof(output) - 1 - used)) > 0)
    {
        used += (size_t)got;
    }
    (void)close(ends[0]);
    (void)waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    {
        fprintf(stderr, "%s: went on as if nothing were wrong\n", test->name);
        return 1;
    }
    if (!says(output, test->stops_with))
    {
        fprintf(stderr, "%s: does not say '%s' but:\n%s\n", test->name, test->stops_with, output);
        return 1;
    }
    return 0;
}

static int run_case(const struct nt_case *test, uint64_t first, uint64_t last)
{
    if (test->stops_with != NULL)
    {
        return run_stopping_case(test);
    }
    for (uint64_t seed = first; seed <= last; seed++)
    {
        nt_case_set_seed(seed);
        (void)run_seed(seed, run_body, (void *)(uintptr_t)test);
    }
    return 0;
}

static uint64_t environment_number(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* Who asks for several seeds gets at least, and at most, as many as the environment says. */
static uint64_t last_seed(uint64_t first, uint64_t last)
{
    uint64_t least = environment_number("DMF_SEEDS", 0);
    uint64_t most = environment_number("DMF_SEEDS_MOST", UINT64_MAX);
    uint64_t seeds = last - first + 1;

    if (last <= first)
    {
        return last;
    }
    seeds = seeds < least ? least : seeds;
    seeds = seeds > most ? most : seeds;
    return first + seeds - 1;
}

/* All cases, each in a child of its own: one process that was loaded does for many. */
static int run_each_case(uint64_t first, uint64_t last)
{
    int failures = 0;

    for (const struct nt_case *test = nt_cases; test->name != NULL; test++)
    {
        int status;
        pid_t child = fork();

        CHECK(child >= 0);
        if (child == 0)
        {
            exit(run_case(test, first, last));
        }
        CHECK(waitpid(child, &status, 0) == child);
        if (status != 0)
        {
            fprintf(stderr, "%s: failed\n", test->name);
            failures++;
        }
    }
    return failures == 0 ? 0 : 1;
}

int main(int count, char **words)
{
    uint64_t first = count > 2 ? strtoull(words[2], NULL, 10) : 1;
    uint64_t last = last_seed(first, count > 3 ? strtoull(words[3], NULL, 10) : first);

    if (count > 1 && strcmp(words[1], "each") == 0)
    {
        return run_each_case(first, last);
    }
    for (const struct nt_case *test = nt_cases; count > 1 && test->name != NULL; test++)
    {
        if (strcmp(test->name, words[1]) == 0)
        {
            return run_case(test, first, last);
        }
    }
    fprintf(stderr, "usage: %s CASE|each [FIRST_SEED LAST_SEED]\ncases:\n", words[0]);
    for (const struct nt_case *test = nt_cases; test->name != NULL; test++)
    {
        fprintf(stderr, "  %s\n", test->name);
    }
    return 2;
}
