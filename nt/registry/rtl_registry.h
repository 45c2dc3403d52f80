/* SPDX-License-Identifier: MIT */
/*
 * Keys named by one of RTL_REGISTRY_* and a path below it.
 */
#ifndef NT_RTL_REGISTRY_H
#define NT_RTL_REGISTRY_H

#include "nt/internal.h"

/*
 * Opens, or makes, the key. With RTL_REGISTRY_HANDLE the path is the handle, which stays the caller's; *ret_is_ours says
 * whether rtl_registry_close() closes.
 */
NTSTATUS rtl_registry_open(ULONG relative_to, const WCHAR *path, ACCESS_MASK access, bool creates, HANDLE *ret_handle,
                           bool *ret_is_ours);
void rtl_registry_close(HANDLE handle, bool is_ours);

/*
 * Replaces %NAME% by the text that the environment has for it: entries of NAME=text, a zero behind each and one more at the
 * end. The environment may be NULL. For string_free().
 */
NTSTATUS rtl_registry_expand(const void *environment, const UNICODE_STRING *source, UNICODE_STRING *ret_expanded);

#endif /* NT_RTL_REGISTRY_H */
