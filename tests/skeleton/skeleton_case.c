/* SPDX-License-Identifier: MIT */
/*
 * Running the cases of the walking skeleton, and what they share.
 */
#include "skeleton_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *driver_path;

void check_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
    abort();
}

void check_journal(const char *file, int line, const char *expected)
{
    if (strcmp(journal_text(), expected) != 0)
    {
        fprintf(stderr, "%s:%d: the driver's callbacks were\n  %s\nand should be\n  %s\n", file, line, journal_text(),
                expected);
        abort();
    }
}

void load(struct machine_under_test *test)
{
    journal_clear();
    CHECK(TESTKIT_SUCCESS(testkit_load(driver_path, &test->driver)));
    CHECK_JOURNAL("Entry");
    journal_clear();
}

void bring_up(struct machine_under_test *test)
{
    load(test);
    CHECK(TESTKIT_SUCCESS(testkit_start(test->driver, "life", &test->device)));
    CHECK_JOURNAL(ADD UP);
    journal_clear();
}

void unload(struct machine_under_test *test)
{
    journal_clear();
    testkit_unload(test->driver);
    CHECK_JOURNAL("Unload DriverCleanup");
}

void take_down(struct machine_under_test *test)
{
    journal_clear();
    CHECK(TESTKIT_SUCCESS(testkit_remove(test->device)));
    CHECK_JOURNAL("QueryRemove " DOWN " " GONE);
    unload(test);
}

struct testkit_file *open_node(void)
{
    struct testkit_file *file;

    CHECK(TESTKIT_SUCCESS(testkit_open(NODE, true, true, &file)));
    return file;
}

/*
 * Running the cases.
 */

static void run_case(void *argument)
{
    ((const struct skeleton_case *)argument)->run();
}

/* In the simulation the first seed must also repeat itself after the others, or what is found could not be looked at again. */
static void run_seeds_of_case(const struct skeleton_case *test, uint64_t first, uint64_t last)
{
    void *argument = (void *)(uintptr_t)test;
    uint64_t alone = testkit_run(first, first, run_case, argument);

    if (testkit_is_simulated())
    {
        (void)testkit_run(first + 1, last, run_case, argument);
        CHECK(testkit_run(first, first, run_case, argument) == alone);
    }
}

/* What the last words of a case that stops must contain. */
static const char *expected_words(const char *name)
{
    return strstr(name, "missing") != NULL ? "WdfDeviceWdmAssignPowerFrameworkSettings is declared" :
           strstr(name, "handle") != NULL  ? "WdfIoQueueGetDevice" :
           strstr(name, "null") != NULL    ? "WdfIoQueueRetrieveNextRequest: a required parameter is NULL" :
                                             "WDF violation 6";
}

/* Runs a case that stops in a process of its own and reads its last words. */
static int run_stopping_case(const struct skeleton_case *test)
{
    char output[8192] = {0};
    size_t used = 0;
    ssize_t got;
    int ends[2];
    int status;
    pid_t child;

    CHECK(pipe(ends) == 0);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
    {
        (void)dup2(ends[1], STDERR_FILENO);
        (void)testkit_run(1, 1, run_case, (void *)(uintptr_t)test);
        _exit(0);
    }
    (void)close(ends[1]);
    while ((got = read(ends[0], output + used, sizeof(output) - 1 - used)) > 0)
    {
        used += (size_t)got;
    }
    (void)waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    {
        fprintf(stderr, "%s: went on as if nothing were wrong\n", test->name);
        return 1;
    }
    if (testkit_is_simulated() && strstr(output, "this was seed 1\n") == NULL)
    {
        fprintf(stderr, "%s: does not name the seed:\n%s\n", test->name, output);
        return 1;
    }
    if (strstr(output, expected_words(test->name)) == NULL)
    {
        fprintf(stderr, "%s: does not say '%s' but:\n%s\n", test->name, expected_words(test->name), output);
        return 1;
    }
    return 0;
}

int main(int count, char **words)
{
    uint64_t first = count > 3 ? strtoull(words[3], NULL, 10) : 1;
    uint64_t last = count > 4 ? strtoull(words[4], NULL, 10) : first;

    if (count < 3)
    {
        fprintf(stderr, "usage: %s CASE DRIVER.so [FIRST_SEED LAST_SEED]\n", words[0]);
        return 2;
    }
    driver_path = words[2];
    for (size_t index = 0; skeleton_cases[index].name != NULL; index++)
    {
        if (strcmp(skeleton_cases[index].name, words[1]) != 0)
        {
            continue;
        }
        if (strncmp(skeleton_cases[index].name, "stops_", 6) == 0)
        {
            return run_stopping_case(&skeleton_cases[index]);
        }
        run_seeds_of_case(&skeleton_cases[index], first, last);
        return 0;
    }
    fprintf(stderr, "%s: there is no case '%s'\n", words[0], words[1]);
    return 2;
}
