/* SPDX-License-Identifier: MIT */
/*
 * What is done with files by name: attributes, directories, deleting, moving, copying.
 */
#include "nt/win32/path.h"

#include "nt/win32/text.h"

#include <string.h>

#define COPY_SIZE 65536u

static NTSTATUS open_path(struct native_path *path, ACCESS_MASK access, ULONG options, HANDLE *ret_file)
{
    IO_STATUS_BLOCK block;

    return NtOpenFile(ret_file, access | SYNCHRONIZE, &path->attributes, &block,
                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, options | FILE_SYNCHRONOUS_IO_NONALERT);
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

BOOL WINAPI GetFileAttributesExW(LPCWSTR lpFileName, GET_FILEEX_INFO_LEVELS fInfoLevelId, LPVOID lpFileInformation)
{
    WIN32_FILE_ATTRIBUTE_DATA *data = lpFileInformation;
    FILE_NETWORK_OPEN_INFORMATION information;
    struct native_path path;

    if (fInfoLevelId != GetFileExInfoStandard)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (!path_make(&path, lpFileName, NULL) || !win32_result(NtQueryFullAttributesFile(&path.attributes, &information)))
    {
        return FALSE;
    }
    *data = (WIN32_FILE_ATTRIBUTE_DATA){
        .dwFileAttributes = information.FileAttributes,
        .ftCreationTime = file_time(information.CreationTime),
        .ftLastAccessTime = file_time(information.LastAccessTime),
        .ftLastWriteTime = file_time(information.LastWriteTime),
        .nFileSizeHigh = (DWORD)information.EndOfFile.HighPart,
        .nFileSizeLow = information.EndOfFile.LowPart,
    };
    return TRUE;
}

DWORD WINAPI GetFileAttributesW(LPCWSTR lpFileName)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    return GetFileAttributesExW(lpFileName, GetFileExInfoStandard, &data) ? data.dwFileAttributes : INVALID_FILE_ATTRIBUTES;
}

BOOL WINAPI SetFileAttributesW(LPCWSTR lpFileName, DWORD dwFileAttributes)
{
    FILE_BASIC_INFORMATION information = {.FileAttributes =
                                              dwFileAttributes == 0 ? FILE_ATTRIBUTE_NORMAL : dwFileAttributes};
    struct native_path path;
    NTSTATUS status;
    HANDLE file;

    if (!path_make(&path, lpFileName, NULL) ||
        !win32_result(open_path(&path, FILE_WRITE_ATTRIBUTES, FILE_OPEN_FOR_BACKUP_INTENT, &file)))
    {
        return FALSE;
    }
    status = set(file, FileBasicInformation, &information, sizeof(information));
    (void)ZwClose(file);
    return win32_result(status);
}

BOOL WINAPI CreateDirectoryW(LPCWSTR lpPathName, LPSECURITY_ATTRIBUTES lpSecurityAttributes)
{
    struct native_path path;
    IO_STATUS_BLOCK block;
    HANDLE directory;

    if (!path_make(&path, lpPathName, NULL) ||
        !win32_result(NtCreateFile(&directory, FILE_LIST_DIRECTORY | SYNCHRONIZE, &path.attributes, &block, NULL,
                                   FILE_ATTRIBUTE_NORMAL, FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_CREATE,
                                   FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT, NULL,
                                   0)))
    {
        return FALSE;
    }
    (void)ZwClose(directory);
    return TRUE;
}

/* Opens, marks and closes, which is when the file goes. */
static BOOL remove_path(const WCHAR *name, ULONG options)
{
    FILE_DISPOSITION_INFORMATION disposition = {.DoDeleteFile = TRUE};
    struct native_path path;
    NTSTATUS status;
    HANDLE file;

    if (!path_make(&path, name, NULL))
    {
        return FALSE;
    }
    status = open_path(&path, DELETE, options | FILE_OPEN_FOR_BACKUP_INTENT, &file);
    if (NT_SUCCESS(status))
    {
        status = set(file, FileDispositionInformation, &disposition, sizeof(disposition));
        (void)ZwClose(file);
    }
    return status == STATUS_FILE_IS_A_DIRECTORY ? win32_fail(ERROR_ACCESS_DENIED) : win32_result(status);
}

BOOL WINAPI RemoveDirectoryW(LPCWSTR lpPathName)
{
    return remove_path(lpPathName, FILE_DIRECTORY_FILE);
}

BOOL WINAPI DeleteFileW(LPCWSTR lpFileName)
{
    return remove_path(lpFileName, FILE_NON_DIRECTORY_FILE);
}

/* Renames an open file to a whole native name. */
static NTSTATUS rename_file(HANDLE file, const UNICODE_STRING *name, bool replace)
{
    ULONG length = (ULONG)(offsetof(FILE_RENAME_INFORMATION, FileName) + name->Length);
    FILE_RENAME_INFORMATION *information = platform_zalloc(length + sizeof(WCHAR));
    NTSTATUS status;

    if (information == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    information->ReplaceIfExists = replace;
    information->FileNameLength = name->Length;
    memcpy(information->FileName, name->Buffer, name->Length);
    status = set(file, FileRenameInformation, information, length);
    platform_free(information, length + sizeof(WCHAR));
    return status;
}

BOOL WINAPI MoveFileExW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName, DWORD dwFlags)
{
    bool replace = (dwFlags & MOVEFILE_REPLACE_EXISTING) != 0;
    struct native_path path;
    NTSTATUS status;
    HANDLE file;

    if ((dwFlags & ~(DWORD)(MOVEFILE_REPLACE_EXISTING | MOVEFILE_COPY_ALLOWED | MOVEFILE_WRITE_THROUGH)) != 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (!path_make(&path, lpExistingFileName, NULL) ||
        !win32_result(open_path(&path, DELETE, FILE_OPEN_FOR_BACKUP_INTENT, &file)))
    {
        return FALSE;
    }
    if (!path_make(&path, lpNewFileName, NULL))
    {
        (void)ZwClose(file);
        return FALSE;
    }
    status = rename_file(file, &path.name, replace);
    (void)ZwClose(file);
    if (status == STATUS_NOT_SAME_DEVICE && (dwFlags & MOVEFILE_COPY_ALLOWED) != 0)
    {
        return CopyFileW(lpExistingFileName, lpNewFileName, !replace) && DeleteFileW(lpExistingFileName);
    }
    return win32_result(status);
}

BOOL WINAPI MoveFileW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName)
{
    return MoveFileExW(lpExistingFileName, lpNewFileName, MOVEFILE_COPY_ALLOWED);
}

static BOOL copy_all(HANDLE from, HANDLE to, void *buffer)
{
    DWORD got = 0;
    DWORD written;

    for (;;)
    {
        if (!ReadFile(from, buffer, COPY_SIZE, &got, NULL))
        {
            return FALSE;
        }
        if (got == 0)
        {
            return TRUE;
        }
        if (!WriteFile(to, buffer, got, &written, NULL))
        {
            return FALSE;
        }
    }
}

static BOOL copy_content(HANDLE from, HANDLE to)
{
    void *buffer = platform_alloc(COPY_SIZE);
    BOOL done;

    if (buffer == NULL)
    {
        return win32_fail(ERROR_NOT_ENOUGH_MEMORY);
    }
    done = copy_all(from, to, buffer);
    platform_free(buffer, COPY_SIZE);
    return done;
}

BOOL WINAPI CopyFileW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName, BOOL bFailIfExists)
{
    HANDLE from = CreateFileW(lpExistingFileName, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    HANDLE to;
    DWORD error;
    BOOL done;

    if (from == INVALID_HANDLE_VALUE)
    {
        return FALSE;
    }
    to = CreateFileW(lpNewFileName, GENERIC_WRITE, 0, NULL, bFailIfExists ? CREATE_NEW : CREATE_ALWAYS, 0, NULL);
    done = to != INVALID_HANDLE_VALUE && copy_content(from, to);
    error = GetLastError();
    if (to != INVALID_HANDLE_VALUE)
    {
        (void)ZwClose(to);
    }
    (void)ZwClose(from);
    return done ? TRUE : win32_fail(error);
}

/* Letters that lead to a root directory are fixed drives; there are no others here. */
UINT WINAPI GetDriveTypeW(LPCWSTR lpRootPathName)
{
    WCHAR root[4] = L"Z:\\";
    DWORD attributes;

    if (lpRootPathName == NULL)
    {
        WCHAR directory[PATH_LENGTH];

        root[0] = GetCurrentDirectoryW(PATH_LENGTH, directory) != 0 ? directory[0] : root[0];
    }
    attributes = GetFileAttributesW(lpRootPathName != NULL ? lpRootPathName : root);
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? DRIVE_FIXED :
                                                                                                   DRIVE_NO_ROOT_DIR;
}

/*
 * Narrow forms.
 */

/* Calls a wide function with one name; what it returns when the name cannot be converted. */
#define WITH_NAME(Name, Failed, Call) \
    struct wide_text wide;            \
    DWORD result;                     \
    if (!wide_open(&wide, Name))      \
    {                                 \
        return Failed;                \
    }                                 \
    result = (DWORD)(Call);           \
    wide_close(&wide);                \
    return result

BOOL WINAPI GetFileAttributesExA(LPCSTR lpFileName, GET_FILEEX_INFO_LEVELS fInfoLevelId, LPVOID lpFileInformation)
{
    WITH_NAME(lpFileName, FALSE, GetFileAttributesExW(wide.text, fInfoLevelId, lpFileInformation));
}

DWORD WINAPI GetFileAttributesA(LPCSTR lpFileName)
{
    WITH_NAME(lpFileName, INVALID_FILE_ATTRIBUTES, GetFileAttributesW(wide.text));
}

BOOL WINAPI SetFileAttributesA(LPCSTR lpFileName, DWORD dwFileAttributes)
{
    WITH_NAME(lpFileName, FALSE, SetFileAttributesW(wide.text, dwFileAttributes));
}

BOOL WINAPI CreateDirectoryA(LPCSTR lpPathName, LPSECURITY_ATTRIBUTES lpSecurityAttributes)
{
    WITH_NAME(lpPathName, FALSE, CreateDirectoryW(wide.text, lpSecurityAttributes));
}

BOOL WINAPI RemoveDirectoryA(LPCSTR lpPathName)
{
    WITH_NAME(lpPathName, FALSE, RemoveDirectoryW(wide.text));
}

BOOL WINAPI DeleteFileA(LPCSTR lpFileName)
{
    WITH_NAME(lpFileName, FALSE, DeleteFileW(wide.text));
}

UINT WINAPI GetDriveTypeA(LPCSTR lpRootPathName)
{
    WITH_NAME(lpRootPathName, DRIVE_UNKNOWN, GetDriveTypeW(wide.text));
}

static BOOL call_with_two(const char *first, const char *second, DWORD argument,
                          BOOL (*function)(const WCHAR *first, const WCHAR *second, DWORD argument))
{
    struct wide_text left;
    struct wide_text right;
    BOOL done = FALSE;

    if (!wide_open(&left, first))
    {
        return FALSE;
    }
    if (wide_open(&right, second))
    {
        done = function(left.text, right.text, argument);
        wide_close(&right);
    }
    wide_close(&left);
    return done;
}

static BOOL copy_named(const WCHAR *first, const WCHAR *second, DWORD argument)
{
    return CopyFileW(first, second, (BOOL)argument);
}

static BOOL move_named(const WCHAR *first, const WCHAR *second, DWORD argument)
{
    return MoveFileExW(first, second, argument);
}

BOOL WINAPI CopyFileA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName, BOOL bFailIfExists)
{
    return call_with_two(lpExistingFileName, lpNewFileName, (DWORD)bFailIfExists, copy_named);
}

BOOL WINAPI MoveFileExA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName, DWORD dwFlags)
{
    return call_with_two(lpExistingFileName, lpNewFileName, dwFlags, move_named);
}

BOOL WINAPI MoveFileA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName)
{
    return call_with_two(lpExistingFileName, lpNewFileName, MOVEFILE_COPY_ALLOWED, move_named);
}
