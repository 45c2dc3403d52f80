/* SPDX-License-Identifier: MIT */
/*
 * The command line: one table, from which dispatch and help come.
 */
#ifndef HOST_COMMAND_H
#define HOST_COMMAND_H

struct command
{
    const char *name;
    const char *arguments;
    const char *summary;
    const char *options;
    int (*run)(int count, char **words);
};

/* What main() returns for a command line that cannot be understood. */
#define COMMAND_USAGE 2

int command_run(int count, char **words);
int command_recorder(int count, char **words);

#endif /* HOST_COMMAND_H */
