/* SPDX-License-Identifier: MIT */
/* What rings.c names of Concurrency Kit's rings, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_CK_RING_H
#define BENCH_SUBSTITUTE_CK_RING_H

#include <stdbool.h>

typedef struct
{
    int unused;
} ck_ring_t;

typedef struct
{
    void *unused;
} ck_ring_buffer_t;

void ck_ring_init(ck_ring_t *ring, unsigned size);
bool ck_ring_enqueue_spsc(ck_ring_t *ring, ck_ring_buffer_t *buffer, const void *entry);
bool ck_ring_dequeue_spsc(ck_ring_t *ring, const ck_ring_buffer_t *buffer, void *entry);
bool ck_ring_enqueue_mpmc(ck_ring_t *ring, ck_ring_buffer_t *buffer, const void *entry);
bool ck_ring_dequeue_mpmc(ck_ring_t *ring, const ck_ring_buffer_t *buffer, void *entry);
bool ck_ring_by_value(ck_ring_t *ring, void *buffer, void *entry);
void ck_pr_stall(void);

#define CK_RING_PROTOTYPE(name, type)
#define CK_RING_ENQUEUE_SPSC(name, ring, buffer, entry) ck_ring_by_value(ring, buffer, entry)
#define CK_RING_DEQUEUE_SPSC(name, ring, buffer, entry) ck_ring_by_value(ring, buffer, entry)
#define CK_RING_ENQUEUE_MPMC(name, ring, buffer, entry) ck_ring_by_value(ring, buffer, entry)
#define CK_RING_DEQUEUE_MPMC(name, ring, buffer, entry) ck_ring_by_value(ring, buffer, entry)

#endif /* BENCH_SUBSTITUTE_CK_RING_H */
