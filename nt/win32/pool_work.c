/* SPDX-License-Identifier: MIT */
/*
 * Work of the thread pool.
 */
#include "nt/win32/pool.h"

struct _TP_WORK
{
    struct pool_object object;
    PTP_WORK_CALLBACK callback;
    void *context;
};

static void call_work(struct pool_object *object, PTP_CALLBACK_INSTANCE instance)
{
    PTP_WORK work = (PTP_WORK)object;

    work->callback(instance, work->context, work);
}

PTP_WORK WINAPI CreateThreadpoolWork(PTP_WORK_CALLBACK pfnwk, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
{
    PTP_WORK work = pool_object_make(sizeof(*work), call_work, pcbe);

    if (work != NULL)
    {
        work->callback = pfnwk;
        work->context = pv;
    }
    return work;
}

void WINAPI SubmitThreadpoolWork(PTP_WORK pwk)
{
    pool_object_submit(&pwk->object);
}

void WINAPI WaitForThreadpoolWorkCallbacks(PTP_WORK pwk, BOOL fCancelPendingCallbacks)
{
    pool_object_wait(&pwk->object, fCancelPendingCallbacks != FALSE);
}

void WINAPI CloseThreadpoolWork(PTP_WORK pwk)
{
    pool_object_release(&pwk->object);
}

/* Work that is asked for once and has no handle. */
struct simple_work
{
    struct pool_object object;
    PTP_SIMPLE_CALLBACK simple;
    LPTHREAD_START_ROUTINE routine;
    void *context;
};

static void call_simple(struct pool_object *object, PTP_CALLBACK_INSTANCE instance)
{
    struct simple_work *work = (struct simple_work *)object;

    if (work->simple != NULL)
    {
        work->simple(instance, work->context);
    }
    else
    {
        (void)work->routine(work->context);
    }
}

static BOOL submit_once(const struct simple_work *what, const TP_CALLBACK_ENVIRON *environment)
{
    struct simple_work *work = pool_object_make(sizeof(*work), call_simple, environment);

    if (work == NULL)
    {
        return FALSE;
    }
    work->simple = what->simple;
    work->routine = what->routine;
    work->context = what->context;
    pool_object_submit(&work->object);
    pool_object_release(&work->object);
    return TRUE;
}

BOOL WINAPI TrySubmitThreadpoolCallback(PTP_SIMPLE_CALLBACK pfns, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
{
    return submit_once(&(struct simple_work){.simple = pfns, .context = pv}, pcbe);
}

/* The flags say what kind of thread runs it, which is all the same here. */
BOOL WINAPI QueueUserWorkItem(LPTHREAD_START_ROUTINE Function, PVOID Context, ULONG Flags)
{
    return submit_once(&(struct simple_work){.routine = Function, .context = Context}, NULL);
}
