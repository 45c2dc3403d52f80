/* SPDX-License-Identifier: MIT */
/*
 * Expanding XPRESS, plain and with Huffman codes. Any IRQL; nothing is allocated.
 */
#ifndef NT_RTL_XPRESS_H
#define NT_RTL_XPRESS_H

#include "nt/internal.h"

#define XPRESS_SYMBOLS 512u
#define XPRESS_LONGEST_CODE 15u

/* The codes of a block: how many there are of each length, and their symbols in the order of the codes. */
struct xpress_workspace
{
    USHORT counts[XPRESS_LONGEST_CODE + 1];
    USHORT symbols[XPRESS_SYMBOLS];
};

/*
 * Both expand until the destination is full or the source says that it is over. STATUS_BAD_COMPRESSION_BUFFER when the source is
 * damaged; what was made before stays.
 */
NTSTATUS xpress_expand(const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG *ret_bytes);
NTSTATUS xpress_expand_huffman(const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG *ret_bytes,
                               struct xpress_workspace *workspace);

#endif /* NT_RTL_XPRESS_H */
