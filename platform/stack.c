/* SPDX-License-Identifier: MIT */
/*
 * Stack traces with symbols. The runtime and the drivers hide their functions, so the dynamic symbol table that
 * backtrace_symbols reads does not name them: the full one is read from the files of the modules. Nothing here allocates from
 * the heap, which may be what is broken.
 */
#include <elf.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/internal.h"

enum
{
    STACK_DEPTH = 64,
};

struct module
{
    uintptr_t address;
    uintptr_t base;
    const char *path;
    const char *name;
};

static int module_match(struct dl_phdr_info *information, size_t size, void *context)
{
    struct module *module = context;
    int index;

    (void)size;
    for (index = 0; index < information->dlpi_phnum; index++)
    {
        const ElfW(Phdr) *segment = &information->dlpi_phdr[index];
        uintptr_t start = information->dlpi_addr + segment->p_vaddr;

        if (segment->p_type == PT_LOAD && module->address >= start && module->address - start < segment->p_memsz)
        {
            module->base = information->dlpi_addr;
            module->path = information->dlpi_name;
            module->name = strrchr(module->path, '/') != NULL ? strrchr(module->path, '/') + 1 : module->path;
            if (module->path[0] == '\0')
            {
                /* The program itself. */
                module->path = "/proc/self/exe";
                module->name = program_invocation_short_name;
            }
            return 1;
        }
    }
    return 0;
}

/* Whether count items of the given size at the offset lie inside the file. */
static bool inside(uint64_t file_size, uint64_t offset, uint64_t count, uint64_t size)
{
    return offset <= file_size && size != 0 && count <= (file_size - offset) / size;
}

/* Finds the function of the table that covers the address. */
static const char *table_find(const char *file, uint64_t size, const ElfW(Shdr) * table, const ElfW(Shdr) * strings,
                              uintptr_t address, uintptr_t *offset)
{
    const ElfW(Sym) *symbols = (const ElfW(Sym) *)(const void *)(file + table->sh_offset);
    uint64_t count = table->sh_size / sizeof(*symbols);
    uint64_t index;

    if (!inside(size, table->sh_offset, count, sizeof(*symbols)) || !inside(size, strings->sh_offset, strings->sh_size, 1) ||
        strings->sh_size == 0 || file[strings->sh_offset + strings->sh_size - 1] != '\0')
    {
        return NULL;
    }
    for (index = 0; index < count; index++)
    {
        const ElfW(Sym) *symbol = &symbols[index];

        if ((symbol->st_info & 0xf) == STT_FUNC && symbol->st_shndx != SHN_UNDEF && address >= symbol->st_value &&
            address - symbol->st_value < symbol->st_size && symbol->st_name < strings->sh_size)
        {
            *offset = address - symbol->st_value;
            return file + strings->sh_offset + symbol->st_name;
        }
    }
    return NULL;
}

/* Looks in the full symbol table first, then in the dynamic one. */
static const char *file_find(const char *file, uint64_t size, uintptr_t address, uintptr_t *offset)
{
    static const uint32_t kinds[] = {SHT_SYMTAB, SHT_DYNSYM};
    const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)(const void *)file;
    const ElfW(Shdr) *sections = (const ElfW(Shdr) *)(const void *)(file + header->e_shoff);
    const char *name = NULL;
    size_t kind;
    int index;

    if (size < sizeof(*header) || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_shoff % sizeof(uint64_t) != 0 ||
        !inside(size, header->e_shoff, header->e_shnum, sizeof(*sections)))
    {
        return NULL;
    }
    for (kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]) && name == NULL; kind++)
    {
        for (index = 0; index < header->e_shnum && name == NULL; index++)
        {
            if (sections[index].sh_type == kinds[kind] && sections[index].sh_link < header->e_shnum)
            {
                name = table_find(file, size, &sections[index], &sections[sections[index].sh_link], address, offset);
            }
        }
    }
    return name;
}

/* The symbol that the address lies in, as the module's file names it. The name stays valid until the file is unmapped. */
static const char *module_find(const struct module *module, char **ret_file, size_t *ret_size, uintptr_t *offset)
{
    int opened = open(module->path, O_RDONLY | O_CLOEXEC);
    const char *symbol = NULL;
    struct stat status;
    char *file = MAP_FAILED;

    if (opened >= 0 && fstat(opened, &status) == 0 && status.st_size > 0)
    {
        file = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, opened, 0);
    }
    if (file != MAP_FAILED)
    {
        symbol = file_find(file, (uint64_t)status.st_size, module->address - module->base, offset);
        *ret_size = (size_t)status.st_size;
    }
    if (opened >= 0)
    {
        close(opened);
    }
    *ret_file = file;
    return symbol;
}

void platform_describe_address(const void *address, char *text, size_t size)
{
    struct module module = {.address = (uintptr_t)address};
    uintptr_t offset = 0;
    size_t file_size = 0;
    const char *symbol;
    char *file;

    if (dl_iterate_phdr(module_match, &module) == 0)
    {
        snprintf(text, size, "0x%lx", (unsigned long)module.address);
        return;
    }
    symbol = module_find(&module, &file, &file_size, &offset);
    if (symbol != NULL)
    {
        snprintf(text, size, "%s+0x%lx (%s+0x%lx)", symbol, (unsigned long)offset, module.name,
                 (unsigned long)(module.address - module.base));
    }
    else
    {
        snprintf(text, size, "(%s+0x%lx)", module.name, (unsigned long)(module.address - module.base));
    }
    if (file != MAP_FAILED)
    {
        munmap(file, file_size);
    }
}

size_t platform_capture_stack(const void **addresses, size_t capacity)
{
    void *frames[STACK_DEPTH];
    int count = backtrace(frames, STACK_DEPTH);
    size_t used = 0;

    for (int index = 1; index < count && used < capacity; index++)
    {
        /* A return address may lie behind the end of a function that ends in a call. */
        addresses[used++] = (const char *)frames[index] - 1;
    }
    return used;
}

void platform_print_stack(int descriptor)
{
    const void *frames[STACK_DEPTH];
    size_t count = platform_capture_stack(frames, STACK_DEPTH);

    for (size_t index = 1; index < count; index++)
    {
        char text[512];

        platform_describe_address(frames[index], text, sizeof(text));
        dprintf(descriptor, "  #%zu %s\n", index - 1, text);
    }
}
