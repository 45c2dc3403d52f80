/* SPDX-License-Identifier: MIT */
/*
 * What the verifier looks at in requests: V01 to V08, V17, V19, V20, V31. Called for verified drivers only, and without locks; each
 * report changes nothing.
 */
#ifndef WDF_REQUEST_VERIFY_H
#define WDF_REQUEST_VERIFY_H

#include "wdf/request.h"
#include "wdf/verifier.h"

/* The driver uses a request that it does not own, in that function. */
void request_verify_unowned(struct request *request, const char *function);

/* The driver completes a request of its own; what it was formatted with has been released. */
void request_verify_completion(struct request *request, NTSTATUS status, ULONG_PTR information, const char *function);

/* The driver lets a request go on, to a queue or to a target. */
void request_verify_moved(struct request *request, const char *function);

/* The driver asks for a buffer. */
void request_verify_direction(struct request *request, bool output, const char *function);

/* The driver marks a request that is marked, or asks whether a marked one is cancelled. */
void request_verify_marked(struct request *request, const char *function);
void request_verify_asked(struct request *request, const char *function);

/* The driver unmarks. Noted before it is tried, because a request that is refused may be gone then. */
void request_verify_unmarking(struct request *request);

/* The driver deletes an object that is not its own to delete. True when that is reported. */
bool request_verify_deleted(struct object *object);

/* The driver asks for the file object of a device that makes none. */
void request_verify_file(struct request *request, const char *function);

#endif /* WDF_REQUEST_VERIFY_H */
