/* SPDX-License-Identifier: MIT */
/*
 * dmf-overlay: describes source folders to clang as a file system whose names are matched regardless of case, so that a tree
 * that was written for Windows ("Trace.h" for trace.h, <Objbase.h> for objbase.h) builds without being touched. The result is
 * for clang's -ivfsoverlay. Files in UTF-16, which clang does not read, are served from copies in UTF-8.
 */
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char usage[] = "Usage: dmf-overlay --output=FILE [OPTION]... FOLDER...\n"
                            "Writes a clang file system overlay in which the files of each FOLDER have names without case.\n"
                            "\n"
                            "  -o, --output=FILE    the overlay to write; it stays untouched when nothing has changed\n"
                            "  -c, --copies=DIR     where copies of UTF-16 files go (FILE.copies unless given)\n"
                            "  -h, --help           show this\n";

struct overlay
{
    FILE *file;
    const char *copies;
    unsigned copy_count;
    bool failed;
};

static void complain(struct overlay *overlay, const char *path, const char *what)
{
    fprintf(stderr, "dmf-overlay: %s: %s\n", path, what);
    overlay->failed = true;
}

static char *join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path == NULL)
    {
        fputs("dmf-overlay: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    snprintf(path, size, "%s/%s", folder, name);
    return path;
}

/* A string of the overlay's language, which is JSON. */
static void put_string(FILE *file, const char *text)
{
    fputc('"', file);
    for (; *text != '\0'; text++)
    {
        if (*text == '"' || *text == '\\')
        {
            fputc('\\', file);
        }
        fputc(*text, file);
    }
    fputc('"', file);
}

/*
 * Files that a build tool watches: one that would not change is not written.
 */

static bool holds(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "rb");
    bool same = file != NULL;
    for (size_t index = 0; same && index < length; index++)
    {
        same = getc(file) == (unsigned char)text[index];
    }
    same = same && getc(file) == EOF;
    if (file != NULL)
    {
        fclose(file);
    }
    return same;
}

static bool write_changed(const char *path, const char *text, size_t length)
{
    if (holds(path, text, length))
    {
        return true;
    }
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(text, 1, length, file) == length;
    return file != NULL && fclose(file) == 0 && written;
}

/*
 * Copies of UTF-16 files.
 */

static bool is_utf16(const char *path, bool *ret_big_endian)
{
    unsigned char mark[2] = {0};
    FILE *file = fopen(path, "rb");
    size_t count = file != NULL ? fread(mark, 1, sizeof(mark), file) : 0;
    if (file != NULL)
    {
        fclose(file);
    }
    *ret_big_endian = mark[0] == 0xFE && mark[1] == 0xFF;
    return count == 2 && (*ret_big_endian || (mark[0] == 0xFF && mark[1] == 0xFE));
}

static bool read_unit(FILE *file, bool big_endian, uint32_t *ret_unit)
{
    int first = getc(file);
    int second = getc(file);
    if (second == EOF)
    {
        return false;
    }
    *ret_unit = big_endian ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
    return true;
}

static void put_utf8(FILE *file, uint32_t character)
{
    if (character < 0x80)
    {
        fputc((int)character, file);
        return;
    }
    unsigned following = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    static const unsigned lead[] = {0, 0xC0, 0xE0, 0xF0};
    fputc((int)(lead[following] | character >> (6 * following)), file);
    while (following-- != 0)
    {
        fputc((int)(0x80 | ((character >> (6 * following)) & 0x3F)), file);
    }
}

static void convert(FILE *from, FILE *to, bool big_endian)
{
    uint32_t unit;
    uint32_t high = 0;
    while (read_unit(from, big_endian, &unit))
    {
        if (unit >= 0xD800 && unit < 0xDC00)
        {
            high = unit;
        }
        else if (unit >= 0xDC00 && unit < 0xE000 && high != 0)
        {
            put_utf8(to, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
            high = 0;
        }
        else
        {
            put_utf8(to, unit);
        }
    }
}

/* Returns the path of the copy. Its name has a number, because two folders may hold files of one name. */
static char *make_copy(struct overlay *overlay, const char *path, const char *name, bool big_endian)
{
    char numbered[32];
    char *text = NULL;
    size_t length = 0;

    snprintf(numbered, sizeof(numbered), "%u", overlay->copy_count++);
    (void)mkdir(overlay->copies, 0777);
    char *folder = join(overlay->copies, numbered);
    (void)mkdir(folder, 0777);
    char *copy = join(folder, name);
    FILE *from = fopen(path, "rb");
    FILE *to = open_memstream(&text, &length);
    if (from != NULL && to != NULL && fseek(from, 2, SEEK_SET) == 0)
    {
        convert(from, to, big_endian);
    }
    if (from != NULL)
    {
        fclose(from);
    }
    if (to == NULL || fclose(to) != 0 || from == NULL || !write_changed(copy, text, length))
    {
        complain(overlay, copy, strerror(errno));
    }
    free(text);
    free(folder);
    return copy;
}

/*
 * The tree.
 */

static int keep_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* By name without case, so that names which differ only in case stand side by side. */
static int compare_entries(const struct dirent **left, const struct dirent **right)
{
    int order = strcasecmp((*left)->d_name, (*right)->d_name);
    return order != 0 ? order : strcmp((*left)->d_name, (*right)->d_name);
}

static void put_folder_contents(struct overlay *overlay, const char *folder);

static void put_entry(struct overlay *overlay, const char *folder, const char *name, bool first)
{
    char *path = join(folder, name);
    struct stat status;
    bool big_endian;

    if (stat(path, &status) == 0 && (S_ISDIR(status.st_mode) || S_ISREG(status.st_mode)))
    {
        fputs(first ? "\n" : ",\n", overlay->file);
        fprintf(overlay->file, "{ \"name\": ");
        put_string(overlay->file, name);
        if (S_ISDIR(status.st_mode))
        {
            fputs(", \"type\": \"directory\", \"contents\": [", overlay->file);
            put_folder_contents(overlay, path);
            fputs("] }", overlay->file);
        }
        else
        {
            char *copy = is_utf16(path, &big_endian) ? make_copy(overlay, path, name, big_endian) : NULL;
            fputs(", \"type\": \"file\", \"external-contents\": ", overlay->file);
            put_string(overlay->file, copy != NULL ? copy : path);
            fputs(" }", overlay->file);
            free(copy);
        }
    }
    free(path);
}

/* Files whose names differ only in case stay out: the real file system finds each by its exact name. */
static void put_folder_contents(struct overlay *overlay, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, keep_visible, compare_entries);
    bool first = true;

    if (count < 0)
    {
        complain(overlay, folder, strerror(errno));
        return;
    }
    for (int index = 0; index < count; index++)
    {
        bool like_previous = index > 0 && strcasecmp(entries[index]->d_name, entries[index - 1]->d_name) == 0;
        bool like_next = index + 1 < count && strcasecmp(entries[index]->d_name, entries[index + 1]->d_name) == 0;
        if (!like_previous && !like_next)
        {
            put_entry(overlay, folder, entries[index]->d_name, first);
            first = false;
        }
    }
    for (int index = 0; index < count; index++)
    {
        free(entries[index]);
    }
    free(entries);
}

static void put_root(struct overlay *overlay, const char *folder, bool first)
{
    char *path = realpath(folder, NULL);
    if (path == NULL)
    {
        complain(overlay, folder, strerror(errno));
        return;
    }
    fputs(first ? "\n{ \"name\": " : ",\n{ \"name\": ", overlay->file);
    put_string(overlay->file, path);
    fputs(", \"type\": \"directory\", \"contents\": [", overlay->file);
    put_folder_contents(overlay, path);
    fputs("] }", overlay->file);
    free(path);
}

static int run(const char *output, const char *copies, char **folders, int count)
{
    char *text = NULL;
    size_t length = 0;
    size_t size = strlen(output) + sizeof(".copies");
    char *default_copies = malloc(size);
    struct overlay overlay = {.file = open_memstream(&text, &length)};

    if (overlay.file == NULL || default_copies == NULL)
    {
        fputs("dmf-overlay: out of memory\n", stderr);
        return EXIT_FAILURE;
    }
    snprintf(default_copies, size, "%s.copies", output);
    overlay.copies = copies != NULL ? copies : default_copies;
    fputs("{ \"version\": 0, \"case-sensitive\": \"false\", \"roots\": [", overlay.file);
    for (int index = 0; index < count; index++)
    {
        put_root(&overlay, folders[index], index == 0);
    }
    fputs("\n] }\n", overlay.file);
    fclose(overlay.file);
    if (!overlay.failed && !write_changed(output, text, length))
    {
        complain(&overlay, output, strerror(errno));
    }
    free(text);
    free(default_copies);
    return overlay.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                            {"copies", required_argument, NULL, 'c'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    const char *output = NULL;
    const char *copies = NULL;
    int option;

    while ((option = getopt_long(argc, argv, "o:c:h", options, NULL)) != -1)
    {
        switch (option)
        {
            case 'o':
                output = optarg;
                break;
            case 'c':
                copies = optarg;
                break;
            case 'h':
                fputs(usage, stdout);
                return EXIT_SUCCESS;
            default:
                fputs(usage, stderr);
                return EXIT_FAILURE;
        }
    }
    if (output == NULL || optind == argc)
    {
        fputs(usage, stderr);
        return EXIT_FAILURE;
    }
    return run(output, copies, argv + optind, argc - optind);
}
