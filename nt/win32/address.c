/* SPDX-License-Identifier: MIT */
/*
 * Waiting for an address.
 */
#include "nt/win32/address.h"

static struct address_bucket *bucket_of(const volatile void *address)
{
    uint64_t number = (uint64_t)(uintptr_t)address >> 3;

    return &win32()->addresses[(number * UINT64_C(0x9E3779B97F4A7C15)) >> 58];
}

static void list_append(struct address_bucket *bucket, struct address_waiter *waiter)
{
    waiter->next = NULL;
    waiter->previous = bucket->last;
    *(bucket->last == NULL ? &bucket->first : &bucket->last->next) = waiter;
    bucket->last = waiter;
}

static void list_remove(struct address_bucket *bucket, struct address_waiter *waiter)
{
    *(waiter->previous == NULL ? &bucket->first : &waiter->previous->next) = waiter->next;
    *(waiter->next == NULL ? &bucket->last : &waiter->next->previous) = waiter->previous;
}

bool address_enter(struct address_waiter *waiter, const volatile void *address, bool (*unless)(void *context), void *context)
{
    struct address_bucket *bucket = bucket_of(address);
    bool enter;

    waiter->address = address;
    waiter->woken = 0;
    platform_spinlock_lock(&bucket->lock);
    enter = unless == NULL || !unless(context);
    waiter->listed = enter;
    if (enter)
    {
        list_append(bucket, waiter);
    }
    platform_spinlock_unlock(&bucket->lock);
    return enter;
}

/* After a time-out: leaves the list, unless a wake has taken the waiter off it meanwhile. */
static bool leave(struct address_waiter *waiter)
{
    struct address_bucket *bucket = bucket_of(waiter->address);
    bool woken;

    platform_spinlock_lock(&bucket->lock);
    woken = !waiter->listed;
    if (!woken)
    {
        list_remove(bucket, waiter);
    }
    platform_spinlock_unlock(&bucket->lock);
    return woken;
}

bool address_wait(struct address_waiter *waiter, int64_t deadline)
{
    bool woken = true;

    platform_wait_note("address", (const void *)waiter->address, 0);
    while (platform_atomic_load(&waiter->woken) == 0)
    {
        if (platform_wait_word(&waiter->woken, 0, deadline) == PLATFORM_TIMEOUT)
        {
            woken = leave(waiter);
            break;
        }
    }
    /* Who took the waiter off the list still writes into it: the memory must not go before that. */
    while (woken && platform_atomic_load(&waiter->woken) == 0)
    {
        (void)platform_wait_word(&waiter->woken, 0, PLATFORM_FOREVER);
    }
    platform_wait_note(NULL, NULL, 0);
    return woken;
}

void address_wake(const volatile void *address, uint32_t count)
{
    struct address_bucket *bucket = bucket_of(address);
    struct address_waiter *taken = NULL;
    struct address_waiter **end = &taken;
    struct address_waiter *next;

    platform_spinlock_lock(&bucket->lock);
    for (struct address_waiter *waiter = bucket->first; waiter != NULL && count != 0; waiter = next)
    {
        next = waiter->next;
        if (waiter->address == address)
        {
            list_remove(bucket, waiter);
            waiter->listed = false;
            waiter->next = NULL;
            *end = waiter;
            end = &waiter->next;
            count--;
        }
    }
    platform_spinlock_unlock(&bucket->lock);
    for (; taken != NULL; taken = next)
    {
        next = taken->next;
        platform_atomic_store(&taken->woken, 1);
        platform_wake_word(&taken->woken, 1);
    }
}

struct comparison
{
    const volatile void *address;
    const void *undesired;
    SIZE_T size;
};

/* One read of the whole value, because others may write it meanwhile. */
static bool differs(void *context)
{
    const struct comparison *comparison = context;

    switch (comparison->size)
    {
        case 1:
            return __atomic_load_n((const volatile uint8_t *)comparison->address, __ATOMIC_SEQ_CST) !=
                   *(const uint8_t *)comparison->undesired;
        case 2:
            return __atomic_load_n((const volatile uint16_t *)comparison->address, __ATOMIC_SEQ_CST) !=
                   *(const uint16_t *)comparison->undesired;
        case 4:
            return __atomic_load_n((const volatile uint32_t *)comparison->address, __ATOMIC_SEQ_CST) !=
                   *(const uint32_t *)comparison->undesired;
        default:
            return __atomic_load_n((const volatile uint64_t *)comparison->address, __ATOMIC_SEQ_CST) !=
                   *(const uint64_t *)comparison->undesired;
    }
}

BOOL WINAPI WaitOnAddress(volatile void *Address, PVOID CompareAddress, SIZE_T AddressSize, DWORD dwMilliseconds)
{
    struct comparison comparison = {Address, CompareAddress, AddressSize};
    struct address_waiter waiter;

    if (AddressSize != 1 && AddressSize != 2 && AddressSize != 4 && AddressSize != 8)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (!address_enter(&waiter, Address, differs, &comparison))
    {
        return TRUE;
    }
    return address_wait(&waiter, win32_deadline(dwMilliseconds)) ? TRUE : win32_fail(ERROR_TIMEOUT);
}

void WINAPI WakeByAddressSingle(PVOID Address)
{
    address_wake(Address, 1);
}

void WINAPI WakeByAddressAll(PVOID Address)
{
    address_wake(Address, UINT32_MAX);
}
