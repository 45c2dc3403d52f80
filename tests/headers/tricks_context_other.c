/* SPDX-License-Identifier: MIT */
/* The second source of the program whose main is in tricks_context.c. */
#include "tricks_context.h"

PCWDF_OBJECT_CONTEXT_TYPE_INFO trick_other_type(VOID)
{
    return WDF_GET_CONTEXT_TYPE_INFO(TRICK_CONTEXT)->UniqueType;
}

PCWDF_OBJECT_CONTEXT_TYPE_INFO trick_other_named_type(VOID)
{
    return WDF_GET_CONTEXT_TYPE_INFO(TRICK_NAMED_CONTEXT)->UniqueType;
}
