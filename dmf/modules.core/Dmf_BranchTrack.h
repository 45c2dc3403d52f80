/* SPDX-License-Identifier: MIT */
/*
 * What a Module's descriptor and a Client Driver's configuration say about BranchTrack.
 */
#ifndef DMF_BRANCHTRACK_H
#define DMF_BRANCHTRACK_H

#include "DmfIncludes.h"

EXTERN_C_START

#define BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH 64

struct DMFMODULE__;

typedef _Function_class_(EVT_DMF_BranchTrack_BranchesInitialize)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_BranchTrack_BranchesInitialize(_In_ struct DMFMODULE__* DmfModule);

typedef struct
{
    CHAR ClientName[BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH + sizeof(CHAR)];
    PWCHAR SymbolicLinkName;
    ULONG MaximumFileNameLength;
    ULONG MaximumBranchNameLength;
    ULONG MaximumBranches;
    EVT_DMF_BranchTrack_BranchesInitialize* BranchesInitialize;
} DMF_CONFIG_BranchTrack;

#define BRANCHTRACK_DEFAULT_MAXIMUM_BRANCHES 200
#define BRANCHTRACK_DEFAULT_MAXIMUM_BRANCH_NAME_LENGTH 300

/* A name that is too long is cut off. */
FORCEINLINE
VOID
DMF_BranchTrack_CONFIG_INIT(_Out_ DMF_CONFIG_BranchTrack* ModuleConfig, _In_z_ const CHAR* ClientName)
{
    ULONG length;

    RtlZeroMemory(ModuleConfig, sizeof(DMF_CONFIG_BranchTrack));
    for (length = 0; (length < BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH) && (ClientName[length] != 0); length++)
    {
        ModuleConfig->ClientName[length] = ClientName[length];
    }
    DmfAssert(ClientName[length] == 0);
    ModuleConfig->MaximumBranches = BRANCHTRACK_DEFAULT_MAXIMUM_BRANCHES;
    ModuleConfig->MaximumBranchNameLength = BRANCHTRACK_DEFAULT_MAXIMUM_BRANCH_NAME_LENGTH;
}

EXTERN_C_END

#endif /* DMF_BRANCHTRACK_H */
