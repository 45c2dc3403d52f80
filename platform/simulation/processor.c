/* SPDX-License-Identifier: MIT */
/* Processors: two, whatever the machine has, so that a run depends on its seed alone. */
#include "platform/processor.h"

#include "platform/platform.h"

enum
{
    PROCESSORS = 2,
};

uint32_t platform_processor_count(void)
{
    return PROCESSORS;
}

uint32_t platform_processor_current(void)
{
    return platform_current()->id % PROCESSORS;
}

bool platform_processor_allow(uint32_t first, uint64_t mask)
{
    (void)first;
    (void)mask;
    return true;
}

void platform_processor_allow_all(void)
{
}
