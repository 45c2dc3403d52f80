/* SPDX-License-Identifier: MIT */
/*
 * Compression as published. LZNT1 goes both ways; XPRESS, plain and with Huffman codes, is only expanded, which is what a driver
 * needs that gets such data; other formats are refused as unsupported.
 */
#include "nt/rtl/lznt1.h"
#include "nt/rtl/xpress.h"

#define FORMAT_MASK 0x00FFu
#define ENGINE_MASK 0xFF00u
#define STANDARD_DEPTH 8u
#define MAXIMUM_DEPTH 256u

/* The default is a name for a file system's choice, and no format. */
static NTSTATUS check_format(USHORT format)
{
    if ((format & FORMAT_MASK) == COMPRESSION_FORMAT_NONE || (format & FORMAT_MASK) == COMPRESSION_FORMAT_DEFAULT)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return (format & FORMAT_MASK) == COMPRESSION_FORMAT_LZNT1 ? STATUS_SUCCESS : STATUS_UNSUPPORTED_COMPRESSION;
}

static NTSTATUS check_engine(USHORT format)
{
    NTSTATUS status = check_format(format);
    ULONG engine = format & ENGINE_MASK;

    if (NT_SUCCESS(status) && engine != COMPRESSION_ENGINE_STANDARD && engine != COMPRESSION_ENGINE_MAXIMUM)
    {
        return STATUS_NOT_SUPPORTED;
    }
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS RtlGetCompressionWorkSpaceSize(USHORT CompressionFormatAndEngine, PULONG CompressBufferWorkSpaceSize,
                                        PULONG CompressFragmentWorkSpaceSize)
{
    ULONG format = CompressionFormatAndEngine & FORMAT_MASK;
    NTSTATUS status = check_engine(CompressionFormatAndEngine);

    if (format == COMPRESSION_FORMAT_XPRESS || format == COMPRESSION_FORMAT_XPRESS_HUFF)
    {
        /* For expanding: who does that asks for the same sizes. */
        *CompressBufferWorkSpaceSize = sizeof(struct xpress_workspace);
        *CompressFragmentWorkSpaceSize = sizeof(struct xpress_workspace);
        return STATUS_SUCCESS;
    }
    if (NT_SUCCESS(status))
    {
        *CompressBufferWorkSpaceSize = sizeof(struct lznt1_workspace);
        *CompressFragmentWorkSpaceSize = LZNT1_CHUNK;
    }
    return status;
}

NTSTATUS RtlCompressBuffer(USHORT CompressionFormatAndEngine, PUCHAR UncompressedBuffer, ULONG UncompressedBufferSize,
                           PUCHAR CompressedBuffer, ULONG CompressedBufferSize, ULONG UncompressedChunkSize,
                           PULONG FinalCompressedSize, PVOID WorkSpace)
{
    NTSTATUS status = check_engine(CompressionFormatAndEngine);
    bool maximum = (CompressionFormatAndEngine & ENGINE_MASK) == COMPRESSION_ENGINE_MAXIMUM;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    return lznt1_compress(UncompressedBuffer, UncompressedBufferSize, CompressedBuffer, CompressedBufferSize,
                          maximum ? MAXIMUM_DEPTH : STANDARD_DEPTH, FinalCompressedSize, WorkSpace);
}

NTSTATUS RtlDecompressBuffer(USHORT CompressionFormat, PUCHAR UncompressedBuffer, ULONG UncompressedBufferSize,
                             PUCHAR CompressedBuffer, ULONG CompressedBufferSize, PULONG FinalUncompressedSize)
{
    NTSTATUS status = check_format(CompressionFormat);

    if ((CompressionFormat & FORMAT_MASK) == COMPRESSION_FORMAT_XPRESS)
    {
        return xpress_expand(CompressedBuffer, CompressedBufferSize, UncompressedBuffer, UncompressedBufferSize,
                             FinalUncompressedSize);
    }
    return !NT_SUCCESS(status) ? status :
                                 lznt1_decompress(CompressedBuffer, CompressedBufferSize, UncompressedBuffer,
                                                  UncompressedBufferSize, 0, NULL, FinalUncompressedSize);
}

/* Only Huffman codes need work space for a whole buffer. */
NTSTATUS RtlDecompressBufferEx(USHORT CompressionFormat, PUCHAR UncompressedBuffer, ULONG UncompressedBufferSize,
                               PUCHAR CompressedBuffer, ULONG CompressedBufferSize, PULONG FinalUncompressedSize,
                               PVOID WorkSpace)
{
    if ((CompressionFormat & FORMAT_MASK) == COMPRESSION_FORMAT_XPRESS_HUFF)
    {
        return WorkSpace == NULL ? STATUS_INVALID_PARAMETER :
                                   xpress_expand_huffman(CompressedBuffer, CompressedBufferSize, UncompressedBuffer,
                                                         UncompressedBufferSize, FinalUncompressedSize, WorkSpace);
    }
    return RtlDecompressBuffer(CompressionFormat, UncompressedBuffer, UncompressedBufferSize, CompressedBuffer,
                               CompressedBufferSize, FinalUncompressedSize);
}

NTSTATUS RtlDecompressFragment(USHORT CompressionFormat, PUCHAR UncompressedFragment, ULONG UncompressedFragmentSize,
                               PUCHAR CompressedBuffer, ULONG CompressedBufferSize, ULONG FragmentOffset,
                               PULONG FinalUncompressedSize, PVOID WorkSpace)
{
    NTSTATUS status = check_format(CompressionFormat);

    return !NT_SUCCESS(status) ?
               status :
               lznt1_decompress(CompressedBuffer, CompressedBufferSize, UncompressedFragment, UncompressedFragmentSize,
                                FragmentOffset, WorkSpace, FinalUncompressedSize);
}
