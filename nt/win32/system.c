/* SPDX-License-Identifier: MIT */
/*
 * The machine and its system: processors, memory, version, names.
 */
#include "nt/win32/text.h"

#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#define NETBIOS_LENGTH 15
/* Where a process of Windows may have memory, on 64 bits. */
#define LOWEST_ADDRESS UINT64_C(0x10000)
#define HIGHEST_ADDRESS UINT64_C(0x7FFFFFFEFFFF)
#define ALLOCATION_GRANULARITY 0x10000

#if defined(__x86_64__)
#define ARCHITECTURE PROCESSOR_ARCHITECTURE_AMD64
#define PROCESSOR_TYPE PROCESSOR_AMD_X8664
#else
#define ARCHITECTURE PROCESSOR_ARCHITECTURE_ARM64
#define PROCESSOR_TYPE 0
#endif

static DWORD processors(void)
{
    LONG_PTR count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : (DWORD)count;
}

void WINAPI GetNativeSystemInfo(LPSYSTEM_INFO lpSystemInfo)
{
    DWORD count = processors();

    *lpSystemInfo = (SYSTEM_INFO){
        .wProcessorArchitecture = ARCHITECTURE,
        .dwPageSize = (DWORD)sysconf(_SC_PAGESIZE),
        .lpMinimumApplicationAddress = (LPVOID)(uintptr_t)LOWEST_ADDRESS,
        .lpMaximumApplicationAddress = (LPVOID)(uintptr_t)HIGHEST_ADDRESS,
        .dwActiveProcessorMask = count >= 64 ? ~(DWORD_PTR)0 : ((DWORD_PTR)1 << count) - 1,
        .dwNumberOfProcessors = count,
        .dwProcessorType = PROCESSOR_TYPE,
        .dwAllocationGranularity = ALLOCATION_GRANULARITY,
        .wProcessorLevel = 6,
    };
}

void WINAPI GetSystemInfo(LPSYSTEM_INFO lpSystemInfo)
{
    GetNativeSystemInfo(lpSystemInfo);
}

BOOL WINAPI GlobalMemoryStatusEx(LPMEMORYSTATUSEX lpBuffer)
{
    struct sysinfo information;
    uint64_t unit;

    if (lpBuffer->dwLength != sizeof(*lpBuffer) || sysinfo(&information) != 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    unit = information.mem_unit;
    *lpBuffer = (MEMORYSTATUSEX){
        .dwLength = sizeof(*lpBuffer),
        .dwMemoryLoad = (DWORD)(100 - information.freeram * 100 / information.totalram),
        .ullTotalPhys = information.totalram * unit,
        .ullAvailPhys = information.freeram * unit,
        .ullTotalPageFile = (information.totalram + information.totalswap) * unit,
        .ullAvailPageFile = (information.freeram + information.freeswap) * unit,
        .ullTotalVirtual = HIGHEST_ADDRESS - LOWEST_ADDRESS + 1,
        .ullAvailVirtual = HIGHEST_ADDRESS - LOWEST_ADDRESS + 1,
    };
    return TRUE;
}

DWORD WINAPI GetCurrentProcessId(void)
{
    return (DWORD)getpid();
}

HANDLE WINAPI GetCurrentProcess(void)
{
    return (HANDLE)(LONG_PTR)-1;
}

HANDLE WINAPI GetCurrentThread(void)
{
    return (HANDLE)(LONG_PTR)-2;
}

BOOL WINAPI GetVersionExW(LPOSVERSIONINFOW lpVersionInformation)
{
    DWORD size = lpVersionInformation->dwOSVersionInfoSize;

    if (size != sizeof(OSVERSIONINFOW) && size != sizeof(OSVERSIONINFOEXW))
    {
        return win32_fail(ERROR_INSUFFICIENT_BUFFER);
    }
    return win32_result(RtlGetVersion(lpVersionInformation));
}

BOOL WINAPI GetVersionExA(LPOSVERSIONINFOA lpVersionInformation)
{
    OSVERSIONINFOEXW wide = {.dwOSVersionInfoSize = sizeof(wide)};
    OSVERSIONINFOEXA *extended = (OSVERSIONINFOEXA *)lpVersionInformation;
    DWORD size = lpVersionInformation->dwOSVersionInfoSize;

    if (size != sizeof(OSVERSIONINFOA) && size != sizeof(OSVERSIONINFOEXA))
    {
        return win32_fail(ERROR_INSUFFICIENT_BUFFER);
    }
    (void)RtlGetVersion((OSVERSIONINFOW *)&wide);
    lpVersionInformation->dwMajorVersion = wide.dwMajorVersion;
    lpVersionInformation->dwMinorVersion = wide.dwMinorVersion;
    lpVersionInformation->dwBuildNumber = wide.dwBuildNumber;
    lpVersionInformation->dwPlatformId = wide.dwPlatformId;
    lpVersionInformation->szCSDVersion[0] = '\0';
    if (size == sizeof(OSVERSIONINFOEXA))
    {
        extended->wServicePackMajor = wide.wServicePackMajor;
        extended->wServicePackMinor = wide.wServicePackMinor;
        extended->wSuiteMask = wide.wSuiteMask;
        extended->wProductType = wide.wProductType;
        extended->wReserved = 0;
    }
    return TRUE;
}

DWORD WINAPI GetVersion(void)
{
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof(version)};

    (void)RtlGetVersion(&version);
    return version.dwBuildNumber << 16 | version.dwMinorVersion << 8 | version.dwMajorVersion;
}

BOOL WINAPI VerifyVersionInfoW(LPOSVERSIONINFOEXW lpVersionInformation, DWORD dwTypeMask, DWORDLONG dwlConditionMask)
{
    NTSTATUS status = RtlVerifyVersionInfo(lpVersionInformation, dwTypeMask, dwlConditionMask);

    if (NT_SUCCESS(status))
    {
        return TRUE;
    }
    return win32_fail(status == STATUS_REVISION_MISMATCH ? ERROR_OLD_WIN_VERSION : ERROR_BAD_ARGUMENTS);
}

BOOL WINAPI VerifyVersionInfoA(LPOSVERSIONINFOEXA lpVersionInformation, DWORD dwTypeMask, DWORDLONG dwlConditionMask)
{
    OSVERSIONINFOEXW wide = {
        .dwOSVersionInfoSize = sizeof(wide),
        .dwMajorVersion = lpVersionInformation->dwMajorVersion,
        .dwMinorVersion = lpVersionInformation->dwMinorVersion,
        .dwBuildNumber = lpVersionInformation->dwBuildNumber,
        .dwPlatformId = lpVersionInformation->dwPlatformId,
        .wServicePackMajor = lpVersionInformation->wServicePackMajor,
        .wServicePackMinor = lpVersionInformation->wServicePackMinor,
        .wSuiteMask = lpVersionInformation->wSuiteMask,
        .wProductType = lpVersionInformation->wProductType,
    };

    return VerifyVersionInfoW(&wide, dwTypeMask, dwlConditionMask);
}

/* The first part of the host's name, as NetBIOS has it. Returns its length. */
static size_t computer_name(char *name, size_t size)
{
    size_t length = 0;

    if (gethostname(name, size) != 0)
    {
        name[0] = '\0';
    }
    name[size - 1] = '\0';
    while (length < NETBIOS_LENGTH && name[length] != '\0' && name[length] != '.')
    {
        name[length] = (char)unicode_upcase((WCHAR)(unsigned char)name[length]);
        length++;
    }
    name[length] = '\0';
    return length;
}

BOOL WINAPI GetComputerNameA(LPSTR lpBuffer, LPDWORD nSize)
{
    char name[256];
    DWORD length = (DWORD)computer_name(name, sizeof(name));

    if (*nSize <= length)
    {
        *nSize = length + 1;
        return win32_fail(ERROR_BUFFER_OVERFLOW);
    }
    memcpy(lpBuffer, name, length + 1);
    *nSize = length;
    return TRUE;
}

BOOL WINAPI GetComputerNameW(LPWSTR lpBuffer, LPDWORD nSize)
{
    char name[256];
    DWORD length = (DWORD)computer_name(name, sizeof(name));

    if (*nSize <= length)
    {
        *nSize = length + 1;
        return win32_fail(ERROR_BUFFER_OVERFLOW);
    }
    for (DWORD index = 0; index <= length; index++)
    {
        lpBuffer[index] = (WCHAR)name[index];
    }
    *nSize = length;
    return TRUE;
}

int WINAPI MulDiv(int nNumber, int nNumerator, int nDenominator)
{
    int64_t product = (int64_t)nNumber * nNumerator;
    int64_t half;
    int64_t result;

    if (nDenominator == 0)
    {
        return -1;
    }
    half = (nDenominator < 0 ? -(int64_t)nDenominator : nDenominator) / 2;
    result = (product + (product < 0 ? -half : half)) / nDenominator;
    return result > INT32_MAX || result < INT32_MIN ? -1 : (int)result;
}
