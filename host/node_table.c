/* SPDX-License-Identifier: MIT */
/*
 * The nodes of a mount.
 */
#include "host/node_table.h"

#include <stdlib.h>
#include <string.h>

void node_table_init(struct node_table *table)
{
    (void)pthread_mutex_init(&table->lock, NULL);
    table->first = NULL;
    table->next_number = NODE_ROOT + 1;
}

static void node_free(struct node *node)
{
    free(node->name);
    free(node->path);
    free(node);
}

void node_table_done(struct node_table *table)
{
    while (table->first != NULL)
    {
        struct node *node = table->first;

        table->first = node->next;
        node_free(node);
    }
    (void)pthread_mutex_destroy(&table->lock);
}

/* Makes a link's name the name of a file. Returns false for one that no file can have. */
static bool make_file_name(char *name)
{
    size_t length = strlen(name);

    for (char *at = name; *at != 0; at++)
    {
        bool bad = *at == '\\' || *at == '/' || (unsigned char)*at < ' ' || *at == 0x7F;

        *at = bad ? '#' : *at;
    }
    return length != 0 && length <= NODE_MAXIMUM_NAME && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

bool node_table_add(struct node_table *table, const char *path)
{
    struct node *node = calloc(1, sizeof(*node));

    if (node == NULL)
    {
        return false;
    }
    node->path = strdup(path);
    node->name = strdup(path);
    if (node->path == NULL || node->name == NULL || !make_file_name(node->name))
    {
        node_free(node);
        return false;
    }
    (void)pthread_mutex_lock(&table->lock);
    node->number = table->next_number++;
    node->next = table->first;
    table->first = node;
    (void)pthread_mutex_unlock(&table->lock);
    return true;
}

void node_table_remove(struct node_table *table, const char *path)
{
    struct node *removed = NULL;

    (void)pthread_mutex_lock(&table->lock);
    for (struct node **link = &table->first; *link != NULL; link = &(*link)->next)
    {
        if (strcmp((*link)->path, path) == 0)
        {
            removed = *link;
            *link = removed->next;
            break;
        }
    }
    (void)pthread_mutex_unlock(&table->lock);
    if (removed != NULL)
    {
        node_free(removed);
    }
}

uint64_t node_table_find(struct node_table *table, const char *name)
{
    uint64_t number = 0;

    (void)pthread_mutex_lock(&table->lock);
    for (struct node *node = table->first; node != NULL && number == 0; node = node->next)
    {
        number = strcmp(node->name, name) == 0 ? node->number : 0;
    }
    (void)pthread_mutex_unlock(&table->lock);
    return number;
}

char *node_table_path(struct node_table *table, uint64_t number)
{
    char *path = NULL;

    (void)pthread_mutex_lock(&table->lock);
    for (struct node *node = table->first; node != NULL && path == NULL; node = node->next)
    {
        path = node->number == number ? strdup(node->path) : NULL;
    }
    (void)pthread_mutex_unlock(&table->lock);
    return path;
}

void node_table_visit(struct node_table *table, bool (*visit)(const struct node *node, void *context), void *context)
{
    (void)pthread_mutex_lock(&table->lock);
    for (struct node *node = table->first; node != NULL; node = node->next)
    {
        if (!visit(node, context))
        {
            break;
        }
    }
    (void)pthread_mutex_unlock(&table->lock);
}
