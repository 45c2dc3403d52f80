/* SPDX-License-Identifier: MIT */
/*
 * dmf-wpp: what its parts share.
 *
 *   text.c    reads a source file of any encoding that Windows tools write, as lines of UTF-8
 *   scan.c    finds the comments in it and the configuration blocks in the comments
 *   config.c  reads the directives of a block
 *   write.c   writes the .tmh file
 *   main.c    the command line
 *
 * The program lives as long as one command does, so nothing is ever freed.
 */
#ifndef WPP_H
#define WPP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Growing arrays.
 */
#define WPP_LIST(Type)   \
    struct               \
    {                    \
        Type *items;     \
        size_t count;    \
        size_t capacity; \
    }

/* Makes room for one more item and returns its address. */
#define list_add(List)                                                                                   \
    ((List)->items = list_grow((List)->items, &(List)->capacity, (List)->count, sizeof(*(List)->items)), \
     &(List)->items[(List)->count++])

void *list_grow(void *items, size_t *capacity, size_t count, size_t size);
void *wpp_allocate(size_t size);
char *wpp_copy(const char *text, size_t length);

/*
 * Messages. An error makes the program fail at its end; a warning does not.
 */
void wpp_error(const char *file, unsigned line, const char *format, ...) __attribute__((format(printf, 3, 4)));
void wpp_warning(const char *file, unsigned line, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool wpp_failed(void);

/*
 * Files.
 */
/* The whole file as UTF-8 with a terminating zero and line feeds alone; NULL after an error message. */
char *text_read(const char *path);

/* Writes the file unless it already holds the text, so that a build tool sees no change where there is none. */
bool text_write(const char *path, const char *text, size_t length);

/*
 * Configuration.
 */
struct wpp_parameter
{
    const char *name;
    const char *value;
};

typedef WPP_LIST(struct wpp_parameter) wpp_parameters;

struct wpp_function
{
    const char *name;
    const char *file;
    unsigned line;
    /* {NAME=value, ...}. */
    wpp_parameters fixed;
    /* The parameters, in order; "..." is none of them. */
    WPP_LIST(const char *) parameters;
    /* The first parameter of the inner list of "(LEVEL, (MSG, ...))", or the number of parameters when there is none. */
    size_t inner;
    bool has_inner;
    /* Text before and after the message: string literals, and the arguments that belong to them with a comma in front. */
    const char *prefix;
    const char *prefix_arguments;
    const char *suffix;
    const char *suffix_arguments;
};

struct wpp_type
{
    const char *name;
    WPP_LIST(const char *) values;
};

struct wpp_affix
{
    const char *file;
    unsigned line;
    bool is_suffix;
    const char *function;
    const char *text;
    const char *arguments;
};

struct wpp_config
{
    WPP_LIST(struct wpp_function) functions;
    WPP_LIST(struct wpp_type) types;
    WPP_LIST(struct wpp_affix) affixes;
};

/* A directive and where it stands. */
struct wpp_directive
{
    const char *file;
    unsigned line;
    const char *text;
};

/* Adds the configuration blocks of a file. */
void scan_file(struct wpp_config *config, const char *file, const char *text);

void config_add_directive(struct wpp_config *config, const struct wpp_directive *directive);

/* After the last file: joins prefixes and suffixes with their functions. */
void config_finish(struct wpp_config *config);

/* The text of the .tmh file of a source. */
char *tmh_compose(const struct wpp_config *config, const char *source, size_t *ret_length);

#endif /* WPP_H */
