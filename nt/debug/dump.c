/* SPDX-License-Identifier: MIT */
/*
 * Writing dumps.
 */
#include "nt/debug/dump.h"

#include <stdio.h>
#include <string.h>

#include "nt/machine.h"

enum
{
    STACK_MOST = 64,
    PIECE = 4096,
    PATH_SIZE = DUMP_FOLDER_SIZE + 64,
};

/* Copies as much of a text as fits, ended by zero. */
static void text_copy(char *to, size_t size, const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;

    length = length < size ? length : size - 1;
    memcpy(to, text != NULL ? text : "", length);
    to[length] = 0;
}

void dump_header_initialize(struct dump_header *header, ULONG code, const ULONG_PTR parameters[4])
{
    const struct platform_thread *thread = platform_current();

    memset(header, 0, sizeof(*header));
    memcpy(header->magic, DUMP_MAGIC, sizeof(header->magic));
    header->version = 1;
    header->code = code;
    for (size_t index = 0; index < 4; index++)
    {
        header->parameters[index] = parameters[index];
    }
    header->time = platform_wall_time_100ns();
    header->process = platform_process_id();
    header->thread = thread->id;
    header->irql = thread->irql;
    text_copy(header->thread_name, sizeof(header->thread_name), thread->name);
}

static KBUGCHECK_DUMP_IO_TYPE piece_type(const struct dump_block *block)
{
    return block->kind == DUMP_SECONDARY ? KbDumpIoSecondaryData : block->kind == DUMP_END ? KbDumpIoComplete : KbDumpIoBody;
}

static void piece_write(struct dump_writer *writer, KBUGCHECK_DUMP_IO_TYPE type, const void *data, size_t size)
{
    if (size == 0)
    {
        return;
    }
    if (writer->file >= 0 && writer->error == 0)
    {
        writer->error = platform_file_append(writer->file, data, size);
    }
    if (writer->watch != NULL)
    {
        writer->watch(writer, type, data, size);
    }
    writer->offset += size;
}

static int dump_create(void)
{
    struct debug_state *state = &machine()->debug;
    uint32_t number = platform_atomic_fetch_add(&state->dump_number, 1);
    char path[PATH_SIZE];

    if (state->dump_folder[0] == 0)
    {
        return -ENOENT;
    }
    (void)snprintf(path, sizeof(path), "%s/%u-%lld-%u.dmfdump", state->dump_folder, platform_process_id(),
                   (long long)platform_wall_time_100ns(), number);
    return platform_file_create(path);
}

void dump_begin(struct dump_writer *writer, const struct dump_header *header)
{
    writer->file = dump_create();
    writer->error = writer->file < 0 ? -writer->file : 0;
    writer->offset = 0;
    piece_write(writer, KbDumpIoHeader, header, sizeof(*header));
}

static struct dump_block block_make(enum dump_kind kind, const char *component, const GUID *guid, const void *address,
                                    size_t size)
{
    struct dump_block block = {.kind = (uint32_t)kind, .length = size, .address = (uintptr_t)address};

    text_copy(block.component, sizeof(block.component), component);
    if (guid != NULL)
    {
        block.guid = *guid;
    }
    return block;
}

/* Keeps the next block aligned. */
static void padding_write(struct dump_writer *writer, const struct dump_block *block)
{
    static const char zeroes[8];

    piece_write(writer, piece_type(block), zeroes, (size_t)(-block->length & 7));
}

void dump_write(struct dump_writer *writer, enum dump_kind kind, const char *component, const GUID *guid, const void *data,
                size_t size)
{
    struct dump_block block = block_make(kind, component, guid, NULL, size);

    piece_write(writer, piece_type(&block), &block, sizeof(block));
    piece_write(writer, piece_type(&block), data, size);
    padding_write(writer, &block);
}

/* How many bytes from the address on can be read, up to size. */
static size_t readable_size(const char *address, size_t size)
{
    size_t readable = 0;
    char probe;

    while (readable < size && platform_copy_if_readable(&probe, address + readable, 1) == 1)
    {
        readable += PAGE_SIZE - BYTE_OFFSET(address + readable);
    }
    return readable < size ? readable : size;
}

void dump_write_memory(struct dump_writer *writer, enum dump_kind kind, const char *component, const void *address,
                       size_t size)
{
    size_t readable = readable_size(address, size);
    struct dump_block block = block_make(kind, component, NULL, address, readable);
    char piece[PIECE];

    piece_write(writer, piece_type(&block), &block, sizeof(block));
    for (size_t done = 0; done < readable; done += PIECE)
    {
        size_t part = readable - done < PIECE ? readable - done : PIECE;

        /* A page that goes away meanwhile leaves zeroes: the block's length is written already. */
        memset(piece, 0, sizeof(piece));
        (void)platform_copy_if_readable(piece, (const char *)address + done, part);
        piece_write(writer, piece_type(&block), piece, part);
    }
    padding_write(writer, &block);
}

void dump_write_stack(struct dump_writer *writer)
{
    const void *frames[STACK_MOST];
    size_t count = platform_capture_stack(frames, STACK_MOST);
    char text[8192];
    size_t used = 0;

    for (size_t index = 1; index < count && sizeof(text) - used > 2; index++)
    {
        platform_describe_address(frames[index], text + used, sizeof(text) - used - 1);
        used += strlen(text + used);
        text[used++] = '\n';
    }
    dump_write(writer, DUMP_STACK, NULL, NULL, text, used);
}

static NTSTATUS error_status(int error)
{
    switch (error)
    {
        case 0:
            return STATUS_SUCCESS;
        case ENOENT:
        case ENOTDIR:
            return STATUS_OBJECT_PATH_NOT_FOUND;
        case EACCES:
        case EPERM:
        case EROFS:
            return STATUS_ACCESS_DENIED;
        case ENOSPC:
        case EDQUOT:
            return STATUS_DISK_FULL;
        default:
            return STATUS_UNSUCCESSFUL;
    }
}

NTSTATUS dump_end(struct dump_writer *writer)
{
    dump_write(writer, DUMP_END, NULL, NULL, NULL, 0);
    if (writer->file >= 0)
    {
        platform_file_close(writer->file);
    }
    return error_status(writer->error);
}

NTSTATUS dump_set_folder(const char *folder)
{
    char *to = machine()->debug.dump_folder;

    if (folder != NULL && strlen(folder) >= DUMP_FOLDER_SIZE)
    {
        return STATUS_NAME_TOO_LONG;
    }
    text_copy(to, DUMP_FOLDER_SIZE, folder);
    return STATUS_SUCCESS;
}
