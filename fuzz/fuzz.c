/* SPDX-License-Identifier: MIT */
/*
 * Gives the bytes of an input to the target.
 */
#include "fuzz.h"

#include <stdlib.h>

static struct
{
    const uint8_t *next;
    size_t left;
} input;

bool fuzz_more(void)
{
    return input.left != 0;
}

UCHAR fuzz_byte(void)
{
    if (input.left == 0)
    {
        return 0;
    }
    input.left--;
    return *input.next++;
}

ULONG fuzz_below(ULONG limit)
{
    ULONG number = fuzz_byte();

    if (limit > 256)
    {
        number = number << 8 | fuzz_byte();
    }
    return number % limit;
}

void fuzz_bytes(void *buffer, size_t size)
{
    for (size_t index = 0; index < size; index++)
    {
        ((UCHAR *)buffer)[index] = fuzz_byte();
    }
}

/* A target that starts the machine for each input has ended it already. */
static void end(void)
{
    if (wdf_case_driver != NULL)
    {
        dmf_case_end();
    }
}

/* What a fuzzer calls by this name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool has_begun;

    if (!has_begun)
    {
        has_begun = true;
        fuzz_begin();
        (void)atexit(end);
    }
    input.next = data;
    input.left = size;
    fuzz_input();
    return 0;
}
