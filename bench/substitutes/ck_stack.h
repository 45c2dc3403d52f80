/* SPDX-License-Identifier: MIT */
/* What rings.c names of Concurrency Kit's stacks, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_CK_STACK_H
#define BENCH_SUBSTITUTE_CK_STACK_H

typedef struct
{
    void *unused;
} ck_stack_t;
typedef ck_stack_t ck_stack_entry_t;

#define CK_STACK_INITIALIZER \
    {                        \
        0                    \
    }

ck_stack_entry_t *ck_stack_pop_mpmc(ck_stack_t *stack);
void ck_stack_push_mpmc(ck_stack_t *stack, ck_stack_entry_t *entry);

#endif /* BENCH_SUBSTITUTE_CK_STACK_H */
