/* SPDX-License-Identifier: MIT */
/*
 * The machine's firmware.
 */
#include "nt/internal.h"

typedef ULONG DWORD;

#include "nt/win32/native_firmware.h"

#include "nt/rtl/string.h"
#include "nt/win32/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TABLES_OF_SMBIOS "/sys/firmware/dmi/tables/"
#define TABLES_OF_ACPI "/sys/firmware/acpi/tables/"
#define VARIABLES "/sys/firmware/efi/efivars/"
#define ATTRIBUTE_APPEND 0x00000040u

/* What GetSystemFirmwareTable puts in front of the tables of SMBIOS. */
struct raw_smbios
{
    uint8_t used_20_calling_method;
    uint8_t major;
    uint8_t minor;
    uint8_t revision;
    uint32_t length;
};

struct firmware_variable
{
    struct firmware_variable *next;
    UNICODE_STRING name;
    GUID vendor;
    ULONG attributes;
    ULONG length;
    void *value;
};

/*
 * Files.
 */
static NTSTATUS status_of_error(int error)
{
    switch (error)
    {
        case ENOENT:
        case ENOTDIR:
            return STATUS_NOT_FOUND;
        case EACCES:
        case EPERM:
        case EROFS:
            return STATUS_PRIVILEGE_NOT_HELD;
        case ENOSPC:
            return STATUS_INSUFFICIENT_RESOURCES;
        default:
            return STATUS_IO_DEVICE_ERROR;
    }
}

/* Reads at most size bytes; *ret_length tells how long the file is. */
static NTSTATUS read_file(const char *path, void *buffer, size_t size, size_t *ret_length)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    unsigned char rest[512];
    ssize_t got;

    *ret_length = 0;
    if (descriptor < 0)
    {
        return status_of_error(errno);
    }
    do
    {
        bool fits = *ret_length < size;

        got =
            fits ? read(descriptor, (char *)buffer + *ret_length, size - *ret_length) : read(descriptor, rest, sizeof(rest));
        *ret_length += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    (void)close(descriptor);
    return got < 0 ? STATUS_IO_DEVICE_ERROR : STATUS_SUCCESS;
}

/*
 * Tables.
 */

/* The version stands in the entry point, whose two forms begin differently. */
static NTSTATUS read_version(struct raw_smbios *header)
{
    unsigned char entry[32] = {0};
    size_t length;
    NTSTATUS status = read_file(TABLES_OF_SMBIOS "smbios_entry_point", entry, sizeof(entry), &length);
    bool third = memcmp(entry, "_SM3_", 5) == 0;

    header->major = third ? entry[7] : entry[6];
    header->minor = third ? entry[8] : entry[7];
    header->revision = third ? entry[9] : entry[30];
    return status;
}

static NTSTATUS smbios_table(void *buffer, DWORD size, DWORD *ret_needed)
{
    struct raw_smbios header = {0};
    NTSTATUS status = read_version(&header);
    size_t room = size > sizeof(header) ? size - sizeof(header) : 0;
    size_t length = 0;

    if (NT_SUCCESS(status))
    {
        status = read_file(TABLES_OF_SMBIOS "DMI", (char *)buffer + sizeof(header), room, &length);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    *ret_needed = (DWORD)(length + sizeof(header));
    if (size < *ret_needed)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    header.length = (uint32_t)length;
    memcpy(buffer, &header, sizeof(header));
    return STATUS_SUCCESS;
}

/* An ACPI table is named by its signature, whose first character is the lowest byte of the identifier. */
static NTSTATUS acpi_table(DWORD identifier, void *buffer, DWORD size, DWORD *ret_needed)
{
    char path[sizeof(TABLES_OF_ACPI) + 4] = TABLES_OF_ACPI;
    size_t length;
    NTSTATUS status;

    memcpy(path + sizeof(TABLES_OF_ACPI) - 1, &identifier, 4);
    if (memchr(&identifier, '/', 4) != NULL || memchr(&identifier, '\0', 4) != NULL)
    {
        return STATUS_NOT_FOUND;
    }
    status = read_file(path, buffer, size, &length);
    *ret_needed = (DWORD)length;
    return NT_SUCCESS(status) && length > size ? STATUS_BUFFER_TOO_SMALL : status;
}

NTSTATUS native_firmware_table(DWORD provider, DWORD identifier, void *buffer, DWORD size, DWORD *ret_needed)
{
    *ret_needed = 0;
    switch (provider)
    {
        case FIRMWARE_RSMB:
            return identifier == 0 ? smbios_table(buffer, size, ret_needed) : STATUS_NOT_FOUND;
        case FIRMWARE_ACPI:
            return acpi_table(identifier, buffer, size, ret_needed);
        default:
            return STATUS_NOT_IMPLEMENTED;
    }
}

static NTSTATUS list_acpi(DWORD *identifiers, DWORD size, DWORD *ret_needed)
{
    DIR *folder = opendir(TABLES_OF_ACPI);
    const struct dirent *entry;

    if (folder == NULL)
    {
        return STATUS_NOT_FOUND;
    }
    while ((entry = readdir(folder)) != NULL)
    {
        if (strlen(entry->d_name) == 4)
        {
            if (*ret_needed + sizeof(DWORD) <= size)
            {
                memcpy((char *)identifiers + *ret_needed, entry->d_name, sizeof(DWORD));
            }
            *ret_needed += sizeof(DWORD);
        }
    }
    (void)closedir(folder);
    return *ret_needed > size ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS;
}

NTSTATUS native_firmware_tables(DWORD provider, void *buffer, DWORD size, DWORD *ret_needed)
{
    *ret_needed = 0;
    if (provider == FIRMWARE_ACPI)
    {
        return list_acpi(buffer, size, ret_needed);
    }
    if (provider != FIRMWARE_RSMB)
    {
        return STATUS_NOT_IMPLEMENTED;
    }
    *ret_needed = sizeof(DWORD);
    if (size < sizeof(DWORD))
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memset(buffer, 0, sizeof(DWORD));
    return STATUS_SUCCESS;
}

/*
 * Variables in memory. Called with the lock held.
 */
static struct firmware_variable **find_in_memory(const UNICODE_STRING *name, const GUID *vendor)
{
    struct firmware_variable **place = &win32()->firmware;

    /* Names of variables are told apart by case. */
    while (*place != NULL &&
           !((*place)->name.Length == name->Length && memcmp((*place)->name.Buffer, name->Buffer, name->Length) == 0 &&
             memcmp(&(*place)->vendor, vendor, sizeof(*vendor)) == 0))
    {
        place = &(*place)->next;
    }
    return place;
}

static void variable_free(struct firmware_variable *variable)
{
    string_free(&variable->name);
    platform_free(variable->value, variable->length);
    platform_free(variable, sizeof(*variable));
}

static NTSTATUS read_memory(const UNICODE_STRING *name, const GUID *vendor, void *value, ULONG *length, ULONG *attributes)
{
    const struct firmware_variable *variable = *find_in_memory(name, vendor);
    ULONG size = *length;

    if (variable == NULL)
    {
        return STATUS_VARIABLE_NOT_FOUND;
    }
    *length = variable->length;
    if (variable->length > size)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memcpy(value, variable->value, variable->length);
    if (attributes != NULL)
    {
        *attributes = variable->attributes;
    }
    return STATUS_SUCCESS;
}

/* A variable with what is there already in front of the value, when that is to be appended. */
static struct firmware_variable *variable_make(const UNICODE_STRING *name, const GUID *vendor,
                                               const struct firmware_variable *before, const void *value, ULONG length)
{
    struct firmware_variable *variable = platform_zalloc(sizeof(*variable));
    ULONG kept = before == NULL ? 0 : before->length;

    if (variable == NULL)
    {
        return NULL;
    }
    variable->vendor = *vendor;
    variable->length = kept + length;
    variable->value = platform_alloc(variable->length);
    if (variable->value == NULL || !NT_SUCCESS(string_duplicate(name, &variable->name)))
    {
        if (variable->value != NULL)
        {
            platform_free(variable->value, variable->length);
        }
        platform_free(variable, sizeof(*variable));
        return NULL;
    }
    if (kept != 0)
    {
        memcpy(variable->value, before->value, kept);
    }
    memcpy((char *)variable->value + kept, value, length);
    return variable;
}

static NTSTATUS write_memory(const UNICODE_STRING *name, const GUID *vendor, const void *value, ULONG length,
                             ULONG attributes)
{
    bool append = (attributes & ATTRIBUTE_APPEND) != 0;
    struct firmware_variable **place = find_in_memory(name, vendor);
    struct firmware_variable *before = *place;
    struct firmware_variable *variable = NULL;

    if (length == 0 && (before == NULL || append))
    {
        return before == NULL ? STATUS_VARIABLE_NOT_FOUND : STATUS_SUCCESS;
    }
    if (length != 0)
    {
        variable = variable_make(name, vendor, append ? before : NULL, value, length);
        if (variable == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        variable->attributes = attributes & ~ATTRIBUTE_APPEND;
        variable->next = before == NULL ? NULL : before->next;
        *place = variable;
    }
    else
    {
        *place = before->next;
    }
    if (before != NULL)
    {
        variable_free(before);
    }
    return STATUS_SUCCESS;
}

void firmware_use_memory(void)
{
    struct win32 *state = win32();

    platform_mutex_lock(&state->firmware_lock);
    while (state->firmware != NULL)
    {
        struct firmware_variable *variable = state->firmware;

        state->firmware = variable->next;
        variable_free(variable);
    }
    state->firmware_in_memory = true;
    platform_mutex_unlock(&state->firmware_lock);
}

/*
 * Variables of Linux: a file each, whose first four bytes are the attributes.
 */
static NTSTATUS variable_path(const UNICODE_STRING *name, const GUID *vendor, char *path, size_t size)
{
    char *text = string_to_utf8(name);
    int length;

    if (text == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    length = snprintf(path, size, VARIABLES "%s-%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", text, vendor->Data1,
                      vendor->Data2, vendor->Data3, vendor->Data4[0], vendor->Data4[1], vendor->Data4[2], vendor->Data4[3],
                      vendor->Data4[4], vendor->Data4[5], vendor->Data4[6], vendor->Data4[7]);
    if (strchr(text, '/') != NULL || length < 0 || (size_t)length >= size)
    {
        string_free_utf8(text);
        return STATUS_INVALID_PARAMETER;
    }
    string_free_utf8(text);
    return STATUS_SUCCESS;
}

static NTSTATUS read_linux(const char *path, void *value, ULONG *length, ULONG *attributes)
{
    size_t size = (size_t)*length + sizeof(uint32_t);
    char *content = platform_alloc(size);
    uint32_t found = 0;
    size_t got;
    NTSTATUS status;

    if (content == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = read_file(path, content, size, &got);
    if (NT_SUCCESS(status) && got >= sizeof(found))
    {
        *length = (ULONG)(got - sizeof(found));
        status = got > size ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS;
        memcpy(&found, content, sizeof(found));
        if (NT_SUCCESS(status))
        {
            memcpy(value, content + sizeof(found), *length);
        }
        if (attributes != NULL)
        {
            *attributes = found;
        }
    }
    platform_free(content, size);
    return status == STATUS_NOT_FOUND ? STATUS_VARIABLE_NOT_FOUND : status;
}

static NTSTATUS write_linux(const char *path, const void *value, ULONG length, ULONG attributes)
{
    size_t size = (size_t)length + sizeof(uint32_t);
    int descriptor;
    char *content;
    bool done;
    NTSTATUS status;

    if (length == 0 && (attributes & ATTRIBUTE_APPEND) == 0)
    {
        status = unlink(path) == 0 ? STATUS_SUCCESS : status_of_error(errno);
        return status == STATUS_NOT_FOUND ? STATUS_VARIABLE_NOT_FOUND : status;
    }
    content = platform_alloc(size);
    if (content == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memcpy(content, &attributes, sizeof(uint32_t));
    memcpy(content + sizeof(uint32_t), value, length);
    /* One write is one variable: a short one changes nothing. */
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    done = descriptor >= 0 && write(descriptor, content, size) == (ssize_t)size;
    status = done ? STATUS_SUCCESS : status_of_error(errno);
    if (descriptor >= 0)
    {
        (void)close(descriptor);
    }
    platform_free(content, size);
    return status;
}

bool native_firmware_has_variables(void)
{
    return platform_atomic_load(&win32()->firmware_in_memory) || access(VARIABLES, F_OK) == 0;
}

NTSTATUS native_firmware_read(const UNICODE_STRING *name, const GUID *vendor, void *value, ULONG *length, ULONG *attributes)
{
    struct win32 *state = win32();
    char path[1024];
    NTSTATUS status;

    if (!native_firmware_has_variables())
    {
        return STATUS_NOT_IMPLEMENTED;
    }
    if (platform_atomic_load(&state->firmware_in_memory))
    {
        platform_mutex_lock(&state->firmware_lock);
        status = read_memory(name, vendor, value, length, attributes);
        platform_mutex_unlock(&state->firmware_lock);
        return status;
    }
    status = variable_path(name, vendor, path, sizeof(path));
    return NT_SUCCESS(status) ? read_linux(path, value, length, attributes) : status;
}

NTSTATUS native_firmware_write(const UNICODE_STRING *name, const GUID *vendor, const void *value, ULONG length,
                               ULONG attributes)
{
    struct win32 *state = win32();
    char path[1024];
    NTSTATUS status;

    if (!native_firmware_has_variables())
    {
        return STATUS_NOT_IMPLEMENTED;
    }
    if (platform_atomic_load(&state->firmware_in_memory))
    {
        platform_mutex_lock(&state->firmware_lock);
        status = write_memory(name, vendor, value, length, attributes);
        platform_mutex_unlock(&state->firmware_lock);
        return status;
    }
    status = variable_path(name, vendor, path, sizeof(path));
    return NT_SUCCESS(status) ? write_linux(path, value, length, attributes) : status;
}

/*
 * Published entry points of the kernel flavour.
 */
NTSTATUS ExGetFirmwareEnvironmentVariable(PUNICODE_STRING VariableName, LPGUID VendorGuid, PVOID Value, PULONG ValueLength,
                                          PULONG Attributes)
{
    return native_firmware_read(VariableName, VendorGuid, Value, ValueLength, Attributes);
}

NTSTATUS ExSetFirmwareEnvironmentVariable(PUNICODE_STRING VariableName, LPGUID VendorGuid, PVOID Value, ULONG ValueLength,
                                          ULONG Attributes)
{
    return native_firmware_write(VariableName, VendorGuid, Value, ValueLength, Attributes);
}

FIRMWARE_TYPE ExGetFirmwareType(VOID)
{
    return native_firmware_has_variables() ? FirmwareTypeUefi : FirmwareTypeBios;
}
