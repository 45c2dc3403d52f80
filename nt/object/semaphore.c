/* SPDX-License-Identifier: MIT */
/*
 * Semaphore and mutant objects.
 */
#include "nt/object/dispatcher_objects.h"

#include "nt/sync/mutant.h"

static void *own_dispatcher(void *body)
{
    return body;
}

const struct object_type semaphore_type = {
    .name = "Semaphore",
    .mapping = {STANDARD_RIGHTS_READ | SEMAPHORE_QUERY_STATE, STANDARD_RIGHTS_WRITE | SEMAPHORE_MODIFY_STATE,
                STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE, SEMAPHORE_ALL_ACCESS},
    .valid_access = SEMAPHORE_ALL_ACCESS,
    .dispatcher = own_dispatcher,
};

const struct object_type mutant_type = {
    .name = "Mutant",
    .mapping = {STANDARD_RIGHTS_READ | MUTANT_QUERY_STATE, STANDARD_RIGHTS_WRITE, STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE,
                MUTANT_ALL_ACCESS},
    .valid_access = MUTANT_ALL_ACCESS,
    .dispatcher = own_dispatcher,
};

NTSTATUS semaphore_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, LONG count, LONG limit,
                                 HANDLE *ret_handle)
{
    void *body;
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    *ret_handle = NULL;
    if (limit > 0 && count >= 0 && count <= limit)
    {
        status = object_create(&semaphore_type, sizeof(KSEMAPHORE), &body);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    KeInitializeSemaphore(body, count, limit);
    return object_insert(body, attributes, access, ret_handle);
}

NTSTATUS mutant_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, bool owned, HANDLE *ret_handle)
{
    void *body;
    NTSTATUS status = object_create(&mutant_type, sizeof(KMUTANT), &body);

    *ret_handle = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    KeInitializeMutant(body, FALSE);
    ((PKMUTANT)body)->Header.Hand = MUTANT_IS_OBJECT;
    if (owned)
    {
        (void)KeWaitForSingleObject(body, UserRequest, KernelMode, FALSE, NULL);
    }
    status = object_insert(body, attributes, access, ret_handle);
    if (owned && status != STATUS_SUCCESS)
    {
        /* Another mutant has the name, or there is none: nobody will ever see this one. */
        (void)mutant_release(body, false, NULL);
    }
    return status;
}

/*
 * Published entry points.
 */
static POBJECT_TYPE semaphore_object_type = (POBJECT_TYPE)&semaphore_type;
static POBJECT_TYPE mutant_object_type = (POBJECT_TYPE)&mutant_type;

POBJECT_TYPE *ExSemaphoreObjectType = &semaphore_object_type;
POBJECT_TYPE *ExMutantObjectType = &mutant_object_type;
