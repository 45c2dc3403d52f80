/* SPDX-License-Identifier: MIT */
/*
 * What others ask of a remote target.
 */
#ifndef WDF_IO_TARGET_REMOTE_H
#define WDF_IO_TARGET_REMOTE_H

#include "wdf/io_target.h"

/* The handle of the file that the target has opened; NULL for none. */
HANDLE io_target_handle(struct io_target *target);

#endif /* WDF_IO_TARGET_REMOTE_H */
