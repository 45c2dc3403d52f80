/* SPDX-License-Identifier: MIT */
/* What hash.c names of khash, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_KHASH_H
#define BENCH_SUBSTITUTE_KHASH_H

#include <stdint.h>

typedef uint32_t khint_t;
typedef struct
{
    uint64_t *values;
    khint_t end;
} khash_any;

khint_t khash_search(khash_any *table, ...);
khash_any *khash_create(void);
void khash_remove(khash_any *table);

#define KHASH_INIT(name, key, value, is_map, hash, equal)
#define khash_t(name) khash_any
#define kh_init(name) khash_create()
#define kh_destroy(name, table) khash_remove(table)
#define kh_get(name, table, key) khash_search(table, key)
#define kh_put(name, table, key, result) khash_search(table, key, result)
#define kh_end(table) ((table)->end)
#define kh_val(table, index) ((table)->values[index])

#endif /* BENCH_SUBSTITUTE_KHASH_H */
