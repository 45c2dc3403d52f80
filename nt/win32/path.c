/* SPDX-License-Identifier: MIT */
/*
 * Names of files, and the current directory.
 */
#include "nt/win32/path.h"

#include "nt/win32/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROOT_DRIVE 'Z'

static bool is_separator(WCHAR character)
{
    return character == '\\' || character == '/';
}

static bool is_letter(WCHAR character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

static bool has_drive(const WCHAR *name)
{
    return is_letter(name[0]) && name[1] == ':';
}

/* \\.\ and \\?\, in either direction of slash; \??\ is what the native functions take. */
static bool is_verbatim(const WCHAR *name)
{
    return is_separator(name[0]) &&
           ((is_separator(name[1]) && (name[2] == '.' || name[2] == '?')) || (name[1] == '?' && name[2] == '?')) &&
           is_separator(name[3]);
}

static bool equals(const WCHAR *name, size_t length, const char *text)
{
    size_t index = 0;

    for (; index < length && text[index] != '\0'; index++)
    {
        if (unicode_upcase(name[index]) != (WCHAR)text[index])
        {
            return false;
        }
    }
    return index == length && text[index] == '\0';
}

/* The length of the name of a device of old that this is, a colon behind it left out; zero when it is none. */
static size_t old_device(const WCHAR *name)
{
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"};
    size_t length = wide_length(name);

    if (length != 0 && name[length - 1] == ':')
    {
        length--;
    }
    for (size_t index = 0; index < ARRAYSIZE(devices); index++)
    {
        if (equals(name, length, devices[index]))
        {
            return length;
        }
    }
    return length == 4 && (equals(name, 3, "COM") || equals(name, 3, "LPT")) && name[3] >= '1' && name[3] <= '9' ? length :
                                                                                                                   0;
}

/* The current directory of the process: the C library's, which is on drive Z. Without a separator at the end. */
static size_t current_directory(WCHAR *buffer)
{
    char path[PATH_LENGTH];
    int length;

    buffer[0] = ROOT_DRIVE;
    buffer[1] = ':';
    if (getcwd(path, sizeof(path)) == NULL)
    {
        return 2;
    }
    length = MultiByteToWideChar(CP_UTF8, 0, path, -1, buffer + 2, PATH_LENGTH - 2);
    for (WCHAR *at = buffer + 2; *at != 0; at++)
    {
        *at = *at == '/' ? '\\' : *at;
    }
    return length <= 2 ? 2 : (size_t)length + 1;
}

/* A name on its way: what stands before the floor is never taken back by "..". */
struct whole
{
    WCHAR *text;
    size_t length;
    size_t floor;
};

/* Appends one part of a name; what is "." or ".." is done instead. Returns false when it gets too long. */
static bool append_part(struct whole *whole, const WCHAR *part, size_t length)
{
    if (length == 1 && part[0] == '.')
    {
        return true;
    }
    if (length == 2 && part[0] == '.' && part[1] == '.')
    {
        while (whole->length > whole->floor && whole->text[--whole->length] != '\\')
        {
        }
        return true;
    }
    /* Dots and spaces at the end of a part do not count. */
    while (length != 0 && (part[length - 1] == '.' || part[length - 1] == ' '))
    {
        length--;
    }
    if (whole->length + length + 2 > PATH_LENGTH)
    {
        return false;
    }
    whole->text[whole->length++] = '\\';
    memcpy(whole->text + whole->length, part, length * sizeof(WCHAR));
    whole->length += length;
    return true;
}

static bool append_all(struct whole *whole, const WCHAR *at)
{
    while (*at != 0)
    {
        const WCHAR *part;

        while (is_separator(*at))
        {
            at++;
        }
        part = at;
        while (*at != 0 && !is_separator(*at))
        {
            at++;
        }
        if (at != part && !append_part(whole, part, (size_t)(at - part)))
        {
            return false;
        }
    }
    return true;
}

/* The drive, and the current directory where the name goes on from it. Returns the rest of the name. */
static const WCHAR *begin(struct whole *whole, const WCHAR *name)
{
    if (has_drive(name))
    {
        whole->text[0] = unicode_upcase(name[0]);
        name += 2;
    }
    else if (!is_separator(name[0]))
    {
        whole->length = current_directory(whole->text);
        whole->floor = 2;
        return name;
    }
    else
    {
        whole->text[0] = ROOT_DRIVE;
    }
    whole->text[1] = ':';
    whole->length = whole->floor = 2;
    return name;
}

static size_t too_long(void)
{
    win32_set_error(ERROR_FILENAME_EXCED_RANGE);
    return 0;
}

static size_t copy_verbatim(const WCHAR *name, WCHAR *buffer)
{
    size_t length = wide_length(name);

    if (length >= PATH_LENGTH)
    {
        return too_long();
    }
    memcpy(buffer, name, (length + 1) * sizeof(WCHAR));
    return length;
}

size_t path_whole(const WCHAR *name, WCHAR *buffer)
{
    static const WCHAR device[] = L"\\\\.\\";
    struct whole whole = {.text = buffer};
    size_t length = name == NULL ? 0 : wide_length(name);
    size_t old;

    if (length == 0)
    {
        win32_set_error(ERROR_PATH_NOT_FOUND);
        return 0;
    }
    if (is_verbatim(name))
    {
        return copy_verbatim(name, buffer);
    }
    old = old_device(name);
    if (old != 0)
    {
        memcpy(buffer, device, sizeof(device));
        memcpy(buffer + 4, name, old * sizeof(WCHAR));
        buffer[4 + old] = 0;
        return 4 + old;
    }
    if (!append_all(&whole, begin(&whole, name)))
    {
        return too_long();
    }
    if (whole.length == 2 || is_separator(name[length - 1]))
    {
        whole.text[whole.length++] = '\\';
    }
    whole.text[whole.length] = 0;
    return whole.length;
}

bool path_make(struct native_path *path, const WCHAR *name, const SECURITY_ATTRIBUTES *security)
{
    static const WCHAR prefix[] = L"\\??\\";
    WCHAR *text = path->text + 4;
    size_t length = path_whole(name, text);

    if (length == 0)
    {
        return false;
    }
    if (is_verbatim(text))
    {
        /* The four characters in front are replaced by those that the native functions know. */
        text = path->text;
        memmove(text, path->text + 4, (length + 1) * sizeof(WCHAR));
        length -= 4;
    }
    memcpy(path->text, prefix, 4 * sizeof(WCHAR));
    path->ends_in_separator = length > 3 && path->text[length + 3] == '\\';
    RtlInitUnicodeString(&path->name, path->text);
    path->attributes = (OBJECT_ATTRIBUTES){
        .Length = sizeof(path->attributes),
        .ObjectName = &path->name,
        .Attributes = OBJ_CASE_INSENSITIVE | (security != NULL && security->bInheritHandle ? OBJ_INHERIT : 0),
    };
    return true;
}

DWORD WINAPI GetFullPathNameW(LPCWSTR lpFileName, DWORD nBufferLength, LPWSTR lpBuffer, LPWSTR *lpFilePart)
{
    WCHAR whole[PATH_LENGTH];
    size_t length = path_whole(lpFileName, whole);
    DWORD answer;

    if (length == 0)
    {
        return 0;
    }
    answer = text_answer(whole, length, lpBuffer, nBufferLength);
    if (lpFilePart != NULL && answer == length)
    {
        WCHAR *part = lpBuffer + length;

        while (part != lpBuffer && part[-1] != '\\')
        {
            part--;
        }
        *lpFilePart = *part == 0 ? NULL : part;
    }
    return answer;
}

DWORD WINAPI GetFullPathNameA(LPCSTR lpFileName, DWORD nBufferLength, LPSTR lpBuffer, LPSTR *lpFilePart)
{
    WCHAR whole[PATH_LENGTH];
    struct wide_text name;
    size_t length;
    DWORD answer;

    if (!wide_open(&name, lpFileName))
    {
        return 0;
    }
    length = path_whole(name.text, whole);
    wide_close(&name);
    if (length == 0)
    {
        return 0;
    }
    answer = text_answer_narrow(whole, length, lpBuffer, nBufferLength);
    if (lpFilePart != NULL && answer < nBufferLength)
    {
        char *part = strrchr(lpBuffer, '\\');

        *lpFilePart = part == NULL || part[1] == '\0' ? NULL : part + 1;
    }
    return answer;
}

static size_t shown_directory(WCHAR *buffer)
{
    size_t length = current_directory(buffer);

    if (length == 2)
    {
        buffer[length++] = '\\';
    }
    buffer[length] = 0;
    return length;
}

DWORD WINAPI GetCurrentDirectoryW(DWORD nBufferLength, LPWSTR lpBuffer)
{
    WCHAR directory[PATH_LENGTH];

    return text_answer(directory, shown_directory(directory), lpBuffer, nBufferLength);
}

DWORD WINAPI GetCurrentDirectoryA(DWORD nBufferLength, LPSTR lpBuffer)
{
    WCHAR directory[PATH_LENGTH];

    return text_answer_narrow(directory, shown_directory(directory), lpBuffer, nBufferLength);
}

BOOL WINAPI SetCurrentDirectoryW(LPCWSTR lpPathName)
{
    WCHAR whole[PATH_LENGTH];
    struct narrow_text narrow;
    bool done;

    if (path_whole(lpPathName, whole) == 0)
    {
        return FALSE;
    }
    /* The process' directory is one of Linux, and only this drive is Linux' root. */
    if (whole[0] != ROOT_DRIVE || whole[1] != ':')
    {
        return win32_fail(ERROR_NOT_SUPPORTED);
    }
    if (!narrow_open(&narrow, whole))
    {
        return FALSE;
    }
    for (char *at = narrow.text; *at != '\0'; at++)
    {
        *at = *at == '\\' ? '/' : *at;
    }
    done = chdir(narrow.text + 2) == 0;
    narrow_close(&narrow);
    return done ? TRUE : win32_fail(ERROR_FILE_NOT_FOUND);
}

BOOL WINAPI SetCurrentDirectoryA(LPCSTR lpPathName)
{
    struct wide_text wide;
    BOOL done;

    if (!wide_open(&wide, lpPathName))
    {
        return FALSE;
    }
    done = SetCurrentDirectoryW(wide.text);
    wide_close(&wide);
    return done;
}

/* Writes the directory for temporary files, with a separator at its end. */
static size_t temporary_directory(WCHAR *buffer)
{
    static const char *const names[] = {"TMP", "TEMP", "TMPDIR"};
    struct wide_text wide;
    const char *directory = NULL;
    size_t length;

    for (size_t index = 0; directory == NULL && index < ARRAYSIZE(names); index++)
    {
        directory = getenv(names[index]);
    }
    if (!wide_open(&wide, directory == NULL || directory[0] == '\0' ? "/tmp" : directory))
    {
        return 0;
    }
    length = path_whole(wide.text, buffer);
    wide_close(&wide);
    if (length != 0 && length + 1 < PATH_LENGTH && buffer[length - 1] != '\\')
    {
        buffer[length++] = '\\';
        buffer[length] = 0;
    }
    return length;
}

DWORD WINAPI GetTempPathW(DWORD nBufferLength, LPWSTR lpBuffer)
{
    WCHAR directory[PATH_LENGTH];
    size_t length = temporary_directory(directory);

    return length == 0 ? 0 : text_answer(directory, length, lpBuffer, nBufferLength);
}

DWORD WINAPI GetTempPathA(DWORD nBufferLength, LPSTR lpBuffer)
{
    WCHAR directory[PATH_LENGTH];
    size_t length = temporary_directory(directory);

    return length == 0 ? 0 : text_answer_narrow(directory, length, lpBuffer, nBufferLength);
}
