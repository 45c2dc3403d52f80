/* SPDX-License-Identifier: MIT */
/*
 * Opening files and devices, and transfers that the caller waits for or not.
 *
 * An OVERLAPPED begins with the status block of the native functions, which is what they fill in.
 */
#include "nt/win32/path.h"

#include "nt/win32/text.h"

static IO_STATUS_BLOCK *block_of(OVERLAPPED *overlapped)
{
    return (IO_STATUS_BLOCK *)(void *)overlapped;
}

/* The event that a transfer sets: a set lowest bit only says that no completion packet is wanted. */
static HANDLE event_of(const OVERLAPPED *overlapped)
{
    return (HANDLE)((ULONG_PTR)overlapped->hEvent & ~(ULONG_PTR)1);
}

static void *packet_context(OVERLAPPED *overlapped)
{
    return ((ULONG_PTR)overlapped->hEvent & 1) != 0 ? NULL : overlapped;
}

/*
 * Opening.
 */
static const ULONG dispositions[] = {
    [CREATE_NEW] = FILE_CREATE,   [CREATE_ALWAYS] = FILE_OVERWRITE_IF,  [OPEN_EXISTING] = FILE_OPEN,
    [OPEN_ALWAYS] = FILE_OPEN_IF, [TRUNCATE_EXISTING] = FILE_OVERWRITE,
};

static const struct
{
    DWORD flag;
    ULONG option;
} flag_options[] = {
    {FILE_FLAG_WRITE_THROUGH, FILE_WRITE_THROUGH},           {FILE_FLAG_NO_BUFFERING, FILE_NO_INTERMEDIATE_BUFFERING},
    {FILE_FLAG_RANDOM_ACCESS, FILE_RANDOM_ACCESS},           {FILE_FLAG_SEQUENTIAL_SCAN, FILE_SEQUENTIAL_ONLY},
    {FILE_FLAG_DELETE_ON_CLOSE, FILE_DELETE_ON_CLOSE},       {FILE_FLAG_BACKUP_SEMANTICS, FILE_OPEN_FOR_BACKUP_INTENT},
    {FILE_FLAG_OPEN_REPARSE_POINT, FILE_OPEN_REPARSE_POINT},
};

static ULONG options_of(DWORD flags)
{
    ULONG options = (flags & FILE_FLAG_OVERLAPPED) != 0 ? 0 : FILE_SYNCHRONOUS_IO_NONALERT;

    for (size_t index = 0; index < ARRAYSIZE(flag_options); index++)
    {
        options |= (flags & flag_options[index].flag) != 0 ? flag_options[index].option : 0;
    }
    /* Directories are opened by those who say that they know what they do. */
    return options | ((flags & FILE_FLAG_BACKUP_SEMANTICS) != 0 ? 0 : FILE_NON_DIRECTORY_FILE);
}

static HANDLE open_failed(NTSTATUS status, const struct native_path *path, DWORD disposition)
{
    DWORD error = RtlNtStatusToDosError(status);

    if (status == STATUS_OBJECT_NAME_COLLISION && disposition == CREATE_NEW)
    {
        error = ERROR_FILE_EXISTS;
    }
    if (status == STATUS_FILE_IS_A_DIRECTORY)
    {
        error = path->ends_in_separator ? ERROR_PATH_NOT_FOUND : ERROR_ACCESS_DENIED;
    }
    win32_set_error(error);
    return INVALID_HANDLE_VALUE;
}

static bool existed(DWORD disposition, ULONG_PTR what)
{
    return (disposition == CREATE_ALWAYS && what == FILE_OVERWRITTEN) || (disposition == OPEN_ALWAYS && what == FILE_OPENED);
}

HANDLE WINAPI CreateFileW(LPCWSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode,
                          LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition,
                          DWORD dwFlagsAndAttributes, HANDLE hTemplateFile)
{
    ACCESS_MASK access = dwDesiredAccess | SYNCHRONIZE | FILE_READ_ATTRIBUTES;
    struct native_path path;
    IO_STATUS_BLOCK block = {0};
    HANDLE file = NULL;
    NTSTATUS status;

    if (dwCreationDisposition < CREATE_NEW || dwCreationDisposition > TRUNCATE_EXISTING ||
        (dwCreationDisposition == TRUNCATE_EXISTING && (dwDesiredAccess & GENERIC_WRITE) == 0))
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return INVALID_HANDLE_VALUE;
    }
    if (!path_make(&path, lpFileName, lpSecurityAttributes))
    {
        return INVALID_HANDLE_VALUE;
    }
    if ((dwFlagsAndAttributes & FILE_FLAG_DELETE_ON_CLOSE) != 0)
    {
        access |= DELETE;
    }
    status = NtCreateFile(&file, access, &path.attributes, &block, NULL, dwFlagsAndAttributes & FILE_ATTRIBUTE_VALID_FLAGS,
                          dwShareMode, dispositions[dwCreationDisposition], options_of(dwFlagsAndAttributes), NULL, 0);
    if (!NT_SUCCESS(status))
    {
        return open_failed(status, &path, dwCreationDisposition);
    }
    win32_set_error(existed(dwCreationDisposition, block.Information) ? ERROR_ALREADY_EXISTS : ERROR_SUCCESS);
    return file;
}

HANDLE WINAPI CreateFileA(LPCSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode,
                          LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition,
                          DWORD dwFlagsAndAttributes, HANDLE hTemplateFile)
{
    struct wide_text wide;
    HANDLE file;

    if (!wide_open(&wide, lpFileName))
    {
        return INVALID_HANDLE_VALUE;
    }
    file = CreateFileW(wide.text, dwDesiredAccess, dwShareMode, lpSecurityAttributes, dwCreationDisposition,
                       dwFlagsAndAttributes, hTemplateFile);
    wide_close(&wide);
    return file;
}

/*
 * Transfers.
 */

/* The end of a call without OVERLAPPED: waits for what is still going on. */
static NTSTATUS finish(HANDLE file, NTSTATUS status, const IO_STATUS_BLOCK *block)
{
    if (status == STATUS_PENDING)
    {
        status = native_wait(1, &file, false, false, NULL);
        status = NT_SUCCESS(status) ? block->Status : status;
    }
    return status;
}

/* Success, also at the end of a file, which a transfer without OVERLAPPED only sees by its length. */
static BOOL answer_now(NTSTATUS status, const IO_STATUS_BLOCK *block, LPDWORD bytes)
{
    if (bytes != NULL && !NT_ERROR(status))
    {
        *bytes = (DWORD)block->Information;
    }
    return status == STATUS_END_OF_FILE ? TRUE : win32_result(status);
}

static BOOL answer_later(NTSTATUS status, const OVERLAPPED *overlapped, LPDWORD bytes)
{
    if (status == STATUS_PENDING)
    {
        return win32_fail(ERROR_IO_PENDING);
    }
    if (bytes != NULL && !NT_ERROR(status))
    {
        *bytes = (DWORD)overlapped->InternalHigh;
    }
    return win32_result(status);
}

static LARGE_INTEGER begin_overlapped(OVERLAPPED *overlapped)
{
    LARGE_INTEGER offset = {.LowPart = overlapped->Offset, .HighPart = (LONG)overlapped->OffsetHigh};

    overlapped->Internal = STATUS_PENDING;
    overlapped->InternalHigh = 0;
    return offset;
}

typedef NTSTATUS transfer(HANDLE file, HANDLE event, PIO_APC_ROUTINE routine, PVOID context, PIO_STATUS_BLOCK block,
                          PVOID buffer, ULONG length, PLARGE_INTEGER offset, PULONG key);

static BOOL run_transfer(transfer *native, HANDLE file, void *buffer, DWORD length, LPDWORD bytes, LPOVERLAPPED overlapped)
{
    IO_STATUS_BLOCK block = {0};
    LARGE_INTEGER offset;
    NTSTATUS status;

    if (bytes != NULL)
    {
        *bytes = 0;
    }
    if (overlapped == NULL)
    {
        status = native(file, NULL, NULL, NULL, &block, buffer, length, NULL, NULL);
        return answer_now(finish(file, status, &block), &block, bytes);
    }
    offset = begin_overlapped(overlapped);
    status = native(file, event_of(overlapped), NULL, packet_context(overlapped), block_of(overlapped), buffer, length,
                    &offset, NULL);
    return answer_later(status, overlapped, bytes);
}

BOOL WINAPI ReadFile(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPDWORD lpNumberOfBytesRead,
                     LPOVERLAPPED lpOverlapped)
{
    return run_transfer(NtReadFile, hFile, lpBuffer, nNumberOfBytesToRead, lpNumberOfBytesRead, lpOverlapped);
}

BOOL WINAPI WriteFile(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite, LPDWORD lpNumberOfBytesWritten,
                      LPOVERLAPPED lpOverlapped)
{
    return run_transfer(NtWriteFile, hFile, (void *)(uintptr_t)lpBuffer, nNumberOfBytesToWrite, lpNumberOfBytesWritten,
                        lpOverlapped);
}

/* The completion routine of ReadFileEx and WriteFileEx, which the native one has as its context. */
static void CALLBACK call_routine(PVOID context, PIO_STATUS_BLOCK block, ULONG reserved)
{
    LPOVERLAPPED_COMPLETION_ROUTINE routine = (LPOVERLAPPED_COMPLETION_ROUTINE)(ULONG_PTR)context;
    DWORD error = NT_SUCCESS(block->Status) ? ERROR_SUCCESS : RtlNtStatusToDosError(block->Status);

    routine(error, NT_ERROR(block->Status) ? 0 : (DWORD)block->Information, (LPOVERLAPPED)(void *)block);
}

static BOOL run_with_routine(transfer *native, HANDLE file, void *buffer, DWORD length, LPOVERLAPPED overlapped,
                             LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    LARGE_INTEGER offset = begin_overlapped(overlapped);
    NTSTATUS status =
        native(file, NULL, call_routine, (void *)(ULONG_PTR)routine, block_of(overlapped), buffer, length, &offset, NULL);

    if (NT_ERROR(status))
    {
        return win32_result(status);
    }
    win32_set_error(ERROR_SUCCESS);
    return TRUE;
}

BOOL WINAPI ReadFileEx(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPOVERLAPPED lpOverlapped,
                       LPOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    return run_with_routine(NtReadFile, hFile, lpBuffer, nNumberOfBytesToRead, lpOverlapped, lpCompletionRoutine);
}

BOOL WINAPI WriteFileEx(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite, LPOVERLAPPED lpOverlapped,
                        LPOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    return run_with_routine(NtWriteFile, hFile, (void *)(uintptr_t)lpBuffer, nNumberOfBytesToWrite, lpOverlapped,
                            lpCompletionRoutine);
}

BOOL WINAPI DeviceIoControl(HANDLE hDevice, DWORD dwIoControlCode, LPVOID lpInBuffer, DWORD nInBufferSize,
                            LPVOID lpOutBuffer, DWORD nOutBufferSize, LPDWORD lpBytesReturned, LPOVERLAPPED lpOverlapped)
{
    bool file_system = dwIoControlCode >> 16 == FILE_DEVICE_FILE_SYSTEM;
    IO_STATUS_BLOCK block = {0};
    NTSTATUS status;

    if (lpBytesReturned != NULL)
    {
        *lpBytesReturned = 0;
    }
    if (lpOverlapped == NULL)
    {
        status = (file_system ? NtFsControlFile : NtDeviceIoControlFile)(
            hDevice, NULL, NULL, NULL, &block, dwIoControlCode, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize);
        return answer_now(finish(hDevice, status, &block), &block, lpBytesReturned);
    }
    (void)begin_overlapped(lpOverlapped);
    status = (file_system ? NtFsControlFile : NtDeviceIoControlFile)(
        hDevice, event_of(lpOverlapped), NULL, packet_context(lpOverlapped), block_of(lpOverlapped), dwIoControlCode,
        lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize);
    return answer_later(status, lpOverlapped, lpBytesReturned);
}

BOOL WINAPI FlushFileBuffers(HANDLE hFile)
{
    IO_STATUS_BLOCK block = {0};

    return win32_result(finish(hFile, NtFlushBuffersFile(hFile, &block), &block));
}

/*
 * Results and cancellation.
 */
static NTSTATUS status_of(OVERLAPPED *overlapped)
{
    return (NTSTATUS)platform_atomic_load(&block_of(overlapped)->Status);
}

/* Waits until the operation is over. A handle that signals for another operation is waited for again. */
static DWORD wait_for(HANDLE file, OVERLAPPED *overlapped, DWORD milliseconds, BOOL alertable)
{
    HANDLE event = event_of(overlapped);
    DWORD result = WAIT_OBJECT_0;

    if (status_of(overlapped) == STATUS_PENDING)
    {
        result = WaitForSingleObjectEx(event != NULL ? event : file, milliseconds, alertable);
    }
    return result;
}

BOOL WINAPI GetOverlappedResultEx(HANDLE hFile, LPOVERLAPPED lpOverlapped, LPDWORD lpNumberOfBytesTransferred,
                                  DWORD dwMilliseconds, BOOL bAlertable)
{
    DWORD waited;

    if (status_of(lpOverlapped) == STATUS_PENDING && dwMilliseconds == 0)
    {
        return win32_fail(ERROR_IO_INCOMPLETE);
    }
    waited = wait_for(hFile, lpOverlapped, dwMilliseconds, bAlertable);
    if (waited != WAIT_OBJECT_0)
    {
        return waited == WAIT_FAILED ? FALSE : win32_fail(waited);
    }
    if (status_of(lpOverlapped) == STATUS_PENDING)
    {
        return win32_fail(ERROR_IO_INCOMPLETE);
    }
    *lpNumberOfBytesTransferred = (DWORD)lpOverlapped->InternalHigh;
    return win32_result(status_of(lpOverlapped));
}

BOOL WINAPI GetOverlappedResult(HANDLE hFile, LPOVERLAPPED lpOverlapped, LPDWORD lpNumberOfBytesTransferred, BOOL bWait)
{
    return GetOverlappedResultEx(hFile, lpOverlapped, lpNumberOfBytesTransferred, bWait ? INFINITE : 0, FALSE);
}

BOOL WINAPI CancelIo(HANDLE hFile)
{
    IO_STATUS_BLOCK block;

    return win32_result(NtCancelIoFile(hFile, &block));
}

BOOL WINAPI CancelIoEx(HANDLE hFile, LPOVERLAPPED lpOverlapped)
{
    IO_STATUS_BLOCK block;

    return win32_result(NtCancelIoFileEx(hFile, lpOverlapped == NULL ? NULL : block_of(lpOverlapped), &block));
}
