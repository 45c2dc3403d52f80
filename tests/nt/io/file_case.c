/* SPDX-License-Identifier: MIT */
/*
 * Files for tests.
 */
#include "file_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nt/io/file_services.h"
#include "nt/io/host/host.h"

static char folder[64];

void drive_make(void)
{
    (void)snprintf(folder, sizeof(folder), "%s", "/tmp/nt_file_test_XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    CHECK_EQUAL(drive_set('T', folder), STATUS_SUCCESS);
}

void drive_remove(void)
{
    char command[192];

    CHECK_EQUAL(drive_set('T', NULL), STATUS_SUCCESS);
    (void)snprintf(command, sizeof(command), "chmod -R u+w %s; rm -r %s", folder, folder);
    CHECK_EQUAL(system(command), 0);
}

const char *drive_path(const char *name)
{
    static char path[256];

    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

void make_file(const char *name, const char *text)
{
    FILE *file = fopen(drive_path(name), "w");

    CHECK(file != NULL);
    (void)fputs(text, file);
    (void)fclose(file);
}

void make_folder(const char *name)
{
    CHECK_EQUAL(mkdir(drive_path(name), 0777), 0);
}

bool exists(const char *name)
{
    return access(drive_path(name), F_OK) == 0;
}

NTSTATUS create(HANDLE root, const WCHAR *path, ACCESS_MASK access, ULONG share, ULONG disposition, ULONG options,
                HANDLE *ret_handle, ULONG_PTR *ret_information)
{
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block = {.Information = 99};
    UNICODE_STRING name;
    NTSTATUS status;

    RtlInitUnicodeString(&name, path);
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, root, NULL);
    status = NtCreateFile(ret_handle, access, &attributes, &block, NULL, FILE_ATTRIBUTE_NORMAL, share, disposition, options,
                          NULL, 0);
    if (ret_information != NULL)
    {
        *ret_information = block.Information;
    }
    return status;
}

HANDLE open_file(const WCHAR *path)
{
    HANDLE handle;

    CHECK_EQUAL(create(NULL, path, GENERIC_READ | GENERIC_WRITE | DELETE | SYNCHRONIZE, SHARE_ALL, FILE_OPEN_IF,
                       FILE_SYNCHRONOUS_IO_NONALERT, &handle, NULL),
                STATUS_SUCCESS);
    return handle;
}

NTSTATUS try_open(const WCHAR *path, ACCESS_MASK access, ULONG options)
{
    HANDLE handle;
    NTSTATUS status = create(NULL, path, access, SHARE_ALL, FILE_OPEN, options, &handle, NULL);

    if (NT_SUCCESS(status))
    {
        CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    }
    return status;
}
