/* SPDX-License-Identifier: MIT */
/*
 * Names of numbers.
 */
#include "nt/debug/names.h"

#include "nt/rtl/status.h"

/* What HRESULT_FROM_NT adds, and the upper half of what HRESULT_FROM_WIN32 makes. */
#define RESULT_OF_STATUS 0x10000000u
#define RESULT_OF_ERROR 0x8007u

static const char *name_find(const struct number_name *rows, size_t count, uint32_t number)
{
    size_t first = 0;

    while (first < count)
    {
        size_t middle = first + (count - first) / 2;

        if (rows[middle].number == number)
        {
            return rows[middle].name;
        }
        if (rows[middle].number < number)
        {
            first = middle + 1;
        }
        else
        {
            count = middle;
        }
    }
    return NULL;
}

const char *bugcheck_name(ULONG code)
{
    return name_find(bugcheck_names, bugcheck_names_count, code);
}

const char *error_name(ULONG error)
{
    return name_find(error_names, error_names_count, error);
}

const char *result_name(HRESULT result)
{
    uint32_t number = (uint32_t)result;
    const char *name = name_find(result_names, result_names_count, number);

    if (name == NULL && (number & RESULT_OF_STATUS) != 0)
    {
        name = status_name((NTSTATUS)(number & ~RESULT_OF_STATUS));
    }
    if (name == NULL && number >> 16 == RESULT_OF_ERROR)
    {
        name = error_name(number & 0xFFFF);
    }
    return name;
}
