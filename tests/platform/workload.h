/* SPDX-License-Identifier: MIT */
/* A stress of locks, events, conditions, timers, time-outs and random numbers, whose schedule decides what it does next. */
#pragma once

#include "platform/simulation.h"

/* The argument is not used. */
void workload(void *argument);
