/* SPDX-License-Identifier: MIT */
/*
 * GUIDs as the remote procedure call service makes, compares and prints them.
 */
#ifndef RPC_H
#define RPC_H

#include "rpcdce.h"

#endif /* RPC_H */
