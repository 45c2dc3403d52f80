/* SPDX-License-Identifier: MIT */
/*
 * Files by name and by handle, overlapped transfers, completion ports; firmware and tokens.
 */
#include "nt_case.h"

#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder of the case's own, which it leaves empty. */
static CHAR folder[MAX_PATH];
static CHAR path[MAX_PATH];
static CHAR other[MAX_PATH];

static void make_folder(void)
{
    static LONG number;

    (void)snprintf(folder, sizeof(folder), "Z:\\tmp\\dmf-win32-%u-%d", (unsigned)GetCurrentProcessId(),
                   (int)InterlockedIncrement(&number));
    CHECK(CreateDirectoryA(folder, NULL));
    (void)snprintf(path, sizeof(path), "%s\\first.txt", folder);
    (void)snprintf(other, sizeof(other), "%s\\second.txt", folder);
}

static void remove_folder(void)
{
    CHECK(RemoveDirectoryA(folder));
    CHECK_EQUAL(GetFileAttributesA(folder), INVALID_FILE_ATTRIBUTES);
    CHECK_EQUAL(GetLastError(), ERROR_FILE_NOT_FOUND);
}

static HANDLE open_file(const CHAR *name, DWORD disposition, DWORD flags)
{
    return CreateFileA(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, disposition, flags,
                       NULL);
}

static void write_text(const CHAR *name, const CHAR *text)
{
    HANDLE file = open_file(name, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL);
    DWORD written = 0;

    CHECK(file != INVALID_HANDLE_VALUE);
    CHECK(WriteFile(file, text, (DWORD)strlen(text), &written, NULL));
    CHECK_EQUAL(written, strlen(text));
    CHECK(CloseHandle(file));
}

static void a_file_is_created_as_its_disposition_says(void)
{
    HANDLE file;

    make_folder();
    CHECK(open_file(path, OPEN_EXISTING, 0) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_FILE_NOT_FOUND);
    file = open_file(path, CREATE_NEW, 0);
    CHECK(file != INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_SUCCESS);
    CHECK_EQUAL(GetFileType(file), FILE_TYPE_DISK);
    CHECK(CloseHandle(file));
    CHECK(open_file(path, CREATE_NEW, 0) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_FILE_EXISTS);
    file = open_file(path, OPEN_ALWAYS, 0);
    CHECK_EQUAL(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK(CloseHandle(file));
    file = open_file(path, CREATE_ALWAYS, 0);
    CHECK_EQUAL(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK(CloseHandle(file));
    CHECK(CreateFileA(path, GENERIC_READ, 0, NULL, TRUNCATE_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(open_file(path, 9, 0) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(open_file(folder, OPEN_EXISTING, 0) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(open_file("Z:\\no\\such\\folder\\file", CREATE_NEW, 0) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_PATH_NOT_FOUND);
    CHECK(open_file("\\\\.\\NoSuchDevice", OPEN_EXISTING, 0) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_FILE_NOT_FOUND);
    CHECK(open_file("", OPEN_EXISTING, 0) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_PATH_NOT_FOUND);
    CHECK(DeleteFileA(path));
    CHECK(!DeleteFileA(path));
    CHECK_EQUAL(GetLastError(), ERROR_FILE_NOT_FOUND);
    CHECK(!DeleteFileA(folder));
    CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
    remove_folder();
}

static void a_file_has_a_position_and_a_length(void)
{
    CHAR buffer[16] = "";
    LARGE_INTEGER size;
    HANDLE file;
    DWORD got = 77;

    make_folder();
    write_text(path, "0123456789");
    file = open_file(path, OPEN_EXISTING, 0);
    CHECK(GetFileSizeEx(file, &size) && size.QuadPart == 10);
    CHECK_EQUAL(GetFileSize(file, NULL), 10);
    CHECK_EQUAL(SetFilePointer(file, -4, NULL, FILE_END), 6);
    CHECK(ReadFile(file, buffer, sizeof(buffer), &got, NULL));
    CHECK(got == 4 && memcmp(buffer, "6789", 4) == 0);
    CHECK(ReadFile(file, buffer, sizeof(buffer), &got, NULL));
    CHECK_EQUAL(got, 0);
    CHECK_EQUAL(SetFilePointer(file, -3, NULL, FILE_CURRENT), 7);
    CHECK_EQUAL(SetFilePointer(file, -3, NULL, FILE_BEGIN), INVALID_SET_FILE_POINTER);
    CHECK_EQUAL(GetLastError(), ERROR_NEGATIVE_SEEK);
    CHECK_EQUAL(SetFilePointer(file, 0, NULL, 7), INVALID_SET_FILE_POINTER);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(SetFilePointer(file, 3, NULL, FILE_BEGIN), 3);
    CHECK(SetEndOfFile(file));
    CHECK_EQUAL(GetFileSize(file, NULL), 3);
    CHECK(FlushFileBuffers(file));
    CHECK(CloseHandle(file));
    CHECK(!ReadFile(file, buffer, sizeof(buffer), &got, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(DeleteFileA(path));
    remove_folder();
}

static void an_overlapped_transfer_says_its_result_later(void)
{
    OVERLAPPED overlapped = {.Offset = 2};
    CHAR buffer[8] = "";
    HANDLE file;
    DWORD got = 0;

    make_folder();
    write_text(path, "abcdef");
    file = open_file(path, OPEN_EXISTING, FILE_FLAG_OVERLAPPED);
    overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    CHECK(ReadFile(file, buffer, 3, NULL, &overlapped) || GetLastError() == ERROR_IO_PENDING);
    CHECK(GetOverlappedResult(file, &overlapped, &got, TRUE));
    CHECK(got == 3 && memcmp(buffer, "cde", 3) == 0);
    CHECK_EQUAL(WaitForSingleObject(overlapped.hEvent, INFINITE), WAIT_OBJECT_0);
    overlapped.Offset = 100;
    CHECK(!ReadFile(file, buffer, 3, NULL, &overlapped));
    CHECK(GetLastError() == ERROR_HANDLE_EOF ||
          (GetLastError() == ERROR_IO_PENDING && !GetOverlappedResult(file, &overlapped, &got, TRUE) &&
           GetLastError() == ERROR_HANDLE_EOF));
    overlapped.Internal = STATUS_PENDING;
    CHECK(!GetOverlappedResult(file, &overlapped, &got, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_IO_INCOMPLETE);
    CHECK(!CancelIoEx(file, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    CHECK(CancelIo(file));
    CHECK(!DeviceIoControl(file, 0x12345678, NULL, 0, NULL, 0, &got, NULL));
    CHECK(CloseHandle(overlapped.hEvent));
    CHECK(CloseHandle(file));
    CHECK(DeleteFileA(path));
    remove_folder();
}

static LONG routine_calls;

static void CALLBACK count_routine(DWORD error, DWORD bytes, LPOVERLAPPED overlapped)
{
    CHECK_EQUAL(error, ERROR_SUCCESS);
    CHECK_EQUAL(bytes, 4);
    CHECK_EQUAL(overlapped->Offset, 0);
    routine_calls++;
}

static void a_completion_routine_runs_in_an_alertable_wait(void)
{
    OVERLAPPED overlapped = {0};
    CHAR buffer[8] = "";
    HANDLE file;

    make_folder();
    write_text(path, "abcd");
    file = open_file(path, OPEN_EXISTING, FILE_FLAG_OVERLAPPED);
    routine_calls = 0;
    CHECK(ReadFileEx(file, buffer, 8, &overlapped, count_routine));
    CHECK_EQUAL(routine_calls, 0);
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK_EQUAL(routine_calls, 1);
    CHECK(CloseHandle(file));
    CHECK(DeleteFileA(path));
    remove_folder();
}

static void a_port_tells_of_finished_transfers(void)
{
    OVERLAPPED overlapped = {0};
    OVERLAPPED_ENTRY entries[2];
    LPOVERLAPPED found = NULL;
    ULONG_PTR key = 0;
    CHAR buffer[8];
    HANDLE file;
    HANDLE port;
    ULONG count = 0;
    DWORD bytes = 0;

    make_folder();
    write_text(path, "abcd");
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    CHECK(port != NULL);
    file = open_file(path, OPEN_EXISTING, FILE_FLAG_OVERLAPPED);
    CHECK(CreateIoCompletionPort(file, port, 42, 0) == port);
    CHECK(CreateIoCompletionPort(INVALID_HANDLE_VALUE, port, 42, 0) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(!GetQueuedCompletionStatus(port, &bytes, &key, &found, 0));
    CHECK_EQUAL(GetLastError(), WAIT_TIMEOUT);
    CHECK(ReadFile(file, buffer, 8, NULL, &overlapped) || GetLastError() == ERROR_IO_PENDING);
    CHECK(GetQueuedCompletionStatus(port, &bytes, &key, &found, INFINITE));
    CHECK(bytes == 4 && key == 42 && found == &overlapped);
    CHECK(PostQueuedCompletionStatus(port, 7, 8, NULL));
    CHECK(PostQueuedCompletionStatus(port, 9, 10, &overlapped));
    CHECK(GetQueuedCompletionStatusEx(port, entries, 2, &count, INFINITE, FALSE));
    CHECK(count == 2 && entries[0].dwNumberOfBytesTransferred == 7 && entries[0].lpCompletionKey == 8);
    CHECK(entries[1].lpOverlapped == &overlapped && entries[1].dwNumberOfBytesTransferred == 9);
    CHECK(!GetQueuedCompletionStatusEx(port, entries, 0, &count, 0, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(CloseHandle(file));
    CHECK(CloseHandle(port));
    CHECK(DeleteFileA(path));
    remove_folder();
}

static void files_are_copied_moved_and_found(void)
{
    WIN32_FIND_DATAA data;
    CHAR pattern[MAX_PATH];
    HANDLE search;
    int entries = 1;

    make_folder();
    write_text(path, "text");
    CHECK(CopyFileA(path, other, TRUE));
    CHECK(!CopyFileA(path, other, TRUE));
    CHECK_EQUAL(GetLastError(), ERROR_FILE_EXISTS);
    CHECK(CopyFileA(path, other, FALSE));
    CHECK(!MoveFileA(path, other));
    CHECK_EQUAL(GetLastError(), ERROR_ALREADY_EXISTS);
    (void)snprintf(pattern, sizeof(pattern), "%s\\*.txt", folder);
    search = FindFirstFileA(pattern, &data);
    CHECK(search != INVALID_HANDLE_VALUE);
    CHECK_EQUAL(data.nFileSizeLow, 4);
    while (FindNextFileA(search, &data))
    {
        entries++;
    }
    CHECK_EQUAL(GetLastError(), ERROR_NO_MORE_FILES);
    CHECK_EQUAL(entries, 2);
    CHECK(FindClose(search));
    CHECK(MoveFileExA(path, other, MOVEFILE_REPLACE_EXISTING));
    CHECK_EQUAL(GetFileAttributesA(path), INVALID_FILE_ATTRIBUTES);
    CHECK(FindFirstFileA(path, &data) == INVALID_HANDLE_VALUE);
    CHECK_EQUAL(GetLastError(), ERROR_FILE_NOT_FOUND);
    CHECK(!RemoveDirectoryA(folder));
    CHECK_EQUAL(GetLastError(), ERROR_DIR_NOT_EMPTY);
    CHECK(DeleteFileA(other));
    remove_folder();
}

static void what_is_known_of_a_file(void)
{
    BY_HANDLE_FILE_INFORMATION information;
    WIN32_FILE_ATTRIBUTE_DATA data;
    FILE_STANDARD_INFO standard;
    FILETIME time = {0, 0x01D00000};
    FILETIME read_back;
    HANDLE file;

    make_folder();
    write_text(path, "12345");
    CHECK(GetFileAttributesExA(path, GetFileExInfoStandard, &data));
    CHECK_EQUAL(data.nFileSizeLow, 5);
    CHECK((GetFileAttributesA(folder) & FILE_ATTRIBUTE_DIRECTORY) != 0);
    file = open_file(path, OPEN_EXISTING, 0);
    CHECK(GetFileInformationByHandle(file, &information));
    CHECK(information.nNumberOfLinks == 1 && information.nFileSizeLow == 5);
    CHECK(GetFileInformationByHandleEx(file, FileStandardInfo, &standard, sizeof(standard)));
    CHECK(standard.EndOfFile.QuadPart == 5 && !standard.Directory);
    CHECK(!GetFileInformationByHandleEx(file, FileStandardInfo, &standard, 1));
    CHECK_EQUAL(GetLastError(), ERROR_BAD_LENGTH);
    CHECK(!GetFileInformationByHandleEx(file, FileRemoteProtocolInfo, &standard, sizeof(standard)));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(SetFileTime(file, NULL, NULL, &time));
    CHECK(GetFileTime(file, NULL, NULL, &read_back));
    CHECK_EQUAL(read_back.dwHighDateTime, time.dwHighDateTime);
    CHECK(LockFile(file, 0, 0, 5, 0));
    CHECK(UnlockFile(file, 0, 0, 5, 0));
    CHECK(!UnlockFile(file, 0, 0, 5, 0));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_LOCKED);
    CHECK(CloseHandle(file));
    CHECK(DeleteFileA(path));
    remove_folder();
}

static void names_are_made_whole(void)
{
    CHAR whole[MAX_PATH];
    CHAR *part;

    CHECK(GetFullPathNameA("Z:\\a\\.\\b\\..\\c. ", sizeof(whole), whole, &part) != 0);
    CHECK(strcmp(whole, "Z:\\a\\c") == 0);
    CHECK(strcmp(part, "c") == 0);
    CHECK(GetFullPathNameA("/usr//lib/", sizeof(whole), whole, &part) != 0);
    CHECK(strcmp(whole, "Z:\\usr\\lib\\") == 0 && part == NULL);
    CHECK(GetFullPathNameA("nul", sizeof(whole), whole, NULL) != 0);
    CHECK(strcmp(whole, "\\\\.\\nul") == 0);
    CHECK_EQUAL(GetFullPathNameA("Z:\\a", 3, whole, NULL), 5);
    CHECK_EQUAL(GetFullPathNameA("", sizeof(whole), whole, NULL), 0);
    CHECK(SetCurrentDirectoryA("Z:\\tmp"));
    CHECK(GetCurrentDirectoryA(sizeof(whole), whole) != 0);
    CHECK(strcmp(whole, "Z:\\tmp") == 0);
    CHECK(GetFullPathNameA("..\\x", sizeof(whole), whole, NULL) != 0);
    CHECK(strcmp(whole, "Z:\\x") == 0);
    CHECK(!SetCurrentDirectoryA("Z:\\no\\such\\folder"));
    CHECK_EQUAL(GetDriveTypeA("Z:\\"), DRIVE_FIXED);
    CHECK_EQUAL(GetDriveTypeA("Q:\\"), DRIVE_NO_ROOT_DIR);
    CHECK(GetTempPathA(sizeof(whole), whole) != 0 && whole[strlen(whole) - 1] == '\\');
}

void firmware_use_memory(void);

static void variables_of_the_firmware_keep_their_attributes(void)
{
    static const WCHAR vendor[] = L"{8be4df61-93ca-11d2-aa0d-00e098032b8c}";
    BYTE value[4] = {1, 2, 3, 4};
    BYTE got[8] = {0};
    DWORD attributes = 0;

    firmware_use_memory();
    CHECK_EQUAL(GetFirmwareEnvironmentVariableW(L"Test", vendor, got, sizeof(got)), 0);
    CHECK_EQUAL(GetLastError(), ERROR_ENVVAR_NOT_FOUND);
    CHECK(SetFirmwareEnvironmentVariableExW(L"Test", vendor, value, 4, 3));
    CHECK_EQUAL(
        GetFirmwareEnvironmentVariableExA("Test", "{8BE4DF61-93CA-11D2-AA0D-00E098032B8C}", got, sizeof(got), &attributes),
        4);
    CHECK(attributes == 3 && memcmp(value, got, 4) == 0);
    CHECK(SetFirmwareEnvironmentVariableExW(L"Test", vendor, value, 2, 3 | 0x40));
    CHECK_EQUAL(GetFirmwareEnvironmentVariableW(L"Test", vendor, got, sizeof(got)), 6);
    CHECK_EQUAL(GetFirmwareEnvironmentVariableW(L"Test", vendor, got, 2), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    CHECK(SetFirmwareEnvironmentVariableW(L"Test", vendor, NULL, 0));
    CHECK(!SetFirmwareEnvironmentVariableW(L"Test", vendor, NULL, 0));
    CHECK_EQUAL(GetLastError(), ERROR_ENVVAR_NOT_FOUND);
    CHECK(!SetFirmwareEnvironmentVariableW(L"Test", L"no guid", value, 4));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void firmware_tables_say_how_long_they_are(void)
{
    DWORD size = GetSystemFirmwareTable('RSMB', 0, NULL, 0);
    BYTE *table;

    CHECK_EQUAL(GetSystemFirmwareTable('NONE', 0, NULL, 0), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_FUNCTION);
    CHECK_EQUAL(EnumSystemFirmwareTables('RSMB', NULL, 0), 4);
    if (size != 0)
    {
        table = malloc(size);
        CHECK(table != NULL);
        CHECK_EQUAL(GetSystemFirmwareTable('RSMB', 0, table, size), size);
        CHECK_EQUAL(*(DWORD *)(void *)(table + 4), size - 8);
        free(table);
    }
}

static void privileges_are_enabled_where_there_are_any(void)
{
    TOKEN_PRIVILEGES wish = {.PrivilegeCount = 1};
    TOKEN_PRIVILEGES before = {0};
    DWORD length = 0;
    HANDLE token;

    CHECK(OpenProcessToken(GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY, &token));
    CHECK(LookupPrivilegeValueW(NULL, SE_SHUTDOWN_NAME, &wish.Privileges[0].Luid));
    CHECK_EQUAL(wish.Privileges[0].Luid.LowPart, 19);
    wish.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
    CHECK(AdjustTokenPrivileges(token, FALSE, &wish, sizeof(before), &before, &length));
    CHECK_EQUAL(GetLastError(), ERROR_SUCCESS);
    CHECK(before.PrivilegeCount == 1 && before.Privileges[0].Attributes == 0);
    CHECK(AdjustTokenPrivileges(token, FALSE, &before, 0, NULL, NULL));
    wish.Privileges[0].Luid.LowPart = 99;
    CHECK(AdjustTokenPrivileges(token, FALSE, &wish, 0, NULL, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_ALL_ASSIGNED);
    CHECK(!LookupPrivilegeValueA(NULL, "SeNoSuchPrivilege", &wish.Privileges[0].Luid));
    CHECK_EQUAL(GetLastError(), ERROR_NO_SUCH_PRIVILEGE);
    CHECK(CloseHandle(token));
    CHECK(!AdjustTokenPrivileges(token, FALSE, &wish, 0, NULL, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token));
    CHECK_EQUAL(GetLastError(), ERROR_NO_TOKEN);
}

const struct nt_case nt_cases[] = {
    CASE(a_file_is_created_as_its_disposition_says),
    CASE(a_file_has_a_position_and_a_length),
    CASE(an_overlapped_transfer_says_its_result_later),
    CASE(a_completion_routine_runs_in_an_alertable_wait),
    CASE(a_port_tells_of_finished_transfers),
    CASE(files_are_copied_moved_and_found),
    CASE(what_is_known_of_a_file),
    CASE(names_are_made_whole),
    CASE(variables_of_the_firmware_keep_their_attributes),
    CASE(firmware_tables_say_how_long_they_are),
    CASE(privileges_are_enabled_where_there_are_any),
    CASES_END,
};
