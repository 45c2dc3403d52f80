/* SPDX-License-Identifier: MIT */
/*
 * Locks, events, timers and deferred procedure calls all at once, in the simulation: each seed runs three times, and what
 * happened must be the same each time.
 *
 *     stress_program FIRST_SEED LAST_SEED
 *
 * prints a number for each seed, so that two processes, or two builds, can be compared too.
 */
#include <stdio.h>
#include <stdlib.h>

#include <ntifs.h>

#include "nt/run.h"

enum
{
    THREADS = 4,
    STEPS = 16,
    RUNS = 3,
};

struct stress
{
    KSPIN_LOCK spin;
    FAST_MUTEX fast;
    KMUTEX mutex;
    ERESOURCE resource;
    KEVENT events[2];
    KSEMAPHORE semaphore;
    KTIMER timer;
    KDPC timer_dpc;
    KDPC dpc;
    LONG calls;
    LONG turns;
};

struct worker
{
    struct stress *stress;
    ULONG random;
};

static void require(bool condition, const char *what)
{
    if (!condition)
    {
        fprintf(stderr, "not so: %s\n", what);
        abort();
    }
}

static ULONG next(struct worker *worker)
{
    worker->random = worker->random * 1664525 + 1013904223;
    return worker->random >> 16;
}

static VOID call(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct stress *stress = context;

    KeAcquireSpinLockAtDpcLevel(&stress->spin);
    stress->calls++;
    KeReleaseSpinLockFromDpcLevel(&stress->spin);
    (void)KeSetEvent(&stress->events[stress->calls % 2], IO_NO_INCREMENT, FALSE);
}

static LARGE_INTEGER moment(struct worker *worker)
{
    LARGE_INTEGER due = {.QuadPart = -(LONGLONG)(1 + next(worker) % 50)};

    return due;
}

static void wait_for_something(struct worker *worker)
{
    struct stress *stress = worker->stress;
    PVOID objects[3] = {&stress->events[0], &stress->events[1], &stress->semaphore};
    LARGE_INTEGER due = moment(worker);

    (void)KeWaitForMultipleObjects(3, objects, next(worker) % 2 == 0 ? WaitAny : WaitAll, Executive, KernelMode, FALSE, &due,
                                   NULL);
}

static void take_locks(struct worker *worker)
{
    struct stress *stress = worker->stress;
    KIRQL before;

    (void)KeWaitForMutexObject(&stress->mutex, Executive, KernelMode, FALSE, NULL);
    ExAcquireFastMutex(&stress->fast);
    KeAcquireSpinLock(&stress->spin, &before);
    stress->turns++;
    (void)KeInsertQueueDpc(&stress->dpc, NULL, NULL);
    KeReleaseSpinLock(&stress->spin, before);
    ExReleaseFastMutex(&stress->fast);
    (void)KeReleaseMutex(&stress->mutex, FALSE);
}

static void take_resource(struct worker *worker)
{
    struct stress *stress = worker->stress;

    KeEnterCriticalRegion();
    if (next(worker) % 2 == 0)
    {
        (void)ExAcquireResourceSharedLite(&stress->resource, TRUE);
    }
    else
    {
        (void)ExAcquireResourceExclusiveLite(&stress->resource, TRUE);
        ExConvertExclusiveToSharedLite(&stress->resource);
    }
    ExReleaseResourceLite(&stress->resource);
    KeLeaveCriticalRegion();
}

static void work(void *argument)
{
    struct worker *worker = argument;
    struct stress *stress = worker->stress;

    for (int step = 0; step < STEPS; step++)
    {
        switch (next(worker) % 8)
        {
            case 0:
                (void)KeSetTimerEx(&stress->timer, moment(worker), next(worker) % 2, &stress->timer_dpc);
                break;
            case 1:
                (void)KeCancelTimer(&stress->timer);
                break;
            case 2:
                wait_for_something(worker);
                break;
            case 3:
                (void)KeSetEvent(&stress->events[next(worker) % 2], IO_NO_INCREMENT, FALSE);
                (void)KeReleaseSemaphore(&stress->semaphore, IO_NO_INCREMENT, 1, FALSE);
                break;
            case 4:
                take_resource(worker);
                break;
            case 5:
                KeFlushQueuedDpcs();
                break;
            case 6:
                (void)KeInsertQueueDpc(&stress->dpc, NULL, NULL);
                (void)KePulseEvent(&stress->events[0], IO_NO_INCREMENT, FALSE);
                break;
            default:
                take_locks(worker);
                break;
        }
    }
}

static void setup(struct stress *stress)
{
    KeInitializeSpinLock(&stress->spin);
    ExInitializeFastMutex(&stress->fast);
    KeInitializeMutex(&stress->mutex, 0);
    (void)ExInitializeResourceLite(&stress->resource);
    KeInitializeEvent(&stress->events[0], SynchronizationEvent, FALSE);
    KeInitializeEvent(&stress->events[1], NotificationEvent, FALSE);
    KeInitializeSemaphore(&stress->semaphore, 1, MAXLONG);
    KeInitializeTimerEx(&stress->timer, SynchronizationTimer);
    KeInitializeDpc(&stress->timer_dpc, call, stress);
    KeInitializeDpc(&stress->dpc, call, stress);
    stress->calls = 0;
    stress->turns = 0;
}

static void run(void *argument)
{
    const ULONG *seed = argument;
    struct stress stress;
    struct worker workers[THREADS];
    struct run_thread *threads[THREADS];

    setup(&stress);
    for (int i = 0; i < THREADS; i++)
    {
        workers[i] = (struct worker){&stress, *seed * THREADS + (ULONG)i};
        threads[i] = run_thread_start("worker", work, &workers[i]);
        require(threads[i] != NULL, "there is a thread");
    }
    for (int i = 0; i < THREADS; i++)
    {
        run_thread_join(threads[i]);
    }
    (void)KeCancelTimer(&stress.timer);
    KeFlushQueuedDpcs();
    require(!KeCancelTimer(&stress.timer), "a timer that was canceled is not running");
    require(KeReadStateMutex(&stress.mutex) == 1, "the mutex is free");
    require(ExDeleteResourceLite(&stress.resource) == STATUS_SUCCESS, "the resource is free");
}

int main(int count, char **words)
{
    ULONG first = count > 1 ? (ULONG)strtoul(words[1], NULL, 10) : 1;
    ULONG last = count > 2 ? (ULONG)strtoul(words[2], NULL, 10) : 1000;

    for (ULONG seed = first; seed <= last; seed++)
    {
        uint64_t hash = run_seed(seed, run, &seed);

        for (int again = 1; again < RUNS; again++)
        {
            if (run_seed(seed, run, &seed) != hash)
            {
                fprintf(stderr, "seed %u is not the same again\n", seed);
                return 1;
            }
        }
        printf("%u %016llx\n", seed, (unsigned long long)hash);
    }
    return 0;
}
