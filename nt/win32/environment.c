/* SPDX-License-Identifier: MIT */
/*
 * The environment of the process, which is the C library's. Names compare without regard to case, as on Windows, but the exact
 * name comes first.
 */
#include "nt/win32/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

/* Whether an entry "name=value" is the variable's. */
static bool is_entry_of(const char *entry, const char *name, size_t length)
{
    return strncasecmp(entry, name, length) == 0 && entry[length] == '=';
}

/* Called with the lock held. The value, or NULL. */
static const char *find(const char *name)
{
    const char *value = getenv(name);
    size_t length = strlen(name);

    for (char **entry = environ; value == NULL && entry != NULL && *entry != NULL; entry++)
    {
        value = is_entry_of(*entry, name, length) ? *entry + length + 1 : NULL;
    }
    return value;
}

/* A copy of the value in memory of the platform; NULL, with the last error set, when there is none. */
static char *copy_value(const char *name, size_t *ret_bytes)
{
    struct platform_mutex *lock = &win32()->environment_lock;
    const char *value;
    char *copy = NULL;

    platform_mutex_lock(lock);
    value = find(name);
    if (value != NULL)
    {
        *ret_bytes = strlen(value) + 1;
        copy = platform_alloc(*ret_bytes);
        if (copy != NULL)
        {
            memcpy(copy, value, *ret_bytes);
        }
    }
    platform_mutex_unlock(lock);
    if (copy == NULL)
    {
        win32_set_error(value == NULL ? ERROR_ENVVAR_NOT_FOUND : ERROR_NOT_ENOUGH_MEMORY);
    }
    return copy;
}

/* The value as wide text; false, with the last error set, when there is none. */
static bool open_value(const char *name, struct wide_text *ret_value)
{
    size_t bytes;
    char *value = copy_value(name, &bytes);
    bool opened;

    if (value == NULL)
    {
        return false;
    }
    opened = wide_open(ret_value, value);
    /* A short text is converted in place and needs its copy no more either. */
    platform_free(value, bytes);
    return opened;
}

DWORD WINAPI GetEnvironmentVariableW(LPCWSTR lpName, LPWSTR lpBuffer, DWORD nSize)
{
    struct narrow_text name;
    struct wide_text value;
    DWORD answer = 0;

    if (!narrow_open(&name, lpName == NULL ? L"" : lpName))
    {
        return 0;
    }
    if (open_value(name.text, &value))
    {
        /* A value of no characters is told from a missing one by the last error. */
        win32_set_error(ERROR_SUCCESS);
        answer = text_answer(value.text, wide_length(value.text), lpBuffer, nSize);
        wide_close(&value);
    }
    narrow_close(&name);
    return answer;
}

DWORD WINAPI GetEnvironmentVariableA(LPCSTR lpName, LPSTR lpBuffer, DWORD nSize)
{
    struct wide_text value;
    DWORD answer;

    if (!open_value(lpName == NULL ? "" : lpName, &value))
    {
        return 0;
    }
    win32_set_error(ERROR_SUCCESS);
    answer = text_answer_narrow(value.text, wide_length(value.text), lpBuffer, nSize);
    wide_close(&value);
    return answer;
}

/* Called with the lock held: removes the entry under whatever case it has. */
static void remove_entry(const char *name)
{
    size_t length = strlen(name);

    (void)unsetenv(name);
    for (char **entry = environ; entry != NULL && *entry != NULL; entry++)
    {
        if (is_entry_of(*entry, name, length))
        {
            char *found = platform_alloc(length + 1);

            if (found != NULL)
            {
                memcpy(found, *entry, length);
                found[length] = '\0';
                (void)unsetenv(found);
                platform_free(found, length + 1);
            }
            return;
        }
    }
}

BOOL WINAPI SetEnvironmentVariableA(LPCSTR lpName, LPCSTR lpValue)
{
    struct platform_mutex *lock = &win32()->environment_lock;
    bool known;
    bool done = true;

    if (lpName == NULL || lpName[0] == '\0' || strchr(lpName + 1, '=') != NULL || lpName[0] == '=')
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    platform_mutex_lock(lock);
    known = find(lpName) != NULL;
    if (known)
    {
        remove_entry(lpName);
    }
    if (lpValue != NULL)
    {
        done = setenv(lpName, lpValue, 1) == 0;
    }
    platform_mutex_unlock(lock);
    if (lpValue == NULL && !known)
    {
        return win32_fail(ERROR_ENVVAR_NOT_FOUND);
    }
    return done ? TRUE : win32_fail(ERROR_NOT_ENOUGH_MEMORY);
}

BOOL WINAPI SetEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpValue)
{
    struct narrow_text name;
    struct narrow_text value;
    BOOL done = FALSE;

    if (!narrow_open(&name, lpName))
    {
        return FALSE;
    }
    if (narrow_open(&value, lpValue))
    {
        done = SetEnvironmentVariableA(name.text, value.text);
        narrow_close(&value);
    }
    narrow_close(&name);
    return done;
}

/* Text that grows in a caller's buffer and goes on counting behind its end. */
struct expansion
{
    WCHAR *buffer;
    DWORD size;
    DWORD length;
};

static void put(struct expansion *to, const WCHAR *text, size_t length)
{
    for (size_t index = 0; index < length; index++, to->length++)
    {
        if (to->length < to->size)
        {
            to->buffer[to->length] = text[index];
        }
    }
}

/* Puts the value of the name between two per cent signs; false when there is no such variable. */
static bool put_value(struct expansion *to, const WCHAR *name, size_t length)
{
    char narrow[512];
    struct wide_text value;
    int bytes = length == 0 ? 0 : WideCharToMultiByte(CP_UTF8, 0, name, (int)length, narrow, sizeof(narrow) - 1, NULL, NULL);

    if (bytes == 0)
    {
        return false;
    }
    narrow[bytes] = '\0';
    if (!open_value(narrow, &value))
    {
        return false;
    }
    put(to, value.text, wide_length(value.text));
    wide_close(&value);
    return true;
}

static void expand(struct expansion *to, const WCHAR *at)
{
    while (*at != 0)
    {
        const WCHAR *end = at + 1;

        while (*end != 0 && *end != '%')
        {
            end++;
        }
        if (*at == '%' && *end == '%' && put_value(to, at + 1, (size_t)(end - at - 1)))
        {
            at = end + 1;
            continue;
        }
        put(to, at, (size_t)(end - at));
        at = end;
    }
    put(to, at, 1);
}

DWORD WINAPI ExpandEnvironmentStringsW(LPCWSTR lpSrc, LPWSTR lpDst, DWORD nSize)
{
    struct expansion to = {lpDst, lpDst == NULL ? 0 : nSize, 0};
    DWORD error = GetLastError();

    expand(&to, lpSrc);
    win32_set_error(error);
    return to.length;
}

DWORD WINAPI ExpandEnvironmentStringsA(LPCSTR lpSrc, LPSTR lpDst, DWORD nSize)
{
    struct wide_text source;
    size_t bytes;
    WCHAR *text;
    DWORD length;
    DWORD answer = 0;

    if (!wide_open(&source, lpSrc))
    {
        return 0;
    }
    length = ExpandEnvironmentStringsW(source.text, NULL, 0);
    bytes = length * sizeof(WCHAR);
    text = platform_alloc(bytes);
    if (text != NULL)
    {
        (void)ExpandEnvironmentStringsW(source.text, text, length);
        answer = text_answer_narrow(text, length - 1, lpDst, lpDst == NULL ? 0 : nSize);
        /* Unlike other functions this one counts the terminator in either case. */
        answer += lpDst != NULL && answer < nSize ? 1 : 0;
        platform_free(text, bytes);
    }
    else
    {
        win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
    }
    wide_close(&source);
    return answer;
}
