/* SPDX-License-Identifier: MIT */
/*
 * What tests of the registry have in common: keys by path, short calls that must succeed.
 */
#ifndef REGISTRY_CASE_H
#define REGISTRY_CASE_H

#include <ntifs.h>

#include "nt_case.h"

/* Below this every case makes its own keys, and takes them away. */
#define PLACE L"\\Registry\\Machine\\Software\\Test"

/* A counted string over a literal. */
#define TEXT_OF(Text) ((UNICODE_STRING){sizeof(Text) - sizeof(WCHAR), sizeof(Text), (PWCH)(Text)})

/* Status of the call; the handle is NULL when it failed. */
NTSTATUS create_key(HANDLE root, const WCHAR *path, ULONG options, HANDLE *ret_handle, ULONG *ret_disposition);
NTSTATUS open_key(HANDLE root, const WCHAR *path, ACCESS_MASK access, HANDLE *ret_handle);

/* These stop when they fail. */
HANDLE made_key(HANDLE root, const WCHAR *path);
HANDLE opened_key(HANDLE root, const WCHAR *path);
void close_key(HANDLE handle);
void delete_key(HANDLE handle);
/* With everything below. Fine when there is none. */
void delete_tree(HANDLE root, const WCHAR *path);

NTSTATUS set_value(HANDLE key, const WCHAR *name, ULONG type, const void *data, ULONG size);
NTSTATUS set_number(HANDLE key, const WCHAR *name, ULONG number);
NTSTATUS delete_value(HANDLE key, const WCHAR *name);
/* The data of a value, at most room bytes; *ret_size is how many there are. */
NTSTATUS get_value(HANDLE key, const WCHAR *name, ULONG *ret_type, void *data, ULONG room, ULONG *ret_size);
/* Whether the key has this number. */
BOOLEAN has_number(HANDLE key, const WCHAR *name, ULONG number);

#endif /* REGISTRY_CASE_H */
