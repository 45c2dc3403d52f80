/* SPDX-License-Identifier: MIT */
/* What refs.c names of liburcu, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_URCU_MEMB_H
#define BENCH_SUBSTITUTE_URCU_MEMB_H

void urcu_memb_register_thread(void);
void urcu_memb_unregister_thread(void);
void urcu_memb_read_lock(void);
void urcu_memb_read_unlock(void);

#endif /* BENCH_SUBSTITUTE_URCU_MEMB_H */
