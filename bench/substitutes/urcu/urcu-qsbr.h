/* SPDX-License-Identifier: MIT */
/* What refs.c names of liburcu, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_URCU_QSBR_H
#define BENCH_SUBSTITUTE_URCU_QSBR_H

void urcu_qsbr_register_thread(void);
void urcu_qsbr_unregister_thread(void);
void urcu_qsbr_read_lock(void);
void urcu_qsbr_read_unlock(void);
void urcu_qsbr_quiescent_state(void);

#endif /* BENCH_SUBSTITUTE_URCU_QSBR_H */
