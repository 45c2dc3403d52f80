/* SPDX-License-Identifier: MIT */
/*
 * The In-Flight Recorder: logs in memory that trace statements write to.
 *
 * TotalBufferSize is in bytes. A log that is not given may be NULL: then nothing is recorded.
 */
#ifndef WPPRECORDER_H
#define WPPRECORDER_H

#include "ntbase.h"

EXTERN_C_START

DECLARE_HANDLE(RECORDER_LOG);

#define RECORDER_LOG_IDENTIFIER_MAX_CHARS 16

typedef struct _RECORDER_LOG_CREATE_PARAMS
{
    ULONG Size;
    ULONG TotalBufferSize;
    ULONG ErrorPartitionSize;
    CHAR LogIdentifier[RECORDER_LOG_IDENTIFIER_MAX_CHARS];
} RECORDER_LOG_CREATE_PARAMS, *PRECORDER_LOG_CREATE_PARAMS;

typedef enum _WPP_TRISTATE
{
    WppFalse = 0,
    WppTrue = 1,
    WppUseDefault = 2
} WPP_TRISTATE;

typedef struct _RECORDER_CONFIGURE_PARAMS
{
    ULONG Size;
    BOOLEAN CreateDefaultLog;
    WPP_TRISTATE UseTimeStamp;
    WPP_TRISTATE PreciseTimeStamp;
} RECORDER_CONFIGURE_PARAMS, *PRECORDER_CONFIGURE_PARAMS;

FORCEINLINE VOID RECORDER_LOG_CREATE_PARAMS_INIT(PRECORDER_LOG_CREATE_PARAMS Params, PCSTR LogIdentifier)
{
    ULONG index = 0;

    __builtin_memset(Params, 0, sizeof(*Params));
    Params->Size = sizeof(*Params);
    while (LogIdentifier != NULL && index < RECORDER_LOG_IDENTIFIER_MAX_CHARS - 1 && LogIdentifier[index] != 0)
    {
        Params->LogIdentifier[index] = LogIdentifier[index];
        index++;
    }
}

FORCEINLINE VOID RECORDER_CONFIGURE_PARAMS_INIT(PRECORDER_CONFIGURE_PARAMS Params)
{
    __builtin_memset(Params, 0, sizeof(*Params));
    Params->Size = sizeof(*Params);
    Params->CreateDefaultLog = TRUE;
    Params->UseTimeStamp = WppUseDefault;
    Params->PreciseTimeStamp = WppUseDefault;
}

NTKERNELAPI NTSTATUS WppRecorderLogCreate(PRECORDER_LOG_CREATE_PARAMS CreateParams, RECORDER_LOG *RecorderLog);
NTKERNELAPI VOID WppRecorderLogDelete(RECORDER_LOG RecorderLog);
NTKERNELAPI RECORDER_LOG WppRecorderLogGetDefault(VOID);
NTKERNELAPI BOOLEAN WppRecorderIsDefaultLogAvailable(VOID);
NTKERNELAPI VOID WppRecorderConfigure(PRECORDER_CONFIGURE_PARAMS ConfigureParams);
NTKERNELAPI NTSTATUS WppRecorderLogSetIdentifier(RECORDER_LOG RecorderLog, PCSTR LogIdentifier);
NTKERNELAPI NTSTATUS WppRecorderDumpLiveDriverData(PVOID *OutBuffer, PULONG OutBufferLength, LPGUID Guid);
NTKERNELAPI NTSTATUS WppRecorderLogDumpLiveData(RECORDER_LOG RecorderLog, PVOID *OutBuffer, PULONG OutBufferLength,
                                                LPGUID Guid);

EXTERN_C_END

#endif /* WPPRECORDER_H */
