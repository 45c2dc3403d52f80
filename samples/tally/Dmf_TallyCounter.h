/* SPDX-License-Identifier: MIT */
/*
 * TallyCounter: a number that is added to.
 */
#ifndef DMF_TALLYCOUNTER_H
#define DMF_TALLYCOUNTER_H

/* This macro declares the functions that every Module without a Config has. */
DECLARE_DMF_MODULE_NO_CONFIG(TallyCounter)

/*
 * Module Methods
 */

_IRQL_requires_max_(DISPATCH_LEVEL)
ULONG
DMF_TallyCounter_Add(_In_ DMFMODULE DmfModule, _In_ ULONG Value);

_IRQL_requires_max_(DISPATCH_LEVEL)
ULONG
DMF_TallyCounter_Get(_In_ DMFMODULE DmfModule);

#endif /* DMF_TALLYCOUNTER_H */
