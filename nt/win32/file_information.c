/* SPDX-License-Identifier: MIT */
/*
 * What is known of an open file: its length, position, times, attributes, kind; and locks.
 */
#include "nt/win32/path.h"

#include "nt/win32/text.h"

#include <string.h>

static NTSTATUS query(HANDLE file, FILE_INFORMATION_CLASS class, void *information, ULONG length)
{
    IO_STATUS_BLOCK block;

    return NtQueryInformationFile(file, &block, information, length, class);
}

static NTSTATUS set(HANDLE file, FILE_INFORMATION_CLASS class, void *information, ULONG length)
{
    IO_STATUS_BLOCK block;

    return NtSetInformationFile(file, &block, information, length, class);
}

static FILETIME file_time(LARGE_INTEGER time)
{
    return (FILETIME){time.LowPart, (DWORD)time.HighPart};
}

static LARGE_INTEGER large(const FILETIME *time)
{
    return (LARGE_INTEGER){.LowPart = time == NULL ? 0 : time->dwLowDateTime,
                           .HighPart = time == NULL ? 0 : (LONG)time->dwHighDateTime};
}

BOOL WINAPI GetFileSizeEx(HANDLE hFile, PLARGE_INTEGER lpFileSize)
{
    FILE_STANDARD_INFORMATION information;

    if (!win32_result(query(hFile, FileStandardInformation, &information, sizeof(information))))
    {
        return FALSE;
    }
    *lpFileSize = information.EndOfFile;
    return TRUE;
}

DWORD WINAPI GetFileSize(HANDLE hFile, LPDWORD lpFileSizeHigh)
{
    LARGE_INTEGER size;

    if (!GetFileSizeEx(hFile, &size))
    {
        return INVALID_FILE_SIZE;
    }
    if (lpFileSizeHigh != NULL)
    {
        *lpFileSizeHigh = (DWORD)size.HighPart;
    }
    /* A low half that looks like a failure is told from one by the last error. */
    if (size.LowPart == INVALID_FILE_SIZE)
    {
        win32_set_error(NO_ERROR);
    }
    return size.LowPart;
}

BOOL WINAPI SetFilePointerEx(HANDLE hFile, LARGE_INTEGER liDistanceToMove, PLARGE_INTEGER lpNewFilePointer,
                             DWORD dwMoveMethod)
{
    FILE_POSITION_INFORMATION position = {0};
    LARGE_INTEGER size = {0};
    NTSTATUS status = STATUS_SUCCESS;
    LONGLONG target;

    if (dwMoveMethod == FILE_CURRENT)
    {
        status = query(hFile, FilePositionInformation, &position, sizeof(position));
    }
    else if (dwMoveMethod == FILE_END)
    {
        if (!GetFileSizeEx(hFile, &size))
        {
            return FALSE;
        }
        position.CurrentByteOffset = size;
    }
    else if (dwMoveMethod != FILE_BEGIN)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (!win32_result(status))
    {
        return FALSE;
    }
    if (__builtin_add_overflow(position.CurrentByteOffset.QuadPart, liDistanceToMove.QuadPart, &target) || target < 0)
    {
        return win32_fail(ERROR_NEGATIVE_SEEK);
    }
    position.CurrentByteOffset.QuadPart = target;
    if (!win32_result(set(hFile, FilePositionInformation, &position, sizeof(position))))
    {
        return FALSE;
    }
    if (lpNewFilePointer != NULL)
    {
        lpNewFilePointer->QuadPart = target;
    }
    return TRUE;
}

DWORD WINAPI SetFilePointer(HANDLE hFile, LONG lDistanceToMove, PLONG lpDistanceToMoveHigh, DWORD dwMoveMethod)
{
    LARGE_INTEGER distance = {.QuadPart = lDistanceToMove};
    LARGE_INTEGER position;

    if (lpDistanceToMoveHigh != NULL)
    {
        distance.LowPart = (DWORD)lDistanceToMove;
        distance.HighPart = *lpDistanceToMoveHigh;
    }
    if (!SetFilePointerEx(hFile, distance, &position, dwMoveMethod))
    {
        return INVALID_SET_FILE_POINTER;
    }
    if (lpDistanceToMoveHigh != NULL)
    {
        *lpDistanceToMoveHigh = position.HighPart;
    }
    else if (position.HighPart != 0)
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return INVALID_SET_FILE_POINTER;
    }
    if (position.LowPart == INVALID_SET_FILE_POINTER)
    {
        win32_set_error(NO_ERROR);
    }
    return position.LowPart;
}

BOOL WINAPI SetEndOfFile(HANDLE hFile)
{
    FILE_POSITION_INFORMATION position;
    FILE_END_OF_FILE_INFORMATION end;

    if (!win32_result(query(hFile, FilePositionInformation, &position, sizeof(position))))
    {
        return FALSE;
    }
    end.EndOfFile = position.CurrentByteOffset;
    return win32_result(set(hFile, FileEndOfFileInformation, &end, sizeof(end)));
}

BOOL WINAPI GetFileTime(HANDLE hFile, LPFILETIME lpCreationTime, LPFILETIME lpLastAccessTime, LPFILETIME lpLastWriteTime)
{
    FILE_BASIC_INFORMATION information;

    if (!win32_result(query(hFile, FileBasicInformation, &information, sizeof(information))))
    {
        return FALSE;
    }
    if (lpCreationTime != NULL)
    {
        *lpCreationTime = file_time(information.CreationTime);
    }
    if (lpLastAccessTime != NULL)
    {
        *lpLastAccessTime = file_time(information.LastAccessTime);
    }
    if (lpLastWriteTime != NULL)
    {
        *lpLastWriteTime = file_time(information.LastWriteTime);
    }
    return TRUE;
}

BOOL WINAPI SetFileTime(HANDLE hFile, const FILETIME *lpCreationTime, const FILETIME *lpLastAccessTime,
                        const FILETIME *lpLastWriteTime)
{
    FILE_BASIC_INFORMATION information = {
        .CreationTime = large(lpCreationTime),
        .LastAccessTime = large(lpLastAccessTime),
        .LastWriteTime = large(lpLastWriteTime),
    };

    return win32_result(set(hFile, FileBasicInformation, &information, sizeof(information)));
}

BOOL WINAPI GetFileInformationByHandle(HANDLE hFile, LPBY_HANDLE_FILE_INFORMATION lpFileInformation)
{
    FILE_BASIC_INFORMATION basic;
    FILE_STANDARD_INFORMATION standard;
    FILE_INTERNAL_INFORMATION internal;

    if (!win32_result(query(hFile, FileBasicInformation, &basic, sizeof(basic))) ||
        !win32_result(query(hFile, FileStandardInformation, &standard, sizeof(standard))) ||
        !win32_result(query(hFile, FileInternalInformation, &internal, sizeof(internal))))
    {
        return FALSE;
    }
    *lpFileInformation = (BY_HANDLE_FILE_INFORMATION){
        .dwFileAttributes = basic.FileAttributes,
        .ftCreationTime = file_time(basic.CreationTime),
        .ftLastAccessTime = file_time(basic.LastAccessTime),
        .ftLastWriteTime = file_time(basic.LastWriteTime),
        .nFileSizeHigh = (DWORD)standard.EndOfFile.HighPart,
        .nFileSizeLow = standard.EndOfFile.LowPart,
        .nNumberOfLinks = standard.NumberOfLinks,
        .nFileIndexHigh = (DWORD)internal.IndexNumber.HighPart,
        .nFileIndexLow = internal.IndexNumber.LowPart,
    };
    return TRUE;
}

/* The classes that have the layout of a native one. */
static const struct
{
    FILE_INFO_BY_HANDLE_CLASS class;
    FILE_INFORMATION_CLASS native;
    bool may_query;
    bool may_set;
    DWORD size;
} classes[] = {
    {FileBasicInfo, FileBasicInformation, true, true, sizeof(FILE_BASIC_INFO)},
    {FileStandardInfo, FileStandardInformation, true, false, sizeof(FILE_STANDARD_INFO)},
    {FileNameInfo, FileNameInformation, true, false, sizeof(FILE_NAME_INFO)},
    {FileAttributeTagInfo, FileAttributeTagInformation, true, false, sizeof(FILE_ATTRIBUTE_TAG_INFO)},
    {FileDispositionInfo, FileDispositionInformation, false, true, sizeof(FILE_DISPOSITION_INFO)},
    {FileAllocationInfo, FileAllocationInformation, false, true, sizeof(FILE_ALLOCATION_INFO)},
    {FileEndOfFileInfo, FileEndOfFileInformation, false, true, sizeof(FILE_END_OF_FILE_INFO)},
};

/* The row of a class, or -1, with the last error set, when it cannot be had so. */
static int row_of(FILE_INFO_BY_HANDLE_CLASS class, DWORD size, bool sets)
{
    for (size_t row = 0; row < ARRAYSIZE(classes); row++)
    {
        if (classes[row].class == class && (sets ? classes[row].may_set : classes[row].may_query))
        {
            win32_set_error(size < classes[row].size ? ERROR_BAD_LENGTH : ERROR_SUCCESS);
            return size < classes[row].size ? -1 : (int)row;
        }
    }
    win32_set_error(ERROR_INVALID_PARAMETER);
    return -1;
}

BOOL WINAPI GetFileInformationByHandleEx(HANDLE hFile, FILE_INFO_BY_HANDLE_CLASS FileInformationClass,
                                         LPVOID lpFileInformation, DWORD dwBufferSize)
{
    int row = row_of(FileInformationClass, dwBufferSize, false);

    return row >= 0 && win32_result(query(hFile, classes[row].native, lpFileInformation, dwBufferSize));
}

BOOL WINAPI SetFileInformationByHandle(HANDLE hFile, FILE_INFO_BY_HANDLE_CLASS FileInformationClass,
                                       LPVOID lpFileInformation, DWORD dwBufferSize)
{
    int row = row_of(FileInformationClass, dwBufferSize, true);

    return row >= 0 && win32_result(set(hFile, classes[row].native, lpFileInformation, dwBufferSize));
}

DWORD WINAPI GetFileType(HANDLE hFile)
{
    FILE_FS_DEVICE_INFORMATION information;
    IO_STATUS_BLOCK block;

    if (!win32_result(
            NtQueryVolumeInformationFile(hFile, &block, &information, sizeof(information), FileFsDeviceInformation)))
    {
        return FILE_TYPE_UNKNOWN;
    }
    win32_set_error(NO_ERROR);
    switch (information.DeviceType)
    {
        case FILE_DEVICE_DISK:
        case FILE_DEVICE_DISK_FILE_SYSTEM:
        case FILE_DEVICE_FILE_SYSTEM:
        case FILE_DEVICE_CD_ROM:
            return FILE_TYPE_DISK;
        case FILE_DEVICE_NAMED_PIPE:
            return FILE_TYPE_PIPE;
        default:
            return FILE_TYPE_CHAR;
    }
}

/*
 * Locks.
 */
BOOL WINAPI LockFile(HANDLE hFile, DWORD dwFileOffsetLow, DWORD dwFileOffsetHigh, DWORD nNumberOfBytesToLockLow,
                     DWORD nNumberOfBytesToLockHigh)
{
    LARGE_INTEGER offset = {.LowPart = dwFileOffsetLow, .HighPart = (LONG)dwFileOffsetHigh};
    LARGE_INTEGER length = {.LowPart = nNumberOfBytesToLockLow, .HighPart = (LONG)nNumberOfBytesToLockHigh};
    IO_STATUS_BLOCK block = {0};
    NTSTATUS status = NtLockFile(hFile, NULL, NULL, NULL, &block, &offset, &length, 0, TRUE, TRUE);

    if (status == STATUS_PENDING && NT_SUCCESS(native_wait(1, &hFile, false, false, NULL)))
    {
        status = block.Status;
    }
    return win32_result(status);
}

BOOL WINAPI LockFileEx(HANDLE hFile, DWORD dwFlags, DWORD dwReserved, DWORD nNumberOfBytesToLockLow,
                       DWORD nNumberOfBytesToLockHigh, LPOVERLAPPED lpOverlapped)
{
    LARGE_INTEGER offset = {.LowPart = lpOverlapped->Offset, .HighPart = (LONG)lpOverlapped->OffsetHigh};
    LARGE_INTEGER length = {.LowPart = nNumberOfBytesToLockLow, .HighPart = (LONG)nNumberOfBytesToLockHigh};
    NTSTATUS status;

    if (dwReserved != 0 || (dwFlags & ~(DWORD)(LOCKFILE_FAIL_IMMEDIATELY | LOCKFILE_EXCLUSIVE_LOCK)) != 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    lpOverlapped->Internal = STATUS_PENDING;
    status = NtLockFile(hFile, lpOverlapped->hEvent, NULL, NULL, (IO_STATUS_BLOCK *)(void *)lpOverlapped, &offset, &length,
                        0, (dwFlags & LOCKFILE_FAIL_IMMEDIATELY) != 0, (dwFlags & LOCKFILE_EXCLUSIVE_LOCK) != 0);
    return status == STATUS_PENDING ? win32_fail(ERROR_IO_PENDING) : win32_result(status);
}

BOOL WINAPI UnlockFile(HANDLE hFile, DWORD dwFileOffsetLow, DWORD dwFileOffsetHigh, DWORD nNumberOfBytesToUnlockLow,
                       DWORD nNumberOfBytesToUnlockHigh)
{
    LARGE_INTEGER offset = {.LowPart = dwFileOffsetLow, .HighPart = (LONG)dwFileOffsetHigh};
    LARGE_INTEGER length = {.LowPart = nNumberOfBytesToUnlockLow, .HighPart = (LONG)nNumberOfBytesToUnlockHigh};
    IO_STATUS_BLOCK block;

    return win32_result(NtUnlockFile(hFile, &block, &offset, &length, 0));
}

BOOL WINAPI UnlockFileEx(HANDLE hFile, DWORD dwReserved, DWORD nNumberOfBytesToUnlockLow, DWORD nNumberOfBytesToUnlockHigh,
                         LPOVERLAPPED lpOverlapped)
{
    return dwReserved != 0 ? win32_fail(ERROR_INVALID_PARAMETER) :
                             UnlockFile(hFile, lpOverlapped->Offset, lpOverlapped->OffsetHigh, nNumberOfBytesToUnlockLow,
                                        nNumberOfBytesToUnlockHigh);
}

/* FileIoCompletionNotificationInformation, which winternl.h does not publish. */
#define NOTIFICATION_INFORMATION ((FILE_INFORMATION_CLASS)41)

BOOL WINAPI SetFileCompletionNotificationModes(HANDLE FileHandle, UCHAR Flags)
{
    ULONG flags = Flags;
    IO_STATUS_BLOCK block;

    if ((Flags & ~(FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE)) != 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    return win32_result(NtSetInformationFile(FileHandle, &block, &flags, sizeof(flags), NOTIFICATION_INFORMATION));
}
