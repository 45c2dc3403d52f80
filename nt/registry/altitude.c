/* SPDX-License-Identifier: MIT */
/*
 * Altitudes.
 */
#include "nt/registry/altitude.h"

static bool is_digit(WCHAR unit)
{
    return unit >= '0' && unit <= '9';
}

bool altitude_is_valid(const UNICODE_STRING *altitude)
{
    size_t units = altitude->Length / sizeof(WCHAR);
    size_t points = 0;

    for (size_t index = 0; index < units; index++)
    {
        bool is_point = altitude->Buffer[index] == '.';

        points += is_point ? 1 : 0;
        if ((!is_digit(altitude->Buffer[index]) && !is_point) || points > 1 ||
            (is_point && (index == 0 || index + 1 == units)))
        {
            return false;
        }
    }
    return units != 0;
}

/* The digits before the point, without zeros in front. */
static size_t whole_part(const UNICODE_STRING *altitude, size_t *ret_start)
{
    size_t units = altitude->Length / sizeof(WCHAR);
    size_t end = 0;

    while (end < units && is_digit(altitude->Buffer[end]))
    {
        end++;
    }
    for (*ret_start = 0; *ret_start + 1 < end && altitude->Buffer[*ret_start] == '0'; (*ret_start)++)
    {
    }
    return end;
}

/* A digit behind the point; there are zeros after the last. */
static WCHAR digit_at(const UNICODE_STRING *altitude, size_t index)
{
    return index < altitude->Length / sizeof(WCHAR) ? altitude->Buffer[index] : '0';
}

int altitude_compare(const UNICODE_STRING *first, const UNICODE_STRING *second)
{
    size_t first_start;
    size_t second_start;
    size_t first_end = whole_part(first, &first_start);
    size_t second_end = whole_part(second, &second_start);
    size_t longest = (first->Length > second->Length ? first->Length : second->Length) / sizeof(WCHAR);
    int order = (int)(first_end - first_start) - (int)(second_end - second_start);

    for (size_t index = 0; index < first_end - first_start && order == 0; index++)
    {
        order = first->Buffer[first_start + index] - second->Buffer[second_start + index];
    }
    for (size_t index = 1; index <= longest && order == 0; index++)
    {
        order = digit_at(first, first_end + index) - digit_at(second, second_end + index);
    }
    return order;
}
