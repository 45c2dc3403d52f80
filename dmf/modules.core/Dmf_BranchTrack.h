/* SPDX-License-Identifier: MIT */
/*
 * BranchTrack: counts check points of a driver by name, and says which of them were passed as often as is expected.
 */
#ifndef DMF_BRANCHTRACK_H
#define DMF_BRANCHTRACK_H

#include "DmfDefinitions.h"
#include "Dmf_BranchTrack_Public.h"

EXTERN_C_START

#define BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH 64

/* Tells whether a check point that was passed Count times meets its expectation. It may not call BranchTrack. */
typedef _Function_class_(EVT_DMF_BranchTrack_StatusQuery) _IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_
BOOLEAN
EVT_DMF_BranchTrack_StatusQuery(_In_ DMFMODULE DmfModule,
                                _In_z_ CHAR* BranchName,
                                _In_ ULONG_PTR BranchContext,
                                _In_ ULONGLONG Count);

/* Makes the check points that a Client Driver, or a Module, has, by the macros whose names have _CREATE. */
typedef _Function_class_(EVT_DMF_BranchTrack_BranchesInitialize) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_BranchTrack_BranchesInitialize(_In_ DMFMODULE DmfModule);

typedef struct
{
    /* Who asks reads it. */
    CHAR ClientName[BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH + sizeof(CHAR)];
    /* Programs find the device by this link. NULL for the device interface GUID_DEVINTERFACE_BranchTrack. */
    PWCHAR SymbolicLinkName;
    /* Not used: names of files are not kept. */
    ULONG MaximumFileNameLength;
    /* Longer names are cut. */
    ULONG MaximumBranchNameLength;
    /* Further check points are not counted. */
    ULONG MaximumBranches;
    /* May be NULL. */
    EVT_DMF_BranchTrack_BranchesInitialize* BranchesInitialize;
} DMF_CONFIG_BranchTrack;

EXTERN_C_END

DECLARE_DMF_MODULE(BranchTrack)

EXTERN_C_START

#define BRANCH_TRACK_BRANCH_NAME_MAXIMUM_LENGTH 300
#define BRANCH_TRACK_HINT_NAME_MAXIMUM_LENGTH 32

/* A name of more than BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH characters is cut. */
FORCEINLINE
VOID
DMF_BranchTrack_CONFIG_INIT(_Out_ DMF_CONFIG_BranchTrack* ModuleConfig, _In_z_ const CHAR* ClientName)
{
    size_t length;

    RtlZeroMemory(ModuleConfig, sizeof(DMF_CONFIG_BranchTrack));
    length = strlen(ClientName);
    DmfAssert(length <= BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH);
    if (length > BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH)
    {
        length = BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH;
    }
    RtlCopyMemory(ModuleConfig->ClientName, ClientName, length);
    ModuleConfig->MaximumBranches = BRANCHTRACK_DEFAULT_MAXIMUM_BRANCHES;
    ModuleConfig->MaximumBranchNameLength = BRANCH_TRACK_BRANCH_NAME_MAXIMUM_LENGTH;
}

/*
 * What the macros below call, up to DISPATCH_LEVEL. Without a Module, or if the condition is not met, nothing happens. A
 * check point is the same one if name, hint, callback and context are equal, wherever it stands.
 */

/* Counts that a check point is passed, and makes it if it is new. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BranchTrack_CheckPointExecute(_In_opt_ DMFMODULE DmfModule,
                                  _In_z_ const CHAR* BranchName,
                                  _In_z_ const CHAR* HintName,
                                  _In_z_ const CHAR* FileName,
                                  _In_ ULONG Line,
                                  _In_ EVT_DMF_BranchTrack_StatusQuery* CallbackStatusQuery,
                                  _In_ ULONG_PTR Context,
                                  _In_ BOOLEAN Condition);

/* Makes a check point that was not passed yet; one that exists begins at zero again. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BranchTrack_CheckPointCreate(_In_opt_ DMFMODULE DmfModule,
                                 _In_z_ const CHAR* BranchName,
                                 _In_z_ const CHAR* HintName,
                                 _In_z_ const CHAR* FileName,
                                 _In_ ULONG Line,
                                 _In_ EVT_DMF_BranchTrack_StatusQuery* CallbackStatusQuery,
                                 _In_ ULONG_PTR Context,
                                 _In_ BOOLEAN Condition);

/* Expectations: the count is equal to the context, more, less, or at least as much. */
EVT_DMF_BranchTrack_StatusQuery DMF_BranchTrack_Helper_BranchStatusQuery_Count;
EVT_DMF_BranchTrack_StatusQuery DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan;
EVT_DMF_BranchTrack_StatusQuery DMF_BranchTrack_Helper_BranchStatusQuery_LessThan;
EVT_DMF_BranchTrack_StatusQuery DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast;

EXTERN_C_END

/*
 * Check points with an expectation of one's own. In a source that defines DMF_BRANCH_TRACK_CREATE first, all macros make
 * check points and count nothing.
 */
#define DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, Callback, HintName, Context, Condition) \
    DMF_BranchTrack_CheckPointCreate(BranchTrackModule, Name, HintName, __FILE__, __LINE__, Callback, \
                                     (ULONG_PTR)(Context), (BOOLEAN)((Condition) != 0))
#define DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, Callback, HintName, Context) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, Callback, HintName, Context, TRUE)
#if defined(DMF_BRANCH_TRACK_CREATE)
#define DMF_BRANCHTRACK_GENERIC_CONDITIONAL DMF_BRANCHTRACK_CREATE_CONDITIONAL
#else
#define DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, Callback, HintName, Context, Condition) \
    DMF_BranchTrack_CheckPointExecute(BranchTrackModule, Name, HintName, __FILE__, __LINE__, Callback, \
                                      (ULONG_PTR)(Context), (BOOLEAN)((Condition) != 0))
#endif
#define DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, Callback, HintName, Context) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, Callback, HintName, Context, TRUE)

/* Passed more often than Count. */
#define DMF_BRANCHTRACK_MORE_THAN(BranchTrackModule, Name, Count) \
    DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan, \
        DMF_BRANCHTRACK_STRING_MoreThan, (Count))
#define DMF_BRANCHTRACK_MORE_THAN_CONDITIONAL(BranchTrackModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan, \
        DMF_BRANCHTRACK_STRING_MoreThan, (Count), Condition)
#define DMF_BRANCHTRACK_MORE_THAN_CREATE(BranchTrackModule, Name, Count) \
    DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan, \
        DMF_BRANCHTRACK_STRING_MoreThan, (Count))
#define DMF_BRANCHTRACK_MORE_THAN_CREATE_CONDITIONAL(BranchTrackModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan, \
        DMF_BRANCHTRACK_STRING_MoreThan, (Count), Condition)

/* Passed less often than Count. */
#define DMF_BRANCHTRACK_LESS_THAN(BranchTrackModule, Name, Count) \
    DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_LessThan, \
        DMF_BRANCHTRACK_STRING_LessThan, (Count))
#define DMF_BRANCHTRACK_LESS_THAN_CONDITIONAL(BranchTrackModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_LessThan, \
        DMF_BRANCHTRACK_STRING_LessThan, (Count), Condition)
#define DMF_BRANCHTRACK_LESS_THAN_CREATE(BranchTrackModule, Name, Count) \
    DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_LessThan, \
        DMF_BRANCHTRACK_STRING_LessThan, (Count))
#define DMF_BRANCHTRACK_LESS_THAN_CREATE_CONDITIONAL(BranchTrackModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_LessThan, \
        DMF_BRANCHTRACK_STRING_LessThan, (Count), Condition)

/* Passed Count times. */
#define DMF_BRANCHTRACK_COUNT(BranchTrackModule, Name, Count) \
    DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Exactly, (Count))
#define DMF_BRANCHTRACK_COUNT_CONDITIONAL(BranchTrackModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Exactly, (Count), Condition)
#define DMF_BRANCHTRACK_COUNT_CREATE(BranchTrackModule, Name, Count) \
    DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Exactly, (Count))
#define DMF_BRANCHTRACK_COUNT_CREATE_CONDITIONAL(BranchTrackModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Exactly, (Count), Condition)

/* Passed at least Count times. */
#define DMF_BRANCHTRACK_AT_LEAST(BranchTrackModule, Name, Count) \
    DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast, \
        DMF_BRANCHTRACK_STRING_AtLeast, (Count))
#define DMF_BRANCHTRACK_AT_LEAST_CONDITIONAL(BranchTrackModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast, \
        DMF_BRANCHTRACK_STRING_AtLeast, (Count), Condition)
#define DMF_BRANCHTRACK_AT_LEAST_CREATE(BranchTrackModule, Name, Count) \
    DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast, \
        DMF_BRANCHTRACK_STRING_AtLeast, (Count))
#define DMF_BRANCHTRACK_AT_LEAST_CREATE_CONDITIONAL(BranchTrackModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast, \
        DMF_BRANCHTRACK_STRING_AtLeast, (Count), Condition)

/* Passed. */
#define DMF_BRANCHTRACK_RUN(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan, \
        DMF_BRANCHTRACK_STRING_MoreThan, 0)
#define DMF_BRANCHTRACK_RUN_CONDITIONAL(BranchTrackModule, Name, Condition) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan, \
        DMF_BRANCHTRACK_STRING_MoreThan, 0, Condition)
#define DMF_BRANCHTRACK_RUN_CREATE(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan, \
        DMF_BRANCHTRACK_STRING_MoreThan, 0)
#define DMF_BRANCHTRACK_RUN_CREATE_CONDITIONAL(BranchTrackModule, Name, Condition) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan, \
        DMF_BRANCHTRACK_STRING_MoreThan, 0, Condition)

/* Passed once. */
#define DMF_BRANCHTRACK_ONCE(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Exactly, 1)
#define DMF_BRANCHTRACK_ONCE_CONDITIONAL(BranchTrackModule, Name, Condition) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Exactly, 1, Condition)
#define DMF_BRANCHTRACK_ONCE_CREATE(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Exactly, 1)
#define DMF_BRANCHTRACK_ONCE_CREATE_CONDITIONAL(BranchTrackModule, Name, Condition) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Exactly, 1, Condition)

/* Not passed. */
#define DMF_BRANCHTRACK_NEVER(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Never, 0)
#define DMF_BRANCHTRACK_NEVER_CONDITIONAL(BranchTrackModule, Name, Condition) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Never, 0, Condition)
#define DMF_BRANCHTRACK_NEVER_CREATE(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Never, 0)
#define DMF_BRANCHTRACK_NEVER_CREATE_CONDITIONAL(BranchTrackModule, Name, Condition) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_Count, \
        DMF_BRANCHTRACK_STRING_Never, 0, Condition)

/* Passed or not. */
#define DMF_BRANCHTRACK_OPTIONAL(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_GENERIC(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast, \
        DMF_BRANCHTRACK_STRING_Optionally, 0)
#define DMF_BRANCHTRACK_OPTIONAL_CONDITIONAL(BranchTrackModule, Name, Condition) \
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast, \
        DMF_BRANCHTRACK_STRING_Optionally, 0, Condition)
#define DMF_BRANCHTRACK_OPTIONAL_CREATE(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_CREATE(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast, \
        DMF_BRANCHTRACK_STRING_Optionally, 0)
#define DMF_BRANCHTRACK_OPTIONAL_CREATE_CONDITIONAL(BranchTrackModule, Name, Condition) \
    DMF_BRANCHTRACK_CREATE_CONDITIONAL(BranchTrackModule, Name, DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast, \
        DMF_BRANCHTRACK_STRING_Optionally, 0, Condition)

/* Two check points, of which a reader looks at the one that fits: not passed without fault injection, passed with it. */
#define DMF_BRANCHTRACK_FAULT_INJECTION_CONDITIONAL(BranchTrackModule, Name, Condition) \
    do \
    { \
        DMF_BRANCHTRACK_NEVER_CONDITIONAL(BranchTrackModule, \
                                            Name "[" DMF_BRANCHTRACK_STRING_NoFaultInjection "]", \
                                            Condition); \
        DMF_BRANCHTRACK_RUN_CONDITIONAL(BranchTrackModule, \
                                          Name "[" DMF_BRANCHTRACK_STRING_FaultInjection "]", \
                                          Condition); \
    } while (0)
#define DMF_BRANCHTRACK_FAULT_INJECTION(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_FAULT_INJECTION_CONDITIONAL(BranchTrackModule, Name, TRUE)
#define DMF_BRANCHTRACK_FAULT_INJECTION_CREATE_CONDITIONAL(BranchTrackModule, Name, Condition) \
    do \
    { \
        DMF_BRANCHTRACK_NEVER_CREATE_CONDITIONAL(BranchTrackModule, \
                                            Name "[" DMF_BRANCHTRACK_STRING_NoFaultInjection "]", \
                                            Condition); \
        DMF_BRANCHTRACK_RUN_CREATE_CONDITIONAL(BranchTrackModule, \
                                          Name "[" DMF_BRANCHTRACK_STRING_FaultInjection "]", \
                                          Condition); \
    } while (0)
#define DMF_BRANCHTRACK_FAULT_INJECTION_CREATE(BranchTrackModule, Name) \
    DMF_BRANCHTRACK_FAULT_INJECTION_CREATE_CONDITIONAL(BranchTrackModule, Name, TRUE)

/* The same for the code of a Module, which finds BranchTrack by its own handle. */
#define DMF_BRANCHTRACK_OF(DmfModule) DMF_FeatureModuleGetFromModule(DmfModule, DmfFeature_BranchTrack)
#define DMF_BRANCHTRACK_MODULE_MORE_THAN(DmfModule, Name, Count) \
    DMF_BRANCHTRACK_MORE_THAN(DMF_BRANCHTRACK_OF(DmfModule), Name, Count)
#define DMF_BRANCHTRACK_MODULE_MORE_THAN_CONDITIONAL(DmfModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_MORE_THAN_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Count, Condition)
#define DMF_BRANCHTRACK_MODULE_MORE_THAN_CREATE(DmfModule, Name, Count) \
    DMF_BRANCHTRACK_MORE_THAN_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name, Count)
#define DMF_BRANCHTRACK_MODULE_MORE_THAN_CREATE_CONDITIONAL(DmfModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_MORE_THAN_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Count, Condition)
#define DMF_BRANCHTRACK_MODULE_LESS_THAN(DmfModule, Name, Count) \
    DMF_BRANCHTRACK_LESS_THAN(DMF_BRANCHTRACK_OF(DmfModule), Name, Count)
#define DMF_BRANCHTRACK_MODULE_LESS_THAN_CONDITIONAL(DmfModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_LESS_THAN_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Count, Condition)
#define DMF_BRANCHTRACK_MODULE_LESS_THAN_CREATE(DmfModule, Name, Count) \
    DMF_BRANCHTRACK_LESS_THAN_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name, Count)
#define DMF_BRANCHTRACK_MODULE_LESS_THAN_CREATE_CONDITIONAL(DmfModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_LESS_THAN_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Count, Condition)
#define DMF_BRANCHTRACK_MODULE_COUNT(DmfModule, Name, Count) \
    DMF_BRANCHTRACK_COUNT(DMF_BRANCHTRACK_OF(DmfModule), Name, Count)
#define DMF_BRANCHTRACK_MODULE_COUNT_CONDITIONAL(DmfModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_COUNT_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Count, Condition)
#define DMF_BRANCHTRACK_MODULE_COUNT_CREATE(DmfModule, Name, Count) \
    DMF_BRANCHTRACK_COUNT_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name, Count)
#define DMF_BRANCHTRACK_MODULE_COUNT_CREATE_CONDITIONAL(DmfModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_COUNT_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Count, Condition)
#define DMF_BRANCHTRACK_MODULE_AT_LEAST(DmfModule, Name, Count) \
    DMF_BRANCHTRACK_AT_LEAST(DMF_BRANCHTRACK_OF(DmfModule), Name, Count)
#define DMF_BRANCHTRACK_MODULE_AT_LEAST_CONDITIONAL(DmfModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_AT_LEAST_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Count, Condition)
#define DMF_BRANCHTRACK_MODULE_AT_LEAST_CREATE(DmfModule, Name, Count) \
    DMF_BRANCHTRACK_AT_LEAST_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name, Count)
#define DMF_BRANCHTRACK_MODULE_AT_LEAST_CREATE_CONDITIONAL(DmfModule, Name, Count, Condition) \
    DMF_BRANCHTRACK_AT_LEAST_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Count, Condition)
#define DMF_BRANCHTRACK_MODULE_RUN(DmfModule, Name) \
    DMF_BRANCHTRACK_RUN(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_RUN_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_RUN_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_RUN_CREATE(DmfModule, Name) \
    DMF_BRANCHTRACK_RUN_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_RUN_CREATE_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_RUN_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_ONCE(DmfModule, Name) \
    DMF_BRANCHTRACK_ONCE(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_ONCE_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_ONCE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_ONCE_CREATE(DmfModule, Name) \
    DMF_BRANCHTRACK_ONCE_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_ONCE_CREATE_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_ONCE_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_NEVER(DmfModule, Name) \
    DMF_BRANCHTRACK_NEVER(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_NEVER_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_NEVER_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_NEVER_CREATE(DmfModule, Name) \
    DMF_BRANCHTRACK_NEVER_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_NEVER_CREATE_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_NEVER_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_OPTIONAL(DmfModule, Name) \
    DMF_BRANCHTRACK_OPTIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_OPTIONAL_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_OPTIONAL_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_OPTIONAL_CREATE(DmfModule, Name) \
    DMF_BRANCHTRACK_OPTIONAL_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_OPTIONAL_CREATE_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_OPTIONAL_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_FAULT_INJECTION(DmfModule, Name) \
    DMF_BRANCHTRACK_FAULT_INJECTION(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_FAULT_INJECTION_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_FAULT_INJECTION_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)
#define DMF_BRANCHTRACK_MODULE_FAULT_INJECTION_CREATE(DmfModule, Name) \
    DMF_BRANCHTRACK_FAULT_INJECTION_CREATE(DMF_BRANCHTRACK_OF(DmfModule), Name)
#define DMF_BRANCHTRACK_MODULE_FAULT_INJECTION_CREATE_CONDITIONAL(DmfModule, Name, Condition) \
    DMF_BRANCHTRACK_FAULT_INJECTION_CREATE_CONDITIONAL(DMF_BRANCHTRACK_OF(DmfModule), Name, Condition)

#endif /* DMF_BRANCHTRACK_H */
