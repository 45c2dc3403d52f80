/* SPDX-License-Identifier: MIT */
/*
 * Two sources that include one header with context types share the type: its identity is the address of its description.
 * try: run
 */
#include "tricks_context.h"

EXTERN_C_START
const WDFFUNC *WdfFunctions;
PWDF_DRIVER_GLOBALS WdfDriverGlobals;
EXTERN_C_END

int main(void)
{
    PCWDF_OBJECT_CONTEXT_TYPE_INFO type = WDF_GET_CONTEXT_TYPE_INFO(TRICK_CONTEXT);
    PCWDF_OBJECT_CONTEXT_TYPE_INFO named = WDF_GET_CONTEXT_TYPE_INFO(TRICK_NAMED_CONTEXT);
    int good = type->UniqueType == type && type == trick_other_type() && named == trick_other_named_type() &&
               type != named && type->ContextSize == sizeof(TRICK_CONTEXT) && type->ContextName[0] == 'T' &&
               named->Size == sizeof(*named);
    return good ? 0 : 1;
}
