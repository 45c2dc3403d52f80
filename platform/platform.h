/* SPDX-License-Identifier: MIT */
/*
 * The platform layer: the one place where the runtime gets threads, parking, locks, time, timers, randomness and memory.
 *
 * It exists twice behind this header. The posix backend runs on Linux threads and futexes. The simulation backend (compile
 * definition PLATFORM_SIMULATION) runs every thread as a coroutine on one operating system thread, with virtual time, and
 * turns every atomic, wait and hand-over into a scheduling point (see platform/simulation.h). Only the word wait, the clock,
 * and thread creation differ; mutexes, events, timers and the rest are the same code on top of them, so the simulation
 * explores the code that ships.
 *
 * Conventions
 *   - Time is signed 64 bits. A plain name is nanoseconds, a name that ends in _100ns is units of 100 nanoseconds.
 *   - A deadline is an absolute point on the monotonic clock in nanoseconds. PLATFORM_FOREVER never passes; a deadline that
 *     has passed makes a wait into a poll.
 *   - Every synchronisation object is valid when its memory is zero.
 *   - No wait path allocates. Functions that can fail return zero or an errno value.
 *
 * This header is internal and for C only. Published headers never include it.
 */
#pragma once

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PLATFORM_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define PLATFORM_SANITIZED 1
#endif
#endif
#ifndef PLATFORM_SANITIZED
#define PLATFORM_SANITIZED 0
#endif

#define PLATFORM_FOREVER INT64_MAX
#define PLATFORM_MILLISECOND INT64_C(1000000)
#define PLATFORM_SECOND INT64_C(1000000000)

enum platform_result
{
    PLATFORM_OK = 0,
    PLATFORM_TIMEOUT = 1,
};

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Scheduling points.                                                                                                     */
/* ---------------------------------------------------------------------------------------------------------------------- */

/* What happens at a scheduling point. The values enter the event hash of a simulation, so they never change meaning. */
enum platform_point
{
    PLATFORM_POINT_ATOMIC = 1,
    PLATFORM_POINT_WAIT = 2,
    PLATFORM_POINT_WAKE = 3,
    PLATFORM_POINT_YIELD = 4,
    PLATFORM_POINT_CREATE = 5,
    PLATFORM_POINT_EXIT = 6,
    PLATFORM_POINT_CALL = 7,
};

#if defined(PLATFORM_SIMULATION)
/* Lets another coroutine run. Code above platform/ uses PLATFORM_POINT_CALL to mark an entry into or exit from a callback. */
void platform_point(enum platform_point kind);
#else
static inline void platform_point(enum platform_point kind)
{
    (void)kind;
}
#endif

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Atomics: compiler built-ins, and scheduling points in simulation. Loads acquire, stores release, and everything that   */
/* reads and writes is sequentially consistent unless its name says otherwise.                                            */
/* ---------------------------------------------------------------------------------------------------------------------- */

#define platform_atomic_point() platform_point(PLATFORM_POINT_ATOMIC)

#define platform_atomic_load(pointer) (platform_atomic_point(), __atomic_load_n((pointer), __ATOMIC_ACQUIRE))
#define platform_atomic_load_relaxed(pointer) (platform_atomic_point(), __atomic_load_n((pointer), __ATOMIC_RELAXED))
#define platform_atomic_load_sequential(pointer) (platform_atomic_point(), __atomic_load_n((pointer), __ATOMIC_SEQ_CST))
#define platform_atomic_store(pointer, value) \
    (platform_atomic_point(), __atomic_store_n((pointer), (value), __ATOMIC_RELEASE))
#define platform_atomic_store_relaxed(pointer, value) \
    (platform_atomic_point(), __atomic_store_n((pointer), (value), __ATOMIC_RELAXED))
#define platform_atomic_store_sequential(pointer, value) \
    (platform_atomic_point(), __atomic_store_n((pointer), (value), __ATOMIC_SEQ_CST))
#define platform_atomic_exchange(pointer, value) \
    (platform_atomic_point(), __atomic_exchange_n((pointer), (value), __ATOMIC_SEQ_CST))
#define platform_atomic_exchange_acquire(pointer, value) \
    (platform_atomic_point(), __atomic_exchange_n((pointer), (value), __ATOMIC_ACQUIRE))
#define platform_atomic_exchange_release(pointer, value) \
    (platform_atomic_point(), __atomic_exchange_n((pointer), (value), __ATOMIC_RELEASE))

/* Returns whether the value was exchanged; otherwise *expected receives the value that was found. Never fails by accident. */
#define platform_atomic_compare_exchange(pointer, expected, desired) \
    (platform_atomic_point(),                                        \
     __atomic_compare_exchange_n((pointer), (expected), (desired), false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
#define platform_atomic_compare_exchange_acquire(pointer, expected, desired) \
    (platform_atomic_point(),                                                \
     __atomic_compare_exchange_n((pointer), (expected), (desired), false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))

#define platform_atomic_fetch_add(pointer, value) \
    (platform_atomic_point(), __atomic_fetch_add((pointer), (value), __ATOMIC_SEQ_CST))
#define platform_atomic_fetch_sub(pointer, value) \
    (platform_atomic_point(), __atomic_fetch_sub((pointer), (value), __ATOMIC_SEQ_CST))
#define platform_atomic_fetch_or(pointer, value) \
    (platform_atomic_point(), __atomic_fetch_or((pointer), (value), __ATOMIC_SEQ_CST))
#define platform_atomic_fetch_and(pointer, value) \
    (platform_atomic_point(), __atomic_fetch_and((pointer), (value), __ATOMIC_SEQ_CST))
#define platform_atomic_fetch_xor(pointer, value) \
    (platform_atomic_point(), __atomic_fetch_xor((pointer), (value), __ATOMIC_SEQ_CST))

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Fatal errors.                                                                                                          */
/* ---------------------------------------------------------------------------------------------------------------------- */

/* Prints the text and the stack of the caller with symbols to standard error, then ends the process by abort(). */
_Noreturn void platform_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void platform_fatal_arguments(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

/* Writes the stack of the caller to the file descriptor, one frame a line, without allocating. */
void platform_print_stack(int descriptor);

/*
 * Puts "function+0x12 (module+0x345)" for a code address into the text, or as much of it as is known and fits; always ended by
 * zero. Does not allocate from the heap.
 */
void platform_describe_address(const void *address, char *text, size_t size);

/* The addresses that the caller's stack returns to, innermost first, at most capacity of them; returns how many. */
size_t platform_capture_stack(const void **addresses, size_t capacity);

/*
 * The same end, with something left to do when text and stack are out. Of several threads only the first does what it has to
 * do, and the others wait for it; when what it does fails in turn, the process ends at once.
 */
_Noreturn void platform_fatal_then(void (*last)(void *context), void *context, const char *text);

/* All of that but the end, which is somebody else's. */
void platform_fatal_report(void (*last)(void *context), void *context, const char *text);

/* A signal that ends the process: which, the address that it is about, the instruction, and whether that wrote. */
struct platform_fault
{
    int signal;
    const void *address;
    const void *code;
    bool write;
};

typedef void platform_fault_function(const struct platform_fault *fault);

/*
 * Calls the function on the first fault of the process, on the faulting thread, within the signal's handler. Afterwards the fault
 * takes the way that it took before this was installed. Not called for an end by platform_fatal.
 */
void platform_fault_handler_install(platform_fault_function *function);

/* Stops in every build: for what must hold. platform_assert stops only where NDEBUG is not defined: for what is costly. */
#define platform_require(condition) \
    ((condition) ? (void)0 : platform_fatal("%s:%d: requirement not met: %s", __FILE__, __LINE__, #condition))
#if defined(NDEBUG)
#define platform_assert(condition) ((void)sizeof(condition))
#else
#define platform_assert(condition) platform_require(condition)
#endif

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Time.                                                                                                                  */
/* ---------------------------------------------------------------------------------------------------------------------- */

/* The monotonic clock. It does not count time in system sleep and is never set back. In simulation it is virtual. */
int64_t platform_now(void);

/* The same clock in units of 100 nanoseconds: at 10 MHz this is the performance counter of the runtime. */
static inline int64_t platform_now_100ns(void)
{
    return platform_now() / 100;
}

/* Like platform_now(), but counts time in system sleep too. In simulation nobody sleeps. */
int64_t platform_now_with_sleep(void);

/* How far local time is ahead of universal time now, in units of 100 nanoseconds. In simulation always one hour. */
int64_t platform_local_time_offset_100ns(void);

/* Universal time in units of 100 nanoseconds since the first of January 1601. In simulation it starts at a fixed date. */
int64_t platform_wall_time_100ns(void);

/* The deadline that lies the given time ahead. Saturates, so any duration, PLATFORM_FOREVER included, is good. */
static inline int64_t platform_deadline_in(int64_t nanoseconds)
{
    int64_t deadline;

    if (nanoseconds <= 0)
    {
        return 0;
    }
    return __builtin_add_overflow(platform_now(), nanoseconds, &deadline) ? PLATFORM_FOREVER : deadline;
}

static inline int64_t platform_deadline_in_100ns(int64_t units)
{
    int64_t nanoseconds;

    if (units <= 0)
    {
        return 0;
    }
    return platform_deadline_in(__builtin_mul_overflow(units, 100, &nanoseconds) ? PLATFORM_FOREVER : nanoseconds);
}

/* Returns no earlier than the deadline. */
void platform_sleep_until(int64_t deadline);

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Threads.                                                                                                               */
/* ---------------------------------------------------------------------------------------------------------------------- */

#define PLATFORM_THREAD_NAME_SIZE 32

/* A service thread serves others for as long as the process lives: a simulation may end while it waits. */
#define PLATFORM_THREAD_SERVICE 0x1u

typedef void platform_thread_function(void *argument);

/*
 * One thread, and the root of all per-thread state of the runtime. Only the thread itself touches the public fields, except
 * that anyone may read the identifier and the name.
 */
struct platform_thread
{
    /* Public: the interrupt request level, the last error of the user flavour, and one pointer for each layer above. A layer
       that sets a pointer may set a function that runs on the thread, with that pointer, when the thread ends. */
    uint8_t irql;
    /* Something waits for the level to drop. */
    bool deferred;
    uint32_t last_error;
    uint32_t id;
    void *nt;
    void *win32;
    void *wdf;
    void *pool;
    void (*nt_exit)(void *nt);
    void (*win32_exit)(void *win32);
    void (*wdf_exit)(void *wdf);
    void (*pool_exit)(void *pool);
    char name[PLATFORM_THREAD_NAME_SIZE];

    /* Private to platform/. */
    uint32_t flags;
    uint32_t references;
    uint32_t park_word;
    uint32_t finished;
    uint32_t spin_rest;
    uint32_t spin_resting;
    const char *wait_what;
    const void *wait_object;
    uint32_t wait_owner;
    platform_thread_function *function;
    void *argument;
    uintptr_t native;
    uint64_t random_state;
    struct memory_cache *memory;
    bool memory_over;
    void *fiber;
    struct platform_thread *next;
    struct platform_thread *previous;
};

/* The calling thread's own state; set lazily for threads that the platform did not create. Use platform_current(). */
extern __thread struct platform_thread *platform_current_thread
    __attribute__((tls_model("initial-exec"), visibility("hidden")));

/* Makes the state of a thread that something else created. It is released when that thread ends. */
struct platform_thread *platform_thread_adopt(void);

static inline struct platform_thread *platform_current(void)
{
    struct platform_thread *thread = platform_current_thread;

    return __builtin_expect(thread != NULL, 1) ? thread : platform_thread_adopt();
}

/*
 * Starts a thread. The name is cut at PLATFORM_THREAD_NAME_SIZE - 1 characters; a stack size of zero means the default. The
 * caller owns *thread until it calls join or detach, exactly one of them, once. Runtime threads take no asynchronous signals.
 */
int platform_thread_create(struct platform_thread **thread, const char *name, size_t stack_size, uint32_t flags,
                           platform_thread_function *function, void *argument);
void platform_thread_join(struct platform_thread *thread);
void platform_thread_detach(struct platform_thread *thread);

/* Keeps the memory of a thread valid beyond its end, for who wants to unpark or name it later. */
void platform_thread_reference(struct platform_thread *thread);
void platform_thread_release(struct platform_thread *thread);

/* Gives up the processor. A loop that waits for another thread must call this or platform_pause in every round. */
void platform_yield(void);

/* One step of a short spin. In simulation it lets others run, so that a spinning thread cannot starve them. */
#if defined(PLATFORM_SIMULATION)
static inline void platform_pause(void)
{
    platform_yield();
}
#else
static inline void platform_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("isb" ::: "memory");
#endif
}
#endif

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Waiting.                                                                                                               */
/* ---------------------------------------------------------------------------------------------------------------------- */

/*
 * Says what the calling thread is about to wait for, for deadlock reports and debuggers: a word of text, the object, and the
 * identifier of the thread that owns the object (zero if none does). Text and object must outlive the wait. Waits that find
 * nothing said describe themselves. Ends with platform_wait_note(NULL, NULL, 0).
 */
static inline void platform_wait_note(const char *what, const void *object, uint32_t owner)
{
    struct platform_thread *thread = platform_current();

    thread->wait_what = what;
    thread->wait_object = object;
    thread->wait_owner = owner;
}

/*
 * The base of everything that blocks. Sleeps while *word holds the expected value, until somebody wakes the word or the
 * deadline passes. May return PLATFORM_OK without a reason, so callers look at their word again. platform_wake_word only
 * uses the address: the memory may be gone already.
 */
enum platform_result platform_wait_word(uint32_t *word, uint32_t expected, int64_t deadline);
void platform_wake_word(uint32_t *word, uint32_t count);

/*
 * Spins for at most about ten microseconds while *word holds the expected value, and returns the value last seen. Learns per
 * thread whether spinning pays, and does not spin on one processor or in simulation.
 */
uint32_t platform_spin_while(uint32_t *word, uint32_t expected);

/*
 * Each thread has one token. platform_unpark gives it (a second one changes nothing); platform_park takes it, waiting until
 * the deadline, and returns PLATFORM_TIMEOUT if none came. A token given before the wait ends is never lost and never
 * reported as a time-out. The target of an unpark must be alive or referenced.
 */
enum platform_result platform_park(int64_t deadline);
void platform_unpark(struct platform_thread *thread);

/* Mutex: not recursive, released by the thread that took it. Owner is the identifier of that thread, zero when free. */
struct platform_mutex
{
    uint32_t state;
    uint32_t owner;
};

#define PLATFORM_MUTEX_INITIALIZER \
    {                              \
        0, 0                       \
    }

void platform_mutex_lock_slow(struct platform_mutex *mutex);
void platform_mutex_unlock_slow(struct platform_mutex *mutex);
_Noreturn void platform_mutex_misuse(const struct platform_mutex *mutex, const char *what);

static inline bool platform_mutex_try_lock(struct platform_mutex *mutex)
{
    uint32_t expected = 0;

    if (!platform_atomic_compare_exchange_acquire(&mutex->state, &expected, 1))
    {
        return false;
    }
    __atomic_store_n(&mutex->owner, platform_current()->id, __ATOMIC_RELAXED);
    return true;
}

static inline void platform_mutex_lock(struct platform_mutex *mutex)
{
    if (__builtin_expect(!platform_mutex_try_lock(mutex), 0))
    {
        platform_mutex_lock_slow(mutex);
    }
}

static inline bool platform_mutex_is_mine(const struct platform_mutex *mutex)
{
    return __atomic_load_n(&mutex->owner, __ATOMIC_RELAXED) == platform_current()->id;
}

static inline void platform_mutex_unlock(struct platform_mutex *mutex)
{
#if !defined(NDEBUG)
    if (!platform_mutex_is_mine(mutex))
    {
        platform_mutex_misuse(mutex, "released by a thread that does not hold it");
    }
#endif
    __atomic_store_n(&mutex->owner, 0, __ATOMIC_RELAXED);
    if (__builtin_expect(platform_atomic_exchange_release(&mutex->state, 0) == 2, 0))
    {
        platform_mutex_unlock_slow(mutex);
    }
}

/* Spin lock, for regions of a few instructions that never wait. State is zero when free, else the identifier of the owner. */
struct platform_spinlock
{
    uint32_t state;
};

#define PLATFORM_SPINLOCK_INITIALIZER \
    {                                 \
        0                             \
    }

void platform_spinlock_lock_slow(struct platform_spinlock *lock);

static inline bool platform_spinlock_try_lock(struct platform_spinlock *lock)
{
    uint32_t expected = 0;

    return platform_atomic_compare_exchange_acquire(&lock->state, &expected, platform_current()->id);
}

static inline void platform_spinlock_lock(struct platform_spinlock *lock)
{
    if (__builtin_expect(!platform_spinlock_try_lock(lock), 0))
    {
        platform_spinlock_lock_slow(lock);
    }
}

static inline bool platform_spinlock_is_mine(const struct platform_spinlock *lock)
{
    return __atomic_load_n(&lock->state, __ATOMIC_RELAXED) == platform_current()->id;
}

#if defined(PLATFORM_SIMULATION)
void platform_spinlock_unlock(struct platform_spinlock *lock);
#else
static inline void platform_spinlock_unlock(struct platform_spinlock *lock)
{
    platform_assert(platform_spinlock_is_mine(lock));
    __atomic_store_n(&lock->state, 0, __ATOMIC_RELEASE);
}
#endif

/* Condition: used with one mutex, which the waiter holds. A wait may return PLATFORM_OK without a reason. */
struct platform_condition
{
    uint32_t sequence;
    uint32_t waiters;
};

#define PLATFORM_CONDITION_INITIALIZER \
    {                                  \
        0, 0                           \
    }

enum platform_result platform_condition_wait(struct platform_condition *condition, struct platform_mutex *mutex,
                                             int64_t deadline);
void platform_condition_signal(struct platform_condition *condition);
void platform_condition_broadcast(struct platform_condition *condition);

/*
 * Event. Manual reset: stays set and lets every waiter pass. Automatic reset: each set lets one waiter pass; two sets without
 * a wait in between count once. The waiter may free the event as soon as its wait returns, even while the setter is still
 * inside platform_event_set.
 */
struct platform_event
{
    uint32_t word;
    bool manual;
};

#define PLATFORM_EVENT_INITIALIZER(manual_reset) \
    {                                            \
        0, (manual_reset)                        \
    }

static inline void platform_event_initialize(struct platform_event *event, bool manual, bool set)
{
    event->word = set ? 1 : 0;
    event->manual = manual;
}

/* Both return whether the event was set before. */
bool platform_event_set(struct platform_event *event);
bool platform_event_reset(struct platform_event *event);
bool platform_event_is_set(struct platform_event *event);
enum platform_result platform_event_wait(struct platform_event *event, int64_t deadline);

/* Runs the function once for all callers; everyone returns after it has run. */
struct platform_once
{
    uint32_t state;
};

#define PLATFORM_ONCE_INITIALIZER \
    {                             \
        0                         \
    }

void platform_once_slow(struct platform_once *once, void (*function)(void *argument), void *argument);

static inline void platform_once_run(struct platform_once *once, void (*function)(void *argument), void *argument)
{
    if (__builtin_expect(platform_atomic_load(&once->state) != 2, 0))
    {
        platform_once_slow(once, function, argument);
    }
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Timers: one clock, one thread.                                                                                         */
/* ---------------------------------------------------------------------------------------------------------------------- */

struct platform_timer;

/* Runs on the timer thread, without any lock of the platform, never before the deadline. It may arm, cancel or free its own
   timer. It must not block: every other timer waits behind it. */
typedef void platform_timer_function(struct platform_timer *timer, void *context);

struct platform_timer
{
    platform_timer_function *function;
    void *context;
    int64_t deadline;
    /* Private: position in a pairing heap ordered by deadline and then by order of arming. Previous is the parent for a
       first child. */
    uint64_t order;
    struct platform_timer *child;
    struct platform_timer *next;
    struct platform_timer *previous;
    bool armed;
};

/* Starts the timer thread. Arming starts it too, but cannot report a failure and stops the process instead. */
int platform_timer_service_start(void);

/* Ends the timer thread. No timer may be armed, and none may be armed concurrently. */
void platform_timer_service_stop(void);

/* Whether the caller runs on the timer thread, inside a timer's function. */
bool platform_timer_is_service_thread(void);

void platform_timer_initialize(struct platform_timer *timer, platform_timer_function *function, void *context);

/* Sets the deadline of a timer that may or may not be armed. Returns whether it was. PLATFORM_FOREVER never fires. */
bool platform_timer_arm(struct platform_timer *timer, int64_t deadline);

/* Returns whether the timer was armed: then its function will not run for that arming. Otherwise it has run, is running, or
   was never armed. */
bool platform_timer_cancel(struct platform_timer *timer);

/* The same, and afterwards the function is not running and the timer's memory is free to go, unless somebody else arms it.
   When the function itself calls this, it does not wait for itself. */
bool platform_timer_cancel_and_wait(struct platform_timer *timer);

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Randomness. Not for secrets. In simulation a function of the seed.                                                     */
/* ---------------------------------------------------------------------------------------------------------------------- */

uint64_t platform_random64(void);

/* A number below the bound, each equally likely. The bound is not zero. */
uint64_t platform_random_below(uint64_t bound);

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Identity.                                                                                                              */
/* ---------------------------------------------------------------------------------------------------------------------- */

/* Whether the process is the superuser's. */
bool platform_is_superuser(void);

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Files of one user.                                                                                                     */
/* ---------------------------------------------------------------------------------------------------------------------- */

/*
 * Makes sure that the path names a file that only the user of this process can read and write. Creates an empty one where
 * there is none, with a name that lasts through a loss of power. Otherwise ELOOP for a symbolic link, EINVAL for something
 * else that is no file, EPERM for another user's, EACCES when group or others have rights to it, or what the system says. No
 * scheduling point.
 */
int platform_private_file(const char *path);

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Memory. Blocks are aligned to 16 bytes. The size given back is the size asked for. NULL when there is none.             */
/* ---------------------------------------------------------------------------------------------------------------------- */

void *platform_alloc(size_t size) __attribute__((malloc, alloc_size(1), warn_unused_result));
void *platform_zalloc(size_t size) __attribute__((malloc, alloc_size(1), warn_unused_result));
void platform_free(void *block, size_t size);

/* Zeroed memory that failure injection leaves alone, for accounts that nobody could do without. Freed by platform_free. */
void *platform_zalloc_always(size_t size) __attribute__((malloc, alloc_size(1), warn_unused_result));

/* For page-sized or cache-line alignment; the alignment is a power of two. Freed by platform_free_aligned. */
void *platform_alloc_aligned(size_t size, size_t alignment) __attribute__((malloc, alloc_size(1), warn_unused_result));
void platform_free_aligned(void *block, size_t size);

/* Whoever looks at each block that is freed switches the short ways of the pool off meanwhile, and on again. */
void platform_memory_watch(bool on);

/*
 * The quarantine: freed blocks are filled with a pattern and kept, up to this many bytes of them, so that a write to one is found
 * when it leaves, at the latest when the process exits; the report says who freed it. Makes freeing slow. ENOMEM. Stopping, which
 * nobody may do while others free, looks at all blocks and gives them back. A describing text says who freed the block that the
 * address lies in; false when it lies in none.
 */
int platform_quarantine_start(size_t bytes);
void platform_quarantine_stop(void);
void platform_quarantine_check(void);
bool platform_quarantine_describe(const void *address, char *text, size_t size);

/*
 * Copies memory that may not be there, up to the first byte that cannot be read. Returns how many bytes it copied. Costs a
 * system call.
 */
size_t platform_copy_if_readable(void *target, const void *source, size_t size);

/* Whether all of the memory can be read now. Costs a system call for each 64 pages. */
bool platform_is_readable(const void *memory, size_t size);

/*
 * Whether all of the memory can be written now; nothing is. Costs a system call. Where Linux cannot say (before 5.14), that it
 * can be read is the answer.
 */
bool platform_is_writable(void *memory, size_t size);

/*
 * Zeroed pages, aligned to a power of two of at least a page; asks for a place that ends below highest where that is not far up,
 * but the caller looks where they are. Freed with the same size.
 */
void *platform_pages_alloc(size_t size, size_t alignment, uintptr_t highest) __attribute__((warn_unused_result));
void platform_pages_free(void *pages, size_t size);

/* Nobody may touch these pages any more until they are freed. */
void platform_pages_forbid(void *pages, size_t size);

/* Where the image begins that the address lies in; NULL when it lies in none. */
const void *platform_image_of(const void *address);

/* The path of that image's file as it was loaded, in UTF-8, until the image is unloaded; NULL when it lies in none. */
const char *platform_image_path(const void *address);

/* A function that the runtime exports by this name, and has; NULL for what it only declares. */
void *platform_find_export(const char *name);

/*
 * Marks memory that the runtime keeps although its user gave it back, and takes the mark away. Touching marked memory stops a
 * build with the address sanitizer; in other builds nothing happens.
 */
void platform_forbid(const void *memory, size_t size);
void platform_allow(const void *memory, size_t size);

/*
 * Fault injection for tests. platform_alloc_fail_at(n): the n-th allocation from now, counted from one over all threads,
 * fails once. platform_alloc_fail_from(n): that one and all later ones fail. Zero ends either. platform_alloc_injected
 * tells how many have failed since the last of these calls, so that a loop over n knows when it is through.
 */
void platform_alloc_fail_at(uint64_t n);
void platform_alloc_fail_from(uint64_t n);
uint64_t platform_alloc_injected(void);

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Files that diagnostics leave behind. Nothing here allocates, so that it works when a process ends.                     */
/* ---------------------------------------------------------------------------------------------------------------------- */

uint32_t platform_process_id(void);

/* Whether a debugger, or something like it, is attached to the process now. */
bool platform_is_traced(void);

/* Makes a file that did not exist, for its owner alone. Returns a descriptor, or an errno value below zero. */
int platform_file_create(const char *path);
/* Appends all of it; zero or an errno value. Memory that cannot be read is EFAULT. */
int platform_file_append(int file, const void *data, size_t size);
void platform_file_close(int file);

/* The contents of a file, to read. NULL when there is none, or it is empty. */
const void *platform_file_map(const char *path, size_t *ret_size);

/*
 * Zeroed memory of size bytes that is a new file's contents, and stays in the file when the process dies. A path of NULL is
 * memory alone. NULL when there is none; the file is gone then.
 */
void *platform_file_map_new(const char *path, size_t size);
void platform_file_unmap(const void *memory, size_t size);

/* Takes the file's name away; whoever has it mapped keeps what is in it. */
void platform_file_remove(const char *path);

#define PLATFORM_SYSTEM_LOG_FIELDS 32

/*
 * Writes an entry to the system's log: the journal, or syslog, which gets the first field alone. Fields are "NAME=value" in
 * UTF-8, at most PLATFORM_SYSTEM_LOG_FIELDS, the first one "MESSAGE=...". The priority is syslog's, 0 to 7. May wait for the
 * log's server; takes no lock of ours. The simulation writes nothing.
 */
void platform_system_log(unsigned priority, const char *const *fields, size_t count);
