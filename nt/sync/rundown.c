/* SPDX-License-Identifier: MIT */
/*
 * Rundown protection, in one word and spread over several cache lines.
 */
#include "nt/sync/rundown.h"

#include "nt/sync/lock_report.h"
#include "nt/thread/worker.h"

/* The first parameter of KERNEL_SECURITY_CHECK_FAILURE for a count that went below zero. */
#define INVALID_REFERENCE_COUNT 14

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

/* On the stack of who waits. Those who leave take their share off the count; who takes off the last sets the event. */
struct rundown_waiter
{
    uint64_t left;
    struct platform_event empty;
};

static const char LEAVE_RULE[] = "no more leave than have come in";

static bool is_running_down(ULONG_PTR word)
{
    return (word & EX_RUNDOWN_ACTIVE) != 0;
}

bool rundown_enter(EX_RUNDOWN_REF *reference, ULONG count)
{
    ULONG_PTR seen = platform_atomic_load(&reference->Count);

    while (!is_running_down(seen))
    {
        if (platform_atomic_compare_exchange(&reference->Count, &seen, seen + (ULONG_PTR)count * EX_RUNDOWN_COUNT_INC))
        {
            return true;
        }
    }
    return false;
}

static _Noreturn void stop(const void *reference, ULONG_PTR word, uint64_t count, const char *rule, ULONG_PTR caller)
{
    lock_misuse_stop(&(struct lock_misuse){
        .code = KERNEL_SECURITY_CHECK_FAILURE,
        .parameters = {INVALID_REFERENCE_COUNT, (ULONG_PTR)reference, word, count},
        .kind = "rundown protection",
        .rule = rule,
        .lock = reference,
        .caller = caller,
    });
}

static void waiter_subtract(const void *reference, ULONG_PTR word, uint64_t count, ULONG_PTR caller)
{
    struct rundown_waiter *waiter = (struct rundown_waiter *)(word & ~(ULONG_PTR)EX_RUNDOWN_ACTIVE);

    uint64_t before;

    if (waiter == NULL)
    {
        stop(reference, word, count, "nobody leaves after the rundown is over", caller);
    }
    before = platform_atomic_fetch_sub(&waiter->left, count);
    if (before < count)
    {
        stop(reference, word, count, LEAVE_RULE, caller);
    }
    if (before == count)
    {
        (void)platform_event_set(&waiter->empty);
    }
}

static void leave(EX_RUNDOWN_REF *reference, ULONG count, ULONG_PTR caller)
{
    ULONG_PTR share = (ULONG_PTR)count * EX_RUNDOWN_COUNT_INC;
    ULONG_PTR seen = platform_atomic_load(&reference->Count);

    while (!is_running_down(seen))
    {
        if (seen < share)
        {
            stop(reference, seen, count, LEAVE_RULE, caller);
        }
        if (platform_atomic_compare_exchange(&reference->Count, &seen, seen - share))
        {
            return;
        }
    }
    waiter_subtract(reference, seen, count, caller);
}

void rundown_leave(EX_RUNDOWN_REF *reference, ULONG count)
{
    leave(reference, count, CALLER);
}

static void waiter_wait(struct rundown_waiter *waiter, const void *reference)
{
    worker_will_wait();
    platform_wait_note("rundown protection", reference, 0);
    (void)platform_event_wait(&waiter->empty, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
    worker_has_waited();
}

void rundown_wait(EX_RUNDOWN_REF *reference)
{
    struct rundown_waiter waiter = {.empty = PLATFORM_EVENT_INITIALIZER(true)};
    ULONG_PTR seen = platform_atomic_load(&reference->Count);
    ULONG_PTR wanted;

    do
    {
        if (is_running_down(seen))
        {
            return;
        }
        waiter.left = seen / EX_RUNDOWN_COUNT_INC;
        wanted = (seen == 0 ? 0 : (ULONG_PTR)&waiter) | EX_RUNDOWN_ACTIVE;
    } while (!platform_atomic_compare_exchange(&reference->Count, &seen, wanted));
    if (seen != 0)
    {
        waiter_wait(&waiter, reference);
        platform_atomic_store(&reference->Count, EX_RUNDOWN_ACTIVE);
    }
}

/*
 * The cache-aware kind: each thread has a word among several, on a cache line of its own. Who enters through one word may
 * leave through another, so that a single word may go below zero; only their sum means something.
 */
#define SPREAD_LINES 8
#define SPREAD_LINE_BYTES 64

struct _EX_RUNDOWN_REF_CACHE_AWARE
{
    _Alignas(SPREAD_LINE_BYTES) struct
    {
        _Alignas(SPREAD_LINE_BYTES) ULONG_PTR word;
    } lines[SPREAD_LINES];
};

/* A driver's own memory for one need not lie on a line: the structure is laid out behind the first boundary in it. */
static struct _EX_RUNDOWN_REF_CACHE_AWARE *spread_of(PEX_RUNDOWN_REF_CACHE_AWARE reference)
{
    return (struct _EX_RUNDOWN_REF_CACHE_AWARE *)(((ULONG_PTR)reference + SPREAD_LINE_BYTES - 1) &
                                                  ~(ULONG_PTR)(SPREAD_LINE_BYTES - 1));
}

static ULONG_PTR *spread_word(PEX_RUNDOWN_REF_CACHE_AWARE reference)
{
    return &spread_of(reference)->lines[platform_current()->id % SPREAD_LINES].word;
}

static bool spread_enter(PEX_RUNDOWN_REF_CACHE_AWARE reference, ULONG count)
{
    ULONG_PTR *word = spread_word(reference);
    ULONG_PTR seen = platform_atomic_load(word);

    while (!is_running_down(seen))
    {
        if (platform_atomic_compare_exchange(word, &seen, seen + (ULONG_PTR)count * EX_RUNDOWN_COUNT_INC))
        {
            return true;
        }
    }
    return false;
}

static void spread_leave(PEX_RUNDOWN_REF_CACHE_AWARE reference, ULONG count, ULONG_PTR caller)
{
    ULONG_PTR *word = spread_word(reference);
    ULONG_PTR seen = platform_atomic_load(word);

    while (!is_running_down(seen))
    {
        if (platform_atomic_compare_exchange(word, &seen, seen - (ULONG_PTR)count * EX_RUNDOWN_COUNT_INC))
        {
            return;
        }
    }
    waiter_subtract(reference, seen, count, caller);
}

static void spread_set(PEX_RUNDOWN_REF_CACHE_AWARE reference, ULONG_PTR word)
{
    for (size_t index = 0; index < SPREAD_LINES; index++)
    {
        platform_atomic_store(&spread_of(reference)->lines[index].word, word);
    }
}

/* The waiter's count begins with more than there can be, so that nobody sets the event before the sum is known. */
static void spread_wait(PEX_RUNDOWN_REF_CACHE_AWARE reference, ULONG_PTR caller)
{
    static const uint64_t unknown = UINT64_C(1) << 62;
    struct rundown_waiter waiter = {.left = unknown, .empty = PLATFORM_EVENT_INITIALIZER(true)};
    int64_t inside = 0;

    for (size_t index = 0; index < SPREAD_LINES; index++)
    {
        ULONG_PTR *word = &spread_of(reference)->lines[index].word;

        if (is_running_down(platform_atomic_load(word)))
        {
            return;
        }
        inside += (int64_t)platform_atomic_exchange(word, (ULONG_PTR)&waiter | EX_RUNDOWN_ACTIVE) / EX_RUNDOWN_COUNT_INC;
    }
    /* Who came in was counted where it came in, so the sum lacks only those who leave from now on. */
    if (inside < 0)
    {
        stop(reference, (ULONG_PTR)inside, 0, LEAVE_RULE, caller);
    }
    if (platform_atomic_fetch_sub(&waiter.left, unknown - (uint64_t)inside) != unknown - (uint64_t)inside)
    {
        waiter_wait(&waiter, reference);
    }
    spread_set(reference, EX_RUNDOWN_ACTIVE);
}

/*
 * Published entry points.
 */
VOID ExInitializeRundownProtection(PEX_RUNDOWN_REF RunRef)
{
    platform_atomic_store(&RunRef->Count, 0);
}

VOID ExReInitializeRundownProtection(PEX_RUNDOWN_REF RunRef)
{
    platform_atomic_store(&RunRef->Count, 0);
}

BOOLEAN ExAcquireRundownProtection(PEX_RUNDOWN_REF RunRef)
{
    return rundown_enter(RunRef, 1);
}

BOOLEAN ExAcquireRundownProtectionEx(PEX_RUNDOWN_REF RunRef, ULONG Count)
{
    return rundown_enter(RunRef, Count);
}

VOID ExReleaseRundownProtection(PEX_RUNDOWN_REF RunRef)
{
    leave(RunRef, 1, CALLER);
}

VOID ExReleaseRundownProtectionEx(PEX_RUNDOWN_REF RunRef, ULONG Count)
{
    leave(RunRef, Count, CALLER);
}

VOID ExWaitForRundownProtectionRelease(PEX_RUNDOWN_REF RunRef)
{
    rundown_wait(RunRef);
}

VOID ExRundownCompleted(PEX_RUNDOWN_REF RunRef)
{
    platform_atomic_store(&RunRef->Count, EX_RUNDOWN_ACTIVE);
}

SIZE_T ExSizeOfRundownProtectionCacheAware(VOID)
{
    return sizeof(struct _EX_RUNDOWN_REF_CACHE_AWARE) + SPREAD_LINE_BYTES;
}

/* A size that is too small would let the words lie in somebody else's memory. */
VOID ExInitializeRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware, SIZE_T RunRefSize)
{
    if (RunRefSize < ExSizeOfRundownProtectionCacheAware())
    {
        stop(RunRefCacheAware, RunRefSize, 0, "memory for rundown protection is as large as the runtime says", CALLER);
    }
    spread_set(RunRefCacheAware, 0);
}

PEX_RUNDOWN_REF_CACHE_AWARE ExAllocateCacheAwareRundownProtection(POOL_TYPE PoolType, ULONG PoolTag)
{
    PEX_RUNDOWN_REF_CACHE_AWARE reference = ExAllocatePoolWithTag(PoolType, ExSizeOfRundownProtectionCacheAware(), PoolTag);

    if (reference != NULL)
    {
        spread_set(reference, 0);
    }
    return reference;
}

VOID ExFreeCacheAwareRundownProtection(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
    ExFreePool(RunRefCacheAware);
}

/* The memory is the driver's, and holds nothing else. */
VOID ExCleanupRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
    spread_set(RunRefCacheAware, EX_RUNDOWN_ACTIVE);
}

BOOLEAN ExAcquireRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
    return spread_enter(RunRefCacheAware, 1);
}

BOOLEAN ExAcquireRundownProtectionCacheAwareEx(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware, ULONG Count)
{
    return spread_enter(RunRefCacheAware, Count);
}

VOID ExReleaseRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
    spread_leave(RunRefCacheAware, 1, CALLER);
}

VOID ExReleaseRundownProtectionCacheAwareEx(PEX_RUNDOWN_REF_CACHE_AWARE RunRef, ULONG Count)
{
    spread_leave(RunRef, Count, CALLER);
}

VOID ExWaitForRundownProtectionReleaseCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRef)
{
    spread_wait(RunRef, CALLER);
}

VOID ExReInitializeRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
    spread_set(RunRefCacheAware, 0);
}

VOID ExRundownCompletedCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
    spread_set(RunRefCacheAware, EX_RUNDOWN_ACTIVE);
}
