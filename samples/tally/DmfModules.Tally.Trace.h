/* SPDX-License-Identifier: MIT */
/*
 * Tracing of the Modules of the Tally Library. A Library of one's own has a provider of its own.
 */
#ifndef DMF_MODULES_TALLY_TRACE_H
#define DMF_MODULES_TALLY_TRACE_H

#define WPP_CONTROL_GUIDS \
    WPP_DEFINE_CONTROL_GUID(TallyLibraryTraceGuid, (2F3B0C41, 5D0E, 4C5A, 9A7D, 61B8E2C0F417), WPP_DEFINE_BIT(DMF_TRACE))

#include "DmfTrace.h"

#endif /* DMF_MODULES_TALLY_TRACE_H */
