/* SPDX-License-Identifier: MIT */
/*
 * Callback objects.
 */
#ifndef NT_CALLBACK_H
#define NT_CALLBACK_H

#include "nt/object/manager.h"

extern const struct object_type callback_type;

/* Enters the callbacks that every machine has into a directory. Called while the machine is made. */
void callbacks_make(void *directory);

#endif /* NT_CALLBACK_H */
