/* SPDX-License-Identifier: MIT */
/* Planted races: small programs with a known bug of known depth, each with a correct twin. */
#pragma once

#include "run.h"

struct race
{
    const char *name;
    /* How many ordering constraints a schedule must meet to show the bug. */
    uint32_t depth;
    /* The argument is a bool: whether the bug is in. */
    platform_thread_function *body;
};

extern const struct race races[];
extern const size_t race_count;
