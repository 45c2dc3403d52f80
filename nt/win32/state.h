/* SPDX-License-Identifier: MIT */
/*
 * What the machine keeps for its Win32 face. Plain types, because the machine is compiled with the other flavour's headers.
 */
#ifndef NT_WIN32_STATE_H
#define NT_WIN32_STATE_H

#include "platform/platform.h"

#define WIN32_ADDRESS_BUCKETS 64

struct address_waiter;
struct heap_block;
struct firmware_variable;
struct storage;
struct token;

/* Indexes of thread storage, as published. */
#define WIN32_TLS_SLOTS 1088
#define WIN32_FLS_SLOTS 128

/* HKEY_CLASSES_ROOT and those that follow it. */
#define WIN32_PREDEFINED_KEYS 6

/* A heap; its handle is its address. Recursive lock: who holds it, and how often. */
struct heap
{
    uint32_t signature;
    uint32_t flags;
    /* Zero: it grows. Otherwise how many bytes its blocks may take with their overhead. */
    size_t limit;
    size_t used;
    struct platform_mutex lock;
    uint32_t depth;
    struct heap_block *first;
    struct heap_block *last;
};

struct win32
{
    /* Who waits for which address: nt/win32/address.c. */
    struct address_bucket
    {
        struct platform_spinlock lock;
        struct address_waiter *first;
        struct address_waiter *last;
    } addresses[WIN32_ADDRESS_BUCKETS];

    struct heap process_heap;

    /* Which indexes are taken, and the storage of all threads that have any: nt/win32/storage.c. */
    struct platform_mutex storage_lock;
    bool tls_taken[WIN32_TLS_SLOTS];
    bool fls_taken[WIN32_FLS_SLOTS];
    void (*fls_callbacks[WIN32_FLS_SLOTS])(void *value);
    struct storage *storages;

    struct platform_mutex environment_lock;

    /* Handles kept for predefined keys: nt/win32/registry_predefined.c. */
    struct platform_mutex predefined_lock;
    struct predefined_key
    {
        void *handle;
        bool is_overridden;
    } predefined[WIN32_PREDEFINED_KEYS];

    /* Variables of the firmware, where they are in memory: nt/win32/native_firmware.c. */
    struct platform_mutex firmware_lock;
    struct firmware_variable *firmware;
    bool firmware_in_memory;

    /* The process' access token: nt/win32/native_token.c. */
    struct platform_mutex token_lock;
    struct token *token;
};

/* Fills in what is not zero. Called once, when the machine is made. */
void win32_make(struct win32 *state);

/* The Win32 part of the machine. */
struct win32 *win32(void);

#endif /* NT_WIN32_STATE_H */
