/* SPDX-License-Identifier: MIT */
/* What refs.c names of Concurrency Kit, for the parts that nobody calls. */
#ifndef BENCH_SUBSTITUTE_CK_EPOCH_H
#define BENCH_SUBSTITUTE_CK_EPOCH_H

typedef struct
{
    int unused;
} ck_epoch_t;
typedef ck_epoch_t ck_epoch_record_t;

void ck_epoch_init(ck_epoch_t *epoch);
void ck_epoch_register(ck_epoch_t *epoch, ck_epoch_record_t *record, void *context);
void ck_epoch_begin(ck_epoch_record_t *record, void *section);
void ck_epoch_end(ck_epoch_record_t *record, void *section);

#endif /* BENCH_SUBSTITUTE_CK_EPOCH_H */
