/* SPDX-License-Identifier: MIT */
/*
 * Cases of the executive's tests: one rule each, by name. A test program is
 *
 *     static void rule_in_words(void) { CHECK(...); }
 *     const struct nt_case nt_cases[] = {
 *         CASE(rule_in_words),
 *         STOPS(wait_at_dispatch, "IRQL_NOT_LESS_OR_EQUAL"),
 *         CASES_END,
 *     };
 *
 * and runs as PROGRAM CASE [FIRST_SEED LAST_SEED], once for each seed, in one process. What has several seeds gets as many as
 * the environment variable DMF_SEEDS says, if that is more: "./dev test --full" looks deeper. A STOPS case must end the process
 * and say the words, in its parts if three dots separate some; it runs in a child.
 *
 * Plain C types: the file that includes this chooses the flavour of the published headers, or none.
 */
#ifndef NT_CASE_H
#define NT_CASE_H

#include <stdbool.h>
#include <stddef.h>

struct nt_case
{
    const char *name;
    void (*body)(void);
    const char *stops_with;
};

/* The last row of a program's table has no name. */
extern const struct nt_case nt_cases[];

/* Whether the case runs as one of those whose driver nobody verifies: the tests that end in -unverified. */
bool nt_case_is_unverified(void);

/* Prints place, condition and seed, and stops. */
_Noreturn void nt_check_failed(const char *file, int line, const char *condition);
_Noreturn void nt_check_failed_values(const char *file, int line, const char *condition, unsigned long long got,
                                      unsigned long long expected);

#define CHECK(condition) ((condition) ? (void)0 : nt_check_failed(__FILE__, __LINE__, #condition))

/* Compares two integers, statuses or pointers, and says both when they differ. */
#define CHECK_EQUAL(got, expected)                                                                        \
    do                                                                                                    \
    {                                                                                                     \
        unsigned long long check_got = (unsigned long long)(got);                                         \
        unsigned long long check_expected = (unsigned long long)(expected);                               \
        if (check_got != check_expected)                                                                  \
        {                                                                                                 \
            nt_check_failed_values(__FILE__, __LINE__, #got " == " #expected, check_got, check_expected); \
        }                                                                                                 \
    } while (0)

#define CASE(Name)        \
    {                     \
#Name, Name, NULL \
    }
#define STOPS(Name, Words) \
    {                      \
#Name, Name, Words \
    }
/* For what only debug builds find; other builds do not run it. */
#define DEBUG_STOPS(Name, Words) STOPS(Name, Words)

/* At the end of a STOPS case's words: the report names the function that broke the rule. Optimised ones are inlined away. */
#if defined(NDEBUG)
#define CALLED_BY(Name) "caller: "
#else
#define CALLED_BY(Name) "caller: " #Name "+"
#endif
#define CASES_END        \
    {                    \
        NULL, NULL, NULL \
    }

/* Threads of the machine (coroutines in the simulation), for tests that need several. Stops when there is none to be had. */
struct nt_thread;
struct nt_thread *nt_thread_start(void (*body)(void *argument), void *argument);
void nt_thread_join(struct nt_thread *thread);

/* Whether this program runs in the simulation, where time is virtual. */
bool nt_is_simulated(void);

/* The seed of this run, for tests that choose at random what they do. */
unsigned long long nt_seed(void);
void nt_case_set_seed(unsigned long long seed);

/* The n-th allocation of the runtime from now fails; zero ends that. */
void nt_fail_allocation(unsigned n);

/* Fails the n-th allocation from now, for n = 1, 2, ... until none is left to fail: body runs once for each n. */
void nt_fail_each_allocation(void (*body)(void));

#endif /* NT_CASE_H */
