/* SPDX-License-Identifier: MIT */
/*
 * LZNT1. A chunk begins with two bytes: its size less three, a mark, and whether it is compressed. In a compressed chunk a byte
 * of flags tells for each of the eight items behind it whether it is a byte or two bytes of distance and length; the further the
 * chunk has come, the more of the sixteen bits are distance.
 */
#include "nt/rtl/lznt1.h"

#include <string.h>

#define HEADER_BYTES 2u
#define HEADER_SIZE_MASK 0x0FFFu
#define HEADER_MARK 0x3000u
#define HEADER_MARK_MASK 0x7000u
#define HEADER_COMPRESSED 0x8000u
#define SHORTEST_MATCH 3u

/* The bits of a pair that are its length, at a position of the chunk. */
static ULONG length_bits(ULONG position)
{
    ULONG bits = 12;

    for (ULONG reach = position - 1; reach >= 16; reach >>= 1)
    {
        bits--;
    }
    return bits;
}

static ULONG read_pair(const UCHAR *bytes)
{
    return bytes[0] | (ULONG)bytes[1] << 8;
}

static void write_pair(UCHAR *bytes, ULONG value)
{
    bytes[0] = (UCHAR)value;
    bytes[1] = (UCHAR)(value >> 8);
}

/* Copies a match byte by byte, because it may overlap what it makes. Returns whether it lies in what has been made. */
static bool copy_match(UCHAR *to, ULONG room, ULONG *made, ULONG pair)
{
    ULONG bits = length_bits(*made);
    ULONG length = (pair & ((1u << bits) - 1)) + SHORTEST_MATCH;
    ULONG distance = (pair >> bits) + 1;

    if (distance > *made)
    {
        return false;
    }
    for (; length != 0 && *made < room; length--)
    {
        to[*made] = to[*made - distance];
        (*made)++;
    }
    return true;
}

/* Expands a chunk without its header into at most `room` bytes. Returns how many, or MAXULONG when the chunk is damaged. */
static ULONG expand(const UCHAR *from, ULONG bytes, UCHAR *to, ULONG room)
{
    ULONG made = 0;
    ULONG at = 0;

    while (at < bytes)
    {
        ULONG flags = from[at++];

        for (int item = 0; item < 8 && at < bytes; item++, flags >>= 1)
        {
            if (made == room)
            {
                return made;
            }
            if ((flags & 1) == 0)
            {
                to[made++] = from[at++];
            }
            else if (made == 0 || bytes - at < 2 || !copy_match(to, room, &made, read_pair(from + at)))
            {
                return MAXULONG;
            }
            else
            {
                at += 2;
            }
        }
    }
    return made;
}

/* A chunk, compressed or stored, into at most `room` bytes. */
static ULONG open_chunk(const UCHAR *from, ULONG header, ULONG bytes, UCHAR *to, ULONG room)
{
    room = room < LZNT1_CHUNK ? room : LZNT1_CHUNK;
    if ((header & HEADER_COMPRESSED) != 0)
    {
        return expand(from, bytes, to, room);
    }
    bytes = bytes < room ? bytes : room;
    memcpy(to, from, bytes);
    return bytes;
}

/* A chunk of which the caller wants only what lies behind the first `skip` bytes. */
static ULONG open_end_of_chunk(const UCHAR *from, ULONG header, ULONG bytes, ULONG skip, UCHAR *to, ULONG room, UCHAR *chunk)
{
    ULONG made = open_chunk(from, header, bytes, chunk, LZNT1_CHUNK);

    if (made == MAXULONG || made <= skip)
    {
        return made == MAXULONG ? MAXULONG : 0;
    }
    made = made - skip < room ? made - skip : room;
    memcpy(to, chunk + skip, made);
    return made;
}

NTSTATUS lznt1_decompress(const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG offset, UCHAR *chunk,
                          ULONG *ret_bytes)
{
    ULONG skip = offset;
    ULONG wanted = 0;
    ULONG made = 0;

    *ret_bytes = 0;
    while (from_bytes >= HEADER_BYTES && made < to_bytes && read_pair(from) != 0)
    {
        ULONG header = read_pair(from);
        ULONG bytes = (header & HEADER_SIZE_MASK) + 1;
        ULONG got = 0;

        if ((header & HEADER_MARK_MASK) != HEADER_MARK || bytes > from_bytes - HEADER_BYTES)
        {
            return STATUS_BAD_COMPRESSION_BUFFER;
        }
        from += HEADER_BYTES;
        if (skip < LZNT1_CHUNK)
        {
            /* A chunk that is not the last stands for 4096 bytes, also when it has fewer. */
            wanted = wanted < to_bytes ? wanted : to_bytes;
            memset(to + made, 0, wanted - made);
            made = wanted;
            got = skip == 0 ? open_chunk(from, header, bytes, to + made, to_bytes - made) :
                              open_end_of_chunk(from, header, bytes, skip, to + made, to_bytes - made, chunk);
            if (got == MAXULONG)
            {
                return STATUS_BAD_COMPRESSION_BUFFER;
            }
            made += got;
            wanted += LZNT1_CHUNK - skip;
            skip = 0;
        }
        else
        {
            skip -= LZNT1_CHUNK;
        }
        from += bytes;
        from_bytes -= HEADER_BYTES + bytes;
    }
    *ret_bytes = made;
    return STATUS_SUCCESS;
}

static ULONG hash_at(const UCHAR *bytes)
{
    return ((bytes[0] | (ULONG)bytes[1] << 8 | (ULONG)bytes[2] << 16) * 2654435761u) >> 20;
}

static void remember(struct lznt1_workspace *workspace, const UCHAR *chunk, ULONG bytes, ULONG position)
{
    if (position + SHORTEST_MATCH <= bytes)
    {
        ULONG hash = hash_at(chunk + position);

        workspace->before[position] = workspace->last[hash];
        workspace->last[hash] = (USHORT)(position + 1);
    }
}

static ULONG match_length(const UCHAR *chunk, ULONG earlier, ULONG position, ULONG longest)
{
    ULONG length = 0;

    while (length < longest && chunk[earlier + length] == chunk[position + length])
    {
        length++;
    }
    return length;
}

/* The longest match for what stands at the position among the `depth` nearest ones; its pair, or no length. */
static ULONG find_match(const struct lznt1_workspace *workspace, const UCHAR *chunk, ULONG bytes, ULONG position,
                        ULONG depth, ULONG *ret_pair)
{
    ULONG bits = position == 0 ? 12 : length_bits(position);
    ULONG longest = (1u << bits) - 1 + SHORTEST_MATCH;
    ULONG best = SHORTEST_MATCH - 1;
    ULONG earlier;

    longest = longest < bytes - position ? longest : bytes - position;
    if (longest < SHORTEST_MATCH)
    {
        return 0;
    }
    earlier = workspace->last[hash_at(chunk + position)];
    for (; earlier != 0 && depth != 0 && best < longest; depth--, earlier = workspace->before[earlier - 1])
    {
        ULONG length = match_length(chunk, earlier - 1, position, longest);

        if (length > best)
        {
            best = length;
            *ret_pair = (position - earlier) << bits | (length - SHORTEST_MATCH);
        }
    }
    return best < SHORTEST_MATCH ? 0 : best;
}

/* Compresses a chunk into fewer than `room` bytes. Returns how many, or zero when they are not enough. */
static ULONG squeeze(const UCHAR *chunk, ULONG bytes, UCHAR *to, ULONG room, ULONG depth, struct lznt1_workspace *workspace)
{
    ULONG flags_at = 0;
    ULONG used = 0;
    int items = 8;

    memset(workspace->last, 0, sizeof(workspace->last));
    for (ULONG position = 0; position < bytes;)
    {
        ULONG pair = 0;
        ULONG length = find_match(workspace, chunk, bytes, position, depth, &pair);

        if (used + 3 > room)
        {
            return 0;
        }
        if (items == 8)
        {
            flags_at = used++;
            to[flags_at] = 0;
            items = 0;
        }
        if (length == 0)
        {
            to[used++] = chunk[position];
            length = 1;
        }
        else
        {
            to[flags_at] |= (UCHAR)(1u << items);
            write_pair(to + used, pair);
            used += 2;
        }
        items++;
        for (; length != 0; length--)
        {
            remember(workspace, chunk, bytes, position++);
        }
    }
    return used;
}

static bool is_zero(const UCHAR *bytes, ULONG count)
{
    return count == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, count - 1) == 0);
}

NTSTATUS lznt1_compress(const UCHAR *from, ULONG from_bytes, UCHAR *to, ULONG to_bytes, ULONG depth, ULONG *ret_bytes,
                        struct lznt1_workspace *workspace)
{
    bool zeros = is_zero(from, from_bytes);
    ULONG used = 0;

    for (ULONG at = 0; at < from_bytes; at += LZNT1_CHUNK)
    {
        ULONG bytes = from_bytes - at < LZNT1_CHUNK ? from_bytes - at : LZNT1_CHUNK;
        ULONG room = to_bytes - used < HEADER_BYTES ? 0 : to_bytes - used - HEADER_BYTES;
        ULONG size = room == 0 ?
                         0 :
                         squeeze(from + at, bytes, to + used + HEADER_BYTES, room < bytes ? room : bytes, depth, workspace);
        ULONG header = HEADER_MARK | HEADER_COMPRESSED;

        if (size == 0)
        {
            if (room < bytes)
            {
                return STATUS_BUFFER_TOO_SMALL;
            }
            memcpy(to + used + HEADER_BYTES, from + at, bytes);
            header = HEADER_MARK;
            size = bytes;
        }
        write_pair(to + used, header | (size - 1));
        used += HEADER_BYTES + size;
    }
    *ret_bytes = used;
    return zeros ? STATUS_BUFFER_ALL_ZEROS : STATUS_SUCCESS;
}
