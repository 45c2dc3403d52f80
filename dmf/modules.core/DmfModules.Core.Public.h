/* SPDX-License-Identifier: MIT */
/*
 * What programs need of the Modules of the core Library.
 */
#ifndef DMF_MODULES_CORE_PUBLIC_H
#define DMF_MODULES_CORE_PUBLIC_H

#include "Dmf_BranchTrack_Public.h"
#include "Dmf_CrashDump_Public.h"
#include "Dmf_LiveKernelDump_Public.h"

#endif /* DMF_MODULES_CORE_PUBLIC_H */
