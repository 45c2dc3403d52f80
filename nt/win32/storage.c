/* SPDX-License-Identifier: MIT */
/*
 * Thread-local and fiber-local storage. There are no fibers here, so the two differ only in the callbacks at a thread's end.
 *
 * Each thread that stores something has its values in a block of its own, which it alone looks up without a lock. Freeing an
 * index clears it in all threads, as published; that is why the blocks are in a list and values are taken by one exchange.
 */
#include "nt/win32/win32.h"

struct storage
{
    struct storage *next;
    struct storage *previous;
    void *tls[WIN32_TLS_SLOTS];
    void *fls[WIN32_FLS_SLOTS];
};

/* Index zero of fiber storage is never given out. */
#define FLS_FIRST 1

static void *take(void **slot)
{
    return __atomic_exchange_n(slot, NULL, __ATOMIC_ACQ_REL);
}

/* Calls the callbacks for what the ending thread has left. */
static void call_back_all(struct storage *storage)
{
    for (DWORD index = FLS_FIRST; index < WIN32_FLS_SLOTS; index++)
    {
        void (*callback)(void *value) = platform_atomic_load(&win32()->fls_callbacks[index]);
        void *value = take(&storage->fls[index]);

        if (value != NULL && callback != NULL)
        {
            platform_point(PLATFORM_POINT_CALL);
            callback(value);
        }
    }
}

static void storage_end(void *context)
{
    struct storage *storage = context;
    struct win32 *state = win32();

    call_back_all(storage);
    platform_mutex_lock(&state->storage_lock);
    *(storage->previous == NULL ? &state->storages : &storage->previous->next) = storage->next;
    if (storage->next != NULL)
    {
        storage->next->previous = storage->previous;
    }
    platform_mutex_unlock(&state->storage_lock);
    platform_current()->win32 = NULL;
    platform_free(storage, sizeof(*storage));
}

/* The calling thread's storage, made when it stores for the first time; NULL when there is no memory. */
static struct storage *storage_make(void)
{
    struct platform_thread *thread = platform_current();
    struct win32 *state = win32();
    struct storage *storage = thread->win32;

    if (storage != NULL)
    {
        return storage;
    }
    storage = platform_zalloc(sizeof(*storage));
    if (storage == NULL)
    {
        return NULL;
    }
    platform_mutex_lock(&state->storage_lock);
    storage->next = state->storages;
    if (storage->next != NULL)
    {
        storage->next->previous = storage;
    }
    state->storages = storage;
    platform_mutex_unlock(&state->storage_lock);
    thread->win32 = storage;
    thread->win32_exit = storage_end;
    return storage;
}

static DWORD index_take(bool *taken, DWORD first, DWORD count)
{
    for (DWORD index = first; index < count; index++)
    {
        if (!taken[index])
        {
            taken[index] = true;
            return index;
        }
    }
    return TLS_OUT_OF_INDEXES;
}

DWORD WINAPI TlsAlloc(void)
{
    struct win32 *state = win32();
    DWORD index;

    platform_mutex_lock(&state->storage_lock);
    index = index_take(state->tls_taken, 0, WIN32_TLS_SLOTS);
    platform_mutex_unlock(&state->storage_lock);
    if (index == TLS_OUT_OF_INDEXES)
    {
        win32_set_error(ERROR_NO_MORE_ITEMS);
    }
    return index;
}

BOOL WINAPI TlsFree(DWORD dwTlsIndex)
{
    struct win32 *state = win32();
    bool good;

    platform_mutex_lock(&state->storage_lock);
    good = dwTlsIndex < WIN32_TLS_SLOTS && state->tls_taken[dwTlsIndex];
    if (good)
    {
        state->tls_taken[dwTlsIndex] = false;
        for (struct storage *storage = state->storages; storage != NULL; storage = storage->next)
        {
            (void)take(&storage->tls[dwTlsIndex]);
        }
    }
    platform_mutex_unlock(&state->storage_lock);
    return good ? TRUE : win32_fail(ERROR_INVALID_PARAMETER);
}

LPVOID WINAPI TlsGetValue(DWORD dwTlsIndex)
{
    struct platform_thread *thread = platform_current();
    struct storage *storage = thread->win32;

    if (dwTlsIndex >= WIN32_TLS_SLOTS)
    {
        thread->last_error = ERROR_INVALID_PARAMETER;
        return NULL;
    }
    /* Success sets the last error too, because a value may be NULL. */
    thread->last_error = ERROR_SUCCESS;
    return storage == NULL ? NULL : __atomic_load_n(&storage->tls[dwTlsIndex], __ATOMIC_RELAXED);
}

BOOL WINAPI TlsSetValue(DWORD dwTlsIndex, LPVOID lpTlsValue)
{
    struct storage *storage;

    if (dwTlsIndex >= WIN32_TLS_SLOTS)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    storage = storage_make();
    if (storage == NULL)
    {
        return win32_fail(ERROR_NOT_ENOUGH_MEMORY);
    }
    __atomic_store_n(&storage->tls[dwTlsIndex], lpTlsValue, __ATOMIC_RELAXED);
    return TRUE;
}

DWORD WINAPI FlsAlloc(PFLS_CALLBACK_FUNCTION lpCallback)
{
    struct win32 *state = win32();
    DWORD index;

    platform_mutex_lock(&state->storage_lock);
    index = index_take(state->fls_taken, FLS_FIRST, WIN32_FLS_SLOTS);
    if (index != FLS_OUT_OF_INDEXES)
    {
        platform_atomic_store(&state->fls_callbacks[index], lpCallback);
    }
    platform_mutex_unlock(&state->storage_lock);
    if (index == FLS_OUT_OF_INDEXES)
    {
        win32_set_error(ERROR_NO_MORE_ITEMS);
    }
    return index;
}

static bool fls_is_taken(DWORD index)
{
    struct win32 *state = win32();
    bool taken;

    platform_mutex_lock(&state->storage_lock);
    taken = index >= FLS_FIRST && index < WIN32_FLS_SLOTS && state->fls_taken[index];
    platform_mutex_unlock(&state->storage_lock);
    return taken;
}

/* Takes the next value that any thread has under the index; NULL when there is none left. */
static void *take_next(DWORD index)
{
    struct win32 *state = win32();
    void *value = NULL;

    platform_mutex_lock(&state->storage_lock);
    for (struct storage *storage = state->storages; value == NULL && storage != NULL; storage = storage->next)
    {
        value = take(&storage->fls[index]);
    }
    platform_mutex_unlock(&state->storage_lock);
    return value;
}

BOOL WINAPI FlsFree(DWORD dwFlsIndex)
{
    struct win32 *state = win32();
    void (*callback)(void *value);
    void *value;

    if (!fls_is_taken(dwFlsIndex))
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    callback = platform_atomic_load(&state->fls_callbacks[dwFlsIndex]);
    while ((value = take_next(dwFlsIndex)) != NULL)
    {
        if (callback != NULL)
        {
            platform_point(PLATFORM_POINT_CALL);
            callback(value);
        }
    }
    platform_mutex_lock(&state->storage_lock);
    platform_atomic_store(&state->fls_callbacks[dwFlsIndex], NULL);
    state->fls_taken[dwFlsIndex] = false;
    platform_mutex_unlock(&state->storage_lock);
    return TRUE;
}

PVOID WINAPI FlsGetValue(DWORD dwFlsIndex)
{
    struct platform_thread *thread = platform_current();
    struct storage *storage = thread->win32;

    if (dwFlsIndex < FLS_FIRST || dwFlsIndex >= WIN32_FLS_SLOTS)
    {
        thread->last_error = ERROR_INVALID_PARAMETER;
        return NULL;
    }
    thread->last_error = ERROR_SUCCESS;
    return storage == NULL ? NULL : __atomic_load_n(&storage->fls[dwFlsIndex], __ATOMIC_RELAXED);
}

BOOL WINAPI FlsSetValue(DWORD dwFlsIndex, PVOID lpFlsData)
{
    struct storage *storage;

    if (dwFlsIndex < FLS_FIRST || dwFlsIndex >= WIN32_FLS_SLOTS)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    storage = storage_make();
    if (storage == NULL)
    {
        return win32_fail(ERROR_NOT_ENOUGH_MEMORY);
    }
    __atomic_store_n(&storage->fls[dwFlsIndex], lpFlsData, __ATOMIC_RELEASE);
    return TRUE;
}

BOOL WINAPI IsThreadAFiber(void)
{
    return FALSE;
}
