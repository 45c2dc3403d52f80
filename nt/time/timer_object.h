/* SPDX-License-Identifier: MIT */
/*
 * Timers as objects: with a name, perhaps, and handles.
 */
#ifndef NT_TIMER_OBJECT_H
#define NT_TIMER_OBJECT_H

#include "nt/object/object.h"

extern const struct object_type timer_type;

/* As object_insert() does, STATUS_OBJECT_NAME_EXISTS or _COLLISION are possible. STATUS_INVALID_PARAMETER for a wrong type. */
NTSTATUS timer_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, TIMER_TYPE type, HANDLE *ret_handle);

/* The call of a timer; the time is when it expired, in units of 100 nanoseconds. */
typedef void timer_object_routine(void *context, ULONG low, ULONG high);

/*
 * Starts or restarts the timer of a body. The routine, which may be NULL, is called on the calling thread, in an alertable wait
 * of the user flavour, after each expiry. The period is in milliseconds. Returns whether the timer was signalled.
 * IRQL: PASSIVE_LEVEL.
 */
bool timer_object_set(void *body, LARGE_INTEGER due, ULONG period, timer_object_routine *routine, void *context);

/* Stops it, and takes its call back. Returns whether it was signalled. IRQL: PASSIVE_LEVEL. */
bool timer_object_cancel(void *body);

#endif /* NT_TIMER_OBJECT_H */
