/* SPDX-License-Identifier: MIT */
/*
 * Files of a drive: what they can be asked, and what can be changed.
 */
#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/host/host.h"
#include "nt/object/namespace.h"
#include "nt/rtl/string.h"

static void fill_basic(const struct host_status *found, PFILE_BASIC_INFORMATION to)
{
    to->CreationTime.QuadPart = found->created;
    to->LastAccessTime.QuadPart = found->accessed;
    to->LastWriteTime.QuadPart = found->written;
    to->ChangeTime.QuadPart = found->changed;
    to->FileAttributes = host_attributes(found);
}

static void fill_standard(const struct host_file *file, const struct host_status *found, PFILE_STANDARD_INFORMATION to)
{
    to->AllocationSize.QuadPart = (LONGLONG)found->allocated;
    to->EndOfFile.QuadPart = (LONGLONG)found->size;
    to->DeletePending = file->control->delete_pending;
    to->NumberOfLinks = found->kind == HOST_DIRECTORY ? 1 : found->links - (to->DeletePending && found->links != 0 ? 1 : 0);
    to->Directory = found->kind == HOST_DIRECTORY;
}

static void fill_network(const struct host_status *found, PFILE_NETWORK_OPEN_INFORMATION to)
{
    to->CreationTime.QuadPart = found->created;
    to->LastAccessTime.QuadPart = found->accessed;
    to->LastWriteTime.QuadPart = found->written;
    to->ChangeTime.QuadPart = found->changed;
    to->AllocationSize.QuadPart = (LONGLONG)found->allocated;
    to->EndOfFile.QuadPart = (LONGLONG)found->size;
    to->FileAttributes = host_attributes(found);
}

/* Writes as much of the name as there is room for; STATUS_BUFFER_OVERFLOW says that it is not all. */
static NTSTATUS fill_name(const struct host_file *file, PFILE_NAME_INFORMATION to, ULONG length, ULONG *ret_used)
{
    ULONG room = length - FIELD_OFFSET(FILE_NAME_INFORMATION, FileName);
    UNICODE_STRING name;
    NTSTATUS status = host_name_now(file, &name);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    to->FileNameLength = name.Length;
    if (name.Length < room)
    {
        room = name.Length;
    }
    memcpy(to->FileName, name.Buffer, room);
    *ret_used = FIELD_OFFSET(FILE_NAME_INFORMATION, FileName) + room;
    status = room < name.Length ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
    string_free(&name);
    return status;
}

static NTSTATUS fill_all(const struct host_file *file, const struct host_status *found, PFILE_ALL_INFORMATION to,
                         ULONG length, ULONG *ret_used)
{
    NTSTATUS status;

    fill_basic(found, &to->BasicInformation);
    fill_standard(file, found, &to->StandardInformation);
    to->InternalInformation.IndexNumber.QuadPart = (LONGLONG)found->inode;
    to->EaInformation.EaSize = 0;
    status = fill_name(file, &to->NameInformation, length - FIELD_OFFSET(FILE_ALL_INFORMATION, NameInformation), ret_used);
    *ret_used += FIELD_OFFSET(FILE_ALL_INFORMATION, NameInformation);
    return status;
}

/* The I/O manager has checked that the length suffices for the fixed part of the class. */
static NTSTATUS fill(const struct host_file *file, const struct host_status *found, FILE_INFORMATION_CLASS class, void *to,
                     ULONG length, ULONG *ret_used)
{
    switch (class)
    {
        case FileBasicInformation:
            fill_basic(found, to);
            *ret_used = sizeof(FILE_BASIC_INFORMATION);
            return STATUS_SUCCESS;
        case FileStandardInformation:
            fill_standard(file, found, to);
            *ret_used = sizeof(FILE_STANDARD_INFORMATION);
            return STATUS_SUCCESS;
        case FileInternalInformation:
            ((PFILE_INTERNAL_INFORMATION)to)->IndexNumber.QuadPart = (LONGLONG)found->inode;
            *ret_used = sizeof(FILE_INTERNAL_INFORMATION);
            return STATUS_SUCCESS;
        case FileEaInformation:
            ((PFILE_EA_INFORMATION)to)->EaSize = 0;
            *ret_used = sizeof(FILE_EA_INFORMATION);
            return STATUS_SUCCESS;
        case FileNetworkOpenInformation:
            fill_network(found, to);
            *ret_used = sizeof(FILE_NETWORK_OPEN_INFORMATION);
            return STATUS_SUCCESS;
        case FileAttributeTagInformation:
            *(PFILE_ATTRIBUTE_TAG_INFORMATION)to =
                (FILE_ATTRIBUTE_TAG_INFORMATION){.FileAttributes = host_attributes(found)};
            *ret_used = sizeof(FILE_ATTRIBUTE_TAG_INFORMATION);
            return STATUS_SUCCESS;
        case FileNameInformation:
            return fill_name(file, to, length, ret_used);
        case FileAllInformation:
            return fill_all(file, found, to, length, ret_used);
        default:
            return STATUS_INVALID_PARAMETER;
    }
}

NTSTATUS host_query_information(struct host_file *file, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    struct host_status found;
    ULONG used = 0;
    NTSTATUS status = host_status_of(host_query(file->descriptor, &found));

    if (NT_SUCCESS(status))
    {
        status = fill(file, &found, location->Parameters.QueryFile.FileInformationClass, irp->AssociatedIrp.SystemBuffer,
                      location->Parameters.QueryFile.Length, &used);
    }
    irp->IoStatus.Information = used;
    return status;
}

/*
 * Changes.
 */

/* Times of zero stay, as do those of -1 and -2, which ask the file system to stop and to go on updating by itself. */
static int64_t wanted_time(LARGE_INTEGER time)
{
    return time.QuadPart > 0 ? time.QuadPart : 0;
}

static NTSTATUS set_basic(struct host_file *file, const FILE_BASIC_INFORMATION *wanted)
{
    ULONG attributes = wanted->FileAttributes;
    NTSTATUS status = STATUS_SUCCESS;

    if (wanted->CreationTime.QuadPart < -2 || wanted->LastAccessTime.QuadPart < -2 || wanted->LastWriteTime.QuadPart < -2 ||
        wanted->ChangeTime.QuadPart < -2 || (attributes & ~(ULONG)FILE_ATTRIBUTE_VALID_FLAGS) != 0 ||
        ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 && file->kind != HOST_DIRECTORY))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (wanted_time(wanted->LastAccessTime) != 0 || wanted_time(wanted->LastWriteTime) != 0)
    {
        status = host_status_of(
            host_set_times(file->descriptor, wanted_time(wanted->LastAccessTime), wanted_time(wanted->LastWriteTime)));
    }
    if (NT_SUCCESS(status) && attributes != 0 && file->kind == HOST_FILE)
    {
        status = host_status_of(host_set_read_only(file->descriptor, (attributes & FILE_ATTRIBUTE_READONLY) != 0));
    }
    return status;
}

static bool is_empty(struct host_file *file)
{
    struct host_path path;
    struct host_listing *listing;
    const char *name = NULL;

    if (!NT_SUCCESS(host_path_now(file, &path)) || host_list_open(file->drive->root, path.text, &listing) != 0)
    {
        return true;
    }
    (void)host_list_next(listing, &name);
    host_list_close(listing);
    return name == NULL;
}

static NTSTATUS set_disposition(struct host_file *file, bool delete)
{
    struct host_status found;
    NTSTATUS status = host_status_of(host_query(file->descriptor, &found));

    if (NT_SUCCESS(status) && delete)
    {
        if (found.read_only && file->kind == HOST_FILE)
        {
            return STATUS_CANNOT_DELETE;
        }
        if (file->kind == HOST_DIRECTORY && !is_empty(file))
        {
            return STATUS_DIRECTORY_NOT_EMPTY;
        }
    }
    if (NT_SUCCESS(status))
    {
        platform_mutex_lock(&host_file_system()->lock);
        file->control->delete_pending = delete;
        platform_mutex_unlock(&host_file_system()->lock);
    }
    return status;
}

/* A file cannot be made smaller or larger through a descriptor that only reads. */
static NTSTATUS set_size(struct host_file *file, LONGLONG size)
{
    if (size < 0 || file->kind != HOST_FILE)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return file->can_write ? host_status_of(host_set_size(file->descriptor, (uint64_t)size)) : STATUS_ACCESS_DENIED;
}

/* An allocation smaller than the file cuts it; a larger one is asked for and not seen in the size. */
static NTSTATUS set_allocation(struct host_file *file, LONGLONG size)
{
    struct host_status found;
    NTSTATUS status = host_status_of(host_query(file->descriptor, &found));

    if (!NT_SUCCESS(status) || size < 0 || (uint64_t)size < found.size)
    {
        return NT_SUCCESS(status) ? set_size(file, size) : status;
    }
    return file->can_write ? host_status_of(host_reserve(file->descriptor, (uint64_t)size)) : STATUS_ACCESS_DENIED;
}

/* The folder of a file, with the back slash at its end. */
static NTSTATUS own_folder(const struct host_file *file, UNICODE_STRING *ret_folder)
{
    NTSTATUS status = host_name_now(file, ret_folder);

    while (NT_SUCCESS(status) && ret_folder->Length > sizeof(WCHAR) &&
           ret_folder->Buffer[ret_folder->Length / sizeof(WCHAR) - 1] != '\\')
    {
        ret_folder->Length = (USHORT)(ret_folder->Length - sizeof(WCHAR));
    }
    return status;
}

/* A whole name leads through the namespace and must end at the same drive. */
static NTSTATUS target_by_path(const struct host_file *file, const UNICODE_STRING *name, UNICODE_STRING *ret_target)
{
    PDEVICE_OBJECT device;
    NTSTATUS status = namespace_find_device(NULL, name, &device, ret_target);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (device != file->drive->device)
    {
        string_free(ret_target);
        status = STATUS_NOT_SAME_DEVICE;
    }
    devobj_release(device);
    return status;
}

/* The new name of a rename or link: a whole one, one beside the old one, or one in the folder of a handle. */
static NTSTATUS find_target(const struct host_file *file, PIO_STACK_LOCATION location, const FILE_RENAME_INFORMATION *wanted,
                            UNICODE_STRING *ret_target)
{
    PFILE_OBJECT folder = location->Parameters.SetFile.FileObject;
    UNICODE_STRING name = {(USHORT)wanted->FileNameLength, (USHORT)wanted->FileNameLength, (PWCH)wanted->FileName};
    UNICODE_STRING base;
    NTSTATUS status;

    memset(ret_target, 0, sizeof(*ret_target));
    if (folder == NULL && name.Buffer[0] == '\\')
    {
        return target_by_path(file, &name, ret_target);
    }
    status = folder != NULL ? host_name_now(host_file_of(folder), &base) : own_folder(file, &base);
    if (NT_SUCCESS(status) && folder != NULL && base.Length > sizeof(WCHAR))
    {
        UNICODE_STRING with_separator;

        status = string_concatenate(&base, &STRING_LITERAL(L"\\"), &with_separator);
        string_free(&base);
        base = with_separator;
    }
    if (NT_SUCCESS(status))
    {
        status = string_concatenate(&base, &name, ret_target);
    }
    string_free(&base);
    return status;
}

/* What has the new name already. A file that is open is not replaced; one under another spelling of the same name is itself. */
static NTSTATUS check_target(const struct host_file *file, struct host_path *to, bool *ret_exists, bool *ret_is_same)
{
    struct host_path asked = *to;
    struct host_status found;
    int named;
    NTSTATUS status = host_path_resolve(file->drive, to, &named);

    *ret_exists = NT_SUCCESS(status);
    *ret_is_same = false;
    if (!*ret_exists)
    {
        return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_SUCCESS : status;
    }
    status = host_status_of(host_query(named, &found));
    host_close(named);
    if (NT_SUCCESS(status) && found.device == file->control->device && found.inode == file->control->inode)
    {
        *ret_is_same = true;
        *to = asked;
    }
    else if (NT_SUCCESS(status))
    {
        struct host_control *control = host_control_open(found.device, found.inode);

        status = control == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
        if (control != NULL)
        {
            bool in_the_way = control->opens > 1 || found.kind == HOST_DIRECTORY;

            status = in_the_way || found.read_only ? STATUS_ACCESS_DENIED : STATUS_SUCCESS;
            host_control_close(control);
        }
    }
    return status;
}

static NTSTATUS move_locked(struct host_file *file, const UNICODE_STRING *target, bool replace, bool is_link)
{
    struct host_path from;
    struct host_path to;
    bool exists;
    bool is_same;
    NTSTATUS status = host_path_parse(target, &to);

    if (NT_SUCCESS(status))
    {
        status = host_path_now(file, &from);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = check_target(file, &to, &exists, &is_same);
    if (exists && !is_same && !replace)
    {
        return STATUS_OBJECT_NAME_COLLISION;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    return host_status_of(is_link ? host_link(file->drive->root, from.text, to.text, replace) :
                                    host_rename(file->drive->root, from.text, to.text, replace || is_same));
}

static NTSTATUS set_name(struct host_file *file, PIO_STACK_LOCATION location, const FILE_RENAME_INFORMATION *wanted)
{
    bool is_link = location->Parameters.SetFile.FileInformationClass == FileLinkInformation;
    ULONG room = location->Parameters.SetFile.Length - FIELD_OFFSET(FILE_RENAME_INFORMATION, FileName);
    UNICODE_STRING target;
    NTSTATUS status;

    if (wanted->FileNameLength == 0 || wanted->FileNameLength % sizeof(WCHAR) != 0 || wanted->FileNameLength > room ||
        wanted->FileNameLength > UNICODE_STRING_MAX_BYTES)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (is_link && file->kind == HOST_DIRECTORY)
    {
        return STATUS_FILE_IS_A_DIRECTORY;
    }
    status = find_target(file, location, wanted, &target);
    if (NT_SUCCESS(status))
    {
        platform_mutex_lock(&host_file_system()->lock);
        status = move_locked(file, &target, wanted->ReplaceIfExists, is_link);
        platform_mutex_unlock(&host_file_system()->lock);
        string_free(&target);
    }
    return status;
}

NTSTATUS host_set_information(struct host_file *file, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    const void *wanted = irp->AssociatedIrp.SystemBuffer;

    switch (location->Parameters.SetFile.FileInformationClass)
    {
        case FileBasicInformation:
            return set_basic(file, wanted);
        case FileDispositionInformation:
            return set_disposition(file, ((const FILE_DISPOSITION_INFORMATION *)wanted)->DeleteFile);
        case FileEndOfFileInformation:
            return set_size(file, ((const FILE_END_OF_FILE_INFORMATION *)wanted)->EndOfFile.QuadPart);
        case FileAllocationInformation:
            return set_allocation(file, ((const FILE_ALLOCATION_INFORMATION *)wanted)->AllocationSize.QuadPart);
        case FileRenameInformation:
        case FileLinkInformation:
            return set_name(file, location, wanted);
        default:
            return STATUS_INVALID_PARAMETER;
    }
}
