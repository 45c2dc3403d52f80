/* SPDX-License-Identifier: MIT */
/*
 * The system process.
 */
#include "nt/thread/process.h"

#include "nt/object/manager.h"
#include "nt/sync/dispatcher.h"
#include "nt/thread/thread.h"

struct _EPROCESS
{
    /* First: the object is waited for through it. Never signalled, because the process outlives its drivers. */
    DISPATCHER_HEADER header;
    HANDLE id;
};

static void *process_dispatcher(void *body)
{
    return &((PEPROCESS)body)->header;
}

const struct object_type process_type = {
    .name = "Process",
    .mapping = {STANDARD_RIGHTS_READ | PROCESS_VM_READ | PROCESS_QUERY_INFORMATION,
                STANDARD_RIGHTS_WRITE | PROCESS_CREATE_THREAD | PROCESS_VM_OPERATION | PROCESS_VM_WRITE |
                    PROCESS_DUP_HANDLE | PROCESS_TERMINATE | PROCESS_SET_INFORMATION,
                STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_ALL_ACCESS},
    .valid_access = PROCESS_ALL_ACCESS,
    .dispatcher = process_dispatcher,
};

static struct
{
    struct object_header header;
    struct _EPROCESS body;
} system_process = {
    .header = {.references = 1, .type = &process_type, .signature = OBJECT_SIGNATURE, .size = sizeof(system_process)},
    .body = {.header = {.Type = DISPATCHER_PROCESS,
                        .WaitListHead = {&system_process.body.header.WaitListHead,
                                         &system_process.body.header.WaitListHead}},
             .id = SYSTEM_PROCESS_ID},
};

/*
 * Published entry points.
 */
static POBJECT_TYPE process_object_type = (POBJECT_TYPE)&process_type;

POBJECT_TYPE *PsProcessType = &process_object_type;
PEPROCESS PsInitialSystemProcess = &system_process.body;

PEPROCESS PsGetCurrentProcess(VOID)
{
    return &system_process.body;
}

HANDLE PsGetCurrentProcessId(VOID)
{
    return SYSTEM_PROCESS_ID;
}

HANDLE PsGetProcessId(PEPROCESS Process)
{
    return Process->id;
}

PEPROCESS IoThreadToProcess(PETHREAD Thread)
{
    return &system_process.body;
}

NTSTATUS PsLookupProcessByProcessId(HANDLE ProcessId, PEPROCESS *Process)
{
    if (ProcessId != SYSTEM_PROCESS_ID)
    {
        return STATUS_INVALID_PARAMETER;
    }
    object_reference(&system_process.body);
    *Process = &system_process.body;
    return STATUS_SUCCESS;
}

NTSTATUS ZwOpenProcess(PHANDLE ProcessHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                       PCLIENT_ID ClientId)
{
    OBJECT_ATTRIBUTES attributes = *ObjectAttributes;
    PKTHREAD thread;
    NTSTATUS status;

    *ProcessHandle = NULL;
    if ((ClientId == NULL) == (attributes.ObjectName == NULL))
    {
        return STATUS_INVALID_PARAMETER_MIX;
    }
    if (attributes.ObjectName != NULL)
    {
        return object_open(&process_type, ObjectAttributes, DesiredAccess, ProcessHandle);
    }
    if (ClientId->UniqueProcess != SYSTEM_PROCESS_ID)
    {
        return STATUS_INVALID_CID;
    }
    if (ClientId->UniqueThread != NULL)
    {
        status = thread_lookup(ClientId->UniqueThread, &thread);
        if (!NT_SUCCESS(status))
        {
            return STATUS_INVALID_CID;
        }
        object_release(thread);
    }
    object_reference(&system_process.body);
    return object_insert(&system_process.body, &attributes, DesiredAccess, ProcessHandle);
}
