/* SPDX-License-Identifier: MIT */
/*
 * What time it is, and passing it. Published time is in units of 100 nanoseconds; ours has no coarser step, so the precise
 * functions and the others are the same.
 */
#include "nt/sync/dispatcher.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"

/* A tick of Windows' clock: 15.625 milliseconds. */
#define TICK_100NS 156250

/* The finest that Windows offers: half a millisecond. */
#define FINEST_RESOLUTION_100NS 5000

static int64_t interrupt_time(void)
{
    return platform_now_with_sleep() / 100;
}

static int64_t with_stamp(int64_t time, ULONG64 *stamp)
{
    if (stamp != NULL)
    {
        *stamp = (ULONG64)platform_now_100ns();
    }
    return time;
}

/*
 * Published entry points.
 */
NTSTATUS KeDelayExecutionThread(KPROCESSOR_MODE WaitMode, BOOLEAN Alertable, PLARGE_INTEGER Interval)
{
    NTSTATUS status;

    if (platform_current()->irql > APC_LEVEL)
    {
        bugcheck(IRQL_NOT_LESS_OR_EQUAL, (ULONG_PTR)Interval, platform_current()->irql, 0,
                 (ULONG_PTR)__builtin_return_address(0));
    }
    status = dispatcher_wait(0, NULL, WaitAny, WaitMode, Alertable, Interval);
    if (Interval->QuadPart == 0)
    {
        platform_yield();
    }
    return status == STATUS_TIMEOUT ? STATUS_SUCCESS : status;
}

NTSTATUS ZwYieldExecution(VOID)
{
    platform_yield();
    return STATUS_SUCCESS;
}

VOID KeStallExecutionProcessor(ULONG MicroSeconds)
{
    int64_t deadline = platform_now() + (int64_t)MicroSeconds * 1000;

    while (platform_now() < deadline)
    {
        platform_pause();
    }
}

VOID KeQuerySystemTime(PLARGE_INTEGER CurrentTime)
{
    CurrentTime->QuadPart = platform_wall_time_100ns();
}

VOID KeQuerySystemTimePrecise(PLARGE_INTEGER CurrentTime)
{
    CurrentTime->QuadPart = platform_wall_time_100ns();
}

ULONGLONG KeQueryInterruptTime(VOID)
{
    return (ULONGLONG)interrupt_time();
}

ULONG64 KeQueryInterruptTimePrecise(PULONG64 QpcTimeStamp)
{
    return (ULONG64)with_stamp(interrupt_time(), QpcTimeStamp);
}

ULONGLONG KeQueryUnbiasedInterruptTime(VOID)
{
    return (ULONGLONG)platform_now_100ns();
}

ULONG64 KeQueryUnbiasedInterruptTimePrecise(PULONG64 QpcTimeStamp)
{
    return (ULONG64)with_stamp(platform_now_100ns(), QpcTimeStamp);
}

VOID KeQueryTickCount(PLARGE_INTEGER TickCount)
{
    TickCount->QuadPart = interrupt_time() / TICK_100NS;
}

ULONG KeQueryTimeIncrement(VOID)
{
    return TICK_100NS;
}

LARGE_INTEGER KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency)
{
    LARGE_INTEGER counter = {.QuadPart = platform_now_100ns()};

    if (PerformanceFrequency != NULL)
    {
        PerformanceFrequency->QuadPart = PLATFORM_SECOND / 100;
    }
    return counter;
}

VOID ExSystemTimeToLocalTime(PLARGE_INTEGER SystemTime, PLARGE_INTEGER LocalTime)
{
    LocalTime->QuadPart = SystemTime->QuadPart + platform_local_time_offset_100ns();
}

VOID ExLocalTimeToSystemTime(PLARGE_INTEGER LocalTime, PLARGE_INTEGER SystemTime)
{
    SystemTime->QuadPart = LocalTime->QuadPart - platform_local_time_offset_100ns();
}

/* Timers here are always as exact as they can be: only the number that callers are told follows their wishes. */
ULONG ExSetTimerResolution(ULONG DesiredTime, BOOLEAN SetResolution)
{
    struct machine *here = machine();
    ULONG wanted = DesiredTime < FINEST_RESOLUTION_100NS ? FINEST_RESOLUTION_100NS : DesiredTime;
    ULONG current;

    platform_spinlock_lock(&here->dpcs.lock);
    current = here->timer_resolution == 0 ? TICK_100NS : here->timer_resolution;
    if (SetResolution)
    {
        here->timer_resolution_requests++;
        current = wanted < current ? wanted : current;
    }
    else if (here->timer_resolution_requests != 0 && --here->timer_resolution_requests == 0)
    {
        current = TICK_100NS;
    }
    here->timer_resolution = current;
    platform_spinlock_unlock(&here->dpcs.lock);
    return current;
}

VOID ExQueryTimerResolution(PULONG MaximumTime, PULONG MinimumTime, PULONG CurrentTime)
{
    ULONG current = platform_atomic_load(&machine()->timer_resolution);

    *MaximumTime = TICK_100NS;
    *MinimumTime = FINEST_RESOLUTION_100NS;
    *CurrentTime = current == 0 ? TICK_100NS : current;
}
