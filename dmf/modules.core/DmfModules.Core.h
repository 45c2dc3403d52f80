/* SPDX-License-Identifier: MIT */
/*
 * The Library Include File of the core Library: all its Modules. Modules of this Library include it, and Libraries that
 * build on this one.
 */
#ifndef DMF_MODULES_CORE_H
#define DMF_MODULES_CORE_H

#include "DmfDefinitions.h"
#include "Dmf_BranchTrack.h"
#include "Dmf_Bridge.h"
#include "Dmf_BufferPool.h"
#include "Dmf_BufferQueue.h"
#include "Dmf_HashTable.h"
#include "Dmf_CrashDump.h"
#include "Dmf_IoctlHandler.h"
#include "Dmf_LiveKernelDump.h"
#include "Dmf_RingBuffer.h"
#include "Dmf_String.h"

#endif /* DMF_MODULES_CORE_H */
