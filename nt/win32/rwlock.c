/* SPDX-License-Identifier: MIT */
/*
 * Slim reader/writer locks.
 *
 * The first half of the lock is the word that is waited for: whether a writer is inside, whether somebody waits, and above
 * that the number of readers inside. Who finds somebody waiting waits too, so that a stream of readers starves no writer; who
 * leaves last lets all of them try again.
 */
#include "nt/win32/win32.h"

#define WRITER UINT32_C(1)
#define WAITERS UINT32_C(2)
#define READER UINT32_C(4)

static uint32_t *word_of(SRWLOCK *lock)
{
    return (uint32_t *)(void *)&lock->Ptr;
}

/* Marks the lock as waited for and waits once. */
static void wait_for_change(SRWLOCK *lock, uint32_t seen)
{
    uint32_t waited = seen | WAITERS;

    if (seen != waited && !platform_atomic_compare_exchange(word_of(lock), &seen, waited))
    {
        return;
    }
    platform_wait_note("reader/writer lock", lock, 0);
    (void)platform_wait_word(word_of(lock), waited, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
}

static bool try_exclusive(SRWLOCK *lock, uint32_t *ret_seen)
{
    *ret_seen = 0;
    return platform_atomic_compare_exchange_acquire(word_of(lock), ret_seen, WRITER);
}

static bool try_shared(SRWLOCK *lock, uint32_t *ret_seen)
{
    *ret_seen = platform_atomic_load_relaxed(word_of(lock));
    while ((*ret_seen & (WRITER | WAITERS)) == 0)
    {
        if (platform_atomic_compare_exchange_acquire(word_of(lock), ret_seen, *ret_seen + READER))
        {
            return true;
        }
    }
    return false;
}

void WINAPI InitializeSRWLock(PSRWLOCK SRWLock)
{
    SRWLock->Ptr = NULL;
}

BOOLEAN WINAPI TryAcquireSRWLockExclusive(PSRWLOCK SRWLock)
{
    uint32_t seen;

    return try_exclusive(SRWLock, &seen);
}

BOOLEAN WINAPI TryAcquireSRWLockShared(PSRWLOCK SRWLock)
{
    uint32_t seen;

    return try_shared(SRWLock, &seen);
}

void WINAPI AcquireSRWLockExclusive(PSRWLOCK SRWLock)
{
    uint32_t seen;

    while (!try_exclusive(SRWLock, &seen))
    {
        wait_for_change(SRWLock, seen);
    }
}

void WINAPI AcquireSRWLockShared(PSRWLOCK SRWLock)
{
    uint32_t seen;

    while (!try_shared(SRWLock, &seen))
    {
        wait_for_change(SRWLock, seen);
    }
}

void WINAPI ReleaseSRWLockExclusive(PSRWLOCK SRWLock)
{
    uint32_t before = platform_atomic_exchange_release(word_of(SRWLock), 0);

    if ((before & WRITER) == 0)
    {
        platform_fatal("reader/writer lock %p: released exclusively, but nobody has it so", (void *)SRWLock);
    }
    if ((before & WAITERS) != 0)
    {
        platform_wake_word(word_of(SRWLock), UINT32_MAX);
    }
}

void WINAPI ReleaseSRWLockShared(PSRWLOCK SRWLock)
{
    uint32_t seen = platform_atomic_load_relaxed(word_of(SRWLock));
    uint32_t after;

    do
    {
        if (seen < READER || (seen & WRITER) != 0)
        {
            platform_fatal("reader/writer lock %p: released shared, but nobody has it so", (void *)SRWLock);
        }
        after = seen - READER == WAITERS ? 0 : seen - READER;
    } while (!platform_atomic_compare_exchange(word_of(SRWLock), &seen, after));
    if (seen == READER + WAITERS)
    {
        platform_wake_word(word_of(SRWLock), UINT32_MAX);
    }
}
