/* SPDX-License-Identifier: MIT */
/*
 * A Library of one's own, as the user guide describes it: library_test DRIVER.so, for a Client Driver in each language and
 * flavour.
 */
#include <stdio.h>
#include <stdlib.h>

#include "DmfModules.Tally.Public.h"
#include "testkit/testkit.h"

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__LINE__, #condition))

static void check_failed(int line, const char *condition)
{
    fprintf(stderr, "library_test.c:%d: not so: %s\n", line, condition);
    abort();
}

static uint32_t ask(struct testkit_file *file, uint32_t code, uint32_t input)
{
    uint32_t output = 0;
    uint64_t information = 0;

    CHECK(testkit_control(file, code, &input, code == IOCTL_TALLY_ADD ? sizeof(input) : 0, &output, sizeof(output),
                          &information) == 0);
    CHECK(information == sizeof(output));
    return output;
}

static void run(void *argument)
{
    struct testkit_driver *driver;
    struct testkit_device *device;
    struct testkit_file *file;
    uint32_t output;

    CHECK(TESTKIT_SUCCESS(testkit_load(argument, &driver)));
    CHECK(TESTKIT_SUCCESS(testkit_start(driver, "tally", &device)));
    CHECK(TESTKIT_SUCCESS(testkit_open("\\??\\Tally0", true, true, &file)));
    CHECK(ask(file, IOCTL_TALLY_ADD, 5) == 105);
    CHECK(ask(file, IOCTL_TALLY_ADD, 7) == 112);
    CHECK(ask(file, IOCTL_TALLY_TIMES, 0) == 2);
    CHECK(!TESTKIT_SUCCESS(testkit_control(file, IOCTL_TALLY_ADD, NULL, 0, &output, sizeof(output), NULL)));
    CHECK(testkit_control(file, IOCTL_TALLY_ADD + 8, NULL, 0, NULL, 0, NULL) == (int32_t)0xC00000BB);
    testkit_close(file);
    CHECK(TESTKIT_SUCCESS(testkit_remove(device)));
    testkit_unload(driver);
}

int main(int count, char **words)
{
    if (count != 2)
    {
        fprintf(stderr, "usage: library_test DRIVER.so\n");
        return 2;
    }
    (void)testkit_run(1, 1, run, words[1]);
    return 0;
}
