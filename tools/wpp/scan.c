/* SPDX-License-Identifier: MIT */
/*
 * dmf-wpp: finds the comments of a source and, in them, the blocks between "begin_wpp config" and "end".
 */
#include "wpp.h"

#include <ctype.h>
#include <string.h>

/* Where the scanner stands in the source, and in a block. */
struct scanner
{
    struct wpp_config *config;
    const char *file;
    const char *at;
    const char *start;
    unsigned line;
    bool in_block;
    unsigned block_line;
    /* The directive that is being collected: it may stretch over lines until its parentheses close. */
    char *pending;
    unsigned pending_line;
};

/* Whether every parenthesis and brace outside string literals is closed. */
static bool is_balanced(const char *text)
{
    int depth = 0;
    bool quoted = false;
    for (; *text != '\0'; text++)
    {
        if (quoted)
        {
            if (*text == '\\' && text[1] != '\0')
            {
                text++;
            }
            else if (*text == '"')
            {
                quoted = false;
            }
        }
        else if (*text == '"')
        {
            quoted = true;
        }
        else
        {
            depth += *text == '(' || *text == '{';
            depth -= *text == ')' || *text == '}';
        }
    }
    return depth <= 0;
}

static void finish_directive(struct scanner *scanner)
{
    if (scanner->pending != NULL)
    {
        struct wpp_directive directive = {.file = scanner->file, .line = scanner->pending_line, .text = scanner->pending};
        config_add_directive(scanner->config, &directive);
        scanner->pending = NULL;
    }
}

static bool starts_with_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 && !isalnum((unsigned char)text[length]) && text[length] != '_';
}

/* "begin_wpp config" alone on its line: prose that mentions the words does not start a block. */
static bool is_block_start(const char *text)
{
    if (!starts_with_word(text, "begin_wpp"))
    {
        return false;
    }
    text += strlen("begin_wpp");
    text += strspn(text, " \t");
    if (!starts_with_word(text, "config"))
    {
        return false;
    }
    text += strlen("config");
    return text[strspn(text, " \t")] == '\0';
}

static void add_block_line(struct scanner *scanner, const char *text, unsigned line)
{
    if (starts_with_word(text, "begin_wpp"))
    {
        wpp_error(scanner->file, line, "a block begins before the block of line %u has ended", scanner->block_line);
        return;
    }
    if (scanner->pending == NULL)
    {
        if (starts_with_word(text, "end") || starts_with_word(text, "end_wpp"))
        {
            scanner->in_block = false;
            return;
        }
        scanner->pending = wpp_copy(text, strlen(text));
        scanner->pending_line = line;
    }
    else if (starts_with_word(text, "end") || starts_with_word(text, "end_wpp"))
    {
        wpp_error(scanner->file, scanner->pending_line, "the directive has no closing parenthesis");
        scanner->pending = NULL;
        scanner->in_block = false;
        return;
    }
    else
    {
        size_t size = strlen(scanner->pending) + strlen(text) + 2;
        char *joined = wpp_allocate(size);
        snprintf(joined, size, "%s %s", scanner->pending, text);
        scanner->pending = joined;
    }
    if (is_balanced(scanner->pending))
    {
        finish_directive(scanner);
    }
}

/* One line of a comment, without the marks of the comment. */
static void add_comment_line(struct scanner *scanner, const char *text, size_t length, unsigned line)
{
    while (length != 0 && strchr(" \t\v\f/*", text[0]) != NULL)
    {
        text++;
        length--;
    }
    while (length != 0 && strchr(" \t\v\f", text[length - 1]) != NULL)
    {
        length--;
    }
    char *copy = wpp_copy(text, length);
    if (scanner->in_block)
    {
        if (length != 0)
        {
            add_block_line(scanner, copy, line);
        }
    }
    else if (is_block_start(copy))
    {
        scanner->in_block = true;
        scanner->block_line = line;
    }
}

/* Code between the lines of a block means that its end is missing. Reported once. */
static void leave_block(struct scanner *scanner)
{
    if (scanner->in_block)
    {
        wpp_error(scanner->file, scanner->block_line, "the \"begin_wpp config\" block has no \"end\"");
        scanner->in_block = false;
        scanner->pending = NULL;
    }
}

static void next_line(struct scanner *scanner)
{
    scanner->line++;
    scanner->at++;
}

/* A line comment goes on in the next line when a back slash ends it; the parts are one line. */
static void scan_line_comment(struct scanner *scanner)
{
    unsigned first = scanner->line;
    size_t length = 0;
    while (scanner->at[length] != '\0' && scanner->at[length] != '\n')
    {
        length += scanner->at[length] == '\\' && scanner->at[length + 1] == '\n' ? 2 : 1;
    }
    char *joined = wpp_copy(scanner->at, length);
    for (char *splice = strstr(joined, "\\\n"); splice != NULL; splice = strstr(splice, "\\\n"))
    {
        splice[0] = ' ';
        splice[1] = ' ';
        scanner->line++;
    }
    scanner->at += length;
    add_comment_line(scanner, joined, length, first);
}

static void scan_block_comment(struct scanner *scanner)
{
    unsigned first = scanner->line;
    const char *close = strstr(scanner->at + 2, "*/");
    if (close == NULL)
    {
        wpp_error(scanner->file, first, "the comment has no end");
        scanner->at += strlen(scanner->at);
        return;
    }
    while (scanner->at < close)
    {
        size_t length = strcspn(scanner->at, "\n");
        if (scanner->at + length > close)
        {
            length = (size_t)(close - scanner->at);
        }
        add_comment_line(scanner, scanner->at, length, scanner->line);
        scanner->at += length;
        if (*scanner->at == '\n')
        {
            next_line(scanner);
        }
    }
    scanner->at = close + 2;
}

/* R"delimiter( ... )delimiter": nothing inside has a meaning. Returns false when this quote starts none. */
static bool scan_raw_string(struct scanner *scanner)
{
    if (scanner->at == scanner->start || scanner->at[-1] != 'R')
    {
        return false;
    }
    const char *before = scanner->at - 1;
    while (before > scanner->start && (isalnum((unsigned char)before[-1]) || before[-1] == '_'))
    {
        before--;
    }
    size_t prefix = (size_t)(scanner->at - before);
    if (!((prefix == 1) || (prefix == 2 && strchr("LuU", before[0]) != NULL) ||
          (prefix == 3 && strncmp(before, "u8", 2) == 0)))
    {
        return false;
    }
    size_t delimiter = strcspn(scanner->at + 1, "( \n\"\\)");
    if (scanner->at[1 + delimiter] != '(')
    {
        return false;
    }
    char closing[32];
    if (delimiter > 16)
    {
        return false;
    }
    snprintf(closing, sizeof(closing), ")%.*s\"", (int)delimiter, scanner->at + 1);
    const char *end = strstr(scanner->at, closing);
    end = end != NULL ? end + strlen(closing) : scanner->at + strlen(scanner->at);
    while (scanner->at < end)
    {
        scanner->line += *scanner->at == '\n';
        scanner->at++;
    }
    return true;
}

/* A literal ends at its quote, or at the end of a line that does not continue: an apostrophe in an #error is no literal. */
static void scan_literal(struct scanner *scanner)
{
    char quote = *scanner->at++;
    while (*scanner->at != '\0' && *scanner->at != '\n' && *scanner->at != quote)
    {
        if (*scanner->at == '\\' && scanner->at[1] != '\0')
        {
            scanner->at++;
            scanner->line += *scanner->at == '\n';
        }
        scanner->at++;
    }
    if (*scanner->at == quote)
    {
        scanner->at++;
    }
}

/* 1'000'000 of C++: the apostrophe follows a number, which is a word that starts with a digit. */
static bool is_digit_separator(const struct scanner *scanner)
{
    const char *before = scanner->at;
    while (before > scanner->start && (isalnum((unsigned char)before[-1]) || before[-1] == '_' || before[-1] == '\''))
    {
        before--;
    }
    return before != scanner->at && isdigit((unsigned char)*before);
}

void scan_file(struct wpp_config *config, const char *file, const char *text)
{
    struct scanner scanner = {.config = config, .file = file, .at = text, .start = text, .line = 1};

    while (*scanner.at != '\0')
    {
        if (scanner.at[0] == '/' && scanner.at[1] == '/')
        {
            scan_line_comment(&scanner);
        }
        else if (scanner.at[0] == '/' && scanner.at[1] == '*')
        {
            scan_block_comment(&scanner);
        }
        else if (*scanner.at == '\n')
        {
            next_line(&scanner);
        }
        else if (isspace((unsigned char)*scanner.at))
        {
            scanner.at++;
        }
        else
        {
            leave_block(&scanner);
            if (*scanner.at == '\'' && is_digit_separator(&scanner))
            {
                scanner.at++;
            }
            else if (*scanner.at == '"' ? !scan_raw_string(&scanner) : *scanner.at == '\'')
            {
                scan_literal(&scanner);
            }
            else if (*scanner.at != '\0' && *scanner.at != '"' && *scanner.at != '\n')
            {
                scanner.at++;
            }
        }
    }
    leave_block(&scanner);
}
