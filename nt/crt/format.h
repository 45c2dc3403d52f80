/* SPDX-License-Identifier: MIT */
/*
 * The one formatter of the runtime. printf and its relatives, the safe string functions, DbgPrint and the tracer all
 * write through it, so that a driver's format strings mean what they mean on Windows: %ld is 32 bits, %I64x is 64, %S, %ws,
 * %hs and %wZ name a width of character instead of depending on libc's wchar_t.
 *
 * The formatter keeps no buffer of the caller's size and allocates nothing, except for a floating-point number with
 * hundreds of digits. It may be called at any IRQL and from any thread.
 */
#ifndef DMF_FORMAT_H
#define DMF_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A va_list in a structure: only so can it be passed on by address on every machine. */
struct format_arguments
{
    va_list list;
};

struct format_sink;

/*
 * Takes Count characters: bytes of UTF-8 from a narrow sink, UTF-16 units from a wide one.
 */
typedef void format_sink_write(struct format_sink *sink, const void *characters, size_t count);

/*
 * Asked for "%!name!" with the name and its length. Takes its arguments, writes what it stands for with format_put_text() or
 * format_print() and returns true, or returns false, which writes the specification as it stands.
 */
typedef bool format_sink_extension(struct format_sink *sink, const char *name, size_t length,
                                   struct format_arguments *arguments);

struct format_sink
{
    format_sink_write *write;
    /* NULL where "%!" has no meaning. */
    format_sink_extension *extension;
    /* True when write() takes UTF-16 units. */
    bool wide;
    /* Characters written so far, in the sink's own units; a sink that cuts its text off still counts all of it. */
    size_t total;
};

/* Writes the formatted text into the sink and returns the number of characters that this call wrote. */
size_t format_write(struct format_sink *sink, const char *format, va_list arguments);
size_t format_write_wide(struct format_sink *sink, const uint16_t *format, va_list arguments);

/* The same from a list that the caller keeps using afterwards. */
size_t format_write_arguments(struct format_sink *sink, const char *format, struct format_arguments *arguments);

/* For extensions: narrow text, and formatted text, into a sink of either width. */
void format_put_text(struct format_sink *sink, const char *text, size_t length);
void format_print(struct format_sink *sink, const char *format, ...);

/*
 * A narrow format taken apart without its arguments: for who keeps arguments now and makes text later. A piece is plain text, a
 * conversion, or "%!name!"; an asterisk takes an int before the conversion's own argument.
 */
enum format_argument
{
    FORMAT_NONE,
    FORMAT_INTEGER,
    FORMAT_INTEGER_64,
    FORMAT_DOUBLE,
    FORMAT_LONG_DOUBLE,
    FORMAT_TEXT,
    FORMAT_WIDE_TEXT,
    FORMAT_COUNTED,
    FORMAT_WIDE_COUNTED,
    FORMAT_EXTENSION,
};

struct format_piece
{
    const char *start;
    size_t length;
    enum format_argument argument;
    /* False for plain text, which is to be written as it stands. */
    bool conversion;
    bool width_asterisk;
    bool precision_asterisk;
    /* Negative when there is none, or an asterisk. */
    int width;
    int precision;
    /* How many characters of the piece are the percent sign and its flags, and how many its length and conversion. */
    size_t head;
    size_t tail;
};

/* Gives the piece that begins at *position and moves *position behind it. False at the end of the format. */
bool format_next_piece(const char **position, struct format_piece *piece);

/*
 * A sink that keeps the first `capacity` characters and counts the rest. It writes no terminator: what a caller does
 * about truncation is the difference between the functions of the printf family.
 */
struct format_buffer
{
    struct format_sink sink;
    void *characters;
    size_t capacity;
};

void format_buffer_init(struct format_buffer *buffer, char *characters, size_t capacity);
void format_buffer_init_wide(struct format_buffer *buffer, uint16_t *characters, size_t capacity);

/*
 * UTF-8 and UTF-16, one character at a time. Malformed input gives U+FFFD and always makes progress. The input pointer
 * moves past what was read, and never past `end`.
 */
uint32_t format_decode_narrow(const unsigned char **position, const unsigned char *end);
uint32_t format_decode_wide(const uint16_t **position, const uint16_t *end);
/* Returns the number of units written: up to 4 bytes, or up to 2 UTF-16 units. */
size_t format_encode_narrow(uint32_t character, unsigned char *bytes);
size_t format_encode_wide(uint32_t character, uint16_t *units);

#endif /* DMF_FORMAT_H */
