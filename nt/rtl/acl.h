/* SPDX-License-Identifier: MIT */
/*
 * Access control lists: a header and entries that lie one behind the other.
 */
#ifndef NT_RTL_ACL_H
#define NT_RTL_ACL_H

#include "nt/internal.h"

/* Whether the list is whole: its entries lie within its size and, where their kind has one, have a whole identifier. */
bool acl_is_valid(const ACL *acl);

/* The entry with the number; the one behind the last entry for its number, NULL when the entries do not lie in the list. */
ACE_HEADER *acl_entry(const ACL *acl, ULONG index);

/* Appends an entry of one of the kinds that are a mask and an identifier. STATUS_ALLOTTED_SPACE_EXCEEDED without room. */
NTSTATUS acl_append(ACL *acl, ULONG revision, UCHAR type, UCHAR flags, ACCESS_MASK mask, PSID sid);

/* Whether an entry of the kind is a mask and an identifier. */
bool acl_kind_is_simple(UCHAR type);

#endif /* NT_RTL_ACL_H */
