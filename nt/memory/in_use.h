/* SPDX-License-Identifier: MIT */
/*
 * What drivers own and the executive uses now: timers that run, calls and work that are queued, objects that threads wait for.
 * Kept while somebody watches, so that memory which is freed around one of them is found out.
 */
#ifndef NT_IN_USE_H
#define NT_IN_USE_H

#include "nt/internal.h"

/* The memory is about to be freed, and what is at that place in it is in use. Called without locks, by whoever frees. */
typedef void in_use_function(const void *memory, size_t size, const void *place, const char *what);

/* How many watch. */
extern uint32_t in_use_watchers;

/* All watchers have one function. What is in use already when the first begins is not known. */
void in_use_watch(in_use_function *function);
void in_use_end(void);

void in_use_note(const void *place, const char *what);
void in_use_forget(const void *place);
void in_use_look(const void *memory, size_t size);

/* Finds something in the memory that is in use; false when there is nothing. */
bool in_use_find(const void *memory, size_t size, const void **ret_place, const char **ret_what);

static inline bool in_use_is_watched(void)
{
    return __builtin_expect(__atomic_load_n(&in_use_watchers, __ATOMIC_RELAXED) != 0, 0);
}

/* In use from here on; any IRQL, whatever locks are held. what is a string that stays. */
static inline void in_use_add(const void *place, const char *what)
{
    if (in_use_is_watched())
    {
        in_use_note(place, what);
    }
}

/* As often as it was added. */
static inline void in_use_remove(const void *place)
{
    if (in_use_is_watched())
    {
        in_use_forget(place);
    }
}

/* Before memory that a driver owned is freed. No locks are held. */
static inline void in_use_check(const void *memory, size_t size)
{
    if (in_use_is_watched())
    {
        in_use_look(memory, size);
    }
}

#endif /* NT_IN_USE_H */
