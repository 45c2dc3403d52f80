/* SPDX-License-Identifier: MIT */
/*
 * Faults of the process: signals that say that a driver, or the runtime, is broken.
 */
#ifndef NT_FAULT_H
#define NT_FAULT_H

#include "nt/internal.h"

/*
 * From now on a fault is reported as a bug check is: code, place with the image's name, stack, callbacks, dump. Then it takes the
 * way that it took before. Signals of the process belong to its program, so that only a host asks for this; see run.h.
 */
void fault_handler_install(void);

#endif /* NT_FAULT_H */
