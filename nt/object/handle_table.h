/* SPDX-License-Identifier: MIT */
/*
 * The handle table of the machine. Segments are added and never taken away, so that a reader needs no lock to find an entry.
 */
#ifndef NT_HANDLE_TABLE_H
#define NT_HANDLE_TABLE_H

#include "nt/internal.h"

#define HANDLE_SEGMENT_BITS 10
#define HANDLE_SEGMENT_ENTRIES (1u << HANDLE_SEGMENT_BITS)
#define HANDLE_INDEX_BITS 21
#define HANDLE_SEGMENTS (1u << (HANDLE_INDEX_BITS - HANDLE_SEGMENT_BITS))

struct object_header;

struct handle_entry
{
    /*
     * The generation in the upper half, and how many references on the body are in stock in the lower half; no reference means
     * that the entry is free. A lookup takes one out of the stock, so it never touches a body that a close could free.
     */
    uint64_t word;
    struct object_header *header;
    ACCESS_MASK access;
    ULONG attributes;
    /* The index of the next free entry, zero for none. */
    uint32_t next_free;
};

struct handle_table
{
    struct platform_mutex lock;
    struct handle_entry *segments[HANDLE_SEGMENTS];
    uint32_t segment_count;
    /* Entries that are free, the one that has been free for longest first. */
    uint32_t first_free;
    uint32_t last_free;
    uint32_t free_count;
    /* How many handles are open. */
    uint32_t open;
};

/* Makes the first segment. Called while the machine is made. */
void handle_table_make(struct handle_table *table);

/* Makes a handle with these attributes (OBJ_INHERIT, OBJ_KERNEL_HANDLE). Takes a reference of its own on the body. */
NTSTATUS handle_make(void *body, ACCESS_MASK access, ULONG attributes, HANDLE *ret_handle);

/* The body, referenced, and what the handle allows. The pseudo handles are handles too. */
NTSTATUS handle_inspect(HANDLE handle, void **ret_body, ACCESS_MASK *ret_access, ULONG *ret_attributes);

/* An attribute beside OBJ_INHERIT: the handle cannot be closed. */
#define HANDLE_PROTECTED 0x00000001u

/* Changes those of OBJ_INHERIT and HANDLE_PROTECTED that the mask names. STATUS_INVALID_HANDLE, also for pseudo handles. */
NTSTATUS handle_set_attributes(HANDLE handle, ULONG mask, ULONG attributes);

/* How many references on the body are in stock in its handles. Walks the whole table. */
uint64_t handle_stock(struct object_header *header);

#endif /* NT_HANDLE_TABLE_H */
