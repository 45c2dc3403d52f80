/* SPDX-License-Identifier: MIT */
/*
 * LiveKernelDump: remembers memory of the driver and of its Modules, and writes it into a report while the driver goes on.
 * In user mode there are the declarations only, and the macros do nothing.
 */
#ifndef DMF_LIVEKERNELDUMP_H
#define DMF_LIVEKERNELDUMP_H

#include "DmfDefinitions.h"
#include "Dmf_LiveKernelDump_Public.h"

EXTERN_C_START

/* What a report may have. */
#define DMF_LIVEKERNELDUMP_MAXIMUM_TRIAGE_DATA (180 * 1024)
#if defined(DEBUG)
#define DMF_LIVEKERNELDUMP_MAXIMUM_SECONDARY_DATA (100 * 1024 * 1024)
#else
#define DMF_LIVEKERNELDUMP_MAXIMUM_SECONDARY_DATA (1 * 1024 * 1024)
#endif

#define DMF_LIVEKERNELDUMP_MAXIMUM_REPORT_TYPE_SIZE (12)

/* Registers what a Client Driver, or a Module, has, by the macros below. */
typedef _Function_class_(EVT_DMF_LiveKernelDump_Initialize)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_LiveKernelDump_Initialize(_In_ DMFMODULE DmfModule);

typedef struct
{
    /* May be NULL. */
    EVT_DMF_LiveKernelDump_Initialize* LiveKernelDumpFeatureInitialize;
    /* Programs find the device by this class. Zero for no programs. */
    GUID GuidDeviceInterface;
    /* Names the driver in the report. */
    WCHAR ReportType[DMF_LIVEKERNELDUMP_MAXIMUM_REPORT_TYPE_SIZE];
    /* Names the secondary data of a report. Zero for no such data. */
    GUID GuidSecondaryData;
    /* What is registered is a part of crash dumps, too. The driver then cannot have a CrashDump Module of its own. */
    BOOLEAN IncludeDmfDataInBugCheckTriageDump;
} DMF_CONFIG_LiveKernelDump;

EXTERN_C_END

DECLARE_DMF_MODULE(LiveKernelDump)

EXTERN_C_START

FORCEINLINE
VOID
DMF_LiveKernelDump_CONFIG_INIT(_Out_ DMF_CONFIG_LiveKernelDump* ModuleConfig)
{
    RtlZeroMemory(ModuleConfig, sizeof(DMF_CONFIG_LiveKernelDump));
}

/* Without a Module the calls do nothing, and succeed. */

/* Registers memory, which must stay until it is removed. 256 blocks are remembered; a further one displaces the oldest. */
_IRQL_requires_max_(DISPATCH_LEVEL)
NTSTATUS
DMF_LiveKernelDump_DataBufferSourceAdd(_In_opt_ DMFMODULE DmfModule, _In_ VOID* Buffer, _In_ ULONG BufferLength);

/* Unregisters memory. Address and length must be those that were registered. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_LiveKernelDump_DataBufferSourceRemove(_In_opt_ DMFMODULE DmfModule, _In_ VOID* Buffer, _In_ ULONG BufferLength);

/* Remembers the address of all Modules for the second parameter of reports. */
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_LiveKernelDump_StoreDmfCollectionAsBugcheckParameter(_In_opt_ DMFMODULE DmfModule, _In_ ULONG_PTR DmfCollection);

/* Writes a report: what is registered, unless it is excluded, the given structures and the given secondary data. */
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
DMF_LiveKernelDump_LiveKernelMemoryDumpCreate(_In_opt_ DMFMODULE DmfModule,
                                              _In_ ULONG BugCheckCode,
                                              _In_ ULONG_PTR BugCheckParameter,
                                              _In_ BOOLEAN ExcludeDmfData,
                                              _In_ ULONG NumberOfClientStructures,
                                              _In_opt_ PLIVEKERNELDUMP_CLIENT_STRUCTURE ArrayOfClientStructures,
                                              _In_ ULONG SizeOfSecondaryData,
                                              _In_opt_ VOID* SecondaryDataBuffer);

/* How many bytes are registered. Each block counts eight more than it has. */
_IRQL_requires_max_(PASSIVE_LEVEL)
ULONG
DMF_LiveKernelDump_DmfDataSizeGet(_In_ DMFMODULE DmfModule);

EXTERN_C_END

/* DmfModule is the Feature Module in the first two, and the Module that calls in the others. */

#define DMF_MODULE_LIVEKERNELDUMP_DMFCOLLECTION_AS_BUGCHECK_PARAMETER_STORE(DmfModule, DmfCollection) \
    DMF_LiveKernelDump_StoreDmfCollectionAsBugcheckParameter( \
        DMF_FeatureModuleGetFromModule(DmfModule, DmfFeature_LiveKernelDump), DmfCollection)

#if !defined(DMF_USER_MODE)

#define DMF_LIVEKERNELDUMP_CREATE(DmfModule, BugCheckCode, BugCheckParameter, ExcludeDmfData, NumberOfClientStructures, \
                                  ArrayOfClientStructures, SizeOfSecondaryData, SecondaryDataBuffer) \
    DMF_LiveKernelDump_LiveKernelMemoryDumpCreate(DmfModule, BugCheckCode, BugCheckParameter, ExcludeDmfData, \
        NumberOfClientStructures, ArrayOfClientStructures, SizeOfSecondaryData, SecondaryDataBuffer)
#define DMF_LIVEKERNELDUMP_GET_DMF_DATA_SIZE(DmfModule) DMF_LiveKernelDump_DmfDataSizeGet(DmfModule)

#define DMF_MODULE_LIVEKERNELDUMP_POINTER_STORE(DmfModule, Buffer, BufferLength) \
    DMF_LiveKernelDump_DataBufferSourceAdd(DMF_FeatureModuleGetFromModule(DmfModule, DmfFeature_LiveKernelDump), \
                                           (VOID*)(Buffer), BufferLength)
#define DMF_MODULE_LIVEKERNELDUMP_POINTER_REMOVE(DmfModule, Buffer, BufferLength) \
    DMF_LiveKernelDump_DataBufferSourceRemove(DMF_FeatureModuleGetFromModule(DmfModule, DmfFeature_LiveKernelDump), \
                                              (VOID*)(Buffer), BufferLength)
#define DMF_MODULE_LIVEKERNELDUMP_CREATE(DmfModule, BugCheckCode, BugCheckParameter, ExcludeDmfData, \
                                         NumberOfClientStructures, ArrayOfClientStructures, SizeOfSecondaryData, \
                                         SecondaryDataBuffer) \
    DMF_LiveKernelDump_LiveKernelMemoryDumpCreate(DMF_FeatureModuleGetFromModule(DmfModule, DmfFeature_LiveKernelDump), \
        BugCheckCode, BugCheckParameter, ExcludeDmfData, NumberOfClientStructures, ArrayOfClientStructures, \
        SizeOfSecondaryData, SecondaryDataBuffer)

#else

#define DMF_LIVEKERNELDUMP_CREATE(DmfModule, BugCheckCode, BugCheckParameter, ExcludeDmfData, NumberOfClientStructures, \
                                  ArrayOfClientStructures, SizeOfSecondaryData, SecondaryDataBuffer)
#define DMF_LIVEKERNELDUMP_POINTER_STORE(DmfModule, Buffer, BufferLength)
#define DMF_LIVEKERNELDUMP_POINTER_REMOVE(DmfModule, Buffer, BufferLength)
#define DMF_MODULE_LIVEKERNELDUMP_POINTER_STORE(DmfModule, Buffer, BufferLength)
#define DMF_MODULE_LIVEKERNELDUMP_POINTER_REMOVE(DmfModule, Buffer, BufferLength)
#define DMF_MODULE_LIVEKERNELDUMP_CREATE(DmfModule, BugCheckCode, BugCheckParameter, ExcludeDmfData, \
                                         NumberOfClientStructures, ArrayOfClientStructures, SizeOfSecondaryData, \
                                         SecondaryDataBuffer)

#endif

#endif /* DMF_LIVEKERNELDUMP_H */
