/* SPDX-License-Identifier: MIT */
/*
 * Tracing of a Client Driver of DMF as the user guide has it: the Modules' provider beside the driver's own one.
 */
#ifndef GUIDE_TRACE_H
#define GUIDE_TRACE_H

#define WPP_CONTROL_GUIDS                                                                                               \
    WPP_DEFINE_CONTROL_GUID(DmfLibraryTraceGuid, (5B0F0B52, 2E1D, 4C83, 9D55, 0F7C5E3F1A60), WPP_DEFINE_BIT(DMF_TRACE)) \
    WPP_DEFINE_CONTROL_GUID(GuideDriverTraceGuid, (0A4D43E7, 8B5F, 4F5B, A1E7, 93B1C2D8E40F),                           \
                            WPP_DEFINE_BIT(TRACE_DRIVER) WPP_DEFINE_BIT(TRACE_DEVICE))

#include "DmfTrace.h"

#endif /* GUIDE_TRACE_H */
