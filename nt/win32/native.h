/* SPDX-License-Identifier: MIT */
/*
 * What the Win32 face calls of the engine, in types that both flavours have. winternl.h declares the native functions that
 * Windows documents; here is the rest. The functions named native_ are in this folder's native_*.c, which are compiled with the
 * engine's headers: they reach objects that no published kernel function makes.
 */
#ifndef NT_WIN32_NATIVE_H
#define NT_WIN32_NATIVE_H

#include <stdbool.h>
#include <stdint.h>

/* The engine includes its own headers before this one. */
#ifndef NT_INTERNAL_H
#include <windows.h>
#include <winternl.h>

#include <ntrtlbase.h>
#include <ntstatus.h>

/* The registry. Information classes are the numbers of the kernel flavour's enumerations. */
NTSTATUS ZwOpenKeyEx(PHANDLE key, ACCESS_MASK access, POBJECT_ATTRIBUTES attributes, ULONG options);
NTSTATUS ZwCreateKey(PHANDLE key, ACCESS_MASK access, POBJECT_ATTRIBUTES attributes, ULONG title, PUNICODE_STRING class,
                     ULONG options, PULONG disposition);
NTSTATUS ZwDeleteKey(HANDLE key);
NTSTATUS ZwRenameKey(HANDLE key, PUNICODE_STRING name);
NTSTATUS ZwFlushKey(HANDLE key);
NTSTATUS ZwQueryKey(HANDLE key, ULONG class, PVOID buffer, ULONG size, PULONG needed);
NTSTATUS ZwEnumerateKey(HANDLE key, ULONG index, ULONG class, PVOID buffer, ULONG size, PULONG needed);
NTSTATUS ZwQueryValueKey(HANDLE key, PUNICODE_STRING name, ULONG class, PVOID buffer, ULONG size, PULONG needed);
NTSTATUS ZwEnumerateValueKey(HANDLE key, ULONG index, ULONG class, PVOID buffer, ULONG size, PULONG needed);
NTSTATUS ZwSetValueKey(HANDLE key, PUNICODE_STRING name, ULONG title, ULONG type, PVOID data, ULONG size);
NTSTATUS ZwDeleteValueKey(HANDLE key, PUNICODE_STRING name);
NTSTATUS ZwNotifyChangeKey(HANDLE key, HANDLE event, PVOID routine, PVOID context, PIO_STATUS_BLOCK block, ULONG filter,
                           BOOLEAN tree, PVOID buffer, ULONG size, BOOLEAN asynchronous);

/* Case, as object names compare: nt/rtl/unicode.h. Identifiers as text: nt/rtl/guid.h. */
WCHAR unicode_upcase(WCHAR unit);
WCHAR unicode_downcase(WCHAR unit);
void guid_format(const GUID *guid, bool lower, WCHAR *text);
bool guid_parse(const WCHAR *text, GUID *ret_guid);

NTSYSAPI NTSTATUS ZwClose(HANDLE Handle);
NTSYSAPI NTSTATUS ZwDuplicateObject(HANDLE SourceProcessHandle, HANDLE SourceHandle, HANDLE TargetProcessHandle,
                                    PHANDLE TargetHandle, ACCESS_MASK DesiredAccess, ULONG HandleAttributes, ULONG Options);

/*
 * Files: nt/io/file_services.h.
 */
NTSYSAPI NTSTATUS NtQueryFullAttributesFile(POBJECT_ATTRIBUTES ObjectAttributes,
                                            PFILE_NETWORK_OPEN_INFORMATION FileInformation);
NTSYSAPI NTSTATUS NtReadFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                             PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length, PLARGE_INTEGER ByteOffset,
                             PULONG Key);
NTSYSAPI NTSTATUS NtWriteFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                              PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length, PLARGE_INTEGER ByteOffset,
                              PULONG Key);
NTSYSAPI NTSTATUS NtFlushBuffersFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock);
NTSYSAPI NTSTATUS NtCancelIoFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock);
NTSYSAPI NTSTATUS NtCancelIoFileEx(HANDLE FileHandle, PIO_STATUS_BLOCK IoRequestToCancel, PIO_STATUS_BLOCK IoStatusBlock);
NTSYSAPI NTSTATUS NtQueryDirectoryFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                                       PIO_STATUS_BLOCK IoStatusBlock, PVOID FileInformation, ULONG Length,
                                       FILE_INFORMATION_CLASS FileInformationClass, BOOLEAN ReturnSingleEntry,
                                       PUNICODE_STRING FileName, BOOLEAN RestartScan);
NTSYSAPI NTSTATUS NtLockFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
                             PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER ByteOffset, PLARGE_INTEGER Length, ULONG Key,
                             BOOLEAN FailImmediately, BOOLEAN ExclusiveLock);
NTSYSAPI NTSTATUS NtUnlockFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER ByteOffset,
                               PLARGE_INTEGER Length, ULONG Key);

/*
 * Interlocked lists: nt/memory/slist.c.
 */
PSLIST_ENTRY ExpInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry);
PSLIST_ENTRY ExpInterlockedPopEntrySList(PSLIST_HEADER ListHead);
PSLIST_ENTRY ExpInterlockedFlushSList(PSLIST_HEADER ListHead);
USHORT ExQueryDepthSList(PSLIST_HEADER SListHead);
PSLIST_ENTRY InterlockedPushListSList(PSLIST_HEADER ListHead, PSLIST_ENTRY List, PSLIST_ENTRY ListEnd, ULONG Count);

/*
 * Completion ports: nt/io/completion_port.h. A completion is laid out as an OVERLAPPED_ENTRY.
 */
struct completion;
NTSYSAPI NTSTATUS NtCreateIoCompletion(PHANDLE Handle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                                       ULONG Count);
NTSYSAPI NTSTATUS NtSetIoCompletion(HANDLE Handle, PVOID Key, PVOID ApcContext, NTSTATUS Status, ULONG_PTR Information);
NTSYSAPI NTSTATUS NtRemoveIoCompletion(HANDLE Handle, PVOID *Key, PVOID *ApcContext, PIO_STATUS_BLOCK IoStatusBlock,
                                       PLARGE_INTEGER Timeout);
NTSYSAPI NTSTATUS NtRemoveIoCompletionEx(HANDLE Handle, struct completion *Information, ULONG Count, PULONG Removed,
                                         PLARGE_INTEGER Timeout, BOOLEAN Alertable);
#endif

enum native_kind
{
    NATIVE_EVENT,
    NATIVE_MUTANT,
    NATIVE_SEMAPHORE,
    NATIVE_TIMER,
};

/* What a new object is; each kind looks at its own members. */
struct native_object
{
    enum native_kind kind;
    /* Events and timers: stays signalled until it is reset. */
    bool manual;
    /* Event: begins signalled. Mutant: belongs to the caller. */
    bool initial;
    LONG count;
    LONG limit;
};

/*
 * Makes an object, or opens the one that has the name, with OBJ_OPENIF in the attributes: STATUS_OBJECT_NAME_EXISTS. The
 * attributes may be NULL. IRQL: PASSIVE_LEVEL, as for everything here.
 */
NTSTATUS native_create(const struct native_object *object, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access,
                       HANDLE *ret_handle);
NTSTATUS native_open(enum native_kind kind, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, HANDLE *ret_handle);

enum native_event_action
{
    NATIVE_EVENT_SET,
    NATIVE_EVENT_RESET,
    NATIVE_EVENT_PULSE,
};

NTSTATUS native_event(HANDLE event, enum native_event_action action);
NTSTATUS native_mutant_release(HANDLE mutant);
/* ret_previous may be NULL. */
NTSTATUS native_semaphore_release(HANDLE semaphore, LONG count, LONG *ret_previous);

/*
 * Sets a timer: due as published, period in milliseconds or zero. The routine, unless it is NULL, runs as an asynchronous call of
 * the calling thread with the context and the time in units of 100 nanoseconds.
 */
typedef void native_timer_routine(void *context, DWORD low, DWORD high);
NTSTATUS native_timer_set(HANDLE timer, int64_t due, uint32_t period, native_timer_routine *routine, void *context);
NTSTATUS native_timer_cancel(HANDLE timer);

/*
 * Waits for one or all of the handles' objects; the time-out is as published. Runs what is queued to the thread when that ends the
 * wait, which then returns STATUS_USER_APC. A handle that cannot be waited for is STATUS_OBJECT_TYPE_MISMATCH.
 */
NTSTATUS native_wait(uint32_t count, const HANDLE *handles, bool all, bool alertable, const LARGE_INTEGER *timeout);

/* Waits for the time alone. STATUS_SUCCESS, or STATUS_USER_APC when it ended before. */
NTSTATUS native_delay(bool alertable, const LARGE_INTEGER *timeout);

/* Signals an event, mutant or semaphore, as a release by one does. */
NTSTATUS native_signal(HANDLE object);

/* Queues a call to a thread. STATUS_UNSUCCESSFUL when the thread has ended. */
NTSTATUS native_queue_call(HANDLE thread, void (*routine)(ULONG_PTR data), ULONG_PTR data);

struct native_thread
{
    uint32_t id;
    bool ended;
    DWORD exit_code;
    LONG priority;
    int64_t created;
    int64_t ended_at;
};

/* The routine's return is the exit code. */
NTSTATUS native_thread_create(DWORD (*routine)(void *context), void *context, bool suspended, ULONG handle_attributes,
                              HANDLE *ret_thread, DWORD *ret_id);
NTSTATUS native_thread_open(DWORD id, ACCESS_MASK access, ULONG handle_attributes, HANDLE *ret_thread);
NTSTATUS native_thread_query(HANDLE thread, struct native_thread *ret_information);
/* Returns how often it was suspended before. */
NTSTATUS native_thread_resume(HANDLE thread, DWORD *ret_before);
NTSTATUS native_thread_set_priority(HANDLE thread, LONG priority);
/* What a thread is called. Getting tells the length in units, of which at most size are copied, without a terminator. */
NTSTATUS native_thread_describe(HANDLE thread, const UNICODE_STRING *description);
NTSTATUS native_thread_description(HANDLE thread, WCHAR *text, size_t size, size_t *ret_length);
/* STATUS_INVALID_PARAMETER when the calling thread was not made by the runtime. */
NTSTATUS native_thread_exit(DWORD code);
DWORD native_thread_id(void);

/* Room for one item of the pool of workers. */
struct native_work
{
    void *item[8];
};

/*
 * Has a worker run the routine, which may queue the item again or free it. A priority below zero is urgent. IRQL: up to
 * DISPATCH_LEVEL.
 */
void native_work_queue(struct native_work *work, int priority, void (*routine)(void *context), void *context);

/* The flags of a handle, as published: HANDLE_FLAG_INHERIT is 1, HANDLE_FLAG_PROTECT_FROM_CLOSE 2. */
NTSTATUS native_handle_flags(HANDLE handle, DWORD *ret_flags);
NTSTATUS native_handle_set_flags(HANDLE handle, DWORD mask, DWORD flags);

/* Whether both handles lead to the same object. */
NTSTATUS native_is_same(HANDLE first, HANDLE second, bool *ret_same);

#endif /* NT_WIN32_NATIVE_H */
