/* SPDX-License-Identifier: MIT */
/*
 * Narrow text of the A functions.
 */
#include "nt/win32/text.h"

#include <string.h>

size_t wide_length(const WCHAR *text)
{
    size_t length = 0;

    while (text[length] != 0)
    {
        length++;
    }
    return length;
}

bool wide_open(struct wide_text *wide, const char *narrow)
{
    int needed;

    wide->text = NULL;
    wide->bytes = 0;
    if (narrow == NULL)
    {
        return true;
    }
    if (MultiByteToWideChar(CP_ACP, 0, narrow, -1, wide->small, ARRAYSIZE(wide->small)) != 0)
    {
        wide->text = wide->small;
        return true;
    }
    needed = MultiByteToWideChar(CP_ACP, 0, narrow, -1, NULL, 0);
    wide->bytes = (size_t)needed * sizeof(WCHAR);
    wide->text = needed == 0 ? NULL : platform_alloc(wide->bytes);
    if (wide->text == NULL)
    {
        win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
        return false;
    }
    (void)MultiByteToWideChar(CP_ACP, 0, narrow, -1, wide->text, needed);
    return true;
}

void wide_close(struct wide_text *wide)
{
    if (wide->bytes != 0)
    {
        platform_free(wide->text, wide->bytes);
    }
}

bool narrow_open(struct narrow_text *narrow, const WCHAR *wide)
{
    int needed;

    narrow->text = NULL;
    narrow->bytes = 0;
    if (wide == NULL)
    {
        return true;
    }
    if (WideCharToMultiByte(CP_UTF8, 0, wide, -1, narrow->small, sizeof(narrow->small), NULL, NULL) != 0)
    {
        narrow->text = narrow->small;
        return true;
    }
    needed = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    narrow->bytes = (size_t)needed;
    narrow->text = needed == 0 ? NULL : platform_alloc(narrow->bytes);
    if (narrow->text == NULL)
    {
        win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
        return false;
    }
    (void)WideCharToMultiByte(CP_UTF8, 0, wide, -1, narrow->text, needed, NULL, NULL);
    return true;
}

void narrow_close(struct narrow_text *narrow)
{
    if (narrow->bytes != 0)
    {
        platform_free(narrow->text, narrow->bytes);
    }
}

DWORD text_answer(const WCHAR *text, size_t length, WCHAR *buffer, DWORD size)
{
    if (length >= size)
    {
        return (DWORD)length + 1;
    }
    memcpy(buffer, text, length * sizeof(WCHAR));
    buffer[length] = 0;
    return (DWORD)length;
}

DWORD text_answer_narrow(const WCHAR *text, size_t length, char *buffer, DWORD size)
{
    DWORD error = platform_current()->last_error;
    int needed = length == 0 ? 0 : WideCharToMultiByte(CP_UTF8, 0, text, (int)length, NULL, 0, NULL, NULL);

    if ((DWORD)needed >= size)
    {
        return (DWORD)needed + 1;
    }
    if (needed != 0)
    {
        (void)WideCharToMultiByte(CP_UTF8, 0, text, (int)length, buffer, needed, NULL, NULL);
    }
    buffer[needed] = 0;
    win32_set_error(error);
    return (DWORD)needed;
}
