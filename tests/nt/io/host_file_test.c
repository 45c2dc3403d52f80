/* SPDX-License-Identifier: MIT */
/*
 * Files of a drive: names, dispositions, sharing, deletion, transfers, information, directories, locks.
 */
#include "file_case.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nt/io/file_services.h"
#include "nt/io/host/host.h"

static IO_STATUS_BLOCK block;

static NTSTATUS write_text(HANDLE file, const char *text, LONGLONG at)
{
    LARGE_INTEGER offset = {.QuadPart = at};

    return NtWriteFile(file, NULL, NULL, NULL, &block, (PVOID)(uintptr_t)text, (ULONG)strlen(text), &offset, NULL);
}

static NTSTATUS read_text(HANDLE file, char *buffer, ULONG size, LONGLONG at)
{
    LARGE_INTEGER offset = {.QuadPart = at};
    NTSTATUS status;

    memset(buffer, 0, size);
    status = NtReadFile(file, NULL, NULL, NULL, &block, buffer, size - 1, &offset, NULL);
    return status;
}

static void close_handle(HANDLE handle)
{
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static void what_is_written_is_read(void)
{
    char text[32];
    HANDLE file;

    drive_make();
    file = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(write_text(file, "hello, world", 0), STATUS_SUCCESS);
    CHECK_EQUAL(block.Information, 12);
    CHECK_EQUAL(read_text(file, text, sizeof(text), 7), STATUS_SUCCESS);
    CHECK(strcmp(text, "world") == 0);
    CHECK_EQUAL(block.Information, 5);
    CHECK_EQUAL(read_text(file, text, sizeof(text), 12), STATUS_END_OF_FILE);
    CHECK_EQUAL(read_text(file, text, sizeof(text), 100), STATUS_END_OF_FILE);
    CHECK_EQUAL(read_text(file, text, 1, 100), STATUS_SUCCESS);
    close_handle(file);
    drive_remove();
}

static void synchronous_file_has_a_position(void)
{
    static const LARGE_INTEGER at_end = {.LowPart = FILE_WRITE_TO_END_OF_FILE, .HighPart = -1};
    static const LARGE_INTEGER at_position = {.LowPart = FILE_USE_FILE_POINTER_POSITION, .HighPart = -1};
    FILE_POSITION_INFORMATION position;
    char text[8] = {0};
    HANDLE file;

    drive_make();
    file = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(NtWriteFile(file, NULL, NULL, NULL, &block, (PVOID)(uintptr_t) "abc", 3, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(NtWriteFile(file, NULL, NULL, NULL, &block, (PVOID)(uintptr_t) "def", 3, NULL, NULL), STATUS_SUCCESS);
    position.CurrentByteOffset.QuadPart = 2;
    CHECK_EQUAL(NtSetInformationFile(file, &block, &position, sizeof(position), FilePositionInformation), STATUS_SUCCESS);
    CHECK_EQUAL(NtReadFile(file, NULL, NULL, NULL, &block, text, 2, (PLARGE_INTEGER)(uintptr_t)&at_position, NULL),
                STATUS_SUCCESS);
    CHECK(strcmp(text, "cd") == 0);
    CHECK_EQUAL(NtQueryInformationFile(file, &block, &position, sizeof(position), FilePositionInformation), STATUS_SUCCESS);
    CHECK_EQUAL(position.CurrentByteOffset.QuadPart, 4);
    CHECK_EQUAL(
        NtWriteFile(file, NULL, NULL, NULL, &block, (PVOID)(uintptr_t) "gh", 2, (PLARGE_INTEGER)(uintptr_t)&at_end, NULL),
        STATUS_SUCCESS);
    CHECK_EQUAL(read_text(file, text, sizeof(text), 4), STATUS_SUCCESS);
    CHECK(strcmp(text, "efgh") == 0);
    position.CurrentByteOffset.QuadPart = -1;
    CHECK_EQUAL(NtSetInformationFile(file, &block, &position, sizeof(position), FilePositionInformation),
                STATUS_INVALID_PARAMETER);
    close_handle(file);
    drive_remove();
}

static void asynchronous_file_needs_an_offset(void)
{
    LARGE_INTEGER offset = {.QuadPart = 1};
    char text[8] = {0};
    HANDLE file;

    drive_make();
    make_file("file", "abc");
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", GENERIC_READ, SHARE_ALL, FILE_OPEN, 0, &file, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(NtReadFile(file, NULL, NULL, NULL, &block, text, 2, NULL, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(NtReadFile(file, NULL, NULL, NULL, &block, text, 2, &offset, NULL), STATUS_SUCCESS);
    CHECK(strcmp(text, "bc") == 0);
    offset.QuadPart = -5;
    CHECK_EQUAL(NtReadFile(file, NULL, NULL, NULL, &block, text, 2, &offset, NULL), STATUS_INVALID_PARAMETER);
    close_handle(file);
    drive_remove();
}

static void large_offsets_work(void)
{
    FILE_STANDARD_INFORMATION standard;
    char text[8];
    HANDLE file;

    drive_make();
    file = open_file(L"\\??\\T:\\large");
    CHECK_EQUAL(write_text(file, "end", 0x140000000), STATUS_SUCCESS);
    CHECK_EQUAL(read_text(file, text, sizeof(text), 0x140000000), STATUS_SUCCESS);
    CHECK(strcmp(text, "end") == 0);
    CHECK_EQUAL(NtQueryInformationFile(file, &block, &standard, sizeof(standard), FileStandardInformation), STATUS_SUCCESS);
    CHECK_EQUAL(standard.EndOfFile.QuadPart, 0x140000003);
    close_handle(file);
    drive_remove();
}

static void missing_names_and_missing_paths_differ(void)
{
    drive_make();
    make_file("file", "");
    CHECK_EQUAL(try_open(L"\\??\\T:\\none", GENERIC_READ, 0), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(try_open(L"\\??\\T:\\none\\file", GENERIC_READ, 0), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file\\file", GENERIC_READ, 0), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(try_open(L"\\??\\Q:\\file", GENERIC_READ, 0), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(try_open(L"\\??\\Q:", GENERIC_READ, 0), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(try_open(L"\\SystemRoot\\system32", GENERIC_READ, 0), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(try_open(L"T:\\file", GENERIC_READ, 0), STATUS_OBJECT_NAME_INVALID);
    drive_remove();
}

static void names_that_are_none_are_refused(void)
{
    drive_make();
    make_folder("folder");
    make_file("file", "");
    CHECK_EQUAL(try_open(L"\\??\\T:\\folder\\..\\file", GENERIC_READ, 0), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(try_open(L"\\??\\T:\\..\\..\\etc", GENERIC_READ, 0), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(try_open(L"\\??\\T:\\.\\file", GENERIC_READ, 0), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(try_open(L"\\??\\T:\\folder\\\\file", GENERIC_READ, 0), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(try_open(L"\\??\\T:\\fi*", GENERIC_READ, 0), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(try_open(L"\\??\\T:\\folder/file", GENERIC_READ, 0), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file\\", GENERIC_READ, 0), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(try_open(L"\\??\\T:\\folder\\", GENERIC_READ, 0), STATUS_SUCCESS);
    CHECK_EQUAL(try_open(L"\\??\\T:\\folder\\", GENERIC_READ, FILE_NON_DIRECTORY_FILE), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(try_open(L"\\??\\T:", GENERIC_READ, 0), STATUS_SUCCESS);
    CHECK_EQUAL(try_open(L"\\??\\T:\\", GENERIC_READ, FILE_DIRECTORY_FILE), STATUS_SUCCESS);
    drive_remove();
}

static void links_do_not_leave_the_drive(void)
{
    drive_make();
    make_file("file", "");
    CHECK_EQUAL(symlink("/etc/passwd", drive_path("out")), 0);
    CHECK_EQUAL(symlink("../../../../etc/passwd", drive_path("up")), 0);
    CHECK_EQUAL(symlink("file", drive_path("in")), 0);
    CHECK_EQUAL(try_open(L"\\??\\T:\\out", GENERIC_READ, 0), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(try_open(L"\\??\\T:\\up", GENERIC_READ, 0), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(try_open(L"\\??\\T:\\in", GENERIC_READ, 0), STATUS_SUCCESS);
    drive_remove();
}

static void names_compare_without_case_and_exact_ones_win(void)
{
    FILE_STANDARD_INFORMATION standard;
    HANDLE file;

    drive_make();
    make_folder("Folder");
    make_file("Folder/Name.TXT", "1");
    make_file("Folder/other", "1");
    make_file("Folder/Other", "22");
    CHECK_EQUAL(try_open(L"\\??\\T:\\folder\\name.txt", GENERIC_READ, 0), STATUS_SUCCESS);
    CHECK_EQUAL(try_open(L"\\??\\t:\\FOLDER\\NAME.TXT", GENERIC_READ, 0), STATUS_SUCCESS);
    file = open_file(L"\\??\\T:\\folder\\Other");
    CHECK_EQUAL(NtQueryInformationFile(file, &block, &standard, sizeof(standard), FileStandardInformation), STATUS_SUCCESS);
    CHECK_EQUAL(standard.EndOfFile.QuadPart, 2);
    close_handle(file);
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\folder\\NAME.txt", GENERIC_READ, SHARE_ALL, FILE_CREATE, 0, &file, NULL),
                STATUS_OBJECT_NAME_COLLISION);
    drive_remove();
}

/* What each disposition does to a file that exists, and to one that does not. */
static void check_disposition(ULONG disposition, NTSTATUS if_there, ULONG_PTR there, NTSTATUS if_missing, ULONG_PTR missing)
{
    ULONG_PTR information;
    HANDLE file;

    make_file("there", "abc");
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\there", GENERIC_WRITE, SHARE_ALL, disposition, 0, &file, &information), if_there);
    if (NT_SUCCESS(if_there))
    {
        CHECK_EQUAL(information, there);
        close_handle(file);
    }
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\missing", GENERIC_WRITE, SHARE_ALL, disposition, 0, &file, &information),
                if_missing);
    if (NT_SUCCESS(if_missing))
    {
        CHECK_EQUAL(information, missing);
        close_handle(file);
        CHECK_EQUAL(unlink(drive_path("missing")), 0);
    }
}

static void dispositions_do_what_they_say(void)
{
    struct stat found;

    drive_make();
    check_disposition(FILE_OPEN, STATUS_SUCCESS, FILE_OPENED, STATUS_OBJECT_NAME_NOT_FOUND, 0);
    check_disposition(FILE_CREATE, STATUS_OBJECT_NAME_COLLISION, 0, STATUS_SUCCESS, FILE_CREATED);
    check_disposition(FILE_OPEN_IF, STATUS_SUCCESS, FILE_OPENED, STATUS_SUCCESS, FILE_CREATED);
    CHECK_EQUAL(stat(drive_path("there"), &found), 0);
    CHECK_EQUAL(found.st_size, 3);
    check_disposition(FILE_OVERWRITE, STATUS_SUCCESS, FILE_OVERWRITTEN, STATUS_OBJECT_NAME_NOT_FOUND, 0);
    CHECK_EQUAL(stat(drive_path("there"), &found), 0);
    CHECK_EQUAL(found.st_size, 0);
    check_disposition(FILE_OVERWRITE_IF, STATUS_SUCCESS, FILE_OVERWRITTEN, STATUS_SUCCESS, FILE_CREATED);
    check_disposition(FILE_SUPERSEDE, STATUS_SUCCESS, FILE_SUPERSEDED, STATUS_SUCCESS, FILE_CREATED);
    drive_remove();
}

static void folders_and_files_are_told_apart(void)
{
    HANDLE file;

    drive_make();
    make_file("file", "");
    CHECK_EQUAL(
        create(NULL, L"\\??\\T:\\folder", FILE_LIST_DIRECTORY, SHARE_ALL, FILE_CREATE, FILE_DIRECTORY_FILE, &file, NULL),
        STATUS_SUCCESS);
    close_handle(file);
    CHECK_EQUAL(try_open(L"\\??\\T:\\folder", GENERIC_READ, FILE_NON_DIRECTORY_FILE), STATUS_FILE_IS_A_DIRECTORY);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", GENERIC_READ, FILE_DIRECTORY_FILE), STATUS_NOT_A_DIRECTORY);
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\folder", GENERIC_WRITE, SHARE_ALL, FILE_OVERWRITE_IF, 0, &file, NULL),
                STATUS_OBJECT_NAME_COLLISION);
    drive_remove();
}

static void parameters_are_checked(void)
{
    HANDLE file;

    drive_make();
    make_file("file", "");
#define REFUSED(access, share, disposition, options) \
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", access, share, disposition, options, &file, NULL), STATUS_INVALID_PARAMETER)
    REFUSED(GENERIC_READ, 8, FILE_OPEN, 0);
    REFUSED(GENERIC_READ, 0, FILE_MAXIMUM_DISPOSITION + 1, 0);
    REFUSED(GENERIC_READ, 0, FILE_OPEN, 0x01000000);
    REFUSED(FILE_READ_DATA, 0, FILE_OPEN, FILE_SYNCHRONOUS_IO_NONALERT);
    REFUSED(GENERIC_READ, 0, FILE_OPEN, FILE_SYNCHRONOUS_IO_NONALERT | FILE_SYNCHRONOUS_IO_ALERT);
    REFUSED(GENERIC_READ, 0, FILE_OPEN, FILE_DELETE_ON_CLOSE);
    REFUSED(GENERIC_READ, 0, FILE_OPEN, FILE_DIRECTORY_FILE | FILE_NON_DIRECTORY_FILE);
    REFUSED(GENERIC_READ, 0, FILE_OVERWRITE, FILE_DIRECTORY_FILE);
#undef REFUSED
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", 0, 0, FILE_OPEN, 0, &file, NULL), STATUS_ACCESS_DENIED);
    drive_remove();
}

static void sharing_is_a_rule_between_openers(void)
{
    HANDLE first;
    HANDLE second;

    drive_make();
    make_file("file", "abc");
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", GENERIC_READ, FILE_SHARE_READ, FILE_OPEN, 0, &first, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\FILE", GENERIC_WRITE, SHARE_ALL, FILE_OPEN, 0, &second, NULL),
                STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", GENERIC_WRITE, SHARE_ALL, FILE_OVERWRITE_IF, 0, &second, NULL),
                STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", DELETE, SHARE_ALL, FILE_OPEN, 0, &second, NULL), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", GENERIC_READ, 0, FILE_OPEN, 0, &second, NULL), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", GENERIC_READ, 0), STATUS_SUCCESS);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", FILE_READ_ATTRIBUTES, 0), STATUS_SUCCESS);
    close_handle(first);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", GENERIC_WRITE, 0), STATUS_SUCCESS);
    drive_remove();
}

static void rights_of_the_handle_are_checked(void)
{
    LARGE_INTEGER offset = {0};
    FILE_DISPOSITION_INFORMATION disposition = {TRUE};
    FILE_BASIC_INFORMATION basic = {0};
    char text[4] = "";
    HANDLE file;

    drive_make();
    make_file("file", "abc");
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", FILE_READ_DATA, SHARE_ALL, FILE_OPEN, 0, &file, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(NtWriteFile(file, NULL, NULL, NULL, &block, text, 1, &offset, NULL), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(NtFlushBuffersFile(file, &block), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(NtQueryInformationFile(file, &block, &basic, sizeof(basic), FileBasicInformation), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(NtSetInformationFile(file, &block, &disposition, sizeof(disposition), FileDispositionInformation),
                STATUS_ACCESS_DENIED);
    close_handle(file);
    CHECK_EQUAL(NtReadFile(file, NULL, NULL, NULL, &block, text, 1, &offset, NULL), STATUS_INVALID_HANDLE);
    drive_remove();
}

static void who_may_only_append_appends(void)
{
    char text[8];
    HANDLE file;
    HANDLE reader;

    drive_make();
    make_file("file", "abc");
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", FILE_APPEND_DATA | SYNCHRONIZE, SHARE_ALL, FILE_OPEN,
                       FILE_SYNCHRONOUS_IO_NONALERT, &file, NULL),
                STATUS_SUCCESS);
    CHECK_EQUAL(write_text(file, "d", 0), STATUS_SUCCESS);
    reader = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(read_text(reader, text, sizeof(text), 0), STATUS_SUCCESS);
    CHECK(strcmp(text, "abcd") == 0);
    close_handle(reader);
    close_handle(file);
    drive_remove();
}

static void read_only_files_are_not_written_or_deleted(void)
{
    FILE_BASIC_INFORMATION basic = {.FileAttributes = FILE_ATTRIBUTE_READONLY};
    FILE_DISPOSITION_INFORMATION disposition = {TRUE};
    HANDLE file;

    drive_make();
    file = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(NtSetInformationFile(file, &block, &basic, sizeof(basic), FileBasicInformation), STATUS_SUCCESS);
    CHECK_EQUAL(NtSetInformationFile(file, &block, &disposition, sizeof(disposition), FileDispositionInformation),
                STATUS_CANNOT_DELETE);
    close_handle(file);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", GENERIC_WRITE, 0), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", DELETE, FILE_DELETE_ON_CLOSE), STATUS_CANNOT_DELETE);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", GENERIC_READ, 0), STATUS_SUCCESS);
    drive_remove();
}

static void file_goes_with_its_last_handle(void)
{
    FILE_DISPOSITION_INFORMATION disposition = {TRUE};
    FILE_STANDARD_INFORMATION standard;
    HANDLE first;
    HANDLE second;

    drive_make();
    first = open_file(L"\\??\\T:\\file");
    second = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(NtSetInformationFile(first, &block, &disposition, sizeof(disposition), FileDispositionInformation),
                STATUS_SUCCESS);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", GENERIC_READ, 0), STATUS_DELETE_PENDING);
    CHECK_EQUAL(NtQueryInformationFile(second, &block, &standard, sizeof(standard), FileStandardInformation),
                STATUS_SUCCESS);
    CHECK(standard.DeletePending);
    close_handle(first);
    CHECK(exists("file"));
    close_handle(second);
    CHECK(!exists("file"));
    drive_remove();
}

static void deletion_can_be_taken_back(void)
{
    FILE_DISPOSITION_INFORMATION disposition = {TRUE};
    HANDLE file;

    drive_make();
    file = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(NtSetInformationFile(file, &block, &disposition, sizeof(disposition), FileDispositionInformation),
                STATUS_SUCCESS);
    disposition.DeleteFile = FALSE;
    CHECK_EQUAL(NtSetInformationFile(file, &block, &disposition, sizeof(disposition), FileDispositionInformation),
                STATUS_SUCCESS);
    close_handle(file);
    CHECK(exists("file"));
    drive_remove();
}

static void folders_are_deleted_when_they_are_empty(void)
{
    FILE_DISPOSITION_INFORMATION disposition = {TRUE};
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\??\\T:\\folder");
    HANDLE folder;

    drive_make();
    make_folder("folder");
    make_file("folder/file", "");
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\folder", DELETE, SHARE_ALL, FILE_OPEN, FILE_DIRECTORY_FILE, &folder, NULL),
                STATUS_SUCCESS);
    CHECK_EQUAL(NtSetInformationFile(folder, &block, &disposition, sizeof(disposition), FileDispositionInformation),
                STATUS_DIRECTORY_NOT_EMPTY);
    close_handle(folder);
    CHECK_EQUAL(try_open(L"\\??\\T:\\folder\\file", DELETE, FILE_DELETE_ON_CLOSE), STATUS_SUCCESS);
    CHECK(!exists("folder/file"));
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    CHECK_EQUAL(ZwDeleteFile(&attributes), STATUS_SUCCESS);
    CHECK(!exists("folder"));
    CHECK_EQUAL(ZwDeleteFile(&attributes), STATUS_OBJECT_NAME_NOT_FOUND);
    drive_remove();
}

static void related_opens_continue_a_folder(void)
{
    HANDLE folder;
    HANDLE file;

    drive_make();
    make_folder("folder");
    make_file("folder/file", "");
    CHECK_EQUAL(
        create(NULL, L"\\??\\T:\\folder", FILE_LIST_DIRECTORY, SHARE_ALL, FILE_OPEN, FILE_DIRECTORY_FILE, &folder, NULL),
        STATUS_SUCCESS);
    CHECK_EQUAL(create(folder, L"File", GENERIC_READ, SHARE_ALL, FILE_OPEN, 0, &file, NULL), STATUS_SUCCESS);
    close_handle(file);
    CHECK_EQUAL(create(folder, L"", FILE_LIST_DIRECTORY, SHARE_ALL, FILE_OPEN, 0, &file, NULL), STATUS_SUCCESS);
    close_handle(file);
    CHECK_EQUAL(create(folder, L"\\file", GENERIC_READ, SHARE_ALL, FILE_OPEN, 0, &file, NULL), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(create(folder, L"..\\folder", GENERIC_READ, SHARE_ALL, FILE_OPEN, 0, &file, NULL),
                STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(create(folder, L"none", GENERIC_READ, SHARE_ALL, FILE_OPEN, 0, &file, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    close_handle(folder);
    drive_remove();
}

static NTSTATUS rename_to(HANDLE file, HANDLE root, const WCHAR *name, BOOLEAN replace, FILE_INFORMATION_CLASS class)
{
    union
    {
        FILE_RENAME_INFORMATION rename;
        unsigned char room[256];
    } to = {.rename = {.ReplaceIfExists = replace, .RootDirectory = root}};
    UNICODE_STRING text;

    RtlInitUnicodeString(&text, name);
    to.rename.FileNameLength = text.Length;
    memcpy(to.rename.FileName, text.Buffer, text.Length);
    return NtSetInformationFile(file, &block, &to, FIELD_OFFSET(FILE_RENAME_INFORMATION, FileName) + text.Length + 8, class);
}

static void files_are_renamed(void)
{
    HANDLE folder;
    HANDLE file;

    drive_make();
    make_folder("folder");
    make_file("taken", "");
    file = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(rename_to(file, NULL, L"beside", FALSE, FileRenameInformation), STATUS_SUCCESS);
    CHECK(exists("beside") && !exists("file"));
    CHECK_EQUAL(rename_to(file, NULL, L"BESIDE", FALSE, FileRenameInformation), STATUS_SUCCESS);
    CHECK(exists("BESIDE") && !exists("beside"));
    CHECK_EQUAL(rename_to(file, NULL, L"\\??\\T:\\folder\\whole", FALSE, FileRenameInformation), STATUS_SUCCESS);
    CHECK(exists("folder/whole"));
    CHECK_EQUAL(rename_to(file, NULL, L"\\??\\T:\\Taken", FALSE, FileRenameInformation), STATUS_OBJECT_NAME_COLLISION);
    CHECK_EQUAL(rename_to(file, NULL, L"\\??\\T:\\none\\x", FALSE, FileRenameInformation), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(rename_to(file, NULL, L"\\??\\Z:\\x", FALSE, FileRenameInformation), STATUS_NOT_SAME_DEVICE);
    CHECK_EQUAL(rename_to(file, NULL, L"a:b", FALSE, FileRenameInformation), STATUS_OBJECT_NAME_INVALID);
    CHECK_EQUAL(rename_to(file, NULL, L"\\??\\T:\\Taken", TRUE, FileRenameInformation), STATUS_SUCCESS);
    CHECK(exists("taken") && !exists("folder/whole"));
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\folder", FILE_LIST_DIRECTORY, SHARE_ALL, FILE_OPEN, 0, &folder, NULL),
                STATUS_SUCCESS);
    CHECK_EQUAL(rename_to(file, folder, L"in", FALSE, FileRenameInformation), STATUS_SUCCESS);
    CHECK(exists("folder/in"));
    CHECK_EQUAL(rename_to(file, folder, L"other", FALSE, FileLinkInformation), STATUS_SUCCESS);
    CHECK(exists("folder/in") && exists("folder/other"));
    close_handle(folder);
    close_handle(file);
    drive_remove();
}

static void file_that_is_open_is_not_replaced(void)
{
    HANDLE file;
    HANDLE other;

    drive_make();
    file = open_file(L"\\??\\T:\\file");
    other = open_file(L"\\??\\T:\\other");
    CHECK_EQUAL(rename_to(file, NULL, L"other", TRUE, FileRenameInformation), STATUS_ACCESS_DENIED);
    close_handle(other);
    CHECK_EQUAL(rename_to(file, NULL, L"other", TRUE, FileRenameInformation), STATUS_SUCCESS);
    close_handle(file);
    drive_remove();
}

static void information_is_the_files_own(void)
{
    union
    {
        FILE_ALL_INFORMATION all;
        unsigned char room[512];
    } info;
    FILE_END_OF_FILE_INFORMATION end = {.EndOfFile = {.QuadPart = 5}};
    FILE_BASIC_INFORMATION basic = {.LastWriteTime = {.QuadPart = 132223104000000000}};
    HANDLE file;

    drive_make();
    file = open_file(L"\\??\\T:\\Some File");
    CHECK_EQUAL(NtSetInformationFile(file, &block, &end, sizeof(end), FileEndOfFileInformation), STATUS_SUCCESS);
    CHECK_EQUAL(NtSetInformationFile(file, &block, &basic, sizeof(basic), FileBasicInformation), STATUS_SUCCESS);
    CHECK_EQUAL(NtQueryInformationFile(file, &block, &info, sizeof(info), FileAllInformation), STATUS_SUCCESS);
    CHECK_EQUAL(info.all.StandardInformation.EndOfFile.QuadPart, 5);
    CHECK_EQUAL(info.all.StandardInformation.NumberOfLinks, 1);
    CHECK(!info.all.StandardInformation.Directory);
    CHECK_EQUAL(info.all.BasicInformation.LastWriteTime.QuadPart, 132223104000000000);
    CHECK_EQUAL(info.all.BasicInformation.FileAttributes, FILE_ATTRIBUTE_ARCHIVE);
    CHECK_EQUAL(info.all.ModeInformation.Mode, FILE_SYNCHRONOUS_IO_NONALERT);
    CHECK_EQUAL(info.all.NameInformation.FileNameLength, 20);
    CHECK(memcmp(info.all.NameInformation.FileName, L"\\Some File", 20) == 0);
    CHECK_EQUAL(NtQueryInformationFile(file, &block, &info, FIELD_OFFSET(FILE_ALL_INFORMATION, NameInformation) + 8,
                                       FileAllInformation),
                STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(NtQueryInformationFile(file, &block, &info, 4, FileBasicInformation), STATUS_INFO_LENGTH_MISMATCH);
    CHECK_EQUAL(NtQueryInformationFile(file, &block, &info, sizeof(info), FileMaximumInformation),
                STATUS_INVALID_INFO_CLASS);
    close_handle(file);
    drive_remove();
}

static void volumes_tell_their_size_and_kind(void)
{
    FILE_FS_FULL_SIZE_INFORMATION size;
    FILE_FS_DEVICE_INFORMATION device;
    union
    {
        FILE_FS_ATTRIBUTE_INFORMATION attributes;
        unsigned char room[64];
    } info;
    HANDLE file;

    drive_make();
    file = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(NtQueryVolumeInformationFile(file, &block, &size, sizeof(size), FileFsFullSizeInformation), STATUS_SUCCESS);
    CHECK(size.TotalAllocationUnits.QuadPart >= size.ActualAvailableAllocationUnits.QuadPart);
    CHECK_EQUAL(size.BytesPerSector, 512);
    CHECK_EQUAL(NtQueryVolumeInformationFile(file, &block, &info, sizeof(info), FileFsAttributeInformation), STATUS_SUCCESS);
    CHECK((info.attributes.FileSystemAttributes & FILE_CASE_PRESERVED_NAMES) != 0);
    CHECK_EQUAL(NtQueryVolumeInformationFile(file, &block, &device, sizeof(device), FileFsDeviceInformation),
                STATUS_SUCCESS);
    CHECK_EQUAL(device.DeviceType, FILE_DEVICE_DISK_FILE_SYSTEM);
    close_handle(file);
    drive_remove();
}

static NTSTATUS list(HANDLE folder, void *buffer, ULONG size, const WCHAR *pattern, BOOLEAN single, BOOLEAN restart)
{
    UNICODE_STRING text = {0};

    if (pattern != NULL)
    {
        RtlInitUnicodeString(&text, pattern);
    }
    return NtQueryDirectoryFile(folder, NULL, NULL, NULL, &block, buffer, size, FileBothDirectoryInformation, single,
                                pattern != NULL ? &text : NULL, restart);
}

/* How many entries a whole listing has, with this much room for each call. */
static unsigned count_entries(const WCHAR *pattern, ULONG room)
{
    _Alignas(8) unsigned char buffer[1024];
    unsigned count = 0;
    HANDLE folder;
    NTSTATUS status;

    CHECK_EQUAL(create(NULL, L"\\??\\T:\\folder", FILE_LIST_DIRECTORY | SYNCHRONIZE, SHARE_ALL, FILE_OPEN,
                       FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT, &folder, NULL),
                STATUS_SUCCESS);
    while ((status = list(folder, buffer, room, pattern, FALSE, FALSE)) == STATUS_SUCCESS)
    {
        PFILE_BOTH_DIR_INFORMATION entry = (PFILE_BOTH_DIR_INFORMATION)(void *)buffer;

        for (count++; entry->NextEntryOffset != 0; count++)
        {
            entry = (PFILE_BOTH_DIR_INFORMATION)(void *)((char *)entry + entry->NextEntryOffset);
        }
    }
    CHECK_EQUAL(status, count != 0 ? STATUS_NO_MORE_FILES : STATUS_NO_SUCH_FILE);
    close_handle(folder);
    return count;
}

static void folders_list_what_matches(void)
{
    drive_make();
    make_folder("folder");
    make_file("folder/one.txt", "");
    make_file("folder/TWO.TXT", "");
    make_file("folder/three", "");
    CHECK_EQUAL(count_entries(NULL, 1024), 5);
    CHECK_EQUAL(count_entries(NULL, 120), 5);
    CHECK_EQUAL(count_entries(L"*", 1024), 5);
    CHECK_EQUAL(count_entries(L"*.txt", 1024), 2);
    CHECK_EQUAL(count_entries(L"t*", 1024), 2);
    CHECK_EQUAL(count_entries(L"???.txt", 1024), 2);
    CHECK_EQUAL(count_entries(L"<.txt", 1024), 2);
    CHECK_EQUAL(count_entries(L"three\"", 1024), 1);
    CHECK_EQUAL(count_entries(L"none", 1024), 0);
    drive_remove();
}

static void listing_is_continued_and_restarted(void)
{
    _Alignas(8) unsigned char buffer[1024];
    HANDLE folder;

    drive_make();
    make_folder("folder");
    make_file("folder/long name", "");
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\folder", FILE_LIST_DIRECTORY | SYNCHRONIZE, SHARE_ALL, FILE_OPEN,
                       FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT, &folder, NULL),
                STATUS_SUCCESS);
    CHECK_EQUAL(list(folder, buffer, sizeof(buffer), L"l*", TRUE, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(list(folder, buffer, sizeof(buffer), NULL, TRUE, FALSE), STATUS_NO_MORE_FILES);
    CHECK_EQUAL(list(folder, buffer, sizeof(buffer), NULL, TRUE, TRUE), STATUS_SUCCESS);
    CHECK_EQUAL(list(folder, buffer, FIELD_OFFSET(FILE_BOTH_DIR_INFORMATION, FileName) + 4, NULL, TRUE, TRUE),
                STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(list(folder, buffer, 8, NULL, TRUE, TRUE), STATUS_INFO_LENGTH_MISMATCH);
    close_handle(folder);
    drive_remove();
}

static NTSTATUS lock(HANDLE file, LONGLONG at, LONGLONG size, BOOLEAN at_once, BOOLEAN exclusive)
{
    LARGE_INTEGER offset = {.QuadPart = at};
    LARGE_INTEGER length = {.QuadPart = size};
    IO_STATUS_BLOCK result;

    return NtLockFile(file, NULL, NULL, NULL, &result, &offset, &length, 0, at_once, exclusive);
}

static NTSTATUS unlock(HANDLE file, LONGLONG at, LONGLONG size)
{
    LARGE_INTEGER offset = {.QuadPart = at};
    LARGE_INTEGER length = {.QuadPart = size};
    IO_STATUS_BLOCK result;

    return NtUnlockFile(file, &result, &offset, &length, 0);
}

static void locks_keep_others_out(void)
{
    char text[4];
    HANDLE mine;
    HANDLE other;

    drive_make();
    make_file("file", "0123456789");
    mine = open_file(L"\\??\\T:\\file");
    other = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(lock(mine, 2, 3, TRUE, TRUE), STATUS_SUCCESS);
    CHECK_EQUAL(read_text(other, text, 3, 0), STATUS_SUCCESS);
    CHECK_EQUAL(read_text(other, text, 4, 0), STATUS_FILE_LOCK_CONFLICT);
    CHECK_EQUAL(write_text(other, "x", 4), STATUS_FILE_LOCK_CONFLICT);
    CHECK_EQUAL(read_text(mine, text, 4, 2), STATUS_SUCCESS);
    CHECK_EQUAL(lock(other, 4, 10, TRUE, FALSE), STATUS_LOCK_NOT_GRANTED);
    CHECK_EQUAL(lock(other, 5, 10, TRUE, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(lock(mine, 5, 1, TRUE, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(write_text(mine, "x", 5), STATUS_FILE_LOCK_CONFLICT);
    CHECK_EQUAL(unlock(mine, 2, 2), STATUS_RANGE_NOT_LOCKED);
    CHECK_EQUAL(unlock(mine, 2, 3), STATUS_SUCCESS);
    CHECK_EQUAL(lock(other, -1, 10, TRUE, FALSE), STATUS_INVALID_LOCK_RANGE);
    close_handle(mine);
    CHECK_EQUAL(unlock(other, 5, 10), STATUS_SUCCESS);
    close_handle(other);
    drive_remove();
}

static void take_lock(void *argument)
{
    CHECK_EQUAL(lock((HANDLE)argument, 0, 1, FALSE, TRUE), STATUS_SUCCESS);
}

static void waiting_for_a_lock_ends_when_it_is_free(void)
{
    struct nt_thread *thread;
    HANDLE mine;
    HANDLE other;

    drive_make();
    mine = open_file(L"\\??\\T:\\file");
    other = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(lock(mine, 0, 1, TRUE, TRUE), STATUS_SUCCESS);
    thread = nt_thread_start(take_lock, other);
    CHECK_EQUAL(unlock(mine, 0, 1), STATUS_SUCCESS);
    nt_thread_join(thread);
    CHECK_EQUAL(lock(mine, 0, 1, TRUE, TRUE), STATUS_LOCK_NOT_GRANTED);
    close_handle(other);
    CHECK_EQUAL(lock(mine, 0, 1, TRUE, TRUE), STATUS_SUCCESS);
    close_handle(mine);
    drive_remove();
}

static void wait_for_file(HANDLE file)
{
    void *body;

    CHECK_EQUAL(ObReferenceObjectByHandle(file, SYNCHRONIZE, *IoFileObjectType, KernelMode, &body, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(KeWaitForSingleObject(&((PFILE_OBJECT)body)->Event, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    ObDereferenceObject(body);
}

static void waiting_for_a_lock_can_be_cancelled(void)
{
    LARGE_INTEGER offset = {0};
    LARGE_INTEGER length = {.QuadPart = 1};
    IO_STATUS_BLOCK result = {.Status = STATUS_PENDING};
    IO_STATUS_BLOCK ignored;
    HANDLE mine;
    HANDLE other;

    drive_make();
    mine = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(create(NULL, L"\\??\\T:\\file", GENERIC_READ | SYNCHRONIZE, SHARE_ALL, FILE_OPEN, 0, &other, NULL),
                STATUS_SUCCESS);
    CHECK_EQUAL(lock(mine, 0, 1, TRUE, TRUE), STATUS_SUCCESS);
    CHECK_EQUAL(NtLockFile(other, NULL, NULL, NULL, &result, &offset, &length, 0, FALSE, TRUE), STATUS_PENDING);
    CHECK_EQUAL(NtCancelIoFileEx(other, &ignored, &ignored), STATUS_NOT_FOUND);
    CHECK_EQUAL(NtCancelIoFileEx(other, &result, &ignored), STATUS_SUCCESS);
    wait_for_file(other);
    CHECK_EQUAL(result.Status, STATUS_CANCELLED);
    CHECK_EQUAL(NtCancelIoFileEx(other, NULL, &ignored), STATUS_NOT_FOUND);
    CHECK_EQUAL(NtCancelIoFile(other, &ignored), STATUS_SUCCESS);
    CHECK_EQUAL(NtLockFile(other, NULL, NULL, NULL, &result, &offset, &length, 0, FALSE, TRUE), STATUS_PENDING);
    close_handle(other);
    CHECK_EQUAL(result.Status, STATUS_RANGE_NOT_LOCKED);
    close_handle(mine);
    drive_remove();
}

static void drives_come_and_go(void)
{
    HANDLE file;

    drive_make();
    make_file("file", "");
    file = open_file(L"\\??\\T:\\file");
    CHECK_EQUAL(drive_set('T', NULL), STATUS_SUCCESS);
    CHECK_EQUAL(try_open(L"\\??\\T:\\file", GENERIC_READ, 0), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(write_text(file, "x", 0), STATUS_SUCCESS);
    close_handle(file);
    CHECK_EQUAL(drive_set('1', "/tmp"), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(drive_set('T', "/nowhere/at/all"), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(try_open(L"\\??\\Z:\\tmp", FILE_LIST_DIRECTORY, FILE_DIRECTORY_FILE), STATUS_SUCCESS);
    CHECK_EQUAL(try_open(L"\\DosDevices\\z:\\TMP", FILE_LIST_DIRECTORY, FILE_DIRECTORY_FILE), STATUS_SUCCESS);
    drive_remove();
}

static void system_root_is_a_folder_of_drive_c(void)
{
    drive_make();
    make_folder("Windows");
    make_file("Windows/file", "");
    CHECK_EQUAL(drive_set('C', drive_path("")), STATUS_SUCCESS);
    CHECK_EQUAL(try_open(L"\\SystemRoot\\file", GENERIC_READ, 0), STATUS_SUCCESS);
    CHECK_EQUAL(drive_set('C', NULL), STATUS_SUCCESS);
    drive_remove();
}

static void open_and_close(void)
{
    HANDLE file;

    if (NT_SUCCESS(create(NULL, L"\\??\\T:\\FILE", GENERIC_READ, SHARE_ALL, FILE_OPEN, 0, &file, NULL)))
    {
        close_handle(file);
    }
}

static void opens_without_memory_leave_nothing(void)
{
    drive_make();
    make_file("file", "");
    nt_fail_each_allocation(open_and_close);
    CHECK_EQUAL(drive_set('T', NULL), STATUS_SUCCESS);
    drive_remove();
}

static void write_many(void *argument)
{
    char line[4] = "....";

    for (int round = 0; round < 20; round++)
    {
        CHECK_EQUAL(NtWriteFile((HANDLE)argument, NULL, NULL, NULL, &(IO_STATUS_BLOCK){0}, line, sizeof(line), NULL, NULL),
                    STATUS_SUCCESS);
    }
}

static void threads_on_one_synchronous_file_take_turns(void)
{
    struct nt_thread *threads[2];
    struct stat found;
    HANDLE file;

    drive_make();
    file = open_file(L"\\??\\T:\\file");
    for (size_t index = 0; index < 2; index++)
    {
        threads[index] = nt_thread_start(write_many, file);
    }
    for (size_t index = 0; index < 2; index++)
    {
        nt_thread_join(threads[index]);
    }
    close_handle(file);
    CHECK_EQUAL(stat(drive_path("file"), &found), 0);
    CHECK_EQUAL(found.st_size, 160);
    drive_remove();
}

const struct nt_case nt_cases[] = {
    CASE(what_is_written_is_read),
    CASE(synchronous_file_has_a_position),
    CASE(asynchronous_file_needs_an_offset),
    CASE(large_offsets_work),
    CASE(missing_names_and_missing_paths_differ),
    CASE(names_that_are_none_are_refused),
    CASE(links_do_not_leave_the_drive),
    CASE(names_compare_without_case_and_exact_ones_win),
    CASE(dispositions_do_what_they_say),
    CASE(folders_and_files_are_told_apart),
    CASE(parameters_are_checked),
    CASE(sharing_is_a_rule_between_openers),
    CASE(rights_of_the_handle_are_checked),
    CASE(who_may_only_append_appends),
    CASE(read_only_files_are_not_written_or_deleted),
    CASE(file_goes_with_its_last_handle),
    CASE(deletion_can_be_taken_back),
    CASE(folders_are_deleted_when_they_are_empty),
    CASE(related_opens_continue_a_folder),
    CASE(files_are_renamed),
    CASE(file_that_is_open_is_not_replaced),
    CASE(information_is_the_files_own),
    CASE(volumes_tell_their_size_and_kind),
    CASE(folders_list_what_matches),
    CASE(listing_is_continued_and_restarted),
    CASE(locks_keep_others_out),
    CASE(waiting_for_a_lock_ends_when_it_is_free),
    CASE(waiting_for_a_lock_can_be_cancelled),
    CASE(drives_come_and_go),
    CASE(system_root_is_a_folder_of_drive_c),
    CASE(opens_without_memory_leave_nothing),
    CASE(threads_on_one_synchronous_file_take_turns),
    CASES_END,
};
