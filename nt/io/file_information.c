/* SPDX-License-Identifier: MIT */
/*
 * System services: what files and volumes can be asked, and what can be set.
 *
 * The I/O manager answers itself what it alone knows; everything else is the driver's.
 */
#include <string.h>

#include "nt/io/completion_port.h"
#include "nt/io/file_call.h"
#include "nt/io/file_services.h"

/* What a class needs: the least length of its buffer, and one of these rights. */
struct demand
{
    ULONG class;
    ULONG length;
    ACCESS_MASK access;
};

static const struct demand query_demands[] = {
    {FileBasicInformation, sizeof(FILE_BASIC_INFORMATION), FILE_READ_ATTRIBUTES},
    {FileStandardInformation, sizeof(FILE_STANDARD_INFORMATION), 0},
    {FileInternalInformation, sizeof(FILE_INTERNAL_INFORMATION), 0},
    {FileEaInformation, sizeof(FILE_EA_INFORMATION), 0},
    {FileAccessInformation, sizeof(FILE_ACCESS_INFORMATION), 0},
    {FileNameInformation, sizeof(FILE_NAME_INFORMATION), 0},
    {FilePositionInformation, sizeof(FILE_POSITION_INFORMATION), FILE_READ_DATA | FILE_WRITE_DATA},
    {FileModeInformation, sizeof(FILE_MODE_INFORMATION), 0},
    {FileAlignmentInformation, sizeof(FILE_ALIGNMENT_INFORMATION), 0},
    {FileAllInformation, sizeof(FILE_ALL_INFORMATION), FILE_READ_ATTRIBUTES},
    {FileStreamInformation, sizeof(FILE_STREAM_INFORMATION), 0},
    {FileIoCompletionNotificationInformation, sizeof(FILE_IO_COMPLETION_NOTIFICATION_INFORMATION), 0},
    {FileNetworkOpenInformation, sizeof(FILE_NETWORK_OPEN_INFORMATION), FILE_READ_ATTRIBUTES},
    {FileAttributeTagInformation, sizeof(FILE_ATTRIBUTE_TAG_INFORMATION), FILE_READ_ATTRIBUTES},
    {FileIsRemoteDeviceInformation, sizeof(FILE_IS_REMOTE_DEVICE_INFORMATION), 0},
};

static const struct demand set_demands[] = {
    {FileBasicInformation, sizeof(FILE_BASIC_INFORMATION), FILE_WRITE_ATTRIBUTES},
    {FileRenameInformation, sizeof(FILE_RENAME_INFORMATION), DELETE},
    {FileLinkInformation, sizeof(FILE_LINK_INFORMATION), 0},
    {FileDispositionInformation, sizeof(FILE_DISPOSITION_INFORMATION), DELETE},
    {FilePositionInformation, sizeof(FILE_POSITION_INFORMATION), FILE_READ_DATA | FILE_WRITE_DATA},
    {FileModeInformation, sizeof(FILE_MODE_INFORMATION), 0},
    {FileAllocationInformation, sizeof(FILE_ALLOCATION_INFORMATION), FILE_WRITE_DATA},
    {FileEndOfFileInformation, sizeof(FILE_END_OF_FILE_INFORMATION), FILE_WRITE_DATA},
    {FileValidDataLengthInformation, sizeof(FILE_VALID_DATA_LENGTH_INFORMATION), FILE_WRITE_DATA},
    {FileCompletionInformation, sizeof(FILE_COMPLETION_INFORMATION), 0},
    {FileReplaceCompletionInformation, sizeof(FILE_COMPLETION_INFORMATION), 0},
    {FileIoCompletionNotificationInformation, sizeof(FILE_IO_COMPLETION_NOTIFICATION_INFORMATION), 0},
};

static const struct demand volume_demands[] = {
    {FileFsVolumeInformation, sizeof(FILE_FS_VOLUME_INFORMATION), 0},
    {FileFsSizeInformation, sizeof(FILE_FS_SIZE_INFORMATION), 0},
    {FileFsDeviceInformation, sizeof(FILE_FS_DEVICE_INFORMATION), 0},
    {FileFsAttributeInformation, sizeof(FILE_FS_ATTRIBUTE_INFORMATION), 0},
    {FileFsFullSizeInformation, sizeof(FILE_FS_FULL_SIZE_INFORMATION), 0},
    {FileFsObjectIdInformation, sizeof(FILE_FS_OBJECTID_INFORMATION), 0},
};

/* Finds what a class needs, and the file. A class that is not in the table does not exist. */
static NTSTATUS begin(struct file_call *call, const struct demand *demands, size_t count, ULONG class, ULONG length)
{
    for (size_t index = 0; index < count; index++)
    {
        if (demands[index].class == class)
        {
            return length < demands[index].length ? STATUS_INFO_LENGTH_MISMATCH :
                                                    file_call_begin(call, demands[index].access);
        }
    }
    return STATUS_INVALID_INFO_CLASS;
}

/* The end of a call that the I/O manager has answered. */
static NTSTATUS answered(struct file_call *call, NTSTATUS status, ULONG_PTR information)
{
    call->block->Status = status;
    call->block->Information = NT_SUCCESS(status) ? information : 0;
    file_call_end(call);
    return status;
}

static ULONG mode_of(const struct file *file)
{
    return file->options & (FILE_WRITE_THROUGH | FILE_SEQUENTIAL_ONLY | FILE_NO_INTERMEDIATE_BUFFERING |
                            FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT | FILE_DELETE_ON_CLOSE);
}

static ULONG notification_of(const struct file *file)
{
    return ((file->object.Flags & FO_SKIP_COMPLETION_PORT) != 0 ? FILE_SKIP_COMPLETION_PORT_ON_SUCCESS : 0) |
           ((file->object.Flags & FO_SKIP_SET_EVENT) != 0 ? FILE_SKIP_SET_EVENT_ON_HANDLE : 0) |
           ((file->object.Flags & FO_SKIP_SET_FAST_IO) != 0 ? FILE_SKIP_SET_USER_EVENT_ON_FAST_IO : 0);
}

/* The parts of all information that the driver does not know. */
static void complete_all_information(const struct file_call *call, PFILE_ALL_INFORMATION all)
{
    all->AccessInformation.AccessFlags = call->access;
    all->PositionInformation.CurrentByteOffset = call->file->object.CurrentByteOffset;
    all->ModeInformation.Mode = mode_of(call->file);
    all->AlignmentInformation.AlignmentRequirement = call->file->device->AlignmentRequirement;
}

static NTSTATUS ask_driver(struct file_call *call, UCHAR major, const IO_STACK_LOCATION *location, void *buffer,
                           ULONG length)
{
    const struct file_io io = {.major = major, .location = location, .output = buffer, .output_length = length};

    return file_call_run(call, &io);
}

static NTSTATUS query_driver(struct file_call *call, void *buffer, ULONG length, FILE_INFORMATION_CLASS class)
{
    const struct file_call before = *call;
    IO_STACK_LOCATION location = {0};
    NTSTATUS status;

    location.Parameters.QueryFile.Length = length;
    location.Parameters.QueryFile.FileInformationClass = class;
    object_reference(before.file);
    status = ask_driver(call, IRP_MJ_QUERY_INFORMATION, &location, buffer, length);
    if (class == FileAllInformation && !NT_ERROR(status))
    {
        complete_all_information(&before, buffer);
    }
    object_release(before.file);
    return status;
}

static NTSTATUS query(struct file_call *call, void *buffer, ULONG length, FILE_INFORMATION_CLASS class)
{
    NTSTATUS status = begin(call, query_demands, ARRAYSIZE(query_demands), class, length);
    const struct file *file = call->file;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    switch (class)
    {
        case FileAccessInformation:
            ((PFILE_ACCESS_INFORMATION)buffer)->AccessFlags = call->access;
            return answered(call, STATUS_SUCCESS, sizeof(FILE_ACCESS_INFORMATION));
        case FileModeInformation:
            ((PFILE_MODE_INFORMATION)buffer)->Mode = mode_of(file);
            return answered(call, STATUS_SUCCESS, sizeof(FILE_MODE_INFORMATION));
        case FileAlignmentInformation:
            ((PFILE_ALIGNMENT_INFORMATION)buffer)->AlignmentRequirement = file->device->AlignmentRequirement;
            return answered(call, STATUS_SUCCESS, sizeof(FILE_ALIGNMENT_INFORMATION));
        case FilePositionInformation:
            ((PFILE_POSITION_INFORMATION)buffer)->CurrentByteOffset = file->object.CurrentByteOffset;
            return answered(call, STATUS_SUCCESS, sizeof(FILE_POSITION_INFORMATION));
        case FileIoCompletionNotificationInformation:
            ((PFILE_IO_COMPLETION_NOTIFICATION_INFORMATION)buffer)->Flags = notification_of(file);
            return answered(call, STATUS_SUCCESS, sizeof(FILE_IO_COMPLETION_NOTIFICATION_INFORMATION));
        case FileIsRemoteDeviceInformation:
            ((PFILE_IS_REMOTE_DEVICE_INFORMATION)buffer)->IsRemote = FALSE;
            return answered(call, STATUS_SUCCESS, sizeof(FILE_IS_REMOTE_DEVICE_INFORMATION));
        default:
            return query_driver(call, buffer, length, class);
    }
}

static NTSTATUS set_position(struct file *file, const FILE_POSITION_INFORMATION *wanted)
{
    bool unbuffered = (file->object.Flags & FO_NO_INTERMEDIATE_BUFFERING) != 0;

    if (wanted->CurrentByteOffset.QuadPart < 0 ||
        (unbuffered && (wanted->CurrentByteOffset.QuadPart & file->device->AlignmentRequirement) != 0))
    {
        return STATUS_INVALID_PARAMETER;
    }
    platform_mutex_lock(&file->serial);
    file->object.CurrentByteOffset = wanted->CurrentByteOffset;
    platform_mutex_unlock(&file->serial);
    return STATUS_SUCCESS;
}

/* A file has one port for its life, unless it is replaced by name. */
static NTSTATUS set_port(struct file *file, const FILE_COMPLETION_INFORMATION *wanted, bool replace)
{
    struct completion_port *before = file->port;
    void *port = NULL;
    NTSTATUS status = STATUS_SUCCESS;

    if ((file->object.Flags & FO_SYNCHRONOUS_IO) != 0 || (before != NULL && !replace))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (wanted->Port != NULL || !replace)
    {
        status = handle_lookup(wanted->Port, &completion_port_type, COMPLETION_MODIFY_STATE, &port);
    }
    if (NT_SUCCESS(status))
    {
        file->port = port;
        file->port_key = wanted->Key;
        if (before != NULL)
        {
            completion_port_release(before);
        }
    }
    return status;
}

/* These can be set, and not taken back. */
static NTSTATUS set_notification(struct file *file, ULONG flags)
{
    if ((flags & ~(ULONG)(FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE |
                          FILE_SKIP_SET_USER_EVENT_ON_FAST_IO)) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    file->object.Flags |= ((flags & FILE_SKIP_COMPLETION_PORT_ON_SUCCESS) != 0 ? FO_SKIP_COMPLETION_PORT : 0) |
                          ((flags & FILE_SKIP_SET_EVENT_ON_HANDLE) != 0 ? FO_SKIP_SET_EVENT : 0) |
                          ((flags & FILE_SKIP_SET_USER_EVENT_ON_FAST_IO) != 0 ? FO_SKIP_SET_FAST_IO : 0);
    return STATUS_SUCCESS;
}

/* A rename or link into the folder of another handle brings that folder's file object along. */
static NTSTATUS tell_driver(struct file_call *call, const void *buffer, ULONG length, FILE_INFORMATION_CLASS class)
{
    const FILE_RENAME_INFORMATION *rename = buffer;
    bool has_name = class == FileRenameInformation || class == FileLinkInformation;
    IO_STACK_LOCATION location = {0};
    const struct file_io io = {
        .major = IRP_MJ_SET_INFORMATION, .location = &location, .input = buffer, .input_length = length};
    void *folder = NULL;
    NTSTATUS status = STATUS_SUCCESS;

    if (has_name && rename->RootDirectory != NULL)
    {
        status = handle_lookup(rename->RootDirectory, &file_type, 0, &folder);
        if (NT_SUCCESS(status) && ((struct file *)folder)->device != call->file->device)
        {
            object_release(folder);
            status = STATUS_NOT_SAME_DEVICE;
        }
        if (!NT_SUCCESS(status))
        {
            return answered(call, status, 0);
        }
        location.Parameters.SetFile.FileObject = &((struct file *)folder)->object;
    }
    location.Parameters.SetFile.Length = length;
    location.Parameters.SetFile.FileInformationClass = class;
    location.Parameters.SetFile.ReplaceIfExists = has_name && rename->ReplaceIfExists;
    status = file_call_run(call, &io);
    if (folder != NULL)
    {
        object_release(folder);
    }
    return status;
}

static NTSTATUS set(struct file_call *call, const void *buffer, ULONG length, FILE_INFORMATION_CLASS class)
{
    NTSTATUS status = begin(call, set_demands, ARRAYSIZE(set_demands), class, length);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    switch (class)
    {
        case FilePositionInformation:
            return answered(call, set_position(call->file, buffer), 0);
        case FileModeInformation:
            return answered(call, STATUS_NOT_SUPPORTED, 0);
        case FileCompletionInformation:
        case FileReplaceCompletionInformation:
            return answered(call, set_port(call->file, buffer, class == FileReplaceCompletionInformation), 0);
        case FileIoCompletionNotificationInformation:
            return answered(
                call, set_notification(call->file, ((const FILE_IO_COMPLETION_NOTIFICATION_INFORMATION *)buffer)->Flags), 0);
        default:
            return tell_driver(call, buffer, length, class);
    }
}

static NTSTATUS query_volume(struct file_call *call, void *buffer, ULONG length, FS_INFORMATION_CLASS class)
{
    NTSTATUS status = begin(call, volume_demands, ARRAYSIZE(volume_demands), class, length);
    IO_STACK_LOCATION location = {0};

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (class == FileFsDeviceInformation)
    {
        PFILE_FS_DEVICE_INFORMATION device = buffer;

        device->DeviceType = call->file->device->DeviceType;
        device->Characteristics = call->file->device->Characteristics;
        return answered(call, STATUS_SUCCESS, sizeof(*device));
    }
    location.Parameters.QueryVolume.Length = length;
    location.Parameters.QueryVolume.FsInformationClass = class;
    return ask_driver(call, IRP_MJ_QUERY_VOLUME_INFORMATION, &location, buffer, length);
}

/*
 * Published entry points.
 */
NTSTATUS NtQueryInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PVOID FileInformation, ULONG Length,
                                FILE_INFORMATION_CLASS FileInformationClass)
{
    struct file_call call = {.mode = UserMode, .handle = FileHandle, .block = IoStatusBlock};

    return query(&call, FileInformation, Length, FileInformationClass);
}

NTSTATUS NtSetInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PVOID FileInformation, ULONG Length,
                              FILE_INFORMATION_CLASS FileInformationClass)
{
    struct file_call call = {.mode = UserMode, .handle = FileHandle, .block = IoStatusBlock};

    return set(&call, FileInformation, Length, FileInformationClass);
}

NTSTATUS NtQueryVolumeInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PVOID FsInformation, ULONG Length,
                                      FS_INFORMATION_CLASS FsInformationClass)
{
    struct file_call call = {.mode = UserMode, .handle = FileHandle, .block = IoStatusBlock};

    return query_volume(&call, FsInformation, Length, FsInformationClass);
}

NTSTATUS ZwQueryInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PVOID FileInformation, ULONG Length,
                                FILE_INFORMATION_CLASS FileInformationClass)
{
    struct file_call call = {.mode = KernelMode, .handle = FileHandle, .block = IoStatusBlock};

    return query(&call, FileInformation, Length, FileInformationClass);
}

NTSTATUS ZwSetInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PVOID FileInformation, ULONG Length,
                              FILE_INFORMATION_CLASS FileInformationClass)
{
    struct file_call call = {.mode = KernelMode, .handle = FileHandle, .block = IoStatusBlock};

    return set(&call, FileInformation, Length, FileInformationClass);
}

NTSTATUS ZwQueryVolumeInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PVOID FsInformation, ULONG Length,
                                      FS_INFORMATION_CLASS FsInformationClass)
{
    struct file_call call = {.mode = KernelMode, .handle = FileHandle, .block = IoStatusBlock};

    return query_volume(&call, FsInformation, Length, FsInformationClass);
}
