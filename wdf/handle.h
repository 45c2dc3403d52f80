/* SPDX-License-Identifier: MIT */
/*
 * Handles: what a driver knows an object by.
 *
 * A handle is the object's address with the object's generation in the sixteen bits that addresses of programs do not use. An
 * object keeps its own handle, sealed, in its first word; objects live in stable memory, so that word can be read for any value
 * that lies in the range, and tells whether the value is that object's handle. The generation changes with each object
 * that is made at a place; an object that is part of another has the other's.
 *
 * Plain types, for tests.
 */
#ifndef WDF_HANDLE_H
#define WDF_HANDLE_H

#include <stdint.h>

#define HANDLE_GENERATION_SHIFT 48
#define HANDLE_ADDRESS_MASK ((UINT64_C(1) << HANDLE_GENERATION_SHIFT) - 1)

/* Tells an object's first word from a handle that lies in somebody's memory. Its lowest bits are none that an address has. */
#define HANDLE_SEAL UINT64_C(0x6A09E667F3BCC90D)

enum handle_fault
{
    HANDLE_IS_GOOD,
    HANDLE_IS_NULL,
    /* No object was ever there. */
    HANDLE_IS_WILD,
    /* The object is gone; another may be in its place. */
    HANDLE_IS_STALE,
    HANDLE_IS_OF_ANOTHER_TYPE,
    HANDLE_IS_FOREIGN,
};

/*
 * What is wrong with a value as a handle of this type (enum wdfobj_type; zero is any) in a call of the driver that these globals are
 * of (PWDF_DRIVER_GLOBALS; NULL asks nothing). Never touches what the value points to unless objects live there. IRQL: any.
 */
__attribute__((visibility("default"))) enum handle_fault wdfobj_judge(const void *handle, unsigned type,
                                                                      const void *published);

#endif /* WDF_HANDLE_H */
