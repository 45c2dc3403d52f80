/* SPDX-License-Identifier: MIT */
/*
 * dmf-lint-long: finds the type long in driver sources. It has 32 bits on Windows and 64 on Linux, so a source that says long
 * where it means LONG lays out its structures differently here. long long and long double are left alone.
 */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "Usage: dmf-lint-long [OPTION]... SOURCE...\n"
                            "Reports each use of the type long, whose size differs between Windows and Linux.\n"
                            "\n"
                            "  -w, --warn    report, but exit with status 0\n"
                            "  -h, --help    show this\n";

struct lint
{
    const char *file;
    const char *at;
    unsigned line;
    /* Inside a preprocessor directive, which ends with its line. */
    bool in_directive;
    unsigned found;
};

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t length = 0;
    FILE *memory = file != NULL ? open_memstream(&text, &length) : NULL;
    char block[4096];
    size_t count;

    if (memory == NULL)
    {
        fprintf(stderr, "dmf-lint-long: %s: %s\n", path, strerror(errno));
        if (file != NULL)
        {
            fclose(file);
        }
        return NULL;
    }
    while ((count = fread(block, 1, sizeof(block), file)) != 0)
    {
        /* Of a UTF-16 source the ASCII half is enough: everything that matters here is ASCII. */
        for (size_t index = 0; index < count; index++)
        {
            if (block[index] != '\0')
            {
                fputc(block[index], memory);
            }
        }
    }
    fclose(file);
    fclose(memory);
    return text;
}

static void advance(struct lint *lint)
{
    if (*lint->at == '\n')
    {
        lint->line++;
        lint->in_directive = false;
    }
    lint->at++;
}

/* Moves past a back slash and the end of its line, which together are nothing at all. */
static void skip_splice(struct lint *lint)
{
    bool in_directive = lint->in_directive;
    advance(lint);
    lint->at += *lint->at == '\r';
    advance(lint);
    lint->in_directive = in_directive;
}

static bool is_splice(const char *at)
{
    return at[0] == '\\' && (at[1] == '\n' || (at[1] == '\r' && at[2] == '\n'));
}

static bool is_word(char character)
{
    return isalnum((unsigned char)character) || character == '_';
}

static void skip_line_comment(struct lint *lint)
{
    while (*lint->at != '\0' && *lint->at != '\n')
    {
        if (is_splice(lint->at))
        {
            skip_splice(lint);
            continue;
        }
        advance(lint);
    }
}

static void skip_block_comment(struct lint *lint)
{
    const char *end = strstr(lint->at + 2, "*/");
    end = end != NULL ? end + 2 : lint->at + strlen(lint->at);
    while (lint->at < end)
    {
        advance(lint);
    }
}

static void skip_raw_string(struct lint *lint)
{
    size_t delimiter = strcspn(lint->at + 1, "( \n\"\\)");
    char closing[32];
    const char *end = NULL;

    if (lint->at[1 + delimiter] == '(' && delimiter <= 16)
    {
        snprintf(closing, sizeof(closing), ")%.*s\"", (int)delimiter, lint->at + 1);
        end = strstr(lint->at, closing);
    }
    end = end != NULL ? end + strlen(closing) : lint->at + 1;
    while (lint->at < end)
    {
        advance(lint);
    }
}

static void skip_literal(struct lint *lint)
{
    char quote = *lint->at;
    advance(lint);
    while (*lint->at != '\0' && *lint->at != '\n' && *lint->at != quote)
    {
        if (*lint->at == '\\' && lint->at[1] != '\0')
        {
            advance(lint);
            lint->at += lint->at[0] == '\r' && lint->at[1] == '\n';
        }
        advance(lint);
    }
    if (*lint->at == quote)
    {
        advance(lint);
    }
}

/* Moves to the next word or other visible character. Returns false at the end of the text. */
static bool skip_invisible(struct lint *lint)
{
    for (;;)
    {
        if (lint->at[0] == '/' && lint->at[1] == '/')
        {
            skip_line_comment(lint);
        }
        else if (lint->at[0] == '/' && lint->at[1] == '*')
        {
            skip_block_comment(lint);
        }
        else if (is_splice(lint->at))
        {
            skip_splice(lint);
        }
        else if (isspace((unsigned char)*lint->at))
        {
            advance(lint);
        }
        else
        {
            return *lint->at != '\0';
        }
    }
}

static size_t word_length(const char *at)
{
    size_t length = 0;
    while (is_word(at[length]))
    {
        length++;
    }
    return length;
}

static bool is_one_of(const char *word, size_t length, const char *words)
{
    for (const char *at = words; *at != '\0'; at += strlen(at) + 1)
    {
        if (strlen(at) == length && memcmp(at, word, length) == 0)
        {
            return true;
        }
    }
    return false;
}

/* Just past the word long: true when the type goes on as long long or long double, and then moves past that word too. */
static bool goes_on(struct lint *lint)
{
    struct lint ahead = *lint;
    while (skip_invisible(&ahead) && ahead.in_directive == lint->in_directive)
    {
        size_t length = word_length(ahead.at);
        if (is_one_of(ahead.at, length, "long\0double\0"))
        {
            ahead.at += length;
            *lint = ahead;
            return true;
        }
        if (!is_one_of(ahead.at, length, "int\0unsigned\0signed\0const\0volatile\0"))
        {
            return false;
        }
        ahead.at += length;
    }
    return false;
}

static void read_word(struct lint *lint)
{
    const char *start = lint->at;
    size_t length = word_length(start);
    unsigned line = lint->line;

    lint->at += length;
    /* 1'000 of C++ goes on after its apostrophe. */
    while (isdigit((unsigned char)*start) && *lint->at == '\'' && is_word(lint->at[1]))
    {
        lint->at += 1 + word_length(lint->at + 1);
    }
    if (*lint->at == '"' && is_one_of(start, length, "R\0LR\0uR\0UR\0u8R\0"))
    {
        skip_raw_string(lint);
    }
    else if (is_one_of(start, length, "long\0") && !goes_on(lint))
    {
        fprintf(stderr, "%s:%u: warning: long has 32 bits on Windows and 64 on Linux; use LONG or ULONG\n", lint->file,
                line);
        lint->found++;
    }
}

static unsigned lint_text(const char *file, const char *text)
{
    struct lint lint = {.file = file, .at = text, .line = 1};
    while (skip_invisible(&lint))
    {
        if (is_word(*lint.at))
        {
            read_word(&lint);
        }
        else if (*lint.at == '"' || *lint.at == '\'')
        {
            skip_literal(&lint);
        }
        else
        {
            lint.in_directive = lint.in_directive || *lint.at == '#';
            advance(&lint);
        }
    }
    return lint.found;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"warn", no_argument, NULL, 'w'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    bool only_warn = false;
    bool failed = false;
    unsigned found = 0;
    int option;

    while ((option = getopt_long(argc, argv, "wh", options, NULL)) != -1)
    {
        switch (option)
        {
            case 'w':
                only_warn = true;
                break;
            case 'h':
                fputs(usage, stdout);
                return EXIT_SUCCESS;
            default:
                fputs(usage, stderr);
                return EXIT_FAILURE;
        }
    }
    for (int index = optind; index < argc; index++)
    {
        char *text = read_file(argv[index]);
        failed = failed || text == NULL;
        found += text != NULL ? lint_text(argv[index], text) : 0;
        free(text);
    }
    return failed || (found != 0 && !only_warn) ? EXIT_FAILURE : EXIT_SUCCESS;
}
