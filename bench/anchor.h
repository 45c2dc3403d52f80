/* SPDX-License-Identifier: MIT */
/*
 * The parts of the anchor programs that our benchmarks call. Each anchor_*.c file includes one program of anchors/src/ as it
 * stands, with its main() out of the way, and hands out what lies inside.
 */
#ifndef BENCH_ANCHOR_H
#define BENCH_ANCHOR_H

#include <stdint.h>

typedef void anchor_function(uint64_t count, void *argument);

/* limits.c: what the machine can do at all. */
void anchor_limits_start(void);
extern anchor_function *const anchor_indirect_call;
extern anchor_function *const anchor_fetch_add;
extern anchor_function *const anchor_system_call;
extern anchor_function *const anchor_kernel_control;
extern anchor_function *const anchor_mutex;
extern anchor_function *const anchor_spin_lock;
/* The argument of these is the size. */
extern anchor_function *const anchor_malloc;
extern anchor_function *const anchor_calloc;
extern anchor_function *const anchor_malloc_burst;

/* objs.c: hand-made objects and requests. */
void anchor_objects_start(void);
extern anchor_function *const anchor_object;
extern anchor_function *const anchor_request;
/* Builds a device with so many Modules, each of so many objects, and takes it down again. */
void anchor_object_tree(uint64_t modules, uint64_t objects);

/* refs.c: a word that counts references, round an indirect call. */
extern anchor_function *const anchor_rundown_word;

/* timers.c: a binary heap of timers under a mutex, with this many in it. */
void anchor_timers_start(int armed);
extern anchor_function *const anchor_timer_heap;
/* The median of how late a timer descriptor fires that is set so many times to go off after the period, all in nanoseconds. */
double anchor_timer_lateness(uint64_t period, int times);

/* rings.c: a list of free buffers, and rings of items of 64 bytes and of 1 KiB, each under a mutex. */
void anchor_rings_start(void);
extern anchor_function *const anchor_free_list;
extern anchor_function *const anchor_ring_64;
extern anchor_function *const anchor_ring_1024;

/* hash.c: open addressing under a mutex, with twice as many slots as keys. The keys lie one behind the other. */
struct anchor_keys
{
    const uint8_t *bytes;
    /* Of one key: 16 or 32. */
    uint32_t length;
    uint32_t count;
    /* The keys by their number, in the order in which they are looked for. */
    const uint32_t *order;
};
/* Puts the keys into a new table, in place of the one before. A value is the number of its key. */
void anchor_hash_start(const struct anchor_keys *keys);
/* The argument of these is a struct anchor_keys: the keys of the table, or others. */
extern anchor_function *const anchor_hash_find;
/* Empties the table, and puts the keys in again; gives the time of one. */
double anchor_hash_insert(const struct anchor_keys *keys);

/* pingpong.c: round trips between two threads; the other thread lives from start to stop, on the given processor. */
struct anchor_partner;
enum anchor_wait
{
    ANCHOR_FUTEX,
    ANCHOR_SPIN_THEN_FUTEX,
};
struct anchor_partner *anchor_partner_start(enum anchor_wait wait, int processor);
void anchor_partner_stop(struct anchor_partner *partner);
extern anchor_function *const anchor_round_trip_futex;
extern anchor_function *const anchor_round_trip_adaptive;

/* fuse_cli.c: calls on the node that fuse_srv.c serves. */
void anchor_node_open(const char *path);
extern anchor_function *const anchor_node_control;
/* The argument of this one is the size. */
extern anchor_function *const anchor_node_read;

#endif /* BENCH_ANCHOR_H */
