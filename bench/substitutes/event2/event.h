/* SPDX-License-Identifier: MIT */
/*
 * What timers.c says about libevent, declared so that the rest of it compiles without that library.
 */
#ifndef BENCH_SUBSTITUTE_EVENT_H
#define BENCH_SUBSTITUTE_EVENT_H

#include <sys/time.h>

typedef int evutil_socket_t;
struct event;
struct event_base;

struct event_base *event_base_new(void);
struct event *evtimer_new(struct event_base *base, void (*function)(evutil_socket_t file, short what, void *argument),
                          void *argument);
int event_add(struct event *event, const struct timeval *time);
int event_del(struct event *event);

#endif /* BENCH_SUBSTITUTE_EVENT_H */
