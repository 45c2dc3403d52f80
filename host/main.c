/* SPDX-License-Identifier: MIT */
/*
 * dmf: the command that runs drivers.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "host/command.h"

static int command_help(int count, char **words);
static int command_version(int count, char **words);

static const struct command commands[] = {
    {"run", "[OPTION]... DRIVER.so...", "load drivers, one root-enumerated device for each, and serve their nodes",
     "  -m, --mount DIR    folder for the device nodes (default: a new folder in $XDG_RUNTIME_DIR or /tmp)\n"
     "  -d, --device NAME  name of the device, for a single driver (default: the driver's name)\n"
     "  -r, --recorder DIR folder for the files of in-flight logs (default: they are in memory only)\n",
     command_run},
    {"recorder", "[OPTION]... FILE|DIR...", "show in-flight logs, or all logs of a folder",
     "  -j, --json         a JSON object for each record instead of a line\n"
     "  -l, --level LEVEL  records of this level and more serious ones: critical, error, warning, information,\n"
     "                     verbose, or a number\n"
     "  -f, --flag FLAG    records with this trace flag\n"
     "  -m, --module NAME  records of this Module's log, and of its source file Dmf_NAME.c\n",
     command_recorder},
    {"help", "[COMMAND]", "explain a command", "", command_help},
    {"version", "", "print the version", "", command_version},
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static const struct command *find_command(const char *name)
{
    for (size_t index = 0; index < COMMAND_COUNT; index++)
    {
        if (strcmp(commands[index].name, name) == 0)
        {
            return &commands[index];
        }
    }
    return NULL;
}

static int unknown_command(const char *name)
{
    fprintf(stderr, "dmf: there is no command '%s'; 'dmf help' lists them\n", name);
    return COMMAND_USAGE;
}

static void print_overview(FILE *to)
{
    fprintf(to, "usage: dmf COMMAND [ARGUMENT]...\n\n");
    for (size_t index = 0; index < COMMAND_COUNT; index++)
    {
        fprintf(to, "  %-8s %s\n", commands[index].name, commands[index].summary);
    }
    fprintf(to, "\n'dmf help COMMAND' explains a command.\n");
}

static int command_help(int count, char **words)
{
    const struct command *command = count > 1 ? find_command(words[1]) : NULL;

    if (count > 1 && command == NULL)
    {
        return unknown_command(words[1]);
    }
    if (command == NULL)
    {
        print_overview(stdout);
        return 0;
    }
    printf("usage: dmf %s %s\n\n%s.\n", command->name, command->arguments, command->summary);
    if (command->options[0] != 0)
    {
        printf("\n%s", command->options);
    }
    return 0;
}

static int command_version(int count, char **words)
{
    (void)count;
    (void)words;
    printf("dmf %s\n", DMF_VERSION_TEXT);
    return 0;
}

static bool asks_for_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

int main(int count, char **words)
{
    const struct command *command;

    if (count < 2)
    {
        print_overview(stderr);
        return COMMAND_USAGE;
    }
    if (asks_for_help(words[1]))
    {
        print_overview(stdout);
        return 0;
    }
    if (count == 3 && asks_for_help(words[2]))
    {
        return command_help(count - 1, words);
    }
    command = find_command(words[1]);
    return command == NULL ? unknown_command(words[1]) : command->run(count - 1, words + 1);
}
