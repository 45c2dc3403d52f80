/* SPDX-License-Identifier: MIT */
/*
 * The printf family, on top of the formatter. The members differ in what they do when the text does not fit, and that is all
 * this file is about.
 */
#define DMF_CRT_IMPLEMENTATION

#include "crt.h"
#include "format.h"

#include <limits.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Defines Name(Parameters, ...) by way of a call that takes the variable arguments as the va_list `arguments`. */
#define VARIADIC(Name, Last, Parameters, Call) \
    CRT_EXPORT int Name Parameters             \
    {                                          \
        va_list arguments;                     \
        va_start(arguments, Last);             \
        int result = Call;                     \
        va_end(arguments);                     \
        return result;                         \
    }

static int as_result(size_t length)
{
    return length > INT_MAX ? -1 : (int)length;
}

/*
 * Narrow, into a buffer.
 */

CRT_EXPORT int dmf_vscprintf(const char *format, va_list arguments)
{
    struct format_buffer buffer;
    format_buffer_init(&buffer, NULL, 0);
    return as_result(format_write(&buffer.sink, format, arguments));
}

/* Standard C: always terminated, returns the length that the whole text has. */
CRT_EXPORT int dmf_vsnprintf(char *text, size_t size, const char *format, va_list arguments)
{
    struct format_buffer buffer;
    format_buffer_init(&buffer, text, size != 0 ? size - 1 : 0);
    size_t length = format_write(&buffer.sink, format, arguments);
    if (size != 0)
    {
        text[length < size ? length : size - 1] = '\0';
    }
    return as_result(length);
}

/* Microsoft's older form: terminated only when there is room, negative when the text is cut off. */
CRT_EXPORT int dmf__vsnprintf(char *text, size_t count, const char *format, va_list arguments)
{
    struct format_buffer buffer;
    format_buffer_init(&buffer, text, count);
    size_t length = format_write(&buffer.sink, format, arguments);
    if (length < count)
    {
        text[length] = '\0';
    }
    return length <= count || text == NULL ? as_result(length) : -1;
}

CRT_EXPORT int dmf_vsprintf(char *text, const char *format, va_list arguments)
{
    return dmf_vsnprintf(text, SIZE_MAX, format, arguments);
}

CRT_EXPORT int dmf_vsnprintf_s(char *text, size_t size, size_t count, const char *format, va_list arguments)
{
    if (text == NULL || size == 0 || format == NULL)
    {
        if (text != NULL && size != 0)
        {
            text[0] = '\0';
        }
        errno = EINVAL;
        return text == NULL && size == 0 && count == 0 && format != NULL ? 0 : -1;
    }
    bool truncate = count == CRT_TRUNCATE || count < size;
    size_t capacity = count < size - 1 ? count : size - 1;
    struct format_buffer buffer;
    format_buffer_init(&buffer, text, capacity);
    size_t length = format_write(&buffer.sink, format, arguments);
    if (length <= capacity)
    {
        text[length] = '\0';
        return as_result(length);
    }
    text[truncate ? capacity : 0] = '\0';
    if (!truncate)
    {
        errno = ERANGE;
    }
    return -1;
}

/* An overflow empties the buffer: a count that is neither _TRUNCATE nor below the size asks for that. */
CRT_EXPORT int dmf_vsprintf_s(char *text, size_t size, const char *format, va_list arguments)
{
    return dmf_vsnprintf_s(text, size, SIZE_MAX - 1, format, arguments);
}

VARIADIC(dmf_scprintf, format, (const char *format, ...), dmf_vscprintf(format, arguments))
VARIADIC(dmf_snprintf, format, (char *text, size_t size, const char *format, ...),
         dmf_vsnprintf(text, size, format, arguments))
VARIADIC(dmf__snprintf, format, (char *text, size_t count, const char *format, ...),
         dmf__vsnprintf(text, count, format, arguments))
VARIADIC(dmf_sprintf, format, (char *text, const char *format, ...), dmf_vsprintf(text, format, arguments))
VARIADIC(dmf_sprintf_s, format, (char *text, size_t size, const char *format, ...),
         dmf_vsprintf_s(text, size, format, arguments))
VARIADIC(dmf_snprintf_s, format, (char *text, size_t size, size_t count, const char *format, ...),
         dmf_vsnprintf_s(text, size, count, format, arguments))

/*
 * Wide, into a buffer.
 */

CRT_EXPORT int dmf_vscwprintf(const uint16_t *format, va_list arguments)
{
    struct format_buffer buffer;
    format_buffer_init_wide(&buffer, NULL, 0);
    return as_result(format_write_wide(&buffer.sink, format, arguments));
}

/* Standard C: always terminated, negative when the text is cut off. */
CRT_EXPORT int dmf_vswprintf(uint16_t *text, size_t size, const uint16_t *format, va_list arguments)
{
    struct format_buffer buffer;
    format_buffer_init_wide(&buffer, text, size != 0 ? size - 1 : 0);
    size_t length = format_write_wide(&buffer.sink, format, arguments);
    if (size != 0)
    {
        text[length < size ? length : size - 1] = 0;
    }
    return length < size ? as_result(length) : -1;
}

CRT_EXPORT int dmf__vsnwprintf(uint16_t *text, size_t count, const uint16_t *format, va_list arguments)
{
    struct format_buffer buffer;
    format_buffer_init_wide(&buffer, text, count);
    size_t length = format_write_wide(&buffer.sink, format, arguments);
    if (length < count)
    {
        text[length] = 0;
    }
    return length <= count || text == NULL ? as_result(length) : -1;
}

/* The form without a size, which C++ sources may still call by the name swprintf. */
CRT_EXPORT int dmf_vswprintf_unbounded(uint16_t *text, const uint16_t *format, va_list arguments)
{
    return dmf_vswprintf(text, SIZE_MAX, format, arguments);
}

CRT_EXPORT int dmf_vsnwprintf_s(uint16_t *text, size_t size, size_t count, const uint16_t *format, va_list arguments)
{
    if (text == NULL || size == 0 || format == NULL)
    {
        if (text != NULL && size != 0)
        {
            text[0] = 0;
        }
        errno = EINVAL;
        return text == NULL && size == 0 && count == 0 && format != NULL ? 0 : -1;
    }
    bool truncate = count == CRT_TRUNCATE || count < size;
    size_t capacity = count < size - 1 ? count : size - 1;
    struct format_buffer buffer;
    format_buffer_init_wide(&buffer, text, capacity);
    size_t length = format_write_wide(&buffer.sink, format, arguments);
    if (length <= capacity)
    {
        text[length] = 0;
        return as_result(length);
    }
    text[truncate ? capacity : 0] = 0;
    if (!truncate)
    {
        errno = ERANGE;
    }
    return -1;
}

CRT_EXPORT int dmf_vswprintf_s(uint16_t *text, size_t size, const uint16_t *format, va_list arguments)
{
    return dmf_vsnwprintf_s(text, size, SIZE_MAX - 1, format, arguments);
}

VARIADIC(dmf_scwprintf, format, (const uint16_t *format, ...), dmf_vscwprintf(format, arguments))
VARIADIC(dmf_swprintf, format, (uint16_t * text, size_t size, const uint16_t *format, ...),
         dmf_vswprintf(text, size, format, arguments))
VARIADIC(dmf_swprintf_unbounded, format, (uint16_t * text, const uint16_t *format, ...),
         dmf_vswprintf_unbounded(text, format, arguments))
VARIADIC(dmf__snwprintf, format, (uint16_t * text, size_t count, const uint16_t *format, ...),
         dmf__vsnwprintf(text, count, format, arguments))
VARIADIC(dmf_swprintf_s, format, (uint16_t * text, size_t size, const uint16_t *format, ...),
         dmf_vswprintf_s(text, size, format, arguments))
VARIADIC(dmf_snwprintf_s, format, (uint16_t * text, size_t size, size_t count, const uint16_t *format, ...),
         dmf_vsnwprintf_s(text, size, count, format, arguments))

/*
 * Files. A stream takes bytes, so wide text reaches it as UTF-8.
 */

struct file_sink
{
    struct format_sink sink;
    FILE *file;
    bool failed;
};

static void file_write(struct format_sink *sink, const void *characters, size_t count)
{
    struct file_sink *file = (struct file_sink *)sink;
    if (fwrite(characters, 1, count, file->file) != count)
    {
        file->failed = true;
    }
}

CRT_EXPORT int dmf_vfprintf(FILE *file, const char *format, va_list arguments)
{
    struct file_sink sink = {.sink = {.write = file_write}, .file = file};
    flockfile(file);
    size_t length = format_write(&sink.sink, format, arguments);
    funlockfile(file);
    return sink.failed ? -1 : as_result(length);
}

CRT_EXPORT int dmf_vprintf(const char *format, va_list arguments)
{
    return dmf_vfprintf(stdout, format, arguments);
}

CRT_EXPORT int dmf_vfwprintf(FILE *file, const uint16_t *format, va_list arguments)
{
    struct file_sink sink = {.sink = {.write = file_write}, .file = file};
    flockfile(file);
    size_t length = format_write_wide(&sink.sink, format, arguments);
    funlockfile(file);
    return sink.failed ? -1 : as_result(length);
}

CRT_EXPORT int dmf_vwprintf(const uint16_t *format, va_list arguments)
{
    return dmf_vfwprintf(stdout, format, arguments);
}

VARIADIC(dmf_printf, format, (const char *format, ...), dmf_vprintf(format, arguments))
VARIADIC(dmf_fprintf, format, (FILE * file, const char *format, ...), dmf_vfprintf(file, format, arguments))
VARIADIC(dmf_wprintf, format, (const uint16_t *format, ...), dmf_vwprintf(format, arguments))
VARIADIC(dmf_fwprintf, format, (FILE * file, const uint16_t *format, ...), dmf_vfwprintf(file, format, arguments))

static int put_wide_text(FILE *file, const uint16_t *text, size_t length)
{
    const uint16_t *end = text + length;
    unsigned char bytes[4];
    bool failed = false;

    flockfile(file);
    while (text != end && !failed)
    {
        size_t count = format_encode_narrow(format_decode_wide(&text, end), bytes);
        failed = fwrite(bytes, 1, count, file) != count;
    }
    funlockfile(file);
    return failed ? -1 : 0;
}

CRT_EXPORT int dmf_fputws(const uint16_t *text, FILE *file)
{
    return put_wide_text(file, text, dmf_wcslen(text));
}

CRT_EXPORT int dmf_putws(const uint16_t *text)
{
    return put_wide_text(stdout, text, dmf_wcslen(text)) == 0 && putchar('\n') != EOF ? 0 : -1;
}

CRT_EXPORT int dmf_fputwc(uint16_t character, FILE *file)
{
    return put_wide_text(file, &character, 1) == 0 ? character : -1;
}

CRT_EXPORT int dmf_putwchar(uint16_t character)
{
    return dmf_fputwc(character, stdout);
}
