/* SPDX-License-Identifier: MIT */
/*
 * Dumps for tests of drivers. Compiled with the engine's headers.
 */
#include "crash_access.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nt/debug/bugcheck.h"
#include "nt/debug/dump.h"

#include "nt_case.h"

struct crash_dump crash_dump;

static char folder[64];

static void block_take(const struct dump_block *block, const void *data)
{
    struct crash_block *to = &crash_dump.blocks[crash_dump.count];

    if (block->kind != CRASH_SECONDARY && block->kind != CRASH_TRIAGE)
    {
        return;
    }
    CHECK(crash_dump.count < sizeof(crash_dump.blocks) / sizeof(crash_dump.blocks[0]));
    CHECK(block->length <= sizeof(to->data));
    to->kind = block->kind;
    memcpy(to->component, block->component, sizeof(to->component));
    memcpy(to->guid, &block->guid, sizeof(to->guid));
    to->address = (const void *)(uintptr_t)block->address;
    to->length = block->length;
    memcpy(to->data, data, block->length);
    crash_dump.count++;
}

static void dump_take(const char *path)
{
    const struct dump_header *header;
    const struct dump_block *block = NULL;
    struct dump_file *dump = dump_open(path, &header);
    const void *data;

    CHECK(dump != NULL);
    crash_dump.code = header->code;
    for (int index = 0; index < 4; index++)
    {
        crash_dump.parameters[index] = header->parameters[index];
    }
    crash_dump.live = header->live != 0;
    memcpy(crash_dump.component, header->component, sizeof(crash_dump.component));
    crash_dump.count = 0;
    while ((block = dump_next(dump, block, &data)) != NULL)
    {
        block_take(block, data);
    }
    dump_close(dump);
}

void crash_dumps_begin(void)
{
    (void)snprintf(folder, sizeof(folder), "/tmp/dmf-crash-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    CHECK_EQUAL(dump_set_folder(folder), STATUS_SUCCESS);
}

bool crash_dumps_end(void)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    char path[400];
    bool found = false;

    CHECK(directory != NULL);
    while ((entry = readdir(directory)) != NULL)
    {
        if (strstr(entry->d_name, ".dmfdump") != NULL)
        {
            CHECK(!found);
            (void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
            dump_take(path);
            (void)unlink(path);
            found = true;
        }
    }
    (void)closedir(directory);
    (void)rmdir(folder);
    (void)dump_set_folder(NULL);
    return found;
}

void crash_rehearse(unsigned code, unsigned long p1, unsigned long p2, unsigned long p3, unsigned long p4)
{
    const ULONG_PTR parameters[4] = {p1, p2, p3, p4};

    crash_dumps_begin();
    CHECK_EQUAL(bugcheck_rehearse(code, parameters), STATUS_SUCCESS);
    CHECK(crash_dumps_end());
    CHECK_EQUAL(crash_dump.code, code);
}

const struct crash_block *crash_block(unsigned kind, size_t n)
{
    for (size_t index = 0; index < crash_dump.count; index++)
    {
        if (crash_dump.blocks[index].kind == kind && n-- == 0)
        {
            return &crash_dump.blocks[index];
        }
    }
    return NULL;
}

void *crash_replaced(const char *function)
{
    return dlsym(RTLD_NEXT, function);
}
