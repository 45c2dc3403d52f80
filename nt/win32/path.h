/* SPDX-License-Identifier: MIT */
/*
 * Names of files and devices as programs write them, and as the native functions take them.
 *
 * A name is whole (Z:\folder\file), from the root (\folder\file or /folder/file, which is on drive Z), or from the current
 * directory. \\.\Name and \\?\Name name devices and files as they stand; so do the devices of old (NUL, COM1, ...) by their bare
 * names.
 */
#ifndef NT_WIN32_PATH_H
#define NT_WIN32_PATH_H

#include "nt/win32/win32.h"

#define PATH_LENGTH 4096

/* A native name with the structures that the native functions want. About eight kilobytes: callers have one at a time. */
struct native_path
{
    WCHAR text[PATH_LENGTH + 8];
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes;
    bool ends_in_separator;
};

/* Returns false, with the last error set, when there is no such name. */
bool path_make(struct native_path *path, const WCHAR *name, const SECURITY_ATTRIBUTES *security);

/*
 * The whole name, without dots and double separators; the buffer has PATH_LENGTH units. Zero, with the last error set, when it
 * is too long or empty.
 */
size_t path_whole(const WCHAR *name, WCHAR *buffer);

#endif /* NT_WIN32_PATH_H */
