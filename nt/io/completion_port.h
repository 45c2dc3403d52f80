/* SPDX-License-Identifier: MIT */
/*
 * Completion ports: queues of packets that tell of finished operations. A semaphore counts the packets.
 */
#ifndef NT_COMPLETION_PORT_H
#define NT_COMPLETION_PORT_H

#include "nt/internal.h"
#include "nt/object/object.h"

/* The access rights of a port, as the user flavour knows them. */
#define COMPLETION_QUERY_STATE 0x0001
#define COMPLETION_MODIFY_STATE 0x0002
#define COMPLETION_ALL_ACCESS (STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE | 0x3)

struct completion_port;
struct completion_packet;

/* What a packet says, in the form of the user flavour's FILE_IO_COMPLETION_INFORMATION. */
struct completion
{
    void *key;
    void *context;
    IO_STATUS_BLOCK status;
};

extern const struct object_type completion_port_type;

void completion_port_reference(struct completion_port *port);
void completion_port_release(struct completion_port *port);

/* A packet may be had in advance, so that putting it into a port cannot fail. NULL when there is no memory. */
struct completion_packet *completion_packet_create(void);
void completion_packet_free(struct completion_packet *packet);

/* Puts the packet in. IRQL: up to DISPATCH_LEVEL. */
void completion_port_insert(struct completion_port *port, struct completion_packet *packet, const struct completion *what);

/*
 * Takes up to count out; waits for the first as dispatcher_wait() does. STATUS_SUCCESS, STATUS_TIMEOUT, STATUS_USER_APC,
 * STATUS_ALERTED, and STATUS_ABANDONED_WAIT_0 when the port's last handle is closed meanwhile.
 */
NTSTATUS completion_port_remove(struct completion_port *port, struct completion *ret_what, ULONG count, ULONG *ret_count,
                                bool alertable, const LARGE_INTEGER *timeout);

/* The system services of the user flavour, which its Win32 functions stand on. */
NTSYSAPI NTSTATUS NtCreateIoCompletion(PHANDLE Handle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                                       ULONG Count);
NTSYSAPI NTSTATUS NtOpenIoCompletion(PHANDLE Handle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes);
NTSYSAPI NTSTATUS NtSetIoCompletion(HANDLE Handle, PVOID Key, PVOID ApcContext, NTSTATUS Status, ULONG_PTR Information);
NTSYSAPI NTSTATUS NtRemoveIoCompletion(HANDLE Handle, PVOID *Key, PVOID *ApcContext, PIO_STATUS_BLOCK IoStatusBlock,
                                       PLARGE_INTEGER Timeout);
NTSYSAPI NTSTATUS NtRemoveIoCompletionEx(HANDLE Handle, struct completion *Information, ULONG Count, PULONG Removed,
                                         PLARGE_INTEGER Timeout, BOOLEAN Alertable);

#endif /* NT_COMPLETION_PORT_H */
