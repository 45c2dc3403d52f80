/* SPDX-License-Identifier: MIT */
/*
 * What the parameters of bug checks mean: those that the runtime stops with, and those that drivers use often.
 */
#include "nt/debug/meaning.h"

/* A row that names no first parameter stands for all of them. */
struct meaning
{
    ULONG code;
    bool any;
    ULONG_PTR first;
    const char *parameters[4];
};

#define MEANS(Code, ...)        \
    {                           \
        (ULONG)(Code), true, 0, \
        {                       \
            __VA_ARGS__         \
        }                       \
    }
#define MEANS_WITH(Code, First, ...)   \
    {                                  \
        (ULONG)(Code), false, (First), \
        {                              \
            __VA_ARGS__                \
        }                              \
    }

static const struct meaning meanings[] = {
    MEANS(IRQL_NOT_LESS_OR_EQUAL, "IRQL or address asked for", "IRQL, or the one that there is", "kind of access",
          "code address"),
    MEANS(IRQL_NOT_GREATER_OR_EQUAL, "IRQL asked for", "IRQL that there is"),
    MEANS(DRIVER_IRQL_NOT_LESS_OR_EQUAL, "address", "IRQL", "kind of access", "code address"),
    MEANS(SPIN_LOCK_ALREADY_OWNED, "spin lock"),
    MEANS(SPIN_LOCK_NOT_OWNED, "spin lock"),
    MEANS(THREAD_NOT_MUTEX_OWNER, "thread", "mutex"),
    MEANS(MAXIMUM_WAIT_OBJECTS_EXCEEDED, "count of objects"),
    MEANS(KMODE_EXCEPTION_NOT_HANDLED, "exception", "address of the code that raised it", "first parameter of the exception",
          "second parameter of the exception"),
    MEANS(SYSTEM_THREAD_EXCEPTION_NOT_HANDLED, "exception", "address of the code that raised it", "exception record",
          "context record"),
    MEANS(NO_MORE_IRP_STACK_LOCATIONS, "IRP"),
    MEANS(MULTIPLE_IRP_COMPLETE_REQUESTS, "IRP"),
    MEANS(CANCEL_STATE_IN_COMPLETED_IRP, "IRP", "cancel routine"),
    MEANS(REFERENCE_BY_POINTER, "object type", "object", "reserved", "reference count"),
    MEANS(INVALID_WORK_QUEUE_ITEM, "work item"),
    MEANS(MEMORY_MANAGEMENT, "kind of error"),
    MEANS(DRIVER_POWER_STATE_FAILURE, "kind of failure"),
    MEANS(PNP_DETECTED_FATAL_ERROR, "kind of error", "device object"),
    MEANS(RESOURCE_NOT_OWNED, "resource", "thread", "owner table"),
    MEANS_WITH(BAD_POOL_HEADER, 0x21, "the block's end was overwritten", "block", "size in bytes", "what was found there"),
    MEANS_WITH(BAD_POOL_CALLER, 0x01, "the block's header was overwritten", "header", "its first part"),
    MEANS_WITH(BAD_POOL_CALLER, 0x07, "freed twice", "reserved", "header", "block"),
    MEANS_WITH(BAD_POOL_CALLER, 0x08, "allocation at an IRQL that is too high", "IRQL", "pool type", "size in bytes"),
    MEANS_WITH(BAD_POOL_CALLER, 0x09, "free at an IRQL that is too high", "IRQL", "pool type", "block"),
    MEANS_WITH(BAD_POOL_CALLER, 0x0A, "freed with another tag", "block", "tag of the allocation", "tag of the free"),
    MEANS_WITH(BAD_POOL_CALLER, 0x46, "not a block of pool", "address"),
    MEANS_WITH(BAD_POOL_CALLER, 0x60, "not contiguous memory", "address"),
    MEANS_WITH(BAD_POOL_CALLER, 0x9A, "pool that must succeed", "pool type", "size in bytes", "tag"),
    MEANS_WITH(BAD_POOL_CALLER, 0x9B, "a tag of zero", "pool type", "size in bytes", "caller"),
    MEANS(BAD_POOL_CALLER, "kind of error"),
};

const char *const *bugcheck_meaning(ULONG code, ULONG_PTR first)
{
    for (size_t index = 0; index < RTL_NUMBER_OF(meanings); index++)
    {
        if (meanings[index].code == code && (meanings[index].any || meanings[index].first == first))
        {
            return meanings[index].parameters;
        }
    }
    return NULL;
}
