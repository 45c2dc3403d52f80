/* SPDX-License-Identifier: MIT */
/*
 * The measuring of a benchmark program. Six rounds for each pair; in each round both sides run seven times in turn, and the
 * ratio of their medians is the round's result. Canaries before and after tell whether the machine was the same throughout; a
 * disturbed round is repeated, and after three such repetitions the pair is called inconclusive.
 */
#include "measure.h"

#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "anchor.h"

enum
{
    ROUNDS = 6,
    REPEATED_ROUNDS = 3,
    RUNS = 7,
    CANARIES = 3,
    CANARY_RUNS = 3,
    CANARY_SAMPLES = 4096,
    RESAMPLES = 10000,
};

/* How far a canary may be from its usual value. */
#define DISTURBED 0.15

struct round
{
    double ours;
    double anchor;
    double ratio;
    double canaries[2][CANARIES];
};

static struct
{
    const char *only;
    const char *count_key;
    uint64_t count;
    double target_nanoseconds;
} options = {.target_nanoseconds = 30e6};

/* How many pairs were measured or counted. */
static size_t done;

static struct canary
{
    const char *name;
    anchor_function *const *function;
    uint64_t count;
    double samples[CANARY_SAMPLES];
    size_t sample_count;
} canaries[CANARIES] = {
    {.name = "indirect call", .function = &anchor_indirect_call, .count = 1000000},
    {.name = "atomic addition", .function = &anchor_fetch_add, .count = 200000},
    {.name = "system call", .function = &anchor_system_call, .count = 10000},
};

uint64_t measure_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void move_thread(pid_t thread, int processor)
{
    cpu_set_t processors;

    CPU_ZERO(&processors);
    for (int index = 0; index < CPU_SETSIZE; index++)
    {
        if (processor < 0 || processor == index)
        {
            CPU_SET(index, &processors);
        }
    }
    (void)sched_setaffinity(thread, sizeof(processors), &processors);
}

void measure_move(int processor)
{
    move_thread(0, processor);
}

static bool thread_has_name(const char *thread, const char *name)
{
    char path[300];
    char line[32] = "";
    FILE *file;

    (void)snprintf(path, sizeof(path), "/proc/self/task/%s/comm", thread);
    file = fopen(path, "re");
    if (file != NULL)
    {
        (void)fgets(line, sizeof(line), file);
        fclose(file);
    }
    line[strcspn(line, "\n")] = '\0';
    return strcmp(line, name) == 0;
}

void measure_move_threads(const char *name, int processor)
{
    DIR *threads = opendir("/proc/self/task");
    const struct dirent *entry;

    while (threads != NULL && (entry = readdir(threads)) != NULL)
    {
        if (thread_has_name(entry->d_name, name))
        {
            move_thread((pid_t)atoi(entry->d_name), processor);
        }
    }
    if (threads != NULL)
    {
        closedir(threads);
    }
}

void measure_fail(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

void measure_options(int count, char **words)
{
    const char *target = getenv("BENCH_TARGET_MS");

    if (target != NULL && atof(target) > 0)
    {
        options.target_nanoseconds = atof(target) * 1e6;
    }
    for (int index = 0; index < count; index++)
    {
        if (strcmp(words[index], "--only") == 0 && index + 1 < count)
        {
            options.only = words[++index];
        }
        else if (strcmp(words[index], "--count") == 0 && index + 2 < count)
        {
            options.count_key = words[++index];
            options.count = strtoull(words[++index], NULL, 10);
        }
        else
        {
            measure_fail("usage: [--only WORD] [--count KEY NUMBER]");
        }
    }
}

/*
 * Statistics.
 */

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

/* Sorts the values. */
static double median(double *values, size_t count)
{
    qsort(values, count, sizeof(*values), compare);
    return count % 2 != 0 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* The range that holds the median ratio of 95 in 100 samples drawn, with repetition, from the rounds that were measured. */
static void bootstrap(const double *ratios, size_t count, double *ret_low, double *ret_high)
{
    static double medians[RESAMPLES];
    uint64_t state = 0x9E3779B97F4A7C15u;

    for (size_t index = 0; index < RESAMPLES; index++)
    {
        double drawn[ROUNDS + REPEATED_ROUNDS];

        for (size_t place = 0; place < count; place++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            drawn[place] = ratios[state % count];
        }
        medians[index] = median(drawn, count);
    }
    qsort(medians, RESAMPLES, sizeof(*medians), compare);
    *ret_low = medians[RESAMPLES / 40];
    *ret_high = medians[RESAMPLES - 1 - RESAMPLES / 40];
}

/*
 * Canaries.
 */

static void sample_canaries(double *ret_values)
{
    measure_move(0);
    for (size_t index = 0; index < CANARIES; index++)
    {
        struct canary *canary = &canaries[index];
        double values[CANARY_RUNS];

        for (size_t run = 0; run < CANARY_RUNS; run++)
        {
            uint64_t start = measure_now();

            (*canary->function)(canary->count, NULL);
            values[run] = (double)(measure_now() - start) / (double)canary->count;
        }
        ret_values[index] = median(values, CANARY_RUNS);
        if (canary->sample_count < CANARY_SAMPLES)
        {
            canary->samples[canary->sample_count++] = ret_values[index];
        }
    }
}

static bool is_disturbed(const struct round *round)
{
    for (size_t index = 0; index < CANARIES; index++)
    {
        double usual = median(canaries[index].samples, canaries[index].sample_count);

        for (size_t when = 0; when < 2; when++)
        {
            double value = round->canaries[when][index];

            if (value > usual * (1 + DISTURBED) || value < usual * (1 - DISTURBED))
            {
                return true;
            }
        }
    }
    return false;
}

/*
 * Running.
 */

struct half
{
    measured_function *function;
    void *argument;
    uint64_t count;
    int processor;
    pthread_barrier_t *barrier;
    uint64_t start;
    uint64_t end;
};

static void *run_half(void *argument)
{
    struct half *half = argument;

    measure_move(half->processor);
    pthread_barrier_wait(half->barrier);
    half->start = measure_now();
    half->function(half->count, half->argument);
    half->end = measure_now();
    return NULL;
}

/* What the last run counts, where that is not its time. */
static double instead;

void measure_instead(double nanoseconds)
{
    instead = nanoseconds;
}

/* From the first one's start to the last one's end, as the threads themselves saw it. */
static uint64_t run_on_two(measured_function *function, void *argument, uint64_t count)
{
    pthread_barrier_t barrier;
    pthread_t threads[2];
    struct half halves[2];

    pthread_barrier_init(&barrier, NULL, 2);
    for (int index = 0; index < 2; index++)
    {
        halves[index] = (struct half){function, argument, count, index, &barrier, 0, 0};
        if (pthread_create(&threads[index], NULL, run_half, &halves[index]) != 0)
        {
            measure_fail("no thread");
        }
    }
    for (int index = 0; index < 2; index++)
    {
        pthread_join(threads[index], NULL);
    }
    pthread_barrier_destroy(&barrier);
    return (halves[0].end > halves[1].end ? halves[0].end : halves[1].end) -
           (halves[0].start < halves[1].start ? halves[0].start : halves[1].start);
}

/* The time of one run. With two threads each does the whole count. */
static uint64_t run(const struct pair *pair, measured_function *function, uint64_t count)
{
    uint64_t start;

    if (pair->place == MEASURE_TWO_THREADS)
    {
        return run_on_two(function, pair->argument, count);
    }
    measure_move(pair->place == MEASURE_PINNED ? 0 : -1);
    start = measure_now();
    function(count, pair->argument);
    return measure_now() - start;
}

/* The count for which a run takes as long as the target says. */
static uint64_t calibrate(const struct pair *pair, measured_function *function)
{
    uint64_t count = 16;

    for (;;)
    {
        uint64_t time = run(pair, function, count);

        if (time > 3000000 || count > UINT64_MAX / 8)
        {
            return (uint64_t)((double)count * options.target_nanoseconds / (double)(time != 0 ? time : 1)) + 1;
        }
        count *= 4;
    }
}

static void measure_round(const struct pair *pair, const uint64_t *counts, bool anchor_first, struct round *round)
{
    measured_function *const functions[2] = {pair->ours, pair->anchor};
    double times[2][RUNS];

    sample_canaries(round->canaries[0]);
    for (size_t index = 0; index < RUNS; index++)
    {
        for (size_t turn = 0; turn < 2; turn++)
        {
            size_t side = anchor_first ? 1 - turn : turn;

            instead = 0;
            times[side][index] = (double)run(pair, functions[side], counts[side]) / (double)counts[side];
            times[side][index] = instead > 0 ? instead : times[side][index];
        }
    }
    sample_canaries(round->canaries[1]);
    round->ours = median(times[0], RUNS);
    round->anchor = median(times[1], RUNS);
    round->ratio = round->ours / round->anchor;
}

/* Replaces disturbed rounds by new ones, as often as that is allowed, and returns how many are left. */
static size_t repeat_disturbed(const struct pair *pair, const uint64_t *counts, struct round *rounds)
{
    size_t left = 0;
    size_t repeated = 0;

    for (size_t index = 0; index < ROUNDS; index++)
    {
        while (is_disturbed(&rounds[index]) && repeated < REPEATED_ROUNDS)
        {
            repeated++;
            measure_round(pair, counts, index % 2 != 0, &rounds[index]);
        }
        left += is_disturbed(&rounds[index]) ? 1 : 0;
    }
    return left;
}

/*
 * Results.
 */

static const char *verdict(const struct pair *pair, size_t disturbed, double low, double high)
{
    static char text[64];
    const char *word;

    if (disturbed != 0)
    {
        return "inconclusive: the machine was busy";
    }
    if (pair->goal <= 0)
    {
        return "";
    }
    word = high <= pair->goal ? "met" : low > pair->goal ? "missed" : "open";
    (void)snprintf(text, sizeof(text), "goal %.2f: %s", pair->goal, word);
    return text;
}

static void print_pair(const struct pair *pair, const struct round *rounds, size_t disturbed)
{
    double ours[ROUNDS];
    double anchor[ROUNDS];
    double ratios[ROUNDS];
    double low;
    double high;

    for (size_t index = 0; index < ROUNDS; index++)
    {
        ours[index] = rounds[index].ours;
        anchor[index] = rounds[index].anchor;
        ratios[index] = rounds[index].ratio;
    }
    bootstrap(ratios, ROUNDS, &low, &high);
    printf("%-44s %8.1f  %-30s %8.1f  %6.2f [%.2f..%.2f]  %s\n", pair->title, median(ours, ROUNDS), pair->anchor_name,
           median(anchor, ROUNDS), median(ratios, ROUNDS), low, high, verdict(pair, disturbed, low, high));
    (void)fflush(stdout);
}

static void measure_pair(const struct pair *pair)
{
    struct round rounds[ROUNDS];
    uint64_t counts[2] = {calibrate(pair, pair->ours), calibrate(pair, pair->anchor)};

    for (size_t index = 0; index < ROUNDS; index++)
    {
        measure_round(pair, counts, index % 2 != 0, &rounds[index]);
    }
    print_pair(pair, rounds, repeat_disturbed(pair, counts, rounds));
}

/* For count_locked, which steps through what lies between two signals: everything is warm when the first one comes. */
static void run_between_signals(const struct pair *pair)
{
    pair->ours(options.count, pair->argument);
    (void)raise(SIGTRAP);
    pair->ours(options.count, pair->argument);
    (void)raise(SIGTRAP);
}

bool measure_wants(const char *key)
{
    return options.count_key != NULL ? strcmp(key, options.count_key) == 0 :
                                       options.only == NULL || strstr(key, options.only) != NULL;
}

static void count_only(const struct pair *pairs, size_t count)
{
    for (size_t index = 0; index < count; index++)
    {
        if (measure_wants(pairs[index].key))
        {
            if (getenv("DMF_BENCH_STEPPED") != NULL)
            {
                run_between_signals(&pairs[index]);
            }
            else
            {
                pairs[index].ours(options.count, pairs[index].argument);
            }
            done++;
        }
    }
}

void measure_pairs(const struct pair *pairs, size_t count)
{
    if (options.count_key != NULL)
    {
        count_only(pairs, count);
        return;
    }
    for (size_t index = 0; index < count; index++)
    {
        if (measure_wants(pairs[index].key))
        {
            measure_pair(&pairs[index]);
            done++;
        }
    }
}

void measure_end(void)
{
    if (done == 0)
    {
        measure_fail("no pair has this key");
    }
    if (options.count_key != NULL)
    {
        return;
    }
    printf("canaries (median, lowest, highest):");
    for (size_t index = 0; index < CANARIES; index++)
    {
        struct canary *canary = &canaries[index];
        double usual = median(canary->samples, canary->sample_count);

        printf("%s %s %.1f %.1f %.1f", index != 0 ? ";" : "", canary->name, usual, canary->samples[0],
               canary->samples[canary->sample_count - 1]);
    }
    printf("\n");
}
