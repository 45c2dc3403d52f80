/* SPDX-License-Identifier: MIT */
/*
 * Serial ports. Their functions are in winbase.h.
 */
#ifndef COMMAPI_H
#define COMMAPI_H

#include "winbase.h"

#endif /* COMMAPI_H */
