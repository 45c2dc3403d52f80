/* SPDX-License-Identifier: MIT */
/*
 * What timers.c says about GLib, declared so that the rest of it compiles without that library.
 */
#ifndef BENCH_SUBSTITUTE_GLIB_H
#define BENCH_SUBSTITUTE_GLIB_H

typedef int gboolean;
typedef void *gpointer;
typedef unsigned int guint;

#ifndef FALSE
#define FALSE 0
#endif

guint g_timeout_add(guint interval, gboolean (*function)(gpointer argument), gpointer argument);
gboolean g_source_remove(guint tag);

#endif /* BENCH_SUBSTITUTE_GLIB_H */
