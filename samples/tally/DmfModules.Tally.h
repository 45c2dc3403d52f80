/* SPDX-License-Identifier: MIT */
/*
 * The Library Include File of the Tally Library. Clients of its Modules include it, and so do the Modules themselves; with
 * it come DMF and the Library that this one is built on.
 *
 * Environment: kernel mode and user mode drivers.
 */
#ifndef DMF_MODULES_TALLY_H
#define DMF_MODULES_TALLY_H

/* C and C++ Clients compile and link with the Modules alike. */
#if defined(__cplusplus)
extern "C"
{
#endif

/* DMF and the Modules of the Library below. */
#include "DmfModules.Core.h"

/* What the Library shares with programs. */
#include "DmfModules.Tally.Public.h"

/* All the Modules in this Library; Tally is made of TallyCounters, which therefore come first. */
#include "Dmf_TallyCounter.h"
#include "Dmf_Tally.h"

#if defined(__cplusplus)
}
#endif

#endif /* DMF_MODULES_TALLY_H */
