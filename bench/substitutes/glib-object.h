/* SPDX-License-Identifier: MIT */
/*
 * What objs.c says about GObject, declared so that the rest of it compiles without that library. No layout is real.
 */
#ifndef BENCH_SUBSTITUTE_GLIB_OBJECT_H
#define BENCH_SUBSTITUTE_GLIB_OBJECT_H

#include <stddef.h>

typedef size_t GType;
typedef void *gpointer;

typedef struct
{
    void *unused;
} GTypeInstance;

typedef struct
{
    void *unused;
} GObject;

typedef struct
{
    void *unused;
} GObjectClass;

typedef void (*GInstanceInitFunc)(GTypeInstance *instance, gpointer class);

typedef struct
{
    unsigned short class_size;
    void *unused[5];
    unsigned short instance_size;
    unsigned short preallocated;
    GInstanceInitFunc instance_init;
    const void *value_table;
} GTypeInfo;

#define G_TYPE_OBJECT ((GType)80)

GType g_type_register_static(GType parent, const char *name, const GTypeInfo *info, int flags);
void g_type_class_add_private(gpointer class, size_t size);
void *g_object_new(GType type, const char *first_property, ...);
void g_object_unref(gpointer object);

#endif /* BENCH_SUBSTITUTE_GLIB_OBJECT_H */
