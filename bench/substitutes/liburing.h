/* SPDX-License-Identifier: MIT */
/*
 * What objs.c says about liburing, declared so that the rest of it compiles without that library. No layout is real.
 */
#ifndef BENCH_SUBSTITUTE_LIBURING_H
#define BENCH_SUBSTITUTE_LIBURING_H

struct io_uring
{
    void *unused;
};

struct io_uring_params
{
    unsigned flags;
};

struct io_uring_sqe;
struct io_uring_cqe;

enum
{
    IORING_SETUP_SINGLE_ISSUER = 1 << 12,
    IORING_SETUP_DEFER_TASKRUN = 1 << 13,
};

int io_uring_queue_init_params(unsigned entries, struct io_uring *ring, struct io_uring_params *parameters);
struct io_uring_sqe *io_uring_get_sqe(struct io_uring *ring);
void io_uring_prep_nop(struct io_uring_sqe *entry);
int io_uring_submit_and_wait(struct io_uring *ring, unsigned count);
int io_uring_peek_cqe(struct io_uring *ring, struct io_uring_cqe **entry);
struct io_uring_cqe *io_uring_next_cqe(struct io_uring *ring, unsigned head);
void io_uring_cqe_seen(struct io_uring *ring, struct io_uring_cqe *entry);
void io_uring_cq_advance(struct io_uring *ring, unsigned count);

#define io_uring_for_each_cqe(ring, head, entry) for (head = 0; ((entry) = io_uring_next_cqe(ring, head)) != NULL; head++)

#endif /* BENCH_SUBSTITUTE_LIBURING_H */
