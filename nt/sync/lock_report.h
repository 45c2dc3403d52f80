/* SPDX-License-Identifier: MIT */
/*
 * What a report about a lock says: the rule, the lock, who holds it, the lock's last steps, and the caller who broke the rule.
 *
 * Debug builds note who takes and releases which lock. The notes are for people: notes of other locks may push some out, and of
 * notes made at the same time one may be missing or mixed.
 */
#ifndef NT_LOCK_REPORT_H
#define NT_LOCK_REPORT_H

#include "nt/internal.h"

enum lock_step
{
    LOCK_TAKEN = 1,
    LOCK_SHARED = 2,
    LOCK_RELEASED = 3,
};

enum
{
    LOCK_HISTORIES = 64,
    LOCK_HISTORY_STEPS = 8,
};

/* All zero is empty. Locks share a history by their address. */
struct lock_histories
{
    struct lock_history
    {
        uint32_t next;
        struct lock_note
        {
            const void *lock;
            ULONG_PTR caller;
            uint32_t thread;
            uint32_t step;
        } notes[LOCK_HISTORY_STEPS];
    } histories[LOCK_HISTORIES];
};

#if defined(NDEBUG)
static inline void lock_note(const void *lock, enum lock_step step, ULONG_PTR caller)
{
    (void)lock;
    (void)step;
    (void)caller;
}
#else
void lock_note(const void *lock, enum lock_step step, ULONG_PTR caller);
#endif

struct lock_misuse
{
    ULONG code;
    ULONG_PTR parameters[4];
    /* "spin lock", or what else is used wrongly, and a sentence. */
    const char *kind;
    const char *rule;
    const void *lock;
    /* The platform's number of the thread that holds it; zero when none does, or the lock does not know. */
    uint32_t owner;
    ULONG_PTR caller;
};

/* Stops with that bug check. */
_Noreturn void lock_misuse_stop(const struct lock_misuse *misuse);

#endif /* NT_LOCK_REPORT_H */
