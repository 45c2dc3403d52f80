/* SPDX-License-Identifier: MIT */
/*
 * Exceptions that are raised on purpose. Nothing catches them, so they end the process by their name.
 */
#ifndef NT_RAISE_H
#define NT_RAISE_H

#include "nt/internal.h"

/* KMODE_EXCEPTION_NOT_HANDLED, with the status and who raised it. */
_Noreturn void raise_status(NTSTATUS status);

#endif /* NT_RAISE_H */
