/* SPDX-License-Identifier: MIT */
/*
 * Older name of the header with the cancel-safe queues, which wdm.h has.
 */
#ifndef CSQ_H
#define CSQ_H

#include "wdm.h"

#endif /* CSQ_H */
