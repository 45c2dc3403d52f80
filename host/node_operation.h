/* SPDX-License-Identifier: MIT */
/*
 * Operations that programs have started through nodes and that drivers have not answered yet.
 *
 * Whoever answers a FUSE request must be able to meet an interrupt of it at any moment: the interrupt names the operation by
 * number, and finds it here or not at all. The answer to the kernel is given exactly once, by the driver's completion.
 */
#ifndef HOST_NODE_OPERATION_H
#define HOST_NODE_OPERATION_H

#define FUSE_USE_VERSION 312
#include <fuse_lowlevel.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nt/io/file.h"

struct node_operations
{
    pthread_mutex_t lock;
    pthread_cond_t ended;
    struct node_operation *first;
    uint64_t next_number;
};

/* One operation: a block with the program's input and room for the output behind it. */
struct node_operation
{
    struct node_operation *next;
    struct node_operations *all;
    uint64_t number;
    uint32_t references;
    bool cancelled;
    fuse_req_t request;
    struct file *file;
    struct file_operation *operation;
    struct file_io io;
    /* Answers the kernel. */
    void (*answer)(struct node_operation *operation, NTSTATUS status, ULONG_PTR information);
    size_t head_size;
    uint8_t data[];
};

void node_operations_init(struct node_operations *all);
void node_operations_done(struct node_operations *all);

/* Allocates an operation with data_size bytes of data, zeroed. NULL when there is no memory. */
struct node_operation *node_operation_create(struct node_operations *all, fuse_req_t request, struct file *file,
                                             size_t data_size);

/* Starts it. From here on it answers the kernel by itself. */
void node_operation_start(struct node_operation *operation);

/* Frees an operation that was not started. */
void node_operation_discard(struct node_operation *operation);

/* Asks the drivers to end every operation, and waits until they have. */
void node_operations_cancel_all(struct node_operations *all);

#endif /* HOST_NODE_OPERATION_H */
