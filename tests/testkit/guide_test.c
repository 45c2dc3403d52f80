/* SPDX-License-Identifier: MIT */
/*
 * The example of docs/testkit.md: a test of the echo sample without Windows, a kernel or a device node.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "EchoPublic.h"
#include "testkit/testkit.h"

static const char *driver_path;

static void echo_reverses(void *argument)
{
    struct testkit_driver *driver;
    struct testkit_device *device;
    struct testkit_file *file;
    char answer[4] = "";

    (void)argument;
    assert(TESTKIT_SUCCESS(testkit_load(driver_path, &driver)));
    assert(TESTKIT_SUCCESS(testkit_start(driver, "echo", &device)));
    assert(TESTKIT_SUCCESS(testkit_open("\\??\\Echo0", true, true, &file)));
    assert(TESTKIT_SUCCESS(testkit_control(file, IOCTL_ECHO_REVERSE, "abc", 3, answer, 3, NULL)));
    assert(strcmp(answer, "cba") == 0);
    testkit_close(file);
    assert(TESTKIT_SUCCESS(testkit_remove(device)));
    testkit_unload(driver);
    assert(testkit_reports() == 0);
}

/* A wait that nobody ends is ended by its sender, whatever else happens at that moment: each seed is another order. */
static void cancelled_wait_ends(void *argument)
{
    struct testkit_operation *wait;
    struct testkit_driver *driver;
    struct testkit_device *device;
    struct testkit_file *file;

    (void)argument;
    assert(TESTKIT_SUCCESS(testkit_load(driver_path, &driver)));
    assert(TESTKIT_SUCCESS(testkit_start(driver, "echo", &device)));
    assert(TESTKIT_SUCCESS(testkit_open("\\??\\Echo0", true, true, &file)));
    wait = testkit_control_start(file, IOCTL_ECHO_WAIT, NULL, 0, NULL, 0);
    testkit_cancel(wait);
    assert(!TESTKIT_SUCCESS(testkit_wait(wait, NULL)));
    testkit_close(file);
    assert(TESTKIT_SUCCESS(testkit_remove(device)));
    testkit_unload(driver);
}

/* Whatever allocation fails, the device starts in the end, and nothing is left of the attempts. */
static void lack_of_memory_is_survived(void *argument)
{
    struct testkit_device *device = NULL;
    struct testkit_driver *driver;

    (void)argument;
    testkit_verify(TESTKIT_VERIFIER_FULL);
    assert(TESTKIT_SUCCESS(testkit_load(driver_path, &driver)));
    for (unsigned n = 1; device == NULL; n++)
    {
        testkit_fail_allocation(n);
        (void)testkit_start(driver, "echo", &device);
        testkit_fail_allocation(0);
    }
    assert(TESTKIT_SUCCESS(testkit_remove(device)));
    testkit_unload(driver);
    assert(testkit_reports() == 0);
}

int main(int count, char **words)
{
    assert(count == 2);
    driver_path = words[1];
    (void)testkit_run(1, 20, echo_reverses, NULL);
    (void)testkit_run(1, 20, cancelled_wait_ends, NULL);
    (void)testkit_run(1, 1, lack_of_memory_is_survived, NULL);
    return 0;
}
