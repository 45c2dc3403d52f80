/* SPDX-License-Identifier: MIT */
/*
 * Files for tests: a drive T: over a fresh folder of Linux, and short forms of the services.
 */
#ifndef FILE_CASE_H
#define FILE_CASE_H

#include "nt_case.h"

#include <ntifs.h>

/* Makes the drive; takes it down with everything in it. */
void drive_make(void);
void drive_remove(void);

/* The Linux path of a name on the drive, valid until the next call. */
const char *drive_path(const char *name);

/* Makes a file with this text, or a folder. */
void make_file(const char *name, const char *text);
void make_folder(const char *name);
bool exists(const char *name);

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* NtCreateFile with a path such as L"\\??\\T:\\file", relative to root unless that is NULL. */
NTSTATUS create(HANDLE root, const WCHAR *path, ACCESS_MASK access, ULONG share, ULONG disposition, ULONG options,
                HANDLE *ret_handle, ULONG_PTR *ret_information);

/* Opens for synchronous read and write, shared with everybody; must succeed. */
HANDLE open_file(const WCHAR *path);

/* Opens what exists with this access and closes it again; returns the status. */
NTSTATUS try_open(const WCHAR *path, ACCESS_MASK access, ULONG options);

#endif /* FILE_CASE_H */
