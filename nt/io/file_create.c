/* SPDX-License-Identifier: MIT */
/*
 * System services: open and create, and what is asked of a file by its name.
 */
#include <string.h>

#include "nt/io/file_object.h"
#include "nt/io/file_services.h"
#include "nt/io/irp.h"
#include "nt/object/manager.h"

struct create
{
    const OBJECT_ATTRIBUTES *attributes;
    ACCESS_MASK access;
    ULONG file_attributes;
    ULONG share;
    ULONG disposition;
    ULONG options;
    const LARGE_INTEGER *allocation;
    const void *extended;
    ULONG extended_length;
    KPROCESSOR_MODE mode;
};

/* Options that a directory can be created or opened with. */
#define DIRECTORY_OPTIONS                                                                                              \
    (FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT | FILE_WRITE_THROUGH |             \
     FILE_COMPLETE_IF_OPLOCKED | FILE_OPEN_FOR_BACKUP_INTENT | FILE_DELETE_ON_CLOSE | FILE_OPEN_FOR_FREE_SPACE_QUERY | \
     FILE_OPEN_BY_FILE_ID | FILE_NO_COMPRESSION | FILE_OPEN_REPARSE_POINT | FILE_OPEN_NO_RECALL | FILE_SESSION_AWARE)

static bool are_options_valid(const struct create *create)
{
    ULONG options = create->options;
    ULONG synchronous = options & (FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT);

    if ((options & ~(ULONG)FILE_VALID_OPTION_FLAGS) != 0 ||
        synchronous == (FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT) ||
        (synchronous != 0 && (create->access & SYNCHRONIZE) == 0) ||
        ((options & FILE_DELETE_ON_CLOSE) != 0 && (create->access & DELETE) == 0) ||
        ((options & FILE_NO_INTERMEDIATE_BUFFERING) != 0 && (create->access & FILE_APPEND_DATA) != 0 &&
         (create->access & FILE_WRITE_DATA) == 0))
    {
        return false;
    }
    return (options & (FILE_COMPLETE_IF_OPLOCKED | FILE_RESERVE_OPFILTER)) !=
           (FILE_COMPLETE_IF_OPLOCKED | FILE_RESERVE_OPFILTER);
}

static bool is_directory_valid(const struct create *create)
{
    if ((create->options & FILE_DIRECTORY_FILE) == 0)
    {
        return true;
    }
    return (create->options & ~(ULONG)DIRECTORY_OPTIONS) == 0 &&
           (create->disposition == FILE_CREATE || create->disposition == FILE_OPEN || create->disposition == FILE_OPEN_IF);
}

static bool is_valid(const struct create *create)
{
    return (create->file_attributes & ~(ULONG)FILE_ATTRIBUTE_VALID_FLAGS) == 0 &&
           (create->share & ~(ULONG)FILE_SHARE_VALID_FLAGS) == 0 && create->disposition <= FILE_MAXIMUM_DISPOSITION &&
           (create->allocation == NULL || create->allocation->QuadPart >= 0) && are_options_valid(create) &&
           is_directory_valid(create) && create->attributes != NULL &&
           create->attributes->Length == sizeof(*create->attributes) && create->attributes->ObjectName != NULL;
}

/* A file is not opened for nothing. */
static NTSTATUS map_access(ACCESS_MASK wanted, ACCESS_MASK *ret_granted)
{
    NTSTATUS status = object_map_access(&file_type, wanted, ret_granted);

    return NT_SUCCESS(status) && *ret_granted == 0 ? STATUS_ACCESS_DENIED : status;
}

/* Opens the file, referenced. */
static NTSTATUS open(struct create *create, struct file **ret_file, ULONG_PTR *ret_information)
{
    struct file_open_request request = {
        .path = create->attributes->ObjectName,
        .disposition = create->disposition,
        .options = create->options,
        .attributes = (USHORT)create->file_attributes,
        .share = (USHORT)create->share,
        .extended_attributes = create->extended,
        .extended_attributes_length = create->extended_length,
        .mode = create->mode,
        .is_administrator = platform_is_superuser(),
    };
    NTSTATUS status = map_access(create->access, &request.access);

    if (create->allocation != NULL)
    {
        request.allocation_size = *create->allocation;
    }
    if (NT_SUCCESS(status) && create->attributes->RootDirectory != NULL)
    {
        status = handle_lookup(create->attributes->RootDirectory, NULL, 0, &request.root);
    }
    if (NT_SUCCESS(status))
    {
        status = file_object_open(&request, ret_file, ret_information);
    }
    if (request.root != NULL)
    {
        object_release(request.root);
    }
    return status;
}

static NTSTATUS create_file(struct create *create, PHANDLE ret_handle, PIO_STATUS_BLOCK block)
{
    struct file *file;
    ULONG_PTR information;
    NTSTATUS created;
    NTSTATUS status;

    *ret_handle = NULL;
    if (!is_valid(create))
    {
        return STATUS_INVALID_PARAMETER;
    }
    created = open(create, &file, &information);
    if (!NT_SUCCESS(created))
    {
        return created;
    }
    status = handle_make(file, file->access, create->attributes->Attributes, ret_handle);
    if (NT_SUCCESS(status))
    {
        file->object.Flags |= FO_HANDLE_CREATED;
        block->Status = created;
        block->Information = information;
    }
    object_release(file);
    return NT_SUCCESS(status) ? created : status;
}

/* Asks a file that is open for nothing else. */
static NTSTATUS query_by_name(const OBJECT_ATTRIBUTES *attributes, FILE_INFORMATION_CLASS class, void *buffer, ULONG length,
                              KPROCESSOR_MODE mode)
{
    struct create create = {.attributes = attributes,
                            .access = FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                            .share = FILE_SHARE_VALID_FLAGS,
                            .disposition = FILE_OPEN,
                            .options = FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_REPARSE_POINT,
                            .mode = mode};
    IO_STATUS_BLOCK block;
    HANDLE handle;
    NTSTATUS status = create_file(&create, &handle, &block);

    if (NT_SUCCESS(status))
    {
        status = ZwQueryInformationFile(handle, &block, buffer, length, class);
        (void)handle_close(handle);
    }
    return status;
}

static NTSTATUS delete_file(const OBJECT_ATTRIBUTES *attributes, KPROCESSOR_MODE mode)
{
    struct create create = {.attributes = attributes,
                            .access = DELETE,
                            .share = FILE_SHARE_VALID_FLAGS,
                            .disposition = FILE_OPEN,
                            .options = FILE_DELETE_ON_CLOSE,
                            .mode = mode};
    IO_STATUS_BLOCK block;
    HANDLE handle;
    NTSTATUS status = create_file(&create, &handle, &block);

    return NT_SUCCESS(status) ? handle_close(handle) : status;
}

/*
 * Published entry points.
 */
NTSTATUS NtCreateFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                      PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER AllocationSize, ULONG FileAttributes, ULONG ShareAccess,
                      ULONG CreateDisposition, ULONG CreateOptions, PVOID EaBuffer, ULONG EaLength)
{
    struct create create = {ObjectAttributes, DesiredAccess,  FileAttributes, ShareAccess, CreateDisposition,
                            CreateOptions,    AllocationSize, EaBuffer,       EaLength,    UserMode};

    return create_file(&create, FileHandle, IoStatusBlock);
}

NTSTATUS NtOpenFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                    PIO_STATUS_BLOCK IoStatusBlock, ULONG ShareAccess, ULONG OpenOptions)
{
    return NtCreateFile(FileHandle, DesiredAccess, ObjectAttributes, IoStatusBlock, NULL, 0, ShareAccess, FILE_OPEN,
                        OpenOptions, NULL, 0);
}

NTSTATUS NtDeleteFile(POBJECT_ATTRIBUTES ObjectAttributes)
{
    return delete_file(ObjectAttributes, UserMode);
}

NTSTATUS NtQueryFullAttributesFile(POBJECT_ATTRIBUTES ObjectAttributes, PFILE_NETWORK_OPEN_INFORMATION FileInformation)
{
    return query_by_name(ObjectAttributes, FileNetworkOpenInformation, FileInformation, sizeof(*FileInformation), UserMode);
}

NTSTATUS ZwCreateFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                      PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER AllocationSize, ULONG FileAttributes, ULONG ShareAccess,
                      ULONG CreateDisposition, ULONG CreateOptions, PVOID EaBuffer, ULONG EaLength)
{
    struct create create = {ObjectAttributes, DesiredAccess,  FileAttributes, ShareAccess, CreateDisposition,
                            CreateOptions,    AllocationSize, EaBuffer,       EaLength,    KernelMode};

    return create_file(&create, FileHandle, IoStatusBlock);
}

NTSTATUS ZwOpenFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                    PIO_STATUS_BLOCK IoStatusBlock, ULONG ShareAccess, ULONG OpenOptions)
{
    return ZwCreateFile(FileHandle, DesiredAccess, ObjectAttributes, IoStatusBlock, NULL, 0, ShareAccess, FILE_OPEN,
                        OpenOptions, NULL, 0);
}

NTSTATUS ZwDeleteFile(POBJECT_ATTRIBUTES ObjectAttributes)
{
    return delete_file(ObjectAttributes, KernelMode);
}

NTSTATUS ZwQueryFullAttributesFile(POBJECT_ATTRIBUTES ObjectAttributes, PFILE_NETWORK_OPEN_INFORMATION FileInformation)
{
    return query_by_name(ObjectAttributes, FileNetworkOpenInformation, FileInformation, sizeof(*FileInformation),
                         KernelMode);
}

NTSTATUS NtQueryAttributesFile(POBJECT_ATTRIBUTES ObjectAttributes, PFILE_BASIC_INFORMATION FileInformation)
{
    return query_by_name(ObjectAttributes, FileBasicInformation, FileInformation, sizeof(*FileInformation), UserMode);
}

NTSTATUS IoCreateFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                      PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER AllocationSize, ULONG FileAttributes, ULONG ShareAccess,
                      ULONG Disposition, ULONG CreateOptions, PVOID EaBuffer, ULONG EaLength,
                      CREATE_FILE_TYPE CreateFileType, PVOID InternalParameters, ULONG Options)
{
    (void)InternalParameters;
    (void)Options;
    if (CreateFileType != CreateFileTypeNone)
    {
        return STATUS_NOT_SUPPORTED;
    }
    return ZwCreateFile(FileHandle, DesiredAccess, ObjectAttributes, IoStatusBlock, AllocationSize, FileAttributes,
                        ShareAccess, Disposition, CreateOptions, EaBuffer, EaLength);
}
