/* SPDX-License-Identifier: MIT */
/*
 * Who may do what with an object that has a security descriptor: devices. A token stands for one of three kinds of people, and these
 * are the identifiers that each has in access control lists:
 *
 *   an administrator      SY, BA, and what the others have
 *   the process' own user OW, and what a stranger has
 *   a stranger            WD, AU, BU, IU
 *
 * Other identifiers are nobody's. The rules are those of discretionary lists: no list allows everything, an empty one nothing, entries
 * count in their order. Nothing here blocks or allocates, but for security_change(): PASSIVE_LEVEL.
 */
#ifndef NT_SECURITY_H
#define NT_SECURITY_H

#include "nt/internal.h"

struct token;

/* Of a device whose driver says nothing: everything for administrators and the process' own user. Never freed, never changed. */
RUNTIME_API PSECURITY_DESCRIPTOR security_default(void);
/* Accepts NULL and the default one. */
void security_free(PSECURITY_DESCRIPTOR descriptor);

/* The rights among `wanted`, which holds no generic ones, that the descriptor gives the token. Generic rights of entries are mapped. */
ACCESS_MASK security_rights(PSECURITY_DESCRIPTOR descriptor, const struct token *token, const GENERIC_MAPPING *mapping,
                            ACCESS_MASK wanted);

/*
 * A new descriptor: the parts that `what` names (OWNER_SECURITY_INFORMATION and so on) as `from` has them, the others as `old` has them.
 * STATUS_INVALID_SECURITY_DESCR when `from` is none, or lacks an owner or group that is asked for; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS security_change(PSECURITY_DESCRIPTOR old, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR from,
                         PSECURITY_DESCRIPTOR *ret_descriptor);

/* The parts that `what` names, into the buffer. STATUS_BUFFER_TOO_SMALL; *ret_needed is set in any case. */
NTSTATUS security_copy(PSECURITY_DESCRIPTOR descriptor, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR buffer, ULONG length,
                       ULONG *ret_needed);

#endif /* NT_SECURITY_H */
