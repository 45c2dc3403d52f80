/* SPDX-License-Identifier: MIT */
/*
 * What bench_containers and its driver share. Both are in one process, so pointers mean the same to both.
 */
#ifndef BENCH_CONTAINERS_DRIVER_H
#define BENCH_CONTAINERS_DRIVER_H

#include <stdint.h>

/* The numbers in the environment say how many keys a device's table takes, and how long they are. */
#define CONTAINERS_KEYS_VARIABLE "DMF_BENCH_KEYS"
#define CONTAINERS_LENGTH_VARIABLE "DMF_BENCH_KEY_LENGTH"
#define CONTAINERS_NODE "\\??\\Containers"

#define CONTAINERS_BUFFERS 64
#define CONTAINERS_BUFFER_SIZE 256
#define CONTAINERS_CONTEXT_SIZE 64
#define CONTAINERS_ITEMS 1024

/* What a control is given. */
struct containers_input
{
    uint64_t count;
    const unsigned char *keys;
    /* The keys by their number, in the order in which they are looked for. */
    const uint32_t *order;
    uint32_t number_of_keys;
    uint32_t key_length;
};

/* CTL_CODE(FILE_DEVICE_UNKNOWN, function, METHOD_BUFFERED, FILE_ANY_ACCESS): the output is a number of 64 bits, how often it was done. */
#define CONTAINERS_CODE(Function) ((0x22u << 16) | ((Function) << 2))
/* Takes a buffer and puts it back. */
#define CONTAINERS_POOL CONTAINERS_CODE(0x901u)
#define CONTAINERS_RING_64 CONTAINERS_CODE(0x902u)
#define CONTAINERS_RING_1024 CONTAINERS_CODE(0x903u)
/* Reads the values of keys; the output is how many there were. */
#define CONTAINERS_READ CONTAINERS_CODE(0x904u)
/* The same with a callback. */
#define CONTAINERS_FIND CONTAINERS_CODE(0x905u)
/* Writes all keys in their order. */
#define CONTAINERS_WRITE CONTAINERS_CODE(0x906u)
/* Writes all keys in their order into a new table, once; the output is the time of all of them in nanoseconds. */
#define CONTAINERS_INSERT CONTAINERS_CODE(0x907u)

#endif /* BENCH_CONTAINERS_DRIVER_H */
