/* SPDX-License-Identifier: MIT */
/*
 * The machine's firmware: its tables as Linux shows them, and its variables, from Linux's efivarfs or, for tests, from memory.
 * Included after either flavour's headers.
 */
#ifndef NT_WIN32_NATIVE_FIRMWARE_H
#define NT_WIN32_NATIVE_FIRMWARE_H

#include <stdbool.h>

#define FIRMWARE_RSMB 0x52534D42u
#define FIRMWARE_ACPI 0x41435049u

/*
 * Copies a table, or the list of their identifiers. *ret_needed receives its length. STATUS_BUFFER_TOO_SMALL, STATUS_NOT_FOUND,
 * STATUS_NOT_IMPLEMENTED for a provider that there is not.
 */
NTSTATUS native_firmware_table(DWORD provider, DWORD identifier, void *buffer, DWORD size, DWORD *ret_needed);
NTSTATUS native_firmware_tables(DWORD provider, void *buffer, DWORD size, DWORD *ret_needed);

/*
 * Variables. Reading: *length is the buffer's size, then the value's; the attributes may be NULL. Writing no bytes deletes.
 * STATUS_NOT_IMPLEMENTED on a machine whose firmware has none, STATUS_VARIABLE_NOT_FOUND, STATUS_BUFFER_TOO_SMALL,
 * STATUS_PRIVILEGE_NOT_HELD when Linux refuses.
 */
NTSTATUS native_firmware_read(const UNICODE_STRING *name, const GUID *vendor, void *value, ULONG *length, ULONG *attributes);
NTSTATUS native_firmware_write(const UNICODE_STRING *name, const GUID *vendor, const void *value, ULONG length,
                               ULONG attributes);
bool native_firmware_has_variables(void);

/* From here on the variables are in memory, and there are none at first. For tests. */
__attribute__((visibility("default"))) void firmware_use_memory(void);

#endif /* NT_WIN32_NATIVE_FIRMWARE_H */
