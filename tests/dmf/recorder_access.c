/* SPDX-License-Identifier: MIT */
/*
 * The in-flight recorder for tests of drivers. Compiled with the engine's headers.
 */
#include "recorder_access.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nt/debug/recorder.h"
#include "nt/debug/recorder_read.h"

static bool reader_has(struct recorder_reader *reader, const char *function, const char *message)
{
    struct recorder_record record;
    char text[RECORDER_TEXT_SIZE];
    bool found = false;

    while (!found && recorder_next(reader, NULL, &record))
    {
        (void)recorder_message(&record, text, sizeof(text));
        found = strncmp(record.function, function, strlen(function)) == 0 && strcmp(text, message) == 0;
    }
    recorder_close(reader);
    return found;
}

/* The program's logs; one by its name, which is empty for the driver's. */
static struct recorder_reader *reader_of(const char *log)
{
    struct recorder_log_information information;
    struct recorder_reader *reader;

    for (size_t number = 0; (reader = recorder_open_number(number)) != NULL; number++)
    {
        recorder_information(reader, &information);
        if (strcmp(information.log, log) == 0 && strstr(information.driver, "runtime") == NULL)
        {
            return reader;
        }
        recorder_close(reader);
    }
    return NULL;
}

bool recorder_has(const char *function, const char *message)
{
    struct recorder_reader *reader = reader_of("");

    return reader != NULL && reader_has(reader, function, message);
}

bool recorder_log_has(const char *log, const char *message)
{
    struct recorder_reader *reader = reader_of(log);

    return reader != NULL && reader_has(reader, "", message);
}

bool recorder_log_exists(const char *log)
{
    struct recorder_reader *reader = reader_of(log);

    if (reader != NULL)
    {
        recorder_close(reader);
    }
    return reader != NULL;
}

bool recorder_provides(const char *log, const char *providers)
{
    struct recorder_log_information information = {0};
    struct recorder_reader *reader = reader_of(log);

    if (reader != NULL)
    {
        recorder_information(reader, &information);
        recorder_close(reader);
    }
    return strcmp(information.providers, providers) == 0;
}

void recorder_level(unsigned level)
{
    recorder_set_level(level);
}

bool recorder_folder(const char *folder)
{
    return recorder_set_folder(folder) == STATUS_SUCCESS;
}

bool recorder_folder_has(const char *folder, const char *message)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    bool found = false;

    while (directory != NULL && (entry = readdir(directory)) != NULL)
    {
        char path[1024];
        struct recorder_reader *reader;

        (void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        reader = recorder_open_file(path);
        found = (reader != NULL && reader_has(reader, "", message)) || found;
        if (entry->d_name[0] != '.')
        {
            (void)unlink(path);
        }
    }
    if (directory != NULL)
    {
        (void)closedir(directory);
    }
    (void)rmdir(folder);
    return found;
}
