/* SPDX-License-Identifier: MIT */
/*
 * Events, semaphores and mutants as objects: with a name, perhaps, and handles.
 */
#ifndef NT_DISPATCHER_OBJECTS_H
#define NT_DISPATCHER_OBJECTS_H

#include "nt/object/object.h"

extern const struct object_type event_type;
extern const struct object_type semaphore_type;
extern const struct object_type mutant_type;

/*
 * Make one, or open the one that has the name: as object_insert() does, so STATUS_OBJECT_NAME_EXISTS or _COLLISION are possible.
 * The body is a KEVENT, KSEMAPHORE or KMUTANT. STATUS_INVALID_PARAMETER for values that the Ke functions would not take.
 */
NTSTATUS event_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, EVENT_TYPE type, bool state,
                             HANDLE *ret_handle);
NTSTATUS semaphore_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, LONG count, LONG limit,
                                 HANDLE *ret_handle);
NTSTATUS mutant_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, bool owned, HANDLE *ret_handle);

/* What a wait for a body waits for: its DISPATCHER_HEADER; NULL when it cannot be waited for. */
void *object_dispatcher(void *body);

#endif /* NT_DISPATCHER_OBJECTS_H */
