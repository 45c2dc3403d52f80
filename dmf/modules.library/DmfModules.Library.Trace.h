/* SPDX-License-Identifier: MIT */
/*
 * Tracing of the Modules of the Library, which trace to the framework's provider.
 */
#ifndef DMF_MODULES_LIBRARY_TRACE_H
#define DMF_MODULES_LIBRARY_TRACE_H

#include "DmfTrace.h"

#endif /* DMF_MODULES_LIBRARY_TRACE_H */
