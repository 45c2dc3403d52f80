/* SPDX-License-Identifier: MIT */
/*
 * The verifier's rules about sending requests. Each function is called where the verifier is on, before what it looks at happens.
 */
#ifndef WDF_VERIFIER_SEND_H
#define WDF_VERIFIER_SEND_H

#include "wdf/io_target.h"

struct send_options;

/* A send: V07, V09 to V12, V15, V41, V51. */
void verifier_check_send(struct request *request, struct io_target *target, const struct send_options *options,
                         const char *function);

/* A format for this major function: V16. */
void verifier_check_format(struct request *request, UCHAR major, const char *function);

/* The question for a status: V14. */
void verifier_check_status(struct request *request);

/* A start, stop or purge: V51. */
void verifier_check_state_change(struct io_target *target, const char *function);

#endif /* WDF_VERIFIER_SEND_H */
