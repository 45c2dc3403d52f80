/* SPDX-License-Identifier: MIT */
/*
 * dmf recorder: shows in-flight logs that drivers left in files, also those of processes that are dead, or still write.
 */
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "host/command.h"
#include "nt/debug/recorder_read.h"

struct show
{
    bool json;
    const char *module;
    struct recorder_filter filter;
};

static int usage(void)
{
    fprintf(stderr, "usage: dmf recorder [--json] [--level LEVEL] [--flag FLAG] [--module NAME] FILE|DIR...\n");
    return COMMAND_USAGE;
}

/* A level by name or by number; zero for neither. */
static uint32_t level_of(const char *word)
{
    static const char *const names[] = {"critical", "error", "warning", "information", "verbose"};
    char *end;
    unsigned long number = strtoul(word, &end, 10);

    for (uint32_t index = 0; index < sizeof(names) / sizeof(names[0]); index++)
    {
        if (strcmp(word, names[index]) == 0)
        {
            return index + 1;
        }
    }
    return *end == 0 && number <= 9 ? (uint32_t)number : 0;
}

/* A Module's records are in the log that has its name, and those of its source file. */
static bool is_of_module(const char *module, const char *log, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash != NULL ? slash + 1 : file;
    size_t length = strlen(module);

    if (strncmp(log, module, RECORDER_NAME_SIZE) == 0)
    {
        return true;
    }
    return strncmp(name, "Dmf_", 4) == 0 && strncmp(name + 4, module, length) == 0 && name[4 + length] == '.';
}

static void show_record(const struct show *show, const struct recorder_reader *reader, const struct recorder_record *record)
{
    static char line[RECORDER_JSON_SIZE];

    if (show->json)
    {
        (void)recorder_json(reader, record, line, sizeof(line));
    }
    else
    {
        (void)recorder_text(record, line, sizeof(line));
    }
    puts(line);
}

static int show_file(const struct show *show, const char *path)
{
    struct recorder_reader *reader = recorder_open_file(path);
    struct recorder_log_information information;
    struct recorder_record record;

    if (reader == NULL)
    {
        fprintf(stderr, "dmf recorder: %s is no in-flight log\n", path);
        return 1;
    }
    recorder_information(reader, &information);
    if (!show->json)
    {
        printf("# %s%s%s of process %u, %llu records lost\n", information.driver, information.log[0] != 0 ? ": " : "",
               information.log, information.process, (unsigned long long)information.dropped);
        if (information.providers[0] != 0)
        {
            printf("# providers: %s\n", information.providers);
        }
    }
    while (recorder_next(reader, &show->filter, &record))
    {
        if (show->module == NULL || is_of_module(show->module, information.log, record.file))
        {
            show_record(show, reader, &record);
        }
    }
    recorder_close(reader);
    return 0;
}

static int is_log_file(const struct dirent *entry)
{
    static const char ending[] = ".recorder";
    size_t length = strlen(entry->d_name);

    return length > strlen(ending) && strcmp(entry->d_name + length - strlen(ending), ending) == 0;
}

/* All logs of a folder, in the order of their names. */
static int show_folder(const struct show *show, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_log_file, alphasort);
    int result = 0;

    if (count < 0)
    {
        fprintf(stderr, "dmf recorder: %s: %s\n", folder, strerror(errno));
        return 1;
    }
    for (int index = 0; index < count; index++)
    {
        char path[4096];

        (void)snprintf(path, sizeof(path), "%s/%s", folder, entries[index]->d_name);
        result |= show_file(show, path);
        free(entries[index]);
    }
    free(entries);
    return result;
}

static int show_path(const struct show *show, const char *path)
{
    struct stat attributes;

    if (stat(path, &attributes) != 0)
    {
        fprintf(stderr, "dmf recorder: %s: %s\n", path, strerror(errno));
        return 1;
    }
    return S_ISDIR(attributes.st_mode) ? show_folder(show, path) : show_file(show, path);
}

int command_recorder(int count, char **words)
{
    static const struct option options[] = {
        {"json", no_argument, NULL, 'j'},
        {"level", required_argument, NULL, 'l'},
        {"flag", required_argument, NULL, 'f'},
        {"module", required_argument, NULL, 'm'},
        {0},
    };
    struct show show = {0};
    int option;
    int result = 0;

    optind = 1;
    while ((option = getopt_long(count, words, "jl:f:m:", options, NULL)) != -1)
    {
        switch (option)
        {
            case 'j':
                show.json = true;
                break;
            case 'l':
                show.filter.level = level_of(optarg);
                if (show.filter.level == 0)
                {
                    fprintf(stderr, "dmf recorder: there is no level '%s'\n", optarg);
                    return usage();
                }
                break;
            case 'f':
                show.filter.flag = optarg;
                break;
            case 'm':
                show.module = optarg;
                break;
            default:
                return usage();
        }
    }
    if (optind >= count)
    {
        return usage();
    }
    for (int index = optind; index < count; index++)
    {
        result |= show_path(&show, words[index]);
    }
    return result;
}
