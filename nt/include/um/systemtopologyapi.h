/* SPDX-License-Identifier: MIT */
/*
 * Memory nodes.
 */
#ifndef SYSTEMTOPOLOGYAPI_H
#define SYSTEMTOPOLOGYAPI_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI BOOL WINAPI GetNumaHighestNodeNumber(PULONG HighestNodeNumber);
WINBASEAPI BOOL WINAPI GetNumaNodeProcessorMaskEx(USHORT Node, PGROUP_AFFINITY ProcessorMask);

EXTERN_C_END

#endif /* SYSTEMTOPOLOGYAPI_H */
