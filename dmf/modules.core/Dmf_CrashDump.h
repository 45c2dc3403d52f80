/* SPDX-License-Identifier: MIT */
/*
 * CrashDump: keeps data of the driver, and of programs, in rings of memory that become a part of a crash dump, and lists
 * memory of the driver for a triage dump. Kernel mode drivers can have one instance each; for others there are the
 * declarations only.
 */
#ifndef DMF_CRASHDUMP_H
#define DMF_CRASHDUMP_H

#include "DmfDefinitions.h"
#include "Dmf_CrashDump_Public.h"

EXTERN_C_START

#define CrashDump_MAXIMUM_NUMBER_OF_DATA_SOURCES 8
#define CrashDump_MINIMUM_NUMBER_OF_DATA_SOURCES 1
#define CrashDump_COMPONENT_NAME_STRING 256

/* Numbers of data sources: none, the driver's own, and the first one that programs can have. */
#define RINGBUFFER_INDEX_INVALID (-1)
#define RINGBUFFER_INDEX_SELF 0
#define RINGBUFFER_INDEX_CLIENT_FIRST (RINGBUFFER_INDEX_SELF + 1)

/*
 * The callbacks are called when the system is about to stop, at HIGH_LEVEL: they may use memory that is there and nothing
 * else. The first one says how much data there will be; the second one gives it. At the beginning of the second one
 * *OutputBuffer is memory of *OutputBufferLength bytes that may be used, or be replaced by other memory.
 */
typedef _Function_class_(EVT_DMF_CrashDump_Query) _IRQL_requires_same_
VOID
EVT_DMF_CrashDump_Query(_In_ DMFMODULE DmfModule,
                        _Out_ VOID** OutputBuffer,
                        _Out_ ULONG* SizeNeededBytes);

typedef _Function_class_(EVT_DMF_CrashDump_Write) _IRQL_requires_same_
VOID
EVT_DMF_CrashDump_Write(_In_ DMFMODULE DmfModule,
                        _Out_ VOID** OutputBuffer,
                        _In_ ULONG* OutputBufferLength);

/* May add further memory to the triage dump, in the same conditions. */
typedef _Function_class_(EVT_DMF_CrashDump_StoreTriageDumpData) _IRQL_requires_same_
VOID
EVT_DMF_CrashDump_StoreTriageDumpData(_In_ DMFMODULE DmfModule,
                                      _In_ ULONG BugCheckCode,
                                      _In_ ULONG_PTR BugCheckParameter1,
                                      _In_ ULONG_PTR BugCheckParameter2,
                                      _In_ ULONG_PTR BugCheckParameter3,
                                      _In_ ULONG_PTR BugCheckParameter4);

typedef struct
{
    /* How many pieces of memory a triage dump takes. Zero for no triage data. */
    ULONG TriageDumpDataArraySize;
    EVT_DMF_CrashDump_StoreTriageDumpData* EvtCrashDumpStoreTriageDumpData;
} CrashDump_TriageDumpData;

typedef struct
{
    /* Name the data of the driver's own ring, and that of the callbacks. */
    GUID RingBufferDataGuid;
    GUID AdditionalDataGuid;
    /* The size of an entry of the driver's own ring, and how many there are. Zero for no such ring. */
    ULONG BufferSize;
    ULONG BufferCount;
    /* How many bytes one ring of a program may have. */
    ULONG RingBufferMaximumSize;
    /* Both or none. */
    EVT_DMF_CrashDump_Query* EvtCrashDumpQuery;
    EVT_DMF_CrashDump_Write* EvtCrashDumpWrite;
    /* How many rings programs may have: up to CrashDump_MAXIMUM_NUMBER_OF_DATA_SOURCES. */
    ULONG DataSourceCount;
} CrashDump_SecondaryData;

typedef struct
{
    /* Names the driver in the dump; must live as long as the Module. May be NULL when there is no triage data. */
    UCHAR* ComponentName;
    CrashDump_SecondaryData SecondaryData;
    CrashDump_TriageDumpData TriageDumpData;
} DMF_CONFIG_CrashDump;

EXTERN_C_END

DECLARE_DMF_MODULE(CrashDump)

EXTERN_C_START

#if !defined(DMF_USER_MODE)
/* The driver's instance, or NULL. */
extern DMFMODULE g_DmfModuleCrashDump;
#endif

/* Writes one entry of the configured size to the driver's own ring. The oldest one goes when there is no room. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_CrashDump_DataSourceWriteSelf(_In_ DMFMODULE DmfModule,
                                  _In_reads_(BufferLength) UCHAR* Buffer,
                                  _In_ ULONG BufferLength);

#if !defined(DMF_USER_MODE) && IS_WIN10_19H1_OR_LATER
/* Lists memory for a triage dump. It must stay, and be resident, as long as the Module is open. Any IRQL. */
_IRQL_requires_same_
_Must_inspect_result_
NTSTATUS
DMF_CrashDump_TriageDumpDataAdd(_In_ DMFMODULE DmfModule,
                                _In_ UCHAR* Data,
                                _In_ ULONG DataLength);
#endif

EXTERN_C_END

#endif /* DMF_CRASHDUMP_H */
