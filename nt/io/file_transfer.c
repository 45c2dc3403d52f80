/* SPDX-License-Identifier: MIT */
/*
 * System services: read, write, control, flush, locks, directories.
 */
#include "nt/io/file_call.h"
#include "nt/io/file_services.h"
#include "nt/io/irp.h"

/* A synchronous file has a position of its own, which is read when it is the call's turn. */
static NTSTATUS find_offset(struct file_call *call, const LARGE_INTEGER *offset, bool is_write, LONGLONG *ret_offset)
{
    bool synchronous = (call->file->object.Flags & FO_SYNCHRONOUS_IO) != 0;
    bool at_position = offset != NULL && offset->HighPart == -1 && offset->LowPart == FILE_USE_FILE_POINTER_POSITION;
    bool at_end = is_write && offset != NULL && offset->HighPart == -1 && offset->LowPart == FILE_WRITE_TO_END_OF_FILE;

    if (offset == NULL || at_position)
    {
        call->at_position = synchronous;
        return synchronous ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
    }
    *ret_offset = offset->QuadPart;
    return offset->QuadPart >= 0 || at_end ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

static NTSTATUS read(struct file_call *call, void *buffer, ULONG length, const LARGE_INTEGER *offset, const ULONG *key)
{
    struct file_io io = {.major = IRP_MJ_READ, .output = buffer, .output_length = length, .key = key != NULL ? *key : 0};
    NTSTATUS status = file_call_begin(call, FILE_READ_DATA);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = find_offset(call, offset, false, &io.offset);
    if (!NT_SUCCESS(status))
    {
        file_call_end(call);
        return status;
    }
    return file_call_start(call, &io);
}

static NTSTATUS write(struct file_call *call, const void *buffer, ULONG length, const LARGE_INTEGER *offset,
                      const ULONG *key)
{
    static const LARGE_INTEGER end = {.LowPart = FILE_WRITE_TO_END_OF_FILE, .HighPart = -1};
    struct file_io io = {.major = IRP_MJ_WRITE, .input = buffer, .input_length = length, .key = key != NULL ? *key : 0};
    NTSTATUS status = file_call_begin(call, FILE_WRITE_DATA | FILE_APPEND_DATA);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    /* Who may only append writes at the end, whatever the offset says. */
    status = find_offset(call, (call->access & FILE_WRITE_DATA) == 0 ? &end : offset, true, &io.offset);
    if (!NT_SUCCESS(status))
    {
        file_call_end(call);
        return status;
    }
    return file_call_start(call, &io);
}

/* What a control code demands of the handle that it is sent through. */
static NTSTATUS control(struct file_call *call, const struct file_io *io)
{
    ULONG demanded = (io->control_code >> 14) & (FILE_READ_ACCESS | FILE_WRITE_ACCESS);
    NTSTATUS status = file_call_begin(call, 0);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if ((demanded & ~call->access) != 0)
    {
        file_call_end(call);
        return STATUS_ACCESS_DENIED;
    }
    return file_call_start(call, io);
}

static NTSTATUS control_buffers(struct file_call *call, UCHAR major, ULONG code, const void *input, ULONG input_length,
                                void *output, ULONG output_length)
{
    const struct file_io io = {.major = major,
                               .control_code = code,
                               .input = input,
                               .input_length = input_length,
                               .output = output,
                               .output_length = output_length};

    return control(call, &io);
}

static NTSTATUS flush(struct file_call *call)
{
    const IO_STACK_LOCATION location = {0};
    const struct file_io io = {.major = IRP_MJ_FLUSH_BUFFERS, .location = &location};
    NTSTATUS status = file_call_begin(call, FILE_WRITE_DATA | FILE_APPEND_DATA);

    return NT_SUCCESS(status) ? file_call_run(call, &io) : status;
}

static NTSTATUS lock(struct file_call *call, LARGE_INTEGER *offset, LARGE_INTEGER *length, ULONG key, bool at_once,
                     bool exclusive)
{
    IO_STACK_LOCATION location = {.MinorFunction = IRP_MN_LOCK};
    const struct file_io io = {.major = IRP_MJ_LOCK_CONTROL, .location = &location};
    NTSTATUS status = file_call_begin(call, FILE_READ_DATA | FILE_WRITE_DATA);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    location.Flags = (UCHAR)((at_once ? SL_FAIL_IMMEDIATELY : 0) | (exclusive ? SL_EXCLUSIVE_LOCK : 0));
    location.Parameters.LockControl.ByteOffset = *offset;
    location.Parameters.LockControl.Length = length;
    location.Parameters.LockControl.Key = key;
    return file_call_start(call, &io);
}

static NTSTATUS unlock(struct file_call *call, const LARGE_INTEGER *offset, LARGE_INTEGER *length, ULONG key)
{
    IO_STACK_LOCATION location = {.MinorFunction = IRP_MN_UNLOCK_SINGLE};
    const struct file_io io = {.major = IRP_MJ_LOCK_CONTROL, .location = &location};
    NTSTATUS status = file_call_begin(call, FILE_READ_DATA | FILE_WRITE_DATA);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    location.Parameters.LockControl.ByteOffset = *offset;
    location.Parameters.LockControl.Length = length;
    location.Parameters.LockControl.Key = key;
    return file_call_run(call, &io);
}

/* The bytes of an entry without its name; zero for a class that is none of directories. */
static ULONG least_entry(FILE_INFORMATION_CLASS class)
{
    switch (class)
    {
        case FileDirectoryInformation:
            return FIELD_OFFSET(FILE_DIRECTORY_INFORMATION, FileName);
        case FileFullDirectoryInformation:
            return FIELD_OFFSET(FILE_FULL_DIR_INFORMATION, FileName);
        case FileBothDirectoryInformation:
            return FIELD_OFFSET(FILE_BOTH_DIR_INFORMATION, FileName);
        case FileIdBothDirectoryInformation:
            return FIELD_OFFSET(FILE_ID_BOTH_DIR_INFORMATION, FileName);
        case FileIdFullDirectoryInformation:
            return FIELD_OFFSET(FILE_ID_FULL_DIR_INFORMATION, FileName);
        case FileNamesInformation:
            return FIELD_OFFSET(FILE_NAMES_INFORMATION, FileName);
        default:
            return 0;
    }
}

static NTSTATUS query_directory(struct file_call *call, void *buffer, ULONG length, FILE_INFORMATION_CLASS class,
                                bool single, UNICODE_STRING *pattern, bool restart)
{
    IO_STACK_LOCATION location = {.MinorFunction = IRP_MN_QUERY_DIRECTORY};
    const struct file_io io = {.major = IRP_MJ_DIRECTORY_CONTROL, .location = &location, .output = buffer};
    NTSTATUS status;

    if (least_entry(class) == 0)
    {
        return STATUS_INVALID_INFO_CLASS;
    }
    if (length < least_entry(class))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    status = file_call_begin(call, FILE_LIST_DIRECTORY);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    location.Flags = (UCHAR)((single ? SL_RETURN_SINGLE_ENTRY : 0) | (restart ? SL_RESTART_SCAN : 0));
    location.Parameters.QueryDirectory.Length = length;
    location.Parameters.QueryDirectory.FileName = pattern;
    location.Parameters.QueryDirectory.FileInformationClass = class;
    return file_call_start(call, &io);
}

#define CALL(Mode)                                                                                                 \
    {                                                                                                              \
        .mode = (Mode), .handle = FileHandle, .event_handle = Event, .routine = ApcRoutine, .context = ApcContext, \
        .block = IoStatusBlock                                                                                     \
    }

#define SHORT_CALL(Mode)                                             \
    {                                                                \
        .mode = (Mode), .handle = FileHandle, .block = IoStatusBlock \
    }

/*
 * Published entry points.
 */
NTSTATUS NtReadFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                    PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length, PLARGE_INTEGER ByteOffset, PULONG Key)
{
    struct file_call call = CALL(UserMode);

    return read(&call, Buffer, Length, ByteOffset, Key);
}

NTSTATUS ZwReadFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                    PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length, PLARGE_INTEGER ByteOffset, PULONG Key)
{
    struct file_call call = CALL(KernelMode);

    return read(&call, Buffer, Length, ByteOffset, Key);
}

NTSTATUS NtWriteFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                     PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length, PLARGE_INTEGER ByteOffset, PULONG Key)
{
    struct file_call call = CALL(UserMode);

    return write(&call, Buffer, Length, ByteOffset, Key);
}

NTSTATUS ZwWriteFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                     PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length, PLARGE_INTEGER ByteOffset, PULONG Key)
{
    struct file_call call = CALL(KernelMode);

    return write(&call, Buffer, Length, ByteOffset, Key);
}

NTSTATUS NtDeviceIoControlFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                               PIO_STATUS_BLOCK IoStatusBlock, ULONG IoControlCode, PVOID InputBuffer,
                               ULONG InputBufferLength, PVOID OutputBuffer, ULONG OutputBufferLength)
{
    struct file_call call = CALL(UserMode);

    return control_buffers(&call, IRP_MJ_DEVICE_CONTROL, IoControlCode, InputBuffer, InputBufferLength, OutputBuffer,
                           OutputBufferLength);
}

NTSTATUS ZwDeviceIoControlFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                               PIO_STATUS_BLOCK IoStatusBlock, ULONG IoControlCode, PVOID InputBuffer,
                               ULONG InputBufferLength, PVOID OutputBuffer, ULONG OutputBufferLength)
{
    struct file_call call = CALL(KernelMode);

    return control_buffers(&call, IRP_MJ_DEVICE_CONTROL, IoControlCode, InputBuffer, InputBufferLength, OutputBuffer,
                           OutputBufferLength);
}

NTSTATUS NtFsControlFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                         PIO_STATUS_BLOCK IoStatusBlock, ULONG FsControlCode, PVOID InputBuffer, ULONG InputBufferLength,
                         PVOID OutputBuffer, ULONG OutputBufferLength)
{
    struct file_call call = CALL(UserMode);

    return control_buffers(&call, IRP_MJ_FILE_SYSTEM_CONTROL, FsControlCode, InputBuffer, InputBufferLength, OutputBuffer,
                           OutputBufferLength);
}

NTSTATUS ZwFsControlFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                         PIO_STATUS_BLOCK IoStatusBlock, ULONG FsControlCode, PVOID InputBuffer, ULONG InputBufferLength,
                         PVOID OutputBuffer, ULONG OutputBufferLength)
{
    struct file_call call = CALL(KernelMode);

    return control_buffers(&call, IRP_MJ_FILE_SYSTEM_CONTROL, FsControlCode, InputBuffer, InputBufferLength, OutputBuffer,
                           OutputBufferLength);
}

NTSTATUS NtFlushBuffersFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock)
{
    struct file_call call = SHORT_CALL(UserMode);

    return flush(&call);
}

NTSTATUS ZwFlushBuffersFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock)
{
    struct file_call call = SHORT_CALL(KernelMode);

    return flush(&call);
}

NTSTATUS NtLockFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                    PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER ByteOffset, PLARGE_INTEGER Length, ULONG Key,
                    BOOLEAN FailImmediately, BOOLEAN ExclusiveLock)
{
    struct file_call call = CALL(UserMode);

    return lock(&call, ByteOffset, Length, Key, FailImmediately, ExclusiveLock);
}

NTSTATUS ZwLockFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                    PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER ByteOffset, PLARGE_INTEGER Length, ULONG Key,
                    BOOLEAN FailImmediately, BOOLEAN ExclusiveLock)
{
    struct file_call call = CALL(KernelMode);

    return lock(&call, ByteOffset, Length, Key, FailImmediately, ExclusiveLock);
}

NTSTATUS NtUnlockFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER ByteOffset, PLARGE_INTEGER Length,
                      ULONG Key)
{
    struct file_call call = SHORT_CALL(UserMode);

    return unlock(&call, ByteOffset, Length, Key);
}

NTSTATUS ZwUnlockFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER ByteOffset, PLARGE_INTEGER Length,
                      ULONG Key)
{
    struct file_call call = SHORT_CALL(KernelMode);

    return unlock(&call, ByteOffset, Length, Key);
}

NTSTATUS NtQueryDirectoryFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                              PIO_STATUS_BLOCK IoStatusBlock, PVOID FileInformation, ULONG Length,
                              FILE_INFORMATION_CLASS FileInformationClass, BOOLEAN ReturnSingleEntry,
                              PUNICODE_STRING FileName, BOOLEAN RestartScan)
{
    struct file_call call = CALL(UserMode);

    return query_directory(&call, FileInformation, Length, FileInformationClass, ReturnSingleEntry, FileName, RestartScan);
}

NTSTATUS ZwQueryDirectoryFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                              PIO_STATUS_BLOCK IoStatusBlock, PVOID FileInformation, ULONG Length,
                              FILE_INFORMATION_CLASS FileInformationClass, BOOLEAN ReturnSingleEntry,
                              PUNICODE_STRING FileName, BOOLEAN RestartScan)
{
    struct file_call call = CALL(KernelMode);

    return query_directory(&call, FileInformation, Length, FileInformationClass, ReturnSingleEntry, FileName, RestartScan);
}
