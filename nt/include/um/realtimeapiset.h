/* SPDX-License-Identifier: MIT */
/*
 * Interrupt time and cycle times.
 */
#ifndef REALTIMEAPISET_H
#define REALTIMEAPISET_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI BOOL WINAPI QueryThreadCycleTime(HANDLE ThreadHandle, PULONG64 CycleTime);
WINBASEAPI BOOL WINAPI QueryProcessCycleTime(HANDLE ProcessHandle, PULONG64 CycleTime);
WINBASEAPI BOOL WINAPI QueryIdleProcessorCycleTime(PULONG BufferLength, PULONG64 ProcessorIdleCycleTime);
WINBASEAPI BOOL WINAPI QueryIdleProcessorCycleTimeEx(USHORT Group, PULONG BufferLength, PULONG64 ProcessorIdleCycleTime);
WINBASEAPI void WINAPI QueryInterruptTimePrecise(PULONGLONG lpInterruptTimePrecise);
WINBASEAPI void WINAPI QueryUnbiasedInterruptTimePrecise(PULONGLONG lpUnbiasedInterruptTimePrecise);
WINBASEAPI void WINAPI QueryInterruptTime(PULONGLONG lpInterruptTime);
WINBASEAPI BOOL WINAPI QueryUnbiasedInterruptTime(PULONGLONG UnbiasedTime);
WINBASEAPI HRESULT WINAPI QueryAuxiliaryCounterFrequency(PULONGLONG lpAuxiliaryCounterFrequency);
WINBASEAPI HRESULT WINAPI ConvertAuxiliaryCounterToPerformanceCounter(ULONGLONG ullAuxiliaryCounterValue,
                                                                      PULONGLONG lpPerformanceCounterValue,
                                                                      PULONGLONG lpConversionError);
WINBASEAPI HRESULT WINAPI ConvertPerformanceCounterToAuxiliaryCounter(ULONGLONG ullPerformanceCounterValue,
                                                                      PULONGLONG lpAuxiliaryCounterValue,
                                                                      PULONGLONG lpConversionError);

EXTERN_C_END

#endif /* REALTIMEAPISET_H */
