/* SPDX-License-Identifier: MIT */
/*
 * The registry as text: files as regedit reads and writes them.
 */
#ifndef NT_REGISTRY_TEXT_H
#define NT_REGISTRY_TEXT_H

#include "nt/internal.h"

/* Larger texts are refused. */
#define TEXT_LARGEST (256u * 1024 * 1024)

/*
 * Does what a text says, all of it or nothing. It is UTF-16 with a byte order mark, or UTF-8, and begins with "Windows Registry
 * Editor Version 5.00" or "REGEDIT4". The name is what a message calls the text: "NAME:LINE: what is wrong". STATUS_INVALID_PARAMETER
 * for a text that is none, otherwise what the first change that failed returned. IRQL: PASSIVE_LEVEL.
 */
RUNTIME_API NTSTATUS registry_import(const char *name, const void *bytes, size_t size, char *message, size_t message_size);

/*
 * A key and all below it as such a text (5.00, UTF-16 with a byte order mark), in memory that registry_export_free() takes back. The
 * key is named as in the text, such as HKEY_LOCAL_MACHINE\Software, in UTF-8. Links are left out: the text has no words for
 * them. STATUS_OBJECT_NAME_INVALID for a name with a line end in it, which the text cannot hold.
 */
RUNTIME_API NTSTATUS registry_export(const char *key, void **ret_bytes, size_t *ret_size);
RUNTIME_API void registry_export_free(void *bytes, size_t size);

/* One of the names that a text's keys begin with, and the path from the root of the registry that it stands for. */
struct text_root
{
    UNICODE_STRING name;
    UNICODE_STRING path;
};

/*
 * The root that a name begins with, NULL when there is none; what comes behind it, without the back slash, in *ret_rest.
 */
const struct text_root *text_find_root(const UNICODE_STRING *name, UNICODE_STRING *ret_rest);

#endif /* NT_REGISTRY_TEXT_H */
