/* SPDX-License-Identifier: MIT */
/*
 * What every source of the executive and of the WDF engine includes: the published kernel-flavour headers, and the marks
 * of our own interfaces.
 *
 * The engine is compiled in the kernel flavour whatever flavour a driver has; the two differ only in thin entry files.
 */
#ifndef NT_INTERNAL_H
#define NT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ntifs.h>

#include "platform/platform.h"

/* Our own functions that the host and the test kit, which are separate binaries, call in libdmf-runtime. */
#define RUNTIME_API __attribute__((visibility("default")))

#endif /* NT_INTERNAL_H */
