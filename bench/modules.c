/* SPDX-License-Identifier: MIT */
/*
 * What DMF adds to a device control: the same driver with and without it, and with more and more Modules that have nothing to do
 * with the control.
 */
#include <stdio.h>
#include <string.h>

#include "measure.h"
#include "modules_driver.h"
#include "testkit/testkit.h"

static const char *const names[MODULES_DEVICES] = {MODULES_PLAIN, MODULES_10, MODULES_100, MODULES_5000};
static struct testkit_file *files[MODULES_DEVICES];

static void control(struct testkit_file *file, uint64_t count)
{
    char input[64] = "anything";
    char output[64];
    uint64_t information;

    for (uint64_t done = 0; done < count; done++)
    {
        if (testkit_control(file, MODULES_ECHO, input, sizeof(input), output, sizeof(output), &information) != 0 ||
            information != sizeof(output))
        {
            measure_fail("a control failed");
        }
    }
}

#define CONTROL(Name, Index)                         \
    static void Name(uint64_t count, void *argument) \
    {                                                \
        (void)argument;                              \
        control(files[Index], count);                \
    }
CONTROL(plain, 0)
CONTROL(with_10, 1)
CONTROL(with_100, 2)
CONTROL(with_5000, 3)

static void require(int32_t status, const char *what)
{
    if (!TESTKIT_SUCCESS(status))
    {
        measure_fail(what);
    }
}

static void measure(void *argument)
{
    static const struct pair pairs[] = {
        {"modules_100", "device control, 64 B, 100 Modules", with_100, "without DMF", plain, NULL, MEASURE_PINNED, 1.35},
        {"modules_10", "the same, 10 Modules", with_10, "without DMF", plain, NULL, MEASURE_PINNED, 0},
        {"modules_5000", "the same, 5,000 Modules", with_5000, "without DMF", plain, NULL, MEASURE_PINNED, 0},
    };
    const char *const *path = argument;
    struct testkit_driver *driver;
    struct testkit_device *devices[MODULES_DEVICES];

    require(testkit_load(*path, &driver), *path);
    for (size_t index = 0; index < MODULES_DEVICES; index++)
    {
        require(testkit_start(driver, "modules", &devices[index]), "a device does not start");
        require(testkit_open(names[index], true, true, &files[index]), "a device does not open");
    }
    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    measure_end();
    for (size_t index = 0; index < MODULES_DEVICES; index++)
    {
        testkit_close(files[index]);
        require(testkit_remove(devices[index]), "a device cannot be removed");
    }
    testkit_unload(driver);
}

int main(int count, char **words)
{
    if (count < 2)
    {
        measure_fail("usage: bench_modules MODULES_DRIVER.so [--only WORD] [--count KEY NUMBER]");
    }
    measure_options(count - 2, words + 2);
    measure_move(0);
    (void)testkit_run(1, 1, measure, words + 1);
    return 0;
}
