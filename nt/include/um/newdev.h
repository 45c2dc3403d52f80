/* SPDX-License-Identifier: MIT */
/*
 * Installation of drivers for devices.
 */
#ifndef NEWDEV_H
#define NEWDEV_H

#include "windows.h"
#include "setupapi.h"

#define INSTALLFLAG_FORCE 0x00000001
#define INSTALLFLAG_READONLY 0x00000002
#define INSTALLFLAG_NONINTERACTIVE 0x00000004
#define INSTALLFLAG_BITS 0x00000007
#define DIIDFLAG_SHOWSEARCHUI 0x00000001
#define DIIDFLAG_NOFINISHINSTALLUI 0x00000002
#define DIIDFLAG_INSTALLNULLDRIVER 0x00000004
#define DIIDFLAG_BITS 0x00000007
#define DIIRFLAG_INF_ALREADY_COPIED 0x00000001
#define DIIRFLAG_FORCE_INF 0x00000002
#define DIIRFLAG_HW_USING_THE_INF 0x00000004
#define DIIRFLAG_HOTPATCH 0x00000008
#define DIIRFLAG_NOBACKUP 0x00000010
#define DIIRFLAG_BITS (DIIRFLAG_FORCE_INF | DIIRFLAG_HOTPATCH)
#define DIIRFLAG_SYSTEM_BITS \
    (DIIRFLAG_INF_ALREADY_COPIED | DIIRFLAG_FORCE_INF | DIIRFLAG_HW_USING_THE_INF | DIIRFLAG_HOTPATCH | DIIRFLAG_NOBACKUP)
#define ROLLBACK_FLAG_NO_UI 0x00000001
#define ROLLBACK_BITS 0x00000001

EXTERN_C_START

WINBASEAPI BOOL WINAPI UpdateDriverForPlugAndPlayDevicesA(HWND hwndParent, LPCSTR HardwareId, LPCSTR FullInfPath,
                                                          DWORD InstallFlags, PBOOL bRebootRequired);
WINBASEAPI BOOL WINAPI UpdateDriverForPlugAndPlayDevicesW(HWND hwndParent, LPCWSTR HardwareId, LPCWSTR FullInfPath,
                                                          DWORD InstallFlags, PBOOL bRebootRequired);
WINBASEAPI BOOL WINAPI DiInstallDevice(HWND hwndParent, HDEVINFO DeviceInfoSet, PSP_DEVINFO_DATA DeviceInfoData,
                                       PSP_DRVINFO_DATA DriverInfoData, DWORD Flags, PBOOL NeedReboot);
WINBASEAPI BOOL WINAPI DiShowUpdateDevice(HWND hwndParent, HDEVINFO DeviceInfoSet, PSP_DEVINFO_DATA DeviceInfoData,
                                          DWORD Flags, PBOOL NeedReboot);
WINBASEAPI BOOL WINAPI DiRollbackDriver(HDEVINFO DeviceInfoSet, PSP_DEVINFO_DATA DeviceInfoData, HWND hwndParent,
                                        DWORD Flags, PBOOL NeedReboot);
WINBASEAPI BOOL WINAPI DiInstallDriverW(HWND hwndParent, LPCWSTR InfPath, DWORD Flags, PBOOL NeedReboot);
WINBASEAPI BOOL WINAPI DiInstallDriverA(HWND hwndParent, LPCSTR InfPath, DWORD Flags, PBOOL NeedReboot);
WINBASEAPI BOOL WINAPI DiUninstallDevice(HWND hwndParent, HDEVINFO DeviceInfoSet, PSP_DEVINFO_DATA DeviceInfoData,
                                         DWORD Flags, PBOOL NeedReboot);

EXTERN_C_END

#define UpdateDriverForPlugAndPlayDevices DMF_NAME_AW(UpdateDriverForPlugAndPlayDevices)
#define DiInstallDriver DMF_NAME_AW(DiInstallDriver)

#endif /* NEWDEV_H */
