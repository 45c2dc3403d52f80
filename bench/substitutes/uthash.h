/* SPDX-License-Identifier: MIT */
/* What hash.c names of uthash, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_UTHASH_H
#define BENCH_SUBSTITUTE_UTHASH_H

typedef struct
{
    void *unused;
} UT_hash_handle;

void *uthash_find(void *table, const void *key);
void *uthash_add(void *table, void *element);

#define HASH_FIND(member, table, key, size, element) ((element) = uthash_find(table, key))
#define HASH_ADD(member, table, key, size, element) ((table) = uthash_add(table, element))
#define HASH_CLEAR(member, table) ((table) = NULL)

#endif /* BENCH_SUBSTITUTE_UTHASH_H */
