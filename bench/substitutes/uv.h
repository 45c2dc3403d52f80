/* SPDX-License-Identifier: MIT */
/*
 * What timers.c says about libuv, declared so that the rest of it compiles without that library. No layout is real.
 */
#ifndef BENCH_SUBSTITUTE_UV_H
#define BENCH_SUBSTITUTE_UV_H

#include <stdint.h>

typedef struct uv_loop
{
    void *unused;
} uv_loop_t;

typedef struct uv_timer
{
    uv_loop_t *loop;
} uv_timer_t;

typedef struct uv_handle uv_handle_t;
typedef void (*uv_timer_cb)(uv_timer_t *timer);

enum
{
    UV_RUN_DEFAULT,
};

int uv_loop_init(uv_loop_t *loop);
int uv_run(uv_loop_t *loop, int mode);
void uv_update_time(uv_loop_t *loop);
int uv_timer_init(uv_loop_t *loop, uv_timer_t *timer);
int uv_timer_start(uv_timer_t *timer, uv_timer_cb function, uint64_t time, uint64_t repeat);
int uv_timer_stop(uv_timer_t *timer);
void uv_close(uv_handle_t *handle, void (*function)(uv_handle_t *handle));

#endif /* BENCH_SUBSTITUTE_UV_H */
