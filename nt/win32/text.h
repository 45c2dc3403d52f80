/* SPDX-License-Identifier: MIT */
/*
 * Narrow text of the A functions. The code page of the process is UTF-8.
 */
#ifndef NT_WIN32_TEXT_H
#define NT_WIN32_TEXT_H

#include "nt/win32/win32.h"

/* Wide text made of narrow text. */
struct wide_text
{
    /* NULL when the narrow text was NULL. */
    WCHAR *text;
    size_t bytes;
    WCHAR small[128];
};

/* Returns false, with the last error set, when there is no memory or when the text is not UTF-8. */
bool wide_open(struct wide_text *wide, const char *narrow);
void wide_close(struct wide_text *wide);

/* As wide_open(), for narrow text made of wide text; lone surrogates become U+FFFD. */
struct narrow_text
{
    char *text;
    size_t bytes;
    char small[256];
};

bool narrow_open(struct narrow_text *narrow, const WCHAR *wide);
void narrow_close(struct narrow_text *narrow);

size_t wide_length(const WCHAR *text);

/*
 * How functions that fill a buffer answer: copies text of length units with its terminator and returns the length, or returns
 * the size that is needed, terminator included, when the buffer is too small. The last error stays.
 */
DWORD text_answer(const WCHAR *text, size_t length, WCHAR *buffer, DWORD size);
DWORD text_answer_narrow(const WCHAR *text, size_t length, char *buffer, DWORD size);

#endif /* NT_WIN32_TEXT_H */
