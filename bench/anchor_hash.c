/* SPDX-License-Identifier: MIT */
/*
 * The table with open addressing under a mutex of hash.c. Its other anchors need libraries that this build does not; the
 * headers in substitutes/ declare what it takes to compile them, and nothing calls them. The loops are its own for keys of 16
 * bytes, with the length of the key and the keys as arguments.
 */
#define main static __attribute__((unused)) anchor_main
#include "anchors/src/hash.c"
#undef main

#include "anchor.h"

static __attribute__((always_inline)) inline void find(uint64_t n, const struct anchor_keys *keys, uint32_t length)
{
    uint64_t acc = 0;
    uint32_t j = 0;

    for (uint64_t i = 0; i < n; i++)
    {
        const uint8_t *k = keys->bytes + (size_t)keys->order[j] * length;
        struct se *e;

        j = j + 1 == keys->count ? 0 : j + 1;
        pthread_mutex_lock(&tl);
        e = sf(k, length);
        acc += e->used ? e->v : 0;
        pthread_mutex_unlock(&tl);
    }
    KEEP(acc);
}

static void find_any(uint64_t n, void *argument)
{
    const struct anchor_keys *keys = argument;

    if (keys->length == 16)
    {
        find(n, keys, 16);
    }
    else
    {
        find(n, keys, 32);
    }
}

static __attribute__((always_inline)) inline void insert(const struct anchor_keys *keys, uint32_t length)
{
    for (uint64_t i = 0; i < keys->count; i++)
    {
        const uint8_t *k = keys->bytes + i * length;
        struct se *x;

        pthread_mutex_lock(&tl);
        x = sf(k, length);
        x->used = 1;
        x->klen = length;
        memcpy(x->k, k, length);
        x->v = i;
        pthread_mutex_unlock(&tl);
    }
}

double anchor_hash_insert(const struct anchor_keys *keys)
{
    uint64_t s;

    memset(tab, 0, sizeof *tab * (tm_ + 1));
    s = nsec();
    if (keys->length == 16)
    {
        insert(keys, 16);
    }
    else
    {
        insert(keys, 32);
    }
    return (double)(nsec() - s) / keys->count;
}

void anchor_hash_start(const struct anchor_keys *keys)
{
    free(tab);
    tm_ = (uint64_t)keys->count * 2 - 1;
    tab = calloc((size_t)keys->count * 2, sizeof *tab);
    if (tab == NULL)
    {
        abort();
    }
    (void)anchor_hash_insert(keys);
}

anchor_function *const anchor_hash_find = find_any;
