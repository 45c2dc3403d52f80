/* SPDX-License-Identifier: MIT */
/* Prints the event hash of the workload for many seeds. Built several times; every build must print the same. */
#include <stdio.h>
#include <stdlib.h>

#include "workload.h"

int main(int count, char **arguments)
{
    uint64_t seeds = count > 1 ? strtoull(arguments[1], NULL, 10) : 100;
    uint64_t seed;

    for (seed = 0; seed < seeds; seed++)
    {
        uint64_t random = platform_simulation_run(seed, PLATFORM_SIMULATION_RANDOM, workload, NULL);
        uint64_t priority = platform_simulation_run(seed, PLATFORM_SIMULATION_PRIORITY, workload, NULL);

        printf("%llu %016llx %016llx\n", (unsigned long long)seed, (unsigned long long)random, (unsigned long long)priority);
    }
    return 0;
}
