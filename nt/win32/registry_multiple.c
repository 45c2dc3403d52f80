/* SPDX-License-Identifier: MIT */
/*
 * Several values of a key at once, all as they were at one moment.
 */
#include "nt/win32/registry.h"

/* An entry of the engine's. */
struct multiple_entry
{
    UNICODE_STRING *name;
    ULONG size;
    ULONG offset;
    ULONG type;
};

NTSTATUS ZwQueryMultipleValueKey(HANDLE key, struct multiple_entry *entries, ULONG count, PVOID buffer, PULONG size,
                                 PULONG needed);

/* So that the memory for the names can be counted. */
#define MOST_VALUES (64u * 1024)

static void give_entries(const struct multiple_entry *entries, PVALENTW values, DWORD count, const char *buffer)
{
    for (DWORD index = 0; index < count; index++)
    {
        values[index].ve_valuelen = entries[index].size;
        values[index].ve_valueptr = (DWORD_PTR)(buffer + entries[index].offset);
        values[index].ve_type = entries[index].type;
    }
}

static LONG query(HANDLE key, struct multiple_entry *entries, PVALENTW values, DWORD count, LPWSTR buffer, LPDWORD size)
{
    ULONG room = buffer != NULL ? *size : 0;
    ULONG needed = 0;
    LONG error = key_error(ZwQueryMultipleValueKey(key, entries, count, buffer, &room, &needed));

    if (error == ERROR_SUCCESS || error == ERROR_MORE_DATA)
    {
        *size = needed;
    }
    if (error == ERROR_SUCCESS)
    {
        give_entries(entries, values, count, (const char *)buffer);
    }
    return error;
}

/* Entries and names in one block. */
static LONG query_all(HANDLE key, PVALENTW values, DWORD count, LPWSTR buffer, LPDWORD size)
{
    size_t bytes = count * (sizeof(struct multiple_entry) + sizeof(UNICODE_STRING));
    struct multiple_entry *entries = platform_zalloc(bytes);
    UNICODE_STRING *names = (UNICODE_STRING *)(void *)(entries + count);
    LONG error;

    if (entries == NULL)
    {
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    for (DWORD index = 0; index < count; index++)
    {
        names[index] = key_text(values[index].ve_valuename);
        entries[index].name = &names[index];
    }
    error = query(key, entries, values, count, buffer, size);
    platform_free(entries, bytes);
    return error;
}

LONG WINAPI RegQueryMultipleValuesW(HKEY hKey, PVALENTW val_list, DWORD num_vals, LPWSTR lpValueBuf, LPDWORD ldwTotsize)
{
    struct used_key used;
    LONG error;

    if (val_list == NULL || num_vals == 0 || num_vals > MOST_VALUES || ldwTotsize == NULL)
    {
        return ERROR_INVALID_PARAMETER;
    }
    error = key_use(hKey, &used);
    if (error == ERROR_SUCCESS)
    {
        error = query_all(used.handle, val_list, num_vals, lpValueBuf, ldwTotsize);
        key_use_end(&used);
    }
    return error;
}
