/* SPDX-License-Identifier: MIT */
/*
 * Completion ports.
 *
 * The semaphore counts the packets, so each wait that succeeds finds one; there is no other rule about who gets which. How many
 * threads run at a time is a wish that the scheduler of the machine would have to carry out; Linux's does not know of it.
 */
#include "nt/io/completion_port.h"

#include "nt/sync/dispatcher.h"
#include "nt/sync/semaphore.h"

/* More than there can be waiters. */
#define ABANDONED 0x10000000

struct completion_port
{
    KSEMAPHORE count;
    struct platform_spinlock lock;
    LIST_ENTRY packets;
    bool abandoned;
};

struct completion_packet
{
    LIST_ENTRY link;
    struct completion what;
};

static void *port_dispatcher(void *body)
{
    return &((struct completion_port *)body)->count;
}

/* Those who wait are told; those who come later find no handle. */
static void port_last_handle(void *body)
{
    struct completion_port *port = body;

    platform_atomic_store(&port->abandoned, true);
    (void)KeReleaseSemaphore(&port->count, IO_NO_INCREMENT, ABANDONED, FALSE);
}

static void port_delete(void *body)
{
    struct completion_port *port = body;

    while (!IsListEmpty(&port->packets))
    {
        completion_packet_free(CONTAINING_RECORD(RemoveHeadList(&port->packets), struct completion_packet, link));
    }
}

const struct object_type completion_port_type = {
    .name = "IoCompletion",
    .mapping = {STANDARD_RIGHTS_READ | COMPLETION_QUERY_STATE, STANDARD_RIGHTS_WRITE | COMPLETION_MODIFY_STATE,
                STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE, COMPLETION_ALL_ACCESS},
    .valid_access = COMPLETION_ALL_ACCESS,
    .dispatcher = port_dispatcher,
    .last_handle = port_last_handle,
    .delete = port_delete,
};

void completion_port_reference(struct completion_port *port)
{
    object_reference(port);
}

void completion_port_release(struct completion_port *port)
{
    object_release(port);
}

struct completion_packet *completion_packet_create(void)
{
    return platform_alloc(sizeof(struct completion_packet));
}

void completion_packet_free(struct completion_packet *packet)
{
    if (packet != NULL)
    {
        platform_free(packet, sizeof(*packet));
    }
}

void completion_port_insert(struct completion_port *port, struct completion_packet *packet, const struct completion *what)
{
    packet->what = *what;
    platform_spinlock_lock(&port->lock);
    InsertTailList(&port->packets, &packet->link);
    platform_spinlock_unlock(&port->lock);
    (void)KeReleaseSemaphore(&port->count, IO_NO_INCREMENT, 1, FALSE);
}

/* Takes out a packet that the semaphore has granted. False when it was the end of the port that let the caller go. */
static bool take(struct completion_port *port, struct completion *ret_what)
{
    struct completion_packet *packet = NULL;

    platform_spinlock_lock(&port->lock);
    if (!IsListEmpty(&port->packets))
    {
        packet = CONTAINING_RECORD(RemoveHeadList(&port->packets), struct completion_packet, link);
    }
    platform_spinlock_unlock(&port->lock);
    if (packet == NULL)
    {
        return false;
    }
    *ret_what = packet->what;
    completion_packet_free(packet);
    return true;
}

static NTSTATUS wait(struct completion_port *port, bool alertable, const LARGE_INTEGER *timeout)
{
    void *object = &port->count;

    return dispatcher_wait(1, &object, WaitAny, UserMode, alertable, timeout);
}

NTSTATUS completion_port_remove(struct completion_port *port, struct completion *ret_what, ULONG count, ULONG *ret_count,
                                bool alertable, const LARGE_INTEGER *timeout)
{
    static const LARGE_INTEGER at_once;
    NTSTATUS status = wait(port, alertable, timeout);

    *ret_count = 0;
    while (status == STATUS_WAIT_0)
    {
        if (!take(port, &ret_what[*ret_count]))
        {
            return *ret_count != 0 ? STATUS_SUCCESS : STATUS_ABANDONED_WAIT_0;
        }
        (*ret_count)++;
        status = *ret_count < count ? wait(port, false, &at_once) : STATUS_TIMEOUT;
    }
    return *ret_count != 0 ? STATUS_SUCCESS : status;
}

/* The port of a handle, referenced. */
static NTSTATUS find(HANDLE handle, ACCESS_MASK access, struct completion_port **ret_port)
{
    void *body;
    NTSTATUS status = handle_lookup(handle, &completion_port_type, access, &body);

    *ret_port = body;
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS NtCreateIoCompletion(PHANDLE Handle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes, ULONG Count)
{
    struct completion_port *port;
    void *body;
    NTSTATUS status = object_create(&completion_port_type, sizeof(*port), &body);

    (void)Count;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    port = body;
    InitializeListHead(&port->packets);
    KeInitializeSemaphore(&port->count, 0, MAXLONG);
    return object_insert(port, ObjectAttributes, DesiredAccess, Handle);
}

NTSTATUS NtOpenIoCompletion(PHANDLE Handle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)
{
    return object_open(&completion_port_type, ObjectAttributes, DesiredAccess, Handle);
}

NTSTATUS NtSetIoCompletion(HANDLE Handle, PVOID Key, PVOID ApcContext, NTSTATUS Status, ULONG_PTR Information)
{
    const struct completion what = {Key, ApcContext, {.Status = Status, .Information = Information}};
    struct completion_packet *packet;
    struct completion_port *port;
    NTSTATUS status = find(Handle, COMPLETION_MODIFY_STATE, &port);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    packet = completion_packet_create();
    if (packet != NULL)
    {
        completion_port_insert(port, packet, &what);
    }
    completion_port_release(port);
    return packet != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

NTSTATUS NtRemoveIoCompletion(HANDLE Handle, PVOID *Key, PVOID *ApcContext, PIO_STATUS_BLOCK IoStatusBlock,
                              PLARGE_INTEGER Timeout)
{
    struct completion_port *port;
    struct completion what;
    ULONG count;
    NTSTATUS status = find(Handle, COMPLETION_MODIFY_STATE, &port);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = completion_port_remove(port, &what, 1, &count, false, Timeout);
    completion_port_release(port);
    if (count != 0)
    {
        *Key = what.key;
        *ApcContext = what.context;
        *IoStatusBlock = what.status;
    }
    return status;
}

NTSTATUS NtRemoveIoCompletionEx(HANDLE Handle, struct completion *Information, ULONG Count, PULONG Removed,
                                PLARGE_INTEGER Timeout, BOOLEAN Alertable)
{
    struct completion_port *port;
    NTSTATUS status;

    *Removed = 0;
    if (Count == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = find(Handle, COMPLETION_MODIFY_STATE, &port);
    if (NT_SUCCESS(status))
    {
        status = completion_port_remove(port, Information, Count, Removed, Alertable, Timeout);
        completion_port_release(port);
    }
    return status;
}
