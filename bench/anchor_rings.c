/* SPDX-License-Identifier: MIT */
/*
 * The free list and the rings under a mutex of rings.c. Its other anchors need libraries that this build does not; the headers
 * in substitutes/ declare what it takes to compile them, and nothing calls them.
 */
#define main static __attribute__((unused)) anchor_main
#include "anchors/src/rings.c"
#undef main

#include "anchor.h"

void anchor_rings_start(void)
{
    mr_init(&MR64, CAP, 64);
    mr_init(&MR1k, CAP, 1024);
    for (int index = 0; index < 64; index++)
    {
        struct fl *entry = malloc(sizeof *entry);

        if (entry == NULL)
        {
            abort();
        }
        entry->n = flh;
        flh = entry;
    }
}

static void ring_64(uint64_t count, void *argument)
{
    (void)argument;
    b_mr(count, &MR64);
}

static void ring_1024(uint64_t count, void *argument)
{
    (void)argument;
    b_mr(count, &MR1k);
}

anchor_function *const anchor_free_list = b_flm;
anchor_function *const anchor_ring_64 = ring_64;
anchor_function *const anchor_ring_1024 = ring_1024;
