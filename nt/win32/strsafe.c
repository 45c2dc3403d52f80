/* SPDX-License-Identifier: MIT */
/*
 * The safe strings of the user's flavour: StringCch..., StringCb...
 */
#include <windows.h>

#include <strsafe.h>

#include "nt/rtl/safe_string.h"

static HRESULT result_of(enum safe_result result)
{
    switch (result)
    {
        case SAFE_OK:
            return S_OK;
        case SAFE_OVERFLOW:
            return STRSAFE_E_INSUFFICIENT_BUFFER;
        case SAFE_END_OF_FILE:
            return STRSAFE_E_END_OF_FILE;
        default:
            return STRSAFE_E_INVALID_PARAMETER;
    }
}

#define SAFE_RETURN HRESULT
#define SAFE_STATUS(Result) result_of(Result)

#define SAFE_NAME(Function) StringCch##Function##A
#define SAFE_CHARACTER CHAR
#define SAFE_IN_BYTES false
#include "nt/rtl/safe_string_entries.h"

#define SAFE_NAME(Function) StringCch##Function##W
#define SAFE_CHARACTER WCHAR
#define SAFE_IN_BYTES false
#include "nt/rtl/safe_string_entries.h"

#define SAFE_NAME(Function) StringCb##Function##A
#define SAFE_CHARACTER CHAR
#define SAFE_IN_BYTES true
#include "nt/rtl/safe_string_entries.h"

#define SAFE_NAME(Function) StringCb##Function##W
#define SAFE_CHARACTER WCHAR
#define SAFE_IN_BYTES true
#include "nt/rtl/safe_string_entries.h"

/* A line of the program's input. */
static HRESULT get_line(struct safe_destination to)
{
    return result_of(safe_string(&to, &(struct safe_source){.kind = SAFE_LINE}));
}

#define GETS_FUNCTIONS(Measure, Width, Character, InBytes)                                                          \
    HRESULT String##Measure##Gets##Width(Character *Destination, SIZE_T Size)                                       \
    {                                                                                                               \
        return get_line((struct safe_destination){                                                                  \
            .text = Destination, .size = Size, .unit = sizeof(Character), .size_is_in_bytes = (InBytes)});          \
    }                                                                                                               \
    HRESULT String##Measure##GetsEx##Width(Character *Destination, SIZE_T Size, Character **End, SIZE_T *Remaining, \
                                           ULONG Flags)                                                             \
    {                                                                                                               \
        return get_line((struct safe_destination){.text = Destination,                                              \
                                                  .size = Size,                                                     \
                                                  .unit = sizeof(Character),                                        \
                                                  .size_is_in_bytes = (InBytes),                                    \
                                                  .extended = true,                                                 \
                                                  .flags = Flags,                                                   \
                                                  .ret_end = (void **)End,                                          \
                                                  .ret_remaining = Remaining});                                     \
    }

GETS_FUNCTIONS(Cch, A, CHAR, false)
GETS_FUNCTIONS(Cch, W, WCHAR, false)
GETS_FUNCTIONS(Cb, A, CHAR, true)
GETS_FUNCTIONS(Cb, W, WCHAR, true)
