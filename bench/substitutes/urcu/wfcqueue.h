/* SPDX-License-Identifier: MIT */
/* What rings.c names of liburcu's queues, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_URCU_WFCQUEUE_H
#define BENCH_SUBSTITUTE_URCU_WFCQUEUE_H

struct cds_wfcq_node
{
    struct cds_wfcq_node *unused;
};

struct cds_wfcq_head
{
    struct cds_wfcq_node unused;
};

struct cds_wfcq_tail
{
    struct cds_wfcq_node *unused;
};

#define CDS_WFCQ_WOULDBLOCK ((struct cds_wfcq_node *)-1)

void cds_wfcq_init(struct cds_wfcq_head *head, struct cds_wfcq_tail *tail);
void cds_wfcq_node_init(struct cds_wfcq_node *node);
void cds_wfcq_enqueue(struct cds_wfcq_head *head, struct cds_wfcq_tail *tail, struct cds_wfcq_node *node);
struct cds_wfcq_node *__cds_wfcq_dequeue_blocking(struct cds_wfcq_head *head, struct cds_wfcq_tail *tail);
struct cds_wfcq_node *__cds_wfcq_dequeue_nonblocking(struct cds_wfcq_head *head, struct cds_wfcq_tail *tail);

#endif /* BENCH_SUBSTITUTE_URCU_WFCQUEUE_H */
