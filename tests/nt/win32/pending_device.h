/* SPDX-License-Identifier: MIT */
/*
 * A device whose requests stay pending until the test completes them, for programs of the user flavour: \\.\DmfPending. Plain
 * types, because the driver is compiled with the other flavour's headers.
 */
#ifndef PENDING_DEVICE_H
#define PENDING_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

/* Control codes, buffered, for any access: pends; copies its input; fails with STATUS_DEVICE_NOT_READY; warns with
 * STATUS_BUFFER_OVERFLOW and one byte. Reads and writes pend, but for reads of no bytes, which succeed. */
#define PENDING_CONTROL 0x00222000u
#define PENDING_ECHO 0x00222004u
#define PENDING_FAIL 0x00222008u
#define PENDING_WARN 0x0022200Cu

void pending_device_make(void);
/* Every handle is closed and nothing is pending. */
void pending_device_remove(void);

/* Waits until one more request has become pending. */
void pending_device_wait(void);

/* Completes the oldest request with its output filled with this character. Returns false when none is pending. */
bool pending_device_complete(uint32_t status, uint32_t bytes, char fill);

#endif /* PENDING_DEVICE_H */
