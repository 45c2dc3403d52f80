/* SPDX-License-Identifier: MIT */
/*
 * The anchors of limits.c.
 */
#define main static __attribute__((unused)) anchor_main
#include "anchors/src/limits.c"
#undef main

#include "anchor.h"

void anchor_limits_start(void)
{
    pthread_spin_init(&sp, 0);
    ufd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (ufd < 0)
    {
        abort();
    }
    /* The C library leaves atomics out of mutexes and of malloc while a process has one thread. */
    bench_mt();
}

anchor_function *const anchor_indirect_call = b_icall;
anchor_function *const anchor_fetch_add = b_fadd;
anchor_function *const anchor_system_call = b_sys;
anchor_function *const anchor_kernel_control = b_kioctl;
anchor_function *const anchor_mutex = b_mutex;
anchor_function *const anchor_spin_lock = b_spin;
anchor_function *const anchor_malloc = b_malloc;
anchor_function *const anchor_calloc = b_calloc;
anchor_function *const anchor_malloc_burst = b_malloc_burst;
