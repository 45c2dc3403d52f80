/* SPDX-License-Identifier: MIT */
/*
 * Names of numbers.
 */
#include "nt/debug/names.h"

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
