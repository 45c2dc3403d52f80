/* SPDX-License-Identifier: MIT */
/*
 * Dumps for tests of drivers, in plain C types: the program itself is the driver.
 */
#ifndef CRASH_ACCESS_H
#define CRASH_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

enum crash_kind
{
    CRASH_SECONDARY = 5,
    CRASH_TRIAGE = 7,
};

struct crash_block
{
    unsigned kind;
    char component[32];
    unsigned char guid[16];
    const void *address;
    size_t length;
    unsigned char data[70000];
};

/* The dump that was read last. */
extern struct crash_dump
{
    unsigned code;
    unsigned long long parameters[4];
    bool live;
    char component[64];
    /* Only blocks of the kinds above. */
    size_t count;
    struct crash_block blocks[300];
} crash_dump;

/* Dumps are written from here on; and until here: reads the one that was, and says whether there was one. */
void crash_dumps_begin(void);
bool crash_dumps_end(void);

/* Calls the bug check callbacks as a bug check does, and reads what they say. */
void crash_rehearse(unsigned code, unsigned long p1, unsigned long p2, unsigned long p3, unsigned long p4);

/* The n-th block of a kind; NULL if there are fewer. */
const struct crash_block *crash_block(unsigned kind, size_t n);

/* The runtime's function that the program replaces. */
void *crash_replaced(const char *function);

#endif /* CRASH_ACCESS_H */
