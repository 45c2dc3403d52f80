/* SPDX-License-Identifier: MIT */
/*
 * What objs.c says about the pools of APR, declared so that the rest of it compiles without that library.
 */
#ifndef BENCH_SUBSTITUTE_APR_POOLS_H
#define BENCH_SUBSTITUTE_APR_POOLS_H

#include <stddef.h>

typedef struct apr_pool_t apr_pool_t;
typedef int apr_status_t;

apr_status_t apr_initialize(void);
apr_status_t apr_pool_create(apr_pool_t **pool, apr_pool_t *parent);
void *apr_pcalloc(apr_pool_t *pool, size_t size);
void apr_pool_destroy(apr_pool_t *pool);
apr_status_t apr_pool_cleanup_null(void *data);
void apr_pool_cleanup_register(apr_pool_t *pool, const void *data, apr_status_t (*cleanup)(void *data),
                               apr_status_t (*child_cleanup)(void *data));

#endif /* BENCH_SUBSTITUTE_APR_POOLS_H */
