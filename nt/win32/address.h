/* SPDX-License-Identifier: MIT */
/*
 * Waiting for an address: lists of waiters by address, from which a wake takes exactly those whom it lets go. Condition
 * variables, one-time initialisation and WaitOnAddress stand on it.
 */
#ifndef NT_WIN32_ADDRESS_H
#define NT_WIN32_ADDRESS_H

#include "nt/win32/win32.h"

/* On the waiter's stack. */
struct address_waiter
{
    const volatile void *address;
    struct address_waiter *next;
    struct address_waiter *previous;
    /* Under the bucket's lock: a wake has not taken it off the list yet. */
    bool listed;
    uint32_t woken;
};

/*
 * Enters the caller among the waiters of the address, unless `unless` is given and says true; it is asked under the lock that a
 * wake takes too, so that nothing falls between the question and the wait. Returns whether the caller was entered; then it must
 * call address_wait().
 */
bool address_enter(struct address_waiter *waiter, const volatile void *address, bool (*unless)(void *context),
                   void *context);

/* Waits until woken or until the deadline; returns whether it was woken. */
bool address_wait(struct address_waiter *waiter, int64_t deadline);

/* Lets go of at most count waiters of the address, first come first served. Only the value of the address is used. */
void address_wake(const volatile void *address, uint32_t count);

#endif /* NT_WIN32_ADDRESS_H */
