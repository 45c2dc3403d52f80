/* SPDX-License-Identifier: MIT */
/* What hash.c names of liburcu's hash tables, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_URCU_RCULFHASH_H
#define BENCH_SUBSTITUTE_URCU_RCULFHASH_H

struct cds_lfht;

struct cds_lfht_node
{
    struct cds_lfht_node *unused;
};

struct cds_lfht_iter
{
    struct cds_lfht_node *unused;
};

struct cds_lfht *cds_lfht_new(unsigned long size, unsigned long minimum, unsigned long maximum, int flags, void *attributes);
int cds_lfht_destroy(struct cds_lfht *table, void *attributes);
void cds_lfht_node_init(struct cds_lfht_node *node);
void cds_lfht_add(struct cds_lfht *table, unsigned long hash, struct cds_lfht_node *node);
int cds_lfht_del(struct cds_lfht *table, struct cds_lfht_node *node);
void cds_lfht_lookup(struct cds_lfht *table, unsigned long hash, int (*match)(struct cds_lfht_node *node, const void *key),
                     const void *key, struct cds_lfht_iter *iterator);
struct cds_lfht_node *cds_lfht_iter_get_node(struct cds_lfht_iter *iterator);

#define cds_lfht_for_each(table, iterator, node) \
    for (; cds_lfht_lookup(table, 0, NULL, NULL, iterator), (node = cds_lfht_iter_get_node(iterator)) != NULL;)

#endif /* BENCH_SUBSTITUTE_URCU_RCULFHASH_H */
