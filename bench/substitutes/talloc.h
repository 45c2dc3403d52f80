/* SPDX-License-Identifier: MIT */
/*
 * What objs.c says about talloc, declared so that the rest of it compiles without that library.
 */
#ifndef BENCH_SUBSTITUTE_TALLOC_H
#define BENCH_SUBSTITUTE_TALLOC_H

#include <stddef.h>

void *talloc_new(const void *parent);
void *talloc_zero_size(const void *parent, size_t size);
int talloc_free(void *block);
void talloc_set_destructor(void *block, int (*function)(void *block));

#define talloc_zero(parent, type) ((type *)talloc_zero_size(parent, sizeof(type)))

#endif /* BENCH_SUBSTITUTE_TALLOC_H */
