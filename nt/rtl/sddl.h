/* SPDX-License-Identifier: MIT */
/*
 * Security descriptors as text (SDDL), both ways: what INF files and IoCreateDeviceSecure() say about a device.
 *
 * Understood are owner, group, both lists with their flags, and the entries that are a mask and an identifier: allow, deny,
 * audit, alarm, mandatory label. Entries with object types, conditions or attributes are refused as not supported. PASSIVE_LEVEL.
 */
#ifndef NT_RTL_SDDL_H
#define NT_RTL_SDDL_H

#include "nt/internal.h"

/*
 * Makes a self-relative descriptor; free it with sddl_free(). On failure *ret_position is where the text went wrong, in units:
 *   STATUS_INVALID_PARAMETER   the text is not SDDL, or says a part twice
 *   STATUS_INVALID_ACL         an entry has not six fields, or a kind, flag or right that is none
 *   STATUS_INVALID_SID         an identifier is neither "S-1-..." nor a known abbreviation
 *   STATUS_NOT_SUPPORTED       an entry of a kind that has object types, conditions or attributes
 *   STATUS_ALLOTTED_SPACE_EXCEEDED  a list would be longer than 64 KB
 *   STATUS_INSUFFICIENT_RESOURCES
 */
RUNTIME_API NTSTATUS sddl_parse(const UNICODE_STRING *text, PSECURITY_DESCRIPTOR *ret_descriptor, ULONG *ret_bytes,
                                size_t *ret_position);
RUNTIME_API void sddl_free(PSECURITY_DESCRIPTOR descriptor);

/*
 * Writes the parts that `what` asks for (OWNER_SECURITY_INFORMATION and so on) and the descriptor has, into pool memory with a
 * terminator; free it with RtlFreeUnicodeString(). STATUS_INVALID_SECURITY_DESCR, STATUS_NOT_SUPPORTED for an entry that has
 * no text here, STATUS_NAME_TOO_LONG, STATUS_INSUFFICIENT_RESOURCES.
 */
RUNTIME_API NTSTATUS sddl_format(PSECURITY_DESCRIPTOR descriptor, SECURITY_INFORMATION what, UNICODE_STRING *ret_text);

#endif /* NT_RTL_SDDL_H */
