/* SPDX-License-Identifier: MIT */
/*
 * What timers.c and hash.c say about GLib, declared so that the rest of them compiles without that library.
 */
#ifndef BENCH_SUBSTITUTE_GLIB_H
#define BENCH_SUBSTITUTE_GLIB_H

typedef int gboolean;
typedef void *gpointer;
typedef const void *gconstpointer;
typedef unsigned int guint;

#ifndef FALSE
#define FALSE 0
#endif

guint g_timeout_add(guint interval, gboolean (*function)(gpointer argument), gpointer argument);
gboolean g_source_remove(guint tag);

typedef struct GHashTable GHashTable;
GHashTable *g_hash_table_new(guint (*hash)(gconstpointer key), gboolean (*equal)(gconstpointer first, gconstpointer second));
gboolean g_hash_table_insert(GHashTable *table, gpointer key, gpointer value);
gpointer g_hash_table_lookup(GHashTable *table, gconstpointer key);
void g_hash_table_destroy(GHashTable *table);

#endif /* BENCH_SUBSTITUTE_GLIB_H */
