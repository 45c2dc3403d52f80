/* SPDX-License-Identifier: MIT */
#include "journal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char record[16384];
static char copy[16384];
static const char *failing;

void journal_write(const char *word)
{
    (void)pthread_mutex_lock(&lock);
    if (strlen(record) + strlen(word) + 2 > sizeof(record))
    {
        fprintf(stderr, "journal: full\n");
        abort();
    }
    if (record[0] != 0)
    {
        strncat(record, " ", sizeof(record) - strlen(record) - 1);
    }
    strncat(record, word, sizeof(record) - strlen(record) - 1);
    (void)pthread_mutex_unlock(&lock);
}

const char *journal_text(void)
{
    (void)pthread_mutex_lock(&lock);
    memcpy(copy, record, sizeof(copy));
    (void)pthread_mutex_unlock(&lock);
    return copy;
}

void journal_clear(void)
{
    (void)pthread_mutex_lock(&lock);
    record[0] = 0;
    failing = NULL;
    (void)pthread_mutex_unlock(&lock);
}

void journal_fail(const char *step)
{
    (void)pthread_mutex_lock(&lock);
    failing = step;
    (void)pthread_mutex_unlock(&lock);
}

int journal_fails(const char *step)
{
    int fails;

    (void)pthread_mutex_lock(&lock);
    fails = failing != NULL && strcmp(failing, step) == 0;
    (void)pthread_mutex_unlock(&lock);
    return fails;
}
