/* SPDX-License-Identifier: MIT */
/*
 * What a Module's descriptor and a Client Driver's configuration say about LiveKernelDump.
 */
#ifndef DMF_LIVEKERNELDUMP_H
#define DMF_LIVEKERNELDUMP_H

#include "DmfIncludes.h"

EXTERN_C_START

#define DMF_LIVEKERNELDUMP_MAXIMUM_REPORT_TYPE_SIZE (12)

struct DMFMODULE__;

typedef _Function_class_(EVT_DMF_LiveKernelDump_Initialize)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_LiveKernelDump_Initialize(_In_ struct DMFMODULE__* DmfModule);

typedef struct
{
    EVT_DMF_LiveKernelDump_Initialize* LiveKernelDumpFeatureInitialize;
    GUID GuidDeviceInterface;
    WCHAR ReportType[DMF_LIVEKERNELDUMP_MAXIMUM_REPORT_TYPE_SIZE];
    GUID GuidSecondaryData;
    BOOLEAN IncludeDmfDataInBugCheckTriageDump;
} DMF_CONFIG_LiveKernelDump;

EXTERN_C_END

#endif /* DMF_LIVEKERNELDUMP_H */
