/* SPDX-License-Identifier: MIT */
/*
 * One-time initialisation. The low two bits of the variable say how far it is; the others hold the caller's context, which is
 * why a context must leave them zero.
 */
#include "nt/win32/address.h"

#define STATE_MASK ((uintptr_t)(1 << INIT_ONCE_CTX_RESERVED_BITS) - 1)

enum once_state
{
    ONCE_NOT_YET = 0,
    ONCE_RUNNING = 1,
    ONCE_DONE = 2,
    /* Several may run the initialisation; the first to finish counts. */
    ONCE_RUNNING_ASYNC = 3,
};

static uintptr_t *word_of(INIT_ONCE *once)
{
    return (uintptr_t *)(void *)&once->Ptr;
}

static bool is_not_running(void *once)
{
    return platform_atomic_load(word_of(once)) != ONCE_RUNNING;
}

static uintptr_t wait_while_running(INIT_ONCE *once)
{
    struct address_waiter waiter;

    if (address_enter(&waiter, once, is_not_running, once))
    {
        (void)address_wait(&waiter, PLATFORM_FOREVER);
    }
    return platform_atomic_load(word_of(once));
}

static BOOL done(uintptr_t word, PBOOL pending, LPVOID *context)
{
    *pending = FALSE;
    if (context != NULL)
    {
        *context = (LPVOID)(word & ~STATE_MASK);
    }
    return TRUE;
}

/* Takes the initialisation on, waits for who has it, or finds it done. */
static BOOL begin(INIT_ONCE *once, enum once_state wanted, PBOOL pending, LPVOID *context)
{
    uintptr_t word = platform_atomic_load(word_of(once));

    for (;;)
    {
        if ((word & STATE_MASK) == ONCE_DONE)
        {
            return done(word, pending, context);
        }
        if (word == ONCE_NOT_YET)
        {
            if (!platform_atomic_compare_exchange(word_of(once), &word, (uintptr_t)wanted))
            {
                continue;
            }
            word = wanted;
            break;
        }
        if (word != (uintptr_t)wanted)
        {
            return win32_fail(ERROR_INVALID_PARAMETER);
        }
        if (wanted == ONCE_RUNNING_ASYNC)
        {
            break;
        }
        word = wait_while_running(once);
    }
    *pending = TRUE;
    return TRUE;
}

void WINAPI InitOnceInitialize(PINIT_ONCE InitOnce)
{
    InitOnce->Ptr = NULL;
}

BOOL WINAPI InitOnceBeginInitialize(LPINIT_ONCE lpInitOnce, DWORD dwFlags, PBOOL fPending, LPVOID *lpContext)
{
    switch (dwFlags)
    {
        case 0:
            return begin(lpInitOnce, ONCE_RUNNING, fPending, lpContext);
        case INIT_ONCE_ASYNC:
            return begin(lpInitOnce, ONCE_RUNNING_ASYNC, fPending, lpContext);
        case INIT_ONCE_CHECK_ONLY:
        {
            uintptr_t word = platform_atomic_load(word_of(lpInitOnce));

            if ((word & STATE_MASK) == ONCE_DONE)
            {
                return done(word, fPending, lpContext);
            }
            *fPending = TRUE;
            return win32_fail(ERROR_GEN_FAILURE);
        }
        default:
            return win32_fail(ERROR_INVALID_PARAMETER);
    }
}

BOOL WINAPI InitOnceComplete(LPINIT_ONCE lpInitOnce, DWORD dwFlags, LPVOID lpContext)
{
    bool failed = (dwFlags & INIT_ONCE_INIT_FAILED) != 0;
    uintptr_t from = (dwFlags & INIT_ONCE_ASYNC) != 0 ? ONCE_RUNNING_ASYNC : ONCE_RUNNING;
    uintptr_t to = failed ? ONCE_NOT_YET : (uintptr_t)lpContext | ONCE_DONE;
    uintptr_t found = from;

    if ((dwFlags & ~(INIT_ONCE_ASYNC | INIT_ONCE_INIT_FAILED)) != 0 || (failed && from == ONCE_RUNNING_ASYNC) ||
        ((uintptr_t)lpContext & STATE_MASK) != 0 || (failed && lpContext != NULL))
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (!platform_atomic_compare_exchange(word_of(lpInitOnce), &found, to))
    {
        bool lost = from == ONCE_RUNNING_ASYNC && (found & STATE_MASK) == ONCE_DONE;

        return win32_fail(lost ? ERROR_ALREADY_EXISTS : ERROR_INVALID_PARAMETER);
    }
    if (from == ONCE_RUNNING)
    {
        address_wake(lpInitOnce, UINT32_MAX);
    }
    return TRUE;
}

BOOL WINAPI InitOnceExecuteOnce(PINIT_ONCE InitOnce, PINIT_ONCE_FN InitFn, PVOID Parameter, LPVOID *Context)
{
    LPVOID context = NULL;
    BOOL pending;

    if (!InitOnceBeginInitialize(InitOnce, 0, &pending, Context))
    {
        return FALSE;
    }
    if (!pending)
    {
        return TRUE;
    }
    platform_point(PLATFORM_POINT_CALL);
    if (!InitFn(InitOnce, Parameter, &context))
    {
        DWORD error = GetLastError();

        (void)InitOnceComplete(InitOnce, INIT_ONCE_INIT_FAILED, NULL);
        return win32_fail(error);
    }
    if (!InitOnceComplete(InitOnce, 0, context))
    {
        platform_fatal("one-time initialisation %p: its function left a context that is not a multiple of four, %p",
                       (void *)InitOnce, context);
    }
    if (Context != NULL)
    {
        *Context = context;
    }
    return TRUE;
}
