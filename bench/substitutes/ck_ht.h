/* SPDX-License-Identifier: MIT */
/* What hash.c names of Concurrency Kit's hash tables, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_CK_HT_H
#define BENCH_SUBSTITUTE_CK_HT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ck_malloc
{
    void *(*malloc)(size_t size);
    void (*free)(void *memory, size_t size, bool deferred);
};

typedef struct
{
    void *unused;
} ck_ht_t;
typedef ck_ht_t ck_ht_hash_t;
typedef ck_ht_t ck_ht_entry_t;

#define CK_HT_MODE_BYTESTRING 2

bool ck_ht_init(ck_ht_t *table, int mode, void *hash, struct ck_malloc *allocator, uint64_t entries, uint64_t seed);
void ck_ht_destroy(ck_ht_t *table);
void ck_ht_hash(ck_ht_hash_t *hash, ck_ht_t *table, const void *key, uint16_t length);
void ck_ht_entry_key_set(ck_ht_entry_t *entry, const void *key, uint16_t length);
void ck_ht_entry_set(ck_ht_entry_t *entry, ck_ht_hash_t hash, const void *key, uint16_t length, const void *value);
void *ck_ht_entry_value(ck_ht_entry_t *entry);
bool ck_ht_get_spmc(ck_ht_t *table, ck_ht_hash_t hash, ck_ht_entry_t *entry);
bool ck_ht_put_spmc(ck_ht_t *table, ck_ht_hash_t hash, ck_ht_entry_t *entry);

#endif /* BENCH_SUBSTITUTE_CK_HT_H */
