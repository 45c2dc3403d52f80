/* SPDX-License-Identifier: MIT */
/*
 * Drivers and device stacks for tests: a driver whose dispatch routine a test chooses.
 */
#ifndef IO_CASE_H
#define IO_CASE_H

#include "nt_case.h"

#include <ntifs.h>

/* A driver with this name and one dispatch routine for every major function. Stops when there is no memory. */
PDRIVER_OBJECT io_driver(const char *name, PDRIVER_DISPATCH dispatch);

/* A device without a name, ready for use; attached on top of below unless that is NULL. */
PDEVICE_OBJECT io_device(PDRIVER_OBJECT driver, PDEVICE_OBJECT below);

/* Takes a device off its stack, deletes it, and frees its driver, which has no other device. */
void io_remove(PDEVICE_OBJECT device);

/* A dispatch routine that completes at once with STATUS_SUCCESS and Information 7. */
DRIVER_DISPATCH io_succeed;

/* A dispatch routine that hands everything to the device below, which it finds with io_below(). */
DRIVER_DISPATCH io_skip;
PDEVICE_OBJECT io_below(PDEVICE_OBJECT device);

/* Completes a packet. */
NTSTATUS io_complete(PIRP irp, NTSTATUS status, ULONG_PTR information);

/* A completion routine that keeps the packet. */
IO_COMPLETION_ROUTINE io_keep;

#endif /* IO_CASE_H */
