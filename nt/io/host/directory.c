/* SPDX-License-Identifier: MIT */
/*
 * Directories of a drive: their entries, by pattern; and what volumes can be asked.
 */
#include <errno.h>
#include <string.h>

#include "nt/io/host/host.h"
#include "nt/rtl/string.h"

/* The parts that entries of all classes but FileNamesInformation have, at the same offsets. */
struct entry_shape
{
    ULONG name_offset;
    bool only_name;
    ULONG file_id_offset;
};

static bool shape_of(FILE_INFORMATION_CLASS class, struct entry_shape *ret_shape)
{
    static const struct
    {
        FILE_INFORMATION_CLASS class;
        struct entry_shape shape;
    } known[] = {
        {FileDirectoryInformation, {FIELD_OFFSET(FILE_DIRECTORY_INFORMATION, FileName), false, 0}},
        {FileFullDirectoryInformation, {FIELD_OFFSET(FILE_FULL_DIR_INFORMATION, FileName), false, 0}},
        {FileBothDirectoryInformation, {FIELD_OFFSET(FILE_BOTH_DIR_INFORMATION, FileName), false, 0}},
        {FileIdBothDirectoryInformation,
         {FIELD_OFFSET(FILE_ID_BOTH_DIR_INFORMATION, FileName), false, FIELD_OFFSET(FILE_ID_BOTH_DIR_INFORMATION, FileId)}},
        {FileIdFullDirectoryInformation,
         {FIELD_OFFSET(FILE_ID_FULL_DIR_INFORMATION, FileName), false, FIELD_OFFSET(FILE_ID_FULL_DIR_INFORMATION, FileId)}},
        {FileNamesInformation, {FIELD_OFFSET(FILE_NAMES_INFORMATION, FileName), true, 0}},
    };

    for (size_t index = 0; index < ARRAYSIZE(known); index++)
    {
        if (known[index].class == class)
        {
            *ret_shape = known[index].shape;
            return true;
        }
    }
    return false;
}

/* Where entries go: the caller's buffer, and the place of the entry before, whose link is set when there is a next one. */
struct output
{
    unsigned char *buffer;
    ULONG size;
    ULONG used;
    ULONG *previous_link;
    ULONG previous_at;
    struct entry_shape shape;
    FILE_INFORMATION_CLASS class;
};

static void write_fixed(const struct output *output, unsigned char *to, const struct host_status *found)
{
    PFILE_DIRECTORY_INFORMATION entry = (PFILE_DIRECTORY_INFORMATION)(void *)to;

    entry->CreationTime.QuadPart = found->created;
    entry->LastAccessTime.QuadPart = found->accessed;
    entry->LastWriteTime.QuadPart = found->written;
    entry->ChangeTime.QuadPart = found->changed;
    entry->EndOfFile.QuadPart = (LONGLONG)found->size;
    entry->AllocationSize.QuadPart = (LONGLONG)found->allocated;
    entry->FileAttributes = host_attributes(found);
    if (output->shape.file_id_offset != 0)
    {
        ((PLARGE_INTEGER)(void *)(to + output->shape.file_id_offset))->QuadPart = (LONGLONG)found->inode;
    }
}

/*
 * Writes one entry. An entry that does not fit is only begun when it is the first: STATUS_BUFFER_OVERFLOW with part of its name.
 * STATUS_NO_MORE_ENTRIES: there is no room for it behind others.
 */
static NTSTATUS write_entry(struct output *output, const UNICODE_STRING *name, const struct host_status *found)
{
    ULONG at = (output->used + 7) & ~(ULONG)7;
    ULONG room = output->size > at + output->shape.name_offset ? output->size - at - output->shape.name_offset : 0;
    unsigned char *to = output->buffer + at;
    ULONG copied = name->Length < room ? name->Length : room & ~(ULONG)1;

    if (copied < name->Length && output->previous_link != NULL)
    {
        return STATUS_NO_MORE_ENTRIES;
    }
    memset(to, 0, output->shape.name_offset);
    if (output->shape.only_name)
    {
        ((PFILE_NAMES_INFORMATION)(void *)to)->FileNameLength = name->Length;
    }
    else
    {
        write_fixed(output, to, found);
        ((PFILE_DIRECTORY_INFORMATION)(void *)to)->FileNameLength = name->Length;
    }
    memcpy(to + output->shape.name_offset, name->Buffer, copied);
    if (output->previous_link != NULL)
    {
        *output->previous_link = at - output->previous_at;
    }
    output->previous_link = (ULONG *)(void *)to;
    output->previous_at = at;
    output->used = at + output->shape.name_offset + copied;
    return copied < name->Length ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

/* The two entries that every folder but the drive's own has come first. */
static const char *dot_entry(const struct host_file *file, const struct host_path *path)
{
    static const char *const names[] = {".", ".."};

    return path->text[0] != 0 && file->position < 2 ? names[file->position] : NULL;
}

/* The next name, which stays valid until the next call; NULL at the end. */
static NTSTATUS next_name(struct host_file *file, const struct host_path *path, const char **ret_name)
{
    *ret_name = dot_entry(file, path);
    file->position++;
    return *ret_name != NULL ? STATUS_SUCCESS : host_status_of(host_list_next(file->listing, ret_name));
}

/* An entry that did not fit is the first one of the next call. */
static NTSTATUS keep_name(struct host_file *file, const char *name)
{
    size_t size = strlen(name) + 1;

    file->kept_name = platform_alloc(size);
    if (file->kept_name == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memcpy(file->kept_name, name, size);
    return STATUS_SUCCESS;
}

static void forget_kept_name(struct host_file *file)
{
    if (file->kept_name != NULL)
    {
        platform_free(file->kept_name, strlen(file->kept_name) + 1);
        file->kept_name = NULL;
    }
}

/* Writes the entry with this name if the pattern wants it. Names that are no UTF-8 cannot be said, and so do not exist. */
static NTSTATUS offer(struct host_file *file, struct output *output, const char *name, bool *ret_written)
{
    struct host_status found;
    UNICODE_STRING text;
    NTSTATUS status = string_from_utf8(name, &text);

    *ret_written = false;
    if (status == STATUS_INSUFFICIENT_RESOURCES)
    {
        return status;
    }
    if (!NT_SUCCESS(status) || !host_matches(&file->pattern, &text) ||
        host_list_query(file->drive->root, file->listing, name, &found) != 0)
    {
        string_free(&text);
        return STATUS_SUCCESS;
    }
    status = write_entry(output, &text, &found);
    string_free(&text);
    *ret_written = status != STATUS_NO_MORE_ENTRIES;
    return status == STATUS_NO_MORE_ENTRIES ? keep_name(file, name) : status;
}

static NTSTATUS list(struct host_file *file, const struct host_path *path, struct output *output, bool single)
{
    NTSTATUS status = STATUS_SUCCESS;
    bool written = false;
    const char *name;

    if (file->kept_name != NULL)
    {
        status = offer(file, output, file->kept_name, &written);
        forget_kept_name(file);
    }
    while (status == STATUS_SUCCESS && !(single && written) && file->kept_name == NULL)
    {
        status = next_name(file, path, &name);
        if (!NT_SUCCESS(status) || name == NULL)
        {
            break;
        }
        status = offer(file, output, name, &written);
    }
    return status;
}

/* The first scan of a handle settles its pattern. */
static NTSTATUS begin(struct host_file *file, const struct host_path *path, PIO_STACK_LOCATION location)
{
    const UNICODE_STRING *pattern = (const UNICODE_STRING *)location->Parameters.QueryDirectory.FileName;
    NTSTATUS status = STATUS_SUCCESS;

    if (file->listing == NULL)
    {
        status = host_status_of(host_list_open(file->drive->root, path->text, &file->listing));
        if (NT_SUCCESS(status) && pattern != NULL && pattern->Length != 0)
        {
            status = string_duplicate(pattern, &file->pattern);
        }
    }
    else if ((location->Flags & SL_RESTART_SCAN) != 0)
    {
        host_list_rewind(file->listing);
        forget_kept_name(file);
        file->position = 0;
        file->found_any = false;
        if (pattern != NULL && pattern->Length != 0)
        {
            string_free(&file->pattern);
            status = string_duplicate(pattern, &file->pattern);
        }
    }
    return status;
}

static NTSTATUS query_locked(struct host_file *file, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    struct output output = {.buffer = irp->UserBuffer,
                            .size = location->Parameters.QueryDirectory.Length,
                            .class = location->Parameters.QueryDirectory.FileInformationClass};
    struct host_path path;
    NTSTATUS status;

    if (!shape_of(output.class, &output.shape))
    {
        return STATUS_INVALID_INFO_CLASS;
    }
    status = host_path_now(file, &path);
    if (NT_SUCCESS(status))
    {
        status = begin(file, &path, location);
    }
    if (NT_SUCCESS(status))
    {
        status = list(file, &path, &output, (location->Flags & SL_RETURN_SINGLE_ENTRY) != 0);
    }
    irp->IoStatus.Information = output.used;
    if (status == STATUS_SUCCESS && output.used == 0)
    {
        status = file->found_any ? STATUS_NO_MORE_FILES : STATUS_NO_SUCH_FILE;
    }
    file->found_any |= output.used != 0;
    return status;
}

NTSTATUS host_query_directory(struct host_file *file, PIRP irp)
{
    NTSTATUS status;

    if (IoGetCurrentIrpStackLocation(irp)->MinorFunction != IRP_MN_QUERY_DIRECTORY)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (file->kind != HOST_DIRECTORY)
    {
        return STATUS_INVALID_PARAMETER;
    }
    platform_mutex_lock(&host_file_system()->lock);
    status = query_locked(file, irp);
    platform_mutex_unlock(&host_file_system()->lock);
    return status;
}

/*
 * Volumes.
 */

#define SECTOR_SIZE 512

static NTSTATUS fill_volume(const struct host_volume *volume, PFILE_FS_VOLUME_INFORMATION to, ULONG *ret_used)
{
    *to = (FILE_FS_VOLUME_INFORMATION){.VolumeSerialNumber = (ULONG)(volume->identifier ^ volume->identifier >> 32)};
    *ret_used = FIELD_OFFSET(FILE_FS_VOLUME_INFORMATION, VolumeLabel);
    return STATUS_SUCCESS;
}

static NTSTATUS fill_attributes(const struct host_volume *volume, PFILE_FS_ATTRIBUTE_INFORMATION to, ULONG length,
                                ULONG *ret_used)
{
    static const WCHAR name[] = L"Linux";
    ULONG room = length - FIELD_OFFSET(FILE_FS_ATTRIBUTE_INFORMATION, FileSystemName);
    ULONG size = sizeof(name) - sizeof(WCHAR);
    ULONG copied = size < room ? size : room & ~(ULONG)1;

    to->FileSystemAttributes = FILE_CASE_PRESERVED_NAMES | FILE_CASE_SENSITIVE_SEARCH | FILE_UNICODE_ON_DISK |
                               FILE_SUPPORTS_SPARSE_FILES | FILE_SUPPORTS_HARD_LINKS |
                               (volume->read_only ? FILE_READ_ONLY_VOLUME : 0);
    to->MaximumComponentNameLength = volume->name_length;
    to->FileSystemNameLength = size;
    memcpy(to->FileSystemName, name, copied);
    *ret_used = FIELD_OFFSET(FILE_FS_ATTRIBUTE_INFORMATION, FileSystemName) + copied;
    return copied < size ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

static NTSTATUS fill_size(const struct host_volume *volume, PFILE_FS_SIZE_INFORMATION to, ULONG *ret_used)
{
    to->TotalAllocationUnits.QuadPart = (LONGLONG)volume->units;
    to->AvailableAllocationUnits.QuadPart = (LONGLONG)volume->available_to_caller;
    to->SectorsPerAllocationUnit = volume->unit_size / SECTOR_SIZE;
    to->BytesPerSector = SECTOR_SIZE;
    *ret_used = sizeof(*to);
    return STATUS_SUCCESS;
}

static NTSTATUS fill_full_size(const struct host_volume *volume, PFILE_FS_FULL_SIZE_INFORMATION to, ULONG *ret_used)
{
    to->TotalAllocationUnits.QuadPart = (LONGLONG)volume->units;
    to->CallerAvailableAllocationUnits.QuadPart = (LONGLONG)volume->available_to_caller;
    to->ActualAvailableAllocationUnits.QuadPart = (LONGLONG)volume->available;
    to->SectorsPerAllocationUnit = volume->unit_size / SECTOR_SIZE;
    to->BytesPerSector = SECTOR_SIZE;
    *ret_used = sizeof(*to);
    return STATUS_SUCCESS;
}

NTSTATUS host_query_volume_information(struct host_file *file, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    void *to = irp->AssociatedIrp.SystemBuffer;
    struct host_volume volume;
    ULONG used = 0;
    NTSTATUS status = host_status_of(host_query_volume(file->descriptor, &volume));

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    switch (location->Parameters.QueryVolume.FsInformationClass)
    {
        case FileFsVolumeInformation:
            status = fill_volume(&volume, to, &used);
            break;
        case FileFsAttributeInformation:
            status = fill_attributes(&volume, to, location->Parameters.QueryVolume.Length, &used);
            break;
        case FileFsSizeInformation:
            status = fill_size(&volume, to, &used);
            break;
        case FileFsFullSizeInformation:
            status = fill_full_size(&volume, to, &used);
            break;
        default:
            status = STATUS_INVALID_PARAMETER;
            break;
    }
    irp->IoStatus.Information = used;
    return status;
}
