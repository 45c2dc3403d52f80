/* SPDX-License-Identifier: MIT */
/*
 * What the Win32 functions on keys share.
 */
#ifndef NT_WIN32_REGISTRY_H
#define NT_WIN32_REGISTRY_H

#include "nt/win32/win32.h"

/* A key that a call uses: a handle of the caller's, or one of the predefined keys, which is opened for the call. */
struct used_key
{
    HANDLE handle;
    bool is_opened;
};

/* Zero, or the error. Every success needs the other. */
LONG key_use(HKEY key, struct used_key *ret_used);
void key_use_end(struct used_key *used);

/* Where a predefined key is in the registry; NULL for a handle. And a handle of the caller's own to what it stands for. */
const WCHAR *key_predefined_path(HKEY key);
LONG key_open_predefined(HKEY key, HANDLE *ret_handle);

/* A key below, or the key itself again for a path that is NULL or empty. */
LONG key_open_below(HKEY key, const WCHAR *path, REGSAM access, struct used_key *ret_used);

/* The error of a status, as these functions return it. */
LONG key_error(NTSTATUS status);

UNICODE_STRING key_text(const WCHAR *text);

/*
 * The value with its name, in a block of *ret_size bytes for platform_free(). By name, or by place when that is NULL.
 */
struct key_value
{
    ULONG title;
    ULONG type;
    ULONG data_offset;
    ULONG data_length;
    ULONG name_length;
    WCHAR name[];
};
LONG key_read_value(HANDLE key, const WCHAR *name, ULONG index, struct key_value **ret_value, ULONG *ret_size);

/* Text of counted bytes into a narrow buffer of *size bytes, or its size alone when that is NULL; ERROR_MORE_DATA. */
LONG key_give_narrow(const WCHAR *from, DWORD bytes, BYTE *to, DWORD *size);

/* What a key says of itself. */
struct key_facts
{
    LARGE_INTEGER written;
    ULONG title;
    ULONG class_offset;
    ULONG class_length;
    ULONG subkeys;
    ULONG longest_name;
    ULONG longest_class;
    ULONG values;
    ULONG longest_value_name;
    ULONG largest_value;
    WCHAR class[];
};

/* A subkey: its name, and the class at class_offset unless that is -1. */
struct key_entry
{
    LARGE_INTEGER written;
    ULONG title;
    ULONG class_offset;
    ULONG class_length;
    ULONG name_length;
    WCHAR name[];
};

/* Both in a block of *ret_size bytes for platform_free(). */
LONG key_read_facts(HANDLE key, struct key_facts **ret_facts, ULONG *ret_size);
LONG key_read_entry(HANDLE key, ULONG index, struct key_entry **ret_entry, ULONG *ret_size);

/* The subkey, and the value, at a place of a key that may be predefined. */
LONG key_enumerate(HKEY key, DWORD index, struct key_entry **ret_entry, ULONG *ret_size);
LONG key_enumerate_values(HKEY key, DWORD index, struct key_value **ret_value, ULONG *ret_size);

/* Whether the data of this type is text, which the A functions convert. */
static inline bool key_is_text(DWORD type)
{
    return type == REG_SZ || type == REG_EXPAND_SZ || type == REG_MULTI_SZ;
}

#endif /* NT_WIN32_REGISTRY_H */
