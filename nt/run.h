/* SPDX-License-Identifier: MIT */
/*
 * What programs around the runtime (the host, the test kit) get of the platform: threads and events of the machine, on
 * whichever platform the library was built for. They never call the platform themselves, because its inline parts differ.
 */
#ifndef NT_RUN_H
#define NT_RUN_H

#include "nt/internal.h"

struct run_event;
struct run_thread;

/*
 * Runs body once; in the simulation with this seed. Returns a number that says what happened in the simulation, the same for the
 * same seed; zero on the machine's own threads, where nothing repeats itself.
 */
RUNTIME_API uint64_t run_seed(uint64_t seed, void (*body)(void *argument), void *argument);
RUNTIME_API bool run_is_simulated(void);

/* An event that stays set. NULL when there is no memory. */
RUNTIME_API struct run_event *run_event_create(void);
RUNTIME_API void run_event_set(struct run_event *event);
RUNTIME_API void run_event_wait(struct run_event *event);
RUNTIME_API void run_event_free(struct run_event *event);

/* NULL when no thread could be started. */
RUNTIME_API struct run_thread *run_thread_start(const char *name, void (*body)(void *argument), void *argument);
RUNTIME_API void run_thread_join(struct run_thread *thread);

/* The n-th allocation of the runtime from now fails; zero ends that. And how many have failed since then. */
RUNTIME_API void run_alloc_fail_at(uint64_t n);
RUNTIME_API uint64_t run_alloc_injected(void);

/*
 * Reports faults of the process (SIGSEGV, SIGABRT, ...) as bug checks: for hosts, whose signals are theirs to give. The fault then
 * takes its usual way, to a sanitizer or a core dump.
 */
RUNTIME_API void run_install_fault_handler(void);

/*
 * Keeps up to this many bytes of freed memory, to find who writes to it afterwards; zero ends that, while nobody else frees. False
 * when there is no memory for it. Costs much time.
 */
RUNTIME_API bool run_quarantine(size_t bytes);

#endif /* NT_RUN_H */
