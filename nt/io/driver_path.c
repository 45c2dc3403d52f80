/* SPDX-License-Identifier: MIT */
/*
 * Where a driver's image lies: on drive Z:, which is all of Linux's tree.
 */
#include <string.h>

#include "nt/internal.h"
#include "nt/rtl/string.h"

#define DRIVER_PATH_TAG 'htpD'

/* Copies into memory that a driver frees with ExFreePool(). */
static NTSTATUS copy_to_pool(const UNICODE_STRING *path, PUNICODE_STRING ret_path)
{
    size_t bytes = path->Length + sizeof(WCHAR);
    WCHAR *buffer = ExAllocatePoolWithTag(PagedPool, bytes, DRIVER_PATH_TAG);

    if (buffer == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memcpy(buffer, path->Buffer, path->Length);
    buffer[path->Length / sizeof(WCHAR)] = 0;
    ret_path->Buffer = buffer;
    ret_path->Length = path->Length;
    ret_path->MaximumLength = (USHORT)bytes;
    return STATUS_SUCCESS;
}

static NTSTATUS nt_path_of(const char *path, UNICODE_STRING *ret_path)
{
    UNICODE_STRING converted;
    NTSTATUS status = string_from_utf8(path, &converted);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    for (size_t unit = 0; unit < converted.Length / sizeof(WCHAR); unit++)
    {
        converted.Buffer[unit] = converted.Buffer[unit] == '/' ? '\\' : converted.Buffer[unit];
    }
    status = string_concatenate(&STRING_LITERAL(L"\\??\\Z:"), &converted, ret_path);
    string_free(&converted);
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS IoQueryFullDriverPath(PDRIVER_OBJECT DriverObject, PUNICODE_STRING FullPath)
{
    const char *image = platform_image_path((const void *)(uintptr_t)DriverObject->DriverInit);
    UNICODE_STRING path;
    NTSTATUS status;

    /* Drivers that are part of the runtime have no DriverEntry; a relative path is that of a program, not of a driver. */
    if (DriverObject->DriverInit == NULL || image == NULL || image[0] != '/')
    {
        return STATUS_OBJECT_PATH_NOT_FOUND;
    }
    status = nt_path_of(image, &path);
    if (NT_SUCCESS(status))
    {
        status = copy_to_pool(&path, FullPath);
        string_free(&path);
    }
    return status;
}
