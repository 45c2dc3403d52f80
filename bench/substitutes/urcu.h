/* SPDX-License-Identifier: MIT */
/* What rings.c and hash.c name of liburcu, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_URCU_H
#define BENCH_SUBSTITUTE_URCU_H

void rcu_register_thread(void);
void synchronize_rcu(void);
void urcu_memb_read_lock(void);
void urcu_memb_read_unlock(void);
void caa_cpu_relax(void);

#endif /* BENCH_SUBSTITUTE_URCU_H */
