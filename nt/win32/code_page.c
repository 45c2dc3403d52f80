/* SPDX-License-Identifier: MIT */
/*
 * MultiByteToWideChar and WideCharToMultiByte. The process' code pages (CP_ACP, CP_OEMCP, CP_THREAD_ACP) are UTF-8; besides it
 * there are 1252, 20127 (ASCII) and 28591 (Latin 1).
 *
 * UTF-8 takes hardly any flags on Windows. Where a caller asks for the code page of the process, the flags that a page with
 * a table takes are accepted too, because drivers are written for systems whose page is one.
 */
#include "nt/win32/text.h"

#include "nt/crt/format.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu
#define WIDEN_FLAGS (MB_PRECOMPOSED | MB_COMPOSITE | MB_USEGLYPHCHARS | MB_ERR_INVALID_CHARS)
#define NARROW_FLAGS \
    (WC_DISCARDNS | WC_SEPCHARS | WC_DEFAULTCHAR | WC_ERR_INVALID_CHARS | WC_COMPOSITECHECK | WC_NO_BEST_FIT_CHARS)

/* What 0x80 to 0x9F stand for in page 1252; the five holes stand for the control characters with their number. */
static const uint16_t page_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static bool is_process_page(UINT page)
{
    return page == CP_ACP || page == CP_OEMCP || page == CP_THREAD_ACP || page == CP_MACCP;
}

static bool is_utf8(UINT page)
{
    return is_process_page(page) || page == CP_UTF8;
}

static bool is_known(UINT page)
{
    return is_utf8(page) || page == 1252 || page == 20127 || page == 28591;
}

static uint32_t decode_table(UINT page, unsigned char byte, bool *ret_invalid)
{
    if (page == 1252 && byte >= 0x80 && byte < 0xA0)
    {
        return page_1252[byte - 0x80];
    }
    if (page == 20127 && byte >= 0x80)
    {
        *ret_invalid = true;
        return REPLACEMENT;
    }
    return byte;
}

/* The next character of narrow text; *ret_invalid when it is not one. */
static uint32_t decode(UINT page, const unsigned char **at, const unsigned char *end, bool *ret_invalid)
{
    const unsigned char *start = *at;
    uint32_t character;

    *ret_invalid = false;
    if (!is_utf8(page))
    {
        (*at)++;
        return decode_table(page, *start, ret_invalid);
    }
    character = format_decode_narrow(at, end);
    /* The replacement character is valid only where it stands in the text. */
    *ret_invalid = character == REPLACEMENT && (*at - start != 3 || memcmp(start, "\xEF\xBF\xBD", 3) != 0);
    return character;
}

/* Returns the number of bytes, zero when the page has no such character. */
static size_t encode(UINT page, uint32_t character, unsigned char *bytes)
{
    if (is_utf8(page))
    {
        return format_encode_narrow(character, bytes);
    }
    bytes[0] = (unsigned char)character;
    if (character < 0x80 || (page == 28591 && character < 0x100) || (page == 1252 && character >= 0xA0 && character < 0x100))
    {
        return 1;
    }
    for (size_t index = 0; page == 1252 && index < ARRAYSIZE(page_1252); index++)
    {
        if (page_1252[index] == character)
        {
            bytes[0] = (unsigned char)(0x80 + index);
            return 1;
        }
    }
    return 0;
}

static bool widen_flags_are_good(UINT page, DWORD flags)
{
    if (page == CP_UTF8)
    {
        return (flags & ~(DWORD)MB_ERR_INVALID_CHARS) == 0;
    }
    return (flags & ~(DWORD)WIDEN_FLAGS) == 0 &&
           (flags & (MB_PRECOMPOSED | MB_COMPOSITE)) != (MB_PRECOMPOSED | MB_COMPOSITE);
}

static int fail(DWORD error)
{
    win32_set_error(error);
    return 0;
}

static int widen(UINT page, bool strict, const unsigned char *at, size_t length, WCHAR *to, size_t capacity)
{
    const unsigned char *end = at + length;
    size_t written = 0;

    while (at != end)
    {
        uint16_t units[2];
        bool invalid;
        size_t count = format_encode_wide(decode(page, &at, end, &invalid), units);

        if (invalid && strict)
        {
            return fail(ERROR_NO_UNICODE_TRANSLATION);
        }
        if (capacity != 0)
        {
            if (count > capacity - written)
            {
                return fail(ERROR_INSUFFICIENT_BUFFER);
            }
            memcpy(to + written, units, count * sizeof(WCHAR));
        }
        written += count;
    }
    return (int)written;
}

int WINAPI MultiByteToWideChar(UINT CodePage, DWORD dwFlags, LPCCH lpMultiByteStr, int cbMultiByte, LPWSTR lpWideCharStr,
                               int cchWideChar)
{
    if (lpMultiByteStr == NULL || cbMultiByte == 0 || cchWideChar < 0 || (cchWideChar != 0 && lpWideCharStr == NULL) ||
        (const void *)lpMultiByteStr == (const void *)lpWideCharStr || !is_known(CodePage))
    {
        return fail(ERROR_INVALID_PARAMETER);
    }
    if (!widen_flags_are_good(CodePage, dwFlags))
    {
        return fail(ERROR_INVALID_FLAGS);
    }
    return widen(CodePage, (dwFlags & MB_ERR_INVALID_CHARS) != 0, (const unsigned char *)lpMultiByteStr,
                 cbMultiByte < 0 ? strlen(lpMultiByteStr) + 1 : (size_t)cbMultiByte, lpWideCharStr, (size_t)cchWideChar);
}

/* What a conversion to narrow text writes where the page has no such character. */
struct substitute
{
    bool strict;
    const unsigned char *bytes;
    size_t count;
    BOOL used;
};

/* The next character's bytes; zero of them when it is invalid and the caller wants none such. */
static size_t narrow_next(UINT page, const uint16_t **at, const uint16_t *end, struct substitute *substitute,
                          unsigned char *bytes)
{
    const uint16_t *start = *at;
    uint32_t character = format_decode_wide(at, end);
    bool lone = character == REPLACEMENT && *start != REPLACEMENT;
    size_t count = lone && (substitute->strict || !is_utf8(page)) ? 0 : encode(page, character, bytes);

    if (count != 0 || (substitute->strict && (lone || is_utf8(page))))
    {
        return count;
    }
    substitute->used = TRUE;
    memcpy(bytes, substitute->bytes, substitute->count);
    return substitute->count;
}

static int narrow(UINT page, const uint16_t *at, size_t length, char *to, size_t capacity, struct substitute *substitute)
{
    const uint16_t *end = at + length;
    size_t written = 0;

    while (at != end)
    {
        unsigned char bytes[4];
        size_t count = narrow_next(page, &at, end, substitute, bytes);

        if (count == 0)
        {
            return fail(ERROR_NO_UNICODE_TRANSLATION);
        }
        if (capacity != 0)
        {
            if (count > capacity - written)
            {
                return fail(ERROR_INSUFFICIENT_BUFFER);
            }
            memcpy(to + written, bytes, count);
        }
        written += count;
    }
    return (int)written;
}

int WINAPI WideCharToMultiByte(UINT CodePage, DWORD dwFlags, LPCWCH lpWideCharStr, int cchWideChar, LPSTR lpMultiByteStr,
                               int cbMultiByte, LPCCH lpDefaultChar, LPBOOL lpUsedDefaultChar)
{
    struct substitute substitute = {
        .strict = (dwFlags & WC_ERR_INVALID_CHARS) != 0,
        .bytes = (const unsigned char *)(lpDefaultChar != NULL ? lpDefaultChar : "?"),
        .count = 1,
    };
    int written;

    if (lpWideCharStr == NULL || cchWideChar == 0 || cbMultiByte < 0 || (cbMultiByte != 0 && lpMultiByteStr == NULL) ||
        (const void *)lpWideCharStr == (const void *)lpMultiByteStr || !is_known(CodePage) ||
        (CodePage == CP_UTF8 && (lpDefaultChar != NULL || lpUsedDefaultChar != NULL)))
    {
        return fail(ERROR_INVALID_PARAMETER);
    }
    if ((dwFlags & ~(DWORD)(CodePage == CP_UTF8 ? WC_ERR_INVALID_CHARS : NARROW_FLAGS)) != 0)
    {
        return fail(ERROR_INVALID_FLAGS);
    }
    written = narrow(CodePage, lpWideCharStr, cchWideChar < 0 ? wide_length(lpWideCharStr) + 1 : (size_t)cchWideChar,
                     lpMultiByteStr, (size_t)cbMultiByte, &substitute);
    if (lpUsedDefaultChar != NULL)
    {
        *lpUsedDefaultChar = substitute.used;
    }
    return written;
}

UINT WINAPI GetACP(void)
{
    return CP_UTF8;
}

UINT WINAPI GetOEMCP(void)
{
    return CP_UTF8;
}

BOOL WINAPI IsValidCodePage(UINT CodePage)
{
    return is_known(CodePage) && !is_process_page(CodePage);
}

BOOL WINAPI IsDBCSLeadByteEx(UINT CodePage, BYTE TestChar)
{
    return is_known(CodePage) ? FALSE : win32_fail(ERROR_INVALID_PARAMETER);
}

BOOL WINAPI IsDBCSLeadByte(BYTE TestChar)
{
    return FALSE;
}

BOOL WINAPI GetCPInfo(UINT CodePage, LPCPINFO lpCPInfo)
{
    if (lpCPInfo == NULL || !is_known(CodePage))
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    *lpCPInfo = (CPINFO){.MaxCharSize = is_utf8(CodePage) ? 4 : 1, .DefaultChar = {'?'}};
    return TRUE;
}
