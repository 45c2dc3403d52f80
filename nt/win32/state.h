/* SPDX-License-Identifier: MIT */
/*
 * What the machine keeps for its Win32 face. Plain types, because the machine is compiled with the other flavour's headers.
 */
#ifndef NT_WIN32_STATE_H
#define NT_WIN32_STATE_H

#include "platform/platform.h"

#define WIN32_ADDRESS_BUCKETS 64

struct address_waiter;

/* All zero is good. */
struct win32
{
    /* Who waits for which address: nt/win32/address.c. */
    struct address_bucket
    {
        struct platform_spinlock lock;
        struct address_waiter *first;
        struct address_waiter *last;
    } addresses[WIN32_ADDRESS_BUCKETS];
};

/* The Win32 part of the machine. */
struct win32 *win32(void);

#endif /* NT_WIN32_STATE_H */
