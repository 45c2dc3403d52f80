/* SPDX-License-Identifier: MIT */
/*
 * The measuring of a benchmark program: a subject of ours and an anchor in the same process, run alternately, compared as a
 * ratio with a bound. README.md says how the result is read.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Does the operation the given number of times. The same shape as the anchors' functions, so that those are used directly. */
typedef void measured_function(uint64_t count, void *argument);

enum measure_place
{
    /* One thread, on the first processor. */
    MEASURE_PINNED,
    /* One thread, wherever the system puts it. */
    MEASURE_FREE,
    /* Two threads at once, one on each of the first two processors. */
    MEASURE_TWO_THREADS,
};

struct pair
{
    /* One word, for the command line and the budget. */
    const char *key;
    const char *title;
    measured_function *ours;
    const char *anchor_name;
    measured_function *anchor;
    /* Given to both; who has no use for it ignores it. */
    void *argument;
    enum measure_place place;
    /* The ratio that the project aims at, or zero where no aim has been set. */
    double goal;
};

/* Nanoseconds of the monotonic clock. */
uint64_t measure_now(void);

/* Moves the calling thread to one processor, or to all for a negative number. */
void measure_move(int processor);

/* The same for the other threads of the program that have the name, which may be the runtime's own. */
void measure_move_threads(const char *name, int processor);

/* Stops the program, naming what failed: a benchmark that did not do its work has no time. */
_Noreturn void measure_fail(const char *what);

/*
 * Reads the options of a benchmark program. "--only KEY" measures the pairs whose key contains the word. "--count KEY NUMBER"
 * runs our side of one pair that many times without any timing, for tools that count instructions.
 */
void measure_options(int count, char **words);

/* Whether the options want the pair with the key, so that what only others need is not prepared. */
bool measure_wants(const char *key);

/* For a measured function that found out another number than its time: this, in nanoseconds and not zero, counts instead. */
void measure_instead(double nanoseconds);

/* Measures the pairs and prints one line for each. */
void measure_pairs(const struct pair *pairs, size_t count);

/* Prints what the canaries say about the machine. Stops the program when the options named a pair that there is not. */
void measure_end(void);

#endif /* BENCH_MEASURE_H */
