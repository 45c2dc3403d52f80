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

EXTERN_C_END

#endif /* DMF_BRANCHTRACK_H */
