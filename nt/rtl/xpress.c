/* SPDX-License-Identifier: MIT */
/*
 * Expanding XPRESS. The plain form has 32 flags, from the highest bit on, in front of the items that they belong to: a byte, or a
 * pair of distance and length. The other form has blocks of 64 KB with a table of code lengths in front; bits come in words of
 * sixteen, of which two are read ahead, and bytes of long lengths lie between the words.
 */
#include "nt/rtl/xpress.h"

#include <string.h>

#define SHORTEST_MATCH 3u
#define BLOCK 65536u
#define TABLE_BYTES (XPRESS_SYMBOLS / 2)
#define FIRST_MATCH 256u

struct stream
{
    const UCHAR *from;
    ULONG from_bytes;
    ULONG at;
    UCHAR *to;
    ULONG to_bytes;
    ULONG made;
    /* Something was read that is not there, or copied from before the beginning. */
    bool is_bad;
    /* Bits read ahead, the next one highest; how many of them there are beyond sixteen; words read behind the end. */
    ULONG bits;
    int spare;
    ULONG missing;
};

static ULONG read_bytes(struct stream *stream, ULONG count)
{
    ULONG value = 0;

    if (stream->from_bytes - stream->at < count)
    {
        stream->is_bad = true;
        stream->at = stream->from_bytes;
        return 0;
    }
    for (ULONG index = 0; index < count; index++)
    {
        value |= (ULONG)stream->from[stream->at++] << (8 * index);
    }
    return value;
}

/* Byte by byte, because a match may overlap what it makes. */
static void copy_match(struct stream *stream, ULONG distance, ULONG length)
{
    if (distance > stream->made)
    {
        stream->is_bad = true;
        return;
    }
    for (; length != 0 && stream->made < stream->to_bytes; length--)
    {
        stream->to[stream->made] = stream->to[stream->made - distance];
        stream->made++;
    }
}

/* A length that starts at `base` and did not fit where lengths usually are: a byte, or two, or four of the whole. */
static ULONG read_long_length(struct stream *stream, ULONG base)
{
    ULONG length = read_bytes(stream, 1);

    if (length != 255)
    {
        return length + base;
    }
    length = read_bytes(stream, 2);
    if (length == 0)
    {
        length = read_bytes(stream, 4);
    }
    stream->is_bad = stream->is_bad || length < base || length > MAXULONG - SHORTEST_MATCH;
    return length;
}

static NTSTATUS answer(const struct stream *stream, ULONG *ret_bytes)
{
    *ret_bytes = stream->made;
    return stream->is_bad ? STATUS_BAD_COMPRESSION_BUFFER : STATUS_SUCCESS;
}

/*
 * Plain.
 */

/* Two lengths of four bits share a byte: the place of one whose upper half is still to come, or zero. */
static void expand_pair(struct stream *stream, ULONG *half)
{
    ULONG pair = read_bytes(stream, 2);
    ULONG length = pair & 7;

    if (length == 7)
    {
        if (*half == 0)
        {
            *half = stream->at;
            length = read_bytes(stream, 1) & 15;
        }
        else
        {
            length = stream->from[*half] >> 4;
            *half = 0;
        }
        length = length == 15 ? read_long_length(stream, 15 + 7) : length + 7;
    }
    if (!stream->is_bad)
    {
        copy_match(stream, (pair >> 3) + 1, length + SHORTEST_MATCH);
    }
}

NTSTATUS xpress_expand(const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG *ret_bytes)
{
    struct stream stream = {.from = from, .from_bytes = from_bytes, .to = to, .to_bytes = to_bytes};
    ULONG flags = 0;
    ULONG left = 0;
    ULONG half = 0;

    while (!stream.is_bad && stream.made < to_bytes)
    {
        if (left == 0)
        {
            flags = read_bytes(&stream, 4);
            left = 32;
        }
        left--;
        if (stream.is_bad)
        {
            break;
        }
        if ((flags >> left & 1) == 0)
        {
            ULONG byte = read_bytes(&stream, 1);

            if (!stream.is_bad)
            {
                to[stream.made++] = (UCHAR)byte;
            }
        }
        else if (stream.at == from_bytes)
        {
            break;
        }
        else
        {
            expand_pair(&stream, &half);
        }
    }
    return answer(&stream, ret_bytes);
}

/*
 * With Huffman codes.
 */

static ULONG length_of(const UCHAR *table, ULONG symbol)
{
    return symbol % 2 == 0 ? table[symbol / 2] & 15u : table[symbol / 2] >> 4;
}

/* False when the lengths are none of a complete code. */
static bool read_table(struct xpress_workspace *codes, const UCHAR *table)
{
    USHORT next[XPRESS_LONGEST_CODE + 1] = {0};
    ULONG taken = 0;

    memset(codes->counts, 0, sizeof(codes->counts));
    for (ULONG symbol = 0; symbol < XPRESS_SYMBOLS; symbol++)
    {
        codes->counts[length_of(table, symbol)]++;
    }
    codes->counts[0] = 0;
    for (ULONG length = 1; length <= XPRESS_LONGEST_CODE; length++)
    {
        next[length] = (USHORT)(next[length - 1] + codes->counts[length - 1]);
        taken += (ULONG)codes->counts[length] << (XPRESS_LONGEST_CODE - length);
    }
    for (ULONG symbol = 0; symbol < XPRESS_SYMBOLS; symbol++)
    {
        if (length_of(table, symbol) != 0)
        {
            codes->symbols[next[length_of(table, symbol)]++] = (USHORT)symbol;
        }
    }
    return taken == 1u << XPRESS_LONGEST_CODE;
}

/* The reading ahead may go behind the end of a stream that is good, but not by more than it reads ahead. */
static ULONG read_word(struct stream *stream)
{
    if (stream->from_bytes - stream->at >= 2)
    {
        return read_bytes(stream, 2);
    }
    stream->missing++;
    stream->is_bad = stream->is_bad || stream->missing > 2;
    return 0;
}

static void drop_bits(struct stream *stream, ULONG count)
{
    stream->bits <<= count;
    stream->spare -= (int)count;
    if (stream->spare < 0)
    {
        stream->bits |= read_word(stream) << -stream->spare;
        stream->spare += 16;
    }
}

/* Codes of one length are numbers in a row, behind twice those of the length before. */
static ULONG read_symbol(struct stream *stream, const struct xpress_workspace *codes)
{
    ULONG code = 0;
    ULONG first = 0;
    ULONG place = 0;
    ULONG length = 0;

    do
    {
        length++;
        place += length == 1 ? 0 : codes->counts[length - 1];
        first = (first + (length == 1 ? 0u : codes->counts[length - 1])) << 1;
        code = stream->bits >> (32 - length);
    } while (length < XPRESS_LONGEST_CODE && code - first >= codes->counts[length]);
    drop_bits(stream, length);
    return codes->symbols[(place + code - first) % XPRESS_SYMBOLS];
}

static void expand_symbol(struct stream *stream, ULONG symbol)
{
    ULONG length = symbol % 16;
    ULONG distance_bits = (symbol - FIRST_MATCH) / 16;
    ULONG distance;

    if (length == 15)
    {
        length = read_long_length(stream, 15);
    }
    distance = 1u << distance_bits;
    distance += distance_bits == 0 ? 0 : stream->bits >> (32 - distance_bits);
    drop_bits(stream, distance_bits);
    if (!stream->is_bad)
    {
        copy_match(stream, distance, length + SHORTEST_MATCH);
    }
}

/* Returns whether another block may follow. */
static bool expand_block(struct stream *stream, struct xpress_workspace *codes)
{
    ULONG end = stream->to_bytes - stream->made > BLOCK ? stream->made + BLOCK : stream->to_bytes;

    if (stream->from_bytes - stream->at < TABLE_BYTES || !read_table(codes, stream->from + stream->at))
    {
        stream->is_bad = true;
        return false;
    }
    stream->at += TABLE_BYTES;
    stream->bits = read_word(stream) << 16;
    stream->bits |= read_word(stream);
    stream->spare = 16;
    while (stream->made < end && !stream->is_bad)
    {
        ULONG symbol = read_symbol(stream, codes);

        if (symbol == FIRST_MATCH && stream->at == stream->from_bytes)
        {
            return false;
        }
        if (symbol < FIRST_MATCH)
        {
            stream->to[stream->made++] = (UCHAR)symbol;
        }
        else
        {
            expand_symbol(stream, symbol);
        }
    }
    return !stream->is_bad && stream->made < stream->to_bytes && stream->at < stream->from_bytes;
}

NTSTATUS xpress_expand_huffman(const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG *ret_bytes,
                               struct xpress_workspace *workspace)
{
    struct stream stream = {.from = from, .from_bytes = from_bytes, .to = to, .to_bytes = to_bytes};

    while (expand_block(&stream, workspace))
    {
    }
    return answer(&stream, ret_bytes);
}
