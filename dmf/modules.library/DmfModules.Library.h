/* SPDX-License-Identifier: MIT */
/*
 * The Library Include File that Clients include: DMF, and the Modules that come with it. Libraries of one's own include it
 * first.
 */
#ifndef DMF_MODULES_LIBRARY_H
#define DMF_MODULES_LIBRARY_H

/* C and C++ Clients compile and link with the Modules alike. */
#if defined(__cplusplus)
extern "C"
{
#endif

/* DMF, and the Library below. */
#include "DmfModule.h"
#include "DmfModules.Core.h"

#if defined(__cplusplus)
}
#endif

#endif /* DMF_MODULES_LIBRARY_H */
