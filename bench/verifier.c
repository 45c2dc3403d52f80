/* SPDX-License-Identifier: MIT */
/*
 * What the verifier costs: the same driver verified at level basic and not at all, side by side.
 *
 *     bench_verifier BENCH.so OTHER.so [OPTIONS]
 */
#include "bench_driver.h"
#include "measure.h"
#include "testkit/testkit.h"

#define REQUIRE(status, what) (TESTKIT_SUCCESS(status) ? (void)0 : measure_fail(what))

struct loaded
{
    struct testkit_driver *driver;
    struct testkit_device *device;
    struct testkit_file *file;
};

static struct loaded plain;
static struct loaded verified;

static void bring_up(struct loaded *loaded, enum testkit_level level, const char *path, const char *name, const char *node)
{
    testkit_verify(level);
    REQUIRE(testkit_load(path, &loaded->driver), path);
    REQUIRE(testkit_start(loaded->driver, name, &loaded->device), "the device does not start");
    REQUIRE(testkit_open(node, true, true, &loaded->file), "the device does not open");
}

static void take_down(struct loaded *loaded)
{
    testkit_close(loaded->file);
    REQUIRE(testkit_remove(loaded->device), "the device cannot be removed");
    testkit_unload(loaded->driver);
}

static void echo(const struct loaded *loaded, uint64_t count)
{
    uint8_t input[64] = {1};
    uint8_t output[64];
    uint64_t information;

    for (uint64_t index = 0; index < count; index++)
    {
        REQUIRE(testkit_control(loaded->file, BENCH_ECHO, input, sizeof(input), output, sizeof(output), &information),
                "an echo failed");
    }
}

static void repeat(const struct loaded *loaded, uint64_t count, uint32_t code)
{
    uint64_t done = 0;

    REQUIRE(testkit_control(loaded->file, code, &count, sizeof(count), &done, sizeof(done), NULL),
            "the benchmark driver refuses");
    if (done != count)
    {
        measure_fail("the benchmark driver stopped before the end");
    }
}

static void run(const struct loaded *loaded, uint64_t count, void *argument)
{
    uint32_t code = (uint32_t)(uintptr_t)argument;

    if (code == BENCH_ECHO)
    {
        echo(loaded, count);
    }
    else
    {
        repeat(loaded, count, code);
    }
}

static void run_verified(uint64_t count, void *argument)
{
    run(&verified, count, argument);
}

static void run_plain(uint64_t count, void *argument)
{
    run(&plain, count, argument);
}

#define CODE(code) ((void *)(uintptr_t)(code))

static void measure(void *argument)
{
    const struct pair pairs[] = {
        {"verified_echo", "device control, verified", run_verified, "not verified", run_plain, CODE(BENCH_ECHO),
         MEASURE_PINNED, 2.0},
        {"verified_object", "object, create and delete, verified", run_verified, "not verified", run_plain,
         CODE(BENCH_OBJECT), MEASURE_PINNED, 2.0},
        {"verified_request", "request, create, send, delete, verified", run_verified, "not verified", run_plain,
         CODE(BENCH_REQUEST), MEASURE_PINNED, 2.0},
        {"verified_spin_lock", "WDF spin lock, verified", run_verified, "not verified", run_plain, CODE(BENCH_SPIN_LOCK),
         MEASURE_PINNED, 0},
    };
    const char *const *paths = argument;

    bring_up(&plain, TESTKIT_VERIFIER_OFF, paths[0], "bench", BENCH_DEVICE);
    bring_up(&verified, TESTKIT_VERIFIER_BASIC, paths[1], "other", BENCH_OTHER_DEVICE);
    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    measure_end();
    take_down(&verified);
    take_down(&plain);
    if (testkit_reports() != 0)
    {
        measure_fail("the verifier has something to say about the benchmark driver");
    }
}

int main(int count, char **words)
{
    if (count < 3)
    {
        measure_fail("usage: bench_verifier BENCH.so OTHER.so [--only WORD] [--count KEY NUMBER]");
    }
    measure_options(count - 3, words + 3);
    measure_move(0);
    (void)testkit_run(1, 1, measure, words + 1);
    return 0;
}
