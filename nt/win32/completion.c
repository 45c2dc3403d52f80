/* SPDX-License-Identifier: MIT */
/*
 * Completion ports.
 */
#include "nt/win32/win32.h"

/* Ties a file to a port. */
static NTSTATUS associate(HANDLE file, HANDLE port, ULONG_PTR key)
{
    struct
    {
        HANDLE port;
        PVOID key;
    } information = {port, (PVOID)key};
    IO_STATUS_BLOCK block;

    return NtSetInformationFile(file, &block, &information, sizeof(information), FileCompletionInformation);
}

HANDLE WINAPI CreateIoCompletionPort(HANDLE FileHandle, HANDLE ExistingCompletionPort, ULONG_PTR CompletionKey,
                                     DWORD NumberOfConcurrentThreads)
{
    HANDLE port = ExistingCompletionPort;

    if (FileHandle == INVALID_HANDLE_VALUE && port != NULL)
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    if (port == NULL &&
        !win32_result(NtCreateIoCompletion(&port, IO_COMPLETION_ALL_ACCESS, NULL, NumberOfConcurrentThreads)))
    {
        return NULL;
    }
    if (FileHandle != INVALID_HANDLE_VALUE && !win32_result(associate(FileHandle, port, CompletionKey)))
    {
        if (ExistingCompletionPort == NULL)
        {
            (void)ZwClose(port);
        }
        return NULL;
    }
    return port;
}

/* What a removal that brought nothing says. */
static BOOL nothing_removed(NTSTATUS status)
{
    switch (status)
    {
        case STATUS_TIMEOUT:
            return win32_fail(WAIT_TIMEOUT);
        case STATUS_USER_APC:
            return win32_fail(WAIT_IO_COMPLETION);
        case STATUS_ABANDONED:
            return win32_fail(ERROR_ABANDONED_WAIT_0);
        default:
            return win32_result(status);
    }
}

BOOL WINAPI GetQueuedCompletionStatus(HANDLE CompletionPort, LPDWORD lpNumberOfBytesTransferred, PULONG_PTR lpCompletionKey,
                                      LPOVERLAPPED *lpOverlapped, DWORD dwMilliseconds)
{
    IO_STATUS_BLOCK block = {0};
    LARGE_INTEGER timeout;
    void *context = NULL;
    void *key = NULL;
    NTSTATUS status = NtRemoveIoCompletion(CompletionPort, &key, &context, &block, win32_timeout(dwMilliseconds, &timeout));

    if (status != STATUS_SUCCESS)
    {
        *lpOverlapped = NULL;
        return nothing_removed(status);
    }
    *lpOverlapped = context;
    *lpCompletionKey = (ULONG_PTR)key;
    *lpNumberOfBytesTransferred = (DWORD)block.Information;
    return win32_result(block.Status);
}

BOOL WINAPI GetQueuedCompletionStatusEx(HANDLE CompletionPort, LPOVERLAPPED_ENTRY lpCompletionPortEntries, ULONG ulCount,
                                        PULONG ulNumEntriesRemoved, DWORD dwMilliseconds, BOOL fAlertable)
{
    LARGE_INTEGER timeout;
    NTSTATUS status;

    if (ulCount == 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    *ulNumEntriesRemoved = 0;
    status = NtRemoveIoCompletionEx(CompletionPort, (struct completion *)(void *)lpCompletionPortEntries, ulCount,
                                    ulNumEntriesRemoved, win32_timeout(dwMilliseconds, &timeout), fAlertable != FALSE);
    return status == STATUS_SUCCESS ? TRUE : nothing_removed(status);
}

BOOL WINAPI PostQueuedCompletionStatus(HANDLE CompletionPort, DWORD dwNumberOfBytesTransferred, ULONG_PTR dwCompletionKey,
                                       LPOVERLAPPED lpOverlapped)
{
    return win32_result(
        NtSetIoCompletion(CompletionPort, (PVOID)dwCompletionKey, lpOverlapped, STATUS_SUCCESS, dwNumberOfBytesTransferred));
}
