/* SPDX-License-Identifier: MIT */
/*
 * The rundown word of refs.c: one word that counts references, round an indirect call. Its other anchors need libraries that
 * this build does not; the headers in substitutes/ declare what it takes to compile them, and nothing calls them.
 */
#define main static __attribute__((unused)) anchor_main
#include "anchors/src/refs.c"
#undef main

#include "anchor.h"

static void rundown_word(uint64_t count, void *argument)
{
    (void)argument;
    b_rund(count, &M);
}

anchor_function *const anchor_rundown_word = rundown_word;
