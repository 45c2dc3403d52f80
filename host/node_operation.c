/* SPDX-License-Identifier: MIT */
/*
 * Operations in flight.
 */
#include "host/node_operation.h"

#include <stdlib.h>

void node_operations_init(struct node_operations *all)
{
    (void)pthread_mutex_init(&all->lock, NULL);
    (void)pthread_cond_init(&all->ended, NULL);
    all->first = NULL;
    all->next_number = 1;
}

void node_operations_done(struct node_operations *all)
{
    (void)pthread_cond_destroy(&all->ended);
    (void)pthread_mutex_destroy(&all->lock);
}

struct node_operation *node_operation_create(struct node_operations *all, fuse_req_t request, struct file *file,
                                             size_t data_size)
{
    struct node_operation *operation = calloc(1, sizeof(*operation) + data_size);

    if (operation != NULL)
    {
        operation->all = all;
        operation->request = request;
        operation->file = file;
        operation->references = 1;
    }
    return operation;
}

void node_operation_discard(struct node_operation *operation)
{
    free(operation);
}

static void release(struct node_operation *operation)
{
    if (__atomic_sub_fetch(&operation->references, 1, __ATOMIC_ACQ_REL) == 0)
    {
        file_release(operation->operation);
        free(operation);
    }
}

/* Finds a running operation and references it. */
static struct node_operation *find(struct node_operations *all, uint64_t number)
{
    struct node_operation *operation;

    (void)pthread_mutex_lock(&all->lock);
    for (operation = all->first; operation != NULL && operation->number != number; operation = operation->next)
    {
    }
    if (operation != NULL)
    {
        (void)__atomic_add_fetch(&operation->references, 1, __ATOMIC_RELAXED);
    }
    (void)pthread_mutex_unlock(&all->lock);
    return operation;
}

static void leave_list(struct node_operation *operation)
{
    struct node_operations *all = operation->all;

    (void)pthread_mutex_lock(&all->lock);
    for (struct node_operation **link = &all->first; *link != NULL; link = &(*link)->next)
    {
        if (*link == operation)
        {
            *link = operation->next;
            break;
        }
    }
    if (all->first == NULL)
    {
        (void)pthread_cond_broadcast(&all->ended);
    }
    (void)pthread_mutex_unlock(&all->lock);
}

static void enter_list(struct node_operation *operation)
{
    struct node_operations *all = operation->all;

    (void)pthread_mutex_lock(&all->lock);
    operation->number = all->next_number++;
    operation->next = all->first;
    all->first = operation;
    (void)pthread_mutex_unlock(&all->lock);
}

/* Asks the driver now, or as soon as it has the operation. */
static void cancel(struct node_operation *operation)
{
    struct file_operation *running;

    (void)pthread_mutex_lock(&operation->all->lock);
    operation->cancelled = true;
    running = operation->operation;
    (void)pthread_mutex_unlock(&operation->all->lock);
    if (running != NULL)
    {
        file_cancel(running);
    }
}

/* The kernel says that the program does not wait any longer. data is the operation's number and list. */
static void interrupted(fuse_req_t request, void *data)
{
    struct node_operations *all = fuse_req_userdata(request);
    struct node_operation *operation = find(all, (uint64_t)(uintptr_t)data);

    if (operation != NULL)
    {
        cancel(operation);
        release(operation);
    }
}

/* The driver is done. */
static void operation_done(struct file_operation *ignored, NTSTATUS status, ULONG_PTR information, void *context)
{
    struct node_operation *operation = context;

    (void)ignored;
    operation->answer(operation, status, information);
    leave_list(operation);
    release(operation);
}

/* Remembers what to cancel. Tells whether somebody asked for that in the meantime. */
static bool note_started(struct node_operation *operation, struct file_operation *started)
{
    bool cancelled;

    (void)pthread_mutex_lock(&operation->all->lock);
    operation->operation = started;
    cancelled = operation->cancelled;
    (void)pthread_mutex_unlock(&operation->all->lock);
    return cancelled;
}

void node_operation_start(struct node_operation *operation)
{
    struct file_operation *started;
    NTSTATUS status;

    operation->io.done = operation_done;
    operation->io.context = operation;
    operation->references = 2;
    enter_list(operation);
    fuse_req_interrupt_func(operation->request, interrupted, (void *)(uintptr_t)operation->number);
    status = file_start(operation->file, &operation->io, &started);
    if (started == NULL)
    {
        operation_done(NULL, status, 0, operation);
    }
    else if (note_started(operation, started))
    {
        file_cancel(started);
    }
    release(operation);
}

void node_operations_cancel_all(struct node_operations *all)
{
    uint64_t below = UINT64_MAX;

    /* The newest stands first, and numbers fall along the list: each round takes the newest that has not been asked yet. */
    for (;;)
    {
        struct node_operation *operation;

        (void)pthread_mutex_lock(&all->lock);
        for (operation = all->first; operation != NULL && operation->number >= below; operation = operation->next)
        {
        }
        if (operation != NULL)
        {
            (void)__atomic_add_fetch(&operation->references, 1, __ATOMIC_RELAXED);
        }
        (void)pthread_mutex_unlock(&all->lock);
        if (operation == NULL)
        {
            break;
        }
        below = operation->number;
        cancel(operation);
        release(operation);
    }
    (void)pthread_mutex_lock(&all->lock);
    while (all->first != NULL)
    {
        (void)pthread_cond_wait(&all->ended, &all->lock);
    }
    (void)pthread_mutex_unlock(&all->lock);
}
