/* SPDX-License-Identifier: MIT */
/*
 * LZNT1, the compression of NTFS: chunks of 4096 bytes, each compressed by itself or stored. Any IRQL; nothing is allocated.
 */
#ifndef NT_RTL_LZNT1_H
#define NT_RTL_LZNT1_H

#include "nt/internal.h"

#define LZNT1_CHUNK 4096u

/* What the compressor remembers of a chunk: the last position of each hash, and the one before each position; both plus one. */
struct lznt1_workspace
{
    USHORT last[LZNT1_CHUNK];
    USHORT before[LZNT1_CHUNK];
};

/*
 * Compresses; `depth` is how many earlier places are tried for each. STATUS_BUFFER_TOO_SMALL, or STATUS_BUFFER_ALL_ZEROS when
 * the data is nothing but zeros (it is compressed all the same).
 */
NTSTATUS lznt1_compress(const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG depth, ULONG *ret_bytes,
                        struct lznt1_workspace *workspace);

/*
 * Decompresses until the destination is full or the source ends, beginning with the byte `offset` of the whole. A chunk that is
 * partly before the offset is made in `chunk`, which has room for LZNT1_CHUNK bytes and may be NULL when the offset lies between
 * chunks. STATUS_BAD_COMPRESSION_BUFFER when the source is not LZNT1; what was made before stays.
 */
NTSTATUS lznt1_decompress(const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG offset, UCHAR *chunk,
                          ULONG *ret_bytes);

#endif /* NT_RTL_LZNT1_H */
