/* SPDX-License-Identifier: MIT */
/*
 * What the user guide's examples need of Modules that may not exist yet: the same names and the same shape, nothing behind them.
 * It is a Library Include File as the guide has them, too.
 */
#ifndef GUIDE_STAND_INS_H
#define GUIDE_STAND_INS_H

#if defined(__cplusplus)
extern "C"
{
#endif

#include "DmfModules.Library.h"

    typedef struct
    {
        ULONG DsmRevision;
        GUID Guid;
    } DMF_CONFIG_GuideAcpiTarget;
    DECLARE_DMF_MODULE(GuideAcpiTarget)
    NTSTATUS DMF_GuideAcpiTarget_InvokeDsm(DMFMODULE DmfModule, ULONG FunctionIndex, ULONG FunctionArgument,
                                           VOID *ReturnBuffer, ULONG *ReturnBufferSize);

    typedef struct
    {
        const CHAR *ComponentName;
        ULONG BufferSize;
        ULONG BufferCount;
        GUID RingBufferDataGuid;
    } DMF_CONFIG_GuideCrashDump;
    DECLARE_DMF_MODULE(GuideCrashDump)

    typedef struct
    {
        USHORT ProductId;
        USHORT VendorId;
        USHORT VersionNumber;
    } DMF_CONFIG_GuideHidPortableDeviceButtons;
    DECLARE_DMF_MODULE(GuideHidPortableDeviceButtons)

    typedef VOID EVT_GuideBufferOutput(DMFMODULE DmfModule, VOID *OutputBuffer, size_t OutputBufferSize);
    typedef struct
    {
        GUID DeviceInterfaceTargetGuid;
        struct
        {
            ULONG BufferCountOutput;
            ULONG BufferOutputSize;
            ULONG ContinuousRequestCount;
            POOL_TYPE PoolTypeOutput;
            BOOLEAN PurgeAndStartTargetInD0Callbacks;
            ULONG ContinuousRequestTargetIoctl;
            EVT_GuideBufferOutput *EvtContinuousRequestTargetBufferOutput;
        } ContinuousRequestTargetModuleConfig;
    } DMF_CONFIG_GuideDeviceInterfaceTarget;
    DECLARE_DMF_MODULE(GuideDeviceInterfaceTarget)
    NTSTATUS DMF_GuideDeviceInterfaceTarget_IoTargetGet(DMFMODULE DmfModule, WDFIOTARGET *IoTarget);

    /* A Module without a Config. */
    DECLARE_DMF_MODULE_NO_CONFIG(GuideRegistry)

#if defined(__cplusplus)
}
#endif

#endif /* GUIDE_STAND_INS_H */
