/* SPDX-License-Identifier: MIT */
/* A context type declared in a header that two sources of one program include. */
#ifndef TRICKS_CONTEXT_H
#define TRICKS_CONTEXT_H

#include "tricks_platform.h"

typedef struct _TRICK_CONTEXT
{
    ULONG Value;
} TRICK_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE(TRICK_CONTEXT);

typedef struct _TRICK_NAMED_CONTEXT
{
    PVOID Pointer;
} TRICK_NAMED_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(TRICK_NAMED_CONTEXT, TrickGetContext)

EXTERN_C_START
PCWDF_OBJECT_CONTEXT_TYPE_INFO trick_other_type(VOID);
PCWDF_OBJECT_CONTEXT_TYPE_INFO trick_other_named_type(VOID);
EXTERN_C_END

#endif /* TRICKS_CONTEXT_H */
