/* SPDX-License-Identifier: MIT */
/*
 * Runs the inputs that it is given, files and folders of files, for builds without a fuzzer.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define LONGEST_INPUT 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned executed;

static void run_file(const char *path)
{
    uint8_t *data = malloc(LONGEST_INPUT);
    FILE *file = fopen(path, "rb");
    size_t size;

    if (file == NULL || data == NULL)
    {
        perror(path);
        exit(1);
    }
    size = fread(data, 1, LONGEST_INPUT, file);
    (void)fclose(file);
    /* As long as the input, so that the sanitizer sees who reads beyond it. */
    data = realloc(data, size == 0 ? 1 : size);
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    executed++;
}

static void run_folder(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char name[4096];

    while (folder != NULL && (entry = readdir(folder)) != NULL)
    {
        if (entry->d_name[0] != '.')
        {
            (void)snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
            run_file(name);
        }
    }
    if (folder != NULL)
    {
        (void)closedir(folder);
    }
}

int main(int count, char **words)
{
    struct stat state;

    for (int index = 1; index < count; index++)
    {
        if (stat(words[index], &state) == 0 && S_ISDIR(state.st_mode))
        {
            run_folder(words[index]);
        }
        else if (words[index][0] != '-')
        {
            run_file(words[index]);
        }
    }
    printf("%u inputs\n", executed);
    return executed == 0;
}
