/* SPDX-License-Identifier: MIT */
/* What the files of the platform layer share among themselves. */
#pragma once

#include "platform/platform.h"

/* Fills in the wait note unless the layer above has said something better. The result belongs to wait_note_end. */
static inline bool wait_note_begin(const char *what, const void *object, uint32_t owner)
{
    struct platform_thread *self = platform_current();

    if (self->wait_what != NULL)
    {
        return false;
    }
    self->wait_what = what;
    self->wait_object = object;
    self->wait_owner = owner;
    return true;
}

static inline void wait_note_end(bool noted)
{
    if (noted)
    {
        platform_wait_note(NULL, NULL, 0);
    }
}

/* Thread records, called by the thread creation of either backend. A new record has one reference. */
struct platform_thread *thread_record_new(const char *name, uint32_t flags);
void thread_record_initialize(struct platform_thread *thread, const char *name, uint32_t flags);
/* Runs the exit functions of the layers above, on the ending thread. */
void thread_record_exit(struct platform_thread *thread);
/* Gives back the memory of a record that nobody references, or that was never used. */
void thread_record_free(struct platform_thread *thread);

/* Identifiers start at one. They are never reused within a process, or within one run of a simulation. */
uint32_t thread_next_identifier(void);

/* platform_zalloc without failure injection, for where nobody could handle it. */
void *memory_zalloc_always(size_t size);

/* Whether the allocation that is about to be made is to fail. */
bool memory_refuse_injected(void);

/* To be called when injection or quarantine begins or ends. */
void memory_watch(void);

/* Where a block goes back to. */
enum memory_kind
{
    MEMORY_PLAIN,
    MEMORY_ALIGNED,
    /* What the quarantine has of a block of stable memory. */
    MEMORY_STABLE,
};

/* Frees a block at once, whether there is a quarantine or not. */
void memory_free_now(void *block, size_t size, enum memory_kind kind);
void stable_free_now(void *kept, size_t size);

/* The part of a thread's lists that stable memory has. */
void stable_lists_make(struct memory_cache *cache);
void stable_thread_exit(struct memory_cache *cache);

/* The quarantine: whether blocks go there, and one that does. */
extern bool quarantine_on;
void quarantine_keep(void *block, size_t size, enum memory_kind kind);

/* Whether a thread has begun to end the process by platform_fatal. */
bool fatal_is_ending(void);

/* Gives back what the allocator keeps for an ending thread, which must be the caller. */
void memory_thread_exit(struct platform_thread *thread);

/* The seed of a thread's random numbers. */
uint64_t random_seed(void);
uint64_t random_mix(uint64_t *state);

/* Called by platform_fatal first. A simulation that was asked to report instead of stopping does not return from it. */
void fatal_begin(const char *text);

/* Called by platform_fatal after the text and before the stack: says how to repeat a simulation. */
void fatal_context(int descriptor);

/* Forgets what the timer service knows: a simulation run begins without a timer thread. */
void timer_service_reset(void);

/*
 * Ends the timer thread as soon as the function that it runs, if any, is over: for the last thread of a simulation run. That
 * function may have started other threads; when the caller is not the last any more, the service goes on. Returns whether there
 * was a timer thread.
 */
bool timer_service_retire(bool (*is_last)(void));
