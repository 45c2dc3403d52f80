/* SPDX-License-Identifier: MIT */
/*
 * Live dumps: memory of a running driver as a report.
 */
#ifndef LKMDTEL_H
#define LKMDTEL_H

#include "ntbase.h"

EXTERN_C_START

NTKERNELAPI HANDLE LkmdTelCreateReport(PCWSTR ComponentName, ULONG BugCheckCode, ULONG_PTR BugCheckParameter1,
    ULONG_PTR BugCheckParameter2, ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4);
NTKERNELAPI NTSTATUS LkmdTelInsertTriageDataBlock(HANDLE TelemetryHandle, PVOID Address, ULONG Length);
NTKERNELAPI NTSTATUS LkmdTelSetSecondaryData(HANDLE TelemetryHandle, LPCGUID SecondaryDataGuid, PVOID Data, ULONG Length);
NTKERNELAPI NTSTATUS LkmdTelSubmitReport(HANDLE TelemetryHandle);
NTKERNELAPI VOID LkmdTelCloseHandle(HANDLE TelemetryHandle);

EXTERN_C_END

#endif /* LKMDTEL_H */
