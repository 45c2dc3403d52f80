/* SPDX-License-Identifier: MIT */
/*
 * The nodes of a mount: which name stands for which path of the object namespace. Numbers are never used again, so that
 * what the kernel remembers of a node that has gone leads nowhere.
 */
#ifndef HOST_NODE_TABLE_H
#define HOST_NODE_TABLE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number of the folder itself, as FUSE has it. */
#define NODE_ROOT 1

/* The longest name of a file, in bytes. */
#define NODE_MAXIMUM_NAME 255

struct node
{
    struct node *next;
    uint64_t number;
    /* The file's name: the link's, with # for each slash, back slash and control character. */
    char *name;
    /* The link's name behind \??\. */
    char *path;
};

struct node_table
{
    pthread_mutex_t lock;
    struct node *first;
    uint64_t next_number;
};

void node_table_init(struct node_table *table);
void node_table_done(struct node_table *table);

/* Adds a node for a link. Returns false when no file can have its name, or there is no memory. */
bool node_table_add(struct node_table *table, const char *path);
void node_table_remove(struct node_table *table, const char *path);

/* The number of the node of this name, 0 when there is none. */
uint64_t node_table_find(struct node_table *table, const char *name);

/* A copy of the path of a node, NULL when there is none. The caller frees it. */
char *node_table_path(struct node_table *table, uint64_t number);

/* Calls visit for each node while it returns true, under the table's lock. */
void node_table_visit(struct node_table *table, bool (*visit)(const struct node *node, void *context), void *context);

#endif /* HOST_NODE_TABLE_H */
