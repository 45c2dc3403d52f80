/* SPDX-License-Identifier: MIT */
/* What rings.c names of Concurrency Kit's spin locks, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_CK_SPINLOCK_H
#define BENCH_SUBSTITUTE_CK_SPINLOCK_H

typedef struct
{
    unsigned unused;
} ck_spinlock_fas_t;
typedef ck_spinlock_fas_t ck_spinlock_ticket_t;

#define CK_SPINLOCK_FAS_INITIALIZER \
    {                               \
        0                           \
    }
#define CK_SPINLOCK_TICKET_INITIALIZER \
    {                                  \
        0                              \
    }

void ck_spinlock_fas_lock(ck_spinlock_fas_t *lock);
void ck_spinlock_fas_unlock(ck_spinlock_fas_t *lock);
void ck_spinlock_ticket_lock(ck_spinlock_ticket_t *lock);
void ck_spinlock_ticket_unlock(ck_spinlock_ticket_t *lock);

#endif /* BENCH_SUBSTITUTE_CK_SPINLOCK_H */
