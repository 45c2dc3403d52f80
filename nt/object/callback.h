/* SPDX-License-Identifier: MIT */
/*
 * Callback objects.
 */
#ifndef NT_CALLBACK_H
#define NT_CALLBACK_H

#include "nt/object/manager.h"

extern const struct object_type callback_type;

/*
 * Enters the callbacks that every machine has into a directory, and says which of them is for power; it lasts. Called while
 * the machine is made.
 */
void callbacks_make(void *directory, PCALLBACK_OBJECT *ret_power_state);

#endif /* NT_CALLBACK_H */
