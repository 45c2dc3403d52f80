/* SPDX-License-Identifier: MIT */
/*
 * Handles that are none: what is wrong with them, and the report.
 */
#include "wdf/handle.h"

#include <stdio.h>

#include "wdf/globals.h"
#include "wdf/object.h"

/* The first word at a place where no object lives any more is that object's generation, in the same bits as in the handle. */
static bool was_object(uint64_t handle, uint64_t word)
{
    uint64_t generation = handle >> HANDLE_GENERATION_SHIFT;
    bool live = (word ^ HANDLE_SEAL) << 16 == handle << 16;
    uint64_t last = (live ? word ^ HANDLE_SEAL : word) >> HANDLE_GENERATION_SHIFT;

    /* Generations count up, and begin again after the last one. */
    return (live || (word & HANDLE_ADDRESS_MASK) == 0) && generation != 0 && (uint16_t)(last - generation) < 0x8000;
}

enum handle_fault wdfobj_judge(const void *handle, unsigned type, const void *published)
{
    uint64_t value = (uintptr_t)handle;
    uintptr_t address = value & HANDLE_ADDRESS_MASK;
    const struct object *object = wdfobj_lookup(handle);

    if (object == NULL)
    {
        return handle == NULL                                                                          ? HANDLE_IS_NULL :
               address % 8 == 0 && stable_contains(address) && was_object(value, stable_peek(address)) ? HANDLE_IS_STALE :
                                                                                                         HANDLE_IS_WILD;
    }
    if (type != OBJECT_ANY && object->type != type)
    {
        return HANDLE_IS_OF_ANOTHER_TYPE;
    }
    return published == NULL || &object->globals->published == published ? HANDLE_IS_GOOD : HANDLE_IS_FOREIGN;
}

/* In words, for the report. */
static void describe(const void *handle, enum handle_fault fault, char *text, size_t size)
{
    const struct object *object = wdfobj_lookup(handle);

    switch (fault)
    {
        case HANDLE_IS_NULL:
            (void)snprintf(text, size, "it is NULL");
            break;
        case HANDLE_IS_STALE:
            (void)snprintf(text, size, "it is stale: its object has been destroyed");
            break;
        case HANDLE_IS_OF_ANOTHER_TYPE:
            (void)snprintf(text, size, "it is of the wrong type: it is a %s", object->class->name);
            break;
        case HANDLE_IS_FOREIGN:
            (void)snprintf(text, size, "it is foreign: it is a %s of the driver %s", object->class->name,
                           object->globals->published.DriverName);
            break;
        default:
            (void)snprintf(text, size, "it is wild: no object was ever there");
            break;
    }
}

_Noreturn void wdfobj_refuse(const void *handle, enum wdfobj_type type, const void *published, const char *function)
{
    enum handle_fault fault = wdfobj_judge(handle, type, published);
    char text[192];

    describe(handle, fault, text, sizeof(text));
    globals_refuse_handle(handle, function, fault, text);
}
