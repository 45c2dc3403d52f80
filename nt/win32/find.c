/* SPDX-License-Identifier: MIT */
/*
 * Searching a directory by a pattern. The handle of a search is its own memory, and no handle of the executive.
 */
#include "nt/win32/path.h"

#include "nt/win32/text.h"

#include <string.h>

#define SEARCH_SIGNATURE 0x444E4946u

struct search
{
    uint32_t signature;
    HANDLE directory;
};

/* One entry with the longest name there can be. */
struct entry
{
    FILE_BOTH_DIR_INFORMATION information;
    WCHAR rest[MAX_PATH];
};

static FILETIME file_time(LARGE_INTEGER time)
{
    return (FILETIME){time.LowPart, (DWORD)time.HighPart};
}

static void fill(WIN32_FIND_DATAW *data, const FILE_BOTH_DIR_INFORMATION *information)
{
    size_t bytes = information->FileNameLength;

    *data = (WIN32_FIND_DATAW){
        .dwFileAttributes = information->FileAttributes,
        .ftCreationTime = file_time(information->CreationTime),
        .ftLastAccessTime = file_time(information->LastAccessTime),
        .ftLastWriteTime = file_time(information->LastWriteTime),
        .nFileSizeHigh = (DWORD)information->EndOfFile.HighPart,
        .nFileSizeLow = information->EndOfFile.LowPart,
    };
    memcpy(data->cFileName, information->FileName, bytes < sizeof(data->cFileName) ? bytes : sizeof(data->cFileName) - 2);
}

/* The next entry; a pattern begins the scan. */
static NTSTATUS next_entry(HANDLE directory, UNICODE_STRING *pattern, WIN32_FIND_DATAW *data)
{
    struct entry entry;
    IO_STATUS_BLOCK block = {0};
    NTSTATUS status = NtQueryDirectoryFile(directory, NULL, NULL, NULL, &block, &entry, sizeof(entry),
                                           FileBothDirectoryInformation, TRUE, pattern, pattern != NULL);

    if (NT_SUCCESS(status))
    {
        fill(data, &entry.information);
    }
    return status;
}

/* Cuts the native name before its last part, which is the pattern. */
static void split(struct native_path *path, UNICODE_STRING *ret_pattern)
{
    size_t length = path->name.Length / sizeof(WCHAR);
    size_t start = length;

    while (start > 0 && path->text[start - 1] != '\\')
    {
        start--;
    }
    *ret_pattern = (UNICODE_STRING){
        .Buffer = path->text + start,
        .Length = (USHORT)((length - start) * sizeof(WCHAR)),
        .MaximumLength = (USHORT)((length - start + 1) * sizeof(WCHAR)),
    };
    path->name.Length = (USHORT)(start * sizeof(WCHAR));
}

static HANDLE failed(struct search *search, NTSTATUS status)
{
    if (search != NULL)
    {
        platform_free(search, sizeof(*search));
    }
    if (status == STATUS_NO_SUCH_FILE)
    {
        win32_set_error(ERROR_FILE_NOT_FOUND);
    }
    else
    {
        (void)win32_result(status);
    }
    return INVALID_HANDLE_VALUE;
}

HANDLE WINAPI FindFirstFileW(LPCWSTR lpFileName, LPWIN32_FIND_DATAW lpFindFileData)
{
    struct search *search = platform_zalloc(sizeof(*search));
    UNICODE_STRING pattern;
    struct native_path path;
    IO_STATUS_BLOCK block;
    NTSTATUS status;

    if (search == NULL)
    {
        return failed(NULL, STATUS_NO_MEMORY);
    }
    if (!path_make(&path, lpFileName, NULL))
    {
        platform_free(search, sizeof(*search));
        return INVALID_HANDLE_VALUE;
    }
    split(&path, &pattern);
    if (pattern.Length == 0)
    {
        return failed(search, STATUS_NO_SUCH_FILE);
    }
    status = NtOpenFile(&search->directory, FILE_LIST_DIRECTORY | SYNCHRONIZE, &path.attributes, &block,
                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                        FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT);
    if (!NT_SUCCESS(status))
    {
        /* A folder that does not exist is a path that is not found. */
        return failed(search, status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_OBJECT_PATH_NOT_FOUND : status);
    }
    status = next_entry(search->directory, &pattern, lpFindFileData);
    if (!NT_SUCCESS(status))
    {
        (void)ZwClose(search->directory);
        return failed(search, status);
    }
    search->signature = SEARCH_SIGNATURE;
    return search;
}

static struct search *search_of(HANDLE handle)
{
    struct search *search = handle;

    if (handle == NULL || handle == INVALID_HANDLE_VALUE || search->signature != SEARCH_SIGNATURE)
    {
        win32_set_error(ERROR_INVALID_HANDLE);
        return NULL;
    }
    return search;
}

BOOL WINAPI FindNextFileW(HANDLE hFindFile, LPWIN32_FIND_DATAW lpFindFileData)
{
    struct search *search = search_of(hFindFile);

    return search != NULL && win32_result(next_entry(search->directory, NULL, lpFindFileData));
}

BOOL WINAPI FindClose(HANDLE hFindFile)
{
    struct search *search = search_of(hFindFile);

    if (search == NULL)
    {
        return FALSE;
    }
    search->signature = 0;
    (void)ZwClose(search->directory);
    platform_free(search, sizeof(*search));
    return TRUE;
}

static void fill_narrow(WIN32_FIND_DATAA *narrow, const WIN32_FIND_DATAW *wide)
{
    *narrow = (WIN32_FIND_DATAA){
        .dwFileAttributes = wide->dwFileAttributes,
        .ftCreationTime = wide->ftCreationTime,
        .ftLastAccessTime = wide->ftLastAccessTime,
        .ftLastWriteTime = wide->ftLastWriteTime,
        .nFileSizeHigh = wide->nFileSizeHigh,
        .nFileSizeLow = wide->nFileSizeLow,
    };
    (void)text_answer_narrow(wide->cFileName, wide_length(wide->cFileName), narrow->cFileName, sizeof(narrow->cFileName));
}

HANDLE WINAPI FindFirstFileA(LPCSTR lpFileName, LPWIN32_FIND_DATAA lpFindFileData)
{
    WIN32_FIND_DATAW data;
    struct wide_text name;
    HANDLE search;

    if (!wide_open(&name, lpFileName))
    {
        return INVALID_HANDLE_VALUE;
    }
    search = FindFirstFileW(name.text, &data);
    wide_close(&name);
    if (search != INVALID_HANDLE_VALUE)
    {
        fill_narrow(lpFindFileData, &data);
    }
    return search;
}

BOOL WINAPI FindNextFileA(HANDLE hFindFile, LPWIN32_FIND_DATAA lpFindFileData)
{
    WIN32_FIND_DATAW data;

    if (!FindNextFileW(hFindFile, &data))
    {
        return FALSE;
    }
    fill_narrow(lpFindFileData, &data);
    return TRUE;
}
