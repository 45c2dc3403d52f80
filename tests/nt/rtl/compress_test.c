/* SPDX-License-Identifier: MIT */
/*
 * Compression: there and back, parts, small buffers, damage. Each buffer is a block of its own, so that the address sanitizer
 * finds a touch beyond it.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <stdlib.h>
#include <string.h>

#define LZNT1 COMPRESSION_FORMAT_LZNT1

static ULONG seed = 3;

/* Data that repeats itself more or less. */
static UCHAR *make_data(ULONG bytes)
{
    UCHAR *data = malloc(bytes + 1);
    ULONG variety = 1 + RtlRandomEx(&seed) % 255;

    for (ULONG index = 0; index < bytes; index++)
    {
        bool repeats = index > 40 && RtlRandomEx(&seed) % 8 != 0;

        data[index] = repeats ? data[index - 1 - RtlRandomEx(&seed) % 3 * 13] : (UCHAR)(RtlRandomEx(&seed) % variety);
    }
    return data;
}

static NTSTATUS compress(const UCHAR *data, ULONG bytes, UCHAR **ret_compressed, ULONG *ret_bytes, USHORT engine)
{
    ULONG workspace_bytes;
    ULONG fragment_bytes;
    ULONG room = bytes + bytes / 4096 * 2 + 2;
    PVOID workspace;
    NTSTATUS status;

    CHECK_EQUAL(RtlGetCompressionWorkSpaceSize(LZNT1 | engine, &workspace_bytes, &fragment_bytes), STATUS_SUCCESS);
    workspace = malloc(workspace_bytes);
    *ret_compressed = malloc(room);
    status = RtlCompressBuffer(LZNT1 | engine, (PUCHAR)data, bytes, *ret_compressed, room, 4096, ret_bytes, workspace);
    free(workspace);
    return status;
}

static void data_goes_there_and_back(void)
{
    for (int round = 0; round < 60; round++)
    {
        ULONG bytes = 1 + RtlRandomEx(&seed) % 20000;
        UCHAR *data = make_data(bytes);
        UCHAR *back = malloc(bytes);
        UCHAR *compressed;
        ULONG compressed_bytes = 0;
        ULONG back_bytes = 0;
        NTSTATUS status = compress(data, bytes, &compressed, &compressed_bytes, round % 2 != 0 ? 0x100 : 0);

        CHECK(status == STATUS_SUCCESS || status == STATUS_BUFFER_ALL_ZEROS);
        CHECK_EQUAL(RtlDecompressBuffer(LZNT1, back, bytes, compressed, compressed_bytes, &back_bytes), STATUS_SUCCESS);
        CHECK_EQUAL(back_bytes, bytes);
        CHECK(memcmp(back, data, bytes) == 0);
        free(data);
        free(back);
        free(compressed);
    }
}

static void any_part_can_be_had_by_itself(void)
{
    ULONG bytes = 13000;
    UCHAR *data = make_data(bytes);
    UCHAR *compressed;
    ULONG compressed_bytes;
    UCHAR *workspace = malloc(4096);

    (void)compress(data, bytes, &compressed, &compressed_bytes, 0);
    for (int round = 0; round < 300; round++)
    {
        ULONG offset = RtlRandomEx(&seed) % bytes;
        ULONG wanted = 1 + RtlRandomEx(&seed) % 9000;
        ULONG expected = wanted < bytes - offset ? wanted : bytes - offset;
        UCHAR *part = malloc(wanted);
        ULONG got = 0;

        CHECK_EQUAL(RtlDecompressFragment(LZNT1, part, wanted, compressed, compressed_bytes, offset, &got, workspace),
                    STATUS_SUCCESS);
        CHECK_EQUAL(got, expected);
        CHECK(memcmp(part, data + offset, got) == 0);
        free(part);
    }
    free(workspace);
    free(compressed);
    free(data);
}

static void a_known_stream_expands(void)
{
    static UCHAR stream[] = {0x06, 0xB0, 0x08, 'a', 'b', 'c', 0x06, 0x20, 'x', 0x00, 0x00};
    static UCHAR stored[] = {0x02, 0x30, 'a', 'b', 'c', 0x00, 0x30, 'd'};
    UCHAR out[4200];
    ULONG bytes = 0;

    CHECK_EQUAL(RtlDecompressBuffer(LZNT1, out, sizeof(out), stream, sizeof(stream), &bytes), STATUS_SUCCESS);
    CHECK(bytes == 13 && memcmp(out, "abcabcabcabcx", 13) == 0);
    CHECK_EQUAL(RtlDecompressBufferEx(LZNT1, out, 5, stream, sizeof(stream), &bytes, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 5);
    memset(out, 9, sizeof(out));
    CHECK_EQUAL(RtlDecompressBuffer(LZNT1, out, sizeof(out), stored, sizeof(stored), &bytes), STATUS_SUCCESS);
    CHECK(bytes == 4097 && out[2] == 'c' && out[3] == 0 && out[4095] == 0 && out[4096] == 'd' && out[4097] == 9);
    CHECK_EQUAL(RtlDecompressBuffer(LZNT1, out, sizeof(out), stream, 0, &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 0);
}

static void zeros_are_told(void)
{
    UCHAR *zeros = calloc(1, 9000);
    UCHAR *compressed;
    ULONG bytes = 0;

    CHECK_EQUAL(compress(zeros, 9000, &compressed, &bytes, 0), STATUS_BUFFER_ALL_ZEROS);
    CHECK(bytes < 40);
    free(compressed);
    free(zeros);
}

static void a_destination_that_is_too_small_is_told(void)
{
    UCHAR *data = make_data(9000);
    UCHAR *compressed;
    UCHAR *workspace = malloc(20000);
    ULONG needed = 0;

    (void)compress(data, 9000, &compressed, &needed, 0);
    free(compressed);
    for (ULONG room = 0; room < needed; room += 1 + room / 16)
    {
        ULONG bytes = 77;

        compressed = malloc(room + 1);
        CHECK_EQUAL(RtlCompressBuffer(LZNT1, data, 9000, compressed + 1, room, 4096, &bytes, workspace),
                    STATUS_BUFFER_TOO_SMALL);
        CHECK_EQUAL(bytes, 77);
        free(compressed);
    }
    free(workspace);
    free(data);
}

static void damaged_streams_are_refused(void)
{
    static UCHAR streams[][8] = {
        {0x06, 0xB0, 0x08, 'a', 'b', 'c', 0x06}, {0x02, 0xB0, 0x01, 0x00, 0x20}, {0x00, 0x20, 'a'},
        {0x03, 0xB0, 0x02, 'a', 0x00, 0x10},     {0x02, 0xB0, 0x02, 'a', 0x00},
    };
    static const ULONG sizes[] = {7, 5, 3, 6, 5};
    UCHAR out[64];
    ULONG bytes;

    for (size_t index = 0; index < ARRAYSIZE(sizes); index++)
    {
        CHECK_EQUAL(RtlDecompressBuffer(LZNT1, out, sizeof(out), streams[index], sizes[index], &bytes),
                    STATUS_BAD_COMPRESSION_BUFFER);
    }
}

static void damage_never_leads_beyond_a_buffer(void)
{
    for (int round = 0; round < 3000; round++)
    {
        ULONG bytes = 1 + RtlRandomEx(&seed) % 300;
        ULONG room = RtlRandomEx(&seed) % 9000;
        UCHAR *stream = malloc(bytes);
        UCHAR *out = malloc(room + 1);
        UCHAR *workspace = malloc(4096);
        ULONG made = 0;
        NTSTATUS status;

        for (ULONG index = 0; index < bytes; index++)
        {
            stream[index] = (UCHAR)RtlRandomEx(&seed);
        }
        if (bytes > 2)
        {
            ULONG size = RtlRandomEx(&seed) % (bytes - 2);

            stream[0] = (UCHAR)size;
            stream[1] = (UCHAR)(0xB0 | size >> 8);
        }
        status = RtlDecompressBuffer(LZNT1, out, room, stream, bytes, &made);
        CHECK(status == STATUS_SUCCESS || status == STATUS_BAD_COMPRESSION_BUFFER);
        CHECK(made <= room);
        status = RtlDecompressFragment(LZNT1, out, room, stream, bytes, RtlRandomEx(&seed) % 9000, &made, workspace);
        CHECK(status == STATUS_SUCCESS || status == STATUS_BAD_COMPRESSION_BUFFER);
        free(workspace);
        free(out);
        free(stream);
    }
}

static NTSTATUS expand(USHORT format, const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG *made)
{
    ULONG workspace_bytes;
    ULONG fragment_bytes;
    UCHAR *copy = malloc(from_bytes + 1);
    UCHAR *place = malloc(to_bytes + 1);
    PVOID workspace;
    NTSTATUS status;

    CHECK_EQUAL(RtlGetCompressionWorkSpaceSize(format, &workspace_bytes, &fragment_bytes), STATUS_SUCCESS);
    workspace = malloc(workspace_bytes);
    /* To the end of their blocks, so that no touch behind goes unseen. */
    memcpy(copy + 1, from, from_bytes);
    status = RtlDecompressBufferEx(format, place + 1, to_bytes, copy + 1, from_bytes, made, workspace);
    memcpy(to, place + 1, *made);
    free(workspace);
    free(place);
    free(copy);
    return status;
}

static const UCHAR letters[] = {0x3f, 0,   0,   0,   'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k',
                                'l',  'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'};
static const UCHAR repeated[] = {0xff, 0xff, 0xff, 0x1f, 'a', 'b', 'c', 0x17, 0x00, 0x0f, 0xff, 0x26, 0x01};

static void xpress_streams_expand(void)
{
    UCHAR back[400];
    ULONG made;

    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS, letters, sizeof(letters), back, 100, &made), STATUS_SUCCESS);
    CHECK(made == 26 && memcmp(back, "abcdefghijklmnopqrstuvwxyz", 26) == 0);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS, repeated, sizeof(repeated), back, 400, &made), STATUS_SUCCESS);
    CHECK(made == 300 && memcmp(back, "abc", 3) == 0 && memcmp(back, back + 3, 297) == 0);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS, repeated, sizeof(repeated), back, 200, &made), STATUS_SUCCESS);
    CHECK_EQUAL(made, 200);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS, repeated, sizeof(repeated) - 1, back, 400, &made),
                STATUS_BAD_COMPRESSION_BUFFER);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS, repeated, 3, back, 400, &made), STATUS_BAD_COMPRESSION_BUFFER);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS, repeated, 0, back, 0, &made), STATUS_SUCCESS);
    CHECK_EQUAL(made, 0);
}

/* The codes: c 00, end 01, the match 10, a 110, b 111. */
static void huffman_stream(UCHAR stream[263])
{
    static const UCHAR bits[] = {0xa8, 0xdc, 0x00, 0x00, 0xff, 0x26, 0x01};

    memset(stream, 0, 256);
    stream[48] = 0x30;
    stream[49] = 0x23;
    stream[128] = 0x02;
    stream[143] = 0x20;
    memcpy(stream + 256, bits, sizeof(bits));
}

static void huffman_coded_streams_expand(void)
{
    UCHAR stream[263];
    UCHAR back[400];
    ULONG made;

    huffman_stream(stream);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS_HUFF, stream, sizeof(stream), back, 400, &made), STATUS_SUCCESS);
    CHECK(made == 300 && memcmp(back, "abc", 3) == 0 && memcmp(back, back + 3, 297) == 0);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS_HUFF, stream, sizeof(stream), back, 300, &made), STATUS_SUCCESS);
    CHECK_EQUAL(made, 300);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS_HUFF, stream, 255, back, 300, &made), STATUS_BAD_COMPRESSION_BUFFER);
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS_HUFF, stream, 262, back, 300, &made), STATUS_BAD_COMPRESSION_BUFFER);
    stream[0] = 1;
    CHECK_EQUAL(expand(COMPRESSION_FORMAT_XPRESS_HUFF, stream, sizeof(stream), back, 300, &made),
                STATUS_BAD_COMPRESSION_BUFFER);
    CHECK_EQUAL(RtlDecompressBufferEx(COMPRESSION_FORMAT_XPRESS_HUFF, back, 300, stream, sizeof(stream), &made, NULL),
                STATUS_INVALID_PARAMETER);
}

static void damaged_xpress_never_leads_beyond_a_buffer(void)
{
    UCHAR stream[263];
    UCHAR back[400];
    ULONG made;

    for (int round = 0; round < 3000; round++)
    {
        bool is_huffman = round % 2 != 0;
        bool spares_table = is_huffman && round % 8 != 1;
        ULONG bytes = is_huffman ? sizeof(stream) : sizeof(repeated);

        if (is_huffman)
        {
            huffman_stream(stream);
        }
        else
        {
            memcpy(stream, repeated, sizeof(repeated));
        }
        for (ULONG change = RtlRandomEx(&seed) % 4; change != 0; change--)
        {
            /* The table rarely survives a change; what is behind it is more telling. */
            ULONG place = spares_table ? 256 + RtlRandomEx(&seed) % 7 : RtlRandomEx(&seed) % bytes;

            stream[place] = (UCHAR)RtlRandomEx(&seed);
        }
        (void)expand(is_huffman ? COMPRESSION_FORMAT_XPRESS_HUFF : COMPRESSION_FORMAT_XPRESS, stream,
                     bytes - RtlRandomEx(&seed) % 4, back, RtlRandomEx(&seed) % 400, &made);
    }
}

static void other_formats_are_refused(void)
{
    ULONG one;
    ULONG other;
    UCHAR bytes[8] = {0};

    CHECK_EQUAL(RtlGetCompressionWorkSpaceSize(COMPRESSION_FORMAT_NONE, &one, &other), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlGetCompressionWorkSpaceSize(COMPRESSION_FORMAT_DEFAULT, &one, &other), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlGetCompressionWorkSpaceSize(COMPRESSION_FORMAT_XP10, &one, &other), STATUS_UNSUPPORTED_COMPRESSION);
    CHECK_EQUAL(RtlGetCompressionWorkSpaceSize(LZNT1 | COMPRESSION_ENGINE_HIBER, &one, &other), STATUS_NOT_SUPPORTED);
    /* Huffman codes need work space; and XPRESS is only expanded. */
    CHECK_EQUAL(RtlDecompressBuffer(COMPRESSION_FORMAT_XPRESS_HUFF, bytes, 8, bytes, 8, &one),
                STATUS_UNSUPPORTED_COMPRESSION);
    CHECK_EQUAL(RtlCompressBuffer(COMPRESSION_FORMAT_XPRESS, bytes, 8, bytes, 8, 4096, &one, NULL),
                STATUS_UNSUPPORTED_COMPRESSION);
    CHECK_EQUAL(RtlCompressBuffer(COMPRESSION_FORMAT_NONE, bytes, 8, bytes, 8, 4096, &one, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlDecompressFragment(COMPRESSION_FORMAT_NONE, bytes, 8, bytes, 8, 0, &one, NULL), STATUS_INVALID_PARAMETER);
}

const struct nt_case nt_cases[] = {
    CASE(data_goes_there_and_back),
    CASE(any_part_can_be_had_by_itself),
    CASE(a_known_stream_expands),
    CASE(zeros_are_told),
    CASE(a_destination_that_is_too_small_is_told),
    CASE(damaged_streams_are_refused),
    CASE(damage_never_leads_beyond_a_buffer),
    CASE(xpress_streams_expand),
    CASE(huffman_coded_streams_expand),
    CASE(damaged_xpress_never_leads_beyond_a_buffer),
    CASE(other_formats_are_refused),
    CASES_END,
};
