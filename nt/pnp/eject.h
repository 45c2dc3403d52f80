/* SPDX-License-Identifier: MIT */
/*
 * Requests to eject a device, and their answers.
 */
#ifndef NT_PNP_EJECT_H
#define NT_PNP_EJECT_H

#include "nt/pnp/node.h"

/* Asks for the ejection; the callback, if there is one, hears how it ended. STATUS_INSUFFICIENT_RESOURCES. */
NTSTATUS eject_request_add(struct devnode *devnode, PIO_DEVICE_EJECT_CALLBACK callback, void *context,
                           PDRIVER_OBJECT driver);

/* Answers all who wait. Called without locks. */
void eject_requests_answer(struct devnode *devnode, NTSTATUS status);

#endif /* NT_PNP_EJECT_H */
