/* SPDX-License-Identifier: MIT */
/*
 * dmf-wpp: writes the .tmh file of a driver source, as Microsoft's trace preprocessor does on Windows.
 */
#include "wpp.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: dmf-wpp [OPTION]... SOURCE...\n"
    "Writes the trace macros of each SOURCE into a file of the same name that ends in .tmh.\n"
    "\n"
    "  -c, --config=FILE      read the \"begin_wpp config\" block of FILE too (may be repeated)\n"
    "  -d, --directory=DIR    write into DIR instead of the current directory\n"
    "  -o, --output=FILE      write FILE (one SOURCE only)\n"
    "  -h, --help             show this\n"
    "\n"
    "The exit status is 1 when a file cannot be used or a block is malformed; nothing is written then.\n";

struct command
{
    WPP_LIST(const char *) configs;
    const char *directory;
    const char *output;
};

static bool read_config(struct wpp_config *config, const char *path)
{
    char *text = text_read(path);
    if (text == NULL)
    {
        return false;
    }
    scan_file(config, path, text);
    return true;
}

/* The source's name with its last extension replaced. Back slashes separate folders too, as in a Windows project. */
static char *output_path(const struct command *command, const char *source)
{
    const char *name = source;
    for (const char *at = source; *at != '\0'; at++)
    {
        name = *at == '/' || *at == '\\' ? at + 1 : name;
    }
    const char *dot = strrchr(name, '.');
    int length = dot != NULL && dot != name ? (int)(dot - name) : (int)strlen(name);
    size_t size = strlen(command->directory) + (size_t)length + 8;
    char *path = wpp_allocate(size);
    snprintf(path, size, "%s/%.*s.tmh", command->directory, length, name);
    return path;
}

static void process(const struct command *command, const char *source)
{
    struct wpp_config config = {0};
    bool readable = true;
    for (size_t index = 0; index < command->configs.count; index++)
    {
        readable = read_config(&config, command->configs.items[index]) && readable;
    }
    readable = read_config(&config, source) && readable;
    config_finish(&config);
    if (!readable || wpp_failed())
    {
        return;
    }
    size_t length = 0;
    char *text = tmh_compose(&config, source, &length);
    if (text == NULL)
    {
        wpp_error(source, 0, "out of memory");
        return;
    }
    (void)text_write(command->output != NULL ? command->output : output_path(command, source), text, length);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"directory", required_argument, NULL, 'd'},
                                            {"output", required_argument, NULL, 'o'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    struct command command = {.directory = "."};
    int option;

    while ((option = getopt_long(argc, argv, "c:d:o:h", options, NULL)) != -1)
    {
        switch (option)
        {
            case 'c':
                *list_add(&command.configs) = optarg;
                break;
            case 'd':
                command.directory = optarg;
                break;
            case 'o':
                command.output = optarg;
                break;
            case 'h':
                fputs(usage, stdout);
                return EXIT_SUCCESS;
            default:
                fputs(usage, stderr);
                return EXIT_FAILURE;
        }
    }
    if (optind == argc || (command.output != NULL && argc - optind != 1))
    {
        fputs(usage, stderr);
        return EXIT_FAILURE;
    }
    for (int index = optind; index < argc; index++)
    {
        process(&command, argv[index]);
    }
    return wpp_failed() ? EXIT_FAILURE : EXIT_SUCCESS;
}
