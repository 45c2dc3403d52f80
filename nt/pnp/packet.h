/* SPDX-License-Identifier: MIT */
/*
 * PnP packets of the manager on their way down a stack and back.
 */
#ifndef NT_PNP_PACKET_H
#define NT_PNP_PACKET_H

#include "nt/pnp/node.h"

/*
 * Sends a packet with the minor function and parameters of what to the top of the devnode's stack and waits for it. The status
 * that drivers find in it is STATUS_NOT_SUPPORTED. *information is what they find in IoStatus.Information and what they leave
 * there; it may be NULL. STATUS_INSUFFICIENT_RESOURCES when there is no memory for a packet.
 */
NTSTATUS packet_ask(struct devnode *devnode, const IO_STACK_LOCATION *what, ULONG_PTR *information);

/* A fact that the stack is told of, whatever it takes: waits for memory. */
NTSTATUS packet_tell(struct devnode *devnode, UCHAR minor);

/* The question with no parameters. */
NTSTATUS packet_ask_plain(struct devnode *devnode, UCHAR minor, ULONG_PTR *information);

/*
 * Reports when something takes longer than the time limit, once. what must outlive the watch; irp may be NULL. Both may be
 * called by one thread only.
 */
struct packet_watch
{
    struct platform_timer timer;
    const struct devnode *devnode;
    const char *what;
    PIRP irp;
    bool armed;
};

void packet_watch_begin(struct packet_watch *watch, const struct devnode *devnode, const char *what, PIRP irp);
void packet_watch_end(struct packet_watch *watch);

#endif /* NT_PNP_PACKET_H */
