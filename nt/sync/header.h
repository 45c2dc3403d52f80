/* SPDX-License-Identifier: MIT */
/*
 * What the files of nt/sync share about dispatcher objects: the lock in the header, waiters and their blocks.
 *
 * A waiter's word says how far its wait is. Who lets it go claims it first, under the lock of the object, and publishes the
 * result after that lock is released: the waiter does not return in between, and from then on waiter and object may be gone.
 * A waiter that gives up claims itself, so exactly one reason ends a wait.
 *
 * Who holds the order lock (struct machine, wait_all) may lock several objects, in any order; everybody else locks one at a
 * time. Objects in whose list somebody waits for several objects at once say so in their header, and whoever wants to change
 * their state takes the order lock first: it may have to take the others.
 */
#ifndef NT_HEADER_H
#define NT_HEADER_H

#include "nt/sync/dispatcher.h"

#define HEADER_LOCKED 0x80
#define HEADER_HAS_WAIT_ALL 0x40
#define HEADER_TYPE_MASK 0x3F

/* States of a waiter's word: bits. */
#define WAITER_PENDING 0u
#define WAITER_ASLEEP 1u
#define WAITER_CLAIMED 2u
#define WAITER_DONE 4u

struct waiter
{
    /* First: a thread's parked_on points here. */
    uint32_t word;
    NTSTATUS result;
    PKTHREAD thread;
    struct wait_block *blocks;
    uint16_t count;
    bool all;
    KPROCESSOR_MODE mode;
    /* For reports: the platform's number of the thread that owned the object when this wait began. */
    uint32_t owner;
};

/* One for each object of a wait. It fits into a published KWAIT_BLOCK, because callers bring the memory for many. */
struct wait_block
{
    LIST_ENTRY entry;
    struct waiter *waiter;
    DISPATCHER_HEADER *object;
    struct wait_block *next_released;
    uint16_t index;
    bool linked;
    uint8_t type;
};

_Static_assert(sizeof(struct wait_block) <= sizeof(KWAIT_BLOCK), "callers bring published blocks");

/* Those whose wait is over, to be told when no lock is held any more. */
struct released
{
    struct wait_block *first;
    struct wait_block **last;
    bool ordered;
};

void header_lock_slow(DISPATCHER_HEADER *header);

static inline void header_lock(DISPATCHER_HEADER *header)
{
    LONG word = __atomic_load_n(&header->Lock, __ATOMIC_RELAXED) & ~HEADER_LOCKED;

    if (__builtin_expect(!platform_atomic_compare_exchange_acquire(&header->Lock, &word, word | HEADER_LOCKED), 0))
    {
        header_lock_slow(header);
    }
}

/* Locks when nobody holds the lock and the word is as expected: for ways that must be short. */
static inline bool header_try_lock(DISPATCHER_HEADER *header, LONG word)
{
    return platform_atomic_compare_exchange_acquire(&header->Lock, &word, word | HEADER_LOCKED);
}

/* The holder is the only one who changes the word, so a store is enough. */
static inline void header_unlock(DISPATCHER_HEADER *header)
{
    platform_atomic_store(&header->Lock, __atomic_load_n(&header->Lock, __ATOMIC_RELAXED) & ~HEADER_LOCKED);
}

static inline enum dispatcher_type header_type(const DISPATCHER_HEADER *header)
{
    return (enum dispatcher_type)(__atomic_load_n(&header->Lock, __ATOMIC_RELAXED) & HEADER_TYPE_MASK);
}

/* The byte Hand, which is constant, as part of the word that changes around it. */
static inline UCHAR header_hand(const DISPATCHER_HEADER *header)
{
    union
    {
        LONG word;
        UCHAR bytes[4];
    } lock = {__atomic_load_n(&header->Lock, __ATOMIC_RELAXED)};

    return lock.bytes[FIELD_OFFSET(DISPATCHER_HEADER, Hand)];
}

/* Changed under the lock, read by anybody. */
static inline LONG header_state(const DISPATCHER_HEADER *header)
{
    return __atomic_load_n(&header->SignalState, __ATOMIC_RELAXED);
}

static inline void header_set_state(DISPATCHER_HEADER *header, LONG state)
{
    __atomic_store_n(&header->SignalState, state, __ATOMIC_RELAXED);
}

/*
 * A change of an object's state: begin locks, end lets go whom the new state satisfies, unlocks, and tells them. Between
 * them the caller sets the state. After end the object may be gone.
 */
void header_change_begin(DISPATCHER_HEADER *header, struct released *released);
void header_change_end(DISPATCHER_HEADER *header, struct released *released);

/* The parts of end. Who changes an object under a lock of its own tells after that lock is released too. */
void header_change_satisfy(DISPATCHER_HEADER *header, struct released *released);
void header_change_unlock(DISPATCHER_HEADER *header, struct released *released);
void released_tell(struct released *released);

/* Ends a wait with a result unless something else has: returns whether. The caller then publishes or, itself, returns. */
bool waiter_claim(struct waiter *waiter);
void waiter_publish(struct waiter *waiter, NTSTATUS result);

#endif /* NT_HEADER_H */
