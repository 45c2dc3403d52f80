/* SPDX-License-Identifier: MIT */
/*
 * The round trips of pingpong.c: A is the caller, B a thread that answers.
 */
#define main static __attribute__((unused)) anchor_main
#include "anchors/src/pingpong.c"
#undef main

#include "anchor.h"

static struct pp kinds[] = {
    [ANCHOR_FUTEX] = {"futex", futA, futB, futStop},
    [ANCHOR_SPIN_THEN_FUTEX] = {"adaptive", adA, adB, adStop},
};

/* The program has one place for the two sides to meet, so there is one partner at a time. */
static struct anchor_partner
{
    struct pp *kind;
    pthread_t thread;
} partner;

struct anchor_partner *anchor_partner_start(enum anchor_wait wait, int processor)
{
    if (S == NULL)
    {
        S = mmap(NULL, sizeof *S, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    }
    if (S == MAP_FAILED)
    {
        abort();
    }
    reset();
    cpuB = processor;
    partner.kind = &kinds[wait];
    if (pthread_create(&partner.thread, NULL, thr, partner.kind) != 0)
    {
        abort();
    }
    return &partner;
}

void anchor_partner_stop(struct anchor_partner *ended)
{
    ended->kind->stop();
    pthread_join(ended->thread, NULL);
}

anchor_function *const anchor_round_trip_futex = futA;
anchor_function *const anchor_round_trip_adaptive = adA;
