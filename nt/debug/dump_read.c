/* SPDX-License-Identifier: MIT */
/*
 * Reading dumps. A dump may be damaged: no number in it is believed before it has been compared with the size of the file.
 */
#include <string.h>

#include "nt/debug/dump.h"

struct dump_file
{
    size_t size;
    const char *contents;
};

struct dump_file *dump_open(const char *path, const struct dump_header **ret_header)
{
    struct dump_file *dump = platform_alloc(sizeof(*dump));
    const struct dump_header *header;

    if (dump == NULL)
    {
        return NULL;
    }
    dump->contents = platform_file_map(path, &dump->size);
    header = (const struct dump_header *)(const void *)dump->contents;
    if (header == NULL || dump->size < sizeof(*header) || memcmp(header->magic, DUMP_MAGIC, sizeof(header->magic)) != 0 ||
        header->version != 1)
    {
        dump_close(dump);
        return NULL;
    }
    *ret_header = header;
    return dump;
}

const struct dump_block *dump_next(const struct dump_file *dump, const struct dump_block *block, const void **ret_data)
{
    size_t offset = sizeof(struct dump_header);

    if (block != NULL)
    {
        if (block->kind == DUMP_END)
        {
            return NULL;
        }
        offset = (size_t)((const char *)block - dump->contents) + sizeof(*block) + ALIGN_UP_BY(block->length, 8);
    }
    if (offset > dump->size || dump->size - offset < sizeof(*block))
    {
        return NULL;
    }
    block = (const struct dump_block *)(const void *)(dump->contents + offset);
    if (block->kind < DUMP_END || block->kind > DUMP_TRIAGE || block->length > dump->size - offset - sizeof(*block))
    {
        return NULL;
    }
    *ret_data = block + 1;
    return block;
}

void dump_close(struct dump_file *dump)
{
    if (dump->contents != NULL)
    {
        platform_file_unmap(dump->contents, dump->size);
    }
    platform_free(dump, sizeof(*dump));
}
