/* SPDX-License-Identifier: MIT */
/*
 * Power schemes, power information, suspend and resume notification.
 */
#ifndef POWRPROF_H
#define POWRPROF_H

#include "windows.h"

#define NEWSCHEME ((UINT)-1)

#define EnableSysTrayBatteryMeter 0x01
#define EnableMultiBatteryDisplay 0x02
#define EnablePasswordLogon 0x04
#define EnableWakeOnRing 0x08
#define EnableVideoDimDisplay 0x10
#define DEVICEPOWER_HARDWAREID 0x80000000
#define DEVICEPOWER_FILTER_DEVICES_PRESENT 0x20000000
#define DEVICEPOWER_AND_OPERATION 0x40000000
#define DEVICEPOWER_FILTER_WAKEENABLED 0x08000000
#define DEVICEPOWER_FILTER_ON_NAME 0x02000000
#define DEVICEPOWER_SET_WAKEENABLED 0x00000001
#define DEVICEPOWER_CLEAR_WAKEENABLED 0x00000002
#define POWER_ATTRIBUTE_HIDE 1

EXTERN_C_START

typedef struct _GLOBAL_MACHINE_POWER_POLICY
{
    ULONG Revision;
    SYSTEM_POWER_STATE LidOpenWakeAc;
    SYSTEM_POWER_STATE LidOpenWakeDc;
    ULONG BroadcastCapacityResolution;
} GLOBAL_MACHINE_POWER_POLICY, *PGLOBAL_MACHINE_POWER_POLICY;

typedef struct _GLOBAL_USER_POWER_POLICY
{
    ULONG Revision;
    POWER_ACTION_POLICY PowerButtonAc;
    POWER_ACTION_POLICY PowerButtonDc;
    POWER_ACTION_POLICY SleepButtonAc;
    POWER_ACTION_POLICY SleepButtonDc;
    POWER_ACTION_POLICY LidCloseAc;
    POWER_ACTION_POLICY LidCloseDc;
    SYSTEM_POWER_LEVEL DischargePolicy[4];
    ULONG GlobalFlags;
} GLOBAL_USER_POWER_POLICY, *PGLOBAL_USER_POWER_POLICY;

typedef struct _GLOBAL_POWER_POLICY
{
    GLOBAL_USER_POWER_POLICY user;
    GLOBAL_MACHINE_POWER_POLICY mach;
} GLOBAL_POWER_POLICY, *PGLOBAL_POWER_POLICY;

typedef struct _MACHINE_POWER_POLICY
{
    ULONG Revision;
    SYSTEM_POWER_STATE MinSleepAc;
    SYSTEM_POWER_STATE MinSleepDc;
    SYSTEM_POWER_STATE ReducedLatencySleepAc;
    SYSTEM_POWER_STATE ReducedLatencySleepDc;
    ULONG DozeTimeoutAc;
    ULONG DozeTimeoutDc;
    ULONG DozeS4TimeoutAc;
    ULONG DozeS4TimeoutDc;
    UCHAR MinThrottleAc;
    UCHAR MinThrottleDc;
    UCHAR pad1[2];
    POWER_ACTION_POLICY OverThrottledAc;
    POWER_ACTION_POLICY OverThrottledDc;
} MACHINE_POWER_POLICY, *PMACHINE_POWER_POLICY;

typedef struct _MACHINE_PROCESSOR_POWER_POLICY
{
    ULONG Revision;
    PROCESSOR_POWER_POLICY ProcessorPolicyAc;
    PROCESSOR_POWER_POLICY ProcessorPolicyDc;
} MACHINE_PROCESSOR_POWER_POLICY, *PMACHINE_PROCESSOR_POWER_POLICY;

typedef struct _USER_POWER_POLICY
{
    ULONG Revision;
    POWER_ACTION_POLICY IdleAc;
    POWER_ACTION_POLICY IdleDc;
    ULONG IdleTimeoutAc;
    ULONG IdleTimeoutDc;
    UCHAR IdleSensitivityAc;
    UCHAR IdleSensitivityDc;
    UCHAR ThrottlePolicyAc;
    UCHAR ThrottlePolicyDc;
    SYSTEM_POWER_STATE MaxSleepAc;
    SYSTEM_POWER_STATE MaxSleepDc;
    ULONG Reserved[2];
    ULONG VideoTimeoutAc;
    ULONG VideoTimeoutDc;
    ULONG SpindownTimeoutAc;
    ULONG SpindownTimeoutDc;
    BOOLEAN OptimizeForPowerAc;
    BOOLEAN OptimizeForPowerDc;
    UCHAR FanThrottleToleranceAc;
    UCHAR FanThrottleToleranceDc;
    UCHAR ForcedThrottleAc;
    UCHAR ForcedThrottleDc;
} USER_POWER_POLICY, *PUSER_POWER_POLICY;

typedef struct _POWER_POLICY
{
    USER_POWER_POLICY user;
    MACHINE_POWER_POLICY mach;
} POWER_POLICY, *PPOWER_POLICY;

typedef BOOLEAN(CALLBACK *PWRSCHEMESENUMPROC)(UINT, DWORD, LPTSTR, DWORD, LPTSTR, PPOWER_POLICY, LPARAM);

typedef enum _POWER_DATA_ACCESSOR
{
    ACCESS_AC_POWER_SETTING_INDEX = 0,
    ACCESS_DC_POWER_SETTING_INDEX = 1,
    ACCESS_SCHEME = 16,
    ACCESS_SUBGROUP = 17,
    ACCESS_INDIVIDUAL_SETTING = 18,
    ACCESS_ACTIVE_SCHEME = 19,
    ACCESS_CREATE_SCHEME = 20
} POWER_DATA_ACCESSOR,
    *PPOWER_DATA_ACCESSOR;

WINBASEAPI BOOLEAN WINAPI GetPwrDiskSpindownRange(PUINT, PUINT);
WINBASEAPI BOOLEAN WINAPI EnumPwrSchemes(PWRSCHEMESENUMPROC, LPARAM);
WINBASEAPI BOOLEAN WINAPI ReadGlobalPwrPolicy(PGLOBAL_POWER_POLICY);
WINBASEAPI BOOLEAN WINAPI ReadPwrScheme(UINT, PPOWER_POLICY);
WINBASEAPI BOOLEAN WINAPI WritePwrScheme(PUINT, LPTSTR, LPTSTR, PPOWER_POLICY);
WINBASEAPI BOOLEAN WINAPI WriteGlobalPwrPolicy(PGLOBAL_POWER_POLICY);
WINBASEAPI BOOLEAN WINAPI DeletePwrScheme(UINT);
WINBASEAPI BOOLEAN WINAPI GetActivePwrScheme(PUINT);
WINBASEAPI BOOLEAN WINAPI SetActivePwrScheme(UINT, PGLOBAL_POWER_POLICY, PPOWER_POLICY);
WINBASEAPI BOOLEAN WINAPI GetPwrCapabilities(PSYSTEM_POWER_CAPABILITIES);
WINBASEAPI BOOLEAN WINAPI IsPwrSuspendAllowed(void);
WINBASEAPI BOOLEAN WINAPI IsPwrHibernateAllowed(void);
WINBASEAPI BOOLEAN WINAPI IsPwrShutdownAllowed(void);
WINBASEAPI BOOLEAN WINAPI IsAdminOverrideActive(PADMINISTRATOR_POWER_POLICY);
WINBASEAPI BOOLEAN WINAPI SetSuspendState(BOOLEAN, BOOLEAN, BOOLEAN);
WINBASEAPI BOOLEAN WINAPI GetCurrentPowerPolicies(PGLOBAL_POWER_POLICY, PPOWER_POLICY);
WINBASEAPI BOOLEAN WINAPI CanUserWritePwrScheme(void);
WINBASEAPI BOOLEAN WINAPI ReadProcessorPwrScheme(UINT, PMACHINE_PROCESSOR_POWER_POLICY);
WINBASEAPI BOOLEAN WINAPI WriteProcessorPwrScheme(UINT, PMACHINE_PROCESSOR_POWER_POLICY);
WINBASEAPI BOOLEAN WINAPI ValidatePowerPolicies(PGLOBAL_POWER_POLICY, PPOWER_POLICY);
WINBASEAPI BOOLEAN WINAPI DevicePowerClose(void);
WINBASEAPI BOOLEAN WINAPI DevicePowerEnumDevices(ULONG QueryIndex, ULONG QueryInterpretationFlags, ULONG QueryFlags,
                                                 PBYTE pReturnBuffer, PULONG pBufferSize);
WINBASEAPI BOOLEAN WINAPI DevicePowerOpen(ULONG Flags);
WINBASEAPI DWORD WINAPI DevicePowerSetDeviceState(LPCWSTR DeviceDescription, ULONG SetFlags, LPCVOID SetData);
WINBASEAPI DWORD WINAPI PowerCanRestoreIndividualDefaultPowerScheme(const GUID *SchemeGuid);
WINBASEAPI DWORD WINAPI PowerCreatePossibleSetting(HKEY RootSystemPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                   const GUID *PowerSettingGuid, ULONG PossibleSettingIndex);
WINBASEAPI DWORD WINAPI PowerCreateSetting(HKEY RootSystemPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                           const GUID *PowerSettingGuid);
WINBASEAPI DWORD WINAPI PowerDeleteScheme(HKEY RootPowerKey, const GUID *SchemeGuid);
WINBASEAPI POWER_PLATFORM_ROLE WINAPI PowerDeterminePlatformRole(void);
WINBASEAPI DWORD WINAPI PowerDuplicateScheme(HKEY RootPowerKey, const GUID *SourceSchemeGuid, GUID **DestinationSchemeGuid);
WINBASEAPI DWORD WINAPI PowerEnumerate(HKEY RootPowerKey, const GUID *SchemeGuid, const GUID *SubGroupOfPowerSettingsGuid,
                                       POWER_DATA_ACCESSOR AccessFlags, ULONG Index, UCHAR *Buffer, DWORD *BufferSize);
WINBASEAPI DWORD WINAPI PowerGetActiveScheme(HKEY UserRootPowerKey, GUID **ActivePolicyGuid);
WINBASEAPI DWORD WINAPI PowerImportPowerScheme(HKEY RootPowerKey, LPCWSTR ImportFileNamePath, GUID **DestinationSchemeGuid);
WINBASEAPI DWORD WINAPI PowerReadACDefaultIndex(HKEY RootPowerKey, const GUID *SchemePersonalityGuid,
                                                const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                                LPDWORD AcDefaultIndex);
WINBASEAPI DWORD WINAPI PowerReadACValue(HKEY RootPowerKey, const GUID *SchemeGuid, const GUID *SubGroupOfPowerSettingsGuid,
                                         const GUID *PowerSettingGuid, PULONG Type, LPBYTE Buffer, LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerReadACValueIndex(HKEY RootPowerKey, const GUID *SchemeGuid,
                                              const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                              LPDWORD AcValueIndex);
WINBASEAPI DWORD WINAPI PowerReadDCDefaultIndex(HKEY RootPowerKey, const GUID *SchemePersonalityGuid,
                                                const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                                LPDWORD DcDefaultIndex);
WINBASEAPI DWORD WINAPI PowerReadDCValue(HKEY RootPowerKey, const GUID *SchemeGuid, const GUID *SubGroupOfPowerSettingsGuid,
                                         const GUID *PowerSettingGuid, PULONG Type, PUCHAR Buffer, LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerReadDCValueIndex(HKEY RootPowerKey, const GUID *SchemeGuid,
                                              const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                              LPDWORD DcValueIndex);
WINBASEAPI DWORD WINAPI PowerReadDescription(HKEY RootPowerKey, const GUID *SchemeGuid,
                                             const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                             PUCHAR Buffer, LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerReadFriendlyName(HKEY RootPowerKey, const GUID *SchemeGuid,
                                              const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                              PUCHAR Buffer, LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerReadIconResourceSpecifier(HKEY RootPowerKey, const GUID *SchemeGuid,
                                                       const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                                       PUCHAR Buffer, LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerReadPossibleDescription(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                     const GUID *PowerSettingGuid, ULONG PossibleSettingIndex, PUCHAR Buffer,
                                                     LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerReadPossibleFriendlyName(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                      const GUID *PowerSettingGuid, ULONG PossibleSettingIndex,
                                                      PUCHAR Buffer, LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerReadPossibleValue(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                               const GUID *PowerSettingGuid, PULONG Type, ULONG PossibleSettingIndex,
                                               PUCHAR Buffer, LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerReadSettingAttributes(const GUID *SubGroupGuid, const GUID *PowerSettingGuid);
WINBASEAPI DWORD WINAPI PowerReadValueIncrement(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                const GUID *PowerSettingGuid, LPDWORD ValueIncrement);
WINBASEAPI DWORD WINAPI PowerReadValueMax(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                          const GUID *PowerSettingGuid, LPDWORD ValueMaximum);
WINBASEAPI DWORD WINAPI PowerReadValueMin(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                          const GUID *PowerSettingGuid, LPDWORD ValueMinimum);
WINBASEAPI DWORD WINAPI PowerReadValueUnitsSpecifier(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                     const GUID *PowerSettingGuid, UCHAR *Buffer, LPDWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerRemovePowerSetting(const GUID *PowerSettingSubKeyGuid, const GUID *PowerSettingGuid);
WINBASEAPI DWORD WINAPI PowerReplaceDefaultPowerSchemes(void);
WINBASEAPI DWORD WINAPI PowerRestoreDefaultPowerSchemes(void);
WINBASEAPI DWORD WINAPI PowerRestoreIndividualDefaultPowerScheme(const GUID *SchemeGuid);
WINBASEAPI DWORD WINAPI PowerSetActiveScheme(HKEY UserRootPowerKey, const GUID *SchemeGuid);
WINBASEAPI DWORD WINAPI PowerSettingAccessCheck(POWER_DATA_ACCESSOR AccessFlags, const GUID *PowerGuid);
WINBASEAPI DWORD WINAPI PowerWriteACDefaultIndex(HKEY RootSystemPowerKey, const GUID *SchemePersonalityGuid,
                                                 const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                                 DWORD DefaultAcIndex);
WINBASEAPI DWORD WINAPI PowerWriteACValueIndex(HKEY RootPowerKey, const GUID *SchemeGuid,
                                               const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                               DWORD AcValueIndex);
WINBASEAPI DWORD WINAPI PowerWriteDCDefaultIndex(HKEY RootSystemPowerKey, const GUID *SchemePersonalityGuid,
                                                 const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                                 DWORD DefaultDcIndex);
WINBASEAPI DWORD WINAPI PowerWriteDCValueIndex(HKEY RootPowerKey, const GUID *SchemeGuid,
                                               const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                               DWORD DcValueIndex);
WINBASEAPI DWORD WINAPI PowerWriteDescription(HKEY RootPowerKey, const GUID *SchemeGuid,
                                              const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                              UCHAR *Buffer, DWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerWriteFriendlyName(HKEY RootPowerKey, const GUID *SchemeGuid,
                                               const GUID *SubGroupOfPowerSettingsGuid, const GUID *PowerSettingGuid,
                                               UCHAR *Buffer, DWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerWriteIconResourceSpecifier(HKEY RootPowerKey, const GUID *SchemeGuid,
                                                        const GUID *SubGroupOfPowerSettingsGuid,
                                                        const GUID *PowerSettingGuid, UCHAR *Buffer, DWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerWritePossibleDescription(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                      const GUID *PowerSettingGuid, ULONG PossibleSettingIndex,
                                                      UCHAR *Buffer, DWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerWritePossibleFriendlyName(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                       const GUID *PowerSettingGuid, ULONG PossibleSettingIndex,
                                                       UCHAR *Buffer, DWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerWritePossibleValue(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                const GUID *PowerSettingGuid, ULONG Type, ULONG PossibleSettingIndex,
                                                UCHAR *Buffer, DWORD BufferSize);
WINBASEAPI DWORD WINAPI PowerWriteSettingAttributes(const GUID *SubGroupGuid, const GUID *PowerSettingGuid,
                                                    DWORD Attributes);
WINBASEAPI DWORD WINAPI PowerWriteValueIncrement(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                 const GUID *PowerSettingGuid, DWORD ValueIncrement);
WINBASEAPI DWORD WINAPI PowerWriteValueMax(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                           const GUID *PowerSettingGuid, DWORD ValueMaximum);
WINBASEAPI DWORD WINAPI PowerWriteValueMin(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                           const GUID *PowerSettingGuid, DWORD ValueMinimum);
WINBASEAPI DWORD WINAPI PowerWriteValueUnitsSpecifier(HKEY RootPowerKey, const GUID *SubGroupOfPowerSettingsGuid,
                                                      const GUID *PowerSettingGuid, UCHAR *Buffer, DWORD BufferSize);
WINBASEAPI LONG WINAPI CallNtPowerInformation(POWER_INFORMATION_LEVEL, PVOID, ULONG, PVOID, ULONG);

WINBASEAPI DWORD WINAPI PowerRegisterSuspendResumeNotification(DWORD Flags, HANDLE Recipient,
                                                               PHPOWERNOTIFY RegistrationHandle);
WINBASEAPI DWORD WINAPI PowerUnregisterSuspendResumeNotification(HPOWERNOTIFY RegistrationHandle);
WINBASEAPI DWORD WINAPI PowerSettingRegisterNotification(LPCGUID SettingGuid, DWORD Flags, HANDLE Recipient,
                                                         PHPOWERNOTIFY RegistrationHandle);
WINBASEAPI DWORD WINAPI PowerSettingUnregisterNotification(HPOWERNOTIFY RegistrationHandle);

typedef enum EFFECTIVE_POWER_MODE
{
    EffectivePowerModeBatterySaver,
    EffectivePowerModeBetterBattery,
    EffectivePowerModeBalanced,
    EffectivePowerModeHighPerformance,
    EffectivePowerModeMaxPerformance,
    EffectivePowerModeGameMode,
    EffectivePowerModeMixedReality
} EFFECTIVE_POWER_MODE;

#define EFFECTIVE_POWER_MODE_V1 0x00000001
#define EFFECTIVE_POWER_MODE_V2 0x00000002

typedef VOID(WINAPI EFFECTIVE_POWER_MODE_CALLBACK)(EFFECTIVE_POWER_MODE Mode, VOID *Context);

WINBASEAPI HRESULT WINAPI PowerRegisterForEffectivePowerModeNotifications(ULONG Version,
                                                                          EFFECTIVE_POWER_MODE_CALLBACK *Callback,
                                                                          VOID *Context, VOID **RegistrationHandle);
WINBASEAPI HRESULT WINAPI PowerUnregisterFromEffectivePowerModeNotifications(VOID *RegistrationHandle);

EXTERN_C_END

#endif /* POWRPROF_H */
