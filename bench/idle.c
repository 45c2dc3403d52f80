/* SPDX-License-Identifier: MIT */
/*
 * What memory an idle device with one queue takes: the resident set of the process before and after a thousand of them have
 * started.
 *
 *     bench_idle IDLE.so
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "testkit/testkit.h"

enum
{
    WARM = 50,
    DEVICES = 1000,
    GOAL = 16 * 1024,
};

static long resident_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long pages = 0;

    if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1)
    {
        fprintf(stderr, "bench: the size of the process is not to be had\n");
        exit(2);
    }
    (void)fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

static void start(struct testkit_driver *driver, int first, int count, struct testkit_device **devices)
{
    char name[32];

    for (int index = first; index < first + count; index++)
    {
        (void)snprintf(name, sizeof(name), "idle%d", index);
        if (!TESTKIT_SUCCESS(testkit_start(driver, name, &devices[index])))
        {
            fprintf(stderr, "bench: device %d does not start\n", index);
            exit(2);
        }
    }
    testkit_settle();
}

int main(int argument_count, char **arguments)
{
    static struct testkit_device *devices[WARM + DEVICES];
    struct testkit_driver *driver;
    long before;
    long each;

    if (argument_count != 2 || !TESTKIT_SUCCESS(testkit_load(arguments[1], &driver)))
    {
        fprintf(stderr, "usage: %s IDLE.so\n", arguments[0]);
        return 2;
    }
    start(driver, 0, WARM, devices);
    before = resident_bytes();
    start(driver, WARM, DEVICES, devices);
    each = (resident_bytes() - before) / DEVICES;
    printf("an idle device with one queue, of %d: %ld bytes; the goal is at most %d\n", DEVICES, each, GOAL);
    for (int index = 0; index < WARM + DEVICES; index++)
    {
        if (!TESTKIT_SUCCESS(testkit_remove(devices[index])))
        {
            fprintf(stderr, "bench: device %d cannot be removed\n", index);
            return 2;
        }
    }
    testkit_unload(driver);
    return each <= GOAL ? 0 : 1;
}
