/* SPDX-License-Identifier: MIT */
/*
 * What tests of Modules share: the words of an assertion, and a generator of numbers.
 */
#ifndef MODULE_CASE_H
#define MODULE_CASE_H

#include "dmf_case.h"

/* What a failed DmfAssert says in a debug build, and a failed DmfVerifierAssert of a verified driver in any. */
#if defined(DMF_USER_MODE)
#define ASSERTS "break point"
#else
#define ASSERTS "assertion failed"
#endif

/* A Module beside that of the case, with the device as its parent. */
static inline DMFMODULE module_case_dynamic(DMF_MODULE_ATTRIBUTES *attributes)
{
    WDF_OBJECT_ATTRIBUTES object_attributes;
    DMFMODULE module;

    WDF_OBJECT_ATTRIBUTES_INIT(&object_attributes);
    object_attributes.ParentObject = dmf_case_wdf_device;
    CHECK_STATUS(attributes->InstanceCreator(dmf_case_wdf_device, attributes, &object_attributes, &module), STATUS_SUCCESS);
    return module;
}

/* Creates and deletes one, which may fail for want of memory. */
static inline void module_case_try_dynamic(DMF_MODULE_ATTRIBUTES *attributes)
{
    WDF_OBJECT_ATTRIBUTES object_attributes;
    DMFMODULE module = NULL;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&object_attributes);
    object_attributes.ParentObject = dmf_case_wdf_device;
    status = attributes->InstanceCreator(dmf_case_wdf_device, attributes, &object_attributes, &module);
    if (NT_SUCCESS(status))
    {
        WdfObjectDelete(module);
    }
    else
    {
        CHECK_STATUS(status, STATUS_INSUFFICIENT_RESOURCES);
    }
}

/* The next number of a series that its seed decides. */
static inline ULONG module_case_random(ULONG64 *series)
{
    *series = *series * 6364136223846793005ull + 1442695040888963407ull;
    return (ULONG)(*series >> 33);
}

#endif /* MODULE_CASE_H */
