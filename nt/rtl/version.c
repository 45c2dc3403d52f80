/* SPDX-License-Identifier: MIT */
/*
 * Which version of Windows the runtime says it is: the one whose interface its headers declare, 10.0.26100, a workstation
 * without service pack (NTDDI_WIN11_GE, which is WDK_NTDDI_VERSION).
 */
#include "nt/internal.h"

#define VERSION_MAJOR 10
#define VERSION_MINOR 0
#define VERSION_BUILD 26100

_Static_assert(WDK_NTDDI_VERSION == NTDDI_WIN11_GE, "the build number below belongs to this version of the headers");

/* The position of each type's condition in a mask, in the order in which a mask of several types is looked at. */
static const ULONG condition_types[] = {
    VER_MINORVERSION,     VER_MAJORVERSION,     VER_BUILDNUMBER, VER_PLATFORMID,
    VER_SERVICEPACKMINOR, VER_SERVICEPACKMAJOR, VER_SUITENAME,   VER_PRODUCT_TYPE,
};

static UCHAR condition_of(ULONGLONG mask, ULONG type)
{
    ULONG position = (ULONG)__builtin_ctz(type);

    return (UCHAR)((mask >> (position * VER_NUM_BITS_PER_CONDITION_MASK)) & VER_CONDITION_MASK);
}

static bool holds(ULONG actual, ULONG wanted, UCHAR condition)
{
    switch (condition)
    {
        case VER_EQUAL:
            return actual == wanted;
        case VER_GREATER:
            return actual > wanted;
        case VER_GREATER_EQUAL:
            return actual >= wanted;
        case VER_LESS:
            return actual < wanted;
        case VER_LESS_EQUAL:
            return actual <= wanted;
        default:
            return false;
    }
}

static bool suite_holds(USHORT actual, USHORT wanted, UCHAR condition)
{
    return condition == VER_AND ? (actual & wanted) == wanted : condition == VER_OR && (actual & wanted) != 0;
}

/*
 * Major version, minor version and service pack are one number with four digits: the first digit that differs decides, by the
 * condition of the first digit that is asked for.
 */
static bool number_holds(const OSVERSIONINFOEXW *actual, const OSVERSIONINFOEXW *wanted, ULONG types, ULONGLONG mask)
{
    const struct
    {
        ULONG type;
        ULONG actual;
        ULONG wanted;
    } digits[] = {
        {VER_MAJORVERSION, actual->dwMajorVersion, wanted->dwMajorVersion},
        {VER_MINORVERSION, actual->dwMinorVersion, wanted->dwMinorVersion},
        {VER_SERVICEPACKMAJOR, actual->wServicePackMajor, wanted->wServicePackMajor},
        {VER_SERVICEPACKMINOR, actual->wServicePackMinor, wanted->wServicePackMinor},
    };
    UCHAR condition = 0;

    for (size_t index = 0; index < ARRAYSIZE(digits); index++)
    {
        if ((types & digits[index].type) != 0)
        {
            condition = condition == 0 ? condition_of(mask, digits[index].type) : condition;
            if (digits[index].actual != digits[index].wanted)
            {
                return holds(digits[index].actual, digits[index].wanted, condition);
            }
        }
    }
    return condition == 0 || holds(0, 0, condition);
}

/*
 * Published entry points.
 */
NTSTATUS RtlGetVersion(PRTL_OSVERSIONINFOW VersionInformation)
{
    VersionInformation->dwMajorVersion = VERSION_MAJOR;
    VersionInformation->dwMinorVersion = VERSION_MINOR;
    VersionInformation->dwBuildNumber = VERSION_BUILD;
    VersionInformation->dwPlatformId = VER_PLATFORM_WIN32_NT;
    RtlZeroMemory(VersionInformation->szCSDVersion, sizeof(VersionInformation->szCSDVersion));
    if (VersionInformation->dwOSVersionInfoSize == sizeof(RTL_OSVERSIONINFOEXW))
    {
        PRTL_OSVERSIONINFOEXW extended = (PRTL_OSVERSIONINFOEXW)VersionInformation;

        extended->wServicePackMajor = 0;
        extended->wServicePackMinor = 0;
        extended->wSuiteMask = VER_SUITE_SINGLEUSERTS;
        extended->wProductType = VER_NT_WORKSTATION;
        extended->wReserved = 0;
    }
    return STATUS_SUCCESS;
}

NTSTATUS RtlVerifyVersionInfo(PRTL_OSVERSIONINFOEXW VersionInfo, ULONG TypeMask, ULONGLONG ConditionMask)
{
    RTL_OSVERSIONINFOEXW actual = {.dwOSVersionInfoSize = sizeof(actual)};
    ULONGLONG mask = ConditionMask;
    bool good;

    if (TypeMask == 0 || ConditionMask == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    (void)RtlGetVersion((PRTL_OSVERSIONINFOW)&actual);
    good = number_holds(&actual, VersionInfo, TypeMask, mask);
    if ((TypeMask & VER_BUILDNUMBER) != 0)
    {
        good = good && holds(actual.dwBuildNumber, VersionInfo->dwBuildNumber, condition_of(mask, VER_BUILDNUMBER));
    }
    if ((TypeMask & VER_PLATFORMID) != 0)
    {
        good = good && holds(actual.dwPlatformId, VersionInfo->dwPlatformId, condition_of(mask, VER_PLATFORMID));
    }
    if ((TypeMask & VER_PRODUCT_TYPE) != 0)
    {
        good = good && holds(actual.wProductType, VersionInfo->wProductType, condition_of(mask, VER_PRODUCT_TYPE));
    }
    if ((TypeMask & VER_SUITENAME) != 0)
    {
        good = good && suite_holds(actual.wSuiteMask, VersionInfo->wSuiteMask, condition_of(mask, VER_SUITENAME));
    }
    return good ? STATUS_SUCCESS : STATUS_REVISION_MISMATCH;
}

/* Of a mask of several types the highest counts, as published. */
ULONGLONG VerSetConditionMask(ULONGLONG ConditionMask, ULONG TypeMask, UCHAR Condition)
{
    for (size_t position = ARRAYSIZE(condition_types); position > 0; position--)
    {
        if ((TypeMask & condition_types[position - 1]) != 0)
        {
            return ConditionMask |
                   ((ULONGLONG)(Condition & VER_CONDITION_MASK) << ((position - 1) * VER_NUM_BITS_PER_CONDITION_MASK));
        }
    }
    return ConditionMask;
}
