/* SPDX-License-Identifier: MIT */
/*
 * What the files that implement lists of children share.
 */
#ifndef WDF_CHILDREN_INTERNAL_H
#define WDF_CHILDREN_INTERNAL_H

#include "wdf/children.h"

/* Whether what the driver says is kept for later. The caller holds the lock. */
bool children_are_frozen(const struct children *list);

/* Applies what was kept, if the list is not locked. Returns whether plug and play should ask. The caller holds the lock. */
bool children_settle(struct children *list);

/* Asks plug and play to ask. IRQL: up to DISPATCH_LEVEL. */
void children_ask_again(struct children *list);

#endif /* WDF_CHILDREN_INTERNAL_H */
