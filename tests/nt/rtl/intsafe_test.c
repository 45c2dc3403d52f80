/* SPDX-License-Identifier: MIT */
/*
 * The safe integers of the user's flavour.
 */
#include "nt_case.h"

#include <windows.h>

#define ENABLE_INTSAFE_SIGNED_FUNCTIONS
#include <intsafe.h>

#define SAFE(Name) Name
#define GOOD S_OK
#define OVERFLOWN INTSAFE_E_ARITHMETIC_OVERFLOW

#include "intsafe_rules.h"

const struct nt_case nt_cases[] = {
    CASE(conversions_of_8_and_16_bits_agree_for_every_value),
    CASE(arithmetic_of_8_bits_agrees_for_every_pair),
    CASE(arithmetic_of_16_bits_agrees_for_many_pairs),
    CASE(arithmetic_of_32_bits_agrees_at_the_boundaries),
    CASE(arithmetic_of_64_bits_stops_at_the_boundaries),
    CASE(conversions_of_64_bits_stop_at_the_boundaries),
    CASES_END,
};
