/* SPDX-License-Identifier: MIT */
/*
 * Cyclic redundancy checks.
 */
#include "nt/internal.h"

/* The polynomial of Ethernet and of ZIP files, bits reversed. */
#define CRC32_POLYNOMIAL 0xEDB88320u

static ULONG crc32_of_nibble(ULONG nibble)
{
    for (int bit = 0; bit < 4; bit++)
    {
        nibble = (nibble >> 1) ^ ((nibble & 1) != 0 ? CRC32_POLYNOMIAL : 0);
    }
    return nibble;
}

/*
 * Published entry points.
 */
ULONG RtlCrc32(const VOID *Buffer, SIZE_T Size, ULONG InitialCrc)
{
    const unsigned char *bytes = Buffer;
    ULONG crc = ~InitialCrc;
    ULONG table[16];

    for (ULONG index = 0; index < 16; index++)
    {
        table[index] = crc32_of_nibble(index);
    }
    for (SIZE_T index = 0; index < Size; index++)
    {
        crc ^= bytes[index];
        crc = (crc >> 4) ^ table[crc & 15];
        crc = (crc >> 4) ^ table[crc & 15];
    }
    return ~crc;
}
